"""Journals: shipped, made, changed, and found for a document."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from roadmapdocs.audit.operations import history
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.people.models import Organisation
from roadmapdocs.registration.journals import JournalCard, keep_journal
from roadmapdocs.registration.models import Journal
from roadmapdocs.registration.operations import journals_for, load_journals
from roadmapdocs.registration.patterns import Pattern
from roadmapdocs.registration.rules import Reset
from tests.conftest import NOW
from tests.registration.conftest import ADMINISTRATOR, CLERK, give, make_journal

CARD = JournalCard("council", "Протоколы совета", "council", "{n}-С")


def kept(card: JournalCard = CARD, row: Journal | None = None) -> Journal:
    return keep_journal(row, card, by=ADMINISTRATOR, now=NOW)


@pytest.fixture
def no_journals(database: str) -> None:
    Journal.delete().execute()


def test_shipped_journals_are_added_once_and_changed_rows_stay(no_journals: None) -> None:
    assert load_journals() == 11
    Journal.update(pattern="{n}-П").where(Journal.code == "order_main").execute()
    Journal.delete().where(Journal.code == "act").execute()
    assert (load_journals(), load_journals()) == (1, 0)
    assert Journal.get(Journal.code == "order_main").pattern == "{n}-П"


def test_every_shipped_journal_is_one_that_may_be_kept(no_journals: None) -> None:
    load_journals()
    for row in Journal.select():
        Pattern.parse(row.pattern)
        assert (row.reset, row.organisation_id, row.series, row.active) == (Reset.YEAR, None, row.code, True)
        kept(JournalCard(row.code, row.name, row.series, row.pattern, row.reset), row)


def test_a_journal_is_made_and_changed(database: str) -> None:
    row = kept()
    assert (row.code, row.pattern, row.reset) == ("council", "{n}-С", Reset.YEAR)
    changed = kept(dataclasses.replace(CARD, pattern=" {n}-СП ", name=" Протоколы "), row)
    assert (changed.id, changed.pattern, changed.name) == (row.id, "{n}-СП", "Протоколы")
    assert [event.what for event in history(row)] == ["journal_changed", "journal_added"]
    assert history(row)[0].effect["pattern"] == "{n}-СП"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "Совет"}, "code"),
        ({"code": "a" * 33}, "code"),
        ({"code": "../x"}, "code"),
        ({"code": "taken"}, "code"),
        ({"name": " "}, "name"),
        ({"name": "х" * 201}, "name"),
        ({"body": "х" * 201}, "body"),
        ({"series": ""}, "series"),
        ({"pattern": "П"}, "pattern"),
        ({"pattern": "{n}-{nope}"}, "pattern"),
        ({"reset": "weekly"}, "reset"),
        ({"reset": "term"}, "term_since"),
        ({"organisation_id": 999}, "organisation_id"),
    ],
)
def test_every_field_that_is_wrong_gets_its_sentence(sqlite_database: None, change: dict[str, object], field: str) -> None:
    make_journal("taken")
    with pytest.raises(Refusal) as refused:
        kept(dataclasses.replace(CARD, **change))
    assert refused.value.code == "journal"
    assert list(refused.value.details["fields"]) == [field]


def test_a_journal_with_numbers_keeps_its_way_of_counting(database: str) -> None:
    row = kept()
    give(row)
    with pytest.raises(Refusal) as refused:
        kept(dataclasses.replace(CARD, reset=Reset.NEVER), row)
    assert list(refused.value.details["fields"]) == ["reset"]
    assert kept(dataclasses.replace(CARD, pattern="{n}/{yy}"), row).pattern == "{n}/{yy}"


def test_only_the_administrator_keeps_journals(sqlite_database: None) -> None:
    with pytest.raises(Forbidden):
        keep_journal(None, CARD, by=CLERK, now=NOW)


def test_the_most_fitting_journal_comes_first(no_journals: None) -> None:
    ours = Organisation.create(name="Управление", short_name="УО", genitive="управления")
    theirs = Organisation.create(name="Центр", short_name="ЦРО", genitive="центра")

    def journal(code: str, **more: object) -> None:
        kept(JournalCard(code, code, "protocol", **more))

    journal("of-all", position=2)
    journal("of-all-first", position=1)
    journal("of-ours", organisation_id=ours.id)
    journal("of-council", body="Совет")
    journal("of-our-council", organisation_id=ours.id, body="Совет")
    journal("of-theirs", organisation_id=theirs.id)
    journal("closed", organisation_id=ours.id, active=False)
    kept(dataclasses.replace(CARD, code="orders", series="order_main"))

    def found(organisation_id: int | None, body: str = "") -> list[str]:
        return [one.code for one in journals_for("protocol", organisation_id, body)]

    assert found(ours.id, " Совет ") == ["of-our-council", "of-council", "of-ours", "of-all-first", "of-all"]
    assert found(ours.id) == ["of-ours", "of-all-first", "of-all"]
    assert found(None, "Совет") == ["of-council", "of-all-first", "of-all"]
    assert found(ours.id, "Комиссия") == ["of-ours", "of-all-first", "of-all"]
    assert journals_for("nothing", ours.id) == []


def test_a_journal_of_a_term_has_its_first_day(database: str) -> None:
    row = kept(dataclasses.replace(CARD, reset=Reset.TERM, term_since=dt.date(2024, 9, 1)))
    assert give(row, dt.date(2025, 9, 1)).period == "term:2024-09-01"
