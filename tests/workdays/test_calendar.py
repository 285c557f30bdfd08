"""The office's own days: kept by the administrator, recorded, read in one statement."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.calendar import remove_day_exception, set_day_exception
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.workdays.models import DayException
from roadmapdocs.workdays.operations import calendar
from tests import factories as make
from tests.conftest import NOW, person

TUESDAY = dt.date(2026, 3, 17)
SATURDAY = dt.date(2026, 3, 21)


def test_an_exception_counts_until_it_is_removed(database: str) -> None:
    set_day_exception(TUESDAY, working=False, name="День района", by=SYSTEM, now=NOW)
    set_day_exception(SATURDAY, working=True, name="Рабочая суббота", by=SYSTEM, now=NOW)
    assert calendar().exceptions == {TUESDAY: False, SATURDAY: True}
    remove_day_exception(TUESDAY, by=SYSTEM, now=NOW)
    assert calendar().is_working(TUESDAY)
    told = [(event.what, event.effect["day"]) for event in Event.select().order_by(Event.number)]
    assert told == [
        ("day_exception_set", "2026-03-17"),
        ("day_exception_set", "2026-03-21"),
        ("day_exception_removed", "2026-03-17"),
    ]


def test_the_same_exception_again_leaves_no_entry_and_another_name_one(database: str) -> None:
    for name in ("День района", " День  района ", "День города"):
        set_day_exception(TUESDAY, working=False, name=name, by=SYSTEM, now=NOW)
    assert [row.name for row in DayException.select()] == ["День города"]
    assert Event.select().where(Event.what == "day_exception_set").count() == 2


@pytest.mark.parametrize(
    ("day", "working", "name", "code"),
    [
        (TUESDAY, True, "Как обычно", "same_as_official"),
        (SATURDAY, False, "Как обычно", "same_as_official"),
        (TUESDAY, False, " \n ", "name"),
        (dt.date(1989, 12, 29), False, "Давно", "year"),
        (dt.date(2101, 1, 3), False, "Не скоро", "year"),
    ],
)
def test_what_makes_no_sense_is_refused(database: str, day: dt.date, working: bool, name: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        set_day_exception(day, working=working, name=name, by=SYSTEM, now=NOW)
    assert caught.value.code == code
    assert not DayException.select().exists()


def test_what_is_not_there_cannot_be_removed(database: str) -> None:
    with pytest.raises(NotFound):
        remove_day_exception(TUESDAY, by=SYSTEM, now=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_change_the_calendar(sqlite_database: None, role: Role) -> None:
    with pytest.raises(Forbidden):
        set_day_exception(TUESDAY, working=False, name="День района", by=person(role), now=NOW)
    with pytest.raises(Forbidden):
        remove_day_exception(TUESDAY, by=person(role), now=NOW)


def test_the_calendar_is_read_in_one_statement(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    set_day_exception(TUESDAY, working=False, name="День района", by=SYSTEM, now=NOW)
    sent = make.count_queries(monkeypatch)
    assert calendar().after(dt.date(2026, 3, 16), 250) > dt.date(2027, 1, 1)
    assert len(sent) == 1
