"""Moving deadlines: asked, answered, ordered; through the tree; every move is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import peewee
import pytest

from roadmapdocs.assignments.executing import report
from roadmapdocs.assignments.extensions import ask_extension, asked_of, grant, move_due, refuse, withdraw
from roadmapdocs.assignments.judging import accept, cancel
from roadmapdocs.assignments.models import DueExtension
from roadmapdocs.assignments.waiting import Wait, waiting_for
from roadmapdocs.assignments.words import ExtensionState, State
from roadmapdocs.audit.models import Event
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.web.words import event_sentence
from tests.assignments.office import CLERK, DEPUTY, FRIDAY, HEAD, Office, fresh
from tests.conftest import NOW, TODAY

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}
LATER, EARLIER = dt.date(2026, 4, 10), dt.date(2026, 3, 27)


def code(act: Any) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return str(caught.value.code)


def test_an_extension_is_asked_and_granted(office: Office) -> None:
    row = office.give(DEPUTY)

    asked = ask_extension(row.id, LATER, "Ждём поставку", revision=1, by=office.actor(DEPUTY), **WHEN)
    assert (asked.state, asked.due_was, asked.wanted) == (ExtensionState.ASKED, FRIDAY, LATER)
    assert fresh(row).due == FRIDAY

    granted = grant(row.id, answer="Согласна", by=office.actor(HEAD), **WHEN)

    assert (granted.state, granted.granted, granted.answer) == (ExtensionState.GRANTED, LATER, "Согласна")
    assert (fresh(row).due, fresh(row).first_due, asked_of(row.id)) == (LATER, FRIDAY, None)


def test_another_day_may_be_granted_than_was_asked(sqlite_office: Office) -> None:
    row = sqlite_office.give(DEPUTY)
    ask_extension(row.id, LATER, "Ждём", by=sqlite_office.actor(DEPUTY), **WHEN)

    assert grant(row.id, due=dt.date(2026, 4, 7), by=sqlite_office.actor(HEAD), **WHEN).granted == dt.date(2026, 4, 7)


def test_a_refusal_says_why_and_the_deadline_stays(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY, controller="Ярцева")
    ask_extension(row.id, LATER, "Ждём", by=office.actor(DEPUTY), **WHEN)
    assert code(lambda: refuse(row.id, "", by=office.actor("Ярцева"), **WHEN)) == "answer"

    refused = refuse(row.id, "Срок поставлен главой", by=office.actor("Ярцева"), **WHEN)

    assert (refused.state, fresh(row).due) == (ExtensionState.REFUSED, FRIDAY)


def test_one_request_at_a_time(office: Office) -> None:
    row = office.give(DEPUTY)
    ask_extension(row.id, LATER, "Ждём", by=office.actor(DEPUTY), **WHEN)

    assert code(lambda: ask_extension(row.id, LATER, "Ждём", by=office.actor(DEPUTY), **WHEN)) == "asked_already"
    assert code(lambda: move_due(row.id, LATER, "Сами", by=office.actor(HEAD), **WHEN)) == "asked_already"
    same = {"state": "asked", "wanted": LATER, "reason": "x", "asked_by": "x", "asked_at": NOW}
    with pytest.raises(peewee.IntegrityError):
        DueExtension.create(assignment=row, **same)


def test_a_request_withdrawn_may_be_made_again(sqlite_office: Office) -> None:
    row = sqlite_office.give(DEPUTY)
    by = sqlite_office.actor(DEPUTY)
    ask_extension(row.id, LATER, "Ждём", by=by, **WHEN)

    assert withdraw(row.id, by=by, **WHEN).state == ExtensionState.WITHDRAWN
    assert code(lambda: withdraw(row.id, by=by, **WHEN)) == "not_asked"
    assert ask_extension(row.id, LATER, "Ждём опять", by=by, **WHEN).state == ExtensionState.ASKED


def test_it_may_be_asked_after_the_deadline_and_the_history_shows_it(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY)
    when: dict[str, Any] = {"now": NOW + dt.timedelta(days=21), "today": dt.date(2026, 4, 6)}

    asked = ask_extension(row.id, LATER, "Болели", by=office.actor(DEPUTY), **when)

    assert asked.due_was is not None
    assert asked.due_was < asked.asked_at.date()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (FRIDAY, "not_later"),
        (dt.date(2026, 4, 5), "not_later"),
        (dt.date(2026, 3, 13), "deadline"),
        (dt.date(2126, 3, 13), "deadline"),
    ],
    ids=["same", "a Sunday after it", "past", "a hundred years"],
)
def test_a_day_that_extends_nothing_is_refused(sqlite_office: Office, wanted: dt.date, expected: str) -> None:
    row = sqlite_office.give(DEPUTY)

    assert code(lambda: ask_extension(row.id, wanted, "Ждём", by=sqlite_office.actor(DEPUTY), **WHEN)) == expected


def test_a_day_that_has_passed_meanwhile_is_not_granted(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY)
    ask_extension(row.id, LATER, "Ждём", by=office.actor(DEPUTY), **WHEN)
    when: dict[str, Any] = {"now": NOW + dt.timedelta(days=30), "today": dt.date(2026, 4, 15)}

    assert code(lambda: grant(row.id, by=office.actor(HEAD), **when)) == "deadline"
    assert grant(row.id, due=dt.date(2026, 4, 16), by=office.actor(HEAD), **when).granted == dt.date(2026, 4, 16)


def test_a_part_is_not_extended_beyond_the_whole(sqlite_office: Office) -> None:
    office = sqlite_office
    parent = office.give(DEPUTY)
    part = office.give("Нечаев", by=DEPUTY, parent=parent, due=EARLIER)

    assert code(lambda: ask_extension(part.id, LATER, "Ждём", by=office.actor("Нечаев"), **WHEN)) == "after_parent"
    ask_extension(part.id, FRIDAY, "Ждём", by=office.actor("Нечаев"), **WHEN)
    assert code(lambda: grant(part.id, due=LATER, by=office.actor(DEPUTY), **WHEN)) == "after_parent"


def test_without_a_deadline_there_is_nothing_to_extend(sqlite_office: Office) -> None:
    row = sqlite_office.give(DEPUTY, due=None)

    assert code(lambda: ask_extension(row.id, LATER, "Ждём", by=sqlite_office.actor(DEPUTY), **WHEN)) == "no_due"
    moved = move_due(row.id, LATER, "Назначаем", by=sqlite_office.actor(HEAD), **WHEN)
    assert (moved.due, moved.first_due) == (LATER, LATER)


def test_what_is_over_has_no_request_any_more(sqlite_office: Office) -> None:
    row = sqlite_office.give(DEPUTY)
    ask_extension(row.id, LATER, "Ждём", by=sqlite_office.actor(DEPUTY), **WHEN)

    cancel(row.id, "Не нужно", by=sqlite_office.actor(HEAD), **WHEN)

    assert DueExtension.get().state == ExtensionState.WITHDRAWN


def test_a_deadline_is_moved_by_who_set_it_with_a_reason(office: Office) -> None:
    row = office.give(DEPUTY, document=office.order())
    with pytest.raises(Forbidden):
        move_due(row.id, LATER, "Хочу", by=office.actor(DEPUTY), **WHEN)
    assert code(lambda: move_due(row.id, LATER, " ", by=office.actor(HEAD), **WHEN)) == "answer"
    assert code(lambda: move_due(row.id, FRIDAY, "То же", by=office.actor(HEAD), **WHEN)) == "same_due"

    moved = move_due(row.id, LATER, "Поставка позже", by=office.actor(CLERK), **WHEN)

    assert moved.due == LATER
    kept = DueExtension.get()
    assert (kept.state, kept.due_was, kept.granted, kept.reason) == (ExtensionState.ORDERED, FRIDAY, LATER, "Поставка позже")


def test_an_earlier_day_takes_what_would_be_later_along(office: Office) -> None:
    parent = office.give(DEPUTY)
    part = office.give("Нечаев", by=DEPUTY, parent=parent)
    deep = office.give("Громова", by="Нечаев", parent=part)
    soon = office.give("Дёмина", by=DEPUTY, parent=parent, due=dt.date(2026, 3, 20))
    assert code(lambda: move_due(parent.id, EARLIER, "Раньше", by=office.actor(HEAD), **WHEN)) == "children_later"

    move_due(parent.id, EARLIER, "Раньше", tree=True, by=office.actor(HEAD), **WHEN)

    assert [fresh(row).due for row in (parent, part, deep, soon)] == [EARLIER, EARLIER, EARLIER, dt.date(2026, 3, 20)]
    assert DueExtension.select().count() == 3


def test_a_later_day_takes_what_was_due_together_along_if_that_is_said(sqlite_office: Office) -> None:
    office = sqlite_office
    parent = office.give(DEPUTY)
    part = office.give("Нечаев", by=DEPUTY, parent=parent)
    soon = office.give("Дёмина", by=DEPUTY, parent=parent, due=EARLIER)

    move_due(parent.id, LATER, "Позже", tree=True, by=office.actor(HEAD), **WHEN)
    assert [fresh(row).due for row in (parent, part, soon)] == [LATER, LATER, EARLIER]

    move_due(parent.id, dt.date(2026, 4, 17), "Ещё позже", by=office.actor(HEAD), **WHEN)
    assert fresh(part).due == LATER


def test_a_report_withdraws_the_request_that_waits(office: Office) -> None:
    row = office.give(DEPUTY)
    ask_extension(row.id, LATER, "Ждём", by=office.actor(DEPUTY), **WHEN)

    report(row.id, "Готово", by=office.actor(DEPUTY), **WHEN)

    assert (DueExtension.get().state, asked_of(row.id)) == (ExtensionState.WITHDRAWN, None)
    assert [one.act for one in waiting_for(office.actor(HEAD), TODAY)] == [Wait.JUDGE]
    told = Event.get(Event.what == "assignment_extension_withdrawn")
    assert told.effect == {"rule": True}
    with use_language("en"):
        assert "withdrawn: it is reported" in event_sentence(told)


def test_a_report_by_rule_withdraws_the_request_too(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY)
    below = office.give("Нечаев", by=DEPUTY, parent=row)
    ask_extension(row.id, LATER, "Ждём", by=office.actor(DEPUTY), **WHEN)
    report(below.id, "Готово", by=office.actor("Нечаев"), **WHEN)
    accept(below.id, by=office.actor(DEPUTY), **WHEN)
    assert fresh(row).state == State.REPORTED
    assert asked_of(row.id) is None
