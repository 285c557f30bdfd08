"""An office whose orders are carried out: its people, each with a window of their own, in a registry that is served."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from playwright.sync_api import ConsoleMessage, Page

from roadmapdocs import db
from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.acquaintance.reading import confirm, read_through
from roadmapdocs.approvals.models import SignatureRule
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.models import Employee, Organisation, Post, Unit, User
from roadmapdocs.people.operations import actor_of, create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.registration.journals import JournalCard, keep_journal
from roadmapdocs.roadmap.draft import Approval, Draft, DraftSection
from roadmapdocs.roadmap.operations import store_draft
from roadmapdocs.settings import DEFAULT_TIMEZONE
from tests import factories as make
from tests.journeys.conftest import DESK, PASSWORD, PHONE, Served, SignIn, fits

#: The day of the real order, whose text is read where it lies and never copied.
SIGNED = dt.date(2021, 11, 29)
NAME = "МКУ «Управление образования Мотыгинского района»"
HEAD, DEPUTY, CONTROLLER, CLERK, COORDINATOR = "Ветрова", "Сомов", "Зимина", "Лукина", "Исаева"
WEBMASTER, METHODIST = "Нечаев", "Дёмина"
#: Surname → (post, whether in the department below, role or None for whoever has no account).
STAFF: dict[str, tuple[str, bool, Role | None]] = {
    HEAD: ("Начальник", False, Role.EXECUTIVE),
    DEPUTY: ("Заместитель начальника по образовательной политике", False, Role.STAFF),
    CONTROLLER: ("Заместитель начальника по общим вопросам", True, Role.STAFF),
    CLERK: ("Делопроизводитель", False, Role.CLERK),
    COORDINATOR: ("Координатор дорожной карты", False, Role.COORDINATOR),
    WEBMASTER: ("Программист", True, Role.STAFF),
    METHODIST: ("Методист", True, Role.STAFF),
    "Ким": ("Главный специалист", True, Role.STAFF),
    "Ярцева": ("Ведущий специалист", True, Role.STAFF),
    "Шилко": ("Юрисконсульт", True, Role.STAFF),
    "Белова": ("Водитель", True, None),
    "Орлова": ("Уборщица служебных помещений", True, None),
    "Черных": ("Сторож", True, None),
}


@dataclass
class Windows:
    """Everybody with a window of their own; each page fits a phone as well as a desk, and no script complains."""

    sign_in: SignIn
    logins: dict[str, str]
    pages: dict[str, Page] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def of(self, surname: str, *, phone: bool = False) -> Page:
        if surname not in self.pages:
            size = {"size": PHONE, "touch": True} if phone else {}
            page = self.pages[surname] = self.sign_in(self.logins[surname], **size)
            page.on("console", self._heard)
        return self.pages[surname]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.said.append(f"{message.text} ({message.location.get('url')})")


def looks_right(page: Page) -> None:
    """Nothing scrolls sideways, neither in the window as it is nor on a phone."""
    own = page.viewport_size or DESK
    assert fits(page), page.url
    if own != PHONE:
        page.set_viewport_size(PHONE)
        assert fits(page), f"{page.url} at {PHONE['width']} px"
        page.set_viewport_size(own)


@dataclass
class Office:
    """The people, units and files of a registry that is served."""

    people: dict[str, Employee]
    users: dict[str, User]
    unit: Unit
    department: Unit
    organisation: Organisation
    store: FolderStore
    windows: Windows

    @property
    def today(self) -> dt.date:
        """By the clock of the office that is served."""
        return dt.datetime.now(ZoneInfo(DEFAULT_TIMEZONE)).date()

    def order(self, data: bytes) -> Document:
        """Signed and registered on its own day, as the office had it then."""
        signer = self.people[HEAD]
        card = Card(
            "order_main", "Об утверждении дорожной карты", signer=str(signer), signer_id=signer.id,
            unit_id=self.unit.id, organisation_id=self.organisation.id,
        )  # fmt: skip
        now = dt.datetime.combine(SIGNED, dt.time(9), dt.UTC)
        made = create_document(card, by=SYSTEM, now=now, today=SIGNED)
        add_version(made, data, "приказ.txt", store=self.store, by=SYSTEM, now=now)
        number = Answers(number="178-П", reason="номера до этого даны на бумаге")
        for step, answers in (("send_for_signing", Answers()), ("sign", Answers()), ("register", number)):
            perform(made.id, step, answers=answers, by=SYSTEM, now=now, today=SIGNED)
        return get_document(made.id)

    def made(self, title: str, number: str, drafter: str) -> Document:
        """A registered document of today, the proof of what was done."""
        card = Card(
            "order_main", title, number=number, date=self.today, preparation=Preparation.SIGNED,
            drafter_id=self.people[drafter].id, signer_id=self.people[HEAD].id, unit_id=self.unit.id,
        )  # fmt: skip
        return create_document(card, by=SYSTEM, now=dt.datetime.now(dt.UTC), today=self.today)

    def read(self, document: Document, surname: str) -> None:
        """That person reads to the end and confirms, by the operations behind the pages."""
        now = dt.datetime.now(dt.UTC)
        actor = actor_of(User.get_by_id(self.users[surname].id), today=self.today)
        line = self.line(document, surname)
        read_through(line.id, line.sheet.version_id, by=actor, now=now)
        confirm(line.id, version_id=line.sheet.version_id, by=actor, now=now, today=self.today)

    def line(self, document: Document, surname: str) -> Acquaintance:
        return Acquaintance.get((Acquaintance.document == document) & (Acquaintance.employee == self.people[surname]))

    def roadmap(self) -> int:
        """One item with a term two months ahead, for which the unit answers."""
        due = self.today + dt.timedelta(60)
        item = make.item("1.1", "Провести смотр школьных библиотек", make.deadline(due.year, due.month, due.day))
        years = (self.today.year, due.year)
        draft = Draft("Развитие чтения", years, Approval(), {}, (DraftSection("1", "Смотры"),), (item,), ())
        directory = DatabaseDirectory()
        return int(store_draft(draft, source=None, directory=directory, by=SYSTEM, now=dt.datetime.now(dt.UTC)).roadmap_id)


@contextlib.contextmanager
def office_on(registry: Served, sign_in: SignIn) -> Iterator[Office]:
    """An office with a rule on simple signatures; at the end nothing was said on any console."""
    with db.connect(registry.database()).connection_context():
        organisation = Organisation.create(name=NAME, short_name=NAME, genitive=NAME)
        unit = Unit.create(organisation=organisation, name="Управление образования", abbreviation="УО")
        department = Unit.create(organisation=organisation, name="Отдел развития", parent=unit)
        people, users = _staff(unit, department)
        journal = JournalCard("own", "Приказы", "order_main", "{n}-П", organisation_id=organisation.id)
        keep_journal(None, journal, by=SYSTEM, now=dt.datetime.combine(SIGNED, dt.time(8), dt.UTC))
        rule = make.document("О простой электронной подписи")
        SignatureRule.create(document=rule, since=dt.date(2020, 1, 1), set_by=CLERK, set_at=dt.datetime.now(dt.UTC))
        windows = Windows(sign_in, {surname: user.login for surname, user in users.items()})
        yield Office(people, users, unit, department, organisation, FolderStore(registry.data / "files"), windows)
        assert windows.said == []


def _staff(unit: Unit, department: Unit) -> tuple[dict[str, Employee], dict[str, User]]:
    people, users = {}, {}
    for number, (surname, (post, below, role)) in enumerate(STAFF.items()):
        gender = "f" if surname.endswith("а") else "m"
        name, patronymic = ("Ольга", "Сергеевна") if gender == "f" else ("Лев", "Ильич")
        people[surname] = Employee.create(surname=surname, name=name, patronymic=patronymic, gender=gender)
        where = department if below else unit
        Post.create(employee=people[surname], unit=where, title=post, since=dt.date(2020, 1, 1), heads=surname == HEAD)
        if role is not None:
            made = {"employee": people[surname], "by": SYSTEM, "now": dt.datetime.now(dt.UTC)}
            users[surname] = create_user(f"user{number}", PASSWORD, [role], **made)
    return people, users
