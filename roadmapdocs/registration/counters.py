"""The counter of a period: the one row at which everybody queues who changes a number of it."""

from __future__ import annotations

from dataclasses import dataclass

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.prepared import Prepared, place
from roadmapdocs.registration.models import Counter


@dataclass(frozen=True, slots=True)
class Count:
    """The counter after the statement: last running number, and how many freed ones there are."""

    last: int
    free: int


_LOCK = Prepared(
    lambda: (
        Counter.update(last=Counter.last + place("step", Counter.last), free=Counter.free + place("more", Counter.free))
        .where((Counter.journal == place("journal", Counter.journal)) & (Counter.period == place("period", Counter.period)))
        .returning(Counter.last, Counter.free, Counter.closed)
    )
)


def lock(journal_id: int, period: str, *, step: int = 0, free: int = 0, even_closed: bool = False) -> Count:
    """The first statement of everybody who changes a number: adds to the counter's columns and gives them.

    :raise Refusal: ``period_closed`` unless ``even_closed``
    """
    values = {"journal": journal_id, "period": period, "step": step, "more": free}
    rows = _LOCK.rows(**values)
    if not rows:
        # The first number of a period. Somebody else may make the row at this moment: then theirs is used.
        Counter.insert(journal=journal_id, period=period).on_conflict_ignore().execute()
        rows = _LOCK.rows(**values)
    ((last, freed, closed),) = rows
    if closed and not even_closed:
        raise closed_period()
    return Count(last, freed)


def closed_period() -> Refusal:
    return Refusal(
        "period_closed",
        _("The journal is closed for this period, so it gives no number of that date. Write another date."),
    )
