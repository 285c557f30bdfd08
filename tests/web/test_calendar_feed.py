"""The calendar's page, and the address that programs ask."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from flask import Flask
from icalendar import Calendar

from roadmapdocs.assignments.operations import give
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.people.models import ApiToken, Employee, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Role
from roadmapdocs.people.tokens import Scope, make_token, revoke_token
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.web.conftest import Browser, SignIn

FRIDAY = dt.date(2026, 4, 3)


@pytest.fixture
def lukina() -> Employee:
    return make.employee("Лукина", make.unit())


@pytest.fixture
def browser(sign_in: SignIn, lukina: Employee) -> Browser:
    return sign_in(Role.STAFF, person=lukina)


@pytest.fixture
def address(browser: Browser) -> str:
    page = browser.post("/calendar/make").text
    found = re.search(r'<textarea[^>]*id="fresh"[^>]*>([^<]*)</textarea>', page)
    assert found is not None
    made = html.unescape(found[1])
    assert made.startswith("http://localhost/calendar/rd_")
    return made.removeprefix("http://localhost")


def assignment(lukina: Employee, text: str = "Подготовить список книг") -> None:
    boss = make.account("boss", Role.EXECUTIVE, person=make.employee("Ветрова", make.unit("Отдел чтения", "ОЧ")))
    plan = Plan(text=text, responsible=lukina.id, deadline=Deadline(DeadlineKind.DATE, date=FRIDAY, text="до 03.04.2026"))
    give([plan], by=actor_of(boss, today=TODAY), now=NOW, today=TODAY)


def test_a_calendar_asks_without_signing_in(app: Flask, address: str, lukina: Employee) -> None:
    assignment(lukina)
    answer = app.test_client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("private")
    assert "Set-Cookie" not in answer.headers
    calendar = Calendar.from_ical(answer.text)
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == FRIDAY
    assert "Подготовить список книг" in event["SUMMARY"]
    assert str(event["URL"]).startswith("http://localhost/assignments/")
    assert calendar["X-WR-TIMEZONE"] == "Europe/Moscow"
    assert ApiToken.get().last_used_at == NOW


def test_who_has_it_already_is_told_so(app: Flask, address: str, lukina: Employee) -> None:
    client = app.test_client()
    tag = client.get(address).headers["ETag"]
    same = client.get(address, headers={"If-None-Match": tag})
    assert (same.status_code, same.data) == (304, b"")
    assignment(lukina)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_revoked_address_gives_nothing(app: Flask, browser: Browser, address: str) -> None:
    token = ApiToken.get()
    assert f"/calendar/{token.id}/revoke" in browser.get("/calendar/")
    assert browser.post(f"/calendar/{token.id}/revoke").status_code == 302
    assert app.test_client().get(address).status_code == 404
    assert f"/calendar/{token.id}/revoke" not in browser.get("/calendar/")


@pytest.mark.parametrize("secret", ["rd_", "rd_unknown", "x", "ж" * 50, "rd_" + "a" * 5000, "%00", "..%2f..%2fetc"])
def test_an_unknown_secret_is_not_found(app: Flask, secret: str) -> None:
    assert app.test_client().get(f"/calendar/{secret}.ics").status_code == 404


@pytest.mark.parametrize("scopes", [{Scope.READ}, {Scope.WRITE}, {Scope.READ, Scope.CALENDAR}])
def test_a_token_that_is_good_for_more_opens_no_calendar(app: Flask, browser: Browser, scopes: set[Scope]) -> None:
    user = User.get()
    _token, secret = make_token(user, "x", scopes, expires_at=None, by=actor_of(user, today=TODAY), now=NOW)
    assert app.test_client().get(f"/calendar/{secret}.ics").status_code == 404


def test_a_calendar_s_secret_opens_no_page(app: Flask, address: str) -> None:
    client = app.test_client()
    client.get(address)
    assert client.get("/calendar/").status_code == 302
    assert client.get("/documents/").status_code == 302
    assert client.post(address).status_code in {400, 405}


def test_a_closed_account_has_no_calendar(app: Flask, address: str) -> None:
    User.update(active=False).execute()
    assert app.test_client().get(address).status_code == 404


def test_another_s_address_is_not_revoked(browser: Browser, address: str, sign_in: SignIn) -> None:
    other = sign_in(Role.ADMINISTRATOR)
    assert other.post(f"/calendar/{ApiToken.get().id}/revoke").status_code == 404
    assert "rd_" not in other.get("/calendar/").partition("<main")[2]


def test_addresses_of_tokens_that_are_no_calendars_are_not_listed(browser: Browser) -> None:
    browser.post("/tokens/", name="Отчёт", scopes="read", days="30")
    page = browser.get("/calendar/")
    assert ApiToken.get().hint not in page
    assert "Отчёт" not in page


def test_too_many_tokens_are_told(browser: Browser) -> None:
    user = User.get()
    by = actor_of(user, today=TODAY)
    for number in range(50):
        make_token(user, f"x{number}", [Scope.READ], expires_at=None, by=by, now=NOW)
    answer = browser.post("/calendar/make")
    assert answer.status_code == 422
    assert ApiToken.select().count() == 50
    revoke_token(ApiToken.select().first().id, by=by, now=NOW)
    assert browser.post("/calendar/make").status_code == 200


def test_an_account_without_a_person_is_told_that_its_calendar_is_empty(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.CLERK)
    assert "rd-note--work" in browser.get("/calendar/")


def test_whoever_asks_too_often_waits(app: Flask) -> None:
    """Secrets are not tried out, either."""
    client = app.test_client()
    assert [client.get("/calendar/rd_unknown.ics").status_code for _time in range(61)] == [404] * 60 + [429]
