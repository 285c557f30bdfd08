"""Whoever means harm or mistakes the address: bounded, answered clearly, and nothing of the office told."""

from __future__ import annotations

import base64
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import Role
from roadmapdocs.web.odoo import asking
from tests.web.odoo.wire import DATABASE, Wire, asked, wire_on
from tests.web.office import document

ADDRESSES = ("/xmlrpc/2/object", "/xmlrpc/object", "/xmlrpc/2/common", "/jsonrpc", "/json/2/res.users/context_get", "/web/webclient/version_info")


@pytest.fixture(scope="module")
def narrow(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """An office that takes small files only; what is asked here changes nothing that matters to another test."""
    import shutil

    folder = tmp_path_factory.mktemp("odoo-hostile")
    shutil.copy(migrated_file, folder / "registry.sqlite3")
    with wire_on(f"sqlite:///{folder / 'registry.sqlite3'}", folder, max_upload=60_000) as made:
        yield made


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_body_larger_than_any_file_is_not_read(narrow: Wire, address: str) -> None:
    with narrow.office.app.app_context():
        most = asking.largest_body()
    headers = {"Authorization": f"Bearer {narrow.token}"}
    assert narrow.post(address, b"x" * most, headers=headers).status_code != 413
    response = narrow.post(address, b"x" * (most + 1), headers=headers)
    assert response.status_code == 413
    assert "files of up to" in response.text
    headers["Transfer-Encoding"] = "chunked"
    stream = {"wsgi.input": io.BytesIO(b"x" * (most + 1)), "wsgi.input_terminated": True}
    assert narrow.client.post(address, headers=headers, environ_overrides=stream).status_code == 413, "of unknown length"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_compressed_body_is_not_blown_up(narrow: Wire, address: str) -> None:
    bomb = zlib.compress(b"x" * 10_000_000)
    response = narrow.post(address, bomb, headers={"Content-Encoding": "gzip", "Authorization": f"Bearer {narrow.token}"})
    assert response.status_code == 415


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_call_is_posted(narrow: Wire, address: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert narrow.client.open(address, method=method).status_code == 405


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/json/2/res.users", 404),
        ("/json/2//search", 404),
        ("/json/2/res.users/search/1", 404),
        ("/json/2/%ff/%00", 404),
        ("/json/2/..%2f..%2fetc/passwd", 404),
        ("/json/3/res.users/search", 404),
        ("/xmlrpc/3/object", 404),
    ],
)
def test_addresses_that_are_none(narrow: Wire, address: str, status: int) -> None:
    assert narrow.client.post(address, json={}, headers={"Authorization": f"Bearer {narrow.token}"}).status_code == status


def test_files_of_no_number_are_not_there(narrow: Wire) -> None:
    for number in ("0", "2147483647", "2147483648", "9" * 40, "-1", "x"):
        assert narrow.client.get(f"/web/content/{number}", headers={"Authorization": f"Bearer {narrow.token}"}).status_code == 404


def test_a_browser_that_has_signed_in_is_nobody_here(narrow: Wire) -> None:
    browser = narrow.office.client(Role.ADMINISTRATOR)
    assert browser.post("/json/2/res.users/context_get", json={}).status_code == 401
    params = {"service": "object", "method": "execute_kw", "args": [DATABASE, 1, "", "res.users", "context_get"]}
    answer = browser.post("/jsonrpc", data=json.dumps({"params": params}), content_type="text/plain").get_json()
    assert answer["error"]["data"]["name"] == "odoo.exceptions.AccessDenied"
    assert browser.get("/doc-bearer/res.users.json").status_code == 401


def test_no_answer_sets_a_cookie_or_is_kept(narrow: Wire) -> None:
    for response in (narrow.json2("res.users", "context_get"), narrow.post("/jsonrpc", "{}"), narrow.post("/xmlrpc/2/common", "x")):
        assert "Set-Cookie" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"


