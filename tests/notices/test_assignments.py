"""Whom assignments tell what: on both databases, by the operations that people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.assignments.executing import ask, explain, recall, report, take
from roadmapdocs.assignments.extensions import ask_extension, grant, move_due, refuse, withdraw
from roadmapdocs.assignments.judging import accept, cancel, remove, reopen, send_back
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.operations import confirm_draft, correct, drop_draft, give
from roadmapdocs.assignments.people import reassign
from roadmapdocs.documents.models import Document
from roadmapdocs.hooks import series_ended
from roadmapdocs.installation import ZONE
from roadmapdocs.notices import assignment_reminders
from roadmapdocs.notices import assignments as telling
from roadmapdocs.notices.models import Notice
from roadmapdocs.notices.words import CODES, say
from roadmapdocs.workdays.operations import calendar
from tests.assignments.office import FRIDAY, Office, make_office
from tests.conftest import NOW, TODAY
from tests.notices.conftest import MOSCOW

WHEN = {"now": NOW, "today": TODAY}
#: Who carries out, helps, judges and gives in these tests.
EXECUTOR, HELPER, CONTROLLER, AUTHOR = "Нечаев", "Громова", "Исаев", "Ветрова"


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    telling.listen()
    ZONE.set(MOSCOW)
    yield make_office()
    ZONE.set(dt.UTC)


@pytest.fixture
def given(office: Office) -> Assignment:
    return office.give(EXECUTOR, executors=[HELPER], controller=CONTROLLER)


def told(office: Office, surname: str) -> list[str]:
    """Codes of what somebody was told and has not read, in order, without the word that all of them begin with."""
    mine = (Notice.employee == office.people[surname]) & Notice.read_at.is_null()
    return [notice.code.removeprefix("assignment_") for notice in Notice.select().where(mine).order_by(Notice.id)]


def clear() -> None:
    """What was told so far is not what the test is about."""
    Notice.update(read_at=NOW).execute()


def last(office: Office, surname: str) -> Notice:
    return Notice.select().where(Notice.employee == office.people[surname]).order_by(Notice.id.desc()).get()


def reported(office: Office, assignment: Assignment, text: str = "Сделано.") -> None:
    report(assignment.id, text, by=office.actor(EXECUTOR), **WHEN)


def test_what_is_given_is_told_to_those_who_do_and_watch_it_and_not_to_who_gave_it(office: Office, given: Assignment) -> None:
    assert {name: told(office, name) for name in (EXECUTOR, HELPER, CONTROLLER, AUTHOR)} == {
        EXECUTOR: ["given"], HELPER: ["given"], CONTROLLER: ["controlled"], AUTHOR: [],
    }  # fmt: skip
    assert (last(office, EXECUTOR).due, last(office, EXECUTOR).path) == (FRIDAY, f"/assignments/{given.id}")
    assert last(office, HELPER).due == FRIDAY - dt.timedelta(days=1), "co-executors a working day earlier"


def test_who_stands_in_is_told_for_whom(office: Office) -> None:
    office.substitute(EXECUTOR, "Ярцева")
    office.substitute(EXECUTOR, "Дёмина", kinds=["protocol"])
    office.give(EXECUTOR)
    assert (told(office, "Ярцева"), told(office, "Дёмина")) == (["given"], []), "a stead for one kind is none here"
    assert last(office, "Ярцева").about["absent"].startswith(EXECUTOR)
    office.give(EXECUTOR, document=office.order())
    assert (told(office, "Ярцева"), told(office, "Дёмина")) == (["given"] * 2, [])


def test_a_resolution_is_asked_of_its_author_and_then_given(office: Office) -> None:
    draft = office.give(EXECUTOR, by="Лукина", author=AUTHOR)
    assert (told(office, AUTHOR), told(office, EXECUTOR)) == (["drafted"], [])
    confirm_draft(draft.id, by=office.actor(AUTHOR), **WHEN)
    assert (told(office, AUTHOR), told(office, EXECUTOR)) == ([], ["given"])


def test_a_dropped_draft_is_told_to_who_prepared_it_alone(office: Office) -> None:
    draft = office.give(EXECUTOR, by="Лукина", author=AUTHOR)
    drop_draft(draft.id, reason="не надо", by=office.actor(AUTHOR), **WHEN)
    assert (told(office, "Лукина"), told(office, EXECUTOR), told(office, AUTHOR)) == (["cancelled"], [], [])
    assert last(office, "Лукина").about["note"] == "не надо"


def test_questions_go_to_the_author_and_answers_to_who_asked(office: Office, given: Assignment) -> None:
    ask(given.id, "Каких книг?", by=office.actor(EXECUTOR), **WHEN)
    assert (told(office, AUTHOR), told(office, EXECUTOR)) == (["asked"], [])
    assert last(office, AUTHOR).about["note"] == "Каких книг?"
    explain(given.id, "Детских.", by=office.actor(AUTHOR), **WHEN)
    assert (told(office, AUTHOR), told(office, EXECUTOR)) == ([], ["explained"])
    assert last(office, EXECUTOR).about["note"] == "Детских."


def test_taking_it_ends_the_request_and_is_no_news(office: Office, given: Assignment) -> None:
    take(given.id, by=office.actor(EXECUTOR), **WHEN)
    assert (told(office, EXECUTOR), told(office, HELPER), told(office, AUTHOR)) == ([], ["given"], [])


def test_a_report_goes_to_the_judge_and_its_fate_to_the_executor(office: Office, given: Assignment) -> None:
    clear()
    reported(office, given, "Список готов.")
    assert (told(office, CONTROLLER), told(office, AUTHOR)) == (["reported"], [])
    assert last(office, CONTROLLER).about["note"] == "Список готов."
    send_back(given.id, "нет цен", by=office.actor(CONTROLLER), **WHEN)
    assert (told(office, CONTROLLER), told(office, EXECUTOR)) == ([], ["returned"])
    reported(office, given)
    accept(given.id, by=office.actor(CONTROLLER), **WHEN)
    assert {name: told(office, name) for name in (EXECUTOR, HELPER, CONTROLLER, AUTHOR)} == {
        EXECUTOR: ["accepted"], HELPER: ["accepted"], CONTROLLER: [], AUTHOR: ["accepted"],
    }  # fmt: skip


def test_without_a_controller_who_works_here_the_author_judges(office: Office, given: Assignment) -> None:
    office.leaves(CONTROLLER)
    reported(office, given)
    assert told(office, AUTHOR) == ["reported"]


def test_who_wrote_the_report_in_anothers_place_is_not_asked_to_judge_it(office: Office, given: Assignment) -> None:
    office.substitute(EXECUTOR, CONTROLLER)
    clear()
    report(given.id, "Сделано.", by=office.actor(CONTROLLER), **WHEN)
    assert (told(office, CONTROLLER), told(office, AUTHOR)) == ([], ["reported"])


def test_without_the_author_the_controller_is_asked(office: Office, given: Assignment) -> None:
    office.leaves(AUTHOR)
    clear()
    ask(given.id, "Каких книг?", by=office.actor(EXECUTOR), **WHEN)
    ask_extension(given.id, dt.date(2026, 4, 10), "Болеет", by=office.actor(EXECUTOR), **WHEN)
    assert told(office, CONTROLLER) == ["asked", "extension_asked"]


def test_a_report_that_is_taken_back_is_not_asked_to_be_judged(office: Office, given: Assignment) -> None:
    clear()
    reported(office, given)
    recall(given.id, by=office.actor(EXECUTOR), **WHEN)
    assert told(office, CONTROLLER) == []


@pytest.mark.parametrize(
    ("act", "code"),
    [(remove, "removed"), (cancel, "cancelled")],
)
def test_the_end_is_told_to_all_others_and_asks_nobody(office: Office, given: Assignment, act: object, code: str) -> None:
    act(given.id, "передумали", by=office.actor(AUTHOR), **WHEN)  # type: ignore[operator]  # either of the two
    assert {name: told(office, name) for name in (EXECUTOR, HELPER, CONTROLLER, AUTHOR)} == {
        EXECUTOR: [code], HELPER: [code], CONTROLLER: ["controlled", code], AUTHOR: [],
    }  # fmt: skip


def test_reopening_is_told_to_the_executor(office: Office, given: Assignment) -> None:
    reported(office, given)
    accept(given.id, by=office.actor(CONTROLLER), **WHEN)
    clear()
    reopen(given.id, "неполно", by=office.actor(CONTROLLER), **WHEN)
    assert (told(office, EXECUTOR), told(office, HELPER)) == (["reopened"], [])


def test_an_extension_is_asked_of_the_author_and_its_answer_told(office: Office, given: Assignment) -> None:
    clear()
    wanted = dt.date(2026, 4, 10)
    ask_extension(given.id, wanted, "болезнь", by=office.actor(EXECUTOR), **WHEN)
    assert (told(office, AUTHOR), last(office, AUTHOR).due) == (["extension_asked"], wanted)
    refuse(given.id, "успеете", by=office.actor(AUTHOR), **WHEN)
    assert (told(office, AUTHOR), told(office, EXECUTOR)) == ([], ["extension_refused"])
    ask_extension(given.id, wanted, "болезнь", by=office.actor(EXECUTOR), **WHEN)
    withdraw(given.id, by=office.actor(EXECUTOR), **WHEN)
    assert told(office, AUTHOR) == []
    ask_extension(given.id, wanted, "болезнь", by=office.actor(EXECUTOR), **WHEN)
    grant(given.id, by=office.actor(AUTHOR), **WHEN)
    assert (told(office, AUTHOR), told(office, CONTROLLER)) == ([], ["due_moved"])
    assert (last(office, EXECUTOR).due, last(office, HELPER).due) == (wanted, dt.date(2026, 4, 9))


def test_a_moved_deadline_and_other_words_are_news(office: Office, given: Assignment) -> None:
    clear()
    move_due(given.id, dt.date(2026, 4, 10), "перенос", by=office.actor(AUTHOR), **WHEN)
    correct(given.id, text="Подготовить список книг и журналов", by=office.actor(AUTHOR), **WHEN)
    assert told(office, EXECUTOR) == told(office, HELPER) == ["due_moved", "corrected"]


def test_another_executor_has_it_and_the_old_one_no_more(office: Office, given: Assignment) -> None:
    reassign([given.id], responsible=office.id("Ярцева"), reason="отпуск", by=office.actor(AUTHOR), **WHEN)
    assert (told(office, EXECUTOR), told(office, "Ярцева"), told(office, HELPER)) == (
        ["taken_off"], ["given"], ["given", "reassigned"],
    )  # fmt: skip


def test_the_end_of_a_series_is_told_to_its_author(office: Office, given: Assignment) -> None:
    class Series:
        id, made_by_employee_id = 3, office.id("Лукина")

    series_ended.send(Series(), last=given, now=NOW)
    series_ended.send(Series(), last=given, now=NOW)
    assert told(office, AUTHOR) == ["series_ended"]


def test_when_its_author_has_left_who_set_the_series_up_hears_of_its_end(office: Office, given: Assignment) -> None:
    class Series:
        id, made_by_employee_id = 3, office.id("Лукина")

    office.leaves(AUTHOR)
    series_ended.send(Series(), last=given, now=NOW)
    assert (told(office, AUTHOR), told(office, "Лукина")) == ([], ["series_ended"])


def remind_on(*day: int) -> None:
    today = dt.date(*day)
    now = dt.datetime(*day, 6, tzinfo=dt.UTC)  # type: ignore[misc]  # three numbers
    assignment_reminders.remind(now=now, today=today, calendar=calendar(), escalate_after=2)


def test_deadlines_are_told_before_and_after_each_once(office: Office, given: Assignment) -> None:
    clear()
    for _time in range(2):
        remind_on(2026, 4, 1)
        assert (told(office, EXECUTOR), told(office, HELPER)) == ([], ["soon"])
    clear()
    remind_on(2026, 4, 2)
    assert (told(office, EXECUTOR), told(office, HELPER)) == (["soon"], [])
    remind_on(2026, 4, 3)
    assert (told(office, EXECUTOR), told(office, HELPER)) == (["soon"], ["late"])
    clear()
    remind_on(2026, 4, 4)
    assert told(office, EXECUTOR) == [], "nobody is told on a Saturday"
    for _time in range(2):
        remind_on(2026, 4, 6)
    assert (told(office, EXECUTOR), told(office, CONTROLLER), told(office, HELPER)) == (["late"], ["late_of"], [])
    remind_on(2026, 4, 7)
    assert (told(office, EXECUTOR), told(office, CONTROLLER)) == (["late"] * 2, ["late_of"])
    assert told(office, AUTHOR) == ["escalated"], "the head of the executor"
    assert (last(office, AUTHOR).about["days"], last(office, AUTHOR).about["text"]) == (2, "")


def test_a_deadline_that_was_moved_is_told_anew_and_one_that_is_kept_no_more(office: Office, given: Assignment) -> None:
    remind_on(2026, 4, 6)
    move_due(given.id, dt.date(2026, 4, 10), "перенос", by=office.actor(AUTHOR), **WHEN)
    clear()
    remind_on(2026, 4, 13)
    assert (told(office, EXECUTOR), told(office, CONTROLLER)) == (["late"], ["late_of"])
    reported(office, given)
    clear()
    remind_on(2026, 4, 14)
    assert told(office, EXECUTOR) == []


def test_who_is_late_for_long_is_told_seldom(office: Office, given: Assignment) -> None:
    clear()
    for day in range(18, 26):
        remind_on(2026, 5, day)
    assert len(told(office, EXECUTOR)) == 1


def test_two_hundred_at_once_are_told(office: Office) -> None:
    give([office.plan(EXECUTOR, text=f"Дело {number}") for number in range(200)], by=office.actor(AUTHOR), **WHEN)
    assert Notice.select().where(Notice.employee == office.people[EXECUTOR]).count() == 200


def test_every_notice_has_its_sentence(office: Office, given: Assignment) -> None:
    codes = sorted(code for code in CODES if code.startswith("assignment_"))
    about = {"text": given.text, "without_document": True, "who": "Нечаев", "days": 2, "absent": ""}
    sentences = {say(code, about, due=FRIDAY, document=None).headline for code in codes}
    assert len(codes) > 20
    assert all(given.text in sentence or "Нечаев" in sentence for sentence in sentences)
    assert {say(code, {**about, "absent": "Соболев"}, due=None, document=None).headline for code in codes}


@pytest.mark.parametrize(("mark", "outside", "shown"), [(Mark.GENERAL, True, True), (Mark.OFFICIAL, True, False), (Mark.OFFICIAL, False, True)])
def test_the_words_of_a_marked_document_do_not_leave_the_house(office: Office, mark: Mark, outside: bool, shown: bool) -> None:
    order = office.order("О проверке Лукиной")
    Document.update(mark=str(mark)).where(Document.id == order.id).execute()
    given = office.give(EXECUTOR, document=order, text="Проверить Лукину")
    notice = last(office, EXECUTOR)
    said = say(notice.code, notice.about, due=notice.due, document=Document.get_by_id(given.document_id), outside=outside)
    assert ("Проверить Лукину" in said.headline) is shown
    assert "проверке" not in said.headline or shown


def test_of_a_document_that_is_not_open_to_the_reader_nothing_is_said(office: Office) -> None:
    office.give(EXECUTOR, document=office.order("О проверке"), text="Проверить Лукину")
    notice = last(office, EXECUTOR)
    assert "Лукину" not in say(notice.code, notice.about, due=notice.due, document=None).headline
