"""Offices for calls: one that all tests of a module read, on both databases, and one of its own for each that changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs import db
from tests.erp.odoo.models.desk import Desk, furnished


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def shown(request: pytest.FixtureRequest, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, dict[str, int]]]:
    """A furnished desk and ids of its documents; who changes something here changes it back."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("odoo") / "registry.sqlite3"
        shutil.copy(migrated_file, file)
        address = f"sqlite:///{file}"
    else:
        server = request.getfixturevalue("postgres")
        address = server.fresh_database()
    opened = db.connect(address)
    with opened.connection_context():
        yield furnished()
    opened.close()
    if request.param != "sqlite":
        server.drop(address)


@pytest.fixture
def desk(database: str) -> tuple[Desk, dict[str, int]]:
    """As ``shown``, for one test that changes what is there."""
    return furnished()
