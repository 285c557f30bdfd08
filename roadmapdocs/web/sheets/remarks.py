"""Remarks on a document with their answers, and who may answer them."""

from __future__ import annotations

import datetime as dt

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.approvals.sheet import Sheet, VisaLine
from roadmapdocs.approvals.words import RemarkState
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.approval_words import remark_word
from roadmapdocs.web.sheets.words import moment

_LOOKS = {
    RemarkState.OPEN: "work",
    RemarkState.ACCEPTED: "ok",
    RemarkState.REJECTED: "info",
    RemarkState.WITHDRAWN: "na",
}


def may_answer(document: Document, by: Actor) -> bool:
    """The drafter, or who keeps cards, until the document is signed."""
    drafts = by.employee_id is not None and by.employee_id == document.drafter_id
    return document.preparation != Preparation.SIGNED and (drafts or may(by, Action.WRITE_DOCUMENT))


def remarks_of(sheet: Sheet, by: Actor, zone: dt.tzinfo) -> list[dict[str, object]]:
    """All remarks of all runs: those without an answer first, then the latest."""
    signed = sheet.document.preparation == Preparation.SIGNED
    lines = [(line, found.run.number) for found in sheet.runs for line in found.lines]
    found = [
        (remark, {**_remark(line, place, zone), "run": run, "may_withdraw": not signed and _made_by(line, place, by)})
        for line, run in lines
        for place, remark in enumerate(line.remarks)
    ]
    found.sort(key=lambda one: (one[0].state != RemarkState.OPEN, -one[0].id))
    return [words for _remark_row, words in found]


def _made_by(line: VisaLine, place: int, by: Actor) -> bool:
    """Whoever made it takes it back, as long as it is not taken back."""
    own = by.employee_id is not None and by.employee_id in {line.visa.decided_by_id, line.visa.employee_id}
    return own and line.remarks[place].state != RemarkState.WITHDRAWN


def _remark(line: VisaLine, place: int, zone: dt.tzinfo) -> dict[str, object]:
    remark = line.remarks[place]
    state = RemarkState(remark.state)
    return {
        "id": remark.id,
        "place": remark.place,
        "text": remark.text,
        "by": remark.by,
        "at": moment(remark.at, zone),
        "version": line.version,
        "badge": {"look": _LOOKS[state], "label": remark_word(state), "symbol": None},
        "state": str(state),
        "answer": remark.answer,
        "answered_by": remark.answered_by,
        "answered_at": moment(remark.answered_at, zone),
        "url": url_for("roadmapdocs_sheets.answer", document_id=remark.document_id, remark_id=remark.id),
    }
