"""TXT to blocks: the encoding told by content, tables by tabs.

Converters print tables in four ways: a row per line with cells parted by tabs; a cell per line, each beginning
with a tab, rows parted by a blank line (cells may then hold several lines, even blank ones); a row per line
between upright bars; and a cell per line with a bar behind it. The way is told by looking at all lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from roadmapdocs.errors import Refusal
from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Row, Table
from roadmapdocs.files.reading.encodings import decode
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.reader.barcells import read_bar_cells
from roadmapdocs.roadmap.reader.celllines import read_cell_lines
from roadmapdocs.roadmap.reader.numbers import read_number, split_number
from roadmapdocs.roadmap.reader.sections import has_section_word

_CELL_LINE = re.compile(r"[ ]*\t[^\t]*")
_LOWER_OR_LISTED = re.compile(r"[а-яё]|[-–—•]\s")
_NOTE = re.compile(r"(?:исп|тел|стр)\b", re.IGNORECASE)
_PERSON = re.compile(r"[А-ЯЁ][а-яё-]+ [А-ЯЁ]\.\s?[А-ЯЁ]\.[,;]?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+[,;]?")


def read_text(data: bytes) -> list[Block]:
    """Blocks of a text file. :raise Refusal: ``empty_file``, or ``not_text`` if the bytes are no text."""
    if not data.strip():
        raise Refusal("empty_file", _("The file is empty. Choose a file with a roadmap."))
    text = decode(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n").split("\n")
    tabbed = [line for line in lines if "\t" in line]
    if not tabbed:
        return read_bar_cells(lines) or _read_rows([_bars_to_tabs(line) for line in lines])
    cell_lines = sum(1 for line in tabbed if _CELL_LINE.fullmatch(line))
    if len(tabbed) > 2 and cell_lines > 0.7 * len(tabbed):
        return read_cell_lines(lines)
    return _read_rows(lines)


def _bars_to_tabs(line: str) -> str:
    """«| 1 | Провести | май |» as a tabbed row."""
    bare = line.strip()
    if bare.count("|") < 2:
        return line
    return "\t".join(cell.strip() for cell in bare.removeprefix("|").removesuffix("|").split("|"))


def _read_rows(lines: list[str]) -> list[Block]:
    """A row per line. Blank lines (page ends) do not end a table; a line without a tab does."""
    blocks: list[Block] = []
    rows: list[list[str]] = []
    places: list[int] = []

    def close() -> None:
        if rows:
            table = tuple(Row(tuple(Cell(text) for text in cells), at) for cells, at in zip(rows, places, strict=True))
            blocks.append(Table(table))
            rows.clear()
            places.clear()

    width = _usual_width(lines)
    broken = False
    for at, line in enumerate(lines, start=1):
        after_blank = at > 1 and not lines[at - 2].strip()
        if not line.strip() and "\t" not in line:
            broken = False
            continue
        cells = [cell.strip(" ") for cell in line.split("\t")]
        unfinished = bool(rows) and not after_blank and 1 < len(rows[-1]) < width
        if "\t" not in line:
            if unfinished and rows[-1][-1] and _goes_on(lines, at, len(rows[-1]), width):
                rows[-1][-1] += "\n" + line.strip()
                broken = True
                continue
            if rows and not after_blank and len(rows[-1]) == width and _goes_on_below(rows[-1][-1], line.strip()):
                rows[-1][-1] += "\n" + line.strip()
                continue
            close()
            blocks.append(Paragraph(line.strip(), at))
        elif unfinished and (broken or _ends_row(rows[-1], cells, width)) and len(rows[-1]) + len(cells) - 1 <= width:
            rows[-1][-1] += "\n" + cells[0]
            rows[-1].extend(cells[1:])
        else:
            above = _cell_above(blocks, cells, at) if not rows and len(cells) == width else []
            del blocks[len(blocks) - len(above) :]
            rows.append(["\n".join([*(one.text for one in above), cells[0]]), *cells[1:]])
            places.append(above[0].line if above else at)
        broken = False
    close()
    return blocks


def _ends_row(upper: list[str], cells: list[str], width: int) -> bool:
    """Is this the other half of a row cut by a line end inside a cell? Together they have exactly the full width."""
    parted = bool(upper[-1] and cells[0]) and read_number(cells[0]) is None
    return parted and len(upper) + len(cells) - 1 == width and not has_section_word(cells[0])


def _goes_on_below(cell: str, line: str) -> bool:
    """Is a line without tabs the rest of the last cell of the full row above? Not when it can head a section."""
    if has_section_word(line) or _NOTE.match(line):
        return False
    return bool(cell) and bool(_LOWER_OR_LISTED.match(line) or _PERSON.fullmatch(line) or cell.endswith((",", "«", "(")))


def _cell_above(blocks: Sequence[Block], cells: Sequence[str], at: int) -> list[Paragraph]:
    """Lines right above a row that are the beginning of its first cell: a number and words, and the cell goes on."""
    if not _LOWER_OR_LISTED.match(cells[0]):
        return []
    above: list[Paragraph] = []
    for block in reversed(blocks):
        if not isinstance(block, Paragraph) or block.line != at - len(above) - 1 or has_section_word(block.text):
            return []
        above.insert(0, block)
        if split_number(block.text)[0]:
            return above
    return []


def _usual_width(lines: list[str]) -> int:
    widths = Counter(line.count("\t") + 1 for line in lines if "\t" in line)
    return max(widths, key=lambda width: (widths[width], width)) if widths else 0


def _goes_on(lines: list[str], at: int, have: int, width: int) -> bool:
    """Does the row, cut by a line end inside a cell, come to its full width in the lines that follow?"""
    for line in lines[at : at + 8]:
        if not line.strip() and "\t" not in line:
            return False
        if "\t" in line:
            return have + line.count("\t") == width
    return False
