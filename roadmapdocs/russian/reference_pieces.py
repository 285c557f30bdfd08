"""Dates and numbers of documents as they stand in text: the pieces that citations and heads are made of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from roadmapdocs.russian.dates import read_date
from roadmapdocs.russian.letters import DASHES
from roadmapdocs.russian.mending import Mended

_DATE = (
    r"\d{1,2} ?\. ?\d{1,2} ?\. ?(?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}/\d{1,2}/\d{4}(?!\d)"
    r"|[«\"“„]?\s?\d{1,2}\s?[»\"”“]?\s{1,4}(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)"
    r"[а-я]{0,2}\s{1,4}\d{4}(?!\d)"
)
_BLANK_DATE = r"[«\"“„]?\s?_{1,40}\s?[»\"”“]?\s{0,4}_{0,40}\s{0,4}(?:20)?[\d_]{0,4}"
_SIGN = r"(?:№{1,2}|(?<![^\W_])n[оo]?\.?(?=\s{0,4}(?:[\d_]|[а-я]{1,4}-\d)))"
# What is glued to a number by a dash or a slash belongs to it; «№ 45 л/с» and «№ б/н» are numbers as well.
_NUMBER = (
    r"б/н(?![а-я])|(?:[а-я]{1,4}[-/.]){0,2}\d{1,12}(?:(?!от(?![а-я]))[а-я]{1,4}(?![а-я]))?"
    r"(?:[-/][\dа-яa-z]{1,12}|\.\d{1,6}){0,5}(?:\s?-?\s?л/с(?![а-я]))?"
)
_PIECE = re.compile(
    rf"(?:(?<![^\W\d_])(?P<of>о ?т)\s{{0,6}})?(?<!\d)(?:(?P<date>{_DATE})|(?(of)(?P<blank>{_BLANK_DATE})|(?!)))"
    r"(?:\s{0,4}(?:года|г)(?![а-я]))?\.?"
    rf"|{_SIGN}(?P<sign>\s{{0,4}})(?:(?P<number>{_NUMBER})(?P<loose>\s?[-/]\s?[а-я]{{1,3}}(?![а-я]))?|_{{1,40}}|)"
)
# Letters that go on with a number behind a dash with spaces, and those that begin the next words instead.
_LOWER_LETTERS = frozenset("п пр од осн ахд лс р".split())
_PREPOSITIONS = frozenset("О ОБ В ВО И С СО У НА".split())
_NUMBER_HERE = re.compile(rf"\s{{0,4}}{_SIGN}\s{{0,4}}(?P<number>{_NUMBER})")


@dataclass(frozen=True, slots=True)
class Piece:
    """A date or a number with its sign. ``of``: «от» stands in front of the date. ``blank``: a place to fill in."""

    start: int
    end: int
    date: dt.date | None = None
    number: str | None = None
    of: bool = False
    blank: bool = False


def pieces_of(mended: Mended) -> list[Piece]:
    """All of them in reading order; dates that the calendar lacks are left out."""
    return [piece for found in _PIECE.finditer(mended.low) if (piece := _piece(mended, found))]


def number_at(mended: Mended, position: int) -> tuple[str, int]:
    """The number that follows here with its sign, and the place behind it; "" if none does."""
    found = _NUMBER_HERE.match(mended.low, position)
    return (mended.shown[slice(*found.span("number"))], found.end()) if found else ("", position)


def _piece(mended: Mended, found: re.Match[str]) -> Piece | None:
    if found["date"]:
        date = read_date(mended.shown[slice(*found.span("date"))])
        return Piece(found.start(), found.end(), date=date, of=bool(found["of"])) if date else None
    if found["blank"]:
        return Piece(found.start(), found.end(), of=True, blank=True)
    if not found["number"]:
        return Piece(found.start(), found.end(), number="")
    start, end = found.span("number")
    if found["loose"] and _belongs(mended.shown[slice(*found.span("loose"))]):
        end = found.end("loose")
    return Piece(found.start(), end, number=" ".join(mended.shown[start:end].split()))


def _belongs(loose: str) -> bool:
    """Whether a dash with spaces and a few letters go on with a number: « – ОД» does, « – об» does not."""
    letters = loose.strip(" \n/" + DASHES)
    if letters.isupper():
        return letters not in _PREPOSITIONS
    return letters in _LOWER_LETTERS
