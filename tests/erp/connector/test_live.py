"""The port to Odoo, as promised: one suite over the Odoo in memory and over a served one, by both of its protocols.

The served one is this registry, which speaks Odoo's external API; it has an office of its own on another database.
"""

from __future__ import annotations

import base64
import logging
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from roadmapdocs import installation
from roadmapdocs.erp.connector import odoo as connector
from roadmapdocs.erp.connector.odoo import LiveOdoo, Odoo, Refused, Unreachable, record_id
from roadmapdocs.erp.connector.service import sync
from roadmapdocs.erp.link_rules import Target
from roadmapdocs.erp.links import link_document
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import Employee, Unit, User
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.settings import Settings
from tests.conftest import NOW
from tests.erp.connector.fake import FakeOdoo
from tests.erp.connector.office import TEXT, registered
from tests.erp.odoo.models.desk import CLERK
from tests.web.odoo.served import Served, serving

# What the client library leaves open is its own.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def served(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("live")
    shutil.copy(migrated_file, folder / "roadmapdocs.sqlite3")
    ours = installation.current()
    with serving(f"sqlite:///{folder / 'roadmapdocs.sqlite3'}", folder) as one:
        # It has an installation of its own; the tests go on in theirs.
        installation.make_usual(ours)
        yield one


@pytest.fixture
def settings(served: Served, tmp_path: Path) -> Settings:
    return Settings(
        data=tmp_path,
        odoo_address=served.url,
        odoo_database="roadmapdocs",
        odoo_login=served.logins[CLERK],
        odoo_key=served.tokens[CLERK],
        timezone="UTC",
        sign_in_makes="staff",
    )


