"""What a report counts: how late one assignment is, and the figures of many."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from roadmapdocs.workdays.rules import Calendar


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
        """In time ÷ all due, whole percent, halves up; None where nothing has fallen due.

        100 are all and 0 are none: between them 99,9 % stays 99, and 0,1 % is 1.
        """
        if not self.judged:
            return None
        if self.in_time in {0, self.judged}:
            return 100 if self.in_time else 0
        return min(max((self.in_time * 200 + self.judged) // (self.judged * 2), 1), 99)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.in_time + other.in_time,
            self.done_late + other.done_late,
            self.not_done + other.not_done,
            self.ahead + other.ahead,
            self.extended + other.extended,
            self.on_check + other.on_check,
        )


def is_extended(first_due: dt.date | None, due: dt.date | None) -> bool:
    """A deadline that was moved back: one that was brought forward is no extension."""
    return first_due is not None and due is not None and first_due < due


@dataclass(frozen=True, slots=True)
class Period:
    """Days of a report, both inside; None leaves that side open."""

    since: dt.date | None = None
    until: dt.date | None = None
