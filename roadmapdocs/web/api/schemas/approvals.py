"""Shapes of approval: routes, the runs of a document along them, visas and what is said with them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from roadmapdocs.approvals.plans import (
    MOST_ADDRESSEES,
    MOST_STEPS,
    NAME_LIMIT,
    Addressee,
    How,
    Mode,
    Plan,
    Step,
)
from roadmapdocs.approvals.rules import Decision, RunState, VisaState
from roadmapdocs.approvals.sheet import Standing
from roadmapdocs.approvals.verdicts import MOST_REMARKS, PLACE_LIMIT, TEXT_LIMIT, RemarkText, Verdict
from roadmapdocs.approvals.words import RemarkState
from roadmapdocs.web.api.fields import Body, Id, Line, Text, WholeNumber
from roadmapdocs.web.api.schemas.values import PersonSchema, any_of, told_day, told_moment


class RouteAddresseeSchema(Body):
    """``value``: id of an employee, "unit id:title" of a post, a role, nothing, the name of a field, the name of a guest."""

    how = any_of(How, required=True)
    value = Line(longest=300, load_default="")
    email = Line(longest=254, load_default="", load_only=True)

    @post_load
    def made(self, values: dict[str, Any], **_more: Any) -> Addressee:
        return Addressee(How(values["how"]), values["value"], values["email"])


class RouteStepSchema(Body):
    """``term`` is in working days; ``needed`` is how many have to agree where the mode is quorum."""

    mode = any_of(Mode, required=True)
    addressees = fields.List(
        fields.Nested(RouteAddresseeSchema), required=True, validate=validate.Length(min=1, max=MOST_ADDRESSEES)
    )
    needed = WholeNumber(least=0, most=MOST_ADDRESSEES, load_default=0)
    term = WholeNumber(least=0, most=250, load_default=3)
    title = Line(longest=NAME_LIMIT, load_default="")
    at_once = fields.Boolean(load_default=False)
    body = Line(longest=NAME_LIMIT, load_default="")

    @post_load
    def made(self, values: dict[str, Any], **_more: Any) -> Step:
        return Step(**{**values, "mode": Mode(values["mode"]), "addressees": tuple(values["addressees"])})


class RoutePlanSchema(Body):
    """Steps one after another, and who is asked twice, for oneself, by two names; ``to_signer``: all are heard."""

    steps = fields.List(fields.Nested(RouteStepSchema), required=True, validate=validate.Length(min=1, max=MOST_STEPS))
    once = fields.Boolean(load_default=True)
    own = fields.Boolean(load_default=False)
    four_eyes = fields.Boolean(load_default=True)
    to_signer = fields.Boolean(load_default=False)

    @post_load
    def made(self, values: dict[str, Any], **_more: Any) -> Plan:
        return Plan(**{**values, "steps": tuple(values["steps"])})


class RouteSchema(Schema):
    """A template of the office. Empty lists fit any document."""

    id = fields.Integer()
    name = fields.String()
    active = fields.Boolean()
    obligatory = fields.Boolean()
    changeable = fields.Boolean()
    kinds = fields.List(fields.String())
    units = fields.List(fields.Integer())
    cases = fields.List(fields.Integer())
    plan = fields.Nested(RoutePlanSchema)


class RemarkSchema(Schema):
    id = fields.Integer()
    place = fields.String()
    text = fields.String()
    by = fields.String()
    at = told_moment()
    state = any_of(RemarkState)
    answer = fields.String()


class VisaSchema(Schema):
    """``version`` is the number of the text that was seen, ``standing`` whether the visa counts for the present one."""

    id = fields.Integer()
    document_id = fields.Integer()
    step = fields.Integer()
    place = fields.Integer()
    person = fields.Nested(PersonSchema)
    post = fields.String()
    information = fields.Boolean()
    state = any_of(VisaState)
    asked_at = told_moment()
    due = told_day()
    decision = any_of(Decision, allow_none=True)
    decided_at = told_moment()
    decided_by = fields.String()
    in_place = fields.Boolean()
    way = fields.String(allow_none=True)
    comment = fields.String()
    committee = fields.String()
    note = fields.String()
    version = fields.Integer(allow_none=True)
    sha256 = fields.String()
    standing = any_of(Standing, allow_none=True)
    handed_to = fields.String()
    remarks = fields.List(fields.Nested(RemarkSchema))


class RunSchema(Schema):
    number = fields.Integer()
    name = fields.String()
    route_id = fields.Integer(allow_none=True)
    state = any_of(RunState)
    step = fields.Integer()
    started_by = fields.String()
    started_at = told_moment()
    ended_at = told_moment()
    ended_why = fields.String()
    visas = fields.List(fields.Nested(VisaSchema))


class RouteOfferSchema(Schema):
    """A route that fits the document; ``may_change``: whether who asks may send it along other steps."""

    id = fields.Integer()
    name = fields.String()
    obligatory = fields.Boolean()
    may_change = fields.Boolean()


class WaitsSchema(Schema):
    """What who asks is to decide: agree, see, sign or confirm."""

    act = fields.String()
    visa_id = fields.Integer(allow_none=True)
    due = told_day()
    in_place_of = fields.String()


class ApprovalSchema(Schema):
    """``version_id`` is the present text, which a decision names; ``why_not`` why it cannot be sent round now, or null."""

    document_id = fields.Integer()
    revision = fields.Integer()
    version_id = fields.Integer(allow_none=True)
    routes = fields.List(fields.Nested(RouteOfferSchema))
    why_not = fields.String(allow_none=True)
    waits = fields.Nested(WaitsSchema, allow_none=True)
    runs = fields.List(fields.Nested(RunSchema))


class StartingSchema(Body):
    """Neither: the route that fits first. Steps of one's own go with the ``plan``, on top of ``route_id`` or without."""

    route_id = Id(load_default=None)
    plan = fields.Nested(RoutePlanSchema, load_default=None)


class SentRemarkSchema(Body):
    place = Line(longest=PLACE_LIMIT, load_default="")
    text = Text(longest=TEXT_LIMIT, required=True)

    @post_load
    def made(self, values: dict[str, Any], **_more: Any) -> RemarkText:
        return RemarkText(values["text"], values["place"])


class DecidingSchema(Body):
    """``version_id`` is the text that was read; null where the document has none. ``committee``: the protocol of a body."""

    decision = any_of(Decision, required=True)
    version_id = Id(required=True, allow_none=True)
    comment = Text(longest=TEXT_LIMIT, load_default="")
    remarks = fields.List(fields.Nested(SentRemarkSchema), load_default=list, validate=validate.Length(max=MOST_REMARKS))
    committee = Line(longest=NAME_LIMIT, load_default="")


class HandingSchema(Body):
    employee_id = Id(required=True)
    note = Text(longest=TEXT_LIMIT, load_default="")


def verdict_of(sent: dict[str, Any]) -> Verdict:
    """What :func:`roadmapdocs.approvals.deciding.decide` takes, of a body as :class:`DecidingSchema` reads it."""
    decision = Decision(sent["decision"])
    return Verdict(decision, sent["comment"], tuple(sent["remarks"]), committee=sent["committee"])
