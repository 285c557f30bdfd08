"""Filters over the list of documents as chips: those that come with the program, and a person's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

import peewee as pw

from roadmapdocs.access.rules import Action, may
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.saved_filters import filters_of
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.lists.clauses import Asking
from roadmapdocs.web.lists.conditions import TODAY, UNSIGNED, Conditions
from roadmapdocs.web.lists.query import matching

#: A chip counts so far; beyond it says "99+".
MOST_COUNTED: Final = 100
#: Conditions that no index answers: a chip with one of them leads there without a number.
_UNCOUNTED: Final = frozenset({"q", "on", "index"})


@dataclass(frozen=True, slots=True)
class Filter:
    """``id`` is None for those of the program; ``late`` ones are counted in red."""

    name: str
    conditions: Conditions
    id: int | None = None
    late: bool = False

    @property
    def is_counted(self) -> bool:
        return bool(self.conditions.narrowing) and _UNCOUNTED.isdisjoint(self.conditions.narrowing)


def filters_for(asking: Asking) -> list[Filter]:
    """The program's filters for this person's roles, then the person's own."""
    return [*_shipped(asking), *own_filters(asking.actor.user_id)]


def own_filters(user_id: int | None) -> list[Filter]:
    return [Filter(row.name, conditions_of(row.query), row.id) for row in filters_of(user_id)]


def conditions_of(query: str) -> Conditions:
    """Conditions out of a query string, whatever version of the program kept it."""
    return Conditions.from_address(dict(parse_qsl(query)))


def chips(filters: Iterable[Filter], conditions: Conditions, asking: Asking) -> list[dict[str, object]]:
    """As the macro ``chips()`` takes them."""
    shown = [Filter(_("All"), Conditions()), *filters]
    counts = _counts([one for one in shown if one.is_counted], asking)
    return [
        {
            "label": one.name,
            "url": one.conditions.url(),
            "current": one.conditions.narrowing == conditions.narrowing,
            "count": _count_words(counts.get(one.conditions)),
            "late": one.late,
            "symbol": None,
        }
        for one in shown
    ]


def _count_words(count: int | None) -> int | str | None:
    return f"{MOST_COUNTED - 1}+" if count == MOST_COUNTED else count


def _shipped(asking: Asking) -> list[Filter]:
    actor = asking.actor
    found: list[tuple[bool, Filter]] = [
        (
            actor.employee_id is not None,
            Filter(_("My drafts"), Conditions(mine=True, preparation=UNSIGNED)),
        ),
        (may(actor, Action.REGISTER), Filter(_("Waiting for registration"), Conditions(to_register=True))),
        (may(actor, Action.LINK_DOCUMENT), Filter(_("Without a roadmap"), Conditions(unlinked=True))),
        (True, Filter(_("Control overdue"), Conditions(overdue=True), late=True)),
        (True, Filter(_("In force today"), Conditions(on=TODAY))),
    ]
    return [one for offered, one in found if offered]


def _counts(filters: list[Filter], asking: Asking) -> dict[Conditions, int]:
    """How many documents each finds, up to :data:`MOST_COUNTED`, in one statement."""
    wanted = list(dict.fromkeys(one.conditions for one in filters))
    if not wanted:
        return {}
    columns = []
    for place, conditions in enumerate(wanted):
        some = matching(conditions, asking).limit(MOST_COUNTED).alias(f"some{place}")
        columns.append(pw.Select([some], [pw.fn.COUNT(pw.SQL("1"))]))
    counted = pw.Select(columns=columns).bind(Document._meta.database).tuples()
    return dict(zip(wanted, next(iter(counted)), strict=True))
