"""A row that a page end has cut in two, put together again."""

from __future__ import annotations

from roadmapdocs.files.reading.blocks import Block, Cell, Row, Table


def join_pages(pages: list[list[Block]]) -> list[Block]:
    """Blocks of all pages in order; where a page begins in the middle of a row, the row is made whole."""
    blocks: list[Block] = []
    for page in pages:
        rest = list(page)
        if blocks and rest and isinstance(blocks[-1], Table) and isinstance(rest[0], Table):
            blocks[-1], rest[0] = _joined(blocks[-1], rest[0])
        blocks.extend(block for block in rest if not isinstance(block, Table) or block.rows)
    return blocks


def _joined(upper: Table, lower: Table) -> tuple[Table, Table]:
    """The tables with the first row of work of the lower one moved up, if it is the rest of the last row."""
    at = _repeated_header(upper, lower)
    if at >= len(lower.rows) or not _continues(upper, lower.rows[at]):
        return upper, lower
    last, rest = upper.rows[-1], lower.rows[at]
    cells = tuple(_cell(top, bottom) for top, bottom in zip(last.cells, rest.cells, strict=True))
    return Table((*upper.rows[:-1], Row(cells, last.line))), Table((*lower.rows[:at], *lower.rows[at + 1 :]))


def _repeated_header(upper: Table, lower: Table) -> int:
    """How many rows at the top of both tables say the same."""
    same = 0
    for one, other in zip(upper.rows, lower.rows, strict=False):
        if one.cells != other.cells:
            break
        same += 1
    return same


def _continues(upper: Table, row: Row) -> bool:
    """Only the long cells of a cut row go on: its number, and at least one cell more, are empty below.

    Where rows have no numbers at all nothing is joined: an empty first cell then tells nothing.
    """
    last = upper.rows[-1]
    numbered = sum(1 for one in upper.rows if one.cells[0].text)
    return (
        [cell.span for cell in row.cells] == [cell.span for cell in last.cells]
        and len(row.cells) > 2
        and not row.cells[0].text
        and any(not cell.text for cell in row.cells[1:])
        and not any(cell.text and not above.text for cell, above in zip(row.cells, last.cells, strict=True))
        and bool(last.cells[0].text)
        and 2 * numbered > len(upper.rows)
    )


def _cell(top: Cell, bottom: Cell) -> Cell:
    if not bottom.text:
        return top
    end = "\n" if top.text.endswith((".", ";", ":")) else " "
    return Cell(f"{top.text}{end}{bottom.text}", top.span, top.continued)
