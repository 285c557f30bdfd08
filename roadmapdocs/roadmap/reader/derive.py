"""The second half of the reader: a sheet to the draft, and everything doubtful about it row by row."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roadmapdocs.roadmap.draft import Defect, Draft
from roadmapdocs.roadmap.reader.abbreviations import COMMON, tokens
from roadmapdocs.roadmap.reader.clean import one_line
from roadmapdocs.roadmap.reader.columns import Layout
from roadmapdocs.roadmap.reader.defects import Defects, Key
from roadmapdocs.roadmap.reader.entries import Entry
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.heading import names_school_years
from roadmapdocs.roadmap.reader.items import Plan, build_items, merge_spellings
from roadmapdocs.roadmap.reader.numbering import check_numbering
from roadmapdocs.roadmap.reader.numbers import read_number
from roadmapdocs.roadmap.reader.sections import SectionTree, read_heading
from roadmapdocs.roadmap.reader.sheet import SECTION, Sheet, SheetRow


@dataclass(frozen=True, slots=True)
class Remark:
    """A defect with the ``row`` it is about (None: the whole file). ``key`` names it over corrections elsewhere."""

    key: str
    row: int | None
    defect: Defect
    accepted: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sheet says: the draft, what is doubtful, and for each item the id of its row."""

    draft: Draft
    remarks: tuple[Remark, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Body:
    """Rows that count, by their place in the sheet. Rows split by hand share their line in the file, so that while
    the body is read the ``line`` of entries and sections is this place."""

    rows: dict[int, SheetRow]
    entries: dict[int, Entry]
    tree: SectionTree
    numbers: dict[int, str]  # of sections, by the id of the row

    @property
    def items(self) -> list[Entry]:
        return list(self.entries.values())


def draft_of(sheet: Sheet) -> Draft:
    return read_sheet(sheet).draft


def read_sheet(sheet: Sheet) -> Reading:
    """Rows left out do not count; doubts that a person called right are remarks, but no defects of the draft."""
    found = Defects()
    body = _read_rows(sheet, found)
    if not sheet.title:
        found.add("no_title")
    spellings = merge_spellings(body.items, sheet.abbreviations)
    items = build_items(body.items, Plan(sheet.period, spellings, names_school_years(sheet.title)), found)
    check_numbering(body.items, found)
    _check_sections(body, found)
    _check_abbreviations(body.items, {*sheet.abbreviations, *sheet.known}, found)
    remarks = _remarks(sheet, body, found)
    draft = Draft(
        title=sheet.title,
        period=sheet.period,
        approval=sheet.approval,
        abbreviations=sheet.abbreviations,
        sections=tuple(replace(section, line=_line(section.line, body)) for section in body.tree.sections),
        items=tuple(replace(item, line=_line(item.line, body)) for item in items),
        defects=tuple(remark.defect for remark in remarks if not remark.accepted),
    )
    return Reading(draft, remarks, tuple(body.rows[place].id for place in body.entries))


def _read_rows(sheet: Sheet, found: Defects) -> _Body:
    rows = {place: row for place, row in enumerate(sheet.rows, start=1) if not row.skipped}
    body = _Body(rows, {}, SectionTree(), {})
    layouts = [Layout(columns) for columns in sheet.layouts]
    for place, row in rows.items():
        if row.kind == SECTION:
            body.tree.add(replace(row.heading or read_heading(row.text), line=place))
            body.numbers[row.id] = body.tree.current or ""
            spare = _spare_cells(sheet, row)
            if spare:
                found.add("unplaced_text", place, text=spare)
        else:
            body.entries[place] = _entry(sheet, row, layouts[row.layout], place, body.tree.current)
            body.tree.item_seen()
    return body


def _entry(sheet: Sheet, row: SheetRow, layout: Layout, place: int, section: str | None) -> Entry:
    printed = one_line("\n".join(sheet.cell(row, Role.NUMBER)))
    title = one_line("\n".join(sheet.cell(row, Role.TITLE)))
    cells = [[line for line in lines if line] for lines in row.cells]
    return Entry(place, layout, read_number(printed) if printed else None, printed, title, section, cells)


def _spare_cells(sheet: Sheet, row: SheetRow) -> str:
    """What a row that became a heading holds beside its number and title."""
    pairs = zip(sheet.columns_of(row), row.cells, strict=False)
    texts = [" ".join(lines) for column, lines in pairs if column.role not in (Role.NUMBER, Role.TITLE)]
    return " | ".join(text for text in texts if text)


def _remarks(sheet: Sheet, body: _Body, found: Defects) -> tuple[Remark, ...]:
    """Findings of the layout, whose lines are those of the file, and those of the rows, by line."""
    ids = {row.id: place for place, row in body.rows.items()}
    seen = Defects()
    rows_of: dict[Key, int | None] = {}
    for finding in sheet.findings:
        if finding.row is not None and finding.row not in ids:
            continue
        entry = body.entries.get(ids.get(finding.row or 0, 0))
        values: dict[str, object] = dict(finding.values)
        if finding.code == "section_outside_table":
            values["number"] = body.numbers.get(finding.row or 0, "")
        rows_of[seen.add(finding.code, finding.line, entry.name if entry else None, **values)] = finding.row
    remarks = [_remark(sheet, key, rows_of[key], defect) for key, defect in seen.keyed()]
    for key, defect in found.keyed():
        row = body.rows[defect.line] if defect.line else None
        told = replace(defect, line=row.line) if row else defect
        remarks.append(_remark(sheet, key, row.id if row else None, told))
    return tuple(sorted(remarks, key=lambda remark: remark.defect.line or 0))


def _remark(sheet: Sheet, key: Key, row: int | None, defect: Defect) -> Remark:
    name = f"{defect.code}:{row or 0}:{zlib.crc32(key[3].encode()):08x}"
    return Remark(name, row, defect, name in sheet.accepted)


def _line(place: int | None, body: _Body) -> int | None:
    return body.rows[place].line if place else None


def _check_sections(body: _Body, defects: Defects) -> None:
    for section in body.tree.repeated:
        defects.add("duplicate_section", section.line, number=section.number.partition("/")[0], kept=section.number)
    for section in body.tree.unnumbered:
        defects.add("section_without_number", section.line, kept=section.number)
    if body.tree.sections:
        for entry in body.items:
            if entry.section is None:
                defects.add("item_without_section", entry.line, entry.name)


def _check_abbreviations(entries: Sequence[Entry], explained: set[str], defects: Defects) -> None:
    known = COMMON | {token for short in explained for token in tokens(short)}
    told: set[str] = set()
    for entry in entries:
        for token in tokens(" ".join(entry.of(Role.RESPONSIBLE))):
            if token not in known and token not in told:
                told.add(token)
                defects.add("unknown_abbreviation", entry.line, entry.name, abbreviation=token)
