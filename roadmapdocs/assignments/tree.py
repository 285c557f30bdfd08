"""Parents and subordinates: what binds them, and what follows of one from the other.

The law: above a live assignment nothing is fulfilled, removed or cancelled; a child is never due after its parent;
nobody answers to themselves along a branch. When all children are over and one was fulfilled, the parent is reported.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.changing import close, withdraw_asked
from roadmapdocs.assignments.facts import last_report
from roadmapdocs.assignments.models import Assignment, AssignmentReport
from roadmapdocs.assignments.words import LIVE, OPEN, State, Verdict
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor

DEEPEST: Final = 10
_UNDER_WAY: Final = frozenset({*LIVE, State.DRAFT})


def tree_of(assignment: Assignment) -> list[tuple[int, Assignment]]:
    """The whole tree that it belongs to as (depth, assignment), parents before children, children by their id."""
    rows = _rows(assignment.root_id or assignment.id)
    below: dict[int | None, list[Assignment]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[tuple[int, Assignment]] = []
    waiting = [(0, row) for row in reversed(below.get(None, []))]
    while waiting:
        depth, row = waiting.pop()
        found.append((depth, row))
        waiting += [(depth + 1, child) for child in reversed(below.get(row.id, []))]
    return found


def branch_of(assignment: Assignment) -> list[Assignment]:
    """All below it, however deep; parents before children."""
    found: list[Assignment] = []
    inside = {assignment.id}
    for _depth, row in tree_of(assignment):
        if row.parent_id in inside:
            inside.add(row.id)
            found.append(row)
    return found


def live_below(assignment: Assignment) -> list[Assignment]:
    """All live subordinates, however deep, and drafts of them; parents before children."""
    return [row for row in branch_of(assignment) if row.state in _UNDER_WAY]


@dataclass(frozen=True, slots=True)
class Place:
    """How many are above an assignment, itself counted, and how many live or drafted ones below it."""

    depth: int
    live: int


def places_of(assignments: Collection[Assignment]) -> dict[int, Place]:
    """By id; one statement, however many there are."""
    roots = {row.root_id or row.id for row in assignments}
    rows = Assignment.select(Assignment.id, Assignment.parent, Assignment.state).where(Assignment.root.in_(roots))
    found = list(rows.tuples())
    states = {id_: state for id_, _parent, state in found}
    parents = {id_: parent for id_, parent, _state in found}
    live = Counter(above for id_, state in states.items() if state in _UNDER_WAY for above in _above(id_, parents))
    return {row.id: Place(len(_above(row.id, parents)) + 1, live[row.id]) for row in assignments}


def _above(id_: int, parents: Mapping[int, int | None]) -> list[int]:
    found, current = [], parents.get(id_)
    while current is not None:
        found.append(current)
        current = parents.get(current)
    return found


def chain_of(assignment: Assignment) -> list[Assignment]:
    """It, and those above it, the nearest first."""
    rows = {row.id: row for row in _rows(assignment.root_id or assignment.id)}
    found, current = [], rows.get(assignment.id)
    while current is not None:
        found.append(current)
        current = rows.get(current.parent_id)
    return found


def check_below(parent: Assignment, responsible: int) -> None:
    """Whether ``parent`` can have a subordinate that this person is responsible for.

    :raise Refusal: ``too_deep``, ``circle`` with the field ``responsible``
    """
    above = chain_of(parent)
    if len(above) >= DEEPEST:
        raise Refusal(
            "too_deep", _("Subordinate assignments go %(depth)s steps down at most. Give it to the one above.", depth=DEEPEST)
        )
    check_no_circle(above, responsible)


def check_no_circle(others: Collection[Assignment], responsible: int) -> None:
    """
    :raise Refusal: ``circle``
    """
    if any(row.responsible_id == responsible for row in others):
        name = Employee.get_by_id(responsible)
        raise Refusal(
            "circle",
            _("%(name)s is responsible on this branch already: the work would come back. Choose another person.", name=name),
            field="responsible",
        )


def close_below(
    assignment: Assignment, act: Act, why: str, *, said: bool, by: Actor, now: dt.datetime, today: dt.date
) -> int:
    """Close what is live below, the deepest first: cancelled, or removed without execution; drafts are dropped.

    ``said``: the person knows of it.

    :raise Refusal: ``live_children`` with their number, if there are any and the person was not told
    """
    below = live_below(assignment)
    if below and not said:
        raise Refusal(
            "live_children",
            _("Subordinate assignments are not over: %(number)s. Close them first, or confirm that they end with it.", number=len(below)),
            children=[row.id for row in below],
        )
    for row in reversed(below):
        about = {"why": why, "with": assignment.id}
        if row.state == State.DRAFT or act is Act.CANCELLED:
            close(row, Act.CANCELLED, about, state=str(State.CANCELLED), ended_why=why, by=by, now=now, today=today)
        else:
            columns = {"state": str(State.REMOVED), "ended_why": why, "removed_by": by.name, "removed_at": now}
            close(row, Act.REMOVED, about, **columns, by=by, now=now, today=today)
    return len(below)


def rise(child: Assignment, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """A child is over: its parent is reported by rule when it was the last, and one of them was fulfilled.

    Without anybody to look at the report the parent is done at once, and what is above it may follow.
    """
    if child.parent_id is None:
        return
    parent = Assignment.get_by_id(child.parent_id)
    children = list(Assignment.select().where(Assignment.parent == parent).order_by(Assignment.id))
    fulfilled = [row for row in children if row.done_on is not None]
    if not parent.auto_close or parent.state not in OPEN or not fulfilled or any(row.state in _UNDER_WAY for row in children):
        return
    results = {row.result_id for row in fulfilled if row.result_id is not None}
    words = _told(fulfilled)
    row = AssignmentReport.create(
        assignment=parent, text=words, document=results.pop() if len(results) == 1 else None, made_by="", made_at=now
    )
    parent = withdraw_asked(parent, by=by, now=now, today=today)
    about = {"text": words, "rule": True, "document": row.document_id}
    columns = {"state": str(State.REPORTED), "reported_at": now, "taken_at": parent.taken_at or now}
    parent = close(parent, Act.REPORTED, about, **columns, by=by, now=now, today=today)
    settle(parent, row.document_id, by=by, now=now, today=today)


def settle(reported: Assignment, document_id: int | None, *, by: Actor, now: dt.datetime, today: dt.date) -> Assignment:
    """What is reported is done at once where it has neither author nor controller, and nothing is live below it.

    With something live below, the clerk looks at the report, and closes that or waits.
    """
    if reported.author_id is not None or reported.controller_id is not None or live_below(reported):
        return reported
    done = {"state": str(State.DONE), "done_on": today, "result": document_id}
    row = close(reported, Act.ACCEPTED, {"rule": True, "document": document_id}, **done, by=by, now=now, today=today)
    rise(row, by=by, now=now, today=today)
    return row


def sink(child: Assignment, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """A child is live again: the report on its parent that followed by rule holds no more."""
    if child.parent_id is None:
        return
    parent = Assignment.get_by_id(child.parent_id)
    last = last_report(parent.id)
    if parent.state == State.REPORTED and last is not None and not last.made_by:
        drop_report(last, by=by, now=now, why="")
        columns = {"state": str(State.IN_WORK), "reported_at": None}
        close(parent, Act.RECALLED, {"rule": True}, **columns, by=by, now=now, today=today)


def drop_report(report: AssignmentReport, *, by: Actor, now: dt.datetime, why: str) -> None:
    """It waits for no verdict any more."""
    AssignmentReport.update(verdict=str(Verdict.RETURNED), verdict_by=by.name, verdict_at=now, verdict_why=why).where(
        AssignmentReport.id == report.id
    ).execute()


def _rows(root_id: int) -> Sequence[Assignment]:
    """With those responsible: a page of a tree names each."""
    rows = Assignment.select(Assignment, Employee).join(Employee, on=(Assignment.responsible == Employee.id))
    return list(rows.where(Assignment.root == root_id).order_by(Assignment.id))


def _told(fulfilled: Sequence[Assignment]) -> str:
    """The report in the Russian of the office, as people write theirs."""
    names = {row.id: str(row) for row in Employee.select().where(Employee.id.in_([one.responsible_id for one in fulfilled]))}
    each = "; ".join(f"{names[row.responsible_id]} — {row.done_on:%d.%m.%Y}" for row in fulfilled)
    return f"Исполнены подчинённые поручения: {each}."
