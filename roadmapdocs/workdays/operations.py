"""Reading the calendar of the office. Days are added to it in ``people/calendar.py``: that is an administrator's act."""

from __future__ import annotations

from roadmapdocs.workdays.models import DayException
from roadmapdocs.workdays.rules import Calendar


def calendar() -> Calendar:
    """The official calendar with the exceptions of this office; one statement."""
    return Calendar(dict(DayException.select(DayException.day, DayException.working).tuples()))
