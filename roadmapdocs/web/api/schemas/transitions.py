"""States of a document and the steps that lead out of them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roadmapdocs.documents.links.rules import TEXT_LIMIT
from roadmapdocs.documents.rules import NUMBER_LIMIT
from roadmapdocs.registration.rules import REASON_LIMIT
from roadmapdocs.web.api.fields import Body, Day, Id, Line, Text
from roadmapdocs.workflow.rules import ASKED
from roadmapdocs.workflow.rules import Line as StateLine


class StateSchema(Schema):
    """Where a document stands on one of its six lines. `meaning` is the standard state that `state` stands for."""

    line = fields.String(required=True, validate=validate.OneOf(list(StateLine)))
    state = fields.String(required=True)
    meaning = fields.String(required=True)
    label = fields.String(required=True)


class TransitionSchema(Schema):
    """A step that leaves a present state, and why it is closed, if it is."""

    address = fields.URL(required=True, data_key="@id", require_tld=False)
    name = fields.String(required=True)
    line = fields.String(required=True, validate=validate.OneOf(list(StateLine)))
    target = fields.String(required=True)
    label = fields.String(required=True)
    asks = fields.List(fields.String(validate=validate.OneOf(ASKED)), required=True)
    may_ask = fields.List(fields.String(validate=validate.OneOf(ASKED)), required=True)
    main = fields.Boolean(required=True)
    open = fields.Boolean(required=True)
    why_not = fields.String(required=True, allow_none=True)


class WorkflowSchema(Schema):
    """States of a document and its open and closed steps."""

    revision = fields.Integer(required=True)
    states = fields.List(fields.Nested(StateSchema), required=True)
    transitions = fields.List(fields.Nested(TransitionSchema), required=True)


class AnswersSchema(Body):
    """What a step asks for; `asks` of the step names what it cannot do without."""

    reason = Text(longest=REASON_LIMIT)
    comment = Text(longest=REASON_LIMIT)
    date = Day(allow_none=True)
    number = Line(longest=NUMBER_LIMIT)
    journal = Id(allow_none=True)
    entry = Id(allow_none=True)
    case = Id(allow_none=True)
    due = Day(allow_none=True)
    document = Id(allow_none=True)
    points = Line(longest=TEXT_LIMIT)


class StepSchema(Body):
    """A step to take. `revision` is the one that the caller has seen; so is the header If-Match."""

    answers = fields.Nested(AnswersSchema, load_default=dict)
    revision = Id()
