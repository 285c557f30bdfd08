"""The history of an assignment in sentences, day by day, the newest first."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import subject_key
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.assignments.rows import source_names
from roadmapdocs.web.context import actor, settings, today
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
    names = source_names({id_ for event in events if (id_ := _made(event)) is not None}, actor())
    zone = settings().zone
    days = groupby(events[:most], key=lambda event: event.at.astimezone(zone).date())
    this_year = today().year
    return [
        {"day": day(when) if when.year == this_year else date(when), "entries": [_entry(event, names) for event in entries]}
        for when, entries in days
    ], len(events) > most


def _made(event: Event) -> int | None:
    """Id of the document that was made, of a report."""
    told = event.what == "assignment_reported" and isinstance(event.effect, dict)
    made = event.effect.get("document") if told else None
    return made if isinstance(made, int) else None


def _told(event: Event, names: dict[int, str]) -> str:
    """The sentence, with the document that was made where the reader may read it."""
    said, name = event_sentence(event), names.get(_made(event) or 0)
    return _("%(said)s; document: %(name)s", said=said, name=name) if name else said


def _entry(event: Event, names: dict[int, str]) -> dict[str, Any]:
    return {
        "time": event.at.astimezone(settings().zone).strftime("%H:%M"),
        "who": event.who,
        "said": None,
        "text": _told(event, names),
        "symbol": _SYMBOLS.get(event.what, "edit"),
        "initials": event.who[:1].upper(),
    }
