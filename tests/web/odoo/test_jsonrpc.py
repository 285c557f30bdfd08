"""JSON-RPC: envelopes, errors in the shape that clients look into, and what is asked before any login."""

from __future__ import annotations

import json
from typing import Any

import pytest

from roadmapdocs.people.models import User
from roadmapdocs.people.operations import actor_of, set_password
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.people.tokens import Scope, revoke_token, tokens_of
from tests.conftest import NOW, TODAY
from tests.web.odoo.wire import DATABASE, LOGIN, Wire, asked
from tests.web.office import PASSWORD, document

NEW_PASSWORD = "another word altogether"


def test_the_version_is_told_before_anybody_signs_in(wire: Wire) -> None:
    answer = wire.post("/web/webclient/version_info", json.dumps({"jsonrpc": "2.0", "method": "call", "params": {}, "id": 3})).get_json()
    assert answer["id"] == 3
    assert answer["result"]["server_version"] == "18.0+roadmapdocs"
    assert wire.jsonrpc("common", "version")["result"] == answer["result"]
    assert wire.client.get("/web/version").get_json()["version"] == "18.0+roadmapdocs"
    assert wire.post("/web/webclient/version_info", "{}").get_json()["result"]["protocol_version"] == 1
    assert asked() == []


def test_databases_are_not_listed(wire: Wire) -> None:
    error = wire.jsonrpc("db", "list")["error"]
    assert error["data"]["name"] == "odoo.exceptions.AccessDenied"


@pytest.mark.parametrize("name", ["registry", DATABASE])
def test_the_database_is_known_by_its_own_name_and_by_ours(wire: Wire, name: str) -> None:
    assert wire.jsonrpc("common", "login", name, LOGIN, wire.token)["result"] == wire.user.id


@pytest.mark.parametrize("name", ["", "x", "../registry", None, 7, [], {}, "registry.sqlite3", "Ж" * 10_000])
def test_another_database_is_not_here(wire: Wire, name: Any) -> None:
    for service, method, rest in (("common", "login", (LOGIN, wire.token)), ("object", "execute", (1, wire.token, "res.users", "context_get"))):
        error = wire.jsonrpc(service, method, name, *rest)["error"]
        assert error["data"]["code"] == "no_database"


def test_an_error_has_all_that_clients_look_for(wire: Wire) -> None:
    error = wire.execute_kw("roadmap.document", "read", [99], ["name"])["error"]
    assert (error["code"], error["message"]) == (200, "Odoo Server Error")
    assert error["data"]["name"] == "odoo.exceptions.MissingError"
    assert error["data"]["arguments"] == [error["data"]["message"]]
    assert "99" in error["data"]["message"]
    assert (error["data"]["debug"], error["data"]["context"]) == ("", {})


@pytest.mark.parametrize("uid", [0, -1, 2, 99, 2**40, True, None, "1", 1.0, [1], False])
def test_the_number_of_the_account_goes_with_the_secret(wire: Wire, uid: Any) -> None:
    wire.person("oleg", Role.STAFF)
    for secret in (wire.token, PASSWORD + "x"):
        error = wire.jsonrpc("object", "execute_kw", DATABASE, uid, secret, "res.users", "context_get")["error"]
        assert error["data"]["name"] == "odoo.exceptions.AccessDenied"


def test_a_token_opens_under_the_login_of_its_owner_only(wire: Wire) -> None:
    wire.person("oleg", Role.STAFF)
    assert wire.jsonrpc("common", "login", DATABASE, "oleg", wire.token)["result"] is False
    assert wire.jsonrpc("common", "login", DATABASE, " ELENA ", wire.token)["result"] == wire.user.id


def test_a_revoked_token_opens_nothing_from_the_next_call_on(wire: Wire) -> None:
    assert wire.result("res.users", "context_get")["uid"] == wire.user.id
    (token,) = tokens_of(wire.user.id)
    revoke_token(token.id, by=actor_of(wire.user, today=TODAY), now=NOW)
    assert wire.execute_kw("res.users", "context_get")["error"]["data"]["name"] == "odoo.exceptions.AccessDenied"


def test_a_password_is_verified_once_and_forgotten_when_it_changes(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    from roadmapdocs.people import passwords

    verified: list[str] = []
    matches = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda kept, given: bool(verified.append(given)) or matches(kept, given))
    for _time in range(3):
        assert wire.result("res.users", "context_get", secret=PASSWORD)["uid"] == wire.user.id
    assert verified == [PASSWORD]
    set_password(wire.user, NEW_PASSWORD, by=SYSTEM, now=NOW)
    assert "error" in wire.execute_kw("res.users", "context_get", secret=PASSWORD)
    assert "result" in wire.execute_kw("res.users", "context_get", secret=NEW_PASSWORD)
    User.update(active=False).where(User.id == wire.user.id).execute()
    assert "error" in wire.execute_kw("res.users", "context_get", secret=NEW_PASSWORD)


