"""Blocks of a text as plain lines and back: how the longer texts of a draft are written in a form.

A line is a block: ``# Общие положения`` a heading (``##`` one below it), ``1. …`` or ``1.2. …`` a point of that depth,
``- …`` a piece of a list, ``| one | two |`` a row of a table, any other line a paragraph. The first row of a table is
its head; ``|= Название`` is a heading across it. Numbers are counted anew, whatever was written. A backslash in front
makes a paragraph of a line that would be something else.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from roadmapdocs.drafting.values import Block, BlockKind, Row

_HEADING: Final = re.compile(r"(#{1,3})\s+(?P<text>.*)")
_NUMBER: Final = r"(?:\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}[.)]?)"
_POINT: Final = re.compile(rf"(?P<number>{_NUMBER})\s+(?P<text>.*)")
_BULLET: Final = re.compile(r"[-–—•]\s+(?P<text>.*)")
_SPECIAL: Final = re.compile(rf"\\|#{{1,3}}\s|{_NUMBER}\s|[-–—•]\s|\|")
_ACROSS: Final = "|="
_CELLS: Final = re.compile(r"(?<!\\)\|")


def read_blocks(text: str, before: Sequence[Block] = ()) -> tuple[Block, ...]:
    """The blocks that the lines of a text are; an empty line ends a table.

    A line or a table written as one of ``before`` is that block, which may say more than lines can: widths of columns,
    lines within a cell. A table that has only its head in common with one keeps its widths.
    """
    known = {write_blocks([block]): block for block in before}
    heads = {block.columns: block.widths for block in before if block.kind is BlockKind.TABLE}
    lines = (line.strip() for line in text.splitlines())
    groups = itertools.groupby(lines, key=lambda line: line.startswith("|"))
    found = itertools.chain.from_iterable(_tables(rows) if table else map(_block, filter(None, rows)) for table, rows in groups)
    return tuple(_known(block, known, heads) for block in found)


def _known(block: Block, known: Mapping[str, Block], heads: Mapping[tuple[str, ...], tuple[int, ...]]) -> Block:
    if block.kind is not BlockKind.TABLE:
        return block
    same = known.get(write_blocks([block]))
    return same or dataclasses.replace(block, widths=heads.get(block.columns, ()))


def write_blocks(blocks: Iterable[Block]) -> str:
    """The lines that :func:`read_blocks` takes for these blocks."""
    counted: list[int] = []
    written: list[str] = []
    last = None
    for block in blocks:
        if block.kind is last is BlockKind.TABLE:
            written.append("")
        written.extend(_lines(block, counted))
        last = block.kind
    return "\n".join(written)


def _block(line: str) -> Block:
    if line.startswith("\\"):
        return Block(text=line[1:].strip())
    if heading := _HEADING.fullmatch(line):
        return Block(kind=BlockKind.HEADING, level=len(heading[1]), text=heading["text"].strip())
    if point := _POINT.fullmatch(line):
        return Block(kind=BlockKind.POINT, level=point["number"].rstrip(".)").count(".") + 1, text=point["text"].strip())
    if bullet := _BULLET.fullmatch(line):
        return Block(kind=BlockKind.BULLET, text=bullet["text"].strip())
    return Block(text=line)


def _tables(lines: Iterable[str]) -> Iterator[Block]:
    """One table of rows that follow each other."""
    head, *rest = lines
    columns = () if head.startswith(_ACROSS) else _cells(head)
    rows = rest if columns else [head, *rest]
    yield Block(kind=BlockKind.TABLE, columns=columns, rows=tuple(map(_row, rows)))


def _row(line: str) -> Row:
    if line.startswith(_ACROSS):
        return Row(cells=(line.removeprefix(_ACROSS).strip().rstrip("|").strip(),), heading=True)
    return Row(cells=_cells(line))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(cell.replace("\\|", "|").strip() for cell in _CELLS.split(inner))


def _lines(block: Block, counted: list[int]) -> Iterator[str]:
    text = " ".join(block.text.split())
    if block.kind is BlockKind.TABLE:
        if block.columns:
            yield _bar(block.columns)
        for row in block.rows:
            yield f"{_ACROSS} {' '.join(row.cells[0].split()) if row.cells else ''}".rstrip() if row.heading else _bar(row.cells)
    elif block.kind is BlockKind.HEADING:
        count(counted, block.level)
        yield f"{'#' * min(block.level, 3)} {text}"
    elif block.kind is BlockKind.POINT:
        yield f"{count(counted, block.level)} {text}"
    elif block.kind is BlockKind.BULLET:
        yield f"- {text}"
    elif text:
        yield f"\\{text}" if _SPECIAL.match(text + " ") else text


def count(counted: list[int], level: int) -> str:
    """The next number of that depth («2.1.»), noted in ``counted``; a depth that was leapt over counts from 1."""
    depth = max(1, min(level, 4))
    del counted[depth:]
    counted.extend([1] * (depth - 1 - len(counted)))
    if len(counted) < depth:
        counted.append(0)
    counted[depth - 1] += 1
    return ".".join(map(str, counted)) + "."


def _bar(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
