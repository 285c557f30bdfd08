"""For whom a person stands in, told beside the worklist: from when until when, in which post, by what."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Acting, Employee, Substitution
from roadmapdocs.people.rules import Actor


def standing_notes(actor: Actor, today: dt.date) -> list[dict[str, str]]:
    """{head, text}; nothing is looked up for those who stand in for nobody."""
    if actor.employee_id is None or not actor.stands_for:
        return []
    return [*_acting(actor.employee_id, today), *_substitutions(actor.employee_id, today)]


def _acting(employee_id: int, today: dt.date) -> list[dict[str, str]]:
    rows = Acting.select(Acting, Employee).join(Employee, on=Acting.absent).where((Acting.employee == employee_id) & Acting.live_on(today))
    return [
        {
            "head": _("%(days)s you fill a post: %(post)s", days=_days(row.since, row.until), post=row.printed),
            "text": _(
                "%(basis)s. What waits for %(name)s stands in a list of its own; you sign it in your own name.",
                basis=row.basis,
                name=row.absent,
            ),
        }
        for row in rows
    ]


def _substitutions(employee_id: int, today: dt.date) -> list[dict[str, str]]:
    mine = (Substitution.substitute == employee_id) & Substitution.live_on(today)
    rows = Substitution.select(Substitution, Employee).join(Employee, on=Substitution.absent).where(mine)
    return [
        {
            "head": _("%(days)s you stand in for %(name)s", days=_days(row.since, row.until), name=row.absent),
            "text": _("%(reason)s. You give visas in their place; both names stand on the sheet.", reason=row.reason),
        }
        for row in rows
    ]


def _days(since: dt.date, until: dt.date | None) -> str:
    if until is None:
        return _("Since %(since)s", since=since.strftime("%d.%m"))
    return _("From %(since)s to %(until)s", since=since.strftime("%d.%m"), until=until.strftime("%d.%m"))
