"""Working days counted by the official calendar, with what an office changes in it.

The official part (holidays of article 112 of the Labour Code and the yearly decrees that transfer days off) comes
from the ``holidays`` library. It knows the years 1991–2100; the decrees only as far as the library is fresh: see
:func:`transfers_are_known`. In years outside Saturdays and Sundays are off and nothing else is.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_DAY = dt.timedelta(1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class OfficialYear:
    """What the state says of a year: days off beside weekends, and Saturdays and Sundays that are worked."""

    off: frozenset[dt.date]
    worked_weekends: frozenset[dt.date]

    def is_working(self, day: dt.date) -> bool:
        if day.weekday() >= _SATURDAY:
            return day in self.worked_weekends
        return day not in self.off


@lru_cache(maxsize=256)
def official_year(year: int) -> OfficialYear:
    from holidays import country_holidays  # noqa: PLC0415  # slow to load, and a host starts without a calendar

    known = country_holidays("RU", years=year)
    # The library may add neighbouring years of its own accord.
    return OfficialYear(
        off=frozenset(day for day in known if day.year == year),
        worked_weekends=frozenset(day for day in known.weekend_workdays if day.year == year),
    )


@lru_cache(maxsize=256)
def official_names(year: int, language: str) -> dict[dt.date, str]:
    """What the days off beside weekends are called, in Russian (``ru``) or English (any other)."""
    from holidays import country_holidays  # noqa: PLC0415  # likewise

    known = country_holidays("RU", years=year, language="ru" if language == "ru" else "en_US")
    return {day: name for day, name in sorted(known.items()) if day.year == year}


@lru_cache(maxsize=256)
def transfers_are_known(year: int) -> bool:
    """Whether the library has the decree on days off of that year; if not, an office may have to add them itself."""
    ordinary = {(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
    return any((day.month, day.day) not in ordinary for day in official_year(year).off)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of an office. ``exceptions`` say of a day whether it is worked here, whatever the state says."""

    exceptions: Mapping[dt.date, bool] = field(default_factory=dict)
    _years: dict[int, list[dt.date]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_working(self, day: dt.date) -> bool:
        own = self.exceptions.get(day)
        return official_year(day.year).is_working(day) if own is None else own

    def after(self, day: dt.date, days: int) -> dt.date:
        """The day that is so many working days later; with 0 the day itself, or the next working one if it is none.

        :raise ValueError: if ``days`` is negative
        :raise OverflowError: if the calendar ends before (in the year 9999)
        """
        if days < 0:
            raise ValueError(f"working days are counted forwards, not {days}")
        if days == 0:
            if self.is_working(day):
                return day
            days = 1
        for year in range(day.year, dt.MAXYEAR + 1):
            worked = self._worked(year)
            place = bisect_right(worked, day) + days - 1
            if place < len(worked):
                return worked[place]
            days = place - len(worked) + 1
        raise OverflowError(f"no working day so long after {day}")

    def between(self, first: dt.date, last: dt.date) -> int:
        """How many working days come after ``first`` up to ``last``; less than zero when ``last`` lies before."""
        if last < first:
            return -self.between(last, first)
        whole = sum(len(self._worked(year)) for year in range(first.year, last.year))
        return (
            whole
            + bisect_right(self._worked(last.year), last)
            - bisect_right(self._worked(first.year), first)
        )

    def _worked(self, year: int) -> list[dt.date]:
        if year not in self._years:
            start = dt.date(year, 1, 1)
            days = (start + _DAY * number for number in range(dt.date(year, 12, 31).timetuple().tm_yday))
            self._years[year] = [day for day in days if self.is_working(day)]
        return self._years[year]
