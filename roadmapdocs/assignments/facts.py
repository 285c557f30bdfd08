"""What the rules want to know of an assignment and a person, looked up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.access.rules import Action, may
from roadmapdocs.assignments.models import Assignment, AssignmentReport, DueExtension
from roadmapdocs.assignments.rules import Facts
from roadmapdocs.assignments.words import ExtensionState, Part, State
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.people.models import Employee
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor, Role, Standing


@dataclass(frozen=True, slots=True)
class People:
    """Ids by part, their names, and who of them works here on the day."""

    ids: dict[Part, int]
    names: dict[Part, str]
    there: frozenset[Part]
    kind: str


def people_of(assignment: Assignment, today: dt.date) -> People:
    """Author, responsible and controller; co-executors have no rights of their own."""
    told = {
        Part.AUTHOR: assignment.author_id,
        Part.RESPONSIBLE: assignment.responsible_id,
        Part.CONTROLLER: assignment.controller_id,
    }
    ids = {part: employee for part, employee in told.items() if employee is not None}
    names = {row.id: str(row) for row in Employee.select().where(Employee.id.in_(list(ids.values())))}
    there = works_on(set(ids.values()), today)
    return People(
        ids,
        {part: names[employee] for part, employee in ids.items()},
        frozenset(part for part, employee in ids.items() if employee in there),
        kind_of(assignment),
    )


def kind_of(assignment: Assignment) -> str:
    """Code of the kind of its document; empty without one."""
    row = Document.select(Kind.code).join(Kind).where(Document.id == (assignment.document_id or 0)).tuples().first()
    return str(row[0]) if row else ""


def stead(actor: Actor, employee_id: int | None, kind: str) -> Standing | None:
    """By what the actor acts for that employee; None for the employee themselves, too."""
    if employee_id is None or employee_id == actor.employee_id:
        return None
    return actor.standing_for(employee_id, kind)


def facts_of(assignment: Assignment, actor: Actor, today: dt.date) -> Facts:
    people = people_of(assignment, today)
    parts = frozenset(
        part
        for part, employee in people.ids.items()
        if employee == actor.employee_id or stead(actor, employee, people.kind) is not None
    )
    asked = (DueExtension.assignment == assignment) & (DueExtension.state == ExtensionState.ASKED)
    mine = actor.employee_id is not None
    reporters = _reporters(assignment)
    return Facts(
        state=State(assignment.state),
        on_control=assignment.on_control,
        has_due=assignment.due is not None,
        document=assignment.document_id is not None,
        asked=DueExtension.select(pw.SQL("1")).where(asked).exists(),
        parent=_state_above(assignment),
        parts=parts,
        there=people.there - _executors_own(assignment),
        reporter=frozenset(part for part, employee in people.ids.items() if employee in reporters),
        names=people.names,
        own=mine and _own(assignment, actor),
        wrote=actor.employee_id in reporters,
        made=mine and assignment.made_by_employee_id == actor.employee_id,
        clerk=actor.has(Role.CLERK),
        executive=actor.has(Role.EXECUTIVE),
        assigns=may(actor, Action.ASSIGN),
        works=not mine or bool(works_on([actor.employee_id or 0], today)),
    )


def _own(assignment: Assignment, actor: Actor) -> bool:
    """The actor carries it out; but what one has set for oneself alone is judged by oneself."""
    return assignment.responsible_id == actor.employee_id and not _set_for_oneself(assignment)


def _set_for_oneself(assignment: Assignment) -> bool:
    return bool(assignment.author_id == assignment.responsible_id and assignment.controller_id is None)


def _executors_own(assignment: Assignment) -> frozenset[Part]:
    """The author's part where the author carries it out and has named a controller: nobody decides on their own work."""
    own = assignment.author_id == assignment.responsible_id and not _set_for_oneself(assignment)
    return frozenset({Part.AUTHOR}) if own else frozenset()


def deciders_of(assignment: Assignment, today: dt.date) -> list[int]:
    """Who answers and judges: the controller, then the author, as far as they work here; not who wrote the report."""
    people = people_of(assignment, today)
    there, barred = people.there - _executors_own(assignment), _reporters(assignment)
    deciding = [people.ids[part] for part in (Part.CONTROLLER, Part.AUTHOR) if part in there]
    return [employee for employee in deciding if employee not in barred]


def _reporters(assignment: Assignment) -> set[int]:
    """Who wrote the report that waits, if it was not the responsible person."""
    last = last_report(assignment.id) if assignment.state == State.REPORTED else None
    return {last.made_by_employee_id} - {None, assignment.responsible_id} if last is not None else set()


def last_report(assignment_id: int) -> AssignmentReport | None:
    found: AssignmentReport | None = (
        AssignmentReport.select()
        .where(AssignmentReport.assignment == assignment_id)
        .order_by(AssignmentReport.id.desc())
        .first()
    )
    return found


def _state_above(assignment: Assignment) -> State | None:
    if assignment.parent_id is None:
        return None
    ((state,),) = Assignment.select(Assignment.state).where(Assignment.id == assignment.parent_id).tuples()
    return State(state)
