"""Shapes of the items of a roadmap."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields

from roadmapdocs.roadmap.draft import EXPECTED_KINDS
from roadmapdocs.web.api.fields import Body, Line, WholeNumber
from roadmapdocs.web.api.paging import Paged
from roadmapdocs.web.api.schemas.coverage import LONGEST_REASON, CoverageRowSchema
from roadmapdocs.web.api.schemas.roadmaps import TermSchema
from roadmapdocs.web.api.schemas.values import any_of
from roadmapdocs.web.roadmaps.filters import LOOKS

_LONGEST: Final = 300


class ResponsibleSchema(Schema):
    """Who answers for an item: the printed words, and the id of the unit or the employee where that is known."""

    text = fields.String()
    unit_id = fields.Integer(allow_none=True)
    employee_id = fields.Integer(allow_none=True)


class ExpectedSchema(Schema):
    """One that is not ``confirmed`` was read out of the item's title, and is a suggestion."""

    id = fields.Integer()
    title = fields.String()
    kind = fields.String()
    confirmed = fields.Boolean()


class ItemSchema(Schema):
    id = fields.Integer()
    number = fields.String()
    section = fields.String(allow_none=True)
    title = fields.String()
    terms = fields.List(fields.Nested(TermSchema))
    responsible = fields.List(fields.Nested(ResponsibleSchema))
    responsible_text = fields.String()
    expected_documents = fields.List(fields.Nested(ExpectedSchema))
    planned = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True))
    rows = fields.List(fields.Nested(CoverageRowSchema))


class OneItemSchema(ItemSchema):
    results = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True))
    edition = fields.Integer()


class ItemsAskedSchema(Paged):
    """``section`` is printed number («2.1»), with what is below it; ``responsible`` is "unit:7", "person:3" or words."""

    status = any_of(LOOKS, load_default="")
    section = Line(longest=_LONGEST, load_default="")
    responsible = Line(longest=_LONGEST, load_default="")
    kind = any_of(EXPECTED_KINDS, load_default="")
    year = WholeNumber(least=1900, most=2999, load_default=None)
    mine = fields.Boolean(load_default=False)


class NewExpectedSchema(Body):
    title = Line(longest=LONGEST_REASON, required=True)
    kind = any_of(EXPECTED_KINDS, required=True)
