"""What the card, people and links add to a draft."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.drafting import filling
from roadmapdocs.drafting.filling import values_of
from roadmapdocs.drafting.operations import draft_of, start_draft
from roadmapdocs.drafting.values import Cited, OrderValues, Person, RegulationValues, Values, Visa
from roadmapdocs.people.models import Employee, Post, Unit
from tests.conftest import NOW, TODAY
from tests.documents.linked import link
from tests.drafting.office import Office, card


def filled(document: Document, place: Office, content: dict[str, Any] | None = None) -> Values:
    start_draft(document.id, content=content or {}, by=place.clerk, now=NOW)
    return values_of(get_document(document.id), draft_of(document), today=TODAY)


def test_requisites_come_from_the_card_and_its_organisation(office: Office) -> None:
    values = filled(card(office, date=dt.date(2026, 3, 2)), office)
    assert values.organisation == "Управление образования администрации Заречного района"
    assert values.organisation_genitive == "Управления образования администрации Заречного района"
    assert (values.place, values.title, values.date) == ("г. Заречный", "О школьных библиотеках", dt.date(2026, 3, 2))


@pytest.mark.parametrize(
    ("day", "signer"),
    [
        (dt.date(2026, 6, 30), Person(name="Гордеева Нина Павловна", post="Начальник управления", gender="f")),
        (dt.date(2026, 7, 1), Person(name="Ветров Илья Сергеевич", post="И.о. начальника управления", gender="m")),
    ],
)
def test_the_signer_is_whoever_holds_the_post_on_the_day(office: Office, day: dt.date, signer: Person) -> None:
    from roadmapdocs.people.models import Substitution

    Substitution.create(
        absent=office.head, substitute=None, since=dt.date(2026, 7, 1), until=dt.date(2026, 7, 31), reason="отпуск",
        set_by="Тест Т. Т.", made_at=NOW,
    )  # fmt: skip
    assert filled(card(office, date=day), office).signers == (signer,)


def test_a_signer_that_nobody_knows_is_named_as_typed(office: Office) -> None:
    document = card(office)
    Document.update(signer_employee=None, signer="Некто Н.Н.", fields={"signer_post": "Глава района"}).execute()
    assert filled(get_document(document.id), office).signers == (Person(name="Некто Н.Н.", post="Глава района"),)


def test_the_drafter_has_the_telephone_written_in_the_draft(office: Office) -> None:
    drafter = filled(card(office), office, {"drafter": {"name": "Другой", "phone": "2-17"}}).drafter
    assert drafter is not None
    assert (drafter.name, drafter.phone, drafter.email) == ("Лукина Ольга Сергеевна", "2-17", office.methodist.email)


def test_executors_are_called_as_on_the_day(office: Office) -> None:
    content = {"points": [{"kind": "task", "text": "x", "executors": [
        {"employee_id": office.methodist.id, "name": "Старая О. С.", "post": "Стажёр"}, {"unit_id": office.department.id, "unit": "Старый"},
        {"name": "Посторонний П.П."}, {"employee_id": 9999, "name": "Ушедший У.У."},
    ]}]}  # fmt: skip
    Unit.update(name="Отдел чтения").where(Unit.id == office.department.id).execute()
    values = filled(card(office), office, content)
    assert isinstance(values, OrderValues)
    one, unit, stranger, gone = values.points[0].executors
    assert (one.name, one.post, one.gender) == ("Лукина Ольга Сергеевна", "Методист", "f")
    assert (unit.unit, stranger.name, gone.name) == ("Отдел чтения", "Посторонний П.П.", "Ушедший У.У.")


def test_of_two_posts_the_one_written_stays(office: Office) -> None:
    Post.create(employee=office.methodist, unit=office.unit, title="Секретарь", since=dt.date(2021, 1, 1))
    content = {"acquainted": [{"employee_id": office.methodist.id, "post": "Секретарь"}]}
    values = filled(card(office), office, content)
    assert isinstance(values, OrderValues)
    assert values.acquainted[0].post == "Секретарь"


def test_a_cited_document_is_called_as_the_registry_has_it(office: Office) -> None:
    other = card(office, "О старом", date=dt.date(2025, 2, 3))
    Document.update(number="5-ОД").where(Document.id == other.id).execute()
    content = {"points": [{"kind": "repeal", "document": {"document_id": other.id, "number": "черновик", "title": "x"}}]}
    values = filled(card(office), office, content)
    assert isinstance(values, OrderValues)
    assert values.points[0].document == Cited(
        kind="приказ", date=dt.date(2025, 2, 3), number="5-ОД", title="О старом", document_id=other.id
    )


def test_the_approving_act_and_the_place_among_its_appendices_are_computed(office: Office) -> None:
    order, first, second = card(office), card(office, "Положение", kind="regulation"), card(office, "План", kind="plan")
    for one in (first, second):
        link(one, LinkKind.APPENDIX_TO, order)
        link(order, LinkKind.APPROVES, one)
    values = filled(second, office)
    assert isinstance(values, RegulationValues)
    assert values.approved_by is not None
    assert (values.approved_by.kind, values.approved_by.document_id, values.appendix) == ("приказ", order.id, 2)


def test_visas_are_lent_from_above(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    visa = Visa(post="Юрист", name="Зорин П.И.", date=dt.date(2026, 3, 3))
    monkeypatch.setattr(filling, "VISAS", [lambda _document: [visa]])
    assert filled(card(office), office).visas == (visa,)


def test_a_mark_of_access_is_printed(office: Office) -> None:
    document = card(office)
    Document.update(mark="official").where(Document.id == document.id).execute()
    assert filled(get_document(document.id), office).mark == "Для служебного пользования"


def test_forms_that_people_corrected_are_printed(office: Office) -> None:
    from roadmapdocs.drafting.printing import page_of
    from roadmapdocs.drafting.vocabulary import OrderPage
    from roadmapdocs.people.models import EmployeeForms, PostForms

    Employee.update(surname="Гогия").where(Employee.id == office.methodist.id).execute()
    EmployeeForms.create(employee=office.methodist, forms={"surname": {"nom": "Гогия", "dat": "Гогии"}})
    PostForms.create(title="Методист", forms={"dat": "методисту-наставнику"})
    document = card(office)
    content = {"points": [{"kind": "task", "text": "читать", "executors": [{"employee_id": office.methodist.id, "post": "Методист"}]}]}
    filled(document, office, content)
    page = page_of(document, draft_of(document), today=TODAY)
    assert isinstance(page, OrderPage)
    assert page.points[0].text.startswith("Методисту-наставнику Гогии")
