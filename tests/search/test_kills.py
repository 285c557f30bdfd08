"""A few of the kills of :mod:`tests.search.kills`, which runs fifty an engine by itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from roadmapdocs import db
from roadmapdocs.search import building, indexing
from roadmapdocs.settings import Settings
from tests.search.conftest import ENGINES
from tests.search.kills import run

KILLS = 2


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("work", ["write", "build"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_killed_writer_loses_nothing_and_keeps_nobody_waiting(
    engine: str, work: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = request.getfixturevalue("postgres_address" if engine == "postgresql" else "sqlite_address")
    for module, name in ((indexing, "BATCH"), (building, "WHOOSH_BATCH")):
        monkeypatch.setattr(module, name, getattr(module, name))  # put back afterwards
    try:
        run(Settings(data=tmp_path, database=address, search=engine), work, KILLS, 0.5)
    finally:
        db.database.close()
