"""Days on which something recurs: by a table, and by laws that hold for every recurrence, start and calendar."""

from __future__ import annotations

import datetime as dt
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.assignments.deadlines import moved, turns
from roadmapdocs.assignments.recurrences import beat_of, can_recur, occurrences
from roadmapdocs.settings import ON_DAY_OFF
from roadmapdocs.workdays.rules import Calendar

#: Each with the longest pause, in days, that it may make.
LONGEST_PAUSE = {
    "yearly": 366, "half-yearly": 184, "quarterly": 92, "monthly": 31, "weekly": 7, "daily": 1,
    "every 2 years": 731, "every 5 months": 153, "every 3 months": 92, "every 2 weeks": 14, "every 10 days": 10,
    "2 per year": 184, "4 per year": 92, "5 per year": 74, "2 per month": 16, "2 per week": 5, "2 per day": 1, "6 per week": 2,
    "3 per 2 years": 245, "2 per quarter": 46, "2 per school year": 214, "5 per school year": 80, "1 per school quarter": 153,
    "1 per trimester": 183, "2 per semester": 153, "every 2 school years": 731,
}  # fmt: skip
#: Months of one calendar period.
PERIODS = {"yearly": 12, "half-yearly": 6, "quarterly": 3, "monthly": 1}
ANCHORED = ("yearly", "half-yearly", "quarterly", "monthly", "2 per year", "every 2 months", "every 2 years")
RECURRENCES = st.sampled_from(sorted(LONGEST_PAUSE))
DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2095, 12, 31))
ANCHORS = st.integers(1, 31)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    return Calendar(draw(st.dictionaries(st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)), st.booleans(), max_size=40)))


def days(text: str) -> list[dt.date]:
    return [dt.datetime.strptime(one, "%d.%m.%Y").date() for one in text.split()]  # days have no zone


@pytest.mark.parametrize(
    ("recurrence", "anchor", "expected"),
    [
        ("monthly", 0, "31.01.2027 28.02.2027 31.03.2027"),
        ("monthly", 31, "31.01.2027 28.02.2027 31.03.2027 30.04.2027"),
        ("monthly", 30, "30.01.2027 28.02.2027 30.03.2027 30.04.2027"),
        ("monthly", 15, "15.01.2027 15.02.2027 15.03.2027"),
        ("monthly", 9, "09.02.2027 09.03.2027"),
        ("monthly", 10, "10.01.2027 10.02.2027"),
        ("quarterly", 0, "31.03.2027 30.06.2027 30.09.2027 31.12.2027"),
        ("quarterly", 15, "15.01.2027 15.04.2027 15.07.2027"),
        ("quarterly", 31, "31.01.2027 30.04.2027 31.07.2027 31.10.2027"),
        ("half-yearly", 0, "30.06.2027 31.12.2027 30.06.2028"),
        ("yearly", 0, "31.12.2027 31.12.2028"),
        ("yearly", 12, "12.01.2027 12.01.2028"),
        ("weekly", 0, "15.01.2027 22.01.2027"),
        ("weekly", 1, "11.01.2027 18.01.2027"),
        ("weekly", 7, "10.01.2027 17.01.2027"),
        ("daily", 0, "10.01.2027 11.01.2027 12.01.2027"),
        ("every 2 years", 0, "31.12.2028 31.12.2030"),
        ("every 3 months", 0, "31.03.2027 30.06.2027"),
        ("every 5 months", 0, "31.05.2027 31.10.2027 31.03.2028"),
        ("every 2 weeks", 0, "15.01.2027 29.01.2027"),
        ("every 10 days", 0, "10.01.2027 20.01.2027"),
        ("2 per year", 0, "30.06.2027 31.12.2027"),
        ("2 per year", 20, "20.01.2027 20.07.2027"),
        ("2 per month", 0, "16.01.2027 31.01.2027 14.02.2027 28.02.2027"),
        ("2 per week", 0, "13.01.2027 15.01.2027 20.01.2027"),
        ("3 per 2 years", 0, "31.08.2027 30.04.2028 31.12.2028"),
        ("2 per school year", 0, "31.05.2027 31.12.2027 31.05.2028"),
        ("1 per school quarter", 0, "31.03.2027 31.05.2027 31.10.2027 31.12.2027"),
        ("1 per trimester", 0, "28.02.2027 31.05.2027 30.11.2027 29.02.2028"),
    ],
)
def test_the_first_days_from_the_tenth_of_january_2027(recurrence: str, anchor: int, expected: str) -> None:
    told = days(expected)
    found = occurrences(recurrence, starts=dt.date(2027, 1, 10), anchor=anchor)
    assert list(islice(found, len(told))) == told


