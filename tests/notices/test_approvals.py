"""Whom the approval of a document tells what: on both databases, by the operations that people use."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.approvals.flight import forward, remind
from roadmapdocs.approvals.models import Run
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.documents.models import Document
from roadmapdocs.notices import reminders
from roadmapdocs.notices.models import Delivery, Notice
from roadmapdocs.notices.operations import unread_count
from roadmapdocs.notices.words import CODES, say
from roadmapdocs.people.models import Organisation, Post, Substitution, Unit
from roadmapdocs.workdays.operations import calendar
from tests.approvals.office import Office, make_office
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.usefixtures("listening")


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def told(office: Office, surname: str) -> list[str]:
    """Codes of what somebody was told and has not read, in order."""
    mine = (Notice.employee == office.people[surname]) & Notice.read_at.is_null()
    return [notice.code for notice in Notice.select().where(mine).order_by(Notice.id)]


def away(office: Office, absent: str, substitute: str, kinds: tuple[str, ...] = ()) -> None:
    Substitution.create(
        absent=office.people[absent],
        substitute=office.people[substitute],
        since=TODAY,
        until=TODAY + dt.timedelta(days=30),
        kinds=list(kinds),
        reason="отпуск",
        set_by="Лукина",
        made_at=NOW,
    )


def sent(office: Office, *surnames: str, mode: Mode = Mode.TURN, term: int = 3) -> Document:
    document = office.document()
    office.send(document, Plan((office.step(*surnames, mode=mode, term=term),)))
    return document


def test_whoever_is_asked_is_told_and_the_next_one_only_when_it_comes_to_them(office: Office) -> None:
    document = sent(office, "Нечаев", "Громова")
    assert (told(office, "Нечаев"), told(office, "Громова")) == (["visa_asked"], [])
    office.decide(document, "Нечаев")
    assert told(office, "Громова") == ["visa_asked"]
    notice = Notice.get(Notice.employee == office.people["Громова"])
    assert (notice.document_id, notice.due, notice.urgent) == (document.id, dt.date(2026, 3, 19), False)
    assert notice.path == f"/decide/{document.id}"
    assert Delivery.select().where(Delivery.employee == office.people["Громова"]).count() == 1


def test_a_term_that_ends_today_is_urgent(office: Office) -> None:
    sent(office, "Нечаев", term=0)
    assert Notice.get(Notice.employee == office.people["Нечаев"]).urgent


def test_those_who_stand_in_are_told_for_whom(office: Office) -> None:
    away(office, "Нечаев", "Громова")
    away(office, "Нечаев", "Ярцева", kinds=("protocol",))
    sent(office, "Нечаев")
    assert (told(office, "Нечаев"), told(office, "Громова"), told(office, "Ярцева")) == (["visa_asked"], ["visa_asked"], [])
    notice = Notice.get(Notice.employee == office.people["Громова"])
    assert notice.about["absent"].startswith("Нечаев")


def test_a_decision_is_told_to_the_drafter_and_asked_of_nobody_any_more(office: Office) -> None:
    away(office, "Нечаев", "Громова")
    document = sent(office, "Нечаев", "Ярцева")
    office.decide(document, "Нечаев", Decision.REMARKS, by="Громова", comment="указать сумму")
    assert (told(office, "Нечаев"), told(office, "Громова")) == ([], [])
    assert told(office, "Дёмина") == ["visa_given"]
    notice = Notice.get(Notice.code == "visa_given")
    assert notice.about["who"].startswith("Громова")
    assert (notice.about["decision"], notice.about["reason"]) == ("remarks", "указать сумму")


def test_the_end_of_the_route_is_told_with_its_reason(office: Office) -> None:
    agreed = sent(office, "Нечаев")
    office.decide(agreed, "Нечаев")
    assert told(office, "Дёмина") == ["visa_given", "route_agreed"]
    returned = sent(office, "Нечаев", "Громова", mode=Mode.TOGETHER)
    office.decide(returned, "Нечаев", Decision.REFUSED, comment="нет денег")
    office.decide(returned, "Громова")
    notice = Notice.get(Notice.code == "route_returned")
    assert notice.employee == office.people["Дёмина"]
    assert "нет денег" in notice.about["reason"]


def test_whoever_falls_away_is_not_waited_for(office: Office) -> None:
    document = sent(office, "Нечаев", "Громова", mode=Mode.ANY)
    office.decide(document, "Громова")
    assert (told(office, "Нечаев"), unread_count(office.actor("Нечаев"))) == ([], 0)


def test_what_was_forwarded_is_asked_of_the_other_one(office: Office) -> None:
    document = sent(office, "Нечаев")
    visa = office.visa(document, "Нечаев")
    forward(visa.id, office.people["Громова"].id, "это по вашей части", by=office.actor("Нечаев"), now=NOW, today=TODAY)
    assert (told(office, "Нечаев"), told(office, "Громова")) == ([], ["visa_asked"])
    assert Notice.get(Notice.employee == office.people["Громова"]).about["note"] == "это по вашей части"


def test_the_drafter_s_reminder_is_told_each_time(office: Office) -> None:
    document = sent(office, "Нечаев")
    visa = office.visa(document, "Нечаев")
    for days in (1, 2):
        remind(visa.id, by=office.actor("Дёмина"), now=NOW + dt.timedelta(days=days))
    assert told(office, "Нечаев") == ["visa_asked", "visa_reminded", "visa_reminded"]


def test_the_signer_is_told_when_the_document_comes_for_signing(office: Office) -> None:
    from roadmapdocs.documents.transitions import perform

    document = sent(office, "Нечаев")
    office.decide(document, "Нечаев")
    assert told(office, "Ветрова") == []
    perform(document.id, "send_for_signing", by=office.actor("Дёмина"), now=NOW, today=TODAY)
    assert told(office, "Ветрова") == ["sign_asked"]
    perform(document.id, "return_for_rework", answers=_reason(), by=office.actor("Ветрова"), now=NOW, today=TODAY)
    assert told(office, "Ветрова") == []


def _reason() -> object:
    from roadmapdocs.documents.effects import Answers

    return Answers(reason="нет приложения")


def on(office: Office, day: str) -> None:
    """The worker's round of that day, twice: what was told is not told again."""
    now = dt.datetime.fromisoformat(f"{day}T09:00+03:00")
    for _round in range(2):
        reminders.remind(now=now, today=now.date(), calendar=calendar(), escalate_after=2)


