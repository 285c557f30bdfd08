"""Conditions as a query, and one page of the assignments that meet them: picked, sorted and cut by the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import peewee as pw

from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.visibility import in_the_hands_of, visible_to
from roadmapdocs.assignments.words import LIVE, OPEN, Part, State
from roadmapdocs.people.models import Employee, Post, Unit
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.assignments.conditions import (
    ANY,
    CONTROL,
    GIVEN,
    LATE,
    LIVING,
    MINE,
    OVER,
    WEEK,
    Conditions,
)
from roadmapdocs.web.lists.query import counted

PAGE: Final = 50
MOST_COUNTED: Final = 1_000
_A_WEEK: Final = 7
_STATES = {
    LIVING: (*LIVE, State.DRAFT),
    OVER: (State.DONE, State.REMOVED, State.CANCELLED),
}


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` counts up to :data:`MOST_COUNTED`; with ``beyond`` there are more."""

    rows: list[Assignment]
    total: int
    page: int
    more: bool
    beyond: bool


def find(conditions: Conditions, actor: Actor, today: dt.date) -> Found:
    """One page, what falls due first before the rest; of what is over, the last first."""
    query = matching(conditions, actor, today)
    total = counted(query, MOST_COUNTED + 1)
    beyond = total > MOST_COUNTED
    last = max(-(-total // PAGE), 1)
    page = conditions.page if beyond else min(conditions.page, last)
    ids = [id_ for (id_,) in query.order_by(*_order(conditions)).paginate(page, PAGE + 1 if beyond else PAGE).tuples()]
    more = len(ids) > PAGE if beyond else page < last
    return Found(rows_of(ids[:PAGE]), min(total, MOST_COUNTED), page, more, beyond)


def rows_of(ids: Collection[int]) -> list[Assignment]:
    """These assignments with those responsible for them, in this order."""
    if not ids:
        return []
    rows = Assignment.select(Assignment, Employee).join(Employee, on=(Assignment.responsible == Employee.id))
    known = {row.id: row for row in rows.where(Assignment.id.in_(list(ids)))}
    return [known[id_] for id_ in ids if id_ in known]


def matching(conditions: Conditions, actor: Actor, today: dt.date) -> pw.ModelSelect:
    """Ids of the assignments that meet the conditions and are open to this person, in no order."""
    query = Assignment.select(Assignment.id).where(visible_to(actor))
    for clause in _clauses(conditions, actor, today):
        query = query.where(clause)
    return query


def count(conditions: Conditions, actor: Actor, today: dt.date, most: int) -> int:
    return counted(matching(conditions, actor, today), most)


def _order(conditions: Conditions) -> list[Any]:
    """The id breaks ties, so that pages are stable."""
    if conditions.shown_state in _STATES[OVER] or conditions.shown_state == OVER:
        return [Assignment.due.desc(nulls="LAST"), Assignment.id.desc()]
    return [Assignment.due.asc(nulls="LAST"), Assignment.id]


def _clauses(conditions: Conditions, actor: Actor, today: dt.date) -> list[Any]:
    found = [*_of_tab(conditions.tab, actor), *_of_state(conditions), *_of_due(conditions, today)]
    if conditions.person:
        of_them = AssignmentPerson.employee.in_(_people_called(conditions.person))
        found.append(Assignment.id.in_(AssignmentPerson.select(AssignmentPerson.assignment).where(of_them)))
    if conditions.unit:
        held = Post.held_on(today).select(Post.employee).where(Post.unit.in_(_with_below(conditions.unit)))
        found.append(Assignment.responsible.in_(held))
    if conditions.document:
        found.append(Assignment.document == conditions.document)
    if conditions.series:
        found.append(Assignment.series == conditions.series)
    # SQLite compares letters beyond ASCII as they are: a word is looked for as it was typed and with a capital.
    for word in conditions.q.split()[:8]:
        found.append(Assignment.text.contains(word.lower()) | Assignment.text.contains(word[:1].upper() + word[1:].lower()))
    return found


def _of_tab(tab: str, actor: Actor) -> list[Any]:
    if tab == MINE:
        other = Assignment.alias()
        people = AssignmentPerson.select(AssignmentPerson.assignment).join(other, on=(AssignmentPerson.assignment == other.id))
        parts = AssignmentPerson.part.in_([str(Part.RESPONSIBLE), str(Part.EXECUTOR)])
        mine = people.where(parts & in_the_hands_of(actor, AssignmentPerson.employee, other.document))
        return [Assignment.id.in_(mine), Assignment.state != State.DRAFT]
    if tab == GIVEN:
        made = Assignment.made_by_employee == (actor.employee_id or 0)
        return [in_the_hands_of(actor, Assignment.author, Assignment.document) | made]
    return [in_the_hands_of(actor, Assignment.controller, Assignment.document)] if tab == CONTROL else []


def _of_state(conditions: Conditions) -> list[Any]:
    state = conditions.shown_state
    if state == ANY:
        return []
    return [Assignment.state.in_([str(one) for one in _STATES.get(state, (state,))])]


def _of_due(conditions: Conditions, today: dt.date) -> list[Any]:
    found: list[Any] = []
    if conditions.due == LATE:
        found.append((Assignment.due < today) & Assignment.state.in_([str(one) for one in LIVE]))
    elif conditions.due:
        until = today + dt.timedelta(_days_ahead(conditions.due, today))
        found.append((Assignment.due <= until) & Assignment.state.in_([str(one) for one in OPEN]))
    if conditions.since:
        found.append(Assignment.due >= conditions.since)
    if conditions.until:
        found.append(Assignment.due <= conditions.until)
    return found


def _days_ahead(due: str, today: dt.date) -> int:
    """Until the Sunday of this week, or so many days."""
    return _A_WEEK - today.isoweekday() if due == WEEK else int(due)


def _people_called(words: str) -> pw.ModelSelect:
    """Employees whose surname begins so, as it is typed in front of initials or alone."""
    surname = words.split(maxsplit=1)[0]
    begins = Employee.surname.startswith(surname[:1].upper() + surname[1:]) | Employee.surname.startswith(surname)
    return Employee.select(Employee.id).where(begins)


def _with_below(unit: int) -> list[int]:
    """A unit and all units below it."""
    rows = list(Unit.select(Unit.id, Unit.parent).tuples())
    found, added = {unit}, True
    while added:
        below = {id_ for id_, parent in rows if parent in found} - found
        found |= below
        added = bool(below)
    return sorted(found)
