"""What pages ask: whose turn it is to read, how far a document is, who has not confirmed, what the sheet prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import peewee as pw

from roadmapdocs.access.rules import Action, may
from roadmapdocs.acquaintance.addressees import with_units_below
from roadmapdocs.acquaintance.lists import ON_LIST, latest_sheets, loaded
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.printed import AcquaintedLine, acquainted_lines
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.visibility import may as may_in_document
from roadmapdocs.people.rules import Actor, Role

__all__ = [
    "AcquaintedLine",
    "Page",
    "Progress",
    "Show",
    "ToRead",
    "acquainted_lines",
    "may_see",
    "mine",
    "page_of",
    "progress_of",
    "queue_count",
    "queue_of",
    "sheets_of",
]

PAGE = 50
_ASKED = str(ReadingState.ASKED)


class Show(StrEnum):
    """Which lines of a document a page shows; ``waiting`` is «кто не ознакомлен», ``all`` has those dropped, too."""

    ALL = "all"
    WAITING = "waiting"
    LATE = "late"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ToRead:
    """A document that waits for the person. ``since`` is when it was asked."""

    document_id: int
    acquaintance_id: int
    version_id: int
    due: dt.date | None
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of people on the lists of the document's latest edition; ``late`` are those of ``waiting`` past their day.

    ``asked`` = confirmed + refused + waiting.
    """

    asked: int = 0
    confirmed: int = 0
    refused: int = 0
    waiting: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of lines, by list and place on it. ``number`` counts from 1; ``total`` is of all pages.

    Each line has its ``sheet``, ``unit``, ``file`` and ``stands_in_for`` loaded.
    """

    lines: list[Acquaintance]
    number: int
    total: int
    more: bool


def queue_of(actor: Actor) -> list[ToRead]:
    """What the person is to read, the nearest day first, then what has no day, the oldest first."""
    columns = (Acquaintance.document, Acquaintance.id, AcquaintanceSheet.version, Acquaintance.due, Acquaintance.asked_at)
    rows = Acquaintance.select(*columns).join(AcquaintanceSheet).where(_waits_for(actor))
    rows = rows.order_by(Acquaintance.due.is_null(), Acquaintance.due, Acquaintance.asked_at, Acquaintance.id)
    return [ToRead(*row) for row in rows.tuples()]


def queue_count(actor: Actor) -> int:
    """How many documents wait to be read by the person."""
    return int(Acquaintance.select().where(_waits_for(actor)).count())


def _waits_for(actor: Actor) -> pw.Expression:
    return (Acquaintance.employee == (actor.employee_id or 0)) & (Acquaintance.state == _ASKED)


def mine(document_id: int, actor: Actor) -> Acquaintance | None:
    """The person's own place on the latest edition's sheets, whatever its state, but not one that was dropped."""
    own = (Acquaintance.employee == (actor.employee_id or 0)) & Acquaintance.state.in_(ON_LIST)
    rows = Acquaintance.select(Acquaintance, AcquaintanceSheet).join(AcquaintanceSheet)
    found: Acquaintance | None = (
        rows.where(own & Acquaintance.sheet.in_(latest_sheets(document_id))).order_by(Acquaintance.id.desc()).first()
    )
    return found


def progress_of(document_ids: Collection[int], *, today: dt.date) -> dict[int, Progress]:
    """By document, how far reading is; documents that nobody is asked to read are left out."""
    late = (Acquaintance.state == _ASKED) & (Acquaintance.due < today)
    counts: dict[int, dict[str, int]] = {}
    for chunk in pw.chunked(document_ids, 1000):
        newest = AcquaintanceSheet.alias()
        latest = newest.select(pw.fn.MAX(newest.edition)).where(newest.document == AcquaintanceSheet.document)
        rows = (
            Acquaintance.select(
                *(Acquaintance.document, Acquaintance.state, pw.fn.COUNT(Acquaintance.id)),
                pw.fn.SUM(pw.Case(None, ((late, 1),), 0)),
            )
            .join(AcquaintanceSheet)
            .where(AcquaintanceSheet.document.in_(list(chunk)) & (AcquaintanceSheet.edition == latest))
            .where(Acquaintance.state.in_(ON_LIST))
            .group_by(Acquaintance.document, Acquaintance.state)
        )
        for document_id, state, count, overdue in rows.tuples():
            told = counts.setdefault(document_id, {})
            told[state] = count
            told["late"] = told.get("late", 0) + int(overdue)
    return {document_id: _progress(told) for document_id, told in counts.items()}


def _progress(told: dict[str, int]) -> Progress:
    confirmed, refused = told.get(str(ReadingState.CONFIRMED), 0), told.get(str(ReadingState.REFUSED), 0)
    waiting = told.get(_ASKED, 0)
    return Progress(confirmed + refused + waiting, confirmed, refused, waiting, told["late"])


def page_of(
    document_id: int,
    *,
    show: Show = Show.ALL,
    unit: int | None = None,
    words: str = "",
    page: int = 1,
    today: dt.date,
) -> Page:
    """A page of the people on the latest edition's sheets.

    ``unit`` takes in those below it; ``words`` narrow by the beginnings of words in name and post. A page beyond the
    last one is the last one.
    """
    rows = Acquaintance.select(Acquaintance.id).where(Acquaintance.sheet.in_(latest_sheets(document_id)) & _shown(show, today))
    if unit is not None:
        rows = rows.where(Acquaintance.unit.in_(sorted(with_units_below([unit]))))
    rows = rows.order_by(Acquaintance.sheet, Acquaintance.place, Acquaintance.id)
    if wanted := _plain(words).split():
        # Of 5,000 people the database would find no small letter that is written large: SQLite knows Latin ones only.
        named = rows.select(Acquaintance.id, Acquaintance.name, Acquaintance.post).tuples()
        ids = [one for one, name, post in named if _has_all(f"{name} {post}", wanted)]
    else:
        ids = [one for (one,) in rows.tuples()]
    number = min(max(page, 1), max(-(-len(ids) // PAGE), 1))
    start = (number - 1) * PAGE
    return Page(loaded(ids[start : start + PAGE]), number, len(ids), more=len(ids) > start + PAGE)


def _shown(show: Show, today: dt.date) -> pw.Expression:
    if show is Show.WAITING:
        return Acquaintance.state == _ASKED
    if show is Show.LATE:
        return (Acquaintance.state == _ASKED) & (Acquaintance.due < today)
    if show is Show.ALL:
        return Acquaintance.state != str(ReadingState.REPLACED)
    return Acquaintance.state == str(show)


def _has_all(text: str, words: list[str]) -> bool:
    there = _plain(text).split()
    return all(any(one.startswith(word) for one in there) for word in words)


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е").replace("\N{NO-BREAK SPACE}", " ")


def sheets_of(document_id: int) -> list[AcquaintanceSheet]:
    """All sheets of the document with their versions, the latest first."""
    rows = AcquaintanceSheet.select(AcquaintanceSheet, DocumentVersion).join(DocumentVersion)
    return list(rows.where(AcquaintanceSheet.document == document_id).order_by(AcquaintanceSheet.id.desc()))


def may_see(document: Document, actor: Actor) -> bool:
    """Whether the actor sees who has read the document.

    Whoever sends it or keeps the lists and may read it, its drafter and its signer, and administrators who may read it.
    """
    if not may_in_document(document, "read", actor):
        return False
    keeps = may(actor, Action.SEND_TO_READ) or may(actor, Action.KEEP_READING) or actor.has(Role.ADMINISTRATOR)
    drafted = document.drafter_id is not None and document.drafter_id == actor.employee_id
    signed = document.signer_employee_id is not None and document.signer_employee_id in actor.signs_for
    return keeps or drafted or signed
