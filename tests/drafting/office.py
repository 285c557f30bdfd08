"""A small office for tests of drafts: a head, a deputy who acts, a clerk, a roadmap with an approval."""

from __future__ import annotations

import dataclasses
import datetime as dt

from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.models import Acting, Employee, Organisation, Post, Unit
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.roadmap.draft import Approval, Draft, DraftExpected, DraftItem, DraftSection
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, Roadmap
from roadmapdocs.roadmap.operations import store_draft
from roadmapdocs.russian.terms import Term
from tests.conftest import NOW, TODAY


@dataclasses.dataclass(frozen=True, slots=True)
class Office:
    organisation: Organisation
    unit: Unit
    department: Unit
    head: Employee
    deputy: Employee
    methodist: Employee
    clerk: Actor


def office() -> Office:
    """The head is away from 1 to 31 July 2026; the deputy acts."""
    organisation = Organisation.create(
        name="Управление образования администрации Заречного района",
        short_name="Управление образования",
        genitive="Управления образования администрации Заречного района",
        place="г. Заречный",
    )
    unit = Unit.create(organisation=organisation, name="Управление образования", abbreviation="УО")
    department = Unit.create(organisation=organisation, name="Методический отдел", abbreviation="МО", parent=unit)
    head = _person("Гордеева", "Нина", "Павловна", "f", unit, "Начальник управления", heads=True)
    deputy = _person("Ветров", "Илья", "Сергеевич", "m", unit, "Заместитель начальника")
    methodist = _person("Лукина", "Ольга", "Сергеевна", "f", department, "Методист")
    Acting.create(
        unit=unit,
        title="Начальник управления",
        printed="И.о. начальника управления",
        absent=head,
        employee=deputy,
        since=dt.date(2026, 7, 1),
        until=dt.date(2026, 7, 31),
        basis="приказ от 25.06.2026 № 40-Л",
        set_by="Тест Т. Т.",
        made_at=NOW,
    )
    clerk = Actor(7, "Лукина О. С.", frozenset({Role.CLERK}), employee_id=methodist.id, unit_ids=frozenset({department.id}))
    return Office(organisation, unit, department, head, deputy, methodist, clerk)


def _person(surname: str, name: str, patronymic: str, gender: str, unit: Unit, title: str, *, heads: bool = False) -> Employee:
    made = Employee.create(
        surname=surname, name=name, patronymic=patronymic, gender=gender, email=f"{gender}{unit.id}@example.org"
    )
    Post.create(employee=made, unit=unit, title=title, since=dt.date(2020, 1, 1), heads=heads)
    return made


def card(place: Office, title: str = "О школьных библиотеках", *, kind: str = "order_main", date: dt.date | None = None) -> Document:
    told = Card(
        kind,
        title,
        date=date,
        signer="Гордеева Н. П.",
        signer_id=place.head.id,
        drafter_id=place.methodist.id,
        unit_id=place.department.id,
        organisation_id=place.organisation.id,
    )
    return create_document(told, by=SYSTEM, now=NOW, today=TODAY)


def expected(
    place: Office,
    title: str,
    kind: str,
    *,
    item: str = "Создание рабочей группы по развитию чтения",
    responsible: tuple[str, ...] = ("Методический отдел", "Лукина О. С.", "муниципальный координатор"),
    term: Term | None = None,
    approval: Approval | None = None,
    number: str = "1.2",
) -> ExpectedDocument:
    """A document that an item of a roadmap expects; the roadmap was approved by an order unless said otherwise."""
    given = approval or Approval("приказ", "Управления образования Заречного района", None, None, dt.date(2025, 11, 29), "178-П")
    row = DraftItem(
        number=number,
        section="1",
        title=item,
        terms=(term or Term("deadline", None, dt.date(2026, 10, 1), None, "до 01.10.2026"),),
        responsible=responsible,
        responsible_text=", ".join(responsible),
        expected_documents=(DraftExpected(title, kind),),
    )
    plan = Draft(
        "Дорожная карта развития чтения", (2026, 2027), given, {"РЧ": "развитие чтения"}, (DraftSection("1", "Чтение"),), (row,), ()
    )
    edition: Edition = store_draft(plan, source=None, directory=DatabaseDirectory(), by=SYSTEM, now=NOW)
    Roadmap.update(organisation=place.organisation).where(Roadmap.id == edition.roadmap_id).execute()
    stored = Item.get(Item.edition == edition)
    found: ExpectedDocument = ExpectedDocument.get(ExpectedDocument.item == stored)
    return found
