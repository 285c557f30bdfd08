"""A new edition of a roadmap: assignments go over to the items and periods that are still the same."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import peewee as pw

from roadmapdocs.assignments.models import Assignment, AssignmentSeries
from roadmapdocs.assignments.words import State
from roadmapdocs.coverage.editions import Continued, continued
from roadmapdocs.hooks import edition_stored
from roadmapdocs.roadmap.models import Edition, Item, current_editions


def listen() -> None:
    """React from now on. Idempotent."""
    edition_stored.connect(_stored)


def _stored(edition: Edition, *, previous: Edition | None, **_more: Any) -> None:
    if previous is not None:
        carry_over(previous, edition)


def carry_over(previous: Edition, edition: Edition) -> int:
    """Take the assignments of the edition before along, within a transaction; give how many.

    An item and an expected document are the same as for proofs (:func:`roadmapdocs.coverage.editions.continued`).
    An assignment keeps its text whatever happens. One whose item is in the new edition and whose document or period
    is not belongs to the item alone, and its period says what is missing; one whose item is gone stays with that of
    the edition before: see :func:`outdated`. Series go on with the item that is the same.
    """
    rows = list(Assignment.select().join(Item).where(_lasting() & (Item.edition == previous)).order_by(Assignment.id))
    series = [row for row in _running() if row.plan.get("item") is not None]
    if not rows and not series:
        return 0
    going_on = continued(previous, edition)
    for one in series:
        # What it gives from now on belongs to the item of this edition.
        if (now := going_on.items.get(one.plan["item"])) is not None:
            AssignmentSeries.update(plan={**one.plan, "item": now}).where(AssignmentSeries.id == one.id).execute()
    carried = 0
    for row in rows:
        item = going_on.items.get(row.item_id)
        if item is None:
            continue
        expected, period = _slot(row, going_on)
        changed = {"item": item, "expected": expected, "period": period or row.period}
        carried += Assignment.update(changed).where(Assignment.id == row.id).execute()
    return carried


def _running() -> list[AssignmentSeries]:
    """Series that give more."""
    return list(AssignmentSeries.select().where(AssignmentSeries.ended_at.is_null()).order_by(AssignmentSeries.id))


def _lasting() -> pw.Expression:
    """What was cancelled remains where it was."""
    return Assignment.state != str(State.CANCELLED)


def _slot(row: Assignment, going_on: Continued) -> tuple[int | None, str]:
    found = going_on.slot(row.expected_id, row.period) if row.expected_id is not None else None
    return found or (None, "")


def outdated(assignments: Collection[Assignment]) -> set[int]:
    """Ids of those whose item, document or period is not in the current edition of its roadmap any more."""
    rows = [row for row in assignments if row.item_id is not None]
    if not rows:
        return set()
    current = Item.select(Item.id).where(Item.id.in_({row.item_id for row in rows}) & Item.edition.in_(current_editions()))
    items = {found for (found,) in current.tuples()}
    return {row.id for row in rows if row.item_id not in items or (row.period and row.expected_id is None)}
