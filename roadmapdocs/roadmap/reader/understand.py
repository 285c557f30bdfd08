"""Blocks of any file to the neutral draft of a roadmap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from roadmapdocs.errors import Refusal
from roadmapdocs.files.reading.blocks import Block, Paragraph
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.draft import Draft
from roadmapdocs.roadmap.reader.abbreviations import find_abbreviations
from roadmapdocs.roadmap.reader.approval import find_approval
from roadmapdocs.roadmap.reader.columns import Layout
from roadmapdocs.roadmap.reader.defects import Defects
from roadmapdocs.roadmap.reader.derive import draft_of
from roadmapdocs.roadmap.reader.entries import Caption, Entry, Walk, headings_before
from roadmapdocs.roadmap.reader.fit import Column
from roadmapdocs.roadmap.reader.grid import GridRow
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.heading import find_title, find_years
from roadmapdocs.roadmap.reader.meanings import give_meanings
from roadmapdocs.roadmap.reader.sheet import ITEM, NOWHERE, SECTION, Finding, Lines, Meaning, Sheet, SheetRow
from roadmapdocs.roadmap.reader.tables import ReadTable, read_tables


def understand(blocks: Sequence[Block]) -> Draft:
    """The draft with its defects. Nothing printed in a table is dropped: what has no place is told as a defect.

    :raise Refusal: as :func:`sheet_of`
    """
    return draft_of(sheet_of(blocks))


def sheet_of(blocks: Sequence[Block], meanings: Mapping[int, Meaning] | None = None) -> Sheet:
    """The table as laid out. ``meanings`` of columns of the main table, by their place in the file, go before ours.

    :raise Refusal: ``no_table`` if no table holds measures, ``no_items`` if the table has only its header
    """
    read = read_tables(blocks)
    if meanings:
        give_meanings([block for block in read if isinstance(block, ReadTable)], meanings)
    defects = Defects()
    above = _text_above(read)
    walk = _walk(read, defects)
    entries = [row for row in walk.rows if isinstance(row, Entry)]
    if not entries:
        raise Refusal(
            "no_items",
            _("A table of measures was found, but it has no rows under its heading. Choose a file with filled rows."),
        )
    paragraphs = [block for block in read if isinstance(block, Paragraph)]
    title = find_title(above)
    years = find_years(title, *(p.text for p in above if len(p.text) < 400)) or _column_years(entries)
    approval = find_approval(above, defects)
    told = [Finding(code, line, None, values) for (code, line, _item, _key), values in defects.found()]
    layouts, rows, main = _lay_out(walk.rows)
    return Sheet(
        title=title,
        period=years,
        approval=approval,
        abbreviations=find_abbreviations(paragraphs, _cells(read)),
        layouts=tuple(_whole(layout) for layout in layouts),
        rows=rows,
        findings=(*(replace(one, row=_id(one.row)) for one in walk.findings), *told),
        main=main,
        width=layouts[main].width,
        last_id=len(rows),
    )


def _walk(read: Sequence[Paragraph | ReadTable], defects: Defects) -> Walk:
    walk = Walk()
    waiting: list[Paragraph] = []
    for block in read:
        if isinstance(block, Paragraph):
            waiting.append(block)
        elif block.layout is None:
            _tell_other(block, defects)
            waiting = []
        else:
            between = any(isinstance(row, Entry) for row in walk.rows)
            headings = headings_before(waiting, between=between)
            if between and block.layout.header_row is None:
                walk.unplaced([paragraph for paragraph in waiting if paragraph not in headings])
            for paragraph in headings:
                walk.paragraph(paragraph)
            walk.table(block)
            waiting = []
    return walk


def _lay_out(rows: Sequence[Entry | Caption]) -> tuple[list[Layout], tuple[SheetRow, ...], int]:
    """The layouts in use, told apart by their columns; the rows; which layout most of them have."""
    layouts: list[Layout] = []
    places: dict[tuple[Column, ...], int] = {}
    made: list[SheetRow] = []
    for index, row in enumerate(rows):
        number = index + 1
        if isinstance(row, Caption):
            made.append(SheetRow(number, row.line, SECTION, max(len(layouts) - 1, 0), text=row.text, heading=row.heading))
            continue
        if row.layout.columns not in places:
            places[row.layout.columns] = len(layouts)
            layouts.append(row.layout)
        made.append(SheetRow(number, row.line, ITEM, places[row.layout.columns], _cells_of(row)))
    counts = Counter(row.layout for row in made if row.kind == ITEM)
    return layouts, tuple(made), max(counts, key=lambda at: (counts[at], -at))


def _id(index: int | None) -> int | None:
    return None if index is None else index + 1


def _whole(layout: Layout) -> tuple[Column, ...]:
    """The columns with one for the number, also where the file prints it inside the title, or not at all."""
    return layout.columns if layout.has(Role.NUMBER) else (Column(Role.NUMBER, NOWHERE), *layout.columns)


def _cells_of(entry: Entry) -> tuple[Lines, ...]:
    own = {Role.NUMBER: (entry.printed_number,), Role.TITLE: (entry.title,)}
    cells = [
        tuple(line for line in own.get(column.role, lines) if line)
        for column, lines in zip(entry.layout.columns, entry.lines, strict=True)
    ]
    return tuple(cells) if entry.layout.has(Role.NUMBER) else (tuple(filter(None, own[Role.NUMBER])), *cells)




def _text_above(read: Sequence[Paragraph | ReadTable]) -> list[Paragraph]:
    """Paragraphs before the first table of measures, with those that stand in other tables or above its header."""
    above: list[Paragraph] = []
    for block in read:
        if isinstance(block, Paragraph):
            above.extend(Paragraph(text, block.line) for text in block.text.split("\n"))
            continue
        layout = block.layout
        above.extend(_by_columns(block.rows if layout is None else block.rows[: layout.header_row or 0]))
        if layout is not None:
            break
    return above


def _by_columns(rows: Sequence[GridRow]) -> list[Paragraph]:
    """Stamps stand side by side in a table: each column is read to its end before the next."""
    width = max((len(row.cells) for row in rows), default=0)
    return [
        Paragraph(line, row.line) for at in range(width) for row in rows for line in row.cell(at).lines
    ]


def _tell_other(table: ReadTable, defects: Defects) -> None:
    filled = [row for row in table.rows if row.filled and not row.is_rule]
    if filled:
        text = " | ".join(text for text in filled[0].texts if text)
        defects.add("other_table", filled[0].line, rows=len(filled), text=text)


def _cells(read: Sequence[Paragraph | ReadTable]) -> list[str]:
    tables = [block for block in read if isinstance(block, ReadTable)]
    return [text for table in tables for row in table.rows for text in row.texts if text]


def _column_years(entries: Sequence[Entry]) -> tuple[int, int] | None:
    layouts: list[Layout] = [entry.layout for entry in entries]
    years = {column.year for layout in layouts for column in layout.columns if column.year is not None}
    return (min(years), max(years)) if years else None
