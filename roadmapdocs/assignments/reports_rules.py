"""What a report counts: how one assignment stands on a day, how late it is, and the figures of many.

Every count of :mod:`roadmapdocs.assignments.reports_discipline` is made by the database; this is the same said plainly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from roadmapdocs.assignments.words import FULFILLED, LIVE, State
from roadmapdocs.workdays.rules import Calendar


class Outcome(StrEnum):
    """How an assignment with a deadline counts: в срок, с опозданием, не исполнено, срок впереди; or not at all."""

    IN_TIME = "in_time"
    DONE_LATE = "done_late"
    NOT_DONE = "not_done"
    AHEAD = "ahead"
    LEFT_OUT = "left_out"


#: What has fallen due and is judged.
JUDGED: Final = (Outcome.IN_TIME, Outcome.DONE_LATE, Outcome.NOT_DONE)


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
class Lateness:
    """Days after the deadline: of the calendar, and working ones among them; both 0 for what is not late."""

    days: int
    working: int


def lateness(due: dt.date | None, until: dt.date, calendar: Calendar) -> Lateness:
    """``until`` is the day of the execution, or today while there is none."""
    if due is None or until <= due:
        return Lateness(0, 0)
    return Lateness((until - due).days, calendar.between(due, until))


@dataclass(frozen=True, slots=True)
class Judged:
    """What the figures need of one assignment."""

    state: str
    due: dt.date | None
    first_due: dt.date | None
    done_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of assignments whose deadline lies in a period.

    ``extended`` are those of them that had an earlier deadline at first, ``on_check`` those not done that are reported.
    """

    in_time: int = 0
    done_late: int = 0
    not_done: int = 0
    ahead: int = 0
    extended: int = 0
    on_check: int = 0

    @property
    def all(self) -> int:
        return self.in_time + self.done_late + self.not_done + self.ahead

    @property
    def judged(self) -> int:
        """All that have fallen due: what the share is taken of."""
        return self.in_time + self.done_late + self.not_done

    @property
    def share(self) -> int | None:
        """In time ÷ all due, whole percent; None where nothing has fallen due. Rounded down: 99,9 % is not all."""
        return self.in_time * 100 // self.judged if self.judged else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.in_time + other.in_time,
            self.done_late + other.done_late,
            self.not_done + other.not_done,
            self.ahead + other.ahead,
            self.extended + other.extended,
            self.on_check + other.on_check,
        )


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


def is_extended(first_due: dt.date | None, due: dt.date | None) -> bool:
    """A deadline that was moved back: one that was brought forward is no extension."""
    return first_due is not None and due is not None and first_due < due


@dataclass(frozen=True, slots=True)
class Period:
    """Days of a report, both inside; None leaves that side open."""

    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
