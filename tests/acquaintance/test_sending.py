"""Sending a document to be read: whom it asks, what it refuses, and what follows for the document."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.operations import drop, end, outlook, remind_all, send
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.audit.operations import history, verify
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.visibility import may
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.hooks import reading_ended, reading_reminded
from roadmapdocs.people.models import Employee, Post
from roadmapdocs.people.substitution import set_substitution
from tests.acquaintance.office import Office, live, states
from tests.conftest import NOW, TODAY

HOUR = dt.timedelta(hours=1)


def names(sheet: AcquaintanceSheet) -> list[str]:
    return [line.name.split("\N{NO-BREAK SPACE}")[0] for line in sheet.lines.order_by(Acquaintance.place)]


def test_people_units_posts_and_roles_are_one_list_by_name(office: Office) -> None:
    units = (office.units["Отдел кадров"].id,)
    to = Addressees(employees=office.ids("Нечаев"), units=units, posts=("главный бухгалтер",), roles=("executive",))
    sheet = office.send(office.document(), to=to)
    assert names(sheet) == ["Ветрова", "Громова", "Дёмина", "Нечаев"]


def test_a_unit_means_those_below_it_too(office: Office) -> None:
    sheet = office.send(office.document(), to=Addressees(units=(office.units["Управление"].id,)))
    assert len(names(sheet)) == len(office.people)


def test_a_line_keeps_name_post_and_unit_of_the_day_and_the_right_to_read(office: Office) -> None:
    document = office.document(mark=Mark.PERSONAL, mark_basis="Список детей")
    assert not may(document, "read", office.actor("Дёмина"))
    sheet = office.send(document, "Дёмина", days=3)
    line = office.line(document, "Дёмина")
    assert (line.name, line.post, line.unit.name) == ("Дёмина\N{NO-BREAK SPACE}О.\N{NO-BREAK SPACE}С.", "методист", "Отдел кадров")
    assert (line.due, sheet.edition, sheet.sha256) == (dt.date(2026, 3, 19), 1, sheet.version.file.sha256)
    assert may(get_document(document.id), "read", office.actor("Дёмина"))
    assert states(document) == {"": "sent", "Дёмина": "asked"}


def test_the_sender_is_told_beforehand_how_many_get_the_right_to_read(office: Office) -> None:
    document = office.document(mark=Mark.PERSONAL, mark_basis="Список детей")
    to = Addressees(employees=office.ids("Дёмина", "Лукина"))
    told = outlook(document.id, to, by=office.clerk, today=TODAY)
    assert (told.marked, told.new_readers, told.count) == (True, 1, 2)
    office.send(document, to=to)
    told = outlook(document.id, to, by=office.clerk, today=TODAY)
    assert (told.new_readers, told.count, told.asked_already) == (0, 0, 2)
    event = next(one for one in history(document) if one.what == "acquaintance_sent")
    assert (event.effect["asked"], event.effect["new_readers"]) == (2, 1)
    assert "Дёмина" in event.effect["to"]


def test_an_open_document_hands_nobody_a_new_right(office: Office) -> None:
    told = outlook(office.document().id, Addressees(everyone=True), by=office.clerk, today=TODAY)
    assert (told.marked, told.new_readers, told.count) == (False, 0, len(office.people))


def test_more_people_are_asked_by_one_more_sheet_and_nobody_twice(office: Office) -> None:
    document = office.document()
    office.send(document, "Дёмина", "Нечаев")
    second = office.send(document, "Нечаев", "Громова")
    assert names(second) == ["Громова"]
    with pytest.raises(Refusal) as refused:
        office.send(document, "Нечаев")
    assert refused.value.code == "nobody"
    assert live(document).count() == 2


def test_after_everybody_has_read_more_people_can_be_asked(office: Office) -> None:
    office.rule()
    document = office.document()
    office.send(document, "Дёмина")
    office.read(document, "Дёмина")
    assert states(document)[""] == "everyone"
    office.send(document, "Нечаев")
    assert states(document) == {"": "partly", "Дёмина": "confirmed", "Нечаев": "asked"}


def test_who_stands_in_for_an_absent_person_is_asked_too(office: Office) -> None:
    away, stead = office.ids("Нечаев", "Громова")
    days = {"since": TODAY, "until": TODAY + dt.timedelta(days=9)}
    set_substitution(away, [(stead, ())], **days, reason="отпуск", by=office.clerk, now=NOW, today=TODAY)
    document, other = office.document(), office.document()
    office.send(document, "Нечаев")
    assert states(document) == {"": "sent", "Нечаев": "asked", "Громова": "asked"}
    assert office.line(document, "Громова").stands_in_for_id == away
    office.send(other, "Нечаев", "Громова")
    assert office.line(other, "Громова").stands_in_for_id is None
    office.send(third := office.document(), "Нечаев", substitutes=False)
    assert states(third) == {"": "sent", "Нечаев": "asked"}


def test_an_absent_person_without_anybody_is_named_beforehand(office: Office) -> None:
    days = {"since": TODAY, "until": TODAY}
    set_substitution(office.ids("Нечаев")[0], [], **days, reason="отпуск", by=office.clerk, now=NOW, today=TODAY)
    told = outlook(office.document().id, Addressees(everyone=True), by=office.clerk, today=TODAY)
    assert [name[:6] for name in told.absent] == ["Нечаев"]


def test_whoever_has_left_is_never_asked_and_named_beforehand(office: Office) -> None:
    office.leave("Нечаев", TODAY)
    to = Addressees(employees=office.ids("Нечаев", "Громова"), units=(office.units["Отдел кадров"].id,))
    assert [one[:6] for one in outlook(office.document().id, to, by=office.clerk, today=TODAY).left] == ["Нечаев"]
    assert names(office.send(office.document(), to=to)) == ["Громова", "Дёмина"]
    with pytest.raises(Refusal) as refused:
        office.send(office.document(), "Нечаев")
    assert (refused.value.code, "Нечаев" in refused.value.message) == ("nobody", True)


@pytest.mark.parametrize(
    ("card", "code"),
    [({"preparation": Preparation.DRAFT, "number": ""}, "unsigned"), ({}, "no_text")],
)
def test_what_nobody_can_be_asked_to_read_is_refused(office: Office, card: dict[str, object], code: str) -> None:
    document = office.document(**card)
    if code == "no_text":
        document.versions.get().delete_instance()
    with pytest.raises(Refusal) as refused:
        office.send(document, "Дёмина")
    assert refused.value.code == code
    assert not AcquaintanceSheet.select().exists()


@pytest.mark.parametrize(
    ("step", "answers", "code"),
    [("annul", Answers(reason="ошибочно"), "annulled"), ("end", Answers(reason="заменён", date=TODAY), "ended")],
)
def test_what_binds_nobody_any_more_is_not_sent_and_not_read(office: Office, step: str, answers: Answers, code: str) -> None:
    document = office.document()
    office.send(document, "Дёмина", "Нечаев")
    dropped: list[int] = []

    def told(_sheet: AcquaintanceSheet, *, lines: list[int], **_more: object) -> None:
        dropped.extend(lines)

    with reading_ended.connected_to(told):
        perform(document.id, step, answers=answers, by=office.clerk, now=NOW, today=TODAY)
    assert states(document) == {"": "not_required", "Дёмина": "dropped", "Нечаев": "dropped"}
    assert (len(dropped), live(document).count()) == (2, 0)
    with pytest.raises(Refusal) as refused:
        office.send(document, "Громова")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("to", "more", "code"),
    [
        (Addressees(), {}, "addressees"),
        (Addressees(employees=(10**6,)), {}, "addressees"),
        (Addressees(units=(10**6,)), {}, "addressees"),
        (Addressees(posts=("космонавт",)), {}, "nobody"),
        (Addressees(everyone=True), {"due": TODAY - dt.timedelta(1)}, "due"),
        (Addressees(everyone=True), {"due": dt.date(9999, 12, 31)}, "due"),
        (Addressees(everyone=True), {"days": 0}, "days"),
        (Addressees(everyone=True), {"days": 366}, "days"),
    ],
)
def test_bad_input_is_refused_in_words(office: Office, to: Addressees, more: dict[str, object], code: str) -> None:
    document = office.document()
    with pytest.raises(Refusal) as refused:
        send(document.id, to, by=office.clerk, now=NOW, today=TODAY, **more)
    assert refused.value.code == code
    assert states(document) == {"": "not_required"}


def test_the_same_standing_sheet_is_sent_once(office: Office) -> None:
    document = office.document()
    guards, all_here = Addressees(posts=("сторож",)), Addressees(everyone=True)
    for to in (guards, all_here):
        office.send(document, to=to, standing=True)
        with pytest.raises(Refusal) as twice:
            office.send(document, to=to, standing=True)
        assert twice.value.code == "standing"
    assert live(document).count() == 2


def test_days_to_read_are_working_days(office: Office) -> None:
    document = office.document()
    friday = dt.datetime(2026, 3, 6, 9, tzinfo=dt.UTC)
    # Monday the 9th is a day off in 2026: 8 March is a Sunday.
    office.send(document, "Дёмина", days=1, now=friday)
    assert office.line(document, "Дёмина").due == dt.date(2026, 3, 10)


def test_staff_send_nothing_and_coordinators_do(office: Office) -> None:
    document = office.document()
    to = Addressees(everyone=True)
    with pytest.raises(Forbidden):
        send(document.id, to, by=office.actor("Дёмина"), now=NOW, today=TODAY)
    assert send(document.id, to, by=office.actor("Ярцева"), now=NOW, today=TODAY).sent_by.startswith("Ярцева")


def test_what_one_may_not_read_one_does_not_send(office: Office) -> None:
    document = office.document(mark=Mark.PERSONAL, mark_basis="Список детей")
    with pytest.raises(NotFound):
        send(document.id, Addressees(everyone=True), by=office.actor("Ярцева"), now=NOW, today=TODAY)


def test_the_step_on_the_card_needs_people_who_read(office: Office) -> None:
    document = office.document()
    with pytest.raises(Refusal) as refused:
        perform(document.id, "send_to_read", by=office.clerk, now=NOW, today=TODAY)
    assert (refused.value.code, states(document)) == ("addressees", {"": "not_required"})


def test_people_of_one_name_are_told_apart_by_their_ids(office: Office) -> None:
    twin = Employee.create(surname="Нечаев", name="Иван", patronymic="Сергеевич", gender="m")
    Post.create(employee=twin, unit=office.units["Бухгалтерия"], title="кассир", since=dt.date(2024, 1, 1))
    sheet = office.send(office.document(), to=Addressees(posts=("кассир",)))
    assert [(line.employee_id, line.post) for line in sheet.lines] == [(twin.id, "кассир")]


def test_dropping_takes_one_off_and_the_line_follows(office: Office) -> None:
    office.rule()
    document = office.document()
    office.send(document, "Дёмина", "Нечаев")
    office.read(document, "Дёмина")
    line = office.line(document, "Нечаев")
    with pytest.raises(Refusal) as refused:
        drop(line.id, reason="  ", by=office.clerk, now=NOW, today=TODAY)
    assert refused.value.code == "reason"
    drop(line.id, reason="не его дело", by=office.clerk, now=NOW, today=TODAY)
    assert states(document) == {"": "everyone", "Дёмина": "confirmed", "Нечаев": "dropped"}
    with pytest.raises(Conflict) as late:
        drop(line.id, reason="ещё раз", by=office.clerk, now=NOW, today=TODAY)
    assert late.value.code == "decided"
    assert [one.what for one in history(line)] == ["acquaintance_dropped"]
    with pytest.raises(NotFound):
        drop(10**6, reason="нет", by=office.clerk, now=NOW, today=TODAY)


def test_when_the_only_one_is_taken_off_nobody_is_to_read(office: Office) -> None:
    document = office.document()
    office.send(document, "Дёмина")
    drop(office.line(document, "Дёмина").id, reason="не её дело", by=office.clerk, now=NOW, today=TODAY)
    assert states(document)[""] == "not_required"
    office.send(document, "Дёмина")
    assert states(document) == {"": "sent", "Дёмина": "asked"}


def test_a_sheet_that_ends_beside_another_leaves_that_one(office: Office) -> None:
    office.rule()
    document = office.document()
    office.send(document, "Дёмина")
    second = office.send(document, "Нечаев", "Громова")
    office.read(document, "Дёмина")
    end(second.id, reason="послали не тем", by=office.clerk, now=NOW, today=TODAY)
    assert states(document) == {"": "everyone", "Дёмина": "confirmed", "Нечаев": "dropped", "Громова": "dropped"}
    with pytest.raises(Conflict):
        end(second.id, reason="ещё раз", by=office.clerk, now=NOW, today=TODAY)
    with pytest.raises(NotFound):
        end(10**6, reason="нет", by=office.clerk, now=NOW, today=TODAY)


def test_reading_that_is_broken_off_is_not_said_to_be_done(office: Office) -> None:
    office.rule()
    document = office.document()
    sheet = office.send(document, "Дёмина", "Нечаев")
    office.read(document, "Дёмина")
    end(sheet.id, reason="отложено", by=office.clerk, now=NOW, today=TODAY)
    assert states(document) == {"": "not_required", "Дёмина": "confirmed", "Нечаев": "dropped"}
    office.send(document, "Дёмина", "Нечаев")
    assert states(document) == {"": "partly", "Дёмина": "confirmed", "Нечаев": "asked"}


def test_stopping_on_the_card_ends_every_sheet(office: Office) -> None:
    document = office.document()
    office.send(document, "Дёмина")
    office.send(document, "Нечаев")
    perform(document.id, "stop_reading", answers=Answers(reason="отложено"), by=office.clerk, now=NOW, today=TODAY)
    assert (states(document), live(document).count()) == ({"": "not_required", "Дёмина": "dropped", "Нечаев": "dropped"}, 0)
    assert {sheet.ended_why for sheet in AcquaintanceSheet.select()} == {"отложено"}


def test_those_who_have_not_read_are_reminded_but_not_all_the_time(office: Office) -> None:
    office.rule()
    document = office.document()
    office.send(document, "Дёмина", "Нечаев", "Громова")
    office.read(document, "Дёмина")
    reminded: list[int] = []

    def told(_sheet: AcquaintanceSheet, *, employees: list[int], **_more: object) -> None:
        reminded.extend(employees)

    with reading_reminded.connected_to(told):
        assert remind_all(document.id, by=office.clerk, now=NOW) == 2
    assert sorted(reminded) == sorted(office.ids("Нечаев", "Громова"))
    with pytest.raises(Refusal) as refused:
        remind_all(document.id, by=office.clerk, now=NOW + HOUR / 2)
    assert refused.value.code == "reminded"
    assert remind_all(document.id, by=office.clerk, now=NOW + HOUR) == 2
    assert verify() is None


def test_where_nobody_is_waited_for_nobody_is_reminded(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        remind_all(office.document().id, by=office.clerk, now=NOW)
    assert refused.value.code == "nobody"
