"""A run from its beginning to its end: who is asked, what follows from each decision, what a new text does to it.

Everything here happens inside the transaction of an act that holds the document's lock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import peewee as pw

from roadmapdocs.approvals.authors import authors
from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.plans import Mode, Plan, check_plan, plan_from_json
from roadmapdocs.approvals.resolving import Asked, Resolved, again, resolve
from roadmapdocs.approvals.rows import CURRENT_VERSION, LATEST_RUN, RUN_UNDER_WAY, VISAS_OF_RUN
from roadmapdocs.approvals.rules import (
    POSITIVE,
    Ask,
    Decision,
    Held,
    Moves,
    RunState,
    Version,
    VisaState,
    Who,
    advance,
    holds_for,
    who,
)
from roadmapdocs.approvals.words import Added, VisaWay
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.transitions import perform_by_rule
from roadmapdocs.documents.visibility import invite
from roadmapdocs.errors import Refusal
from roadmapdocs.hooks import route_ended, visa_asked
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.workdays.operations import calendar

_PENDING = (str(VisaState.WAITING), str(VisaState.OPEN))
#: Rows of one statement: SQLite takes 32,766 values in one.
_AT_ONCE = 500


def begin(
    document: Document, plan: Plan, *, route: int | None, name: str, by: Actor, now: dt.datetime, today: dt.date
) -> Run:
    """Begin a run of the document along the plan and ask the first ones.

    :raise Refusal: ``plan`` or ``addressees`` if the plan cannot be followed, ``under_way`` if a run is under way
    """
    check_plan(plan)
    return _begin(document, plan, resolve(plan, document, today), route, name, by=by, now=now, today=today)


def _begin(
    document: Document,
    plan: Plan,
    steps: Sequence[Resolved],
    route: int | None,
    name: str,
    *,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Run:
    last = latest(document.id)
    if last is not None and last.state == RunState.UNDER_WAY:
        raise Refusal("under_way", _("The document is on its way through a route already. Its card shows where it lies."))
    let_go(document.id)
    run = Run.create(
        document=document,
        number=last.number + 1 if last else 1,
        route=route,
        name=name,
        plan=plan.as_json(),
        started_by=by.name,
        started_by_employee=by.employee_id,
        started_at=now,
    )
    rows = [row for place, step in enumerate(steps) for row in _visas(run, place, step)]
    for batch in pw.chunked(rows, _AT_ONCE):
        Visa.insert_many(batch).execute()
    effect = {"run": run.number, "route": name, "people": [one.name for step in steps for one in step.asked]}
    left_out = sorted({one for step in steps for one in step.left_out})
    if left_out:
        effect["left_out"] = left_out
    record("route_started", subject=document, effect=effect, by=by, now=now)
    go_on(run, by=by, now=now, today=today)
    return run


def _visas(run: Run, place: int, step: Resolved) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    order = -1
    for one in step.asked:
        # Whoever was asked for another opinion stands in the place of who asked.
        order += one.added is not Added.ASKED
        rows.append(
            {
                "run": run.id,
                "document": run.document_id,
                "step": place,
                "place": max(order, 0),
                "employee": one.employee,
                "name": one.name,
                "post": one.post,
                "email": one.email,
                "information": step.step.mode is Mode.INFORMATION,
                "added": one.added,
            }
        )
    return rows


def under_way(document_id: int) -> Run | None:
    """The document's run that is under way, if there is one."""
    return RUN_UNDER_WAY.one(document=document_id)


def latest(document_id: int) -> Run | None:
    """The document's last run, in whatever state."""
    return LATEST_RUN.one(document=document_id)


def last_word(document_id: int) -> Run | None:
    """The last run that was not taken back: taking the next one back does not wipe out what was said in it."""
    rows = Run.select().where((Run.document == document_id) & (Run.state != RunState.WITHDRAWN))
    found: Run | None = rows.order_by(Run.number.desc()).first()
    return found


