"""A document on its way through a route, on both databases."""

from __future__ import annotations

import pytest

from roadmapdocs.approvals.deciding import withdraw_visa
from roadmapdocs.approvals.models import Run, Signature, Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.runs import visas_of
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Conflict, Refusal
from tests.approvals.office import Office, make_office, states
from tests.conftest import NOW, TODAY


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def test_a_document_goes_from_one_to_the_next_and_is_agreed(office: Office) -> None:
    document = office.document()
    plan = Plan((office.step("Нечаев"), office.step("Громова", "Ярцева", mode=Mode.TOGETHER)))

    office.send(document, plan)
    assert states(document) == "in_approval"
    office.decide(document, "Нечаев")
    office.decide(document, "Ярцева")
    assert states(document) == "in_approval"
    office.decide(document, "Громова", Decision.REMARKS, comment="указать сумму")

    assert states(document) == "agreed"
    run = Run.get()
    assert [(one.name.split("\N{NO-BREAK SPACE}")[0], one.decision) for one in visas_of(run)] == [
        ("Нечаев", "agreed"),
        ("Громова", "remarks"),
        ("Ярцева", "agreed"),
    ]
    assert all(one.sha256 for one in visas_of(run))


def test_who_refuses_returns_it_and_looks_again_while_others_hold(office: Office) -> None:
    document = office.document()
    plan = Plan((office.step("Нечаев", "Громова", mode=Mode.TOGETHER),))
    office.send(document, plan)
    office.decide(document, "Нечаев")
    office.decide(document, "Громова", Decision.REFUSED, comment="нет денег")
    assert states(document) == "rework"

    office.text(document, "Первая редакция текста", substantial=False)
    office.send(document, plan)

    assert [(one.state, one.way) for one in visas_of(Run.get(Run.number == 2))] == [("given", "carried"), ("open", None)]
    office.decide(document, "Громова")
    assert states(document) == "agreed"


def test_a_new_substance_in_flight_begins_anew(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"), office.step("Громова"))))
    office.decide(document, "Нечаев")

    office.text(document, "Совсем другой текст.")

    assert [one.state for one in Run.select().order_by(Run.number)] == ["superseded", "under_way"]
    assert office.visa(document, "Нечаев").state == "open"


def test_nothing_is_signed_before_its_visas(office: Office) -> None:
    document = office.document()
    office.route(Plan((office.step("Нечаев"),)), obligatory=True)
    clerk = office.actor("Лукина")
    with pytest.raises(Refusal, match="Обычный"):
        perform(document.id, "send_for_signing", by=clerk, now=NOW, today=TODAY)

    office.send(document)
    with pytest.raises(Conflict):
        perform(document.id, "sign", by=clerk, now=NOW, today=TODAY)
    office.decide(document, "Нечаев")
    for step in ("send_for_signing", "sign"):
        perform(document.id, step, by=clerk, now=NOW, today=TODAY)

    assert states(document) == "signed"
    signature = Signature.get()
    assert (signature.way, signature.act, signature.name.split("\N{NO-BREAK SPACE}")[0]) == ("paper", "sign", "Ветрова")


def test_a_visa_taken_back_is_asked_again(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"), office.step("Громова"))))
    given = office.decide(document, "Нечаев")
    office.decide(document, "Громова")
    assert states(document) == "agreed"

    withdraw_visa(given.id, by=office.actor("Нечаев"), now=NOW, today=TODAY)

    assert states(document) == "in_approval"
    office.decide(document, "Нечаев")
    assert states(document) == "agreed"


def test_withdrawing_the_document_ends_its_run(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"),)))
    perform(document.id, "withdraw", answers=Answers(reason="не нужен"), by=office.actor("Дёмина"), now=NOW, today=TODAY)
    assert (Run.get().state, Visa.get().state) == ("withdrawn", "dropped")
