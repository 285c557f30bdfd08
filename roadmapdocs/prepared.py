"""Statements composed once: peewee takes longer to compose a statement than the database to run it.

Only for the few that every registration runs; the rest is plain peewee.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import peewee as pw

from roadmapdocs.db import database


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value comes in, and the field that knows how it is stored."""

    name: str
    field: pw.Field


def place(name: str, field: pw.Field) -> pw.Value:
    return pw.Value(Place(name, field), converter=False)


class Prepared:
    """A query with places in it, composed at its first run on each of the databases."""

    def __init__(self, compose: Callable[[], pw.Query]) -> None:
        self._compose = compose
        self._composed: dict[type, tuple[str, list[object]]] = {}

    def rows(self, **values: object) -> list[tuple[Any, ...]]:
        """Run it and give what it returns, as the database's driver has it."""
        kind = type(database.obj)
        if kind not in self._composed:
            self._composed[kind] = self._compose().sql()
        sql, parameters = self._composed[kind]
        filled = [one.field.db_value(values[one.name]) if isinstance(one, Place) else one for one in parameters]
        found: list[tuple[Any, ...]] = database.execute_sql(sql, filled).fetchall()
        return found
