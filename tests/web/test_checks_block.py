"""The check before signing in the browser: beside the document, in its approval, on its own page, mended at a press."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.approvals.plans import Plan
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.rules import SYSTEM
from tests.approvals.office import make_office
from tests.conftest import NOW, TODAY
from tests.web.cards import words
from tests.web.office import office_on, post
from tests.web.test_sheets import World

TEXT = "ПРИКАЗ\nОб итогах зачёта\nПРИКАЗЫВАЮ:\n1. Исполнить {{ title }}.\nНачальник управления\nМ.И. Ветрова"


@pytest.fixture
def world(sqlite_address: str, tmp_path: Path) -> Iterator[World]:
    with office_on(sqlite_address, tmp_path) as office:
        people = make_office()
        people.store = office.app.extensions["roadmapdocs"].store
        yield World(office, people)


@pytest.fixture
def document(world: World) -> Document:
    made = world.people.document("О итогах зачёта.")
    world.people.text(made, TEXT)
    return get_document(made.id)


def test_the_card_shows_where_what_and_what_to_do(world: World, document: Document) -> None:
    page = world.client("Дёмина").get(f"/documents/{document.id}").text
    block = page[page.index('id="checks"') :]
    said = words(block[: block.index("</section>")])
    for part in ("1 grave", "Point 1", "Something is left of a template", "Take it out", "Heading", "full stop", "Not checked"):
        assert part in said
    assert f'action="/checks/{document.id}/mend"' in block


def test_whoever_may_not_change_the_card_is_offered_no_mending(world: World, document: Document) -> None:
    page = world.client("Ветрова").get(f"/documents/{document.id}").text
    assert 'id="checks"' in page
    assert "/mend" not in page


def test_what_is_signed_is_not_checked_before_signing(world: World, document: Document) -> None:
    for step in ("send_for_signing", "sign"):
        perform(document.id, step, by=world.people.actor("Лукина"), now=NOW, today=TODAY)
    for address in (f"/documents/{document.id}", f"/sheets/{document.id}"):
        assert 'id="checks"' not in world.client("Лукина").get(address).text
    assert world.client("Лукина").get(f"/checks/{document.id}").status_code == 200


def test_the_approval_shows_counts_and_the_grave_ones(world: World, document: Document) -> None:
    start = words(world.client("Дёмина").get(f"/approvals/{document.id}/start").text)
    world.people.send(document, Plan((world.people.step("Нечаев"),)))
    decide = words(world.client("Нечаев").get(f"/decide/{document.id}").text)
    sheet = words(world.client("Нечаев").get(f"/sheets/{document.id}").text)
    for said in (start, decide, sheet):
        assert "Check before signing" in said
        assert "1 grave" in said
        assert "Something is left of a template" in said


def test_the_page_lists_what_was_found_what_is_in_order_and_what_was_not_checked(world: World, document: Document) -> None:
    said = words(world.client("Дёмина").get(f"/checks/{document.id}").text)
    for part in ("Found", "Not checked", "In order", "It will be: “О итогах зачёта”", "The paper is A4"):
        assert part in said


def test_a_press_mends_the_heading(world: World, document: Document) -> None:
    client = world.client("Дёмина")
    answer = post(client, f"/checks/{document.id}/mend", follow=True, code="heading_stop", revision=str(document.revision))
    assert "Mended." in answer.text
    assert get_document(document.id).title == "О итогах зачёта"
    again = post(client, f"/checks/{document.id}/mend", follow=True, code="heading_stop", revision=str(document.revision))
    assert "Somebody changed the document meanwhile" in words(again.text)


@pytest.mark.parametrize("revision", ["", "x", "²", "9" * 40, "-1"])
def test_a_form_made_by_hand_is_answered_with_a_sentence(world: World, document: Document, revision: str) -> None:
    answer = post(world.client("Дёмина"), f"/checks/{document.id}/mend", follow=True, code="x" * 999, revision=revision)
    assert answer.status_code == 200
    assert "which state of the document" in words(answer.text)


def test_a_document_of_others_has_no_page_of_its_check(world: World) -> None:
    card = Card("order_main", "Тайный замысел", "7-П", TODAY, preparation=Preparation.SIGNED, mark=Mark.OFFICIAL, mark_basis="служебное")
    secret = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    client = world.client("Дёмина")
    assert client.get(f"/checks/{secret.id}").status_code == 404
    assert post(client, f"/checks/{secret.id}/mend", code="heading_stop", revision="1").status_code == 404


def test_words_of_a_hostile_heading_are_written_as_words(world: World) -> None:
    made = world.people.document("О <script>alert(1)</script> итогах.")
    page = world.client("Дёмина").get(f"/checks/{made.id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
