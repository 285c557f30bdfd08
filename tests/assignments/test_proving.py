"""A fulfilled assignment with its document proves what it was given for, and goes over to new editions."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.assignments import editions, proving
from roadmapdocs.assignments.editions import outdated
from roadmapdocs.assignments.executing import report
from roadmapdocs.assignments.from_items import Chosen, give_chosen, proposals_of
from roadmapdocs.assignments.judging import accept, reopen
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.series import give_series, make_due
from roadmapdocs.assignments.slots import by_slot, live_keys, of_item, without_document
from roadmapdocs.assignments.visibility import visible_to
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.audit.models import Event
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.operations import link, unlink, waive
from roadmapdocs.coverage.rules import State as Covered
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.roadmap.models import Item, Roadmap
from roadmapdocs.roadmap.operations import current_edition
from tests import factories as make
from tests.assignments.office import Office, fresh, make_office
from tests.assignments.roadmaps import EXHIBITION, item_of, items, make_roadmap
from tests.conftest import NOW, TODAY


@pytest.fixture
def office(database: str) -> Office:
    proving.listen()
    editions.listen()
    return make_office()


@pytest.fixture
def roadmap(office: Office) -> Roadmap:
    return make_roadmap(office)


@pytest.fixture
def given(office: Office, roadmap: Roadmap) -> Assignment:
    """Of item 2.1: Нечаев carries it out, Исаев judges."""
    (proposal,) = proposals_of(roadmap, item_id=item_of(current_edition(roadmap), "2.1").id, today=TODAY)
    wanted = [Chosen(*proposal.key, proposal.responsible)]
    return give_chosen(roadmap, wanted, by=office.actor("Исаев"), now=NOW, today=TODAY).assignments[0]


def stands(roadmap: Roadmap, number: str = "2.1") -> Covered:
    (slot,) = next(one for one in coverage_of(current_edition(roadmap), today=TODAY).items if one.item.number == number).slots
    return slot.state


def fulfil(office: Office, assignment: Assignment, document: Document | None = None) -> None:
    number = document.id if document is not None else None
    report(assignment.id, "Выставка открыта.", document_id=number, by=office.actor("Нечаев"), now=NOW, today=TODAY)
    accept(assignment.id, by=office.actor("Исаев"), now=NOW, today=TODAY)


def finished(office: Office, **card: object) -> Document:
    return make.document("Об итогах выставки", drafter_id=office.id("Нечаев"), **card)  # type: ignore[arg-type]  # as cards have it


def test_an_accepted_report_proves_its_slot_by_the_word_of_who_accepted(
    office: Office, roadmap: Roadmap, given: Assignment
) -> None:
    document = finished(office)
    fulfil(office, given, document)
    proof = Proof.get()
    assert (proof.expected_id, proof.period, proof.document_id) == (given.expected_id, given.period, document.id)
    assert proof.confirmed_by == office.actor("Исаев").name
    assert stands(roadmap) is Covered.PROVED
    event = Event.get(Event.what == "document_linked")
    assert event.effect["rule"] == proving.RULE


def test_a_document_that_is_not_signed_yet_is_linked_and_in_work(office: Office, roadmap: Roadmap, given: Assignment) -> None:
    fulfil(office, given, finished(office, preparation=Preparation.DRAFT))
    assert stands(roadmap) is Covered.IN_WORK


def test_a_report_without_a_document_is_accepted_and_it_is_said(office: Office, roadmap: Roadmap, given: Assignment) -> None:
    assert not without_document(fresh(given))
    fulfil(office, given)
    assert without_document(fresh(given))
    assert (Proof.select().count(), stands(roadmap)) == (0, Covered.MISSING)


def test_what_a_person_said_is_not_required_stays_so(office: Office, roadmap: Roadmap, given: Assignment) -> None:
    assert given.expected_id is not None
    waive(given.expected_id, given.period, "перенесена", by=SYSTEM, now=NOW)
    fulfil(office, given, finished(office))
    assert stands(roadmap) is Covered.NOT_REQUIRED


def test_reopening_takes_back_what_the_acceptance_had_proved(office: Office, roadmap: Roadmap, given: Assignment) -> None:
    fulfil(office, given, finished(office))
    reopen(given.id, "не та выставка", by=office.actor("Исаев"), now=NOW, today=TODAY)
    assert (Proof.select().count(), stands(roadmap)) == (0, Covered.MISSING)


@pytest.mark.parametrize("again", [True, False])
def test_what_a_person_linked_is_not_taken_back_by_it(
    office: Office, roadmap: Roadmap, given: Assignment, again: bool
) -> None:
    document = finished(office)
    assert given.expected_id is not None
    if not again:
        link(given.expected_id, given.period, document, by=SYSTEM, now=NOW)
    fulfil(office, given, document)
    if again:
        unlink(Proof.get().id, by=SYSTEM, now=NOW)
        link(given.expected_id, given.period, document, by=SYSTEM, now=NOW)
    reopen(given.id, "не та выставка", by=office.actor("Исаев"), now=NOW, today=TODAY)
    assert stands(roadmap) is Covered.PROVED


def test_a_slot_that_the_roadmap_lost_does_not_stand_in_the_way(office: Office, given: Assignment) -> None:
    Assignment.update(period="../2030-01-01").where(Assignment.id == given.id).execute()
    fulfil(office, given, finished(office))
    assert Proof.select().count() == 0


def test_a_new_edition_takes_assignments_over_and_proves_there(office: Office, roadmap: Roadmap, given: Assignment) -> None:
    make.roadmap(make.item("1.0", "Собрать совет", make.deadline(2026, 9, 1)), *items(), edition_of=roadmap)
    edition = current_edition(roadmap)
    row = fresh(given)
    assert row.item_id == item_of(edition, "2.1").id
    assert live_keys(edition.id, visible_to(office.actor("Исаев"))) == {(row.expected_id, row.period)}
    assert outdated([row]) == set()
    fulfil(office, given, finished(office))
    assert stands(roadmap) is Covered.PROVED


def test_what_has_no_match_keeps_its_text_and_says_so(office: Office, roadmap: Roadmap, given: Assignment) -> None:
    review, _exhibition, yearly = items()
    make.roadmap(review, yearly, edition_of=roadmap)
    row = fresh(given)
    assert (row.text, row.item_id) == (given.text, given.item_id)
    assert outdated([row]) == {row.id}


def test_an_item_with_another_term_has_its_assignment_beside_the_slots(
    office: Office, roadmap: Roadmap, given: Assignment
) -> None:
    review, _exhibition, yearly = items()
    later = make.item("2.1", EXHIBITION, make.deadline(2026, 9, 1), section="2", responsible=["Нечаев"])
    make.roadmap(review, later, yearly, edition_of=roadmap)
    row, item = fresh(given), item_of(current_edition(roadmap), "2.1")
    assert (row.item_id, row.expected_id, row.due) == (item.id, None, dt.date(2026, 5, 4))
    assert outdated([row]) == {row.id}
    shown = of_item(item.id, visible_to(office.actor("Нечаев")))
    assert ([one.id for one in shown], by_slot(shown)) == ([given.id], {})
    assert of_item(item.id, visible_to(office.actor("Громова"))) == []


def test_an_edition_without_assignments_costs_nothing(office: Office, roadmap: Roadmap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "continued", None)
    make.roadmap(*items(), edition_of=roadmap)
    assert Item.select().where(Item.edition == current_edition(roadmap)).count() == 3


def test_reopening_takes_it_back_in_an_edition_that_came_after(office: Office, roadmap: Roadmap, given: Assignment) -> None:
    fulfil(office, given, finished(office))
    make.roadmap(make.item("1.0", "Собрать совет", make.deadline(2026, 9, 1)), *items(), edition_of=roadmap)
    assert stands(roadmap) is Covered.PROVED
    reopen(given.id, "не та выставка", by=office.actor("Исаев"), now=NOW, today=TODAY)
    assert stands(roadmap) is Covered.MISSING


def test_a_series_goes_on_with_the_item_of_the_new_edition(office: Office, roadmap: Roadmap) -> None:
    monthly = Deadline(DeadlineKind.PERIODIC, recurrence="monthly", text="ежемесячно")
    item = item_of(current_edition(roadmap), "2.1")
    series = give_series(office.plan("Нечаев", deadline=monthly, item=item.id), by=office.actor("Исаев"), now=NOW, today=TODAY)
    make.roadmap(make.item("1.0", "Собрать совет", make.deadline(2026, 9, 1)), *items(), edition_of=roadmap)
    due = Assignment.get(Assignment.series == series).due
    assert make_due(now=NOW, today=due) == 1
    rows = Assignment.select().where(Assignment.series == series)
    assert {row.item_id for row in rows} == {item_of(current_edition(roadmap), "2.1").id}


def test_what_another_assignment_proves_as_well_stays_proved(office: Office, roadmap: Roadmap, given: Assignment) -> None:
    more = {"item": given.item_id, "expected": given.expected_id, "period": given.period}
    other = office.give("Нечаев", by="Исаев", **more)
    document = finished(office)
    fulfil(office, given, document)
    fulfil(office, other, document)
    reopen(given.id, "не та выставка", by=office.actor("Исаев"), now=NOW, today=TODAY)
    assert stands(roadmap) is Covered.PROVED
    reopen(other.id, "и это не она", by=office.actor("Исаев"), now=NOW, today=TODAY)
    assert stands(roadmap) is Covered.MISSING
