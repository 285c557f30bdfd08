"""The lists of a document's latest edition: its sheets, how far reading is on them, and the state line that follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import peewee as pw

from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.rules import Tally, way_to
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.documents.models import DocumentVersion
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform_by_rule
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.models import Employee, Unit
from roadmapdocs.people.rules import Actor

#: States of a place on a list by which somebody was asked and is, or was, waited for.
ON_LIST: Final = (str(ReadingState.ASKED), str(ReadingState.CONFIRMED), str(ReadingState.REFUSED))


def current_version(document_id: int) -> DocumentVersion | None:
    """The text as it is now, with its file."""
    rows = DocumentVersion.select(DocumentVersion, StoredFile).join(StoredFile)
    found: DocumentVersion | None = (
        rows.where(DocumentVersion.document == document_id).order_by(DocumentVersion.number.desc()).first()
    )
    return found


def latest_sheets(document_id: int) -> list[int]:
    """Ids of the sheets, ended or not, of the latest edition that anybody was asked to read."""
    rows = AcquaintanceSheet.select(AcquaintanceSheet.id, AcquaintanceSheet.edition)
    found = list(rows.where(AcquaintanceSheet.document == document_id).tuples())
    latest = max((edition for _id, edition in found), default=0)
    return [sheet for sheet, edition in found if edition == latest]


def live_sheets(document_id: int) -> list[AcquaintanceSheet]:
    """Sheets that ask somebody still, or go on asking; the oldest first."""
    live = (AcquaintanceSheet.document == document_id) & AcquaintanceSheet.ended_at.is_null()
    return list(AcquaintanceSheet.select().where(live).order_by(AcquaintanceSheet.id))


def tally_of(document_id: int) -> Tally:
    lines = Acquaintance.select(Acquaintance.state, pw.fn.COUNT(Acquaintance.id)).group_by(Acquaintance.state)
    counts = dict(lines.where(Acquaintance.sheet.in_(latest_sheets(document_id))).tuples())
    return Tally(*(counts.get(str(state), 0) for state in (ReadingState.ASKED, ReadingState.CONFIRMED, ReadingState.REFUSED)))


def follow(document_id: int, *, by: Actor, now: dt.datetime, today: dt.date, anew: bool = False) -> None:
    """Have the document's line say what its lists say; within a transaction.

    ``anew``: a new edition is read. A document that was taken off stays so until it is sent again.
    """
    document = get_document(document_id)
    if document.acquaintance == "not_required" and not live_sheets(document_id):
        return
    for name in way_to(document.acquaintance, tally_of(document_id).line, anew=anew):
        if perform_by_rule(document_id, name, by=by, now=now, today=today) is None:
            # The office's own definition knows no such step: its line is moved by people.
            return


def loaded(ids: Sequence[int]) -> list[Acquaintance]:
    """The places in this order, with their ``sheet``, ``unit``, ``file`` and ``stands_in_for``."""
    absent = Employee.alias()
    rows = (
        Acquaintance.select(Acquaintance, AcquaintanceSheet, Unit, StoredFile, absent)
        .join(AcquaintanceSheet)
        .switch(Acquaintance)
        .join(Unit, pw.JOIN.LEFT_OUTER)
        .switch(Acquaintance)
        .join(StoredFile, pw.JOIN.LEFT_OUTER)
        .switch(Acquaintance)
        .join(absent, pw.JOIN.LEFT_OUTER, on=(Acquaintance.stands_in_for == absent.id), attr="stands_in_for")
    )
    found = {row.id: row for row in rows.where(Acquaintance.id.in_(ids))}
    return [found[one] for one in ids]
