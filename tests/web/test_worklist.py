"""«Ждёт меня» for each role."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from roadmapdocs.documents.rules import Preparation
from roadmapdocs.people.rules import Role
from roadmapdocs.roadmap.draft import DraftExpected
from roadmapdocs.roadmap.models import Roadmap
from roadmapdocs.web.worklist.rows import term_of
from tests import factories as make
from tests.conftest import TODAY
from tests.web.conftest import SignIn


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
    make.document("О каникулах", preparation=Preparation.IN_SIGNING, signer_id=me.id)
    make.document("О питании", preparation=Preparation.IN_SIGNING, signer_id=other.id)
    make.document("О подвозе", preparation=Preparation.SIGNED, signer_id=me.id)
    (title,) = tasks(sign_in(Role.EXECUTIVE, person=me).get("/"))
    assert "О каникулах" in title


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
