"""Versions of a text and attachments."""

from __future__ import annotations

from marshmallow import Schema, fields

from roadmapdocs.web.api.fields import Body, Line, Moment, Text


class StoredSchema(Schema):
    """What versions and attachments have in common."""

    address = fields.URL(required=True, data_key="@id", require_tld=False, metadata={"description": "Where its bytes are."})
    id = fields.Integer(required=True)
    name = fields.String(required=True)
    size = fields.Integer(required=True, metadata={"description": "Bytes."})
    sha256 = fields.String(required=True)
    format = fields.String(required=True)
    added_by = fields.String(required=True)
    added_at = Moment(required=True)


class VersionSchema(StoredSchema):
    """An immutable file with the text of a document; the highest number is the current one."""

    number = fields.Integer(required=True)
    edition = fields.Integer(required=True)
    substantial = fields.Boolean(required=True)
    comment = fields.String(required=True)


class AttachmentSchema(StoredSchema):
    """A file beside the text."""

    title = fields.String(required=True)


class VersionSaidSchema(Body):
    """What is said of a version: beside the file in a form, or in the address where the body is the file."""

    name = Line(longest=255, load_default="")
    comment = Text(longest=2_000, load_default="")
    substantial = fields.Boolean(load_default=True, metadata={"description": "Whether what the text means has changed."})


class AttachmentSaidSchema(Body):
    """What is said of an attachment: beside the file in a form, or in the address where the body is the file."""

    name = Line(longest=255, load_default="")
    title = Line(longest=255, load_default="")


class ReasonSchema(Body):
    """Why something is taken off."""

    reason = Text(longest=500, required=True)
