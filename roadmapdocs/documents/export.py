"""Rows of a list as a file for other programs: XLSX and CSV, written row by row whatever their number."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.russian.letters import printable

#: As many rows as one file holds; whoever needs more narrows the list.
MOST_ROWS: Final = 50_000
#: A cell that begins with one of these is a formula to a spreadsheet, and runs.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_CELL = 32_767
_DATE = "DD.MM.YYYY"
_HEAD = PatternFill("solid", fgColor="E7E4DE")
_TOP = Alignment(wrap_text=True, vertical="top")

#: What stands in a cell.
Cell = str | int | dt.date | None


@dataclass(frozen=True, slots=True)
class Heading:
    """Words above a column, and its width in characters."""

    label: str
    width: int = 16


Writer = Callable[[IO[bytes], Sequence[Heading], Iterable[Sequence[Cell]], str], None]


def write_csv(stream: IO[bytes], headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], title: str) -> None:
    """UTF-8 with a BOM and semicolons, as Russian spreadsheets read it without asking. ``title`` has no place in it."""
    del title
    stream.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        table = csv.writer(text, delimiter=";", lineterminator="\r\n")
        table.writerow([_guarded(heading.label) for heading in headings])
        table.writerows([_csv_cell(cell) for cell in row] for row in rows)
    finally:
        text.detach()


def write_xlsx(stream: IO[bytes], headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], title: str) -> None:
    """One sheet with a filter on its head, which stays in sight. ``title`` names the sheet."""
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


WRITERS: Final[dict[str, Writer]] = {"xlsx": write_xlsx, "csv": write_csv}


def _guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula, whatever it begins with."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def _csv_cell(value: Cell) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, int):
        return str(value)
    return _guarded(printable(value or ""))


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
