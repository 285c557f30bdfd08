"""Where the text of proposals comes from: a version, what was read of it, a draft; and the two real orders."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.assignments.proposals import Proposals, proposals_of
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.versions import add_version
from roadmapdocs.drafting.models import Draft
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import Employee, Organisation, Post, Unit
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.texts.models import FileText
from tests.conftest import NOW, SEEDS, TODAY

TEXT = "ПРИКАЗЫВАЮ:\n1. Шилко Т.В. подготовить список до 01.06.2026.\n2. Контроль за исполнением приказа оставляю за собой.\n"


def employee(surname: str, name: str, patronymic: str, post: str, unit: Unit, gender: str = "f", *, heads: bool = False) -> Employee:
    person: Employee = Employee.create(surname=surname, name=name, patronymic=patronymic, gender=gender)
    Post.create(employee=person, unit=unit, title=post, since=dt.date(2015, 1, 1), heads=heads)
    return person


def office(name: str = "МКУ «Управление образования Заозёрского района»") -> Unit:
    organisation = Organisation.create(name=name, short_name=name, genitive=name)
    unit: Unit = Unit.create(organisation=organisation, name="Управление образования", abbreviation="УО")
    return unit


def order(signer: Employee | None = None, *, day: dt.date = TODAY) -> Document:
    values = {"signer": str(signer), "signer_id": signer.id} if signer is not None else {}
    card = Card("order_main", "О летнем чтении", date=day, **values)
    return create_document(card, by=SYSTEM, now=NOW, today=TODAY)


def with_version(document: Document, data: bytes, name: str = "приказ.txt") -> MemoryStore:
    store = MemoryStore()
    add_version(document, data, name, store=store, by=SYSTEM, now=NOW)
    return store


def who(found: Proposals) -> list[list[int | None]]:
    return [[one.employee_id for one in point.people] for point in found.points]


def test_a_version_is_read_where_its_file_lies(sqlite_database: None) -> None:
    unit = office()
    head = employee("Ветрова", "Мария", "Ивановна", "Начальник управления", unit, heads=True)
    clerk = employee("Шилко", "Тамара", "Викторовна", "Методист", unit)
    document = order(head)
    store = with_version(document, TEXT.encode())
    found = proposals_of(document, today=TODAY, store=store)
    assert (who(found), found.counted_from) == ([[clerk.id], []], TODAY)
    assert found.controller is not None
    assert found.controller.employee_id == head.id


def test_without_the_file_what_has_been_read_of_it_counts(sqlite_database: None) -> None:
    unit = office()
    clerk = employee("Шилко", "Тамара", "Викторовна", "Методист", unit)
    document = order()
    with_version(document, TEXT.encode())
    assert proposals_of(document, today=TODAY).why_none
    FileText.update(state="read", text=TEXT).execute()
    assert who(proposals_of(document, today=TODAY)) == [[clerk.id], []]


def test_a_file_that_cannot_be_read_is_told(sqlite_database: None) -> None:
    document = order()
    store = with_version(document, "просто слова".encode("utf-16"), "слова.txt")
    found = proposals_of(document, today=TODAY, store=store)
    assert found.points == ()
    assert found.why_none


def test_a_document_without_any_text_says_so(sqlite_database: None) -> None:
    assert proposals_of(order(), today=TODAY).why_none


def test_a_draft_says_who_is_meant_however_many_are_called_so(sqlite_database: None) -> None:
    unit = office()
    wanted = employee("Шилко", "Тамара", "Викторовна", "Методист", unit)
    employee("Шилко", "Татьяна", "Валерьевна", "Методист", unit)
    document = order()
    Draft.create(
        document=document,
        template="order.docx",
        content={
            "points": [
                {
                    "kind": "task",
                    "text": "подготовить список",
                    "executors": [{"name": "Шилко Тамара Викторовна", "employee_id": wanted.id}],
                    "due": "2026-06-01",
                    "points": [{"text": "Собрать заявки"}],
                },
                {"kind": "control"},
            ]
        },
        changed_by="Л",
        changed_at=NOW,
    )
    found = proposals_of(document, today=TODAY)
    assert who(found)[0] == [wanted.id]
    assert [one.number for one in found.points] == ["1", "1.1", "2"]
    assert [one.deadline.date for one in found.points if one.deadline] == [dt.date(2026, 6, 1), dt.date(2026, 6, 1)]
    # The printed text of a version names them in the same words.
    store = with_version(document, "ПРИКАЗЫВАЮ:\n1. Методисту Шилко Т. В.: подготовить список.".encode())
    assert who(proposals_of(document, today=TODAY, store=store)) == [[wanted.id]]


def seed(number: str) -> bytes:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the real order {number} is not beside this checkout ({SEEDS})")
    return found[0].read_bytes()


def test_the_four_points_of_the_order_of_the_fifth_roadmap(sqlite_database: None) -> None:
    data = seed("004")
    unit = office("Муниципальное казённое учреждение «Управление образования Мотыгинского района»")
    head = employee("Петрова", "Анна", "Ивановна", "Начальник", unit, heads=True)
    deputy = employee("Сомов", "Лев", "Ильич", "Заместитель начальника по образовательной политике", unit, "m")
    employee("Зимина", "Ольга", "Сергеевна", "Заместитель начальника по общим вопросам", unit)
    signed = dt.date(2021, 11, 29)
    document = order(head, day=signed)
    store = with_version(document, data)
    found = proposals_of(document, today=TODAY, store=store)
    assert [(one.number, one.needed) for one in found.points] == [("1", False), ("2", True), ("3", False), ("4", True)]
    assert who(found) == [[], [deputy.id], [], []]
    assert found.points[1].text.startswith("Обеспечить информирование")
    assert (found.points[1].deadline_words, found.counted_from) == ("", signed)
    assert found.controller is not None
    assert found.controller.employee_id == deputy.id
    assert found.points[1].remarks


def test_the_two_points_of_the_order_of_the_third_roadmap(sqlite_database: None) -> None:
    data = seed("002")
    head = employee("Петрова", "Анна", "Ивановна", "Начальник отдела", office(), heads=True)
    document = order(head, day=dt.date(2019, 9, 26))
    store = with_version(document, data)
    found = proposals_of(document, today=TODAY, store=store)
    assert [(one.number, one.needed, bool(one.remarks)) for one in found.points] == [("1", False, False), ("2", False, False)]
    assert found.controller is not None
    assert found.controller.employee_id == head.id


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_roadmaps_without_an_order_have_no_points(number: str, sqlite_database: None) -> None:
    document = order()
    store = with_version(document, seed(number))
    assert proposals_of(document, today=TODAY, store=store).points == ()
