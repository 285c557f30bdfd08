"""How one assignment counts on a day, and the figures of many."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.assignments.reports_rules import Lateness, Tally, lateness
from roadmapdocs.assignments.words import LIVE, State
from roadmapdocs.workdays.rules import Calendar
from tests.assignments.plain_report import Judged, Outcome, outcome, tally

TODAY = dt.date(2026, 3, 16)
BEFORE, AFTER = dt.date(2026, 3, 10), dt.date(2026, 3, 20)


@pytest.mark.parametrize(
    ("state", "due", "done_on", "expected"),
    [
        (State.DONE, BEFORE, dt.date(2026, 3, 9), Outcome.IN_TIME),
        (State.DONE, BEFORE, BEFORE, Outcome.IN_TIME),
        (State.DONE, BEFORE, dt.date(2026, 3, 11), Outcome.DONE_LATE),
        (State.REMOVED, BEFORE, BEFORE, Outcome.IN_TIME),
        (State.REMOVED, BEFORE, AFTER, Outcome.DONE_LATE),
        # Removed without execution.
        (State.REMOVED, BEFORE, None, Outcome.LEFT_OUT),
        (State.CANCELLED, BEFORE, None, Outcome.LEFT_OUT),
        (State.DRAFT, BEFORE, None, Outcome.LEFT_OUT),
        # Done before the deadline that is still ahead.
        (State.DONE, AFTER, TODAY, Outcome.IN_TIME),
        (State.NEW, BEFORE, None, Outcome.NOT_DONE),
        (State.IN_WORK, BEFORE, None, Outcome.NOT_DONE),
        (State.CLARIFYING, BEFORE, None, Outcome.NOT_DONE),
        (State.RETURNED, BEFORE, None, Outcome.NOT_DONE),
        (State.REPORTED, BEFORE, None, Outcome.NOT_DONE),
        # The day of the deadline itself is still time.
        (State.IN_WORK, TODAY, None, Outcome.AHEAD),
        (State.REPORTED, AFTER, None, Outcome.AHEAD),
        (State.IN_WORK, None, None, Outcome.LEFT_OUT),
        (State.DONE, None, BEFORE, Outcome.LEFT_OUT),
    ],
)
def test_how_an_assignment_counts(state: State, due: dt.date | None, done_on: dt.date | None, expected: Outcome) -> None:
    assert outcome(state, due, done_on, TODAY) is expected


@pytest.mark.parametrize(
    ("due", "until", "expected"),
    [
        (None, TODAY, Lateness(0, 0)),
        (TODAY, TODAY, Lateness(0, 0)),
        (AFTER, TODAY, Lateness(0, 0)),
        # From Friday to Monday.
        (dt.date(2026, 3, 13), TODAY, Lateness(3, 1)),
        # Over the eighth of March, a Sunday moved to Monday.
        (dt.date(2026, 3, 6), dt.date(2026, 3, 10), Lateness(4, 1)),
    ],
)
def test_days_late_are_of_the_calendar_with_working_days_beside(due: dt.date | None, until: dt.date, expected: Lateness) -> None:
    assert lateness(due, until, Calendar()) == expected


def test_the_figures_of_a_person() -> None:
    rows = [
        Judged(State.DONE, BEFORE, BEFORE, BEFORE),
        Judged(State.REMOVED, BEFORE, dt.date(2026, 3, 1), BEFORE),
        Judged(State.DONE, BEFORE, AFTER, TODAY),
        Judged(State.REPORTED, BEFORE, BEFORE, None),
        Judged(State.NEW, BEFORE, BEFORE, None),
        Judged(State.NEW, AFTER, BEFORE, None),
        Judged(State.CANCELLED, BEFORE, dt.date(2026, 3, 1), None),
        Judged(State.REMOVED, BEFORE, dt.date(2026, 3, 1), None),
    ]
    found = tally(rows, TODAY)
    assert found == Tally(in_time=2, done_late=1, not_done=2, ahead=1, extended=2, on_check=1)
    # The one ahead is no failure yet: two of five.
    assert (found.all, found.judged, found.share) == (6, 5, 40)


@pytest.mark.parametrize(
    ("in_time", "judged", "share"),
    [(0, 0, None), (0, 3, 0), (1, 3, 33), (7, 11, 64), (2, 3, 67), (1, 8, 13), (249, 250, 99), (1, 1000, 1), (7, 7, 100)],
)
def test_the_share_is_rounded_half_up_and_only_all_are_a_hundred_and_only_none_nothing(in_time: int, judged: int, share: int | None) -> None:
    assert Tally(in_time=in_time, not_done=judged - in_time).share == share


days = st.dates(dt.date(2026, 2, 1), dt.date(2026, 5, 1))
judged = st.builds(
    Judged, st.sampled_from(list(State)).map(str), st.none() | days, st.none() | days, st.none() | days
)


@given(st.lists(judged, max_size=12), st.lists(judged, max_size=12))
def test_figures_of_two_lists_are_those_of_both_together(one: list[Judged], other: list[Judged]) -> None:
    assert tally(one, TODAY) + tally(other, TODAY) == tally([*one, *other], TODAY)


@given(st.lists(judged, max_size=12))
def test_whatever_is_live_and_late_is_counted_as_not_done(rows: list[Judged]) -> None:
    late = [row for row in rows if row.state in LIVE and row.due is not None and row.due < TODAY]
    assert tally(rows, TODAY).not_done == len(late)
