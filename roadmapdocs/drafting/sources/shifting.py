"""A content moved by whole years: dates, school years and years in the text; what it cites stays as it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Final

from roadmapdocs.drafting.sources.making import LookAt
from roadmapdocs.russian.references import find_references

#: Names of values that say what is cited: an old document stays that old document, and is to be looked at.
_CITED: Final = frozenset({"document", "approved_by"})
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
# «2025», «2025/26», «01.09.2025»; not «№ 2025» and not a part of a longer number.
_YEAR: Final = re.compile(r"(?<![\d№/–—-])(?<!№\s)(?P<day>29\.02\.)?(?P<year>(?:19|20)\d\d)(?:(?P<dash>[/–—-])(?P<short>\d\d)(?!\d))?(?!\d)")
_RANGE: Final = re.compile(r"(?P<first>(?:19|20)\d\d)(?P<dash>\s?[-–—/]\s?)(?P<last>(?:19|20)\d\d)(?!\d)")
_SHOWN: Final = 120


def moved(day: dt.date, years: int) -> dt.date:
    """The same day of another year; of the 29th of February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def moved_text(text: str, years: int) -> str:
    """The text with its years moved; those of the documents it cites stay.

    >>> moved_text("План на 2025/26 учебный год (приказ от 01.09.2024 № 5)", 1)
    'План на 2026/27 учебный год (приказ от 01.09.2024 № 5)'
    """
    parts, last = [], 0
    for found in find_references(text):
        if found.start >= last:
            parts += [_moved_words(text[last : found.start], years), text[found.start : found.end]]
            last = found.end
    return "".join([*parts, _moved_words(text[last:], years)])


def _moved_words(text: str, years: int) -> str:
    parts, last = [], 0
    for found in _RANGE.finditer(text):
        ends = f"{int(found['first']) + years}{found['dash']}{int(found['last']) + years}"
        parts += [_moved_years(text[last : found.start()], years), ends]
        last = found.end()
    return "".join([*parts, _moved_years(text[last:], years)])


def _moved_years(text: str, years: int) -> str:
    def year(found: re.Match[str]) -> str:
        number = int(found["year"]) + years
        short = f"{found['dash']}{(int(found['short']) + years) % 100:02}" if found["short"] else ""
        leap = number % 4 == 0 and (number % 100 != 0 or number % 400 == 0)
        day = (found["day"] or "") if leap else (found["day"] or "").replace("29.", "28.")
        return f"{day}{number}{short}"

    return _YEAR.sub(year, text)


def moved_content(content: Any, years: int) -> tuple[Any, list[LookAt]]:
    """The JSON of values with all dates and years moved, and what was changed or is to be looked at."""
    told: list[LookAt] = []
    return _walk(content, "", years, told.append), told


def _walk(value: Any, place: str, years: int, tell: Callable[[LookAt], None]) -> Any:
    if isinstance(value, dict):
        return {name: _named(name, one, f"{place}.{name}" if place else name, years, tell) for name, one in value.items()}
    if isinstance(value, list):
        return [_walk(one, f"{place}[{index}]", years, tell) for index, one in enumerate(value)]
    if not isinstance(value, str):
        return value
    if _ISO.fullmatch(value):
        day = dt.date.fromisoformat(value)
        new = moved(day, years)
        tell(LookAt("date", place, f"{day:%d.%m.%Y}", f"{new:%d.%m.%Y}"))
        return new.isoformat()
    for found in find_references(value):
        tell(LookAt("cited", place, value[found.start : found.end][:_SHOWN]))
    text = moved_text(value, years)
    if text != value:
        tell(LookAt("year", place, value[:_SHOWN], text[:_SHOWN]))
    return text


def _named(name: str, value: Any, place: str, years: int, tell: Callable[[LookAt], None]) -> Any:
    if name in _CITED and isinstance(value, dict):
        words = " ".join(str(value.get(part, "")) for part in ("kind", "date", "number", "title") if value.get(part))
        tell(LookAt("cited", place, words[:_SHOWN]))
        return value
    return _walk(value, place, years, tell)
