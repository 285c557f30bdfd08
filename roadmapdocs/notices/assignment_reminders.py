"""Reminders before and after the deadline of an assignment, to its controller and the head: each is told once.

The occasion names the deadline, so that one that was moved is told anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.assignments.deadlines import executors_due
from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.words import OPEN, Part
from roadmapdocs.db import transaction
from roadmapdocs.notices.assignment_teller import Teller, topic
from roadmapdocs.notices.models import Notice
from roadmapdocs.notices.reminders import AHEAD, CHUNK, head_above
from roadmapdocs.notices.rules import Reminder, Reminding, reminder_on
from roadmapdocs.people.models import Employee
from roadmapdocs.workdays.rules import Calendar

#: So many working days whoever is late is told each day; after that on each fifth.
EACH_DAY: Final = 10
SELDOM: Final = 5
_OPEN: Final = Assignment.state.in_([str(state) for state in OPEN])


@dataclass(frozen=True, slots=True)
class _Said:
    """What is to be said of one assignment today: ``key`` is what it is remembered by."""

    assignment: int
    ask: str
    occasion: str
    reminder: Reminder

    @property
    def key(self) -> str:
        return f"{topic(self.assignment, self.ask)}/{self.occasion}"


@dataclass(frozen=True, slots=True)
class _Running:
    """An assignment that somebody has, and whether there is anybody to tell besides."""

    id: int
    due: dt.date
    responsible: int
    controlled: bool
    helped: bool


def remind(*, now: dt.datetime, today: dt.date, calendar: Calendar, escalate_after: int) -> None:
    """Tell all that is to be told today about deadlines. Called as often as one likes, it tells each thing once."""
    if not calendar.is_working(today):
        return
    above = _Heads(today)
    wanted = {
        said.key: said
        for running in _running(today)
        for said in _to_be_said(running, today, calendar, escalate_after, above)
    }
    told = _told_of(list(wanted))
    for key, said in wanted.items():
        if key not in told:
            with transaction():
                _tell(said, now, today, calendar)


def _running(today: dt.date) -> Iterator[_Running]:
    """Those with executors whose deadline is near or over."""
    helpers = AssignmentPerson.select(pw.SQL("1")).where(
        (AssignmentPerson.assignment == Assignment.id) & (AssignmentPerson.part == str(Part.EXECUTOR))
    )
    rows = Assignment.select(
        Assignment.id, Assignment.due, Assignment.responsible, Assignment.controller, pw.fn.EXISTS(helpers)
    ).where(_OPEN & (Assignment.due <= today + AHEAD))
    for number, due, responsible, controller, helped in rows.order_by(Assignment.due, Assignment.id).tuples():
        yield _Running(number, due, responsible, controller not in (None, responsible), bool(helped))


class _Heads:
    """Who is above whom on a day, looked up once for each."""

    def __init__(self, day: dt.date) -> None:
        self._day = day
        self._known: dict[int, int | None] = {}

    def of(self, employee_id: int) -> int | None:
        if employee_id not in self._known:
            self._known[employee_id] = head_above(employee_id, self._day)
        return self._known[employee_id]


def _to_be_said(
    running: _Running, today: dt.date, calendar: Calendar, escalate_after: int, above: _Heads
) -> Iterator[_Said]:
    """The executor is told before and on working days after, co-executors a working day earlier and not again; the
    controller once that it is late, and the head of the executor once it is late for long.
    """
    number, day = running.id, f"{running.due:%Y%m%d}"
    own = reminder_on(today, running.due, calendar, escalate_after=escalate_after)
    if own is not None and own.kind is Reminding.SOON:
        yield _Said(number, "do", f"soon:{day}", own)
    elif own is not None:
        if own.late <= EACH_DAY or own.late % SELDOM == 0:
            yield _Said(number, "do", f"late:{day}:{own.late}", own)
        if running.controlled:
            yield _Said(number, "watch", f"late:{day}", own)
        if own.escalate and above.of(running.responsible) is not None:
            yield _Said(number, "watch", f"escalated:{day}", own)
    if running.helped:
        due = executors_due(running.due, calendar)
        helping = reminder_on(today, due, calendar, escalate_after=escalate_after)
        if helping is not None and (helping.kind is Reminding.SOON or helping.late == 1):
            yield _Said(number, "help", f"{helping.kind}:{day}", helping)


def _told_of(keys: list[str]) -> set[str]:
    """Those of the keys under which somebody was told already."""
    told: set[str] = set()
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        topics = sorted({key.partition("/")[0] for key in some})
        told |= {key for (key,) in Notice.select(Notice.key).where(Notice.topic.in_(topics)).tuples()}
    return told


def _tell(said: _Said, now: dt.datetime, today: dt.date, calendar: Calendar) -> None:
    """Whoever has done it between the look and this transaction is not reminded."""
    row: Assignment | None = Assignment.get_or_none((Assignment.id == said.assignment) & _OPEN)
    if row is None or row.due is None:
        return
    teller = Teller(row, now, today)
    about: dict[str, object] = {"days": said.reminder.late}
    code = "assignment_late" if said.reminder.kind is Reminding.LATE else "assignment_soon"
    if said.ask == "do":
        teller.ask(row.responsible_id, code, "do", occasion=said.occasion, about=about)
    elif said.ask == "help":
        due = executors_due(row.due, calendar)
        for one in sorted(teller.people(Part.EXECUTOR) - {row.responsible_id}):
            teller.ask(one, code, "help", occasion=said.occasion, about=about, due=due)
    else:
        about["who"] = str(Employee.get_by_id(row.responsible_id))
        if said.occasion.startswith("escalated"):
            # The head of the executor need not be a person of the assignment: its words are not told.
            head = head_above(row.responsible_id, today)
            teller.ask(head, "assignment_escalated", "watch", occasion=said.occasion, about={**about, "text": ""})
        else:
            teller.ask(row.controller_id, "assignment_late_of", "watch", occasion=said.occasion, about=about)
