"""Terms of a roadmap become assignments: once each, by whom the roadmap names, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.assignments.from_items import Chosen, Given, SlotProposal, give_chosen, proposals_of
from roadmapdocs.assignments.judging import cancel
from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.words import Part, State
from roadmapdocs.coverage.operations import link, waive
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.models import Unit
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.roadmap.models import ExpectedDocument, Responsible, Roadmap
from roadmapdocs.roadmap.operations import current_edition
from tests import factories as make
from tests.assignments.office import Office, make_office
from tests.assignments.roadmaps import EXHIBITION, REVIEW, expected_of, item_of, make_roadmap
from tests.conftest import NOW, TODAY


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


@pytest.fixture
def roadmap(office: Office) -> Roadmap:
    return make_roadmap(office)


def proposals(roadmap: Roadmap, **where: int) -> list[SlotProposal]:
    return proposals_of(roadmap, today=TODAY, **where)


def chosen(some: list[SlotProposal], responsible: int | None = None) -> list[Chosen]:
    return [Chosen(one.expected, one.period, one.responsible or responsible) for one in some]


def give(office: Office, roadmap: Roadmap, some: list[Chosen], *, by: str = "Исаев", **how: object) -> Given:
    return give_chosen(roadmap, some, by=office.actor(by), now=NOW, today=TODAY, **how)  # type: ignore[arg-type]  # as tests say


def test_open_terms_are_proposed_with_who_answers(office: Office, roadmap: Roadmap) -> None:
    review, exhibition, *yearly = proposals(roadmap)
    assert (review.number, review.due, review.past) == ("1.1", dt.date(2026, 2, 2), True)
    assert review.responsible == office.id("Ветрова"), "the head of the unit that answers"
    assert (exhibition.responsible, exhibition.past) == (office.id("Нечаев"), False)
    assert exhibition.text == f"{EXHIBITION}. Представить: приказ об итогах смотра."
    assert [(one.responsible, one.answering) for one in yearly] == [(None, "Школы")] * 3
    assert [one.text.partition("(")[2] for one in yearly] == ["2025 год).", "2026 год).", "2027 год)."]


def test_a_term_on_a_day_off_is_due_on_the_working_day_before(office: Office, roadmap: Roadmap) -> None:
    yearly = [one for one in proposals(roadmap) if one.number == "2.2"]
    assert [one.due for one in yearly] == [dt.date(2025, 12, 30), dt.date(2026, 12, 30), dt.date(2027, 12, 30)]


def test_on_a_weekend_a_term_of_that_weekend_is_due_on_the_working_day_after(office: Office) -> None:
    saturday = dt.date(2026, 3, 21)
    edition = make.roadmap(make.item("1.1", "Провести смотр", make.deadline(2026, 3, 22)))
    (found,) = proposals_of(edition.roadmap, today=saturday)
    assert (found.due, found.past) == (dt.date(2026, 3, 23), False)
    wanted = [Chosen(*found.key, office.id("Нечаев"))]
    given = give_chosen(edition.roadmap, wanted, by=office.actor("Исаев"), now=NOW, today=saturday)
    assert ([row.due for row in given.assignments], given.past) == ([found.due], 0)


def test_those_who_answer_beside_the_first_help(office: Office, roadmap: Roadmap) -> None:
    item = item_of(current_edition(roadmap), "1.1")
    Responsible.create(item=item, text="Громова", employee=office.people["Громова"])
    office.leaves("Дёмина")
    Responsible.create(item=item, text="Дёмина", employee=office.people["Дёмина"])
    (found,) = proposals(roadmap, item_id=item.id)
    assert (found.responsible, found.executors) == (office.id("Ветрова"), (office.id("Громова"),))


def test_a_section_is_taken_with_all_below_it(office: Office, roadmap: Roadmap) -> None:
    section = item_of(current_edition(roadmap), "2.1").section_id
    assert {one.number for one in proposals(roadmap, section_id=section)} == {"2.1", "2.2"}


@pytest.mark.parametrize("where", [{"section_id": 999}, {"item_id": 999}])
def test_what_the_roadmap_does_not_have_is_said(roadmap: Roadmap, where: dict[str, int]) -> None:
    with pytest.raises(NotFound):
        proposals(roadmap, **where)


def test_what_is_proved_or_not_required_or_suggested_is_not_proposed(office: Office, roadmap: Roadmap) -> None:
    edition = current_edition(roadmap)
    review, exhibition = (expected_of(item_of(edition, number)) for number in ("1.1", "2.1"))
    found = {one.number: one.period for one in proposals(roadmap)}
    link(review.id, found["1.1"], make.document(), by=SYSTEM, now=NOW)
    waive(exhibition.id, found["2.1"], "выставка отменена", by=SYSTEM, now=NOW)
    ExpectedDocument.update(confirmed=False, inferred=True).where(ExpectedDocument.title == "Отчёт о чтении").execute()
    assert proposals(roadmap) == []


def test_what_is_given_is_given_in_one_go_and_nothing_twice(office: Office, roadmap: Roadmap) -> None:
    ahead = [one for one in proposals(roadmap) if not one.past]
    wanted = chosen(ahead, responsible=office.id("Громова"))
    given = give(office, roadmap, wanted, controller=office.id("Исаев"))
    assert (len(given.assignments), given.missed, given.past) == (3, 0, 0)
    first = given.assignments[0]
    assert (first.author_id, first.controller_id) == (office.id("Исаев"), office.id("Исаев"))
    assert (first.state, first.due, first.text) == (State.NEW, dt.date(2026, 5, 4), ahead[0].text)
    assert (first.item_id, first.expected_id, first.period) == (ahead[0].item, *ahead[0].key)
    again = give(office, roadmap, wanted)
    assert (len(again.assignments), again.missed) == (0, 3)
    assert {one.number for one in proposals(roadmap)} == {"1.1", "2.2"}, "what is over by now"


def test_a_term_whose_assignment_was_cancelled_may_be_given_anew(office: Office, roadmap: Roadmap) -> None:
    item = item_of(current_edition(roadmap), "2.1")
    wanted = chosen(proposals(roadmap, item_id=item.id))
    (made,) = give(office, roadmap, wanted).assignments
    cancel(made.id, "не нужно", by=office.actor("Исаев"), now=NOW, today=TODAY)
    assert len(give(office, roadmap, wanted).assignments) == 1


def test_terms_that_are_over_are_taken_only_when_it_is_said(office: Office, roadmap: Roadmap) -> None:
    wanted = chosen([one for one in proposals(roadmap) if one.number == "1.1"])
    left_out = give(office, roadmap, wanted)
    assert (len(left_out.assignments), left_out.past) == (0, 1)
    (taken,) = give(office, roadmap, wanted, allow_past=True).assignments
    assert taken.due == dt.date(2026, 2, 2)


def test_in_the_name_of_an_executive_they_wait_for_that_person(office: Office, roadmap: Roadmap) -> None:
    item = item_of(current_edition(roadmap), "2.1")
    wanted = chosen(proposals(roadmap, item_id=item.id))
    (draft,) = give(office, roadmap, wanted, by="Лукина", author=office.id("Ветрова")).assignments
    assert (draft.state, draft.author_id) == (State.DRAFT, office.id("Ветрова"))
    assert proposals(roadmap, item_id=item.id) == [], "a draft is on its way, too"


def test_nobody_controls_the_own_work(office: Office, roadmap: Roadmap) -> None:
    item = item_of(current_edition(roadmap), "2.1")
    wanted = chosen(proposals(roadmap, item_id=item.id))
    with pytest.raises(Refusal) as caught:
        give(office, roadmap, wanted, controller=office.id("Нечаев"))
    assert (caught.value.code, caught.value.details["field"]) == ("own_control", "controller")
    assert not Assignment.select().exists()


def test_who_is_chosen_instead_works_without_those_of_the_roadmap(office: Office, roadmap: Roadmap) -> None:
    item = item_of(current_edition(roadmap), "2.1")
    Responsible.create(item=item, text="Громова", employee=office.people["Громова"])
    (proposal,) = proposals(roadmap, item_id=item.id)
    (made,) = give(office, roadmap, [Chosen(*proposal.key, office.id("Ярцева"))]).assignments
    helpers = AssignmentPerson.select().where((AssignmentPerson.assignment == made) & (AssignmentPerson.part == Part.EXECUTOR))
    assert (made.responsible_id, helpers.count()) == (office.id("Ярцева"), 0)


def test_without_a_person_nothing_is_given_and_the_items_are_named(office: Office, roadmap: Roadmap) -> None:
    with pytest.raises(Refusal, match=r"2\.2") as refused:
        give(office, roadmap, chosen([one for one in proposals(roadmap) if not one.past]))
    assert refused.value.code == "no_responsible"
    assert Assignment.select().count() == 0


def test_nothing_ticked_and_too_much_ticked_are_said(office: Office, roadmap: Roadmap) -> None:
    with pytest.raises(Refusal) as nothing:
        give(office, roadmap, [])
    with pytest.raises(Refusal) as much:
        give(office, roadmap, [Chosen(number, "../..", None) for number in range(501)])
    assert (nothing.value.code, much.value.code) == ("nothing_chosen", "too_many")


def test_who_gives_no_assignments_gives_none_here(office: Office, roadmap: Roadmap) -> None:
    with pytest.raises(Forbidden):
        give(office, roadmap, chosen(proposals(roadmap)), by="Громова")


def test_a_unit_without_a_head_leaves_the_choice_to_a_person(office: Office, roadmap: Roadmap) -> None:
    lonely = Unit.create(organisation=office.unit.organisation, name="Методический совет")
    Responsible.update(unit=lonely).where(Responsible.text == "УО").execute()
    assert [one.responsible for one in proposals(roadmap) if one.title == REVIEW] == [None]
