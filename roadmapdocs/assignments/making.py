"""The rows that a plan becomes once it is checked."""

from __future__ import annotations

import datetime as dt
from typing import Final

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.changing import tell
from roadmapdocs.assignments.checking import Checked
from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.words import Part, State
from roadmapdocs.documents.visibility import invite
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor

#: So much of a text goes into the journal, and into notices.
SHOWN: Final = 300


def make(
    checked: Checked, *, series: int | None, occurrence: dt.date | None, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    """Write it down; who carries it out is handed the document and hears of it, unless it is a draft."""
    state = State.DRAFT if checked.draft else State.NEW
    row = Assignment.create(
        **checked.columns(),
        author=checked.author,
        author_name=checked.names[checked.author] if checked.author is not None else by.name,
        series=series,
        occurrence=occurrence,
        state=str(state),
        state_at=now,
        made_by=by.name,
        made_by_employee=by.employee_id,
        made_at=now,
        given_at=None if checked.draft else now,
    )
    Assignment.update(root=checked.parent.root_id if checked.parent is not None else row.id).where(Assignment.id == row.id).execute()
    write_people(row, checked.plan.executors)
    row = Assignment.get_by_id(row.id)
    if not checked.draft:
        hand_over(row)
    about = about_of(row) | ({"series": series} if series is not None else {})
    return tell(row, Act.DRAFTED if checked.draft else Act.GIVEN, about, by=by, now=now, today=today)


def write_people(row: Assignment, executors: tuple[int, ...]) -> None:
    """Who is what to it, as :class:`.models.AssignmentPerson`, written anew."""
    AssignmentPerson.delete().where(AssignmentPerson.assignment == row.id).execute()
    told = [(Part.AUTHOR, row.author_id), (Part.RESPONSIBLE, row.responsible_id), (Part.CONTROLLER, row.controller_id)]
    told += [(Part.EXECUTOR, one) for one in dict.fromkeys(executors) if one != row.responsible_id]
    rows = [
        {"assignment": row.id, "employee": employee, "part": str(part), "position": position}
        for position, (part, employee) in enumerate(told)
        if employee is not None
    ]
    AssignmentPerson.insert_many(rows).execute()


def executors_of(assignment_id: int) -> tuple[int, ...]:
    """Ids of the co-executors in their order."""
    mine = (AssignmentPerson.assignment == assignment_id) & (AssignmentPerson.part == Part.EXECUTOR)
    rows = AssignmentPerson.select(AssignmentPerson.employee).where(mine).order_by(AssignmentPerson.position).tuples()
    return tuple(employee for (employee,) in rows)


def hand_over(row: Assignment) -> None:
    """The document is open to the people of the assignment, whatever its state."""
    if row.document_id is not None:
        people = AssignmentPerson.select(AssignmentPerson.employee).where(AssignmentPerson.assignment == row.id).tuples()
        for employee in sorted({employee for (employee,) in people}):
            invite(row.document_id, employee)


def about_of(row: Assignment) -> dict[str, object]:
    """What sentences about a new assignment are made of."""
    ids = [row.responsible_id, *executors_of(row.id), *([row.controller_id] if row.controller_id is not None else [])]
    names = {one.id: str(one) for one in Employee.select().where(Employee.id.in_(ids))}
    return {
        "text": row.text if len(row.text) <= SHOWN else row.text[: SHOWN - 1] + "…",
        "author": row.author_name,
        "responsible": names[row.responsible_id],
        "executors": tuple(names[one] for one in executors_of(row.id)),
        "controller": names.get(row.controller_id, ""),
        "due": row.due,
        "document": row.document_id,
        "point": row.point,
        "parent": row.parent_id,
    }
