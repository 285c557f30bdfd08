"""Terms of what is asked: of all that an analysed position holds, what a record has to hold to be meant."""

from __future__ import annotations

from collections.abc import Sequence

from roadmapdocs.search.analysis import positions
from roadmapdocs.search.ports import Both, Either, Node, Phrase, Position, Word, Zone


def wanted(terms: Position) -> frozenset[str]:
    """The closest terms alone: «178-П» is no other 178, a day is not the whole of its month.

    Terms of names are left out: initials are asked for where they were recognised.
    """
    first = terms[0]
    if first[0] in "#@" or first.endswith("+") or "." in first:
        return frozenset({first})
    if first.isdecimal():
        return frozenset(term for term in terms if term in (first, f"@{first}"))
    return frozenset(term for term in terms if not term.startswith("&"))


def places_of(text: str) -> list[frozenset[str]]:
    return [wanted(terms) for terms in positions(text)]


def phrase(places: Sequence[frozenset[str]], zone: Zone | None = None) -> Node | None:
    """These one after another; None of nothing."""
    if not places:
        return None
    return Word(places[0], zone) if len(places) == 1 else Phrase(tuple(places), zone)


def either(nodes: Sequence[Node]) -> Node | None:
    """Any of these, each once; None of nothing."""
    flat = dict.fromkeys(one for node in nodes for one in (node.nodes if isinstance(node, Either) else (node,)))
    return Either(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def both(nodes: Sequence[Node]) -> Node:
    """All of these, each once."""
    flat = dict.fromkeys(one for node in nodes for one in (node.nodes if isinstance(node, Both) else (node,)))
    return next(iter(flat)) if len(flat) == 1 else Both(tuple(flat))
