"""The arithmetic of deadlines (domain.md §11): from how a deadline was said to the day on which it falls.

A deadline is counted from the day of signing, which is not counted itself; one on a day off moves as the office
decided (:mod:`roadmapdocs.assignments.house`). Nothing here reads a clock or the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.recurrences import MONTH_END, can_recur, occurrences, on_day
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.workdays.rules import Calendar

_DAY: Final = dt.timedelta(1)
#: Calendar days of «срочно» and «оперативно».
URGENT_DAYS, PROMPT_DAYS = 3, 10
#: What a series gives, one after another.
IN_SERIES: Final = (DeadlineKind.PERIODIC, DeadlineKind.DATES)
#: A deadline beyond so many years is a mistyped one.
MOST_YEARS: Final = 20
#: Of «within … days», and days of one list.
MOST_DAYS, MOST_DATES = 3_650, 366
#: More days off than this in one go, and the calendar is kept wrongly: the deadline stays where it is.
_LONGEST_REST: Final = 60


def due_of(deadline: Deadline, *, counted_from: dt.date, calendar: Calendar, on_day_off: str) -> dt.date | None:
    """The day on which it falls due; None for one without a day.

    Of PERIODIC and DATES: the one that ``date`` names, else the first on ``counted_from`` or after it. Where the
    working day before is ``counted_from`` or lies before it («срочно», signed on 30 December), the one after is meant;
    days of a series always move one way.
    """
    day = nominal_day(deadline, counted_from=counted_from, calendar=calendar)
    if day is None:
        return None
    due = moved(day, calendar, on_day_off)
    if due <= counted_from < day and deadline.kind not in IN_SERIES:
        return moved(day, calendar, "after")
    return due


def nominal_day(deadline: Deadline, *, counted_from: dt.date, calendar: Calendar) -> dt.date | None:
    """The day as it was said, before the calendar moves it."""
    match deadline.kind:
        case DeadlineKind.DATE:
            return deadline.date
        case DeadlineKind.URGENT:
            return counted_from + _DAY * URGENT_DAYS
        case DeadlineKind.PROMPT:
            return counted_from + _DAY * PROMPT_DAYS
        case DeadlineKind.MONTH:
            return on_day(counted_from.year, counted_from.month + (deadline.count or 1), counted_from.day)
        case DeadlineKind.DAYS:
            return counted_from + _DAY * deadline.count
        case DeadlineKind.WORKING_DAYS:
            return calendar.after(counted_from, deadline.count)
        case DeadlineKind.PERIODIC | DeadlineKind.DATES:
            return deadline.date or next(days_of(deadline, starts=counted_from), None)
        case DeadlineKind.OPEN:
            return None


def days_of(deadline: Deadline, *, starts: dt.date) -> Iterator[dt.date]:
    """Nominal days of PERIODIC or DATES from ``starts`` on, growing; none of another kind.

    :raise ValueError: for a recurrence that terms do not have
    """
    if deadline.kind is DeadlineKind.DATES:
        yield from (day for day in sorted(set(deadline.dates)) if day >= starts)
    elif deadline.kind is DeadlineKind.PERIODIC:
        yield from occurrences(deadline.recurrence, starts=starts, ends=deadline.until, anchor=deadline.anchor)


@dataclass(frozen=True, slots=True)
class Turn:
    """One of a series: the day as it was said, and the day to which the calendar moved it."""

    nominal: dt.date
    due: dt.date


def turns(days: Iterable[dt.date], calendar: Calendar, on_day_off: str) -> Iterator[Turn]:
    """Growing nominal days moved by the calendar; of several that come to fall on one day only the first stays."""
    last: dt.date | None = None
    for day in days:
        due = moved(day, calendar, on_day_off)
        if last is None or due > last:
            yield Turn(day, due)
            last = due


def executors_due(due: dt.date, calendar: Calendar) -> dt.date:
    """Co-executors have to be ready one working day before ``due``."""
    return _nearest(due - _DAY, calendar, -_DAY)


def moved(day: dt.date, calendar: Calendar, on_day_off: str) -> dt.date:
    """``day``, or from a day off the working day before («before») or after it («after»)."""
    if on_day_off == "stay":
        return day
    return _nearest(day, calendar, -_DAY if on_day_off == "before" else _DAY)


def _nearest(day: dt.date, calendar: Calendar, step: dt.timedelta) -> dt.date:
    """``day`` or the nearest working one in the direction of ``step``; ``day`` itself where there is none for long."""
    found = day
    for _number in range(_LONGEST_REST):
        if calendar.is_working(found):
            return found
        found += step
    return day


def why_not(deadline: Deadline, *, today: dt.date, allow_past: bool = False) -> str | None:
    """Why this cannot be the deadline of a new assignment, as a sentence; None: it can be."""
    match deadline.kind:
        case DeadlineKind.DATE:
            return _why_no_date(deadline.date, today, allow_past)
        case DeadlineKind.DAYS | DeadlineKind.WORKING_DAYS if not 1 <= deadline.count <= MOST_DAYS:
            return _("Say within how many days: from 1 to %(most)s.", most=MOST_DAYS)
        case DeadlineKind.MONTH if not 0 <= deadline.count <= MOST_YEARS * 12:
            return _("Say within how many months: from 1 to %(most)s.", most=MOST_YEARS * 12)
        case DeadlineKind.DATES:
            return _why_no_dates(deadline.dates, today, allow_past)
        case DeadlineKind.PERIODIC:
            return _why_not_periodic(deadline, today, allow_past)
    return None


def _why_no_date(day: dt.date | None, today: dt.date, allow_past: bool) -> str | None:
    if day is None:
        return _("The day of the deadline is not named. Name it.")
    if day < today and not allow_past:
        return _("The deadline %(day)s is past. Name a day from today on.", day=_shown(day))
    if abs(day.year - today.year) > MOST_YEARS:
        return _("The deadline %(day)s is more than %(years)s years away. Look at the year.", day=_shown(day), years=MOST_YEARS)
    return None


def _why_no_dates(days: tuple[dt.date, ...], today: dt.date, allow_past: bool) -> str | None:
    if not days:
        return _("The list of days is empty. Name at least one.")
    if len(days) > MOST_DATES:
        return _("There are %(number)s days in the list, and %(most)s at most can be. Make two series.", number=len(days), most=MOST_DATES)
    return next((why for day in days if (why := _why_no_date(day, today, allow_past))), None)


def _why_not_periodic(deadline: Deadline, today: dt.date, allow_past: bool) -> str | None:
    if not can_recur(deadline.recurrence):
        return _("How often it is to be done is not said. Choose how often.")
    if not 0 <= deadline.anchor <= MONTH_END:
        return _("%(day)s is no day of a month. Name one from 1 to 31, or leave it empty for the end of the period.", day=deadline.anchor)
    if deadline.date is not None and (why := _why_no_date(deadline.date, today, allow_past)):
        return why
    if deadline.until is None:
        return None
    if deadline.until < today and not allow_past:
        return _("The series would end on %(day)s, which is past. Name a later day.", day=_shown(deadline.until))
    if deadline.until.year - today.year > MOST_YEARS:
        return _("The series would end on %(day)s, more than %(years)s years from now. Look at the year.", day=_shown(deadline.until), years=MOST_YEARS)
    if next(days_of(deadline, starts=deadline.date or today), None) is None:
        return _("Nothing falls due until %(day)s. Name a later end of the series, or a single day.", day=_shown(deadline.until))
    return None


def _shown(day: dt.date) -> str:
    return day.strftime("%d.%m.%Y")
