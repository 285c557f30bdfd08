"""Telling, showing, counting and reading notices, and choosing how mail comes: on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs import db
from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.notices import operations, queue
from roadmapdocs.notices.models import Delivery, Notice, NoticeSettings
from roadmapdocs.notices.operations import (
    PAGE,
    Habits,
    mark_read,
    my_habits,
    notices_of,
    open_notice,
    send_letter,
    set_settings,
    settle,
    tell,
    unread_count,
)
from roadmapdocs.notices.rules import DeliveryState, Mail
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor, Role
from tests import factories as make
from tests.conftest import NOW
from tests.web.office import queries

pytestmark = pytest.mark.usefixtures("database")


def person(surname: str = "Лукина", email: str = "lukina@example.test") -> Employee:
    made = make.employee(surname)
    made.email = email
    made.save()
    return made


def actor(employee: Employee | None, *roles: Role) -> Actor:
    return Actor(7, "Лукина О. С.", frozenset(roles or {Role.CLERK}), employee_id=employee.id if employee else None)


def news(employee: Employee, key: str = "visa:1/asked", **more: object) -> int:
    return tell([employee.id], "visa_asked", key=key, now=NOW, **more)  # type: ignore[arg-type]  # as the test says


def test_the_same_thing_told_twice_is_told_once() -> None:
    lukina, vetrova = person(), person("Ветрова", "vetrova@example.test")
    assert tell([lukina.id, lukina.id], "visa_asked", key="visa:1/asked", now=NOW) == 1
    assert tell([lukina.id, vetrova.id], "visa_asked", key="visa:1/asked", now=NOW) == 1
    assert news(lukina) == 0
    assert (Notice.select().count(), Delivery.select().count()) == (2, 2)
    assert news(lukina, key="visa:1/late:1") == 1


def test_nobody_told_is_nothing_done() -> None:
    assert tell([], "visa_asked", key="visa:1/asked", now=NOW) == 0
    assert Notice.select().count() == 0


def test_a_notice_lives_and_dies_with_the_act_that_it_tells_of(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[bool] = []
    monkeypatch.setattr(queue, "wake", lambda: woken.append(True))
    lukina = person()
    with pytest.raises(RuntimeError), db.transaction():
        news(lukina)
        raise RuntimeError
    assert (Notice.select().count(), Delivery.select().count(), woken) == (0, 0, [])
    with db.transaction():
        news(lukina)
        assert woken == []
    assert (Notice.select().count(), Delivery.select().count(), woken) == (1, 1, [True])


@pytest.mark.parametrize(
    ("mail", "urgent", "mails", "for_digest"),
    [
        (None, False, 1, False),
        (Mail.AT_ONCE, False, 1, False),
        (Mail.DIGEST, False, 0, True),
        (Mail.DIGEST, True, 1, False),
        (Mail.NONE, False, 0, False),
        (Mail.NONE, True, 0, False),
    ],
)
def test_mail_comes_as_the_person_wants_it(mail: Mail | None, urgent: bool, mails: int, for_digest: bool) -> None:
    lukina = person()
    if mail is not None:
        set_settings(Habits(mail=mail), by=actor(lukina))
    news(lukina, urgent=urgent)
    assert Delivery.select().count() == mails
    assert Notice.get().digest is for_digest


def test_whoever_has_no_address_is_told_in_the_application_only() -> None:
    lukina = person(email="")
    assert news(lukina) == 1
    assert (unread_count(actor(lukina)), Delivery.select().count()) == (1, 0)


def test_the_card_is_where_a_notice_leads_unless_another_place_is_given() -> None:
    lukina, document = person(), make.document()
    news(lukina, document_id=document.id)
    news(lukina, key="visa:2/asked", document_id=document.id, path="/decide/2")
    news(lukina, key="visa:3/asked")
    assert [notice.path for notice in Notice.select().order_by(Notice.id)] == [f"/documents/{document.id}", "/decide/2", "/"]


def test_what_is_settled_counts_as_read_for_everybody_and_nothing_else_does() -> None:
    lukina, vetrova = person(), person("Ветрова")
    tell([lukina.id, vetrova.id], "visa_asked", key="visa:1/asked", now=NOW)
    tell([lukina.id], "visa_late", key="visa:1/late:1", now=NOW)
    tell([lukina.id], "visa_asked", key="visa:11/asked", now=NOW)
    settle("visa:1", now=NOW)
    assert [row.key for row in Notice.select().where(Notice.read_at.is_null())] == ["visa:11/asked"]


def test_notices_are_shown_the_latest_first_page_by_page() -> None:
    lukina = person(email="")
    for number in range(PAGE + 1):
        tell([lukina.id], "visa_asked", key=f"visa:{number}/asked", now=NOW + dt.timedelta(minutes=number))
    first, second = notices_of(actor(lukina)), notices_of(actor(lukina), 2)
    assert (len(first.notices), first.more, len(second.notices), second.more) == (PAGE, True, 1, False)
    assert first.notices[0].notice.key == f"visa:{PAGE}/asked"
    assert second.notices[0].notice.key == "visa:0/asked"


def test_others_notices_are_neither_shown_nor_counted_nor_read() -> None:
    lukina, vetrova = person(), person("Ветрова")
    news(lukina)
    other = actor(vetrova)
    assert (notices_of(other).notices, unread_count(other), mark_read(None, by=other, now=NOW)) == ([], 0, 0)
    with pytest.raises(NotFound, match="Такого уведомления"):
        open_notice(Notice.get().id, by=other, now=NOW)
    assert unread_count(actor(lukina)) == 1


def test_an_account_without_a_person_has_no_notices() -> None:
    news(person())
    nobody = actor(None)
    assert (notices_of(nobody).notices, unread_count(nobody), mark_read(None, by=nobody, now=NOW)) == ([], 0, 0)
    with pytest.raises(NotFound):
        open_notice(Notice.get().id, by=nobody, now=NOW)
    with pytest.raises(Refusal, match="не связана с сотрудником"):
        set_settings(Habits(), by=nobody)


def test_a_notice_that_is_opened_is_read_once() -> None:
    lukina = person()
    news(lukina)
    number = Notice.get().id
    open_notice(number, by=actor(lukina), now=NOW)
    open_notice(number, by=actor(lukina), now=NOW + dt.timedelta(hours=1))
    assert (Notice.get().read_at, unread_count(actor(lukina))) == (NOW, 0)


def test_all_are_marked_as_read_at_once() -> None:
    lukina = person()
    for number in range(3):
        news(lukina, key=f"visa:{number}/asked")
    assert mark_read(None, by=actor(lukina), now=NOW) == 3
    assert mark_read(None, by=actor(lukina), now=NOW) == 0


def test_a_document_that_is_not_open_any_more_is_not_shown() -> None:
    lukina = person()
    document = make.document(preparation=Preparation.DRAFT, date=None, drafter_id=lukina.id)
    news(lukina, document_id=document.id)
    reader = actor(lukina, Role.STAFF)
    assert notices_of(reader).notices[0].document == document
    Document.update(drafter=None).where(Document.id == document.id).execute()
    assert notices_of(reader).notices[0].document is None
    assert document.mark == Mark.GENERAL


def test_habits_are_those_of_the_office_until_somebody_chooses() -> None:
    lukina = person()
    office = Habits(digest_at=dt.time(9), quiet_from=dt.time(18), quiet_until=dt.time(9))
    assert my_habits(actor(lukina), office) == office
    own = Habits(Mail.DIGEST, dt.time(12, 15), dt.time(0), dt.time(0), days_off=True)
    for _again in range(2):
        set_settings(own, by=actor(lukina))
        assert my_habits(actor(lukina), office) == own
    assert NoticeSettings.select().count() == 1


def test_hours_that_were_not_chosen_follow_the_office() -> None:
    lukina = person()
    NoticeSettings.create(employee=lukina, mail=Mail.DIGEST)
    office = Habits(digest_at=dt.time(9), quiet_from=dt.time(18), quiet_until=dt.time(8))
    assert my_habits(actor(lukina), office) == Habits(Mail.DIGEST, dt.time(9), dt.time(18), dt.time(8))


def test_a_digest_in_quiet_hours_is_refused() -> None:
    with pytest.raises(Refusal) as told:
        set_settings(Habits(mail=Mail.DIGEST, digest_at=dt.time(6)), by=actor(person()))
    assert told.value.details["field"] == "digest_at"
    assert NoticeSettings.select().count() == 0


def test_whoever_wants_no_mail_gets_none_of_what_waits() -> None:
    lukina, vetrova = person(), person("Ветрова")
    set_settings(Habits(mail=Mail.DIGEST), by=actor(lukina))
    news(lukina)
    news(lukina, key="visa:2/asked", urgent=True)
    news(vetrova)
    set_settings(Habits(mail=Mail.NONE), by=actor(lukina))
    assert Notice.select().where(Notice.digest).count() == 0
    states = {row.employee_id: row.state for row in Delivery.select()}
    assert states == {lukina.id: DeliveryState.NEEDLESS, vetrova.id: DeliveryState.PENDING}
    assert unread_count(actor(lukina)) == 2


def test_a_letter_waits_for_its_worker() -> None:
    send_letter("guest@example.test", "Согласовать: приказ", ["До 19.11.2026"], path="/guest/secret", now=NOW)
    letter = Delivery.get()
    assert (letter.employee, letter.address, letter.letter["path"]) == (None, "guest@example.test", "/guest/secret")


def test_the_count_of_unread_is_one_statement_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    lukina = person(email="")
    Notice.insert_many(
        [
            {"employee": lukina.id, "code": "visa_asked", "key": f"visa:{number}/asked", "about": {}, "path": "/", "at": NOW}
            for number in range(operations.MOST_COUNTED + 5)
        ]
    ).execute()
    with queries(monkeypatch) as seen:
        assert unread_count(actor(lukina)) == operations.MOST_COUNTED
    assert len(seen) == 1
