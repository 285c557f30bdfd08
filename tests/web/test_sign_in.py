"""Signing in through the browser: tokens, limits, targets, headers and cookies."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roadmapdocs import db
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import create_user, set_password
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings
from roadmapdocs.web.security import limiter
from tests.web.application import application

PASSWORD = "тетрадь-в-клетку"
NOW = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def settings(tmp_path: Path, sqlite_address: str) -> Settings:
    return Settings(data=tmp_path, database=sqlite_address, password_cost="cheap", sign_in_limit="8 per minute")


def client_of(settings: Settings) -> Iterator[FlaskClient]:
    made = application(settings, store=MemoryStore(), clock=lambda: NOW)
    limiter.reset()
    with db.database.connection_context():
        create_user("lukina", PASSWORD, [Role.CLERK], by=SYSTEM, now=NOW)
    yield made.test_client()
    limiter.reset()
    if not db.database.is_closed():
        db.database.close()


@pytest.fixture
def client(settings: Settings) -> Iterator[FlaskClient]:
    yield from client_of(settings)


@pytest.fixture
def secure_client(settings: Settings) -> Iterator[FlaskClient]:
    yield from client_of(dataclasses.replace(settings, secure_cookies=True))


def token(client: FlaskClient, address: str = "/sign-in") -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address).text)
    assert found is not None
    return found[1]


def sign_in(client: FlaskClient, password: str = PASSWORD, target: str = "", login: str = "lukina") -> TestResponse:
    fields = {"login": login, "password": password, "csrf_token": token(client)}
    return client.post("/sign-in", query_string={"next": target} if target else {}, data=fields)


def test_the_right_password_leads_to_the_first_page(client: FlaskClient) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/password").status_code == 200


def test_nothing_of_the_session_before_is_in_that_of_who_signed_in(client: FlaskClient) -> None:
    before = token(client)
    with client.session_transaction() as session:
        session["planted"] = "by a stranger"
        known = session["csrf_token"]
    client.post("/sign-in", data={"login": "lukina", "password": PASSWORD, "csrf_token": before})
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != known
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_a_wrong_password_is_told_and_opens_nothing(client: FlaskClient) -> None:
    answer = sign_in(client, "не тот пароль")
    assert answer.status_code == 401
    assert client.get("/password").status_code == 302


def test_what_was_typed_as_password_is_not_shown_again(client: FlaskClient) -> None:
    assert "не тот пароль" not in sign_in(client, "не тот пароль").text


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/password"])
def test_a_form_without_its_token_changes_nothing(client: FlaskClient, address: str) -> None:
    answer = client.post(address, data={"login": "lukina", "password": PASSWORD})
    assert answer.status_code == 400
    assert client.get("/password").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "/\t/elsewhere.example/",
        "/\n//elsewhere.example",
        "javascript:alert(1)",
        "elsewhere.example",
        "///elsewhere.example",
    ],
)
def test_signing_in_leads_to_no_other_site(client: FlaskClient, target: str) -> None:
    assert sign_in(client, target=target).location == "/"


@pytest.mark.parametrize("target", ["/documents/", "/documents/?q=приказ&page=2"])
def test_signing_in_leads_back_to_the_page_that_was_asked_for(client: FlaskClient, target: str) -> None:
    location = sign_in(client, target=target).location
    assert location is not None
    assert location.startswith("/documents/")


@pytest.mark.parametrize("address", ["/", "/documents/", "/roadmaps/"])
def test_a_stranger_is_sent_to_sign_in_and_back(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.location is not None
    assert answer.location.startswith("/sign-in?next=")


def test_after_five_failures_the_account_is_locked_and_the_page_says_for_how_long(client: FlaskClient) -> None:
    for _time in range(5):
        sign_in(client, "не тот пароль")
    answer = sign_in(client)
    assert answer.status_code == 401
    assert re.search(r"\b15\b", answer.text)


def test_too_many_attempts_from_one_address_are_put_off(client: FlaskClient) -> None:
    statuses = [sign_in(client, "не тот пароль", login=f"login{number}").status_code for number in range(9)]
    assert statuses == [401] * 8 + [429]


def test_looking_at_the_page_is_no_attempt(client: FlaskClient) -> None:
    assert {client.get("/sign-in").status_code for _time in range(12)} == {200}


def test_signing_out_ends_the_session(client: FlaskClient) -> None:
    sign_in(client)
    answer = client.post("/sign-out", data={"csrf_token": token(client, "/password")})
    assert answer.location == "/sign-in"
    assert client.get("/password").status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old_one(client: FlaskClient) -> None:
    sign_in(client)
    with db.database.connection_context():
        set_password(User.get(User.login == "lukina"), "другая-тетрадь-9", by=SYSTEM, now=NOW)
    assert client.get("/password").status_code == 302


def test_an_account_that_was_closed_is_out_at_once(client: FlaskClient) -> None:
    sign_in(client)
    with db.database.connection_context():
        User.update(active=False).execute()
    assert client.get("/password").status_code == 302


@pytest.mark.parametrize("address", ["/sign-in", "/no-such-page"])
def test_every_answer_carries_the_headers_that_guard_it(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def session_cookie(answer: TestResponse) -> str:
    return next(cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("roadmapdocs_session="))


def test_scripts_cannot_read_the_session_and_other_sites_cannot_send_it(client: FlaskClient) -> None:
    cookie = session_cookie(sign_in(client))
    assert ("HttpOnly" in cookie, "SameSite=Lax" in cookie, "Secure" in cookie) == (True, True, False)


def test_behind_https_the_session_travels_by_https_only(secure_client: FlaskClient) -> None:
    cookie = session_cookie(secure_client.get("/sign-in", base_url="https://localhost"))
    assert "Secure" in cookie


@pytest.mark.parametrize("login", ["", "x" * 100, "' OR 1=1 --", "лукина\x00"])
def test_odd_logins_are_answered_like_wrong_ones(client: FlaskClient, login: str) -> None:
    answer = sign_in(client, login=login)
    assert answer.status_code in {200, 401}
    assert client.get("/password").status_code == 302


def test_a_body_larger_than_an_upload_may_be_is_cut_off(settings: Settings) -> None:
    for client in client_of(dataclasses.replace(settings, max_upload=1000)):
        answer = client.post("/sign-in", data={"login": "x" * 2_000_000})
        assert answer.status_code == 413


def test_what_a_host_configured_stays(settings: Settings) -> None:
    from flask import Flask

    from roadmapdocs.web.extension import RoadmapDocs

    host = Flask("host")
    host.config.update(SESSION_COOKIE_SAMESITE="Strict", SECRET_KEY="host's own", MAX_CONTENT_LENGTH=77)
    RoadmapDocs(host, settings, store=MemoryStore(), clock=lambda: NOW)
    assert (host.config["SESSION_COOKIE_SAMESITE"], host.secret_key) == ("Strict", "host's own")
    assert host.config["MAX_CONTENT_LENGTH"] == 77


def test_flask_admins_own_first_page_leads_to_ours(settings: Settings) -> None:
    for client in client_of(settings):
        answer = client.get("/admin/")
        assert (answer.status_code, answer.location) == (302, "/")
