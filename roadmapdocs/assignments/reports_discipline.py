"""Исполнительская дисциплина: what was due in a period and how it was done, by person and by unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.reports import Which, people_by_name, that
from roadmapdocs.assignments.reports_rules import Period, Tally
from roadmapdocs.assignments.reports_scope import Staff, UnitPlace
from roadmapdocs.people.presence import works_on

#: The figures in the order of the columns of :class:`Tally`.
_FIGURES: Final = (Which.IN_TIME, Which.DONE_LATE, Which.NOT_DONE, Which.AHEAD, Which.EXTENDED, Which.ON_CHECK)
_WHENEVER: Final = Period()


@dataclass(frozen=True, slots=True)
class PersonRow:
    person: int
    name: str
    left: bool
    unit: int | None
    figures: Tally


@dataclass(frozen=True, slots=True)
class UnitRow:
    """The figures of a unit are those of its people and of all units below it."""

    unit: UnitPlace
    figures: Tally


@dataclass(frozen=True, slots=True)
class Discipline:
    """``people`` by name, ``units`` as a tree, without those of whom nothing was due."""

    whole: Tally
    people: tuple[PersonRow, ...]
    units: tuple[UnitRow, ...]


def discipline(within: pw.Expression, period: Period, *, staff: Staff, today: dt.date) -> Discipline:
    """Of the assignments that ``within`` admits and whose deadline in force lies in the period. Three statements."""
    figures = tallies(within, period, today)
    names = people_by_name(figures)
    here = works_on(figures, today)
    people = tuple(
        PersonRow(person, name, person not in here, staff.unit_of.get(person), figures[person])
        for person, name in names.items()
    )
    return Discipline(sum((row.figures for row in people), Tally()), people, _units(people, staff))


def tallies(within: pw.Expression, period: Period, today: dt.date) -> dict[int, Tally]:
    """Figures by the id of the responsible. One statement."""
    sums = [pw.fn.SUM(pw.Case(None, ((that(which, _WHENEVER, today), 1),), 0)) for which in _FIGURES]
    rows = (
        Assignment.select(Assignment.responsible, *sums)
        .where(that(Which.COUNTED, period, today) & within)
        .group_by(Assignment.responsible)
    )
    return {person: Tally(*(int(figure) for figure in figures)) for person, *figures in rows.tuples()}


def _units(people: Iterable[PersonRow], staff: Staff) -> tuple[UnitRow, ...]:
    sums: dict[int, Tally] = {}
    for row in people:
        for unit in staff.above(row.unit):
            sums[unit] = sums.get(unit, Tally()) + row.figures
    return tuple(UnitRow(unit, sums[unit.id]) for unit in staff.units if unit.id in sums)
