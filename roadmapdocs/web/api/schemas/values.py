"""Shapes that many answers share: days and moments as they are told, people and documents by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from marshmallow import Schema, fields, validate


def told_day(**options: Any) -> fields.String:
    """A day as it is answered, in plain JSON already: "2026-03-16" or null."""
    return fields.String(allow_none=True, metadata={"format": "date"}, **options)


def told_moment(**options: Any) -> fields.String:
    """A moment as it is answered, in plain JSON already: "2026-03-16T09:30:00Z" or null."""
    return fields.String(allow_none=True, metadata={"format": "date-time"}, **options)


def any_of(values: Iterable[object], **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf([str(value) for value in values]), **options)


def day(value: dt.date | None) -> str | None:
    """For :func:`told_day`."""
    return value.isoformat() if value is not None else None


class PersonSchema(Schema):
    """Somebody, as lists name them. The id is null for who has no card of an employee."""

    id = fields.Integer(allow_none=True)
    name = fields.String()


class NamedDocumentSchema(Schema):
    """A document behind something else. Of one that is not open to who asks, nothing is told at all (null)."""

    id = fields.Integer()
    kind = fields.String()
    number = fields.String()
    date = told_day()
    title = fields.String()
