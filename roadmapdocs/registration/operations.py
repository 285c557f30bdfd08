"""Giving numbers: the next one, one typed by hand, a literal one, a reserved one; releasing and annulling.

Whoever gives, reserves or releases a number of a period begins with an UPDATE of the period's counter. It locks
the row on both databases, so that everything after it reads what is settled, and a rollback takes the number back.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from dataclasses import dataclass
from importlib.resources import files

import peewee as pw

from roadmapdocs.access.rules import Action, may
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.prepared import Prepared, place
from roadmapdocs.registration.choice import choose
from roadmapdocs.registration.counters import closed_period, lock
from roadmapdocs.registration.models import Counter, Entry, Journal
from roadmapdocs.registration.neighbours import freed_that_fits, last_before
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.registration.patterns import Context
from roadmapdocs.registration.rights import require_in
from roadmapdocs.registration.rules import EntryState, Reset, check_date, check_reason
from roadmapdocs.registration.wishes import wish_for

_FIELDS = [field for field in Entry._meta.sorted_fields if field.name != "id"]
_ADD = Prepared(
    lambda: Entry.insert({field: place(field.name, field) for field in _FIELDS}).returning(Entry.id)
)


@dataclass(frozen=True, slots=True)
class NextNumber:
    """An offer. ``freed`` says that the number was given back; ``previous_on`` is the day of the one before it."""

    n: int
    number: str
    freed: bool
    previous_on: dt.date | None


def load_journals() -> int:
    """Add the journals that we ship and the table lacks; give how many were added. Rows of the office stay."""
    shipped = tomllib.loads((files("roadmapdocs.registration") / "journals.toml").read_text(encoding="utf-8"))
    with transaction():
        known = {journal.code for journal in Journal.select(Journal.code)}
        missing = [(position, code) for position, code in enumerate(shipped, start=1) if code not in known]
        for position, code in missing:
            Journal.create(code=code, series=code, reset=Reset.YEAR, position=position, **shipped[code])
    return len(missing)


def journals_for(series: str, organisation_id: int | None, body: str = "") -> list[Journal]:
    """Journals that a document of this series may go to: those of its body and organisation before those of all."""
    of_organisation = Journal.organisation.is_null()
    if organisation_id is not None:
        of_organisation |= Journal.organisation == organisation_id
    fitting = (
        Journal.select()
        .where(
            Journal.active & (Journal.series == series) & of_organisation & Journal.body.in_(sorted({"", body.strip()}))
        )
        .order_by(Journal.position, Journal.id)
    )
    return sorted(fitting, key=lambda one: (not one.body, one.organisation_id is None))


def offer(journal: Journal, on: dt.date, context: Context | None = None) -> NextNumber:
    """The number that a document of that day would get now; it is not taken. «…» stands for a code not chosen yet.

    :raise Refusal: ``before_term``, ``journal_closed`` or ``period_closed``
    """
    wish = wish_for(journal, on, context or Context())
    counter: Counter | None = Counter.get_or_none((Counter.journal == journal) & (Counter.period == wish.period))
    if counter is not None and counter.closed:
        raise closed_period()
    freed = freed_that_fits(wish) if counter is not None and counter.free else None
    n = freed.n if freed is not None else (counter.last if counter is not None else 0) + 1
    previous = last_before(wish, n)
    return NextNumber(n, wish.pattern.preview(n, wish.context), freed is not None, previous.on if previous else None)


def give_number(
    journal: Journal,
    *,
    on: dt.date,
    context: Context,
    signed_on: dt.date | None = None,
    manual: str = "",
    reason: str = "",
    entry: Entry | None = None,
    brought_in: bool = False,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Entry:
    """Give a number of that day: the reserved ``entry``, the one written in ``manual``, or a freed or the next one.

    ``brought_in`` marks numbers given before, on paper: neither the order of dates nor a gap is minded, and whoever
    keeps cards may enter them, for the number is not theirs to give.

    :raise Forbidden: if the actor does not register, or for numbers brought in, keeps no cards
    :raise Refusal: ``number_taken`` with ``details["date"]`` and ``details["next"]``, ``number_unreadable``,
        ``number_range``, ``no_base``, ``suffix``, ``reason``, a code of :func:`check_date` or ``check_order``,
        ``code_missing``, ``period_closed``, ``journal_closed``, ``not_reserved``, ``number_differs``,
        ``other_journal``
    """
    require_in(journal, Action.WRITE_DOCUMENT if brought_in else Action.REGISTER, by=by)
    check_date(on, today=today, signed_on=signed_on)
    if entry is not None and manual.strip() and normalise_number(manual) != entry.key:
        sentence = _(
            "No. %(number)s is reserved for this, and another number is typed. Clear the field, or release the reserved one.",
            number=entry.number,
        )
        raise Refusal("number_differs", sentence, fields={"number": sentence})
    wish = wish_for(journal, on, context, manual=manual, reason=reason, brought_in=brought_in)
    wish = dataclasses.replace(wish, backdating=may(by, Action.BACKDATE))
    with transaction():
        choice = choose(wish, entry, by=by, now=now)
        given = _store(
            choice.entry,
            **choice.columns(wish),
            state=EntryState.REGISTERED,
            registered_on=on,
            reserved_for="",
            brought_in=brought_in,
            by=by.name,
            at=now,
        )
        record("number_given", subject=given, effect=choice.effect(wish, given.number), by=by, now=now)
    return given


def reserve(
    journal: Journal,
    *,
    on: dt.date,
    reserved_for: str,
    context: Context,
    manual: str = "",
    reason: str = "",
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Entry:
    """Keep a number for a document that is being signed on paper; ``on`` says in which period it counts.

    :raise Forbidden: if the actor does not register
    :raise Refusal: ``reason`` without ``reserved_for``; otherwise as :func:`give_number`
    """
    require_in(journal, Action.REGISTER, by=by)
    check_date(on, today=today)
    wanted_for = check_reason(reserved_for)
    wish = wish_for(journal, on, context, manual=manual, reason=reason, reserving=True)
    with transaction():
        choice = choose(wish, None, by=by, now=now)
        kept = _store(
            choice.entry,
            **choice.columns(wish),
            state=EntryState.RESERVED,
            registered_on=None,
            reserved_for=wanted_for,
            by=by.name,
            at=now,
        )
        effect = choice.effect(wish, kept.number) | {"reserved_for": wanted_for}
        record("number_reserved", subject=kept, effect=effect, by=by, now=now)
    return kept


def release(entry: Entry, *, reason: str, by: Actor, now: dt.datetime) -> Entry:
    """Give a reserved number back. A running number is offered again; a literal one stays unused.

    :raise Refusal: ``not_reserved`` or ``reason``
    """
    require_in(entry.journal, Action.REGISTER, by=by)
    why = check_reason(reason)
    state = EntryState.UNUSED if entry.suffix else EntryState.FREE
    with transaction():
        lock(entry.journal_id, entry.period, even_closed=True, free=int(state is EntryState.FREE))
        freed = _change_state(entry, EntryState.RESERVED, state, why)
        record("number_released", subject=freed, effect={"number": freed.number, "reason": why}, by=by, now=now)
    return freed


def annul(entry: Entry, *, reason: str, by: Actor, now: dt.datetime) -> Entry:
    """Mark a registered number as annulled: it stays in the journal and is never given again.

    :raise Refusal: ``not_registered`` or ``reason``
    """
    require_in(entry.journal, Action.REGISTER, by=by)
    why = check_reason(reason)
    with transaction():
        annulled = _change_state(entry, EntryState.REGISTERED, EntryState.ANNULLED, why)
        record("number_annulled", subject=annulled, effect={"number": annulled.number, "reason": why}, by=by, now=now)
    return annulled


def _change_state(entry: Entry, source: EntryState, target: EntryState, reason: str) -> Entry:
    changed = (
        Entry.update(state=target, reason=reason).where((Entry.id == entry.id) & (Entry.state == source)).execute()
    )
    if not changed:
        if source is EntryState.RESERVED:
            raise Refusal("not_reserved", _("No. %(number)s is not reserved any more. Open it anew.", number=entry.number))
        raise Refusal(
            "not_registered",
            _("No. %(number)s is not registered, so there is nothing to annul. Open it anew.", number=entry.number),
        )
    return Entry.get_by_id(entry.id)


def _store(entry: Entry | None, **columns: object) -> Entry:
    """
    :raise Refusal: ``number_taken`` if the number is printed as another one of its period is
    """
    try:
        if entry is None:
            fresh = Entry(**columns)
            ((fresh.id,),) = _ADD.rows(**fresh.__data__)
            return fresh
        Entry.update(**columns).where(Entry.id == entry.id).execute()
        return Entry.get_by_id(entry.id)
    except pw.IntegrityError as problem:
        sentence = _(
            "No. %(number)s stands in the journal already, under another running number. Type a number by hand or "
            "change the pattern of the journal.",
            number=columns["number"],
        )
        raise Refusal("number_taken", sentence, fields={"number": sentence}) from problem
