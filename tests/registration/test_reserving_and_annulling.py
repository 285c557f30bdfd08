"""Reserved numbers and what becomes of them; annulled ones."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.audit.operations import history, verify
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.people.rules import Role
from roadmapdocs.registration.models import Counter, Entry, Journal
from roadmapdocs.registration.operations import annul, offer, release
from roadmapdocs.registration.rules import EntryState
from tests.conftest import NOW, TODAY, person
from tests.registration.conftest import BACKDATING, CLERK, give, keep, make_journal

MONDAY, TUESDAY, WEDNESDAY = dt.date(2026, 3, 9), dt.date(2026, 3, 10), dt.date(2026, 3, 11)


def refused(act: object, *arguments: object, **more: object) -> str:
    assert callable(act)
    with pytest.raises(Refusal) as problem:
        act(*arguments, **more)
    return problem.value.code


def set_free(entry: Entry, reason: str = "отозван") -> Entry:
    return release(entry, reason=reason, by=CLERK, now=NOW)


def test_a_reserved_number_is_kept_and_the_next_goes_on(journal: Journal) -> None:
    kept = keep(journal, TUESDAY)
    assert (kept.number, kept.state, kept.registered_on) == ("1-П", EntryState.RESERVED, None)
    assert kept.reserved_for == "Приказ о смотре"
    assert give(journal).number == "2-П"
    assert history(kept)[0].effect["reserved_for"] == "Приказ о смотре"


def test_a_reserved_number_is_taken_up(journal: Journal) -> None:
    kept = keep(journal, TUESDAY)
    give(journal, TUESDAY)
    given = give(journal, WEDNESDAY, entry=kept)
    assert (given.id, given.number, given.state, given.registered_on) == (kept.id, "1-П", EntryState.REGISTERED, WEDNESDAY)
    assert given.reserved_for == ""
    assert [event.what for event in history(kept)] == ["number_given", "number_reserved"]


def test_its_day_is_not_before_the_number_before(journal: Journal) -> None:
    give(journal, TUESDAY)
    kept = keep(journal, TUESDAY)
    assert refused(give, journal, MONDAY, entry=kept) == "before_previous"
    assert give(journal, MONDAY, entry=kept, by=BACKDATING).n == 2


def test_a_reserved_number_is_taken_up_once(journal: Journal) -> None:
    kept = keep(journal)
    give(journal, entry=kept)
    assert refused(give, journal, entry=kept) == "not_reserved"
    assert Entry.select().count() == 1


def test_a_reserved_number_is_not_given_to_another(journal: Journal) -> None:
    keep(journal)
    assert refused(give, journal, manual="1-П") == "number_taken"


def test_a_reserved_number_serves_its_own_journal_and_year(journal: Journal) -> None:
    kept = keep(journal, dt.date(2025, 12, 30))
    assert refused(give, journal, TODAY, entry=kept) == "other_journal"
    assert refused(give, make_journal("another"), dt.date(2025, 12, 30), entry=kept) == "other_journal"


def test_another_number_typed_beside_the_reserved_one_is_a_question(journal: Journal) -> None:
    kept = keep(journal)
    assert refused(give, journal, entry=kept, manual="7-П") == "number_differs"
    assert give(journal, entry=kept, manual="№ 1 – п").n == 1


def test_a_chosen_number_may_be_reserved(journal: Journal) -> None:
    give(journal)
    assert refused(keep, journal, manual="4-П") == "reason"
    assert keep(journal, manual="4-П", reason="бланки испорчены").number == "4-П"
    assert keep(journal, manual="1а-П", reason="забыт").number == "1а-П"


def test_a_literal_number_remembers_why_when_it_is_taken_up(journal: Journal) -> None:
    give(journal, TUESDAY)
    kept = keep(journal, TUESDAY, manual="1а-П", reason="забыт")
    assert give(journal, TUESDAY, entry=kept).reason == "забыт"


@pytest.mark.parametrize("wanted_for", ["", "  ", "х" * 2_001])
def test_a_number_is_reserved_for_something(journal: Journal, wanted_for: str) -> None:
    assert refused(keep, journal, reserved_for=wanted_for) == "reason"


def test_a_number_is_not_reserved_in_a_year_that_has_not_come(journal: Journal) -> None:
    assert refused(keep, journal, dt.date(2027, 1, 1)) == "future_date"


def test_a_freed_number_is_offered_before_a_new_one(journal: Journal) -> None:
    first, second = keep(journal, TUESDAY), keep(journal, TUESDAY)
    give(journal, TUESDAY)
    set_free(second)
    set_free(first)
    assert (offer(journal, TUESDAY).number, offer(journal, TUESDAY).freed) == ("1-П", True)
    assert [give(journal, TUESDAY).number for _ in range(3)] == ["1-П", "2-П", "4-П"]
    assert [(counter.last, counter.free) for counter in Counter.select()] == [(4, 0)]


def test_a_freed_number_waits_for_a_document_of_its_days(journal: Journal) -> None:
    """Given today it would stand before a number of yesterday: the order of dates would be lost."""
    kept = keep(journal, MONDAY)
    give(journal, TUESDAY)
    set_free(kept)
    assert (offer(journal, WEDNESDAY).number, give(journal, WEDNESDAY).number) == ("3-П", "3-П")
    assert give(journal, TUESDAY).number == "1-П"


@pytest.mark.parametrize("how", ["typed", "chosen", "reserved"])
def test_a_freed_number_may_be_asked_for(journal: Journal, how: str) -> None:
    freed = set_free(keep(journal))
    if how == "reserved":
        again = keep(journal, manual="1-П")
    else:
        again = give(journal, manual="1-П") if how == "typed" else give(journal, entry=freed)
    assert (again.id, again.n) == (freed.id, 1)
    assert [(counter.last, counter.free) for counter in Counter.select()] == [(1, 0)]
    assert give(journal).n == 2


def test_a_freed_number_is_printed_anew(journal: Journal) -> None:
    set_free(keep(journal))
    Journal.update(pattern="{n}-ОД").execute()
    entry = give(Journal.get_by_id(journal.id))
    assert (entry.number, entry.key, entry.reason) == ("1-ОД", "1-ОД", "")


def test_a_literal_number_that_is_released_stays_unused(journal: Journal) -> None:
    give(journal)
    freed = set_free(keep(journal, manual="1а-П", reason="забыт"))
    assert freed.state == EntryState.UNUSED
    assert give(journal).number == "2-П"
    assert refused(give, journal, manual="1а-П", reason="забыт") == "number_taken"


def test_only_a_reserved_number_is_released_and_once(journal: Journal) -> None:
    assert refused(set_free, give(journal)) == "not_reserved"
    kept = keep(journal)
    assert refused(set_free, kept, "") == "reason"
    set_free(kept)
    assert refused(set_free, kept) == "not_reserved"
    assert [counter.free for counter in Counter.select()] == [1]


def test_an_annulled_number_stays_and_is_not_given_again(journal: Journal) -> None:
    entry = give(journal)
    annulled = annul(entry, reason="дубль", by=CLERK, now=NOW)
    assert (annulled.state, annulled.reason, annulled.number) == (EntryState.ANNULLED, "дубль", "1-П")
    assert history(entry)[0].effect == {"number": "1-П", "reason": "дубль"}
    with pytest.raises(Refusal, match="2-П"):
        give(journal, manual="1-П")
    assert give(journal).number == "2-П"


def test_only_a_registered_number_is_annulled_and_once(journal: Journal) -> None:
    entry = give(journal)
    assert refused(annul, entry, reason=" ", by=CLERK, now=NOW) == "reason"
    annul(entry, reason="дубль", by=CLERK, now=NOW)
    assert refused(annul, entry, reason="дубль", by=CLERK, now=NOW) == "not_registered"
    assert refused(annul, keep(journal), reason="дубль", by=CLERK, now=NOW) == "not_registered"
    assert verify() is None


@pytest.mark.parametrize("act", [release, annul])
def test_only_who_registers_releases_and_annuls(sqlite_database: None, act: object) -> None:
    journal = make_journal()
    entry = keep(journal) if act is release else give(journal)
    assert callable(act)
    with pytest.raises(Forbidden):
        act(entry, reason="дубль", by=person(Role.STAFF), now=NOW)
    assert Entry.get_by_id(entry.id).state == entry.state
