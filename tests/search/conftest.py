"""Fixtures of search: the registry with each of the engines that may serve it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs import db
from roadmapdocs.search import state
from roadmapdocs.search.state import Used
from roadmapdocs.settings import Settings
from tests.search.indexed import Clock

ENGINES = ["whoosh", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=ENGINES)
def used(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Used]:
    """A fresh registry of this test that is searched by that engine; nothing is indexed yet."""
    postgresql = request.param == "postgresql"
    address = request.getfixturevalue("postgres_address" if postgresql else "sqlite_address")
    opened = db.connect(address)
    settings = Settings(data=tmp_path, database=address, search=request.param, timezone="UTC")
    with opened.connection_context():
        yield state.use_index(settings, Clock())
    state.close_index()
    opened.close()


@pytest.fixture
def sqlite_used(sqlite_database: None, sqlite_address: str, tmp_path: Path) -> Iterator[Used]:
    """The same on SQLite with FTS5 alone."""
    yield state.use_index(Settings(data=tmp_path, database=sqlite_address, search="sqlite", timezone="UTC"), Clock())
    state.close_index()