@pytest.mark.parametrize("recurrence", ["", "sometimes", "0 per year", "every 0 days", "every -1 years", "2 per fortnight", "1000 per year", "yearly "])
def test_no_other_words_recur(recurrence: str) -> None:
    assert not can_recur(recurrence)
    with pytest.raises(ValueError, match="nothing recurs"):
        next(occurrences(recurrence, starts=dt.date(2026, 1, 1)))


@pytest.mark.parametrize("anchor", [-1, 32])
def test_no_other_day_anchors(anchor: int) -> None:
    with pytest.raises(ValueError, match="nothing recurs"):
        next(occurrences("monthly", starts=dt.date(2026, 1, 1), anchor=anchor))


def test_it_ends_on_its_last_day_or_in_the_far_future() -> None:
    starts = dt.date(2026, 1, 1)
    assert list(occurrences("monthly", starts=starts, ends=dt.date(2026, 3, 31))) == days("31.01.2026 28.02.2026 31.03.2026")
    assert list(occurrences("monthly", starts=starts, ends=dt.date(2026, 3, 30))) == days("31.01.2026 28.02.2026")
    assert list(occurrences("monthly", starts=starts, ends=dt.date(2025, 1, 1))) == []
    assert len(list(occurrences("yearly", starts=dt.date(9980, 1, 1)))) == 11


@given(RECURRENCES, DAYS, st.integers(0, 31))
def test_days_grow_strictly_from_the_start_and_pause_no_longer_than_they_may(recurrence: str, starts: dt.date, anchor: int) -> None:
    found = list(islice(occurrences(recurrence, starts=starts, anchor=anchor), 40))
    assert found[0] >= starts
    longest = dt.timedelta(LONGEST_PAUSE[recurrence])
    assert found[0] - starts <= longest + dt.timedelta(366 if "years" in recurrence else 31)
    for one, following in pairwise(found):
        assert dt.timedelta(0) < following - one
        beat = beat_of(recurrence)
        assert beat is not None
        # An anchor puts 31 days where a month had 28 at most.
        assert following - one <= longest + dt.timedelta(3 if anchor and beat.months else 0)


@given(st.sampled_from(sorted(PERIODS)), DAYS, st.integers(0, 31))
def test_every_calendar_period_after_the_first_has_one_day(recurrence: str, starts: dt.date, anchor: int) -> None:
    found = list(islice(occurrences(recurrence, starts=starts, anchor=anchor), 30))
    months = PERIODS[recurrence]
    periods = [(day.year * 12 + day.month - 1) // months for day in found]
    assert periods == list(range(periods[0], periods[0] + 30))


@given(st.sampled_from(ANCHORED), DAYS, ANCHORS)
def test_each_falls_on_the_anchor_or_the_last_day_of_a_shorter_month(recurrence: str, starts: dt.date, anchor: int) -> None:
    for day in islice(occurrences(recurrence, starts=starts, anchor=anchor), 30):
        assert day.day == anchor or (day.day < anchor and (day + dt.timedelta(1)).day == 1)


@given(RECURRENCES, DAYS, st.integers(0, 31), st.integers(0, 2000))
def test_an_end_only_cuts_off(recurrence: str, starts: dt.date, anchor: int, length: int) -> None:
    ends = starts + dt.timedelta(length)
    cut = list(occurrences(recurrence, starts=starts, ends=ends, anchor=anchor))
    assert cut == list(islice(occurrences(recurrence, starts=starts, anchor=anchor), len(cut)))
    assert next(islice(occurrences(recurrence, starts=starts, anchor=anchor), len(cut), None)) > ends


@given(RECURRENCES, st.dates(dt.date(2024, 6, 1), dt.date(2027, 6, 1)), calendars(), st.sampled_from(ON_DAY_OFF))
def test_the_calendar_changes_no_order_and_merges_only_what_falls_on_one_day(
    recurrence: str, starts: dt.date, calendar: Calendar, on_day_off: str
) -> None:
    nominal = list(islice(occurrences(recurrence, starts=starts), 25))
    made = list(turns(nominal, calendar, on_day_off))
    assert all(one.due < following.due and one.nominal < following.nominal for one, following in pairwise(made))
    assert {moved(day, calendar, on_day_off) for day in nominal} == {turn.due for turn in made}
    if on_day_off == "stay":
        assert [turn.due for turn in made] == nominal
