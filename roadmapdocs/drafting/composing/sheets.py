"""Pieces of the papers that are tables, made by whoever prints them from the data of the registry."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from roadmapdocs.drafting.composing.tables import WHOLE
from roadmapdocs.drafting.vocabulary import Cell, Piece, TableRow


def heading(text: str) -> Piece:
    """Of a part of a sheet: it stays on one page with what follows."""
    return Piece(kind="heading", text=text)


def paragraph(text: str, *, kept: bool = False) -> Piece:
    """``kept``: on one page with what follows."""
    return Piece(kind="point" if kept else "paragraph", text=text)


def frame(first: str, lines: Sequence[str]) -> Piece:
    """A mark in a frame, its first line in bold."""
    return Piece(kind="frame", text=first, lines=tuple(lines))


def shown(texts: Iterable[str]) -> TableRow:
    """A row of plain cells."""
    return TableRow(cells=tuple(Cell(text=text) for text in texts))


def sheet_table(columns: Sequence[str], widths: Sequence[int], rows: Iterable[TableRow]) -> Piece:
    """A table whose columns are as wide as ``widths`` say (any unit); rows with fewer or more cells are an error.

    :raise ValueError: if columns, widths and cells do not match
    """
    spans = spans_of(widths)
    return Piece(
        kind="table",
        columns=tuple(Cell(text=text, width=share) for text, share in zip(columns, spans, strict=True)),
        widths=spans,
        rows=tuple(row if row.heading else _placed(row, spans) for row in rows),
    )


def _placed(row: TableRow, spans: Sequence[int]) -> TableRow:
    cells = (dataclasses.replace(cell, width=span) for cell, span in zip(row.cells, spans, strict=True))
    return dataclasses.replace(row, cells=tuple(cells))


def spans_of(widths: Sequence[int]) -> tuple[int, ...]:
    """Whole shares as near to the widths as can be, each at least one, together the whole width (largest remainders).

    >>> spans_of((11, 68, 15))
    (6, 36, 8)
    """
    exact = [max(width * WHOLE / sum(widths), 1) for width in widths]
    made = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: made[place] - exact[place])
    for place in by_rest[: max(WHOLE - sum(made), 0)]:
        made[place] += 1
    # Narrow ones that were widened to one share take it from the widest.
    for _surplus in range(sum(made) - WHOLE):
        made[made.index(max(made))] -= 1
    return tuple(made)