HOSTILE: list[tuple[str, list[Any], dict[str, Any]]] = [
    ("search", [[["name", "=", "x"]] * 10_000], {}),
    ("search", [["!"] * 10_000 + [["name", "=", "x"]]], {}),
    ("search", [[["name", "ilike", "%" * 5_000]]], {}),
    ("search", [[["id", "in", list(range(20_000))]]], {}),
    ("search", [[]], {"order": "id; DROP TABLE rd_document"}),
    ("search", [[]], {"order": "(SELECT 1)"}),
    ("search", [[]], {"limit": -1}),
    ("search", [[]], {"offset": -(2**70)}),
    ("search", [[["name OR 1=1", "=", "x"]]], {}),
    ("search", [[["id", "=", 2**70]]], {}),
    ("search_read", [[], ["name", "password_hash"]], {}),
    ("search_read", [[], "name"], {}),
    ("search_read", [[], [["name"]]], {}),
    ("read", [[2**70], ["name"]], {}),
    ("read", [["1; DROP TABLE rd_document"], ["name"]], {}),
    ("read", [{"id": 1}], {}),
    ("read_group", [[], ["name:array_agg"], ["name"]], {}),
    ("read_group", [[], [], ["doc_date:eon"]], {}),
    ("read_group", [[], 7, ["name"]], {}),
    ("read_group", [[], [], 7], {}),
    ("read_group", [[], [], {"a": 1}], {"lazy": "x"}),
    ("name_search", ["x", [["name", "=", "\0"]]], {}),
    ("create", [{"name": "x" * 1_000_000, "id": 7}], {}),
    ("create", [{"__class__": "x"}], {}),
    ("create", [[{"name": "x"}] * 5_000], {}),
    ("create", [{"name": "О плане", "kind_id": 2**70}], {}),
    ("create", [{"name": "О плане", "kind_id": [1, "x"]}], {}),
    ("create", [{"name": "О\0плане", "kind_id": 1}], {}),
    ("write", [[1], {"readers": 511}], {}),
    ("write", [[1], {"state": "registered"}], {}),
    ("write", [[1], {"reg_number": "1"}], {}),
    ("unlink", [list(range(5_000))], {}),
    ("fields_get", [], {"allfields": {"a": 1}}),
    ("fields_get", [], {"attributes": 7}),
    ("default_get", [7], {}),
    ("check_access_rights", ["fly"], {}),
    ("search", [[]], {"context": "x"}),
    ("search", [[]], {"env": {}}),
]


@pytest.mark.parametrize(("method", "args", "named"), HOSTILE, ids=[f"{place}-{one[0]}" for place, one in enumerate(HOSTILE)])
def test_a_call_that_means_no_good_is_refused_and_told(narrow: Wire, method: str, args: list[Any], named: dict[str, Any]) -> None:
    error = narrow.execute_kw("roadmap.document", method, *args, **named)["error"]["data"]
    assert error["code"] != "failed", error
    assert error["name"].startswith("odoo.exceptions.")
    assert asked()[-1]["result"] == error["code"]
    assert Document.select().count() == 0


def test_what_one_may_not_read_is_nowhere(wire: Wire) -> None:
    document("Личное дело", mark=Mark.PERSONAL, mark_basis="ст. 7")
    user, token = wire.person("oleg", Role.STAFF)
    staff = Wire(wire.office, user, token)
    assert staff.result("roadmap.document", "search", []) == []
    assert staff.result("roadmap.document", "search_count", [["id", "=", 1]]) == 0
    assert staff.result("roadmap.document", "name_search", "личное") == []
    assert staff.result("roadmap.document", "exists", [1]) == []
    assert staff.result("roadmap.document", "read_group", [], [], ["kind_id"]) == []
    assert staff.result("roadmap.document.kind", "search", [["code", "=", "order_main"]]) != []
    for method, args in (("read", [["name"]]), ("write", [{"name": "x"}]), ("unlink", []), ("name_get", []), ("message_post", ["x"])):
        error = staff.execute_kw("roadmap.document", method, [1], *args)["error"]["data"]
        assert error["name"] in {"odoo.exceptions.MissingError", "odoo.exceptions.AccessError"}, method
        assert "Личное" not in json.dumps(error, ensure_ascii=False)


def test_a_file_as_long_as_allowed_comes_through_as_base64(narrow: Wire) -> None:
    data = base64.b64encode(b"plain words\n" * 4_900).decode()
    error = narrow.execute_kw("ir.attachment", "create", {"name": "a.txt", "res_id": 99, "datas": data})["error"]["data"]
    assert error["name"] in {"odoo.exceptions.MissingError", "odoo.exceptions.UserError"}, "read whole, and of no document"
