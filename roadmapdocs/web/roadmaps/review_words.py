"""Words of the review: names of columns, what the choices under a remark are called, what was read in a cell."""

from __future__ import annotations

from collections.abc import Iterable

from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.draft import DraftItem
from roadmapdocs.roadmap.reader.fit import Column
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.russian.terms import Term
from roadmapdocs.web.roadmaps.item_page import term_words

#: The name of a column in fields of forms and in the style sheet, by its role.
NAMES = {
    Role.NUMBER: "number",
    Role.TITLE: "title",
    Role.PERIOD: "term",
    Role.RESPONSIBLE: "responsible",
    Role.DOCUMENTS: "expected",
    Role.TOTAL: "total",
    Role.YEAR: "year",
    Role.OTHER: "other",
}
_ORDER = list(NAMES)
#: The column a remark is pinned to, where it is not the title.
_PINNED = {
    Role.NUMBER: (
        "missing_number",
        "missing_numbers",
        "numbering_gap",
        "numbering_order",
        "duplicate_number",
        "number_with_stray_dot",
    ),
    Role.PERIOD: ("missing_period", "unreadable_period", "year_outside_plan", "year_before_stamp"),
    Role.RESPONSIBLE: (
        "missing_responsible",
        "surplus_separator",
        "missing_separator",
        "broken_word",
        "unknown_abbreviation",
        "date_in_responsible_cell",
    ),
    Role.DOCUMENTS: ("missing_expected_document",),
    Role.TOTAL: ("total_does_not_add_up", "frequency_in_total_cell"),
    Role.YEAR: ("year_outside_column", "date_in_value_cell", "two_values_in_cell", "unreadable_period", "year_outside_plan"),
    Role.OTHER: ("unplaced_text",),
}


def names_of(columns: tuple[Column, ...]) -> list[str]:
    """A name for each column that tells it from the others: «term», «term-2», «year-2021», «other-7»."""
    names: list[str] = []
    for column in columns:
        name = NAMES[column.role]
        name += f"-{column.year}" if column.role is Role.YEAR else f"-{column.at}" if column.role is Role.OTHER else ""
        copies = sum(other == name or other.startswith(f"{name}/") for other in names)
        names.append(f"{name}/{copies + 1}" if copies else name)
    return names


def place_of(column: Column) -> tuple[int, int, int]:
    """Columns are shown in this order, whatever it is in the file."""
    return _ORDER.index(column.role), column.year or 0, column.at


def label_of(column: Column) -> str:
    if column.role is Role.YEAR:
        return str(column.year or column.header)
    return column.header if column.role is Role.OTHER and column.header else role_words(column.role)


def role_words(role: Role) -> str:
    words = {
        Role.NUMBER: _("No."),
        Role.TITLE: _("Measure"),
        Role.PERIOD: _("Term"),
        Role.RESPONSIBLE: _("Responsible"),
        Role.DOCUMENTS: _("Expected document"),
        Role.TOTAL: _("In all"),
        Role.YEAR: _("Year"),
        Role.OTHER: _("Other"),
    }
    return words[role]


def pinned_to(code: str, columns: tuple[Column, ...]) -> int:
    """Index of the column at which a remark is shown."""
    roles = [column.role for column in columns]
    wanted = [role for role, codes in _PINNED.items() if code in codes and role in roles]
    return roles.index(wanted[0] if wanted else Role.TITLE)


def reading_of(column: Column, printed: str, item: DraftItem) -> str:
    """What was understood of a cell, where that is not simply what is printed."""
    if column.role is Role.PERIOD:
        return _terms(term for term in item.terms if term.year is None)
    if column.role is Role.YEAR:
        return _terms(term for term in item.terms if term.year == column.year) if printed else ""
    if column.role is Role.RESPONSIBLE and len(item.responsible) > 1:
        return " · ".join(item.responsible)
    inferred = [expected.title for expected in item.expected_documents if expected.inferred]
    if column.role is Role.DOCUMENTS and len(item.expected_documents) > 1:
        return " · ".join(expected.title for expected in item.expected_documents)
    if column.role is Role.TITLE and inferred:
        return _("will be suggested: %(documents)s", documents="; ".join(inferred))
    return ""


def _terms(terms: Iterable[Term]) -> str:
    readings = [str(term_words(term)["reading"]) for term in terms]
    return "; ".join(reading for reading in readings if reading)


def fixes_of(code: str, solved: bool) -> list[tuple[str, str]]:
    """Choices under a remark: what is done (an operation of the form) and what the button says."""
    if solved:
        return [("reconsider", _("Ask again"))]
    known = {
        "missing_title": [("accept", _("Leave it without a title")), ("skip", _("Leave the row out"))],
        "no_title": [],
        "page_break": [("accept", _("Joined rightly"))],
        "shifted_cells": [("accept", _("Cells are in place"))],
        "unplaced_text": [("accept", _("Not needed"))],
        "extra_cells": [("accept", _("Not needed"))],
        "other_table": [("accept", _("Not needed"))],
    }
    return known.get(code, [("accept", _("Leave it as it is"))])
