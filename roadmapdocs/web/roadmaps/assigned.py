"""Assignments beside coverage: on the page of an item, in the panel of a slot, as a mark in the matrix."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.assignments.editions import outdated
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.slots import Key, by_slot, of_item, without_document
from roadmapdocs.assignments.visibility import visible_to
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.assignments.words import Badge, badges_of, left_words


def assign_url(page: str, actor: Actor, *, item: int | None = None) -> str:
    """Where open terms become assignments: of an item, or of the whole roadmap whose ``page`` that is; empty for whom
    it is not open.
    """
    if not may(actor, Action.ASSIGN):
        return ""
    return f"{page}/assign?item={item}" if item is not None else f"{page}/assign"


@dataclass(frozen=True, slots=True)
class Assigned:
    """``without_document``: it is fulfilled, and what it should have made is not there."""

    text: str
    url: str
    responsible: str
    due: dt.date | None
    left: str
    badges: list[Badge]
    without_document: bool
    outdated: bool


class AssignedOfItem:
    """What one reader sees of the assignments of an item: by slot, and those that belong to none."""

    def __init__(self, item_id: int, *, actor: Actor, today: dt.date) -> None:
        rows = of_item(item_id, visible_to(actor))
        gone = outdated(rows)
        self._today = today
        self._by_slot = {key: self._lines(found, gone) for key, found in by_slot(rows).items()}
        self._rest = self._lines([row for row in rows if row.expected_id is None], gone)

    def of(self, key: Key) -> list[Assigned]:
        return self._by_slot.get(key, [])

    def beside(self, keys: Collection[Key]) -> list[Assigned]:
        """Those for the item as a whole, or for a period that is not among ``keys``."""
        return [*self._rest, *(line for key, lines in self._by_slot.items() if key not in keys for line in lines)]

    def _lines(self, rows: Collection[Assignment], gone: Collection[int]) -> list[Assigned]:
        return [
            Assigned(
                text=row.text,
                url=url_for("roadmapdocs_assignments.card", assignment_id=row.id),
                responsible=str(row.responsible),
                due=row.due,
                left=left_words(row, self._today),
                badges=badges_of(row, self._today),
                without_document=without_document(row),
                outdated=row.id in gone,
            )
            for row in rows
        ]
