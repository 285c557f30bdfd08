"""Assignments: those to me, from me, under my control; giving them; what can be done to one, and doing it."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask.views import MethodView

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.offers import offers_of
from roadmapdocs.assignments.operations import change_draft
from roadmapdocs.assignments.plans import Plan
from roadmapdocs.assignments.visibility import read_assignment
from roadmapdocs.audit.operations import history
from roadmapdocs.db import transaction
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.assignment_acts import ASKS, NAMES, carry_out
from roadmapdocs.web.api.assignments_told import (
    assignments_as_json,
    extensions_as_json,
    report_file,
    reports_as_json,
)
from roadmapdocs.web.api.blueprints import Area, takes_header
from roadmapdocs.web.api.etags import answered, required_revision
from roadmapdocs.web.api.fields import moment
from roadmapdocs.web.api.files import sent
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.in_memory import page_in_memory
from roadmapdocs.web.api.paging import Order, Paged, Sparse, page, page_of, whole
from roadmapdocs.web.api.schemas.assignments import (
    ActingSchema,
    AssignmentEventSchema,
    AssignmentsAskedSchema,
    AssignmentSchema,
    AssignmentWorkflowSchema,
    GivenSchema,
    GivingSchema,
    OneAssignmentSchema,
)
from roadmapdocs.web.api.sparse import dumped, dumped_all
from roadmapdocs.web.assignments.conditions import Conditions
from roadmapdocs.web.assignments.listing import matching, rows_of
from roadmapdocs.web.assignments.making import give_all
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, today
from roadmapdocs.web.words import event_sentence

area = Area("assignments", "Assignments")
ONE = f"/assignments/<{ROW_ID}:assignment_id>"
_BYTES = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
_NEWEST = Order((whole(Assignment.id),), descending=True)


@area.route("/assignments")
class Assignments(MethodView):
    @area.arguments(AssignmentsAskedSchema, location="query")
    @area.response(200, page_of(AssignmentSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """Assignments that one has to do with, the newest first; without a state those that are live."""
        names = ("tab", "state", "due", "since", "until", "person", "unit", "document", "series", "q")
        wanted = {name: str(asked[name]) for name in names if asked[name] is not None}
        query = matching(Conditions.from_address(wanted), actor(), today())

        def shown(rows: list[Assignment]) -> list[dict[str, Any]]:
            found = rows_of([row.id for row in rows])
            return dumped_all(AssignmentSchema, assignments_as_json(found, actor(), today()), asked["fields_"])

        return answered(page(query, _NEWEST, asked, shown))

    @area.arguments(GivingSchema)
    @area.response(201, GivenSchema)
    @idempotent
    def post(self, given: tuple[Plan, bool]) -> Response:
        """Give an assignment. In another's name it waits as a draft for their word; a repeated one begins a series."""
        plan, allow_past = given
        with transaction():
            made = give_all([plan], by=actor(), now=now(), today=today(), allow_past=allow_past)
        told = assignments_as_json(rows_of([row.id for row in made]), actor(), today())
        response = answered(dumped(GivenSchema, {"items": told}), status=201)
        response.headers["Location"] = url_for(".OneAssignment", assignment_id=made[0].id, _external=True)
        return response


@area.route(ONE)
class OneAssignment(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, OneAssignmentSchema)
    def get(self, asked: dict[str, Any], assignment_id: int) -> Response:
        """One assignment with its reports and the moves of its deadline."""
        return _one(assignment_id, asked["fields_"])

    @area.arguments(GivingSchema)
    @area.response(200, OneAssignmentSchema)
    @takes_header("If-Match", "The tag of the assignment as it was read.", required=True)
    def put(self, given: tuple[Plan, bool], assignment_id: int) -> Response:
        """Write a draft anew; its author, document and parent stay. What is given is changed by acts."""
        revision = required_revision(read_assignment(assignment_id, by=actor()).revision)
        plan, allow_past = given
        told: dict[str, Any] = {"revision": revision, "by": actor(), "now": now(), "today": today()}
        change_draft(assignment_id, plan, allow_past=allow_past, **told)
        return _one(assignment_id)


@area.route(f"{ONE}/@workflow")
class AssignmentWorkflow(MethodView):
    @area.response(200, AssignmentWorkflowSchema)
    def get(self, assignment_id: int) -> Response:
        """Where an assignment stands, and each act with what it asks, and why it is closed to who asks, if it is."""
        row = read_assignment(assignment_id, by=actor())
        transitions = [
            {"name": NAMES[one.act], "why_not": one.why_not, "asks": list(ASKS[NAMES[one.act]]), "children": one.children}
            for one in offers_of(row, actor(), today())
            if one.act in NAMES
        ]
        told = {"state": row.state, "transitions": transitions}
        return answered(dumped(AssignmentWorkflowSchema, told), revision=row.revision)


@area.route(f"{ONE}/@workflow/<any({', '.join(ASKS)}):name>", methods=["POST"])
@area.arguments(ActingSchema)
@area.response(200, OneAssignmentSchema)
@takes_header("If-Match", "The tag of the assignment as it was read; without it, it is done whatever has changed.")
@idempotent
def act(values: dict[str, Any], assignment_id: int, name: str) -> Response:
    """Do something to an assignment: take it, report, accept, ask for a later deadline, and all else of its workflow."""
    row = read_assignment(assignment_id, by=actor())
    revision = required_revision(row.revision) if "If-Match" in request.headers else None
    carry_out(row, name, values, {"revision": revision, "by": actor(), "now": now(), "today": today()})
    return _one(assignment_id)


@area.route(f"{ONE}/@history")
class AssignmentHistory(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(AssignmentEventSchema))
    def get(self, asked: dict[str, Any], assignment_id: int) -> Response:
        """What was done to an assignment, the newest first, in sentences."""
        events = history(read_assignment(assignment_id, by=actor()))
        rows = [{"at": moment(one.at), "who": one.who, "what": one.what, "text": event_sentence(one)} for one in events]
        shown = page_in_memory(rows, asked, lambda some: dumped_all(AssignmentEventSchema, some, asked["fields_"]), of=len(rows))
        return answered(shown)


@area.route(f"{ONE}/files/<{ROW_ID}:file_id>")
class AssignmentFileContent(MethodView):
    @area.doc(responses={status: {"description": "The bytes", "content": _BYTES} for status in ("200", "206")})
    @takes_header("Range", "A part of the bytes, as in `bytes=0-1023`.")
    def get(self, assignment_id: int, file_id: int) -> Response:
        """The bytes of a file that goes with a report."""
        return sent(*report_file(read_assignment(assignment_id, by=actor()), file_id))


def _one(assignment_id: int, fields: str = "") -> Response:
    row = read_assignment(assignment_id, by=actor())
    (told,) = assignments_as_json(rows_of([row.id]), actor(), today())
    told |= {"reports": reports_as_json(row, actor()), "extensions": extensions_as_json(row)}
    return answered(dumped(OneAssignmentSchema, told, fields), revision=row.revision)
