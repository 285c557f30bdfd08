"""What the building of the made-up office has at hand: rows by the keys of the content, people, a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from roadmapdocs.demo.content import schema
from roadmapdocs.demo.content.dates import working_day
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.files.store import FileStore
from roadmapdocs.people.models import Employee, Organisation, Unit, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.registration.models import Journal
from roadmapdocs.roadmap.models import Item

WORKING_HOUR = dt.time(7, 15, tzinfo=dt.UTC)
#: Roles whose people keep cards; for the others the clerk or the centre's coordinator does it.
KEEPERS = frozenset({Role.CLERK, Role.COORDINATOR, Role.ADMINISTRATOR})


class Hour(IntEnum):
    """What comes first on a day on which much happens."""

    DRAFT = 0
    TEXT = 1
    SEND = 2
    AGREE = 3
    HAND_OVER = 4
    LINK = 5
    SIGN = 6
    REGISTER = 7
    PROVE = 8
    ACT = 9
    ASSIGN = 10
    FILE = 11
    CLOSE = 12


#: What happens: it is told the moment and the day on which it does.
Step = Callable[[dt.datetime, dt.date], object]


@dataclass(slots=True)
class Calendar:
    """Steps in the order in which they happened: by day, by hour, and as they were put down."""

    begins: dt.date
    now: dt.datetime
    today: dt.date
    _steps: list[tuple[dt.date, Hour, int, Step]] = field(default_factory=list)

    def put(self, day: dt.date, hour: Hour, step: Step) -> None:
        """Put a step down for a working day; what would lie outside of the registry's time happens at its edge."""
        inside = working_day(min(max(day, self.begins), self.today))
        self._steps.append((inside, hour, len(self._steps), step))

    def run(self) -> None:
        before, place = None, 0
        for day, hour, _order, step in sorted(self._steps, key=lambda one: one[:3]):
            place = place + 1 if before == (day, hour) else 0
            before = (day, hour)
            step(self.moment(day, dt.timedelta(minutes=36 * hour + place)), day)

    def moment(self, day: dt.date, after: dt.timedelta = dt.timedelta(0)) -> dt.datetime:
        """Working time on that day, never after this moment."""
        return min(dt.datetime.combine(day, WORKING_HOUR) + after, self.now)


@dataclass(slots=True)
class Desk:
    """What is stored already, by the keys of the content."""

    office: schema.Office
    store: FileStore
    calendar: Calendar
    folder: Path
    organisations: dict[str, Organisation] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    employees: dict[str, Employee] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    journals: dict[str, Journal] = field(default_factory=dict)
    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    content: dict[str, schema.Roadmap] = field(default_factory=dict)
    assignments: dict[str, int] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, employee: str) -> Actor:
        """Somebody who has an account, with the rights of today."""
        if employee not in self._actors:
            self._actors[employee] = actor_of(self.users[employee], today=self.office.today)
        return self._actors[employee]

    def person(self, employee: str, today: dt.date) -> Actor:
        """Somebody with whom they stand in for on that day; heads without an account come to the clerk's desk."""
        if employee in self.users:
            return actor_of(self.users[employee], today=today)
        row = self.employees[employee]
        return Actor(user_id=None, name=str(row), roles=frozenset({Role.STAFF}), employee_id=row.id)

    def holder(self, role: Role) -> Actor:
        """The first person of the role."""
        return self.actor(next(user.employee for user in self.office.users if Role(user.role) is role))

    @property
    def clerk(self) -> Actor:
        return self.holder(Role.CLERK)

    def keeper(self, document: schema.Document) -> Actor:
        """Who keeps the card: the drafter who may, else the coordinator of the methodical centre or the clerk."""
        drafter = self.actor(document.drafter) if document.drafter in self.users else SYSTEM
        if drafter is not SYSTEM and drafter.has(*KEEPERS):
            return drafter
        return self.holder(Role.COORDINATOR) if document.organisation in ("imc", "moc") else self.clerk

    def signer(self, document: schema.Document) -> Actor:
        """The signer; for one without an account the clerk writes down what was signed on paper."""
        return self.actor(document.signer) if document.signer in self.users else self.clerk
