"""A report on execution as a Word file: A4 across, the head repeated on every page, a line to be signed."""

from __future__ import annotations

import datetime as dt
from typing import Final

from roadmapdocs.assignments import reports_paper as paper
from roadmapdocs.drafting.composing.sheets import heading, paragraph, sheet_table
from roadmapdocs.drafting.sheet_printing import print_sheet
from roadmapdocs.drafting.vocabulary import Cell, Line, Piece, TablePage, TableRow

TEMPLATE: Final = "roadmap_report.docx"
_BLANK: Final = "_" * 24


def write_docx(report: paper.Paper) -> bytes:
    """The whole file as bytes, by the template that counts on the day of the report."""
    return print_sheet(TEMPLATE, report_page(report), report.on, title=report.title[:255])


def report_page(report: paper.Paper) -> TablePage:
    """What the template prints."""
    pieces: list[Piece] = []
    for table in report.tables:
        if len(report.tables) > 1:
            pieces.append(heading(table.name))
        if table.rows:
            labels, widths = [column.label for column in table.columns], [column.width for column in table.columns]
            pieces.append(sheet_table(labels, widths, map(_row, table.rows)))
        else:
            pieces.append(paragraph("Поручений нет."))
    post, name = report.signer
    pieces += [paragraph(note, kept=True) for note in report.notes]
    # An empty line, so that there is room for the hand.
    pieces += [paragraph("", kept=True), paragraph(f"{post or _BLANK}    {_BLANK}    {name or _BLANK}")]
    return TablePage(
        caption=report.title,
        title=report.period,
        facts=tuple(Line(number=words, text=figure) for words, figure in report.facts),
        pieces=tuple(pieces),
        made=report.made,
    )


def _row(row: paper.Row) -> TableRow:
    if row.title:
        return TableRow(heading=True, title=row.title)
    return TableRow(cells=tuple(Cell(text=_words(cell), strong=place == row.strong) for place, cell in enumerate(row.cells)))


def _words(value: paper.Cell) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(value)
