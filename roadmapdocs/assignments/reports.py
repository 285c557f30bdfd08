"""Lists of assignments that reports show and their figures lead to, and the counts over them.

A question costs a fixed number of statements, whatever the number of assignments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import peewee as pw

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.reports_rules import Lateness, Period, is_extended, lateness
from roadmapdocs.assignments.reports_scope import between
from roadmapdocs.assignments.words import FULFILLED, LIVE, State
from roadmapdocs.people.models import Employee
from roadmapdocs.people.presence import works, works_on
from roadmapdocs.people.rules import initials_after
from roadmapdocs.workdays.rules import Calendar


class Which(StrEnum):
    """Lists behind the figures. ``LEFT``: whoever is responsible does not work here any more."""

    DUE = "due"
    LATE = "late"
    LEFT = "left"
    COUNTED = "counted"
    IN_TIME = "in_time"
    DONE_LATE = "done_late"
    NOT_DONE = "not_done"
    AHEAD = "ahead"
    EXTENDED = "extended"
    ON_CHECK = "on_check"
    LIVE = "live"
    DONE = "done"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Line:
    """An assignment as a row of a report. ``late`` is by how much it is or was done late."""

    id: int
    text: str
    point: str
    state: State
    due: dt.date | None
    first_due: dt.date | None
    done_on: dt.date | None
    document: int | None
    item: int | None
    responsible: int
    responsible_name: str
    left: bool
    controller_name: str
    on_control: bool
    late: Lateness

    @property
    def extended(self) -> bool:
        return is_extended(self.first_due, self.due)


@dataclass(frozen=True, slots=True)
class PersonLate:
    """How much of one person's is late, the longest for how many days of the calendar."""

    person: int
    name: str
    left: bool
    count: int
    longest: int


_live: Final = Assignment.state.in_(LIVE)
_fulfilled: Final = Assignment.state.in_(FULFILLED) & Assignment.done_on.is_null(False)
#: Live or fulfilled, as one range of states: what was removed without execution is not asked for.
_counted: Final = Assignment.state.in_((*LIVE, *FULFILLED)) & (
    Assignment.done_on.is_null(False) | Assignment.state.not_in(FULFILLED)
)
#: The same with what was removed: whatever was given and not given up.
_given: Final = Assignment.state.in_((*LIVE, *FULFILLED))


def that(which: Which, period: Period, today: dt.date) -> pw.Expression:
    """The condition of a list. The period is that of the deadline in force."""
    inside = between(Assignment.due, period.since, period.until)
    dated = Assignment.due.is_null(False)
    conditions = {
        Which.DUE: _live & (Assignment.due >= today),
        Which.LATE: _live & (Assignment.due < today),
        Which.LEFT: _live & Assignment.responsible.in_(Employee.select(Employee.id).where(~works(today))),
        Which.COUNTED: _counted & dated,
        Which.IN_TIME: _fulfilled & (Assignment.done_on <= Assignment.due),
        Which.DONE_LATE: _fulfilled & (Assignment.done_on > Assignment.due),
        Which.NOT_DONE: _live & (Assignment.due < today),
        Which.AHEAD: _live & (Assignment.due >= today),
        Which.EXTENDED: _counted & (Assignment.first_due < Assignment.due),
        Which.ON_CHECK: (Assignment.state == State.REPORTED) & (Assignment.due < today),
        Which.LIVE: _live,
        Which.DONE: _fulfilled,
        Which.GIVEN: _given,
    }
    return conditions[which] & inside


def count(condition: pw.Expression) -> int:
    return int(Assignment.select(pw.fn.COUNT(Assignment.id)).where(condition).scalar() or 0)


#: Orders of lists.
BY_DUE: Final = (Assignment.due, Assignment.id)
_person = Employee.alias()
_controller = Employee.alias()
BY_PERSON: Final = (_person.surname, _person.name, _person.patronymic, Assignment.responsible, Assignment.due, Assignment.id)


