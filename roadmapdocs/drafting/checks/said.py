"""Points of a document, whether they come from its draft or from its file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.drafting import values as v
from roadmapdocs.drafting.checks import places
from roadmapdocs.drafting.checks.facts import Facts
from roadmapdocs.russian.dates import read_date

_MONTHS = "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_DAY = rf"\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d{{2}})(?!\d)|«?\d{{1,2}}»?\s(?:{_MONTHS})[а-я]{{0,2}}\s\d{{4}}"
#: «в срок до 15.12.2021», «не позднее 1 декабря 2021 года», «срок исполнения – 15.12.2021».
_DUE = re.compile(rf"(?:\bдо|не позднее|\bк|срок\w{{0,3}}(?:\s+исполнения|\s+выполнения)?\s*[-–—:]?)\s+(?P<day>{_DAY})", re.IGNORECASE)
#: A date of a document that is cited («от 01.12.2021 № 5») is no deadline: these words stand before a deadline only.
CONTROL: Final = re.compile(r"контрол\w{0,3}\s+(?:за\s+)?(?:\S+\s+){0,2}исполнени|контрол\w{0,3}\s+(?:за\s+)?выполнени", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """One point: where, its words, and the days by which something has to be done."""

    place: str
    text: str
    due: tuple[dt.date, ...] = ()
    point: v.Point | None = None


def points_of(facts: Facts) -> list[Said]:
    """Of the draft, where there is one; else the numbered points of the file."""
    drafted = list(_drafted(facts.values))
    if drafted:
        return drafted
    if facts.text is None:
        return []
    main = facts.text.main
    return [
        Said(places.passage(facts.text, main, one), one.text, tuple(deadlines(one.text))) for one in facts.text.body if one.number and not one.table
    ]


def _drafted(values: v.Values | None) -> Iterator[Said]:
    if isinstance(values, v.OrderValues):
        yield from _numbered(values.points, "")
    elif isinstance(values, v.NoteValues):
        yield from _numbered(values.proposals, "")
    elif isinstance(values, v.ProtocolValues):
        for place, question in enumerate(values.agenda, start=1):
            yield from _numbered(question.decided, f"{place}.")


def _numbered(points: Sequence[v.Point], before: str) -> Iterator[Said]:
    for place, point in enumerate(points, start=1):
        number = f"{before}{place}"
        due = (point.due,) if point.due is not None else tuple(deadlines(point.text))
        yield Said(places.point(number), point.text, due, point)
        yield from _numbered(point.points, f"{number}.")


def deadlines(text: str) -> Iterator[dt.date]:
    """Days by which something has to be done, as the text says them."""
    for found in _DUE.finditer(text):
        day = read_date(found["day"])
        if day is not None:
            yield day
