"""«За десять минут в вашем приложении Flask», followed to the letter: its files, its commands, its addresses."""

from __future__ import annotations

import dataclasses
import os
import re
import shlex
import socket
import sqlite3
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import peewee as pw
import pytest
from flask import Flask

from roadmapdocs import installation
from roadmapdocs.erp.manifest import Manifest
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.people.rules import Role
from roadmapdocs.settings import Settings
from roadmapdocs.web.extension import RoadmapDocs

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "mounting.md").read_text(encoding="utf-8")

FILES = dict(re.findall(r"^Файл `([\w.]+)`:\n\n```python\n(.*?)^```", GUIDE, re.M | re.S))
COMMANDS = [line for block in re.findall(r"^```console\n(.*?)^```", GUIDE, re.M | re.S) for line in block.splitlines()]
ADDRESSES = re.findall(r"^\| `(/[\w/]*)` \| (.+) \|$", GUIDE, re.M)
LOGIN, PASSWORD = re.search(r"Войдите как `(\w+)` с паролем `([^`]+)`", GUIDE).groups()  # type: ignore[union-attr]  # it is there
#: Of a registry that was not upgraded: see roadmapdocs/web/registry.py.
OLD_REGISTRY = "The database is older than the program. Make a backup and run “roadmapdocs upgrade”."
#: A page that does not come within so many seconds does not come.
PATIENCE = 60.0


