"""Shapes of the office: organisations, units, employees and their posts."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields

from roadmapdocs.web.api.fields import Id, Line
from roadmapdocs.web.api.paging import Paged
from roadmapdocs.web.api.schemas.values import PersonSchema, told_day

_LONGEST: Final = 200


class OrganisationSchema(Schema):
    id = fields.Integer()
    name = fields.String()
    short_name = fields.String()
    genitive = fields.String()
    place = fields.String()


class UnitSchema(Schema):
    id = fields.Integer()
    name = fields.String()
    abbreviation = fields.String()
    organisation_id = fields.Integer()
    parent_id = fields.Integer(allow_none=True)


class OneUnitSchema(UnitSchema):
    head = fields.Nested(PersonSchema, allow_none=True, metadata={"description": "Who heads it today."})


class HeldPostSchema(Schema):
    id = fields.Integer()
    unit_id = fields.Integer()
    title = fields.String()
    since = told_day()
    until = told_day()
    heads = fields.Boolean()


class EmployeeSchema(Schema):
    """``posts`` are those held today. Gender and e-mail are told to administrators, and to each of oneself."""

    id = fields.Integer()
    name = fields.String(metadata={"description": "As lists print it: «Лукина О. С.»."})
    surname = fields.String()
    first_name = fields.String()
    patronymic = fields.String()
    posts = fields.List(fields.Nested(HeldPostSchema))
    gender = fields.String()
    email = fields.String()


class UnitsAskedSchema(Paged):
    organisation = Id(load_default=None)


class EmployeesAskedSchema(Paged):
    """``q`` is the beginning of a surname; ``unit`` narrows to those who hold a post there today."""

    q = Line(longest=_LONGEST, load_default="")
    unit = Id(load_default=None)
