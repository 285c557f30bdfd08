"""Totals of a roadmap's slots."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.coverage.rules import Slot, State
from roadmapdocs.coverage.totals import Row, totals

TODAY = dt.date(2025, 11, 14)


def row(due: str | None, state: State, section: str = "1", *, suggested: bool = False) -> Row:
    day = dt.date.fromisoformat(due) if due else None
    return Row(Slot(1, day.year if day else None, None, day, day, suggested=suggested), state, section, due)


ROWS = (
    row("2024-01-31", State.PROVED),
    row("2025-09-30", State.LATE, "2"),
    row("2025-08-31", State.LATE, "2"),
    row("2025-11-14", State.IN_WORK, "2"),
    row("2025-11-21", State.IN_WORK),
    row("2025-12-31", State.MISSING),
    row("2026-03-01", State.MISSING),
    row("2026-01-31", State.PROVED),
    row("2025-05-31", State.NOT_REQUIRED),
    row(None, State.MISSING, "2"),
    row("2025-01-31", State.MISSING, suggested=True),
)


def test_progress_counts_only_what_is_due_by_today() -> None:
    found = totals(ROWS, TODAY).whole

    # Due: January 2024, August, September and today; of them only the first is proved.
    assert (found.proved, found.due, found.late) == (1, 4, 2)
    assert found.all == 10
    assert dict(found.counts) == {
        State.PROVED: 2,
        State.IN_WORK: 2,
        State.MISSING: 3,
        State.LATE: 2,
        State.NOT_REQUIRED: 1,
    }


def test_the_next_due_day_is_of_what_is_not_proved_yet_and_today_counts() -> None:
    assert totals(ROWS, TODAY).whole.next_due == TODAY
    assert totals(ROWS, dt.date(2025, 11, 15)).whole.next_due == dt.date(2025, 11, 21)
    # 14, 21 November and 31 December
    assert totals(ROWS, TODAY).whole.due_this_year == 3


def test_each_section_and_year_has_its_own_score() -> None:
    found = totals(ROWS, TODAY)

    assert [(key, score.proved, score.due, score.late) for key, score in found.sections.items()] == [
        ("1", 1, 1, 0),
        ("2", 0, 3, 2),
    ]
    assert [(year, score.all, score.due) for year, score in found.years.items()] == [
        (2024, 1, 1),
        (2025, 6, 3),
        (2026, 2, 0),
        (None, 1, 0),
    ]


def test_the_timeline_has_one_mark_for_each_document_in_the_month_of_its_due_day() -> None:
    found = totals(ROWS, TODAY)

    assert list(found.months)[:3] == [dt.date(2024, 1, 1), dt.date(2025, 5, 1), dt.date(2025, 8, 1)]
    assert found.months[dt.date(2025, 11, 1)] == (State.IN_WORK, State.IN_WORK)
    assert sum(len(marks) for marks in found.months.values()) == 9


def test_the_longest_overdue_comes_first() -> None:
    assert [late.item for late in totals(ROWS, TODAY).late] == ["2025-08-31", "2025-09-30"]


def test_a_roadmap_without_slots_has_zero_of_everything() -> None:
    found = totals((), TODAY)

    assert (found.whole.all, found.whole.due, found.whole.next_due) == (0, 0, None)
    assert (dict(found.sections), dict(found.years), dict(found.months), found.late) == ({}, {}, {}, ())


rows = st.lists(
    st.builds(
        row,
        st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)).map(dt.date.isoformat),
        st.sampled_from(State),
        st.sampled_from("123"),
        suggested=st.booleans(),
    ),
    max_size=30,
)


@given(rows, st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)))
def test_sections_and_years_add_up_to_the_whole(given_rows: list[Row], today: dt.date) -> None:
    found = totals(given_rows, today)

    assert found.whole.all == sum(not one.slot.suggested for one in given_rows)
    for parts in (found.sections.values(), found.years.values()):
        for state in State:
            assert sum(part.counts[state] for part in parts) == found.whole.counts[state]
        assert sum(part.due for part in parts) == found.whole.due
        assert sum(part.proved for part in parts) == found.whole.proved
    assert 0 <= found.whole.proved <= found.whole.due <= found.whole.all
    assert len(found.late) == found.whole.late
