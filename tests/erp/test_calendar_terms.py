"""Which terms are a person's own, and what of them may lie on a phone."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.acquaintance.operations import send
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.approvals.plans import Plan
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.words import State
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.operations import link
from roadmapdocs.documents.models import Document
from roadmapdocs.erp import calendar_terms
from roadmapdocs.erp.calendar_terms import Term, terms_of
from roadmapdocs.i18n import use_language
from roadmapdocs.people.rules import SYSTEM, Actor
from tests import factories as make
from tests.approvals import office as approvals
from tests.assignments import office as assignments
from tests.assignments.office import DEPUTY, FRIDAY, HEAD
from tests.conftest import NOW, TODAY

SECRET = "премии"


@pytest.fixture(autouse=True)
def _english() -> object:
    with use_language("en"):
        yield


@pytest.fixture
def office(sqlite_database: None) -> assignments.Office:
    return assignments.make_office()


@pytest.fixture
def approving(sqlite_database: None) -> approvals.Office:
    return approvals.make_office()


def told(actor: Actor) -> list[Term]:
    return terms_of(actor, today=TODAY)


def kinds(actor: Actor) -> list[str]:
    return [term.key.partition("-")[0] for term in told(actor)]


def test_an_assignment_is_a_term_of_those_who_carry_it_out_and_who_control_it(office: assignments.Office) -> None:
    given = office.give(executors=["Нечаев"], controller="Громова", document=office.order("Об общем деле"))
    for surname in (DEPUTY, "Нечаев"):
        (term,) = told(office.actor(surname))
        assert term == Term(f"assignment-{given.id}", FRIDAY, "Assignment: Подготовить список книг", f"/assignments/{given.id}")
    (term,) = told(office.actor("Громова"))
    assert (term.key, term.title) == (f"controlled-{given.id}", "To control: Подготовить список книг")
    assert told(office.actor("Ярцева")) == []


@pytest.mark.parametrize(("state", "carries", "controls"), [(State.REPORTED, 0, 1), (State.DONE, 0, 0), (State.CANCELLED, 0, 0), (State.RETURNED, 1, 1)])
def test_what_is_done_is_no_term(office: assignments.Office, state: State, carries: int, controls: int) -> None:
    given = office.give(controller="Громова")
    Assignment.update(state=str(state)).where(Assignment.id == given.id).execute()
    assert (len(told(office.actor(DEPUTY))), len(told(office.actor("Громова")))) == (carries, controls)


def test_an_assignment_without_a_deadline_is_no_term(office: assignments.Office) -> None:
    office.give(due=None)
    assert told(office.actor(DEPUTY)) == []


def test_a_visa_that_is_asked_is_a_term(approving: approvals.Office) -> None:
    document = approving.document("О неделе чтения")
    approving.send(document, Plan((approving.step("Нечаев", "Громова"),)))
    (term,) = told(approving.actor("Нечаев"))
    assert (term.day, term.path) == (dt.date(2026, 3, 19), f"/decide/{document.id}")
    assert term.title.startswith("To agree: ")
    assert "О неделе чтения" in term.title
    assert told(approving.actor("Громова")) == []
    approving.decide(document, "Нечаев")
    assert told(approving.actor("Нечаев")) == []


def test_a_document_to_read_is_a_term(approving: approvals.Office) -> None:
    document = make.document("О зачёте")
    approving.text(document, "Текст.")
    readers = Addressees(employees=(approving.people["Нечаев"].id,))
    send(document.id, readers, due=dt.date(2026, 4, 1), by=approving.actor("Лукина"), now=NOW, today=TODAY)
    (term,) = told(approving.actor("Нечаев"))
    assert (term.key.partition("-")[0], term.day, term.path) == ("reading", dt.date(2026, 4, 1), f"/acquaintance/{document.id}")


def test_a_document_under_control_is_a_term_of_its_drafter_and_signer(approving: approvals.Office) -> None:
    document = approving.document("О неделе чтения")
    Document.update(control="on", control_due=FRIDAY).where(Document.id == document.id).execute()
    for surname in ("Дёмина", "Ветрова"):
        assert kinds(approving.actor(surname)) == ["control"]
    assert kinds(approving.actor("Громова")) == []
    Document.update(control="removed").where(Document.id == document.id).execute()
    assert kinds(approving.actor("Дёмина")) == []


def test_what_items_of_roadmaps_lack_is_a_term_of_those_who_answer(approving: approvals.Office) -> None:
    edition = make.roadmap(make.item("1.1", "Неделя чтения", make.deadline(2026, 12, 1), responsible=("УО",)))
    (slot,) = coverage_of(edition, today=TODAY).items[0].slots
    (term,) = told(approving.actor("Громова"))
    assert (term.day, term.title) == (dt.date(2026, 12, 1), "Item 1.1: Приказ об итогах смотра")
    assert term.path == f"/roadmaps/{edition.roadmap_id}/items/{edition.items[0].id}"
    assert "Неделя чтения" in term.note
    assert "01.12.2026" in term.note
    link(slot.slot.expected, slot.slot.key, make.document(), by=SYSTEM, now=NOW)
    assert told(approving.actor("Громова")) == []


@pytest.mark.parametrize("mark", [Mark.OFFICIAL, Mark.PERSONAL])
def test_of_a_document_with_a_mark_nothing_is_told(approving: approvals.Office, mark: Mark) -> None:
    document = approving.document(f"О {SECRET} Лукиной", mark=mark, mark_basis="закон")
    approving.send(document, Plan((approving.step("Нечаев"),)))
    Document.update(control="on", control_due=FRIDAY).where(Document.id == document.id).execute()
    for surname in ("Нечаев", "Дёмина", "Ветрова"):
        found = told(approving.actor(surname))
        assert found
        assert {term.title.partition(": ")[2] for term in found} == {"a document for official use"}
        assert SECRET not in str(found)


def test_of_an_assignment_by_a_document_with_a_mark_nothing_is_told(office: assignments.Office) -> None:
    order = office.order(f"О {SECRET}")
    office.give(document=order, text=f"Начислить {SECRET}", controller="Громова")
    Document.update(mark=str(Mark.PERSONAL)).where(Document.id == order.id).execute()
    for surname in (DEPUTY, "Громова"):
        assert SECRET not in str(told(office.actor(surname)))


def test_an_account_without_a_person_has_no_terms(office: assignments.Office) -> None:
    office.give()
    assert told(Actor(user_id=1, name="x", roles=frozenset())) == []


def test_only_those_nearest_to_today_are_kept(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    office = assignments.make_office()
    days = [FRIDAY + dt.timedelta(days=number * 7) for number in range(4)]
    for day in reversed(days):
        office.give(due=day)
    monkeypatch.setattr(calendar_terms, "MOST", 2)
    assert [term.day for term in told(office.actor(DEPUTY))] == days[:2]


def test_more_terms_cost_no_more_statements(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    office = assignments.make_office()
    actor = office.actor(DEPUTY)
    office.give(document=office.order())
    sent = make.count_queries(monkeypatch)
    told(actor)
    few = len(sent)
    for _number in range(5):
        office.give(document=office.order())
    sent.clear()
    assert len(told(actor)) == 6
    assert len(sent) == few <= 12


def test_a_long_text_is_cut(office: assignments.Office) -> None:
    office.give(text="слово " * 200, by=HEAD)
    (term,) = told(office.actor(DEPUTY))
    assert len(term.title) < 200
    assert term.title.endswith("…")


def test_both_databases_find_the_same(database: str) -> None:
    office = assignments.make_office()
    office.give(executors=["Нечаев"], controller="Громова", document=office.order())
    make.roadmap(make.item("1.1", "Неделя чтения", make.deadline(2026, 12, 1), responsible=("УО",)))
    assert kinds(office.actor("Громова")) == ["controlled", "item"]
    assert kinds(office.actor(HEAD)) == ["control", "item"]
