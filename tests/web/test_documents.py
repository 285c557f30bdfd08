from __future__ import annotations

import datetime as dt
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.models import Employee, Organisation, Unit
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, ItemTerm, Roadmap
from tests.conftest import NOW
from tests.web.office import Office, document, download, office_on, post, upload


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(f"{sqlite_address}", tmp_path) as opened:
        yield opened


CARD = {
    "kind": "order_main",
    "number": "41-О",
    "date": "2025-11-10",
    "title": "О неделе чтения",
    "summary": "Кто и когда.",
    "signer": "Лаврова О. С.",
    "preparation": "signed",
}


def word_file(text: str = "О неделе чтения в школах округа") -> bytes:
    written = docx.Document()
    written.add_paragraph(text)
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def expected_order() -> ExpectedDocument:
    """An order that a roadmap of 2025 waits for until 1 December."""
    roadmap = Roadmap.create(title="Читающий округ", first_year=2025, last_year=2025, created_at=NOW)
    edition = Edition.create(roadmap=roadmap, number=1, stored_by="t", stored_at=NOW)
    item = Item.create(edition=edition, position=1, number="1.1", title="Издать приказ")
    ItemTerm.create(item=item, kind="deadline", end=dt.date(2025, 12, 1), text="до 01.12.2025")
    return ExpectedDocument.create(
        item=item, position=1, title="Приказ о неделе", kind="приказ", inferred=False, confirmed=True
    )


def slot_key(expected: ExpectedDocument) -> str:
    from roadmapdocs.coverage.operations import slots_of

    (slot,) = slots_of(expected)
    return f"{expected.id}~{slot.key}"


def test_a_card_is_made_with_its_file_in_one_step(office: Office) -> None:
    data = word_file()
    response = post(office.client(Role.CLERK), "/documents/new", **CARD, file=upload(data, "Приказ №41.docx"))
    made = Document.get()
    assert response.headers["Location"] == f"/documents/{made.id}"
    assert (made.number, made.title, made.date, made.preparation) == (
        "41-О",
        "О неделе чтения",
        dt.date(2025, 11, 10),
        "signed",
    )
    page = office.client(Role.STAFF).get(f"/documents/{made.id}").text
    assert "О неделе чтения в школах округа" in page
    assert "Приказ №41.docx" in page
    assert [event.what for event in Event.select().where(Event.subject == f"document:{made.id}")] == [
        "document_created",
        "version_added",
    ]


def test_a_date_typed_the_russian_way_is_understood(office: Office) -> None:
    post(office.client(Role.CLERK), "/documents/new", **CARD | {"date": "10.11.2025"})
    assert Document.get().date == dt.date(2025, 11, 10)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "   "}, "title"),
        ({"title": "т" * 2001}, "title"),
        ({"kind": ""}, "kind"),
        ({"kind": "no_such_kind"}, "kind"),
        ({"date": "31.02.2025"}, "date"),
        ({"date": ""}, "date"),
        ({"date": "2031-01-01"}, "date"),
        ({"number": "9" * 65}, "number"),
        ({"summary": "и" * 10001}, "summary"),
        ({"preparation": "eternal"}, "preparation"),
        ({"signer": "Л" * 256}, "signer"),
    ],
)
def test_a_wrong_field_is_marked_and_what_was_typed_stays(office: Office, wrong: dict[str, str], field: str) -> None:
    response = post(office.client(Role.CLERK), "/documents/new", **CARD | {"summary": "ТАК БЫЛО"} | wrong)
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    if field != "summary":
        assert "ТАК БЫЛО" in response.text
    assert not Document.select().exists()


def test_a_taken_number_leads_to_the_card_that_bears_it(office: Office) -> None:
    first = document("first", number="41-О", date=dt.date(2025, 2, 3))
    response = post(office.client(Role.CLERK), "/documents/new", **CARD | {"number": "№ 41-о"})
    assert response.status_code == 422
    assert 'id="number-error"' in response.text
    assert f'href="/documents/{first.id}"' in response.text
    assert Document.select().count() == 1


