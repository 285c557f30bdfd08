"""The history of an assignment in sentences, day by day, the newest first."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import subject_key
from roadmapdocs.web.context import settings, today
from roadmapdocs.web.pages import date, day
from roadmapdocs.web.words import event_sentence

ON_THE_CARD = 100
_SYMBOLS = {
    "assignment_given": "flag",
    "assignment_reported": "check",
    "assignment_accepted": "tick",
    "assignment_returned": "undo",
    "assignment_cancelled": "x",
    "assignment_removed": "check",
    "assignment_due_moved": "cal",
    "assignment_extension_asked": "clock",
    "assignment_extension_granted": "cal",
    "assignment_reassigned": "users",
}


def newest(assignment: Assignment, most: int = ON_THE_CARD) -> tuple[list[dict[str, Any]], bool]:
    """Days as ``history_list`` of the macros takes them, and whether there is more."""
    rows = Event.select().where(Event.subject == subject_key(assignment)).order_by(Event.number.desc()).limit(most + 1)
    events = list(rows)
    zone = settings().zone
    days = groupby(events[:most], key=lambda event: event.at.astimezone(zone).date())
    this_year = today().year
    return [
        {"day": day(when) if when.year == this_year else date(when), "entries": [_entry(event) for event in entries]}
        for when, entries in days
    ], len(events) > most


def _entry(event: Event) -> dict[str, Any]:
    return {
        "time": event.at.astimezone(settings().zone).strftime("%H:%M"),
        "who": event.who,
        "said": None,
        "text": event_sentence(event),
        "symbol": _SYMBOLS.get(event.what, "edit"),
        "initials": event.who[:1].upper(),
    }
