"""``roadmapdocs uninstall``: all of ours goes after a plain yes, and nothing of anybody else's."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peewee as pw
import pytest
from click.testing import CliRunner, Result

from roadmapdocs import db
from roadmapdocs.models import MODELS
from roadmapdocs.search import state
from roadmapdocs.settings import load
from roadmapdocs.web.cli import group
from tests import factories as make
from tests.search.indexed import Clock, build


@dataclass
class Place:
    """A database in which a host's tables stand beside ours, and the folder of data."""

    data: Path
    name: str

    def call(self, *arguments: str, **options: Any) -> Result:
        return CliRunner().invoke(group, ["--language", "en", "--data", str(self.data), "uninstall", *arguments], **options)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> Iterator[Place]:
    data = tmp_path / "data"
    (data / "files").mkdir(parents=True)
    (data / "files" / "text").write_bytes(b"kept")
    if request.param == "sqlite":
        shutil.copy(migrated_file, data / "roadmapdocs.sqlite3")
        address, name = f"sqlite:///{data / 'roadmapdocs.sqlite3'}", "roadmapdocs.sqlite3"
    else:
        address = request.getfixturevalue("postgres_address")
        (data / "settings.toml").write_text(f'database = "{address}"\n', encoding="utf-8")
        name = address.rpartition("/")[2]
    opened = db.connect(address)
    with opened.connection_context():
        for sql in (
            "CREATE TABLE erp_partner (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            "CREATE TABLE erp_task (id INTEGER PRIMARY KEY, partner INTEGER REFERENCES erp_partner (id), title TEXT)",
            "CREATE INDEX user_login ON erp_task (title)",
            "CREATE TABLE rd_of_the_host (id INTEGER PRIMARY KEY)",
            "CREATE TABLE rdx (id INTEGER PRIMARY KEY)",
            "INSERT INTO erp_partner VALUES (1, 'Книжный двор')",
            "INSERT INTO erp_task VALUES (1, 1, 'Смотр')",
            "INSERT INTO rd_of_the_host VALUES (5)",
        ):
            opened.execute_sql(sql)
        make.document()
        make.roadmap(make.item())
    yield Place(data, name)
    opened.close()


def tables() -> set[str]:
    with db.database.connection_context():
        return set(db.database.get_tables())


def ours() -> set[str]:
    return {model._meta.table_name for model in MODELS} | {db.HISTORY_TABLE}


def others() -> str:
    """Every row and every definition of what is not ours, as a digest."""
    told: list[object] = []
    with db.database.connection_context():
        for table in sorted(set(db.database.get_tables()) - ours()):
            told.append((table, db.database.execute_sql(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()))
            told.append([(column.name, column.data_type, column.null) for column in db.database.get_columns(table)])
            told.append(sorted((index.name, index.sql) for index in db.database.get_indexes(table)))
            told.append([(key.column, key.dest_table) for key in db.database.get_foreign_keys(table)])
    return hashlib.sha256(repr(told).encode()).hexdigest()


def test_our_tables_go_and_all_others_stay_as_they_were(place: Place) -> None:
    before = others()

    result = place.call("--yes", place.name, catch_exceptions=False)

    assert result.exit_code == 0, result.stderr
    assert tables() == {"erp_partner", "erp_task", "rd_of_the_host", "rdx"}
    assert others() == before
    assert "rd_document: 1" in result.stdout.splitlines()
    assert {line.partition(":")[0] for line in result.stdout.splitlines()} == ours()
    assert str(place.data / "files") in result.stderr
    assert (place.data / "files" / "text").read_bytes() == b"kept"


@pytest.mark.parametrize("name", ["", "yes", "roadmapdocs", "ROADMAPDOCS.SQLITE3"])
def test_nothing_goes_without_the_name_of_the_database(place: Place, name: str) -> None:
    before = tables()

    result = place.call("--yes", name)

    assert result.exit_code == 1
    assert place.name in result.stderr
    assert tables() == before


def test_the_name_is_asked_for_and_what_goes_is_shown_before(place: Place) -> None:
    refused = place.call(input="no\n")
    assert refused.exit_code == 1
    assert "rd_document: 1" in refused.stderr
    assert ours() <= tables()

    taken = place.call(input=f"{place.name}\n")
    assert taken.exit_code == 0, taken.stderr
    assert not ours() & tables()


def test_a_program_gets_one_json_document(place: Place) -> None:
    refused = json.loads(place.call("--json").stdout)
    done = json.loads(place.call("--json", "--yes", place.name).stdout)

    assert refused["error"]["code"] == "not_confirmed"
    assert {one["table"] for one in done["dropped"]} == ours()
    assert str(place.data / "files") in done["kept"]


def test_a_table_of_a_host_that_refers_to_ours_stops_it_all(place: Place) -> None:
    with db.database.connection_context():
        db.database.execute_sql("CREATE TABLE erp_note (id INTEGER PRIMARY KEY, document INTEGER REFERENCES rd_document (id))")
    before = tables()

    result = place.call("--yes", place.name)

    assert result.exit_code == 1
    assert "erp_note" in result.stderr
    assert tables() == before


def test_twice_says_that_there_is_nothing_left(place: Place) -> None:
    place.call("--yes", place.name)

    again = place.call("--yes", place.name)

    assert again.exit_code == 1
    assert "nothing was done" in again.stderr


def test_the_tables_of_the_index_of_search_go_too(place: Place) -> None:
    engine = "sqlite" if isinstance(db.database.obj, pw.SqliteDatabase) else "postgresql"
    with (place.data / "settings.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'search = "{engine}"\n')
    with db.database.connection_context():
        build(state.use_index(load(place.data), Clock()))
        state.close_index()
    assert any(name.startswith("rd_search_") for name in tables() - ours())

    result = place.call("--yes", place.name)

    assert result.exit_code == 0, result.stderr
    assert tables() == {"erp_partner", "erp_task", "rd_of_the_host", "rdx"}


def test_a_registry_can_be_made_anew_where_one_was(place: Place) -> None:
    place.call("--yes", place.name)

    again = CliRunner().invoke(group, ["--data", str(place.data), "upgrade"], catch_exceptions=False)

    assert again.exit_code == 0
    assert ours() <= tables()


def test_where_there_is_no_registry_nothing_is_made(tmp_path: Path) -> None:
    result = CliRunner().invoke(group, ["--data", str(tmp_path / "none"), "uninstall", "--yes", "x"])

    assert result.exit_code == 1
    assert not (tmp_path / "none").exists()