def test_invisible_characters_are_not_stored(office: Office) -> None:
    post(office.client(Role.CLERK), "/documents/new", **CARD | {"title": "О\x00 неделе\tчтения\x1b", "summary": "а\r\nб"})
    made = Document.get()
    assert (made.title, made.summary) == ("О неделе чтения", "а\nб")


def test_a_refused_file_stores_no_card_either(office: Office) -> None:
    response = post(office.client(Role.CLERK), "/documents/new", **CARD, file=upload(b"MZ\x90\x00" * 50, "вирус.docx"))
    assert response.status_code == 422
    assert 'id="file-error"' in response.text
    assert "О неделе чтения" in response.text
    assert not Document.select().exists()
    assert not Event.select().where(Event.what == "document_created").exists()


def test_a_file_beside_a_wrong_field_has_to_be_chosen_again(office: Office) -> None:
    response = post(
        office.client(Role.CLERK), "/documents/new", **CARD | {"title": ""}, file=upload(word_file(), "a.docx")
    )
    assert "The file was not kept. Choose it once more." in response.text


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/x.docx", "x.docx"),
        ("C:\\Users\\o\\Приказ.docx", "Приказ.docx"),
        ("CON.docx", "CON.docx"),
        ("д" * 300 + ".docx", "д" * 250 + ".docx"),
        ("имя\u202excod.docx", "имяxcod.docx"),
        ('"кавычки"; filename=x.exe', '"кавычки"; filename=x.exe'),
        ("<b>жирный</b>", "b>"),
        ("смайл 🙂.docx", "смайл 🙂.docx"),
    ],
)
def test_a_file_comes_back_byte_for_byte_under_a_tame_name(office: Office, sent: str, shown: str) -> None:
    data = word_file(sent.encode("ascii", "replace").decode())
    made = document()
    kept = office.app.extensions["roadmapdocs"].settings.files_folder
    version = add_version(made, data, sent, store=FolderStore(kept), by=SYSTEM, now=NOW)
    client = office.client(Role.STAFF)
    response = download(client, f"/documents/{made.id}/files/{version.id}")
    assert response.data == data
    assert response.content_length == len(data)
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert html.escape(shown, quote=False) in client.get(f"/documents/{made.id}").text.replace("&#34;", '"')
    assert {path.name for path in kept.rglob("*") if path.is_file()} == {version.file.sha256}


def test_a_file_is_reached_through_its_own_document_only(office: Office) -> None:
    client = office.client(Role.CLERK)
    post(client, "/documents/new", **CARD, file=upload(word_file(), "a.docx"))
    other = document("another")
    version = DocumentVersion.get()
    assert download(client, f"/documents/{version.document_id}/files/{version.id}").status_code == 200
    assert client.get(f"/documents/{other.id}/files/{version.id}").status_code == 404


def test_a_file_that_is_gone_from_the_store_is_a_page_not_a_failure(office: Office) -> None:
    client = office.client(Role.CLERK)
    post(client, "/documents/new", **CARD, file=upload(word_file(), "a.docx"))
    version = DocumentVersion.get()
    for path in office.app.extensions["roadmapdocs"].settings.files_folder.rglob("*"):
        if path.is_file():
            path.unlink()
    assert download(client, f"/documents/{version.document_id}/files/{version.id}").status_code == 404
    assert client.get(f"/documents/{version.document_id}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/documents/77",
        "/documents/77/edit",
        "/documents/77/files/1",
        "/documents/99999999999999999999",
        "/documents/2147483648",
        "/documents/0",
        "/documents/x",
        "/documents/-1",
        "/documents/1/files/99999999999999999999",
    ],
)
def test_an_unknown_document_is_a_page_that_says_so(office: Office, address: str) -> None:
    response = office.client(Role.CLERK).get(address)
    assert response.status_code == 404
    assert "</html>" in response.text


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE])
def test_who_keeps_no_cards_cannot_write_by_direct_address(office: Office, role: Role) -> None:
    made = document("untouched")
    client = office.client(role)
    for address in ("/documents/new", f"/documents/{made.id}/edit"):
        assert client.get(address).status_code == 403
        assert post(client, address, **CARD, revision="1").status_code == 403
    assert [row.title for row in Document.select()] == ["untouched"]