def visas_of(run: Run) -> list[Visa]:
    """All visas of the run in the order of its steps."""
    return VISAS_OF_RUN.all(run=run.id)


def versions(document_id: int) -> list[Version]:
    """All versions of the document's text as the rules see them, the first one first."""
    rows = DocumentVersion.select(DocumentVersion.number, DocumentVersion.substantial)
    rows = rows.where(DocumentVersion.document == document_id).order_by(DocumentVersion.number)
    return [Version(number, bool(substantial)) for number, substantial in rows.tuples()]


def current_version(document_id: int) -> DocumentVersion | None:
    """The text as it is now, with its file."""
    return CURRENT_VERSION.one(document=document_id)


def go_on(run: Run, *, by: Actor, now: dt.datetime, today: dt.date) -> Run:
    """Do what follows from how the run's visas stand: ask the next ones, let others fall away, end the run."""
    visas = visas_of(run)
    plan = plan_from_json(run.plan)
    moves = advance(plan, [_ask(one) for one in visas], _held(run))
    rows = {one.id: one for one in visas}
    for visa_id, source in moves.carry.items():
        _carry(rows[visa_id], Visa.get_by_id(source), by=by, now=now)
    drop(moves.drop)
    _open([rows[visa_id] for visa_id in moves.open], plan, now, today)
    ended = moves.outcome is not RunState.UNDER_WAY
    write(run, step=moves.step, state=str(moves.outcome), ended_at=now if ended else None)
    if ended:
        _end(run, moves, by=by, now=now, today=today)
    return run


def write(row: Run | Visa, **columns: object) -> None:
    """Change columns of a stored row, and of the row in hand with it."""
    type(row).update(**columns).where(type(row).id == row.id).execute()
    for name, value in columns.items():
        setattr(row, name, value)


def drop(visas: Iterable[int]) -> None:
    """Let visas fall away."""
    ids = list(visas)
    if ids:
        Visa.update(state=VisaState.DROPPED).where(Visa.id.in_(ids)).execute()


def let_go(document_id: int) -> None:
    """Nothing of the document is asked any more: those who are only informed are still asked after a run's end."""
    Visa.update(state=VisaState.DROPPED).where((Visa.document == document_id) & Visa.state.in_(_PENDING)).execute()


def _ask(visa: Visa) -> Ask:
    return Ask(
        id=visa.id,
        step=visa.step,
        place=visa.place,
        state=VisaState(visa.state),
        employee=visa.employee_id,
        decision=Decision(visa.decision) if visa.decision else None,
        given_by=visa.decided_by_id,
        email=visa.email,
        extra=visa.added == Added.ASKED,
    )


def _held(run: Run) -> dict[Who, Held]:
    """By person, the visa of an earlier run that still holds for the text as it is now.

    The last visa that was asked of a person speaks: who refused it, took it back or left it open looks again, whatever
    they agreed to before.
    """
    known = versions(run.document_id) if run.number > 1 else []
    if not known:
        return {}
    rows = (
        Visa.select(Visa, DocumentVersion.number)
        .join_from(Visa, Run)
        .join_from(Visa, DocumentVersion, pw.JOIN.LEFT_OUTER)
        .where((Visa.document == run.document_id) & (Run.number < run.number) & ~Visa.information)
        .where(Visa.decision.is_null(False) | Visa.asked_at.is_null(False))
        .order_by(Run.number, Visa.step, Visa.place, Visa.id)
        .objects()
    )
    current = known[-1].number
    own = frozenset() if plan_from_json(run.plan).own else authors(run.document)
    held: dict[Who, Held] = {}
    for visa in rows:
        person = who(visa.employee_id, visa.email)
        if person is None:
            continue
        held.pop(person, None)
        if visa.decision in POSITIVE and visa.decided_by_id not in own and visa.number and holds_for(known, visa.number, current):
            held[person] = Held(visa.id, visa.decided_by_id, body=bool(visa.committee))
    return held


