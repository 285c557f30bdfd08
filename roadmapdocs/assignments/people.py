"""Other people for assignments that are under way, many at once: somebody left, or has too much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.changing import close, let_go, opened, said
from roadmapdocs.assignments.making import executors_of, hand_over, write_people
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.tree import branch_of, chain_of, check_no_circle
from roadmapdocs.assignments.words import State
from roadmapdocs.db import transaction
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor

MOST_AT_ONCE: Final = 500


def reassign(
    ids: Collection[int],
    *,
    responsible: int | None = None,
    controller: int | None = None,
    reason: str,
    revision: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> list[Assignment]:
    """All of them or none; None leaves that person as it is. With another responsible the assignment is NEW again.

    A request of the one before for a later deadline goes with them. ``revision`` is of one assignment alone.

    :raise Refusal: ``nothing``, ``too_many``, ``answer`` with the field ``reason``; ``left``, ``no_employee``,
        ``own_control``, ``circle`` with the field; ``reported`` if a report of the one before waits to be looked at
    """
    why = said(reason, "reason")
    if not ids or (responsible is None and controller is None):
        raise Refusal("nothing", _("Choose assignments, and the person who is to have them."))
    if len(set(ids)) > MOST_AT_ONCE:
        raise Refusal("too_many", _("At most %(number)s assignments are reassigned at once. Do it in parts.", number=MOST_AT_ONCE))
    with transaction():
        names = _names(responsible, controller, today)
        done = []
        for number in sorted(set(ids)):
            row, _facts = opened(number, Act.REASSIGNED, revision=revision, by=by, today=today)
            columns = _columns(row, responsible, controller)
            done.append(_write(row, columns, names, why, by=by, now=now, today=today) if columns else row)
        return done


def left_the_office(assignments: Collection[Assignment], today: dt.date) -> set[int]:
    """Ids of those responsible for any of them who do not work here any more («исполнитель уволен»)."""
    people = {row.responsible_id for row in assignments}
    return people - works_on(people, today)


def _names(responsible: int | None, controller: int | None, today: dt.date) -> dict[int, str]:
    people = {field: one for field, one in (("responsible", responsible), ("controller", controller)) if one is not None}
    names = {row.id: str(row) for row in Employee.select().where(Employee.id.in_(list(people.values())))}
    here = works_on(set(people.values()), today)
    for field, one in people.items():
        if one not in names:
            raise Refusal("no_employee", _("There is no such employee. Choose from the list."), field=field)
        if one not in here:
            name = names[one]
            raise Refusal("left", _("%(name)s does not work here any more. Choose another person.", name=name), field=field)
    return names


def _columns(row: Assignment, responsible: int | None, controller: int | None) -> dict[str, Any]:
    """What changes of it; nothing, if these are its people already.

    :raise Refusal: ``own_control``, ``circle``, ``reported``
    """
    executor, controls = responsible or row.responsible_id, controller or row.controller_id
    if executor == controls:
        field = "controller" if controller is not None else "responsible"
        raise Refusal("own_control", _("The same person would carry it out and control it. Choose two."), field=field)
    columns: dict[str, Any] = {}
    if controls != row.controller_id:
        columns["controller"] = controls
    if executor != row.responsible_id:
        if row.state == State.REPORTED:
            raise Refusal(
                "reported", _("A report on it waits to be looked at. Accept it or return it first."), field="responsible"
            )
        check_no_circle([*chain_of(row)[1:], *branch_of(row)], executor)
        columns |= {"responsible": executor, "state": str(State.NEW), "taken_at": None}
    return columns


def _write(
    row: Assignment, columns: dict[str, Any], names: dict[int, str], why: str, *, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    about: dict[str, object] = {"why": why}
    if "responsible" in columns:
        about |= {"was": str(row.responsible), "responsible": names[columns["responsible"]]}
        let_go(row.id, by, now)
    if "controller" in columns:
        about |= {"controller": names[columns["controller"]]}
    new = Assignment(
        id=row.id,
        author=row.author_id,
        responsible=columns.get("responsible", row.responsible_id),
        controller=columns.get("controller", row.controller_id),
        document=row.document_id,
    )
    write_people(new, executors_of(row.id))
    hand_over(new)
    return close(row, Act.REASSIGNED, about, **columns, by=by, now=now, today=today)
