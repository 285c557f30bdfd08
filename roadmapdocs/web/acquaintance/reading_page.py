"""What the page of one document to read shows: what is asked, the whole text, and how it is confirmed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import url_for

from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.queries import mine, queue_of
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.approvals.signature_rules import rule_on
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.errors import NotFound
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.acquaintance.order import Standing, address, named, standing_of
from roadmapdocs.web.acquaintance.paging import next_part
from roadmapdocs.web.acquaintance.parts import Whole, whole_text
from roadmapdocs.web.acquaintance.words import moment, way_word
from roadmapdocs.web.decide.text import text_of, versions
from roadmapdocs.web.pages import capital
from roadmapdocs.web.pages import date as printed
from roadmapdocs.web.worklist.rows import urgency_of

#: So many changed paragraphs stand above the text; the comparison of versions shows them all.
MOST_CHANGES = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """A document before somebody's eyes. ``line`` is their place on its sheet, ``version`` the text that is meant."""

    document: Document
    line: Acquaintance | None
    version: DocumentVersion | None
    whole: Whole

    @property
    def asked(self) -> bool:
        return self.line is not None and self.line.state == ReadingState.ASKED

    @property
    def key(self) -> str:
        """What the session calls it."""
        return f"{self.line.id if self.line else 0}:{self.version.id if self.version else 0}:{self.whole.form}"


def reading_of(document: Document, by: Actor, form: str = "") -> Reading:
    """The text that the person is asked about; for others the newest one."""
    line = mine(document.id, by)
    version = line.sheet.version if line is not None else next(iter(versions(document.id)), None)
    return Reading(document, line, version, whole_text(document, version, form))


def part_asked(reading: Reading, wanted: int) -> int:
    """Which part is shown where they are shown one by one; 0 where all of them are shown at once."""
    if not wanted or not reading.whole.parts:
        return 0
    total = len(reading.whole.parts)
    return next_part(reading.key, wanted, total) if reading.asked else max(1, min(wanted, total))


def reading_context(reading: Reading, part: int, by: Actor, today: dt.date, of: int) -> dict[str, Any]:
    """What ``acquaintance_reading.html`` asks for. ``part`` is the one shown, 0 for all; ``of`` as in an address."""
    document, line, whole = reading.document, reading.line, reading.whole
    queue = queue_of(by) if reading.asked else []
    standing = standing_of(document.id, queue, of) if reading.asked else None
    total = len(whole.parts)
    ready = bool(reading.asked and line is not None and line.read_through_at is not None)
    return {
        "document": _head(document),
        "asked": _asked(line, today) if line is not None else None,
        "place": standing.words if standing is not None else _("Document"),
        "parts": whole.parts if not part else whole.parts[part - 1 : part],
        "paged": _paged(document.id, part, total, of, whole.form) if part else None,
        "paged_url": address(document.id, of, part=1, form=whole.form) if total and not part else None,
        "other": whole.other,
        "other_url": address(document.id, of, form=whole.other) if whole.other else None,
        "total": total,
        "why": whole.why,
        "coming": whole.coming,
        "changes": _changes(reading, by),
        "file": _file(document, reading.version),
        "line": line.id if line is not None else 0,
        "version": reading.version.id if reading.version is not None else 0,
        "ready": ready,
        "rule": _rule(today),
        "closed": None if reading.asked else _closed(line, document, by),
        "next": _next(standing),
        "of": standing.total if standing is not None else 0,
        "card_url": url_for("roadmapdocs_documents.card", document_id=document.id),
        "queue_url": url_for("roadmapdocs_acquaintance.index"),
    }


def _head(document: Document) -> dict[str, Any]:
    kind = capital(document.kind.short)
    over = f"{kind} №\N{NO-BREAK SPACE}{document.number}" if document.number else kind
    if document.date is not None:
        over = _("%(document)s of %(day)s", document=over, day=printed(document.date))
    return {"id": document.id, "title": document.title, "over": over, "summary": document.summary}


