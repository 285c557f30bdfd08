"""What reports count, said plainly: the database makes the same counts over many rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from roadmapdocs.assignments.reports_rules import Period, Tally, is_extended
from roadmapdocs.assignments.words import FULFILLED, LIVE, State


class Outcome(StrEnum):
    """How an assignment with a deadline counts: в срок, с опозданием, не исполнено, срок впереди; or not at all."""

    IN_TIME = "in_time"
    DONE_LATE = "done_late"
    NOT_DONE = "not_done"
    AHEAD = "ahead"
    LEFT_OUT = "left_out"


def outcome(state: str, due: dt.date | None, done_on: dt.date | None, today: dt.date) -> Outcome:
    """By the deadline in force. What was cancelled, removed without execution, or never had a deadline is left out.

    A report that nobody has accepted yet is no execution: until then the assignment is not done.
    """
    if due is None:
        return Outcome.LEFT_OUT
    if state in LIVE:
        return Outcome.NOT_DONE if due < today else Outcome.AHEAD
    if state in FULFILLED and done_on is not None:
        return Outcome.IN_TIME if done_on <= due else Outcome.DONE_LATE
    return Outcome.LEFT_OUT


@dataclass(frozen=True, slots=True)
class Judged:
    """What the figures need of one assignment."""

    state: str
    due: dt.date | None
    first_due: dt.date | None
    done_on: dt.date | None


def tally(rows: Iterable[Judged], today: dt.date) -> Tally:
    """The figures of these assignments."""
    counted = Tally()
    for row in rows:
        how = outcome(row.state, row.due, row.done_on, today)
        if how is Outcome.LEFT_OUT:
            continue
        counted += Tally(
            in_time=how is Outcome.IN_TIME,
            done_late=how is Outcome.DONE_LATE,
            not_done=how is Outcome.NOT_DONE,
            ahead=how is Outcome.AHEAD,
            extended=is_extended(row.first_due, row.due),
            on_check=how is Outcome.NOT_DONE and row.state == State.REPORTED,
        )
    return counted


def holds(period: Period, day: dt.date) -> bool:
    return (period.since is None or period.since <= day) and (period.until is None or day <= period.until)
