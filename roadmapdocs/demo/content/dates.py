"""Dates that follow today: the small grammars of moments and of placeholders used in the content files.

A moment is one of

* ``-40`` or ``+30``: so many days from today;
* ``m-3:14``: the 14th of the month three months ago;
* ``y-1:10-14``: 14 October of last year;
* ``y*0.8``: four fifths of the way from 1 January to today, for what must lie in the current year.

In texts ``{y}``, ``{y-1}`` are years, ``{s}`` is the school year of today («2024-2025»), ``{d-40}`` a date,
``{d2-40}`` the same with a two-digit year, ``{m-3}`` and ``{M-3}`` a month with its year («март 2025»,
«Март 2025»), ``{R-3:-1}`` a range of months. ``{on:KEY}``, ``{no:KEY}``, ``{ref:KEY}`` and ``{long:KEY}``
give the date, the number, «от … № …» and the date in words of the document with that key.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
MONTHS_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip

_DAYS = re.compile(r"[+-]\d+")
_MONTH_DAY = re.compile(r"m([+-]\d+):(\d+)")
_YEAR_DAY = re.compile(r"y([+-]\d+):(\d+)-(\d+)")
_SHARE = re.compile(r"y\*(0\.\d+)")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_SHIFTED = re.compile(r"(y|s|d2|d|m|M)([+-]\d+)?")
_RANGE = re.compile(r"R([+-]\d+):([+-]\d+)")
_OF_DOCUMENT = re.compile(r"(on|no|ref|long):([\w-]+)")


def day_of(moment: str, today: dt.date) -> dt.date:
    """The day a moment names; a malformed moment raises ValueError."""
    if _DAYS.fullmatch(moment):
        return today + dt.timedelta(days=int(moment))
    if found := _MONTH_DAY.fullmatch(moment):
        first = shifted_month(today, int(found[1]))
        return first.replace(day=int(found[2]))
    if found := _YEAR_DAY.fullmatch(moment):
        return dt.date(today.year + int(found[1]), int(found[2]), int(found[3]))
    if found := _SHARE.fullmatch(moment):
        first = dt.date(today.year, 1, 1)
        return first + dt.timedelta(days=int((today - first).days * float(found[1])))
    raise ValueError(f"not a moment: {moment!r}")


def working_day(day: dt.date) -> dt.date:
    """The same day, or the Friday before a weekend: offices sign nothing on Sunday.

    A weekend at the very start of January stays: its Friday would belong to the year before.
    """
    friday = day - dt.timedelta(days=max(0, day.weekday() - 4))
    return friday if friday.year == day.year else day


def shifted_month(today: dt.date, months: int) -> dt.date:
    """The first day of the month so many months away."""
    index = today.year * 12 + today.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)


def fill(text: str, today: dt.date, issued: Mapping[str, tuple[dt.date, str]]) -> str:
    """Put dates and numbers in the place of placeholders.

    ``issued`` maps the key of a document to its date and number. An unknown placeholder raises ValueError,
    an unknown document KeyError.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if found := _SHIFTED.fullmatch(name):
            return _relative(found[1], int(found[2] or 0), today)
        if found := _RANGE.fullmatch(name):
            return _month_range(shifted_month(today, int(found[1])), shifted_month(today, int(found[2])))
        if found := _OF_DOCUMENT.fullmatch(name):
            return _of_document(found[1], *issued[found[2]])
        raise ValueError(f"not a placeholder: {match[0]!r}")

    return _PLACEHOLDER.sub(value, text)


def long_date(day: dt.date) -> str:
    """«05» марта 2025 г."""
    return f"«{day:%d}» {MONTHS_GENITIVE[day.month - 1]} {day.year} г."


def _relative(unit: str, shift: int, today: dt.date) -> str:
    match unit:
        case "y":
            return str(today.year + shift)
        case "s":
            first = today.year - (today.month < 9) + shift
            return f"{first}-{first + 1}"
        case "d":
            return f"{today + dt.timedelta(days=shift):%d.%m.%Y}"
        case "d2":
            return f"{today + dt.timedelta(days=shift):%d.%m.%y}"
    first_day = shifted_month(today, shift)
    month = f"{MONTHS[first_day.month - 1]} {first_day.year}"
    return month.capitalize() if unit == "M" else month


def _month_range(first: dt.date, last: dt.date) -> str:
    start, end = MONTHS[first.month - 1].capitalize(), MONTHS[last.month - 1]
    if first.year == last.year:
        return f"{start}-{end} {last.year}"
    return f"{start} {first.year} - {end} {last.year}"


def _of_document(what: str, day: dt.date, number: str) -> str:
    match what:
        case "on":
            return f"{day:%d.%m.%Y}"
        case "no":
            return number
        case "long":
            return long_date(day)
    return f"от {day:%d.%m.%Y} № {number}"
