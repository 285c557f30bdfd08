"""«Ждёт меня» for each role."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.approvals.models import Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.models import Acting, Substitution
from roadmapdocs.people.rules import Role
from roadmapdocs.roadmap.draft import DraftExpected
from roadmapdocs.roadmap.models import Roadmap
from roadmapdocs.web.worklist.rows import term_of
from tests import factories as make
from tests.approvals.office import make_office
from tests.conftest import NOW, TODAY
from tests.factories import count_queries
from tests.web import office as web
from tests.web.conftest import SignIn
from tests.web.test_decide import Desk, asked


def tasks(html: str) -> list[str]:
    return re.findall(r'<li class="rd-task">.*?<h3><a [^>]*>([^<]*)</a>', html, re.DOTALL)


def wanted(title: str, *, inferred: bool = False) -> list[DraftExpected]:
    return [DraftExpected(title, "прочее", inferred=inferred)]


def test_staff_see_what_they_or_their_unit_must_submit_within_thirty_days(app: object, sign_in: SignIn) -> None:
    person = make.employee("Лукина", make.unit())
    make.roadmap(
        make.item("1", "Первое", make.deadline(2026, 4, 15), expected=wanted("Через тридцать дней")),
        make.item("2", "Второе", make.deadline(2026, 4, 16), expected=wanted("Через тридцать один")),
        make.item("3", "Третье", make.deadline(2026, 2, 1), expected=wanted("Просроченное")),
        make.item("4", "Чужое", make.deadline(2026, 2, 1), expected=wanted("Чужое"), responsible=["Школы"]),
        make.item("5", "Догадка", make.deadline(2026, 2, 1), expected=wanted("Догадка", inferred=True)),
    )
    shown = sign_in(Role.STAFF, person=person).get("/")
    assert tasks(shown) == ["Просроченное", "Через тридцать дней"]
    assert f'<span class="rd-count">{2}</span>' in shown


def test_a_coordinator_sees_what_is_late_in_roadmaps_of_their_own_or_of_nobody(app: object, sign_in: SignIn) -> None:
    me, other = make.employee("Лукина"), make.employee("Ветрова")
    for title, coordinator in (("Моя", me), ("Чужая", other), ("Ничья", None)):
        edition = make.roadmap(
            make.item("1", "Смотр", make.deadline(2026, 2, 1), expected=wanted(f"{title} справка")), title=title
        )
        Roadmap.update(coordinator=coordinator).where(Roadmap.id == edition.roadmap_id).execute()
    assert tasks(sign_in(Role.COORDINATOR, person=me).get("/")) == ["Моя справка", "Ничья справка"]


def test_a_coordinator_is_asked_about_documents_read_out_of_the_words(app: object, sign_in: SignIn) -> None:
    make.roadmap(make.item("1", "Смотр", make.deadline(2026, 2, 1), expected=wanted("План", inferred=True)))
    shown = sign_in(Role.COORDINATOR).get("/")
    assert tasks(shown) == ["Развитие чтения"]
    assert "state=suggested" in shown


def test_an_executive_sees_what_waits_for_their_signature_only(app: object, sign_in: SignIn) -> None:
    me, other = make.employee("Лукина"), make.employee("Ветрова")
    make.roadmap(make.item("1", "Смотр"))
    mine = make.document("О каникулах", preparation=Preparation.IN_SIGNING, signer_id=me.id)
    make.document("О питании", preparation=Preparation.IN_SIGNING, signer_id=other.id)
    make.document("О подвозе", preparation=Preparation.SIGNED, signer_id=me.id)
    shown = sign_in(Role.EXECUTIVE, person=me).get("/")
    (title,) = tasks(shown)
    assert "О каникулах" in title
    assert f'href="/decide/{mine.id}"' in shown


def test_a_clerk_sees_documents_under_way_and_staff_their_own_drafts(app: object, sign_in: SignIn) -> None:
    me = make.employee("Лукина")
    make.roadmap(make.item("1", "Смотр"))
    make.document("О каникулах", preparation=Preparation.IN_APPROVAL)
    make.document("О питании", preparation=Preparation.DRAFT, drafter_id=me.id)
    (clerks,) = tasks(sign_in(Role.CLERK).get("/"))
    (own,) = tasks(sign_in(Role.STAFF, person=me).get("/"))
    assert "О каникулах" in clerks
    assert "О питании" in own


@pytest.mark.parametrize(
    ("when", "shown"),
    [("late", ["Старое"]), ("today", ["Нынешнее"]), ("week", ["Нынешнее", "Скорое"]), ("none", []), ("x", ["Старое", "Нынешнее", "Скорое", "Позднее"])],
)  # fmt: skip
def test_chips_narrow_the_list_by_urgency(app: object, sign_in: SignIn, when: str, shown: list[str]) -> None:
    person = make.employee("Лукина", make.unit())
    terms = {"Старое": -3, "Нынешнее": 0, "Скорое": 7, "Позднее": 8}
    days = {title: TODAY + dt.timedelta(days=days) for title, days in terms.items()}
    make.roadmap(
        *(
            make.item(title, title, make.deadline(day.year, day.month, day.day), expected=wanted(title))
            for title, day in days.items()
        )
    )
    assert tasks(sign_in(Role.STAFF, person=person).get(f"/?when={when}")) == shown


def test_when_nothing_waits_the_nearest_term_is_said(app: object, sign_in: SignIn) -> None:
    person = make.employee("Лукина", make.unit())
    make.roadmap(make.item("1", "Смотр", make.deadline(2026, 6, 1)))
    shown = sign_in(Role.STAFF, person=person).get("/")
    assert "rd-empty" in shown
    assert "1 июня" in shown


def test_more_late_documents_than_a_page_holds_are_told_in_one_row(app: object, sign_in: SignIn) -> None:
    person = make.employee("Лукина", make.unit())
    make.roadmap(*(make.item(f"{place}", f"Дело {place}", make.deadline(2026, 2, 1)) for place in range(45)))
    shown = sign_in(Role.STAFF, person=person).get("/")
    assert len(tasks(shown)) == 41
    assert '<span class="rd-count">45</span>' in shown


@pytest.mark.parametrize(
    ("days", "urgency"), [(-1, "late"), (0, "today"), (1, "soon"), (None, "none")]
)
def test_what_is_due_today_is_not_late(days: int | None, urgency: str) -> None:
    due = None if days is None else TODAY + dt.timedelta(days=days)
    assert term_of(due, TODAY)[0] == urgency


def test_strangers_are_sent_to_sign_in(app: object) -> None:
    answer = app.test_client().get("/")  # type: ignore[attr-defined]
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.fixture
def desk(sqlite_address: str, tmp_path: Path) -> Iterator[Desk]:
    with web.office_on(sqlite_address, tmp_path) as opened:
        made = make_office()
        made.store = opened.app.extensions["roadmapdocs"].store
        yield Desk(made, opened)


def page_of(desk: Desk, surname: str, address: str = "/") -> str:
    return desk.client(surname).get(address).text


def headings(page: str) -> list[str]:
    return re.findall(r"<section class=\"rd-box\"><header><h2>([^<]*)</h2>", page)


def test_what_waits_is_grouped_by_act_and_the_first_run_does_not_hide_it(desk: Desk) -> None:
    desk.in_signing("Подпись")
    asked(desk, "Ветрова", title="Виза")
    informed = desk.office.document("К сведению")
    desk.office.send(informed, Plan((desk.office.step("Ветрова", mode=Mode.INFORMATION), desk.office.step("Нечаев"))))
    page = page_of(desk, "Ветрова")
    assert headings(page) == ["Agree", "Sign", "To know how it goes"]
    assert tasks(page) == ["Приказ «Виза»", "Приказ «Подпись»", "Приказ «К сведению»"]


def test_a_filled_button_is_for_what_is_late_or_due_today(desk: Desk) -> None:
    for title, days in (("Вчера", -1), ("Сегодня", 0), ("Завтра", 1)):
        document = asked(desk, "Нечаев", title=title)
        Visa.update(due=TODAY + dt.timedelta(days=days)).where(Visa.document == document).execute()
    rows = re.findall(r'<li class="rd-task">.*?</li>', page_of(desk, "Нечаев"), re.DOTALL)
    assert ["rd-btn--main" in row for row in rows] == [True, True, False]
    assert tasks(page_of(desk, "Нечаев", "/?when=late")) == ["Приказ «Вчера»"]


def test_more_than_a_few_of_one_act_stand_behind_an_address(desk: Desk) -> None:
    for number in range(11):
        asked(desk, "Нечаев", title=f"Дело {number}")
    page = page_of(desk, "Нечаев")
    assert len(tasks(page)) == 8
    assert '<span class="rd-count">11</span>' in page
    assert re.search(r'<a href="/decide/bulk\?act=agree">3 more</a>', page)


def test_whom_one_stands_in_for_has_a_list_and_a_notice(desk: Desk) -> None:
    absent, there = desk.office.people["Нечаев"], desk.office.people["Громова"]
    Substitution.create(
        absent=absent, substitute=there, since=TODAY, until=TODAY, kinds=[], reason="отпуск", set_by="x", made_at=NOW
    )
    asked(desk, "Нечаев", title="Чужое")
    asked(desk, "Громова", title="Своё")
    page = page_of(desk, "Громова")
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in headings(page)] == ["Agree", "In place of Нечаев М. И."]
    assert "From 16.03 to 16.03 you stand in for Нечаев" in page


def test_an_acting_head_reads_by_which_order(desk: Desk) -> None:
    Acting.create(
        unit=desk.office.unit,
        title="начальник управления",
        printed="И.о. начальника управления",
        absent=desk.office.people["Ветрова"],
        employee=desk.office.people["Соболев"],
        since=TODAY,
        until=None,
        basis="приказ № 61-К",
        set_by="x",
        made_at=NOW,
    )
    desk.in_signing("Подпись")
    page = page_of(desk, "Соболев")
    assert "Since 16.03 you fill a post: И.о. начальника управления" in page
    assert "приказ № 61-К" in page
    assert headings(page)[0].startswith("As acting head")


def test_a_drafter_sees_with_whom_it_lies_and_how_late(desk: Desk) -> None:
    make.roadmap(make.item("1", "Смотр"))
    late = asked(desk, "Нечаев", title="Первое")
    Visa.update(due=TODAY - dt.timedelta(days=2)).where(Visa.document == late).execute()
    desk.in_signing("Второе")
    page = page_of(desk, "Дёмина")
    assert re.search(r"with Нечаев[^<]*since пн 16 марта, 2 days late|with Нечаев[^<]*since mon 16 march, 2 days late", page)
    assert re.search(r"with Ветрова[^<]*to be signed since", page)


def test_what_was_done_today_can_be_taken_back_while_it_can(desk: Desk) -> None:
    make.roadmap(make.item("1", "Смотр"))
    document = asked(desk, "Нечаев", title="Дело")
    desk.send("Нечаев", document, "agree")
    page = page_of(desk, "Нечаев")
    assert f'action="/decide/{document.id}/withdraw"' in page

    clerk = desk.office.actor("Лукина")
    for step in ("send_for_signing", "sign"):
        perform(document.id, step, by=clerk, now=NOW, today=TODAY)
    assert "Take the visa back" not in page_of(desk, "Нечаев")
    assert f'href="/documents/{document.id}/act/unsign"' in page_of(desk, "Лукина")
    perform(document.id, "register", answers=Answers(date=TODAY), by=clerk, now=NOW, today=TODAY)
    assert "act/unsign" not in page_of(desk, "Лукина")


def test_statements_do_not_grow_with_what_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    make.roadmap(make.item("1", "Смотр"))
    asked(desk, "Нечаев", title="Первое")
    client = desk.client("Нечаев")
    client.get("/")
    sent = count_queries(monkeypatch)
    client.get("/")
    few = len(sent)
    for number in range(12):
        asked(desk, "Нечаев", title=f"Дело {number}")
    sent.clear()
    assert len(tasks(client.get("/").text)) == 8
    assert len(sent) == few
