"""Shapes of coverage, as ``roadmapdocs roadmap coverage --json`` prints it, and of what is said about a period."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

from roadmapdocs.web.api.fields import Body, Id, Line, Text
from roadmapdocs.web.api.schemas.roadmaps import ScoreSchema
from roadmapdocs.web.api.schemas.values import told_day

#: As forms take it, characters.
LONGEST_REASON: Final = 2_000


class ProvingDocumentSchema(Schema):
    """One that is not open to who asks has the id 0 and neither number nor date."""

    id = fields.Integer()
    kind = fields.String()
    number = fields.String()
    date = told_day()


class CoverageRowSchema(Schema):
    """One expected document in one period; ``expected_id`` with ``period`` names it in acts."""

    section = fields.String(allow_none=True)
    item = fields.String()
    title = fields.String()
    responsible = fields.List(fields.String())
    expected_id = fields.Integer()
    expected = fields.String()
    kind = fields.String()
    suggested = fields.Boolean()
    period = fields.String()
    label = fields.String()
    year = fields.Integer(allow_none=True)
    start = told_day()
    end = told_day()
    due = told_day()
    quantity = fields.Integer()
    status = fields.String(validate=validate.OneOf(("proved", "in_work", "missing", "late", "not_required")))
    documents = fields.List(fields.Nested(ProvingDocumentSchema))
    waiver = fields.String(allow_none=True)


class CoveredRoadmapSchema(Schema):
    id = fields.Integer()
    title = fields.String()
    edition = fields.Integer()


class CoveredSectionSchema(ScoreSchema):
    number = fields.String()
    title = fields.String()


class CoverageSchema(Schema):
    roadmap = fields.Nested(CoveredRoadmapSchema)
    today = told_day()
    totals = fields.Nested(ScoreSchema)
    sections = fields.List(fields.Nested(CoveredSectionSchema))
    rows = fields.List(fields.Nested(CoverageRowSchema))


class RowsSchema(Schema):
    """How the expected document stands now, period by period; nothing once it is not expected any more."""

    rows = fields.List(fields.Nested(CoverageRowSchema))


class ExpectedRefSchema(Body):
    expected_id = Id(required=True)


class SlotSchema(ExpectedRefSchema):
    period = Line(longest=32, required=True, metadata={"example": "2026-01-01/2026-12-31"})


class ProofSchema(SlotSchema):
    document_id = Id(required=True)


class WaiverSchema(SlotSchema):
    reason = Text(longest=LONGEST_REASON, required=True)


class RequiringSchema(SlotSchema):
    reason = Text(longest=LONGEST_REASON, load_default="")
