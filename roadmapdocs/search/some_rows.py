"""Rows of some ids by statements composed once: a page of hits asks a dozen of them, and peewee composes slowly."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

import peewee as pw

from roadmapdocs.prepared import Prepared, place

#: As many values as a statement has places for: a page of hits.
PLACES: Final = 20


def among(field: pw.Field) -> pw.Expression:
    """``field`` is one of the values that :func:`rows_among` will be given; for a :class:`Prepared` statement."""
    return field.in_([place(f"one{number}", field) for number in range(PLACES)])


def rows_among(statement: Prepared, values: Collection[object]) -> Iterator[tuple[Any, ...]]:
    """Rows as the driver has them; one statement for each twenty values. Places left over repeat the last value."""
    for chunk in pw.chunked(values, PLACES):
        filled = [*chunk, *[chunk[-1]] * (PLACES - len(chunk))]
        yield from statement.rows(**{f"one{number}": value for number, value in enumerate(filled)})
