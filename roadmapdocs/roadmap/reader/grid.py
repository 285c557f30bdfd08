"""Table rows on a common grid: merged cells spread, texts cleaned, the signs by which a row is told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from roadmapdocs.files.reading.blocks import Cell, Row
from roadmapdocs.roadmap.reader.clean import one_line, printed_lines, strip_markup

_RULE = re.compile(r"[-=_–—:+\s]+")


@dataclass(frozen=True, slots=True)
class GridCell:
    """``text`` on one line, ``lines`` as printed; ``follows`` marks the columns a merged cell covers to the right."""

    text: str = ""
    lines: tuple[str, ...] = ()
    span: int = 1
    continued: bool = False
    follows: bool = False
    auto_number: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    cells: tuple[GridCell, ...]
    line: int
    marked: bool = False

    def cell(self, at: int) -> GridCell:
        return self.cells[at] if 0 <= at < len(self.cells) else GridCell()

    def text(self, at: int) -> str:
        return self.cells[at].text if 0 <= at < len(self.cells) else ""

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]

    @property
    def spread(self) -> list[str]:
        """Texts with that of a merged cell repeated in every column it covers."""
        texts: list[str] = []
        for cell in self.cells:
            texts.append(texts[-1] if cell.follows and texts else cell.text)
        return texts

    @property
    def filled(self) -> list[int]:
        return [at for at, cell in enumerate(self.cells) if cell.text]

    @property
    def used(self) -> int:
        """Columns up to the last one with text or under a merged cell."""
        return max((at + 1 for at, cell in enumerate(self.cells) if cell.text or cell.follows), default=0)

    @property
    def is_rule(self) -> bool:
        """«--  ------»: a line drawn by a converter, not a row."""
        texts = [self.text(at) for at in self.filled]
        return bool(texts) and all(_RULE.fullmatch(text) for text in texts) and any(len(text) > 1 for text in texts)

    @property
    def is_column_numbers(self) -> bool:
        """«1 2 3 4» under the header."""
        texts = [self.text(at) for at in self.filled]
        return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]


def grid_row(row: Row) -> GridRow:
    cells: list[GridCell] = []
    marked = False
    for cell in row.cells:
        clean, was_marked = _grid_cell(cell)
        marked = marked or was_marked
        cells.append(clean)
        cells.extend(GridCell(follows=True) for _column in range(min(cell.span, 64) - 1))
    return GridRow(tuple(cells), row.line, marked)


def _grid_cell(cell: Cell) -> tuple[GridCell, bool]:
    text, marked = strip_markup(cell.text)
    lines = tuple(printed_lines(text))
    if len(lines) == 1 and set(lines[0]) <= {" ", "_"}:
        lines = ()
    return GridCell(" ".join(lines), lines, cell.span, cell.continued, False, one_line(cell.auto_number)), marked


def grid_rows(rows: Iterable[Row]) -> list[GridRow]:
    return [grid_row(row) for row in rows]
