"""The journal of events: written with its change, and proof against another hand."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.audit.models import Event, JournalHead
from roadmapdocs.audit.operations import history, record, verify
from roadmapdocs.db import transaction
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.rules import Actor
from tests.processes import at_once

WRITE = """
import datetime as dt
from roadmapdocs.audit.operations import record
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.rules import SYSTEM
for number in range(15):
    with db.transaction():
        row = Organisation.create(name=f"{name} {{number}}", short_name="", genitive="")
        record("made", subject=row, effect={{"number": number}}, by=SYSTEM, now=dt.datetime(2026, 3, 16, tzinfo=dt.UTC))
result = "done"
"""


@pytest.fixture
def office() -> Organisation:
    return Organisation.create(name="Управление", short_name="УО", genitive="управления")


@pytest.fixture
def five_entries(database: str, office: Organisation, clerk: Actor, now: dt.datetime) -> Organisation:
    for number in range(1, 6):
        record("noted", subject=office, effect={"слово": f"запись {number}"}, by=clerk, now=now)
    return office


def test_an_entry_says_what_about_what_with_which_effect_by_whom_and_when(
    five_entries: Organisation, clerk: Actor, now: dt.datetime
) -> None:
    newest = history(five_entries)[0]
    told = (newest.number, newest.what, newest.subject, newest.effect, newest.who, newest.user_id, newest.at)
    assert told == (5, "noted", f"organisation:{five_entries.id}", {"слово": "запись 5"}, clerk.name, 1, now)


def test_an_untouched_journal_is_whole(five_entries: Organisation) -> None:
    assert verify() is None


def test_an_empty_journal_is_whole(database: str) -> None:
    assert verify() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("what", "другое"),
        ("subject", "organisation:99"),
        ("effect", {"слово": "подмена"}),
        ("who", "Кто-то Д. Р."),
        ("user_id", 7),
        ("at", dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
        ("hash", "f" * 64),
    ],
)
def test_an_altered_entry_is_found(five_entries: Organisation, column: str, value: object) -> None:
    Event.update({column: value}).where(Event.number == 3).execute()
    assert verify() == 3


def test_a_removed_entry_is_found(five_entries: Organisation) -> None:
    Event.delete().where(Event.number == 2).execute()
    assert verify() == 2


def test_the_removal_of_the_last_entry_is_found(five_entries: Organisation) -> None:
    Event.delete().where(Event.number == 5).execute()
    assert verify() == 5


def test_an_inserted_entry_is_found(five_entries: Organisation, now: dt.datetime) -> None:
    Event.create(number=6, what="w", subject="s:1", effect={}, who="w", user_id=None, at=now, hash="0" * 64)
    assert verify() == 6


def test_entries_that_changed_places_are_found(five_entries: Organisation) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        Event.update(number=new).where(Event.number == old).execute()
    assert verify() == 2


def test_an_entry_of_a_transaction_that_failed_is_gone_and_leaves_no_gap(
    five_entries: Organisation, clerk: Actor, now: dt.datetime
) -> None:
    with pytest.raises(KeyError), transaction():
        record("noted", subject=five_entries, effect={}, by=clerk, now=now)
        raise KeyError
    record("noted", subject=five_entries, effect={}, by=clerk, now=now)
    assert verify() is None
    assert JournalHead.get_by_id(1).number == 6


def test_processes_that_write_at_once_leave_one_whole_chain(database: str) -> None:
    at_once(database, [WRITE.format(name=name) for name in ("А", "Б", "В")])
    assert Event.select().count() == 45
    assert verify() is None
