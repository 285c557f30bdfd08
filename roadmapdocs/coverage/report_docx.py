"""The report as a Word file: A4 landscape, the head repeated on every page, states in words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.run import Run

from roadmapdocs.coverage.report import Report, ReportRow, printable
from roadmapdocs.coverage.rules import State

#: Widths of the columns of a report, millimetres; together the width of the page within its margins.
_WIDTHS = (12, 74, 34, 42, 30, 20, 24, 31)
_HEAD_FILL, _SECTION_FILL = "E7E4DE", "F4F3F0"
#: Place of the column of states.
_STATE = 6
_LATE = RGBColor(0xA3, 0x24, 0x1B)


def write_docx(report: Report) -> bytes:
    """The whole file as bytes."""
    document = docx.Document()
    _page(document)
    document.core_properties.title = printable(report.title)[:255]
    document.core_properties.author = ""
    heading = document.add_paragraph()
    _run(heading, report.title, size=14, bold=True)
    _run(document.add_paragraph(), report.as_of, size=10)
    _totals(document, report)
    _matrix(document, report)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.font.size = Pt(9)
    normal.paragraph_format.space_after = Pt(2)


def _totals(document: Any, report: Report) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(8)
    for place, (words, figure) in enumerate(report.totals):
        _run(paragraph, f"{'; ' if place else ''}{words}: ", size=10)
        _run(paragraph, figure, size=10, bold=True)


def _matrix(document: Any, report: Report) -> None:
    table = document.add_table(rows=1, cols=len(report.columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    _fill_row(table.rows[0], report.columns, bold=True, fill=_HEAD_FILL)
    _row_property(table.rows[0], "w:tblHeader")
    plain = _prototype(table)
    for section in report.sections:
        if section.title:
            row = table.add_row()
            merged = row.cells[0].merge(row.cells[-1])
            _write(merged, f"{section.title} ({section.score})", bold=True)
            _shade(merged, _SECTION_FILL)
            _row_property(row, "w:cantSplit")
            merged.paragraphs[0].paragraph_format.keep_with_next = True
        _rows(table, plain, section.rows)


def _prototype(table: Any) -> Any:
    """An empty row as XML, taken out of the table again: a copy costs a hundredth of a row made by python-docx."""
    row = table.add_row()
    for cell, width in zip(row.cells, _WIDTHS, strict=True):
        cell.width = Mm(width)
        _write(cell, "-")
    _row_property(row, "w:cantSplit")
    table._tbl.remove(row._tr)
    return row._tr


def _rows(table: Any, plain: Any, rows: Sequence[ReportRow]) -> None:
    above: tuple[str, ...] = ()
    for row in rows:
        cells = row.cells()
        # What an item repeats in its next rows is printed once.
        shown = ("", "", "", *cells[3:]) if cells[:3] == above else cells
        drawn = deepcopy(plain)
        for run, text in zip(drawn.iter(qn("w:r")), shown, strict=True):
            run.text = printable(text)
        if row.state == State.LATE.value:
            late = Run(list(drawn.iter(qn("w:r")))[_STATE], table)
            late.bold, late.font.color.rgb = True, _LATE
        table._tbl.append(drawn)
        above = cells[:3]


def _fill_row(row: Any, texts: Sequence[str], *, bold: bool = False, fill: str = "") -> None:
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = Mm(width)
        _write(cell, text, bold=bold)
        if fill:
            _shade(cell, fill)


def _write(cell: Any, text: str, *, bold: bool = False) -> None:
    _run(cell.paragraphs[0], text, size=9, bold=bold)


def _run(paragraph: Any, text: str, *, size: int, bold: bool = False) -> None:
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
