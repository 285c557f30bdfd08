"""JSON-2: named arguments, bare results, statuses; the page that tells programs what may be called; files by address."""

from __future__ import annotations

import json
from typing import Any

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.versions import add_version
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.people.tokens import Scope
from tests.conftest import NOW
from tests.web.odoo.wire import Wire, asked
from tests.web.office import document


def test_a_result_is_bare(wire: Wire) -> None:
    made = document("Об утверждении")
    assert wire.json2("res.users", "context_get").get_json()["uid"] == wire.user.id
    assert wire.json2("roadmap.document", "search", {"domain": [["name", "ilike", "утв"]]}).get_json() == [made.id]
    (row,) = wire.json2("roadmap.document", "read", {"ids": [made.id], "fields": ["name"]}).get_json()
    assert row == {"id": made.id, "name": "Об утверждении"}
    assert wire.json2("roadmap.document", "read", {"ids": made.id, "fields": ["name"]}).get_json() == [row]
    assert wire.json2("roadmap.document", "read", {"fields": ["name"]}).get_json() == []
    assert wire.client.post("/json/2/res.users/context_get", headers={"Authorization": f"bearer {wire.token}"}).status_code == 200
    assert {row["protocol"] for row in asked()} == {"json2"}


@pytest.mark.parametrize(
    ("model", "method", "body", "status", "name"),
    [
        ("roadmap.document", "read", {"ids": [99], "fields": ["name"]}, 404, "odoo.exceptions.MissingError"),
        ("roadmap.document", "search", {"domain": [["nothing", "=", 1]]}, 422, "odoo.exceptions.ValidationError"),
        ("roadmap.document", "search", {"colour": 1}, 422, "odoo.exceptions.ValidationError"),
        ("roadmap.document", "search", {"args": 1, "domain": []}, 422, "odoo.exceptions.ValidationError"),
        ("roadmap.document", "search", [1], 422, "odoo.exceptions.ValidationError"),
        ("roadmap.document", "search", "x", 422, "odoo.exceptions.ValidationError"),
        ("roadmap.document", "frobnicate", {}, 404, "werkzeug.exceptions.NotFound"),
        ("roadmap.nothing", "search", {}, 404, "werkzeug.exceptions.NotFound"),
        ("roadmap.document", "_compute", {}, 403, "odoo.exceptions.AccessError"),
        ("roadmap.document", "copy", {"ids": [1]}, 403, "odoo.exceptions.AccessError"),
    ],
)
def test_a_refusal_has_its_status(wire: Wire, model: str, method: str, body: Any, status: int, name: str) -> None:
    response = wire.json2(model, method, body)
    assert response.status_code == status
    answer = response.get_json()
    assert answer["name"] == name
    assert set(answer) == {"name", "message", "arguments", "context", "debug", "code"}
    assert asked()[-1]["result"] == answer["code"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic eDp5", "Bearer rd_nobody", "Bearer ж", "rd_x", "Bearer " + "x" * 5000])
def test_without_a_right_token_there_is_no_call(wire: Wire, header: str | None) -> None:
    for address in ("/json/2/res.users/context_get", "/doc-bearer/res.users.json", "/web/content/2"):
        method = "POST" if "json/2" in address else "GET"
        headers = {} if header is None else {"Authorization": header.encode().decode("latin-1")}
        response = wire.client.open(address, method=method, headers=headers)
        assert response.status_code == 401
        assert response.get_json()["name"] == "odoo.exceptions.AccessDenied"
    assert asked() == []


def test_a_database_is_named_if_at_all_rightly(wire: Wire) -> None:
    for name, status in (("roadmapdocs", 200), ("registry", 200), ("other", 404)):
        headers = {"Authorization": f"Bearer {wire.token}", "X-Odoo-Database": name}
        assert wire.client.post("/json/2/res.users/context_get", json={}, headers=headers).status_code == status


BAD = [b"{", b"[]", b"\xff", b'{"domain": NaN}', b'{"domain": [], "domain": []}', b"7", b'{"domain": ' + b"[" * 90_000]


@pytest.mark.parametrize("body", BAD, ids=range(len(BAD)))
def test_a_body_that_is_no_object_is_refused_and_entered(wire: Wire, body: bytes) -> None:
    response = wire.post("/json/2/roadmap.document/search", body, headers={"Authorization": f"Bearer {wire.token}"})
    assert response.status_code == 422
    assert asked()[-1] == {**asked()[-1], "method": "search", "result": response.get_json()["code"]}


def documentation(wire: Wire, model: str) -> Any:
    return wire.client.get(f"/doc-bearer/{model}.json", headers={"Authorization": f"Bearer {wire.token}"})


#: What clients rely on who send arguments by place: names and order, and which methods take no ids.
PROMISED = {
    "search": (["domain", "offset", "limit", "order"], True),
    "search_read": (["domain", "fields", "offset", "limit", "order", "load"], True),
    "search_count": (["domain", "limit"], True),
    "read": (["fields", "load"], False),
    "fields_get": (["allfields", "attributes"], True),
    "name_search": (["name", "domain", "operator", "limit"], True),
    "create": (["vals_list"], True),
    "write": (["vals"], False),
    "unlink": ([], False),
    "default_get": (["fields_list"], True),
    "read_group": (["domain", "fields", "groupby", "offset", "limit", "orderby", "lazy"], True),
}


def test_the_order_of_arguments_is_as_it_was_promised(wire: Wire) -> None:
    methods = json.loads(documentation(wire, "roadmap.document").text)["methods"]
    for name, (parameters, of_model) in PROMISED.items():
        assert list(methods[name]["parameters"]) == parameters, name
        assert ("model" in methods[name]["api"]) is of_model, name
    assert "readonly" in methods["search"]["api"]
    assert "readonly" not in methods["write"]["api"]
    assert "model" in documentation(wire, "res.users").get_json()["methods"]["context_get"]["api"]


def test_every_model_is_told_and_no_other(wire: Wire) -> None:
    index = documentation(wire, "index").get_json()
    assert {"roadmap.document", "res.users", "ir.model"} <= {one["model"] for one in index["models"]}
    for one in index["models"]:
        assert documentation(wire, one["model"]).status_code == 200
    assert documentation(wire, "nothing").status_code == 404


def test_people_read_what_programs_may_call(wire: Wire) -> None:
    client = wire.office.client(Role.STAFF)
    assert "roadmap.document" in client.get("/doc").text
    page = client.get("/doc/roadmap.document").text
    assert "action_approve(ids" in page
    assert client.get("/doc/nothing").status_code == 404
    assert wire.client.get("/doc").status_code == 302, "to the sign-in"


def attachment(wire: Wire, mark: Mark = Mark.GENERAL) -> int:
    made = document("Об утверждении", mark=mark, mark_basis="ст. 7")
    with wire.office.app.app_context():
        store = wire.office.app.extensions["roadmapdocs"].store
        add_version(made, b"Order, in plain words.\n", "приказ.txt", store=store, by=SYSTEM, now=NOW)
    (found,) = wire.result("ir.attachment", "search", [["res_id", "=", made.id]])
    return int(found)


def test_a_file_is_fetched_by_its_address_with_the_rights_of_the_token(wire: Wire) -> None:
    number = attachment(wire, Mark.PERSONAL)
    headers = {"Authorization": f"Bearer {wire.token}"}
    with wire.client.get(f"/web/content/{number}", headers=headers) as response:
        assert response.data == b"Order, in plain words.\n"
        assert "attachment" in response.headers["Content-Disposition"]
    _user, staff = wire.person("oleg", Role.STAFF)
    _user, writer = wire.person("writer", Role.CLERK, scopes=frozenset({Scope.WRITE}))
    assert wire.client.get(f"/web/content/{number}", headers={"Authorization": f"Bearer {staff}"}).status_code == 404
    assert wire.client.get(f"/web/content/{number}", headers={"Authorization": f"Bearer {writer}"}).status_code == 403
    assert wire.client.get("/web/content/99", headers=headers).status_code == 404
    assert [row["result"] for row in asked() if row["protocol"] == "content"] == ["done", "no_record", "scope", "no_record"]
