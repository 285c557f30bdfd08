"""An index of Whoosh as it was at one moment, and what a plan finds in it."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_

from roadmapdocs.search.engines.whoosh_fields import ZONES, Record
from roadmapdocs.search.engines.whoosh_folder import Folder, State
from roadmapdocs.search.engines.whoosh_matching import matching, tagged
from roadmapdocs.search.engines.whoosh_ranking import Ranking
from roadmapdocs.search.engines.whoosh_segment import Segment, as_set, members
from roadmapdocs.search.ports import RANKED, Found, Hit, Node, Plan, Sort, Zone

#: What a hit tells: the record, how close it is, and its tier.
_Placed = tuple[Record, float, int | None]
#: A record by the day and the id that it is sorted by, and where it is: its part and its number there.
_Row = tuple[tuple[int, int], int, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """What a plan finds in one segment. ``seen`` is before facets were chosen, ``chosen`` the set of each choice."""

    segment: Segment
    seen: int
    chosen: Mapping[str, int]

    def found(self, but: str = "") -> int:
        return reduce(and_, (records for facet, records in self.chosen.items() if facet != but), self.seen)


class Snapshot:
    """``segments`` are pairs of a segment and the set of its records that are not deleted."""

    def __init__(
        self, state: State, names: tuple[str, ...], segments: tuple[tuple[Segment, int], ...]
    ) -> None:
        self.state = state
        self.by_name = dict(zip(names, (segment for segment, _ in segments), strict=True))
        self.segments = segments

    @classmethod
    def read(cls, folder: Folder, state: State, before: Snapshot | None) -> Snapshot:
        """What was read of a segment ``before`` serves again."""
        known = before.by_name if before is not None else {}
        with folder.told():
            table = folder.table(state)
            names = tuple(one.segment_id() for one in table.segments)
            read = [
                known.get(name) or Segment(folder, one)
                for name, one in zip(names, table.segments, strict=True)
            ]
            gone = [as_set(sorted(one.deleted_docs())) for one in table.segments]
        live = (segment.everything & ~deleted for segment, deleted in zip(read, gone, strict=True))
        return cls(state, names, tuple(zip(read, live, strict=True)))

    def __len__(self) -> int:
        return sum(live.bit_count() for _, live in self.segments)

    @cached_property
    def averages(self) -> dict[Zone, float]:
        """Mean length of each zone, in positions; what is deleted and still lies there counts."""
        count = sum(len(segment.records) for segment, _ in self.segments) or 1
        return {
            zone: sum(segment.lengths[place] for segment, _ in self.segments) / count
            for place, zone in enumerate(Zone)
        }

    def records(self) -> Iterator[Record]:
        return (segment.records[doc] for segment, live in self.segments for doc in members(live))

    def frequency(self, term: str) -> int:
        return sum(
            (reduce(or_, (segment.having(field, term) for field in ZONES.values())) & live).bit_count()
            for segment, live in self.segments
        )

    def search(self, plan: Plan) -> Found:
        parts = [self._part(plan, segment, live) for segment, live in self.segments]
        ordered = (
            self._by_relevance(plan, parts) if plan.sort is Sort.RELEVANCE else _by_place(plan.sort, parts)
        )
        page = itertools.islice(ordered, plan.offset, plan.offset + plan.limit) if plan.limit else ()
        return Found(
            hits=tuple(Hit(record.key, score, tier) for record, score, tier in page),
            total=sum(part.found().bit_count() for part in parts),
            facets={facet: _counted(facet, parts, plan.most_values) for facet in plan.facets},
        )

    @staticmethod
    def _part(plan: Plan, segment: Segment, live: int) -> _Part:
        seen = live & tagged(plan.readable, segment) & ~segment.of_keys(plan.hidden)
        if seen:
            seen &= matching(plan.node, segment)
        return _Part(segment, seen, {facet: tagged(tags, segment) for facet, tags in plan.narrowed.items()})

    def _by_relevance(self, plan: Plan, parts: Sequence[_Part]) -> Iterator[_Placed]:
        """Tier by tier; in each, the newest by closeness, and after them whatever is older, as it is."""
        tiers: defaultdict[int | None, list[_Row]] = defaultdict(list)
        for at, part in enumerate(parts):
            for tier, docs in _tiers(plan.first, part.segment, part.found()):
                tiers[tier] += ((part.segment.newness[doc], at, doc) for doc in members(docs))
        ranking = Ranking(plan.node, self.segments, self.averages)
        for tier in (*range(len(plan.first)), None):
            rows = sorted(tiers[tier], reverse=True)
            for score, (_, at, doc) in _ranked(ranking, parts, rows[:RANKED]):
                yield parts[at].segment.records[doc], score, tier
            for _, at, doc in rows[RANKED:]:
                yield parts[at].segment.records[doc], 0.0, tier


def _tiers(first: tuple[Node, ...], segment: Segment, found: int) -> Iterator[tuple[int | None, int]]:
    """The found records, each in the first tier that it belongs to, or in none."""
    for tier, node in enumerate(first):
        if not found:
            return
        lifted = found & matching(node, segment)
        yield tier, lifted
        found &= ~lifted
    yield None, found


def _ranked(ranking: Ranking, parts: Sequence[_Part], rows: list[_Row]) -> list[tuple[float, _Row]]:
    """The closest first; of equally close ones, as they came."""
    docs: defaultdict[int, list[int]] = defaultdict(list)
    for _, at, doc in rows:
        docs[at].append(doc)
    scores = {at: ranking.scores(parts[at].segment, wanted) for at, wanted in docs.items()}
    scored = [(scores[row[1]].get(row[2], 0.0), row) for row in rows]
    scored.sort(key=lambda one: -one[0])
    return scored


def _by_place(sort: Sort, parts: Sequence[_Part]) -> Iterator[_Placed]:
    """Of equals, the higher id stands first; what has no number stands last."""
    rows = [
        (part.segment.newness[doc], at, doc) for at, part in enumerate(parts) for doc in members(part.found())
    ]
    records = [parts[at].segment.records[doc] for _, at, doc in sorted(rows, reverse=True)]
    if sort is Sort.NUMBER:
        records.sort(key=lambda record: (not record.number, record.number, -record.id))
    return ((record, 0.0, None) for record in records)


def _counted(facet: str, parts: Iterable[_Part], most: int) -> dict[str, int]:
    """The commonest tags first; of equally common ones, in the order of their code points."""
    counted: Counter[str] = Counter()
    for part in parts:
        if found := part.found(but=facet):
            counted.update(
                {tag: n for tag, have in part.segment.tags(facet) if (n := (have & found).bit_count())}
            )
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:most])
