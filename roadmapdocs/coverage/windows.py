"""A term unrolled into windows of time: the calendar half of coverage, with no word of documents yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from roadmapdocs.coverage.months import due_in, month_end
from roadmapdocs.russian.terms import Term

# Kinds that somebody else's plan or need drives: never late by themselves.
_NEVER_LATE = frozenset({"external_plan", "on_demand", "unspecified"})
# What recurs within a month («ежедневно», «раз в две недели») is asked for once a month; weekly work every week.
_MONTHS = {"yearly": 12, "half-yearly": 6, "quarterly": 3, "monthly": 1, "weekly": 1, "daily": 1}
_UNIT_MONTHS = {"year": 12, "half-year": 6, "quarter": 3, "month": 1, "week": 1, "day": 1}
_SCHOOL_PARTS = {"school quarter": 4, "school trimester": 3, "trimester": 3, "semester": 2, "school semester": 2}
_EVERY = re.compile(r"every ([0-9]{1,2}) (year|month|week|day)s?")
_PER = re.compile(r"([0-9]{1,3}|[a-z]+) per (year|half-year|quarter|month|week|day)")
_PER_YEARS = re.compile(r"([0-9]{1,3}|[a-z]+) per ([0-9]{1,2}) years")
_PER_SCHOOL = re.compile(r"([0-9]{1,3}|[a-z]+) per (school year|school quarter|(?:school )?trimester|(?:school )?semester)")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# A recurrence over more years than this, or outside of these, is a misread date, not a plan.
_LONGEST = 50
EARLIEST, LATEST = 1900, 2200


@dataclass(frozen=True, slots=True)
class Window:
    """One period of a term. ``late``: its end is a due date. ``column``: it stood in the column of its year."""

    start: dt.date | None
    end: dt.date | None
    late: bool
    year: int | None
    label: str
    quantity: int = 1
    column: bool = False


def windows(term: Term, period: tuple[int, int] | None) -> tuple[Window, ...]:
    """The windows of ``term``, bounded by itself, else by its year column, else by the plan's ``period``.

    A term never vanishes: what cannot be unrolled for want of bounds is one window that is never late.
    """
    start, end = _bounds(term, period)
    late = term.kind not in _NEVER_LATE
    recurrence = term.recurrence or ("yearly" if term.kind == "continuous" else None)
    if recurrence is None:
        return (_single(term, start, end, late and term.kind != "recurring"),)
    if start is None or end is None or not _can_unroll(start, end):
        return (_single(term, start, end, False),)
    return tuple(_recurring(term, recurrence, start, end, late)) or (_single(term, start, end, False),)


def _bounds(term: Term, period: tuple[int, int] | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day. A lone end is a deadline and stays without a start, unless the term recurs."""
    start, end = term.start, term.end
    bare = start is None and end is None
    years = (term.year, term.year) if term.year is not None and (bare or period is None) else period
    repeats = term.recurrence is not None or term.kind == "continuous"
    fills = repeats or term.kind == "range" or term.year is not None
    if fills and years is not None and EARLIEST <= years[0] <= years[1] <= LATEST:
        if start is None and (bare or repeats):
            start = dt.date(years[0], 1, 1)
        if end is None:
            end = dt.date(years[1], 12, 31)
            end = None if start is not None and start > end else end
    if start is not None and end is not None and start > end:
        start = None
    return start, end


def _can_unroll(start: dt.date, end: dt.date) -> bool:
    return start.year >= EARLIEST and end.year <= LATEST and end.year - start.year < _LONGEST


def _single(term: Term, start: dt.date | None, end: dt.date | None, late: bool) -> Window:
    shown = end or start
    year = term.year if term.year is not None else shown.year if shown else None
    return Window(start, end, late and end is not None, year, term.text, column=term.year is not None)


def _recurring(term: Term, recurrence: str, start: dt.date, end: dt.date, late: bool) -> Iterator[Window]:
    column = term.year is not None

    def window(first: dt.date, last: dt.date, quantity: int = 1, due: bool = True) -> Window:
        return Window(first, last, late and due, last.year, term.text, quantity, column)

    if several := _PER_SCHOOL.fullmatch(recurrence):
        quantity = _number(several[1]) * _SCHOOL_PARTS.get(several[2], 1)
        for first, last in _school_years(start, end):
            yield window(first, last, quantity)
        return
    years, months, quantity = _step(recurrence)
    if years:
        for first, last, whole in _every_years(start, end, years):
            yield window(first, last, quantity, due=whole)
    elif months:
        text = term.text if recurrence == "yearly" and term.kind == "recurring" else ""
        for first, last in _calendar(start, end, months, text):
            if wanted := _sundays(first, last) if recurrence == "weekly" else quantity:
                yield window(first, last, wanted)


def _step(recurrence: str) -> tuple[int, int, int]:
    """(years, months, quantity) of a recurrence: how long its period is, in one of the two, and how many it asks for.

    All zero for a recurrence that is not understood.
    """
    if months := _MONTHS.get(recurrence):
        return 0, months, 1
    if every := _EVERY.fullmatch(recurrence):
        number = max(1, int(every[1]))
        if every[2] == "year":
            return number, 0, 1
        return 0, min(number, 12) if every[2] == "month" else 1, 1
    if several := _PER_YEARS.fullmatch(recurrence):
        return max(1, int(several[2])), 0, _number(several[1])
    if several := _PER.fullmatch(recurrence):
        within_month = several[2] in {"week", "day"}
        return 0, _UNIT_MONTHS[several[2]], 1 if within_month else _number(several[1])
    return 0, 0, 0


def _every_years(start: dt.date, end: dt.date, step: int) -> Iterator[tuple[dt.date, dt.date, bool]]:
    """Windows of ``step`` years from the first one, and whether the window lies wholly within the bounds.

    The last one may reach beyond the plan: the document may then come after it, so it is not late.
    """
    for year in range(start.year, end.year + 1, step):
        last = dt.date(min(year + step - 1, end.year), 12, 31)
        yield max(start, dt.date(year, 1, 1)), min(end, last), year + step - 1 <= end.year


def _calendar(start: dt.date, end: dt.date, months: int, text: str) -> Iterator[tuple[dt.date, dt.date]]:
    """Calendar years, halves, quarters or months that overlap the bounds, cut to them.

    A month or day named in ``text`` closes the window of each year; a year whose day lies outside the bounds
    is left out.
    """
    for year in range(start.year, end.year + 1):
        for month in range(1, 13, months):
            first = max(start, dt.date(year, month, 1))
            last = month_end(year, min(month + months - 1, 12))
            named = due_in(year, text) if text else last
            if first <= min(named, end) and (named == last or named <= end):
                yield first, min(named, end)


def _school_years(start: dt.date, end: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """School years (1 September – 31 August) wholly within the bounds; the bounds themselves if there is none.

    A part of a school year cannot be asked for the whole year's number of documents.
    """
    whole = [
        (dt.date(year, 9, 1), dt.date(year + 1, 8, 31))
        for year in range(start.year, end.year)
        if start <= dt.date(year, 9, 1) and dt.date(year + 1, 8, 31) <= end
    ]
    yield from whole or [(start, end)]


def _sundays(first: dt.date, last: dt.date) -> int:
    """Weeks that end within the window: how many weekly documents it asks for."""
    return (last.toordinal()) // 7 - (first.toordinal() - 1) // 7


def _number(word: str) -> int:
    if word.isdecimal():
        return max(1, int(word))
    return _NUMBERS.index(word) + 1 if word in _NUMBERS else 1