def test_the_card_of_a_reader_says_who_may_change_it(office: Office) -> None:
    made = document()
    page = office.client(Role.STAFF).get(f"/documents/{made.id}").text
    assert "Cards of documents are kept by the clerk or the coordinator." in page
    assert f"/documents/{made.id}/edit" not in page


def test_a_change_without_its_token_is_not_taken(office: Office) -> None:
    assert office.client(Role.CLERK).post("/documents/new", data=CARD).status_code == 400
    assert not Document.select().exists()


def test_a_card_is_changed_and_keeps_what_the_form_does_not_ask_for(office: Office) -> None:
    organisation = Organisation.create(name="О", short_name="О", genitive="О")
    unit = Unit.create(organisation=organisation, name="Отдел чтения")
    drafter = Employee.create(surname="Дёмин", name="Юрий", gender="m")
    signer = Employee.create(surname="Лаврова", name="Ольга", patronymic="Сергеевна", gender="f")
    made = document(
        "before", unit_id=unit.id, drafter_id=drafter.id, signer="Лаврова О. С.", signer_id=signer.id, number="1"
    )
    response = post(office.client(Role.COORDINATOR), f"/documents/{made.id}/edit", **CARD, revision="1")
    assert response.status_code == 302
    changed = Document.get_by_id(made.id)
    assert (changed.title, changed.revision) == ("О неделе чтения", 2)
    assert (changed.unit_id, changed.drafter_id, changed.signer_employee_id) == (unit.id, drafter.id, signer.id)


def test_another_signer_is_no_longer_the_employee_who_was_the_signer(office: Office) -> None:
    signer = Employee.create(surname="Лаврова", name="Ольга", gender="f")
    made = document("before", signer="Лаврова О. С.", signer_id=signer.id)
    post(office.client(Role.CLERK), f"/documents/{made.id}/edit", **CARD | {"signer": "Дёмин Ю. А."}, revision="1")
    assert Document.get_by_id(made.id).signer_employee_id is None


def test_the_form_opens_with_the_card_in_it(office: Office) -> None:
    made = document("О приёме", kind="protocol", number="5", preparation=Preparation.DRAFT, date=None)
    page = office.client(Role.CLERK).get(f"/documents/{made.id}/edit").text
    assert 'value="О приёме"' in page
    assert re.search(r'<option selected value="protocol">', page)
    assert 'name="revision" type="hidden" value="1"' in page


def test_a_stale_save_keeps_both_texts_and_a_second_one_is_knowing(office: Office) -> None:
    made = document("before")
    client = office.client(Role.CLERK)
    assert post(client, f"/documents/{made.id}/edit", **CARD | {"title": "theirs"}, revision="1").status_code == 302
    stale = post(client, f"/documents/{made.id}/edit", **CARD | {"title": "mine"}, revision="1")
    assert stale.status_code == 409
    assert 'value="mine"' in stale.text
    assert f'href="/documents/{made.id}"' in stale.text
    assert Document.get_by_id(made.id).title == "theirs"
    revision = re.search(r'name="revision" type="hidden" value="(\d+)"', stale.text).group(1)
    assert post(client, f"/documents/{made.id}/edit", **CARD | {"title": "mine"}, revision=revision).status_code == 302
    assert Document.get_by_id(made.id).title == "mine"


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 40, "٣"])
def test_a_made_up_revision_is_a_stale_one(office: Office, revision: str) -> None:
    made = document("before")
    assert post(office.client(Role.CLERK), f"/documents/{made.id}/edit", **CARD, revision=revision).status_code == 409
    assert Document.get_by_id(made.id).title == "before"


