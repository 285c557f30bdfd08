"""The nomenclature as a Word file: A4, the head repeated on every page, the closing record below."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from roadmapdocs.cases.nomenclature import Nomenclature
from roadmapdocs.russian.letters import printable

#: Widths of columns, millimetres; together the width of the page within its margins.
_WIDTHS = (22, 61, 29, 32, 26)
_CLOSING_WIDTHS = (74, 32, 32, 32)
_HEAD_FILL, _SECTION_FILL = "E7E4DE", "F4F3F0"


def write_docx(nomenclature: Nomenclature) -> bytes:
    """The whole file as bytes."""
    document = docx.Document()
    _page(document)
    document.core_properties.title = printable(nomenclature.title)[:255]
    document.core_properties.author = ""
    if nomenclature.organisation:
        _line(document, nomenclature.organisation, size=12)
    _line(document, nomenclature.title, size=14, bold=True)
    table = _table(document, nomenclature.columns, _WIDTHS)
    for unit, rows in nomenclature.sections:
        if unit:
            _section(table, unit)
        for row in rows:
            _fill(_row(table), row.cells(), _WIDTHS)
    if nomenclature.closing:
        _line(document, nomenclature.closing_title, size=12, bold=True, before=14)
        closing = _table(document, nomenclature.closing[0], _CLOSING_WIDTHS)
        for cells in nomenclature.closing[1:]:
            _fill(_row(closing), cells, _CLOSING_WIDTHS)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    # The nomenclature is kept for good: a wide left margin for binding.
    section.left_margin, section.right_margin = Mm(30), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(2)


def _line(document: Any, text: str, *, size: int, bold: bool = False, before: int = 0) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, text, size=size, bold=bold)


def _table(document: Any, columns: Sequence[str], widths: Sequence[int]) -> Any:
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    _fill(table.rows[0], columns, widths, bold=True)
    for cell in table.rows[0].cells:
        _shade(cell, _HEAD_FILL)
    _row_property(table.rows[0], "w:tblHeader")
    return table


def _section(table: Any, unit: str) -> None:
    row = _row(table)
    merged = row.cells[0].merge(row.cells[-1])
    _run(merged.paragraphs[0], unit, bold=True)
    _shade(merged, _SECTION_FILL)
    merged.paragraphs[0].paragraph_format.keep_with_next = True


def _row(table: Any) -> Any:
    row = table.add_row()
    _row_property(row, "w:cantSplit")
    return row


def _fill(row: Any, texts: Sequence[str], widths: Sequence[int], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Mm(width)
        _run(cell.paragraphs[0], text, bold=bold)


def _run(paragraph: Any, text: str, *, size: int = 10, bold: bool = False) -> None:
    run = paragraph.add_run(printable(text))
    run.font.size = Pt(size)
    run.bold = bold


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: Any, fill: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(shading)
