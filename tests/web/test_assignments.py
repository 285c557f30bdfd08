"""The list of assignments, the card, and the acts that begin there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.executing import ReportFile, report, take
from roadmapdocs.assignments.extensions import ask_extension
from roadmapdocs.assignments.models import Assignment, AssignmentFile, AssignmentReport
from roadmapdocs.assignments.words import State
from roadmapdocs.i18n import use_language
from roadmapdocs.web.assignments.words import act_words
from roadmapdocs.web.assignments.worklist import assignment_groups
from tests.assignments.office import CLERK, DEPUTY, HEAD, fresh, make_office
from tests.conftest import NOW, TODAY
from tests.factories import count_queries
from tests.web import office as web
from tests.web.assignment_desk import Desk, buttons, hidden, words


@pytest.fixture
def desk(sqlite_address: str, tmp_path: Path) -> Iterator[Desk]:
    with web.office_on(sqlite_address, tmp_path) as opened:
        yield Desk(make_office(), opened)


def listed(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'name="id" value="(\d+)"', page)]


def test_each_tab_shows_what_it_says_the_nearest_deadline_first(desk: Desk) -> None:
    later = desk.office.give("Нечаев", text="Позже", controller=CLERK)
    sooner = desk.office.give("Нечаев", text="Раньше", due=TODAY + dt.timedelta(1))
    never = desk.office.give("Нечаев", text="Когда-нибудь", due=None)
    helping = desk.office.give("Громова", text="Вместе", executors=["Нечаев"])

    assert listed(desk.get("Нечаев", "/assignments/")) == [sooner.id, later.id, helping.id, never.id]
    assert listed(desk.get(HEAD, "/assignments/?tab=given")) == [sooner.id, later.id, helping.id, never.id]
    assert listed(desk.get(CLERK, "/assignments/?tab=control")) == [later.id]
    assert listed(desk.get(CLERK, "/assignments/?tab=all&state=any")) == [sooner.id, later.id, helping.id, never.id]


def test_the_list_opens_at_the_first_tab_on_which_there_is_something(desk: Desk) -> None:
    given = desk.office.give("Нечаев", text="Для всех")
    assert listed(desk.get(CLERK, "/assignments/")) == listed(desk.get(CLERK, "/assignments/?tab=all")) == [given.id]
    controlled = desk.office.give("Нечаев", text="Под контролем", controller=CLERK)
    assert listed(desk.get(CLERK, "/assignments/")) == listed(desk.get(CLERK, "/assignments/?tab=control")) == [controlled.id]
    assert listed(desk.get(CLERK, "/assignments/?tab=mine")) == []
    assert listed(desk.get("Громова", "/assignments/")) == []


def test_the_whole_list_is_for_those_who_watch_over_execution(desk: Desk) -> None:
    answer = desk.client("Нечаев").get("/assignments/?tab=all")
    assert answer.status_code == 302
    assert "tab=all" not in answer.headers["Location"]
    assert "tab=all" not in desk.get("Нечаев", "/assignments/")


NARROWED = {
    "due=late": ["late"],
    "due=0": ["late"],
    "due=week": ["late", "soon"],
    "due=30": ["late", "soon", "far"],
    "since=2026-03-17&until=20.03.2026": ["soon"],
    "person=громова": ["far"],
    "q=КНИГИ": ["late"],
    "state=new": ["late", "soon", "far"],
    "state=done": [],
    "due=never&unit=x&page=-3&state=odd": ["late", "soon", "far"],
}


def test_conditions_narrow_the_list(desk: Desk) -> None:
    made = {
        "late": _late(desk),
        "soon": desk.office.give("Нечаев", text="Сверить списки", due=TODAY + dt.timedelta(2)),
        "far": desk.office.give("Громова", text="Подвести итоги", due=TODAY + dt.timedelta(18)),
    }
    names = {row.id: name for name, row in made.items()}
    client = desk.client(HEAD)
    shown = {asked: listed(client.get(f"/assignments/?tab=given&{asked}").text) for asked in NARROWED}
    assert {asked: [names[one] for one in found] for asked, found in shown.items()} == NARROWED


def _late(desk: Desk) -> Assignment:
    """Given in time; its day went by."""
    made = desk.office.give("Нечаев", text="Купить книги")
    Assignment.update(due=TODAY - dt.timedelta(3)).where(Assignment.id == made.id).execute()
    return fresh(made)


def test_units_and_documents_narrow_the_list_too(desk: Desk) -> None:
    order = desk.office.order()
    of_order = desk.office.give("Нечаев", document=order)
    desk.office.give("Нечаев")
    assert listed(desk.get(HEAD, f"/assignments/?tab=given&document={order.id}")) == [of_order.id]
    assert len(listed(desk.get(HEAD, f"/assignments/?tab=given&unit={desk.office.unit.id}"))) == 2
    assert listed(desk.get(HEAD, "/assignments/?tab=given&unit=999")) == []


def test_statements_do_not_grow_with_the_list(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    order = desk.office.order()
    client = desk.client(HEAD)
    desk.office.give("Нечаев", executors=["Громова"], document=order)
    client.get("/assignments/?tab=given")
    sent = count_queries(monkeypatch)
    client.get("/assignments/?tab=given")
    few = len(sent)
    for number in range(8):
        desk.office.give("Нечаев", text=f"Дело {number}", executors=["Громова"], document=order)
    sent.clear()
    client.get("/assignments/?tab=given")
    assert len(sent) == few


def test_a_page_holds_fifty_and_the_rest_is_on_the_next(desk: Desk) -> None:
    for number in range(53):
        desk.office.give("Нечаев", text=f"Дело {number}")
    client = desk.client(HEAD)
    first, second = (client.get(f"/assignments/?tab=given&page={page}").text for page in (1, 2))
    assert (len(listed(first)), len(listed(second))) == (50, 3)
    assert not set(listed(first)) & set(listed(second))
    assert listed(client.get("/assignments/?tab=given&page=99").text) == listed(second)


def test_a_foreign_assignment_answers_as_if_there_were_none(desk: Desk) -> None:
    made = desk.office.give("Нечаев", text="Тайное дело")
    below = ("", "/report", "/take", "/confirm", "/edit", "/new", "/files/1", "/due")
    for end in below:
        page = desk.get("Громова", f"/assignments/{made.id}{end}", status=404)
        assert "Тайное" not in page
    desk.press("Громова", f"/assignments/{made.id}/take", status=404)
    assert fresh(made).state == State.NEW


def test_the_card_shows_people_deadline_and_source(desk: Desk) -> None:
    order = desk.office.order()
    made = desk.office.give("Нечаев", executors=["Громова"], controller=CLERK, document=order, point="2.1")
    page = words(desk.get("Нечаев", f"/assignments/{made.id}"))
    for said in ("point 2.1", "Нечаев", "юрист", "Громова", "one working day earlier: 02.04.2026", "Лукина", "03.04.2026", "18 days left"):
        assert said.replace(" ", "") in page.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")


def test_buttons_are_those_that_are_open_and_closed_ones_say_why(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    opened, closed = buttons(desk.get("Нечаев", f"/assignments/{made.id}"))
    assert {"Take into work", "Report"} <= opened
    assert "Cancel the assignment" in closed
    others, _closed = buttons(desk.get(HEAD, f"/assignments/{made.id}"))
    assert "Take into work" not in others
    assert {"Move the deadline", "Cancel the assignment"} <= others


def test_one_filled_button_asks_for_the_decision(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    report(made.id, "Готово", by=desk.office.actor("Нечаев"), now=NOW, today=TODAY)
    page = desk.get(HEAD, f"/assignments/{made.id}")
    filled = re.findall(r'rd-btn--main"[^>]*>(.*?)</(?:button|a)>', page[page.index("rd-assignacts") : page.index("rd-assigncard")])
    assert [words(one) for one in filled] == ["Accept the report"]


def test_an_assignment_goes_from_taken_to_removed_by_its_buttons(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    card = f"/assignments/{made.id}"
    desk.press("Нечаев", f"{card}/take", revision=fresh(made).revision)
    desk.send("Нечаев", f"{card}/ask", text="По всем школам?")
    assert fresh(made).state == State.CLARIFYING
    desk.send(HEAD, f"{card}/explain", text="По всем.")
    desk.send("Нечаев", f"{card}/report", text="Списки готовы", files=web.upload(b"list", "list.txt"))
    assert fresh(made).state == State.REPORTED
    desk.send(HEAD, f"{card}/return", reason="Нет школы № 4")
    desk.send("Нечаев", f"{card}/report", text="Теперь все")
    desk.press(HEAD, f"{card}/accept", revision=fresh(made).revision)
    desk.send(HEAD, f"{card}/remove")
    assert fresh(made).state == State.REMOVED
    page = words(desk.get("Нечаев", card))
    assert "Нет школы № 4" in page
    assert "list.txt" in page


def test_a_file_of_a_report_is_sent_to_whoever_may_read_the_assignment(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    desk.send("Нечаев", f"/assignments/{made.id}/report", text="Готово", files=web.upload(b"the words", "list.txt"))
    row = AssignmentFile.get()
    answer = web.download(desk.client(HEAD), f"/assignments/{made.id}/files/{row.id}")
    assert answer.data == b"the words"
    assert "attachment" in answer.headers["Content-Disposition"]
    other = desk.office.give("Нечаев")
    desk.get(HEAD, f"/assignments/{other.id}/files/{row.id}", status=404)


def test_the_document_that_was_made_is_found_and_named_in_the_report(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    result = desk.office.order("Об итогах сверки", drafter_id=desk.office.id("Нечаев"))
    found = desk.send("Нечаев", f"/assignments/{made.id}/report", status=200, do="find", q="сверки", text="Не потеряйте").text
    assert f'name="document" value="{result.id}"' in found
    assert "Не потеряйте" in found
    desk.send("Нечаев", f"/assignments/{made.id}/report", text="Готово", document=str(result.id))
    assert AssignmentReport.get().document_id == result.id


@pytest.mark.parametrize("name", ["ask", "report", "extension"])
def test_what_has_to_be_said_is_asked_for(desk: Desk, name: str) -> None:
    made = desk.office.give("Нечаев")
    take(made.id, by=desk.office.actor("Нечаев"), now=NOW, today=TODAY)
    page = desk.send("Нечаев", f"/assignments/{made.id}/{name}", status=422).text
    assert "Fill this in" in page
    assert fresh(made).state == State.IN_WORK


def test_nothing_typed_is_lost_when_somebody_was_first(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    was = made.revision
    take(made.id, by=desk.office.actor("Нечаев"), now=NOW, today=TODAY)

    stale = desk.press("Нечаев", f"/assignments/{made.id}/report", status=409, revision=was, text="Долго писал").text

    assert "Долго писал" in stale
    assert "in work" in words(stale)
    assert f'name="revision" type="hidden" value="{fresh(made).revision}"' in stale
    desk.send("Нечаев", f"/assignments/{made.id}/report", text="Долго писал")
    assert fresh(made).state == State.REPORTED


def test_two_controllers_at_once_do_not_undo_each_other(desk: Desk) -> None:
    made = desk.office.give("Нечаев", controller=CLERK)
    report(made.id, "Готово", by=desk.office.actor("Нечаев"), now=NOW, today=TODAY)
    seen = fresh(made).revision
    desk.press(CLERK, f"/assignments/{made.id}/accept", revision=seen)
    late = desk.press(CLERK, f"/assignments/{made.id}/return", status=409, revision=seen, reason="Не всё сделано").text
    assert "Не всё сделано" in late
    assert 'aria-disabled="true"' in late
    assert fresh(made).state == State.DONE


def test_a_closed_act_leads_back_to_the_card_with_the_reason(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    page = desk.client("Нечаев").get(f"/assignments/{made.id}/cancel", follow_redirects=True).text
    assert "This is decided by" in words(page)
    desk.get("Нечаев", f"/assignments/{made.id}/dance", status=404)


def test_another_deadline_is_asked_for_and_granted_with_another_day(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    card = f"/assignments/{made.id}"
    desk.send("Нечаев", f"{card}/extension", due="2026-04-10", reason="Болеет методист")
    page = words(desk.get(HEAD, f"{card}/grant"))
    assert "Болеет методист" in page
    desk.send(HEAD, f"{card}/grant", due="2026-04-08", reason="Не позже")
    assert fresh(made).due == dt.date(2026, 4, 8)
    shown = words(desk.get("Нечаев", card))
    assert "asked for 10.04.2026" in shown
    assert "Не позже" in shown


def test_who_asks_for_a_day_off_is_told_the_working_day(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    desk.send("Нечаев", f"/assignments/{made.id}/extension", due="2026-04-11", reason="Болеет методист")
    page = words(desk.get(HEAD, f"/assignments/{made.id}/grant"))
    assert "10.04.2026" in page
    client = desk.client("Нечаев")
    desk.press(HEAD, f"/assignments/{made.id}/refuse", revision=fresh(made).revision, reason="Нет")
    told = web.post(client, f"/assignments/{made.id}/extension", revision=fresh(made).revision, due="2026-04-11", reason="Ещё раз")
    assert "is a day off: the deadline falls on" in words(client.get(told.location).text)


def test_who_judges_sees_the_deadline_on_the_first_page(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    report(made.id, "Готово", by=desk.office.actor("Нечаев"), now=NOW, today=TODAY)
    with desk.web.app.test_request_context():
        (group,) = assignment_groups(desk.office.actor(HEAD), TODAY)
    assert [(row.due, row.urgency) for row in group.rows] == [(fresh(made).due, "soon")]


def test_a_refused_deadline_stays(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    ask_extension(made.id, dt.date(2026, 4, 10), "Болеет", by=desk.office.actor("Нечаев"), now=NOW, today=TODAY)
    desk.send(HEAD, f"/assignments/{made.id}/refuse", reason="Срок министерства")
    assert fresh(made).due == dt.date(2026, 4, 3)
    assert "Срок министерства" in desk.get("Нечаев", f"/assignments/{made.id}")


def test_subordinates_that_move_along_are_shown_before(desk: Desk) -> None:
    made = desk.office.give(DEPUTY)
    below = desk.office.give("Нечаев", by=DEPUTY, parent=made)
    page = f"/assignments/{made.id}/due"
    said: dict[str, Any] = {"due": "2026-03-27", "reason": "Раньше", "tree": "1"}

    shown = desk.send(HEAD, page, status=200, **said)

    assert "27.03.2026" in words(shown.text)
    assert fresh(made).due == dt.date(2026, 4, 3), "nothing is moved before it was seen"
    late = desk.office.give("Громова", by=DEPUTY, parent=made)
    anew = desk.press(HEAD, page, status=200, **said, revision=made.revision, seen=hidden(shown.text)["seen"])
    assert fresh(late).due == dt.date(2026, 4, 3), "one more by now: it is shown first, too"
    desk.press(HEAD, page, **said, revision=made.revision, seen=hidden(anew.text)["seen"])
    assert fresh(made).due == fresh(below).due == dt.date(2026, 3, 27)


def test_a_day_off_is_shown_as_the_day_that_it_comes_to(desk: Desk) -> None:
    made = desk.office.give(DEPUTY)
    desk.office.give("Нечаев", by=DEPUTY, parent=made)
    shown = desk.send(HEAD, f"/assignments/{made.id}/due", status=200, due="2026-03-28", reason="Раньше", tree="1")
    assert "03.04.2026 → 27.03.2026" in words(shown.text), "the 28th is a Saturday"


def test_a_corrected_text_is_called_so(desk: Desk) -> None:
    made = desk.office.give(DEPUTY)
    desk.send(HEAD, f"/assignments/{made.id}/correct", text="Другими словами")
    page = words(desk.get(HEAD, f"/assignments/{made.id}"))
    assert "Другими словами" in page
    with desk.web.app.test_request_context(), use_language("en"):
        assert "draft" not in act_words(Act.CORRECTED).done


def test_the_tree_shows_only_what_is_open_to_the_reader(desk: Desk) -> None:
    made = desk.office.give(DEPUTY, text="Главное")
    desk.office.give("Нечаев", by=DEPUTY, parent=made, text="Часть работы")
    page = desk.get("Нечаев", f"/assignments/{made.id}")
    assert "Часть работы" in page
    assert 'aria-current="true"' in page


def test_who_left_is_said_and_the_assignment_goes_to_another(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    desk.office.leaves("Нечаев")
    assert "Does not work here any more" in desk.get(HEAD, f"/assignments/{made.id}")
    refused = desk.send(HEAD, f"/assignments/{made.id}/people", status=422, responsible="Никто Н. Н.", reason="Уволен")
    assert "Никто Н. Н." in refused.text
    desk.send(HEAD, f"/assignments/{made.id}/people", responsible="Громова М. И.", reason="Уволен")
    assert fresh(made).responsible_id == desk.office.id("Громова")


def test_a_report_by_the_substitute_names_whose_place_it_was(desk: Desk) -> None:
    made = desk.office.give("Нечаев")
    desk.office.substitute("Нечаев", "Громова")
    desk.send("Громова", f"/assignments/{made.id}/report", text="За него")
    assert "in place of Нечаев" in words(desk.get(HEAD, f"/assignments/{made.id}")).replace("\N{NO-BREAK SPACE}", " ")


def test_hostile_words_are_shown_as_words(desk: Desk) -> None:
    evil = "<script>alert(1)</script>"
    made = desk.office.give("Нечаев", text=evil)
    files = [ReportFile(b"x", "a<b>.txt")]
    report(made.id, evil, files=files, store=desk.web.app.extensions["roadmapdocs"].store, by=desk.office.actor("Нечаев"), now=NOW, today=TODAY)
    for address in (f"/assignments/{made.id}", "/assignments/?tab=given", f"/assignments/{made.id}/return"):
        page = desk.get(HEAD, address)
        assert evil not in page
        assert "&lt;script&gt;" in page
