"""The nomenclature as an Excel file: one flat table that can be filtered, and the closing record on a sheet of its own."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.cases.nomenclature import Nomenclature
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import printable

#: Widths in characters: the unit, then the columns of the nomenclature.
_WIDTHS = (32, 14, 60, 16, 30, 34)
_CLOSING_WIDTHS = (38, 14, 18, 18)
_LONGEST_CELL = 32_767
_HEAD = PatternFill("solid", fgColor="E7E4DE")
_WRAP = Alignment(wrap_text=True, vertical="top")
#: A cell that begins with one of these is a formula to Excel as soon as somebody edits it.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_xlsx(nomenclature: Nomenclature) -> bytes:
    """The whole file as bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook opens on its only sheet
    sheet.title = _("Nomenclature")
    _text(sheet.cell(1, 1), nomenclature.organisation)
    _text(sheet.cell(2, 1), nomenclature.title).font = Font(bold=True, size=14)
    _head(sheet, 4, (_("Unit"), *nomenclature.columns))
    last = 4
    for unit, rows in nomenclature.sections:
        for row in rows:
            last += 1
            _row(sheet, last, (unit, *row.cells()))
    _layout(sheet, 4, _WIDTHS)
    sheet.auto_filter.ref = f"A4:{get_column_letter(len(_WIDTHS))}{last}"
    if nomenclature.closing:
        _closing(book, nomenclature)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _closing(book: Workbook, nomenclature: Nomenclature) -> None:
    sheet = book.create_sheet(_("Closing record"))
    _text(sheet.cell(1, 1), nomenclature.closing_title).font = Font(bold=True)
    _head(sheet, 2, nomenclature.closing[0])
    for place, (words, *figures) in enumerate(nomenclature.closing[1:], start=3):
        _row(sheet, place, (words,))
        for column, figure in enumerate(figures, start=2):
            sheet.cell(place, column).value = int(figure)
    _layout(sheet, 2, _CLOSING_WIDTHS)


def _head(sheet: Worksheet, number: int, names: Sequence[str]) -> None:
    _row(sheet, number, names)
    for cell in sheet[number]:
        cell.font, cell.fill = Font(bold=True), _HEAD


def _row(sheet: Worksheet, number: int, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts, start=1):
        _text(sheet.cell(number, place), text).alignment = _WRAP


def _text(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    """Write text as text: what begins with = is no formula, whoever typed it."""
    cell.value = printable(text)[:_LONGEST_CELL]
    if cell.data_type == "f":
        cell.data_type = "s"
    # Excel then keeps it a string when somebody edits the cell, too.
    cell.quotePrefix = text.startswith(_FORMULA_SIGNS)
    return cell


def _layout(sheet: Worksheet, head: int, widths: Sequence[int]) -> None:
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    assert sheet.sheet_properties.pageSetUpPr is not None  # openpyxl always makes it
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
