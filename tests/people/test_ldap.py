"""Signing in by the directory of the office, and taking its people in, against a real slapd."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from roadmapdocs.errors import ConfigurationError, Forbidden, Refusal
from roadmapdocs.people import ldap, outside_sign_in
from roadmapdocs.people.incoming import IncomingAccount, Snapshot, What, take_in
from roadmapdocs.people.ldap_sync import snapshot_of_directory
from roadmapdocs.people.models import Employee, ExternalRecord, Post, User, UserRole
from roadmapdocs.people.outside import group_name, roles_by_group, roles_made
from roadmapdocs.people.outside_sign_in import confirms, sign_in
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings
from tests import factories
from tests.conftest import NOW, TODAY
from tests.ldap_server import BASE, PASSWORD, READER, READER_PASSWORD, LdapServer

WRONG = "wrong_credentials"


@pytest.fixture(scope="module")
def server() -> Iterator[LdapServer]:
    with LdapServer.running() as running:
        yield running


@pytest.fixture
def settings(server: LdapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    return Settings(
        data=tmp_path,
        ldap_address=server.address,
        ldap_base=BASE,
        ldap_user=READER,
        ldap_password=READER_PASSWORD,
        sign_in_makes="staff",
        sign_in_roles="office-clerks=clerk",
    )


def come(settings: Settings, login: str, password: str = PASSWORD) -> User:
    return sign_in(login, password, settings, now=NOW, today=TODAY)


def refused(settings: Settings, login: str, password: str = PASSWORD) -> str:
    with pytest.raises(Refusal) as problem:
        come(settings, login, password)
    return problem.value.code


def roles(user: User) -> set[str]:
    return {row.role for row in UserRole.select().where(UserRole.user == user)}


def test_somebody_of_the_directory_gets_an_account_with_roles_by_groups(sqlite_database: None, settings: Settings) -> None:
    user = come(settings, "Veresova")
    assert (user.login, roles(user), str(user.employee)) == ("veresova", {"staff", "clerk"}, "Вересова\N{NO-BREAK SPACE}А.\N{NO-BREAK SPACE}П.")
    assert user.employee.email == "veresova@office.test"
    assert come(settings, "veresova") == user
    assert User.select().count() == Employee.select().count() == 1


def test_a_role_that_the_group_gives_no_more_is_taken_and_others_stay(sqlite_database: None, settings: Settings) -> None:
    user = come(settings, "veresova")
    UserRole.create(user=user, role=Role.COORDINATOR)
    assert roles(come(replace(settings, sign_in_roles=""), "veresova")) == {"staff", "coordinator"}
    assert roles(come(replace(settings, sign_in_roles="office-clerks=executive"), "veresova")) == {"staff", "coordinator", "executive"}


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("veresova", "wrong"),
        ("veresova", ""),
        ("nobody", PASSWORD),
        ("locked", PASSWORD),
        ("nopass", PASSWORD),
        ("nopass", ""),
        ("", PASSWORD),
        ("*", PASSWORD),
        ("veres*", PASSWORD),
        ("veresova)(uid=*", PASSWORD),
        ("*)(objectClass=*))(|(uid=*", PASSWORD),
        ("veresova\x00", PASSWORD),
        ("\\2a", PASSWORD),
        ("x" * 10_000, PASSWORD),
    ],
)
def test_nobody_comes_in_by_what_does_not_fit(sqlite_database: None, settings: Settings, login: str, password: str) -> None:
    assert refused(settings, login, password) == WRONG
    assert not User.select().exists()


def test_a_login_of_two_entries_opens_neither(sqlite_database: None, settings: Settings) -> None:
    assert refused(settings, "twin") == "two_entries"
    guests = replace(settings, ldap_base=f"ou=guests,{BASE}")
    assert come(guests, "twin").employee is None  # a surname alone makes no person


def test_an_account_with_a_password_of_ours_is_tried_by_that_alone(sqlite_database: None, settings: Settings) -> None:
    ours = factories.account("veresova", Role.ADMINISTRATOR)
    assert refused(settings, "veresova", PASSWORD) == WRONG
    assert come(settings, "veresova", factories.PASSWORD) == ours


def test_another_login_of_the_entry_does_not_open_an_account_with_a_password_of_ours(sqlite_database: None, settings: Settings) -> None:
    factories.account("veresova", Role.ADMINISTRATOR)
    user = come(settings, "av")
    assert (user.login, Role.ADMINISTRATOR in roles(user)) == ("av", False)


def test_an_account_that_was_taken_in_is_the_persons(sqlite_database: None, settings: Settings) -> None:
    take_in(Snapshot("file", accounts=(IncomingAccount("7", "tihiy", roles=frozenset({Role.EXECUTIVE})),)), by=SYSTEM, now=NOW, today=TODAY)
    user = come(settings, "tihiy")
    assert (User.select().count(), roles(user)) == (1, {"executive"})


def test_a_signature_is_confirmed_by_the_password_of_the_accounts_owner_alone(sqlite_database: None, settings: Settings) -> None:
    user = come(settings, "veresova")
    assert confirms(user, PASSWORD, settings)
    assert not confirms(user, "не тот", settings)
    # The entry of the owner is another one by now, and somebody else has the login.
    ExternalRecord.update(external="another-entry").where(ExternalRecord.model == "user").execute()
    assert not confirms(user, PASSWORD, settings)
    ExternalRecord.delete().execute()
    assert confirms(user, PASSWORD, settings)


def test_a_closed_account_stays_closed(sqlite_database: None, settings: Settings) -> None:
    user = come(settings, "tihiy")
    User.update(active=False).where(User.id == user.id).execute()
    with pytest.raises(Forbidden) as problem:
        come(settings, "tihiy")
    assert problem.value.code == "account_closed"


def test_where_no_account_is_made_a_stranger_is_told_whom_to_ask(sqlite_database: None, settings: Settings) -> None:
    assert refused(replace(settings, sign_in_makes=""), "tihiy") == "no_account"
    assert not User.select().exists()


def test_a_directory_that_is_down_keeps_nobody_with_a_password_of_ours_out(sqlite_database: None, settings: Settings) -> None:
    factories.account("own", Role.STAFF)
    down = replace(settings, ldap_address="ldap://127.0.0.1:9")
    assert refused(down, "veresova") == "directory_down"
    assert come(down, "own", factories.PASSWORD).login == "own"


@pytest.mark.parametrize(
    "change",
    [
        {"ldap_password": "wrong"},
        {"ldap_base": "dc=elsewhere,dc=test"},
        {"ldap_address": "ldaps://127.0.0.1:{port}"},
    ],
)
def test_a_directory_that_is_set_wrongly_answers_with_a_sentence(
    sqlite_database: None, settings: Settings, server: LdapServer, change: dict[str, Any]
) -> None:
    wrong = replace(settings, **{name: value.format(port=server.port) for name, value in change.items()})
    assert refused(wrong, "veresova") == "directory_down"


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    sqlite_database: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert refused(settings, "veresova") == "directory_down"
    monkeypatch.undo()


def test_a_certificate_of_another_server_gets_no_password(sqlite_database: None, settings: Settings) -> None:
    assert refused(replace(settings, ldap_address=settings.ldap_address.replace("127.0.0.1", "localhost")), "veresova") == "directory_down"


def test_without_starttls_the_directory_is_asked_in_plain(sqlite_database: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert come(replace(settings, ldap_starttls=False), "veresova").login == "veresova"


@pytest.mark.parametrize("name", ["ldap_login", "ldap_groups"])
def test_a_setting_that_is_no_attribute_is_named(settings: Settings, name: str) -> None:
    change: dict[str, Any] = {name: "uid=*)("}
    with pytest.raises(ConfigurationError, match=name):
        ldap.authenticate(replace(settings, **change), "veresova", PASSWORD)


@pytest.mark.parametrize(
    ("setting", "told"),
    [("heads=executiv", "did you mean 'executive'"), ("executive", "not a pair"), ("=clerk", "not a pair"), ("a=", "is no role")],
)
def test_roles_by_groups_are_checked(setting: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        roles_by_group(setting)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"sign_in_roles": "a=b"}, "sign_in_roles"),
        ({"sign_in_makes": "boss"}, "sign_in_makes"),
        ({"ldap_login": "uid=*"}, "ldap_login"),
        ({"ldap_address": "ldap://directory.test"}, "roadmapdocs.ldap."),
        ({"oidc_issuer": "https://id.test"}, "roadmapdocs.oidc."),
    ],
)
def test_settings_of_signing_in_are_checked_when_the_program_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: dict[str, Any], told: str
) -> None:
    monkeypatch.setattr(outside_sign_in.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ConfigurationError, match=told):
        outside_sign_in.check_settings(Settings(data=tmp_path, **values))
    outside_sign_in.check_settings(Settings(data=tmp_path))


def test_roles_are_read_from_settings() -> None:
    assert roles_by_group("Office-Clerks = clerk, heads=executive,") == {"office-clerks": Role.CLERK, "heads": Role.EXECUTIVE}
    assert roles_made(" staff,coordinator ") == {Role.STAFF, Role.COORDINATOR}
    assert group_name("CN=Office-Clerks,OU=Groups,DC=example") == group_name("office-clerks") == "office-clerks"
    with pytest.raises(ConfigurationError, match="sign_in_makes"):
        roles_made("boss")


def test_the_whole_directory_is_taken_in_and_again_changes_nothing(sqlite_database: None, settings: Settings) -> None:
    factories.unit()
    snapshot, odd = snapshot_of_directory(settings)
    assert sorted(line.name.partition(",")[0] for line in odd) == ["cn=Двойник", "cn=Двойник", "uid=printer"]
    report = take_in(snapshot, by=SYSTEM, now=NOW, today=TODAY)
    assert not report.of(What.REFUSED)
    assert (Employee.select().count(), User.select().count()) == (4, 4)
    assert (Post.get().title, Post.get().unit.name, Post.get().heads) == ("начальник отдела", "Отдел чтения", False)
    Post.update(heads=True).execute()
    assert not take_in(snapshot_of_directory(settings)[0], by=SYSTEM, now=NOW, today=TODAY).changes
    assert roles(come(settings, "veresova")) == {"staff", "clerk"}
    gone = replace(settings, ldap_base=f"uid=tihiy,ou=people,{BASE}")
    ended = take_in(snapshot_of_directory(gone)[0], by=SYSTEM, now=NOW, today=TODAY).of(What.ENDED)
    assert sorted(line.name for line in ended) == ["locked", "nopass", "veresova", "начальник отдела"]


def test_without_a_directory_there_is_nothing_to_take_in(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="ldap_address"):
        snapshot_of_directory(Settings(data=tmp_path))


@pytest.mark.parametrize(
    ("values", "active"),
    [({"userAccountControl": "514"}, False), ({"userAccountControl": "512"}, True), ({"nsAccountLock": "TRUE"}, False), ({}, True)],
)
def test_entries_that_are_disabled_are_known(values: dict[str, str], active: bool) -> None:
    entry = ldap.Entry("cn=x", {name.lower(): (value.encode(),) for name, value in values.items()})
    assert entry.active is active


def test_an_entry_of_active_directory_is_known_by_its_guid() -> None:
    raw = bytes(range(16))
    assert ldap.Entry("cn=x", {"objectguid": (raw,)}).external == "03020100-0504-0706-0809-0a0b0c0d0e0f"
    assert ldap.Entry("CN=X,DC=y", {}).external == "cn=x,dc=y"
