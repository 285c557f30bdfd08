"""A registry with an index on a fresh database: whatever a module sets up in it is found by the engine of its name."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs import db
from roadmapdocs.search import building, state
from roadmapdocs.settings import Settings
from tests.conftest import NOW
from tests.postgres import Server

ENGINES = ("whoosh", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@contextlib.contextmanager
def registry(engine: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[state.Used]:
    """Connected, and ready to be filled; :func:`index` makes what is in it found."""
    server: Server | None = None
    if engine == "postgresql":
        server = request.getfixturevalue("postgres")
        address = server.fresh_database()
    else:
        shutil.copy(request.getfixturevalue("migrated_file"), folder / "registry.sqlite3")
        address = f"sqlite:///{folder / 'registry.sqlite3'}"
    opened = db.connect(address)
    settings = Settings(data=folder, database=address, search=engine, search_folder=str(folder / "index"))
    with opened.connection_context():
        try:
            yield state.use_index(settings, lambda: NOW)
        finally:
            state.close_index()
    opened.close()
    if server is not None:
        server.drop(address)


def index(used: state.Used) -> None:
    """Build the index of all that is stored now."""
    building.build(used, now=NOW)
