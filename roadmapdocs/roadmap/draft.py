"""The neutral draft of a roadmap: what a reader understood from a file, before anybody confirmed it.

Every reader (TXT, DOCX, XLSX, PDF) gives this one shape; the preview edits it; storing takes it. It is plain
data and round-trips through JSON in the form of the command ``roadmapdocs roadmap read --json``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from roadmapdocs.russian.terms import Term

# The vocabulary of expected_documents[].kind; «прочее» is everything that is not one of the others.
EXPECTED_KINDS = (
    "приказ",
    "распоряжение",
    "положение",
    "порядок",
    "протокол",
    "аналитическая справка",
    "отчёт",
    "план",
    "программа",
    "договор",
    "рекомендации",
    "перечень",
    "прочее",
)


@dataclass(frozen=True, slots=True)
class Approval:
    """Who or what put the roadmap into force. ``kind`` is «утверждаю», «приказ» or None when not found."""

    kind: str | None = None
    organisation: str | None = None
    position: str | None = None
    person: str | None = None
    date: dt.date | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class DraftSection:
    number: str
    title: str
    parent: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class DraftExpected:
    """A document that should prove an item; ``inferred`` when read out of the item's title."""

    title: str
    kind: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One row of work. ``planned`` maps "total" or a year ("2021") to the printed value."""

    number: str
    section: str | None
    title: str
    terms: tuple[Term, ...] = ()
    responsible: tuple[str, ...] = ()
    responsible_text: str = ""
    expected_documents: tuple[DraftExpected, ...] = ()
    planned: dict[str, str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """Something doubtful. ``line`` is the 1-based line (TXT), row (XLSX) or table row (DOCX, PDF) it stands on."""

    item: str | None
    line: int | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Draft:
    """``period`` is (first year, last year) of the plan, or None when the file does not say."""

    title: str
    period: tuple[int, int] | None
    approval: Approval
    abbreviations: dict[str, str]
    sections: tuple[DraftSection, ...]
    items: tuple[DraftItem, ...]
    defects: tuple[Defect, ...]
