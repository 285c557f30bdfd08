"""Clerks who register at the same moment, and workers that are killed between number and commit."""

from __future__ import annotations

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import verify
from roadmapdocs.registration.gaps import gaps
from roadmapdocs.registration.models import Counter, Entry, Journal
from roadmapdocs.registration.rules import EntryState
from tests.registration.crowd import hunted, together
from tests.registration.work import MANY, SOME, do_everything, give_forever, give_many

WORKERS = 8
KILLS = 100


def test_eight_at_once_get_all_numbers_without_a_gap_or_a_double(database: str, journal: Journal) -> None:
    told = together(database, give_many, WORKERS)
    assert [len(one) for one in told] == [MANY] * WORKERS
    assert sorted(int(number.removesuffix("-П")) for one in told for number in one) == list(range(1, WORKERS * MANY + 1))
    assert Entry.select().count() == Counter.get().last == Event.select().count() == WORKERS * MANY
    assert gaps(journal, "2026") == []
    assert verify() is None


def test_whatever_clerks_do_at_once_every_number_is_accounted_for(database: str, journal: Journal) -> None:
    told = together(database, do_everything, 4)
    given = [number for one in told for number in one]
    assert len(set(given)) == len(given) == 4 * SOME
    rows = list(Entry.select())
    counter = Counter.get()
    assert sorted(one.n for one in rows) == list(range(1, counter.last + 1))
    assert {one.number for one in rows if one.state == EntryState.REGISTERED} == set(given)
    assert sum(one.state == EntryState.ANNULLED for one in rows) == 4 * SOME
    assert sum(one.state == EntryState.FREE for one in rows) == counter.free
    assert verify() is None


def test_killed_workers_lose_no_confirmed_number_and_leave_no_gap(database: str, journal: Journal) -> None:
    told = hunted(database, give_forever, kills=KILLS, workers=3, seed=7)
    # A process that was killed may still be committing on the server's side: the counter is where it is waited for.
    Counter.update(last=Counter.last).execute()
    stored = [one.number for one in Entry.select()]
    assert len(set(told)) == len(told) >= KILLS
    assert set(told) <= set(stored)
    assert len(set(stored)) == len(stored) == Counter.get().last == Event.select().count()
    assert gaps(journal, "2026") == []
    assert verify() is None