def test_wrong_passwords_lock_the_account_as_they_do_at_the_door(wire: Wire) -> None:
    assert "result" in wire.execute_kw("res.users", "context_get", secret=PASSWORD)
    for _time in range(5):
        assert "error" in wire.execute_kw("res.users", "context_get", secret="wrong")
    error = wire.jsonrpc("common", "login", DATABASE, LOGIN, PASSWORD)["error"]
    assert error["data"]["code"] == "locked"
    assert "error" in wire.execute_kw("res.users", "context_get", secret=PASSWORD), "what was remembered, too"
    assert "result" in wire.execute_kw("res.users", "context_get"), "a token is no password"


def test_a_scope_is_asked_for_by_what_the_method_does(wire: Wire) -> None:
    _user, token = wire.person("reader", Role.CLERK, scopes=frozenset({Scope.READ}))
    document("Об утверждении")
    reader = Wire(wire.office, _user, token)
    assert len(reader.result("roadmap.document", "search", [])) == 1
    for method, args in (("write", [[1], {"name": "x"}]), ("create", [{"name": "x"}]), ("message_post", [[1], "x"])):
        error = reader.execute_kw("roadmap.document", method, *args)["error"]
        assert (error["data"]["name"], error["data"]["code"]) == ("odoo.exceptions.AccessError", "scope")


def test_a_call_makes_one_entry_and_the_person_changes_nothing_by_asking(wire: Wire) -> None:
    wire.result("res.users", "context_get")
    (entry,) = asked()
    assert {key: entry[key] for key in ("protocol", "model", "method", "result")} == {
        "protocol": "jsonrpc",
        "model": "res.users",
        "method": "context_get",
        "result": "done",
    }
    assert entry["token"] == tokens_of(wire.user.id)[0].id


def test_what_breaks_inside_is_told_by_a_reference_only(wire: Wire, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_args: Any, **_more: Any) -> Any:
        raise ZeroDivisionError("the secret of the house")

    monkeypatch.setattr("roadmapdocs.erp.odoo.reading.search", broken)
    error = wire.execute_kw("roadmap.document", "search", [])["error"]
    assert error["data"]["code"] == "failed"
    assert "secret" not in json.dumps(error)
    assert asked()[-1]["result"] == "failed"
    reference = error["data"]["message"].rstrip(".").split()[-1]
    assert reference in caplog.text
    assert "the secret of the house" in caplog.text


BODIES = [
    b"",
    b"{",
    b"[]",
    b"7",
    b"null",
    b'"x"',
    b"\xff\xfe{}",
    b'{"id": 1, "id": 2}',
    b'{"params": {"service": "common", "service": "object"}}',
    b'{"params": {"args": [NaN]}}',
    b'{"params": {"args": [Infinity]}}',
    b'{"params": {"args": [' + b"9" * 6000 + b"]}}",
    b'{"params": []}',
    b'{"params": "x"}',
    b'{"params": {"service": "common", "method": "version", "args": {}}}',
    b'{"params": {"service": {}, "method": [], "args": []}}',
    b'{"params": {"service": "object", "method": "execute_kw", "args": null}}',
    b'[{"jsonrpc": "2.0", "method": "call", "id": 1}, {"jsonrpc": "2.0", "method": "call", "id": 2}]',
    b'{"params": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_no_call_gets_an_error_in_an_envelope(wire: Wire, body: bytes) -> None:
    response = wire.post("/jsonrpc", body, content_type="application/json")
    assert response.status_code == 200
    answer = response.get_json()
    assert answer["jsonrpc"] == "2.0"
    assert answer["error"]["data"]["message"]


def test_an_address_that_tries_secrets_is_held_up_and_others_are_not(sqlite_address: str, tmp_path: Any) -> None:
    from tests.web.odoo.wire import wire_on

    with wire_on(sqlite_address, tmp_path, sign_in_limit="3 per minute") as wire:
        tries = [wire.jsonrpc("common", "login", DATABASE, f"nobody{place}", "wrong") for place in range(5)]
        assert [one.get("result") for one in tries[:3]] == [False] * 3
        assert tries[3]["error"]["data"]["code"] == "too_many_tries"
        assert wire.jsonrpc("common", "login", DATABASE, LOGIN, PASSWORD)["error"]["data"]["code"] == "too_many_tries"
        assert wire.jsonrpc("common", "login", DATABASE, LOGIN, wire.token)["result"] == wire.user.id, "who comes with a token goes on"
        assert wire.json2("res.users", "context_get", token="rd_wrong").status_code == 429
