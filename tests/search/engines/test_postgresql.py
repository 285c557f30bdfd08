"""PostgreSQL under the suite, and what is its own."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import psycopg
import pytest

from roadmapdocs import db
from roadmapdocs.search.engines.postgresql import PostgresqlEngine
from roadmapdocs.search.ports import IndexBusyError, Without, Zone
from tests.postgres import Server
from tests.processes import PATIENCE
from tests.search.engines.contract import EngineContract
from tests.search.engines.entries import entry, keys
from tests.search.engines.matching import found, phrase, word
from tests.search.engines.places import Place
from tests.search.engines.sql_own import InDatabase

pytestmark = pytest.mark.postgresql


@dataclass(frozen=True)
class PostgresqlPlace(Place):
    address: str

    @contextlib.contextmanager
    def connected(self) -> Iterator[object]:
        """The proxy of another process points nowhere yet; threads of one share what it points to."""
        if getattr(db.database.obj, "database", None) != self.address:
            db.connect(self.address)
        with db.database.connection_context():
            yield db.database

    def open(self, generation: str) -> PostgresqlEngine:
        return PostgresqlEngine(generation)

    def settle(self) -> None:
        """The server finishes a COMMIT that it has read, though nobody waits for it any more."""
        busy = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                  AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'"""
        time_is_up = time.monotonic() + PATIENCE
        with psycopg.connect(self.address, autocommit=True) as looking:
            while (found := looking.execute(busy).fetchone()) != (0,):
                assert time.monotonic() < time_is_up, f"still at work: {found}"


@pytest.fixture(scope="module")
def place(postgres: Server) -> Iterator[PostgresqlPlace]:
    address = postgres.empty_database()
    yield PostgresqlPlace(address)
    db.database.close_all() if hasattr(db.database.obj, "close_all") else db.database.close()
    postgres.drop(address)


class TestPostgresql(InDatabase, EngineContract):
    def test_more_different_words_than_a_vector_holds_keep_no_record_out(self, engine: PostgresqlEngine) -> None:
        many = tuple((f"слово{number}",) for number in range(90_000))
        engine.write([replace(entry(1, title="план"), zones={Zone.TITLE: (("план",),), Zone.TEXT: many})])
        assert found(engine, word("план")) == found(engine, word("слово7")) == keys(1)
        assert found(engine, phrase("слово7 слово8")) == keys(1)
        assert found(engine, phrase("слово8 слово7")) == set()

    def test_a_word_more_often_than_a_vector_counts_stands_in_its_later_zones_too(self, engine: PostgresqlEngine) -> None:
        engine.write([entry(1, "план " * 20_000, title="план", talk="план конец")])
        assert found(engine, word("план", zone=Zone.TALK)) == found(engine, phrase("план конец")) == keys(1)
        assert found(engine, phrase("план план", zone=Zone.TALK)) == set()
        assert found(engine, Without(phrase("план конец", zone=Zone.TEXT))) == keys(1)

    def test_a_search_leaves_settings_as_they_were(self, engine: PostgresqlEngine) -> None:
        with db.transaction():
            db.database.execute_sql("SET LOCAL enable_seqscan = on")
            assert found(engine, word("план")) == set()
            assert db.database.execute_sql("SHOW enable_seqscan").fetchone()[0] == "on"

    def test_a_lock_that_is_not_given_in_time_is_a_busy_index(self, engine: PostgresqlEngine, place: PostgresqlPlace) -> None:
        engine.write([entry(1, "план")])
        with psycopg.connect(place.address) as other:
            other.execute(f"LOCK TABLE rd_search_tsv_{engine.generation}")
            with pytest.raises(IndexBusyError), db.transaction():
                db.database.execute_sql("SET LOCAL lock_timeout = 1")
                engine.write([entry(2, "план")])
        assert found(engine, word("план")) == keys(1)
