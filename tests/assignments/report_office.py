"""An office with assignments in every state, as rows: what reports are read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from roadmapdocs.assignments.models import Assignment, AssignmentPerson, DueExtension
from roadmapdocs.assignments.words import DeadlineKind, ExtensionState, Part, State
from roadmapdocs.people.models import Employee, Post, Unit
from roadmapdocs.people.rules import Actor, Role
from tests import factories as make
from tests.conftest import NOW, TODAY


@dataclass
class ReportOffice:
    """Three units one below the other, a person in each, one who left, and one without a post."""

    units: list[Unit] = field(default_factory=list)
    people: list[Employee] = field(default_factory=list)

    def actor(self, *roles: Role, person: Employee | None = None) -> Actor:
        return Actor(user_id=None, name="Петрова А. В.", roles=frozenset(roles), employee_id=person.id if person else None)


def office() -> ReportOffice:
    made = ReportOffice()
    for place, name in enumerate(("Управление", "Отдел", "Группа")):
        unit = make.unit(name, "")
        unit.parent = made.units[-1] if made.units else None
        unit.save()
        made.units.append(unit)
        made.people.append(make.employee(("Вересова", "Борисова", "Громова")[place], unit))
    left = make.employee("Ушедшая")
    Post.create(employee=left, unit=made.units[1], title="методист", since=dt.date(2020, 1, 1), until=dt.date(2025, 12, 31))
    made.people += [left, make.employee("Ничья")]
    return made


def assignment(responsible: Employee, due: dt.date | None, state: State = State.IN_WORK, **more: Any) -> Assignment:
    """A row as the operations leave it, with its people."""
    others: dict[Part, Employee | None] = {Part.CONTROLLER: more.pop("controller", None), Part.AUTHOR: more.pop("author", None)}
    done = state in {State.DONE, State.REMOVED}
    values: dict[str, Any] = {
        "text": "Подготовить справку",
        "deadline_kind": DeadlineKind.DATE if due else DeadlineKind.OPEN,
        "counted_from": dt.date(2026, 1, 12),
        "first_due": due,
        "state_at": NOW,
        "made_by": "Петрова А. В.",
        "made_at": NOW,
        "given_at": None if state is State.DRAFT else NOW,
        "done_on": due if done else None,
        **more,
    }
    row = Assignment.create(
        responsible=responsible, due=due, state=state, controller=others[Part.CONTROLLER], author=others[Part.AUTHOR], **values
    )
    if row.root_id is None:
        Assignment.update(root=row.id).where(Assignment.id == row.id).execute()
        row.root_id = row.id
    for part, employee in {**others, Part.RESPONSIBLE: responsible}.items():
        if employee is not None:
            AssignmentPerson.create(assignment=row, employee=employee, part=part)
    return row


def extension(row: Assignment, state: ExtensionState, asked: dt.datetime = NOW, **more: Any) -> DueExtension:
    values = {"due_was": row.first_due, "wanted": row.due or TODAY, "reason": "ждём сведений", "asked_by": "Громова О. С."}
    return DueExtension.create(assignment=row, state=state, asked_at=asked, **{**values, **more})
