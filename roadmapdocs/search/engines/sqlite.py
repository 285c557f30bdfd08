"""SQLite FTS5 as an engine: tables in the registry's own database, changed in its own transactions.

Rows of all tables of an index are numbered by *place* (:func:`roadmapdocs.search.engines.sql_search.place_of`), so
that the newest come first by number alone, and whatever looks at many matches can stop after the newest of them.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import Final

import peewee

from roadmapdocs import db
from roadmapdocs.search.engines.sql_facets import facet_column
from roadmapdocs.search.engines.sql_fts_search import FtsSearch
from roadmapdocs.search.engines.sql_fts_tables import Tables
from roadmapdocs.search.engines.sql_records import pack, unpack
from roadmapdocs.search.engines.sql_search import FACET_COLUMNS, place_of
from roadmapdocs.search.engines.sql_tokens import columns_of, standing, tag_token, texts_of, token
from roadmapdocs.search.ports import Entry, Found, IndexBrokenError, IndexBusyError, Plan

_TOGETHER: Final = 500
#: Pages of the index that one step of a merge writes: some tenths of a second.
_MERGED: Final = 2_000
_BUSY: Final = ("locked", "busy")
#: What SQLite says of tables that are missing, foreign or damaged.
_BROKEN: Final = (
    "no such table", "no such column", "malformed", "vtable constructor failed", "not a database", "corrupt", "fts5:",
    "SQL logic error",
)  # fmt: skip


class SqliteEngine:
    name = "sqlite"

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
            while together := list(itertools.islice(waiting, _TOGETHER)):
                entries = {entry.key: entry for entry in together}
                self._remove(list(entries))
                self._add(list(entries.values()))

    def search(self, plan: Plan) -> Found:
        # Total, facets and hits are of one moment.
        with self._told(), db.database.atomic():
            return FtsSearch(self._tables, plan).found()

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        sql = f"SELECT count(*) FROM {self._tables.fts} WHERE {self._tables.fts} MATCH ?"  # noqa: S608 - names are ours
        with self._told():
            return {term: db.database.execute_sql(sql, (f'"{token(term)}"',)).fetchone()[0] for term in terms}

    def digests(self) -> Iterator[tuple[str, str]]:
        sql = f"SELECT key, digest FROM {self._tables.doc} WHERE key > ? ORDER BY key LIMIT {_TOGETHER}"  # noqa: S608
        last = ""
        while True:
            with self._told():
                rows = db.database.execute_sql(sql, (last,)).fetchall()
            yield from rows
            if len(rows) < _TOGETHER:
                return
            last = rows[-1][0]

    def count(self) -> int:
        with self._told():
            return int(db.database.execute_sql(f"SELECT count(*) FROM {self._tables.doc}").fetchone()[0])  # noqa: S608

    def tidy(self) -> None:
        # In steps of a moment each, so that nobody waits for the whole: the first begins a merge of everything.
        merge = f"INSERT INTO {self._tables.fts} ({self._tables.fts}, rank) VALUES ('merge', ?)"  # noqa: S608
        pages, changed = -_MERGED, _MERGED
        while changed > 1:
            with self._told(), db.transaction():
                before = self._changes()
                db.database.execute_sql(merge, (pages,))
                changed = self._changes() - before
            pages = _MERGED

    def _changes(self) -> int:
        return int(db.database.execute_sql("SELECT total_changes()").fetchone()[0])

    def _remove(self, keys: list[str]) -> None:
        names = self._tables
        rows = db.database.execute_sql(
            f"SELECT d.place, b.body FROM {names.doc} d LEFT JOIN {names.body} b ON b.place = d.place "  # noqa: S608
            "WHERE d.key IN (SELECT value FROM json_each(?))",
            (json.dumps(keys),),
        ).fetchall()
        if not rows:
            return
        cursor = db.database.cursor()
        cursor.executemany(names.unindex, [(place, *columns_of(unpack(body or b""))) for place, body in rows])
        for table in (names.doc, names.body):
            cursor.executemany(f"DELETE FROM {table} WHERE place = ?", [(place,) for place, _ in rows])  # noqa: S608

    def _add(self, entries: list[Entry]) -> None:
        names, cursor = self._tables, db.database.cursor()
        rows, docs, bodies, told = [], [], [], set()
        for entry in entries:
            place, texts = place_of(entry), texts_of(entry.zones, entry.tags)
            facets = (facet_column(facet, entry.tags) for facet in FACET_COLUMNS)
            rows.append((place, *columns_of(texts)))
            docs.append((place, entry.key, entry.number, entry.digest, *facets))
            bodies.append((place, pack(texts)))
            told |= _told_tokens(entry)
        cursor.executemany(names.index, rows)
        cursor.executemany(names.put_doc, docs)
        cursor.executemany(names.put_body, bodies)
        cursor.executemany(names.put_token, sorted(told))

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite says of our tables, in the words of the port; trouble of the whole database stays its own."""
        try:
            yield
        except (peewee.DatabaseError, sqlite3.DatabaseError) as problem:
            text = str(problem)
            if any(word in text for word in _BUSY):
                raise IndexBusyError(f"{self._tables.fts}: {text}") from problem
            if any(word in text for word in _BROKEN):
                raise IndexBrokenError(f"{self._tables.fts}: {text}") from problem
            raise
        except ValueError as problem:
            raise IndexBrokenError(f"{self._tables.body}: {problem}") from problem


def _told_tokens(entry: Entry) -> set[tuple[str, str]]:
    """All terms, each with the tokens under which it stands, and all tags."""
    found = {(tag_token(tag), tag_token(tag)) for tag in entry.tags}
    for position in {one for zone in entry.zones.values() for one in zone}:
        stands, here = standing(position)
        found |= {(one, stands) for one in here}
    return found
