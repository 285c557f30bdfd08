"""The control line of a document follows from its assignments; by hand only where it has none."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from roadmapdocs.assignments.executing import report
from roadmapdocs.assignments.extensions import move_due
from roadmapdocs.assignments.judging import accept, cancel, remove, reopen
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.operations import confirm_draft
from roadmapdocs.assignments.words import State
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.transitions import available, perform
from roadmapdocs.errors import Refusal
from tests.assignments.office import CLERK, DEPUTY, FRIDAY, HEAD, Office, fresh
from tests.conftest import NOW, TODAY

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}
SOON, LATER = dt.date(2026, 3, 20), dt.date(2026, 4, 10)


def line(document: Document) -> tuple[str, dt.date | None]:
    found = get_document(document.id)
    return str(found.control), found.control_due


def done(office: Office, row: Assignment) -> None:
    report(row.id, "Сделано", by=office.actor(DEPUTY), **WHEN)
    accept(row.id, by=office.actor(HEAD), **WHEN)


def by_hand(office: Office, document: Document, name: str) -> None:
    answers = Answers(reason="Так решено", due=LATER)
    perform(document.id, name, answers=answers, by=office.actor(CLERK), **WHEN)


def test_the_line_goes_the_whole_way_with_the_assignments(office: Office) -> None:
    order = office.order()
    first = office.give(DEPUTY, document=order)
    assert line(order) == ("on", FRIDAY)
    second = office.give(DEPUTY, document=order, due=SOON)
    assert line(order) == ("on", SOON)

    move_due(second.id, LATER, "Позже", by=office.actor(HEAD), **WHEN)
    assert line(order) == ("on", FRIDAY)
    done(office, first)
    assert line(order) == ("on", LATER)
    done(office, second)
    assert line(order)[0] == "awaiting_removal"

    reopen(second.id, "Не всё", by=office.actor(HEAD), **WHEN)
    assert line(order) == ("on", LATER)
    done(office, second)
    remove(first.id, by=office.actor(HEAD), **WHEN)
    assert line(order)[0] == "awaiting_removal"
    remove(second.id, by=office.actor(HEAD), **WHEN)
    assert line(order) == ("removed", None)

    office.give(DEPUTY, document=order)
    assert line(order) == ("on", FRIDAY)
    moved = [event.effect["transition"] for event in history(order) if event.what == "document_moved"]
    assert moved[::-1] == [
        "put_on_control", "move_due", "move_due", "move_due", "report_done", "return_to_work", "report_done",
        "remove_from_control", "control_anew",
    ]
    assert all(event.effect.get("rule") for event in history(order) if event.what == "document_moved")


def test_cancelled_assignments_leave_nothing_to_control(sqlite_office: Office) -> None:
    office = sqlite_office
    order = office.order()
    row = office.give(DEPUTY, document=order)

    cancel(row.id, "Передумали", by=office.actor(HEAD), **WHEN)

    assert line(order) == ("removed", None)


def test_what_is_not_under_control_and_drafts_move_nothing(sqlite_office: Office) -> None:
    office = sqlite_office
    order = office.order()
    office.give(DEPUTY, document=order, on_control=False)
    draft = office.give(DEPUTY, by="Исаев", author="Громова", document=order)
    assert (draft.state, line(order)) == (State.DRAFT, ("off", None))

    confirm_draft(draft.id, by=office.actor("Громова"), **WHEN)

    assert line(order) == ("on", FRIDAY)


def test_without_a_deadline_it_is_under_control_all_the_same(sqlite_office: Office) -> None:
    order = sqlite_office.order()
    sqlite_office.give(DEPUTY, document=order, due=None)

    assert line(order) == ("on", None)


def test_a_document_goes_under_control_when_it_is_signed(sqlite_office: Office) -> None:
    office = sqlite_office
    order = office.order(preparation=Preparation.DRAFT, number="", date=dt.date(2026, 3, 16))
    office.give(DEPUTY, document=order)
    assert line(order) == ("off", None)

    Document.update(preparation="in_signing", named_states={}).where(Document.id == order.id).execute()
    perform(order.id, "sign", by=office.actor(HEAD), **WHEN)

    assert line(order) == ("on", FRIDAY)


def test_a_point_past_before_the_document_counts_from_its_day(sqlite_office: Office) -> None:
    office = sqlite_office
    order = office.order()
    row = office.give(DEPUTY, document=order)
    Assignment.update(due=dt.date(2026, 2, 1)).where(Assignment.id == row.id).execute()

    office.give(DEPUTY, document=order)

    assert line(order) == ("on", order.date)


@pytest.mark.parametrize("name", ["move_due", "report_done", "remove_from_control"])
def test_with_live_assignments_people_do_not_move_it(sqlite_office: Office, name: str) -> None:
    office = sqlite_office
    order = office.order()
    office.give(DEPUTY, document=order)

    with pytest.raises(Refusal) as caught:
        by_hand(office, order, name)

    assert caught.value.code == "guard"
    offers = {one.transition.name: one.why_not for one in available(get_document(order.id), by=office.actor(CLERK), today=TODAY)}
    assert offers[name] == caught.value.message


def test_what_is_done_is_reopened_and_not_returned_behind_its_back(sqlite_office: Office) -> None:
    office = sqlite_office
    order = office.order()
    row = office.give(DEPUTY, document=order)
    done(office, row)

    with pytest.raises(Refusal) as caught:
        by_hand(office, order, "return_to_work")
    assert caught.value.code == "guard"


def test_removing_the_document_removes_what_is_done(office: Office) -> None:
    order = office.order()
    rows = [office.give(DEPUTY, document=order) for _number in range(2)]
    for row in rows:
        done(office, row)

    by_hand(office, order, "remove_from_control")

    assert line(order) == ("removed", None)
    for row in rows:
        assert (fresh(row).state, fresh(row).ended_why) == (State.REMOVED, "Так решено")


def test_a_document_without_assignments_is_moved_by_hand(sqlite_office: Office) -> None:
    office = sqlite_office
    order = office.order()
    for name, state in (
        ("put_on_control", "on"), ("move_due", "on"), ("report_done", "awaiting_removal"), ("return_to_work", "on"),
        ("remove_from_control", "removed"), ("control_anew", "on"),
    ):
        by_hand(office, order, name)
        assert line(order)[0] == state
