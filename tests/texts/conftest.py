"""A store and a reader that is started once for all tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.files.store import FolderStore
from roadmapdocs.settings import Settings
from roadmapdocs.texts.kept import KeptReader


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, language="en")


@pytest.fixture
def store(settings: Settings) -> FolderStore:
    return FolderStore(settings.files_folder)


@pytest.fixture(scope="session")
def reader() -> Iterator[KeptReader]:
    kept = KeptReader()
    yield kept
    kept.close()
