"""Types what a text file says into real Word tables and Excel sheets, as a secretary would.

Group headers are merged over their years, plain headers over the two header rows, section rows across the
table; rows that were broken in the text stay broken.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.files.reading.blocks import Block, Row, Table


@dataclass(frozen=True)
class Typed:
    """A cell to type: ``down`` is "restart", "continue" or nothing, as in ``w:vMerge``."""

    text: str
    span: int = 1
    down: str = ""


@dataclass(frozen=True)
class Layout:
    """How the original looked. ``groups``: beginning of a header over several columns → how many.

    ``gaps``: line of the text → column whose empty cell the text has lost, so that what follows moved left.
    """

    groups: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[int, int] = field(default_factory=dict)


PLAIN = Layout()


def typed_rows(table: Table, layout: Layout) -> list[list[Typed]]:
    """Rows of a table with their merges."""
    width = max(len(row.cells) for row in table.rows)
    rows = list(table.rows)
    typed: list[list[Typed]] = []
    if any(_group(cell.text, layout) > 1 for cell in rows[0].cells):
        typed += _two_headers(rows[0], rows[1], layout, width)
        rows = rows[2:]
    return typed + [_row(row, width, layout.gaps.get(row.line)) for row in rows]


def to_docx(blocks: Sequence[Block], layout: Layout = PLAIN, rows_a_page: int | None = None) -> bytes:
    """A Word document. With ``rows_a_page``, tables are cut after so many rows and their headers typed again."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = page.page_height, page.page_width
    for block in blocks:
        if not isinstance(block, Table):
            document.add_paragraph(block.text)
            continue
        header = _header_rows(block, layout)
        rows = typed_rows(block, layout)
        if rows_a_page is None:
            _add_word_table(document, rows, header)
            continue
        for start in range(header, len(rows), rows_a_page):
            _add_word_table(document, rows[:header] + rows[start : start + rows_a_page], header)
            document.add_page_break()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def to_xlsx(blocks: Sequence[Block], layout: Layout = PLAIN) -> bytes:
    """A workbook of one sheet: paragraphs in column A, tables below them, an empty row after each table."""
    book = openpyxl.Workbook()
    sheet: Worksheet = book.active
    at = 0
    for block in blocks:
        if not isinstance(block, Table):
            at += 1
            sheet.cell(at, 1, block.text)
            continue
        for row in typed_rows(block, layout):
            at += 1
            _type_sheet_row(sheet, at, row)
        at += 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _header_rows(table: Table, layout: Layout) -> int:
    first = table.rows[0].cells
    if any(_group(cell.text, layout) > 1 for cell in first):
        return 2
    # A table that goes on after a line of prose begins with an item, not with a header.
    return 0 if first[0].text[:1].isdigit() else 1


def _group(text: str, layout: Layout) -> int:
    return next((size for start, size in layout.groups.items() if text.startswith(start)), 1)


def _two_headers(upper: Row, lower: Row, layout: Layout, width: int) -> list[list[Typed]]:
    below = iter(cell.text for cell in lower.cells if cell.text)
    first: list[Typed] = []
    second: list[Typed] = []
    for cell in upper.cells:
        if not cell.text:
            continue
        size = _group(cell.text, layout)
        if size == 1:
            first.append(Typed(cell.text, down="restart"))
            second.append(Typed("", down="continue"))
        else:
            first.append(Typed(cell.text, size))
            second.extend(Typed(next(below)) for _ in range(size))
    surplus = width - len(second)
    return [first + [Typed("")] * surplus, second + [Typed("")] * surplus]


def _row(row: Row, width: int, gap: int | None) -> list[Typed]:
    texts = [cell.text for cell in row.cells]
    if gap is not None:
        texts.insert(gap, "")
    texts += [""] * (width - len(texts))
    if texts[0] and not any(texts[1:]):
        return [Typed(texts[0], width)]
    if texts[1] and not any(texts[2:]) and width > 2 and (texts[0] or len(row.cells) == 2):
        return [Typed(texts[0]), Typed(texts[1], width - 1)]
    return [Typed(text) for text in texts]


def _add_word_table(document: docx.document.Document, rows: list[list[Typed]], header: int) -> None:
    width = max(sum(cell.span for cell in row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width)
    table.style = "Table Grid"
    for at, (made, row) in enumerate(zip(table._tbl.tr_lst, rows, strict=True)):
        if at < header:
            made.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        places = list(made.tc_lst)
        for spare in places[len(row) :]:
            made.remove(spare)
        for place, cell in zip(places, row, strict=False):
            place.grid_span = cell.span
            if cell.down:
                place.vMerge = cell.down
            _type_paragraphs(place, cell.text)


def _type_paragraphs(place: docx.oxml.table.CT_Tc, text: str) -> None:
    for paragraph in list(place.findall(qn("w:p"))):
        place.remove(paragraph)
    for line in text.split("\n"):
        run = place.add_p().add_r()
        run.text = line


def _type_sheet_row(sheet: Worksheet, at: int, row: list[Typed]) -> None:
    for column, cell in _placed(row):
        bottom = at + 1 if cell.down == "restart" else at
        if cell.down != "continue":
            sheet.cell(at, column, _value(cell.text))
        if cell.span > 1 or bottom > at:
            sheet.merge_cells(
                start_row=at, end_row=bottom, start_column=column, end_column=column + cell.span - 1
            )


def _placed(row: list[Typed]) -> Iterator[tuple[int, Typed]]:
    column = 1
    for cell in row:
        yield column, cell
        column += cell.span


def _value(text: str) -> str | int | None:
    """Excel makes a number of what looks like a whole one."""
    return int(text) if text.isascii() and text.isdecimal() and text != "0" * len(text) else text or None
