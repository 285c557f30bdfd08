"""Terms of numbers and dates, one form for all their spellings."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.russian.calendar_words import MONTHS, NOMINATIVE_MONTHS
from roadmapdocs.search.ports import Position

#: No term is longer.
LONGEST_TERM: Final = 64
MONTH_LEMMAS: Final = {MONTHS[name]: name for name in NOMINATIVE_MONTHS}
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+|/")
_DIGITS = re.compile("[0-9]+")


def normal_number(number: str) -> str:
    """«№ 178 –П», «178п», «178 п» → «178-п»; «133/6 – ОД» → «133/6-од». A slash stays between digits only."""
    parts = _PARTS.findall(normalise_number(number).lower())
    kept = [
        part
        for place, part in enumerate(parts)
        if part != "/" or all(beside[:1].isdigit() for beside in (*parts[place - 1 : place], *parts[place + 1 : place + 2]))
    ]
    return "-".join(kept).replace("-/-", "/").strip("/-")[:LONGEST_TERM]


def number_terms(number: str) -> Position:
    """Terms of a registration number: its normal form behind «#», and its digits."""
    normal = normal_number(number)
    return tuple(dict.fromkeys((f"#{normal}", *_DIGITS.findall(normal)))) if normal else ()


def date_terms(day: dt.date) -> Position:
    """The day, its month, its year, the day of any year, and the month by name."""
    return (
        f"@{day.isoformat()}",
        f"@{day:%Y-%m}",
        f"@{day.year}",
        f"@-{day:%m-%d}",
        MONTH_LEMMAS[day.month],
    )


def month_terms(year: int, month: int) -> Position:
    return (f"@{year}-{month:02d}", f"@{year}", MONTH_LEMMAS[month])


def day_terms(month: int, day: int) -> Position:
    """A day without its year."""
    return (f"@-{month:02d}-{day:02d}", MONTH_LEMMAS[month])


def year_terms(year: int) -> Position:
    return (str(year), f"@{year}")
