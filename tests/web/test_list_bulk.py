from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.people.rules import Role
from tests.web.office import Office, document, office_on, post


@pytest.fixture
def office(database: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(database, tmp_path) as opened:
        yield opened


def chosen(*documents: Document, do: str = "") -> str:
    query = "&".join(f"id={one.id}" for one in documents)
    return f"/documents/bulk?{query}" + (f"&do={do}" if do else "")


def seen(page: str) -> list[str]:
    return re.findall(r'name="seen" value="([^"]*)"', page)


def section(page: str, title: str) -> str:
    """The part of the page under a heading."""
    found = re.search(rf"<h2[^>]*>[^<]*{title}[^<]*</h2>.*?</section>", page, re.DOTALL)
    return found.group() if found else ""


def test_rows_are_ticked_in_a_form_that_only_looks(office: Office) -> None:
    row = document("order")
    page = office.client(Role.CLERK).get("/documents/?kind=приказ").text
    assert f'name="id" value="{row.id}"' in page
    assert '<form class="rd-bulk" method="get" action="/documents/bulk">' in page


def test_steps_are_offered_with_how_many_they_fit(office: Office) -> None:
    page = office.client(Role.CLERK).get(chosen(document("order", number="1"), document("draft", preparation=Preparation.DRAFT)))
    assert "2 documents are chosen." in page.text
    assert "fits 1 of 2" in page.text
    assert "do=annul" in page.text


def test_the_preview_names_each_document_on_its_side(office: Office) -> None:
    order = document("order", number="1")
    draft = document("draft", preparation=Preparation.DRAFT)
    page = office.client(Role.CLERK).get(chosen(order, draft, do="annul")).text
    assert "order" in section(page, "Will be done for 1 document")
    assert "draft" in section(page, "Will not be done for 1 document")
    assert 'name="reason"' in page
    assert seen(page) == [f"{order.id}:{order.revision}"]
    assert Document.get_by_id(order.id).registration == "registered"


def test_a_step_is_done_document_by_document_and_told(office: Office) -> None:
    orders = [document(f"order {number}", number=str(number)) for number in (1, 2)]
    client = office.client(Role.CLERK)
    sent = seen(client.get(chosen(*orders, do="put_on_control")).text)
    Document.update(revision=Document.revision + 1).where(Document.id == orders[1].id).execute()
    report = post(client, "/documents/bulk", do="put_on_control", seen=sent, due="2026-12-01", back="kind=приказ")
    assert report.status_code == 200
    assert "done for 1 of 2" in report.text
    assert "order 1" in section(report.text, "Done")
    assert "order 2" in section(report.text, "Not done")
    assert [Document.get_by_id(one.id).control for one in orders] == ["on", "off"]


def test_sent_twice_it_is_done_once(office: Office) -> None:
    order = document("order", number="1")
    client = office.client(Role.CLERK)
    sent = seen(client.get(chosen(order, do="annul")).text)
    post(client, "/documents/bulk", do="annul", seen=sent, reason="дважды")
    revision = Document.get_by_id(order.id).revision
    again = post(client, "/documents/bulk", do="annul", seen=sent, reason="дважды")
    assert "This has been done already." in again.text
    assert Document.get_by_id(order.id).revision == revision


def test_without_an_answer_nothing_is_done_and_the_field_is_marked(office: Office) -> None:
    orders = [document(f"order {number}", number=str(number)) for number in (1, 2)]
    client = office.client(Role.CLERK)
    sent = seen(client.get(chosen(*orders, do="annul")).text)
    asked = post(client, "/documents/bulk", do="annul", seen=sent, reason=" ")
    assert asked.status_code in {400, 409, 422}
    assert 'aria-invalid="true"' in asked.text
    assert seen(asked.text) == sent
    assert {Document.get_by_id(one.id).registration for one in orders} == {"registered"}


def test_what_is_not_for_the_person_is_neither_named_nor_done(office: Office) -> None:
    secret = document("secret", number="1", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    order = document("order", number="2")
    client = office.client(Role.STAFF)
    for address in (chosen(secret, order), chosen(secret, order, do="annul")):
        assert "secret" not in client.get(address).text
    post(client, "/documents/bulk", do="annul", seen=[f"{secret.id}:1", f"{order.id}:1"], reason="x")
    assert {Document.get_by_id(one.id).registration for one in (secret, order)} == {"registered"}


@pytest.mark.parametrize(
    "address",
    [
        "/documents/bulk",
        "/documents/bulk?id=x&id=-1&id=٣",
        "/documents/bulk?id=999999999",
        "/documents/bulk?id=99999999999999999999",
        "/documents/bulk?" + "&".join(f"id={number}" for number in range(1, 202)),
    ],
)
def test_nothing_or_too_much_chosen_leads_back_to_the_list_with_a_word(office: Office, address: str) -> None:
    response = office.client(Role.CLERK).get(address + "&back=kind%3Dx" if "?" in address else address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/documents/")
    assert "rd-note--late" in office.client(Role.CLERK).get("/documents/").text


@pytest.mark.parametrize("do", ["fly", "' OR 1=1", "\x00", "x" * 5000])
def test_a_step_of_no_workflow_fits_nobody(office: Office, do: str) -> None:
    order = document("order")
    client = office.client(Role.CLERK)
    page = client.get("/documents/bulk", query_string={"id": order.id, "do": do})
    assert page.status_code == 200
    assert "This step fits none of the documents now." in page.text
    sent = post(client, "/documents/bulk", do=do, seen=[f"{order.id}:1"])
    assert sent.status_code == 200


@pytest.mark.parametrize("sent", [[], ["x"], ["1"], ["1:"], [":1"], ["1:x:2"], ["99999999999:1"]])
def test_revisions_that_make_no_sense_do_nothing(office: Office, sent: list[str]) -> None:
    order = document("order", number="1")
    response = post(office.client(Role.CLERK), "/documents/bulk", do="annul", seen=sent, reason="x")
    assert response.status_code == 302
    assert Document.get_by_id(order.id).registration == "registered"
