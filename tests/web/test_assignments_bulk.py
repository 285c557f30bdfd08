"""Several assignments at once, assignments on «Ждёт меня», and the section on a document's card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from roadmapdocs.assignments.executing import ask, report, take
from roadmapdocs.assignments.extensions import ask_extension
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.words import State
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.i18n import use_language
from roadmapdocs.web.assignments.section import assignments_section
from roadmapdocs.web.assignments.worklist import assignment_groups, waited_for_assignments
from roadmapdocs.web.worklist.rows import Group
from tests.assignments.office import CLERK, DEPUTY, HEAD, fresh, make_office
from tests.conftest import NOW, TODAY
from tests.factories import count_queries
from tests.web import office as web
from tests.web.assignment_desk import Desk, words

BULK = "/assignments/bulk"


@pytest.fixture
def desk(sqlite_address: str, tmp_path: Path) -> Iterator[Desk]:
    with web.office_on(sqlite_address, tmp_path) as opened:
        yield Desk(make_office(), opened)


def reported(desk: Desk, surname: str = "Нечаев") -> Assignment:
    made = desk.office.give(surname)
    report(made.id, "Готово", by=desk.office.actor(surname), now=NOW, today=TODAY)
    return fresh(made)


def seen(*rows: Assignment) -> list[str]:
    return [f"{row.id}:{row.revision}" for row in rows]


def test_acts_are_offered_with_how_many_they_fit(desk: Desk) -> None:
    done, open_ = reported(desk), desk.office.give("Нечаев")
    page = words(desk.get(HEAD, f"{BULK}?id={done.id}&id={open_.id}"))
    assert "Accept the report fits 1 of 2" in page
    assert "Move the deadline fits 2 of 2" in page


def test_the_preview_says_whom_it_does_not_fit_and_why(desk: Desk) -> None:
    done, open_ = reported(desk), desk.office.give("Нечаев")
    page = words(desk.get(HEAD, f"{BULK}?id={done.id}&id={open_.id}&do=accept"))
    assert "Will be done for 1 assignment" in page
    assert "This is not open in its state" in page


def test_several_reports_are_accepted_by_one_press_and_each_is_told_of(desk: Desk) -> None:
    first, second, stale = (reported(desk) for _number in range(3))
    sent = [*seen(first, second), f"{stale.id}:1"]
    page = words(desk.press(HEAD, BULK, status=200, do="accept", seen=sent).text)
    assert "done for 2 of 3" in page
    assert [fresh(one).state for one in (first, second, stale)] == [State.DONE, State.DONE, State.REPORTED]


def test_assignments_of_somebody_who_left_go_to_another_all_at_once(desk: Desk) -> None:
    rows = [desk.office.give("Нечаев", text=f"Дело {number}") for number in range(3)]
    desk.office.leaves("Нечаев")
    wrong = desk.press(HEAD, BULK, status=422, do="people", seen=seen(*rows), responsible="Никто Н. Н.", reason="Уволен")
    assert "Никто Н. Н." in wrong.text
    nobody = desk.press(HEAD, BULK, status=422, do="people", seen=seen(*rows), reason="Уволен")
    assert "Name the new responsible person" in nobody.text
    page = desk.press(HEAD, BULK, status=200, do="people", seen=seen(*rows), responsible="Громова М. И.", reason="Уволен").text
    assert "done for 3 of 3" in words(page)
    assert {fresh(one).responsible_id for one in rows} == {desk.office.id("Громова")}


def test_several_deadlines_are_moved_and_what_cannot_be_is_told(desk: Desk) -> None:
    one, fixed = desk.office.give("Нечаев"), desk.office.give("Громова", due=dt.date(2026, 4, 10))
    fields = {"do": "due", "due": "2026-04-10", "reason": "Сдвиг", "seen": seen(one, fixed)}
    page = words(desk.press(HEAD, BULK, status=200, **fields).text)
    assert "done for 1 of 2" in page
    assert "That is the deadline already" in page
    assert fresh(one).due == dt.date(2026, 4, 10)


def test_a_foreign_assignment_is_not_touched_and_not_named(desk: Desk) -> None:
    secret = desk.office.give("Громова", text="Тайное дело")
    for answer in (
        desk.client("Нечаев").get(f"{BULK}?id={secret.id}&do=people"),
        web.post(desk.client("Нечаев"), BULK, do="people", seen=seen(secret), responsible="Нечаев М. И.", reason="Хочу"),
    ):
        assert answer.status_code == 302
        assert "Тайное" not in answer.text
    assert fresh(secret).responsible_id == desk.office.id("Громова")


@pytest.mark.parametrize("query", ["", "id=x", "id=-1", "id=99999999999999", "do=accept", "do=dance&id=7"])
def test_what_makes_no_sense_leads_back_to_the_list(desk: Desk, query: str) -> None:
    answer = desk.client(HEAD).get(f"{BULK}?{query}&back=tab%3Dgiven")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/assignments/?tab=given"


def test_too_many_at_once_are_refused(desk: Desk) -> None:
    query = "&".join(f"id={number}" for number in range(1, 103))
    page = desk.client(HEAD).get(f"{BULK}?{query}", follow_redirects=True).text
    assert "More than 100 at once" in page


def groups(desk: Desk, surname: str) -> dict[str, Group]:
    app: Flask = desk.web.app
    with app.test_request_context(), use_language("en"):
        return {one.title: one for one in assignment_groups(desk.office.actor(surname), TODAY)}


def test_each_thing_waits_in_its_own_group_with_one_button(desk: Desk) -> None:
    actor = desk.office.actor
    new = desk.office.give("Нечаев", text="Новое", controller=HEAD)
    doing = desk.office.give("Нечаев", text="В работе")
    take(doing.id, by=actor("Нечаев"), now=NOW, today=TODAY)
    unclear = desk.office.give("Нечаев", text="Неясно")
    ask(unclear.id, "Что это?", by=actor("Нечаев"), now=NOW, today=TODAY)
    extended = desk.office.give("Громова", text="Срок")
    ask_extension(extended.id, dt.date(2026, 4, 10), "Болеет", by=actor("Громова"), now=NOW, today=TODAY)
    draft = desk.office.give("Громова", by=CLERK, author=HEAD, text="Проект")
    checked = reported(desk)

    mine = groups(desk, "Нечаев")
    assert {row.url for row in mine["To carry out assignments"].rows} == {
        f"/assignments/{one.id}" for one in (new, doing, unclear)
    }
    assert {row.act.url for row in mine["To carry out assignments"].rows} >= {f"/assignments/{doing.id}/report"}
    heads = groups(desk, HEAD)
    assert list(heads) == ["To confirm resolutions", "To clear up", "To accept reports", "To decide on deadlines"]
    assert heads["To confirm resolutions"].rows[0].act.url == f"/assignments/{draft.id}/confirm"
    assert heads["To clear up"].rows[0].url == f"/assignments/{unclear.id}"
    assert heads["To accept reports"].rows[0].url == f"/assignments/{checked.id}"
    assert heads["To decide on deadlines"].rows[0].url == f"/assignments/{extended.id}"


def test_ones_own_stand_before_those_in_anothers_place(desk: Desk) -> None:
    desk.office.give("Громова", text="За него", due=TODAY)
    desk.office.give("Нечаев", text="Своё", due=dt.date(2026, 4, 10))
    desk.office.substitute("Громова", "Нечаев")
    found = list(groups(desk, "Нечаев").values())
    assert [row.title for group in found for row in group.rows] == ["Своё", "За него"]
    assert "In place of" in found[1].title


def test_a_long_group_leads_to_the_list_of_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(11):
        desk.office.give("Нечаев", text=f"Дело {number}", due=TODAY)
    sent = count_queries(monkeypatch)
    group = groups(desk, "Нечаев")["To carry out assignments"]
    assert (len(group.rows), group.count) == (8, 11)
    assert group.all_url == "/assignments/?tab=mine"
    assert len(sent) < 20


def test_what_others_have_in_hand_is_waited_for_the_latest_first(desk: Desk) -> None:
    desk.office.give("Нечаев", text="Потом", due=dt.date(2026, 4, 10))
    late = desk.office.give("Громова", text="Давно пора")
    Assignment.update(due=TODAY - dt.timedelta(2)).where(Assignment.id == late.id).execute()
    desk.office.give(HEAD, text="Сама себе")
    with desk.web.app.test_request_context(), use_language("en"):
        found = waited_for_assignments(desk.office.actor(HEAD), TODAY)
        strangers = waited_for_assignments(desk.office.actor("Нечаев"), TODAY)
    assert [(row["title"], row["late"]) for row in found] == [("Давно пора", True), ("Потом", False)]
    assert "2 days late" in str(found[0]["note"])
    assert strangers == []


def test_the_card_of_a_document_counts_and_lists_its_assignments(desk: Desk) -> None:
    order = desk.office.order()
    late = desk.office.give("Нечаев", document=order, point="2")
    Assignment.update(due=TODAY - dt.timedelta(2)).where(Assignment.id == late.id).execute()
    desk.office.give(DEPUTY, document=order, point="3", due=None)
    with desk.web.app.test_request_context(), use_language("en"):
        shown = assignments_section(order, desk.office.actor(CLERK), TODAY)
        nothing = assignments_section(desk.office.order("Другой"), desk.office.actor("Ярцева"), TODAY)
        reader = assignments_section(order, desk.office.actor("Нечаев"), TODAY)
    assert shown is not None
    assert {name: shown[name] for name in ("total", "live", "late", "done", "why_not")} == {
        "total": 2, "live": 2, "late": 1, "done": 0, "why_not": None
    }
    assert shown["rows"][0]["id"] == late.id
    assert nothing is None, "who neither gives nor has anything sees no empty box"
    assert reader is not None
    assert reader["why_not"]
    assert [row["id"] for row in reader["rows"]] == [late.id]


def test_when_somebody_was_first_everywhere_each_is_told_of(desk: Desk) -> None:
    rows = [reported(desk) for _number in range(2)]
    page = words(desk.press(HEAD, BULK, status=200, do="accept", seen=[f"{row.id}:1" for row in rows]).text)
    assert "done for 0 of 2" in page
    assert page.count("Somebody changed the assignment meanwhile") == 2


def test_who_hands_the_control_on_still_reads_what_was_done(desk: Desk) -> None:
    made = desk.office.give("Нечаев", controller="Ярцева")
    sent = {"do": "people", "seen": seen(made), "controller": "Громова М. И.", "reason": "Отпуск"}
    page = words(desk.press("Ярцева", BULK, status=200, **sent).text)
    assert "done for 1 of 1" in page
    assert fresh(made).controller_id == desk.office.id("Громова")


def test_what_is_left_of_an_annulled_order_is_cancelled_from_its_card(desk: Desk) -> None:
    order = desk.office.order()
    top = desk.office.give(DEPUTY, document=order, text="Составить список")
    part = desk.office.give("Нечаев", by=DEPUTY, parent=top, text="Часть списка")
    Document.update(registration="annulled").where(Document.id == order.id).execute()

    with desk.web.app.test_request_context(), use_language("en"):
        shown = assignments_section(get_document(order.id), desk.office.actor(CLERK), TODAY)
        reader = assignments_section(get_document(order.id), desk.office.actor("Нечаев"), TODAY)
    assert shown is not None
    assert reader is not None
    assert (shown["void"], shown["offers"], reader["cancel_url"]) == ("The registration of the document is annulled.", False, None)
    preview = words(desk.get(CLERK, shown["cancel_url"]))
    assert "Will be done for 2 assignments" in preview
    assert "The registration of the document is annulled." in words(desk.get("Нечаев", f"/assignments/{part.id}"))
    assert "The registration of the document is annulled." in words(desk.get("Нечаев", "/assignments/"))

    desk.press(CLERK, BULK, status=422, do="cancel", seen=seen(top, part))
    page = words(desk.press(CLERK, BULK, status=200, do="cancel", seen=seen(part, top), reason="Приказ аннулирован").text)

    assert "done for 2 of 2" in page
    assert {(fresh(one).state, fresh(one).ended_why) for one in (top, part)} == {(State.CANCELLED, "Приказ аннулирован")}


def test_statements_do_not_grow_with_what_is_ticked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = [reported(desk) for _number in range(2)], [reported(desk) for _number in range(7)]
    client, costs = desk.client(HEAD), []
    for rows in (few, few, many):
        with monkeypatch.context() as patched:
            sent = count_queries(patched)
            answer = client.get(f"{BULK}?do=accept&" + "&".join(f"id={row.id}" for row in rows))
        assert f"fits {len(rows)} of {len(rows)}" in words(answer.text)
        costs.append(len(sent))
    assert costs[1] == costs[2]
