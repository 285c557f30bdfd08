"""Signing in by the office's own services: an OpenID provider, and the page of the password with LDAP behind it."""

from __future__ import annotations

import dataclasses
import html
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey

from roadmapdocs import db
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.incoming import IncomingAccount, Snapshot, take_in
from roadmapdocs.people.models import ExternalRecord, User, UserRole
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings
from roadmapdocs.web.cli import group
from roadmapdocs.web.clock import utc_now
from roadmapdocs.web.office_sign_in.targets import safe_target
from roadmapdocs.web.security import limiter
from tests import factories
from tests.conftest import NOW, TODAY
from tests.ldap_server import BASE, PASSWORD, READER, READER_PASSWORD, LdapServer
from tests.oidc_server import CLIENT, SECRET, Hostile, Mock
from tests.web.application import application
from tests.web.office import token

BEGIN = "/sign-in/office"


@pytest.fixture(scope="module")
def mock() -> Iterator[Mock]:
    with Mock.running() as running:
        yield running


@pytest.fixture(scope="module")
def wicked() -> Iterator[Hostile]:
    with Hostile.running() as running:
        yield running


@pytest.fixture
def hostile(wicked: Hostile) -> Iterator[Hostile]:
    usual: dict[str, Any] = {"change": lambda _claims: None, "sign": None, "metadata": {}, "userinfo": {}, "keys": None, "status": 200}
    yield wicked
    for name, value in usual.items():
        setattr(wicked, name, value)


@dataclasses.dataclass
class Door:
    """A browser before the registry."""

    client: FlaskClient

    def begin(self, target: str = "") -> str:
        response = self.client.get(BEGIN, query_string={"next": target} if target else {})
        assert response.status_code == 302
        return str(response.location)

    def come_back(self, address: str) -> str:
        """Where the registry sends the browser that the provider sent back."""
        parts = urlsplit(address)
        response = self.client.get(f"{parts.path}?{parts.query}")
        assert response.status_code == 302, response.text
        return str(response.location)

    def forget(self) -> None:
        with self.client.session_transaction() as session:
            session.clear()

    def told(self) -> str:
        return html.unescape(self.client.get("/sign-in").text)

    def user(self) -> User | None:
        with self.client.session_transaction() as session:
            number = str(session.get("roadmapdocs_account", "")).partition(":")[0]
        return User.get_by_id(int(number)) if number else None


def settings_of(tmp_path: Path, address: str, issuer: str, **more: Any) -> Settings:
    values = {
        "language": "en",
        "password_cost": "cheap",
        "sign_in_limit": "10000 per minute",
        "oidc_issuer": issuer,
        "oidc_client": CLIENT,
        "oidc_secret": SECRET,
        "sign_in_makes": "staff",
        "sign_in_roles": "clerks=clerk",
    }
    return Settings(data=tmp_path, database=address, **{**values, **more})


def door_of(settings: Settings) -> Door:
    """The clock is the true one: tokens are good for minutes."""
    limiter.reset()
    return Door(application(settings, store=MemoryStore(), clock=utc_now).test_client())


@pytest.fixture
def door(tmp_path: Path, sqlite_address: str, mock: Mock) -> Iterator[Door]:
    yield door_of(settings_of(tmp_path, sqlite_address, mock.issuer))
    if not db.database.is_closed():
        db.database.close()


@pytest.fixture
def dark_door(tmp_path: Path, sqlite_address: str, hostile: Hostile) -> Iterator[Door]:
    yield door_of(settings_of(tmp_path, sqlite_address, hostile.issuer))
    if not db.database.is_closed():
        db.database.close()


def come(door: Door, mock: Mock, sub: str, target: str = "") -> str:
    return door.come_back(mock.lets_in(door.begin(target), sub))


def test_the_sign_in_page_offers_the_offices_own_sign_in(door: Door, mock: Mock) -> None:
    page = html.unescape(door.client.get("/sign-in?next=/roadmaps/").text)
    assert f"{BEGIN}?next=/roadmaps/" in page
    assert urlsplit(mock.issuer).netloc in page


def test_a_stranger_gets_an_account_and_comes_where_they_wanted(door: Door, mock: Mock) -> None:
    mock.knows("s1", preferred_username="Veresova", family_name="Вересова", given_name="Анна", middle_name="Павловна", email="v@office.test")
    address = door.begin("/roadmaps/?page=2")
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert door.come_back(mock.lets_in(address, "s1")) == "/roadmaps/?page=2"
    user = door.user()
    assert user is not None
    assert (user.login, {row.role for row in user.roles}, user.employee.surname) == ("veresova", {"staff"}, "Вересова")
    known = ExternalRecord.get(ExternalRecord.model == "user")
    assert (known.source, known.external) == ("oidc", f"{mock.issuer} s1")


