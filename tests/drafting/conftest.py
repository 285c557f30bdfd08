"""Fixtures of drafts: the tables as the models have them, a store of files, a small office."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmapdocs.files.store import FolderStore
from tests.drafting import office as offices
from tests.drafting.office import Office


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
