"""What approval lends to the workflow of documents: guards and effects that definitions name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.approvals import runs, signing
from roadmapdocs.approvals.authors import authors
from roadmapdocs.approvals.models import Route, Run, Visa
from roadmapdocs.approvals.plans import Plan, keeps, plan_from_json
from roadmapdocs.approvals.routes import fitting, obligatory
from roadmapdocs.approvals.rules import RunState, VisaState, lapsed_by
from roadmapdocs.documents.effects import Change, Effect
from roadmapdocs.documents.guards import Guard, Situation
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document, DocumentLink, DocumentVersion, Kind
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Start:
    """Along which plan a document is sent: enclosed with the answers of ``send_for_approval``.

    ``route`` is the id of the office's route that the plan was made from, ``name`` its name.
    """

    plan: Plan
    route: int | None = None
    name: str = ""


def start_route(change: Change) -> None:
    """A run begins along the plan enclosed, else along the office's route that fits; without either none begins."""
    document = change.document
    fits = fitting(document)
    start = change.answers.enclosed
    if start is None:
        if not fits:
            return
        start = Start(plan_from_json(fits[0].plan), fits[0].id, fits[0].name)
    if not isinstance(start, Start):
        raise TypeError(f"a Start is enclosed, not {type(start).__name__}")
    change.taken = True
    needed = next((row for row in fits if row.obligatory), None)
    chosen = next((row for row in fits if row.id == start.route), None)
    _check_may_change(change, start, chosen, needed)
    # What is sent by right along another way than the obligatory one has that behind it all the same.
    route = needed or chosen or Route.get_or_none(Route.id == start.route)
    change.follow.append(partial(_begin, replace(start, route=route.id if route is not None else None)))


def _begin(start: Start, change: Change) -> None:
    runs.begin(
        get_document(change.document.id),
        start.plan,
        route=start.route,
        name=start.name,
        by=change.by,
        now=change.now,
        today=change.today,
    )


def _check_may_change(change: Change, start: Start, chosen: Route | None, needed: Route | None) -> None:
    """
    :raise Forbidden: if the plan leaves a route that only some may leave: the obligatory one, one not to be changed
    """
    route = needed or chosen
    asked = plan_from_json(route.plan) if route is not None else Plan(())
    # Whatever the route: who may look at their own text, and for whom, is not the drafter's to say.
    loosened = (start.plan.own and not asked.own) or (asked.four_eyes and not start.plan.four_eyes)
    left = needed is not None and chosen is not None and chosen.id != needed.id
    changed = route is not None and asked != start.plan
    lessened = needed is not None and not keeps(start.plan, asked)
    if loosened or left or lessened or (changed and route is not None and not route.changeable):
        require(change.by, Action.CHANGE_ROUTE)


def stop_route(change: Change) -> None:
    """Nothing is asked any more: the document is taken back, or returned from outside of its route."""
    run = runs.under_way(change.document.id)
    if run is not None:
        withdrawn = change.transition.name == "withdraw"
        state = RunState.WITHDRAWN if withdrawn else RunState.RETURNED
        runs.stop(run, state, change.answers.reason, by=change.by, now=change.now)
    runs.let_go(change.document.id)


def no_route_under_way(now: Situation) -> str | None:
    run = runs.under_way(now.document_id)
    if run is None:
        return None
    names = ", ".join(one.name for one in runs.visas_of(run) if one.state == VisaState.OPEN and not one.information)
    return _("The visas of the route decide. It waits for: %(names)s.", names=names or "…")


def visas_collected(now: Situation) -> str | None:
    """Nothing goes to be signed while visas are asked, have lapsed, or were refused, or those of its route lack."""
    run, needed = runs.last_word(now.document_id), obligatory(get_document(now.document_id))
    if run is not None and run.state == RunState.UNDER_WAY:
        return no_route_under_way(now)
    if needed is not None and (run is None or run.route_id != needed.id):
        return _("Without the visas of the route “%(route)s” it is not signed. Send it for approval.", route=needed.name)
    if run is None:
        return None
    if run.state == RunState.SUPERSEDED:
        return _("The text changed in substance. Send it for approval again.")
    if run.state == RunState.RETURNED:
        return _("Somebody did not agree. Send the new version for approval again.")
    return _lapsed(run)


def _lapsed(run: Run) -> str | None:
    """Why a visa of the run counts no more: the text is another, or whoever gave it drafted the document."""
    known = runs.versions(run.document_id)
    own = frozenset() if plan_from_json(run.plan).own else authors(run.document)
    given = (
        Visa.select(Visa.name, Visa.decided_by, DocumentVersion.number)
        .join(DocumentVersion, pw.JOIN.LEFT_OUTER, on=Visa.version)
        .where((Visa.run == run) & (Visa.state == VisaState.GIVEN) & ~Visa.information)
        .order_by(Visa.step, Visa.place, Visa.id)
        .tuples()
    )
    for name, by, number in given:
        if by in own:
            return _("%(name)s drafted the document, and nobody agrees to their own text. Send it for approval again.", name=name)
        changed = lapsed_by(known, number or 0, known[-1].number) if known else None
        if changed is not None:
            return _(
                "%(name)s decided on version %(given)s; version %(changed)s differs in substance. Send it for approval again.",
                name=name,
                given=number or "—",
                changed=changed,
            )
    return None


def package_agreed(now: Situation) -> str | None:
    """What the document approves has its visas, too: one package is signed together (domain.md §9)."""
    rows = (
        Document.select(Document, Kind)
        .join(Kind)
        .switch(Document)
        .join(DocumentLink, on=(DocumentLink.target == Document.id))
        .where((DocumentLink.source == now.document_id) & (DocumentLink.kind == LinkKind.APPROVES))
    )
    # What was signed before is agreed already: its later editions are no matter of these visas.
    for document in rows.where(Document.preparation != Preparation.SIGNED):
        sentence = visas_collected(Situation(today=now.today, document_id=document.id))
        if sentence is not None:
            return _("“%(title)s” belongs to this document. %(why)s", title=document.title, why=sentence)
    return None


GUARDS: dict[str, Guard] = {one.__name__: one for one in (visas_collected, package_agreed, no_route_under_way)}
EFFECTS: dict[str, Effect] = {
    one.__name__: one for one in (start_route, stop_route, signing.write_signature, signing.void_signature)
}
