"""What waits for whom: by part, by who stands in, by what nobody else can answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from roadmapdocs.assignments.executing import ask, report, take
from roadmapdocs.assignments.extensions import ask_extension
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.waiting import Wait, late_on, waiting_for, waiting_on
from roadmapdocs.assignments.words import DeadlineKind
from tests import factories
from tests.assignments.office import CLERK, DEPUTY, FRIDAY, HEAD, STAFF, Office
from tests.assignments.test_extensions import LATER
from tests.conftest import NOW, TODAY

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}


def waits(office: Office, surname: str, day: dt.date = TODAY) -> list[tuple[str, int]]:
    return [(str(one.act), one.assignment_id) for one in waiting_for(office.actor(surname, day), day)]


def test_each_thing_waits_for_who_has_to_do_it(office: Office) -> None:
    def deputy(number: int) -> Any:
        return {"by": office.actor(DEPUTY), "now": NOW + dt.timedelta(minutes=number), "today": TODAY}

    draft = office.give(DEPUTY, by=CLERK, author=HEAD)
    new, taken, asked, reported, longer = (office.give(DEPUTY) for _number in range(5))
    take(taken.id, **deputy(1))
    ask(asked.id, "Кому?", **deputy(2))
    report(reported.id, "Сделано", **deputy(3))
    ask_extension(longer.id, LATER, "Ждём", **deputy(4))

    assert waits(office, DEPUTY) == [("take", new.id), ("take", longer.id), ("do", taken.id), ("do", asked.id)]
    assert waits(office, HEAD) == [("confirm", draft.id), ("judge", reported.id), ("answer", longer.id), ("explain", asked.id)]
    for surname in set(STAFF) - {DEPUTY, HEAD}:
        assert waits(office, surname) == []
    (request,) = [one for one in waiting_for(office.actor(HEAD), TODAY) if one.act is Wait.ANSWER]
    assert (request.due, request.since, request.extension_id is not None) == (FRIDAY, NOW + dt.timedelta(minutes=4), True)


def test_what_is_due_first_comes_first_and_what_is_never_due_last(sqlite_office: Office) -> None:
    office = sqlite_office
    never, friday, soon = (office.give(DEPUTY, due=due) for due in (None, FRIDAY, dt.date(2026, 3, 18)))
    urgent = office.give(DEPUTY, deadline=Deadline(DeadlineKind.URGENT), urgent=True)

    assert [number for _act, number in waits(office, DEPUTY)] == [soon.id, urgent.id, friday.id, never.id]


def test_what_is_late_says_so_and_is_found_by_a_condition(office: Office) -> None:
    late, fine = office.give(DEPUTY, due=dt.date(2026, 3, 17)), office.give(DEPUTY)
    day = dt.date(2026, 3, 18)

    told = {one.assignment_id: one.late for one in waiting_for(office.actor(DEPUTY, day), day)}

    assert told == {late.id: True, fine.id: False}
    assert list(Assignment.select().where(late_on(day))) == [late]


def test_it_waits_for_who_stands_in_with_the_absents_name(office: Office) -> None:
    row = office.give(DEPUTY, document=office.order())
    by_hand = office.give(DEPUTY)
    office.substitute(DEPUTY, "Громова", kinds=["order_main"])

    (found,) = waiting_for(office.actor("Громова"), TODAY)

    assert (found.assignment_id, found.in_place_of, found.acting) == (row.id, str(office.people[DEPUTY]), False)
    assert [one.assignment_id for one in waiting_for(office.actor(DEPUTY), TODAY)] == [row.id, by_hand.id]


def test_ones_own_comes_before_what_is_done_for_another(sqlite_office: Office) -> None:
    office = sqlite_office
    others, mine = office.give(DEPUTY), office.give("Громова", due=None)
    office.substitute(DEPUTY, "Громова")

    assert waits(office, "Громова") == [("take", mine.id), ("take", others.id)]


def test_a_report_waits_for_the_controller_and_without_one_for_the_author(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY, controller="Ярцева")
    report(row.id, "Сделано", by=office.actor(DEPUTY), **WHEN)
    assert (waits(office, "Ярцева"), waits(office, HEAD)) == ([("judge", row.id)], [])

    office.leaves("Ярцева")
    assert (waits(office, HEAD), waits(office, CLERK)) == ([("judge", row.id)], [])

    office.leaves(HEAD)
    assert waits(office, CLERK) == [("judge", row.id)]


@pytest.mark.parametrize(("writer", "judge"), [("Ярцева", HEAD), (HEAD, "Ярцева")])
def test_a_report_waits_for_nobody_who_wrote_it(sqlite_office: Office, writer: str, judge: str) -> None:
    office = sqlite_office
    row = office.give(DEPUTY, controller="Ярцева")
    office.substitute(DEPUTY, writer)
    report(row.id, "Сделано", by=office.actor(writer), **WHEN)

    assert waits(office, judge) == [("judge", row.id)]
    assert waits(office, writer) == []


def test_the_only_one_who_could_look_at_it_wrote_it_so_the_clerk_does(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY)
    office.substitute(DEPUTY, HEAD)
    report(row.id, "Сделано", by=office.actor(HEAD), **WHEN)

    assert (waits(office, HEAD), waits(office, CLERK)) == ([], [("judge", row.id)])


def test_what_is_asked_of_nobody_left_waits_for_the_clerk(sqlite_office: Office) -> None:
    office = sqlite_office
    asked, longer = office.give(DEPUTY, controller="Ярцева"), office.give(DEPUTY)
    ask(asked.id, "Кому?", by=office.actor(DEPUTY), **WHEN)
    ask_extension(longer.id, LATER, "Ждём", by=office.actor(DEPUTY), **WHEN)
    for surname in ("Ярцева", HEAD):
        office.leaves(surname)

    assert waits(office, CLERK) == [("answer", longer.id), ("explain", asked.id)]


def test_of_one_assignment_only_what_is_asked_there(sqlite_office: Office) -> None:
    office = sqlite_office
    row, _other = office.give(DEPUTY), office.give(DEPUTY)

    assert [one.act for one in waiting_on(row.id, office.actor(DEPUTY), TODAY)] == [Wait.TAKE]
    assert waiting_on(row.id, office.actor("Громова"), TODAY) == []


def test_however_much_waits_it_costs_the_same_statements(sqlite_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office = sqlite_office
    office.give(DEPUTY, by=CLERK, author=HEAD)
    report(office.give(DEPUTY).id, "Сделано", by=office.actor(DEPUTY), **WHEN)
    sent = factories.count_queries(monkeypatch)
    actor = office.actor(HEAD)

    def statements() -> int:
        before = len(sent)
        waiting_for(actor, TODAY)
        return len(sent) - before

    few = statements()
    for _number in range(5):
        report(office.give(DEPUTY).id, "Сделано", by=office.actor(DEPUTY), **WHEN)

    assert statements() == few
    assert len(waiting_for(actor, TODAY)) == 7
