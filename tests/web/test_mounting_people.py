"""With a directory of the host: its people, its sign-in, and no account that the registry would open by itself."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from flask import request
from flask.testing import FlaskClient

from roadmapdocs import db
from roadmapdocs.audit.models import Event
from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.people.incoming import (
    IncomingAccount,
    IncomingOrganisation,
    IncomingPerson,
    IncomingPost,
    IncomingUnit,
    Snapshot,
)
from roadmapdocs.people.models import Employee, Post, User, UserGrant
from roadmapdocs.people.operations import confirm_password
from roadmapdocs.people.rules import Role
from roadmapdocs.web import context
from roadmapdocs.web.cli import group
from roadmapdocs.web.host import refresh, standing_duties
from tests.conftest import NOW
from tests.web.hosts import Host, bare, mounted, token_of

UNKNOWN = {"X-Host-User": "99"}
CLERK, ADMIN, GUEST = ({"X-Host-User": number} for number in ("1", "2", "3"))


def people() -> Snapshot:
    return Snapshot(
        "erp",
        organisations=(IncomingOrganisation("1", "Управление по лесам", "Управление"),),
        units=(IncomingUnit("10", "Канцелярия", organisation="1"),),
        people=(
            IncomingPerson("1", "Орлова", "Вера", "Петровна"),
            IncomingPerson("2", "Жуков", "Иван", "Ильич"),
            IncomingPerson("3", "Серова", "Анна", "Львовна"),
        ),
        posts=(IncomingPost("1", "10", "делопроизводитель", since=dt.date(2020, 1, 9)),),
        accounts=(
            IncomingAccount("1", "orlova", "1", frozenset({Role.CLERK})),
            IncomingAccount("2", "zhukov", "2", frozenset({Role.ADMINISTRATOR})),
            IncomingAccount("3", "serova", "3"),
        ),
        complete=True,
    )


@dataclass
class Directory:
    """A host that trusts a header, as one behind a proxy does that signs people in."""

    name: str = "erp"
    known: Snapshot = field(default_factory=people)
    asked: int = 0

    def snapshot(self) -> Snapshot:
        self.asked += 1
        return self.known

    def current(self) -> str | None:
        return request.headers.get("X-Host-User")

    def confirms(self, password: str) -> bool:
        return password == f"the host's for {self.current()}"

    def sign_in_address(self, back: str) -> str:
        return f"/enter?to={back}"

    def sign_out_address(self) -> str:
        return "/leave"


@dataclass
class Place:
    host: Host
    directory: Directory
    client: FlaskClient
    clock: list[dt.datetime]


@pytest.fixture
def place(tmp_path: Path, sqlite_address: str) -> Iterator[Place]:
    directory, clock = Directory(), [NOW]
    host = mounted(bare(), tmp_path, sqlite_address, directory=directory, clock=lambda: clock[-1])
    yield Place(host, directory, host.app.test_client(), clock)
    with host.app.app_context():
        db.database.close()


def test_whoever_comes_first_is_taken_in_with_name_post_and_role(place: Place) -> None:
    page = place.client.get("/registry/", headers=CLERK)
    assert page.status_code == 200
    assert "Орлова Вера" in page.text
    assert "делопроизводитель" in page.text
    with place.host.app.app_context():
        assert {user.login for user in User.select()} == {"orlova", "zhukov", "serova"}
        assert Event.select().where(Event.what == "user_created").count() > 0
    for _time in range(3):
        assert place.client.get("/registry/documents/", headers=CLERK).status_code == 200
    assert place.directory.asked == 1


def test_whoever_has_not_signed_in_is_sent_to_the_host_and_back(place: Place) -> None:
    answer = place.client.get("/registry/documents/?q=a")
    assert answer.location == "/enter?to=/registry/documents/?q=a"


def test_a_directory_that_gives_a_number_for_the_id_is_told_so(tmp_path: Path, sqlite_address: str) -> None:
    class Counting(Directory):
        def current(self) -> str | None:
            return 1  # type: ignore[return-value]  # as hosts do that keep numbers in their sessions

    host = mounted(bare(), tmp_path, sqlite_address, directory=Counting())
    with host.app.test_request_context("/registry/"), pytest.raises(ConfigurationError, match="current"):
        context.signed_in()


def test_there_is_no_door_of_ours(place: Place) -> None:
    for address in ("/registry/sign-in", "/registry/sign-out", "/registry/password"):
        assert place.client.get(address, headers=CLERK).status_code == 404
    page = place.client.get("/registry/", headers=CLERK).text
    assert 'href="/leave"' in page
    assert "/password" not in page
    assert not [rule for rule in place.host.app.url_map.iter_rules() if "sign_in" in rule.endpoint]


def test_a_session_of_ours_from_before_opens_nothing(place: Place) -> None:
    place.client.get("/registry/", headers=CLERK)
    with place.host.app.app_context():
        value = context.session_value(User.get(User.login == "zhukov"))
    with place.client.session_transaction() as session:
        session[context.SESSION_KEY] = value
    assert place.client.get("/registry/people/").location.startswith("/enter")


@pytest.mark.parametrize("who", [GUEST, UNKNOWN])
def test_somebody_without_a_role_is_told_why(place: Place, who: dict[str, str]) -> None:
    page = place.client.get("/registry/documents/", headers=who)
    assert page.status_code == 403
    assert "have no role in the document registry" in page.text
    assert "Серова" not in page.text
    assert place.client.get("/registry/check/", headers=who).status_code == 200


def test_somebody_without_a_role_is_looked_for_again_after_a_minute(place: Place) -> None:
    for _time in range(3):
        place.client.get("/registry/documents/", headers=GUEST)
    assert place.directory.asked == 1
    accounts = (*place.directory.known.accounts[:2], IncomingAccount("3", "serova", "3", frozenset({Role.STAFF})))
    place.directory.known = replace(people(), accounts=accounts)
    assert place.client.get("/registry/documents/", headers=GUEST).status_code == 403
    place.clock.append(NOW + dt.timedelta(minutes=2))
    assert place.client.get("/registry/documents/", headers=GUEST).status_code == 200
    assert place.directory.asked == 2


def test_who_left_the_host_has_left_us_with_the_next_look(place: Place) -> None:
    place.client.get("/registry/", headers=CLERK)
    gone = replace(people(), accounts=people().accounts[1:], posts=())
    place.directory.known = gone
    with place.host.app.app_context():
        refresh(place.directory, now=NOW + dt.timedelta(days=1), today=NOW.date() + dt.timedelta(days=1))
    assert place.client.get("/registry/documents/", headers=CLERK).status_code == 403
    with place.host.app.app_context():
        assert Post.select().where(Post.until.is_null()).count() == 0
        assert Employee.select().count() == 3


def test_pages_of_people_say_who_keeps_them_and_offer_no_change(place: Place) -> None:
    place.client.get("/registry/", headers=ADMIN)
    told = "kept by the system that people sign in to"
    page = place.client.get("/registry/people/", headers=ADMIN).text
    assert told in page
    assert "/registry/people/users/new/" not in page
    assert "/registry/people/organisations/new/" in page
    for table in ("units", "employees", "posts", "users"):
        page = place.client.get(f"/registry/people/{table}/", headers=ADMIN).text
        assert told in page
        assert place.client.get(f"/registry/people/{table}/new/", headers=ADMIN).status_code == 302
    for table in ("units", "employees", "posts"):
        assert place.client.get(f"/registry/people/{table}/edit/?id=1", headers=ADMIN).status_code == 302
    assert told not in place.client.get("/registry/people/organisations/", headers=ADMIN).text


def test_an_administrator_gives_rights_beyond_the_roles_and_nothing_else(place: Place) -> None:
    place.client.get("/registry/", headers=ADMIN)
    with place.host.app.app_context():
        user = User.get(User.login == "orlova")
    address = f"/registry/people/users/edit/?id={user.id}"
    form = place.client.get(address, headers=ADMIN).text
    assert 'name="password"' not in form
    fields = {
        "csrf_token": token_of(place.client.get("/registry/work-calendar/", headers=ADMIN).text),
        "grant_list": ["backdate"],
        "role_list": ["administrator"],
        "password": "a password of ours",
    }
    assert place.client.post(address, data=fields, headers=ADMIN).status_code == 302
    with place.host.app.app_context():
        again = User.get_by_id(user.id)
        assert again.password_hash == user.password_hash
        assert [row.role for row in again.roles] == ["clerk"]
        assert [row.action for row in UserGrant.select().where(UserGrant.user == user)] == ["backdate"]


def test_a_signature_is_confirmed_with_the_password_that_the_host_knows(place: Place) -> None:
    place.client.get("/registry/", headers=CLERK)
    with place.host.app.test_request_context("/registry/", headers=CLERK):
        me = context.actor()
        confirm_password(me.user_id, "the host's for 1", now=NOW)
        with pytest.raises(Refusal) as caught:
            confirm_password(me.user_id, "another's", now=NOW)
    assert caught.value.code == "wrong_password"


@pytest.mark.parametrize("headers", [ADMIN, {}])
def test_whoever_acts_by_anothers_token_does_not_sign_with_a_password_of_ones_own(place: Place, headers: dict[str, str]) -> None:
    place.client.get("/registry/", headers=CLERK)
    with place.host.app.test_request_context("/registry/", headers=headers), pytest.raises(Refusal) as caught:
        confirm_password(User.get(User.login == "orlova").id, f"the host's for {headers.get('X-Host-User')}", now=NOW)
    assert caught.value.code == "wrong_password"


def test_where_the_host_knows_no_passwords_that_is_said(tmp_path: Path, sqlite_address: str) -> None:
    class Silent(Directory):
        confirms = None  # type: ignore[assignment]  # as a host whose people come with a card

    host = mounted(bare(), tmp_path, sqlite_address, directory=Silent())
    with host.app.test_request_context("/registry/", headers=CLERK), pytest.raises(Refusal) as caught:
        confirm_password(context.actor().user_id, "any", now=NOW)
    assert caught.value.code == "no_password"


def test_a_standing_duty_keeps_step_with_the_host(place: Place) -> None:
    with place.host.app.app_context():
        (duty,) = standing_duties()
    duty._turn(threading.Event())
    with place.host.app.app_context():
        assert {user.login for user in User.select()} == {"orlova", "zhukov", "serova"}


def test_people_of_our_own_need_no_such_duty(tmp_path: Path, sqlite_address: str) -> None:
    with mounted(bare(), tmp_path, sqlite_address).app.app_context():
        assert standing_duties() == ()


def test_the_check_of_a_new_registry_asks_for_no_accounts_where_they_are_the_hosts(place: Place) -> None:
    told = place.host.app.test_cli_runner().invoke(group, ["--language", "en", "check", "--json"])
    (accounts,) = (one for one in json.loads(told.stdout)["checks"] if one["name"] == "accounts")
    assert accounts["good"]
    assert "your application" in accounts["message"]
