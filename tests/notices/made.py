"""People and notices for tests of delivery."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.notices.models import Delivery
from roadmapdocs.notices.operations import Habits, set_settings, tell
from roadmapdocs.notices.rules import DeliveryState
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor, Role
from tests import factories as make
from tests.conftest import NOW


def person(surname: str = "Лукина", email: str = "lukina@example.test", *, habits: Habits | None = None) -> Employee:
    made = make.employee(surname)
    made.email = email
    made.save()
    if habits is not None:
        set_settings(habits, by=actor(made))
    return made


def actor(employee: Employee, *roles: Role) -> Actor:
    return Actor(7, str(employee), frozenset(roles or {Role.CLERK}), employee_id=employee.id)


def news(*people: Employee, key: str = "visa:1/asked", now: dt.datetime = NOW, **more: object) -> int:
    return tell([one.id for one in people], "visa_asked", key=key, now=now, **more)  # type: ignore[arg-type]  # as tests say


def states() -> dict[str, int]:
    """How many mails are in each state."""
    counts: dict[str, int] = {}
    for row in Delivery.select(Delivery.state):
        counts[str(row.state)] = counts.get(str(row.state), 0) + 1
    return counts


SENT, PENDING = str(DeliveryState.SENT), str(DeliveryState.PENDING)
