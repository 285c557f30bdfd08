"""What was sent from the page of a decision: read, and done by the operations that bind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import request

from roadmapdocs.approvals.deciding import Objection, RemarkText, Verdict, decide
from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.rules import Decision, RunState
from roadmapdocs.approvals.signing import sign_simply, sign_with_file
from roadmapdocs.approvals.words import ObjectionKind
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.context import settings, store
from roadmapdocs.web.decide.asked import RETURN
from roadmapdocs.web.decide.page import Typed
from roadmapdocs.web.decide.trust import anchors
from roadmapdocs.web.forms import plain_line, plain_text

#: What the buttons of the page send as ``do``.
VERDICTS = {"agree": Decision.AGREED, "seen": Decision.SEEN, "remarks": Decision.REMARKS, "refuse": Decision.REFUSED}
#: Which sheet of the page a button stands on: it is open again after a refusal.
_SHEETS = {"agree": "body", "remarks": "return", "refuse": "return", "return": "return", "sign": "sign", "sign_file": "sign"}
_MOST_TYPED = 20_000


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: ``act`` is as sent; ``visa`` is the id of a visa that its giver may take back."""

    act: str
    visa: int | None = None
    signed: bool = False


def carry_out(document: Document, by: Actor, now: dt.datetime, today: dt.date) -> Done:
    """Do what the form says.

    :raise Refusal: as the operations of approval, or ``act`` if the form says nothing that can be done
    """
    act, version = request.form.get("do", ""), number("version") or None
    if act in VERDICTS:
        given = decide(
            number("visa"), _verdict(VERDICTS[act]), version=version, store=store(), by=by, now=now, today=today
        )
        run = Run.get_by_id(given.run_id)
        return Done(act, given.id if run.state in {RunState.UNDER_WAY, RunState.AGREED} else None)
    if act == "sign":
        sign_simply(document.id, request.form.get("password", ""), version=version, by=by, now=now, today=today)
        return Done(act, signed=True)
    if act == "sign_file":
        _sign_with_file(document, version, by, now, today)
        return Done(act, signed=True)
    if act == "return":
        perform(document.id, RETURN, answers=Answers(reason=_reason()), by=by, now=now, today=today)
        return Done(act)
    raise Refusal("act", _("The page sent no decision. Reload it and press the button again."))


def _verdict(decision: Decision) -> Verdict:
    committee = plain_line(request.form.get("committee"))
    if decision in {Decision.AGREED, Decision.SEEN}:
        return Verdict(decision, committee=committee)
    remarks = tuple(RemarkText(text, place) for place, text in _remarks() if text)
    comment = ". ".join([*(one.rstrip(".") for one in _chips()), *filter(None, [_comment()])])
    return Verdict(decision, comment, remarks, _objection(), committee)


def _comment() -> str:
    return plain_text(request.form.get("comment", "")[:_MOST_TYPED])


def _chips() -> tuple[str, ...]:
    return tuple(plain_line(one)[:200] for one in request.form.getlist("chip")[:10])


def _remarks() -> tuple[tuple[str, str], ...]:
    """(place, text) of each line on which something was typed."""
    places, texts = request.form.getlist("place"), request.form.getlist("remark")
    pairs = ((plain_line(place), plain_text(text)) for place, text in zip(places, texts, strict=False))
    return tuple(pair for pair in pairs if any(pair))


def _reason() -> str:
    """
    :raise Refusal: ``verdict`` without one
    """
    reason = ". ".join([*(one.rstrip(".") for one in _chips()), *filter(None, [_comment()])])
    if not reason:
        sentence = _("Write what has to be changed: without a reason the drafter cannot go on.")
        raise Refusal("verdict", sentence, fields={"comment": sentence})
    return reason


def _objection() -> Objection | None:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return None
    kind = request.form.get("kind", "")
    return Objection(upload.read(), upload.filename, ObjectionKind(kind) if kind in set(ObjectionKind) else ObjectionKind.OTHER)


def _sign_with_file(document: Document, version: int | None, by: Actor, now: dt.datetime, today: dt.date) -> None:
    upload = request.files.get("signature")
    if upload is None or not upload.filename:
        sentence = _("No file is chosen yet. Choose the signature: a file .sig or .p7s.")
        raise Refusal("signature", sentence, fields={"signature": sentence})
    sign_with_file(
        document.id,
        upload.read(),
        upload.filename,
        version=version,
        anchors=anchors(settings().data),
        zone=settings().zone,
        store=store(),
        by=by,
        now=now,
        today=today,
    )


def number(name: str) -> int:
    """A whole number of the form; 0 for anything that is none."""
    sent = request.form.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0


def typed(refusal: Refusal) -> Typed:
    """What stays on the page after a refusal: all but passwords and files."""
    return Typed(
        values={name: request.form.get(name, "")[:_MOST_TYPED] for name in ("comment", "committee", "kind")},
        remarks=_remarks(),
        chips=_chips(),
        sheet=_SHEETS.get(request.form.get("do", ""), ""),
        shown=number("version") or None,
        refusal=refusal,
    )


def still_given(visa_id: int, document: Document) -> bool:
    """Whether the form names a visa of this very document."""
    return bool(Visa.select().where((Visa.id == visa_id) & (Visa.document == document)).exists())
