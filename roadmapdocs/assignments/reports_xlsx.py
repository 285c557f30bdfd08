"""A report on execution as an Excel file: a sheet for each table, with a filter on its head."""

from __future__ import annotations

import datetime as dt
import io
import re

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.assignments.reports_paper import Cell, Paper, Row, Table
from roadmapdocs.documents.export import FORMULA_SIGNS
from roadmapdocs.documents.journals.package import stable
from roadmapdocs.russian.letters import printable

_LONGEST_CELL = 32_767
_HEAD, _TITLE = PatternFill("solid", fgColor="E7E4DE"), PatternFill("solid", fgColor="F4F3F0")
_WRAP = Alignment(wrap_text=True, vertical="top")
_BOLD, _LATE = Font(bold=True), Font(bold=True, color="A3241B")
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
    above = [[_cell(sheet, report.title, Font(bold=True, size=14))], [_cell(sheet, report.period)]]
    above += [[_cell(sheet, f"{words}: {figure}")] for words, figure in report.facts]
    above += [[_cell(sheet, note)] for note in report.notes]
    above += [[_cell(sheet, report.made)], []]
    head = len(above) + 1
    # A sheet that is written row by row wants to know its layout before the first one.
    _layout(sheet, table, head)
    for row in above:
        sheet.append(row)
    sheet.append([_head(sheet, column.label) for column in table.columns])
    for line in table.rows:
        sheet.append(_line(sheet, line))
    last = head + max(len(table.rows), 1)
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(table.columns))}{last}"
    post, name = report.signer
    sheet.append([])
    sheet.append([_cell(sheet, f"{post or '_' * 20}    {'_' * 20}    {name or '_' * 20}")])


def _line(sheet: Worksheet, row: Row) -> list[object]:
    if row.title:
        title = _cell(sheet, row.title, _BOLD)
        title.fill = _TITLE  # type: ignore[attr-defined]  # a cell, which the stubs do not know
        return [title]
    return [_cell(sheet, value, _LATE if place == row.strong else None, wrap=True) for place, value in enumerate(row.cells)]


def _head(sheet: Worksheet, label: str) -> object:
    cell = _cell(sheet, label, _BOLD, wrap=True)
    cell.fill = _HEAD  # type: ignore[attr-defined]  # likewise
    return cell


def _cell(sheet: Worksheet, value: Cell, font: Font | None = None, *, wrap: bool = False) -> object:
    """A cell that is no formula, whoever typed what stands in it."""
    if isinstance(value, str):
        value = printable(value)[:_LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # days are welcome, which the stubs do not know
    if isinstance(value, str):
        cell.data_type = "s"
        # Excel then keeps it a string when somebody edits the cell, too.
        cell.quotePrefix = value.startswith(FORMULA_SIGNS)
    if isinstance(value, dt.date):
        cell.number_format = "DD.MM.YYYY"
    if wrap:
        cell.alignment = _WRAP
    if font is not None:
        cell.font = font
    return cell


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
