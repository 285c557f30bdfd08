"""Waiting for people no more: one is taken off a list, a sheet ends, a document is not to be read at all."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.acquaintance.lists import follow, live_sheets
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.audit.operations import record
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform_by_rule
from roadmapdocs.hooks import reading_dropped, reading_ended
from roadmapdocs.people.rules import SYSTEM, Actor


def drop_line(line: Acquaintance, *, reason: str, by: Actor, now: dt.datetime) -> None:
    """Within a transaction; the line waits for somebody."""
    dropped = {"state": str(ReadingState.DROPPED), "decided_at": now, "comment": reason, "made_by": by.name}
    Acquaintance.update(dropped).where(Acquaintance.id == line.id).execute()
    effect = {"document": line.document_id, "name": line.name, "reason": reason, "left": by is SYSTEM}
    record("acquaintance_dropped", subject=line, effect=effect, by=by, now=now)
    reading_dropped.send(Acquaintance.get_by_id(line.id), now=now)


def end_sheet(
    sheet: AcquaintanceSheet,
    why: str,
    *,
    state: ReadingState = ReadingState.DROPPED,
    by: Actor,
    now: dt.datetime,
) -> int:
    """End it within a transaction, and give how many people were waited for; their places get ``state``."""
    open_lines = (Acquaintance.sheet == sheet.id) & (Acquaintance.state == str(ReadingState.ASKED))
    lines = [one for (one,) in Acquaintance.select(Acquaintance.id).where(open_lines).tuples()]
    closed = {"state": str(state), "decided_at": now, "comment": "", "made_by": by.name}
    Acquaintance.update(closed).where(open_lines).execute()
    AcquaintanceSheet.update(ended_at=now, ended_why=why).where(AcquaintanceSheet.id == sheet.id).execute()
    effect = {"sheet": sheet.id, "edition": sheet.edition, "reason": why, "dropped": len(lines), "state": str(state)}
    record("acquaintance_ended", subject=get_document(sheet.document_id), effect=effect, by=by, now=now)
    reading_ended.send(AcquaintanceSheet.get_by_id(sheet.id), lines=lines, now=now)
    return len(lines)


def end_all(document_id: int, why: str, *, by: Actor, now: dt.datetime) -> int:
    """End every sheet of the document; within a transaction. Gives how many people were waited for."""
    return sum(end_sheet(sheet, why, by=by, now=now) for sheet in live_sheets(document_id))


def end_one(sheet: AcquaintanceSheet, why: str, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """End a sheet among others, and have the line follow; within a transaction.

    With the last sheet that waits for somebody, reading is broken off: it would be wrong to say that all have read.
    """
    waited_for = end_sheet(sheet, why, by=by, now=now)
    if waited_for and not live_sheets(sheet.document_id):
        break_off(get_document(sheet.document_id), by=by, now=now, today=today)
    else:
        follow(sheet.document_id, by=by, now=now, today=today)


def break_off(document: Document, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """The line of a document that nobody is asked to read any more; one that all have read stays so."""
    if document.acquaintance != "everyone":
        perform_by_rule(document.id, "nobody_reads", by=by, now=now, today=today)
