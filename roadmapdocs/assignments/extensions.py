"""Moving deadlines: asked with a reason and answered, or ordered by those who set them; every move is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.changing import close, in_place, opened, said
from roadmapdocs.assignments.checking import check_not_after, check_not_past
from roadmapdocs.assignments.deadlines import due_of, why_not
from roadmapdocs.assignments.house import on_day_off
from roadmapdocs.assignments.models import Assignment, DueExtension
from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.tree import live_below
from roadmapdocs.assignments.words import DeadlineKind, ExtensionState
from roadmapdocs.db import transaction
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.workdays.operations import calendar


def ask_extension(
    assignment_id: int,
    wanted: dt.date,
    reason: str,
    *,
    revision: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> DueExtension:
    """The responsible person asks for a later day, also when the deadline has passed; one request at a time.

    A day off moves as deadlines do.

    :raise Refusal: ``answer`` with the field ``reason``; ``deadline``, ``past_due``, ``not_later``, ``after_parent`` with
        the field ``due``; ``asked_already``; as :func:`roadmapdocs.assignments.changing.opened`; so do all acts here
    """
    why = said(reason, "reason")
    with transaction():
        row, facts = opened(assignment_id, Act.EXTENSION_ASKED, revision=revision, by=by, today=today)
        day = _later(row, wanted, today)
        asked = DueExtension.create(
            assignment=row,
            state=str(ExtensionState.ASKED),
            due_was=row.due,
            wanted=day,
            reason=why,
            asked_by=by.name,
            asked_by_employee=by.employee_id,
            asked_at=now,
        )
        about = {"wanted": day, "was": row.due, "why": why, **in_place(row, facts, by)}
        close(row, Act.EXTENSION_ASKED, about, by=by, now=now, today=today)
        return asked


def grant(
    assignment_id: int,
    *,
    due: dt.date | None = None,
    answer: str = "",
    revision: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> DueExtension:
    """Grant the day asked for, or another: ``due``. Subordinates keep their deadlines.

    :raise Refusal: ``past_due``, ``not_later``, ``after_parent``; ``not_asked``
    """
    words = said(answer, "answer", needed=False)
    with transaction():
        row, _facts = opened(assignment_id, Act.EXTENSION_GRANTED, revision=revision, by=by, today=today)
        asked = _asked(assignment_id)
        day = _later(row, due or asked.wanted, today)
        asked = _answer(asked, ExtensionState.GRANTED, by, now, granted=day, answer=words)
        about = {"due": day, "was": row.due, "wanted": asked.wanted, "answer": words}
        close(row, Act.EXTENSION_GRANTED, about, due=day, by=by, now=now, today=today)
        return asked


def refuse(
    assignment_id: int, why: str, *, revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> DueExtension:
    """The deadline stays.

    :raise Refusal: ``answer`` with the field ``why``; ``not_asked``
    """
    words = said(why, "why")
    with transaction():
        row, _facts = opened(assignment_id, Act.EXTENSION_REFUSED, revision=revision, by=by, today=today)
        asked = _answer(_asked(assignment_id), ExtensionState.REFUSED, by, now, answer=words)
        about = {"why": words, "wanted": asked.wanted}
        close(row, Act.EXTENSION_REFUSED, about, by=by, now=now, today=today)
        return asked


def withdraw(
    assignment_id: int, *, revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> DueExtension:
    """Whoever is responsible asks no more.

    :raise Refusal: ``not_asked``
    """
    with transaction():
        row, facts = opened(assignment_id, Act.EXTENSION_WITHDRAWN, revision=revision, by=by, today=today)
        asked = _answer(_asked(assignment_id), ExtensionState.WITHDRAWN, by, now)
        close(row, Act.EXTENSION_WITHDRAWN, in_place(row, facts, by), by=by, now=now, today=today)
        return asked


def move_due(
    assignment_id: int,
    due: dt.date,
    reason: str,
    *,
    tree: bool = False,
    revision: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Assignment:
    """Another deadline, ordered by those who set it.

    With ``tree`` what is live below goes along: to an earlier day whatever would be due after it, to a later one what
    was due on the same day as this.

    :raise Refusal: ``answer`` with the field ``reason``; ``deadline``, ``past_due``, ``same_due``, ``after_parent`` with the
        field ``due``; ``children_later`` with their number, if there are any and ``tree`` is not said; ``asked_already``
    """
    why = said(reason, "reason")
    with transaction():
        row, _facts = opened(assignment_id, Act.DUE_MOVED, revision=revision, by=by, today=today)
        day = _day(row, due, today)
        if day == row.due:
            raise Refusal("same_due", _("That is the deadline already. Name another day."), field="due")
        below = live_below(row)
        beyond = [child for child in below if child.due is not None and child.due > day]
        if beyond and not tree:
            raise Refusal(
                "children_later",
                _("Subordinate assignments would be due after it: %(number)s. Move them along, or name a later day.", number=len(beyond)),
                field="tree",
                children=[child.id for child in beyond],
            )
        along = [child for child in below if child in beyond or (row.due is not None and child.due == row.due)] if tree else []
        row = _order(row, day, why, by=by, now=now, today=today)
        for child in along:
            _order(child, day, why, top=row.id, by=by, now=now, today=today)
        return row


def asked_of(assignment_id: int) -> DueExtension | None:
    """The request that waits for an answer."""
    asked = (DueExtension.assignment == assignment_id) & (DueExtension.state == ExtensionState.ASKED)
    found: DueExtension | None = DueExtension.select().where(asked).first()
    return found


def _order(
    row: Assignment, day: dt.date, why: str, *, by: Actor, now: dt.datetime, today: dt.date, top: int | None = None
) -> Assignment:
    DueExtension.create(
        assignment=row,
        state=str(ExtensionState.ORDERED),
        due_was=row.due,
        wanted=day,
        reason=why,
        asked_by=by.name,
        asked_by_employee=by.employee_id,
        asked_at=now,
        granted=day,
        answered_by=by.name,
        answered_at=now,
    )
    about = {"due": day, "was": row.due, "why": why, "with": top}
    first = row.first_due if row.first_due is not None else day
    return close(row, Act.DUE_MOVED, about, due=day, first_due=first, by=by, now=now, today=today)


def _later(row: Assignment, wanted: dt.date, today: dt.date) -> dt.date:
    day = _day(row, wanted, today)
    if row.due is not None and day <= row.due:
        was = row.due.strftime("%d.%m.%Y")
        raise Refusal("not_later", _("It is due on %(day)s already. Name a later working day.", day=was), field="due")
    return day


def _day(row: Assignment, wanted: dt.date, today: dt.date) -> dt.date:
    """The day on which it would fall due.

    :raise Refusal: ``deadline``, ``past_due``, ``after_parent``
    """
    said_so = Deadline(DeadlineKind.DATE, date=wanted)
    why = why_not(said_so, today=today)
    if why is not None:
        raise Refusal("deadline", why, field="due")
    day = due_of(said_so, counted_from=today, calendar=calendar(), on_day_off=on_day_off()) or wanted
    check_not_past(day, today)
    check_not_after(day, Assignment.get_by_id(row.parent_id) if row.parent_id is not None else None)
    return day


def _asked(assignment_id: int) -> DueExtension:
    asked = asked_of(assignment_id)
    assert asked is not None  # the rules let nobody answer what is not asked
    return asked


def _answer(asked: DueExtension, state: ExtensionState, by: Actor, now: dt.datetime, **columns: Any) -> DueExtension:
    written = {"state": str(state), "answered_by": by.name, "answered_at": now, **columns}
    DueExtension.update(written).where(DueExtension.id == asked.id).execute()
    found: DueExtension = DueExtension.get_by_id(asked.id)
    return found
