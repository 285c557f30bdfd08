"""The table of an old journal: its file, the row of its head, and what stands below, line by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.documents.journals.meanings import guess
from roadmapdocs.errors import Refusal
from roadmapdocs.files.kinds import Kind
from roadmapdocs.files.reading.blocks import Paragraph, Row, Table
from roadmapdocs.files.reading.encodings import decode
from roadmapdocs.files.reading.office import read_office
from roadmapdocs.files.rules import check_file
from roadmapdocs.i18n import gettext as _

MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 40
#: The head stands among the first rows, below a title and a stamp.
_HEAD_AMONG = 30
_TABLES = frozenset({Kind.XLSX, Kind.XLS, Kind.ODS, Kind.TXT})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """``line`` is the row of the file; ``carried`` are the places whose text a merged cell brings from above."""

    line: int
    cells: tuple[str, ...]
    carried: frozenset[int] = frozenset()

    def of(self, place: int | None, *, own: bool = False) -> str:
        """Text of a column; nothing where there is no such column, or with ``own`` where it is from above."""
        if place is None or place >= len(self.cells) or (own and place in self.carried):
            return ""
        return self.cells[place]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``year`` is one that the heading names; ``unread`` counts further tables, which have other columns."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    year: int | None = None
    unread: int = 0


def read_sheet(data: bytes, name: str) -> Sheet:
    """The journal in an Excel file or a CSV.

    :raise Refusal: as :func:`roadmapdocs.files.rules.check_file`, ``no_table``, or ``too_many_rows``
    """
    if check_file(data, name) not in _TABLES:
        raise Refusal("no_table", _("A journal is read from Excel (XLSX, XLS) or CSV. Save it as one of these."))
    try:
        blocks = read_office(data, name)
    except Refusal as refusal:
        if refusal.code == "too_many_cells":
            raise _too_many() from refusal
        raise
    if blocks is None:
        tables, prose = [_csv_rows(decode(data))], ""
    else:
        tables = [list(_plain_rows(block.rows)) for block in blocks if isinstance(block, Table)]
        prose = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    return _joined([rows for rows in tables if rows], prose)


def _joined(tables: list[list[SheetRow]], prose: str) -> Sheet:
    """The first table with a head that is understood, and those after it with the same head."""
    heads = [_head_place(rows) for rows in tables]
    first = next((place for place, head in enumerate(heads) if head is not None), 0)
    if not tables:
        raise Refusal("no_table", _("There is no table in this file. Choose the file with the journal."))
    columns = tables[first][heads[first] or 0].cells[:MOST_COLUMNS]
    rows: list[SheetRow] = []
    unread = 0
    for place, (table, head) in enumerate(zip(tables, heads, strict=True)):
        if place == first or (head is not None and table[head].cells[:MOST_COLUMNS] == columns):
            rows += [row for row in table[(head or 0) + 1 :] if not _is_numbering(row)]
        else:
            unread += 1
    if len(rows) > MOST_ROWS:
        raise _too_many()
    if not rows:
        raise Refusal("no_table", _("Below the head of the table there is no row. Choose the file with the journal."))
    above = " ".join([prose, *(" ".join(row.cells) for row in tables[first][: heads[first] or 0])])
    named = {int(year) for year in _YEAR.findall(above)}
    return Sheet(columns, tuple(rows), named.pop() if len(named) == 1 else None, unread)


def _head_place(rows: Sequence[SheetRow]) -> int | None:
    """The row of which at least two cells are words of a journal's head; the richest of the first ones."""
    scores = [sum(guess(cell) is not None for cell in row.cells) for row in rows[:_HEAD_AMONG]]
    best = max(scores, default=0)
    return scores.index(best) if best > 1 else None


def _is_numbering(row: SheetRow) -> bool:
    """«1 2 3 4 5» under a head numbers the columns."""
    said = [cell for cell in row.cells if cell]
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]


def _plain_rows(rows: Sequence[Row]) -> Iterator[SheetRow]:
    above: tuple[str, ...] = ()
    for row in rows:
        cells: list[str] = []
        carried: set[int] = set()
        for cell in row.cells:
            place = len(cells)
            if cell.continued:
                carried |= set(range(place, place + cell.span))
                cells += list(above[place : place + cell.span])
                cells += [""] * (place + cell.span - len(cells))
            else:
                cells += [_one_line(cell.text), *[""] * (cell.span - 1)]
        above = tuple(cells)
        if any(text for place, text in enumerate(cells) if place not in carried):
            yield SheetRow(row.line, above, frozenset(carried))


def _csv_rows(text: str) -> list[SheetRow]:
    """
    :raise Refusal: ``no_table`` if quotes of the file have no end
    """
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    rows = []
    csv.field_size_limit(_LONGEST_LINE)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    try:
        for row in reader:
            cells = tuple(_one_line(cell) for cell in row[:MOST_COLUMNS])
            if any(cells):
                rows.append(SheetRow(reader.line_num, cells))
            if len(rows) > MOST_ROWS + _HEAD_AMONG:
                raise _too_many()
    except csv.Error as problem:
        sentence = _("The CSV cannot be read near line %(line)s. Save it anew from Excel.", line=reader.line_num)
        raise Refusal("no_table", sentence) from problem
    return rows


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _too_many() -> Refusal:
    return Refusal(
        "too_many_rows",
        _("The file has more than %(most)s rows. Split the journal by years and load them one by one.", most=MOST_ROWS),
    )
