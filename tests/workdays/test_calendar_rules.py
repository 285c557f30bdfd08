"""Working days: real transferred days, what an office changes, and laws of counting."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.workdays.rules import Calendar, official_year, transfers_are_known

OFFICIAL = Calendar()
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
FEW = st.integers(1, 400)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    return Calendar(draw(st.dictionaries(DAYS, st.booleans(), max_size=20)))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        # Government decree of 10.10.2020 № 1648 on 2021
        ("2021-02-20", True),
        ("2021-02-22", False),
        ("2021-12-31", False),
        # of 10.08.2023 № 1314 on 2024
        ("2024-04-27", True),
        ("2024-04-29", False),
        ("2024-11-02", True),
        ("2024-12-28", True),
        ("2024-12-31", False),
        # of 04.10.2024 № 1335 on 2025
        ("2025-11-01", True),
        ("2025-11-03", False),
        ("2025-05-02", False),
        ("2025-12-31", False),
        ("2025-11-04", False),
        ("2025-11-05", True),
        ("2026-01-09", False),
        ("2026-01-12", True),
        ("2026-03-09", False),
        ("2026-03-14", False),
        ("2026-03-16", True),
    ],
)
def test_the_official_calendar_is_known_with_its_transferred_days(day: str, working: bool) -> None:
    assert OFFICIAL.is_working(dt.date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2025-10-31", 1, "2025-11-01"),
        ("2025-11-01", 1, "2025-11-05"),
        ("2025-12-30", 1, "2026-01-12"),
        ("2026-03-16", 0, "2026-03-16"),
        ("2026-03-14", 0, "2026-03-16"),
        ("2026-03-14", 1, "2026-03-16"),
        ("2026-03-13", 3, "2026-03-18"),
    ],
)
def test_a_term_ends_so_many_working_days_later(start: str, days: int, end: str) -> None:
    assert OFFICIAL.after(dt.date.fromisoformat(start), days) == dt.date.fromisoformat(end)


def test_what_the_office_says_of_a_day_goes_before_the_official_calendar() -> None:
    fair, saturday = dt.date(2026, 3, 17), dt.date(2026, 3, 21)
    office = Calendar({fair: False, saturday: True})
    assert (office.is_working(fair), office.is_working(saturday)) == (False, True)
    assert office.after(dt.date(2026, 3, 16), 1) == dt.date(2026, 3, 18)
    assert office.after(dt.date(2026, 3, 20), 1) == saturday


@pytest.mark.parametrize("year", [1, 1900, 1990, 2101, 9998])
def test_in_years_that_nobody_knows_weekends_are_off_and_nothing_else(year: int) -> None:
    days = [dt.date(year, 1, 1) + dt.timedelta(number) for number in range(365)]
    assert [OFFICIAL.is_working(day) for day in days] == [day.weekday() < 5 for day in days]


def test_the_end_of_all_calendars_is_told() -> None:
    with pytest.raises(OverflowError):
        OFFICIAL.after(dt.date.max, 1)
    with pytest.raises(OverflowError):
        OFFICIAL.after(dt.date(9950, 3, 16), 10**9)


def test_nobody_counts_a_term_backwards() -> None:
    with pytest.raises(ValueError, match="-1"):
        OFFICIAL.after(dt.date(2026, 3, 16), -1)


@pytest.mark.parametrize(("year", "known"), [(2021, True), (2024, True), (2026, True), (2050, False), (1900, False)])
def test_years_without_a_decree_are_told_from_those_with_one(year: int, known: bool) -> None:
    assert transfers_are_known(year) is known


@pytest.mark.parametrize("year", range(2010, 2027))
def test_a_year_has_about_as_many_working_days_as_production_calendars_print(year: int) -> None:
    worked = OFFICIAL.between(dt.date(year - 1, 12, 31), dt.date(year, 12, 31))
    assert 245 <= worked <= 250


def test_the_official_year_is_asked_of_the_library_once() -> None:
    assert official_year(2026) is official_year(2026)


@given(calendars(), DAYS, FEW)
def test_the_end_of_a_term_is_a_working_day_and_counts_back(calendar: Calendar, day: dt.date, days: int) -> None:
    end = calendar.after(day, days)
    assert calendar.is_working(end)
    assert calendar.between(day, end) == days
    assert calendar.between(end, day) == -days


@given(calendars(), DAYS, FEW, FEW)
def test_terms_add_up(calendar: Calendar, day: dt.date, first: int, second: int) -> None:
    assert calendar.after(calendar.after(day, first), second) == calendar.after(day, first + second)


@given(calendars(), DAYS, DAYS, st.integers(0, 30))
def test_who_begins_later_ends_no_earlier(calendar: Calendar, one: dt.date, other: dt.date, days: int) -> None:
    early, late = min(one, other), max(one, other)
    assert calendar.after(early, days) <= calendar.after(late, days)


@given(calendars(), DAYS)
def test_a_term_of_no_days_moves_only_from_a_day_off(calendar: Calendar, day: dt.date) -> None:
    end = calendar.after(day, 0)
    assert calendar.is_working(end)
    assert end == day if calendar.is_working(day) else end == calendar.after(day, 1)


@given(calendars(), DAYS, st.integers(0, 800))
def test_counting_is_the_same_as_looking_at_each_day(calendar: Calendar, first: dt.date, length: int) -> None:
    days = [first + dt.timedelta(number) for number in range(1, length + 1)]
    assert calendar.between(first, first + dt.timedelta(length)) == sum(map(calendar.is_working, days))
