"""Giving the windows of a period their years: from the words, the year column or the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roadmapdocs.russian.pieces import Dated, Piece, Window, Years


@dataclass(frozen=True, slots=True)
class Bounds:
    """The plan's first and last year and the year of the column, where they are known.

    ``school`` tells that the plan counts school years: from the first September to the last August.
    """

    years: tuple[int, int] | None = None
    column: int | None = None
    school: bool = False

    @property
    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day of the span."""
        if self.span is None:
            return None, None
        first, last = self.span
        if self.in_school_years:
            return dt.date(first, 9, 1), dt.date(last, 8, 31)
        return dt.date(first, 1, 1), dt.date(last, 12, 31)

    @property
    def in_school_years(self) -> bool:
        return self.school and self.column is None and self.years is not None and self.years[0] < self.years[1]

    def give(self, window: Window) -> list[Dated | None]:
        """The window in each year of the span; one over the turn of a year only where both its years are the plan's."""
        if self.span is None:
            return []
        first, last = self.span
        if self.in_school_years:
            return [window.in_school_year(year) for year in range(first, last)]
        return [window.in_year(year) for year in range(first, last + (not window.wraps or first == last))]

    @property
    def span(self) -> tuple[int, int] | None:
        """The years that a recurrence or a year left unsaid can mean."""
        return (self.column, self.column) if self.column is not None else self.years


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of the calendar and the tokens it came from.

    ``dated`` holds its days, several when the year is each of several years; empty when the words or the plan
    do not say the year, and then ``window`` is what is known. ``whole_years`` tells «2021» from «май 2021».
    ``certain`` is whether the year stands in the words.
    """

    first: int
    after: int
    dated: tuple[Dated, ...]
    window: Window | None = None
    whole_years: bool = False
    certain: bool = True
    each_year: bool = False


def bind(calendar: Sequence[Piece], bounds: Bounds) -> list[Days]:
    """The days of windows, years and dates that stand together.

    Years follow their months («март, май 2022 2023»), or lead them when the list begins with years and ends
    with months («2022: март, май»). Months behind the last year go on from it.
    """
    calendar = _sharing_school(calendar)
    windows_and_years = [piece for piece in calendar if not isinstance(piece.what, Dated)]
    leading = (
        bool(windows_and_years)
        and isinstance(windows_and_years[0].what, Years)
        and isinstance(windows_and_years[-1].what, Window)
    )
    found: list[Days] = []
    for windows, years in _runs(calendar, leading):
        if not windows:
            found += [_whole(piece, bounds) for piece in years]
        for number, piece in enumerate(windows):
            if isinstance(piece.what, Dated):
                found.append(Days(piece.first, piece.after, (piece.what,) if _has_days(piece.what) else ()))
            elif isinstance(piece.what, Window):
                beside = number == (0 if leading else len(windows) - 1)
                found.append(_bound(piece, piece.what, years, bounds, found, beside=beside))
    return found


def _sharing_school(calendar: Sequence[Piece]) -> list[Piece]:
    """«2021-2022, 2022-2023 учебные годы»: what is said behind the last of the years holds for each."""
    shared: list[Piece] = []
    school = False
    for piece in reversed(calendar):
        years = piece.what
        if isinstance(years, Years):
            if school and not years.school and years.last == years.first + 1:
                shared.append(replace(piece, what=replace(years, last=years.first, school=True)))
                continue
            school = years.school or school
        else:
            school = False
        shared.append(piece)
    return shared[::-1]


def _runs(calendar: Sequence[Piece], leading: bool) -> list[tuple[list[Piece], list[Piece]]]:
    """Windows with the years that are theirs; years of nobody stand alone."""
    runs: list[tuple[list[Piece], list[Piece]]] = []
    windows: list[Piece] = []
    years: list[Piece] = []
    for piece in calendar:
        if isinstance(piece.what, Years):
            if leading and windows:
                runs.append((windows, years))
                windows, years = [], []
            years.append(piece)
        elif isinstance(piece.what, Dated):
            runs += [(windows, years), ([piece], [])]
            windows, years = [], []
        else:
            if not leading and years:
                runs.append((windows, years))
                windows, years = [], []
            windows.append(piece)
    return [run for run in [*runs, (windows, years)] if any(run)]


def _has_days(dated: Dated) -> bool:
    return dated.start is not None or dated.end is not None


def _whole(piece: Piece, bounds: Bounds) -> Days:
    years = piece.what
    assert isinstance(years, Years)
    if years.relative is None:
        return Days(piece.first, piece.after, (years.dated(),), whole_years=True)
    dated = tuple(named.dated() for named in _named(years, bounds))
    return Days(piece.first, piece.after, dated, whole_years=True, certain=False)


def _named(years: Years, bounds: Bounds) -> list[Years]:
    """The years that «текущего года» means: that of the column, or each of the plan."""
    if years.relative is None:
        return [years]
    if bounds.span is None:
        return []
    first, last = bounds.span[0] + years.relative, bounds.span[1] + years.relative
    if bounds.in_school_years:
        return [Years(year, year, school=True) for year in range(first, last)]
    return [Years(year, year) for year in range(first, last + 1)]


def _bound(
    piece: Piece, window: Window, years: list[Piece], bounds: Bounds, before: list[Days], *, beside: bool
) -> Days:
    named = [year for found in years if isinstance(found.what, Years) for year in _named(found.what, bounds)]
    first, after = piece.first, piece.after
    if years and beside:
        first, after = min(first, years[0].first), max(after, years[-1].after)
    if years:
        relative = any(isinstance(found.what, Years) and found.what.relative is not None for found in years)
        if relative and not bounds.in_school_years:
            days = [window.in_year(year.first) for year in named]
        else:
            days = [day for year in named for day in year.give(window)]
        return Days(first, after, _all(days), window, certain=not relative, each_year=relative and not named)
    start = _start_of(before[-1]) if before and before[-1].certain and not before[-1].whole_years else None
    if start is not None:
        year, month = start
        return Days(first, after, _all([window.in_year(year + (window.start[0] < month))]), window)
    days = bounds.give(window)
    if window.bound == "from" and len(days) > 1:
        return Days(first, after, (), window, certain=False)
    return Days(first, after, _all(days) if days else (), window, certain=False)


def _start_of(days: Days) -> tuple[int, int] | None:
    """Year and month from which a following month without a year goes on."""
    if not days.dated:
        return None
    date = days.dated[-1].start or days.dated[-1].end
    return (date.year, date.month) if date else None


def _all(days: Sequence[Dated | None]) -> tuple[Dated, ...]:
    """All of the days, or none: a day that the calendar lacks in one of the years leaves the whole unread."""
    return tuple(day for day in days if day) if all(days) else ()
