"""A journal to give numbers from, and the short way to ask it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from roadmapdocs.access.rules import Action
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.registration.operations import give_number, reserve
from roadmapdocs.registration.patterns import Context
from roadmapdocs.registration.rules import Reset
from tests.conftest import NOW, TODAY, person

CLERK = person(Role.CLERK)
BACKDATING = dataclasses.replace(CLERK, grants=frozenset({Action.BACKDATE}))
ADMINISTRATOR = person(Role.ADMINISTRATOR)


def make_journal(code: str = "orders", pattern: str = "{n}-П", reset: Reset = Reset.YEAR, **more: object) -> Journal:
    return Journal.create(code=code, name="Приказы", series="order_main", pattern=pattern, reset=reset, **more)


@pytest.fixture
def journal(database: str) -> Journal:
    """On both databases."""
    return make_journal()


def give(journal: Journal, on: dt.date = TODAY, *, by: Actor = CLERK, today: dt.date = TODAY, **more: object) -> Entry:
    context = more.pop("context", Context())
    return give_number(journal, on=on, context=context, by=by, now=NOW, today=today, **more)


def keep(journal: Journal, on: dt.date = TODAY, reserved_for: str = "Приказ о смотре", **more: object) -> Entry:
    return reserve(
        journal, on=on, reserved_for=reserved_for, context=Context(), by=CLERK, now=NOW, today=TODAY, **more
    )
