"""Fields of a model as clients of Odoo know them: their description, and where a value comes from and goes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import peewee as pw

if TYPE_CHECKING:
    from roadmapdocs.erp.odoo.commands import Command
    from roadmapdocs.erp.odoo.context import Env

#: A row as functions of fields get it: a named tuple with ``id`` and the columns of ``needs`` by their own names,
#: foreign keys as ``kind_id``.
Row = Any
Read = Callable[[Sequence[Row], "Env"], Iterable[Any]]
#: Gives the condition of rows for an operator and a value; for ``in`` and ``not in`` the value is a list of ids or values,
#: or a query of ids.
Search = Callable[[str, Any, "Env"], Any]
#: Carries out commands on the lines of a record that is written already.
Apply = Callable[[int, Sequence["Command"], "Env"], None]
Pairs = Sequence[tuple[str, str]]


def lazy(message: str) -> str:
    """Marks an English id for the catalogue; it is translated when the field is described to somebody."""
    return message


class Type(StrEnum):
    CHAR = "char"
    TEXT = "text"
    HTML = "html"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    SELECTION = "selection"
    MANY2ONE = "many2one"
    ONE2MANY = "one2many"
    MANY2MANY = "many2many"
    REFERENCE = "reference"
    BINARY = "binary"


TEXTS = frozenset({Type.CHAR, Type.TEXT, Type.HTML})
NUMBERS = frozenset({Type.INTEGER, Type.FLOAT})
LISTS = frozenset({Type.ONE2MANY, Type.MANY2MANY})


class Write(StrEnum):
    """When a client may give the field: never, only to a new record, always."""

    NEVER = "never"
    CREATE = "create"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Link:
    """Two columns of one table that say which rows of the related model belong to a record.

    For lines that point at their record: the pointing column and the line's id. For a table between two: its two columns.
    """

    owner: pw.Field
    related: pw.Field


@dataclass(frozen=True, slots=True)
class Field:
    """
    A value comes from one of: ``column``; ``read``, a function over all rows of an answer, which get the columns of
    ``needs``; ``link`` for lists of related records. Values are Python's: text, int, float, bool, date, aware datetime,
    None for nothing; an id or None for many2one, a list of ids for the two lists, ``"model,id"`` for a reference.

    ``search`` is how a field without a column is searched; ``sort`` what it is sorted by (a column sorts by itself).
    ``selection`` are pairs of a value and its label, or a function that gives them. ``apply`` carries out commands on a
    list. A binary ``read`` gives bytes one after another, ``size`` their lengths. ``default`` is what ``default_get``
    proposes.
    """

    type: Type
    string: str
    column: Any = None
    needs: tuple[Any, ...] = ()
    read: Read | None = None
    link: Link | None = None
    search: Search | None = None
    sort: Any = None
    relation: str = ""
    relation_field: str = ""
    selection: Pairs | Callable[[], Pairs] = ()
    required: bool = False
    write: Write = Write.NEVER
    apply: Apply | None = None
    size: Read | None = None
    default: Callable[[Env], object] | None = None
    help: str = ""

    def pairs(self) -> Pairs:
        return self.selection() if callable(self.selection) else self.selection

    @property
    def searchable(self) -> bool:
        return self.column is not None or self.link is not None or self.search is not None


def values_of(names: Mapping[str, Field], write: Write) -> frozenset[str]:
    """Names of the fields that may be given in this way."""
    ways = {Write.ALWAYS, write}
    return frozenset(name for name, field in names.items() if field.write in ways)
