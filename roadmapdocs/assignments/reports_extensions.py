"""Moves of deadlines: who asked, what was granted, refused or ordered, and how far each assignment was moved."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.assignments.models import Assignment, DueExtension
from roadmapdocs.assignments.reports import people_by_name
from roadmapdocs.assignments.reports_rules import Period
from roadmapdocs.assignments.words import ExtensionState

#: After these the deadline is another.
_MOVED: Final = (ExtensionState.GRANTED, ExtensionState.ORDERED)
_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moves:
    """``asked`` are all requests, answered or not; ``ordered`` moves that nobody had asked for."""

    asked: int = 0
    granted: int = 0
    refused: int = 0
    waiting: int = 0
    ordered: int = 0

    def __add__(self, other: Moves) -> Moves:
        return Moves(
            self.asked + other.asked,
            self.granted + other.granted,
            self.refused + other.refused,
            self.waiting + other.waiting,
            self.ordered + other.ordered,
        )


@dataclass(frozen=True, slots=True)
class PersonMoves:
    """Of one responsible person's assignments, whoever did the asking."""

    person: int
    name: str
    moves: Moves


@dataclass(frozen=True, slots=True)
class MovedAssignment:
    """How often the deadline of an assignment was moved within the period."""

    assignment: int
    times: int


def _asked_in(period: Period, zone: dt.tzinfo) -> pw.Expression:
    """Asked or ordered on a day of the period, as the office counts days."""
    condition = DueExtension.asked_at.is_null(False)
    if period.since is not None:
        condition &= DueExtension.asked_at >= dt.datetime.combine(period.since, dt.time(), tzinfo=zone)
    if period.until is not None and period.until < dt.date.max:
        condition &= DueExtension.asked_at < dt.datetime.combine(period.until + _DAY, dt.time(), tzinfo=zone)
    return condition


def moves_by_person(within: pw.Expression, period: Period, *, zone: dt.tzinfo) -> list[PersonMoves]:
    """By name. Two statements."""
    rows = (
        DueExtension.select(Assignment.responsible, DueExtension.state, pw.fn.COUNT(DueExtension.id))
        .join(Assignment, on=(DueExtension.assignment == Assignment.id))
        .where(_asked_in(period, zone) & within)
        .group_by(Assignment.responsible, DueExtension.state)
    )
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    for person, state, number in rows.tuples():
        counted[person][state] = number
    return [PersonMoves(person, name, _moves(counted[person])) for person, name in people_by_name(counted).items()]


def _moves(counts: dict[str, int]) -> Moves:
    ordered = counts.get(ExtensionState.ORDERED, 0)
    return Moves(
        asked=sum(counts.values()) - ordered,
        granted=counts.get(ExtensionState.GRANTED, 0),
        refused=counts.get(ExtensionState.REFUSED, 0),
        waiting=counts.get(ExtensionState.ASKED, 0),
        ordered=ordered,
    )


def moved(within: pw.Expression, period: Period, *, zone: dt.tzinfo, limit: int, offset: int = 0) -> list[MovedAssignment]:
    """Those moved most often first. One statement."""
    times = pw.fn.COUNT(DueExtension.id)
    rows = (
        DueExtension.select(DueExtension.assignment, times)
        .join(Assignment, on=(DueExtension.assignment == Assignment.id))
        .where(DueExtension.state.in_(_MOVED) & _asked_in(period, zone) & within)
        .group_by(DueExtension.assignment)
        .order_by(times.desc(), DueExtension.assignment)
        .limit(limit)
        .offset(offset)
    )
    return [MovedAssignment(assignment, number) for assignment, number in rows.tuples()]


def moved_count(within: pw.Expression, period: Period, *, zone: dt.tzinfo) -> int:
    """How many assignments have another deadline by moves within the period."""
    number = pw.fn.COUNT(DueExtension.assignment.distinct())
    query = DueExtension.select(number).join(Assignment, on=(DueExtension.assignment == Assignment.id))
    return int(query.where(DueExtension.state.in_(_MOVED) & _asked_in(period, zone) & within).scalar() or 0)
