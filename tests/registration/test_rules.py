"""Periods, dates and stretches of numbers as plain decisions."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.errors import Refusal
from roadmapdocs.registration.rules import (
    EntryState,
    GapLine,
    Neighbour,
    Reset,
    check_date,
    check_order,
    check_reason,
    gap_lines,
    may_close,
    period_key,
)

TODAY = dt.date(2026, 3, 16)
MONDAY, TUESDAY, WEDNESDAY = dt.date(2026, 3, 9), dt.date(2026, 3, 10), dt.date(2026, 3, 11)


@pytest.mark.parametrize(
    ("reset", "on", "since", "period"),
    [
        (Reset.YEAR, dt.date(2026, 1, 1), None, "2026"),
        (Reset.YEAR, dt.date(2024, 2, 29), None, "2024"),
        (Reset.YEAR, dt.date(2025, 12, 31), None, "2025"),
        (Reset.NEVER, TODAY, None, "all"),
        (Reset.TERM, TODAY, dt.date(2024, 9, 1), "term:2024-09-01"),
        (Reset.TERM, dt.date(2024, 9, 1), dt.date(2024, 9, 1), "term:2024-09-01"),
    ],
)
def test_a_number_counts_in_the_period_of_its_day(reset: Reset, on: dt.date, since: dt.date | None, period: str) -> None:
    assert period_key(reset, on, since) == period


def test_a_day_before_the_term_is_no_day_of_it() -> None:
    with pytest.raises(Refusal, match=r"01\.09\.2024") as refused:
        period_key(Reset.TERM, dt.date(2024, 8, 31), dt.date(2024, 9, 1))
    assert refused.value.code == "before_term"


@pytest.mark.parametrize(
    ("on", "signed_on", "code", "told"),
    [
        (TODAY + dt.timedelta(1), None, "future_date", "16.03.2026"),
        (dt.date(9999, 12, 31), None, "future_date", "16.03.2026"),
        (MONDAY, TUESDAY, "before_signing", "10.03.2026"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_one_that_can(
    on: dt.date, signed_on: dt.date | None, code: str, told: str
) -> None:
    with pytest.raises(Refusal) as refused:
        check_date(on, today=TODAY, signed_on=signed_on)
    assert refused.value.code == code
    assert told in refused.value.message
    assert refused.value.details["fields"] == {"date": refused.value.message}


@pytest.mark.parametrize("on", [TODAY, TUESDAY, dt.date(1, 1, 1)])
def test_today_and_any_day_before_it_may_be_the_date(on: dt.date) -> None:
    check_date(on, today=TODAY, signed_on=None)
    check_date(on, today=TODAY, signed_on=on)


@pytest.mark.parametrize(
    ("on", "previous", "following", "code"),
    [
        (TUESDAY, TUESDAY, None, None),
        (TUESDAY, None, TUESDAY, None),
        (TUESDAY, MONDAY, WEDNESDAY, None),
        (MONDAY, TUESDAY, None, "before_previous"),
        (WEDNESDAY, MONDAY, TUESDAY, "after_next"),
    ],
)
def test_dates_follow_the_order_of_numbers_unless_the_right_is_held(
    on: dt.date, previous: dt.date | None, following: dt.date | None, code: str | None
) -> None:
    before = Neighbour("4-П", previous) if previous else None
    after = Neighbour("6-П", following) if following else None
    assert check_order(on, before, after, backdating=True) == (code is not None)
    if code is None:
        assert check_order(on, before, after, backdating=False) is False
        return
    with pytest.raises(Refusal) as refused:
        check_order(on, before, after, backdating=False)
    assert refused.value.code == code
    assert "10.03.2026" in refused.value.message


@pytest.mark.parametrize("reason", ["", "  \n", "х" * 2_001])
def test_a_reason_is_said_and_is_no_novel(reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_reason(reason)
    assert refused.value.code == "reason"


def test_a_reason_may_be_in_any_words() -> None:
    assert check_reason(" <b>забыли</b> 😀 ") == "<b>забыли</b> 😀"


@pytest.mark.parametrize(
    ("reset", "period", "today", "closes"),
    [
        (Reset.YEAR, "2026", dt.date(2026, 12, 30), False),
        (Reset.YEAR, "2026", dt.date(2026, 12, 31), True),
        (Reset.YEAR, "2025", dt.date(2026, 1, 12), True),
        (Reset.TERM, "term:2024-09-01", TODAY, True),
    ],
)
def test_a_year_is_closed_when_it_is_over(reset: Reset, period: str, today: dt.date, closes: bool) -> None:
    assert may_close(reset, period, today) is closes


def test_stretches_have_one_state_and_one_reason() -> None:
    entries = [(1, "registered", ""), (4, "free", "отозван"), (5, "free", "отозван"), (6, "annulled", "дубль")]
    assert gap_lines(12, entries, [(7, 9, "испорчены"), (9, 9, "на бумаге")]) == [
        GapLine(2, 3, "never"),
        GapLine(4, 5, "free", "отозван"),
        GapLine(6, 6, "annulled", "дубль"),
        GapLine(7, 8, "never", "испорчены"),
        GapLine(9, 9, "never", "на бумаге"),
        GapLine(10, 12, "never"),
    ]


def test_a_journal_without_numbers_has_no_gaps() -> None:
    assert gap_lines(0, [], [(1, 5, "никогда")]) == []


def test_millions_of_numbers_never_given_are_one_line() -> None:
    assert gap_lines(9_999_999, [(9_999_999, "registered", "")], []) == [GapLine(1, 9_999_998, "never")]


_explained = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 10), st.sampled_from("абв")).map(lambda one: (one[0], one[0] + one[1], one[2])),
    max_size=5,
)


@given(
    st.integers(0, 30),
    st.dictionaries(st.integers(1, 30), st.tuples(st.sampled_from(list(EntryState)), st.sampled_from(["", "а"]))),
    _explained,
)
def test_stretches_say_of_each_number_what_looking_at_it_alone_says(
    last: int, entries: dict[int, tuple[EntryState, str]], explained: list[tuple[int, int, str]]
) -> None:
    entries = {n: said for n, said in entries.items() if n <= last}
    expected = {}
    for n in range(1, last + 1):
        if n not in entries:
            expected[n] = ("never", ([""] + [why for first, end, why in explained if first <= n <= end])[-1])
        elif entries[n][0] is not EntryState.REGISTERED:
            expected[n] = (str(entries[n][0]), entries[n][1])
    lines = gap_lines(last, [(n, *said) for n, said in entries.items()], explained)
    assert {n: (one.state, one.reason) for one in lines for n in range(one.first, one.last + 1)} == expected
    assert all(
        (one.last + 1, one.state, one.reason) != (other.first, other.state, other.reason)
        for one, other in pairwise(lines)
    )