def lines(
    condition: pw.Expression,
    *,
    today: dt.date,
    calendar: Calendar,
    order: Sequence[Any] = BY_DUE,
    limit: int,
    offset: int = 0,
) -> list[Line]:
    """Two statements: the rows, and who of their people has left."""
    picked = Assignment.select(Assignment.id).where(condition)
    if order is BY_PERSON:
        picked = picked.join(_person, on=(Assignment.responsible == _person.id))
    ids = [found for (found,) in picked.order_by(*order).limit(limit).offset(offset).tuples()]
    return lines_of(ids, today=today, calendar=calendar)


def lines_of(ids: Sequence[int], *, today: dt.date, calendar: Calendar) -> list[Line]:
    """Rows of these assignments, in this order; who may see them was looked at before."""
    rows: dict[int, tuple[Any, ...]] = {}
    for start in range(0, len(ids), _PORTION):
        rows |= {row[0]: row for row in _rows(ids[start : start + _PORTION])}
    here = works_on({row[9] for row in rows.values()}, today)
    return [_line(rows[one], here, today, calendar) for one in ids if one in rows]


#: As many ids as one statement takes, on any database.
_PORTION: Final = 5_000


def _rows(ids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
    chosen = (
        *(Assignment.id, Assignment.text, Assignment.point, Assignment.state, Assignment.due, Assignment.first_due),
        *(Assignment.done_on, Assignment.document, Assignment.item, Assignment.responsible, Assignment.on_control),
        *(_person.surname, _person.name, _person.patronymic),
        *(_controller.surname, _controller.name, _controller.patronymic),
    )
    query = (
        Assignment.select(*chosen)
        .join(_person, on=(Assignment.responsible == _person.id))
        .switch(Assignment)
        .join(_controller, pw.JOIN.LEFT_OUTER, on=(Assignment.controller == _controller.id))
        .where(Assignment.id.in_(list(ids)))
    )
    return list(query.tuples())


def _line(row: tuple[Any, ...], here: Collection[int], today: dt.date, calendar: Calendar) -> Line:
    id_, text, point, state, due, first_due, done_on, document, item, responsible, on_control, *people = row
    until = today if state in LIVE else done_on or due
    return Line(
        id=id_,
        text=text,
        point=point,
        state=State(state),
        due=due,
        first_due=first_due,
        done_on=done_on,
        document=document,
        item=item,
        responsible=responsible,
        responsible_name=initials_after(*people[:3]),
        left=responsible not in here,
        controller_name=initials_after(*people[3:]) if people[3] else "",
        on_control=on_control,
        late=lateness(due, until, calendar) if due is not None and until is not None else Lateness(0, 0),
    )


def late_by_person(condition: pw.Expression, *, today: dt.date) -> list[PersonLate]:
    """In the order of :data:`BY_PERSON`; ``condition`` is that of a list of late ones. Two statements."""
    counted = (
        Assignment.select(Assignment.responsible, pw.fn.COUNT(Assignment.id).alias("n"), pw.fn.MIN(Assignment.due).alias("first"))
        .where(condition)
        .group_by(Assignment.responsible)
    )
    figures = {person: (number, first) for person, number, first in counted.tuples()}
    people = people_by_name(figures)
    here = works_on(figures, today)
    return [
        PersonLate(person, name, person not in here, figures[person][0], (today - as_day(figures[person][1])).days)
        for person, name in people.items()
    ]


def by_day(condition: pw.Expression) -> dict[dt.date, int]:
    """How many fall due on each day, the first day first."""
    rows = Assignment.select(Assignment.due, pw.fn.COUNT(Assignment.id)).where(condition).group_by(Assignment.due)
    return dict(rows.order_by(Assignment.due).tuples())


def people_by_name(ids: Collection[int]) -> dict[int, str]:
    """Names as lists print them, by surname."""
    if not ids:
        return {}
    chosen = (Employee.id, Employee.surname, Employee.name, Employee.patronymic)
    rows = Employee.select(*chosen).where(Employee.id.in_(list(ids)))
    ordered = rows.order_by(Employee.surname, Employee.name, Employee.patronymic, Employee.id)
    return {person: initials_after(*name) for person, *name in ordered.tuples()}


def as_day(value: Any) -> dt.date:
    """A day out of an aggregate, which SQLite gives back as text."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
