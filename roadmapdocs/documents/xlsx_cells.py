"""Cells of Excel files that no typed text turns into a formula."""

from __future__ import annotations

import datetime as dt
from typing import Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from roadmapdocs.documents.export import FORMULA_SIGNS, Cell
from roadmapdocs.russian.letters import printable

#: What Excel takes, in characters.
LONGEST_CELL: Final = 32_767
BOLD: Final = Font(bold=True)
_HEAD: Final = PatternFill("solid", fgColor="E7E4DE")
_WRAP: Final = Alignment(wrap_text=True, vertical="top")


def head_cell(sheet: Worksheet, label: str) -> object:
    """A cell of the line that names the columns."""
    cell = plain_cell(sheet, label, BOLD, wrap=True)
    cell.fill = _HEAD  # type: ignore[attr-defined]  # a cell, which the stubs do not know
    return cell


def plain_cell(sheet: Worksheet, value: Cell, font: Font | None = None, *, wrap: bool = False) -> object:
    """A cell that is no formula, whoever typed what stands in it."""
    if isinstance(value, str):
        value = printable(value)[:LONGEST_CELL]
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
