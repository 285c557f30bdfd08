"""The bell, the page of notices, and the choice of how mail comes."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from roadmapdocs.documents.models import Document
from roadmapdocs.notices.models import Delivery, Notice, NoticeSettings
from roadmapdocs.notices.operations import tell
from roadmapdocs.notices.rules import DeliveryState
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Role
from tests import factories as make
from tests.conftest import NOW
from tests.web.conftest import Browser, SignIn

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def lukina() -> Employee:
    made = make.employee("Лукина", make.unit())
    made.email = "lukina@example.test"
    made.save()
    return made


@pytest.fixture
def browser(sign_in: SignIn, lukina: Employee) -> Browser:
    return sign_in(Role.CLERK, person=lukina)


def news(employee: Employee, key: str = "visa:1/asked", **more: object) -> Notice:
    tell([employee.id], "visa_asked", key=key, now=NOW, **more)  # type: ignore[arg-type]  # as the test says
    return Notice.get(Notice.key == key)


def test_the_bell_counts_what_is_not_read(browser: Browser, lukina: Employee) -> None:
    assert 'aria-label="Уведомления"' in browser.get("/documents/") or 'aria-label="Notices"' in browser.get("/documents/")
    for number in range(2):
        news(lukina, key=f"visa:{number}/asked")
    page = browser.get("/documents/")
    assert '<span class="rd-count" aria-hidden="true">2</span></a>' in page


def test_more_than_ninety_nine_are_shown_as_such(browser: Browser, lukina: Employee) -> None:
    rows = [
        {"employee": lukina.id, "code": "visa_asked", "key": f"visa:{number}/asked", "about": {}, "path": "/", "at": NOW}
        for number in range(120)
    ]
    Notice.insert_many(rows).execute()
    assert ">99+</span>" in browser.get("/notices/")


def test_a_notice_leads_to_its_act_and_is_read_by_that(browser: Browser, lukina: Employee) -> None:
    document = make.document("О неделе чтения")
    notice = news(lukina, document_id=document.id, due=dt.date(2026, 3, 19))
    page = browser.get("/notices/")
    assert "О неделе чтения" in page
    assert f'href="/notices/{notice.id}"' in page
    response = browser.client.get(f"/notices/{notice.id}")
    assert (response.status_code, response.location) == (302, f"/documents/{document.id}")
    assert Notice.get().read_at == NOW
    browser.get(f"/documents/{document.id}")


def test_a_document_that_is_not_open_any_more_has_neither_title_nor_link(browser: Browser, lukina: Employee) -> None:
    document = make.document("О неделе чтения")
    notice = news(lukina, document_id=document.id, about={"reason": "тайная причина"})
    Document.update(readers=0).execute()
    page = browser.get("/notices/")
    assert "неделе чтения" not in page
    assert "тайная" not in page
    assert f'href="/notices/{notice.id}"' not in page


def test_all_are_marked_as_read(browser: Browser, lukina: Employee) -> None:
    for number in range(3):
        news(lukina, key=f"visa:{number}/asked")
    assert browser.post("/notices/read").status_code == 302
    assert Notice.select().where(Notice.read_at.is_null()).count() == 0
    assert 'action="/notices/read"' not in browser.get("/notices/")


def test_reading_all_needs_the_token_of_the_form(browser: Browser, lukina: Employee) -> None:
    news(lukina)
    assert browser.client.post("/notices/read").status_code == 400
    assert Notice.get().read_at is None


def test_another_s_notice_is_not_found(browser: Browser) -> None:
    notice = news(make.employee("Ветрова"))
    browser.get(f"/notices/{notice.id}", status=404)
    assert Notice.get().read_at is None


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999999999999999", "1e3", "1" * 5000, "0" * 5000 + "1", "1" + "0" * 9, "-" + "9" * 5000, "٣", "１"])
def test_a_page_that_is_none_is_not_found(browser: Browser, page: str) -> None:
    browser.get(f"/notices/?page={page}", status=404)


def test_the_pages_go_on(browser: Browser, lukina: Employee) -> None:
    rows = [
        {"employee": lukina.id, "code": "visa_asked", "key": f"visa:{number}/asked", "about": {}, "path": "/", "at": NOW}
        for number in range(41)
    ]
    Notice.insert_many(rows).execute()
    assert 'href="/notices/?page=2"' in browser.get("/notices/")
    assert browser.get("/notices/?page=2").count('class="rd-notice ') == 1


def test_an_account_without_a_person_sees_an_empty_page(sign_in: SignIn) -> None:
    nobody = sign_in(Role.STAFF)
    assert 'href="/notices/settings"' not in nobody.get("/notices/")
    hours = {"mail": "at_once", "digest_at": "08:30", "quiet_from": "20:00", "quiet_until": "08:00"}
    assert nobody.post("/notices/settings", **hours).status_code == 422


def choose(browser: Browser, **more: str) -> int:
    hours = {"mail": "digest", "digest_at": "12:15", "quiet_from": "18:00", "quiet_until": "09:00"}
    return int(browser.post("/notices/settings", **(hours | more)).status_code)


def test_somebody_chooses_how_mail_comes(browser: Browser, lukina: Employee) -> None:
    page = browser.get("/notices/settings")
    assert "lukina@example.test" in page
    assert 'value="20:00"' in page
    assert choose(browser, days_off="y") == 302
    row = NoticeSettings.get()
    assert (row.employee_id, row.mail, row.digest_at, row.quiet_from, row.days_off) == (
        lukina.id,
        "digest",
        dt.time(12, 15),
        dt.time(18),
        True,
    )
    assert 'value="12:15"' in browser.get("/notices/settings")


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest_at": "07:00"},  # in the quiet hours
        {"digest_at": ""},
        {"quiet_from": "25:00"},
        {"quiet_until": "завтра"},
        {"quiet_until": "08:00" * 1000},
        {"mail": "pigeon"},
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(browser: Browser, wrong: dict[str, str]) -> None:
    assert choose(browser, **wrong) == 422
    assert NoticeSettings.select().count() == 0


def stuck(employee: Employee) -> Delivery:
    news(employee)
    Delivery.update(state=str(DeliveryState.FAILED), last_error="550 no such user", attempts=3).execute()
    return Delivery.get()


def test_an_administrator_sees_what_was_not_delivered_and_sends_it_again(sign_in: SignIn, lukina: Employee) -> None:
    mail = stuck(lukina)
    administrator = sign_in(Role.ADMINISTRATOR)
    assert "550 no such user" in administrator.get("/notices/")
    assert administrator.post(f"/notices/undelivered/{mail.id}").status_code == 302
    again = Delivery.get()
    assert (again.state, again.attempts, again.message_id) == (DeliveryState.PENDING, 0, mail.message_id)
    assert administrator.post(f"/notices/undelivered/{mail.id}").status_code == 404


def test_nobody_else_does(browser: Browser, lukina: Employee) -> None:
    mail = stuck(lukina)
    assert "550 no such user" not in browser.get("/notices/")
    assert browser.post(f"/notices/undelivered/{mail.id}").status_code == 403
    assert Delivery.get().state == DeliveryState.FAILED


def test_strangers_are_sent_to_sign_in(app: Flask) -> None:
    for address in ("/notices/", "/notices/1", "/notices/settings"):
        response = app.test_client().get(address)
        assert response.status_code == 302
        assert response.location.startswith("/sign-in?next=")
