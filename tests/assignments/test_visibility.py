"""Who may read an assignment, one by one and as a condition of a query; and the buttons that they see."""

from __future__ import annotations

from typing import Any

import pytest

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.executing import report
from roadmapdocs.assignments.extensions import ask_extension
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.offers import ORDER, offers_of
from roadmapdocs.assignments.visibility import may_read, visible_to
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import Actor, Role
from tests.assignments.office import CLERK, DEPUTY, HEAD, STAFF, Office, fresh
from tests.assignments.test_extensions import LATER
from tests.conftest import NOW, TODAY

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}


def readers(office: Office, row: Assignment) -> set[str]:
    """Who may read it; the rule for one and the condition of a query say the same."""
    one = {surname for surname in STAFF if may_read(row, office.actor(surname))}
    many = {
        surname
        for surname in STAFF
        if Assignment.select().where(visible_to(office.actor(surname)) & (Assignment.id == row.id)).exists()
    }
    assert one == many
    return one


WATCHERS = {HEAD, CLERK, "Исаев"}


def test_the_people_of_the_whole_tree_read_it_and_who_watches_over_execution(office: Office) -> None:
    parent = office.give(DEPUTY, executors=["Громова"])
    part = office.give("Нечаев", by=DEPUTY, parent=parent)
    other = office.give("Ярцева")

    assert readers(office, parent) == readers(office, part) == WATCHERS | {DEPUTY, "Громова", "Нечаев"}
    assert readers(office, other) == WATCHERS | {"Ярцева"}


def test_who_stands_in_reads_what_the_absent_reads(office: Office) -> None:
    order = office.order()
    by_order, by_hand = office.give(DEPUTY, document=order), office.give(DEPUTY)
    office.substitute(DEPUTY, "Громова")
    office.substitute(DEPUTY, "Ярцева", kinds=["order_main"])

    assert readers(office, by_order) == WATCHERS | {DEPUTY, "Громова", "Ярцева"}
    assert readers(office, by_hand) == WATCHERS | {DEPUTY, "Громова"}


def test_who_watches_reads_no_more_than_of_documents_open_to_them(office: Office) -> None:
    order = office.order()
    row = office.give(DEPUTY, document=order, by="Исаев")
    Document.update(readers=0).where(Document.id == order.id).execute()

    assert readers(office, row) == {DEPUTY, "Исаев"}


def test_a_draft_is_not_open_to_who_is_to_carry_it_out(office: Office) -> None:
    parent = office.give("Нечаев")
    draft = office.give(DEPUTY, by=CLERK, author=HEAD, controller="Громова", parent=parent)

    assert readers(office, draft) == WATCHERS
    assert readers(office, parent) == WATCHERS | {"Нечаев"}


def test_somebody_without_an_employee_reads_by_role_alone(sqlite_office: Office) -> None:
    row = sqlite_office.give(DEPUTY)

    assert may_read(row, Actor(None, "Аудит", frozenset({Role.ADMINISTRATOR})))
    assert not may_read(row, Actor(None, "Гость", frozenset({Role.STAFF})))


def test_buttons_are_in_one_order_and_closed_ones_say_why(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY)

    offers = offers_of(row, office.actor(DEPUTY), TODAY)

    acts = [one.act for one in offers]
    assert acts == [act for act in ORDER if act in acts]
    assert [one.act for one in offers if one.why_not is None] == [
        Act.TAKEN, Act.REPORTED, Act.ASKED, Act.DRAFTED, Act.EXTENSION_ASKED,
    ]
    assert all(one.why_not.endswith(".") for one in offers if one.why_not is not None)
    assert offers_of(row, office.actor("Дёмина"), TODAY) == []


def test_a_button_tells_how_many_parts_end_with_it(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY)
    office.give("Нечаев", by=DEPUTY, parent=row)
    report(row.id, "Сделано", by=office.actor(DEPUTY), **WHEN)

    told = {one.act: one.children for one in offers_of(fresh(row), office.actor(HEAD), TODAY)}

    assert (told[Act.ACCEPTED], told[Act.REMOVED], told[Act.CANCELLED], told[Act.RETURNED]) == (1, 1, 1, 0)


@pytest.mark.parametrize("asked", [False, True])
def test_answers_to_a_request_are_offered_when_there_is_one(sqlite_office: Office, asked: bool) -> None:
    office = sqlite_office
    row = office.give(DEPUTY)
    if asked:
        ask_extension(row.id, LATER, "Ждём", by=office.actor(DEPUTY), **WHEN)

    acts = {one.act for one in offers_of(fresh(row), office.actor(HEAD), TODAY)}

    assert acts.issuperset({Act.EXTENSION_GRANTED, Act.EXTENSION_REFUSED}) is asked
