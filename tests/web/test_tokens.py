"""The page of personal tokens, and the command."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roadmapdocs import db
from roadmapdocs.people.models import ApiToken, User
from roadmapdocs.people.rules import Role
from roadmapdocs.people.tokens import Scope, bearer_of, make_token
from roadmapdocs.web.cli import group
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.web.conftest import Browser, SignIn


@pytest.fixture
def browser(sign_in: SignIn) -> Browser:
    return sign_in(Role.STAFF, person=make.employee("Лукина", make.unit()))


def secret_in(page: str) -> str:
    found = re.search(r'<textarea[^>]*id="fresh"[^>]*>([^<]*)</textarea>', page)
    assert found is not None
    return html.unescape(found[1])


def test_a_token_is_made_shown_once_and_works(browser: Browser) -> None:
    answer = browser.post("/tokens/", name=" Odoo \n кадров ", scopes=["read", "write"], days="30")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    secret = secret_in(answer.text)
    row = ApiToken.get()
    assert (row.name, row.scopes, row.expires_at) == ("Odoo кадров", ["read", "write"], NOW + dt.timedelta(days=30))
    bearer = bearer_of(secret, now=NOW, today=TODAY)
    assert bearer is not None
    assert (bearer.user.id, bearer.actor.token_id) == (row.user_id, row.id)
    assert re.search(r'value="read"[^>]*checked', answer.text), "the form for the next one begins anew"
    page = browser.get("/tokens/")
    assert secret not in page
    assert "Odoo кадров" in page
    assert row.hint in page


def test_without_an_end_it_has_none(browser: Browser) -> None:
    browser.post("/tokens/", name="Отчёт", scopes="read", days="0")
    assert ApiToken.get().expires_at is None


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "scopes": "read", "days": "30"},
        {"name": "н" * 101, "scopes": "read", "days": "30"},
        {"name": "Отчёт", "days": "30"},
        {"name": "Отчёт", "scopes": "read", "days": "7"},
        {"name": "Отчёт", "scopes": "read", "days": "x" * 5000},
        {"name": "Отчёт", "scopes": ["read", "calendar"], "days": "30"},
        {"name": "Отчёт", "scopes": "everything", "days": "30"},
        {"name": "\x00\ud800".encode("utf-8", "replace"), "scopes": "read", "days": "30"},
    ],
)
def test_what_is_not_right_makes_no_token(browser: Browser, fields: dict[str, object]) -> None:
    answer = browser.post("/tokens/", **fields)
    name = fields["name"]
    if isinstance(name, bytes):
        assert answer.status_code in {200, 422}
        return
    assert answer.status_code == 422
    assert 'id="fresh"' not in answer.text
    assert ApiToken.select().count() == 0


def test_a_token_is_revoked_by_its_owner_alone(browser: Browser, sign_in: SignIn) -> None:
    secret = secret_in(browser.post("/tokens/", name="Отчёт", scopes="read", days="30").text)
    token = ApiToken.get()
    other = sign_in(Role.ADMINISTRATOR)
    assert other.post(f"/tokens/{token.id}/revoke").status_code == 404
    assert "Отчёт" not in other.get("/tokens/")
    assert bearer_of(secret, now=NOW, today=TODAY) is not None
    assert browser.post(f"/tokens/{token.id}/revoke").status_code == 302
    assert bearer_of(secret, now=NOW, today=TODAY) is None
    page = browser.get("/tokens/")
    assert f"/tokens/{token.id}/revoke" not in page
    assert "Отчёт" in page


def test_making_and_revoking_need_the_token_of_the_form(browser: Browser) -> None:
    assert browser.client.post("/tokens/", data={"name": "x", "scopes": "read", "days": "30"}).status_code == 400
    assert browser.client.post("/tokens/1/revoke").status_code == 400


def test_nobody_makes_tokens_without_signing_in(browser: Browser) -> None:
    anonymous = browser.client.application.test_client()
    answer = anonymous.get("/tokens/")
    assert (answer.status_code, "sign-in" in answer.headers["Location"]) == (302, True)


@pytest.fixture
def data(sqlite_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROADMAPDOCS_DATABASE", sqlite_address)
    monkeypatch.setenv("ROADMAPDOCS_PASSWORD_COST", "cheap")
    db.connect(sqlite_address)
    make.account("lukina", Role.CLERK)
    return tmp_path


def call(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["--language", "en", "--data", str(data), "tokens", *arguments], catch_exceptions=False)


def test_the_command_makes_lists_and_revokes(data: Path) -> None:
    made = call(data, "make", "Ночной отчёт", "--as", "Lukina", "--scope", "read", "--days", "7", "--json")
    assert made.exit_code == 0
    told = json.loads(made.stdout)
    assert told["scopes"] == ["read"]
    assert ApiToken.get().user.login == "lukina"
    listed = json.loads(call(data, "list", "--as", "lukina", "--json").stdout)
    assert [one["name"] for one in listed["tokens"]] == ["Ночной отчёт"]
    assert told["secret"] not in str(listed)
    assert call(data, "revoke", str(told["id"]), "--as", "lukina").exit_code == 0
    assert ApiToken.get().revoked_at is not None
    assert "revoked" in call(data, "list", "--as", "lukina").stdout


def test_the_command_prints_the_secret_alone_to_be_piped(data: Path) -> None:
    made = call(data, "make", "Отчёт", "--as", "lukina")
    assert made.exit_code == 0
    assert ApiToken.get().hint == made.stdout.strip()[: len(ApiToken.get().hint)]
    assert "\n" not in made.stdout.strip()


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--as", "nobody"),
        ("make", " ", "--as", "lukina"),
        ("revoke", "999", "--as", "lukina"),
    ],
)
def test_the_command_refuses_by_a_sentence(data: Path, arguments: tuple[str, ...]) -> None:
    refused = call(data, *arguments)
    assert refused.exit_code == 1
    assert "Traceback" not in refused.output


@pytest.mark.parametrize("arguments", [("list",), ("make", "x", "--as", "lukina", "--scope", "all"), ("make", "x", "--as", "lukina", "--days", "0")])
def test_the_command_s_own_mistakes_are_told_by_usage(data: Path, arguments: tuple[str, ...]) -> None:
    assert call(data, *arguments).exit_code == 2


def test_another_s_token_is_not_revoked_by_the_command(data: Path) -> None:
    other = make.account("other", Role.STAFF)
    token, _secret = make_token(
        User.get(User.login == "lukina"), "x", [Scope.READ], expires_at=None, by=_actor("lukina"), now=NOW
    )
    assert call(data, "revoke", str(token.id), "--as", other.login).exit_code == 1
    assert ApiToken.get().revoked_at is None


def _actor(login: str) -> object:
    from roadmapdocs.people.operations import actor_of

    return actor_of(User.get(User.login == login), today=TODAY)
