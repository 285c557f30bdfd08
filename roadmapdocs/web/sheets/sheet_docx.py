"""The sheet as a Word file: A4 across, the head of the table on every page, numbered pages, always the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from roadmapdocs.drafting.composing.sheets import frame, heading, paragraph, sheet_table, shown
from roadmapdocs.drafting.sheet_printing import print_sheet
from roadmapdocs.drafting.vocabulary import Line, Piece, TablePage
from roadmapdocs.web.sheets.printed import Printed, SignatureMark, Table
from roadmapdocs.web.sheets.qr import code_png

TEMPLATE: Final = "approval_sheet.docx"
#: Widths of the columns, millimetres of a page without margins; the Word file keeps their proportion.
WIDTHS: Final = (8, 34, 33, 28, 30, 50, 27, 31, 26)


def write_docx(sheet: Printed) -> bytes:
    """The whole file as bytes, by the template that counts on the day when the sheet is made."""
    title = f"{sheet.title}: {sheet.facts[0][1]}"[:255]
    return print_sheet(TEMPLATE, sheet_page(sheet), sheet.on, title=title, code=code_png(sheet.address))


def sheet_page(sheet: Printed) -> TablePage:
    """What the template prints."""
    return TablePage(
        caption=sheet.title.upper(),
        facts=tuple(Line(number=caption, text=value) for caption, value in sheet.facts),
        code=sheet.captions.code,
        pieces=tuple(_pieces(sheet)),
        made=sheet.made,
    )


def _pieces(sheet: Printed) -> Iterator[Piece]:
    for table in sheet.tables:
        yield from _run_table(sheet, table)
    if not sheet.tables:
        yield paragraph(sheet.captions.nothing)
    yield from _attached(sheet)
    yield from _list(sheet.captions.disagreements, sheet.disagreements)
    if sheet.signatures:
        yield heading(sheet.captions.signatures)
    for mark in sheet.signatures:
        yield from _signature(mark)
    yield from _list(sheet.captions.versions, [f"{name}: {sha256}" for name, sha256 in sheet.hashes])


def _run_table(sheet: Printed, table: Table) -> Iterator[Piece]:
    yield heading(table.title)
    for note in table.notes:
        yield paragraph(note, kept=True)
    rows = (shown(row.cells(sheet.captions.see_below)) for row in table.rows)
    yield sheet_table(sheet.columns, WIDTHS, rows)


def _attached(sheet: Printed) -> Iterator[Piece]:
    """Remarks that are too long for a cell."""
    if sheet.attached:
        yield heading(sheet.captions.attached)
    for title, row in sheet.attached:
        yield paragraph(f"{title}, {row.name}", kept=True)
        for remark in row.remarks:
            yield paragraph(remark)


def _list(caption: str, items: Sequence[str]) -> Iterator[Piece]:
    if items:
        yield heading(caption)
    for item in items:
        yield paragraph(item)


def _signature(mark: SignatureMark) -> Iterator[Piece]:
    """Who signed, and below in a frame the mark of a qualified signature, kept whole (ГОСТ Р 7.0.97)."""
    yield heading(mark.title)
    for place, line in enumerate(mark.lines, start=1):
        yield paragraph(line, kept=place < len(mark.lines) or bool(mark.frame))
    if mark.frame:
        yield frame(mark.frame[0], mark.frame[1:])