def _carry(visa: Visa, source: Visa, *, by: Actor, now: dt.datetime) -> None:
    Visa.update(
        state=VisaState.GIVEN,
        decision=source.decision,
        decided_at=source.decided_at,
        decided_by=source.decided_by_id,
        decided_name=source.decided_name,
        decided_post=source.decided_post,
        in_place=source.in_place,
        way=VisaWay.CARRIED,
        committee=source.committee,
        version=source.version_id,
        sha256=source.sha256,
        carried_from=source.id,
    ).where(Visa.id == visa.id).execute()
    effect = {"visa": visa.id, "from": source.id, "name": visa.name}
    record("visa_carried", subject=visa.document, effect=effect, by=by, now=now)


def _open(visas: Sequence[Visa], plan: Plan, now: dt.datetime, today: dt.date) -> None:
    if not visas:
        return
    days = calendar()
    for visa in visas:
        due = days.after(today, plan.steps[visa.step].term)
        write(visa, state=str(VisaState.OPEN), asked_at=now, due=due)
        if visa.employee_id is not None:
            invite(visa.document_id, visa.employee_id)
        visa_asked.send(visa, now=now)


def _end(run: Run, moves: Moves, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """The document moves on as the run ended."""
    record("route_ended", subject=run.document, effect={"run": run.number, "outcome": str(moves.outcome)}, by=by, now=now)
    if moves.outcome is RunState.AGREED:
        perform_by_rule(run.document_id, "agree", by=by, now=now, today=today)
    else:
        refusals = [one for one in visas_of(run) if one.decision == Decision.REFUSED]
        reason = "; ".join(f"{one.decided_name}: {one.comment}" for one in refusals)
        answers = Answers(reason=reason)
        perform_by_rule(run.document_id, "return_for_rework", answers=answers, by=by, now=now, today=today)
    route_ended.send(run, by=by, now=now)


def stop(run: Run, state: RunState, why: str, *, by: Actor, now: dt.datetime) -> None:
    """End a run before its time: taken back, returned from outside of it, overtaken by another text."""
    pending = Visa.select(Visa.id).where((Visa.run == run) & Visa.state.in_(_PENDING)).tuples()
    drop([visa for (visa,) in pending])
    write(run, state=str(state), ended_at=now, ended_why=why)
    effect = {"run": run.number, "outcome": str(state), **({"reason": why} if why else {})}
    record("route_ended", subject=run.document, effect=effect, by=by, now=now)
    route_ended.send(run, by=by, now=now)


def text_changed(version: DocumentVersion, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """A text of another substance is there: the same people are asked anew, along the same plan.

    If that cannot be, because somebody of them has left, the document returns for rework with the reason.
    """
    run = latest(version.document_id) if version.substantial else None
    if run is None or run.state not in {RunState.UNDER_WAY, RunState.AGREED}:
        return
    document = version.document
    if run.state == RunState.UNDER_WAY:
        stop(run, RunState.SUPERSEDED, _("version %(number)s differs in substance", number=version.number), by=by, now=now)
    elif perform_by_rule(document.id, "ask_again", by=by, now=now, today=today) is None:
        return
    try:
        with transaction():
            plan = plan_from_json(run.plan)
            steps = again(plan, _people(run), document, today)
            _begin(document, plan, steps, run.route_id, run.name, by=by, now=now, today=today)
    except Refusal as refusal:
        answers = Answers(reason=refusal.message)
        perform_by_rule(document.id, "return_for_rework", answers=answers, by=by, now=now, today=today)


def _people(run: Run) -> list[list[Asked]]:
    """Whom each step of the run asks, with those who were asked besides or instead on the way."""
    steps: list[list[Asked]] = [[] for _step in run.plan["steps"]]
    for one in visas_of(run):
        if one.state != VisaState.HANDED:
            added = Added.ASKED if one.added == Added.ASKED else Added.ROUTE
            steps[one.step].append(Asked(one.employee_id, one.name, one.post, one.email, added))
    return steps
