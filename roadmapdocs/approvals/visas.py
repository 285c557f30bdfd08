"""One visa as acts take it in hand: its document locked, open to who acts."""

from __future__ import annotations

from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.rows import RUN, VISA
from roadmapdocs.approvals.rules import RunState, VisaState
from roadmapdocs.documents.operations import lock_document, unknown_document
from roadmapdocs.documents.visibility import may
from roadmapdocs.errors import Conflict, Forbidden, NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor


def locked(visa_id: int, by: Actor) -> tuple[Visa, Run]:
    """The visa and its run, after the lock of their document is taken.

    :raise NotFound: if there is none, or its document is not open to this person
    """
    visa = VISA.one(id=visa_id)
    if visa is None:
        raise NotFound("no_visa", _("There is no such visa, or it is not for you. See what waits for you."))
    document = lock_document(visa.document_id)
    if not may(document, "read", by):
        raise unknown_document()
    # The lock waits for others: what was read before it may be old.
    visa = VISA.one(id=visa_id)
    assert visa is not None  # visas are never deleted
    run = RUN.one(id=visa.run_id)
    assert run is not None
    # Read already: asking for them by the keys would read them once more.
    visa.run, visa.document, run.document = run, document, document
    return visa, run


def pending(visa_id: int, by: Actor) -> tuple[Visa, Run]:
    """A visa that is asked, or is to be, in a run that is under way.

    :raise Conflict: ``decided``
    """
    visa, run = locked(visa_id, by)
    if visa.state not in {VisaState.OPEN, VisaState.WAITING} or run.state != RunState.UNDER_WAY:
        raise gone_on()
    return visa, run


def opened(visa_id: int, by: Actor) -> tuple[Visa, Run]:
    """A visa that is asked now, in a run that is under way.

    :raise Conflict: ``decided``, ``not_asked``
    """
    visa, run = pending(visa_id, by)
    if visa.state != VisaState.OPEN:
        raise Conflict("not_asked", _("%(name)s is not asked yet.", name=visa.name))
    return visa, run


def in_place(visa: Visa, by: Actor) -> bool:
    """Whether the actor, to whom the visa falls today, stands in for who was asked. What is only made known to
    somebody is for that person alone.

    :raise Forbidden: ``not_yours``
    """
    if visa.employee_id is not None and visa.employee_id == by.employee_id:
        return False
    stands = visa.employee_id is not None and by.standing_for(visa.employee_id, visa.document.kind.code) is not None
    if visa.information or not stands:
        raise Forbidden(
            "not_yours", _("This visa is asked of %(name)s. It is given by them or by who stands in.", name=visa.name)
        )
    return True


def gone_on() -> Conflict:
    return Conflict("decided", _("This visa is not asked any more: the document has gone on without it. Look at its card."))
