"""Approval of documents: the routes of the office, sending a document round, visas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Response, request
from flask.views import MethodView

from roadmapdocs.approvals import flight
from roadmapdocs.approvals.deciding import decide, withdraw_visa
from roadmapdocs.approvals.effects import Start
from roadmapdocs.approvals.models import Route, Visa
from roadmapdocs.approvals.plans import Plan, plan_from_json
from roadmapdocs.approvals.routes_checking import check_steps
from roadmapdocs.approvals.routes_keeping import get_route
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.sheet import sheet_of
from roadmapdocs.approvals.waiting import waiting_on
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.transitions import available, perform
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.api.approvals_told import route_as_json, run_as_json, visa_as_json, waits_as_json
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.blueprints import Area, takes_header
from roadmapdocs.web.api.documents import IF_MATCH
from roadmapdocs.web.api.etags import answered, required_revision
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.paging import Order, Paged, Sparse, page, page_of, whole
from roadmapdocs.web.api.schemas.approvals import (
    ApprovalSchema,
    DecidingSchema,
    HandingSchema,
    RouteSchema,
    StartingSchema,
    VisaSchema,
    verdict_of,
)
from roadmapdocs.web.api.sparse import dumped, dumped_all
from roadmapdocs.web.approvals.start import STEP
from roadmapdocs.web.approvals.start_draft import Ways
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, store, today

area = Area("approvals", "Approval: routes, sending round, visas")
OF_DOCUMENT = f"/documents/<{ROW_ID}:document_id>/@approval"
VISA = f"/visas/<{ROW_ID}:visa_id>"
_ORDER = Order((whole(Route.position), whole(Route.id)))


@area.route("/routes")
class Routes(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(RouteSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """Routes of the office, those out of use among them."""

        def shown(rows: list[Route]) -> list[dict[str, Any]]:
            return dumped_all(RouteSchema, [route_as_json(row) for row in rows], asked["fields_"])

        return answered(page(Route.select(), _ORDER, asked, shown))


@area.route(f"/routes/<{ROW_ID}:route_id>")
class OneRoute(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, RouteSchema)
    def get(self, asked: dict[str, Any], route_id: int) -> Response:
        """One route of the office."""
        return answered(dumped(RouteSchema, route_as_json(get_route(route_id)), asked["fields_"]))


@area.route(OF_DOCUMENT)
class Approval(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, ApprovalSchema)
    def get(self, asked: dict[str, Any], document_id: int) -> Response:
        """Which ways stand open for a document, how its runs went, and what who asks is to decide."""
        document = read_document(document_id, by=actor())
        return answered(dumped(ApprovalSchema, _approval(document), asked["fields_"]), revision=document.revision)

    @area.arguments(StartingSchema)
    @area.response(200, ApprovalSchema)
    @takes_header("If-Match", IF_MATCH)
    @idempotent
    def post(self, sent: dict[str, Any], document_id: int) -> Response:
        """Send a document round: along a route of the office, along it with other steps, or along steps of one's own."""
        document = read_document(document_id, by=actor())
        revision = required_revision(document.revision) if "If-Match" in request.headers else None
        start = _start(document, sent["route_id"], sent["plan"])
        told: dict[str, Any] = {"revision": revision, "by": actor(), "now": now(), "today": today()}
        perform(document.id, STEP, answers=Answers(enclosed=start), **told)
        document = read_document(document_id, by=actor())
        return answered(dumped(ApprovalSchema, _approval(document)), revision=document.revision)


@area.route(VISA)
class OneVisa(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, VisaSchema)
    def get(self, asked: dict[str, Any], visa_id: int) -> Response:
        """One visa on a document that is open to who asks."""
        return answered(_visa(visa_id, asked["fields_"]))


@area.route(f"{VISA}/@decide", methods=["POST"])
@area.arguments(DecidingSchema)
@area.response(200, VisaSchema)
@idempotent
def decide_visa(sent: dict[str, Any], visa_id: int) -> Response:
    """Agree, agree with remarks, refuse, or confirm having seen; on the text that was read."""
    _readable(visa_id)
    decide(
        visa_id, verdict_of(sent), version=sent["version_id"], store=store(), by=actor(), now=now(), today=today()
    )
    return answered(_visa(visa_id))


