"""New editions ask anew, standing sheets ask those who come, and nobody who left is waited for."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.acquaintance.listening import listen
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.newcomers import ask_newcomers
from roadmapdocs.acquaintance.operations import drop
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.models import Employee, Post, Unit
from roadmapdocs.people.substitution import set_substitution
from tests.acquaintance.office import Office, live, states
from tests.conftest import NOW, TODAY

DAY = dt.timedelta(1)


def come(office: Office, surname: str, unit: str = "Отдел кадров", since: dt.date = TODAY) -> Employee:
    made = Employee.create(surname=surname, name="Анна", patronymic="Петровна", gender="f")
    office.people[surname] = made
    Post.create(employee=made, unit=office.units[unit], title="методист", since=since)
    return made


def standing(office: Office, document: Document, days: int | None = 3) -> AcquaintanceSheet:
    to = Addressees(units=(office.units["Отдел кадров"].id,), posts=("методист",))
    return office.send(document, to=to, standing=True, days=days)


def test_a_new_edition_asks_the_same_people_anew(office: Office) -> None:
    office.rule()
    document = office.document()
    first = office.send(document, "Дёмина", "Нечаев", "Громова", note="К пятнице")
    office.read(document, "Дёмина")
    office.leave("Громова", TODAY)
    office.text(document, edition=2)
    (sheet,) = live(document)
    assert (sheet.edition, sheet.previous_id, sheet.note, sheet.sent_by) == (2, first.id, "К пятнице", first.sent_by)
    assert AcquaintanceSheet.get_by_id(first.id).ended_why == "edition"
    assert {line.employee.surname: line.state for line in first.lines} == {
        "Дёмина": "confirmed",
        "Нечаев": "replaced",
        "Громова": "replaced",
    }
    assert {line.employee.surname: line.state for line in sheet.lines} == {"Дёмина": "asked", "Нечаев": "asked"}
    assert states(document)[""] == "sent"
    steps = [one.effect["transition"] for one in history(document) if one.what == "document_moved"]
    assert steps[0] == "edition_anew"


def test_an_edition_of_a_document_that_nobody_reads_asks_nobody(office: Office) -> None:
    document = office.document()
    office.text(document, edition=2)
    assert (states(document), AcquaintanceSheet.select().count()) == ({"": "not_required"}, 0)


def test_the_term_is_as_many_working_days_as_before(office: Office) -> None:
    document = office.document()
    office.send(document, "Дёмина", due=dt.date(2026, 3, 18))
    much_later = NOW + dt.timedelta(days=28)
    office.text(document, edition=2, now=much_later)
    assert office.line(document, "Дёмина").due == dt.date(2026, 4, 15)


def test_the_stead_of_somebody_back_at_work_is_not_asked_anew(office: Office) -> None:
    away, stead = office.ids("Нечаев", "Громова")
    said = {"reason": "отпуск", "by": office.clerk, "now": NOW, "today": TODAY}
    set_substitution(away, [(stead, ())], since=TODAY, until=TODAY + 5 * DAY, **said)
    document = office.document()
    office.send(document, "Нечаев")
    office.text(document, edition=2)
    assert {line.employee.surname for line in live(document).get().lines} == {"Нечаев", "Громова"}
    office.text(document, edition=3, now=NOW + 20 * DAY)
    assert {line.employee.surname for line in live(document).get().lines} == {"Нечаев"}


def test_whoever_is_on_another_sheet_is_not_asked_anew_as_a_stead_too(office: Office) -> None:
    away, stead = office.ids("Нечаев", "Громова")
    document = office.document()
    office.send(document, "Нечаев")
    office.send(document, "Громова")
    said = {"reason": "отпуск", "by": office.clerk, "now": NOW, "today": TODAY}
    set_substitution(away, [(stead, ())], since=TODAY, until=TODAY + 5 * DAY, **said)
    office.text(document, edition=2)
    lines = Acquaintance.select().where(Acquaintance.sheet.in_(live(document)))
    assert sorted((line.employee.surname, line.stands_in_for_id) for line in lines) == [("Громова", None), ("Нечаев", None)]


def test_a_stead_whom_another_sheet_means_is_asked_anew_by_that_one(office: Office) -> None:
    away, stead = office.ids("Нечаев", "Громова")
    said = {"reason": "отпуск", "by": office.clerk, "now": NOW, "today": TODAY}
    set_substitution(away, [(stead, ())], since=TODAY, until=TODAY + 5 * DAY, **said)
    document = office.document()
    office.send(document, "Нечаев")
    second = office.send(document, to=Addressees(units=(office.units["Бухгалтерия"].id,)))
    assert [line.employee.surname for line in second.lines] == ["Ярцева"]
    office.text(document, edition=2, now=NOW + 20 * DAY)
    lines = Acquaintance.select().where(Acquaintance.sheet.in_(live(document)))
    assert sorted((line.employee.surname, line.sheet.previous_id == second.id) for line in lines) == [
        ("Громова", True),
        ("Нечаев", False),
        ("Ярцева", True),
    ]


def test_whoever_comes_gets_the_acts_in_force_for_the_post(office: Office) -> None:
    office.rule()
    document = office.document()
    standing(office, document)
    for one in ("Дёмина", "Нечаев", "Ярцева"):
        office.read(document, one)
    assert states(document)[""] == "everyone"
    assert ask_newcomers(now=NOW, today=TODAY) == 0
    come(office, "Белова")
    come(office, "Чернова", "Бухгалтерия")
    come(office, "Рыжова", since=TODAY + 30 * DAY)
    assert (ask_newcomers(now=NOW, today=TODAY), ask_newcomers(now=NOW, today=TODAY)) == (2, 0)
    assert (states(document)[""], office.line(document, "Белова").due) == ("partly", dt.date(2026, 3, 19))
    assert "Рыжова" not in states(document)
    event = next(one for one in history(document) if one.what == "acquaintance_newcomers")
    assert (event.effect["asked"], len(event.effect["names"])) == (2, 2)


def test_a_standing_sheet_may_wait_for_its_first_reader(office: Office) -> None:
    document = office.document()
    office.send(document, to=Addressees(posts=("сторож",)), standing=True)
    assert states(document) == {"": "not_required"}
    made = come(office, "Белова")
    Post.update(title="сторож").where(Post.employee == made).execute()
    assert ask_newcomers(now=NOW, today=TODAY) == 1
    assert states(document) == {"": "sent", "Белова": "asked"}


def test_a_sheet_that_does_not_stand_asks_nobody_later(office: Office) -> None:
    document = office.document()
    office.send(document, to=Addressees(units=(office.units["Отдел кадров"].id,)))
    come(office, "Белова")
    assert ask_newcomers(now=NOW, today=TODAY) == 0


def test_what_is_not_in_force_is_read_by_no_newcomer(office: Office) -> None:
    document = office.document()
    standing(office, document)
    answers = Answers(reason="жалоба", date=TODAY)
    perform(document.id, "suspend", answers=answers, by=office.clerk, now=NOW, today=TODAY)
    come(office, "Белова")
    assert ask_newcomers(now=NOW, today=TODAY) == 0


def test_a_unit_that_is_gone_keeps_none_of_the_others_from_being_asked(office: Office) -> None:
    document = office.document()
    empty = Unit.create(organisation=office.units["Управление"].organisation, name="Архив")
    office.send(document, to=Addressees(units=(empty.id, office.units["Отдел кадров"].id)), standing=True)
    empty.delete_instance()
    come(office, "Белова")
    assert ask_newcomers(now=NOW, today=TODAY) == 1
    assert states(document)["Белова"] == "asked"


def test_nobody_who_left_is_waited_for_and_who_comes_back_is_asked_again(office: Office) -> None:
    document, other = office.document(), office.document()
    standing(office, document)
    office.send(other, "Нечаев")
    office.leave("Нечаев", TODAY + DAY)
    assert ask_newcomers(now=NOW + DAY, today=TODAY + DAY) == 0
    assert (states(document)["Нечаев"], states(other)) == ("dropped", {"": "not_required", "Нечаев": "dropped"})
    Post.create(employee=office.people["Нечаев"], unit=office.units["Отдел кадров"], title="юрист", since=TODAY + 9 * DAY)
    assert ask_newcomers(now=NOW + 9 * DAY, today=TODAY + 9 * DAY) == 1
    line = office.line(document, "Нечаев")
    assert (line.state, line.asked_at, line.due) == ("asked", NOW + 9 * DAY, dt.date(2026, 3, 30))
    assert Acquaintance.select().where((Acquaintance.document == document) & (Acquaintance.employee == line.employee)).count() == 1


def test_whom_a_person_took_off_stays_off(office: Office) -> None:
    document = office.document()
    standing(office, document)
    drop(office.line(document, "Нечаев").id, reason="не его дело", by=office.clerk, now=NOW, today=TODAY)
    assert ask_newcomers(now=NOW, today=TODAY) == 0
    assert states(document)["Нечаев"] == "dropped"


def test_a_standing_sheet_stands_on_with_the_new_edition(office: Office) -> None:
    document = office.document()
    standing(office, document, days=None)
    office.text(document, edition=2)
    come(office, "Белова")
    assert ask_newcomers(now=NOW, today=TODAY) == 1
    line = office.line(document, "Белова")
    assert (line.sheet.edition, line.due) == (2, None)


def test_listening_twice_reacts_once(office: Office) -> None:
    listen()
    listen()
    document = office.document()
    office.send(document, "Дёмина")
    office.text(document, edition=2)
    assert AcquaintanceSheet.select().count() == 2
