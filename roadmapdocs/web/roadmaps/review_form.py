"""The form of the review turned into corrections of the sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap import review
from roadmapdocs.roadmap.imports import Edit
from roadmapdocs.roadmap.reader.derive import read_sheet
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.sheet import ITEM, Meaning, Sheet, SheetRow
from roadmapdocs.web.roadmaps.review_page import cell_value
from roadmapdocs.web.roadmaps.review_words import fixes_of, names_of

_CELL = re.compile(r"cell-(?P<row>\d{1,9})-(?P<name>.+)")
_ROLE = re.compile(r"role-(?P<at>\d{1,3})")
_ROW_OPERATIONS: dict[str, Callable[..., Sheet]] = {
    "merge": review.merge_with_above,
    "split": review.split_row,
    "skip": review.skip,
    "restore": review.restore,
    "section": review.to_section,
    "item": review.to_item,
}


def typed_edits(sheet: Sheet, fields: Mapping[str, str]) -> list[Edit]:
    """Corrections for every field that says something else than the sheet; fields of unknown cells are let be."""
    edits: list[Edit] = []
    title = fields.get("title")
    if title is not None and title.strip() != sheet.title:
        edits.append(partial(review.set_title, text=title))
    first, last = fields.get("period_start"), fields.get("period_end")
    stored = tuple(str(year) for year in sheet.period) if sheet.period else ("", "")
    if first is not None and last is not None and (first.strip(), last.strip()) != stored:
        edits.append(partial(review.set_period, first=first, last=last))
    rows = {row.id: row for row in sheet.rows}
    names = [{name: at for at, name in enumerate(names_of(columns))} for columns in sheet.layouts]
    for field, text in fields.items():
        found = _CELL.fullmatch(field)
        row = rows.get(int(found["row"])) if found else None
        if found and row is not None:
            edits += _cell_edit(row, found["name"], names[row.layout], text)
    return edits


def _cell_edit(row: SheetRow, name: str, names: Mapping[str, int], text: str) -> list[Edit]:
    plain = text.replace("\r\n", "\n").strip()
    if row.kind != ITEM:
        return [partial(review.set_heading, row_id=row.id, text=text)] if name == "title" and plain != row.text else []
    at = names.get(name)
    if at is None or at >= len(row.cells) or plain == cell_value(row.cells[at]):
        return []
    return [partial(review.set_cell, row_id=row.id, column=at, text=text)]


def operation_edits(sheet: Sheet, operation: str) -> list[Edit]:
    """What a button of a row or of a remark asks for.

    :raise Refusal: ``unknown_operation`` for anything else
    """
    what, _colon, target = operation.partition(":")
    if what in _ROW_OPERATIONS and target.isdecimal() and len(target) < 10:
        return [partial(_ROW_OPERATIONS[what], row_id=int(target))]
    if what == "fix":
        return [_fix(sheet, target)]
    raise _unknown()


def row_of(sheet: Sheet, operation: str) -> int | None:
    """The row at which the page is to be shown again."""
    what, _colon, target = operation.partition(":")
    if what == "fix":
        number = target.partition(":")[0]
        remarks = read_sheet(sheet).remarks
        return remarks[int(number) - 1].row if number.isdecimal() and 0 < int(number[:6]) <= len(remarks) else None
    return int(target) if target.isdecimal() and len(target) < 10 else None


def _fix(sheet: Sheet, target: str) -> Edit:
    """``N:K``: the K-th choice (from 0) under the N-th remark (from 1)."""
    number, _colon, choice = target.partition(":")
    remarks = read_sheet(sheet).remarks
    if not (number.isdecimal() and choice.isdecimal() and 0 < int(number[:6]) <= len(remarks)):
        raise _unknown()
    remark = remarks[int(number[:6]) - 1]
    fixes = fixes_of(remark.defect.code, remark.accepted)
    if int(choice[:6]) >= len(fixes):
        raise _unknown()
    what = fixes[int(choice[:6])][0]
    if what == "skip" and remark.row is not None:
        return partial(review.skip, row_id=remark.row)
    return partial(review.reconsider if what == "reconsider" else review.accept, key=remark.key)


def meanings_in(fields: Mapping[str, str]) -> dict[int, Meaning]:
    """Column of the file → what it holds.

    :raise Refusal: ``unknown_operation`` for a meaning that the page does not offer
    """
    found: dict[int, Meaning] = {}
    for field, value in fields.items():
        column = _ROLE.fullmatch(field)
        if column is None:
            continue
        role, _colon, year = value.partition(":")
        try:
            found[int(column["at"])] = Meaning(Role(role), int(year[:4]) if year else None)
        except ValueError as problem:
            raise _unknown() from problem
    return found


def _unknown() -> Refusal:
    return Refusal("unknown_operation", _("The page asked for something that is not known here. Reload it and try again."))
