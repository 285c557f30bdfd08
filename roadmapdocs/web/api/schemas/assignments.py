"""Shapes of assignments, of what is done to them, and of what is said with each act."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, fields, post_load, validate

from roadmapdocs.assignments.changing import TEXT_LIMIT
from roadmapdocs.assignments.checking import MOST_EXECUTORS
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.words import DeadlineKind, ExtensionState, State, Verdict
from roadmapdocs.web.api.fields import Body, Day, Id, Line, Text, WholeNumber
from roadmapdocs.web.api.paging import Paged
from roadmapdocs.web.api.schemas.values import (
    NamedDocumentSchema,
    PersonSchema,
    any_of,
    told_day,
    told_moment,
)
from roadmapdocs.web.assignments.conditions import ANY, LIVING, MINE, OVER, QUERY_LIMIT, TABS

_LONGEST: Final = 300
_REASON: Final = 2_000


class AssignmentSchema(Schema):
    """Something that somebody has to do until a day. A document that is not open to who asks is null."""

    id = fields.Integer()
    revision = fields.Integer()
    text = fields.String()
    state = any_of(State)
    late = fields.Boolean()
    urgent = fields.Boolean()
    on_control = fields.Boolean()
    deadline_kind = any_of(DeadlineKind)
    deadline_text = fields.String()
    due = told_day()
    first_due = told_day()
    counted_from = told_day()
    author = fields.Nested(PersonSchema)
    responsible = fields.Nested(PersonSchema)
    controller = fields.Nested(PersonSchema, allow_none=True)
    executors = fields.List(fields.Nested(PersonSchema))
    document = fields.Nested(NamedDocumentSchema, allow_none=True)
    point = fields.String()
    item_id = fields.Integer(allow_none=True)
    expected_id = fields.Integer(allow_none=True)
    period = fields.String()
    parent_id = fields.Integer(allow_none=True)
    series_id = fields.Integer(allow_none=True)
    made_by = fields.String()
    given_at = told_moment()
    taken_at = told_moment()
    reported_at = told_moment()
    done_on = told_day()
    removed_at = told_moment()
    ended_why = fields.String()


class ReportFileSchema(Schema):
    id = fields.Integer()
    name = fields.String()
    size = fields.Integer()
    sha256 = fields.String()


class AssignmentReportSchema(Schema):
    id = fields.Integer()
    text = fields.String()
    made_by = fields.String()
    in_place_of = fields.String()
    made_at = told_moment()
    document = fields.Nested(NamedDocumentSchema, allow_none=True)
    files = fields.List(fields.Nested(ReportFileSchema))
    verdict = any_of(Verdict, allow_none=True)
    verdict_by = fields.String()
    verdict_at = told_moment()
    verdict_why = fields.String()


class ExtensionSchema(Schema):
    state = any_of(ExtensionState)
    due_was = told_day()
    wanted = told_day()
    granted = told_day()
    reason = fields.String()
    asked_by = fields.String()
    asked_at = told_moment()
    answer = fields.String()
    answered_by = fields.String()
    answered_at = told_moment()


class OneAssignmentSchema(AssignmentSchema):
    reports = fields.List(fields.Nested(AssignmentReportSchema))
    extensions = fields.List(fields.Nested(ExtensionSchema))


class OfferSchema(Schema):
    """An act that fits the state; ``why_not`` is null where it is open to who asks."""

    name = fields.String()
    why_not = fields.String(allow_none=True)
    asks = fields.List(fields.String(), metadata={"description": "Values that go with it; a star: not without."})
    children = fields.Integer(metadata={"description": "Live subordinates that it closes, too."})


class AssignmentWorkflowSchema(Schema):
    state = any_of(State)
    transitions = fields.List(fields.Nested(OfferSchema))


class AssignmentsAskedSchema(Paged):
    """``tab``: to me, from me, under my control, all that I may see. ``due``: late, week, or a number of days from today."""

    tab = any_of(TABS, load_default=MINE)
    state = any_of((LIVING, OVER, ANY, *State), load_default="")
    due = Line(longest=8, load_default="", metadata={"example": "late"})
    since = Day(load_default=None)
    until = Day(load_default=None)
    person = Line(longest=QUERY_LIMIT, load_default="")
    unit = Id(load_default=None)
    document = Id(load_default=None)
    series = Id(load_default=None)
    q = Line(longest=QUERY_LIMIT, load_default="")


class DeadlineSchema(Body):
    """``date`` goes with the kind date, ``dates`` with dates, ``recurrence``, ``until`` and ``anchor`` with periodic,
    ``count`` with days, working_days and month.
    """

    kind = any_of(DeadlineKind, required=True)
    date = Day(load_default=None, allow_none=True)
    dates = fields.List(Day(), load_default=list, validate=validate.Length(max=100))
    recurrence = Line(longest=_LONGEST, load_default="")
    until = Day(load_default=None, allow_none=True)
    count = WholeNumber(least=0, most=3_660, load_default=0)
    anchor = WholeNumber(least=0, most=31, load_default=0)
    text = Line(longest=_LONGEST, load_default="")

    @post_load
    def made(self, values: dict[str, Any], **_more: Any) -> Deadline:
        return Deadline(**{**values, "kind": DeadlineKind(values["kind"]), "dates": tuple(values["dates"])})


class GivingSchema(Body):
    """People are ids of employees. Without an author it is who asks; of another author it waits for their word."""

    text = Text(longest=TEXT_LIMIT, required=True)
    responsible = Id(required=True)
    deadline = fields.Nested(DeadlineSchema, required=True)
    executors = fields.List(Id(), load_default=list, validate=validate.Length(max=MOST_EXECUTORS))
    controller = Id(load_default=None, allow_none=True)
    author = Id(load_default=None, allow_none=True)
    document = Id(load_default=None, allow_none=True)
    point = Line(longest=32, load_default="")
    item = Id(load_default=None, allow_none=True)
    expected = Id(load_default=None, allow_none=True)
    period = Line(longest=32, load_default="")
    parent = Id(load_default=None, allow_none=True)
    counted_from = Day(load_default=None, allow_none=True)
    urgent = fields.Boolean(load_default=False)
    on_control = fields.Boolean(load_default=True)
    auto_close = fields.Boolean(load_default=True)
    allow_past = fields.Boolean(load_default=False, metadata={"description": "The deadline is past, and that is meant."})

    @post_load
    def made(self, values: dict[str, Any], **_more: Any) -> tuple[Plan, bool]:
        allow_past = values.pop("allow_past")
        return Plan(**{**values, "executors": tuple(values["executors"])}), allow_past


class GivenSchema(Schema):
    """What was made: one, or as many as a series has by now."""

    items = fields.List(fields.Nested(AssignmentSchema))


class SentFileSchema(Body):
    name = Line(longest=255, required=True)
    content = fields.String(required=True, metadata={"description": "The bytes in base64.", "format": "byte"})


class ActingSchema(Body):
    """What goes with an act, as `@workflow` tells of each: nothing else may be there."""

    text = Text(longest=TEXT_LIMIT)
    reason = Text(longest=_REASON)
    due = Day()
    tree = fields.Boolean()
    children = fields.Boolean()
    responsible = Id()
    controller = Id()
    document = Id()
    files = fields.List(fields.Nested(SentFileSchema), validate=validate.Length(max=20))


class AssignmentEventSchema(Schema):
    at = told_moment()
    who = fields.String()
    what = fields.String()
    text = fields.String()
