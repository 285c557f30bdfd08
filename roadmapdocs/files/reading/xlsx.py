"""Excel workbooks (XLSX): what their visible sheets show, in order.

The sheets are walked as XML: openpyxl visits every cell of every merged range and of the used rectangle, so
that a single stray mark in the last row makes it spend minutes. Its tables of number formats are used.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils.cell import range_boundaries

from roadmapdocs.errors import Refusal
from roadmapdocs.files.limits import Limits
from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Row, Table
from roadmapdocs.files.reading.docx_numbering import number_of
from roadmapdocs.files.reading.ooxml import Element, Package
from roadmapdocs.files.reading.xlsx_values import Values, column_of
from roadmapdocs.files.rules import damaged
from roadmapdocs.i18n import gettext as _

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_LAST_COLUMN = 16_384
# A row of a plan has a number, a title and something more: so the header is the first row with three texts.
_HEADER_CELLS = 3


@dataclass(frozen=True, slots=True)
class _Merge:
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A visible row that holds text: column → text."""

    number: int
    texts: dict[int, str]


def read_xlsx(data: bytes, name: str, limits: Limits) -> list[Block]:
    """Blocks of all visible sheets; :raise Refusal: ``damaged``, or ``too_many_cells`` over the limit."""
    package = Package(data, name)
    main = package.main_part("xl/workbook.xml")
    workbook = package.tree(main)
    if workbook is None:
        raise damaged(name)
    sheets = package.related(main, "/worksheet")
    values = Values(package, main, workbook)
    blocks: list[Block] = []
    left = limits.max_cells
    for sheet in workbook.iterfind(f"{S}sheets/{S}sheet"):
        content = package.bytes_of(sheets.get(sheet.get(R + "id", ""), ""))
        if content is None or sheet.get("state", "visible") != "visible":
            continue
        # Counted before parsing: a tree takes many times the room of its text.
        left -= content.count(b"<c ") + content.count(b"<c>") + content.count(b":c ")
        if left < 0:
            raise _too_many(name, limits)
        blocks.extend(_sheet_blocks(package.parse(content), values, name, limits))
    return blocks


def _too_many(name: str, limits: Limits) -> Refusal:
    return Refusal(
        "too_many_cells",
        _(
            "The workbook %(name)s has more than %(limit)s cells, which is no roadmap. "
            "Leave only the sheet with the roadmap in it and choose it again.",
            name=name,
            limit=limits.max_cells,
        ),
        name=name,
        limit=limits.max_cells,
    )


def _sheet_blocks(root: Element, values: Values, name: str, limits: Limits) -> Iterator[Block]:
    lines = list(_lines(root, values))
    if not lines:
        return
    first, last = _table_bounds(lines)
    columns = sorted({column for line in lines[first:last] for column in line.texts})
    hidden = _hidden_columns(root)
    shown = [column for column in range(columns[0], columns[-1] + 1) if column not in hidden]
    if len(shown) * (last - first) > 4 * limits.max_cells:
        raise _too_many(name, limits)
    merges = _merges_by_line(root, lines[first:last], name, limits)
    yield from _prose(lines[:first])
    yield Table(
        tuple(
            Row(tuple(_cells(line, shown, merges.get(line.number, []))), line.number)
            for line in lines[first:last]
        )
    )
    yield from _prose(lines[last:])


def _lines(root: Element, values: Values) -> Iterator[_Line]:
    # Rows a filter has put away are still rows of the plan; rows a person hid are not.
    filtered = root.find(f"{S}autoFilter/{S}filterColumn") is not None
    hidden = _hidden_columns(root)
    number = 0
    for row in root.iterfind(f"{S}sheetData/{S}row"):
        number = _row_number(row, number)
        if row.get("hidden") in ("1", "true") and not filtered:
            continue
        texts: dict[int, str] = {}
        column = 0
        for cell in row.iterfind(S + "c"):
            column = column_of(cell.get("r")) or column + 1
            text = values.text(cell)
            if text and column <= _LAST_COLUMN and column not in hidden:
                texts[column] = text
        if texts:
            yield _Line(number, texts)


def _row_number(row: Element, previous: int) -> int:
    """The row's own number; never less than the row before, so that the rows stay in order."""
    own = row.get("r") or ""
    return max(int(own) if own.isdecimal() and len(own) < 8 else 0, previous + 1)


def _table_bounds(lines: list[_Line]) -> tuple[int, int]:
    """Indexes of the first line of the table and of the one after its last.

    Above the header there is prose: title, approval stamp. Below, after an empty row, notes and signatures.
    """
    full = [index for index, line in enumerate(lines) if len(line.texts) >= _HEADER_CELLS]
    if not full:
        full = [index for index, line in enumerate(lines) if len(line.texts) >= 2]
    if not full:
        return 0, len(lines)
    end = full[-1] + 1
    while end < len(lines) and lines[end].number == lines[end - 1].number + 1:
        end += 1
    return full[0], end


def _prose(lines: list[_Line]) -> Iterator[Paragraph]:
    for line in lines:
        for column in sorted(line.texts):
            yield Paragraph(line.texts[column], line.number)


def _cells(line: _Line, shown: list[int], merges: list[_Merge]) -> Iterator[Cell]:
    covering = {column: merge for merge in merges for column in range(merge.left, merge.right + 1)}
    index = 0
    while index < len(shown):
        merge = covering.get(shown[index])
        if merge is None:
            yield Cell(line.texts.get(shown[index], ""))
            index += 1
            continue
        span = 0
        while index < len(shown) and shown[index] <= merge.right:
            index, span = index + 1, span + 1
        lower = line.number > merge.top
        yield Cell("" if lower else line.texts.get(merge.left, ""), span, continued=lower)


def _merges_by_line(root: Element, lines: list[_Line], name: str, limits: Limits) -> dict[int, list[_Merge]]:
    """Row number → merged ranges that cross it, for the rows that hold text."""
    numbers = [line.number for line in lines]
    left, right = (min(min(line.texts) for line in lines), max(max(line.texts) for line in lines))
    found: dict[int, list[_Merge]] = {}
    work = 0
    for element in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        merge = _merge(element.get("ref", ""), left, right)
        if merge is None:
            continue
        crossed = numbers[bisect_left(numbers, merge.top) : bisect_right(numbers, merge.bottom)]
        work += 1 + len(crossed) * (merge.right - merge.left + 1)
        if work > 4 * limits.max_cells:
            raise _too_many(name, limits)
        for number in crossed:
            found.setdefault(number, []).append(merge)
    return found


def _merge(reference: str, left: int, right: int) -> _Merge | None:
    """The range cut to the columns in use; None where it is unreadable or lies outside them."""
    try:
        bounds = range_boundaries(reference)
    except (ValueError, TypeError):
        return None
    first, top, last, bottom = bounds
    if first is None or top is None or last is None or bottom is None:
        return None
    merge = _Merge(max(first, left), top, min(last, right), bottom)
    return merge if merge.left <= merge.right else None


def _hidden_columns(root: Element) -> frozenset[int]:
    hidden: set[int] = set()
    for column in root.iterfind(f"{S}cols/{S}col"):
        if column.get("hidden") in ("1", "true"):
            first, last = number_of(column.get("min"), 0), number_of(column.get("max"), 0)
            hidden.update(range(first, min(last, _LAST_COLUMN) + 1))
    return frozenset(hidden)
