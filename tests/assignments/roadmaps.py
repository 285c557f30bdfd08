"""A roadmap that the small office answers for."""

from __future__ import annotations

from roadmapdocs.roadmap.draft import DraftExpected, DraftItem
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, Responsible, Roadmap
from tests import factories as make
from tests.assignments.office import Office

REVIEW = "Провести смотр школьных библиотек"
EXHIBITION = "Открыть выставку рисунков"


def items() -> list[DraftItem]:
    """One late since February, one due in May, one due every year: in 2025 late, in 2026 and 2027 to come."""
    return [
        make.item("1.1", REVIEW, make.deadline(2026, 2, 2)),
        make.item("2.1", EXHIBITION, make.deadline(2026, 5, 4), section="2", responsible=["Нечаев"]),
        make.item(
            "2.2", "Подвести итоги года", make.yearly(), section="2", responsible=["Школы"],
            expected=[DraftExpected("Отчёт о чтении", "отчёт")],
        ),
    ]  # fmt: skip


def make_roadmap(office: Office) -> Roadmap:
    """The unit answers for 1.1, a person for 2.1, nobody known for 2.2; Исаев coordinates."""
    edition = make.roadmap(*items())
    Responsible.update(unit=office.unit).where(Responsible.text == "УО").execute()
    Responsible.update(employee=office.people["Нечаев"]).where(Responsible.text == "Нечаев").execute()
    roadmap: Roadmap = edition.roadmap
    roadmap.coordinator = office.people["Исаев"]
    roadmap.save()
    return roadmap


def item_of(edition: Edition, number: str) -> Item:
    return Item.get((Item.edition == edition) & (Item.number == number))


def expected_of(item: Item) -> ExpectedDocument:
    return ExpectedDocument.get(ExpectedDocument.item == item)
