"""What the approval of a document tells, and to whom: reactions to its signals, inside the transaction of the act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.rules import Decision, RunState, VisaState
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.hooks import document_moved, route_ended, visa_asked, visa_given, visa_reminded
from roadmapdocs.installation import day_of
from roadmapdocs.notices.operations import settle, tell
from roadmapdocs.notices.standing_in import standing_in
from roadmapdocs.people.holders import signer_for
from roadmapdocs.people.rules import Actor
from roadmapdocs.prepared import Prepared, place
from roadmapdocs.workflow.rules import Line, Transition

# Each decision on a visa asks these: they are composed once.
_STARTED = Prepared(
    lambda: Run.select(Document.drafter, Run.started_by_employee).join(Document).where(Run.id == place("run", Visa.run))
)
_CLOSED = Prepared(
    lambda: Visa.select(Visa.id).where(
        (Visa.run == place("run", Visa.run)) & Visa.state.in_([str(VisaState.DROPPED), str(VisaState.HANDED)])
    )
)


def listen() -> None:
    """React from now on. Idempotent."""
    visa_asked.connect(_asked)
    visa_given.connect(_given)
    visa_reminded.connect(_reminded)
    route_ended.connect(_ended)
    document_moved.connect(_moved)


def visa_topic(visa_id: int) -> str:
    return f"visa:{visa_id}"


def decide_path(document_id: int) -> str:
    """Where somebody decides on the document, below the registry's address."""
    return f"/decide/{document_id}"


def tell_askers(
    visa: Visa,
    code: str,
    *,
    occasion: str,
    now: dt.datetime,
    today: dt.date,
    about: dict[str, object] | None = None,
) -> None:
    """Tell whoever can give this visa today: its addressee, and those who stand in for an absent one.

    A visa of a guest is nobody's here: guests have letters of their own.
    """
    if visa.employee_id is None:
        return
    told = {"information": bool(visa.information), **(about or {})}
    common: dict[str, Any] = {
        "key": f"{visa_topic(visa.id)}/{occasion}",
        "document_id": visa.document_id,
        "path": decide_path(visa.document_id),
        "due": visa.due,
        "urgent": visa.due == today and not visa.information,
        "now": now,
    }
    tell([visa.employee_id], code, about=told, **common)
    others = standing_in(visa.employee_id, today, lambda one: one.covers(visa.document.kind.code))
    tell(others, code, about={**told, "absent": visa.name}, **common)


def _asked(visa: Visa, *, now: dt.datetime, **_more: Any) -> None:
    _settle_dropped(visa.run_id, now)
    note = {"note": visa.note} if visa.note else {}
    tell_askers(visa, "visa_asked", occasion="asked", now=now, today=_day(now), about={**note})


def _reminded(visa: Visa, *, by: Actor, now: dt.datetime, **_more: Any) -> None:
    occasion = f"hurry:{now:%Y%m%d%H%M%S}"
    tell_askers(visa, "visa_reminded", occasion=occasion, now=now, today=_day(now), about={"who": by.name})


def _given(visa: Visa, *, by: Actor, now: dt.datetime, **_more: Any) -> None:
    settle(visa_topic(visa.id), now=now)
    if visa.decision == Decision.SEEN:
        return
    about = {"who": visa.decided_name or by.name, "decision": visa.decision, "reason": visa.comment}
    key = f"run:{visa.run_id}/visa:{visa.id}"
    tell(_drafters(visa.run_id, by), "visa_given", key=key, document_id=visa.document_id, about=about, now=now)


def _ended(run: Run, *, by: Actor, now: dt.datetime, **_more: Any) -> None:
    _settle_dropped(run.id, now)
    codes = {RunState.AGREED: "route_agreed", RunState.RETURNED: "route_returned"}
    code = codes.get(RunState(run.state))
    if code is not None:
        about = {"reason": _why(run)} if code == "route_returned" else {}
        tell(_drafters(run.id, by), code, key=f"run:{run.id}/ended", document_id=run.document_id, about=about, now=now)


def _moved(document: Document, *, transition: Transition, by: Actor, now: dt.datetime, **_more: Any) -> None:
    if transition.line is not Line.PREPARATION:
        return
    topic = f"signing:{document.id}"
    if document.preparation != Preparation.IN_SIGNING:
        settle(topic, now=now)
        return
    signer = document.signer_employee_id and signer_for(document.signer_employee_id, _day(now))
    if signer and signer.employee_id != by.employee_id:
        path = decide_path(document.id)
        tell([signer.employee_id], "sign_asked", key=f"{topic}/{document.revision}", document_id=document.id, path=path, now=now)


def _settle_dropped(run_id: int, now: dt.datetime) -> None:
    """Whoever is not asked any more is not waited for: handed on, replaced, or the run is over."""
    topics = [visa_topic(visa_id) for (visa_id,) in _CLOSED.rows(run=run_id)]
    if topics:
        settle(*topics, now=now)


def _drafters(run_id: int, by: Actor) -> set[int]:
    """Those to whom the document's way matters: its drafter and whoever started the run, but not who acts."""
    ((drafter, starter),) = _STARTED.rows(run=run_id)
    return {one for one in (drafter, starter) if one is not None} - {by.employee_id}


def _why(run: Run) -> str:
    if run.ended_why:
        return str(run.ended_why)
    refused = Visa.select().where((Visa.run == run) & (Visa.decision == str(Decision.REFUSED))).order_by(Visa.decided_at)
    return "; ".join(f"{visa.decided_name}: {visa.comment}" for visa in refused)


def _day(now: dt.datetime) -> dt.date:
    return day_of(now)
