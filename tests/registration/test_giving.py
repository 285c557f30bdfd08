"""Giving numbers: next, by hand, literal, brought in."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import history, verify
from roadmapdocs.db import transaction
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.registration.gaps import gaps
from roadmapdocs.registration.models import Counter, Entry, Gap, Journal
from roadmapdocs.registration.operations import annul, offer, release
from roadmapdocs.registration.patterns import Context
from roadmapdocs.registration.rules import EntryState, GapLine, Reset
from tests.conftest import NOW, TODAY, person
from tests.factories import count_queries
from tests.registration.conftest import BACKDATING, CLERK, give, keep, make_journal

MONDAY, TUESDAY, WEDNESDAY = dt.date(2026, 3, 9), dt.date(2026, 3, 10), dt.date(2026, 3, 11)


def numbers(journal: Journal) -> list[str]:
    return [one.number for one in Entry.select().where(Entry.journal == journal).order_by(Entry.sort)]


def code_of(journal: Journal, on: dt.date = TODAY, **more: object) -> str:
    """The refusal, after which nothing has changed."""
    before = (Entry.select().count(), Gap.select().count(), Event.select().count(), [c.last for c in Counter.select()])
    with pytest.raises(Refusal) as refused:
        give(journal, on, **more)
    after = (Entry.select().count(), Gap.select().count(), Event.select().count(), [c.last for c in Counter.select()])
    assert [value for value in after[3] if value] == [value for value in before[3] if value]
    assert after[:3] == before[:3]
    assert refused.value.message
    return refused.value.code


def test_numbers_run_from_one_without_a_gap(journal: Journal) -> None:
    assert [give(journal).number for _ in range(3)] == ["1-П", "2-П", "3-П"]
    assert gaps(journal, "2026") == []


def test_an_entry_says_what_was_given_when_and_by_whom(journal: Journal) -> None:
    entry = give(journal, TUESDAY)
    told = (entry.n, entry.suffix, entry.period, entry.state, entry.registered_on, entry.by, entry.at, entry.brought_in)
    assert told == (1, "", "2026", EntryState.REGISTERED, TUESDAY, CLERK.name, NOW, False)
    assert entry.key == "1-П"


def test_the_journal_of_events_tells_of_it(journal: Journal) -> None:
    (event,) = history(give(journal, TUESDAY))
    assert (event.what, event.effect) == ("number_given", {"journal": "orders", "number": "1-П", "on": "2026-03-10"})


def test_each_year_counts_from_one(journal: Journal) -> None:
    give(journal, dt.date(2025, 12, 30))
    assert give(journal, dt.date(2026, 1, 12)).number == "1-П"
    assert give(journal, dt.date(2025, 12, 31)).number == "2-П"


@pytest.mark.parametrize(("reset", "more"), [(Reset.NEVER, {}), (Reset.TERM, {"term_since": dt.date(2024, 9, 1)})])
def test_a_journal_of_a_term_counts_through_the_years(database: str, journal: Journal, reset: Reset, more: dict[str, object]) -> None:
    council = make_journal("council", "{n}", reset, **more)
    given = [give(council, day).number for day in (dt.date(2024, 9, 2), dt.date(2025, 5, 5), TODAY)]
    assert given == ["1", "2", "3"]


def test_journals_count_apart(journal: Journal) -> None:
    other = make_journal("another", "{n}-р")
    give(journal)
    assert give(other).number == "1-р"


def test_codes_come_into_the_number(journal: Journal) -> None:
    letters = make_journal("letters", "{case}/{n:03d}-{yy}{body}", body="С")
    assert give(letters, context=Context(case="01-12")).number == "01-12/001-26С"


def test_a_pattern_may_change_and_given_numbers_stay(journal: Journal) -> None:
    first = give(journal)
    Journal.update(pattern="{n}-ОД").execute()
    second = give(Journal.get_by_id(journal.id))
    assert (Entry.get_by_id(first.id).number, second.number) == ("1-П", "2-ОД")


def test_an_offer_takes_nothing(journal: Journal) -> None:
    assert (offer(journal, TODAY).number, offer(journal, TODAY).previous_on) == ("1-П", None)
    give(journal, TUESDAY)
    told = offer(journal, TODAY)
    assert (told.n, told.number, told.freed, told.previous_on) == (2, "2-П", False, TUESDAY)
    assert give(journal).number == "2-П"


def test_a_failed_transaction_gives_the_number_back(journal: Journal) -> None:
    give(journal)
    with pytest.raises(KeyError), transaction():
        give(journal)
        raise KeyError
    assert give(journal).number == "2-П"
    assert verify() is None


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE, Role.COORDINATOR])
def test_only_who_registers_gives_numbers(journal: Journal, role: Role) -> None:
    with pytest.raises(Forbidden):
        give(journal, by=person(role))
    assert numbers(journal) == []


def test_a_closed_journal_gives_none(journal: Journal) -> None:
    Journal.update(active=False).execute()
    assert code_of(Journal.get_by_id(journal.id)) == "journal_closed"


# --- dates


@pytest.mark.parametrize(
    ("on", "more", "code"),
    [
        (TODAY + dt.timedelta(1), {}, "future_date"),
        (MONDAY, {}, "before_previous"),
        (TUESDAY, {"signed_on": WEDNESDAY}, "before_signing"),
    ],
)
@pytest.mark.parametrize("by", [CLERK, BACKDATING])
def test_dates_that_cannot_be(journal: Journal, on: dt.date, more: dict[str, object], code: str, by: Actor) -> None:
    give(journal, TUESDAY)
    if code == "before_previous" and by is BACKDATING:
        entry = give(journal, on, by=by, **more)
        assert history(entry)[0].effect["backdated"] is True
    else:
        assert code_of(journal, on, by=by, **more) == code


def test_the_same_day_and_a_later_one_are_in_order(journal: Journal) -> None:
    assert [give(journal, day).number for day in (MONDAY, MONDAY, WEDNESDAY)] == ["1-П", "2-П", "3-П"]


def test_an_annulled_number_still_has_its_day(journal: Journal) -> None:
    annul(give(journal, TUESDAY), reason="дубль", by=CLERK, now=NOW)
    assert code_of(journal, MONDAY) == "before_previous"


# --- by hand


@pytest.mark.parametrize("typed", ["2", "2-П", "№ 2 –п", "N2-П", "02-П"])
def test_the_next_number_may_be_typed(journal: Journal, typed: str) -> None:
    plain = make_journal("plain", "{n}" if typed == "2" else "{n}-П")
    give(plain)
    entry = give(plain, manual=typed)
    assert (entry.n, entry.number) == (2, "2" if typed == "2" else "2-П")
    assert give(plain).n == 3


@pytest.mark.parametrize("typed", ["1-П", "№ 1 –п", "N1-П", "001—П", "1 - П"])
def test_a_number_that_is_taken_is_refused_with_its_day_and_the_next_free_one(journal: Journal, typed: str) -> None:
    first = give(journal, TUESDAY)
    with pytest.raises(Refusal, match=r"10\.03\.2026.* 2-П") as refused:
        give(journal, manual=typed)
    details = refused.value.details
    assert refused.value.code == "number_taken"
    assert (details["date"], details["next"], details["entry"]) == ("2026-03-10", "2-П", first.id)
    assert "number" in details["fields"]


def test_latin_letters_that_look_russian_are_russian(journal: Journal) -> None:
    office = make_journal("office", "{n}-АХО")
    give(office)
    assert code_of(office, manual="1-AXO") == "number_taken"
    assert give(office, manual="2-AXO").number == "2-АХО"


def test_leaving_out_one_needs_a_reason_and_makes_a_gap(journal: Journal) -> None:
    give(journal)
    assert code_of(journal, manual="5-П") == "reason"
    entry = give(journal, manual="5-П", reason="бланки испорчены")
    assert gaps(journal, "2026") == [GapLine(2, 4, "never", "бланки испорчены")]
    assert history(entry)[0].effect["skipped"] == [2, 4]
    assert give(journal).number == "6-П"


def test_a_number_left_out_may_be_given_between_the_days_of_its_neighbours(journal: Journal) -> None:
    give(journal, MONDAY)
    give(journal, TUESDAY, manual="5-П", reason="бланки испорчены")
    assert code_of(journal, WEDNESDAY, manual="3-П") == "after_next"
    assert give(journal, TUESDAY, manual="3-П").n == 3
    assert [(one.first, one.last) for one in gaps(journal, "2026")] == [(2, 2), (4, 4)]
    assert give(journal, WEDNESDAY, manual="4-П", by=BACKDATING).n == 4


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0-П", "number_range"),
        ("-1-П", "number_unreadable"),
        ("٣-П", "number_unreadable"),
        ("<script>1</script>-П", "number_unreadable"),
        ("1-П😀", "number_unreadable"),
        ("7-ОД", "number_unreadable"),
        ("7", "number_unreadable"),
        ("'; DROP TABLE rd_entry; --", "number_unreadable"),
        ("2147483648-П", "number_range"),
        ("99999999999999999999-П", "number_range"),
        ("1" * 1000 + "-П", "number_too_long"),
        ("1d-П", "number_unreadable"),
        ("1а-П", "reason"),
        ("1/2-П", "reason"),
        ("1/0-П", "suffix"),
        ("1/1000-П", "suffix"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_is_no_number_is_refused(sqlite_database: None, typed: str, code: str, first: bool) -> None:
    journal = make_journal()
    if first:
        give(journal)
    assert code_of(journal, manual=typed) == code


def test_a_missing_code_is_asked_for(journal: Journal) -> None:
    letters = make_journal("letters", "{case}/{n}")
    assert code_of(letters) == "code_missing"
    assert give(letters, context=Context(case="01-12")).number == "01-12/1"


def test_two_numbers_that_print_alike_are_not_both_given(journal: Journal) -> None:
    odd = make_journal("odd", "{letter}{n}")
    give(odd, context=Context(letter="1"))
    assert give(odd, context=Context(letter="А")).number == "А2"
    Entry.update(number="3", key="3").where((Entry.journal == odd) & (Entry.n == 1)).execute()
    Journal.update(pattern="{n}").where(Journal.id == odd.id).execute()
    assert code_of(Journal.get_by_id(odd.id)) == "number_taken"


# --- literal


@pytest.mark.parametrize(("typed", "number"), [("1а-П", "1а-П"), ("1A-п", "1а-П"), ("№ 1/1-П", "1/1-П")])
def test_a_forgotten_document_gets_a_literal_number_with_a_reason(journal: Journal, typed: str, number: str) -> None:
    give(journal, MONDAY)
    give(journal, WEDNESDAY)
    assert code_of(journal, TUESDAY, manual=typed) == "reason"
    entry = give(journal, TUESDAY, manual=typed, reason="забыт при регистрации")
    assert (entry.number, entry.reason) == (number, "забыт при регистрации")
    assert numbers(journal) == ["1-П", number, "2-П"]
    assert give(journal).number == "3-П"


def test_a_literal_number_follows_one_that_is_there(journal: Journal) -> None:
    give(journal)
    assert code_of(journal, manual="2а-П", reason="забыт") == "no_base"


@pytest.mark.parametrize(("on", "code"), [(MONDAY - dt.timedelta(1), "before_previous"), (WEDNESDAY, "after_next")])
def test_a_literal_number_lies_between_the_days_of_its_neighbours(journal: Journal, on: dt.date, code: str) -> None:
    give(journal, MONDAY)
    give(journal, TUESDAY)
    assert code_of(journal, on, manual="1а-П", reason="забыт") == code


def test_literal_numbers_are_neighbours_too(journal: Journal) -> None:
    give(journal, MONDAY)
    give(journal, WEDNESDAY)
    give(journal, TUESDAY, manual="1б-П", reason="забыт")
    assert code_of(journal, WEDNESDAY, manual="1а-П", reason="забыт") == "after_next"
    assert code_of(journal, MONDAY, manual="1в-П", reason="забыт") == "before_previous"
    assert code_of(journal, TUESDAY, manual="1Б-П", reason="забыт") == "number_taken"


# --- brought in from paper


def test_numbers_from_paper_come_in_any_order_and_leave_no_explanation(journal: Journal) -> None:
    give(journal, dt.date(2025, 11, 12), manual="178-п", brought_in=True)
    entry = give(journal, dt.date(2025, 3, 5), manual="№ 41-П", brought_in=True)
    assert (entry.number, entry.brought_in, entry.n) == ("41-П", True, 41)
    assert gaps(journal, "2025") == [GapLine(1, 40, "never"), GapLine(42, 177, "never")]
    assert give(journal, dt.date(2025, 12, 1)).number == "179-П"


@pytest.mark.parametrize(
    ("typed", "n", "suffix"), [("133/6 – ОД", 133, "/6"), ("369/о", 369, ""), ("45а", 45, "а"), ("760", 760, "")]
)
def test_paper_may_have_numbers_of_an_older_pattern(journal: Journal, typed: str, n: int, suffix: str) -> None:
    entry = give(journal, MONDAY, manual=typed, brought_in=True)
    assert (entry.number, entry.n, entry.suffix) == (typed, n, suffix)


@pytest.mark.parametrize(
    ("typed", "code"), [("б/н", "number_unreadable"), ("41-п", "number_taken"), ("0-П", "number_range")]
)
def test_even_paper_has_limits(journal: Journal, typed: str, code: str) -> None:
    give(journal, MONDAY, manual="41-П", brought_in=True)
    assert code_of(journal, MONDAY, manual=typed, brought_in=True) == code
    assert code_of(journal, TODAY + dt.timedelta(1), manual="42-П", brought_in=True) == "future_date"


# --- cost


def test_a_number_costs_few_statements(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = make_journal()
    give(journal)
    sent = count_queries(monkeypatch)
    give(journal)
    assert [statement.split()[0] for statement in sent] == [
        "UPDATE",  # the counter
        "SELECT",  # the day of the number before
        "INSERT",  # the entry
        "SAVEPOINT",  # the journal of events
        "UPDATE",
        "INSERT",
        "UPDATE",
        "RELEASE",
    ]


def test_a_freed_number_is_looked_for_only_where_there_is_one(
    sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = make_journal()
    release(keep(journal), reason="отозван", by=CLERK, now=NOW)
    give(journal)
    sent = count_queries(monkeypatch)
    give(journal)
    assert len(sent) == 8
