"""Placing the cells of a row into the columns of its table, also when cells are missing, surplus or shifted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.roadmap.reader.columns import Layout
from roadmapdocs.roadmap.reader.fit import Column, fit
from roadmapdocs.roadmap.reader.grid import GridCell, GridRow
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.planned import is_figure

_VIOLATION = -2.0
_OWN_PLACE = 0.6
_SKIPPED_COLUMN = -0.6
_SURPLUS_CELL = -2.0
_WIDEST = 40
# A row with too few cells is moved only if that fits clearly better.
_WORTH_MOVING = 2.0


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A row with its cells in place: ``cells`` run parallel to the layout's columns."""

    row: GridRow
    cells: tuple[GridCell, ...]
    surplus: tuple[str, ...] = ()
    moved: bool = False


def known_responsibles(rows: Sequence[GridRow], layout: Layout) -> frozenset[str]:
    """Texts that stand in the responsible column at least twice."""
    places = [column.at for column in layout.columns if column.role is Role.RESPONSIBLE]
    texts = Counter(row.text(at) for row in rows for at in places)
    return frozenset(text for text, times in texts.items() if times > 1 and text and not is_figure(text))


def place(row: GridRow, layout: Layout, known: frozenset[str]) -> WorkRow:
    """Cells at their own columns if they fit there, else the best placing that keeps their order."""
    columns = layout.columns
    own = tuple(row.cell(column.at) for column in columns)
    places = {column.at for column in columns}
    left_over = [row.text(at) for at in row.filled if at not in places]
    bad = any(fit(column, cell.text, known) <= _VIOLATION for column, cell in zip(columns, own, strict=True))
    sound = not bad and not left_over
    if layout.fixed or row.used > _WIDEST or (sound and len(row.cells) >= layout.width):
        return WorkRow(row, _over_years(row, layout, own), tuple(left_over))
    best, score = _best_placing(row, columns, known)
    if sound and score < _own_score(columns, own, known) + _WORTH_MOVING:
        return WorkRow(row, _over_years(row, layout, own))
    cells = tuple(row.cell(at) if at is not None else GridCell() for at in best)
    used = {at for at in best if at is not None}
    surplus = tuple(row.text(at) for at in row.filled if at not in used)
    moved = any(at is not None and at != column.at and row.text(at) for at, column in zip(best, columns, strict=True))
    return WorkRow(row, _over_years(row, layout, cells), surplus, moved)


def _over_years(row: GridRow, layout: Layout, cells: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """A cell merged over several year columns holds for each of these years."""
    spread = list(cells)
    for index, column in enumerate(layout.columns):
        covered = column.role is Role.YEAR and row.cell(column.at).follows and not cells[index].text
        if covered and index and layout.columns[index - 1].role is Role.YEAR:
            spread[index] = spread[index - 1]
    return tuple(spread)


def _best_placing(row: GridRow, columns: Sequence[Column], known: frozenset[str]) -> tuple[list[int | None], float]:
    """Cell index for each column, in order, with the highest sum of fits (dynamic programming)."""
    cells = [row.text(at) for at in range(row.used)]
    count, size = len(cells), len(columns)
    best = [[0.0] * (size + 1) for _cell in range(count + 1)]
    step = [[""] * (size + 1) for _cell in range(count + 1)]
    for i in range(count + 1):
        for j in range(size + 1):
            if not i and not j:
                continue
            options: list[tuple[float, str]] = []
            if i and j:
                own = _OWN_PLACE if columns[j - 1].at == i - 1 else 0.0
                options.append((best[i - 1][j - 1] + fit(columns[j - 1], cells[i - 1], known) + own, "take"))
            if i:
                options.append((best[i - 1][j] + (_SURPLUS_CELL if cells[i - 1] else 0.0), "surplus"))
            if j:
                options.append((best[i][j - 1] + _SKIPPED_COLUMN, "skip"))
            best[i][j], step[i][j] = max(options, key=lambda option: option[0])
    placing: list[int | None] = [None] * size
    i, j = count, size
    while i or j:
        if step[i][j] == "take":
            i, j = i - 1, j - 1
            placing[j] = i
        elif step[i][j] == "surplus":
            i -= 1
        else:
            j -= 1
    return placing, best[count][size]


def _own_score(columns: Sequence[Column], own: Sequence[GridCell], known: frozenset[str]) -> float:
    pairs = zip(columns, own, strict=True)
    return sum(fit(column, cell.text, known) + _OWN_PLACE if cell.text else _SKIPPED_COLUMN for column, cell in pairs)
