"""What the words of a period can mean, before a plan gives them their years."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, replace
from typing import Literal

Bound = Literal["within", "until", "from"]
LAST_DAY = 0


@dataclass(frozen=True, slots=True)
class Dated:
    """Days that are wholly known; an open side is None. Only an end is a deadline."""

    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a year without the year itself: (month, day) to (month, day), or ``LAST_DAY``.

    Where the end comes before the start it lies in the next year (ноябрь–февраль). ``half`` is 1 or 2 for a
    half-year: a school year has halves of its own. ``bound`` says whether the days are a range, only
    the end counts («до») or only the start («с»).
    """

    start: tuple[int, int]
    end: tuple[int, int]
    bound: Bound = "within"
    half: int = 0

    @property
    def wraps(self) -> bool:
        return self.end[0] < self.start[0] or (
            self.end[0] == self.start[0] and 0 < self.end[1] < self.start[1]
        )

    @property
    def is_day(self) -> bool:
        return self.start == self.end

    def in_years(self, first: int, last: int) -> Dated | None:
        """The days with the start in one year and the end in another; None if there is no such day."""
        start, end = _date(first, self.start), _date(last, self.end)
        if start is None or end is None or start > end:
            return None
        return bounded(start, end, "until" if self.is_day and self.bound == "within" else self.bound)

    def in_year(self, year: int) -> Dated | None:
        """The days that begin in the year."""
        return self.in_years(year, year + 1 if self.wraps else year)

    def in_school_year(self, year: int) -> Dated | None:
        """The days within the school year that begins in the year."""
        window = self
        if self.half == 1:
            window = replace(self, start=(9, 1), end=(12, 31))
        elif self.half == 2:
            window = replace(self, start=(1, 1), end=(8, 31))
        # «август–сентябрь» begins a school year, although its August is still the year before.
        begins = window.start[0] >= 9 or (not window.wraps and window.start[0] == 8 and window.end[0] >= 9)
        return window.in_year(year if begins else year + 1)


@dataclass(frozen=True, slots=True)
class Years:
    """Whole years, school years (by the year they begin in) or a year named by its place («текущего года»).

    ``relative`` is 0 for the current year, 1 for the next; then ``first`` and ``last`` are 0.
    """

    first: int
    last: int
    school: bool = False
    bound: Bound = "within"
    relative: int | None = None

    def dated(self) -> Dated:
        if self.school:
            return bounded(dt.date(self.first, 9, 1), dt.date(self.last + 1, 8, 31), self.bound)
        return bounded(dt.date(self.first, 1, 1), dt.date(self.last, 12, 31), self.bound)

    def give(self, window: Window) -> list[Dated | None]:
        """The window in each of these years; one that wraps lies across two named years, once."""
        if self.school:
            return [window.in_school_year(year) for year in range(self.first, self.last + 1)]
        if window.wraps and self.first == self.last:
            return [window.in_years(self.first - 1, self.last)]
        if window.wraps and self.last == self.first + 1:
            return [window.in_years(self.first, self.last)]
        return [window.in_year(year) for year in range(self.first, self.last + 1)]


@dataclass(frozen=True, slots=True)
class Repeats:
    """``every`` is the value of ``Term.recurrence``; ``counted`` when said as so many times per so long."""

    every: str
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Lasts:
    """«постоянно», «в течение года»."""


@dataclass(frozen=True, slots=True)
class ByPlan:
    """A reference to another plan. A ``weak`` one («в рамках …») only comments on days beside it."""

    weak: bool = False


@dataclass(frozen=True, slots=True)
class OnDemand:
    """«по запросу»."""


@dataclass(frozen=True, slots=True)
class Onward:
    """«и далее»."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that no rule of the grammar knows."""


What = Dated | Window | Years | Repeats | Lasts | ByPlan | OnDemand | Onward | Unread


@dataclass(frozen=True, slots=True)
class Piece:
    """A meaning and the tokens it came from: ``first`` up to, not including, ``after``."""

    first: int
    after: int
    what: What


def bounded(start: dt.date, end: dt.date, bound: Bound) -> Dated:
    """The days as a range, or only the side that the bound leaves."""
    return Dated(None if bound == "until" else start, None if bound == "from" else end)


def exists(month_and_day: tuple[int, int]) -> bool:
    """Whether some year has this day."""
    return _date(2000, month_and_day) is not None


def _date(year: int, month_and_day: tuple[int, int]) -> dt.date | None:
    month, day = month_and_day
    try:
        return dt.date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None