@pytest.fixture(params=["memory", "jsonrpc", "json2"])
def odoo(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Odoo:
    if request.param == "memory":
        made = FakeOdoo()
        for number in range(1, 6):
            made.put("hr.department", id=number, name=f"Отдел {number}")
        made.put("roadmap.document", id=1, name="О чтении")
        made.closed.add("ir.config_parameter")
        return made
    if request.param == "json2":
        # It says that it is Odoo 18, for the sake of an older client; it speaks the newer door as well.
        monkeypatch.setattr(connector, "JSON_2_SINCE", 18)
    return LiveOdoo(request.getfixturevalue("settings"))


def test_it_says_its_version_and_its_fields(odoo: Odoo) -> None:
    assert odoo.version().startswith("18.0")
    assert {"id", "name"} <= odoo.fields("hr.department")
    assert odoo.fields("no.such.model") == frozenset()


def test_records_come_by_condition_order_and_page(odoo: Odoo) -> None:
    rows = odoo.search_read("hr.department", [], ["id", "name"], order="id")
    ids = [row["id"] for row in rows]
    assert ids == sorted(ids)
    assert [row["id"] for row in odoo.search_read("hr.department", [], ["id"], offset=1, limit=1, order="id")] == ids[1:2]
    assert [row["id"] for row in odoo.search_read("hr.department", [["id", "in", ids[:1]]], ["id"])] == ids[:1]
    assert [row["name"] for row in odoo.search_read("hr.department", [["name", "=", rows[0]["name"]]], ["name"])] == [rows[0]["name"]]
    assert odoo.search_read("hr.department", [["id", "=", 987654]], ["id"]) == []


def test_a_file_is_made_and_found_by_its_record_and_name(odoo: Odoo, request: pytest.FixtureRequest) -> None:
    document = odoo.search_read("roadmap.document", [], ["id"], limit=1, order="id desc" if not isinstance(odoo, FakeOdoo) else "id")[0]["id"]
    values = {"name": "приказ.txt", "res_model": "roadmap.document", "res_id": document, "datas": base64.b64encode(TEXT).decode()}
    made = odoo.create("ir.attachment", values)
    domain = [["res_model", "=", "roadmap.document"], ["res_id", "=", document], ["name", "=", "приказ.txt"]]
    assert made in [row["id"] for row in odoo.search_read("ir.attachment", domain, ["id"])]


def test_what_it_refuses_comes_with_its_own_sentence(odoo: Odoo) -> None:
    with pytest.raises(Refused) as refused:
        odoo.create("ir.config_parameter", {"key": "a", "value": "b"})
    assert "ir.config_parameter" in str(refused.value)
    assert "{" not in str(refused.value)


@pytest.mark.parametrize("protocol", ["jsonrpc", "json2"])
def test_a_wrong_key_is_a_refusal(settings: Settings, monkeypatch: pytest.MonkeyPatch, protocol: str) -> None:
    if protocol == "json2":
        monkeypatch.setattr(connector, "JSON_2_SINCE", 18)
    with pytest.raises(Refused):
        LiveOdoo(replace(settings, odoo_key="rd_wrong")).search_read("hr.department", [], ["id"])


def test_nobody_at_the_address_is_told_as_such(settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        LiveOdoo(replace(settings, odoo_address=address)).version()


def test_a_page_that_is_no_odoo_is_told_as_such(settings: Settings) -> None:
    with pytest.raises(Unreachable, match="not as Odoo does"):
        LiveOdoo(replace(settings, odoo_address=f"{settings.odoo_address}/documents")).version()


def test_without_an_address_the_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="odoo_address"):
        LiveOdoo(Settings(data=tmp_path))


@pytest.mark.parametrize("door", [19, 18], ids=["jsonrpc", "json2"])
def test_a_whole_run_over_the_wire(
    served: Served, settings: Settings, sqlite_database: None, monkeypatch: pytest.MonkeyPatch, door: int
) -> None:
    """People of the served office come in, and a document of ours goes to one of theirs, once."""
    monkeypatch.setattr(connector, "JSON_2_SINCE", door)
    store = MemoryStore()
    theirs = LiveOdoo(settings).search_read("roadmap.document", [["name", "!=", ""]], ["id", "name"], limit=1, order="id desc")[0]
    ours = registered(store)
    link_document(ours.id, Target("odoo", "roadmap.document", str(theirs["id"]), theirs["name"], ""), by=SYSTEM, now=NOW)
    done = sync(LiveOdoo(settings), settings, store, now=NOW, ended=lambda: NOW)
    assert done.error == ""
    assert done.report["people"]["made"] > 0
    assert Employee.select().count() == len(served.desk.office.people)
    assert Unit.select().exists()
    assert User.select().where(User.login == served.logins[CLERK]).exists()
    assert sum(done.report["documents"].values()) == 1
    again = sync(LiveOdoo(settings), settings, store, now=NOW, ended=lambda: NOW)
    assert again.report["people"]["made"] == again.report["people"]["changed"] == 0
    link = {"res_model": "roadmap.document", "res_id": theirs["id"]}
    there = LiveOdoo(settings).search_read("ir.attachment", [[name, "=", value] for name, value in link.items()], ["name"])
    assert [row["name"] for row in there].count("приказ.txt") >= 1


KEY = "the-very-secret-key"


@pytest.fixture(params=["18.0", "19.0"], ids=["jsonrpc", "json2"])
def alone(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveOdoo:
    """The port to an Odoo of that version, which is asked for nothing yet."""
    settings = Settings(data=tmp_path, odoo_address="https://odoo.example.test", odoo_database="d", odoo_login="l", odoo_key=KEY)
    made = LiveOdoo(settings)
    monkeypatch.setattr(made, "_version", request.param)
    return made


@pytest.mark.parametrize(("status", "body"), [(502, "<html>Bad Gateway</html>"), (503, "busy"), (429, "slower"), (200, "<html>Welcome</html>")])
def test_a_page_of_a_proxy_is_no_refusal(alone: LiveOdoo, monkeypatch: pytest.MonkeyPatch, status: int, body: str) -> None:
    monkeypatch.setattr(httpx, "post", lambda *_args, **_more: httpx.Response(status, text=body))
    with pytest.raises(Unreachable) as away:
        alone.search_read("hr.department", [], ["id"])
    assert KEY not in str(away.value)


def test_every_call_ends_within_a_minute(alone: LiveOdoo, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def hang(*_args: object, timeout: float, **_more: object) -> httpx.Response:
        asked.append(timeout)
        raise httpx.ReadTimeout("no answer")

    monkeypatch.setattr(httpx, "post", hang)
    with pytest.raises(Unreachable, match="ReadTimeout"):
        alone.create("ir.attachment", {"name": "a"})
    assert asked == [60]


def test_a_log_that_takes_everything_takes_no_key(
    alone: LiveOdoo, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer = {"jsonrpc": "2.0", "id": 1, "result": [1]} if alone.version() == "18.0" else [1]
    monkeypatch.setattr(httpx, "post", lambda *_args, **_more: httpx.Response(200, json=answer))
    with caplog.at_level(logging.DEBUG):
        assert alone.create("ir.attachment", {"name": "a"}) == 1
    assert KEY not in caplog.text


@pytest.mark.parametrize(("external", "number"), [("7", 7), ("2147483647", 2**31 - 1), ("2147483648", None), ("0", None), ("", None), ("-1", None), ("٣", None), ("1e3", None), ("9" * 128, None)])
def test_ids_of_links_are_ids_of_odoo_or_nothing(external: str, number: int | None) -> None:
    assert record_id(external) == number
