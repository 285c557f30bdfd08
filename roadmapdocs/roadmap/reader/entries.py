"""Walking the rows of all measure tables: sections as they open, items with the rest of rows cut by a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from roadmapdocs.files.reading.blocks import Paragraph
from roadmapdocs.roadmap.reader.align import WorkRow, place
from roadmapdocs.roadmap.reader.clean import join_broken, one_line, strip_markup
from roadmapdocs.roadmap.reader.columns import Layout
from roadmapdocs.roadmap.reader.grid import GridCell
from roadmapdocs.roadmap.reader.headers import Role, names_group
from roadmapdocs.roadmap.reader.numbers import Number, read_number, split_number
from roadmapdocs.roadmap.reader.planned import is_figure
from roadmapdocs.roadmap.reader.rows import Kind, Surroundings, cell_in, is_listed, kind_of_row, numbers_below
from roadmapdocs.roadmap.reader.sections import Heading, has_section_word, read_heading
from roadmapdocs.roadmap.reader.sheet import Finding
from roadmapdocs.roadmap.reader.tables import ReadTable

_LONGEST_HEADING = 300
_NO_HEADING = re.compile(r"таблица\b|приложение|продолжение|страница|стр\.|\d+$|\[|примечани|\*", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """An item as printed: its number and the lines of its cells, column by column of the layout."""

    line: int
    layout: Layout
    number: Number | None
    printed_number: str
    title: str
    section: str | None
    lines: list[list[str]]

    @property
    def name(self) -> str | None:
        """How defects call the item."""
        return self.number.value if self.number else (self.printed_number or None)

    def of(self, role: Role) -> list[str]:
        """Lines of all columns of a role."""
        pairs = zip(self.layout.columns, self.lines, strict=True)
        return [line for column, lines in pairs if column.role is role for line in lines]


@dataclass(frozen=True, slots=True)
class Caption:
    """A row that heads a section: its text as printed, and how that was read."""

    heading: Heading
    text: str
    line: int


@dataclass(slots=True)
class Walk:
    """Entries and captions of sections in reading order; ``row`` of a finding is the index among ``rows``."""

    rows: list[Entry | Caption] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _entry: Entry | None = None
    _at: int | None = None
    _merged: dict[int, GridCell] = field(default_factory=dict)
    _group: str | None = None

    def table(self, table: ReadTable) -> None:
        layout = table.layout
        if layout is None:
            return
        body = table.rows[layout.first_row :]
        works = [place(row, layout, table.known) for row in body]
        titles = [cell_in(work, layout, Role.TITLE).text for work in works]
        below = numbers_below(works, layout)
        tight = _line_by_line(works)
        numbered = sum(bool(cell_in(work, layout, Role.NUMBER).text) for work in works) * 3 >= len(works)
        numbered = numbered or sum(bool(split_number(cell_in(w, layout, Role.TITLE).text)[0]) for w in works) * 2 >= len(works)
        before = table.rows[layout.first_row - 1].line if layout.first_row else None
        for header in layout.shifted:
            self._tell("shifted_header", table.rows[layout.header_row or 0].line, header=header)
        self._merged = {}
        for work, number_below, title_below in zip(works, below, [*titles, ""][1:], strict=True):
            last = self._entry
            gap = tight and before is not None and work.row.line - before > 1
            near = Surroundings(
                last.title if last else None, last.number if last else None, number_below, gap, numbered, title_below
            )
            self._row(work, layout, kind_of_row(work, layout, near))
            before = work.row.line

    def paragraph(self, paragraph: Paragraph) -> None:
        """A heading printed between two fragments of the table."""
        text = one_line(strip_markup(paragraph.text)[0])
        self._caption(Caption(read_heading(text, paragraph.line), text, paragraph.line))
        self._tell("section_outside_table", paragraph.line, len(self.rows) - 1)

    def unplaced(self, paragraphs: Sequence[Paragraph]) -> None:
        """Words printed between two fragments that head nothing: perhaps the rest of a cell, so a person looks."""
        for paragraph in paragraphs:
            text = one_line(strip_markup(paragraph.text)[0])
            if text and not _NO_HEADING.match(text):
                self._tell("unplaced_text", paragraph.line, text=text)

    def _row(self, work: WorkRow, layout: Layout, kind: Kind) -> None:
        if kind is Kind.SECTION:
            self._caption(_caption(work))
            self._merged = {}
            self._group = None
        elif kind is Kind.OUTSIDE:
            self._tell("unplaced_text", work.row.line, text=" | ".join(text for text in work.row.texts if text))
        elif kind is Kind.REST and self._entry is not None:
            self._rest(work, self._entry)
        elif kind in (Kind.ITEM, Kind.REST):
            self._item(work, layout)
        if kind in (Kind.SECTION, Kind.ITEM, Kind.REST) and work.row.marked:
            self._tell("markup", work.row.line, len(self.rows) - 1 if kind is Kind.SECTION else self._at)

    def _item(self, work: WorkRow, layout: Layout) -> None:
        work = self._grouped(work, layout)
        cells = [self._carried(index, cell) for index, cell in enumerate(work.cells)]
        number, printed, title = _numbered_title(work, layout)
        self._entry = Entry(work.row.line, layout, number, printed, title, None, [list(cell.lines) for cell in cells])
        self._at = len(self.rows)
        self.rows.append(self._entry)
        self._surplus(work)
        if work.moved and not work.surplus:
            self._tell("shifted_cells", work.row.line, self._at)

    def _grouped(self, work: WorkRow, layout: Layout) -> WorkRow:
        """The row without the cell of a column «Направление», which heads a section of its own."""
        at = group_column(layout)
        if at is None or not any(sign.isalpha() for sign in work.cells[at].text):
            return work
        text = work.cells[at].text
        if text != self._group:
            self._group = text
            self._caption(Caption(read_heading(text, work.row.line), text, work.row.line))
            self._merged = {}
        return replace(work, cells=(*work.cells[:at], GridCell(), *work.cells[at + 1 :]))

    def _carried(self, index: int, cell: GridCell) -> GridCell:
        """A cell merged downwards over several items holds for each of them."""
        if cell.continued and not cell.text:
            return self._merged.get(index, cell)
        self._merged[index] = cell
        return cell

    def _rest(self, work: WorkRow, entry: Entry) -> None:
        if len(entry.lines) != len(work.cells):
            self._tell("unplaced_text", work.row.line, self._at, text=" | ".join(t for t in work.row.texts if t))
            return
        layout = entry.layout
        title = cell_in(work, layout, Role.TITLE)
        stacked = title.continued or (is_listed(title.text) and entry.title.endswith((":", ";", ",")))
        for index, (column, cell) in enumerate(zip(layout.columns, work.cells, strict=True)):
            if column.role is Role.TITLE:
                entry.title = join_broken(entry.title, cell.text)
            lines = list(cell.lines)
            if lines and entry.lines[index] and not stacked:
                lines[0] = join_broken(entry.lines[index].pop(), lines[0])
            entry.lines[index].extend(lines)
        self._surplus(work)
        if not stacked:
            self._tell("page_break", work.row.line, self._at)

    def _surplus(self, work: WorkRow) -> None:
        for text in work.surplus:
            self._tell("extra_cells" if is_figure(text) else "unplaced_text", work.row.line, self._at, text=text)

    def _caption(self, caption: Caption) -> None:
        self.rows.append(caption)

    def _tell(self, code: str, line: int, at: int | None = None, **values: object) -> None:
        self.findings.append(Finding(code, line, at, values))


def group_column(layout: Layout) -> int | None:
    """Index of the column left of the titles that groups them, if there is one."""
    for index, column in enumerate(layout.columns):
        if column.role is Role.TITLE:
            return None
        if column.role is Role.OTHER and names_group(column.header):
            return index
    return None


def _line_by_line(works: Sequence[WorkRow]) -> bool:
    """Do the table's rows mostly follow line by line, so that a gap means something?"""
    steps = [second.row.line - first.row.line for first, second in pairwise(works)]
    return bool(steps) and sum(step == 1 for step in steps) * 2 > len(steps)


