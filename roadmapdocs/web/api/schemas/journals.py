"""Shapes of journals of registration and of cases."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields

from roadmapdocs.registration.rules import NEVER_GIVEN, EntryState
from roadmapdocs.web.api.fields import Body, Day, Id, Line, WholeNumber
from roadmapdocs.web.api.paging import Paged
from roadmapdocs.web.api.schemas.values import NamedDocumentSchema, PersonSchema, any_of, told_day

_LONGEST_PERIOD: Final = 32
_LONGEST: Final = 255


class JournalSchema(Schema):
    """``last`` is the number given last in the period, as printed."""

    id = fields.Integer()
    code = fields.String()
    name = fields.String()
    series = fields.String()
    organisation = fields.Nested(PersonSchema, allow_none=True)
    body = fields.String()
    pattern = fields.String()
    active = fields.Boolean()
    period = fields.String(allow_none=True)
    last = fields.String()
    reserved = fields.Integer()
    unexplained = fields.Integer(metadata={"description": "Numbers that were never given, without a reason."})
    closed = fields.Boolean()


class NextNumberSchema(Schema):
    """An offer: nothing is taken. ``freed`` says that the number was given back before."""

    n = fields.Integer()
    number = fields.String()
    freed = fields.Boolean()
    previous_on = told_day()


class NextAskedSchema(Body):
    on = Day(load_default=None, metadata={"description": "Of which day; today where it is missing."})


class JournalEntrySchema(Schema):
    """A number, or running numbers that were never given. Of a document that is not open to who asks, it is only said
    that it is ``restricted``.
    """

    id = fields.Integer(allow_none=True)
    first = fields.Integer()
    last = fields.Integer()
    number = fields.String()
    state = any_of((*EntryState, NEVER_GIVEN))
    registered_on = told_day()
    reason = fields.String()
    restricted = fields.Boolean()
    brought_in = fields.Boolean()
    document = fields.Nested(NamedDocumentSchema, allow_none=True)


class JournalEntriesAskedSchema(Paged):
    """``limit`` counts running numbers; literal ones stand with theirs."""

    period = Line(longest=_LONGEST_PERIOD, load_default="")


class PeriodSchema(Body):
    period = Line(longest=_LONGEST_PERIOD, load_default="")


class ReservingSchema(Body):
    """``number`` is given by hand; with it goes the ``reason``."""

    on = Day(load_default=None)
    reserved_for = Line(longest=_LONGEST, required=True)
    number = Line(longest=64, load_default="")
    reason = Line(longest=_LONGEST, load_default="")


class ReleasingSchema(Body):
    reason = Line(longest=_LONGEST, required=True)


class CaseSchema(Schema):
    """A case of the nomenclature; ``documents`` counts those that are open to who asks."""

    id = fields.Integer()
    year = fields.Integer()
    case_index = fields.String()
    title = fields.String()
    unit = fields.Nested(PersonSchema, allow_none=True)
    term = fields.String()
    note = fields.String()
    transitional = fields.Boolean()
    closed_on = told_day()
    documents = fields.Integer()


class CasesAskedSchema(Paged):
    year = WholeNumber(least=1900, most=2999, load_default=None)
    organisation = Id(load_default=None)
