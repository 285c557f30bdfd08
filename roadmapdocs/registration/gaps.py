"""Numbers behind which stands no document, why, and the end of a period."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.access.rules import Action
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.counters import lock
from roadmapdocs.registration.models import Counter, Entry, Gap, Journal
from roadmapdocs.registration.rights import require_in
from roadmapdocs.registration.rules import (
    NEVER_GIVEN,
    EntryState,
    GapLine,
    Reset,
    check_reason,
    gap_lines,
    may_close,
)

_NOT_USED = (EntryState.RESERVED, EntryState.FREE)


def gaps(journal: Journal, period: str, *, reserved_before: dt.datetime | None = None) -> list[GapLine]:
    """Stretches of running numbers up to the last one that have no document, in order.

    :param reserved_before: leave out what was reserved at that moment or later
    """
    counter: Counter | None = Counter.get_or_none((Counter.journal == journal) & (Counter.period == period))
    rows = (
        Entry.select(Entry.n, Entry.state, Entry.reason, Entry.reserved_for, Entry.at)
        .where((Entry.journal == journal) & (Entry.period == period) & (Entry.suffix == ""))
        .order_by(Entry.n)
        .tuples()
    )
    entries = []
    for n, state, reason, reserved_for, at in rows:
        if state != EntryState.RESERVED:
            entries.append((n, state, reason))
        elif reserved_before is None or at < reserved_before:
            entries.append((n, state, reserved_for))
        else:
            entries.append((n, EntryState.REGISTERED, ""))
    explained = Gap.select().where((Gap.journal == journal) & (Gap.period == period)).order_by(Gap.id)
    return gap_lines(counter.last if counter else 0, entries, [(one.first, one.last, one.reason) for one in explained])


def periods(journal: Journal) -> list[Counter]:
    """Periods in which the journal has numbers, the newest first."""
    return list(Counter.select().where(Counter.journal == journal).order_by(Counter.period.desc()))


def explain_gap(
    journal: Journal, period: str, first: int, last: int, *, reason: str, by: Actor, now: dt.datetime
) -> Gap:
    """Say why running numbers were never given. A later explanation of the same numbers takes the place of this one.

    :raise Refusal: ``reason``, or ``no_gap`` if some of the numbers were given, or were never reached
    """
    require_in(journal, Action.REGISTER, by=by)
    why = check_reason(reason)
    with transaction():
        counter = lock(journal.id, period, even_closed=True)
        if not 1 <= first <= last <= counter.last:
            raise Refusal(
                "no_gap",
                _("Numbers go from 1 to %(last)s in this period. Write numbers among them.", last=counter.last),
            )
        given = (
            Entry.select()
            .where((Entry.journal == journal) & (Entry.period == period) & Entry.n.between(first, last))
            .order_by(Entry.n)
            .first()
        )
        if given is not None:
            raise Refusal(
                "no_gap",
                _("No. %(number)s stands in the journal, so it is no gap. Leave it out.", number=given.number),
                entry=given.id,
            )
        gap = Gap.create(journal=journal, period=period, first=first, last=last, reason=why, by=by.name, at=now)
        effect = {"period": period, "first": first, "last": last, "reason": why}
        record("gap_explained", subject=journal, effect=effect, by=by, now=now)
    return gap


def close_period(
    journal: Journal, period: str, *, reason: str, by: Actor, now: dt.datetime, today: dt.date
) -> list[GapLine]:
    """Give no more numbers of a period; what was reserved, freed or passed over without a word stays unused.

    :return: the stretches that got ``reason``
    :raise Refusal: ``reason``, ``not_over`` before the last day of a year, ``period_closed`` if it is closed already
    """
    require_in(journal, Action.MANAGE_REGISTRY, by=by)
    why = check_reason(reason)
    if period not in {one.period for one in periods(journal)}:
        raise Refusal("no_period", _("The journal has no numbers of this period. Choose another period."))
    if not may_close(Reset(journal.reset), period, today):
        raise Refusal(
            "not_over",
            _("The year %(year)s is not over. Close the journal on 31 December or later.", year=period),
        )
    with transaction():
        lock(journal.id, period)
        left = [line for line in gaps(journal, period) if _is_open(line)]
        for line in left:
            if line.state == NEVER_GIVEN:
                Gap.create(
                    journal=journal, period=period, first=line.first, last=line.last, reason=why, by=by.name, at=now
                )
        # Reserved literal numbers are no gap, but they end as the others do.
        in_period = (Entry.journal == journal) & (Entry.period == period)
        Entry.update(state=EntryState.UNUSED, reason=why).where(in_period & Entry.state.in_(_NOT_USED)).execute()
        Counter.update(free=0, closed=True).where(
            (Counter.journal == journal) & (Counter.period == period)
        ).execute()
        effect = {"period": period, "reason": why, "unused": [[line.first, line.last] for line in left]}
        record("period_closed", subject=journal, effect=effect, by=by, now=now)
    return left


def reopen_period(journal: Journal, period: str, *, reason: str, by: Actor, now: dt.datetime) -> None:
    """Give numbers of a closed period again; those that ended unused stay so.

    :raise Refusal: ``reason``, or ``period_open`` if it is not closed
    """
    require_in(journal, Action.MANAGE_REGISTRY, by=by)
    why = check_reason(reason)
    with transaction():
        reopened = (
            Counter.update(closed=False)
            .where((Counter.journal == journal) & (Counter.period == period) & Counter.closed)
            .execute()
        )
        if not reopened:
            raise Refusal("period_open", _("The journal is not closed for this period. There is nothing to open."))
        record("period_reopened", subject=journal, effect={"period": period, "reason": why}, by=by, now=now)


def _is_open(line: GapLine) -> bool:
    return line.state in _NOT_USED or (line.state == NEVER_GIVEN and not line.reason)