def test_a_second_file_becomes_the_newest_version_and_the_same_one_is_noticed(office: Office) -> None:
    client = office.client(Role.CLERK)
    post(client, "/documents/new", **CARD | {"preparation": "draft", "number": ""}, file=upload(word_file("one"), "a.docx"))
    made = Document.get()
    post(client, f"/documents/{made.id}/versions", file=upload(word_file("two"), "b.docx"))
    assert [row.name for row in DocumentVersion.select().order_by(DocumentVersion.number)] == ["a.docx", "b.docx"]
    again = DocumentVersion.select().order_by(DocumentVersion.number.desc()).get()
    data = download(client, f"/documents/{made.id}/files/{again.id}").data
    response = post(client, f"/documents/{made.id}/versions", file=upload(data, "b.docx"))
    assert 'id="file-error"' in response.text
    assert DocumentVersion.select().count() == 2


def test_an_undated_card_keeps_its_place_in_the_list_when_changed(office: Office) -> None:
    made = document("draft", preparation=Preparation.DRAFT, date=None)
    Document.update(listed_on=dt.date(2025, 1, 1)).execute()
    draft = CARD | {"preparation": "draft", "date": ""}
    post(office.client(Role.CLERK), f"/documents/{made.id}/edit", **draft, revision="1")
    assert Document.get_by_id(made.id).listed_on == dt.date(2025, 1, 1)


def test_a_card_made_from_a_slot_proves_it(office: Office) -> None:
    key = slot_key(expected_order())
    client = office.client(Role.COORDINATOR)
    form = client.get("/documents/new", query_string={"slot": key}).text
    assert "The card will prove item 1.1 of “Читающий округ”: Приказ о неделе." in form
    assert 'value="Приказ о неделе"' in form
    assert re.search(r'<option selected value="order_main">', form)
    response = post(client, "/documents/new", **CARD, slot=key)
    assert response.headers["Location"].startswith("/roadmaps/")
    proof = Proof.get()
    assert (proof.document_id, f"{proof.expected_id}~{proof.period}") == (Document.get().id, key)
    page = client.get(f"/documents/{proof.document_id}").text
    assert "Издать приказ" in page
    assert "Читающий округ: Приказ о неделе" in page


def test_a_card_for_a_period_that_the_roadmap_lacks_is_not_made(office: Office) -> None:
    key = f"{expected_order().id}~1999"
    response = post(office.client(Role.CLERK), "/documents/new", **CARD, slot=key)
    assert response.status_code == 404
    assert "О неделе чтения" in response.text
    assert not Document.select().exists()


@pytest.mark.parametrize("key", ["", "x", "77~2025", "~", "1", "99999999999999999~2025", "1~\x00", "٣~2025"])
def test_a_slot_that_is_none_opens_the_plain_form(office: Office, key: str) -> None:
    response = office.client(Role.CLERK).get("/documents/new", query_string={"slot": key})
    assert response.status_code == 200
    assert "The card will prove" not in response.text


def test_markup_on_a_card_is_shown_as_text(office: Office) -> None:
    evil = "<img src=x onerror=alert(1)> 🎓"
    made = document(evil, number="<b>1</b>", summary=evil, signer=evil)
    page = office.client(Role.CLERK).get(f"/documents/{made.id}").text
    assert "<img" not in page
    assert "<b>1</b>" not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt; 🎓") >= 3


def test_the_history_tells_who_did_what(office: Office) -> None:
    client = office.client(Role.CLERK)
    post(client, "/documents/new", **CARD, file=upload(word_file(), "a.docx"))
    page = client.get(f"/documents/{Document.get().id}").text
    assert "clerk.login: made the card" in page
    assert "clerk.login: added version 1: a.docx" in page
