"""«Маршруты согласования»: read by everybody who signed in, kept by the administrator."""

from __future__ import annotations

import dataclasses
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, may, require
from roadmapdocs.approvals.models import Route
from roadmapdocs.approvals.plans import plan_from_json
from roadmapdocs.approvals.routes import fits
from roadmapdocs.approvals.routes_checking import RouteCard, check_steps
from roadmapdocs.approvals.routes_keeping import get_route, retire_route, save_route
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.errors import Conflict, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.web.approval_words import route_event
from roadmapdocs.web.approvals import words
from roadmapdocs.web.approvals.addressees import Names, offered
from roadmapdocs.web.approvals.asked import asked_today
from roadmapdocs.web.approvals.route_forms import RouteDraft, choices
from roadmapdocs.web.approvals.step_drafts import sentences_of
from roadmapdocs.web.base import LONGEST_ID, ROW_ID, PageView
from roadmapdocs.web.context import actor, now, settings, today
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.errors import status_of

#: A change of a route before that is in the journal of events all the same.
_MOST_EVENTS = 30


class RoutesView(PageView):
    @expose("/")
    def index(self) -> ResponseReturnValue:
        rows = list(Route.select().order_by(Route.active.desc(), Route.position, Route.id))
        plans = {row.id: plan_from_json(row.plan) for row in rows}
        names = Names.of(who for plan in plans.values() for step in plan.steps for who in step.addressees)
        fitting = words.Fits(rows)
        routes = [
            {
                "id": row.id,
                "name": row.name,
                "active": row.active,
                "obligatory": row.obligatory,
                "changeable": row.changeable,
                "fits": fitting.words(row),
                "steps": [words.step_words(step, names) for step in plans[row.id].steps],
                "flags": words.set_flags(plans[row.id]),
                "read_at": row.changed_at.isoformat(),
            }
            for row in rows
        ]
        return self.render("routes.html", routes=routes, keeps=may(actor(), Action.MANAGE_REGISTRY))

    @expose("/new", methods=["GET", "POST"])
    def create(self) -> ResponseReturnValue:
        require(actor(), Action.MANAGE_REGISTRY)
        return self._form(None)

    @expose(f"/<{ROW_ID}:route_id>", methods=["GET", "POST"])
    def edit(self, route_id: int) -> ResponseReturnValue:
        require(actor(), Action.MANAGE_REGISTRY)
        return self._form(get_route(route_id))

    @expose(f"/<{ROW_ID}:route_id>/retire", methods=["POST"])
    def retire(self, route_id: int) -> ResponseReturnValue:
        require(actor(), Action.MANAGE_REGISTRY)
        read_at = RouteDraft.read(request.form).moment()
        try:
            retire_route(route_id, read_at=read_at, by=actor(), now=now())
        except Conflict as conflict:
            flash(conflict.message, "refused")
        else:
            flash(_("The route is out of use. Documents that are on their way along it go on."), "done")
        return redirect(url_for(".index"))

    def _form(self, route: Route | None) -> ResponseReturnValue:
        if request.method == "GET":
            return self._page(route, RouteDraft() if route is None else RouteDraft.of(route))
        draft, do = RouteDraft.read(request.form), request.form.get("do", "")
        if do == "save":
            return self._save(route, draft)
        if do == "try":
            return self._page(route, draft, tried=_tried(draft))
        draft.plan.act(do)
        return self._page(route, draft)

    def _save(self, route: Route | None, draft: RouteDraft) -> ResponseReturnValue:
        card = draft.card()
        if card is None:
            return self._page(route, draft, 422)
        route_id = route.id if route is not None else None
        try:
            saved = save_route(card, route_id=route_id, read_at=draft.moment(), by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            draft.take(refusal)
            if isinstance(refusal, Conflict) and route is not None:
                # Whoever saves once more has been told.
                draft.read_at = get_route(route.id).changed_at.isoformat()
            return self._page(route, draft, status_of(refusal))
        flash(_("The route “%(route)s” is saved.", route=saved.name), "done")
        for sentence in words.plan_notes(card.plan, Names.of(who for one in card.plan.steps for who in one.addressees)):
            flash(sentence, "message")
        return redirect(url_for(".index", _anchor=f"route-{saved.id}"))

    def _page(
        self, route: Route | None, draft: RouteDraft, status: int = 200, tried: dict[str, Any] | None = None
    ) -> ResponseReturnValue:
        page = self.render(
            "route_form.html",
            route={"id": route.id, "name": route.name, "active": route.active} if route is not None else None,
            form=draft,
            steps=draft.plan.rows(),
            told=sentences_of(draft.plan.steps),
            choices=choices(draft, today().year),
            fields=words.condition_fields(draft.kinds),
            operations=list(words.operation_words().items()),
            modes=list(words.mode_words().items()),
            flags=[(name, *about, draft.plan.flags.get(name, False)) for name, about in words.flag_words().items()],
            people=suggested(today()),
            others=offered(today(), draft.kinds),
            tried=tried,
            events=_events(route) if route is not None else [],
        )
        return page, status


def _events(route: Route) -> list[dict[str, Any]]:
    return [
        {"at": event.at.astimezone(settings().zone), "who": event.who, "words": route_event(event.what, event.effect)}
        for event in history(route)[:_MOST_EVENTS]
    ]


def _tried(draft: RouteDraft) -> dict[str, Any]:
    """Whom the steps as they stand in the form would ask about a document: {document, fits, steps} or {trouble}."""
    document = _document(draft.tried_on)
    if document is None:
        return {"trouble": _("There is no document “%(number)s” that you may read. Write its number.", number=draft.tried_on)}
    card = draft.card()
    if card is None:
        return {"trouble": _("The steps are not finished. See what is marked.")}
    try:
        check_steps(card.plan, card.kinds)
    except Refusal as refusal:
        draft.take(refusal)
        return {"trouble": refusal.message}
    names = Names.of(who for one in card.plan.steps for who in one.addressees)
    asked = asked_today(card.plan, document, today())
    return {
        "document": {"id": document.id, "name": reference(document), "title": document.title},
        "fits": _fits(card, document),
        "steps": [words.step_words(step, names) | {"asked": one} for step, one in zip(card.plan.steps, asked, strict=True)],
    }


def _fits(card: RouteCard, document: Document) -> bool:
    values = {one.name: getattr(card, one.name) for one in dataclasses.fields(card) if one.name != "plan"}
    try:
        return fits(Route(**values), document)
    except KeyError:
        return False  # the condition is not finished


def _document(typed: str) -> Document | None:
    """The newest document of this number that the person may read, else the card with it."""
    if not typed:
        return None
    rows = Document.select(Document, Kind).join(Kind).where(visible_to(actor()) & Document.working_copy_of.is_null())
    found: Document | None = (
        rows.where(Document.number_key == normalise_number(typed)).order_by(Document.listed_on.desc(), Document.id.desc()).first()
        if normalise_number(typed)
        else None
    )
    if found is None and typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_ID:
        found = rows.where(Document.id == int(typed)).first()
    return found
