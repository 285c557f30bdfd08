"""What whoever controls the execution does: accept, return, remove from control, reopen, cancel."""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.changing import close, opened, said
from roadmapdocs.assignments.facts import last_report
from roadmapdocs.assignments.models import Assignment, AssignmentReport
from roadmapdocs.assignments.tree import branch_of, close_below, rise, sink
from roadmapdocs.assignments.words import Part, State, Verdict
from roadmapdocs.db import transaction
from roadmapdocs.installation import day_of
from roadmapdocs.people.rules import Actor


def accept(
    assignment_id: int,
    *,
    comment: str = "",
    children: bool = False,
    revision: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Assignment:
    """Отчёт принят: it was done on the day of the report. ``children``: what is live below it ends with it, unexecuted.

    :raise Refusal: ``live_children``; as :func:`roadmapdocs.assignments.changing.opened`; so do all acts here
    """
    words = said(comment, "comment", needed=False)
    with transaction():
        row, _facts = opened(assignment_id, Act.ACCEPTED, revision=revision, by=by, today=today)
        close_below(row, Act.REMOVED, "Закрыто вместе с основным поручением", said=children, by=by, now=now, today=today)
        last = _judge(row, Verdict.ACCEPTED, words, by, now)
        result = last.document_id if last is not None else None
        columns = {"state": str(State.DONE), "done_on": day_of(row.reported_at or now), "result": result}
        about = {"comment": words, "document": result}
        row = close(row, Act.ACCEPTED, about, **columns, by=by, now=now, today=today)
        rise(row, by=by, now=now, today=today)
        return row


def send_back(
    assignment_id: int, why: str, *, revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    """Отчёт возвращён: it is with the executor again.

    :raise Refusal: ``answer`` with the field ``why``
    """
    words = said(why, "why")
    with transaction():
        row, _facts = opened(assignment_id, Act.RETURNED, revision=revision, by=by, today=today)
        _judge(row, Verdict.RETURNED, words, by, now)
        columns = {"state": str(State.RETURNED), "reported_at": None}
        return close(row, Act.RETURNED, {"why": words}, **columns, by=by, now=now, today=today)


def remove(
    assignment_id: int,
    why: str = "",
    *,
    children: bool = False,
    revision: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Assignment:
    """Снять с контроля: what is done, with what is done below it; or with a reason what is not («без исполнения»).

    Who is neither its author nor its controller says why in either case.

    ``children`` as in :func:`accept`.

    :raise Refusal: ``answer`` with the field ``why``; ``live_children``
    """
    with transaction():
        row, facts = opened(assignment_id, Act.REMOVED, revision=revision, by=by, today=today)
        done = row.state == State.DONE
        words = said(why, "why", needed=not done or facts.parts.isdisjoint({Part.AUTHOR, Part.CONTROLLER}))
        close_below(row, Act.REMOVED, words, said=children, by=by, now=now, today=today)
        columns = {"state": str(State.REMOVED), "removed_by": by.name, "removed_at": now, "ended_why": words}
        for child in (one for one in branch_of(row) if done and one.state == State.DONE and one.on_control):
            close(child, Act.REMOVED, {"why": words, "done": True, "with": row.id}, **columns, by=by, now=now, today=today)
        row = close(row, Act.REMOVED, {"why": words, "done": done}, **columns, by=by, now=now, today=today)
        if not done:
            rise(row, by=by, now=now, today=today)
        return row


def reopen(
    assignment_id: int, why: str, *, revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    """Вернуть в работу what was done or removed; never due after what is above it, which may have been moved meanwhile.

    :raise Refusal: ``answer`` with the field ``why``; ``parent_over``
    """
    words = said(why, "why")
    with transaction():
        row, _facts = opened(assignment_id, Act.REOPENED, revision=revision, by=by, today=today)
        columns: dict[str, Any] = {
            "state": str(State.IN_WORK),
            "done_on": None,
            "result": None,
            "reported_at": None,
            "removed_by": "",
            "removed_at": None,
            "ended_why": "",
            "taken_at": row.taken_at or now,
        }
        above = Assignment.get_by_id(row.parent_id).due if row.parent_id is not None else None
        if above is not None and row.due is not None and row.due > above:
            columns["due"] = above
        about = {"why": words, "document": row.result_id, "due": columns.get("due")}
        row = close(row, Act.REOPENED, about, **columns, by=by, now=now, today=today)
        sink(row, by=by, now=now, today=today)
        return row


def cancel(
    assignment_id: int, why: str, *, revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    """Отменить, with all that is live below it; a draft is dropped, as by :func:`.operations.drop_draft`.

    :raise Refusal: ``answer`` with the field ``why``
    """
    words = said(why, "why")
    with transaction():
        row, _facts = opened(assignment_id, Act.CANCELLED, revision=revision, by=by, today=today)
        close_below(row, Act.CANCELLED, words, said=True, by=by, now=now, today=today)
        columns = {"state": str(State.CANCELLED), "ended_why": words}
        about = {"why": words, "draft": row.state == State.DRAFT}
        row = close(row, Act.CANCELLED, about, **columns, by=by, now=now, today=today)
        rise(row, by=by, now=now, today=today)
        return row


def _judge(row: Assignment, verdict: Verdict, why: str, by: Actor, now: dt.datetime) -> AssignmentReport | None:
    last = last_report(row.id)
    if last is not None:
        AssignmentReport.update(verdict=str(verdict), verdict_by=by.name, verdict_at=now, verdict_why=why).where(
            AssignmentReport.id == last.id
        ).execute()
    return last
