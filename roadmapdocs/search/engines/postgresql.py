"""PostgreSQL as an engine: a table in the registry's own database, changed in its own transactions.

Words are lemmas of our own in a tsvector that we build, none of PostgreSQL's dictionaries has a say in it.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Collection, Iterable, Iterator
from typing import Final

import peewee

from roadmapdocs import db
from roadmapdocs.search.engines.sql_facets import facet_column
from roadmapdocs.search.engines.sql_records import pack
from roadmapdocs.search.engines.sql_search import FACET_COLUMNS, place_of
from roadmapdocs.search.engines.sql_tokens import tag_token, texts_of, token
from roadmapdocs.search.engines.sql_ts_search import TsSearch
from roadmapdocs.search.engines.sql_ts_tables import Tables, by_index
from roadmapdocs.search.engines.sql_ts_vectors import Vector, lexeme
from roadmapdocs.search.ports import Entry, Found, IndexBrokenError, IndexBusyError, Plan

_TOGETHER: Final = 500
#: Codes of PostgreSQL: a lock was not given in time, or two waited for each other.
_BUSY: Final = frozenset({"55P03", "40P01"})
#: A table, a column or an index that is not there, and data that cannot be read.
_BROKEN: Final = frozenset({"42P01", "42703", "42704", "42804", "42883", "XX001", "XX002"})


class PostgresqlEngine:
    name = "postgresql"

    def __init__(self, generation: str) -> None:
        self.generation = generation
        self._tables = Tables(generation)

    def create(self) -> None:
        with self._told(), db.transaction():
            self._tables.drop()
            self._tables.create()

    def drop(self) -> None:
        with self._told(), db.transaction():
            self._tables.drop()

    def write(self, put: Iterable[Entry], gone: Collection[str] = ()) -> None:
        with self._told(), db.transaction():
            self._remove(list(gone))
            waiting = iter(put)
            together = list(itertools.islice(waiting, _TOGETHER))
            many = len(together) == _TOGETHER
            self._tables.expect(many=many)
            while together:
                entries = {entry.key: entry for entry in together}
                self._remove(list(entries))
                self._add(list(entries.values()))
                together = list(itertools.islice(waiting, _TOGETHER))
            if many:
                self._tables.settle()

    def search(self, plan: Plan) -> Found:
        with self._told(), by_index():
            return TsSearch(self._tables, plan).found()

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        sql = f"SELECT count(*) FROM {self._tables.doc} WHERE words @@ %s::tsquery"  # noqa: S608 - names are ours
        with self._told(), by_index():
            return {
                term: db.database.execute_sql(sql, (f"'{lexeme(token(term))}'",)).fetchone()[0] for term in terms
            }

    def digests(self) -> Iterator[tuple[str, str]]:
        sql = f"SELECT key, digest FROM {self._tables.doc} WHERE key > %s ORDER BY key LIMIT {_TOGETHER}"  # noqa: S608
        last = ""
        while True:
            with self._told(), db.database.atomic():
                rows = db.database.execute_sql(sql, (last,)).fetchall()
            yield from rows
            if len(rows) < _TOGETHER:
                return
            last = rows[-1][0]

    def count(self) -> int:
        with self._told(), db.database.atomic():
            return int(db.database.execute_sql(f"SELECT count(*) FROM {self._tables.doc}").fetchone()[0])  # noqa: S608

    def tidy(self) -> None:
        # Without figures about what is in it, the planner takes the worst way until the server looks by itself.
        with self._told(), db.transaction():
            db.database.execute_sql(f"ANALYZE {self._tables.doc}")

    def _remove(self, keys: list[str]) -> None:
        if keys:
            db.database.execute_sql(f"DELETE FROM {self._tables.doc} WHERE key = ANY(%s)", (keys,))  # noqa: S608

    def _add(self, entries: list[Entry]) -> None:
        rows = []
        for entry in entries:
            texts = texts_of(entry.zones, entry.tags)
            vector = Vector(texts)
            words = vector.literal()
            told = (place_of(entry), entry.key, entry.number, entry.digest, vector.long)
            rows.append((*told, pack(texts), words, *(facet_column(facet, entry.tags) for facet in FACET_COLUMNS)))
        db.database.cursor().executemany(self._tables.put_doc, rows)
        tags = sorted({tag_token(tag) for entry in entries for tag in entry.tags})
        db.database.execute_sql(self._tables.put_tag, (tags,))

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What PostgreSQL says of our tables, in the words of the port; trouble of the whole database stays its own."""
        try:
            yield
        except peewee.DatabaseError as problem:
            code = getattr(problem.orig, "sqlstate", None)
            if code in _BUSY:
                raise IndexBusyError(f"{self._tables.doc}: {problem}") from problem
            if code in _BROKEN:
                raise IndexBrokenError(f"{self._tables.doc}: {problem}") from problem
            raise
        except ValueError as problem:
            raise IndexBrokenError(f"{self._tables.doc}: {problem}") from problem
