"""Who has said what about a document: visas of its last run, remarks of all of them, and disagreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import peewee as pw
from flask import url_for

from roadmapdocs.approvals.bulk import disagreements
from roadmapdocs.approvals.models import Remark, Visa
from roadmapdocs.approvals.rules import Decision, VisaState
from roadmapdocs.approvals.runs import latest
from roadmapdocs.approvals.words import ObjectionKind, RemarkState
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.approval_words import remark_word
from roadmapdocs.web.context import settings
from roadmapdocs.web.decide.words import decided_word

Badge = dict[str, str | None]
_DECIDED: dict[str, tuple[str, str | None]] = {
    Decision.AGREED: ("ok", None),
    Decision.REMARKS: ("work", "info"),
    Decision.REFUSED: ("work", "x"),
    Decision.SEEN: ("info", "eye"),
}
_REMARKS = {RemarkState.OPEN: "work", RemarkState.ACCEPTED: "ok", RemarkState.REJECTED: "work", RemarkState.WITHDRAWN: "na"}


def visas_of(document: Document, today: dt.date) -> list[dict[str, Any]]:
    """Lines of the document's last run, as ``decide.html`` draws them."""
    run = latest(document.id)
    if run is None:
        return []
    rows = (
        Visa.select(Visa, DocumentVersion)
        .join(DocumentVersion, pw.JOIN.LEFT_OUTER)
        .where(Visa.run == run)
        .order_by(Visa.step, Visa.place, Visa.id)
    )
    return [_line(document, row, today) for row in rows]


def _line(document: Document, visa: Visa, today: dt.date) -> dict[str, Any]:
    day = visa.decided_at or visa.asked_at
    return {
        "name": visa.name,
        "post": visa.post,
        "day": day.astimezone(settings().zone).date() if day is not None else None,
        "badge": _badge(visa, today),
        "instead": _("%(name)s in their place", name=visa.decided_name) if visa.in_place else "",
        "version": visa.version.number if visa.version_id is not None else None,
        "committee": visa.committee,
        "comment": visa.comment,
        "note": visa.note,
        "asks": not visa.information and visa.state in {VisaState.GIVEN, VisaState.OPEN, VisaState.WAITING},
        "agreed": visa.decision in {Decision.AGREED, Decision.REMARKS},
        "file": _file(document, visa),
    }


def _badge(visa: Visa, today: dt.date) -> Badge:
    if visa.decision is not None:
        look, symbol = _DECIDED[visa.decision]
        return {"look": look, "label": decided_word(visa.decision), "symbol": symbol}
    if visa.state == VisaState.OPEN and visa.due is not None and visa.due < today:
        return {"look": "late", "label": _("late"), "symbol": None}
    words = {
        VisaState.OPEN: ("work", _("decides now")),
        VisaState.WAITING: ("plain", _("comes later")),
        VisaState.DROPPED: ("na", _("not needed any more")),
        VisaState.HANDED: ("na", _("handed on")),
    }
    look, label = words[VisaState(visa.state)]
    return {"look": look, "label": label, "symbol": "clock" if visa.state == VisaState.WAITING else None}


def _file(document: Document, visa: Visa) -> dict[str, str] | None:
    if visa.objection_id is None:
        return None
    url = url_for("roadmapdocs_decide.objection", document_id=document.id, visa_id=visa.id)
    return {"name": visa.objection_name, "kind": objection_words()[visa.objection_kind or "other"], "url": url}


def objection_words() -> dict[str, str]:
    """What a file beside a decision is, for a list to choose from."""
    return {
        ObjectionKind.REDLINE: _("corrections in the text"),
        ObjectionKind.OPINION: _("separate opinion"),
        ObjectionKind.PROTOCOL: _("protocol of disagreements"),
        ObjectionKind.OTHER: _("another file"),
    }


def remarks_of(document: Document) -> list[dict[str, Any]]:
    """All remarks to the document, of all its runs, in the order in which they were made."""
    rows = Remark.select(Remark, Visa.post).join(Visa).where(Remark.document == document).order_by(Remark.id)
    return [
        {
            "by": row.by,
            "post": row.visa.post,
            "place": row.place,
            "text": row.text,
            "answer": row.answer,
            "open": row.state == RemarkState.OPEN,
            "badge": {"look": _REMARKS[RemarkState(row.state)], "label": remark_word(row.state), "symbol": None},
        }
        for row in rows
    ]


def disagreements_on(document: Document) -> list[dict[str, Any]]:
    """Those whose last word was a refusal, and why: the signer sees them before anything else."""
    found = [visa for _document, visa in disagreements([document.id])]
    rows: Iterable[Visa] = Visa.select().where(Visa.id.in_(found)).order_by(Visa.decided_at, Visa.id) if found else ()
    return [
        {"name": row.decided_name, "post": row.decided_post, "comment": row.comment, "file": _file(document, row)}
        for row in rows
    ]
