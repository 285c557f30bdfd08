"""Correcting a sheet: pure changes, each giving a new sheet or a refusal that says what to do instead."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.reader.clean import join_broken, one_line, printed_lines
from roadmapdocs.roadmap.reader.derive import Reading, Remark
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.numbers import read_number, split_number
from roadmapdocs.roadmap.reader.sections import read_heading
from roadmapdocs.roadmap.reader.sheet import ITEM, SECTION, Lines, Sheet, SheetRow

#: Doubts that hold a roadmap back until they are put right or called right; all others are questions and can wait.
HOLDING = frozenset({"missing_title", "no_title"})
LONGEST_CELL = 20_000
LONGEST_TITLE = 1_000
FIRST_YEAR, LAST_YEAR = 1990, 2100
_OWN_ROLES = (Role.NUMBER, Role.TITLE)


def holds(remark: Remark) -> bool:
    return remark.defect.code in HOLDING and not remark.accepted


def check_ready(reading: Reading) -> None:
    """
    :raise Refusal: ``import_not_ready`` while mistakes are left, ``no_items`` if nothing is left to store
    """
    if not reading.draft.items:
        raise Refusal("no_items", _("There is not one item to store. Take rows back, or choose another file."))
    mistakes = [remark for remark in reading.remarks if holds(remark)]
    if mistakes:
        raise Refusal(
            "import_not_ready",
            _(
                "Line %(line)s: %(message)s The roadmap can be loaded after that.",
                line=mistakes[0].defect.line or "—",
                message=mistakes[0].defect.message,
            ),
            mistakes=len(mistakes),
        )


def set_title(sheet: Sheet, text: str) -> Sheet:
    """:raise Refusal: ``too_long``"""
    title = one_line(_clean(text))
    if len(title) > LONGEST_TITLE:
        raise _too_long(LONGEST_TITLE)
    return replace(sheet, title=title)


def set_period(sheet: Sheet, first: str, last: str) -> Sheet:
    """Years as typed; both empty say that the roadmap names none, one alone is a plan of one year.

    :raise Refusal: ``bad_years``
    """
    typed = [text.strip() for text in (first, last) if text.strip()]
    years = [int(text) for text in typed if text.isdecimal() and len(text) == 4]
    known = all(FIRST_YEAR <= year <= LAST_YEAR for year in years)
    if len(years) != len(typed) or not known or years != sorted(years):
        raise Refusal(
            "bad_years",
            _("The years “%(first)s–%(last)s” cannot be taken. Write them like 2024 and 2026.", first=first, last=last),
            field="period_start",
        )
    return replace(sheet, period=(years[0], years[-1]) if years else None)


def set_cell(sheet: Sheet, row_id: int, column: int, text: str) -> Sheet:
    """``column`` is the index among the columns of the row's layout. Empty lines in ``text`` are kept: see split_row.

    :raise Refusal: ``too_long``, or ``no_cell`` if the row has no such column
    """
    row = find_row(sheet, row_id)
    if row.kind != ITEM or not 0 <= column < len(row.cells):
        raise Refusal("no_cell", _("The row has changed meanwhile: there is no such cell in it now. Reload the page."))
    cells = tuple(_lines(text) if at == column else lines for at, lines in enumerate(row.cells))
    return _with_row(sheet, replace(row, cells=cells))


def set_heading(sheet: Sheet, row_id: int, text: str) -> Sheet:
    """The heading of a section, its number in front.

    :raise Refusal: ``too_long``, or ``no_cell`` if the row is no section
    """
    row = find_row(sheet, row_id)
    if row.kind != SECTION:
        raise Refusal("no_cell", _("The row has changed meanwhile: there is no such cell in it now. Reload the page."))
    title = one_line(_clean(text))
    if len(title) > LONGEST_TITLE:
        raise _too_long(LONGEST_TITLE)
    return _with_row(sheet, replace(row, text=title, heading=read_heading(title, row.line)))


def skip(sheet: Sheet, row_id: int) -> Sheet:
    return _with_row(sheet, replace(find_row(sheet, row_id), skipped=True))


def restore(sheet: Sheet, row_id: int) -> Sheet:
    return _with_row(sheet, replace(find_row(sheet, row_id), skipped=False))


def to_section(sheet: Sheet, row_id: int) -> Sheet:
    """An item becomes a heading; its other cells stay with the row and are told about until it is an item again."""
    row = find_row(sheet, row_id)
    if row.kind == SECTION:
        return sheet
    number, title = one_line("\n".join(sheet.cell(row, Role.NUMBER))), one_line("\n".join(sheet.cell(row, Role.TITLE)))
    read = read_number(number) if number else None
    text = f"{read.value}. {title}" if read else f"{number} {title}".strip()
    return _with_row(sheet, replace(row, kind=SECTION, text=text, heading=read_heading(text, row.line)))


def to_item(sheet: Sheet, row_id: int) -> Sheet:
    row = find_row(sheet, row_id)
    if row.kind == ITEM:
        return sheet
    columns = sheet.columns_of(row)
    kept = row.cells or ((),) * len(columns)
    number, title = split_number(row.text)
    own = {Role.NUMBER: number.value if number else "", Role.TITLE: title}
    cells = tuple(
        _lines(own[column.role]) if column.role in _OWN_ROLES else lines
        for column, lines in zip(columns, kept, strict=True)
    )
    return _with_row(sheet, replace(row, kind=ITEM, cells=cells, text="", heading=None))


def merge_with_above(sheet: Sheet, row_id: int) -> Sheet:
    """The row goes on where the nearest row above ends: its cells are joined to those above, and it is gone.

    :raise Refusal: ``nothing_above``; ``unlike_rows`` for an item under a heading or rows of two tables
    """
    row = find_row(sheet, row_id)
    place = sheet.rows.index(row)
    above = next((other for other in reversed(sheet.rows[:place]) if not other.skipped), None)
    if above is None:
        raise Refusal("nothing_above", _("There is no row above this one to merge it with."))
    merged = replace(_merged(sheet, above, row), skipped=False)
    rows = tuple(merged if other is above else other for other in sheet.rows if other is not row)
    findings = tuple(replace(one, row=above.id) if one.row == row.id else one for one in sheet.findings)
    return replace(sheet, rows=rows, findings=findings)


def split_row(sheet: Sheet, row_id: int) -> Sheet:
    """What stands under the first empty line of each cell goes to a new row below.

    :raise Refusal: ``no_empty_line`` if no cell has one
    """
    row = find_row(sheet, row_id)
    if row.kind != ITEM or not any("" in lines for lines in row.cells):
        raise Refusal("no_empty_line", _("Put an empty line into a cell, where the second row is to begin, and split then."))
    upper = tuple(lines[: lines.index("")] if "" in lines else lines for lines in row.cells)
    lower = tuple(lines[lines.index("") + 1 :] if "" in lines else () for lines in row.cells)
    new = SheetRow(sheet.last_id + 1, row.line, ITEM, row.layout, lower, skipped=row.skipped)
    place = sheet.rows.index(row)
    rows = (*sheet.rows[:place], replace(row, cells=upper), new, *sheet.rows[place + 1 :])
    return replace(sheet, rows=rows, last_id=new.id)


def accept(sheet: Sheet, key: str) -> Sheet:
    """A person says that what was doubted is right as it stands."""
    return replace(sheet, accepted=sheet.accepted | {key})


def reconsider(sheet: Sheet, key: str) -> Sheet:
    return replace(sheet, accepted=sheet.accepted - {key})


def find_row(sheet: Sheet, row_id: int) -> SheetRow:
    """
    :raise NotFound: ``no_row``
    """
    found = next((row for row in sheet.rows if row.id == row_id), None)
    if found is None:
        raise NotFound("no_row", _("This row is not in the table any more: it was merged with another. Reload the page."))
    return found


def _with_row(sheet: Sheet, row: SheetRow) -> Sheet:
    return replace(sheet, rows=tuple(row if other.id == row.id else other for other in sheet.rows))


def _merged(sheet: Sheet, above: SheetRow, row: SheetRow) -> SheetRow:
    if above.kind == SECTION:
        if row.kind == ITEM:
            raise Refusal(
                "unlike_rows",
                _("An item cannot be merged with the heading of a section. Say first that it is a section itself."),
            )
        text = join_broken(above.text, row.text)
        return replace(above, text=text, heading=read_heading(text, above.line))
    columns = sheet.columns_of(above)
    if row.kind == SECTION:
        row = replace(row, layout=above.layout, cells=tuple(_title_only(column.role, row.text) for column in columns))
    if row.layout != above.layout:
        raise Refusal("unlike_rows", _("These rows stand in tables with different columns and cannot be merged."))
    cells = tuple(_joined(upper, lower) for upper, lower in zip(above.cells, row.cells, strict=True))
    return replace(above, cells=cells)


def _title_only(role: Role, text: str) -> Lines:
    return (text,) if role is Role.TITLE and text else ()


def _joined(upper: Lines, lower: Lines) -> Lines:
    """As the reader joins the parts of a row cut by a page. What both rows say alike (a number, a name) stands once."""
    if not upper or not lower or upper == lower:
        return upper or lower
    return (*upper[:-1], join_broken(upper[-1], lower[0]), *lower[1:])


def _lines(text: str) -> Lines:
    """Printed lines as the reader keeps them, with one empty line wherever the text has some."""
    clean = _clean(text)
    if len(clean) > LONGEST_CELL:
        raise _too_long(LONGEST_CELL)
    parts: list[list[str]] = [[]]
    for line in clean.split("\n"):
        if line.strip():
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    printed = [lines for lines in (printed_lines("\n".join(part)) for part in parts) if lines]
    kept: list[str] = []
    for lines in printed:
        kept.extend(["", *lines] if kept else lines)
    return tuple(kept)


def _clean(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"} else " " for sign in plain)


def _too_long(limit: int) -> Refusal:
    return Refusal("too_long", _("A text of more than %(limit)s characters is not taken. Shorten it.", limit=limit))
