"""Days as old journals write them: days of Excel, its serial numbers, words, a day without its year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.dates import read_date
from roadmapdocs.russian.letters import strip_invisible

#: Day 0 of Excel's calendar as it counts today.
_EXCEL_DAY_0 = dt.date(1899, 12, 30)
#: Serial numbers from 1954 to 2099: smaller ones are rather numbers of documents.
_SERIAL = range(20_000, 73_051)
_TIME = re.compile(r"\s+\d{1,2}:\d\d(:\d\d)?$")
_NUMERIC = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d\d)\s*(?:г\.?|года)?")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s?[./]\s?(\d{1,2})\.?")
_DAY_AND_WORD = re.compile(r"[«\"]?\d{1,2}[»\"]?\s+[а-яё]+", flags=re.IGNORECASE)
_OLDEST = 1900


@dataclass(frozen=True, slots=True)
class Day:
    """``guessed`` says that the year was not written; ``problem`` is a sentence where there is no day."""

    day: dt.date | None = None
    guessed: bool = False
    problem: str = ""


def read_day(text: str, year: int | None) -> Day:
    """The day that a cell means. ``year`` is the one to think of where the cell has none."""
    words = _TIME.sub("", " ".join(strip_invisible(text).split()))
    words = re.sub(r"^от\s+", "", words, flags=re.IGNORECASE)
    if not words:
        return Day()
    if words.isascii() and words.isdecimal():
        serial = int(words) if len(words) == len(str(_SERIAL.stop)) else 0
        return Day(_EXCEL_DAY_0 + dt.timedelta(days=serial)) if serial in _SERIAL else _unreadable(text)
    day = read_date(words)
    if day is not None:
        return Day(day)
    numeric = _NUMERIC.fullmatch(words)
    if numeric is not None:
        return _checked(int(numeric[1]), int(numeric[2]), numeric[3], text)
    return _without_year(words, year, text)


def _checked(day: int, month: int, written: str, text: str) -> Day:
    number = int(written) + (2000 if len(written) == 2 else 0)
    try:
        found = dt.date(number, month, day)
    except ValueError:
        return Day(problem=_("There is no such day: %(words)s. Correct the date.", words=text[:40]))
    return Day(found) if number >= _OLDEST else _unreadable(text)


def _without_year(words: str, year: int | None, text: str) -> Day:
    short = _DAY_AND_MONTH.fullmatch(words)
    if year is None or not (short or _DAY_AND_WORD.fullmatch(words)):
        return _unreadable(text)
    if short:
        found = _checked(int(short[1]), int(short[2]), str(year), text)
        return Day(found.day, found.day is not None, found.problem)
    day = read_date(f"{words} {year}")
    return Day(day, guessed=True) if day is not None else _unreadable(text)


def _unreadable(text: str) -> Day:
    return Day(problem=_("«%(words)s» is not a date. Write it as 29.11.2021.", words=text[:40]))
