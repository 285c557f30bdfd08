"""A printed journal as an Excel file: heading, one table with a filter on its head, ready for a sheet across."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.documents.journals.package import stable
from roadmapdocs.documents.journals.printing import Printed, PrintedLine
from roadmapdocs.documents.xlsx_cells import head_cell, plain_cell
from roadmapdocs.i18n import gettext as _

_STRUCK, _MUTED = Font(strike=True), Font(italic=True, color="5E5A52")
#: Line of the head of the table: organisation, title, time and an empty line stand above it.
_HEAD_LINE = 5
#: Characters of a column for each millimetre of it on paper.
_CHARACTERS = 0.62


def write_xlsx(printed: Printed) -> bytes:
    """The whole file as bytes, the same for the same journal."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Journal"))
    # A sheet that is written row by row wants to know its layout before the first one.
    _layout(sheet, printed)
    sheet.append([plain_cell(sheet, printed.organisation)])
    sheet.append([plain_cell(sheet, printed.title, Font(bold=True, size=14))])
    sheet.append([plain_cell(sheet, printed.period)])
    sheet.append([])
    head = [*(column.label for column in printed.columns), _("Note")]
    sheet.append([head_cell(sheet, label) for label in head])
    for line in printed.lines:
        sheet.append(_line(sheet, line, printed.title_place))
    last = _HEAD_LINE + len(printed.lines)
    sheet.auto_filter.ref = f"A{_HEAD_LINE}:{get_column_letter(len(head))}{last}"
    stream = io.BytesIO()
    book.save(stream)
    return stable(stream.getvalue())


def _line(sheet: Worksheet, line: PrintedLine, title: int) -> list[object]:
    cells = []
    for place, value in enumerate(line.cells):
        font = _STRUCK if line.struck and place == title else _MUTED if line.gap else None
        cells.append(plain_cell(sheet, value, font, wrap=True))
    return [*cells, plain_cell(sheet, line.note, wrap=True)]


def _layout(sheet: Worksheet, printed: Printed) -> None:
    for place, column in enumerate(printed.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(round(column.mm * _CHARACTERS), 8)
    sheet.column_dimensions[get_column_letter(len(printed.columns) + 1)].width = 32
    sheet.freeze_panes = f"A{_HEAD_LINE + 1}"
    sheet.print_title_rows = f"{_HEAD_LINE}:{_HEAD_LINE}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    assert sheet.sheet_properties.pageSetUpPr is not None  # openpyxl always makes it
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
