"""The days on which something recurs: a recurrence as terms have it (:class:`roadmapdocs.russian.terms.Term`).

They are nominal days: :func:`roadmapdocs.assignments.deadlines.turns` moves them off weekends and holidays.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

#: The anchor of what falls on the last day of each month.
MONTH_END: Final = 31
#: After the last day of this year nothing recurs.
_LAST_YEAR: Final = 9990
_DAY: Final = dt.timedelta(1)
_FRIDAY: Final = 5
_MONTHS: Final = {"year": 12, "half-year": 6, "quarter": 3, "month": 1}
_DAYS: Final = {"week": 7, "day": 1}
_WORDS: Final = {"yearly": "year", "half-yearly": "half-year", "quarterly": "quarter", "monthly": "month", "weekly": "week", "daily": "day"}
# Schools divide their year by acts of their own; these are the usual last days, (month, day or 0 for the month's last).
_SCHOOL_YEAR: Final = ((8, 31),)
_SEMESTERS: Final = ((12, 31), (5, 31))
_TRIMESTERS: Final = ((11, 30), (2, 0), (5, 31))
_SCHOOL_QUARTERS: Final = ((10, 31), (12, 31), (3, 31), (5, 31))
_SCHOOL: Final = {
    "school year": _SCHOOL_YEAR,
    "semester": _SEMESTERS,
    "trimester": _TRIMESTERS,
    "school quarter": _SCHOOL_QUARTERS,
}
_BY_TIMES: Final = {2: _SEMESTERS, 3: _TRIMESTERS, 4: _SCHOOL_QUARTERS}
_EVERY = re.compile(r"every (?P<every>[1-9][0-9]{0,2}) (?P<unit>[a-z -]+?)s?")
_PER = re.compile(r"(?P<times>[1-9][0-9]{0,2}) per (?:(?P<every>[1-9][0-9]{0,2}) )?(?P<unit>[a-z -]+?)s?")


@dataclass(frozen=True, slots=True)
class Beat:
    """So many ``times`` in each period: of so many ``months``, ``days``, or ``years`` of school cut into ``parts``."""

    times: int = 1
    months: int = 0
    days: int = 0
    years: int = 0
    parts: tuple[tuple[int, int], ...] = ()


def beat_of(recurrence: str) -> Beat | None:
    """
    >>> beat_of("2 per year")
    Beat(times=2, months=12, days=0, years=0, parts=())
    """
    if recurrence in _WORDS:
        return _beat(1, 1, _WORDS[recurrence])
    if found := _EVERY.fullmatch(recurrence):
        return _beat(1, int(found["every"]), found["unit"])
    if found := _PER.fullmatch(recurrence):
        return _beat(int(found["times"]), int(found["every"] or 1), found["unit"])
    return None


def can_recur(recurrence: str) -> bool:
    """Whether :func:`occurrences` knows it."""
    return beat_of(recurrence) is not None


def occurrences(recurrence: str, *, starts: dt.date, ends: dt.date | None = None, anchor: int = 0) -> Iterator[dt.date]:
    """Nominal days from ``starts`` to ``ends``, both inside, strictly growing; endless without ``ends``.

    ``anchor`` 0: the last day of each calendar period; else the day of the month (31: its last) or, of weeks,
    of the week (Monday is 1); see :class:`roadmapdocs.assignments.plans.Deadline`. Periods of several years, months
    or weeks are counted from ``starts``. Twice and more often in a period falls on even parts of it.

    :raise ValueError: for a recurrence that terms do not have, or an anchor that is no day
    """
    beat = beat_of(recurrence)
    if beat is None or not 0 <= anchor <= MONTH_END:
        raise ValueError(f"nothing recurs by {recurrence!r} on the day {anchor}")
    last = ends or dt.date(_LAST_YEAR, 12, 31)
    for day in _days(beat, starts, anchor):
        if day > last:
            return
        if day >= starts:
            yield day


def on_day(year: int, month: int, day: int) -> dt.date:
    """The day of that month, or its last where it is shorter. ``month`` may run beyond 12, into the next years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, min(day, monthrange(year, month)[1]))


def _beat(times: int, every: int, unit: str) -> Beat | None:
    if unit in _MONTHS:
        return Beat(times, months=_MONTHS[unit] * every)
    if unit in _DAYS:
        return Beat(times, days=_DAYS[unit] * every)
    if unit in _SCHOOL:
        parts = _BY_TIMES.get(times) if unit == "school year" else None
        return Beat(1 if parts else times, years=every, parts=parts or _SCHOOL[unit])
    return None


def _days(beat: Beat, starts: dt.date, anchor: int) -> Iterator[dt.date]:
    """The days of a beat in order, from before ``starts`` or on it."""
    if beat.parts:
        return _by_school(beat, starts)
    if beat.days:
        return _by_days(beat, starts, anchor)
    if beat.months % beat.times == 0:
        # Four times in a year is once in a quarter.
        beat = replace(beat, times=1, months=beat.months // beat.times)
        return _on_anchor(beat.months, starts, anchor) if anchor else _by_months(beat, starts)
    return _by_months(beat, starts)


def _on_anchor(months: int, starts: dt.date, anchor: int) -> Iterator[dt.date]:
    """From the first such day on ``starts`` or after it, each so many months."""
    begins = starts.month + (on_day(starts.year, starts.month, anchor) < starts)
    for month in count(begins, months):
        yield on_day(starts.year, month, anchor)


def _by_months(beat: Beat, starts: dt.date) -> Iterator[dt.date]:
    # What divides the year, or is made of years, follows the calendar.
    begins = 1 if 12 % beat.months == 0 or beat.months % 12 == 0 else starts.month
    for month in count(begins, beat.months):
        first = on_day(starts.year, month, 1)
        yield from _parts(first, on_day(first.year, first.month + beat.months - 1, MONTH_END), beat.times)


def _by_days(beat: Beat, starts: dt.date, anchor: int) -> Iterator[dt.date]:
    if beat.days % 7:
        first = starts
    elif beat.times == 1:
        first = starts + _DAY * (((anchor or _FRIDAY) - starts.isoweekday()) % 7)
    else:
        first = starts - _DAY * (starts.isoweekday() - 1)
    for number in count():
        begins = first + _DAY * beat.days * number
        if beat.times == 1:
            yield begins
        else:
            yield from _parts(begins, begins + _DAY * (_worked(beat) - 1), beat.times)


def _worked(beat: Beat) -> int:
    """Days of the period among which the times are parted: of weeks, Monday to the last Friday while they suffice."""
    return beat.days - 2 if beat.days % 7 == 0 and beat.times <= beat.days - 2 else beat.days


def _by_school(beat: Beat, starts: dt.date) -> Iterator[dt.date]:
    begins = starts.year - (starts.month < 9)
    for year in count(begins, beat.years):
        first = dt.date(year, 9, 1)
        for month, day in beat.parts:
            last = on_day(year + (month < 9), month, day or MONTH_END)
            yield from _parts(first, last, beat.times)
            first = last + _DAY


def _parts(first: dt.date, last: dt.date, times: int) -> Iterator[dt.date]:
    """The last days of ``times`` even parts of a period; of no more parts than it has days."""
    days = (last - first).days + 1
    times = min(times, days)
    for part in range(1, times + 1):
        yield first + _DAY * (-(-days * part // times) - 1)
