"""A small office with people to ask, and documents to send round: made by the operations that people use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from roadmapdocs.approvals.deciding import RemarkText, Verdict, decide
from roadmapdocs.approvals.effects import Start
from roadmapdocs.approvals.models import Route, Run, Visa
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import Decision, VisaState
from roadmapdocs.approvals.runs import current_version, latest
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import Employee, Organisation, Post, Unit, User
from roadmapdocs.people.operations import actor_of, create_user
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests.conftest import NOW, TODAY

PASSWORD = "тетрадь-в-клетку"
#: Surname → (post, role). All work in one unit, which Ветрова heads.
STAFF = {
    "Ветрова": ("начальник управления", Role.EXECUTIVE),
    "Соболев": ("заместитель начальника", Role.EXECUTIVE),
    "Нечаев": ("юрист", Role.STAFF),
    "Громова": ("главный бухгалтер", Role.STAFF),
    "Ярцева": ("заведующая ИМЦ", Role.STAFF),
    "Дёмина": ("методист", Role.STAFF),
    "Лукина": ("делопроизводитель", Role.CLERK),
}


@dataclass
class Office:
    unit: Unit
    people: dict[str, Employee]
    users: dict[str, User]
    store: MemoryStore = field(default_factory=MemoryStore)

    def actor(self, surname: str, day: dt.date = TODAY) -> Actor:
        return actor_of(User.get_by_id(self.users[surname].id), today=day)

    def document(self, title: str = "Об итогах зачёта по чтению", **card: object) -> Document:
        """A draft with a text, drafted by Дёмина, to be signed by Ветрова."""
        signer = self.people["Ветрова"]
        values = {
            "drafter_id": self.people["Дёмина"].id,
            "signer": str(signer),
            "signer_id": signer.id,
            "unit_id": self.unit.id,
            **card,
        }
        made = create_document(Card("order_main", title, **values), by=self.actor("Лукина"), now=NOW, today=TODAY)
        self.text(made, "Первая редакция текста.")
        return get_document(made.id)

    def text(self, document: Document, words: str, *, substantial: bool = True, by: str = "Лукина") -> None:
        add_version(
            document,
            words.encode(),
            "приказ.txt",
            store=self.store,
            substantial=substantial,
            by=self.actor(by),
            now=NOW,
        )

    def send(self, document: Document, plan: Plan | None = None, *, by: str = "Дёмина", now: dt.datetime = NOW) -> Run:
        """Send it round along the plan, or along the office's route that fits."""
        answers = Answers(enclosed=Start(plan)) if plan is not None else None
        perform(document.id, "send_for_approval", answers=answers, by=self.actor(by), now=now, today=TODAY)
        run = latest(document.id)
        assert run is not None
        return run

    def visa(self, document: Document, surname: str) -> Visa:
        """What is asked of that person on the document now."""
        return Visa.get(
            (Visa.document == document)
            & (Visa.employee == self.people[surname])
            & (Visa.state == VisaState.OPEN)
        )

    def decide(
        self,
        document: Document,
        surname: str,
        decision: Decision = Decision.AGREED,
        *,
        by: str = "",
        comment: str = "",
        remarks: tuple[RemarkText, ...] = (),
        now: dt.datetime = NOW,
    ) -> Visa:
        """That person decides, or ``by`` in their place, on the text as it is now."""
        current = current_version(document.id)
        return decide(
            self.visa(document, surname).id,
            Verdict(decision, comment, remarks),
            version=current.id if current else None,
            store=self.store,
            by=self.actor(by or surname),
            now=now,
            today=TODAY,
        )

    def person(self, surname: str) -> Addressee:
        return Addressee(How.PERSON, str(self.people[surname].id))

    def step(self, *surnames: str, mode: Mode = Mode.TURN, needed: int = 0, term: int = 3) -> Step:
        return Step(mode, tuple(self.person(one) for one in surnames), needed, term)

    def route(self, plan: Plan, name: str = "Обычный", **columns: object) -> Route:
        return Route.create(name=name, plan=plan.as_json(), changed_at=NOW, **columns)


def make_office() -> Office:
    organisation = Organisation.create(
        name="Администрация Заозёрского района", short_name="Администрация", genitive="администрации Заозёрского района"
    )
    unit = Unit.create(organisation=organisation, name="Управление образования", abbreviation="УО")
    people, users = {}, {}
    for number, (surname, (post, role)) in enumerate(STAFF.items()):
        person = Employee.create(surname=surname, name="Мария", patronymic="Ивановна", gender="f", email=f"p{number}@zao.example")
        Post.create(employee=person, unit=unit, title=post, since=dt.date(2020, 1, 1), heads=surname == "Ветрова")
        users[surname] = create_user(f"user{number}", PASSWORD, [role], employee=person, by=SYSTEM, now=NOW)
        people[surname] = person
    return Office(unit, people, users)


def states(document: Document) -> str:
    return str(get_document(document.id).preparation)
