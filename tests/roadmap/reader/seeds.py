"""Reading the real roadmaps that stand beside the checkout; tests skip where that folder is missing."""

from __future__ import annotations

import calendar
import datetime as dt
import json
from functools import cache
from typing import Any

import pytest

from roadmapdocs.roadmap.draft import Draft, DraftItem
from roadmapdocs.roadmap.reader.text import read_text
from roadmapdocs.roadmap.reader.understand import understand
from roadmapdocs.russian.terms import Term
from tests.conftest import SEEDS

Shape = tuple[int | None, str, str | None, str | None, str | None]


def seed_bytes(number: str) -> bytes:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the real roadmap {number} is not beside this checkout ({SEEDS})")
    return found[0].read_bytes()


@cache
def seed(number: str) -> Draft:
    return understand(read_text(seed_bytes(number)))


def expected_json(number: str) -> dict[str, Any]:
    file = SEEDS.parent / "expected" / f"seed-{number}.json"
    if not file.is_file():
        pytest.skip(f"the worked example {number} is not beside this checkout ({file})")
    loaded: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return loaded


def item(number: str, printed: str) -> DraftItem:
    (found,) = [one for one in seed(number).items if one.number == printed]
    return found


def numbers_by_section(number: str) -> dict[str | None, str]:
    """«1.1 1.2 …» for each section, in reading order."""
    found: dict[str | None, list[str]] = {}
    for one in seed(number).items:
        found.setdefault(one.section, []).append(one.number)
    return {section: " ".join(numbers) for section, numbers in found.items()}


def numbers_with(number: str, code: str) -> list[str | None]:
    """Items that have a defect, each once."""
    return list(dict.fromkeys(one.item for one in seed(number).defects if one.code == code))


def shape(term: Term) -> Shape:
    """A term without its words: (column's year, kind, start, end, recurrence)."""
    start, end = (day.isoformat() if day else None for day in (term.start, term.end))
    return term.year, term.kind, start, end, term.recurrence


def shapes(one: DraftItem) -> list[Shape]:
    return [shape(term) for term in one.terms]


def months(year: int, first: int, last: int | None = None, *, column: int | None = None) -> Shape:
    """A range from the first day of a month to the last day of another one."""
    last = last or first
    end = dt.date(year, last, calendar.monthrange(year, last)[1])
    return column, "range", dt.date(year, first, 1).isoformat(), end.isoformat(), None


def whole(first: int, last: int | None = None, *, column: int | None = None) -> Shape:
    """Whole years."""
    return column, "range", f"{first}-01-01", f"{last or first}-12-31", None


def until(day: str) -> Shape:
    return None, "deadline", None, day, None


def words_around(text: str, first: int = 2, last: int = 2) -> tuple[str, str]:
    words = text.split()
    return " ".join(words[:first]), " ".join(words[-last:])
