"""«Ознакомиться»: what is to be read, the proof that the whole was shown, confirming one document after another."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.documents.models import Document
from tests.acquaintance.office import states
from tests.conftest import NOW, TODAY
from tests.factories import count_queries
from tests.web import office as web
from tests.web.acquaintance_desk import LONG, Desk, desk_on, said

CLOSED, OPEN = "data-ready hidden", "data-ready>"


@pytest.fixture
def desk(sqlite_address: str, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(sqlite_address, tmp_path) as made:
        yield made


@pytest.fixture
def order(desk: Desk) -> Document:
    desk.office.rule()
    document = desk.office.document(words=LONG)
    desk.office.send(document, "Дёмина", "Нечаев", due=TODAY + dt.timedelta(3), note="See point 2.")
    return document


def url(document: Document, rest: str = "") -> str:
    return f"/acquaintance/{document.id}{rest}"


def test_what_is_to_be_read_stands_with_its_term_its_sender_and_the_note(desk: Desk, order: Document) -> None:
    urgent = desk.office.document("О срочном")
    desk.office.send(urgent, "Дёмина", due=TODAY)
    page = desk.get("Дёмина", "/acquaintance/")
    assert page.index("О срочном") < page.index("О зачёте по чтению")
    assert "Sent by: Лукина" in page
    assert "See point 2." in page
    assert "2 documents wait for you." in page
    assert "All is read" in desk.get("Громова", "/acquaintance/")


def test_whoever_opens_a_text_sees_who_asks_and_a_closed_door_with_its_reason(desk: Desk, order: Document) -> None:
    page = desk.get("Дёмина", url(order))
    assert "to be read until" in page
    assert "See point 2." in page
    assert CLOSED in page
    assert "It opens when the text has been shown to its last page." in page
    assert 'aria-disabled="true" aria-describedby="why-closed"' in page
    line = desk.office.line(order, "Дёмина")
    assert (line.opened_at, line.read_through_at) == (NOW, None)


def test_the_page_tells_that_its_last_part_was_shown_and_the_door_opens(desk: Desk, order: Document) -> None:
    fields = desk.reading(order, "Дёмина")
    client = desk.client("Дёмина")
    headers = {"X-Requested-With": "fetch"}
    answer = client.post(url(order, "/shown"), data={"csrf_token": web.token(client), **fields}, headers=headers)
    assert answer.status_code == 204
    assert desk.office.line(order, "Дёмина").read_through_at == NOW
    assert OPEN in desk.get("Дёмина", url(order))


def test_nothing_is_confirmed_before_the_end_was_shown(desk: Desk, order: Document) -> None:
    answer = desk.post("Дёмина", url(order, "/confirm"), **desk.reading(order, "Дёмина"))
    assert "You have not come to the end of the text yet." in said(answer)
    assert states(order)["Дёмина"] == "asked"


def test_without_script_parts_are_shown_in_their_order_and_the_last_one_opens_the_door(desk: Desk, order: Document) -> None:
    client = desk.client("Дёмина")
    first = client.get(url(order, "?part=1")).text
    (total,) = re.findall(r"Part 1 of (\d+)</span>", first)
    assert int(total) > 2
    skipped = client.get(url(order, f"?part={total}")).text
    assert f"Part 2 of {total}</span>" in skipped, "a part not shown yet comes first"
    assert CLOSED in skipped
    for part in range(3, int(total) + 1):
        page = client.get(url(order, f"?part={part}")).text
        assert f"Part {part} of {total}</span>" in page
    assert OPEN in page
    assert desk.office.line(order, "Дёмина").read_through_at == NOW


def test_after_one_is_confirmed_the_next_one_opens_and_the_counter_goes_on(desk: Desk, order: Document) -> None:
    others = [desk.office.document(f"О деле {number}") for number in (1, 2)]
    for other in others:
        desk.office.send(other, "Дёмина")
    assert "1 of 3 to read" in desk.get("Дёмина", url(order))
    for document, follows, place in ((order, others[0], "2 of 3"), (others[0], others[1], "3 of 3")):
        fields = desk.reading(document, "Дёмина") | {"of": 3}
        desk.post("Дёмина", url(document, "/shown"), **fields)
        answer = desk.post("Дёмина", url(document, "/confirm"), follow=False, **fields)
        assert answer.headers["Location"] == url(follows, "?of=3")
        assert f"{place} to read" in desk.get("Дёмина", answer.headers["Location"])
    fields = desk.reading(others[1], "Дёмина") | {"of": 3}
    desk.post("Дёмина", url(others[1], "/shown"), **fields)
    answer = desk.post("Дёмина", url(others[1], "/confirm"), **fields)
    assert answer.request.path == "/acquaintance/"
    assert "You have confirmed that you read it" in said(answer)
    assert "simple signature" in answer.text
    assert {states(one)["Дёмина"] for one in (order, *others)} == {"confirmed"}


def test_without_a_rule_the_page_says_to_sign_on_paper(desk: Desk) -> None:
    document = desk.office.document()
    desk.office.send(document, "Дёмина")
    page = desk.get("Дёмина", url(document))
    assert "sign the printed sheet at the clerk" in page
    assert "data-ready" not in page
    fields = desk.reading(document, "Дёмина")
    desk.post("Дёмина", url(document, "/shown"), **fields)
    assert "no rule on simple signatures" in said(desk.post("Дёмина", url(document, "/confirm"), **fields))


def test_what_changed_since_the_edition_that_was_confirmed_is_shown_first(desk: Desk, order: Document) -> None:
    desk.office.read(order, "Дёмина")
    desk.office.text(order, f"{LONG}\n21. Новый пункт.", edition=2)
    page = desk.get("Дёмина", url(order))
    assert "What changed since the edition that you confirmed" in page
    assert "<ins>21. Новый пункт.</ins>" in page
    assert "What changed" not in desk.get("Нечаев", url(order))


def test_a_confirmation_of_a_superseded_text_leads_to_the_newer_one(desk: Desk, order: Document) -> None:
    old = desk.reading(order, "Дёмина")
    desk.post("Дёмина", url(order, "/shown"), **old)
    desk.office.text(order, "Совсем другой текст.", edition=2)
    answer = desk.post("Дёмина", url(order, "/confirm"), **old)
    assert answer.request.path == url(order)
    assert "The document has another text by now." in said(answer)
    assert "Совсем другой текст." in answer.text
    assert CLOSED in answer.text


def test_a_text_that_no_page_shows_wholly_is_read_as_a_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmapdocs.web.decide.text.LARGEST_READ", 10)
    desk.office.rule()
    document = desk.office.document(words="Текст, которому здесь тесно.")
    desk.office.send(document, "Дёмина")
    page = desk.get("Дёмина", url(document))
    assert "It opens when the file has been opened." in page
    client = desk.client("Дёмина")
    answer = client.post(url(document, "/file"), data={"csrf_token": web.token(client)})
    assert web.download(client, answer.headers["Location"]).text == "Текст, которому здесь тесно."
    assert OPEN in desk.get("Дёмина", url(document))


def test_a_text_with_pages_may_be_read_as_letters(desk: Desk, order: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    page = {"number": 1, "of": 1, "url": "/x", "width": 8, "height": 11}
    preview = {"pages": [page], "more_pages": 0}
    monkeypatch.setattr("roadmapdocs.web.acquaintance.parts.preview_context", lambda _document, _version: preview)
    pages = desk.get("Дёмина", url(order))
    assert 'alt="Page 1 of 1"' in pages
    assert "20. Пункт" not in pages
    letters = desk.get("Дёмина", url(order, "?form=text"))
    assert "20. Пункт" in letters
    assert "As pages" in letters
    preview["more_pages"] = 3
    assert "20. Пункт" in desk.get("Дёмина", url(order)), "pages that lack some are not the whole"


def test_the_file_opens_no_door_where_the_text_is_shown(desk: Desk, order: Document) -> None:
    client = desk.client("Дёмина")
    assert client.post(url(order, "/file"), data={"csrf_token": web.token(client)}).status_code == 302
    assert desk.office.line(order, "Дёмина").read_through_at is None


@pytest.mark.parametrize("act", ["shown", "confirm"])
def test_nobody_reads_in_anothers_name(desk: Desk, order: Document, act: str) -> None:
    answer = desk.post("Нечаев", url(order, f"/{act}"), **desk.reading(order, "Дёмина"))
    assert answer.status_code == 404
    other = desk.office.document("О другом")
    assert desk.post("Дёмина", url(other, f"/{act}"), **desk.reading(order, "Дёмина")).status_code == 404
    assert desk.office.line(order, "Дёмина").read_through_at is None


@pytest.mark.parametrize("sent", ["", "x", "-1", "9" * 40])
def test_nonsense_in_the_form_is_answered_as_what_is_not_there(desk: Desk, order: Document, sent: str) -> None:
    for act in ("shown", "confirm"):
        assert desk.post("Дёмина", url(order, f"/{act}"), line=sent, version=sent).status_code == 404
    assert desk.get("Дёмина", url(order, f"?part={sent}&of={sent}"))


def test_whoever_is_not_asked_reads_and_is_told_so(desk: Desk, order: Document) -> None:
    assert "You are not asked to read this." in desk.get("Громова", url(order))
    desk.office.read(order, "Дёмина")
    assert "Nothing else is asked." in desk.get("Дёмина", url(order))


def test_a_document_that_is_not_ones_own_is_not_there(desk: Desk) -> None:
    draft = desk.office.document("О премии", preparation="draft", number="", date=None)
    for rest in ("", "?part=1"):
        assert "премии" not in desk.get("Громова", url(draft, rest), 404)
    for act in ("/shown", "/confirm", "/file"):
        assert desk.post("Громова", url(draft, act)).status_code == 404


def test_the_overview_is_for_those_who_send_and_has_the_latest_first(desk: Desk, order: Document) -> None:
    late = desk.office.document("О позднем")
    desk.office.send(late, "Громова", due=TODAY, standing=True, days=2)
    page = desk.get("Лукина", "/acquaintance/control")
    assert page.index("О позднем") < page.index("О зачёте по чтению")
    assert "Read by 0 of 2" in page
    standing = desk.get("Лукина", "/acquaintance/control?show=standing")
    assert "О позднем" in standing
    assert "О зачёте по чтению" not in standing
    unit = desk.office.units["Бухгалтерия"].id
    assert "О зачёте по чтению" not in desk.get("Лукина", f"/acquaintance/control?unit={unit}")
    for surname in ("Дёмина", "Нечаев"):
        desk.office.read(order, surname)
    assert "О зачёте по чтению" in desk.get("Лукина", "/acquaintance/control?show=done")
    desk.get("Дёмина", "/acquaintance/control", 403)


def test_the_queue_costs_the_same_however_long_it_is(desk: Desk, order: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.client("Дёмина")
    client.get("/acquaintance/")
    seen = count_queries(monkeypatch)
    client.get("/acquaintance/")
    before = len(seen)
    for number in range(5):
        desk.office.send(desk.office.document(f"О деле {number}"), "Дёмина")
    seen.clear()
    client.get("/acquaintance/")
    assert len(seen) == before
