"""Migrations: up, down, up; and the tables they make are those of the models, on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import peewee as pw
import pytest
from playhouse.schema_diff import diff_models

from roadmapdocs import db, shipped
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.models import MODELS
from tests.processes import at_once

UPGRADE = "from roadmapdocs import shipped\nresult = db.upgrade(shipped.migrations_folder())"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without a table, connected."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        address = request.getfixturevalue("postgres").empty_database()
    opened = db.connect(address)
    with opened.connection_context():
        yield address
    opened.close()


def ours() -> set[str]:
    return {name for name in db.database.get_tables() if name.startswith("rd_") and name != db.HISTORY_TABLE}


def test_models_equal_the_migrated_schema(empty: str) -> None:
    db.upgrade(shipped.migrations_folder())
    difference = diff_models(db.database.obj, MODELS)
    assert not difference, str(difference)
    assert ours() == {model._meta.table_name for model in MODELS}


def test_columns_allow_null_exactly_where_the_models_do(empty: str) -> None:
    db.upgrade(shipped.migrations_folder())
    differing = [
        f"{model._meta.table_name}.{column.name}"
        for model in MODELS
        for column in db.database.get_columns(model._meta.table_name)
        if column.null != model._meta.columns[column.name].null
    ]
    assert differing == []


def test_up_down_and_up_again(empty: str) -> None:
    runner = db.migrations(shipped.migrations_folder())
    names = [migration.name for migration in runner.migrations()]
    assert runner.up() == names
    first = ours()
    assert runner.down(names[0]) == list(reversed(names))
    assert ours() == set()
    assert runner.up() == names
    assert ours() == first


def test_upgrading_twice_changes_nothing(empty: str) -> None:
    assert db.upgrade(shipped.migrations_folder()) != []
    assert db.upgrade(shipped.migrations_folder()) == []
    assert db.pending(shipped.migrations_folder()) == []


def test_three_processes_that_start_at_once_upgrade_once(empty: str) -> None:
    told = at_once(empty, [UPGRADE] * 3)
    assert sorted(told) == [[], [], [row.name for row in db.migrations(shipped.migrations_folder()).migrations()]]  # type: ignore[type-var]


def test_a_database_of_a_newer_program_is_refused(empty: str) -> None:
    db.upgrade(shipped.migrations_folder())
    runner = db.migrations(shipped.migrations_folder())
    runner.History.create(name="9999_from_the_future")
    with pytest.raises(ConfigurationError, match="9999_from_the_future"):
        db.pending(shipped.migrations_folder())


def test_the_journal_begins_with_its_one_head_row(empty: str) -> None:
    from roadmapdocs.audit.models import JournalHead

    db.upgrade(shipped.migrations_folder())
    assert [(row.id, row.number, row.hash) for row in JournalHead.select()] == [(1, 0, "0" * 64)]


def test_a_failing_migration_leaves_nothing_behind(empty: str, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_half.py").write_text(
        "import peewee as pw\n"
        "def up(migrator, db):\n"
        "    db.execute_sql('CREATE TABLE rd_half (id INTEGER)')\n"
        "    db.execute_sql('INSERT INTO rd_nowhere VALUES (1)')\n",
        encoding="utf-8",
    )
    with pytest.raises((pw.OperationalError, pw.ProgrammingError)):
        db.upgrade(folder)
    assert ours() == set()
    assert db.pending(folder) == ["0001_half"]


def test_sqlite_checks_hold_what_the_models_say(tmp_path: Path, migrated_file: Path) -> None:
    with sqlite3.connect(migrated_file) as raw:
        statements = " ".join(row[0] for row in raw.execute("SELECT sql FROM sqlite_master WHERE type = 'table'"))
    raw.close()
    for model in MODELS:
        for constraint in [*(model._meta.constraints or ()), *_field_checks(model)]:
            assert constraint.sql in statements


def _field_checks(model: type[pw.Model]) -> list[pw.SQL]:
    return [constraint for field in model._meta.sorted_fields for constraint in field.constraints or ()]
