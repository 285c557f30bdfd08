"""Columns of the list of documents: what stands in them, on the page and in an export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import peewee as pw

from roadmapdocs import plugins
from roadmapdocs.cases.models import Case
from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.export import Cell
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Organisation, Unit
from roadmapdocs.registration.models import Journal
from roadmapdocs.web.lists.query import Row
from roadmapdocs.web.words import line_word, mark_word
from roadmapdocs.workflow.rules import Line

USUAL: Final = ("number", "date", "title", "signer", "state")
#: The column that every list has: it leads to the card.
ALWAYS: Final = "title"


@dataclass(frozen=True, slots=True)
class Column:
    """``label`` gives its words; ``sort`` is the name by which an address sorts by it; ``width`` in characters."""

    name: str
    label: Callable[[], str]
    sort: str = ""
    width: int = 16


def _line(line: Line) -> Column:
    return Column(line.value, lambda: line_word(line), width=22)


COLUMNS: Final[dict[str, Column]] = {
    column.name: column
    for column in (
        Column("number", lambda: _("No."), "number", 12),
        Column("date", lambda: _("Date"), "date", 12),
        Column("registered_on", lambda: _("Registered on"), "registered", 14),
        Column("kind", lambda: _("Kind"), width=22),
        Column("title", lambda: _("Title"), "title", 70),
        Column("signer", lambda: _("Signer"), width=24),
        Column("drafter", lambda: _("Drafter"), width=24),
        Column("unit", lambda: _("Unit"), width=18),
        Column("organisation", lambda: _("Organisation"), width=24),
        Column("state", lambda: _("State"), width=30),
        *(_line(line) for line in Line),
        Column("force_from", lambda: _("In force from"), width=14),
        Column("force_until", lambda: _("Without force from"), width=14),
        Column("case", lambda: _("Case"), width=36),
        Column("control_due", lambda: _("Term of control"), width=14),
        Column("mark", lambda: _("Access"), width=20),
        Column("journal", lambda: _("Journal"), width=32),
        Column("items", lambda: _("Items of roadmaps"), width=14),
    )
}


def all_columns() -> dict[str, Column]:
    """Ours and those of plug-ins."""
    added = {one.name: Column(one.name, one.label, width=one.width) for one in plugins.COLUMNS.values()}
    return COLUMNS | {name: column for name, column in added.items() if name not in COLUMNS}


def known_columns(names: Sequence[str] | None) -> list[Column]:
    """The columns of these names in their order: names of nobody are passed over, none are the usual ones."""
    known = all_columns()
    chosen = [name for name in names or () if name in known] or list(USUAL)
    if ALWAYS not in chosen:
        chosen.append(ALWAYS)
    return [known[name] for name in dict.fromkeys(chosen)]


class Cells:
    """Cells of some rows. Names that rows refer to by id are looked up once a column, however many rows there are."""

    def __init__(self, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        wanted = {column.name for column in columns} & _NAMED.keys()
        self._names = {name: _names(_NAMED[name], {getattr(row, name) for row in rows}) for name in wanted}
        asked = any(column.name == "items" for column in columns)
        self._items = _items([row.id for row in rows]) if asked else {}
        added = {column.name for column in columns} & plugins.COLUMNS.keys() - COLUMNS.keys()
        ids = [row.id for row in rows]
        self._added = {name: plugins.COLUMNS[name].values(ids) for name in added}

    def value(self, row: Row, name: str) -> Cell:
        """What stands in a column; states are a matter of :mod:`roadmapdocs.web.lists.states`."""
        if name in self._names:
            return self._names[name].get(getattr(row, name), "")
        if name in self._added:
            return self._added[name].get(row.id)
        if name == "items":
            return self._items.get(row.id)
        if name == "mark":
            return mark_word(row.mark)
        value: Cell = getattr(row, name)
        return value


_NAMED: Final[dict[str, type[pw.Model]]] = {
    "drafter": Employee,
    "unit": Unit,
    "organisation": Organisation,
    "case": Case,
    "journal": Journal,
}


def _names(model: type[pw.Model], ids: set[int | None]) -> dict[Any, str]:
    known = [id_ for id_ in ids if id_ is not None]
    rows = model.select().where(model.id.in_(known)) if known else ()
    return {row.id: row.short_name if isinstance(row, Organisation) else str(row) for row in rows}


def _items(ids: Sequence[int]) -> dict[int, int]:
    """How many items of roadmaps each document proves."""
    counted = Proof.select(Proof.document, pw.fn.COUNT(pw.fn.DISTINCT(Proof.expected)))
    return dict(counted.where(Proof.document.in_(list(ids))).group_by(Proof.document).tuples())
