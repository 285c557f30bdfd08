"""Whole registrations at once in many processes: card, signature, number; and processes that are killed in between."""

from __future__ import annotations

from collections import defaultdict

from roadmapdocs.audit.operations import verify
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Registration
from roadmapdocs.registration.models import Counter, Entry
from tests.documents.crowd_work import SOME, register_forever, register_some
from tests.registration.crowd import hunted, together

WORKERS = 8
KILLS = 25


def whole(told: list[tuple[int, str]]) -> None:
    """What holds whatever happened: no number twice, no gap, no document half in the journal, an unbroken chain."""
    documents = list(Document.select(Document, Entry).left_outer_join(Entry))
    for document in documents:
        registered = document.registration == Registration.REGISTERED
        assert registered is (document.entry_id is not None) is (document.registered_on is not None)
        assert document.number == (document.entry.number if registered else "")
    assert {(one.id, one.number) for one in documents if one.entry_id} >= set(told)
    assert Entry.select().count() == sum(one.entry_id is not None for one in documents)

    given = defaultdict(list)
    for entry in Entry.select():
        given[entry.journal_id].append(entry.n)
    last = {counter.journal_id: counter.last for counter in Counter.select()}
    assert {journal: sorted(numbers) for journal, numbers in given.items()} == {
        journal: list(range(1, number + 1)) for journal, number in last.items()
    }
    assert verify() is None


def test_eight_clerks_at_once_register_without_a_gap_or_a_double(database: str) -> None:
    told = [said for one in together(database, register_some, WORKERS) for said in one]
    assert len(set(told)) == len(told) == WORKERS * SOME
    assert {number for _id, number in told} == {str(number) for number in range(1, len(told) + 1)}
    assert Document.select().where(Document.registration == Registration.REGISTERED).count() == len(told)
    whole(told)


def test_killed_workers_lose_nothing_confirmed_and_leave_no_document_half_registered(database: str) -> None:
    told = hunted(database, register_forever, kills=KILLS, workers=3, seed=11)
    # A process that was killed may still be committing on the server's side: the counters are where it is waited for.
    Counter.update(last=Counter.last).execute()
    assert len(set(told)) == len(told) >= KILLS
    whole(told)
