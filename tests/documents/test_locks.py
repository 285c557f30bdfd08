"""Locks of a card's form: they tell who edits it since when, run out, and pass on only when somebody says so."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.audit.operations import history
from roadmapdocs.documents.locks import LOCK_FOR, holder, release, take
from roadmapdocs.documents.models import Document, EditLock
from roadmapdocs.errors import Forbidden
from roadmapdocs.people.rules import SYSTEM, Actor
from tests import factories
from tests.conftest import NOW
from tests.processes import at_once

MINUTE = dt.timedelta(minutes=1)
TAKE = """
import datetime as dt
from roadmapdocs.documents.locks import take
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import Actor, Role
by = Actor({user}, "clerk {user}", frozenset({{Role.CLERK}}))
held = take(Document.get(), by=by, now=dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC))
result = held.user_id if held is not None else None
"""


@pytest.fixture
def order(database: str) -> Document:
    return factories.document()


def test_the_first_one_has_the_form_and_the_second_is_told_who_since_when(
    order: Document, clerk: Actor, coordinator: Actor
) -> None:
    assert take(order, by=clerk, now=NOW) is None

    held = take(order, by=coordinator, now=NOW + MINUTE)

    assert held is not None
    assert (held.who, held.since, held.until) == (clerk.name, NOW, NOW + LOCK_FOR)
    assert holder(order, by=clerk, now=NOW + MINUTE) is None


def test_who_opens_the_form_again_keeps_it_half_an_hour_more_since_the_beginning(order: Document, clerk: Actor) -> None:
    take(order, by=clerk, now=NOW)
    take(order, by=clerk, now=NOW + 20 * MINUTE)

    lock = EditLock.get()
    assert (lock.since, lock.until) == (NOW, NOW + 20 * MINUTE + LOCK_FOR)


def test_a_lock_that_has_run_out_binds_nobody(order: Document, clerk: Actor, coordinator: Actor) -> None:
    take(order, by=clerk, now=NOW)

    assert take(order, by=coordinator, now=NOW + LOCK_FOR) is None
    assert EditLock.get().user_id == coordinator.user_id
    assert EditLock.get().since == NOW + LOCK_FOR


def test_a_lock_passes_to_another_who_says_so_and_the_journal_says_from_whom(
    order: Document, clerk: Actor, coordinator: Actor
) -> None:
    take(order, by=clerk, now=NOW)

    assert take(order, by=coordinator, now=NOW + MINUTE, steal=True) is None

    held = holder(order, by=clerk, now=NOW + MINUTE)
    assert held is not None
    assert held.user_id == coordinator.user_id
    assert (history(order)[0].what, history(order)[0].effect) == ("lock_taken_over", {"from": clerk.name})


def test_taking_over_a_free_card_is_nothing_to_tell(order: Document, clerk: Actor) -> None:
    before = len(history(order))
    assert take(order, by=clerk, now=NOW, steal=True) is None
    assert len(history(order)) == before


def test_only_ones_own_lock_is_let_go(order: Document, clerk: Actor, coordinator: Actor) -> None:
    take(order, by=clerk, now=NOW)
    release(order, by=coordinator)
    assert holder(order, by=coordinator, now=NOW) is not None
    release(order, by=clerk)
    assert holder(order, by=coordinator, now=NOW) is None


def test_who_may_not_change_the_card_does_not_lock_it(order: Document, staff: Actor) -> None:
    with pytest.raises(Forbidden):
        take(order, by=staff, now=NOW)
    assert not EditLock.select().exists()


def test_the_installation_itself_waits_for_others_and_locks_nobody_out(order: Document, clerk: Actor) -> None:
    assert take(order, by=SYSTEM, now=NOW) is None
    assert not EditLock.select().exists()
    take(order, by=clerk, now=NOW)
    held = take(order, by=SYSTEM, now=NOW)
    assert held is not None


def test_of_two_who_open_the_form_at_once_one_is_told_of_the_other(order: Document, database: str) -> None:
    told = at_once(database, [TAKE.format(user=user) for user in (11, 12, 13)])
    first = EditLock.get().user_id
    assert sorted(told, key=str) == sorted([None, first, first], key=str)
