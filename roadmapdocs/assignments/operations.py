"""Giving assignments, and resolutions that wait for their author."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.changing import close, opened, said
from roadmapdocs.assignments.checking import check, check_binds, check_not_after, check_not_past
from roadmapdocs.assignments.deadlines import due_of
from roadmapdocs.assignments.house import on_day_off
from roadmapdocs.assignments.making import about_of, executors_of, hand_over, make, write_people
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.tree import rise
from roadmapdocs.assignments.words import DeadlineKind, State
from roadmapdocs.db import transaction
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import day_of
from roadmapdocs.people.models import Employee
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor
from roadmapdocs.workdays.operations import calendar

MOST_AT_ONCE: Final = 500
#: What is counted from the day on which the author says it, where no document says another.
_COUNTED: Final = (DeadlineKind.URGENT, DeadlineKind.PROMPT)


def give(
    plans: Sequence[Plan],
    *,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
    allow_past: bool = False,
    series: int | None = None,
    occurrence: dt.date | None = None,
) -> list[Assignment]:
    """Give all of them or none, in this order; those whose author has to confirm first are drafts (State.DRAFT).

    ``allow_past``: the person was told that a deadline is past, and means it. ``series`` and ``occurrence`` are of what
    a series gives.

    :raise Forbidden: as :func:`roadmapdocs.assignments.checking.check`
    :raise Refusal: as there, with ``number``, the place in ``plans`` (from 0); ``nothing``, ``too_many``
    """
    if not plans:
        raise Refusal("nothing", _("Nothing is chosen to be given."))
    if len(plans) > MOST_AT_ONCE:
        raise Refusal("too_many", _("At most %(number)s assignments are given at once. Give them in parts.", number=MOST_AT_ONCE))
    with transaction():
        made = []
        for number, plan in enumerate(plans):
            try:
                checked = check(plan, by=by, today=today, allow_past=allow_past)
            except Refusal as refusal:
                refusal.details = {**refusal.details, "number": number}
                raise
            made.append(make(checked, series=series, occurrence=occurrence, by=by, now=now, today=today))
        return made


def confirm_draft(
    assignment_id: int,
    *,
    revision: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
    allow_past: bool = False,
) -> Assignment:
    """The author, or who stands in for them, gives the assignment as it was prepared.

    «Срочно» and «оперативно» without a document count from today.

    :raise Refusal: ``past_due``, ``after_parent``, ``parent_over``, ``annulled``, ``ended``; ``left`` if the executor has left meanwhile; as
        :func:`roadmapdocs.assignments.changing.opened`; so do all acts here
    """
    with transaction():
        row, _facts = opened(assignment_id, Act.GIVEN, revision=revision, by=by, today=today)
        _check_there(row, today)
        if row.document_id is not None:
            check_binds(row.document)
        columns = counted_anew(row, today)
        due = columns.get("due", row.due)
        if due is not None:
            if not allow_past:
                check_not_past(due, today)
            check_not_after(due, Assignment.get_by_id(row.parent_id) if row.parent_id is not None else None)
        stands_in = {} if row.author_id == by.employee_id else {"for": row.author_name}
        about = about_of(row) | {"due": due, "confirmed": True} | stands_in
        hand_over(row)
        return close(row, Act.GIVEN, about, state=str(State.NEW), given_at=now, **columns, by=by, now=now, today=today)


def change_draft(
    assignment_id: int,
    plan: Plan,
    *,
    revision: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
    allow_past: bool = False,
) -> Assignment:
    """Write the draft anew by ``plan`` (see :func:`plan_of`); author, document and parent stay. It stays a draft.

    :raise Refusal: as :func:`give`
    """
    with transaction():
        row, _facts = opened(assignment_id, Act.CORRECTED, revision=revision, by=by, today=today)
        if row.state != State.DRAFT:
            raise Refusal("no_draft", _("It has been given already. Its text, its people and its deadline are changed one by one."))
        kept = dataclasses.replace(plan, author=row.author_id, document=row.document_id, parent=row.parent_id)
        checked = check(kept, by=by, today=today, allow_past=allow_past, keeps_author=True)
        written = Assignment(**checked.columns(), id=row.id, author=row.author_id)
        write_people(written, plan.executors)
        about = about_of(written) | {"author": row.author_name, "draft": True}
        return close(row, Act.CORRECTED, about, **checked.columns(), by=by, now=now, today=today)


def drop_draft(
    assignment_id: int, *, reason: str, revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    """The draft is given to nobody (State.CANCELLED, never given).

    :raise Refusal: ``answer`` with the field ``reason``; ``no_draft``
    """
    why = said(reason, "reason")
    with transaction():
        row, _facts = opened(assignment_id, Act.CANCELLED, revision=revision, by=by, today=today)
        if row.state != State.DRAFT:
            raise Refusal("no_draft", _("It has been given already. Cancel it instead."))
        columns = {"state": str(State.CANCELLED), "ended_why": why}
        row = close(row, Act.CANCELLED, {"why": why, "draft": True}, **columns, by=by, now=now, today=today)
        rise(row, by=by, now=now, today=today)
        return row


def correct(
    assignment_id: int, *, text: str, revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    """Say a live assignment in other words.

    :raise Refusal: ``answer`` with the field ``text``
    """
    words = said(text, "text")
    with transaction():
        row, _facts = opened(assignment_id, Act.CORRECTED, revision=revision, by=by, today=today)
        if row.text == words:
            return row
        return close(row, Act.CORRECTED, {"text": words, "was": row.text}, text=words, by=by, now=now, today=today)


def plan_of(assignment: Assignment) -> Plan:
    """The assignment as a plan, to fill a form with. A deadline that was counted is the day that it came to."""
    kind = DeadlineKind(assignment.deadline_kind)
    if kind not in {*_COUNTED, DeadlineKind.OPEN}:
        kind = DeadlineKind.DATE if assignment.due is not None else DeadlineKind.OPEN
    date = assignment.due if kind is DeadlineKind.DATE else None
    return Plan(
        text=assignment.text,
        responsible=assignment.responsible_id,
        deadline=Deadline(kind, date=date, text=assignment.deadline_text),
        executors=executors_of(assignment.id),
        controller=assignment.controller_id,
        author=assignment.author_id,
        document=assignment.document_id,
        point=assignment.point,
        item=assignment.item_id,
        expected=assignment.expected_id,
        period=assignment.period,
        parent=assignment.parent_id,
        counted_from=assignment.counted_from,
        urgent=assignment.urgent,
        on_control=assignment.on_control,
        auto_close=assignment.auto_close,
    )


def _check_there(row: Assignment, today: dt.date) -> None:
    """
    :raise Refusal: ``left`` with the field
    """
    people = {"responsible": row.responsible_id, "controller": row.controller_id}
    here = works_on({one for one in people.values() if one is not None}, today)
    for field, employee in people.items():
        if employee is not None and employee not in here:
            name = str(Employee.get_by_id(employee))
            raise Refusal("left", _("%(name)s does not work here any more. Choose another person.", name=name), field=field)


def counted_anew(row: Assignment, today: dt.date) -> dict[str, Any]:
    """Columns of a draft whose deadline runs from the day on which its author gives it: if that is ``today``."""
    kind = DeadlineKind(row.deadline_kind)
    if kind not in _COUNTED or row.document_id is not None or row.counted_from != day_of(row.made_at):
        return {}
    due = due_of(Deadline(kind), counted_from=today, calendar=calendar(), on_day_off=on_day_off())
    return {"counted_from": today, "due": due, "first_due": due}
