"""The day that a deadline falls on, shown to whoever sets it before anything is kept, with what moved it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import islice

from roadmapdocs.assignments.deadlines import due_of, executors_due, moved, nominal_day, why_not
from roadmapdocs.assignments.house import on_day_off
from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.recurrences import can_recur, occurrences
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.pages import day as printed
from roadmapdocs.workdays.operations import calendar
from roadmapdocs.workdays.rules import Calendar

#: Days of a series that are counted: one more than a page shows, so that it can say that there are more.
_MOST_COUNTED = 7
SERIES = (DeadlineKind.PERIODIC, DeadlineKind.DATES)


@dataclass(frozen=True, slots=True)
class Computed:
    """``key`` tells whether the person has seen this very answer. ``refused``: a sentence why it cannot be so.

    ``past``: it can be, if the person says that a day gone by is meant. ``notes`` are sentences.
    """

    key: str
    due: dt.date | None
    days: tuple[dt.date, ...] = ()
    executors: dt.date | None = None
    notes: tuple[str, ...] = ()
    refused: str | None = None
    past: bool = False


def computed(deadline: Deadline, *, counted_from: dt.date, today: dt.date, others: bool, may_be_past: bool = False) -> Computed:
    """``others``: there are co-executors. ``may_be_past``: the text of the document itself may name a day gone by."""
    known = calendar()
    if deadline.kind is DeadlineKind.PERIODIC and not can_recur(deadline.recurrence):
        sentence = _("It is not known how often “%(words)s” is. Choose one of the list.", words=deadline.recurrence)
        return Computed("", None, refused=sentence)
    due = due_of(deadline, counted_from=counted_from, calendar=known, on_day_off=on_day_off())
    nominal = nominal_day(deadline, counted_from=counted_from, calendar=known)
    days = _series(deadline, counted_from, known)
    refused = why_not(_dated(deadline, due), today=today)
    past = refused is not None and may_be_past and why_not(_dated(deadline, due), today=today, allow_past=True) is None
    return Computed(
        key="|".join(str(one) for one in (deadline.kind, due, *days)),
        due=due,
        days=days,
        executors=executors_due(due, known) if others and due is not None else None,
        notes=tuple(_notes(deadline, nominal, due, counted_from)),
        refused=refused,
        past=past,
    )


def _dated(deadline: Deadline, due: dt.date | None) -> Deadline:
    """What is counted in days may be over as well: it is asked of the day that it falls on."""
    if deadline.kind in SERIES or due is None:
        return deadline
    return Deadline(DeadlineKind.DATE, due)


def _series(deadline: Deadline, counted_from: dt.date, known: Calendar) -> tuple[dt.date, ...]:
    if deadline.kind is DeadlineKind.DATES:
        return tuple(moved(day, known, on_day_off()) for day in deadline.dates[:_MOST_COUNTED])
    if deadline.kind is not DeadlineKind.PERIODIC:
        return ()
    days = occurrences(deadline.recurrence, starts=counted_from, ends=deadline.until, anchor=deadline.anchor)
    return tuple(moved(day, known, on_day_off()) for day in islice(days, _MOST_COUNTED))


def _notes(deadline: Deadline, nominal: dt.date | None, due: dt.date | None, counted_from: dt.date) -> list[str]:
    found = []
    if deadline.kind in {DeadlineKind.URGENT, DeadlineKind.PROMPT, DeadlineKind.MONTH, DeadlineKind.DAYS, DeadlineKind.WORKING_DAYS}:
        found.append(_("Counted from %(day)s.", day=counted_from.strftime("%d.%m.%Y")))
    if nominal is not None and due is not None and nominal != due:
        found.append(_("%(day)s is a day off: the deadline falls on %(due)s.", day=printed(nominal), due=printed(due)))
    elif nominal is not None and not calendar().is_working(nominal):
        found.append(_("%(day)s is a day off.", day=printed(nominal)))
    return found