def _caption(work: WorkRow) -> Caption:
    texts = list(dict.fromkeys(work.row.text(at) for at in work.row.filled))
    line = work.row.line
    number = read_number(texts[0])
    text = " ".join(texts)
    if number and len(texts) > 1:
        return Caption(Heading(number.value, " ".join(texts[1:]), f"arabic{len(number.parts)}", line), text, line)
    heading = read_heading(text, line)
    if heading.form == "plain":
        automatic = next((cell.auto_number for cell in work.row.cells if cell.auto_number), "")
        text = f"{automatic} {text}".strip()
        heading = read_heading(text, line)
    return Caption(heading, text, line)


def _numbered_title(work: WorkRow, layout: Layout) -> tuple[Number | None, str, str]:
    """The number as read, as printed, and the title without it."""
    own, title = cell_in(work, layout, Role.NUMBER), cell_in(work, layout, Role.TITLE)
    if own.text:
        number = read_number(own.text)
        if number is None and layout.has(Role.NUMBER):
            found, rest = split_number(own.text)
            if found and not title.text:
                return found, found.value, rest
        return number, own.text, title.text
    automatic = own.auto_number or title.auto_number
    if automatic:
        return read_number(automatic), automatic, title.text
    found, rest = split_number(title.text)
    return found, found.value if found else "", rest


def headings_before(paragraphs: Sequence[Paragraph], *, between: bool) -> list[Paragraph]:
    """Of the paragraphs right above a table those that head a section of it.

    Above the first table only numbered ones count, and at most two: more of them are a list of contents.
    """
    run: list[Paragraph] = []
    for paragraph in reversed(paragraphs):
        text = one_line(strip_markup(paragraph.text)[0])
        if not text:
            continue
        if not _heads(text, between=between and not run):
            break
        run.insert(0, paragraph)
    return run if len(run) <= 2 or between else []


def _heads(text: str, *, between: bool) -> bool:
    if len(text) > _LONGEST_HEADING or _NO_HEADING.match(text):
        return False
    if has_section_word(text):
        return True
    heading = read_heading(text)
    if heading.form != "plain":
        return bool(heading.title)
    return between and not text.endswith((".", ":", ";")) and len(text.split()) > 1 and text[0].isupper() and len(text) < 150
