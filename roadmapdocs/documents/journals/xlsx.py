"""A printed journal as an Excel file: heading, one table with a filter on its head, ready for a sheet across."""

from __future__ import annotations

import datetime as dt
import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.documents.export import FORMULA_SIGNS, Cell
from roadmapdocs.documents.journals.package import stable
from roadmapdocs.documents.journals.printing import Printed, PrintedLine
from roadmapdocs.i18n import gettext as _

_LONGEST_CELL = 32_767
_HEAD = PatternFill("solid", fgColor="E7E4DE")
_WRAP = Alignment(wrap_text=True, vertical="top")
_BOLD, _STRUCK, _MUTED = Font(bold=True), Font(strike=True), Font(italic=True, color="5E5A52")
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
    sheet.append([_cell(sheet, printed.organisation)])
    sheet.append([_cell(sheet, printed.title, Font(bold=True, size=14))])
    sheet.append([_cell(sheet, printed.period)])
    sheet.append([])
    head = [*(column.label for column in printed.columns), _("Note")]
    sheet.append([_head(sheet, label) for label in head])
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
        cells.append(_cell(sheet, value, font, wrap=True))
    return [*cells, _cell(sheet, line.note, wrap=True)]


def _head(sheet: Worksheet, label: str) -> object:
    cell = _cell(sheet, label, _BOLD, wrap=True)
    cell.fill = _HEAD  # type: ignore[attr-defined]  # a cell, which the stubs do not know
    return cell


def _cell(sheet: Worksheet, value: Cell, font: Font | None = None, *, wrap: bool = False) -> object:
    """A cell that is no formula, whoever typed what stands in it."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
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
