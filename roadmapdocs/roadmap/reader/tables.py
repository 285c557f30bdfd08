"""Which tables of a file hold measures, and with which layout; the others are told about, never mixed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from roadmapdocs.errors import Refusal
from roadmapdocs.files.reading.blocks import Block, Paragraph, Table
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.reader.align import known_responsibles
from roadmapdocs.roadmap.reader.columns import Layout, find_layout, layout_by_content
from roadmapdocs.roadmap.reader.grid import GridRow, grid_rows
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.numbers import read_number
from roadmapdocs.roadmap.reader.periods import looks_like_period

_CONTINUES_SHARE = 0.4


@dataclass(slots=True)
class ReadTable:
    """``layout`` is None for a table without measures; ``known`` are responsible met several times."""

    rows: list[GridRow]
    layout: Layout | None = None
    known: frozenset[str] = frozenset()


def read_tables(blocks: Sequence[Block]) -> list[Paragraph | ReadTable]:
    """Blocks with every table's layout. :raise Refusal: ``no_table`` when no table holds measures."""
    read = _parted_at_headers(
        [ReadTable(grid_rows(block.rows)) if isinstance(block, Table) else block for block in blocks]
    )
    tables = [block for block in read if isinstance(block, ReadTable)]
    headed = {index: layout for index, table in enumerate(tables) if (layout := find_layout(table.rows))}
    chosen = _with_measures(headed) or _by_content(tables, headed)
    if not chosen:
        raise _refusal(tables)
    _follow_on(tables, chosen, headed)
    return read


def _parted_at_headers(read: Sequence[Paragraph | ReadTable]) -> list[Paragraph | ReadTable]:
    """A fragment that goes on with the table before it until, on a new page, the header is printed again: the rows
    above that header are no text above a table, they are a fragment of their own."""
    parted: list[Paragraph | ReadTable] = []
    layout: Layout | None = None
    for block in read:
        own = find_layout(block.rows) if isinstance(block, ReadTable) else None
        if isinstance(block, ReadTable) and own and own.header_row and layout:
            above = ReadTable(block.rows[: own.header_row])
            if _goes_on(above, layout):
                parted += [above, ReadTable(block.rows[own.header_row :])]
                continue
        if own and own.holds_measures:
            layout = own
        parted.append(block)
    return parted


def _with_measures(headed: dict[int, Layout]) -> dict[int, Layout]:
    measures = {index: layout for index, layout in headed.items() if layout.holds_measures}
    proper = {index: layout for index, layout in measures.items() if not layout.indicators}
    return proper or measures


def _by_content(tables: Sequence[ReadTable], headed: dict[int, Layout]) -> dict[int, Layout]:
    """Tables without any header: with periods beside titles, else the largest with numbers beside titles."""
    layouts = {
        index: layout_by_content(table.rows)
        for index, table in enumerate(tables)
        if index not in headed and not _has_foreign_header(table)
    }
    timed = {index: layout for index, layout in layouts.items() if layout.has(Role.PERIOD) and layout.has(Role.TITLE)}
    numbered = {index: layout for index, layout in layouts.items() if layout.has(Role.NUMBER) and layout.has(Role.TITLE)}
    if timed:
        return timed
    largest = max(numbered, key=lambda index: len(tables[index].rows), default=None)
    return {} if largest is None else {largest: numbered[largest]}


def _has_foreign_header(table: ReadTable) -> bool:
    first = next((row for row in table.rows if row.filled), None)
    return first is not None and any(text.startswith(("№", "N п")) for text in first.texts)


def _follow_on(tables: Sequence[ReadTable], chosen: dict[int, Layout], headed: dict[int, Layout]) -> None:
    """Give layouts: a fragment without a header goes on with the layout of the table before it, and that layout is
    told by the rows of all its fragments."""
    groups: list[list[int]] = []
    for index, table in enumerate(tables):
        if index in chosen:
            groups.append([index])
        elif groups and index not in headed and not _has_foreign_header(table) and _goes_on(table, chosen[groups[-1][0]]):
            groups[-1].append(index)
    for first, *others in groups:
        rows = [row for index in (first, *others) for row in tables[index].rows]
        layout = (find_layout(rows) if others and first in headed else None) or chosen[first]
        known = known_responsibles(rows, layout)
        for index in (first, *others):
            own = layout if index == first else replace(layout, first_row=0, header_row=None, shifted=())
            tables[index].layout, tables[index].known = own, known


def _goes_on(table: ReadTable, layout: Layout) -> bool:
    rows = [row for row in table.rows if row.filled and not row.is_rule]
    if not rows or max(row.used for row in rows) > layout.width + 1:
        return False
    full = [row for row in rows if len(row.filled) > 1]
    if not full:
        return len(rows) < 4
    numbers = [column.at for column in layout.columns if column.role is Role.NUMBER]
    periods = [column.at for column in layout.columns if column.role is Role.PERIOD]
    fits = sum(
        any(read_number(row.text(at)) for at in numbers) or any(looks_like_period(row.text(at)) for at in periods)
        for row in full
    )
    return fits >= max(1, _CONTINUES_SHARE * len(full))


def _refusal(tables: Sequence[ReadTable]) -> Refusal:
    if not tables:
        return Refusal(
            "no_table",
            _("No table was found in the file. A roadmap is read from a table of measures; choose a file that has one."),
        )
    return Refusal(
        "no_table",
        _(
            "The file has tables, but none with measures and their periods or responsible. "
            "Check that the table has a heading such as “Measure, Period, Responsible”."
        ),
    )
