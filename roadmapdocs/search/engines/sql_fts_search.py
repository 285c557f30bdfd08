"""One question to an index in SQLite."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from roadmapdocs import db
from roadmapdocs.search.engines.sql_fts_tables import Tables
from roadmapdocs.search.engines.sql_matching import expression, weighed
from roadmapdocs.search.engines.sql_records import Stored, unpack
from roadmapdocs.search.engines.sql_search import BY_NUMBER, FACET_COLUMNS, Search
from roadmapdocs.search.ports import WEIGHTS, Node, Plan, Zone

#: Weights for bm25 in the order of the columns; what a tag says has nothing to do with closeness.
_WEIGHTS: Final = ", ".join(str(WEIGHTS[zone]) for zone in Zone for _ in range(2)) + ", 0.0"
_LOOKED_AT_ONCE: Final = 200
#: No term has it; it sorts behind whatever a term may go on with.
LAST: Final = "\U0010ffff" * 2


class FtsSearch(Search):
    def __init__(self, tables: Tables, plan: Plan) -> None:
        super().__init__(plan)
        self.tables = tables
        hidden = self._asked("place", tables.doc, "key", plan.hidden) if plan.hidden else []
        self.hidden = [row[0] for row in hidden]

    def candidates(self, conditions: Sequence[Node], most: int, facets: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        matches = [expression(one, self) for one in conditions]
        unsure = [one for one, match in zip(conditions, matches, strict=True) if not match.exact]
        names = self.tables
        told = "".join(f", d.{FACET_COLUMNS[facet]}" for facet in facets)
        joined = f"JOIN {names.doc} d ON d.place = f.rowid" if facets else ""
        hidden = "AND f.rowid NOT IN (SELECT value FROM json_each(?))" if self.hidden else ""
        cursor = db.database.execute_sql(
            f"SELECT f.rowid{told} FROM {names.fts} f {joined} WHERE f.{names.fts} MATCH ? {hidden} "  # noqa: S608 - names are ours
            "ORDER BY f.rowid LIMIT ?",
            (
                " AND ".join(match.text for match in matches),
                *([json.dumps(self.hidden)] if hidden else ()),
                -1 if unsure else most,
            ),
        )
        if not unsure:
            return list(cursor.fetchall())
        found: list[tuple[Any, ...]] = []
        while len(found) < most and (rows := cursor.fetchmany(_LOOKED_AT_ONCE)):
            records = dict(self.stored(row[0] for row in rows))
            found += [row for row in rows if all(records[row[0]].matches(one) for one in unsure)]
        return found[:most]

    def scores(self, places: Collection[int]) -> dict[int, float]:
        found = dict.fromkeys(places, 0.0)
        text = weighed(self.plan.node)
        if not text or len(places) < 2:
            return found
        fts = self.tables.fts
        rows = db.database.execute_sql(
            # The plus keeps FTS5 from being asked for each place by itself.
            f"SELECT rowid, bm25({fts}, {_WEIGHTS}) FROM {fts} WHERE {fts} MATCH ? AND rowid BETWEEN ? AND ? "  # noqa: S608
            "AND +rowid IN (SELECT value FROM json_each(?))",
            (text, min(places), max(places), json.dumps(list(places))),
        )
        found.update((place, -score) for place, score in rows.fetchall())
        return found

    def stored(self, places: Iterable[int]) -> Iterator[tuple[int, Stored]]:
        waiting = list(places)
        for start in range(0, len(waiting), _LOOKED_AT_ONCE):
            some = waiting[start : start + _LOOKED_AT_ONCE]
            for place, body in self._asked("place, body", self.tables.body, "place", some):
                yield place, Stored(unpack(body))

    def keys(self, places: Collection[int]) -> dict[int, str]:
        return dict(self._asked("place, key", self.tables.doc, "place", places))

    def by_number(self, places: Collection[int]) -> list[int]:
        return [row[0] for row in self._asked("place", self.tables.doc, "place", places, BY_NUMBER)]

    def standing(self, tokens: Collection[str]) -> set[str]:
        return {row[0] for row in self._asked("token", self.tables.token, "term", tokens)}

    def begun(self, start: str, most: int) -> list[str]:
        rows = db.database.execute_sql(
            f"SELECT DISTINCT term FROM {self.tables.token} WHERE term >= ? AND term < ? LIMIT ?",  # noqa: S608
            (start, start + LAST, most),
        )
        return [row[0] for row in rows.fetchall()]

    @staticmethod
    def _asked(what: str, table: str, column: str, values: Collection[object], order: str = "") -> list[tuple[Any, ...]]:
        rows = db.database.execute_sql(
            f"SELECT {what} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)) {order}",  # noqa: S608
            (json.dumps(list(values)),),
        )
        return list(rows.fetchall())
