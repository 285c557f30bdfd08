"""What a person may do about a document now: the act, its addresses, and why a door is closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for

from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.plans import Mode, plan_from_json
from roadmapdocs.approvals.rules import VisaState
from roadmapdocs.approvals.runs import under_way
from roadmapdocs.approvals.signing import own_authority, rule_on, signing_step
from roadmapdocs.approvals.waiting import AGREE, Waiting
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.visibility import states_of
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.web.context import settings
from roadmapdocs.web.decide.visas import objection_words
from roadmapdocs.web.decide.words import act_words, decided_word, in_place_words
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line

RETURN = "return_for_rework"


def act_of(document: Document, asked: Waiting, by: Actor, today: dt.date) -> dict[str, Any]:
    """What ``decide.html`` draws the bar and its sheets from."""
    words = act_words(asked.act)
    visa = asked.visa_id is not None
    return {
        "code": asked.act,
        "visa": asked.visa_id or 0,
        "label": words.verb,
        "symbol": words.symbol,
        "in_place_of": in_place_words(asked.in_place_of, asked.acting) if asked.in_place_of else "",
        "signs": not visa,
        "why_not": None if visa else _no_authority(document, by, today),
        "rule": visa or rule_on(today) is not None,
        "body": _body(asked.visa_id) if asked.visa_id is not None and asked.act == AGREE else None,
        "may_return": asked.act == AGREE or (not visa and may_return(document)),
        "paper_url": _paper(document, by) if not visa else None,
        "ask_url": _flight("ask", asked) if asked.act == AGREE else None,
        "forward_url": _flight("forward", asked) if visa else None,
        "kinds": list(objection_words().items()),
    }


def may_return(document: Document) -> bool:
    """Whether the document's own workflow has a way back from where it stands."""
    transition = workflow_of(document.workflow_id).transition(RETURN)
    return transition is not None and states_of(document)[Line.PREPARATION] in transition.sources


def _no_authority(document: Document, by: Actor, today: dt.date) -> str | None:
    try:
        own_authority(document, by, today)
    except Refusal as refusal:
        return refusal.message
    return None


def _body(visa_id: int) -> str | None:
    """Name of the body that decides by its protocol, which may be empty; None where a person decides."""
    visa = Visa.select(Visa, Run).join(Run).where(Visa.id == visa_id).get()
    step = plan_from_json(visa.run.plan).steps[visa.step]
    return step.body if step.mode is Mode.COMMITTEE else None


def _paper(document: Document, by: Actor) -> str | None:
    step = signing_step(document)
    if step is None or not by.has(Role.CLERK):
        return None
    url: str = url_for("roadmapdocs_documents.act", document_id=document.id, step=step.name)
    return url


def _flight(what: str, asked: Waiting) -> str:
    url: str = url_for(f"roadmapdocs_approvals.{what}", visa_id=asked.visa_id)
    return url


def why_nothing(document: Document, by: Actor) -> str:
    """Why nothing is asked of this person about the document: decided already, not their turn yet, not their matter."""
    run = under_way(document.id)
    mine = Visa.employee.in_(sorted(by.reads_for)) | (Visa.decided_by == (by.employee_id or 0))
    rows = Visa.select().where((Visa.document == document) & mine).order_by(Visa.run.desc(), Visa.step.desc(), Visa.id.desc())
    own = rows.first()
    if own is not None and own.state == VisaState.GIVEN:
        day = own.decided_at.astimezone(settings().zone).strftime("%d.%m.%Y")
        words = {"day": day, "name": own.decided_name, "decision": decided_word(own.decision)}
        return _("Decided on %(day)s, %(name)s: %(decision)s. Nothing else is asked here.", **words)
    if run is not None:
        holders = Visa.select(Visa.name).where((Visa.run == run) & (Visa.state == VisaState.OPEN)).tuples()
        names = ", ".join(name for (name,) in holders).rstrip(".")
        if own is not None and own.state == VisaState.WAITING:
            return _("It is not your turn yet. Now it lies with: %(names)s.", names=names)
        return _("Nothing is asked of you here. Now it lies with: %(names)s.", names=names)
    return _("Nothing is asked of you here: the document has gone on. Its card shows where it is.")