def test_whoever_came_before_is_known_by_what_never_changes(door: Door, mock: Mock) -> None:
    mock.knows("s2", preferred_username="tihiy")
    come(door, mock, "s2")
    first = door.user()
    mock.knows("s2", preferred_username="tihiy.lev")
    come(door, mock, "s2")
    assert door.user() == first
    assert User.select().count() == 1


@pytest.mark.parametrize("roles", [[Role.ADMINISTRATOR], [Role.STAFF]])
def test_an_account_with_a_password_of_ours_is_not_handed_over(door: Door, mock: Mock, roles: list[Role]) -> None:
    factories.account("boss", *roles)
    mock.knows("s3", preferred_username="boss")
    assert come(door, mock, "s3").startswith("/sign-in")
    assert door.user() is None
    assert "password of its own" in door.told()


def test_an_account_of_the_directory_is_the_persons_and_one_of_a_file_with_a_password_is_not(door: Door, mock: Mock) -> None:
    for number, (source, password, opens) in enumerate(
        [("file", False, True), ("ldap", False, True), ("ldap", True, True), ("file", True, False)]
    ):
        login = f"known{number}"
        if password:
            factories.account(login, Role.STAFF)
        account = IncomingAccount(login, login, roles=frozenset({Role.EXECUTIVE}))
        take_in(Snapshot(source, accounts=(account,)), by=SYSTEM, now=NOW, today=TODAY)
        mock.knows(f"k{number}", preferred_username=login)
        assert come(door, mock, f"k{number}").startswith("/sign-in") is not opens, source
        door.forget()


def test_an_administrator_with_a_password_is_not_handed_over_although_the_directory_knows_the_login(door: Door, mock: Mock) -> None:
    factories.account("root", Role.ADMINISTRATOR)
    take_in(Snapshot("ldap", accounts=(IncomingAccount("e1", "root"),)), by=SYSTEM, now=NOW, today=TODAY)
    mock.knows("s4", preferred_username="root")
    come(door, mock, "s4")
    assert door.user() is None


def test_a_closed_account_stays_closed(door: Door, mock: Mock) -> None:
    mock.knows("s5", preferred_username="gone")
    come(door, mock, "s5")
    User.update(active=False).execute()
    door.forget()
    come(door, mock, "s5")
    assert door.user() is None
    assert "does not open any more" in door.told()


def test_where_no_account_is_made_a_stranger_is_told_whom_to_ask(tmp_path: Path, sqlite_address: str, mock: Mock) -> None:
    door = door_of(settings_of(tmp_path, sqlite_address, mock.issuer, sign_in_makes=""))
    mock.knows("s6", preferred_username="stranger")
    come(door, mock, "s6")
    assert "have no account" in door.told()
    assert not User.select().exists()


def test_whoever_cancels_comes_back_to_the_sign_in_page(door: Door, mock: Mock) -> None:
    assert door.come_back(mock.lets_in(door.begin("/roadmaps/"))) == "/sign-in?next=/roadmaps/"
    assert "You did not sign in there" in door.told()


@pytest.mark.parametrize("target", ["//elsewhere.test", "https://elsewhere.test/", "/\\elsewhere.test", "/\n/elsewhere.test", "//[", "javascript:x"])
def test_nobody_is_sent_elsewhere_after_signing_in(door: Door, mock: Mock, target: str) -> None:
    mock.knows("s7", preferred_username="safe")
    assert "elsewhere" not in come(door, mock, "s7", target)
    with door.client.application.test_request_context():
        assert safe_target(target) == safe_target(None)


def test_an_answer_is_good_once_and_only_in_the_browser_that_asked(door: Door, mock: Mock) -> None:
    mock.knows("s8", preferred_username="once")
    address = mock.lets_in(door.begin(), "s8")
    other = Door(door.client.application.test_client())
    assert other.come_back(address).startswith("/sign-in")
    wrong = address.replace("state=", "state=x")
    assert door.come_back(wrong).startswith("/sign-in")
    assert door.come_back(address).startswith("/sign-in")  # the first answer, right or wrong, is the only one
    assert door.user() is None


