"""A printed journal as a Word file: A4 across, the head of the table on every page, pages numbered."""

from __future__ import annotations

import datetime as dt
from typing import Final

from roadmapdocs.documents.export import Cell as Value
from roadmapdocs.documents.journals.printing import Printed, PrintedLine
from roadmapdocs.drafting.composing.sheets import sheet_table
from roadmapdocs.drafting.sheet_printing import print_sheet
from roadmapdocs.drafting.vocabulary import Cell, TablePage, TableRow

TEMPLATE: Final = "journal.docx"


def write_docx(printed: Printed) -> bytes:
    """The whole file as bytes, the same for the same journal, by the template that counts on its last day."""
    return print_sheet(TEMPLATE, journal_page(printed), printed.until, title=printed.title[:255])


def journal_page(printed: Printed) -> TablePage:
    """What the template prints."""
    rows = (_row(line, printed.title_place) for line in printed.lines)
    labels, widths = [column.label for column in printed.columns], [column.mm for column in printed.columns]
    return TablePage(
        organisation=(printed.organisation,) if printed.organisation else (),
        caption=printed.title,
        title=printed.period,
        pieces=(sheet_table(labels, widths, rows),),
    )


def _row(line: PrintedLine, title: int) -> TableRow:
    """The note stands in the cell of the title, which is struck where the number is annulled."""
    cells = (_cell(value, line, noted=place == title) for place, value in enumerate(line.cells))
    return TableRow(cells=tuple(cells), shaded=line.gap)


def _cell(value: Value, line: PrintedLine, *, noted: bool) -> Cell:
    return Cell(text=_words(value), note=line.note if noted else "", struck=noted and line.struck)


def _words(value: Value) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(value)
