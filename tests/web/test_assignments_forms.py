"""Assignments are written: by hand, under another one, as a resolution, by the points of an order; heads confirm."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.assignments.models import Assignment, AssignmentPerson, AssignmentSeries
from roadmapdocs.assignments.words import Part, State
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.versions import add_version
from roadmapdocs.people.rules import SYSTEM
from tests.assignments.office import CLERK, DEPUTY, HEAD, fresh, make_office
from tests.conftest import NOW, TODAY
from tests.web import office as web
from tests.web.assignment_desk import FRIDAY, Desk, hidden, words

NEW = "/assignments/new"
SAID = {"text": "Сверить списки", "responsible": "Нечаев М. И.", "author": "Ветрова М. И.", "kind": "date", "date": FRIDAY}


@pytest.fixture
def desk(sqlite_address: str, tmp_path: Path) -> Iterator[Desk]:
    with web.office_on(sqlite_address, tmp_path) as opened:
        yield Desk(make_office(), opened)


def give(desk: Desk, surname: str, address: str = NEW, **fields: object) -> Assignment:
    """See the day first, then press once more."""
    client = desk.client(surname)
    token = web.token(client)
    shown = client.post(address, data={"csrf_token": token, **SAID, **fields, "do": "check"})
    assert shown.status_code == 200, words(shown.text)
    seen = hidden(shown.text)["seen"]
    answer = client.post(address, data={"csrf_token": token, **SAID, **fields, "do": "give", "seen": seen})
    assert answer.status_code == 302, words(answer.text)
    made: Assignment = Assignment.select().order_by(Assignment.id.desc()).get()
    return made


def test_the_day_is_shown_before_anything_is_kept(desk: Desk) -> None:
    shown = desk.press(HEAD, NEW, status=200, **SAID, do="give").text
    assert "Due: 03.04.2026" in words(shown)
    assert "Сверить списки" in shown
    assert not Assignment.select().exists()

    made = give(desk, HEAD)

    assert (made.state, made.due, made.text) == (State.NEW, dt.date(2026, 4, 3), "Сверить списки")


def test_another_day_is_shown_anew_before_it_is_kept(desk: Desk) -> None:
    seen = hidden(desk.press(HEAD, NEW, status=200, **SAID).text)["seen"]
    shown = desk.press(HEAD, NEW, status=200, **{**SAID, "date": "2026-04-10", "do": "give", "seen": seen}).text
    assert "Due: 10.04.2026" in words(shown)
    assert not Assignment.select().exists()


def test_a_deadline_on_a_day_off_and_the_day_of_those_who_help_are_explained(desk: Desk) -> None:
    fields = {**SAID, "date": "2026-04-04", "executor": ["Громова М. И.", "Ярцева М. И."]}
    shown = words(desk.press(HEAD, NEW, status=200, **fields).text)
    assert "is a day off" in shown
    assert "Due: 03.04.2026" in shown
    assert "one working day earlier, 02.04.2026" in shown
    made = give(desk, HEAD, date="2026-04-04", executor=["Громова М. И.", "Ярцева М. И."])
    people = AssignmentPerson.select().where((AssignmentPerson.assignment == made) & (AssignmentPerson.part == Part.EXECUTOR))
    assert [row.employee_id for row in people.order_by(AssignmentPerson.position)] == [desk.office.id("Громова"), desk.office.id("Ярцева")]


WRONG: list[tuple[dict[str, str], str]] = [
    ({"text": ""}, "Write what has to be done"),
    ({"text": "я" * 10_001}, "Say it shorter"),
    ({"responsible": ""}, "Name who is responsible"),
    ({"responsible": "Никто Н. Н."}, "Никто Н. Н."),
    ({"executor": "Никто Н. Н."}, "Никто Н. Н."),
    ({"date": "31.02.2026"}, "is no day"),
    ({"date": ""}, "Name the day"),
    ({"date": "2026-03-02"}, "past"),
    ({"kind": "never"}, "Say until when"),
    ({"kind": "days", "count": "0"}, "Say how many days"),
    ({"kind": "days", "count": "9999"}, "A whole number"),
    ({"kind": "dates", "dates": "x, 15.04.2026"}, "is no day"),
    ({"kind": "dates"}, "at least one day"),
    ({"kind": "periodic", "recurrence": "whenever"}, "Choose one of the list"),
]


def test_what_is_not_right_is_said_beside_its_field_and_stays(desk: Desk) -> None:
    """One table in one office: making an office costs more than asking it."""
    client = desk.client(HEAD)
    token = web.token(client)
    for fields, told in WRONG:
        answer = client.post(NEW, data={"csrf_token": token, **SAID, **fields})
        assert (answer.status_code, told in words(answer.text)) == (422, True), fields
        assert 'value="Ветрова М. И."' in answer.text
    assert not Assignment.select().exists()


COUNTED: list[tuple[dict[str, str], dt.date | None]] = [
    ({"kind": "urgent"}, dt.date(2026, 3, 19)),
    ({"kind": "prompt"}, dt.date(2026, 3, 26)),
    ({"kind": "month"}, dt.date(2026, 4, 16)),
    ({"kind": "working_days", "count": "5"}, dt.date(2026, 3, 23)),
    ({"kind": "open"}, None),
]


def test_a_deadline_is_counted_from_today_by_the_way_it_was_said(desk: Desk) -> None:
    assert [give(desk, HEAD, **fields).due for fields, _due in COUNTED] == [due for _fields, due in COUNTED]


def test_what_recurs_becomes_a_series_that_is_ended_with_a_reason(desk: Desk) -> None:
    made = give(desk, HEAD, kind="periodic", recurrence="monthly", anchor="20", until="2026-08-31")
    assert made.due == dt.date(2026, 3, 20)
    card = f"/assignments/{made.id}"
    assert "Every month" in words(desk.get(HEAD, card))
    ended = f"/assignments/series/{made.series_id}/end"
    desk.press("Громова", ended, status=404, reason="Не моё")
    desk.press("Нечаев", ended, status=404, reason="Не хочу")
    assert ended not in desk.get("Нечаев", card)
    assert AssignmentSeries.get_by_id(made.series_id).ended_at is None
    desk.press(HEAD, ended, reason="Больше не нужно", back=str(made.id))
    assert AssignmentSeries.get_by_id(made.series_id).ended_why == "Больше не нужно"
    assert "Больше не нужно" in desk.get(HEAD, card)


def test_who_may_not_assign_has_no_form(desk: Desk) -> None:
    order = desk.office.order(drafter_id=desk.office.id("Нечаев"))
    for address in (NEW, f"/documents/{order.id}/assignments/new", f"/documents/{order.id}/assignments/propose"):
        desk.get("Нечаев", address, status=403)


def test_a_document_that_is_not_open_has_no_form_at_all(desk: Desk) -> None:
    for end in ("new", "propose", ""):
        desk.get(CLERK, f"/documents/999/assignments/{end}", status=404)


def test_a_resolution_of_the_signer_is_given_at_once_and_another_authors_waits(desk: Desk) -> None:
    order = desk.office.order()
    address = f"/documents/{order.id}/assignments/new"
    assert 'value="Ветрова М. И."' in desk.get(CLERK, address), "the author is who signed"
    at_once = give(desk, CLERK, address, controller="Лукина М. И.")
    waits = give(desk, CLERK, NEW)
    assert (at_once.state, at_once.document_id) == (State.NEW, order.id)
    assert waits.state == State.DRAFT


def test_a_responsible_person_gives_a_part_of_the_work_with_its_deadline(desk: Desk) -> None:
    made = desk.office.give(DEPUTY)
    address = f"/assignments/{made.id}/new"
    assert f'value="{FRIDAY}"' in desk.get(DEPUTY, address)
    below = give(desk, DEPUTY, address, author="Соболев М. И.")
    assert below.parent_id == made.id


def test_the_head_confirms_a_draft_with_one_press(desk: Desk) -> None:
    draft = give(desk, CLERK, NEW)
    page = f"/assignments/{draft.id}/confirm"
    assert "Сверить списки" in desk.get(HEAD, page)
    desk.get("Нечаев", page, status=404)
    assert 'value="confirm"' not in desk.get(CLERK, page), "who prepared it does not confirm it"
    desk.press(HEAD, page, do="confirm", revision=draft.revision)
    assert fresh(draft).state == State.NEW
    assert desk.client(HEAD).get(page).status_code == 302, "what is confirmed is read on its card"
    again = desk.press(HEAD, page, status=409, do="confirm", revision=draft.revision).text
    assert "no draft any more" in again


def test_the_day_that_the_head_sees_is_the_day_that_is_given(desk: Desk) -> None:
    """«Срочно» runs from the day on which the head says it, not from that on which the clerk prepared it."""
    draft = give(desk, CLERK, NEW, kind="urgent")
    Assignment.update(made_at=NOW - dt.timedelta(1), counted_from=TODAY - dt.timedelta(1), due=TODAY + dt.timedelta(2)).where(
        Assignment.id == draft.id
    ).execute()
    page = f"/assignments/{draft.id}/confirm"

    shown = words(desk.get(HEAD, page))
    desk.press(HEAD, page, do="confirm", revision=draft.revision)

    assert fresh(draft).due == TODAY + dt.timedelta(3)
    assert f"Due: {TODAY + dt.timedelta(3):%d.%m.%Y}" in shown


def test_too_many_who_help_and_too_long_lists_of_days_are_said_and_not_cut(desk: Desk) -> None:
    many = [f"Человек{number} Н. Н." for number in range(101)]
    page = desk.press(HEAD, NEW, status=422, **SAID, executor=many).text
    assert "At most 100 co-executors fit" in words(page)
    assert "Человек100 Н. Н." in page
    days = ", ".join((TODAY + dt.timedelta(number)).strftime("%d.%m.%Y") for number in range(367))
    page = words(desk.press(HEAD, NEW, status=422, **{**SAID, "kind": "dates", "dates": days}).text)
    assert "There are 367 days in the list" in page


def test_a_draft_is_dropped_with_a_reason(desk: Desk) -> None:
    draft = give(desk, CLERK, NEW)
    page = f"/assignments/{draft.id}/confirm"
    desk.press(HEAD, page, status=422, do="drop", revision=draft.revision)
    desk.press(HEAD, page, do="drop", revision=draft.revision, reason="Сделаем иначе")
    assert fresh(draft).state == State.CANCELLED
    assert "Сделаем иначе" in desk.get(CLERK, f"/assignments/{draft.id}")


def test_a_draft_is_written_anew_and_its_author_stays(desk: Desk) -> None:
    draft = give(desk, CLERK, NEW)
    address = f"/assignments/{draft.id}/edit"
    client = desk.client(HEAD)
    fields = {**SAID, "text": "Сверить и подписать", "csrf_token": web.token(client), "author": "Лукина М. И."}
    shown = client.post(address, data=fields)
    kept = hidden(shown.text)
    client.post(address, data={**fields, **kept, "do": "give"})
    assert (fresh(draft).text, fresh(draft).author_id) == ("Сверить и подписать", desk.office.id(HEAD))
    stale = client.post(address, data={**fields, **kept, "text": "Опоздал", "do": "give"})
    assert stale.status_code == 409
    assert "Опоздал" in stale.text


def ordered(desk: Desk, *points: str) -> Document:
    """A registered order with these points as its text."""
    order = desk.office.order()
    text = "\n".join(["О летнем чтении", "ПРИКАЗЫВАЮ:", *points])
    store = desk.web.app.extensions["roadmapdocs"].store
    add_version(order, text.encode(), "приказ.txt", store=store, by=SYSTEM, now=NOW)
    return order


POINTS = (
    "1. Утвердить план летнего чтения.",
    "2. Громовой М.И. подготовить списки книг в срок до 03.04.2026.",
    "3. Дёминой М.И. проверить договоры до 01.03.2026.",
    "4. Контроль за исполнением приказа оставляю за собой.",
)


def proposed(page: str) -> dict[str, str]:
    """All fields of the form as they stand on the page: what a browser would send."""
    found = hidden(page)
    for name, value in re.findall(r'<input class="rd-input"[^>]*name="([^"]*)" value="([^"]*)"', page):
        found.setdefault(name, value)
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', page):
        found[name] = text
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    for name in re.findall(r'name="([^"]*-tick)" value="1" checked', page):
        found[name] = "1"
    return found


def test_points_are_proposed_with_their_words_and_given_by_one_press(desk: Desk) -> None:
    order = ordered(desk, *POINTS)
    address = f"/documents/{order.id}/assignments/propose"
    page = desk.get(CLERK, address)
    fields = proposed(page)
    assert "подготовить списки книг в срок до 03.04.2026" in words(page).replace("\N{NO-BREAK SPACE}", " ")
    assert "0-tick" not in fields, "what needs no execution is not ticked"
    assert fields["1-tick"] == fields["2-tick"] == "1"
    assert fields["1-responsible"] == "Громова М. И."
    assert not Assignment.select().exists(), "nothing is given by the program itself"

    client = desk.client(CLERK)
    fields |= {"controller": "Лукина М. И.", "do": "give", "csrf_token": web.token(client)}
    held = client.post(address, data=fields)
    assert held.status_code == 422
    assert "The day has gone by" in held.text, "a day gone by is confirmed first"
    answer = client.post(address, data={**fields, "2-past": "1"})

    assert answer.status_code == 302, words(answer.text)
    given = list(Assignment.select().order_by(Assignment.id))
    assert all(one.on_control and one.auto_close for one in given)
    assert [(one.point, one.state, one.author_id) for one in given] == [
        ("2", State.NEW, desk.office.id(HEAD)), ("3", State.NEW, desk.office.id(HEAD))
    ]
    again = proposed(desk.get(CLERK, address))
    assert "1-tick" not in again, "what is given already is not offered twice"


def test_what_another_has_given_by_a_point_is_not_given_twice(desk: Desk) -> None:
    address = f"/documents/{ordered(desk, *POINTS).id}/assignments/propose"
    client = desk.client(CLERK)
    fields = proposed(client.get(address).text) | {"controller": "Лукина М. И.", "do": "give", "2-past": "1", "csrf_token": web.token(client)}
    assert client.post(address, data=fields).status_code == 302

    second = client.post(address, data={**fields, "1-text": "Своими словами"})

    assert second.status_code == 409
    assert "given assignments by some of these points meanwhile" in second.text
    assert "Своими словами" in second.text
    assert Assignment.select().count() == 2


def test_a_closed_form_leads_back_to_the_card_before_it_is_filled_in(desk: Desk) -> None:
    made = desk.office.give(DEPUTY, executors=["Громова"])
    draft = desk.office.give(DEPUTY, by=CLERK, author=HEAD)
    for surname, address in (("Громова", f"/assignments/{made.id}/new"), ("Исаев", f"/assignments/{draft.id}/edit")):
        answer = desk.client(surname).get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, address.rpartition("/")[0])
    assert "Соболев М. И. does this" in words(desk.client("Громова").get(f"/assignments/{made.id}/new", follow_redirects=True).text)


def test_a_text_that_changed_meanwhile_is_looked_at_once_more(desk: Desk) -> None:
    order = ordered(desk, *POINTS)
    address = f"/documents/{order.id}/assignments/propose"
    client = desk.client(CLERK)
    fields = proposed(client.get(address).text) | {"csrf_token": web.token(client), "do": "give", "text_key": "old"}
    answer = client.post(address, data={**fields, "1-text": "Своими словами"})
    assert answer.status_code == 409
    assert "Своими словами" in answer.text
    assert not Assignment.select().exists()


def test_nothing_ticked_gives_nothing(desk: Desk) -> None:
    order = ordered(desk, *POINTS)
    address = f"/documents/{order.id}/assignments/propose"
    client = desk.client(CLERK)
    fields = {name: value for name, value in proposed(client.get(address).text).items() if not name.endswith("tick")}
    answer = client.post(address, data={**fields, "csrf_token": web.token(client), "do": "give"})
    assert answer.status_code == 422
    assert "Nothing is ticked" in answer.text


def test_a_document_without_a_text_says_why_nothing_is_proposed(desk: Desk) -> None:
    order = desk.office.order()
    page = desk.get(CLERK, f"/documents/{order.id}/assignments/propose")
    assert "No points were found" in page
    assert f"/documents/{order.id}/assignments/new" in page


assert TODAY.weekday() == 0, "the days of the deadlines above are counted from a Monday"


def test_a_part_due_after_the_whole_is_told_at_once(desk: Desk) -> None:
    made = desk.office.give(DEPUTY)
    page = f"/assignments/{made.id}/new"
    late = {**SAID, "author": "Соболев М. И.", "date": "2026-04-10"}
    for pressed in ({}, {"do": "give", "seen": "date|2026-04-10"}):
        answer = desk.press(DEPUTY, page, status=422, **late, **pressed)
        assert "is due on 03.04.2026: ask to extend that one" in words(answer.text)
        assert 'id="due-error"' in answer.text
    desk.press(DEPUTY, page, status=200, **{**late, "date": FRIDAY})