def test_a_code_that_was_used_opens_nothing_again(door: Door, mock: Mock) -> None:
    mock.knows("s9", preferred_username="replayed")
    address = door.begin()
    with door.client.session_transaction() as session:
        begun = list(session["roadmapdocs_oidc"])
    back = mock.lets_in(address, "s9")
    door.come_back(back)
    assert door.user() is not None
    door.forget()
    with door.client.session_transaction() as session:
        session["roadmapdocs_oidc"] = begun
    assert door.come_back(back).startswith("/sign-in")
    assert door.user() is None


def test_an_answer_that_took_too_long_is_not_taken(door: Door, mock: Mock) -> None:
    mock.knows("s10", preferred_username="late")
    back = mock.lets_in(door.begin(), "s10")
    with door.client.session_transaction() as session:
        session["roadmapdocs_oidc"] = [*session["roadmapdocs_oidc"][:4], time.time() - 601]
    assert door.come_back(back).startswith("/sign-in")
    assert "too long ago" in door.told()


def test_signing_out_tells_that_one_is_still_signed_in_there(door: Door, mock: Mock) -> None:
    mock.knows("s11", preferred_username="leaving")
    come(door, mock, "s11")
    left = door.client.post("/sign-out", data={"csrf_token": token(door.client)})
    assert left.location == "/sign-in/office/left"
    page = door.client.get(left.location).text
    assert "/sign-in/office/out" in page
    assert door.user() is None
    out = door.client.get("/sign-in/office/out").location
    assert out.startswith(f"{mock.issuer}/oauth2/end_session?client_id={CLIENT}")


def dark(door: Door, hostile: Hostile) -> User | None:
    """Go through a sign-in at the provider that says what it should not."""
    asked = parse_qs(urlsplit(door.begin()).query)
    hostile.nonce = asked["nonce"][0]
    door.come_back(f"/sign-in/office/back?code=c&state={asked['state'][0]}")
    return door.user()


def test_the_hostile_provider_lets_in_when_it_says_what_it_should(dark_door: Door, hostile: Hostile) -> None:
    hostile.change = lambda claims: claims.update(groups=["Clerks"])
    user = dark(dark_door, hostile)
    assert user is not None
    assert {row.role for row in UserRole.select().where(UserRole.user == user)} == {"staff", "clerk"}
    assert hostile.asked[-1]["code_verifier"][0]


def unsigned(hostile: Hostile, claims: dict[str, Any]) -> str:
    return hostile.unsigned(claims)


def by_public_key(hostile: Hostile, claims: dict[str, Any]) -> str:
    return hostile.signed_with_the_public_key(claims)


def by_another_key(hostile: Hostile, claims: dict[str, Any]) -> str:
    return hostile.signed(claims, RSAKey.generate_key(2048, {"kid": "1"}))


def changed_afterwards(hostile: Hostile, claims: dict[str, Any]) -> str:
    head, _body, signature = hostile.signed(claims).split(".")
    return ".".join((head, hostile.signed({**claims, "sub": "18"}).split(".")[1], signature))


@pytest.mark.parametrize("sign", [unsigned, by_public_key, by_another_key, changed_afterwards, lambda *_any: "a.b.c", lambda *_any: "", lambda *_any: 5])
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(dark_door: Door, hostile: Hostile, sign: Any) -> None:
    hostile.sign = sign
    assert dark(dark_door, hostile) is None
    assert "did not prove who you are" in dark_door.told()
    assert not User.select().exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "http://elsewhere.test"},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"sub": ""},
        {"sub": None},
        {"sub": 17},
        {"aud": None},
        {"iss": None},
        {"at_hash": "AAAA"},
    ],
)
def test_a_token_that_is_not_for_us_now_lets_nobody_in(dark_door: Door, hostile: Hostile, claims: dict[str, Any]) -> None:
    def change(told: dict[str, Any]) -> None:
        told.update(claims)
        for name in [name for name, value in claims.items() if value is None]:
            del told[name]

    hostile.change = change
    assert dark(dark_door, hostile) is None
    assert not User.select().exists()


def test_a_new_key_of_the_provider_is_asked_for(tmp_path: Path, sqlite_address: str, hostile: Hostile) -> None:
    door = door_of(settings_of(tmp_path, sqlite_address, hostile.issuer))
    other = RSAKey.generate_key(2048, {"kid": "2", "use": "sig"})
    hostile.keys = [other.as_dict(private=False)]
    hostile.sign = lambda provider, claims: provider.signed(claims, other, kid="2")
    assert dark(door, hostile) is not None


def test_symmetric_keys_of_a_provider_are_passed_over(dark_door: Door, hostile: Hostile) -> None:
    hostile.keys = [{"kty": "oct", "k": "c2VjcmV0", "kid": "1"}]
    assert dark(dark_door, hostile) is None


