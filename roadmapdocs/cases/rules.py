"""Cases as plain decisions: what a case must say, when its term is over, what the closing of a year does.

Facts are those of ``domain.md`` §13: the nomenclature is drawn up for a calendar year, the term of storage is
counted from 1 January of the year after the case was closed, and transitional cases go on into the next year.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import fold_code

INDEX_LIMIT: Final = 32
TITLE_LIMIT: Final = 1_000
NOTE_LIMIT: Final = 1_000
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
LONGEST_TERM: Final = 150
#: Terms are printed apart up to and above so many years, as archives ask.
LONG_TERM: Final = 10

_INDEX = re.compile(r"[0-9A-ZА-ЯЁ]+(?:[-./][0-9A-ZА-ЯЁ]+)*")


@dataclass(frozen=True, slots=True)
class CaseCard:
    """What a person fills in about a case. ``retention_id`` is None where no line of the list was chosen."""

    year: int
    case_index: str
    title: str
    retention_id: int | None
    organisation_id: int | None = None
    unit_id: int | None = None
    transitional: bool = False
    note: str = ""


def index_key(case_index: str) -> str:
    """The form in which indexes are compared: «01 – 05a» typed in Latin is ``01-05А``."""
    return fold_code(unicodedata.normalize("NFKC", case_index))


def index_sort(case_index: str) -> str:
    """Text that sorts as people count: 01-9 before 01-10."""
    return re.sub(r"\d+", lambda digits: digits.group().zfill(8), index_key(case_index))


def check_case(card: CaseCard) -> None:
    """
    :raise Refusal: ``case``, whose ``details["fields"]`` maps a field's name to a sentence about it
    """
    found = {
        "case_index": _index_problem(card.case_index),
        "title": _title_problem(card.title),
        "year": None if FIRST_YEAR <= card.year <= LAST_YEAR else _year_sentence(),
        "retention_id": _("Choose the term of storage.") if card.retention_id is None else None,
        "note": _too_long(NOTE_LIMIT) if len(card.note) > NOTE_LIMIT else None,
    }
    problems = {name: sentence for name, sentence in found.items() if sentence}
    if problems:
        raise Refusal("case", _("The case is not filled in completely. See the marked fields."), fields=problems)


def check_year(year: int) -> None:
    """
    :raise Refusal: ``year``, outside of :data:`FIRST_YEAR`–:data:`LAST_YEAR`
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal("year", _year_sentence())


def _index_problem(case_index: str) -> str | None:
    key = index_key(case_index)
    if not key:
        return _("Write the index of the case, such as 01-05: the code of the unit, a hyphen, the number.")
    if len(key) > INDEX_LIMIT:
        return _too_long(INDEX_LIMIT)
    if not _INDEX.fullmatch(key) or not any(letter.isdigit() for letter in key):
        return _("An index is of figures and letters with hyphens, dots or slashes between them, such as 01-05. Correct it.")
    return None


def _title_problem(title: str) -> str | None:
    if not title.strip():
        return _("Write the heading of the case.")
    return _too_long(TITLE_LIMIT) if len(title) > TITLE_LIMIT else None


def _too_long(limit: int) -> str:
    return _("It is longer than %(limit)s characters. Shorten it.", limit=limit)


def _year_sentence() -> str:
    return _("A nomenclature is of a year from %(first)s to %(last)s. Correct the year.", first=FIRST_YEAR, last=LAST_YEAR)


def due_on(closed_on: dt.date | None, years: int | None) -> dt.date | None:
    """The first day on which the term is over; None while the case is open, and for one kept for good.

    A case closed in 2026 with a term of 5 years is counted from 1 January 2027 and due on 1 January 2032.
    """
    if closed_on is None or years is None:
        return None
    return dt.date(closed_on.year + 1 + years, 1, 1)


def is_due(closed_on: dt.date | None, years: int | None, today: dt.date) -> bool:
    due = due_on(closed_on, years)
    return due is not None and due <= today


def why_not_closed(closed_on: dt.date | None) -> str | None:
    """Why the documents of a case cannot go to the archive yet; None when the case is closed."""
    return None if closed_on else _("The case is still open. It is closed together with its year.")


def why_not_over(closed_on: dt.date | None, years: int | None, today: dt.date) -> str | None:
    """Why the documents of a case cannot be set apart for destruction yet; None when the term is over."""
    if years is None:
        return _("The case is kept for good: its documents are never destroyed.")
    due = due_on(closed_on, years)
    if due is None:
        return why_not_closed(closed_on)
    if due > today:
        return _("The case is to be kept until %(date)s.", date=f"{due - dt.timedelta(days=1):%d.%m.%Y}")
    return None


def next_year(cards: Iterable[CaseCard], year: int, known: Collection[str]) -> list[CaseCard]:
    """The cases of a year once more for ``year``, but for those whose index (as compared) is ``known`` there."""
    return [replace(card, year=year) for card in cards if index_key(card.case_index) not in known]


def last_day(year: int) -> dt.date:
    """The day by which the cases of a year are finished, whenever somebody gets to closing them."""
    return dt.date(year, 12, 31)


def check_closing(year: int, *, today: dt.date, earlier_open: int | None) -> None:
    """
    :raise Refusal: ``too_early`` before the last day of the year, ``earlier_open`` while a year before it is open
    """
    if today < last_day(year):
        raise Refusal(
            "too_early",
            _("The year %(year)s is not over: it is closed from 31 December on. Come back then.", year=year),
        )
    if earlier_open is not None:
        raise Refusal(
            "earlier_open",
            _("The year %(earlier)s is still open. Close it first, then %(year)s.", earlier=earlier_open, year=year),
            year=earlier_open,
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What the closing record asks about a case: its term in years (None: for good), and the mark ЭПК."""

    years: int | None
    transitional: bool
    epk: bool


@dataclass(frozen=True, slots=True)
class ClosingRecord:
    """Итоговая запись: how many cases a year had, closed and went on, and by term of storage.

    ``terms`` maps ``permanent``, ``long`` (over 10 years) and ``short`` to figures (cases, transitional, ЭПК).
    """

    opened: int
    closed: int
    transitional: int
    terms: Mapping[str, tuple[int, int, int]]

    def as_json(self) -> dict[str, object]:
        terms = {term: list(figures) for term, figures in self.terms.items()}
        return {"opened": self.opened, "closed": self.closed, "transitional": self.transitional, "terms": terms}


def closing_record(cases: Sequence[Kept]) -> ClosingRecord:
    def figures(term: str) -> tuple[int, int, int]:
        rows = [case for case in cases if _term(case.years) == term]
        return len(rows), sum(case.transitional for case in rows), sum(case.epk for case in rows)

    transitional = sum(case.transitional for case in cases)
    return ClosingRecord(
        opened=len(cases),
        closed=len(cases) - transitional,
        transitional=transitional,
        terms={term: figures(term) for term in ("permanent", "long", "short")},
    )


def _term(years: int | None) -> str:
    if years is None:
        return "permanent"
    return "long" if years > LONG_TERM else "short"
