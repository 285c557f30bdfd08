"""A host's own database: its connections, its rows, its command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import peewee as pw
import pytest
from flask import Flask

from roadmapdocs import db, shipped
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import Role
from roadmapdocs.web.cli import group
from tests.web.hosts import Host, bare, mounted
from tests.web.office import document

PRAGMAS = {"foreign_keys": 1, "journal_mode": "wal"}


def sqlite(file: Path) -> pw.Database:
    return pw.SqliteDatabase(str(file), pragmas=PRAGMAS)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def hosts_own(request: pytest.FixtureRequest, tmp_path: Path) -> pw.Database:
    """A database of the host's, with our tables in it already."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "erp.sqlite3")
        return sqlite(tmp_path / "erp.sqlite3")
    return pw.PostgresqlDatabase(request.getfixturevalue("postgres_address"), prefer_psycopg3=True)


def connecting(app: Flask, database: pw.Database, seen: list[str]) -> None:
    """As peewee's documentation has it: connect before each request, close after it."""

    @app.before_request
    def open_database() -> None:
        database.connect()
        seen.append("opened")

    @app.teardown_request
    def close_database(_error: BaseException | None) -> None:
        seen.append("closed already" if database.is_closed() else "closed")
        database.close()


@pytest.mark.parametrize("host_first", [True, False])
def test_a_host_that_connects_before_each_request_goes_on_doing_so(
    hosts_own: pw.Database, tmp_path: Path, host_first: bool
) -> None:
    app, seen = bare(), list[str]()
    if host_first:
        connecting(app, hosts_own, seen)
    host = mounted(app, tmp_path, database=hosts_own)
    if not host_first:
        connecting(app, hosts_own, seen)
    with hosts_own.connection_context():
        user = host.user("clerk", Role.CLERK)
    client = host.browser_of(user)
    seen.clear()
    assert client.get("/registry/documents/").status_code == 200
    assert client.get("/own").status_code == 200
    assert client.get("/registry/documents/999").status_code == 404
    assert seen == ["opened", "closed"] * 3
    assert hosts_own.is_closed()


def test_a_connection_that_the_host_opened_stays_open(hosts_own: pw.Database, tmp_path: Path) -> None:
    host = mounted(bare(), tmp_path, database=hosts_own)
    with hosts_own.connection_context():
        client = host.browser(Role.CLERK)
        before = hosts_own.connection()
        assert client.get("/registry/documents/").status_code == 200
        with host.app.app_context():
            assert Document.select().count() == 0
        assert hosts_own.connection() is before


def test_a_connection_that_only_we_needed_is_closed(hosts_own: pw.Database, tmp_path: Path) -> None:
    host = mounted(bare(), tmp_path, database=hosts_own)
    with hosts_own.connection_context():
        client = host.browser(Role.CLERK)
    assert client.get("/registry/documents/").status_code == 200
    assert hosts_own.is_closed()
    host.app.test_client().get("/own")
    assert hosts_own.is_closed()


def test_what_the_host_takes_back_takes_ours_back(hosts_own: pw.Database, tmp_path: Path) -> None:
    host = mounted(bare(), tmp_path, database=hosts_own)
    with hosts_own.connection_context(), host.app.app_context():
        with hosts_own.atomic() as block:
            document("Never was")
            block.rollback()
        assert Document.select().count() == 0
        with hosts_own.atomic():
            document("Stays")
        assert [row.title for row in Document.select()] == ["Stays"]


class Task(pw.Model):
    name = pw.TextField()


def run(host: Host, *arguments: str) -> Any:
    return host.app.test_cli_runner().invoke(group, list(arguments))


def test_the_command_of_the_host_makes_our_tables_in_its_database(tmp_path: Path) -> None:
    database = sqlite(tmp_path / "erp.sqlite3")
    with database.bind_ctx([Task]):
        with database.connection_context():
            database.create_tables([Task])
            Task.create(name="of the host")
        host = mounted(bare(), tmp_path / "data", database=database)
        made = run(host, "upgrade")
        assert made.exit_code == 0, made.output
        assert database.is_closed()
        again = run(host, "upgrade", "--json")
        assert again.exit_code == 0
        assert '"applied": []' in again.output
        with database.connection_context():
            ours = {name for name in database.get_tables() if name.startswith("rd_")}
            assert {"rd_document", "rd_migration", "rd_event"} <= ours
            assert set(database.get_tables()) - ours - {"sqlite_sequence"} == {"task"}
            assert [task.name for task in Task.select()] == ["of the host"]
    assert host.browser(Role.CLERK).get("/registry/documents/").status_code == 200


def test_commands_that_read_do_it_in_the_hosts_database(hosts_own: pw.Database, tmp_path: Path) -> None:
    host = mounted(bare(), tmp_path, database=hosts_own)
    with hosts_own.connection_context(), host.app.app_context():
        document("An order")
    answer = run(host, "search", "order", "--json")
    assert answer.exit_code == 0, answer.output
    assert "An order" in answer.output


@pytest.mark.parametrize("make", [lambda _tmp: "", lambda tmp: f"sqlite:///{tmp / 'other.sqlite3'}"])
def test_a_folder_named_on_the_command_line_goes_before_the_host(
    tmp_path: Path, migrated_file: Path, make: Callable[[Path], str]
) -> None:
    shutil.copy(migrated_file, tmp_path / "roadmapdocs.sqlite3")
    host = mounted(bare(), tmp_path, make(tmp_path))
    answer = run(host, "--data", str(tmp_path / "elsewhere"), "audit", "verify")
    assert answer.exit_code == 1
    assert "elsewhere" in answer.output


def test_our_migrations_keep_a_history_of_their_own(tmp_path: Path) -> None:
    database = sqlite(tmp_path / "erp.sqlite3")
    host = mounted(bare(), tmp_path / "data", database=database)
    run(host, "upgrade")
    with host.app.app_context():
        assert db.HISTORY_TABLE == "rd_migration"
        assert db.pending(shipped.migrations_folder()) == []