def test_user_information_of_somebody_else_is_not_taken(dark_door: Door, hostile: Hostile) -> None:
    hostile.metadata = {"userinfo_endpoint": f"{hostile.issuer}/userinfo"}
    hostile.change = lambda claims: claims.pop("preferred_username")
    hostile.userinfo = {"sub": "18", "preferred_username": "boss"}
    assert dark(dark_door, hostile) is None
    hostile.userinfo = {"sub": "17", "preferred_username": "mine"}
    user = dark(dark_door, hostile)
    assert user is not None
    assert user.login == "mine"


def test_an_unconfirmed_address_opens_no_account(tmp_path: Path, sqlite_address: str, hostile: Hostile) -> None:
    door = door_of(settings_of(tmp_path, sqlite_address, hostile.issuer, oidc_login="email"))
    hostile.change = lambda claims: claims.update(email="v@office.test", email_verified=False)
    assert dark(door, hostile) is None
    assert "not confirmed" in door.told()


@pytest.mark.parametrize(
    "metadata", [{"issuer": "http://elsewhere.test"}, {"token_endpoint": ""}, {"jwks_uri": "file:///etc/passwd"}]
)
def test_a_provider_that_describes_another_is_not_asked(dark_door: Door, hostile: Hostile, metadata: dict[str, Any]) -> None:
    hostile.metadata = metadata
    assert dark_door.begin("/roadmaps/") == "/sign-in?next=/roadmaps/"
    assert "did not prove" in dark_door.told()


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_provider_that_fails_is_told_in_a_sentence(dark_door: Door, hostile: Hostile, status: int) -> None:
    hostile.status = status
    assert dark_door.begin().startswith("/sign-in")
    assert "does not answer" in dark_door.told()


def test_a_provider_that_is_down_keeps_nobody_with_a_password_out(tmp_path: Path, sqlite_address: str) -> None:
    door = door_of(settings_of(tmp_path, sqlite_address, "http://127.0.0.1:9"))
    assert door.begin().startswith("/sign-in")
    assert "does not answer" in door.told()
    factories.account("own", Role.STAFF)
    fields = {"csrf_token": token(door.client, "/sign-in"), "login": "own", "password": factories.PASSWORD}
    assert door.client.post("/sign-in", data=fields).status_code == 302
    assert door.user() is not None


def test_without_a_provider_its_pages_are_not_there(tmp_path: Path, sqlite_address: str) -> None:
    door = door_of(settings_of(tmp_path, sqlite_address, "", oidc_client=""))
    for page in ("", "/back", "/left", "/out"):
        assert door.client.get(BEGIN + page).status_code == 404
    assert BEGIN not in door.told()


@pytest.fixture(scope="module")
def directory() -> Iterator[dict[str, Any]]:
    """Settings of a directory that runs."""
    with LdapServer.running() as server:
        reader = {"ldap_user": READER, "ldap_password": READER_PASSWORD, "ldap_starttls": False}
        yield {"ldap_address": server.address, "ldap_base": BASE, **reader}


def test_the_page_of_the_password_asks_the_directory(tmp_path: Path, sqlite_address: str, directory: dict[str, Any]) -> None:
    door = door_of(settings_of(tmp_path, sqlite_address, "", **directory))
    for password, status in (("wrong", 401), (PASSWORD, 302)):
        fields = {"csrf_token": token(door.client, "/sign-in"), "login": "tihiy", "password": password}
        assert door.client.post("/sign-in", data=fields).status_code == status
    user = door.user()
    assert user is not None
    assert user.login == "tihiy"
    left = door.client.post("/sign-out", data={"csrf_token": token(door.client)})
    assert left.location == "/sign-in"


def test_the_command_takes_the_directory_in(
    tmp_path: Path, sqlite_address: str, directory: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**directory, "database": sqlite_address, "sign_in_makes": "staff"}.items():
        monkeypatch.setenv(f"ROADMAPDOCS_{name.upper()}", str(value))
    door_of(settings_of(tmp_path, sqlite_address, ""))
    factories.unit()

    def told(*options: str) -> dict[str, Any]:
        result = CliRunner().invoke(group, ["--data", str(tmp_path), "people", "ldap", "--json", *options], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    assert told("--dry-run")["counts"]["made"] == 10  # four people, their accounts, a unit and a post
    assert not User.select().exists()
    assert told()["counts"]["refused"] == 3
    assert told()["counts"]["made"] == 0
    assert User.select().count() == 4