@dataclass
class Walk:
    """A fresh folder with the files of the guide in it."""

    folder: Path

    def run(self, command: str) -> str:
        """A line of the guide, with the interpreter of this test; what it printed."""
        result = subprocess.run(
            self.words(command), cwd=self.folder, env=self.environment(), capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
        return result.stdout + result.stderr

    @staticmethod
    def words(command: str) -> list[str]:
        program, *rest = shlex.split(command.removeprefix("$ "))
        return [sys.executable, *(["-m", "flask"] if program == "flask" else []), *rest]

    @staticmethod
    def environment() -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ROADMAPDOCS_", "FLASK_"))}
        path = os.pathsep.join(filter(None, (str(ROOT), kept.get("PYTHONPATH"))))
        return {**kept, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        opened = sqlite3.connect(self.folder / "office.sqlite3")
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: opened.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name.startswith("office_")}
        opened.close()
        return {**{name: [] for name in names}, **rows}


@dataclass
class Visitor:
    """A browser without script."""

    address: str
    browser: OpenerDirector

    def get(self, path: str) -> str:
        with self.browser.open(self.address + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def post(self, path: str, form_at: str, **values: str) -> str:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(form_at))
        assert token is not None
        data = urlencode({"csrf_token": token[1], **values}).encode()
        with self.browser.open(self.address + path, data, timeout=PATIENCE) as answer:
            return str(answer.read().decode())


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    folder = tmp_path_factory.mktemp("office")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Walk(folder)


@pytest.fixture(scope="module")
def made(walk: Walk) -> Walk:
    """All that the guide does before it starts the server."""
    for command in COMMANDS[: COMMANDS.index("$ flask --app app run")]:
        if not command.startswith("$ pip "):
            walk.run(command)
    return walk


@pytest.fixture(scope="module")
def visitor(made: Walk) -> Iterator[Visitor]:
    """Somebody who has signed in at the host's own page, before a server started as the guide says, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*made.words("$ flask --app app run"), "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=made.folder, env=made.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        _until_it_listens(port, process)
        someone = Visitor(f"http://127.0.0.1:{port}", build_opener(HTTPCookieProcessor(CookieJar())))
        someone.post("/login?next=/registry/", "/login", login=LOGIN, password=PASSWORD)
        yield someone
    finally:
        process.terminate()
        process.communicate()


def _until_it_listens(port: int, process: subprocess.Popen[str]) -> None:
    began = time.monotonic()
    while process.poll() is None and time.monotonic() - began < PATIENCE:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)  # there is nothing to wait on but the port
    raise AssertionError(f"the server did not start: {process.communicate()[1] if process.poll() is not None else ''}")


def first_cells(head: str) -> list[str]:
    """The first column of the table whose first heading is this."""
    (table,) = re.findall(rf"^\| {head} \|.*?\n\n", GUIDE, re.M | re.S)
    return [row.split("|")[1].strip() for row in table.strip().splitlines()[2:]]


def test_the_fields_of_the_manifest_are_those_of_the_guide() -> None:
    named = [name for cell in first_cells("поле манифеста") for name in re.findall(r"`(\w+)`", cell)]

    assert sorted(named) == sorted(field.name for field in dataclasses.fields(Manifest))


def test_the_roles_of_the_guide_are_all_there_are() -> None:
    assert {cell.strip("`") for cell in first_cells("роль")} == set(Role)


def _refused(tmp_path: Path) -> Iterator[str]:
    """What is said about each of the mistakes of the last table, in its order."""
    keeps = {"pragmas": {"foreign_keys": 1}}
    fine = pw.SqliteDatabase(str(tmp_path / "fine.sqlite3"), **keeps)
    for database, url in (
        (pw.SqliteDatabase(str(tmp_path / "keyless.sqlite3")), "/registry"),
        (pw.SqliteDatabase(":memory:", **keeps), "/registry"),
        (fine, "registry"),
    ):
        with pytest.raises(ConfigurationError) as refused:
            RoadmapDocs().init_app(Flask("office"), Settings(data=tmp_path), database=database, url=url)
        yield str(refused.value)
    app = mounted(tmp_path)
    with pytest.raises(ConfigurationError) as refused:
        RoadmapDocs().init_app(app, Settings(data=tmp_path), database=fine)
    yield str(refused.value)


def mounted(tmp_path: Path) -> Flask:
    """An application with the registry, which leaves the others of this process as they were."""
    app, before = Flask("office"), installation.current()
    database = pw.SqliteDatabase(str(tmp_path / "office.sqlite3"), pragmas={"foreign_keys": 1})
    RoadmapDocs().init_app(app, Settings(data=tmp_path), database=database, url="/registry")
    installation.make_usual(before)
    return app


def test_mistakes_are_told_in_the_words_of_the_guide(tmp_path: Path) -> None:
    printed = [cell.strip("`") for cell in first_cells("что видно") if cell.startswith("`")]

    for words, said in zip(printed, _refused(tmp_path), strict=False):
        for part in words.split("…"):
            assert part.strip() in said
    assert printed[-1] in OLD_REGISTRY


def test_behind_a_proxy_every_address_has_its_path(tmp_path: Path) -> None:
    (lines,) = re.findall(r"^```python\n(from werkzeug.middleware.*?)^```", GUIDE, re.M | re.S)
    app = mounted(tmp_path)
    exec(lines, {"app": app})

    answer = app.test_client().get("/registry/documents/", headers={"X-Forwarded-Prefix": "/office", "X-Forwarded-Host": "x.test"})

    assert answer.status_code == 302
    assert answer.location.startswith("/office/registry/sign-in?next=/office/registry/documents")


def test_the_guide_names_files_commands_and_addresses() -> None:
    assert list(FILES) == ["models.py", "people.py", "app.py", "links.py", "tell_people.py"]
    assert len(COMMANDS) == len([line for line in COMMANDS if line.startswith("$ ")]) == 8
    assert len(ADDRESSES) == 5


def test_what_is_installed_is_this_package() -> None:
    assert COMMANDS[0] == "$ pip install roadmapdocs"
    assert re.search(r"^name = roadmapdocs$", (ROOT / "setup.cfg").read_text(encoding="utf-8"), re.M)
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]


@pytest.mark.parametrize(("address", "words"), ADDRESSES, ids=[address for address, _words in ADDRESSES])
def test_each_address_shows_what_the_guide_says(visitor: Visitor, address: str, words: str) -> None:
    assert words in visitor.get(address)


def test_nobody_comes_in_past_the_hosts_own_sign_in(visitor: Visitor) -> None:
    stranger = Visitor(visitor.address, build_opener(HTTPCookieProcessor(CookieJar())))

    page = stranger.get("/registry/documents/")

    assert "<title>Вход</title>" in page


def test_a_document_is_linked_to_a_partner_and_seen_on_the_partners_page(made: Walk, visitor: Visitor) -> None:
    new = "/registry/documents/new?kind=order_main"
    visitor.post(new, new, kind="order_main", title="О закупке книг", preparation="draft", mark="general", signer="Громов О. И.")
    card = re.search(r'href="(/registry/documents/\d+)"[^>]*>[^<]*О закупке книг', visitor.get("/registry/documents/"))
    assert card is not None
    choose = card[1].replace("/documents/", "/external-links/document/")

    assert "Книжный двор" in visitor.get(f"{choose}?{urlencode({'q': 'двор'})}")
    visitor.post(choose, choose, target="partner/1")

    assert 'href="/partners/1"' in visitor.get(card[1])
    assert f'href="{card[1]}">О закупке книг' in visitor.get("/partners/1")


def test_the_other_commands_do_what_they_say_and_the_host_is_left_as_it_was(made: Walk, visitor: Visitor) -> None:
    before = made.tables()
    assert {"rd_document", "rd_migration", "office_person", "office_partner"} <= set(before)
    rest = COMMANDS[COMMANDS.index("$ flask --app app run") + 1 :]

    said = {command: made.run(command) for command in rest}

    assert "'same'" in said["$ python tell_people.py"]
    after = made.tables()
    assert set(after) == {"office_person", "office_partner"}
    assert after == {name: before[name] for name in after}
    assert (made.folder / "instance" / "roadmapdocs").is_dir()
