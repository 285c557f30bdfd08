"""Which records of a segment a tree of nodes finds, and how often phrases stand in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import assert_never

from roadmapdocs.search.engines.whoosh_fields import TAGS, ZONES
from roadmapdocs.search.engines.whoosh_segment import Segment, as_set, members
from roadmapdocs.search.ports import Both, Either, Every, Node, Phrase, Prefix, Tagged, Without, Word, Zone

#: Record → how often something stands in it.
Counts = dict[int, int]


def zones_of(zone: Zone | None) -> tuple[Zone, ...]:
    return tuple(Zone) if zone is None else (zone,)


def matching(node: Node, segment: Segment) -> int:
    """The set of records that the node finds. Brackets may be as deep as they like: nothing here calls itself."""
    waiting: list[Node | Callable[[list[int]], None]] = [node]
    found: list[int] = []
    while waiting:
        match one := waiting.pop():
            case Both(nodes) | Either(nodes):
                waiting += [_joining(one, len(nodes), segment), *nodes]
            case Without(inner):
                waiting += [_leaving_out(segment), inner]
            case Word() | Phrase() | Prefix() | Tagged() | Every():
                found.append(_leaf(one, segment))
            case _:
                one(found)
    return found[0]


def _joining(node: Both | Either, count: int, segment: Segment) -> Callable[[list[int]], None]:
    def join(found: list[int]) -> None:
        parts = found[len(found) - count :]
        del found[len(found) - count :]
        found.append(
            reduce(and_, parts, segment.everything) if isinstance(node, Both) else reduce(or_, parts, 0)
        )

    return join


def _leaving_out(segment: Segment) -> Callable[[list[int]], None]:
    def leave_out(found: list[int]) -> None:
        found.append(segment.everything & ~found.pop())

    return leave_out


def _leaf(node: Word | Phrase | Prefix | Tagged | Every, segment: Segment) -> int:
    match node:
        case Every():
            return segment.everything
        case Tagged(tags):
            return tagged(tags, segment)
        case Word(terms, zone):
            return reduce(or_, (having(terms, one, segment) for one in zones_of(zone)), 0)
        case Prefix(start, zone):
            return reduce(or_, (segment.beginning(ZONES[one], start) for one in zones_of(zone)), 0)
        case Phrase(places, zone):
            return reduce(or_, (as_set(sorted(phrases(places, one, segment))) for one in zones_of(zone)), 0)
        case _:
            assert_never(node)


def tagged(tags: frozenset[str], segment: Segment) -> int:
    return reduce(or_, (segment.having(TAGS, tag) for tag in tags), 0)


def having(terms: frozenset[str], zone: Zone, segment: Segment) -> int:
    return reduce(or_, (segment.having(ZONES[zone], term) for term in terms), 0)


def phrases(places: tuple[frozenset[str], ...], zone: Zone, segment: Segment) -> Counts:
    """Records in whose zone the phrase stands, and how often."""
    return segment.kept((places, zone), lambda: _phrases(places, zone, segment))


def _phrases(places: tuple[frozenset[str], ...], zone: Zone, segment: Segment) -> Counts:
    told = [(shift, terms) for shift, terms in enumerate(places) if terms]
    possible = reduce(and_, (having(terms, zone, segment) for _, terms in told), segment.everything)
    if not told or not possible:
        return {}
    # The rarest place first: the fewest beginnings are left to be tried at the others.
    told.sort(key=lambda one: having(one[1], zone, segment).bit_count())
    read = [(shift, [segment.postings(ZONES[zone], t) for t in terms]) for shift, terms in told]
    at_zone = tuple(Zone).index(zone)
    counts = {}
    for doc in members(possible):
        last = segment.records[doc].lengths[at_zone] - len(places)
        begun: set[int] | None = None
        for shift, alternatives in read:
            here = {place - shift for postings in alternatives for place in postings.places(doc)}
            begun = here if begun is None else begun & here
            if not begun:
                break
        if begun and (whole := sum(0 <= place <= last for place in begun)):
            counts[doc] = whole
    return counts
