"""Accepting, returning, removing, reopening, cancelling; nobody on their own work."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from roadmapdocs.assignments.executing import report
from roadmapdocs.assignments.facts import last_report
from roadmapdocs.assignments.judging import accept, cancel, remove, reopen, send_back
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.waiting import waiting_for
from roadmapdocs.assignments.words import State, Verdict
from roadmapdocs.errors import Conflict, Forbidden, Refusal
from roadmapdocs.hooks import assignment_acted
from tests.assignments.office import CLERK, DEPUTY, HEAD, Office, fresh
from tests.conftest import NOW, TODAY

WHEN: dict[str, Any] = {"now": NOW, "today": TODAY}
LATER: dict[str, Any] = {"now": NOW + dt.timedelta(days=9), "today": TODAY + dt.timedelta(days=9)}


def reported(office: Office, *, by: str = "", **plan: Any) -> Assignment:
    row = office.give(DEPUTY, **plan)
    return report(row.id, "Сделано", by=office.actor(by or DEPUTY), **WHEN)


def test_it_was_done_on_the_day_of_the_report_that_was_accepted(office: Office) -> None:
    order = office.order("Список книг")
    row = office.give(DEPUTY, controller="Ярцева")
    report(row.id, "Сделано", document_id=order.id, by=office.actor(DEPUTY), **WHEN)
    heard: list[object] = []

    def hear(row: Assignment, *, act: str, about: dict[str, object], **_more: object) -> None:
        heard.append((act, row.result_id, about["document"]))

    with assignment_acted.connected_to(hear):
        done = accept(row.id, comment="Хорошо", by=office.actor("Ярцева"), **LATER)

    assert (done.state, done.done_on, done.result_id) == (State.DONE, TODAY, order.id)
    assert heard == [("accepted", order.id, order.id)]
    told = last_report(row.id)
    assert told is not None
    assert (told.verdict, told.verdict_why) == (Verdict.ACCEPTED, "Хорошо")


def test_a_returned_report_says_why(office: Office) -> None:
    row = reported(office)
    with pytest.raises(Refusal) as caught:
        send_back(row.id, " ", by=office.actor(HEAD), **WHEN)
    assert caught.value.code == "answer"

    back = send_back(row.id, "Нет авторов", by=office.actor(HEAD), **WHEN)

    assert back.state == State.RETURNED
    assert (back.reported_at or back.done_on) is None
    told = last_report(row.id)
    assert told is not None
    assert (told.verdict, told.verdict_why) == (Verdict.RETURNED, "Нет авторов")


def test_the_controller_looks_at_it_before_the_author_does(sqlite_office: Office) -> None:
    office = sqlite_office
    row = reported(office, controller="Ярцева")
    for surname in (HEAD, DEPUTY, CLERK):
        with pytest.raises(Forbidden):
            accept(row.id, by=office.actor(surname), **WHEN)

    office.leaves("Ярцева")

    assert accept(row.id, by=office.actor(HEAD), **WHEN).state == State.DONE


def test_where_nobody_is_left_the_clerk_looks_at_it(sqlite_office: Office) -> None:
    office = sqlite_office
    row = reported(office, controller="Ярцева")
    office.leaves("Ярцева")
    office.leaves(HEAD)

    assert accept(row.id, by=office.actor(CLERK), **WHEN).state == State.DONE


def test_who_stands_in_for_the_controller_accepts_unless_it_is_their_own_work(sqlite_office: Office) -> None:
    office = sqlite_office
    own, other = reported(office, controller="Ярцева"), reported(office, controller="Ярцева")
    office.substitute("Ярцева", DEPUTY)
    office.substitute("Ярцева", "Громова")

    with pytest.raises(Forbidden) as caught:
        accept(own.id, by=office.actor(DEPUTY), **WHEN)
    assert caught.value.code == "own_work"
    assert accept(other.id, by=office.actor("Громова"), **WHEN).state == State.DONE


def test_who_wrote_the_report_in_anothers_place_does_not_accept_it(sqlite_office: Office) -> None:
    office = sqlite_office
    office.substitute(DEPUTY, "Ярцева")
    row = reported(office, controller="Ярцева", by="Ярцева")

    with pytest.raises(Forbidden):
        accept(row.id, by=office.actor("Ярцева"), **WHEN)
    assert accept(row.id, by=office.actor(HEAD), **WHEN).state == State.DONE


def test_what_one_has_set_for_oneself_one_accepts_oneself(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(HEAD)
    report(row.id, "Сделано", by=office.actor(HEAD), **WHEN)

    assert accept(row.id, by=office.actor(HEAD), **WHEN).state == State.DONE


def test_what_is_done_is_removed_and_what_is_not_only_with_a_reason(office: Office) -> None:
    done, live = reported(office), office.give(DEPUTY)
    accept(done.id, by=office.actor(HEAD), **WHEN)
    with pytest.raises(Refusal) as caught:
        remove(live.id, by=office.actor(HEAD), **WHEN)
    assert caught.value.code == "answer"

    removed = remove(done.id, by=office.actor(HEAD), **LATER)
    dropped = remove(live.id, "Утратило смысл", by=office.actor(CLERK), **LATER)

    assert (removed.state, removed.done_on) == (State.REMOVED, TODAY)
    assert (dropped.state, dropped.done_on, dropped.ended_why) == (State.REMOVED, None, "Утратило смысл")
    assert dropped.removed_by == office.actor(CLERK).name


def test_what_was_not_under_control_is_over_when_it_is_done(sqlite_office: Office) -> None:
    row = reported(sqlite_office, on_control=False)
    accept(row.id, by=sqlite_office.actor(HEAD), **WHEN)

    with pytest.raises(Refusal) as caught:
        remove(row.id, "Всё", by=sqlite_office.actor(HEAD), **WHEN)
    assert caught.value.code == "not_on_control"


def test_what_is_reopened_is_not_done(sqlite_office: Office) -> None:
    office = sqlite_office
    row = reported(office)
    accept(row.id, by=office.actor(HEAD), **WHEN)
    remove(row.id, by=office.actor(HEAD), **WHEN)

    again = reopen(row.id, "Нашлась недостача", by=office.actor(HEAD), **WHEN)

    assert again.state == State.IN_WORK
    assert (again.done_on or again.removed_at or again.result_id) is None


def test_cancelling_says_why_and_is_the_end(sqlite_office: Office) -> None:
    office = sqlite_office
    row = office.give(DEPUTY)

    cancelled = cancel(row.id, "Передумали", revision=1, by=office.actor(HEAD), **WHEN)

    assert (cancelled.state, cancelled.ended_why) == (State.CANCELLED, "Передумали")
    for act in (reopen, cancel):
        with pytest.raises(Conflict):
            act(row.id, "Ещё", by=office.actor(HEAD), **WHEN)
    assert fresh(row).revision == 2


def test_who_only_watches_says_why_it_is_removed_even_when_it_is_done(sqlite_office: Office) -> None:
    office = sqlite_office
    row = reported(office)
    accept(row.id, by=office.actor(HEAD), **WHEN)

    with pytest.raises(Refusal) as caught:
        remove(row.id, by=office.actor(CLERK), **WHEN)
    assert caught.value.code == "answer"
    assert "why" in str(caught.value.details["fields"])
    assert remove(row.id, "Порядок", by=office.actor(CLERK), **WHEN).state == State.REMOVED


def test_the_clerk_judges_the_authors_own_work_when_its_controller_has_left(office: Office) -> None:
    row = office.give(HEAD, controller="Ярцева")
    report(row.id, "Сделано", by=office.actor(HEAD), **WHEN)
    office.leaves("Ярцева")

    with pytest.raises(Forbidden) as caught:
        accept(row.id, by=office.actor(HEAD), **WHEN)
    assert caught.value.code == "forbidden"
    assert [(str(one.act), one.assignment_id) for one in waiting_for(office.actor(CLERK), TODAY)] == [("judge", row.id)]
    assert waiting_for(office.actor(HEAD), TODAY) == []
    assert accept(row.id, by=office.actor(CLERK), **WHEN).state == State.DONE
