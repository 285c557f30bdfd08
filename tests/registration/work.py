"""What the processes of the crowd do: it lies apart, so that they need none of the tests' own machinery."""

from __future__ import annotations

import datetime as dt
import itertools

from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.registration.models import Journal
from roadmapdocs.registration.operations import annul, give_number, release, reserve
from roadmapdocs.registration.patterns import Context
from tests.registration.crowd import Tell

NOW = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
MANY = 500
SOME = 10


def give_many(number: int, tell: Tell) -> None:
    journal = _journal()
    for _ in range(MANY):
        tell(_give(journal, number))


def give_forever(number: int, tell: Tell) -> None:
    journal = _journal()
    for _ in itertools.count():
        tell(_give(journal, number))


def do_everything(number: int, tell: Tell) -> None:
    """Reserve, take up, release, annul: what clerks do to the same journal at the same time."""
    journal, by = _journal(), _clerk(number)
    for _ in range(SOME):
        kept = reserve(journal, on=TODAY, reserved_for="Приказ", context=Context(), by=by, now=NOW, today=TODAY)
        freed = reserve(journal, on=TODAY, reserved_for="Приказ", context=Context(), by=by, now=NOW, today=TODAY)
        release(freed, reason="отозван", by=by, now=NOW)
        taken = give_number(journal, on=TODAY, context=Context(), entry=kept, by=by, now=NOW, today=TODAY)
        annul(taken, reason="дубль", by=by, now=NOW)
        tell(_give(journal, number))


def _give(journal: Journal, number: int) -> str:
    by = _clerk(number)
    return str(give_number(journal, on=TODAY, context=Context(), by=by, now=NOW, today=TODAY).number)


def _journal() -> Journal:
    return Journal.get(Journal.code == "orders")


def _clerk(number: int) -> Actor:
    return Actor(user_id=number, name=f"Клерк {number}", roles=frozenset({Role.CLERK}))
