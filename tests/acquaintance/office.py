"""A small office whose people read documents: made by the operations that people use."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field

import peewee as pw

from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.operations import send
from roadmapdocs.acquaintance.paper import Scan
from roadmapdocs.acquaintance.reading import confirm, read_through
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.approvals.signature_rules import set_rule
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import Employee, Organisation, Post, Unit, User
from roadmapdocs.people.operations import actor_of, create_user
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests.conftest import NOW, TODAY

PASSWORD = "тетрадь-в-клетку"
#: Surname → (post, unit, role). The units: the office, and two below it.
STAFF = {
    "Ветрова": ("начальник управления", "Управление", Role.EXECUTIVE),
    "Лукина": ("делопроизводитель", "Управление", Role.CLERK),
    "Дёмина": ("методист", "Отдел кадров", Role.STAFF),
    "Нечаев": ("юрист", "Отдел кадров", Role.STAFF),
    "Громова": ("главный бухгалтер", "Бухгалтерия", Role.STAFF),
    "Ярцева": ("методист", "Бухгалтерия", Role.COORDINATOR),
}
_texts = itertools.count(1)


@dataclass
class Office:
    units: dict[str, Unit]
    people: dict[str, Employee]
    users: dict[str, User]
    store: MemoryStore = field(default_factory=MemoryStore)

    def actor(self, surname: str, day: dt.date = TODAY) -> Actor:
        return actor_of(User.get_by_id(self.users[surname].id), today=day)

    @property
    def clerk(self) -> Actor:
        return self.actor("Лукина")

    def document(self, title: str = "О зачёте по чтению", *, words: str = "", **card: object) -> Document:
        """A signed and registered order of Ветрова with a text."""
        number = f"{next(_texts)}-О"
        values = {"number": number, "date": dt.date(2026, 2, 2), "preparation": Preparation.SIGNED, **card}
        made = create_document(Card("order_main", title, **values), by=SYSTEM, now=NOW, today=TODAY)
        self.text(made, words)
        return get_document(made.id)

    def text(self, document: Document, words: str = "", *, edition: int = 1, now: dt.datetime = NOW) -> DocumentVersion:
        """A file with the text of that edition."""
        data = (words or f"Текст {next(_texts)}.").encode()
        return add_version(document, data, "приказ.txt", store=self.store, edition=edition, by=SYSTEM, now=now)

    def rule(self) -> None:
        """The office has a rule on simple signatures."""
        set_rule(self.document("О простой подписи").id, dt.date(2026, 2, 2), by=SYSTEM, now=NOW)

    def ids(self, *surnames: str) -> tuple[int, ...]:
        return tuple(self.people[one].id for one in surnames)

    def send(self, document: Document, *surnames: str, now: dt.datetime = NOW, **more: object) -> AcquaintanceSheet:
        """The clerk sends it to these people, or to ``to``."""
        addressees = more.pop("to", None) or Addressees(employees=self.ids(*surnames))
        return send(document.id, addressees, by=self.clerk, now=now, today=now.date(), **more)

    def line(self, document: Document, surname: str) -> Acquaintance:
        """The person's latest place on the document's lists."""
        lines = Acquaintance.select().where((Acquaintance.document == document) & (Acquaintance.employee == self.people[surname]))
        return lines.order_by(Acquaintance.id.desc()).get()

    def read(self, document: Document, surname: str, *, now: dt.datetime = NOW) -> Acquaintance:
        """The person reads to the end and confirms."""
        line = self.line(document, surname)
        read_through(line.id, line.sheet.version_id, by=self.actor(surname), now=now)
        return confirm(line.id, version_id=line.sheet.version_id, by=self.actor(surname), now=now, today=now.date())

    def scan(self, words: str = "Лист с подписями") -> Scan:
        return Scan(words.encode(), "лист.txt", self.store)

    def leave(self, surname: str, day: dt.date) -> None:
        """The person's posts end before that day."""
        held = (Post.employee == self.people[surname]) & Post.until.is_null()
        Post.update(until=day - dt.timedelta(1)).where(held).execute()


def make_office() -> Office:
    organisation = Organisation.create(name="Администрация округа", short_name="Администрация", genitive="администрации округа")
    units: dict[str, Unit] = {}
    people: dict[str, Employee] = {}
    users: dict[str, User] = {}
    for number, (surname, (title, unit, role)) in enumerate(STAFF.items()):
        if unit not in units:
            above = units.get("Управление")
            units[unit] = Unit.create(organisation=organisation, name=unit, parent=above)
        gender = "f" if surname.endswith("а") else "m"
        name, patronymic = ("Ольга", "Сергеевна") if gender == "f" else ("Иван", "Сергеевич")
        people[surname] = Employee.create(
            surname=surname, name=name, patronymic=patronymic, gender=gender, email=f"p{number}@office.test"
        )
        heads = surname == "Ветрова"
        Post.create(employee=people[surname], unit=units[unit], title=title, since=dt.date(2020, 1, 1), heads=heads)
        users[surname] = create_user(f"user{number}", PASSWORD, [role], employee=people[surname], by=SYSTEM, now=NOW)
    return Office(units, people, users)


def states(document: Document) -> dict[str, str]:
    """By surname and place, the states of all lines; the line of the document under «»."""
    rows = Acquaintance.select(Employee.surname, Acquaintance.state).join(Employee, on=Acquaintance.employee)
    found = dict(rows.where(Acquaintance.document == document).order_by(Acquaintance.id).tuples())
    return {"": get_document(document.id).acquaintance, **found}


def live(document: Document) -> pw.ModelSelect:
    return AcquaintanceSheet.select().where((AcquaintanceSheet.document == document) & AcquaintanceSheet.ended_at.is_null())
