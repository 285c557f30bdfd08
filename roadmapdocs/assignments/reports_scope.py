"""Of which assignments a report speaks: whose, of what, and of those only that the reader may see."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.visibility import seen_by
from roadmapdocs.people.models import Post, Unit
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, Item

_ALWAYS = pw.SQL("1") == pw.SQL("1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Conditions of a report; what is None or False is none. ``people`` are the responsible ones, ``unit`` has all below it."""

    people: frozenset[int] | None = None
    unit: int | None = None
    controllers: frozenset[int] | None = None
    document: int | None = None
    roadmap: int | None = None
    section: int | None = None
    item: int | None = None
    on_control: bool = False


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """A unit in the tree of units; ``depth`` 0 is the top."""

    id: int
    name: str
    parent: int | None
    depth: int


class Staff:
    """Units, and to which of them each person counts: one post one person, whatever the number of posts.

    That is the post held on the day for the longest time; of somebody who left, the last one. Two statements.
    """

    def __init__(self, day: dt.date) -> None:
        rows = list(Unit.select(Unit.id, Unit.name, Unit.parent).order_by(Unit.name, Unit.id))
        self.units = _as_tree(rows)
        self._parents = {row.id: row.parent_id for row in rows}
        self.unit_of = _units_of_people(day)

    def above(self, unit: int | None) -> list[int]:
        """The unit and those above it, as far as they are known; a circle of hand-made rows ends."""
        chain: list[int] = []
        while unit is not None and unit in self._parents and unit not in chain:
            chain.append(unit)
            unit = self._parents[unit]
        return chain

    def people_of(self, unit: int) -> list[int]:
        """Who counts to the unit or to one below it."""
        return [person for person, own in self.unit_of.items() if unit in self.above(own)]


def _as_tree(rows: Iterable[Unit]) -> tuple[UnitPlace, ...]:
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    found: list[UnitPlace] = []
    waiting = [(row, 0) for row in reversed(below[None])]
    while waiting:
        row, depth = waiting.pop()
        found.append(UnitPlace(row.id, row.name, row.parent_id, depth))
        waiting += [(child, depth + 1) for child in reversed(below[row.id])]
    return tuple(found)


def _units_of_people(day: dt.date) -> dict[int, int]:
    posts = Post.select(Post.employee, Post.unit, Post.since, Post.until).order_by(Post.since, Post.id).tuples()
    chosen: dict[int, tuple[bool, int]] = {}
    for employee, unit, since, until in posts:
        held = since <= day and (until is None or until >= day)
        known = chosen.get(employee)
        if known is None or not known[0]:
            chosen[employee] = (held, unit)
    return {employee: unit for employee, (_held, unit) in chosen.items()}


def within(scope: Scope, by: Actor, staff: Staff) -> pw.Expression:
    """The condition on :class:`Assignment`: what the scope asks for and the reader may see."""
    condition = seen_by(by)
    if scope.people is not None:
        condition &= _among(Assignment.responsible, scope.people)
    if scope.controllers is not None:
        condition &= _among(Assignment.controller, scope.controllers)
    if scope.document is not None:
        condition &= Assignment.document == scope.document
    if scope.on_control:
        condition &= Assignment.on_control
    if scope.unit is not None:
        condition &= _among(Assignment.responsible, staff.people_of(scope.unit))
    if scope.item is not None:
        condition &= Assignment.item == scope.item
    items = _items(scope)
    if items is not None:
        condition &= Assignment.item.in_(items)
    return condition


def _among(column: pw.Field, ids: Collection[int]) -> pw.Expression:
    """One id is compared as such, which indexes are made for; none of none is never."""
    if not ids:
        return ~_ALWAYS
    return column == next(iter(ids)) if len(ids) == 1 else column.in_(sorted(ids))


def _items(scope: Scope) -> pw.ModelSelect | None:
    """Items of the roadmap, in whichever edition, or of one section of an edition."""
    if scope.section is not None:
        return Item.select(Item.id).where(Item.section == scope.section)
    if scope.roadmap is not None:
        return Item.select(Item.id).join(Edition).where(Edition.roadmap == scope.roadmap)
    return None


def between(column: pw.Field, since: dt.date | None, until: dt.date | None) -> pw.Expression:
    """Days of the period, both inside; an open side asks for nothing."""
    condition = _ALWAYS
    if since is not None:
        condition = column >= since
    if until is not None:
        condition = condition & (column <= until) if since is not None else column <= until
    return condition
