"""Shapes of roadmaps: as they are read out of a file (``roadmapdocs roadmap read --json``), and as they are kept."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roadmapdocs.roadmap.draft import EXPECTED_KINDS
from roadmapdocs.roadmap.review import LONGEST_TITLE
from roadmapdocs.web.api.fields import Body, Id, Line, WholeNumber
from roadmapdocs.web.api.paging import Paged
from roadmapdocs.web.api.schemas.values import PersonSchema, told_day, told_moment


class ScoreSchema(Schema):
    """How many expected documents of all periods stand how; ``due`` are those whose term is over today or before."""

    proved = fields.Integer()
    in_work = fields.Integer()
    missing = fields.Integer()
    late = fields.Integer()
    not_required = fields.Integer()
    all = fields.Integer()
    due = fields.Integer()
    proved_of_due = fields.Integer()
    next_due = told_day()
    due_this_year = fields.Integer()


class RoadmapApprovalSchema(Schema):
    """Who approved a roadmap, and by what."""

    kind = fields.String(allow_none=True)
    organisation = fields.String(allow_none=True)
    position = fields.String(allow_none=True)
    person = fields.String(allow_none=True)
    date = told_day()
    number = fields.String(allow_none=True)


class TermSchema(Schema):
    kind = fields.String()
    start = told_day()
    end = told_day()
    recurrence = fields.String(allow_none=True)
    text = fields.String()
    year = fields.Integer(allow_none=True)


class ReadSectionSchema(Schema):
    number = fields.String()
    title = fields.String()
    parent = fields.String(allow_none=True)


class ReadExpectedSchema(Schema):
    title = fields.String()
    kind = fields.String(validate=validate.OneOf(EXPECTED_KINDS))
    inferred = fields.Boolean()


class ReadItemSchema(Schema):
    number = fields.String()
    section = fields.String(allow_none=True)
    title = fields.String()
    terms = fields.List(fields.Nested(TermSchema))
    responsible = fields.List(fields.String())
    responsible_text = fields.String()
    expected_documents = fields.List(fields.Nested(ReadExpectedSchema))
    planned = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True))
    results = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True))


class DefectSchema(Schema):
    item = fields.String(allow_none=True)
    line = fields.Integer(allow_none=True)
    code = fields.String()
    message = fields.String()


class ReadRoadmapSchema(Schema):
    """What a file was understood to say; nothing of it is stored."""

    title = fields.String()
    period = fields.List(fields.Integer(), allow_none=True)
    approval = fields.Nested(RoadmapApprovalSchema)
    abbreviations = fields.Dict(keys=fields.String(), values=fields.String())
    sections = fields.List(fields.Nested(ReadSectionSchema))
    items = fields.List(fields.Nested(ReadItemSchema))
    defects = fields.List(fields.Nested(DefectSchema))


class StoredRoadmapSchema(Schema):
    """What became of a file: the roadmap, the number of its edition, how many items, how many doubtful places."""

    id = fields.Integer()
    edition = fields.Integer()
    items = fields.Integer()
    defects = fields.Integer()


class RoadmapSchema(Schema):
    id = fields.Integer()
    title = fields.String()
    first_year = fields.Integer(allow_none=True)
    last_year = fields.Integer(allow_none=True)
    coordinator = fields.Nested(PersonSchema, allow_none=True)
    edition = fields.Integer(metadata={"description": "The number of the current edition."})
    totals = fields.Nested(ScoreSchema)


class EditionSchema(Schema):
    number = fields.Integer()
    file_name = fields.String()
    approval = fields.Nested(RoadmapApprovalSchema)
    abbreviations = fields.Dict(keys=fields.String(), values=fields.String())
    defects = fields.List(fields.Nested(DefectSchema))
    items = fields.Integer()
    stored_by = fields.String()
    stored_at = told_moment()


class SectionSchema(Schema):
    id = fields.Integer()
    number = fields.String()
    title = fields.String()
    parent = fields.String(allow_none=True, metadata={"description": "The number of the section above."})
    totals = fields.Nested(ScoreSchema, allow_none=True)


class ImportingSchema(Body):
    """``dry_run`` only reads the file. The same file again is refused unless it is to be a new edition. ``name`` is that
    of a file which is the body itself.
    """

    name = Line(longest=255, load_default="")
    dry_run = fields.Boolean(load_default=False)
    title = Line(longest=LONGEST_TITLE, load_default="")
    new_edition = fields.Boolean(load_default=False)
    edition_of = Id(load_default=None)


class ReportSchema(Body):
    format = fields.String(validate=validate.OneOf(("docx", "xlsx")), load_default="docx")


class RoadmapsAskedSchema(Paged):
    year = WholeNumber(least=1900, most=2999, load_default=None, metadata={"description": "Of plans that run in this year."})