def test_a_term_is_announced_and_then_told_each_working_day_and_the_head_hears_of_it_once(office: Office) -> None:
    sent(office, "Нечаев", "Громова")  # on Monday, until Thursday
    days = {}
    for day in ("17", "18", "19", "20", "21", "22", "23", "24"):
        on(office, f"2026-03-{day}")
        days[day] = told(office, "Нечаев")[1:]
    assert days["17"] == []
    assert days["18"] == days["19"] == ["visa_soon"]
    assert days["20"] == days["21"] == days["22"] == ["visa_soon", "visa_late"]
    assert days["24"] == ["visa_soon", "visa_late", "visa_late", "visa_late"]
    assert told(office, "Ветрова") == ["visa_escalated"]
    assert told(office, "Громова") == []
    late = Notice.select().where(Notice.code == "visa_late").order_by(Notice.id)
    assert [notice.about["days"] for notice in late] == [1, 2, 3]
    assert Notice.get(Notice.code == "visa_escalated").about["days"] == 2


def test_after_the_decision_nobody_is_reminded(office: Office) -> None:
    document = sent(office, "Нечаев")
    office.decide(document, "Нечаев")
    on(office, "2026-03-24")
    assert Notice.select().where(Notice.code.in_(["visa_late", "visa_escalated"])).count() == 0


def test_those_who_stand_in_are_reminded_too(office: Office) -> None:
    sent(office, "Нечаев")
    away(office, "Нечаев", "Громова")
    on(office, "2026-03-20")
    assert told(office, "Громова") == ["visa_late"]


def test_a_late_head_is_told_of_to_the_head_above(office: Office) -> None:
    above = Unit.create(organisation=Organisation.get(), name="Администрация", abbreviation="АЗР")
    Unit.update(parent=above).where(Unit.id == office.unit.id).execute()
    Post.create(employee=office.people["Соболев"], unit=above, title="глава", since=dt.date(2020, 1, 1), heads=True)
    vetrova, soboleva = office.people["Ветрова"].id, office.people["Соболев"].id
    assert reminders.head_above(office.people["Нечаев"].id, TODAY) == vetrova
    assert reminders.head_above(vetrova, TODAY) == soboleva


def test_who_has_nobody_above_is_told_of_to_nobody(office: Office) -> None:
    assert reminders.head_above(office.people["Ветрова"].id, TODAY) is None
    sent(office, "Ветрова")
    on(office, "2026-03-24")
    assert Notice.select().where(Notice.code == "visa_escalated").count() == 0


def test_one_round_over_many_visas_asks_as_much_as_over_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.web.office import queries

    sent(office, "Нечаев")
    on(office, "2026-03-20")
    with queries(monkeypatch) as one:
        on(office, "2026-03-20")
    for _document in range(4):
        sent(office, "Громова", "Ярцева", mode=Mode.TOGETHER)
    on(office, "2026-03-20")
    with queries(monkeypatch) as many:
        on(office, "2026-03-20")
    assert len(one) == len(many)


def test_every_notice_has_words_of_its_own(office: Office) -> None:
    document = office.document()
    about_documents = CODES - {"search_matched", "webhook_stopped"}
    about = {"who": "Дёмина М. И.", "decision": "agreed", "days": 2, "absent": "", "reason": "нет денег"}
    headlines = {say(code, about, due=TODAY, document=document).headline for code in about_documents}
    assert len(headlines) == len(about_documents)
    assert all("Об итогах зачёта" in headline for headline in headlines)
    hidden = [say(code, about, due=TODAY, document=None) for code in about_documents]
    assert all("зачёт" not in said.headline and said.details == () for said in hidden)
    assert Run.select().count() == 0
