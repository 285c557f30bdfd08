"""SQLite FTS5 under the suite, and what is its own."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from roadmapdocs import db
from roadmapdocs.search.engines.sqlite import SqliteEngine
from roadmapdocs.search.ports import IndexBrokenError, IndexBusyError
from tests.search.engines.contract import EngineContract
from tests.search.engines.entries import entry, keys
from tests.search.engines.matching import found, word
from tests.search.engines.places import Place
from tests.search.engines.sql_own import InDatabase


@dataclass(frozen=True)
class SqlitePlace(Place):
    address: str

    @contextlib.contextmanager
    def connected(self) -> Iterator[object]:
        """The proxy of another process points nowhere yet; threads of one share what it points to."""
        if getattr(db.database.obj, "database", None) != self.address.removeprefix("sqlite:///"):
            db.connect(self.address)
        with db.database.connection_context():
            yield db.database

    def open(self, generation: str) -> SqliteEngine:
        return SqliteEngine(generation)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> SqlitePlace:
    return SqlitePlace(f"sqlite:///{tmp_path_factory.mktemp('engine') / 'registry.sqlite3'}")


def _elsewhere(place: SqlitePlace, statement: str) -> None:
    """Done by somebody else: what our connection remembers of the index is not to be trusted."""
    with contextlib.closing(sqlite3.connect(place.address.removeprefix("sqlite:///"))) as other:
        other.execute(statement)
        other.commit()


class TestSqlite(InDatabase, EngineContract):
    @pytest.mark.parametrize("part", ["data", "idx", "config", "docsize"])
    def test_an_index_without_one_of_its_tables_can_be_made_anew(self, engine: SqliteEngine, place: SqlitePlace, part: str) -> None:
        engine.write([entry(1, "план")])
        _elsewhere(place, f"DROP TABLE rd_search_fts_{engine.generation}_{part}")
        with contextlib.suppress(IndexBrokenError):
            found(engine, word("план"))
        engine.create()
        engine.write([entry(2, "план")])
        assert found(engine, word("план")) == keys(2)

    def test_what_fts5_cannot_read_is_broken(self, engine: SqliteEngine, place: SqlitePlace) -> None:
        engine.write([entry(number, "план " * 50) for number in range(1, 40)])
        _elsewhere(place, f"UPDATE rd_search_fts_{engine.generation}_data SET block = x'ff' WHERE id > 100")
        with pytest.raises(IndexBrokenError, match="malformed"):
            found(engine, word("план"))

    def test_a_packed_text_that_is_none_is_broken(self, engine: SqliteEngine) -> None:
        engine.write([entry(1, "план")])
        db.database.execute_sql(f"UPDATE rd_search_body_{engine.generation} SET body = x'00'")
        with pytest.raises(IndexBrokenError, match="rd_search_body"):
            engine.write([entry(1, "новый")])
        assert found(engine, word("план")) == keys(1)

    def test_another_writer_is_not_waited_for_without_end(self, engine: SqliteEngine, place: SqlitePlace) -> None:
        engine.write([entry(1, "план")])
        with contextlib.closing(sqlite3.connect(place.address.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            db.database.execute_sql("PRAGMA busy_timeout = 1")
            with pytest.raises(IndexBusyError):
                engine.write([entry(2, "план")])
            assert found(engine, word("план")) == keys(1)
        db.database.execute_sql(f"PRAGMA busy_timeout = {db.BUSY_TIMEOUT_MS}")
        engine.write([entry(2, "план")])
        assert found(engine, word("план")) == keys(1, 2)
