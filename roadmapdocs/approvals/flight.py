"""Changing a run in flight: another opinion, handing on, another person in one's place, a reminder, an answer."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.access.rules import Action, may, require
from roadmapdocs.approvals.authors import authors, is_own, not_ones_own, not_yours_to_agree
from roadmapdocs.approvals.models import Remark, Run, Visa
from roadmapdocs.approvals.plans import MOST_ADDRESSEES, Mode, plan_from_json
from roadmapdocs.approvals.resolving import Asked, describe
from roadmapdocs.approvals.rules import VisaState
from roadmapdocs.approvals.runs import go_on, visas_of, write
from roadmapdocs.approvals.verdicts import TEXT_LIMIT
from roadmapdocs.approvals.visas import in_place, opened, pending
from roadmapdocs.approvals.words import Added, RemarkState
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import lock_document, read_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.hooks import visa_reminded
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

#: Whoever has the document is not reminded more often than that.
BETWEEN_REMINDERS = dt.timedelta(hours=4)
#: Visas of one step, with those handed on: a visa that goes round and round comes to an end.
MOST_HANDS = 2 * MOST_ADDRESSEES


def ask_another(visa_id: int, employee_id: int, note: str, *, by: Actor, now: dt.datetime, today: dt.date) -> Visa:
    """Ask for another opinion in one's own step: both decide; one's own visa stays open.

    :raise Forbidden: if the visa is not asked of the actor
    :raise Refusal: ``nobody``, ``asked_already``, ``own_text``, ``too_many``
    """
    with transaction():
        visa, run = opened(visa_id, by)
        _require_disposal(visa, run, by)
        if plan_from_json(run.plan).steps[visa.step].mode is Mode.COMMITTEE:
            raise Refusal("committee", _("Here a body decides by its protocol. Ask the other one outside of the route."))
        added = _add(visa, run, describe(employee_id, today), Added.ASKED, note, by=by)
        effect = {"visa": added.id, "name": added.name, "asked_by": by.name, **({"note": note} if note else {})}
        record("visa_asked_of_another", subject=run.document, effect=effect, by=by, now=now)
        go_on(run, by=by, now=now, today=today)
        return Visa.get_by_id(added.id)


def forward(visa_id: int, employee_id: int, note: str, *, by: Actor, now: dt.datetime, today: dt.date) -> Visa:
    """Hand one's visa on to somebody whose matter it is.

    :raise Forbidden: if the visa is not asked of the actor
    :raise Refusal: ``nobody``, ``asked_already``, ``own_text``, ``too_many``
    """
    with transaction():
        visa, run = opened(visa_id, by)
        _require_disposal(visa, run, by)
        if employee_id == by.employee_id:
            raise Refusal("yourself", _("Nobody hands a visa on to themselves. Decide, or name somebody else."))
        return _hand(visa, run, employee_id, Added.FORWARDED, note, by=by, now=now, today=today)


def _require_disposal(visa: Visa, run: Run, by: Actor) -> None:
    """
    :raise Forbidden: ``not_yours``; ``own_text`` to who drafted the document: choosing who agrees is agreeing oneself
    """
    stands_in = in_place(visa, by)
    plan = plan_from_json(run.plan)
    if is_own(authors(visa.document), by.employee_id, plan, information=visa.information, stands_in=stands_in):
        raise Forbidden("own_text", not_yours_to_agree())


def replace(visa_id: int, employee_id: int, note: str, *, by: Actor, now: dt.datetime, today: dt.date) -> Visa:
    """Put another in the place of somebody who left, is away, or was named by mistake; asked already or not yet.

    :raise Forbidden: if the actor changes no routes
    :raise Refusal: ``reason`` if none is given, ``nobody``, ``asked_already``, ``own_text``, ``too_many``
    """
    require(by, Action.CHANGE_ROUTE)
    if not note.strip():
        raise Refusal("reason", _("Say why somebody else decides."), fields={"note": _("Fill this in.")})
    with transaction():
        visa, run = pending(visa_id, by)
        return _hand(visa, run, employee_id, Added.REPLACED, note, by=by, now=now, today=today)


def _hand(
    visa: Visa, run: Run, employee_id: int, added: Added, note: str, *, by: Actor, now: dt.datetime, today: dt.date
) -> Visa:
    other = _add(visa, run, describe(employee_id, today), added, note, by=by)
    write(visa, state=str(VisaState.HANDED), note=note.strip())
    code = "visa_forwarded" if added is Added.FORWARDED else "visa_replaced"
    effect = {"visa": other.id, "from": visa.name, "name": other.name, **({"note": note} if note else {})}
    record(code, subject=run.document, effect=effect, by=by, now=now)
    go_on(run, by=by, now=now, today=today)
    return Visa.get_by_id(other.id)


def _add(visa: Visa, run: Run, person: Asked, added: Added, note: str, *, by: Actor) -> Visa:
    """Somebody beside the visa, in the same place of the run.

    :raise Refusal: ``asked_already`` if the person is in this step, ``own_text`` if the document is theirs, ``note``,
        ``too_many`` if the visas of this step went through more hands than anybody follows
    """
    if len(note) > TEXT_LIMIT:
        raise Refusal("note", _("The note is too long. Shorten it."), fields={"note": _("The note is too long. Shorten it.")})
    plan = plan_from_json(run.plan)
    step = plan.steps[visa.step]
    if is_own(authors(run.document), person.employee, plan, information=step.mode is Mode.INFORMATION):
        raise Refusal("own_text", not_ones_own(person.name))
    here = [one for one in visas_of(run) if one.step == visa.step]
    if any(one.employee_id == person.employee for one in here if one.state not in {VisaState.HANDED, VisaState.DROPPED}):
        raise Refusal("asked_already", _("%(name)s decides in this step already. Name somebody else.", name=person.name))
    if len(here) >= MOST_HANDS:
        raise Refusal("too_many", _("The visas of this step went through too many hands. Send the document anew."))
    return Visa.create(
        run=run,
        document=run.document,
        step=visa.step,
        place=visa.place,
        employee=person.employee,
        name=person.name,
        post=person.post,
        information=step.mode is Mode.INFORMATION,
        added=added,
        added_by=by.name,
        note=note.strip(),
    )


def remind(visa_id: int, *, by: Actor, now: dt.datetime) -> Visa:
    """Ask whoever has the document to hurry.

    :raise Forbidden: if the actor neither drafted it, nor started its run, nor keeps cards
    :raise Refusal: ``reminded`` if that was done a short while ago
    """
    with transaction():
        visa, run = opened(visa_id, by)
        document = run.document
        mine = by.employee_id is not None and by.employee_id in {document.drafter_id, run.started_by_employee_id}
        if not mine and not may(by, Action.WRITE_DOCUMENT):
            raise Forbidden("not_yours", _("The drafter reminds, or whoever sent the document for approval."))
        if visa.reminded_at is not None and now - visa.reminded_at < BETWEEN_REMINDERS:
            raise Refusal("reminded", _("%(name)s was reminded a short while ago. Give them a few hours.", name=visa.name))
        write(visa, reminded_at=now)
        record("visa_reminded", subject=document, effect={"visa": visa.id, "name": visa.name}, by=by, now=now)
        visa_reminded.send(visa, by=by, now=now)
        return visa


def answer_remark(remark_id: int, state: RemarkState, answer: str, *, by: Actor, now: dt.datetime) -> Remark:
    """Say what became of a remark: the drafter accepts or rejects it with a reason, its author withdraws it.

    :raise NotFound: ``no_remark``
    :raise Forbidden: ``not_yours``
    :raise Refusal: ``answer`` if a rejection has no reason
    :raise Conflict: ``too_late`` if the document is signed, ``withdrawn``
    """
    with transaction():
        remark = Remark.select(Remark, Visa).join(Visa).where(Remark.id == remark_id).first()
        if remark is None:
            raise NotFound("no_remark", _("There is no such remark. The card shows those there are."))
        document = lock_document(remark.document_id)
        read_document(document.id, by=by)
        if document.preparation == Preparation.SIGNED:
            raise Conflict("too_late", _("The document is signed: its remarks stay as they are."))
        _require_answering(remark, document, state, by)
        if remark.state == RemarkState.WITHDRAWN:
            raise Conflict("withdrawn", _("The remark was withdrawn by its author: nothing is left to answer."))
        if len(answer) > TEXT_LIMIT:
            raise _answer(_("The answer is too long. Shorten it."))
        if state is RemarkState.REJECTED and not answer.strip():
            raise _answer(_("Write why the remark is not taken up: its author and the signer will read it."))
        Remark.update(state=state, answer=answer.strip(), answered_by=by.name, answered_at=now).where(
            Remark.id == remark_id
        ).execute()
        effect = {"remark": remark_id, "state": str(state), "of": remark.by, **({"answer": answer} if answer.strip() else {})}
        record("remark_answered", subject=document, effect=effect, by=by, now=now)
        return Remark.get_by_id(remark_id)


def _require_answering(remark: Remark, document: Document, state: RemarkState, by: Actor) -> None:
    if state is RemarkState.WITHDRAWN:
        if by.employee_id is None or by.employee_id not in {remark.visa.decided_by_id, remark.visa.employee_id}:
            raise Forbidden("not_yours", _("A remark is withdrawn by whoever made it."))
        return
    mine = by.employee_id is not None and by.employee_id == document.drafter_id
    if not mine and not may(by, Action.WRITE_DOCUMENT):
        raise Forbidden("not_yours", _("Remarks are answered by the drafter or the clerk."))


def _answer(sentence: str) -> Refusal:
    return Refusal("answer", sentence, fields={"answer": sentence})
