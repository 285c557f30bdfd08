"""Deadlines over two whole years of the official calendar, against a table by hand and the plainest counting."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from roadmapdocs.assignments.deadlines import due_of, executors_due, moved
from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.settings import ON_DAY_OFF
from roadmapdocs.workdays.rules import Calendar
from tests.assignments.working_years import ALL_DAYS, WORKING, WORKING_DAYS

CALENDAR = Calendar()
DAY = dt.timedelta(1)
COUNTED = {
    "urgent": Deadline(DeadlineKind.URGENT),
    "prompt": Deadline(DeadlineKind.PROMPT),
    "month": Deadline(DeadlineKind.MONTH),
    "two months": Deadline(DeadlineKind.MONTH, count=2),
    "7 days": Deadline(DeadlineKind.DAYS, count=7),
    "10 working days": Deadline(DeadlineKind.WORKING_DAYS, count=10),
    "1 working day": Deadline(DeadlineKind.WORKING_DAYS, count=1),
}


def day_of(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d.%m.%Y").date()  # a day has no zone


def plainly_moved(day: dt.date, on_day_off: str) -> dt.date:
    """Day by day, by the table."""
    while on_day_off != "stay" and day not in WORKING:
        day += DAY if on_day_off == "after" else -DAY
        if not ALL_DAYS[0] <= day <= ALL_DAYS[-1]:
            raise LookupError(day)
    return day


def plainly_counted(kind: str, day: dt.date) -> dt.date:
    if kind.endswith("working days") or kind.endswith("working day"):
        left = int(kind.split(maxsplit=1)[0])
        while left:
            day += DAY
            if day > ALL_DAYS[-1]:
                raise LookupError(day)
            left -= day in WORKING
        return day
    if kind in {"month", "two months"}:
        month = day.month + (1 if kind == "month" else 2)
        year, month = (day.year + 1, month - 12) if month > 12 else (day.year, month)
        for number in (day.day, 30, 29, 28):
            try:
                return dt.date(year, month, number)
            except ValueError:
                continue
    return day + DAY * {"urgent": 3, "prompt": 10, "7 days": 7}[kind]


def plainly_due(kind: str, day: dt.date, on_day_off: str) -> dt.date:
    said = plainly_counted(kind, day)
    due = plainly_moved(said, on_day_off)
    return plainly_moved(said, "after") if due <= day else due


def test_the_calendar_is_the_official_one_on_every_day_of_both_years() -> None:
    assert [day for day in ALL_DAYS if CALENDAR.is_working(day) != (day in WORKING)] == []
    months = Counter((day.year, day.month) for day in WORKING)
    printed = {(year, month): number for year, row in WORKING_DAYS.items() for month, number in enumerate(row, 1)}
    assert dict(months) == printed


@pytest.mark.parametrize("on_day_off", ON_DAY_OFF)
def test_a_date_on_any_day_of_both_years_moves_as_the_table_says(on_day_off: str) -> None:
    wrong = []
    compared = 0
    for day in ALL_DAYS:
        try:
            expected = plainly_moved(day, on_day_off)
        except LookupError:
            # The first days of January 2025 reach into December 2024, the last one into January 2027.
            continue
        compared += 1
        if moved(day, CALENDAR, on_day_off) != expected:
            wrong.append(day)
    assert wrong == []
    assert compared >= 720


@pytest.mark.parametrize("on_day_off", ON_DAY_OFF)
@pytest.mark.parametrize("kind", COUNTED)
def test_what_is_counted_from_any_day_of_both_years_falls_where_plain_counting_says(kind: str, on_day_off: str) -> None:
    wrong = []
    compared = 0
    for day in ALL_DAYS:
        try:
            expected = plainly_due(kind, day, on_day_off)
        except (LookupError, KeyError):
            continue
        if expected > ALL_DAYS[-1]:
            continue
        compared += 1
        due = due_of(COUNTED[kind], counted_from=day, calendar=CALENDAR, on_day_off=on_day_off)
        if due != expected:
            wrong.append((day, due, expected))
    assert wrong == []
    assert compared >= 660


def test_co_executors_have_until_the_working_day_before_on_any_day_of_both_years() -> None:
    wrong = []
    for day in ALL_DAYS[20:]:
        before = day - DAY
        while before not in WORKING:
            before -= DAY
        if executors_due(day, CALENDAR) != before:
            wrong.append(day)
    assert wrong == []


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("31.12.2025", "30.12.2025", "12.01.2026"),
        ("04.01.2026", "30.12.2025", "12.01.2026"),
        ("09.01.2026", "30.12.2025", "12.01.2026"),
        ("09.03.2026", "06.03.2026", "10.03.2026"),
        ("08.03.2025", "07.03.2025", "10.03.2025"),
        ("10.03.2025", "10.03.2025", "10.03.2025"),
        ("23.02.2025", "21.02.2025", "24.02.2025"),
        ("24.02.2025", "24.02.2025", "24.02.2025"),
        ("02.05.2025", "30.04.2025", "05.05.2025"),
        ("08.05.2025", "07.05.2025", "12.05.2025"),
        ("13.06.2025", "11.06.2025", "16.06.2025"),
        ("01.11.2025", "01.11.2025", "01.11.2025"),
        ("02.11.2025", "01.11.2025", "05.11.2025"),
        ("03.11.2025", "01.11.2025", "05.11.2025"),
        ("11.05.2026", "08.05.2026", "12.05.2026"),
        ("23.02.2026", "20.02.2026", "24.02.2026"),
        ("12.06.2026", "11.06.2026", "15.06.2026"),
        ("04.11.2026", "03.11.2026", "05.11.2026"),
        ("31.12.2026", "30.12.2026", "11.01.2027"),
    ],
)
def test_key_days_of_the_calendar(day: str, before: str, after: str) -> None:
    for on_day_off, expected in zip(ON_DAY_OFF, (before, after, day), strict=True):
        assert moved(day_of(day), CALENDAR, on_day_off) == day_of(expected), on_day_off


@pytest.mark.parametrize(
    ("kind", "signed", "before", "after", "stay"),
    [
        ("urgent", "26.12.2025", "29.12.2025", "29.12.2025", "29.12.2025"),
        # The third day is a holiday, and the working day before it is the day of signing: then the one after.
        ("urgent", "30.12.2025", "12.01.2026", "12.01.2026", "02.01.2026"),
        ("urgent", "29.12.2025", "30.12.2025", "12.01.2026", "01.01.2026"),
        ("urgent", "30.10.2025", "01.11.2025", "05.11.2025", "02.11.2025"),
        ("prompt", "22.04.2025", "30.04.2025", "05.05.2025", "02.05.2025"),
        ("prompt", "26.12.2025", "30.12.2025", "12.01.2026", "05.01.2026"),
        ("month", "31.01.2025", "28.02.2025", "28.02.2025", "28.02.2025"),
        ("month", "30.01.2026", "27.02.2026", "02.03.2026", "28.02.2026"),
        ("month", "01.12.2025", "30.12.2025", "12.01.2026", "01.01.2026"),
        ("two months", "31.12.2025", "27.02.2026", "02.03.2026", "28.02.2026"),
        ("7 days", "25.10.2025", "01.11.2025", "01.11.2025", "01.11.2025"),
        ("10 working days", "24.04.2025", "14.05.2025", "14.05.2025", "14.05.2025"),
        ("10 working days", "25.12.2025", "20.01.2026", "20.01.2026", "20.01.2026"),
        ("1 working day", "31.10.2025", "01.11.2025", "01.11.2025", "01.11.2025"),
        ("1 working day", "01.11.2025", "05.11.2025", "05.11.2025", "05.11.2025"),
    ],
)
def test_key_days_of_counting(kind: str, signed: str, before: str, after: str, stay: str) -> None:
    for on_day_off, expected in zip(ON_DAY_OFF, (before, after, stay), strict=True):
        due = due_of(COUNTED[kind], counted_from=day_of(signed), calendar=CALENDAR, on_day_off=on_day_off)
        assert due == day_of(expected), on_day_off


@pytest.mark.parametrize(
    ("due", "executors"),
    [("12.01.2026", "30.12.2025"), ("05.11.2025", "01.11.2025"), ("01.11.2025", "31.10.2025"), ("05.05.2025", "30.04.2025")],
)
def test_key_days_of_co_executors(due: str, executors: str) -> None:
    assert executors_due(day_of(due), CALENDAR) == day_of(executors)


def test_an_office_that_works_on_a_holiday_keeps_its_deadline() -> None:
    own = Calendar({dt.date(2025, 12, 31): True, dt.date(2025, 12, 30): False})
    assert moved(dt.date(2025, 12, 31), own, "before") == dt.date(2025, 12, 31)
    assert moved(dt.date(2025, 12, 30), own, "before") == dt.date(2025, 12, 29)


def test_a_deadline_stays_where_the_calendar_has_no_working_day_for_months() -> None:
    never = Calendar({dt.date(2026, 1, 1) + DAY * number: False for number in range(-200, 200)})
    assert moved(dt.date(2026, 1, 1), never, "before") == dt.date(2026, 1, 1)
    assert executors_due(dt.date(2026, 1, 1), never) == dt.date(2025, 12, 31)


def test_what_has_no_day_has_no_due_day() -> None:
    def due(deadline: Deadline) -> dt.date | None:
        return due_of(deadline, counted_from=dt.date(2026, 1, 1), calendar=CALENDAR, on_day_off="before")

    assert due(Deadline(DeadlineKind.OPEN)) is None
    assert due(Deadline(DeadlineKind.DATES, dates=(dt.date(2025, 1, 1),))) is None
    assert due(Deadline(DeadlineKind.PERIODIC, recurrence="monthly")) == dt.date(2026, 1, 30)
    assert due(Deadline(DeadlineKind.PERIODIC, dt.date(2026, 3, 31), recurrence="monthly")) == dt.date(2026, 3, 31)
