"""The office's own days in the working calendar: an administrator adds and removes them."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.workdays.models import DayException
from roadmapdocs.workdays.rules import official_year

FIRST_YEAR, LAST_YEAR = 1990, 2100


def set_day_exception(day: dt.date, *, working: bool, name: str, by: Actor, now: dt.datetime) -> DayException:
    """Make a day a working one or a day off in this office, whatever the official calendar says.

    A day that has an exception gets the new name; the same once more leaves no entry.

    :raise Forbidden: if the actor is no administrator
    :raise Refusal: with ``field`` in the details: ``day`` or ``name``
    """
    _require(by)
    name = " ".join(name.split())
    if not name:
        raise Refusal(
            "name",
            _("Why the day is different is missing. Name it: a local holiday, a day of mourning."),
            field="name",
        )
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = _(
            "The calendar is kept for %(first)s–%(last)s. Correct the year.", first=FIRST_YEAR, last=LAST_YEAR
        )
        raise Refusal("year", message, field="day")
    if official_year(day.year).is_working(day) == working:
        message = (
            _("%(day)s is a working day anyway. Nothing is to be added.", day=f"{day:%d.%m.%Y}")
            if working
            else _("%(day)s is a day off anyway. Nothing is to be added.", day=f"{day:%d.%m.%Y}")
        )
        raise Refusal("same_as_official", message, field="day")
    with transaction():
        row = DayException.get_or_none(DayException.day == day)
        if row is not None and (row.working, row.name) == (working, name):
            return row
        row = row or DayException(day=day)
        row.working, row.name = working, name
        row.save()
        record("day_exception_set", subject=row, effect=_effect(row), by=by, now=now)
    return row


def remove_day_exception(day: dt.date, *, by: Actor, now: dt.datetime) -> None:
    """Let the official calendar decide about the day again.

    :raise Forbidden: if the actor is no administrator
    :raise NotFound: if the day has no exception
    """
    _require(by)
    with transaction():
        row = DayException.get_or_none(DayException.day == day)
        if row is None:
            raise NotFound(
                "no_exception", _("%(day)s has no exception. Open the calendar anew.", day=f"{day:%d.%m.%Y}")
            )
        record("day_exception_removed", subject=row, effect=_effect(row), by=by, now=now)
        row.delete_instance()


def _require(by: Actor) -> None:
    if not by.has(Role.ADMINISTRATOR):
        raise Forbidden("forbidden", _("The working calendar is kept by the administrator."))


def _effect(row: DayException) -> dict[str, object]:
    return {"day": row.day.isoformat(), "working": row.working, "name": row.name}
