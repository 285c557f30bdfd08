"""Tables and other blocks of a text as pieces: numbered, and with columns as wide as what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from roadmapdocs.drafting.blocks_text import count
from roadmapdocs.drafting.composing.common import one_line
from roadmapdocs.drafting.values import Block, BlockKind, Row
from roadmapdocs.drafting.vocabulary import Cell, Piece, TableRow

#: Shares that the widths of a row add up to; Word has no more than 63 columns.
WHOLE: Final = 50
#: A table of more columns lies across.
UPRIGHT_COLUMNS: Final = 6
#: No column takes less, while they all can have it.
_LEAST: Final = 3
#: What a line may not be broken within.
_UNBROKEN: Final = re.compile(r"[^\s-]+-?")
#: Rows that are looked at to find how wide a column is.
_LOOKED_AT: Final = 200


def pieces(blocks: Iterable[Block]) -> tuple[Piece, ...]:
    """Blocks with their numbers, counted over all of them; a paragraph of several lines is several."""
    counted: list[int] = []
    made: list[Piece] = []
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            made.append(_table(block))
        elif block.kind is BlockKind.PARAGRAPH:
            made.extend(Piece(text=one_line(line)) for line in block.text.splitlines() if line.strip())
        elif block.kind is BlockKind.BULLET:
            made.append(Piece(kind="bullet", text=one_line(block.text)))
        else:
            number = count(counted, block.level)
            made.append(Piece(kind=str(block.kind), number=number, text=one_line(block.text), level=block.level))
    return tuple(made)


def lies_across(blocks: Iterable[Block]) -> bool:
    """Whether a table has too many columns for an upright page."""
    return any(_columns(block) > UPRIGHT_COLUMNS for block in blocks if block.kind is BlockKind.TABLE)


def _columns(block: Block) -> int:
    rows = (len(row.cells) for row in block.rows if not row.heading)
    return max((len(block.columns), *rows), default=0)


def _table(block: Block) -> Piece:
    columns = min(max(_columns(block), 1), WHOLE)
    head = _cells(block.columns, columns) if block.columns else ()
    rows = [(row, () if row.heading else _cells(row.cells, columns)) for row in block.rows]
    given = block.widths if len(block.widths) == columns and any(block.widths) else ()
    widths = shares(given or _weights([head, *(cells for _row, cells in rows if cells)], columns))
    return Piece(
        kind="table",
        columns=tuple(Cell(text=text, width=width) for text, width in zip(head, widths, strict=False)),
        widths=widths,
        rows=tuple(_row(row, cells, widths) for row, cells in rows),
    )


def _row(row: Row, cells: Sequence[str], widths: Sequence[int]) -> TableRow:
    if row.heading:
        return TableRow(heading=True, title=one_line(" ".join(row.cells)))
    return TableRow(cells=tuple(Cell(text=text, width=width) for text, width in zip(cells, widths, strict=True)))


def _cells(texts: Sequence[str], columns: int) -> tuple[str, ...]:
    """As many as there are columns; what is too much goes into the last."""
    tidy = ["\n".join(filter(None, (one_line(line) for line in text.splitlines()))) for text in texts]
    if len(tidy) > columns:
        tidy = [*tidy[: columns - 1], "\n".join(tidy[columns - 1 :])]
    return (*tidy, *[""] * (columns - len(tidy)))


def _weights(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """How much room each column wants: its longest word, or something of what its usual text has beyond that."""
    weights = []
    looked_at = [row for row in rows if row][:_LOOKED_AT]
    for column in range(columns):
        texts = [row[column] for row in looked_at]
        word = max((len(word) for text in texts for word in _UNBROKEN.findall(text)), default=1)
        usual = sum(map(len, texts)) / max(len(texts), 1)
        weights.append(max(min(word, 24) * 10, round(30 * max(usual - word, 0) ** 0.5), 20))
    return weights


def shares(weights: Sequence[int], whole: int = WHOLE) -> tuple[int, ...]:
    """Whole shares in proportion to the weights which add up to ``whole``; equal weights have equal shares, but for
    the first of the greatest, which takes what is left over.

    >>> shares((5, 45, 25, 25))
    (3, 23, 12, 12)
    """
    least = min(_LEAST, whole // len(weights))
    spare = whole - least * len(weights)
    over = [max(weight - least * sum(weights) / whole, 0) for weight in weights]
    made = [least + int(spare * one / sum(over)) if sum(over) else whole // len(weights) for one in over]
    made[weights.index(max(weights))] += whole - sum(made)
    return tuple(made)
