"""Kinds of documents."""

from __future__ import annotations

from marshmallow import Schema, fields


class TypeFieldSchema(Schema):
    """A field that cards of this kind have besides the common ones."""

    name = fields.String(required=True)
    label = fields.String(required=True)
    type = fields.String(required=True)


class TypeSchema(Schema):
    """A kind of document."""

    id = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "Stable name, by which cards name their kind."})
    name = fields.String(required=True)
    short = fields.String(required=True)
    group = fields.String(required=True)
    expected = fields.String(required=True, metadata={"description": "The word by which roadmaps expect it."})
    own_number = fields.Boolean(required=True)
    series = fields.String(required=True, metadata={"description": "Journals that number it; empty where none does."})
    active = fields.Boolean(required=True)
    fields_ = fields.List(fields.Nested(TypeFieldSchema), required=True, data_key="fields", attribute="own_fields")