@area.route(f"{VISA}/@withdraw", methods=["POST"])
@area.response(200, VisaSchema)
@idempotent
def withdraw(visa_id: int) -> Response:
    """Take one's own decision back, as long as the document is not signed."""
    _readable(visa_id)
    withdraw_visa(visa_id, by=actor(), now=now(), today=today())
    return answered(_visa(visa_id))


@area.route(f"{VISA}/@ask", methods=["POST"])
@area.arguments(HandingSchema)
@area.response(201, VisaSchema)
@idempotent
def ask_another(sent: dict[str, Any], visa_id: int) -> Response:
    """Ask another opinion: both decide in this step."""
    return _handed(flight.ask_another, visa_id, sent)


@area.route(f"{VISA}/@forward", methods=["POST"])
@area.arguments(HandingSchema)
@area.response(201, VisaSchema)
@idempotent
def forward(sent: dict[str, Any], visa_id: int) -> Response:
    """Hand one's visa on: somebody else decides in one's place."""
    return _handed(flight.forward, visa_id, sent)


@area.route(f"{VISA}/@replace", methods=["POST"])
@area.arguments(HandingSchema)
@area.response(201, VisaSchema)
@idempotent
def replace(sent: dict[str, Any], visa_id: int) -> Response:
    """Put another person in this place, and say why; for who may change routes."""
    return _handed(flight.replace, visa_id, sent)


def _handed(operation: Callable[..., Visa], visa_id: int, sent: dict[str, Any]) -> Response:
    _readable(visa_id)
    made = operation(visa_id, sent["employee_id"], sent["note"], by=actor(), now=now(), today=today())
    return answered(_visa(made.id), status=201)


def _start(document: Document, route_id: int | None, plan: Plan | None) -> Start | None:
    """
    :raise NotFound: ``no_route`` for one that does not fit the document, or is not open to who asks
    """
    if route_id is None and plan is None:
        return None
    route: Route | None = None
    if route_id is not None:
        route = next((row for row in Ways.of(document, actor()).routes if row.id == route_id), None)
        if route is None:
            raise NotFound("no_route", _("There is no such route for this document. Look at those that fit it."))
    if plan is not None:
        check_steps(plan, [document.kind.code])
    wanted = plan if plan is not None else plan_from_json(route.plan) if route is not None else Plan(())
    return Start(wanted, route.id if route is not None else None, route.name if route is not None else "")


def _approval(document: Document) -> dict[str, Any]:
    ways, version = Ways.of(document, actor()), current_version(document.id)
    return {
        "document_id": document.id,
        "revision": document.revision,
        "version_id": version.id if version is not None else None,
        "routes": [
            {"id": row.id, "name": row.name, "obligatory": bool(row.obligatory), "may_change": ways.may_change(row)}
            for row in ways.routes
        ],
        "why_not": _why_closed(document, today()),
        "waits": waits_as_json(waiting_on(document, actor())),
        "runs": [run_as_json(run) for run in sheet_of(document).runs],
    }


def _why_closed(document: Document, day: dt.date) -> str | None:
    for offer in available(document, by=actor(), today=day):
        if offer.transition.name == STEP:
            return offer.why_not
    return _("This document is not sent for approval as it stands. Its card shows what can be done.")


def _readable(visa_id: int) -> Document:
    """The document behind a visa, if it is open to who asks: of others nobody learns that there are visas.

    :raise NotFound: ``no_visa``
    """
    nothing = NotFound("no_visa", _("There is no such visa, or it is not for you. See what waits for you."))
    visa = Visa.get_or_none(Visa.id == visa_id)
    if visa is None:
        raise nothing
    try:
        return read_document(visa.document_id, by=actor())
    except Refusal as problem:
        raise nothing from problem


def _visa(visa_id: int, fields: str = "") -> dict[str, Any]:
    lines = (line for run in sheet_of(_readable(visa_id)).runs for line in run.lines)
    return dumped(VisaSchema, next(visa_as_json(line) for line in lines if line.visa.id == visa_id), fields)
