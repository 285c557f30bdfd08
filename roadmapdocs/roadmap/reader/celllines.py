"""The dialect of TXT in which every cell begins on a new line with a tab, and a blank line ends a row.

Blank lines inside a cell look the same as the end of a row. So the cells are first gathered into *runs* (no
blank line before a cell), then neighbouring runs are put together where they add up to the table's width.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Row, Table
from roadmapdocs.roadmap.reader.documents import begins_with_document
from roadmapdocs.roadmap.reader.numbers import read_number
from roadmapdocs.roadmap.reader.sections import has_section_word

_SEVERAL_BLANKS = re.compile(r"\n{2,}")


@dataclass(slots=True)
class _Run:
    """Cells that follow each other without a blank line; ``line`` is where the first one with text stands."""

    cells: list[str]
    line: int


def read_cell_lines(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    runs: list[_Run] = []
    last_tab = max(index for index, line in enumerate(lines) if "\t" in line)
    blank = True
    for index, line in enumerate(lines):
        if "\t" in line:
            cells = line.split("\t")[1:]
            if blank or not runs:
                runs.append(_Run([], index + 1))
            if not "".join(runs[-1].cells).strip():
                runs[-1].line = index + 1
            runs[-1].cells.extend(cells)
            blank = False
        elif not line.strip():
            if runs:
                runs[-1].cells[-1] += "\n"
            blank = True
        elif runs and not (blank and _leaves_table(line, index > last_tab)):
            runs[-1].cells[-1] += "\n" + line
            blank = False
        else:
            _close(runs, blocks)
            blocks.append(Paragraph(line.strip(), index + 1))
            blank = False
    _close(runs, blocks)
    return blocks


def _leaves_table(line: str, after_last_row: bool) -> bool:
    """A line after a blank one: the heading of a section, or what follows the whole table."""
    return has_section_word(line.strip()) or (after_last_row and not begins_with_document(line.strip()))


def _close(runs: list[_Run], blocks: list[Block]) -> None:
    if runs:
        blocks.append(Table(tuple(_rows(runs))))
        runs.clear()


def _rows(runs: list[_Run]) -> list[Row]:
    widths = Counter(len(run.cells) for run in runs if len(run.cells) > 2)
    width = max(widths, key=lambda size: (widths[size], size)) if widths else 0
    rows: list[Row] = []
    at = 0
    while at < len(runs):
        taken = _runs_in_row(runs, at, width)
        cells = [cell for run in runs[at : at + taken] for cell in run.cells]
        rows.append(Row(tuple(Cell(_SEVERAL_BLANKS.sub("\n", cell).strip()) for cell in cells), runs[at].line))
        at += taken
    return rows


def _runs_in_row(runs: list[_Run], start: int, width: int) -> int:
    """How many runs make up the row that begins at ``start``: as many as give exactly the full width."""
    first = runs[start]
    if len(first.cells) >= width or _is_section(first):
        return 1
    total = 0
    for taken, run in enumerate(runs[start:], start=1):
        if taken > 1 and (_begins_row(run) or _is_section(run)):
            return 1
        total += len(run.cells)
        if total == width:
            return taken
        if total > width:
            return 1
    return 1


def _begins_row(run: _Run) -> bool:
    """A number, then words."""
    return len(run.cells) > 1 and read_number(run.cells[0]) is not None and read_number(run.cells[1]) is None


def _is_section(run: _Run) -> bool:
    texts = [cell.strip() for cell in run.cells if cell.strip()]
    return len(texts) == 1 and has_section_word(texts[0])
