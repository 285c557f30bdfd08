"""A record as an engine in the database keeps it beside its index, and whether a node is true of it.

What an index cannot decide exactly (a phrase with too many spellings, a tree too deep) is decided here.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from roadmapdocs.search.engines.sql_tokens import EVERY, alternatives_of, tag_of, tag_token, token
from roadmapdocs.search.ports import Both, Either, Every, Node, Phrase, Prefix, Tagged, Without, Word, Zone

#: Speed matters more than size: a text of 2,500 characters shrinks to a third either way.
_LEVEL = 1


def pack(texts: Sequence[str]) -> bytes:
    return zlib.compress("\n".join(texts).encode(), _LEVEL)


def unpack(body: bytes) -> list[str]:
    """:raise ValueError: if this is nothing that :func:`pack` made"""
    try:
        texts = zlib.decompress(body).decode().split("\n")
    except zlib.error as problem:
        raise ValueError(str(problem)) from problem
    if len(texts) != len(Zone) + 1:
        raise ValueError(f"{len(texts)} texts")
    return texts


def peeled(node: Node) -> tuple[Node, bool]:
    """The first node within that has a meaning of its own, and whether it is denied. What is left of the deepest
    brackets is no deeper than it has words."""
    negated = False
    while True:
        match node:
            case Both((one,)) | Either((one,)):
                node = one
            case Without(one):
                node, negated = one, not negated
            case _:
                return node, negated


@dataclass(frozen=True)
class Stored:
    """A record by what :func:`roadmapdocs.search.engines.sql_tokens.texts_of` made of it."""

    texts: Sequence[str]

    @cached_property
    def tags(self) -> frozenset[str]:
        return frozenset(self.texts[-1].split(" "))

    def own_tags(self) -> list[str]:
        """Its tags as they were put in."""
        return [tag_of(one) for one in self.texts[-1].split(" ") if one != EVERY]

    def positions(self, zone: Zone | None) -> list[list[frozenset[str]]]:
        """The tokens at each position of the zone, or of each of the zones."""
        texts = [text for one, text in zip(Zone, self.texts, strict=False) if zone in (None, one)]
        return [[frozenset(alternatives_of(one)) for one in text.split(" ")] for text in texts if text]

    def matches(self, node: Node) -> bool:
        node, negated = peeled(node)
        return self._has(node) is not negated

    def _has(self, node: Node) -> bool:
        match node:
            case Every():
                return True
            case Tagged(tags):
                return not self.tags.isdisjoint(map(tag_token, tags))
            case Both(nodes):
                return all(self.matches(one) for one in nodes)
            case Either(nodes):
                return any(self.matches(one) for one in nodes)
            case Without():
                return self.matches(node)
            case Word(terms, zone):
                return self._stands((frozenset(terms),), zone)
            case Prefix(start, zone):
                begun = token(start) if start else ""
                return any(
                    one.startswith(begun) for text in self.positions(zone) for position in text for one in position
                )
            case Phrase(places, zone):
                return self._stands(places, zone)

    def _stands(self, places: Sequence[frozenset[str]], zone: Zone | None) -> bool:
        wanted = [frozenset(map(token, place)) for place in places]
        return any(
            all(not place or not place.isdisjoint(text[at + step]) for step, place in enumerate(wanted))
            for text in self.positions(zone)
            for at in range(len(text) - len(wanted) + 1)
        )
