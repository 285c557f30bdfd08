"""Who stands in for somebody who is told something."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import peewee as pw

from roadmapdocs.people.models import Acting, Substitution
from roadmapdocs.people.substitution import Substitute, substitutes_on
from roadmapdocs.prepared import Prepared, place


def _away() -> pw.Query:
    """Whether anybody stands in for the employee on a day."""
    me, day = place("employee", Substitution.absent), place("day", Substitution.since)
    acting = Acting.select(pw.SQL("1")).where((Acting.absent == me) & (Acting.since <= day) & Acting.revoked_at.is_null())
    stead = Substitution.select(pw.SQL("1")).where(
        (Substitution.absent == me) & (Substitution.since <= day) & Substitution.revoked_at.is_null()
    )
    return acting.union_all(stead).limit(1)


# Composed once: each act asks it, and nearly always there is nobody.
_AWAY = Prepared(_away)


def standing_in(employee_id: int, day: dt.date, covers: Callable[[Substitute], bool]) -> set[int]:
    """Those who act for this person on that day, and whose stead ``covers`` the matter."""
    if not _AWAY.rows(employee=employee_id, day=day):
        return set()
    standing = substitutes_on([employee_id], day).get(employee_id, [])
    return {one.employee_id for one in standing if covers(one)} - {employee_id}
