"""How close records are to a question: BM25F, over zones with weights.

The weighted frequencies of a word in all zones, each by the length of its zone, are put together before they are
saturated: so a word in the title is worth more than in the text, and in both not twice as much (Robertson, Zaragoza:
The Probabilistic Relevance Framework, 2009). The terms of one word are synonyms: they count as one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from roadmapdocs.search.engines.whoosh_fields import ZONES
from roadmapdocs.search.engines.whoosh_matching import matching, phrases, zones_of
from roadmapdocs.search.engines.whoosh_segment import Segment, members
from roadmapdocs.search.ports import WEIGHTS, Both, Either, Node, Phrase, Prefix, Word, Zone

_SATURATION: Final = 1.2
_BY_LENGTH: Final = 0.75
#: A set is gone through by itself, not by all postings of a word, if it is so many times smaller.
_FEW: Final = 4

Leaf = Word | Phrase | Prefix


def leaves(node: Node) -> list[Leaf]:
    """What a record can be close by: all but what is left out, and tags."""
    waiting, found = [node], list[Leaf]()
    while waiting:
        match waiting.pop():
            case Both(nodes) | Either(nodes):
                waiting += nodes
            case Word() | Phrase() | Prefix() as leaf:
                found.append(leaf)
    return found


class Ranking:
    """``segments`` maps a segment to its records that are not deleted; ``averages`` are the zones' mean lengths."""

    def __init__(
        self, node: Node, segments: Sequence[tuple[Segment, int]], averages: Mapping[Zone, float]
    ) -> None:
        total = sum(live.bit_count() for _, live in segments)
        self._averages = averages
        self._leaves = []
        for leaf in dict.fromkeys(leaves(node)):
            having = sum((matching(leaf, segment) & live).bit_count() for segment, live in segments)
            rarity = math.log(1 + (total - having + 0.5) / (having + 0.5))
            self._leaves.append((leaf, rarity * (_SATURATION + 1)))

    def scores(self, segment: Segment, wanted: list[int]) -> dict[int, float]:
        """Of these records and maybe of others; what is missing has nothing to be close by."""
        scores: dict[int, float] = {}
        for leaf, rarity in self._leaves:
            for doc, weight in self._weights(leaf, segment, wanted).items():
                scores[doc] = scores.get(doc, 0.0) + rarity * weight / (_SATURATION + weight)
        return scores

    def _weights(self, leaf: Leaf, segment: Segment, wanted: list[int]) -> dict[int, float]:
        weights: dict[int, float] = {}
        for zone in zones_of(leaf.zone):
            place = tuple(Zone).index(zone)
            records, plain = segment.records, 1 - _BY_LENGTH
            by_length = _BY_LENGTH / (self._averages[zone] or 1)
            for doc, count in _counts(leaf, zone, segment, wanted):
                weight = WEIGHTS[zone] * count / (plain + by_length * records[doc].lengths[place])
                weights[doc] = weights.get(doc, 0.0) + weight
        return weights


def _counts(leaf: Leaf, zone: Zone, segment: Segment, wanted: list[int]) -> Iterator[tuple[int, int]]:
    match leaf:
        case Word(terms, _):
            yield from _of_words(terms, zone, segment, wanted)
        case Phrase(places, _):
            yield from phrases(places, zone, segment).items()
        case Prefix(start, _):
            yield from ((doc, 1) for doc in members(segment.beginning(ZONES[zone], start)))


def _of_words(
    terms: frozenset[str], zone: Zone, segment: Segment, wanted: list[int]
) -> Iterator[tuple[int, int]]:
    there = [term for term in terms if segment.having(ZONES[zone], term)]
    if len(there) == 1:
        yield from _of_word(there[0], zone, segment, wanted)
        return
    most: dict[int, int] = {}
    for term in there:
        for doc, count in _of_word(term, zone, segment, wanted):
            most[doc] = max(most.get(doc, 0), count)
    yield from most.items()


def _of_word(term: str, zone: Zone, segment: Segment, wanted: list[int]) -> Iterator[tuple[int, int]]:
    postings = segment.postings(ZONES[zone], term)
    return postings.counts(wanted, few=len(wanted) * _FEW < len(postings.docs))
