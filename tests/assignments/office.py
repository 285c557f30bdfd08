"""A small office that gives assignments: made by the operations that people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.operations import give
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import Employee, Organisation, Post, Substitution, Unit, User
from roadmapdocs.people.operations import actor_of, create_user
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests.conftest import NOW, TODAY

PASSWORD = "тетрадь-в-клетку"
HEAD, DEPUTY, CLERK = "Ветрова", "Соболев", "Лукина"
#: Surname → (post, role). All work in one unit, which Ветрова heads.
STAFF = {
    HEAD: ("начальник управления", Role.EXECUTIVE),
    DEPUTY: ("заместитель начальника", Role.STAFF),
    "Нечаев": ("юрист", Role.STAFF),
    "Громова": ("главный бухгалтер", Role.STAFF),
    "Ярцева": ("заведующая ИМЦ", Role.STAFF),
    "Дёмина": ("методист", Role.STAFF),
    CLERK: ("делопроизводитель", Role.CLERK),
    "Исаев": ("координатор", Role.COORDINATOR),
}
#: A Friday two weeks and a half from today (a Monday).
FRIDAY = dt.date(2026, 4, 3)


def on(day: dt.date) -> Deadline:
    return Deadline(DeadlineKind.DATE, date=day, text=f"до {day:%d.%m.%Y}")


@dataclass
class Office:
    unit: Unit
    people: dict[str, Employee]
    users: dict[str, User]
    store: MemoryStore = field(default_factory=MemoryStore)

    def id(self, surname: str) -> int:
        return int(self.people[surname].id)

    def actor(self, surname: str, day: dt.date = TODAY) -> Actor:
        return actor_of(User.get_by_id(self.users[surname].id), today=day)

    def order(self, title: str = "О летнем чтении", *, signer: str = HEAD, **card: object) -> Document:
        """A registered order, signed by the head two weeks ago."""
        values: dict[str, object] = {
            "number": f"{Document.select().count() + 1}-О",
            "date": dt.date(2026, 3, 2),
            "preparation": Preparation.SIGNED,
            "signer": signer,
            "signer_id": self.id(signer),
            **card,
        }
        return get_document(create_document(Card("order_main", title, **values), by=SYSTEM, now=NOW, today=TODAY).id)  # type: ignore[arg-type]  # each of its own type

    def plan(
        self,
        responsible: str = DEPUTY,
        *,
        text: str = "Подготовить список книг",
        due: dt.date | None = FRIDAY,
        executors: Iterable[str] = (),
        controller: str | None = None,
        author: str | None = None,
        document: Document | None = None,
        parent: Assignment | None = None,
        **more: object,
    ) -> Plan:
        values: dict[str, object] = {"deadline": on(due) if due is not None else Deadline(DeadlineKind.OPEN), **more}
        return Plan(
            text=text,
            responsible=self.id(responsible),
            executors=tuple(self.id(one) for one in executors),
            controller=self.id(controller) if controller else None,
            author=self.id(author) if author else None,
            document=document.id if document else None,
            parent=parent.id if parent else None,
            **values,  # type: ignore[arg-type]  # each of its own type
        )

    def give(self, responsible: str = DEPUTY, *, by: str = HEAD, now: dt.datetime = NOW, today: dt.date = TODAY, **plan: object) -> Assignment:
        wanted = self.plan(responsible, **plan)  # type: ignore[arg-type]  # as plan has them
        (made,) = give([wanted], by=self.actor(by, today), now=now, today=today, allow_past=bool(plan.get("past")))
        return made

    def substitute(self, absent: str, other: str, *, kinds: Iterable[str] = ()) -> None:
        """From today for a week, ``other`` stands in for ``absent``."""
        Substitution.create(
            absent=self.people[absent], substitute=self.people[other], since=TODAY, until=TODAY + dt.timedelta(days=7),
            kinds=sorted(kinds), reason="отпуск", set_by=CLERK, made_at=NOW,
        )

    def leaves(self, surname: str) -> None:
        """All posts of that person ended yesterday."""
        Post.update(until=TODAY - dt.timedelta(days=1)).where(Post.employee == self.people[surname]).execute()


def make_office() -> Office:
    organisation = Organisation.create(
        name="Администрация Заозёрского района", short_name="Администрация", genitive="администрации Заозёрского района"
    )
    unit = Unit.create(organisation=organisation, name="Управление образования", abbreviation="УО")
    people, users = {}, {}
    for number, (surname, (post, role)) in enumerate(STAFF.items()):
        person = Employee.create(surname=surname, name="Мария", patronymic="Ивановна", gender="f", email=f"p{number}@zao.example")
        Post.create(employee=person, unit=unit, title=post, since=dt.date(2020, 1, 1), heads=surname == HEAD)
        users[surname] = create_user(f"user{number}", PASSWORD, [role], employee=person, by=SYSTEM, now=NOW)
        people[surname] = person
    return Office(unit, people, users)


def fresh(assignment: Assignment) -> Assignment:
    return Assignment.get_by_id(assignment.id)
