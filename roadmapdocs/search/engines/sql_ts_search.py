"""One question to an index in PostgreSQL."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from roadmapdocs import db
from roadmapdocs.search.engines.sql_records import Stored, unpack
from roadmapdocs.search.engines.sql_search import BY_NUMBER, FACET_COLUMNS, Search
from roadmapdocs.search.engines.sql_ts_queries import has_phrase, tsquery, weighed
from roadmapdocs.search.engines.sql_ts_tables import Tables
from roadmapdocs.search.ports import WEIGHTS, Node, Plan, Zone

#: For ts_rank, which wants them from D to A and none above one.
_WEIGHTS: Final = "{" + ",".join(str(WEIGHTS[zone] / max(WEIGHTS.values())) for zone in reversed(Zone)) + "}"
#: ts_rank divides by the logarithm of the length.
_BY_LENGTH: Final = 1
#: A word in more records than these counts as one in so many.
_COUNTED_FOR_WEIGHT: Final = 3_000
_LOOKED_AT_ONCE: Final = 500


class TsSearch(Search):
    def __init__(self, tables: Tables, plan: Plan) -> None:
        super().__init__(plan)
        self.tables = tables
        # A zero byte or half a character is in no key, and PostgreSQL would not take it as a value.
        hidden = [key for key in plan.hidden if key.isprintable()]
        self.hidden = [row[0] for row in self._asked("place", "key", hidden)] if hidden else []

    def candidates(self, conditions: Sequence[Node], most: int, facets: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        matches = [tsquery(one, self._known) for one in conditions]
        unsure = [one for one, match in zip(conditions, matches, strict=True) if not match.exact]
        if_long = [one for one in conditions if has_phrase(one)]
        told = ", ".join(["place", *(FACET_COLUMNS[facet] for facet in facets), "long"])
        rows = db.database.execute_sql(
            # Materialized, or PostgreSQL might walk along the places and look at each vector.
            f"WITH found AS MATERIALIZED (SELECT {told} FROM {self.tables.doc} WHERE words @@ %s::tsquery) "  # noqa: S608 - names are ours
            f"SELECT * FROM found {'WHERE place <> ALL(%s)' if self.hidden else ''} ORDER BY place LIMIT %s",
            (
                " & ".join(match.text for match in matches),
                *([self.hidden] if self.hidden else ()),
                None if unsure or if_long else most,
            ),
        ).fetchall()
        if unsure or if_long:
            rows = self._looked_at(rows, unsure, if_long)
        return [row[:-1] for row in rows[:most]]

    def _looked_at(self, rows: list[tuple[Any, ...]], unsure: list[Node], if_long: list[Node]) -> list[tuple[Any, ...]]:
        """Those of the rows of which the conditions are true; records are unpacked where the index cannot know."""
        doubted = [row[0] for row in rows if unsure or row[-1]]
        wrong = {
            place
            for place, record in self.stored(doubted)
            if not all(record.matches(one) for one in (*unsure, *if_long))
        }
        return [row for row in rows if row[0] not in wrong] if wrong else rows

    def scores(self, places: Collection[int]) -> dict[int, float]:
        found = dict.fromkeys(places, 0.0)
        words = weighed(self.plan.node)
        if not words or len(places) < 2:
            return found
        weights = self._weights(words)
        told = " + ".join([f"{weight:.4f} * ts_rank(%s, words, %s::tsquery, {_BY_LENGTH})" for weight in weights])
        rows = db.database.execute_sql(
            f"SELECT place, {told} FROM {self.tables.doc} WHERE place = ANY(%s)",  # noqa: S608
            (*(value for word in words for value in (_WEIGHTS, word)), list(places)),
        )
        return found | dict(rows.fetchall())

    def _weights(self, words: list[str]) -> list[float]:
        """The rarer, the weightier; of one word there is nothing to compare."""
        if len(words) == 1:
            return [1.0]
        one = f"(SELECT count(*) FROM (SELECT FROM {self.tables.doc} WHERE words @@ %s::tsquery LIMIT {_COUNTED_FOR_WEIGHT}) w)"  # noqa: S608
        counts = db.database.execute_sql(f"SELECT {', '.join([one] * len(words))}", words).fetchone()
        return [math.log(1 + 10 * _COUNTED_FOR_WEIGHT / (1 + count)) for count in counts]

    def stored(self, places: Iterable[int]) -> Iterator[tuple[int, Stored]]:
        waiting = list(places)
        for start in range(0, len(waiting), _LOOKED_AT_ONCE):
            for place, body in self._asked("place, body", "place", waiting[start : start + _LOOKED_AT_ONCE]):
                yield place, Stored(unpack(bytes(body)))

    def keys(self, places: Collection[int]) -> dict[int, str]:
        return dict(self._asked("place, key", "place", places))

    def by_number(self, places: Collection[int]) -> list[int]:
        return [row[0] for row in self._asked("place", "place", places, BY_NUMBER)]

    def _known(self, tokens: Collection[str]) -> set[str]:
        rows = db.database.execute_sql(
            f"SELECT tag FROM {self.tables.tag} WHERE tag = ANY(%s)", (list(tokens),)  # noqa: S608
        )
        return {row[0] for row in rows.fetchall()}

    def _asked(self, what: str, column: str, values: Collection[object], order: str = "") -> list[tuple[Any, ...]]:
        rows = db.database.execute_sql(
            f"SELECT {what} FROM {self.tables.doc} WHERE {column} = ANY(%s) {order}", (list(values),)  # noqa: S608
        )
        return list(rows.fetchall())
