"""The ERP with its office, alone and with the registry mounted, on a fresh database."""

from __future__ import annotations

import configparser
import contextlib
import re
import shutil
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from roadmapdocs import installation
from tests.conftest import NOW
from tests.host_erp import db, office
from tests.host_erp.app import create_app
from tests.host_erp.modules import GROUP, permit
from tests.host_erp.mounting import PERMISSIONS


def found() -> list[EntryPoint]:
    """Modules that the registry declares: of the sources, not of what was installed some day."""
    declared = configparser.ConfigParser()
    declared.read(Path(__file__).parents[2] / "setup.cfg", encoding="utf-8")
    lines = declared.get("options.entry_points", GROUP).strip().splitlines()
    return [EntryPoint(*re.split(r"\s*=\s*", line.strip(), maxsplit=1), GROUP) for line in lines]


@pytest.fixture(scope="session")
def erp_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ERP's tables with its office in them, in SQLite."""
    file = tmp_path_factory.mktemp("erp") / "erp.sqlite3"
    opened = db.opened(f"sqlite:///{file}")
    with opened.connection_context():
        db.migrate()
        office.furnish()
        opened.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture(scope="session")
def mounted_file(erp_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the tables of the registry, made by the ERP's own command, and permissions given to groups."""
    file = tmp_path_factory.mktemp("mounted") / "erp.sqlite3"
    shutil.copy(erp_file, file)
    with made(f"sqlite:///{file}", mounted=True, data=file.parent / "registry") as app:
        answer = app.test_cli_runner().invoke(args=["erp", "migrate"])
        assert answer.exit_code == 0, answer.output
        with app.app_context(), db.database.obj.connection_context():
            permit("roadmapdocs", **PERMISSIONS)
            db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@contextlib.contextmanager
def made(address: str, *, mounted: bool, data: Path) -> Iterator[Flask]:
    """An ERP on this database, which leaves other applications of the process as they were."""
    before = installation.current()
    app = create_app(address, mounted=mounted, data=data, found=found(), clock=lambda: NOW)
    installation.make_usual(before)
    app.config["TESTING"] = True
    yield app
    close(app)


def close(app: Flask) -> None:
    database = app.extensions["erp"].database
    if not database.is_closed():
        database.close()


@pytest.fixture(params=[False, True], ids=["alone", "mounted"])
def mounted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="session")
def erps(
    erp_file: Path, mounted_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[bool, tuple[Flask, Path, Path]]]:
    """The two applications with the file that each works on and the one to begin from: to mount costs more than a test."""
    with contextlib.ExitStack() as stack:
        ready = {}
        for mounted, fresh in ((False, erp_file), (True, mounted_file)):
            file = tmp_path_factory.mktemp("work") / "erp.sqlite3"
            shutil.copy(fresh, file)
            app = stack.enter_context(made(f"sqlite:///{file}", mounted=mounted, data=file.parent / "registry"))
            ready[mounted] = app, file, fresh
        yield ready


@pytest.fixture
def erp(erps: dict[bool, tuple[Flask, Path, Path]], mounted: bool) -> Flask:
    """The ERP with nothing in it but its office, alone or with the registry."""
    app, file, fresh = erps[mounted]
    close(app)
    for old in file.parent.glob("erp.sqlite3*"):
        old.unlink()
    shutil.copy(fresh, file)
    db.database.initialize(app.extensions["erp"].database)
    return app


def signed_in(app: Flask, login: str) -> FlaskClient:
    """A browser in which a user of the ERP has signed in by the ERP's own form."""
    client = app.test_client()
    answer = post(client, "/login", login=login, password=office.PASSWORD)
    assert answer.status_code == 302, answer.text
    return client


def token(client: FlaskClient, address: str) -> str:
    said = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address).text)
    assert said is not None, f"no form at {address}"
    return said.group(1)


def post(client: FlaskClient, address: str, form_at: str = "", **values: object):
    """Send a form with its token, which stands in the page at the same address unless another is named."""
    return client.post(address, data={"csrf_token": token(client, form_at or address), **values})
