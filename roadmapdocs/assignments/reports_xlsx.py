"""A report on execution as an Excel file: a sheet for each table, with a filter on its head."""

from __future__ import annotations

import io
import re

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.assignments.reports_paper import Paper, Row, Table
from roadmapdocs.documents.journals.package import stable
from roadmapdocs.documents.xlsx_cells import BOLD, head_cell, plain_cell

_TITLE = PatternFill("solid", fgColor="F4F3F0")
_LATE = Font(bold=True, color="A3241B")
#: What a sheet may not be called by.
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
#: Characters of a column for each unit of its width.
_CHARACTERS = 0.7


def write_xlsx(report: Paper) -> bytes:
    """The whole file as bytes, the same for the same report."""
    book = Workbook(write_only=True)
    for table in report.tables:
        _write(book.create_sheet(_FORBIDDEN.sub(" ", table.name)[:31]), report, table)
    stream = io.BytesIO()
    book.save(stream)
    return stable(stream.getvalue())


def _write(sheet: Worksheet, report: Paper, table: Table) -> None:
    above = [[plain_cell(sheet, report.title, Font(bold=True, size=14))], [plain_cell(sheet, report.period)]]
    above += [[plain_cell(sheet, f"{words}: {figure}")] for words, figure in report.facts]
    above += [[plain_cell(sheet, note)] for note in report.notes]
    above += [[plain_cell(sheet, report.made)], []]
    head = len(above) + 1
    # A sheet that is written row by row wants to know its layout before the first one.
    _layout(sheet, table, head)
    for row in above:
        sheet.append(row)
    sheet.append([head_cell(sheet, column.label) for column in table.columns])
    for line in table.rows:
        sheet.append(_line(sheet, line))
    last = head + max(len(table.rows), 1)
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(table.columns))}{last}"
    post, name = report.signer
    sheet.append([])
    sheet.append([plain_cell(sheet, f"{post or '_' * 20}    {'_' * 20}    {name or '_' * 20}")])


def _line(sheet: Worksheet, row: Row) -> list[object]:
    if row.title:
        title = plain_cell(sheet, row.title, BOLD)
        title.fill = _TITLE  # type: ignore[attr-defined]  # a cell, which the stubs do not know
        return [title]
    return [plain_cell(sheet, value, _LATE if place == row.strong else None, wrap=True) for place, value in enumerate(row.cells)]


def _layout(sheet: Worksheet, table: Table, head: int) -> None:
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(round(column.width * _CHARACTERS), 8)
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    assert sheet.sheet_properties.pageSetUpPr is not None  # openpyxl always makes it
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
