"""A content moved by whole years: dates, school years and years in the text; what it cites stays as it is."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.drafting.sources.making import LookAt
from roadmapdocs.russian.references import find_references

#: Names of values that say what is cited: an old document stays that old document, and is to be looked at.
_CITED: Final = frozenset({"document", "approved_by"})
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Years farther from that of the document are a programme's or nothing of the kind: «Стратегия развития до 2030 года».
NEAR: Final = 3
SHOWN: Final = 120
_Y: Final = r"(?:19|20)\d\d"
_DASHED: Final = r"(?<![/–—-])"
_MONTH: Final = "январ[ьяе]|феврал[ьяе]|март[ае]?|апрел[ьяе]|ма[йяе]|ию[нл][ьяе]|август[ае]?|(?:сентябр|октябр|ноябр|декабр)[ьяе]"
_IN_WORDS: Final = rf"(?<![^\W\d_])(?:{_MONTH}|квартал[ае]?|полугоди[еия])\s"
_IN_DIGITS: Final = r"\d\d?\.(?:0?[1-9]|1[0-2])\.|(?:0[1-9]|1[0-2])\."
_WORD_YEAR: Final = r"(?:(?:уч\.|(?:учебн|финансов|календарн)\w{2,3})\s?)?(?:гг?\b|год(?:а|у|ом|е|ы|ов|ам|ами|ах)?\b)"
_LISTED: Final = rf"(?:\s?(?:,|и|или|по|[-–—])\s?{_Y}){{0,5}}(?:-?(?:й|го|му|м|е|х))?\s?"
# «2025–2026», «2025/26», «01.09.2025», «мая 2025», «2025 год», «2024, 2025 гг.», «План на 2025»; not «№ 2025», not
# «кабинет 2015», not «2025 учебников».
_YEAR: Final = re.compile(
    rf"(?<![\d№.])(?<!№\s)(?:{_DASHED}(?P<first>{_Y})(?P<between>\s?[-–—/]\s?)(?P<last>{_Y})"
    rf"|{_DASHED}(?P<autumn>{_Y})(?P<dash>[/–—-])(?P<short>\d\d)"
    rf"|(?P<before>{_IN_DIGITS}|{_IN_WORDS})(?P<dated>{_Y})"
    rf"|{_DASHED}(?P<bare>{_Y})(?={_LISTED}{_WORD_YEAR}|(?<=\sна\s\d{{4}})[»\"]?\s*$))(?!\d)",
    re.IGNORECASE,
)
_LEAP_DAY: Final = re.compile(r"29(?=\.0?2\.)")


def moved(day: dt.date, years: int) -> dt.date:
    """The same day of another year; of the 29th of February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def moved_text(text: str, years: int, year: int) -> str:
    """The text of a document of that ``year`` with its years moved. Those of the documents it cites stay, and so does
    what lies far from ``year`` or does not stand as a year.

    >>> moved_text("План на 2025/26 учебный год (приказ от 01.09.2024 № 5), 2025 книг", 1, 2025)
    'План на 2026/27 учебный год (приказ от 01.09.2024 № 5), 2025 книг'
    """
    parts, last = [], 0
    for found in find_references(text):
        if found.start >= last:
            parts += [_moved_years(text[last : found.start], years, year), text[found.start : found.end]]
            last = found.end
    return "".join([*parts, _moved_years(text[last:], years, year)])


def _moved_years(text: str, years: int, year: int) -> str:
    return _YEAR.sub(lambda found: _moved_year(found, years, year), text)


def _moved_year(found: re.Match[str], years: int, year: int) -> str:
    told = [int(found[name]) for name in ("first", "last", "autumn", "dated", "bare") if found[name]]
    if any(abs(one - year) > NEAR for one in told):
        return found[0]
    first = told[0] + years
    if found["last"]:
        return f"{first}{found['between']}{told[1] + years}" if told[0] < told[1] else found[0]
    if found["short"]:
        next_one = int(found["short"]) == (told[0] + 1) % 100
        return f"{first}{found['dash']}{(first + 1) % 100:02}" if next_one else found[0]
    before = found["before"] or ""
    return f"{before if calendar.isleap(first) else _LEAP_DAY.sub('28', before)}{first}"


def moved_content(content: Any, years: int, year: int) -> tuple[Any, list[LookAt]]:
    """The JSON of values of a document of that ``year`` with dates and years moved, and what is to be looked at."""
    told: list[LookAt] = []
    return _walk(content, "", _Move(years, year, told.append)), told


@dataclass(frozen=True, slots=True)
class _Move:
    years: int
    year: int
    tell: Callable[[LookAt], None]


def _walk(value: Any, place: str, move: _Move) -> Any:
    if isinstance(value, dict):
        return {name: _named(name, one, f"{place}.{name}" if place else name, move) for name, one in value.items()}
    if isinstance(value, list):
        return [_walk(one, f"{place}[{index}]", move) for index, one in enumerate(value)]
    if not isinstance(value, str):
        return value
    if _ISO.fullmatch(value) and (day := _day(value, move.years)) is not None:
        new = moved(day, move.years)
        move.tell(LookAt("date", place, f"{day:%d.%m.%Y}", f"{new:%d.%m.%Y}"))
        return new.isoformat()
    for found in find_references(value):
        move.tell(LookAt("cited", place, value[found.start : found.end][:SHOWN]))
    text = moved_text(value, move.years, move.year)
    if text != value:
        move.tell(LookAt("year", place, value[:SHOWN], text[:SHOWN]))
    return text


def _day(value: str, years: int) -> dt.date | None:
    """A day that the calendar has, and still has that many years on; anything else is a text."""
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return None
    return day if dt.MINYEAR <= day.year + years <= dt.MAXYEAR else None


def _cited_words(value: dict[str, Any]) -> str:
    day = _day_of(str(value.get("date", "")))
    parts = (value.get("kind"), f"от {day:%d.%m.%Y}" if day else "", f"№ {value['number']}" if value.get("number") else "", value.get("title"))
    return " ".join(str(part) for part in parts if part)


def _day_of(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _named(name: str, value: Any, place: str, move: _Move) -> Any:
    if name in _CITED and isinstance(value, dict):
        words = _cited_words(value)
        move.tell(LookAt("cited", place, words[:SHOWN]))
        return value
    return _walk(value, place, move)
