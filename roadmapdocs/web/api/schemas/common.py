"""Shapes that several resources share."""

from __future__ import annotations

from marshmallow import Schema, fields


class ProblemSchema(Schema):
    """RFC 9457: why a call was not taken."""

    type = fields.String(required=True, metadata={"description": "Names the kind of problem, by its code."})
    title = fields.String(required=True, metadata={"description": "Phrase of the HTTP status."})
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": "A sentence for people: what, why, and what to do."})
    code = fields.String(required=True, metadata={"description": "Stable, for programs."})
    details = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={"description": "Plain values; `fields` maps the name of a field to a sentence about it."},
    )
    instance = fields.String(required=True, metadata={"description": "Path of the call."})


class NamedSchema(Schema):
    """Something that has an id and a name."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
