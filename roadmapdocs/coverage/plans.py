"""Items of roadmaps with their plans, read for many items at once: seven queries, however many there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import peewee as pw

from roadmapdocs.coverage.rules import Expected, ItemPlan
from roadmapdocs.db import database
from roadmapdocs.roadmap.models import (
    Edition,
    ExpectedDocument,
    Item,
    ItemTerm,
    Responsible,
    Roadmap,
    YearValue,
)
from roadmapdocs.russian.terms import Term


@dataclass(frozen=True, slots=True)
class Answering:
    """One of those who answer for an item: the printed words, and the id of the unit or employee where known."""

    text: str
    unit: int | None
    employee: int | None


@dataclass(frozen=True, slots=True)
class LoadedItem:
    """An item with its plan."""

    id: int
    edition: int
    section: int | None
    number: str
    title: str
    responsible_text: str
    answering: tuple[Answering, ...]
    plan: ItemPlan

    @property
    def responsibles(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.answering)

    def answered_by(self, units: Set[int], employee: int | None) -> bool:
        """Whether one of these units or this employee answers for the item."""
        return any(
            one.unit in units or (one.employee is not None and one.employee == employee) for one in self.answering
        )


def load_items(asked: pw.Expression) -> list[LoadedItem]:
    """Items for which the condition ``asked`` on :class:`Item` holds, in the order of their files."""
    periods = _periods(asked)
    terms = _by_item(
        asked, ItemTerm, "item kind start end recurrence text year",
        lambda kind, start, end, *rest: Term(kind, as_date(start), as_date(end), *rest),
    )
    values = _by_item(asked, YearValue, "item year planned", lambda year, planned: (_column(year), planned))
    expected = _by_item(
        asked, ExpectedDocument, "item id title kind confirmed",
        lambda id_, title, kind, confirmed: Expected(id_, title, kind, bool(confirmed)),
    )
    answering = _by_item(asked, Responsible, "item text unit employee", Answering)
    loaded = []
    columns = (Item.id, Item.edition, Item.section, Item.number, Item.title, Item.responsible_text)
    for id_, edition, section, number, title, answer in raw(Item.select(*columns).where(asked).order_by(Item.edition, Item.position)):
        plan = ItemPlan(
            terms=tuple(terms[id_]),
            planned={column: planned for column, planned in values[id_] if planned is not None},
            expected=tuple(expected[id_]),
            period=periods[edition],
        )
        loaded.append(LoadedItem(id_, edition, section, number, title, answer, tuple(answering[id_]), plan))
    return loaded


def raw(query: pw.Query) -> Iterator[tuple[Any, ...]]:
    """Rows as the driver gives them: converting each cell would cost more than the query itself."""
    return iter(database.execute(query))


@lru_cache(maxsize=16384)
def as_date(value: str | dt.date | None) -> dt.date | None:
    """A date of a raw row: SQLite keeps it as text, PostgreSQL gives it as it is."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _periods(asked: pw.Expression) -> dict[int, tuple[int, int] | None]:
    """Years of the plan by edition. A roadmap that names none is bounded by the years of its own dated terms:
    «ежегодно» in it then still means each of those years, and what is missing in one of them can be late."""
    editions = Item.select(Item.edition).where(asked)
    rows = (
        Edition.select(Edition.id, Roadmap.first_year, Roadmap.last_year)
        .join(Roadmap)
        .where(Edition.id.in_(editions))
        .tuples()
    )
    told = _told_years(editions)
    return {id_: (first, last) if first and last else told.get(id_) for id_, first, last in rows}


def _told_years(editions: pw.Query) -> dict[int, tuple[int, int]]:
    first, last = pw.fn.COALESCE(ItemTerm.start, ItemTerm.end), pw.fn.COALESCE(ItemTerm.end, ItemTerm.start)
    rows = (
        ItemTerm.select(Item.edition, pw.fn.MIN(first), pw.fn.MAX(last))
        .join(Item)
        .where(Item.edition.in_(editions) & (ItemTerm.start.is_null(False) | ItemTerm.end.is_null(False)))
        .group_by(Item.edition)
    )
    return {edition: (int(str(start)[:4]), int(str(end)[:4])) for edition, start, end in raw(rows)}


def _by_item(
    asked: pw.Expression, model: type[pw.Model], fields: str, make: Callable[..., Any]
) -> defaultdict[int, list[Any]]:
    """Rows of a table that hangs below items, by item, without a query for each. The first field is the item."""
    columns = [getattr(model, name) for name in fields.split()]
    grouped: defaultdict[int, list[Any]] = defaultdict(list)
    for item, *rest in raw(model.select(*columns).join(Item).where(asked).order_by(model.id)):
        grouped[item].append(make(*rest))
    return grouped


def _column(year: int | None) -> str:
    return str(year) if year is not None else "total"
