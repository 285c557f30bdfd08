"""The dialect of TXT in which every cell ends with an upright bar at a line's end, as legal databases print tables.

Rows are not parted at all, and a merged cell is followed by as many bars as it covers columns, so that the cells
are counted: the width is the one at which most rows begin with a number or stand alone.
"""

from __future__ import annotations

from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Row, Table
from roadmapdocs.roadmap.reader.numbers import read_number

_WIDTHS = range(3, 13)
_LEAST_SHARE = 0.6
_Placed = tuple[str, int]


def read_bar_cells(lines: list[str]) -> list[Block] | None:
    """None if the lines are not of this dialect."""
    barred = [at for at, line in enumerate(lines) if line.rstrip().endswith("|")]
    alone = [at for at in barred if lines[at].count("|") == 1]
    if len(alone) < 6 or len(alone) * 10 < len(barred) * 7:
        return None
    first, last = barred[0], barred[-1]
    cells = _cells(lines, first, last)
    width = max(_WIDTHS, key=lambda size: (_share(cells, size), -size))
    if _share(cells, width) < _LEAST_SHARE:
        return None
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    table = Table(tuple(Row(tuple(Cell(text) for text, _at in row), row[0][1]) for row in rows))
    return [*_paragraphs(lines, 0, first), table, *_paragraphs(lines, last + 1, len(lines))]


def _cells(lines: list[str], first: int, last: int) -> list[_Placed]:
    """Texts with the 1-based line each begins on; a line without a bar goes on in the next."""
    cells: list[_Placed] = []
    begun: list[str] = []
    start = first + 1
    for at in range(first, last + 1):
        parts = lines[at].split("|")
        if not begun:
            start = at + 1
        begun.append(parts[0].strip())
        if len(parts) == 1:
            continue
        cells.append(("\n".join(text for text in begun if text), start))
        cells.extend((text.strip(), at + 1) for text in parts[1:-1])
        begun = []
    return cells


def _share(cells: list[_Placed], width: int) -> float:
    """Of the rows under the first, how many begin with a number that words follow, or hold one text alone."""
    rows = [cells[at : at + width] for at in range(width, len(cells), width)]
    if not rows or len(cells) % width:
        return 0.0
    sound = sum(
        (read_number(row[0][0]) is not None and read_number(row[1][0]) is None) or not any(text for text, _at in row[1:])
        for row in rows
    )
    return sound / len(rows)


def _paragraphs(lines: list[str], first: int, after: int) -> list[Paragraph]:
    return [Paragraph(lines[at].strip(), at + 1) for at in range(first, after) if lines[at].strip()]
