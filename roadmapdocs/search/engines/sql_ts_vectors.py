"""Entries as PostgreSQL's tsvector: our own terms at their positions, marked with the weights of their zones.

A tsvector holds positions up to 16,383, 256 of them for one lexeme, and a megabyte in all. What is longer is marked
``LONG``: all its words are found in their zones, and its phrases are looked at in the packed text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from roadmapdocs.search.engines.sql_tokens import alternatives_of
from roadmapdocs.search.ports import Zone

LABELS: Final[Mapping[Zone, str]] = dict(zip(Zone, "ABCD", strict=True))
LONG: Final = "_l"
#: A phrase does not reach from one zone into the next over so many empty positions.
ZONES_APART: Final = 64
_LAST_POSITION, _MOST_POSITIONS = 16_300, 250
#: Where words stand that have found no place; no two of them beside each other.
_BEYOND: Final = dict(zip(Zone, range(16_310, 16_382, 10), strict=False))
#: PostgreSQL counts the bytes of lexemes and positions, and stops at a megabyte.
_MOST_BYTES: Final = 900_000
#: In characters; of a longer term its beginning is kept, with a digest of the whole. PostgreSQL's own limit is 2 kB.
_LONGEST: Final = 400


@lru_cache(maxsize=65_536)
def lexeme(token: str) -> str:
    if len(token) <= _LONGEST:
        return token
    return f"{token[:_LONGEST]}_x{hashlib.sha256(token.encode()).hexdigest()[:16]}"


def is_whole(beginning: str) -> bool:
    """Whether lexemes that begin so are just those of the tokens that do."""
    return len(beginning) <= _LONGEST


class Vector:
    """Lexemes with their positions, each with the label of its zone."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.long = False
        self._places: dict[str, list[str]] = {}
        self._base = 0
        for zone, text in zip(Zone, texts, strict=False):
            self._put(zone, text)
        self._tags = texts[-1].split(" ")

    def _put(self, zone: Zone, text: str) -> None:
        label = LABELS[zone]
        here: set[str] = set()
        beyond: set[str] = set()
        position = self._base
        for stands in text.split(" ") if text else ():
            position += 1
            for one in alternatives_of(stands):
                places = self._places.setdefault(lexeme(one), [])
                if position <= _LAST_POSITION and len(places) < _MOST_POSITIONS:
                    places.append(f"{position}{label}")
                    here.add(one)
                else:
                    beyond.add(one)
        for one in beyond - here:
            self._places[lexeme(one)].append(f"{_BEYOND[zone]}{label}")
        self.long = self.long or bool(beyond)
        self._base = position + ZONES_APART

    def literal(self) -> str:
        """As PostgreSQL reads it."""
        tags: dict[str, list[str]] = {lexeme(tag): [] for tag in self._tags}
        lexemes = tags | self._places
        if sum(len(one.encode()) + 4 + 2 * len(places) for one, places in lexemes.items()) > _MOST_BYTES:
            lexemes = self._shortened(lexemes)
        marks: dict[str, list[str]] = {LONG: []} if self.long else {}
        return " ".join(f"'{one}':{','.join(places)}" if places else f"'{one}'" for one, places in (lexemes | marks).items())

    def _shortened(self, lexemes: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """One position of a lexeme in each zone, and the first lexemes that there is room for: more than a megabyte
        of different words is no text that somebody reads."""
        self.long = True
        kept: dict[str, list[str]] = {}
        room = _MOST_BYTES
        for one, places in lexemes.items():
            few = list({place[-1]: place for place in places}.values())
            room -= len(one.encode()) + 4 + 2 * len(few)
            if room < 0:
                break
            kept[one] = few
        return kept
