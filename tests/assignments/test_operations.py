"""Giving assignments: who to whom, until when; and resolutions that wait for their author."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.operations import (
    change_draft,
    confirm_draft,
    correct,
    drop_draft,
    give,
    plan_of,
)
from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.visibility import read_assignment
from roadmapdocs.assignments.words import DeadlineKind, State
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.visibility import handed_to
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.hooks import assignment_acted
from roadmapdocs.people.rules import SYSTEM
from tests.assignments.office import CLERK, DEPUTY, FRIDAY, HEAD, Office, fresh
from tests.conftest import NOW, TODAY

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}


def refused(act: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value


def test_what_is_given_reaches_its_people_with_the_document(office: Office) -> None:
    order = office.order()
    heard: list[tuple[str, str]] = []

    def hear(row: Assignment, *, act: str, **_more: object) -> None:
        heard.append((act, row.state))

    with assignment_acted.connected_to(hear):
        made = office.give(DEPUTY, document=order, point="2.1", executors=["Громова", "Нечаев"], controller="Ярцева")

    assert (made.state, made.due, made.first_due, made.given_at) == (State.NEW, FRIDAY, FRIDAY, NOW)
    assert (made.root_id, made.counted_from, made.revision) == (made.id, order.date, 1)
    parts = AssignmentPerson.select(AssignmentPerson.employee, AssignmentPerson.part).order_by(AssignmentPerson.position)
    assert list(parts.tuples()) == [
        (office.id(HEAD), "author"),
        (office.id(DEPUTY), "responsible"),
        (office.id("Ярцева"), "controller"),
        (office.id("Громова"), "executor"),
        (office.id("Нечаев"), "executor"),
    ]
    assert {office.id(one) for one in (DEPUTY, "Громова", "Нечаев", "Ярцева")} <= handed_to(order.id)
    assert heard == [("given", "new")]
    (entry,) = history(made)
    assert entry.what == "assignment_given"
    assert entry.effect["due"] == FRIDAY.isoformat()


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"text": "   "}, "answer", None),
        ({"text": "а" * 10_001}, "answer", None),
        ({"due": dt.date(2026, 3, 13)}, "deadline", "due"),
        ({"due": dt.date(2096, 3, 13)}, "deadline", "due"),
        ({"controller": DEPUTY}, "own_control", "controller"),
        ({"item": 999_999}, "no_item", "item"),
        ({"expected": 999_999}, "no_item", "item"),
    ],
)
def test_what_cannot_be_given_is_refused_with_its_field(
    sqlite_office: Office, changed: dict[str, Any], code: str, field: str | None
) -> None:
    refusal = refused(lambda: sqlite_office.give(**changed))

    assert (refusal.code, refusal.details.get("field")) == (code, field)
    assert refusal.details["number"] == 0
    assert Assignment.select().count() == 0


@pytest.mark.parametrize("part", ["responsible", "executors", "controller", "author"])
def test_nothing_is_given_to_somebody_who_left(sqlite_office: Office, part: str) -> None:
    sqlite_office.leaves("Громова")
    people: dict[str, Any] = {"executors": ["Громова"]} if part == "executors" else {part: "Громова"}

    refusal = refused(lambda: sqlite_office.give(**{"responsible": DEPUTY, **people}))

    assert (refusal.code, refusal.details["field"]) == ("left", part)


def test_an_unknown_person_is_refused(sqlite_office: Office) -> None:
    plan = dataclasses.replace(sqlite_office.plan(), responsible=999_999)

    assert refused(lambda: give([plan], by=sqlite_office.actor(HEAD), **WHEN)).code == "no_employee"


def test_of_several_all_are_given_or_none(office: Office) -> None:
    plans = [office.plan(DEPUTY), office.plan("Громова", text="")]

    refusal = refused(lambda: give(plans, by=office.actor(HEAD), **WHEN))

    assert refusal.details["number"] == 1
    assert Assignment.select().count() == 0
    assert refused(lambda: give([], by=office.actor(HEAD), **WHEN)).code == "nothing"
    assert refused(lambda: give([plans[0]] * 501, by=office.actor(HEAD), **WHEN)).code == "too_many"


def test_a_past_deadline_is_given_once_the_person_has_confirmed_it(sqlite_office: Office) -> None:
    plan = sqlite_office.plan(due=dt.date(2026, 3, 13), document=sqlite_office.order())

    (made,) = give([plan], by=sqlite_office.actor(HEAD), allow_past=True, **WHEN)

    assert made.due == dt.date(2026, 3, 13)


def test_a_short_deadline_counted_from_an_old_document_is_past(sqlite_office: Office) -> None:
    order = sqlite_office.order()
    urgent = Deadline(DeadlineKind.URGENT)

    assert refused(lambda: sqlite_office.give(document=order, deadline=urgent)).code == "past_due"


def test_a_deadline_on_a_day_off_is_the_working_day_before(sqlite_office: Office) -> None:
    made = sqlite_office.give(due=dt.date(2026, 4, 5))

    assert made.due == FRIDAY


def test_staff_give_nothing_but_parts_of_their_own_work(sqlite_office: Office) -> None:
    office = sqlite_office
    with pytest.raises(Forbidden):
        office.give("Громова", by="Нечаев")
    mine = office.give("Нечаев")

    part = office.give("Громова", by="Нечаев", parent=mine)

    assert (part.parent_id, part.root_id, part.author_id) == (mine.id, mine.id, office.id("Нечаев"))
    with pytest.raises(NotFound):
        office.give("Ярцева", by="Дёмина", parent=mine)


def test_who_stands_in_gives_parts_in_the_name_of_the_absent(sqlite_office: Office) -> None:
    office = sqlite_office
    mine = office.give("Нечаев")
    office.substitute("Нечаев", "Дёмина")

    part = office.give("Громова", by="Дёмина", parent=mine)

    assert (part.author_id, part.state) == (office.id("Нечаев"), State.NEW)


def test_somebody_who_left_gives_nothing(sqlite_office: Office) -> None:
    sqlite_office.leaves(CLERK)

    with pytest.raises(Refusal) as caught:
        sqlite_office.give(by=CLERK)

    assert caught.value.code == "left"


def test_an_annulled_or_hidden_document_gives_nothing(sqlite_office: Office) -> None:
    office = sqlite_office
    order = office.order()
    mine = office.give("Нечаев", document=order)
    Document.update(registration="annulled").where(Document.id == order.id).execute()
    assert refused(lambda: office.give(document=order)).code == "annulled"

    other = office.order("О премировании")
    Document.update(readers=0).where(Document.id == other.id).execute()
    assert refused(lambda: office.give("Громова", by="Нечаев", parent=mine, document=other)).code == "no_document"


def test_out_of_a_document_without_force_nothing_is_given_and_nothing_confirmed(sqlite_office: Office) -> None:
    office = sqlite_office
    order = office.order(signer="Соболев")
    standing, draft = office.give("Нечаев", document=order), office.give("Нечаев", by=CLERK, author=HEAD, document=order)
    Document.update(force="ended").where(Document.id == order.id).execute()

    assert refused(lambda: office.give("Нечаев", document=order)).code == "ended"
    assert refused(lambda: confirm_draft(draft.id, by=office.actor(HEAD), **WHEN)).code == "ended"
    assert (fresh(standing).state, fresh(draft).state) == (State.NEW, State.DRAFT), "what was given stays until somebody cancels it"


# Resolutions


def test_a_draft_is_known_to_its_author_and_to_who_prepared_it_alone(office: Office) -> None:
    draft = office.give(DEPUTY, by="Исаев", author=HEAD)

    assert (draft.state, draft.author_id) == (State.DRAFT, office.id(HEAD))
    assert draft.given_at is None
    for surname in (HEAD, "Исаев", CLERK):
        assert read_assignment(draft.id, by=office.actor(surname))
    with pytest.raises(NotFound):
        read_assignment(draft.id, by=office.actor(DEPUTY))


def test_the_head_gives_a_draft_with_one_tap(office: Office) -> None:
    draft = office.give(DEPUTY, by=CLERK, author=HEAD, executors=["Громова"])
    with pytest.raises(Forbidden):
        confirm_draft(draft.id, by=office.actor(CLERK), **WHEN)

    given = confirm_draft(draft.id, revision=draft.revision, by=office.actor(HEAD), **WHEN)

    assert (given.state, given.given_at, given.revision) == (State.NEW, NOW, 2)
    assert read_assignment(draft.id, by=office.actor("Громова"))
    with pytest.raises(Conflict) as caught:
        confirm_draft(draft.id, by=office.actor(HEAD), **WHEN)
    assert caught.value.code == "moved"


def test_who_stands_in_for_the_head_confirms(sqlite_office: Office) -> None:
    draft = sqlite_office.give(DEPUTY, by=CLERK, author=HEAD)
    sqlite_office.substitute(HEAD, "Ярцева")

    confirm_draft(draft.id, by=sqlite_office.actor("Ярцева"), **WHEN)

    assert "for" in history(draft)[0].effect


def test_what_the_head_has_signed_needs_no_second_word(sqlite_office: Office) -> None:
    office = sqlite_office

    assert office.give(by=CLERK, author=HEAD, document=office.order()).state == State.NEW
    assert office.give(by=CLERK, author=HEAD, document=office.order("О смотре", signer="Ярцева")).state == State.DRAFT


def test_whoever_has_a_part_of_it_does_not_speak_for_its_signer(sqlite_office: Office) -> None:
    office = sqlite_office
    point = office.give(DEPUTY, by=CLERK, author=HEAD, document=office.order())
    part = office.give("Нечаев", by=DEPUTY, author=HEAD, parent=point)

    assert (point.state, part.state) == (State.NEW, State.DRAFT)


def test_a_draft_is_changed_before_it_is_given(sqlite_office: Office) -> None:
    office = sqlite_office
    draft = office.give(DEPUTY, by=CLERK, author=HEAD)
    wanted = dataclasses.replace(plan_of(draft), text="Собрать отзывы", responsible=office.id("Громова"))

    changed = change_draft(draft.id, wanted, revision=1, by=office.actor(HEAD), **WHEN)

    assert (changed.text, changed.responsible_id, changed.state) == ("Собрать отзывы", office.id("Громова"), State.DRAFT)
    with pytest.raises(Conflict) as caught:
        change_draft(draft.id, wanted, revision=1, by=office.actor(CLERK), **WHEN)
    assert caught.value.code == "stale"
    given = confirm_draft(draft.id, by=office.actor(HEAD), **WHEN)
    with pytest.raises(NotFound):
        read_assignment(given.id, by=office.actor(DEPUTY))
    assert refused(lambda: change_draft(draft.id, wanted, by=office.actor(HEAD), **WHEN)).code == "no_draft"


def test_a_draft_is_dropped_with_a_reason(sqlite_office: Office) -> None:
    office = sqlite_office
    draft = office.give(DEPUTY, by=CLERK, author=HEAD)
    assert refused(lambda: drop_draft(draft.id, reason=" ", by=office.actor(HEAD), **WHEN)).code == "answer"

    dropped = drop_draft(draft.id, reason="Уже сделано", by=office.actor(HEAD), **WHEN)

    assert (dropped.state, dropped.ended_why) == (State.CANCELLED, "Уже сделано")
    assert dropped.given_at is None
    with pytest.raises(NotFound):
        read_assignment(draft.id, by=office.actor(DEPUTY))


def test_a_draft_that_lay_past_its_day_is_not_given_as_it_is(sqlite_office: Office) -> None:
    office = sqlite_office
    later = dt.date(2026, 4, 6)
    dated = office.give(DEPUTY, by=CLERK, author=HEAD)
    urgent = office.give(DEPUTY, by=CLERK, author=HEAD, deadline=Deadline(DeadlineKind.URGENT))
    when: dict[str, Any] = {"now": dt.datetime(2026, 4, 6, 9, tzinfo=dt.UTC), "today": later}

    assert refused(lambda: confirm_draft(dated.id, by=office.actor(HEAD), **when)).code == "past_due"
    assert confirm_draft(dated.id, allow_past=True, by=office.actor(HEAD), **when).due == FRIDAY
    assert confirm_draft(urgent.id, by=office.actor(HEAD), **when).due == dt.date(2026, 4, 9)


def test_a_draft_for_somebody_who_left_meanwhile_is_changed_first(sqlite_office: Office) -> None:
    office = sqlite_office
    draft = office.give("Громова", by=CLERK, author=HEAD)
    office.leaves("Громова")

    refusal = refused(lambda: confirm_draft(draft.id, by=office.actor(HEAD), **WHEN))

    assert (refusal.code, refusal.details["field"]) == ("left", "responsible")


def test_the_installation_repeats_what_a_person_has_set(sqlite_office: Office) -> None:
    plan = sqlite_office.plan(author=HEAD)

    (made,) = give([plan], by=SYSTEM, **WHEN)

    assert (made.state, made.author_id) == (State.NEW, sqlite_office.id(HEAD))


def test_the_text_of_what_is_given_is_corrected_by_who_set_it(sqlite_office: Office) -> None:
    office = sqlite_office
    made = office.give(DEPUTY)
    with pytest.raises(Forbidden):
        correct(made.id, text="Ничего не делать", by=office.actor(DEPUTY), **WHEN)

    correct(made.id, text="Подготовить список книг и карт", revision=1, by=office.actor(HEAD), **WHEN)

    assert fresh(made).text == "Подготовить список книг и карт"
    assert correct(made.id, text="Подготовить список книг и карт", by=office.actor(HEAD), **WHEN).revision == 2
