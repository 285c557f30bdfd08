"""The report as an Excel file: one flat table that can be filtered and sorted."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.coverage.report import Report, ReportRow, printable
from roadmapdocs.coverage.rules import State
from roadmapdocs.i18n import gettext as _

#: Widths of the columns in characters: the section, then the columns of the report.
_WIDTHS = (28, 8, 60, 26, 34, 24, 12, 16, 44)
_LONGEST_CELL = 32_767
_HEAD = PatternFill("solid", fgColor="E7E4DE")
_LATE = Font(bold=True, color="A3241B")
_WRAP = Alignment(wrap_text=True, vertical="top")


def write_xlsx(report: Report) -> bytes:
    """The whole file as bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook opens on its only sheet
    sheet.title = _("Coverage")
    sheet.append([])
    _text(sheet.cell(1, 1), report.title).font = Font(bold=True, size=14)
    _text(sheet.cell(2, 1), report.as_of)
    for place, (words, figure) in enumerate(report.totals):
        _text(sheet.cell(3 + place, 1), words)
        _text(sheet.cell(3 + place, 2), figure).font = Font(bold=True)
    head = 4 + len(report.totals)
    for place, name in enumerate((_("Section"), *report.columns), start=1):
        cell = _text(sheet.cell(head, place), name)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, _WRAP
    last = head
    for section in report.sections:
        for row in section.rows:
            last += 1
            _write_row(sheet, last, section.title, row)
    _layout(sheet, head, last)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_row(sheet: Worksheet, number: int, section: str, row: ReportRow) -> None:
    for place, text in enumerate((section, *row.cells()), start=1):
        cell = _text(sheet.cell(number, place), text)
        cell.alignment = _WRAP
        if place == 8 and row.state == State.LATE.value:
            cell.font = _LATE
    if row.due is not None:
        due = sheet.cell(number, 7)
        due.value, due.number_format = row.due, "DD.MM.YYYY"


def _text(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    """Write text as text: what begins with = is no formula, whoever typed it."""
    cell.value = printable(text)[:_LONGEST_CELL]
    if cell.data_type == "f":
        cell.data_type = "s"
    if text[:1] in {"=", "+", "-", "@"}:
        # Excel then keeps it a string when somebody edits the cell, too.
        cell.quotePrefix = True
    return cell


def _layout(sheet: Worksheet, head: int, last: int) -> None:
    for place, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(_WIDTHS))}{last}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    assert sheet.sheet_properties.pageSetUpPr is not None  # openpyxl always makes it
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


