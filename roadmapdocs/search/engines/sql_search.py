"""One question to tables of a database: what both databases do alike with candidates, tiers, totals and facets."""

from __future__ import annotations

import datetime as dt
import itertools
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from roadmapdocs.search.engines.sql_facets import count_columns, count_tags
from roadmapdocs.search.engines.sql_records import Stored
from roadmapdocs.search.ports import COUNTED, RANKED, Entry, Found, Hit, Node, Plan, Sort, Tagged
from roadmapdocs.search.tags import FACETS

_LAST_DAY: Final = dt.date.max.toordinal()
_LAST_ID: Final = (1 << 32) - 1
FACET_COLUMNS = {facet: f"facet_{facet}" for facet in FACETS}


def place_of(entry: Entry) -> int:
    """The number of its row: the days and the id counted from their ends, so that the newest come first by number
    alone. Reading an index forwards takes half the time of reading it backwards."""
    return (_LAST_DAY - entry.day) << 32 | (_LAST_ID - entry.id)


#: Rows in the order of numbers, what has none last; of one number, the higher id first.
BY_NUMBER: Final = f"ORDER BY number = '', number, place & {_LAST_ID}"


class Search(ABC):
    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @abstractmethod
    def candidates(self, conditions: Sequence[Node], most: int, facets: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        """Place and columns of these facets of the newest records of which all conditions are true, newest first."""

    @abstractmethod
    def scores(self, places: Collection[int]) -> dict[int, float]:
        """How close each of these is, the higher the closer. Words are weighed over the whole archive."""

    @abstractmethod
    def stored(self, places: Iterable[int]) -> Iterator[tuple[int, Stored]]: ...

    @abstractmethod
    def keys(self, places: Collection[int]) -> dict[int, str]: ...

    @abstractmethod
    def by_number(self, places: Collection[int]) -> list[int]:
        """The same places in the order of numbers, what has none last; of one number, the newer record first."""

    def found(self) -> Found:
        plan = self.plan
        own = [facet for facet in plan.facets if facet not in plan.narrowed and facet in FACET_COLUMNS]
        most = max(COUNTED + 1, plan.offset + plan.limit)
        rows = self.candidates(self._conditions(), most, own)
        places = [row[0] for row in rows]
        facets, exact = self._facets(rows[:COUNTED], own)
        return Found(
            hits=self._hits(places),
            total=min(len(places), COUNTED),
            exact=exact and len(places) <= COUNTED,
            facets=facets,
        )

    def _conditions(self, but: str = "") -> list[Node]:
        chosen = [Tagged(tags) for facet, tags in self.plan.narrowed.items() if facet != but]
        return [self.plan.node, Tagged(self.plan.readable), *chosen]

    def _hits(self, places: list[int]) -> tuple[Hit, ...]:
        plan = self.plan
        page = slice(plan.offset, plan.offset + plan.limit)
        tiers: dict[int, int] = {}
        scores: dict[int, float] = {}
        if plan.sort is Sort.NUMBER:
            places = self.by_number(places)
        elif plan.sort is Sort.RELEVANCE and plan.limit:
            tiers, scores, places = self._by_closeness(places)
        shown = places[page]
        keys = self.keys(shown) if shown else {}
        return tuple(Hit(keys[place], scores.get(place, 0.0), tiers.get(place)) for place in shown)

    def _by_closeness(self, places: list[int]) -> tuple[dict[int, int], dict[int, float], list[int]]:
        """Tiers, scores, and the order: what was lifted, the newest of the rest by closeness, then what is left."""
        tiers: dict[int, int] = {}
        for tier, node in enumerate(self.plan.first):
            for place, *_ in self.candidates([*self._conditions(), node], RANKED):
                tiers.setdefault(place, tier)
        rest = itertools.islice((place for place in places if place not in tiers), RANKED)
        scores = self.scores({*tiers, *rest})
        ranked = sorted(scores, key=lambda place: (tiers.get(place, len(self.plan.first)), -scores[place], place))
        return tiers, scores, [*ranked, *(place for place in places if place not in scores)]

    def _facets(self, rows: Sequence[tuple[Any, ...]], own: Sequence[str]) -> tuple[dict[str, dict[str, int]], bool]:
        """Counts of each facet, and whether they are exact: those of a narrowed one are over other records."""
        if not self.plan.facets:
            return {}, True
        most, counts, exact = self.plan.most_values, {}, True
        columns = dict(zip(own, list(zip(*rows, strict=True))[1:] or [()] * len(own), strict=True))
        for facet in self.plan.facets:
            if facet in columns:
                counts[facet] = count_columns(columns[facet], most)
                continue
            stored = [facet] if facet in FACET_COLUMNS else []
            others = self.candidates(self._conditions(but=facet), COUNTED + 1, stored)
            exact = exact and len(others) <= COUNTED
            if stored:
                counts[facet] = count_columns((row[1] for row in others[:COUNTED]), most)
            else:
                records = self.stored(row[0] for row in others[:COUNTED])
                counts[facet] = count_tags((record.own_tags() for _, record in records), facet, most)
        return counts, exact
