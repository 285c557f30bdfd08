"""Taking one's own visa back: it is asked once more, and what followed from it is undone."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from roadmapdocs.approvals.models import Remark, Run, Visa
from roadmapdocs.approvals.plans import Mode, plan_from_json
from roadmapdocs.approvals.rules import RunState, VisaState
from roadmapdocs.approvals.runs import go_on, latest, visas_of, write
from roadmapdocs.approvals.visas import locked
from roadmapdocs.approvals.words import RemarkState
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.transitions import perform_by_rule
from roadmapdocs.errors import Conflict, Forbidden
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor

#: Columns of a visa on which nobody has decided.
_UNDECIDED: Final[dict[str, Any]] = {
    "decision": None,
    "decided_at": None,
    "decided_by": None,
    "decided_name": "",
    "decided_post": "",
    "in_place": False,
    "way": None,
    "comment": "",
    "committee": "",
    "version": None,
    "sha256": "",
    "objection": None,
    "objection_name": "",
    "objection_kind": "",
    "carried_from": None,
}


def withdraw_visa(visa_id: int, *, by: Actor, now: dt.datetime, today: dt.date) -> Visa:
    """Take one's own decision back, as long as the document is not signed: it is asked once more.

    :raise Forbidden: ``not_yours`` if somebody else decided, ``left`` if all posts of the actor have ended
    :raise Conflict: ``too_late`` if the document is signed, or is being reworked, or another run began; ``only_seen``
        if there was nothing to decide
    """
    with transaction():
        visa, run = locked(visa_id, by)
        if visa.state != VisaState.GIVEN or visa.decided_by_id is None or visa.decided_by_id != by.employee_id:
            raise Forbidden("not_yours", _("Only who gave a visa takes it back."))
        if not works_on([visa.decided_by_id], today):
            raise Forbidden("left", _("You hold no post here any more. Somebody else has to be asked."))
        if visa.information:
            raise Conflict("only_seen", _("You were only informed: there is no decision to take back."))
        _check_in_time(run)
        decision = visa.decision
        _undo(visa, run, now)
        effect = {"visa": visa.id, "name": visa.name, "decision": decision}
        record("visa_withdrawn", subject=run.document, effect=effect, by=by, now=now)
        if run.state == RunState.AGREED:
            write(run, state=str(RunState.UNDER_WAY), ended_at=None)
            if perform_by_rule(run.document_id, "ask_again", by=by, now=now, today=today) is None:
                raise _too_late()
        go_on(run, by=by, now=now, today=today)
        return Visa.get_by_id(visa.id)


def _check_in_time(run: Run) -> None:
    last = latest(run.document_id)
    in_time = run.document.preparation != Preparation.SIGNED and last is not None and last.id == run.id
    if not in_time or run.state not in {RunState.UNDER_WAY, RunState.AGREED}:
        raise _too_late()


def _too_late() -> Conflict:
    return Conflict("too_late", _("The document has gone on: a visa is taken back only before it is signed."))


def _undo(visa: Visa, run: Run, now: dt.datetime) -> None:
    """The visa is open again, or waits for those before it who took theirs back first. Who fell away in its step is
    asked again, who was asked after it is not yet, and what only repeated it is undone, too."""
    visas = visas_of(run)
    in_turn = plan_from_json(run.plan).steps[visa.step].mode is Mode.TURN
    waits = visa.step > run.step or (in_turn and any(_goes_before(one, visa) for one in visas))
    asked = {"state": str(VisaState.WAITING)} if waits else {"state": str(VisaState.OPEN), "asked_at": now}
    write(visa, **asked, **_UNDECIDED)
    open_remarks = (Remark.visa == visa.id) & (Remark.state == RemarkState.OPEN)
    Remark.update(state=RemarkState.WITHDRAWN).where(open_remarks).execute()
    undone = {visa.id}
    for one in visas:
        after = one.step > visa.step or (in_turn and one.step == visa.step and one.place > visa.place)
        if one.carried_from_id in undone:
            undone.add(one.id)
            write(one, state=str(VisaState.WAITING), asked_at=None, due=None, **_UNDECIDED)
        elif one.step == visa.step and one.state == VisaState.DROPPED:
            write(one, state=str(VisaState.WAITING))
        elif after and one.state == VisaState.OPEN and not one.information:
            write(one, state=str(VisaState.WAITING), asked_at=None, due=None)


def _goes_before(one: Visa, visa: Visa) -> bool:
    """Whether it is undecided, and decided before the other where they go in turn."""
    return one.step == visa.step and one.place < visa.place and one.state in {VisaState.OPEN, VisaState.WAITING}
