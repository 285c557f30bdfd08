"""The numbers around one: which stand before and after it, which has its place, which was given back."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.prepared import Prepared, place
from roadmapdocs.registration.models import Entry
from roadmapdocs.registration.numbers import normalise_number, sort_key
from roadmapdocs.registration.rules import EntryState, Neighbour, in_order
from roadmapdocs.registration.wishes import Wish

_BEFORE = Prepared(
    lambda: (
        Entry.select(Entry.number, Entry.registered_on)
        .where(
            (Entry.journal == place("journal", Entry.journal))
            & (Entry.period == place("period", Entry.period))
            & (Entry.n < place("n", Entry.n))
            & Entry.registered_on.is_null(False)
        )
        .order_by(Entry.n.desc(), Entry.sort.desc())
        .limit(1)
    )
)


def last_before(wish: Wish, n: int) -> Neighbour | None:
    """The registered number that stands before ``n``."""
    found = _BEFORE.rows(journal=wish.journal.id, period=wish.period, n=n)
    return Neighbour(found[0][0], Entry.registered_on.python_value(found[0][1])) if found else None


def freed_that_fits(wish: Wish) -> Entry | None:
    """The lowest freed number of the period that a document of that day may get."""
    freed = (
        Entry.select()
        .where(
            (Entry.journal == wish.journal)
            & (Entry.period == wish.period)
            & (Entry.state == EntryState.FREE)
            & (Entry.suffix == "")
        )
        .order_by(Entry.n)
    )
    return next((one for one in freed if wish.reserving or in_order(wish.on, *neighbours(wish, one.n, ""))), None)


def standing(wish: Wish, n: int, suffix: str, number: str) -> Entry | None:
    in_period = (Entry.journal == wish.journal) & (Entry.period == wish.period)
    same = ((Entry.n == n) & (Entry.suffix == suffix)) | (Entry.key == normalise_number(number))
    found: Entry | None = Entry.select().where(in_period & same).order_by(Entry.id).first()
    return found


def neighbours(wish: Wish, n: int, suffix: str) -> tuple[Neighbour | None, Neighbour | None]:
    """The registered numbers before and after, literal ones among them."""
    alike = sorted((sort_key(n, other, ""), number, on) for number, on, other in _dated(wish, Entry.n == n))
    own = sort_key(n, suffix, "")
    before = [Neighbour(number, on) for key, number, on in alike if key < own]
    after = [Neighbour(number, on) for key, number, on in alike if key > own]
    following = _dated(wish, Entry.n > n).order_by(Entry.n, Entry.sort)
    return before[-1] if before else last_before(wish, n), after[0] if after else _neighbour(following)


def _dated(wish: Wish, condition: object) -> pw.ModelSelect:
    in_period = (Entry.journal == wish.journal) & (Entry.period == wish.period)
    columns = Entry.number, Entry.registered_on, Entry.suffix
    return Entry.select(*columns).where(in_period & condition & Entry.registered_on.is_null(False)).tuples()


def _neighbour(query: pw.ModelSelect) -> Neighbour | None:
    found = query.first()
    return Neighbour(*found[:2]) if found is not None else None
