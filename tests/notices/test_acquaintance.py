"""What acquaintance tells: asked, reminded, late, refused; and when nothing is asked any more."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.acquaintance.operations import drop, end, remind_all
from roadmapdocs.acquaintance.paper import RefusalAct, confirm_on_paper, refuse, take_back
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import use_language
from roadmapdocs.notices import reading_reminders
from roadmapdocs.notices.models import Delivery, Notice
from roadmapdocs.notices.operations import as_shown, set_settings, settle_many
from roadmapdocs.notices.reading_reminders import remind
from roadmapdocs.notices.rules import Habits, Mail
from roadmapdocs.notices.telling import Telling, tell_many
from roadmapdocs.notices.words import say
from roadmapdocs.people.substitution import set_substitution
from roadmapdocs.workdays.rules import Calendar
from tests.acquaintance.office import Office, make_office
from tests.conftest import NOW, TODAY
from tests.factories import count_queries

DAY = dt.timedelta(1)


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def told(office: Office, surname: str, *, unread: bool = True) -> list[str]:
    """Codes of what the person was told, the first first."""
    mine = Notice.employee == office.people[surname]
    rows = Notice.select().where(mine & Notice.read_at.is_null() if unread else mine).order_by(Notice.id)
    return [row.code for row in rows]


def round_on(day: dt.date) -> None:
    remind(now=NOW, today=day, calendar=Calendar(), escalate_after=3)


@pytest.fixture
def document(office: Office) -> Document:
    made = office.document()
    office.send(made, "Дёмина", "Нечаев", due=dt.date(2026, 3, 18), note="К совещанию")
    return made


def test_who_is_asked_is_told_where_to_read_and_by_mail(office: Office, document: Document) -> None:
    notice = Notice.get(Notice.employee == office.people["Дёмина"])
    assert (notice.code, notice.due, notice.path) == ("reading_asked", dt.date(2026, 3, 18), f"/acquaintance/{document.id}")
    assert (notice.delivery.employee_id, notice.delivery.urgent, notice.digest) == (office.people["Дёмина"].id, False, False)
    with use_language("en"):
        said = say(notice.code, notice.about, due=notice.due, document=document)
    assert (said.headline, said.details) == (f"Read by 18.03.2026: приказ №\N{NO-BREAK SPACE}{document.number} «О зачёте по чтению»", ("К совещанию",))
    assert told(office, "Громова") == []


def test_what_is_due_today_is_urgent(office: Office) -> None:
    office.send(office.document(), "Дёмина", due=TODAY)
    assert Delivery.get().urgent


def test_who_confirmed_refused_or_was_dropped_is_reminded_of_nothing(office: Office, document: Document) -> None:
    office.rule()
    office.read(document, "Дёмина")
    drop(office.line(document, "Нечаев").id, reason="не его", by=office.clerk, now=NOW, today=TODAY)
    assert told(office, "Дёмина") == told(office, "Нечаев") == []


def test_whose_mark_is_taken_back_is_told_that_it_is_to_be_read_after_all(office: Office, document: Document) -> None:
    line = office.line(document, "Дёмина").id
    said = {"by": office.clerk, "today": TODAY}
    confirm_on_paper([line], day=TODAY, scan=office.scan(), now=NOW, **said)
    assert told(office, "Дёмина") == []
    take_back(line, reason="не та Дёмина", now=NOW + dt.timedelta(hours=1), **said)
    assert told(office, "Дёмина") == ["reading_asked"]


def test_with_the_sheet_all_that_it_asked_for_is_settled(office: Office, document: Document) -> None:
    sheet = office.line(document, "Дёмина").sheet
    end(sheet.id, reason="отложено", by=office.clerk, now=NOW, today=TODAY)
    assert told(office, "Дёмина") == told(office, "Нечаев") == []


def test_a_new_edition_settles_the_old_and_tells_of_the_new(office: Office, document: Document) -> None:
    office.text(document, edition=2)
    notice = Notice.get((Notice.employee == office.people["Дёмина"]) & Notice.read_at.is_null())
    assert (notice.code, notice.about["anew"]) == ("reading_asked", True)


def test_a_reminder_by_hand_goes_to_those_who_have_not_read(office: Office, document: Document) -> None:
    office.rule()
    office.read(document, "Дёмина")
    remind_all(document.id, by=office.clerk, now=NOW)
    assert told(office, "Дёмина") == []
    assert told(office, "Нечаев") == ["reading_asked", "reading_reminded"]


def test_a_refusal_is_told_to_who_sent_it(office: Office) -> None:
    document = office.document()
    office.send(document, "Дёмина")
    line = office.line(document, "Дёмина")
    type(line.sheet).update(sent_by_employee=office.people["Ярцева"]).execute()
    act = RefusalAct(("Громова О. С.", "Ветрова О. С."))
    refuse(line.id, reason="не согласна", act=act, by=office.clerk, now=NOW, today=TODAY)
    notice = Notice.get(Notice.employee == office.people["Ярцева"])
    assert (notice.code, notice.path) == ("reading_refused", f"/documents/{document.id}/acquaintance")
    assert told(office, "Лукина") == []


def test_who_stands_in_is_told_for_whom(office: Office) -> None:
    away, stead = office.ids("Нечаев", "Громова")
    said = {"reason": "отпуск", "by": office.clerk, "now": NOW, "today": TODAY}
    set_substitution(away, [(stead, ())], since=TODAY, until=TODAY + DAY, **said)
    office.send(office.document(), "Нечаев")
    assert Notice.get(Notice.employee == stead).about["absent"].startswith("Нечаев")


def test_a_term_is_told_a_working_day_before_and_after_and_to_the_head_at_last(office: Office, document: Document) -> None:
    for day, count in ((16, 0), (17, 1), (17, 1), (18, 1), (19, 2), (20, 3), (21, 3), (22, 3), (23, 4)):
        round_on(dt.date(2026, 3, day))
        assert len(told(office, "Дёмина")) == 1 + count, day
    assert told(office, "Дёмина") == ["reading_asked", "reading_soon", *(["reading_late"] * 3)]
    (notice,) = Notice.select().where(Notice.employee == office.people["Ветрова"])
    assert (notice.code, notice.about) == ("reading_escalated", {"count": 2})
    round_on(dt.date(2026, 3, 24))
    assert told(office, "Ветрова") == ["reading_escalated"]


def test_a_round_in_which_all_is_told_asks_one_statement_a_term(
    sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office()
    for _more in range(3):
        office.send(office.document(), "Дёмина", "Громова", due=dt.date(2026, 3, 18))
    round_on(dt.date(2026, 3, 19))
    seen = count_queries(monkeypatch)
    round_on(dt.date(2026, 3, 19))
    assert len(seen) == 2


def test_a_round_that_is_cut_short_is_finished_by_the_next(
    office: Office, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_said: object, **_more: object) -> int:
        raise OSError("power")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="power"):
        patch.setattr(reading_reminders, "tell_many", dies)
        round_on(dt.date(2026, 3, 23))
    round_on(dt.date(2026, 3, 23))
    assert told(office, "Дёмина") == ["reading_asked", "reading_late"]
    assert told(office, "Ветрова") == ["reading_escalated"]


def test_of_one_who_is_late_the_head_is_told_the_name(office: Office, document: Document) -> None:
    office.rule()
    office.read(document, "Дёмина")
    round_on(dt.date(2026, 3, 23))
    notice = Notice.get(Notice.employee == office.people["Ветрова"])
    assert notice.about["who"].startswith("Нечаев")


def test_a_head_who_is_late_has_nobody_above_to_be_told(office: Office) -> None:
    office.send(office.document(), "Ветрова", due=TODAY)
    round_on(dt.date(2026, 3, 23))
    assert told(office, "Ветрова") == ["reading_asked", "reading_late"]


def test_without_a_term_nobody_is_late(office: Office) -> None:
    office.send(office.document(), "Дёмина")
    round_on(dt.date(2027, 3, 23))
    assert told(office, "Дёмина") == ["reading_asked"]


def test_a_marked_document_does_not_leave_the_house_by_mail(office: Office) -> None:
    document = office.document("О детях", mark=Mark.PERSONAL, mark_basis="Список")
    office.send(document, "Дёмина", note="Тайна")
    notice = Notice.get()
    assert as_shown([notice], office.actor("Дёмина"))[0].document == document
    said = say(notice.code, notice.about, due=None, document=document, outside=True)
    assert "детях" not in said.headline
    assert said.details == ()


def test_many_are_told_as_one_would_be(office: Office) -> None:
    """The law of telling in bulk: the same notices, mails and digests as one by one."""
    for surname, mail in (("Дёмина", Mail.DIGEST), ("Нечаев", Mail.NONE), ("Громова", Mail.DIGEST)):
        set_settings(Habits(mail), by=office.actor(surname))
    office.people["Ярцева"].email = ""
    office.people["Ярцева"].save()
    ids = office.ids("Ветрова", "Дёмина", "Нечаев", "Ярцева")
    tellings = [Telling(one, f"news:{one}/asked", {"days": one}) for one in (*ids, ids[0], 10**6)]
    tellings.append(Telling(office.ids("Громова")[0], "news:0/asked", urgent=True))
    assert tell_many(tellings, "reading_asked", now=NOW) == 5
    assert tell_many(tellings, "reading_asked", now=NOW) == 0
    found = {row.employee.surname: (row.delivery_id is not None, row.digest) for row in Notice.select()}
    assert found == {
        "Ветрова": (True, False),
        "Дёмина": (False, True),
        "Нечаев": (False, False),
        "Ярцева": (False, False),
        "Громова": (True, False),
    }
    assert {row.delivery.employee_id for row in Notice.select().where(Notice.delivery.is_null(False))} == {*office.ids("Ветрова", "Громова")}
    assert tell_many([], "reading_asked", now=NOW) == 0
    settle_many([f"news:{ids[0]}", "news:0"], now=NOW)
    assert Notice.select().where(Notice.read_at.is_null()).count() == 3
    settle_many([], now=NOW)


def test_everybody_is_told_of_a_document_for_everybody(office: Office) -> None:
    office.send(office.document(), to=Addressees(everyone=True))
    assert (Notice.select().count(), Delivery.select().count()) == (len(office.people), len(office.people))
