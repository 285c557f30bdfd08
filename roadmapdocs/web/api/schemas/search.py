"""Shapes of a search, as ``roadmapdocs search --json`` prints what was found."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

from roadmapdocs.search.answers import LONGEST_QUERY
from roadmapdocs.search.ports import RANKED, Sort
from roadmapdocs.web.api.fields import Body, Line, WholeNumber, one_of
from roadmapdocs.web.api.schemas.values import told_day

_LONGEST: Final = 200
MOST_VALUES: Final = 50


def _values() -> fields.List[str]:
    return fields.List(Line(longest=_LONGEST), validate=validate.Length(max=MOST_VALUES))


class SearchAskedSchema(Body):
    """``kind`` takes words («приказ») or codes; the other facets take values as ``narrowing`` of an answer has them."""

    q = Line(longest=LONGEST_QUERY, load_default="", metadata={"example": "приказ -черновик"})
    kind = Line(longest=_LONGEST)
    in_force = Line(longest=40, metadata={"description": "A day, or today.", "example": "2021-11-29"})
    year = _values()
    unit = _values()
    signer = _values()
    state = _values()
    force = _values()
    section = _values()
    literal = fields.Boolean(load_default=False)
    sort = one_of(Sort, load_default=str(Sort.RELEVANCE))
    limit = WholeNumber(least=1, most=200, load_default=20)
    offset = WholeNumber(least=0, most=RANKED, load_default=0)


class HitSchema(Schema):
    """``type`` is document, item, section or assignment; of the snippet only ``<mark>`` is markup, all else is escaped."""

    id = fields.Integer()
    type = fields.String()
    kind = fields.String()
    number = fields.String()
    date = told_day()
    title = fields.String()
    force = fields.String(allow_none=True)
    score = fields.Float()
    snippet = fields.String()
    file = fields.String(allow_none=True)


class FacetValueSchema(Schema):
    value = fields.String()
    label = fields.String()
    count = fields.Integer()
    chosen = fields.Boolean()


class AnswerSchema(Schema):
    total = fields.Integer()
    took_ms = fields.Float()
    suggestion = fields.String(allow_none=True)
    facets = fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.Integer()))
    notes = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))
    hits = fields.List(fields.Nested(HitSchema))
    narrowing = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(FacetValueSchema)))
    next = fields.String(allow_none=True, metadata={"format": "uri-reference"})
