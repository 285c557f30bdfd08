"""What of assignments waits for somebody: to confirm, take, do, explain, judge, and requests to answer.

As with visas, each thing is told in plain values: hundreds may wait and a page shows a few of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import peewee as pw

from roadmapdocs.assignments.facts import stead
from roadmapdocs.assignments.models import Assignment, AssignmentReport, DueExtension
from roadmapdocs.assignments.rules import is_late
from roadmapdocs.assignments.visibility import in_the_hands_of, visible_to
from roadmapdocs.assignments.words import LIVE, OPEN, ExtensionState, State
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.people.models import Employee
from roadmapdocs.people.presence import works, works_on
from roadmapdocs.people.rules import Actor, Role

MOST_WAITING = 1_000


class Wait(StrEnum):
    """By what a person is asked, in the order of «Ждёт меня»."""

    CONFIRM = "confirm"
    JUDGE = "judge"
    ANSWER = "answer"
    EXPLAIN = "explain"
    TAKE = "take"
    DO = "do"


_ORDER = list(Wait)


@dataclass(frozen=True, slots=True)
class Waiting:
    """``in_place_of`` is the name of whoever the person stands in for; ``acting``: by an order. ``extension_id``: ANSWER.

    ``due`` is the deadline of the assignment; ``late`` says that it has passed.
    """

    assignment_id: int
    act: Wait
    due: dt.date | None
    since: dt.datetime | None
    late: bool = False
    urgent: bool = False
    document_id: int | None = None
    extension_id: int | None = None
    in_place_of: str = ""
    acting: bool = False

    @property
    def urgency(self) -> tuple[bool, dt.date, bool, int]:
        """Sorts: what has a deadline first, the earliest of them first."""
        return (self.due is None, self.due or dt.date.max, not self.urgent, self.assignment_id)


def late_on(today: dt.date) -> pw.Expression:
    """Overdue, as a condition on Assignment: the same as :func:`roadmapdocs.assignments.rules.is_late`."""
    return Assignment.state.in_([str(one) for one in LIVE]) & (Assignment.due < today)


def waiting_for(actor: Actor, today: dt.date, *, most: int = MOST_WAITING) -> list[Waiting]:
    """All that waits for this person, one's own before others', act by act, what is due first before the rest.

    A fixed number of statements, however much it is; of each sort at most ``most``.
    """
    return _sorted(_found(actor, today, most, None))


def waiting_on(assignment_id: int, actor: Actor, today: dt.date) -> list[Waiting]:
    """What this person is asked on that assignment."""
    return _sorted(_found(actor, today, MOST_WAITING, assignment_id))


def _sorted(found: Iterable[Waiting]) -> list[Waiting]:
    return sorted(found, key=lambda one: (bool(one.in_place_of), one.in_place_of, _ORDER.index(one.act), one.urgency))


def _found(actor: Actor, today: dt.date, most: int, only: int | None) -> list[Waiting]:
    found: list[Waiting] = []
    if actor.reads_for:
        found += _to_carry_out(actor, today, most, only)
        found += _to_decide(actor, today, most, only)
    if actor.has(Role.CLERK):
        known = {(one.assignment_id, one.act) for one in found}
        found += [one for one in _left_to_the_clerk(actor, today, most, only) if (one.assignment_id, one.act) not in known]
    return found


#: One assignment, with what waiting asks of it alone: hundreds of whole rows would cost more than finding them.
_Row = Any
_COLUMNS = (
    *(Assignment.id, Assignment.state, Assignment.state_at, Assignment.due, Assignment.urgent, Assignment.document),
    *(Assignment.author, Assignment.responsible, Assignment.controller),
)


def _rows(condition: pw.Expression, most: int, only: int | None) -> list[_Row]:
    """Each with ``kind`` of its document and ``asked_id``, ``asked_at`` of a request for a later deadline."""
    if only is not None:
        condition &= Assignment.id == only
    asked = (DueExtension.assignment == Assignment.id) & (DueExtension.state == str(ExtensionState.ASKED))
    return list(
        Assignment.select(
            *_COLUMNS,
            Kind.code.alias("kind"),
            DueExtension.id.alias("asked_id"),
            DueExtension.asked_at.alias("asked_at"),
        )
        .join(DueExtension, pw.JOIN.LEFT_OUTER, on=asked)
        .join(Document, pw.JOIN.LEFT_OUTER, on=(Document.id == Assignment.document))
        .join(Kind, pw.JOIN.LEFT_OUTER, on=(Document.kind == Kind.id))
        .where(condition)
        .order_by(Assignment.due.is_null(), Assignment.due, Assignment.id)
        .limit(most)
        .namedtuples()
    )


def _to_carry_out(actor: Actor, today: dt.date, most: int, only: int | None) -> list[Waiting]:
    hands = in_the_hands_of(actor, Assignment.responsible, Assignment.document)
    rows = _rows(Assignment.state.in_([str(one) for one in OPEN]) & hands, most, only)
    found = []
    for row in rows:
        act = Wait.TAKE if row.state == State.NEW else Wait.DO
        found.append(_waiting(row, act, [row.responsible], actor, today))
    return [one for one in found if one is not None]


def _to_decide(actor: Actor, today: dt.date, most: int, only: int | None) -> list[Waiting]:
    mine = in_the_hands_of(actor, Assignment.author, Assignment.document)
    mine |= in_the_hands_of(actor, Assignment.controller, Assignment.document)
    rows = _rows(_decidable() & mine, most, only)
    judges = _judges(rows, today)
    found: list[Waiting | None] = []
    for row in rows:
        both = [row.controller, row.author]
        if row.state == State.DRAFT:
            found.append(_waiting(row, Wait.CONFIRM, [row.author], actor, today))
            continue
        if _ones_own(row, actor):
            continue
        if row.state == State.REPORTED and actor.employee_id not in judges[row.id].barred:
            found.append(_waiting(row, Wait.JUDGE, [judges[row.id].judge], actor, today))
        if row.state == State.CLARIFYING:
            found.append(_waiting(row, Wait.EXPLAIN, both, actor, today))
        if row.asked_id is not None:
            found.append(_waiting(row, Wait.ANSWER, both, actor, today))
    return [one for one in found if one is not None]


def _left_to_the_clerk(actor: Actor, today: dt.date, most: int, only: int | None) -> list[Waiting]:
    """What nobody else can answer: author and controller do not work here, or wrote the report themselves."""
    here = Employee.select(Employee.id).where(works(today))
    own = (Assignment.author == Assignment.responsible) & Assignment.controller.is_null(False)
    gone = (Assignment.author.is_null() | Assignment.author.not_in(here) | own) & (
        Assignment.controller.is_null() | Assignment.controller.not_in(here)
    )
    in_place = AssignmentReport.select(pw.SQL("1")).where(
        (AssignmentReport.assignment == Assignment.id)
        & AssignmentReport.verdict.is_null()
        & (AssignmentReport.made_by_employee != Assignment.responsible)
    )
    written = (Assignment.state == str(State.REPORTED)) & pw.fn.EXISTS(in_place)
    rows = _rows(_decidable() & (Assignment.state != str(State.DRAFT)) & (gone | written) & visible_to(actor), most, only)
    judges, there = _judges(rows, today), _there(rows, today)
    found = []
    for row in rows:
        nobody = there.isdisjoint(_deciders(row))
        if _ones_own(row, actor):
            continue
        if row.state == State.REPORTED and judges[row.id].judge is None and actor.employee_id not in judges[row.id].barred:
            found.append(_made(row, Wait.JUDGE, today))
        if row.state == State.CLARIFYING and nobody:
            found.append(_made(row, Wait.EXPLAIN, today))
        if row.asked_id is not None and nobody:
            found.append(_made(row, Wait.ANSWER, today))
    return found


@dataclass(frozen=True, slots=True)
class _Judge:
    """Who looks at a report (as :attr:`roadmapdocs.assignments.rules.Facts.judge`), and who does not: they wrote it."""

    judge: int | None
    barred: frozenset[int]


def _judges(rows: list[_Row], today: dt.date) -> dict[int, _Judge]:
    """By the assignment that is reported."""
    reported = {row.id: row for row in rows if row.state == State.REPORTED}
    there = _there(reported.values(), today)
    waits = AssignmentReport.assignment.in_(list(reported)) & AssignmentReport.verdict.is_null()
    wrote = dict(AssignmentReport.select(AssignmentReport.assignment, AssignmentReport.made_by_employee).where(waits).tuples())
    judges = {}
    for row in reported.values():
        writer = wrote.get(row.id, row.responsible)
        barred = frozenset[int]() if writer in {None, row.responsible} else frozenset({writer})
        judge = next((one for one in _deciders(row) if one in there - barred), None)
        judges[row.id] = _Judge(judge, barred)
    return judges


def _there(rows: Iterable[_Row], today: dt.date) -> set[int]:
    return works_on({one for row in rows for one in (row.author, row.controller) if one is not None}, today)


def _decidable() -> pw.Expression:
    """On which somebody other than the executor has to decide something."""
    waits = Assignment.state.in_([str(State.DRAFT), str(State.CLARIFYING), str(State.REPORTED)])
    return Assignment.state.in_([str(State.DRAFT), *(str(one) for one in LIVE)]) & (waits | DueExtension.id.is_null(False))


def _ones_own(row: _Row, actor: Actor) -> bool:
    """Nobody decides on their own work; what one has set for oneself alone is judged by oneself."""
    return row.responsible == actor.employee_id and not (row.author == row.responsible and row.controller is None)


def _deciders(row: _Row) -> list[int | None]:
    """The controller before the author; not the author who carries it out under another's control."""
    own = row.author == row.responsible and row.controller is not None
    return [row.controller] if own else [row.controller, row.author]


def _waiting(row: _Row, act: Wait, employees: list[int | None], actor: Actor, today: dt.date) -> Waiting | None:
    """As it waits for the actor, who is one of those asked, or stands in for one; None if neither."""
    if actor.employee_id is not None and actor.employee_id in employees:
        return _made(row, act, today)
    stands = next((one for employee in employees if (one := stead(actor, employee, row.kind or "")) is not None), None)
    return None if stands is None else _made(row, act, today, stands.name, stands.acting)


def _made(row: _Row, act: Wait, today: dt.date, in_place_of: str = "", acting: bool = False) -> Waiting:
    asked = act is Wait.ANSWER
    return Waiting(
        row.id,
        act,
        row.due,
        row.asked_at if asked else row.state_at,
        late=is_late(row.state, row.due, today),
        urgent=row.urgent,
        document_id=row.document,
        extension_id=row.asked_id if asked else None,
        in_place_of=in_place_of,
        acting=acting,
    )
