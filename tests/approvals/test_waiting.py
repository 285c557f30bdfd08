"""What waits for whom, in which order, and which text somebody was shown."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.approvals.models import Seen, Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.approvals.waiting import Waiting, mark_seen, seen_before, waiting_for, waiting_on
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.models import Acting, Substitution
from tests.approvals.office import Office, make_office
from tests.conftest import NOW, TODAY
from tests.factories import count_queries

A_DAY = dt.timedelta(days=1)


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def asked(office: Office, title: str, *surnames: str, due: dt.date | None = None) -> Document:
    document = office.document(title)
    office.send(document, Plan((office.step(*(surnames or ("Ветрова",)), mode=Mode.TOGETHER),)))
    if due is not None:
        Visa.update(due=due).where(Visa.document == document).execute()
    return document


def in_signing(office: Office, title: str, since: dt.datetime = NOW) -> Document:
    document = office.document(title)
    perform(document.id, "send_for_signing", by=office.actor("Лукина"), now=since, today=TODAY)
    return document


def titles(waiting: list[Waiting]) -> list[str]:
    return [str(get_document(one.document_id).title) for one in waiting]


def test_acts_come_in_their_order_and_the_most_urgent_of_each_first(office: Office) -> None:
    in_signing(office, "Подпись недавняя")
    in_signing(office, "Подпись давняя", NOW - A_DAY)
    asked(office, "Виза позже", due=TODAY + A_DAY)
    asked(office, "Виза скоро", due=TODAY)
    document = office.document("К сведению")
    office.send(document, Plan((office.step("Ветрова", mode=Mode.INFORMATION), office.step("Громова"))))

    found = waiting_for(office.actor("Ветрова"))

    assert titles(found) == ["Виза скоро", "Виза позже", "Подпись давняя", "Подпись недавняя", "К сведению"]
    assert [one.act for one in found] == ["agree", "agree", "sign", "sign", "see"]


def test_whose_post_is_filled_is_signed_for_and_who_is_stood_in_for_only_agreed_for(office: Office) -> None:
    away, there = office.people["Ветрова"], office.people["Соболев"]
    agree, sign = asked(office, "Виза"), in_signing(office, "Подпись")
    Substitution.create(absent=away, substitute=there, since=TODAY, until=TODAY, kinds=[], reason="отпуск", set_by="x", made_at=NOW)
    assert titles(waiting_for(office.actor("Соболев"))) == ["Виза"]
    assert waiting_on(sign, office.actor("Соболев")) is None

    Acting.create(
        unit=office.unit,
        title="начальник управления",
        printed="И.о. начальника управления",
        absent=away,
        employee=there,
        since=TODAY,
        until=TODAY,
        basis="приказ",
        set_by="x",
        made_at=NOW,
    )
    found = waiting_for(office.actor("Соболев"))
    assert titles(found) == ["Виза", "Подпись"]
    assert {one.in_place_of for one in found} == {str(away)}
    assert waiting_on(agree, office.actor("Соболев")) == found[0]


def test_a_substitute_for_some_kinds_is_asked_about_no_other(office: Office) -> None:
    Substitution.create(
        absent=office.people["Ветрова"],
        substitute=office.people["Соболев"],
        since=TODAY,
        until=TODAY,
        kinds=["note"],
        reason="отпуск",
        set_by="x",
        made_at=NOW,
    )
    document = asked(office, "Приказ")
    assert waiting_for(office.actor("Соболев")) == []
    assert waiting_on(document, office.actor("Соболев")) is None


def test_what_its_author_signs_waits_once_it_is_agreed(office: Office) -> None:
    author = office.people["Дёмина"]
    card = Card("note", "Справка о зачёте", signer=str(author), signer_id=author.id, drafter_id=author.id, unit_id=office.unit.id)
    made = create_document(card, by=office.actor("Лукина"), now=NOW, today=TODAY)
    office.text(made, "Текст справки.")
    assert waiting_for(office.actor("Дёмина")) == []
    assert waiting_on(get_document(made.id), office.actor("Дёмина")) is not None, "its page offers to sign it all the same"

    office.send(get_document(made.id), Plan((office.step("Нечаев"),)))
    office.decide(get_document(made.id), "Нечаев")
    assert [one.act for one in waiting_for(office.actor("Дёмина"))] == ["sign"]


def test_nothing_waits_for_an_account_of_nobody(office: Office, clerk: object) -> None:
    asked(office, "Виза")
    assert waiting_for(clerk) == []  # type: ignore[arg-type]  # an actor


def test_a_version_seen_is_remembered_once_and_never_goes_back(office: Office) -> None:
    document, actor = office.document(), office.actor("Ветрова")
    assert seen_before(document.id, actor) is None
    for number in (2, 1, 2, 3):
        mark_seen(document.id, number, by=actor, now=NOW)
    assert seen_before(document.id, actor) == 3
    assert Seen.select().count() == 1
    assert seen_before(document.id, office.actor("Соболев")) is None


def test_statements_do_not_grow_with_what_waits(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    actor = office.actor("Ветрова")
    asked(office, "Первое")
    sent = count_queries(monkeypatch)
    waiting_for(actor)
    few = len(sent)
    for number in range(5):
        asked(office, f"Дело {number}")
    sent.clear()
    assert len(waiting_for(actor)) == 6
    assert len(sent) == few == 2
