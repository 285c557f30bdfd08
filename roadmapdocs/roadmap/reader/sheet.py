"""A roadmap's table as it was laid out: what a person sees, corrects and confirms before anything is stored.

The sheet is the waist of the reader. ``understand.sheet_of`` finds columns, rows, their kinds and the joints at page
ends; ``derive.draft_of`` reads terms, responsible, documents and figures out of the cells. After a correction only
the second half runs again, by the same code as the first time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from roadmapdocs.roadmap.draft import Approval
from roadmapdocs.roadmap.reader.fit import Column
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.sections import Heading

SECTION = "section"
ITEM = "item"
#: The place of a column that the file does not have.
NOWHERE = -1
Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a person says a column of the file holds; ``year`` for a year's column only."""

    role: Role
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something doubtful seen while the rows were laid out. ``row`` is the id of the row it is about, if any."""

    code: str
    line: int | None
    row: int | None = None
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A section's heading or an item.

    ``cells`` run parallel to the columns of the row's ``layout``; each is its printed lines, an empty line among them
    marks where the row may be split. A heading has its ``text`` as printed and may keep cells that it had as an item.
    """

    id: int
    line: int
    kind: str
    layout: int
    cells: tuple[Lines, ...] = ()
    text: str = ""
    heading: Heading | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a person may correct. Every layout has one column for the number and one for the title.

    ``main`` is the layout with the most rows, ``width`` the number of columns it has in the file; ``accepted`` are
    keys of doubts that a person called right; ``last_id`` is the highest id a row ever had. ``known`` are
    abbreviations that the office itself uses: a file need not explain them.
    """

    title: str
    period: tuple[int, int] | None
    approval: Approval
    abbreviations: dict[str, str]
    layouts: tuple[tuple[Column, ...], ...]
    rows: tuple[SheetRow, ...]
    findings: tuple[Finding, ...] = ()
    main: int = 0
    width: int = 0
    accepted: frozenset[str] = frozenset()
    last_id: int = 0
    known: frozenset[str] = frozenset()

    def columns_of(self, row: SheetRow) -> tuple[Column, ...]:
        return self.layouts[row.layout]

    def cell(self, row: SheetRow, role: Role) -> Lines:
        """The first cell of a role; no lines if there is none."""
        pairs = zip(self.columns_of(row), row.cells, strict=False)
        return next((lines for column, lines in pairs if column.role is role), ())
