"""Assignments by the slots of a roadmap that they were given for; coverage and execution are shown side by side."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import peewee as pw

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.words import FULFILLED, LIVE, State
from roadmapdocs.people.models import Employee
from roadmapdocs.roadmap.models import ExpectedDocument, Item

#: Something is under way for the slot, be it that the author has yet to confirm it.
_UNDER_WAY: Final = tuple(str(state) for state in (State.DRAFT, *LIVE))

Key = tuple[int, str]
"""A slot: the id of the expected document, and the key of the period."""


def of_item(item_id: int, condition: pw.Expression) -> list[Assignment]:
    """Assignments of an item that the condition lets through, with their responsible, the newest first.

    What was cancelled is left out.
    """
    rows = (
        Assignment.select(Assignment, Employee)
        .join(Employee, on=Assignment.responsible)
        .where((Assignment.item == item_id) & condition & (Assignment.state != str(State.CANCELLED)))
        .order_by(Assignment.id.desc())
    )
    return list(rows)


def by_slot(assignments: Collection[Assignment]) -> dict[Key, list[Assignment]]:
    """By slot, in their order; what belongs to an item alone is under none."""
    found: dict[Key, list[Assignment]] = {}
    for row in assignments:
        if row.expected_id is not None:
            found.setdefault((row.expected_id, row.period), []).append(row)
    return found


def without_document(assignment: Assignment) -> bool:
    """«Исполнено без документа»: accepted, and there is nothing that proves it (domain.md §20)."""
    fulfilled = assignment.state in FULFILLED and assignment.done_on is not None
    return fulfilled and assignment.expected_id is not None and assignment.result_id is None


def live_keys(edition_id: int, condition: pw.Expression) -> frozenset[Key]:
    """Slots of an edition with a live assignment that the condition lets through: one statement for a whole matrix."""
    rows = _of_edition(edition_id).where(Assignment.state.in_([str(state) for state in LIVE]) & condition)
    return frozenset((expected, period) for expected, period in rows.tuples())


def under_way(edition_id: int) -> frozenset[Key]:
    """Slots of an edition that get no other assignment for now."""
    rows = _of_edition(edition_id).where(Assignment.state.in_(_UNDER_WAY))
    return frozenset((expected, period) for expected, period in rows.tuples())


def _of_edition(edition_id: int) -> pw.ModelSelect:
    expected = ExpectedDocument.select(ExpectedDocument.id).join(Item).where(Item.edition == edition_id)
    return Assignment.select(Assignment.expected, Assignment.period).where(Assignment.expected.in_(expected))
