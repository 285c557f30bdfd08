"""Statements composed once."""

from __future__ import annotations

import datetime as dt

import peewee
import pytest

from roadmapdocs.prepared import Prepared, place
from roadmapdocs.registration.models import Entry, Journal
from tests.conftest import TODAY
from tests.registration.conftest import give, make_journal

NUMBERS = Prepared(
    lambda: Entry.select(Entry.number).where(Entry.registered_on == place("on", Entry.registered_on)).order_by(Entry.n)
)


@pytest.fixture
def journal(database: str) -> Journal:
    return make_journal()


def test_each_run_has_its_own_values(journal: Journal) -> None:
    give(journal, dt.date(2026, 3, 2))
    give(journal)
    assert NUMBERS.rows(on=dt.date(2026, 3, 2)) == [("1-П",)]
    assert NUMBERS.rows(on=TODAY) == [("2-П",)]
    assert NUMBERS.rows(on=dt.date(2020, 1, 1)) == []


def test_a_value_is_data_and_never_part_of_the_statement(journal: Journal) -> None:
    numbers = Prepared(lambda: Entry.select(Entry.number).where(Entry.number == place("number", Entry.number)))
    give(journal)
    assert numbers.rows(number="' OR 1=1 --") == []


def test_a_statement_is_composed_once(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    composed: list[int] = []

    def compose() -> peewee.Query:
        composed.append(1)
        return Entry.select(Entry.id)

    statement = Prepared(compose)
    assert statement.rows() == statement.rows() == []
    assert composed == [1]


def test_a_value_left_out_is_a_mistake_of_the_programmer(sqlite_database: None) -> None:
    with pytest.raises(KeyError):
        NUMBERS.rows()
