"""What the rules want to know of an assignment and a person, looked up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from roadmapdocs.access.rules import Action, may
from roadmapdocs.assignments.models import Assignment, AssignmentReport, DueExtension
from roadmapdocs.assignments.rules import Facts
from roadmapdocs.assignments.words import ExtensionState, Part, State
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.people.models import Employee
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor, Role, Standing


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
    return facts_of_all([assignment], actor, today)[assignment.id]


def facts_of_all(assignments: Collection[Assignment], actor: Actor, today: dt.date) -> dict[int, Facts]:
    """By the id of the assignment; the same few statements, however many there are."""
    known = _look_up(assignments, today, actor.employee_id)
    return {row.id: _facts(row, actor, known) for row in assignments}


@dataclass(frozen=True, slots=True)
class _Known:
    """``names`` and ``here`` (who works here) are of all people; kinds by document; ``above``: states by the parent's id;
    ``wrote``: who wrote the report that waits, by assignment.
    """

    names: dict[int, str]
    here: set[int]
    kinds: dict[int, str]
    asked: set[int]
    above: dict[int, State]
    wrote: dict[int, int | None]


def _look_up(rows: Collection[Assignment], today: dt.date, me: int | None = None) -> _Known:
    people = {employee for row in rows for employee in _people(row).values()}
    documents = {row.document_id for row in rows if row.document_id is not None}
    parents = {row.parent_id for row in rows if row.parent_id is not None}
    kinds = Document.select(Document.id, Kind.code).join(Kind).where(Document.id.in_(documents)) if documents else None
    above = Assignment.select(Assignment.id, Assignment.state).where(Assignment.id.in_(parents)) if parents else None
    asked = DueExtension.assignment.in_([row.id for row in rows]) & (DueExtension.state == ExtensionState.ASKED)
    return _Known(
        names={row.id: str(row) for row in Employee.select().where(Employee.id.in_(people))},
        here=works_on(people | ({me} if me is not None else set()), today),
        kinds=dict(kinds.tuples()) if kinds is not None else {},
        asked={row for (row,) in DueExtension.select(DueExtension.assignment).where(asked).tuples()},
        above={id_: State(state) for id_, state in above.tuples()} if above is not None else {},
        wrote=_wrote([row.id for row in rows if row.state == State.REPORTED]),
    )


def _wrote(reported: list[int]) -> dict[int, int | None]:
    """Who wrote the last report on each; None: the program, or somebody who is no employee."""
    if not reported:
        return {}
    rows = AssignmentReport.select(AssignmentReport.assignment, AssignmentReport.made_by_employee)
    return dict(rows.where(AssignmentReport.assignment.in_(reported)).order_by(AssignmentReport.id).tuples())


def _people(row: Assignment) -> dict[Part, int]:
    """Author, responsible and controller; co-executors have no rights of their own."""
    told = {Part.AUTHOR: row.author_id, Part.RESPONSIBLE: row.responsible_id, Part.CONTROLLER: row.controller_id}
    return {part: employee for part, employee in told.items() if employee is not None}


def _facts(row: Assignment, actor: Actor, known: _Known) -> Facts:
    people, me = _people(row), actor.employee_id
    kind = known.kinds.get(row.document_id, "")
    parts = frozenset(part for part, one in people.items() if one == me or stead(actor, one, kind) is not None)
    reporters = _reporters(row, known)
    return Facts(
        state=State(row.state),
        on_control=row.on_control,
        has_due=row.due is not None,
        document=row.document_id is not None,
        asked=row.id in known.asked,
        parent=known.above.get(row.parent_id),
        parts=parts,
        there=_there(row, known),
        reporter=frozenset(part for part, one in people.items() if one in reporters),
        names={part: known.names[one] for part, one in people.items()},
        own=me is not None and _own(row, actor),
        wrote=me is not None and me in reporters,
        made=me is not None and row.made_by_employee_id == me,
        clerk=actor.has(Role.CLERK),
        executive=actor.has(Role.EXECUTIVE),
        assigns=may(actor, Action.ASSIGN),
        works=me is None or me in known.here,
    )


def _own(assignment: Assignment, actor: Actor) -> bool:
    """The actor carries it out; but what one has set for oneself alone is judged by oneself."""
    return assignment.responsible_id == actor.employee_id and not _set_for_oneself(assignment)


def _set_for_oneself(assignment: Assignment) -> bool:
    return bool(assignment.author_id == assignment.responsible_id and assignment.controller_id is None)


def _there(row: Assignment, known: _Known) -> frozenset[Part]:
    """Parts whose people work here; not the author's who has named a controller: nobody decides on their own work."""
    own = row.author_id == row.responsible_id and not _set_for_oneself(row)
    there = {part for part, employee in _people(row).items() if employee in known.here}
    return frozenset(there - ({Part.AUTHOR} if own else set()))


def deciders_of(assignment: Assignment, today: dt.date) -> list[int]:
    """Who answers and judges: the controller, then the author, as far as they work here; not who wrote the report."""
    known, people = _look_up([assignment], today), _people(assignment)
    there, barred = _there(assignment, known), _reporters(assignment, known)
    deciding = [people[part] for part in (Part.CONTROLLER, Part.AUTHOR) if part in there]
    return [employee for employee in deciding if employee not in barred]


def _reporters(assignment: Assignment, known: _Known) -> set[int | None]:
    """Who wrote the report that waits, if it was not the responsible person."""
    return {known.wrote.get(assignment.id)} - {None, assignment.responsible_id}


def last_report(assignment_id: int) -> AssignmentReport | None:
    found: AssignmentReport | None = (
        AssignmentReport.select()
        .where(AssignmentReport.assignment == assignment_id)
        .order_by(AssignmentReport.id.desc())
        .first()
    )
    return found
