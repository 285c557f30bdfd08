"""Lists in pages by cursor: what is added or removed meanwhile neither repeats a row nor hides one.

A cursor holds the sorting values of the last row shown; the next page begins behind them.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

import peewee as pw
from flask import request
from marshmallow import Schema, fields, validate

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.api.fields import LARGEST_ID, Body, Line, WholeNumber

USUAL, MOST = 50, 200
_LONGEST_CURSOR = 2_000


class Paged(Body):
    """What every list can be asked with. Filters of one list are added in a subclass."""

    limit = WholeNumber(
        least=1, most=MOST, load_default=USUAL, metadata={"description": "How many items a page has at most."}
    )
    cursor = Line(
        longest=_LONGEST_CURSOR,
        load_default="",
        metadata={"description": "Where the page begins: out of `next` of the page before, never made by hand."},
    )
    fields_ = Line(
        longest=1_000,
        load_default="",
        data_key="fields",
        metadata={"description": "Names of the fields to give, with commas between; all where there are none."},
    )


class Sparse(Body):
    """What one thing can be asked with."""

    fields_ = Line(
        longest=1_000,
        load_default="",
        data_key="fields",
        metadata={"description": "Names of the fields to give, with commas between; all where there are none."},
    )


@dataclass(frozen=True, slots=True)
class Key:
    """A column that a list is sorted by, never empty, and how its value is read out of a cursor."""

    column: Any
    read: Callable[[Any], Any]


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST_ID:
        raise ValueError(value)
    return value


def _words(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


def whole(column: Any) -> Key:
    return Key(column, _whole)


def words(column: Any) -> Key:
    return Key(column, _words)


def day(column: Any) -> Key:
    return Key(column, lambda value: dt.date.fromisoformat(_words(value)))


def moment(column: Any) -> Key:
    return Key(column, lambda value: dt.datetime.fromisoformat(_words(value)))


@dataclass(frozen=True, slots=True)
class Order:
    """Sorting keys, the last of which is unique; all run in one direction."""

    keys: tuple[Key, ...]
    descending: bool = False

    def columns(self) -> list[Any]:
        return [key.column.desc() if self.descending else key.column.asc() for key in self.keys]

    def behind(self, values: Sequence[Any]) -> Any:
        """Rows that come after the one with these values, compared as whole rows: an index serves it at once."""
        columns = [key.column for key in self.keys]
        if len(columns) == 1:
            return columns[0] < values[0] if self.descending else columns[0] > values[0]
        # The first column bounds the walk along the index; SQLite looks at no more of a row value.
        left = pw.EnclosedNodeList(columns)
        typed = [column.db_value(value) for column, value in zip(columns, values, strict=True)]
        right = pw.EnclosedNodeList([pw.Value(value, converter=False) for value in typed])
        return pw.Expression(left, pw.OP.LT if self.descending else pw.OP.GT, right)


def page(
    query: pw.ModelSelect, order: Order, asked: dict[str, Any], shown: Callable[[list[Any]], list[dict[str, Any]]]
) -> dict[str, Any]:
    """A page of ``query`` (unsorted) as an answer; ``shown`` turns rows into items.

    Each row has the values of the order as attributes: the columns of the order are to be among those selected.

    :raise Refusal: ``cursor`` if it is none of ours
    """
    if asked["cursor"]:
        query = query.where(order.behind(opened(asked["cursor"], order)))
    rows = list(query.order_by(*order.columns()).limit(asked["limit"] + 1))
    more = len(rows) > asked["limit"]
    rows = rows[: asked["limit"]]
    last = [getattr(rows[-1], key.column.name) for key in order.keys] if more else None
    return {"items": shown(rows), "next": next_address(sealed(last)) if last is not None else None}


def whole_list(items: list[dict[str, Any]]) -> dict[str, Any]:
    """A list that is short by its nature: one page."""
    return {"items": items, "next": None}


def next_address(cursor: str) -> str:
    """This call once more, from the cursor on."""
    values = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    return f"{request.base_url}?{urlencode([*values, ('cursor', cursor)])}"


def sealed(values: Sequence[Any]) -> str:
    plain = [value.isoformat() if isinstance(value, dt.date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def opened(cursor: str, order: Order) -> list[Any]:
    """The values of the last row of the page before, as :func:`sealed` hid them.

    :raise Refusal: ``cursor``
    """
    try:
        plain = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(plain, list):
            raise TypeError(plain)
        return [key.read(value) for key, value in zip(order.keys, plain, strict=True)]
    except (ValueError, TypeError, binascii.Error, RecursionError) as problem:
        sentence = _("This cursor belongs to another list or was cut. Begin with the first page.")
        raise Refusal("cursor", sentence, fields={"cursor": sentence}) from problem


@cache
def page_of(schema: type[Schema]) -> type[Schema]:
    """The shape of a page whose items have the shape ``schema``."""
    name = schema.__name__.removesuffix("Schema")
    return Schema.from_dict(
        {
            "items": fields.List(fields.Nested(schema), required=True),
            "next": fields.URL(
                required=True, allow_none=True, require_tld=False, metadata={"description": "Address of the next page."}
            ),
        },
        name=f"{name}PageSchema",
    )


def choice(*names: str, usual: str, about: str) -> fields.String:
    """One of some words, such as the orders of a list."""
    return fields.String(load_default=usual, validate=validate.OneOf(names), metadata={"description": about})
