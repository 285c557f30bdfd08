"""Deciding on a visa: согласовано, с замечаниями, не согласовано; each bound to the text that was seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from roadmapdocs.access.rules import Action, require
from roadmapdocs.approvals.authors import authors, is_own, not_ones_own, not_yours_to_agree
from roadmapdocs.approvals.models import Remark, Run, Visa
from roadmapdocs.approvals.plans import Mode, plan_from_json
from roadmapdocs.approvals.rules import Decision, RunState, VisaState
from roadmapdocs.approvals.runs import current_version, go_on, write
from roadmapdocs.approvals.verdicts import TEXT_LIMIT, Objection, RemarkText, Verdict, check_verdict
from roadmapdocs.approvals.visas import gone_on, in_place, locked
from roadmapdocs.approvals.withdrawing import withdraw_visa
from roadmapdocs.approvals.words import ObjectionKind, VisaWay
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.errors import Conflict, Forbidden
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.operations import Kept, keep
from roadmapdocs.files.store import FileStore
from roadmapdocs.hooks import visa_given
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Post
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor

__all__ = [
    "TEXT_LIMIT",
    "Objection",
    "ObjectionKind",
    "RemarkText",
    "Verdict",
    "decide",
    "decide_as_guest",
    "decide_on_paper",
    "withdraw_visa",
]


def decide(
    visa_id: int,
    verdict: Verdict,
    *,
    version: int | None,
    store: FileStore | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Visa:
    """Give one's visa, or that of somebody for whom one stands in today, on the text ``version`` (an id) that was shown.

    :raise NotFound: ``no_visa`` if there is none for this person
    :raise Forbidden: ``not_yours``, ``own_text`` if it is the person's own document, ``four_eyes``, ``left``
    :raise Conflict: ``decided`` if it was given, or fell away, meanwhile; ``stale_version``
    :raise Refusal: ``verdict`` with ``fields`` of what is missing; what :func:`files.operations.keep` refuses
    """
    with transaction():
        visa, run = locked(visa_id, by)
        stands_in = _right_to(visa, run, by)
        given = _Given(visa, run, verdict, VisaWay.ACCOUNT, _post_at_work(by, today), stands_in)
        return _give(given, version, store, by=by, now=now, today=today)


def decide_on_paper(
    visa_id: int, verdict: Verdict, *, store: FileStore | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> Visa:
    """Enter a visa that was given in ink on the text as it is now.

    :raise Forbidden: if the actor enters no visas, ``own_text``
    :raise Conflict: ``decided``
    :raise Refusal: as :func:`decide`
    """
    require(by, Action.PAPER_VISA)
    with transaction():
        visa, run = locked(visa_id, by)
        if by.employee_id is not None and by.employee_id == run.document.drafter_id:
            raise Forbidden("own_text", _("You drafted this document: another clerk enters visas given on paper for it."))
        plan = plan_from_json(run.plan)
        if is_own(authors(run.document), visa.employee_id, plan, information=visa.information):
            raise Forbidden("own_text", not_ones_own(visa.name))
        if plan.four_eyes and not visa.information and _gave_another(visa, visa.employee_id):
            raise Forbidden(
                "four_eyes",
                _("%(name)s gave a visa on this document already. The route asks another pair of eyes here.", name=visa.name),
            )
        current = current_version(visa.document_id)
        given = _Given(visa, run, verdict, VisaWay.PAPER, visa.post, in_place=False)
        return _give(given, current.id if current else None, store, by=by, now=now, today=today)


def decide_as_guest(
    visa: Visa,
    verdict: Verdict,
    *,
    version: int | None,
    store: FileStore | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Visa:
    """Give a visa by a link that was checked already; inside the transaction of that check."""
    Document.update(revision=Document.revision).where(Document.id == visa.document_id).execute()
    visa = Visa.select(Visa, Run).join(Run).where(Visa.id == visa.id).get()
    given = _Given(visa, visa.run, verdict, VisaWay.LINK, visa.post, in_place=False)
    return _give(given, version, store, by=by, now=now, today=today)


@dataclass(frozen=True, slots=True)
class _Given:
    visa: Visa
    run: Run
    verdict: Verdict
    way: VisaWay
    post: str
    in_place: bool


def _right_to(visa: Visa, run: Run, by: Actor) -> bool:
    """Whether the actor decides in another's place.

    :raise Forbidden: if the visa is not theirs at all, or nobody may agree to this with them
    """
    stands_in = in_place(visa, by)
    if not visa.information:
        plan = plan_from_json(run.plan)
        if is_own(authors(visa.document), by.employee_id, plan, information=False, stands_in=stands_in):
            raise Forbidden("own_text", not_yours_to_agree())
        if plan.four_eyes and _gave_another(visa, by.employee_id):
            raise Forbidden(
                "four_eyes", _("You gave a visa on this document already. The route asks another pair of eyes here.")
            )
    return stands_in


def _gave_another(visa: Visa, employee: int | None) -> bool:
    """In another's name, or in one's own: the same name twice is a matter of the plan, two names are not."""
    others = (Visa.run == visa.run_id) & (Visa.id != visa.id) & (Visa.decided_by == employee)
    return bool(Visa.select().where(others & (Visa.employee != visa.employee_id) & (Visa.decision != Decision.SEEN)).exists())


def _give(
    given: _Given, version: int | None, store: FileStore | None, *, by: Actor, now: dt.datetime, today: dt.date
) -> Visa:
    visa, run, verdict = given.visa, given.run, given.verdict
    _check_open(visa, run)
    mode = plan_from_json(run.plan).steps[visa.step].mode
    check_verdict(verdict, mode)
    current = _shown(visa, version)
    kept = _kept(verdict.objection, store, now)
    by_protocol = mode is Mode.COMMITTEE
    columns = {
        "state": VisaState.GIVEN,
        "decision": verdict.decision,
        "decided_at": now,
        "decided_by": visa.employee_id if given.way is VisaWay.PAPER else by.employee_id,
        "decided_name": visa.name if given.way is VisaWay.PAPER else by.name,
        "decided_post": given.post or visa.post,
        "in_place": given.in_place,
        "way": VisaWay.PROTOCOL if by_protocol else given.way,
        "comment": verdict.comment.strip(),
        "committee": verdict.committee.strip() if by_protocol else "",
        "version": current,
        "sha256": _hash(current) if current else "",
        "objection": kept.file if kept else None,
        "objection_name": kept.name if kept else "",
        "objection_kind": verdict.objection.kind if kept and verdict.objection else "",
    }
    write(visa, **columns)
    for one in verdict.remarks:
        Remark.create(
            visa=visa, document=visa.document_id, place=one.place.strip(), text=one.text.strip(), by=visa.decided_name, at=now
        )
    _journal(visa, len(verdict.remarks), by, now)
    visa_given.send(visa, by=by, now=now)
    if run.state == RunState.UNDER_WAY:
        go_on(run, by=by, now=now, today=today)
    return visa


def _kept(objection: Objection | None, store: FileStore | None, now: dt.datetime) -> Kept | None:
    if objection is None:
        return None
    if store is None:
        raise TypeError("a file beside a decision needs a store to be kept in")
    return keep(objection.data, objection.name, store=store, now=now)


def _hash(version: DocumentVersion) -> str:
    (found,) = StoredFile.select(StoredFile.sha256).where(StoredFile.id == version.file_id).tuples().get()
    return str(found)


def _journal(visa: Visa, remarks: int, by: Actor, now: dt.datetime) -> None:
    effect: dict[str, object] = {
        "visa": visa.id,
        "decision": visa.decision,
        "name": visa.name,
        "way": visa.way,
        **({"for": visa.name} if visa.in_place else {}),
        **({"comment": visa.comment} if visa.comment else {}),
        **({"committee": visa.committee} if visa.committee else {}),
        **({"remarks": remarks} if remarks else {}),
        **({"file": visa.objection_name} if visa.objection_name else {}),
        **({"sha256": visa.sha256} if visa.sha256 else {}),
    }
    record("visa_given", subject=visa.document, effect=effect, by=by, now=now)


def _check_open(visa: Visa, run: Run) -> None:
    """
    :raise Conflict: ``decided``
    """
    if visa.state == VisaState.GIVEN:
        raise Conflict("decided", _("A decision was made here already: %(name)s was quicker.", name=visa.decided_name))
    if visa.state != VisaState.OPEN or (run.state != RunState.UNDER_WAY and not visa.information):
        raise gone_on()


def _shown(visa: Visa, version: int | None) -> DocumentVersion | None:
    """
    :raise Conflict: ``stale_version`` if the text is another by now than the one that was shown
    """
    current = current_version(visa.document_id)
    if current is not None and current.id != version:
        raise Conflict(
            "stale_version",
            _("There is version %(number)s by now. Read it and decide then.", number=current.number),
            version=current.number,
        )
    return current


def _post_at_work(by: Actor, day: dt.date) -> str:
    """The title of the post that the person holds on that day.

    :raise Forbidden: ``left`` if all their posts have ended: who does not work here decides nothing
    """
    row = Post.held_on(day).where(Post.employee == by.employee_id).order_by(Post.heads.desc(), Post.since, Post.id).first()
    if row is None and by.employee_id is not None and by.employee_id not in works_on([by.employee_id], day):
        raise Forbidden("left", _("You hold no post here any more. Somebody else has to be asked."))
    return row.title if row else ""
