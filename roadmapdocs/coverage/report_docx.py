"""The report as a Word file: A4 landscape, the head repeated on every page, states in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from roadmapdocs.coverage.report import Report, ReportRow, ReportSection
from roadmapdocs.coverage.rules import State
from roadmapdocs.drafting.composing.sheets import sheet_table, shown
from roadmapdocs.drafting.sheet_printing import print_sheet
from roadmapdocs.drafting.vocabulary import Cell, Line, TablePage, TableRow

TEMPLATE: Final = "roadmap_report.docx"
#: Widths of the columns of a report, in proportion.
_WIDTHS: Final = (12, 68, 34, 42, 30, 22, 28, 31)
#: Place of the column of states.
_STATE: Final = 6


def write_docx(report: Report) -> bytes:
    """The whole file as bytes, by the template that counts on the day of the report."""
    return print_sheet(TEMPLATE, report_page(report), report.on, title=report.title[:255])


def report_page(report: Report) -> TablePage:
    """What the template prints."""
    rows = (row for section in report.sections for row in _section(section))
    return TablePage(
        caption=report.title,
        title=report.as_of,
        facts=tuple(Line(number=words, text=figure) for words, figure in report.totals),
        pieces=(sheet_table(report.columns, _WIDTHS, rows),),
    )


def _section(section: ReportSection) -> Iterator[TableRow]:
    if section.title:
        yield TableRow(heading=True, title=f"{section.title} ({section.score})")
    yield from _rows(section.rows)


def _rows(rows: Iterable[ReportRow]) -> Iterator[TableRow]:
    above: tuple[str, ...] = ()
    for row in rows:
        cells = row.cells()
        # What an item repeats in its next rows is printed once.
        texts = ("", "", "", *cells[3:]) if cells[:3] == above else cells
        above = cells[:3]
        yield _late(texts) if row.state == State.LATE.value else shown(texts)


def _late(texts: Iterable[str]) -> TableRow:
    return TableRow(cells=tuple(Cell(text=text, strong=place == _STATE) for place, text in enumerate(texts)))
