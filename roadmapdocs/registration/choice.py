"""Which number it will be: the counter's next, a freed one, the one typed, or the reserved one."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.audit.rules import Initiator
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.counters import Count, lock
from roadmapdocs.registration.models import Entry, Gap
from roadmapdocs.registration.neighbours import freed_that_fits, last_before, neighbours, standing
from roadmapdocs.registration.numbers import HIGHEST, parts, without_sign
from roadmapdocs.registration.patterns import check_suffix
from roadmapdocs.registration.rules import EntryState, check_order, check_reason
from roadmapdocs.registration.wishes import Choice, Wish, wrong_number


def choose(wish: Wish, entry: Entry | None, *, by: Initiator, now: dt.datetime) -> Choice:
    """Lock the period and settle the number; an entry that exists still has to be written by the caller."""
    if entry is not None:
        return _taken_up(wish, entry)
    if not wish.manual:
        return _automatic(wish)
    return _by_hand(wish, by=by, now=now)


def _automatic(wish: Wish) -> Choice:
    counter = lock(wish.journal.id, wish.period, step=1, even_closed=wish.brought_in)
    freed = freed_that_fits(wish) if counter.free else None
    if freed is not None:
        lock(wish.journal.id, wish.period, step=-1, free=-1, even_closed=True)
        return Choice(freed.n, "", wish.pattern.print(freed.n, wish.context), entry=freed)
    n = counter.last
    _check_range(n)
    late = False
    if not (wish.brought_in or wish.reserving):
        late = check_order(wish.on, last_before(wish, n), backdating=wish.backdating)
    return Choice(n, "", wish.pattern.print(n, wish.context), out_of_order=late)


def _taken_up(wish: Wish, entry: Entry) -> Choice:
    """A reserved number kept its place before the later ones were given: only the earlier ones bind its date."""
    if (entry.journal_id, entry.period) != (wish.journal.id, wish.period):
        raise Refusal(
            "other_journal",
            _(
                "No. %(number)s is reserved in another journal or period. Choose a number of this journal and this date.",
                number=entry.number,
            ),
        )
    lock(entry.journal_id, entry.period)
    fresh: Entry = Entry.get_by_id(entry.id)
    if fresh.state == EntryState.FREE:
        return _freed_by_name(wish, fresh)
    if fresh.state != EntryState.RESERVED:
        raise Refusal("not_reserved", _("No. %(number)s is not reserved any more. Open it anew.", number=entry.number))
    previous, _following = neighbours(wish, fresh.n, fresh.suffix)
    late = not wish.brought_in and check_order(wish.on, previous, backdating=wish.backdating)
    return Choice(fresh.n, fresh.suffix, fresh.number, entry=fresh, out_of_order=late)


def _freed_by_name(wish: Wish, entry: Entry) -> Choice:
    late = _checked_order(wish, entry.n, "")
    lock(entry.journal_id, entry.period, free=-1, even_closed=True)
    return Choice(entry.n, "", wish.pattern.print(entry.n, wish.context), entry=entry, out_of_order=late)


def _by_hand(wish: Wish, *, by: Initiator, now: dt.datetime) -> Choice:
    n, suffix, number = _read(wish)
    counter = lock(wish.journal.id, wish.period, even_closed=wish.brought_in)
    same: Entry | None = standing(wish, n, suffix, number)
    if same is not None and (same.state, same.n, same.suffix) == (EntryState.FREE, n, ""):
        return _freed_by_name(wish, same)
    if same is not None:
        raise _taken(wish, same, counter)
    if suffix and not wish.brought_in:
        _check_literal(wish, n, suffix)
    late = _checked_order(wish, n, suffix)
    skipped = None
    if n > counter.last:
        lock(wish.journal.id, wish.period, step=n - counter.last, even_closed=True)
        if n > counter.last + 1 and not wish.brought_in:
            skipped = counter.last + 1, n - 1
            _explain(wish, skipped, by=by, now=now)
    return Choice(n, suffix, number, skipped=skipped, out_of_order=late)


def _read(wish: Wish) -> tuple[int, str, str]:
    """Running number, suffix and the number as it will stand in the journal: our print, or what the paper has."""
    found = wish.pattern.read(wish.manual, wish.context)
    if found is None and wish.brought_in:
        found = parts(wish.manual)
    if found is None:
        raise wrong_number(
            "number_unreadable",
            _(
                "«%(number)s» is not a number of this journal: its numbers look like %(example)s. Correct it.",
                number=wish.manual,
                example=wish.pattern.preview(45, wish.context),
            ),
        )
    n, suffix = found
    _check_range(n)
    if suffix:
        check_suffix(suffix)
    return n, suffix, without_sign(wish.manual) if wish.brought_in else wish.pattern.print(n, wish.context, suffix)


def _check_range(n: int) -> None:
    if not 1 <= n <= HIGHEST:
        raise wrong_number(
            "number_range", _("Running numbers go from 1 to %(highest)s. Correct the number.", highest=HIGHEST)
        )


def _check_literal(wish: Wish, n: int, suffix: str) -> None:
    check_reason(wish.reason)
    if standing(wish, n, "", wish.pattern.print(n, wish.context)) is None:
        raise wrong_number(
            "no_base",
            _(
                "There is no No. %(base)s in this period, so %(number)s would follow nothing. Take the number without «%(suffix)s».",
                base=n,
                number=wish.pattern.print(n, wish.context, suffix),
                suffix=suffix,
            ),
        )


def _checked_order(wish: Wish, n: int, suffix: str) -> bool:
    if wish.brought_in or wish.reserving:
        return False
    return check_order(wish.on, *neighbours(wish, n, suffix), backdating=wish.backdating)


def _explain(wish: Wish, skipped: tuple[int, int], *, by: Initiator, now: dt.datetime) -> None:
    if not wish.reason:
        sentence = _(
            "This number leaves out %(first)s to %(last)s. Write why, or take %(next)s.",
            first=skipped[0],
            last=skipped[1],
            next=wish.pattern.print(skipped[0], wish.context),
        )
        raise Refusal("reason", sentence, fields={"reason": sentence}, skipped=list(skipped))
    Gap.create(
        journal=wish.journal, period=wish.period, first=skipped[0], last=skipped[1], reason=wish.reason, by=by.name, at=now
    )


def _taken(wish: Wish, entry: Entry, counter: Count) -> Refusal:
    following = wish.pattern.preview(counter.last + 1, wish.context)
    freed = freed_that_fits(wish) if counter.free else None
    if freed is not None:
        following = wish.pattern.preview(freed.n, wish.context)
    day = entry.registered_on or entry.at.date()
    values = {"number": entry.number, "date": f"{day:%d.%m.%Y}", "next": following}
    sentences = {
        EntryState.RESERVED: _("No. %(number)s has been reserved since %(date)s. The next free number is %(next)s."),
        EntryState.ANNULLED: _(
            "No. %(number)s of %(date)s was annulled and is not given again. The next free number is %(next)s."
        ),
        EntryState.UNUSED: _("No. %(number)s was left unused and is not given again. The next free number is %(next)s."),
    }
    usual = _("No. %(number)s was given on %(date)s. The next free number is %(next)s.")
    sentence = sentences.get(EntryState(entry.state), usual) % values
    return wrong_number("number_taken", sentence, date=day.isoformat(), next=following, entry=entry.id)
