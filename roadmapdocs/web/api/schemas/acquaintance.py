"""Shapes of acquaintance: what waits to be read, and who has read a document."""

from __future__ import annotations

from marshmallow import Schema, fields

from roadmapdocs.acquaintance.queries import Show
from roadmapdocs.acquaintance.words import ReadingState, ReadingWay
from roadmapdocs.web.api.fields import Body, Id, one_of
from roadmapdocs.web.api.paging import Paged
from roadmapdocs.web.api.schemas.values import NamedDocumentSchema, any_of, told_day, told_moment


class ToReadSchema(Schema):
    """A place on a sheet. ``version_id`` is the text that is to be read."""

    id = fields.Integer()
    document = fields.Nested(NamedDocumentSchema, allow_none=True)
    version_id = fields.Integer()
    state = any_of(ReadingState)
    sent_by = fields.String()
    note = fields.String()
    asked_at = told_moment()
    due = told_day()
    opened_at = told_moment()
    read_through_at = told_moment()
    day = told_day()
    way = any_of(ReadingWay, allow_none=True)


class ReaderSchema(Schema):
    """A line of the sheet, as the page of the document has it."""

    id = fields.Integer()
    name = fields.String()
    post = fields.String()
    state = any_of(ReadingState)
    due = told_day()
    day = told_day()
    way = any_of(ReadingWay, allow_none=True)
    version_id = fields.Integer()


class ProgressSchema(Schema):
    asked = fields.Integer()
    confirmed = fields.Integer()
    refused = fields.Integer()
    waiting = fields.Integer()
    late = fields.Integer()


class ReadersAskedSchema(Paged):
    show = one_of(Show, load_default=str(Show.ALL))
    unit = Id(load_default=None)


class ReadVersionSchema(Body):
    version_id = Id(required=True)
