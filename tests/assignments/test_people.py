"""Other people for what is under way, many at once; who left."""

from __future__ import annotations

from typing import Any

import pytest

from roadmapdocs.assignments.executing import report, take
from roadmapdocs.assignments.extensions import ask_extension
from roadmapdocs.assignments.models import AssignmentPerson, DueExtension
from roadmapdocs.assignments.people import left_the_office, reassign
from roadmapdocs.assignments.visibility import read_assignment
from roadmapdocs.assignments.words import ExtensionState, State
from roadmapdocs.audit.operations import changes_hash
from roadmapdocs.documents.visibility import handed_to
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from tests.assignments.office import CLERK, DEPUTY, HEAD, Office, fresh
from tests.assignments.test_extensions import LATER
from tests.conftest import NOW, TODAY

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}


def test_what_somebody_who_left_had_goes_to_another_at_once(office: Office) -> None:
    order = office.order()
    rows = [office.give("Громова", document=order, executors=["Нечаев"]) for _number in range(3)]
    take(rows[0].id, by=office.actor("Громова"), **WHEN)
    ask_extension(rows[0].id, LATER, "Ждём", by=office.actor("Громова"), **WHEN)
    office.leaves("Громова")
    assert left_the_office(rows, TODAY) == {office.id("Громова")}

    reassign([row.id for row in rows], responsible=office.id("Нечаев"), reason="Уволилась", by=office.actor(CLERK), **WHEN)

    for row in map(fresh, rows):
        assert (row.responsible_id, row.state) == (office.id("Нечаев"), State.NEW)
        assert row.taken_at is None
        parts = AssignmentPerson.select().where(AssignmentPerson.assignment == row)
        assert {one.part for one in parts if one.employee_id == office.id("Нечаев")} == {"responsible"}
    assert DueExtension.get().state == ExtensionState.WITHDRAWN
    assert office.id("Нечаев") in handed_to(order.id)
    with pytest.raises(NotFound):
        read_assignment(rows[0].id, by=office.actor("Громова"))


def test_another_controller_leaves_the_work_where_it_is(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY, controller="Ярцева")
    report(row.id, "Сделано", by=office.actor(DEPUTY), **WHEN)

    (changed,) = reassign([row.id], controller=office.id("Громова"), reason="Отпуск", by=office.actor(HEAD), **WHEN)

    assert (changed.state, changed.controller_id) == (State.REPORTED, office.id("Громова"))


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ({"responsible": "Дёмина"}, "left"),
        ({"controller": "Дёмина"}, "left"),
        ({"responsible": "Ярцева"}, "own_control"),
        ({"controller": DEPUTY}, "own_control"),
        ({"responsible": "Нечаев"}, "circle"),
        ({}, "nothing"),
    ],
)
def test_nobody_unfit_gets_it(sqlite_office: Office, people: dict[str, str], code: str) -> None:
    office = sqlite_office
    row = office.give(DEPUTY, controller="Ярцева")
    office.give("Нечаев", by=DEPUTY, parent=row)
    office.leaves("Дёмина")
    before = changes_hash()
    named: dict[str, Any] = {part: office.id(one) for part, one in people.items()}

    with pytest.raises(Refusal) as caught:
        reassign([row.id], reason="Так", by=office.actor(HEAD), **named, **WHEN)

    assert caught.value.code == code
    assert changes_hash() == before


def test_a_report_is_looked_at_before_the_work_goes_to_another(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY)
    report(row.id, "Сделано", by=office.actor(DEPUTY), **WHEN)

    with pytest.raises(Refusal) as caught:
        reassign([row.id], responsible=office.id("Громова"), reason="Так", by=office.actor(HEAD), **WHEN)
    assert caught.value.code == "reported"


def test_all_of_them_go_or_none(office: Office) -> None:
    mine, foreign = office.give(DEPUTY), office.give(DEPUTY, by="Исаев")
    wanted: dict[str, Any] = {"responsible": office.id("Громова"), "reason": "Так"}

    with pytest.raises(Forbidden):
        reassign([mine.id, foreign.id], by=office.actor("Исаев"), **wanted, **WHEN)
    assert fresh(foreign).responsible_id == office.id(DEPUTY)
    with pytest.raises(Refusal) as caught:
        reassign(range(1, 502), by=office.actor(HEAD), **wanted, **WHEN)
    assert caught.value.code == "too_many"
    with pytest.raises(Refusal):
        reassign([mine.id], responsible=office.id("Громова"), reason=" ", by=office.actor(HEAD), **WHEN)


def test_whoever_has_it_already_is_not_asked_anew(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY)
    take(row.id, by=office.actor(DEPUTY), **WHEN)

    reassign([row.id], responsible=office.id(DEPUTY), reason="Так", by=office.actor(HEAD), **WHEN)

    assert (fresh(row).state, fresh(row).revision) == (State.IN_WORK, 2)
