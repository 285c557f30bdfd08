"""Nobody agrees to their own text, nor steps aside as its drafter to do so."""

from __future__ import annotations

import pytest

from roadmapdocs.approvals.authors import authors, is_own
from roadmapdocs.approvals.models import Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document, update_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.people.models import Substitution
from tests.approvals.office import Office, make_office
from tests.conftest import NOW, TODAY


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def name_drafter(office: Office, document: Document, surname: str) -> Document:
    """The clerk writes somebody else as the drafter on the card."""
    signer = office.people["Ветрова"]
    card = Card(
        "order_main", document.title, signer=str(signer), signer_id=signer.id,
        drafter_id=office.people[surname].id, unit_id=office.unit.id,
    )  # fmt: skip
    revision = get_document(document.id).revision
    return update_document(document.id, card, revision=revision, by=office.actor("Лукина"), now=NOW, today=TODAY)


def ids(office: Office, *surnames: str) -> set[int]:
    return {office.people[one].id for one in surnames}


def test_whoever_was_the_drafter_stays_an_author(office: Office) -> None:
    document = name_drafter(office, office.document(), "Ярцева")
    assert authors(document) == ids(office, "Дёмина", "Ярцева")


def test_a_card_made_without_a_drafter_is_that_of_who_made_it(office: Office) -> None:
    made = create_document(Card("order_main", "О зачёте"), by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert authors(name_drafter(office, made, "Ярцева")) == ids(office, "Лукина", "Ярцева")


def test_who_stepped_aside_as_the_drafter_is_left_out_of_the_route(office: Office) -> None:
    document = name_drafter(office, office.document(), "Ярцева")
    with pytest.raises(Refusal) as refused:
        office.send(document, Plan((office.step("Дёмина"),)), by="Лукина")
    assert refused.value.code == "addressees"
    run = office.send(document, Plan((office.step("Дёмина", "Нечаев", mode=Mode.TOGETHER),)), by="Лукина")
    assert [one.employee_id for one in Visa.select().where(Visa.run == run)] == [office.people["Нечаев"].id]


def test_who_steps_aside_during_the_run_decides_for_nobody_on_it(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"),)))
    Substitution.create(
        absent=office.people["Нечаев"], substitute=office.people["Дёмина"], since=TODAY, until=TODAY, kinds=[],
        reason="отпуск", set_by="Лукина М. И.", made_at=NOW,
    )  # fmt: skip
    name_drafter(office, document, "Ярцева")
    with pytest.raises(Forbidden) as refused:
        office.decide(document, "Нечаев", by="Дёмина")
    assert refused.value.code == "own_text"


@pytest.mark.parametrize(
    ("employee", "own", "information", "stands_in", "expected"),
    [
        (1, False, False, False, True),
        (1, True, False, False, False),
        (1, True, False, True, True),
        (1, False, True, False, False),
        (2, False, False, True, False),
        (None, False, False, False, False),
    ],
)
def test_what_makes_a_text_ones_own(
    employee: int | None, own: bool, information: bool, stands_in: bool, expected: bool
) -> None:
    plan = Plan((), own=own)
    assert is_own(frozenset({1}), employee, plan, information=information, stands_in=stands_in) is expected
