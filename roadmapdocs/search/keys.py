"""All that there is to find, by its keys, in one order: documents, items and sections of current editions, assignments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import peewee as pw

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.documents.models import Document
from roadmapdocs.roadmap.models import Item, Section, current_editions

_TABLES: Final[tuple[tuple[str, Any], ...]] = (
    ("document", Document),
    ("item", Item),
    ("section", Section),
    ("assignment", Assignment),
)
#: Of these only what stands in current editions.
_OF_EDITIONS: Final = (Item, Section)


def after(key: str, limit: int) -> list[str]:
    """The next keys behind ``key``; from the first where it is empty."""
    last, _colon, number = key.partition(":")
    found: list[str] = []
    reached = not key
    for kind, model in _TABLES:
        if not reached and kind != last:
            continue
        first = 0 if reached else int(number)
        reached = True
        rows = _rows(model).where(model.id > first).order_by(model.id).limit(limit - len(found))
        found += [f"{kind}:{one}" for (one,) in rows.tuples()]
        if len(found) >= limit:
            break
    return found


def every(batch: int) -> Iterator[list[str]]:
    last = ""
    while keys := after(last, batch):
        yield keys
        last = keys[-1]


def count() -> int:
    return sum(_rows(model).count() for _kind, model in _TABLES)


def _rows(model: Any) -> pw.ModelSelect:
    rows = model.select(model.id)
    return rows.where(model.edition.in_(current_editions())) if model in _OF_EDITIONS else rows
