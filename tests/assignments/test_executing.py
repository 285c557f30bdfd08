"""Taking, asking, reporting: by who is responsible, or who stands in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from roadmapdocs.assignments.executing import ReportFile, ask, explain, recall, report, take
from roadmapdocs.assignments.facts import last_report
from roadmapdocs.assignments.judging import accept
from roadmapdocs.assignments.models import AssignmentFile, AssignmentReport
from roadmapdocs.assignments.operations import give
from roadmapdocs.assignments.plans import Plan
from roadmapdocs.assignments.words import State
from roadmapdocs.audit.operations import changes_hash
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.people.rules import SYSTEM
from tests.assignments.office import CLERK, DEPUTY, HEAD, Office, fresh, on
from tests.conftest import NOW, TODAY

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}


def test_an_assignment_is_taken_asked_about_explained_and_reported(office: Office) -> None:
    row = office.give(DEPUTY)
    by = office.actor(DEPUTY)

    assert take(row.id, revision=1, by=by, **WHEN).state == State.IN_WORK
    assert ask(row.id, "Сколько книг?", revision=2, by=by, **WHEN).state == State.CLARIFYING
    assert explain(row.id, "Сто", revision=3, by=office.actor(HEAD), **WHEN).state == State.IN_WORK
    done = report(row.id, " Список готов. ", revision=4, by=by, **WHEN)

    assert (done.state, done.reported_at, done.revision) == (State.REPORTED, NOW, 5)
    told = last_report(row.id)
    assert told is not None
    assert (told.text, told.made_by_employee_id, told.in_place_of, told.verdict) == ("Список готов.", by.employee_id, "", None)


def test_a_question_before_it_was_taken_leads_back_to_new(sqlite_office: Office) -> None:
    row = sqlite_office.give(DEPUTY)
    ask(row.id, "Кому?", by=sqlite_office.actor(DEPUTY), **WHEN)

    assert explain(row.id, "Школам", by=sqlite_office.actor(HEAD), **WHEN).state == State.NEW


def test_a_report_taken_back_waits_for_nobody(sqlite_office: Office) -> None:
    row = sqlite_office.give(DEPUTY)
    report(row.id, "Сделано", by=sqlite_office.actor(DEPUTY), **WHEN)

    back = recall(row.id, reason="Забыли лист", by=sqlite_office.actor(DEPUTY), **WHEN)

    assert back.state == State.IN_WORK
    assert back.reported_at is None
    assert AssignmentReport.select().where(AssignmentReport.verdict.is_null()).count() == 0


def test_a_report_keeps_its_files(office: Office) -> None:
    row = office.give(DEPUTY)
    files = [ReportFile("Список".encode(), "список.txt"), ReportFile("Отзыв".encode(), "../отзыв.txt")]

    report(row.id, "Готово", files=files, store=office.store, by=office.actor(DEPUTY), **WHEN)

    kept = AssignmentFile.select().order_by(AssignmentFile.id)
    assert [one.name for one in kept] == ["список.txt", "отзыв.txt"]
    assert office.store.open(kept[0].file.sha256).read() == "Список".encode()


@pytest.mark.parametrize(
    ("text", "files", "code"),
    [
        ("  ", [], "answer"),
        ("а" * 10_001, [], "answer"),
        ("Готово", [ReportFile(b"x", "1.txt")] * 21, "many_files"),
        ("Готово", [ReportFile(b"", "пусто.txt")], "empty_file"),
    ],
)
def test_a_report_that_cannot_be_leaves_nothing(sqlite_office: Office, text: str, files: list[ReportFile], code: str) -> None:
    row = sqlite_office.give(DEPUTY)
    before = changes_hash()

    with pytest.raises(Refusal) as caught:
        report(row.id, text, files=files, store=sqlite_office.store, by=sqlite_office.actor(DEPUTY), **WHEN)

    assert caught.value.code == code
    assert changes_hash() == before
    assert fresh(row).state == State.NEW


def test_the_document_that_was_made_is_open_to_the_reporter_and_handed_to_who_judges(office: Office) -> None:
    row = office.give(DEPUTY, controller="Ярцева")
    made = office.order("Список книг")
    Document.update(readers=0).where(Document.id == made.id).execute()
    with pytest.raises(NotFound):
        report(row.id, "Готово", document_id=made.id, by=office.actor(DEPUTY), **WHEN)
    with pytest.raises(NotFound):
        report(row.id, "Готово", document_id=999_999, by=office.actor(DEPUTY), **WHEN)

    own = office.order("Список книг для школ", drafter_id=office.id(DEPUTY), mark="official", mark_basis="для служебного пользования")
    report(row.id, "Готово", document_id=own.id, by=office.actor(DEPUTY), **WHEN)

    told = last_report(row.id)
    assert told is not None
    assert told.document_id == own.id
    assert read_document(own.id, by=office.actor("Ярцева"))


def test_who_stands_in_reports_in_the_place_of_the_absent(office: Office) -> None:
    row = office.give(DEPUTY)
    office.substitute(DEPUTY, "Нечаев")

    report(row.id, "Сделано", by=office.actor("Нечаев"), **WHEN)

    told = last_report(row.id)
    assert told is not None
    assert told.in_place_of == str(office.people[DEPUTY])
    assert told.made_by_employee_id == office.id("Нечаев")


def test_who_stands_in_for_some_kinds_does_so_for_their_documents_alone(sqlite_office: Office) -> None:
    office = sqlite_office
    office.substitute(DEPUTY, "Нечаев", kinds=["order_main"])
    office.substitute(DEPUTY, "Громова", kinds=["letter_out"])
    by_order, by_hand = office.give(DEPUTY, document=office.order()), office.give(DEPUTY)

    assert take(by_order.id, by=office.actor("Нечаев"), **WHEN).state == State.IN_WORK
    for row, surname in ((by_hand, "Нечаев"), (by_hand, "Громова"), (by_order, "Громова")):
        with pytest.raises(NotFound):
            report(row.id, "Сделано", by=office.actor(surname), **WHEN)


@pytest.mark.parametrize("surname", ["Громова", HEAD, CLERK, "Исаев"])
def test_nobody_else_reports(sqlite_office: Office, surname: str) -> None:
    row = sqlite_office.give(DEPUTY, executors=["Громова"])

    with pytest.raises(Forbidden):
        report(row.id, "Сделано", by=sqlite_office.actor(surname), **WHEN)


def test_a_stranger_learns_nothing_of_it(sqlite_office: Office) -> None:
    row = sqlite_office.give(DEPUTY)

    with pytest.raises(NotFound) as caught:
        take(row.id, by=sqlite_office.actor("Дёмина"), **WHEN)
    assert caught.value.code == "no_assignment"
    with pytest.raises(NotFound):
        take(999_999, by=sqlite_office.actor(DEPUTY), **WHEN)


def test_what_was_seen_before_a_change_is_stale(sqlite_office: Office) -> None:
    row = sqlite_office.give(DEPUTY)
    take(row.id, by=sqlite_office.actor(DEPUTY), **WHEN)

    with pytest.raises(Conflict) as caught:
        report(row.id, "Сделано", revision=1, by=sqlite_office.actor(DEPUTY), **WHEN)
    assert caught.value.code == "stale"
    with pytest.raises(Conflict) as caught:
        take(row.id, by=sqlite_office.actor(DEPUTY), **WHEN)
    assert caught.value.code == "moved"


def test_without_anybody_to_look_at_it_a_report_is_the_end(sqlite_office: Office) -> None:
    plan = Plan(text="Сверить журналы", responsible=sqlite_office.id(DEPUTY), deadline=on(dt.date(2026, 4, 3)))
    (row,) = give([plan], by=SYSTEM, **WHEN)

    done = report(row.id, "Сверено", by=sqlite_office.actor(DEPUTY), **WHEN)

    assert (done.state, done.done_on) == (State.DONE, TODAY)


def test_with_something_live_below_a_report_that_nobody_judges_waits_for_the_clerk(office: Office) -> None:
    plan = Plan(text="Сверить журналы", responsible=office.id(DEPUTY), deadline=on(dt.date(2026, 4, 3)))
    (row,) = give([plan], by=SYSTEM, **WHEN)
    part = office.give("Нечаев", by=DEPUTY, parent=row)

    assert report(row.id, "Сверено", by=office.actor(DEPUTY), **WHEN).state == State.REPORTED
    with pytest.raises(Refusal) as caught:
        accept(row.id, by=office.actor(CLERK), **WHEN)
    assert caught.value.code == "live_children"
    accept(row.id, children=True, by=office.actor(CLERK), **WHEN)
    assert (fresh(row).state, fresh(part).state) == (State.DONE, State.REMOVED)
