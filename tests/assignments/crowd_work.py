"""What two people do at the same moment, each in a process of their own: see test_crowd.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from roadmapdocs.assignments.executing import report
from roadmapdocs.assignments.extensions import ask_extension
from roadmapdocs.assignments.judging import accept, send_back
from roadmapdocs.errors import Refusal
from roadmapdocs.people.models import Employee, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Actor

NOW = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()


def told(act: Callable[[], object]) -> str:
    """"done", or the code of the refusal, which says why in a sentence."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code if refusal.message.endswith(".") else f"no sentence: {refusal.message}"
    return "done"


def who(surname: str) -> Actor:
    return actor_of(User.get(User.employee == Employee.get(Employee.surname == surname)), today=TODAY)


def accepts(number: int, surname: str, revision: int | None) -> str:
    return told(lambda: accept(number, revision=revision, by=who(surname), now=NOW, today=TODAY))


def returns(number: int, surname: str, revision: int | None) -> str:
    return told(lambda: send_back(number, "Не то", revision=revision, by=who(surname), now=NOW, today=TODAY))


def reports(number: int, surname: str, revision: int | None) -> str:
    return told(lambda: report(number, "Сделано", revision=revision, by=who(surname), now=NOW, today=TODAY))


def asks(number: int, surname: str) -> str:
    day = dt.date(2026, 4, 10)
    return told(lambda: ask_extension(number, day, "Ждём", by=who(surname), now=NOW, today=TODAY))