def _asked(line: Acquaintance, today: dt.date) -> dict[str, Any]:
    """Who asked, until when, in whose place, and what they said."""
    sheet = line.sheet
    instead = str(line.stands_in_for) if line.stands_in_for_id is not None else ""
    return {
        "by": _("Sent by: %(name)s, %(day)s", name=sheet.sent_by, day=moment(line.asked_at)),
        "due": line.due,
        "urgency": urgency_of(line.due, today) if line.state == ReadingState.ASKED else "none",
        "instead": _("You are asked in the place of: %(name)s", name=instead) if instead else "",
        "note": sheet.note,
    }


def _paged(document_id: int, part: int, total: int, of: int, form: str) -> dict[str, Any]:
    return {
        "part": part,
        "previous_url": address(document_id, of, part=part - 1, form=form) if part > 1 else None,
        "next_url": address(document_id, of, part=part + 1, form=form) if part < total else None,
        "whole_url": address(document_id, of, form=form),
    }


def _changes(reading: Reading, by: Actor) -> dict[str, Any] | None:
    """What differs from the edition that the person confirmed before; None where there was none."""
    before = _confirmed_before(reading, by) if reading.asked else None
    if before is None:
        return None
    text = text_of(reading.version, before.sheet.version)
    changed = [one for one in text.paragraphs if one.change != "same"]
    return {
        "day": before.day,
        "edition": before.sheet.edition,
        "paragraphs": changed[:MOST_CHANGES],
        "more": max(len(changed) - MOST_CHANGES, 0),
        "why": text.why_not,
        "url": url_for("roadmapdocs_documents.compare", document_id=reading.document.id),
    }


def _confirmed_before(reading: Reading, by: Actor) -> Acquaintance | None:
    rows = (
        Acquaintance.select(Acquaintance, AcquaintanceSheet, DocumentVersion, StoredFile)
        .join(AcquaintanceSheet)
        .join(DocumentVersion)
        .join(StoredFile)
        .where(
            (Acquaintance.document == reading.document.id)
            & (Acquaintance.employee == (by.employee_id or 0))
            & (Acquaintance.state == ReadingState.CONFIRMED)
            & (AcquaintanceSheet.version != reading.version)
        )
    )
    found: Acquaintance | None = rows.order_by(AcquaintanceSheet.edition.desc(), Acquaintance.id.desc()).first()
    return found


def _file(document: Document, version: DocumentVersion | None) -> dict[str, str] | None:
    if version is None:
        return None
    url = url_for("roadmapdocs_documents.file", document_id=document.id, version_id=version.id)
    return {"name": version.name, "url": url}


def _rule(today: dt.date) -> str | None:
    """By what a simple signature counts; None where nothing says so."""
    rule = rule_on(today)
    if rule is None:
        return None
    day = printed(rule.document.date) if rule.document.date is not None else ""
    return _("No. %(number)s of %(day)s", number=rule.document.number, day=day)


def _closed(line: Acquaintance | None, document: Document, by: Actor) -> str:
    """Why nothing is asked of this person."""
    if line is None:
        return _left_behind(document, by)
    if line.state == ReadingState.CONFIRMED:
        day = printed(line.day) if line.day is not None else ""
        return _("You have confirmed this on %(day)s: %(way)s. Nothing else is asked.", day=day, way=way_word(line.way))
    if line.state == ReadingState.REFUSED:
        return _("A refusal to sign is entered for you. If that is not so, tell the clerk.")
    return _("You are not asked to read this any more.")


def _left_behind(document: Document, by: Actor) -> str:
    mine_once = (Acquaintance.document == document.id) & (Acquaintance.employee == (by.employee_id or 0))
    if Acquaintance.select().where(mine_once & (Acquaintance.state == ReadingState.REPLACED)).exists():
        return _("A new edition has come since you were asked, and you are not asked to read that one. It is shown here.")
    if Acquaintance.select().where(mine_once).exists():
        return _("You are not asked to read this any more.")
    return _("You are not asked to read this. You may all the same.")


def _next(standing: Standing | None) -> dict[str, str] | None:
    return named(standing.following[0], standing.total) if standing is not None and standing.following else None


def line_of(acquaintance_id: int, document: Document) -> int:
    """The id, if it is of a place on a sheet of this very document.

    :raise NotFound: ``no_acquaintance``
    """
    if not Acquaintance.select().where((Acquaintance.id == acquaintance_id) & (Acquaintance.document == document)).exists():
        raise NotFound("no_acquaintance", _("You are not on a list of this document. See what waits for you to read."))
    return acquaintance_id
