"""Tables of an index in SQLite: their names, how they are made, filled and thrown away."""

from __future__ import annotations

import re

import peewee

from roadmapdocs import db
from roadmapdocs.search.engines.sql_search import FACET_COLUMNS
from roadmapdocs.search.engines.sql_tokens import COLUMNS, TOKENIZER

#: Settings of FTS5: one record written takes part in small merges only, and a build sorts more in memory at once.
SETTINGS = {"automerge": 4, "crisismerge": 16, "hashsize": 16 << 20}
_BEHIND = ("data", "idx", "docsize", "config")
_GENERATION = re.compile(r"[a-z0-9_]{1,32}")


def checked(generation: str) -> str:
    """A name that can be a part of another.

    :raise ValueError: if it has other signs than a-z, 0-9 and _, or is too long
    """
    if not _GENERATION.fullmatch(generation):
        raise ValueError(f"generation {generation!r}: only a-z, 0-9 and _, at most 32")
    return generation


class Tables:
    """``fts`` finds, ``doc`` has what is told and counted, ``body`` the packed texts (FTS5 wants them back when a
    record goes), ``token`` what tokens of positions a term stands in, and which tags there are."""

    def __init__(self, generation: str) -> None:
        generation = checked(generation)
        self.fts, self.doc, self.body, self.token = (
            f"rd_search_{part}_{generation}" for part in ("fts", "doc", "body", "token")
        )
        columns = ", ".join(COLUMNS)
        places = ", ".join("?" * len(COLUMNS))
        self.index = f"INSERT INTO {self.fts} (rowid, {columns}) VALUES (?, {places})"  # noqa: S608 - names are ours
        self.unindex = f"INSERT INTO {self.fts} ({self.fts}, rowid, {columns}) VALUES ('delete', ?, {places})"  # noqa: S608
        facets = ", ".join("?" * len(FACET_COLUMNS))
        self.put_doc = f"INSERT INTO {self.doc} VALUES (?, ?, ?, ?, {facets})"  # noqa: S608
        self.put_body = f"INSERT INTO {self.body} VALUES (?, ?)"  # noqa: S608
        self.put_token = f"INSERT OR IGNORE INTO {self.token} VALUES (?, ?)"  # noqa: S608

    def create(self) -> None:
        facets = ", ".join(f"{column} TEXT NOT NULL" for column in FACET_COLUMNS.values())
        for sql in (
            f"CREATE TABLE {self.doc} (place INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, number TEXT NOT NULL, "
            f"digest TEXT NOT NULL, {facets})",
            f"CREATE TABLE {self.body} (place INTEGER PRIMARY KEY, body BLOB NOT NULL)",
            f"CREATE TABLE {self.token} (term TEXT, token TEXT, PRIMARY KEY (term, token)) WITHOUT ROWID",
            f"CREATE VIRTUAL TABLE {self.fts} USING fts5({', '.join(COLUMNS)}, content='', tokenize=\"{TOKENIZER}\")",
        ):
            db.database.execute_sql(sql)
        for name, value in SETTINGS.items():
            db.database.execute_sql(f"INSERT INTO {self.fts} ({self.fts}, rank) VALUES (?, ?)", (name, value))  # noqa: S608

    def drop(self) -> None:
        try:
            with db.database.atomic():
                db.database.execute_sql(f"DROP TABLE IF EXISTS {self.fts}")
        except peewee.DatabaseError as problem:
            if "vtable constructor failed" not in str(problem):
                raise
            self._forget()
        for table in (self.token, self.body, self.doc):
            db.database.execute_sql(f"DROP TABLE IF EXISTS {table}")

    def _forget(self) -> None:
        """FTS5 drops a table only after it has opened it, which it cannot if one behind it is missing or torn."""
        db.database.execute_sql("PRAGMA writable_schema = ON")
        try:
            db.database.execute_sql("DELETE FROM sqlite_master WHERE type = 'table' AND name = ?", (self.fts,))
        finally:
            db.database.execute_sql("PRAGMA writable_schema = RESET")
        for part in _BEHIND:
            db.database.execute_sql(f"DROP TABLE IF EXISTS {self.fts}_{part}")
