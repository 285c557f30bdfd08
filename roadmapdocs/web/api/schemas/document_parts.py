"""What belongs to a document: links, history, readers, drafts."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.rules import TEXT_LIMIT
from roadmapdocs.web.api.fields import Body, Day, Id, Line, Moment, Text, WholeNumber, one_of
from roadmapdocs.web.api.paging import Paged
from roadmapdocs.workflow.rules import RIGHTS


class LinkedSchema(Schema):
    """The document at the far end of a link."""

    address = fields.URL(required=True, data_key="@id", require_tld=False)
    id = fields.Integer(required=True)
    kind = fields.String(required=True)
    number = fields.String(required=True)
    date = fields.Date(required=True, allow_none=True)
    title = fields.String(required=True)


class LinkSchema(Schema):
    """A typed link as one of its documents shows it: `words` speak from that side."""

    address = fields.URL(required=True, data_key="@id", require_tld=False)
    id = fields.Integer(required=True)
    kind = one_of(LinkKind, required=True)
    outgoing = fields.Boolean(required=True, metadata={"description": "Whether this document acts on the other."})
    words = fields.String(required=True)
    other = fields.Nested(LinkedSchema, required=True)
    note = fields.String(required=True)
    points = fields.String(required=True)
    since = fields.Date(required=True, allow_none=True)
    acted = fields.Boolean(required=True, metadata={"description": "Whether the link has had its effect."})


class NewLinkSchema(Body):
    """This document does something to `target`. `since` is the day from which the effect counts."""

    kind = one_of(LinkKind, required=True)
    target = Id(required=True)
    note = Line(longest=TEXT_LIMIT, load_default="")
    points = Line(longest=TEXT_LIMIT, load_default="")
    since = Day(load_default=None, allow_none=True)


class EntrySchema(Schema):
    """An entry of the journal of events about a document. `text` tells it in a sentence, `said` quotes a comment."""

    number = fields.Integer(required=True)
    what = fields.String(required=True)
    text = fields.String(required=True)
    said = fields.String(required=True, allow_none=True)
    who = fields.String(required=True)
    at = Moment(required=True)


class HolderSchema(Schema):
    """A role or a tie, and the person whom the tie means."""

    label = fields.String(required=True)
    name = fields.String(required=True)


class RightSchema(Schema):
    """Who has a right to the document as it stands. `names` are the first of `people` persons."""

    right = fields.String(required=True, validate=validate.OneOf(RIGHTS))
    caption = fields.String(required=True)
    holders = fields.List(fields.Nested(HolderSchema), required=True)
    people = fields.Integer(required=True)
    names = fields.List(fields.String(), required=True)


class ReasonOfStateSchema(Schema):
    """A state that speaks of reading, and whom it lets in."""

    line = fields.String(required=True)
    state = fields.String(required=True)
    who = fields.String(required=True)


class SharingSchema(Schema):
    """Who may read and change a document, and why."""

    rights = fields.List(fields.Nested(RightSchema), required=True)
    reasons = fields.List(fields.Nested(ReasonOfStateSchema), required=True)
    mark = fields.String(required=True, allow_none=True)
    mark_basis = fields.String(required=True, allow_none=True)
    shut_out = fields.List(fields.String(), required=True)


class DraftSchema(Schema):
    """The text of a document as a form: what fills its template."""

    template = fields.String(required=True)
    revision = fields.Integer(required=True)
    content = fields.Dict(keys=fields.String(), required=True)
    changed_by = fields.String(required=True)
    changed_at = Moment(required=True)


class DraftAskedSchema(Body):
    """A text to be printed. Without `content` what was written before is printed; a first draft may name its template."""

    content = fields.Dict(keys=fields.String(validate=validate.Length(max=64)))
    template = Line(longest=200)
    revision = WholeNumber(least=1, metadata={"description": "Of the draft that the caller has seen, to write over it."})
    comment = Text(longest=2_000, load_default="")
    substantial = fields.Boolean(load_default=True)


class EntriesAskedSchema(Paged):
    """What a history can be asked with."""
