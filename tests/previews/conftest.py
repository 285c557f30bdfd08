"""A database with tables of previews, and the office program of this machine where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.files.programs import Bounds
from roadmapdocs.files.store import FolderStore
from roadmapdocs.previews.office import Office, find_office
from roadmapdocs.settings import Settings
from tests.previews.made import word

#: Longer than any conversion here takes on a machine with other work.
PATIENT = Bounds(seconds=60)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, language="en")


@pytest.fixture
def store(settings: Settings) -> FolderStore:
    return FolderStore(settings.files_folder)


@pytest.fixture(scope="session")
def office() -> Office:
    found = find_office()
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.fixture(scope="session")
def order() -> bytes:
    return word("ПРИКАЗ", "О неделе чтения")


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary folders are made; at the end none is left."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []
