"""The Excel file of an export. Its library takes long to load, so this is loaded with the first such file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.documents.export import Cell, Heading
from roadmapdocs.russian.letters import printable

_LONGEST_CELL: Final = 32_767
_DATE: Final = "DD.MM.YYYY"
_HEAD: Final = PatternFill("solid", fgColor="E7E4DE")
_TOP: Final = Alignment(wrap_text=True, vertical="top")


def write_xlsx(stream: IO[bytes], headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], title: str) -> None:
    """As :func:`roadmapdocs.documents.export.write_xlsx`."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for place, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = heading.width
    sheet.freeze_panes = "A2"
    sheet.append([_head(sheet, heading.label) for heading in headings])
    last = 1
    for row in rows:
        last += 1
        sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{last}"
    book.save(stream)


def _xlsx_cell(sheet: Worksheet, value: Cell) -> object:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(sheet, value=dt.datetime(value.year, value.month, value.day))  # noqa: DTZ001  # a day
        cell.number_format = _DATE
        return cell
    return _text(sheet, value)


def _text(sheet: Worksheet, text: str) -> Any:
    """A cell of a sheet that is only written: the stubs have no type for it."""
    cell = WriteOnlyCell(sheet, value=printable(text)[:_LONGEST_CELL])
    # Otherwise «=1+1» would be a formula and «#N/A» an error.
    cell.data_type = "s"
    cell.alignment = _TOP
    return cell


def _head(sheet: Worksheet, text: str) -> object:
    cell = _text(sheet, text)
    cell.font, cell.fill = Font(bold=True), _HEAD
    return cell
