"""Visas as drafts print them: those that hold."""

from __future__ import annotations

import pytest

from roadmapdocs.approvals.deciding import RemarkText
from roadmapdocs.approvals.plans import Plan
from roadmapdocs.approvals.printed import printed_visas
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.drafting import filling
from tests.approvals.office import Office, make_office
from tests.conftest import NOW


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def test_visas_stand_in_the_order_of_their_steps_with_their_days(office: Office) -> None:
    document = office.document()
    assert printed_visas(document) == ()
    office.send(document, Plan((office.step("Нечаев"), office.step("Громова"))))
    office.decide(document, "Нечаев")
    office.decide(document, "Громова", Decision.REMARKS, remarks=(RemarkText("Исправьте срок"),))
    visas = printed_visas(document)
    assert [(one.name.split("\N{NO-BREAK SPACE}")[0], one.date, one.remark) for one in visas] == [
        ("Нечаев", NOW.date(), ""),
        ("Громова", NOW.date(), "Замечания прилагаются"),
    ]
    assert all(one.post for one in visas)


def test_a_visa_that_lapsed_is_not_printed(office: Office) -> None:
    document = office.document()
    office.send(document, Plan((office.step("Нечаев"), office.step("Громова"))))
    office.decide(document, "Нечаев")
    office.text(document, "Совсем другой текст приказа")
    assert printed_visas(document) == ()


def test_drafts_are_lent_the_visas_once() -> None:
    assert filling.VISAS.count(printed_visas) == 1
