"""The registry comes into the ERP's database, is used, and leaves it as it was, on both databases."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from roadmapdocs.erp.link_rules import Target
from roadmapdocs.erp.links import link_document
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.web.cli import group as registry_commands
from tests import factories as make
from tests.conftest import NOW
from tests.host_erp import db, models, office
from tests.host_erp.conftest import made, signed_in
from tests.host_erp.modules import permit
from tests.host_erp.mounting import PERMISSIONS


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def address(request: pytest.FixtureRequest, erp_file: Path, tmp_path: Path) -> str:
    """A database with the ERP alone in it."""
    if request.param == "sqlite":
        shutil.copy(erp_file, tmp_path / "erp.sqlite3")
        return f"sqlite:///{tmp_path / 'erp.sqlite3'}"
    empty: str = request.getfixturevalue("postgres").empty_database()
    with db.opened(empty).connection_context():
        db.migrate()
        office.furnish()
    return empty


@pytest.fixture
def app(address: str, tmp_path: Path) -> Iterator[Flask]:
    with made(address, mounted=True, data=tmp_path / "registry") as erp:
        with erp.app_context(), db.database.obj.connection_context():
            permit("roadmapdocs", **PERMISSIONS)
        yield erp


def dump() -> list[object]:
    """Every row and every definition in the database but for the registry's."""
    database = db.database.obj
    with database.connection_context():
        tables = sorted(name for name in database.get_tables() if not name.startswith("rd_"))
        told: list[object] = [tables]
        for table in tables:
            told.append(database.execute_sql(f'SELECT * FROM "{table}" ORDER BY 1').fetchall())
            told.append([repr(column) for column in database.get_columns(table)])
            told.append(sorted(repr(index) for index in database.get_indexes(table)))
            told.append(sorted(repr(key) for key in database.get_foreign_keys(table)))
    return told


def whole(address: str) -> list[str]:
    """A SQLite database as statements, every byte of it; nothing for PostgreSQL."""
    if not address.startswith("sqlite:///"):
        return []
    opened = sqlite3.connect(address.removeprefix("sqlite:///"))
    lines = list(opened.iterdump())
    opened.close()
    return lines


def test_the_registry_comes_is_used_and_goes(app: Flask, address: str, tmp_path: Path) -> None:
    before, statements = dump(), whole(address)
    runner = app.test_cli_runner()
    name = address.rpartition("/")[2]

    assert runner.invoke(args=["erp", "migrate"]).exit_code == 0
    assert signed_in(app, "ilina").get("/registry/documents/new").status_code == 200
    with app.app_context(), db.database.obj.connection_context():
        document = make.document()
        link_document(document.id, Target("host", "partner", "1", "Книжный двор", "/partners/1"), by=SYSTEM, now=NOW)
        make.roadmap(make.item())
    assert dump() == before

    refused = runner.invoke(registry_commands, ["uninstall", "--yes", "no-such-database"])
    assert refused.exit_code == 1
    assert signed_in(app, "ilina").get("/registry/documents/").status_code == 200
    done = runner.invoke(registry_commands, ["uninstall", "--yes", name])

    assert done.exit_code == 0, done.output
    assert str(tmp_path / "registry") in done.output
    assert dump() == before
    assert whole(address) == statements
    with db.database.obj.connection_context():
        assert [one for one in db.database.get_tables() if one.startswith("rd_")] == []


def test_the_erp_goes_on_without_the_registry(app: Flask, address: str, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    runner.invoke(args=["erp", "migrate"])
    assert runner.invoke(registry_commands, ["uninstall", "--yes", address.rpartition("/")[2]]).exit_code == 0

    with made(address, mounted=False, data=tmp_path) as alone:
        client = signed_in(alone, "ilina")
        assert client.get("/partners/1").status_code == 200
        with db.database.obj.connection_context():
            assert models.Partner.select().count() == len(office.PARTNERS)
    again = app.test_cli_runner()
    db.database.initialize(app.extensions["erp"].database)
    assert "0001_first_tables" in again.invoke(args=["erp", "migrate"]).output
    assert signed_in(app, "ilina").get("/registry/").status_code == 200
