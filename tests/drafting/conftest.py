"""Fixtures of drafts: the tables as the models have them, a store of files, a small office."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmapdocs import db
from roadmapdocs.files.store import FolderStore
from roadmapdocs.models import MODELS
from tests.drafting import office as offices
from tests.drafting.office import Office


@pytest.fixture
def sqlite_database(sqlite_database: None) -> None:
    db.database.create_tables(MODELS)


@pytest.fixture
def database(database: str) -> str:
    db.database.create_tables(MODELS)
    return database


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "files")


@pytest.fixture
def office(sqlite_database: None) -> Office:
    return offices.office()


@pytest.fixture
def everywhere(database: str) -> Office:
    """The office on both databases."""
    return offices.office()
