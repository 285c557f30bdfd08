"""Statements composed once: peewee takes longer to compose a statement than the database to run it.

Only for the few that every registration runs, and those that write thousands of rows; the rest is plain peewee.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
        sql, parameters = self._statement()
        found: list[tuple[Any, ...]] = database.execute_sql(sql, _filled(parameters, values)).fetchall()
        return found

    def many(self, rows: Iterable[Mapping[str, object]]) -> None:
        """Run it for each of the rows in one call of the driver, within a transaction; it must return nothing."""
        sql, parameters = self._statement()
        columns = [_column(one) for one in parameters]
        database.cursor().executemany(sql, [[column(values) for column in columns] for values in rows])

    def _statement(self) -> tuple[str, list[object]]:
        kind = type(database.obj)
        if kind not in self._composed:
            self._composed[kind] = self._compose().sql()
        return self._composed[kind]


def _filled(parameters: list[object], values: Mapping[str, object]) -> list[object]:
    return [one.field.db_value(values[one.name]) if isinstance(one, Place) else one for one in parameters]


def _column(parameter: object) -> Callable[[Mapping[str, object]], object]:
    """What a parameter is in a row. A value that is the same object in the row before is not converted again."""
    if not isinstance(parameter, Place):
        return lambda _values: parameter
    name, convert = parameter.name, parameter.field.db_value
    before: tuple[object, object] | None = None

    def converted(values: Mapping[str, object]) -> object:
        nonlocal before
        value = values[name]
        if before is None or before[0] is not value:
            before = (value, convert(value))
        return before[1]

    return converted
