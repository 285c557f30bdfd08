"""Absence and substitution (замещение): who is away, who gives visas meanwhile, and asking for it.

People tell of their own absence; a clerk or an administrator of anybody's, but is not made the substitute by that:
the absent person, or another clerk, names them. Nothing is deleted: what was set by
mistake is revoked.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Acting, Employee, Substitution
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor, Period, Role, Stead, check_stead

_KEEPERS = (Role.CLERK, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who acts for an absent person; ``kinds``, ``acting`` and ``basis`` as in :class:`.rules.Standing`."""

    employee_id: int
    name: str
    kinds: frozenset[str]
    acting: bool
    basis: str

    def covers(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


def may_set_for(actor: Actor, employee_id: int) -> bool:
    """Whether the actor may tell of this person's absence."""
    return actor.employee_id == employee_id or actor.has(*_KEEPERS)


def set_substitution(
    absent_id: int,
    substitutes: Sequence[tuple[int | None, Collection[str]]],
    *,
    since: dt.date,
    until: dt.date,
    reason: str,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> list[Substitution]:
    """Record that somebody is away and who gives visas meanwhile: (employee, codes of kinds; none mean all) each.

    Nobody, or one None, records the absence alone.

    :raise Forbidden: if it is neither the person nor a clerk or an administrator
    :raise Refusal: with ``field`` in the details: ``since``, ``until``, ``reason``, ``absent`` or ``substitutes``
    """
    _require(by, absent_id)
    _require_another(by, absent_id, [one for one, _kinds in substitutes])
    reason = " ".join(reason.split())
    if not reason:
        raise Refusal(
            "reason",
            _("The reason of the absence is missing. Name it: leave, illness, a trip."),
            field="reason",
        )
    _check_period(since, until, today)
    wanted = [(one, tuple(sorted(set(kinds)))) for one, kinds in substitutes] or [(None, ())]
    with transaction():
        people = _people(absent_id, {one for one, _kinds in wanted if one is not None}, max(since, today))
        live = _live_in(since, until)
        made = []
        for substitute_id, kinds in wanted:
            stead = Stead(absent_id, substitute_id, Period(since, until), frozenset(kinds))
            check_stead(stead, live, {one: str(person) for one, person in people.items()})
            live.append(stead)
            row = Substitution.create(
                absent=people[absent_id],
                substitute=people[substitute_id] if substitute_id is not None else None,
                since=since,
                until=until,
                kinds=list(kinds),
                reason=reason,
                set_by=by.name,
                made_at=now,
            )
            record("substitution_set", subject=row, effect=_effect(row), by=by, now=now)
            made.append(row)
    return made


def revoke_substitution(substitution_id: int, *, by: Actor, now: dt.datetime) -> Substitution:
    """End a substitution at once; what was decided by it stays.

    :raise NotFound: if there is none
    :raise Forbidden: if it is neither the absent person nor a clerk or an administrator
    :raise Conflict: if it is revoked already
    """
    with transaction():
        row: Substitution | None = Substitution.get_or_none(Substitution.id == substitution_id)
        if row is None:
            raise NotFound("no_substitution", _("There is no such absence. Open the list anew."))
        _require(by, row.absent_id)
        if row.revoked_at is not None:
            raise Conflict("revoked", _("This absence is revoked already. Nothing is left to do."))
        row.revoked_at = now
        row.save(only=[Substitution.revoked_at])
        record("substitution_revoked", subject=row, effect=_effect(row), by=by, now=now)
    return row


def substitutes_on(employee_ids: Collection[int], day: dt.date) -> dict[int, list[Substitute]]:
    """By absent person, who acts for that person on that day: acting heads first; nobody who left the office."""
    if not employee_ids:
        return {}
    wanted = list(employee_ids)
    actings = (
        Acting.select(Acting, Employee)
        .join(Employee, on=Acting.employee)
        .where(Acting.absent.in_(wanted) & Acting.live_on(day))
        .order_by(Acting.id)
    )
    others = (
        Substitution.select(Substitution, Employee)
        .join(Employee, on=Substitution.substitute)
        .where(Substitution.absent.in_(wanted) & Substitution.live_on(day))
        .order_by(Substitution.id)
    )
    found = [
        (row.absent_id, Substitute(row.employee_id, str(row.employee), frozenset(), True, row.basis))
        for row in actings
    ]
    found += [
        (
            row.absent_id,
            Substitute(row.substitute_id, str(row.substitute), frozenset(row.kinds), False, row.reason),
        )
        for row in others
    ]
    working = works_on({one.employee_id for _absent, one in found}, day)
    by_absent: dict[int, list[Substitute]] = defaultdict(list)
    for absent, one in found:
        if one.employee_id in working:
            by_absent[absent].append(one)
    return dict(by_absent)


def _require(by: Actor, absent_id: int) -> None:
    if not may_set_for(by, absent_id):
        raise Forbidden(
            "forbidden", _("People tell of their own absence; of another's, the clerk or the administrator.")
        )


def _require_another(by: Actor, absent_id: int, substitutes: Collection[int | None]) -> None:
    """Whoever is away may leave the visas to anybody; nobody else takes them by the own word."""
    if by.employee_id is not None and by.employee_id != absent_id and by.employee_id in substitutes:
        message = _(
            "People do not make themselves the substitute of another. "
            "Let the absent person name you, or ask another clerk or the administrator to."
        )
        raise Refusal("own_substitute", message, field="substitutes", employee=by.employee_id)


def _check_period(since: dt.date, until: dt.date, today: dt.date) -> None:
    if until < since:
        raise Refusal(
            "reversed", _("The absence ends before it begins. Correct one of the days."), field="until"
        )
    if until < today:
        raise Refusal(
            "past", _("These days are over. Name a period that lasts today or is to come."), field="until"
        )


def _people(absent_id: int, substitutes: Collection[int], day: dt.date) -> dict[int, Employee]:
    """Everyone concerned.

    :raise Refusal: if one is unknown, or does not work in the office on the first day that counts
    """
    people = {row.id: row for row in Employee.select().where(Employee.id.in_([absent_id, *substitutes]))}
    if absent_id not in people:
        raise Refusal("nobody", _("There is no such employee. Choose one of the list."), field="absent")
    working = works_on(substitutes, day)
    for one in substitutes:
        if one not in people:
            raise Refusal(
                "nobody", _("There is no such employee. Choose one of the list."), field="substitutes", employee=one
            )
        if one not in working:
            message = _(
                "%(name)s does not work in the office on %(day)s. Choose another.",
                name=people[one],
                day=f"{day:%d.%m.%Y}",
            )
            raise Refusal("left", message, field="substitutes", employee=one)
    return people


def _live_in(since: dt.date, until: dt.date) -> list[Stead]:
    """What is set for any of these days by anybody."""
    rows = Substitution.select().where(
        Substitution.revoked_at.is_null() & (Substitution.since <= until) & (Substitution.until >= since)
    )
    return [
        Stead(row.absent_id, row.substitute_id, Period(row.since, row.until), frozenset(row.kinds))
        for row in rows
    ]


def _effect(row: Substitution) -> dict[str, object]:
    return {
        "absent": str(row.absent),
        "substitute": str(row.substitute) if row.substitute_id is not None else "",
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "kinds": row.kinds,
        "reason": row.reason,
    }
