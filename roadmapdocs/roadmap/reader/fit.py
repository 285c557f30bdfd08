"""How well a text sits in a column: the measure by which headers and rows are put in place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from roadmapdocs.roadmap.reader.documents import begins_with_document
from roadmapdocs.roadmap.reader.headers import Role, names_stretch
from roadmapdocs.roadmap.reader.numbers import read_number, read_roman
from roadmapdocs.roadmap.reader.periods import looks_like_period
from roadmapdocs.roadmap.reader.planned import is_figure
from roadmapdocs.roadmap.reader.responsibles import looks_responsible

_YEARS = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True, slots=True)
class Column:
    """``at`` is the grid column. ``figures`` tells a year column of values from one of prose."""

    role: Role
    at: int
    header: str = ""
    year: int | None = None
    figures: bool = False


def fit(column: Column, text: str, known: frozenset[str] = frozenset()) -> float:
    """How well a text sits in a column, from -3 (cannot be) to 3 (surely)."""
    if not text:
        return 0.0 if column.role is not Role.TITLE else -0.5
    return _FITS[column.role](column, text, known)


def _number(_column: Column, text: str, _known: frozenset[str]) -> float:
    if read_number(text):
        return 3.0
    return 1.0 if read_roman(text) else (-3.0 if len(text) > 8 else -1.0)


def _title(_column: Column, text: str, _known: frozenset[str]) -> float:
    if is_figure(text) or read_number(text):
        return -3.0
    return -1.0 if looks_like_period(text) and len(text) < 30 else min(1.0, len(text) / 40)


def _period(column: Column, text: str, _known: frozenset[str]) -> float:
    if looks_like_period(text) or (names_stretch(column.header) and is_figure(text)):
        return 2.0
    return -2.0 if len(text) > 120 else -0.5


def _responsible(_column: Column, text: str, known: frozenset[str]) -> float:
    if text in known:
        return 3.0
    if is_figure(text):
        return -3.0
    if looks_like_period(text):
        return -2.0
    return 1.5 if looks_responsible(text) else -0.5


def _documents(_column: Column, text: str, known: frozenset[str]) -> float:
    if is_figure(text):
        return -2.0
    return 2.0 if begins_with_document(text) else (0.3 if text not in known else -0.5)


def _figure(_column: Column, text: str, _known: frozenset[str]) -> float:
    if is_figure(text):
        return 2.0
    return 0.3 if looks_like_period(text) or len(text) < 25 else -3.0


def _year(column: Column, text: str, known: frozenset[str]) -> float:
    if column.figures:
        return _figure(column, text, known) if text not in known else -3.0
    if text in known:
        return -2.0
    years = set(_YEARS.findall(text))
    if years:
        return 2.0 if str(column.year) in years else -1.0
    return 0.5 if not begins_with_document(text) else 0.2


def _other(_column: Column, _text: str, _known: frozenset[str]) -> float:
    return 0.0


_FITS = {
    Role.NUMBER: _number,
    Role.TITLE: _title,
    Role.PERIOD: _period,
    Role.RESPONSIBLE: _responsible,
    Role.DOCUMENTS: _documents,
    Role.TOTAL: _figure,
    Role.YEAR: _year,
    Role.OTHER: _other,
}
