"""Documents: the line of a list, the whole card, and what a caller may write on it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.fields import LONG_LIMIT
from roadmapdocs.documents.rules import LINE_LIMIT, NUMBER_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT, Preparation
from roadmapdocs.web.api.fields import Body, Day, Id, Line, Moment, Scalar, Text, one_of
from roadmapdocs.web.api.paging import Paged, choice
from roadmapdocs.web.api.schemas.common import NamedSchema
from roadmapdocs.workflow.rules import STANDARD
from roadmapdocs.workflow.rules import Line as StateLine

ORDERS = ("date", "-date", "number", "-number", "changed", "-changed", "id", "-id")


def _state(line: StateLine, **more: object) -> fields.String:
    return fields.String(validate=validate.OneOf(STANDARD[line]), **more)  # type: ignore[arg-type]  # options of a field


class DocumentLineSchema(Schema):
    """A document as lists show it. States are the standard ones; `named_states` has those of another name."""

    address = fields.URL(required=True, data_key="@id", require_tld=False)
    id = fields.Integer(required=True)
    kind = fields.String(required=True, metadata={"description": "Code of the kind, one of `@types`."})
    number = fields.String(required=True)
    date = fields.Date(required=True, allow_none=True)
    title = fields.String(required=True)
    signer = fields.String(required=True)
    preparation = _state(StateLine.PREPARATION, required=True)
    registration = _state(StateLine.REGISTRATION, required=True)
    force = _state(StateLine.FORCE, required=True)
    acquaintance = _state(StateLine.ACQUAINTANCE, required=True)
    control = _state(StateLine.CONTROL, required=True)
    storage = _state(StateLine.STORAGE, required=True)
    named_states = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    mark = one_of(Mark, required=True)
    registered_on = fields.Date(required=True, allow_none=True)
    force_from = fields.Date(required=True, allow_none=True)
    force_until = fields.Date(
        required=True, allow_none=True, metadata={"description": "The first day without force."}
    )
    control_due = fields.Date(required=True, allow_none=True)
    signer_id = fields.Integer(required=True, allow_none=True)
    drafter_id = fields.Integer(required=True, allow_none=True)
    unit_id = fields.Integer(required=True, allow_none=True)
    organisation_id = fields.Integer(required=True, allow_none=True)
    case_id = fields.Integer(required=True, allow_none=True)
    revision = fields.Integer(required=True)
    created_at = Moment(required=True)
    changed_at = Moment(required=True)


class DocumentSchema(DocumentLineSchema):
    """The whole card of a document."""

    kind_name = fields.String(required=True)
    summary = fields.String(required=True)
    body = fields.String(required=True, metadata={"description": "The body whose decision it is, for protocols."})
    mark_basis = fields.String(required=True)
    fields_ = fields.Dict(
        keys=fields.String(),
        required=True,
        data_key="fields",
        metadata={"description": "What the kind asks for besides, by name."},
    )
    working_copy_of = fields.Integer(required=True, allow_none=True)
    drafter = fields.Nested(NamedSchema, required=True, allow_none=True)
    unit = fields.Nested(NamedSchema, required=True, allow_none=True)
    organisation = fields.Nested(NamedSchema, required=True, allow_none=True)
    case = fields.Nested(NamedSchema, required=True, allow_none=True)
    may = fields.Dict(
        keys=fields.String(),
        values=fields.Boolean(),
        required=True,
        metadata={"description": "What the caller may do to the card as it stands: change, add_version, attach, link."},
    )


class DocumentsAskedSchema(Paged):
    """Filters of the list; all that are named hold at once."""

    kind = Line(longest=400, metadata={"description": "Codes of kinds, with commas between."})
    preparation = _state(StateLine.PREPARATION)
    registration = _state(StateLine.REGISTRATION)
    force = _state(StateLine.FORCE)
    acquaintance = _state(StateLine.ACQUAINTANCE)
    control = _state(StateLine.CONTROL)
    storage = _state(StateLine.STORAGE)
    mark = one_of(Mark)
    number = Line(longest=NUMBER_LIMIT)
    date_from = Day(metadata={"description": "The day of the document, or of its card while it has none, from here on."})
    date_to = Day(metadata={"description": "… up to and with this day."})
    q = Line(longest=200, metadata={"description": "Words of title, number, summary or signer; all of them."})
    changed_since = Moment(metadata={"description": "Changed at this moment or later."})
    case = Id()
    item = Id(metadata={"description": "Item of a roadmap that the document proves a period of."})
    signer = Id()
    drafter = Id()
    unit = Id()
    organisation = Id()
    order = choice(*ORDERS, usual="-date", about="What the list is sorted by; a minus turns it round.")


class CardFields(Body):
    """What a person fills in about a document."""

    number = Line(longest=NUMBER_LIMIT, metadata={"description": "Only of a document that is brought in ready."})
    date = Day(allow_none=True)
    summary = Text(longest=SUMMARY_LIMIT)
    signer = Line(longest=LINE_LIMIT)
    signer_id = Id(allow_none=True)
    drafter_id = Id(allow_none=True)
    unit_id = Id(allow_none=True)
    organisation_id = Id(allow_none=True)
    body = Line(longest=LINE_LIMIT)
    mark = one_of(Mark)
    mark_basis = Line(longest=SUMMARY_LIMIT)
    force_from = Day(allow_none=True)
    fields_ = fields.Dict(
        keys=fields.String(validate=validate.Length(max=32)),
        values=Scalar(longest=LONG_LIMIT, allow_none=True),
        data_key="fields",
        metadata={"description": "Values of the kind's own fields by their names; null empties one."},
    )


class NewDocumentSchema(CardFields):
    """A new card: a draft, or a signed document that is brought in with its number and date."""

    kind = Line(longest=32, required=True)
    title = Line(longest=TITLE_LIMIT, required=True)
    preparation = fields.String(
        load_default=str(Preparation.DRAFT),
        validate=validate.OneOf([str(Preparation.DRAFT), str(Preparation.SIGNED)]),
    )


class ChangedDocumentSchema(CardFields):
    """What is to be changed; all that is not named stays."""

    kind = Line(longest=32)
    title = Line(longest=TITLE_LIMIT)


class NumberAskedSchema(Body):
    """A number that somebody would like to give by hand."""

    kind = Line(longest=32, required=True)
    number = Line(longest=NUMBER_LIMIT, required=True)
    date = Day(required=True)
    document = Id(metadata={"description": "The document that is to have it, which does not stand in its own way."})


class NumberFoundSchema(Schema):
    """Whether a number is free among the documents that share their name in roadmaps, in the year of the date."""

    number = fields.String(required=True)
    free = fields.Boolean(required=True)
    document = fields.Integer(
        required=True, allow_none=True, metadata={"description": "Who has it, if that document is open to the caller."}
    )
    why_not = fields.String(required=True, allow_none=True)


class CommentSchema(Schema):
    """What a person said about a document."""

    id = fields.Integer(required=True)
    text = fields.String(required=True)
    by = fields.String(required=True)
    at = Moment(required=True)


class NewCommentSchema(Body):
    """Something to say about a document."""

    text = Text(longest=4_000, required=True)
