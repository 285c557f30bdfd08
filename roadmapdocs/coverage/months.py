"""The day of the year by which a yearly duty is due, read from the words of its term: «ежегодно, октябрь»."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

_STEMS = (
    "январ[а-я]*",
    "феврал[а-я]*",
    "март[а-я]*",
    "апрел[а-я]*",
    "ма[йяею]",
    "июн[а-я]*",
    "июл[а-я]*",
    "август[а-я]*",
    "сентябр[а-я]*",
    "октябр[а-я]*",
    "ноябр[а-я]*",
    "декабр[а-я]*",
)
MONTH = rf"(?:{'|'.join(_STEMS)})\b"
_NAMED = re.compile("|".join(rf"(?P<m{number}>{stem})" for number, stem in enumerate(_STEMS, start=1)))
_ANY = re.compile(rf"(?:(?<![0-9.])([0-9]{{1,2}})\s+)?\b({MONTH})")
_NUMERIC = re.compile(r"(?<![0-9.])([0-9]{1,2})\.([0-9]{1,2})(?![0-9])(?!\.[0-9])")
_QUARTER = re.compile(r"\b([1-4]|iv|i{1,3})(?:\s*-?(?:й|ый|ом|м|го))?\s+квартал")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# «С августа 2020 ежегодно» bounds the recurrence and names no month of every year.
_SINCE = re.compile(rf"\bс\s+(?:[0-9]{{1,2}}\s+)?{MONTH}\s+20[0-9]{{2}}")


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def due_in(year: int, text: str) -> dt.date:
    """Last day of the window that ``text`` names within ``year``; the year's end when it names none."""
    month, day = _closing(text)
    end = month_end(year, month)
    return end if day is None else dt.date(year, month, min(day, end.day))


@lru_cache(maxsize=4096)
def _closing(text: str) -> tuple[int, int | None]:
    """Month (1–12) and day, if named, at which the named window closes.

    «сентябрь–октябрь» closes with October. A window over the New Year («ноябрь–март») is left to the year's end.
    """
    words = _SINCE.sub(" ", text.casefold())
    if numeric := _NUMERIC.search(words):
        day, month = int(numeric[1]), int(numeric[2])
        return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else (12, None)
    named = [(_number(found[2]), int(found[1]) if found[1] else None) for found in _ANY.finditer(words)]
    if named:
        month, spoken = named[-1]
        return (12, None) if month < named[0][0] else (month, spoken if spoken and spoken <= 31 else None)
    if quarter := _QUARTER.search(words):
        return 3 * (_ROMAN.get(quarter[1]) or int(quarter[1])), None
    return 12, None


def _number(word: str) -> int:
    found = _NAMED.match(word)
    return int((found.lastgroup or "m12")[1:]) if found else 12
