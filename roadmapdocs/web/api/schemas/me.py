"""Shapes of oneself: who the token acts for, what waits, and one's tokens."""

from __future__ import annotations

from marshmallow import Schema, fields

from roadmapdocs.people.rules import Role
from roadmapdocs.people.tokens import Scope
from roadmapdocs.web.api.fields import Moment
from roadmapdocs.web.api.schemas.values import any_of, told_day, told_moment


class StandingSchema(Schema):
    """For whom one may act today; no kinds mean all."""

    employee_id = fields.Integer()
    name = fields.String()
    kinds = fields.List(fields.String())
    acting = fields.Boolean()
    basis = fields.String()


class TokenSchema(Schema):
    """A token without its secret, which nobody can read again."""

    id = fields.Integer()
    name = fields.String()
    hint = fields.String(metadata={"description": "How the secret begins."})
    scopes = fields.List(any_of(Scope))
    made_at = Moment(allow_none=True)
    expires_at = Moment(allow_none=True)
    last_used_at = Moment(allow_none=True)
    revoked_at = Moment(allow_none=True)


class MeSchema(Schema):
    user_id = fields.Integer()
    login = fields.String()
    name = fields.String()
    employee_id = fields.Integer(allow_none=True)
    email = fields.String()
    roles = fields.List(any_of(Role))
    grants = fields.List(fields.String())
    unit_ids = fields.List(fields.Integer())
    stands_for = fields.List(fields.Nested(StandingSchema))
    actions = fields.List(fields.String(), metadata={"description": "What one may do in the registry as such."})
    token = fields.Nested(TokenSchema)


class WaitingSchema(Schema):
    """One thing that waits. ``type`` is visa, signature, reading, assignment or slot; what it is about has its id here."""

    type = any_of(("visa", "signature", "reading", "assignment", "slot"))
    act = fields.String()
    title = fields.String()
    due = told_day()
    late = fields.Boolean()
    since = told_moment()
    in_place_of = fields.String()
    document_id = fields.Integer(allow_none=True)
    visa_id = fields.Integer(allow_none=True)
    acquaintance_id = fields.Integer(allow_none=True)
    assignment_id = fields.Integer(allow_none=True)
    roadmap_id = fields.Integer(allow_none=True)
    item_id = fields.Integer(allow_none=True)
    expected_id = fields.Integer(allow_none=True)
    period = fields.String()
