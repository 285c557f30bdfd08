"""The pages on which a card is made and changed, and on which a text gets its next version."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from werkzeug.test import EnvironBuilder

from roadmapdocs.audit.models import Event
from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.operations import slots_of
from roadmapdocs.documents.kinds import keep_kind
from roadmapdocs.documents.locks import LOCK_FOR
from roadmapdocs.documents.models import Document, DocumentVersion, EditLock, Kind
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.people.models import Employee, Organisation, Unit
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, ItemTerm, Roadmap
from tests import factories
from tests.conftest import NOW
from tests.web.office import PASSWORD, Office, document, download, office_on, post, token, upload

CARD = {
    "kind": "order_main",
    "number": "41-О",
    "date": "2025-11-10",
    "title": "О неделе чтения",
    "summary": "Кто и когда.",
    "signer": "Лаврова О. С.",
    "preparation": "signed",
}
DRAFT = CARD | {"preparation": "draft", "number": "", "date": ""}


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def word_file(text: str = "О неделе чтения в школах округа") -> bytes:
    written = docx.Document()
    written.add_paragraph(text)
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def draft(title: str = "before", **values: Any) -> Document:
    return document(title, **{"preparation": Preparation.DRAFT, "date": None} | values)


def expected_order() -> str:
    """Key of the slot of an order that a roadmap of 2025 waits for until 1 December."""
    roadmap = Roadmap.create(title="Читающий округ", first_year=2025, last_year=2025, created_at=NOW)
    edition = Edition.create(roadmap=roadmap, number=1, stored_by="t", stored_at=NOW)
    item = Item.create(edition=edition, position=1, number="1.1", title="Издать приказ")
    ItemTerm.create(item=item, kind="deadline", end=dt.date(2025, 12, 1), text="до 01.12.2025")
    expected = ExpectedDocument.create(
        item=item, position=1, title="Приказ о неделе", kind="приказ", inferred=False, confirmed=True
    )
    (slot,) = slots_of(expected)
    return f"{expected.id}~{slot.key}"


def employee(surname: str = "Лаврова", name: str = "Ольга", patronymic: str = "Сергеевна") -> Employee:
    return Employee.create(surname=surname, name=name, patronymic=patronymic, gender="f")


def value_of(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


# Making a card


def test_the_kind_is_chosen_first_out_of_groups(office: Office) -> None:
    page = office.client(Role.CLERK).get("/documents/new").text
    assert "What kind of document is it?" in page
    assert page.index("Orders and directives") < page.index("Protocols") < page.index("Other documents")
    assert 'href="/documents/new?kind=regulation"' in page


def test_a_kind_out_of_use_is_not_offered_and_takes_no_card(office: Office) -> None:
    Kind.update(active=False).where(Kind.code == "act").execute()
    client = office.client(Role.CLERK)
    assert "kind=act" not in client.get("/documents/new").text
    assert "This kind is not in use." in client.get("/documents/new?kind=act").text
    response = post(client, "/documents/new", **CARD | {"kind": "act"})
    assert response.status_code == 422
    assert 'id="kind-error"' in response.text
    assert not Document.select().exists()


@pytest.mark.parametrize("kind", ["no_such", "' OR 1=1", "<b>", "x" * 5000])
def test_an_unknown_kind_leads_to_the_choice(office: Office, kind: str) -> None:
    response = office.client(Role.CLERK).get("/documents/new", query_string={"kind": kind})
    assert response.status_code == 200
    assert "What kind of document is it?" in response.text


def test_the_form_asks_for_what_the_kind_asks_for(office: Office) -> None:
    client = office.client(Role.CLERK)
    protocol = client.get("/documents/new?kind=protocol").text
    assert 'name="body"' in protocol
    assert 'name="own-agenda"' in protocol
    assert 'name="number"' in protocol
    regulation = client.get("/documents/new?kind=regulation").text
    assert 'name="body"' not in regulation
    assert 'name="own-agenda"' not in regulation
    assert 'name="number"' not in regulation


def test_a_card_is_made_with_its_file_in_one_step(office: Office) -> None:
    data = word_file()
    response = post(office.client(Role.CLERK), "/documents/new", **CARD, file=upload(data, "Приказ №41.docx"))
    made = Document.get()
    assert response.headers["Location"] == f"/documents/{made.id}"
    assert (made.number, made.title, made.date, made.preparation, made.registration) == (
        "41-О",
        "О неделе чтения",
        dt.date(2025, 11, 10),
        "signed",
        "registered",
    )
    assert DocumentVersion.get().document_id == made.id
    assert [event.what for event in Event.select().where(Event.subject == f"document:{made.id}")] == [
        "document_created",
        "version_added",
    ]


def test_a_draft_gets_no_number_whatever_is_sent(office: Office) -> None:
    post(office.client(Role.CLERK), "/documents/new", **CARD | {"preparation": "draft", "date": ""})
    made = Document.get()
    assert (made.number, made.preparation, made.registration) == ("", "draft", "unregistered")


def test_what_is_brought_in_from_paper_has_a_date_and_a_number(office: Office) -> None:
    response = post(office.client(Role.CLERK), "/documents/new", **CARD | {"number": "", "date": ""})
    assert response.status_code == 422
    assert 'id="date-error"' in response.text or 'id="number-error"' in response.text
    assert not Document.select().exists()
    response = post(office.client(Role.CLERK), "/documents/new", **CARD | {"number": ""})
    assert 'id="number-error"' in response.text


def test_a_kind_without_a_number_of_its_own_is_brought_in_by_its_date(office: Office) -> None:
    response = post(office.client(Role.CLERK), "/documents/new", **CARD | {"kind": "regulation", "number": "5"})
    assert response.status_code == 302
    assert (Document.get().number, Document.get().preparation) == ("", "signed")


def test_all_columns_and_fields_are_stored(office: Office) -> None:
    unit = factories.unit()
    response = post(
        office.client(Role.CLERK),
        "/documents/new",
        **CARD
        | {
            "organisation_id": unit.organisation_id,
            "unit_id": unit.id,
            "mark": "official",
            "mark_basis": "Перечень № 1",
            "force_from": "01.12.2025",
            "own-keywords": "чтение,\tшколы",
            "own-sheets": "3",
            "own-medium": "бумажный",
            "own-notes": "раз\r\nдва",
        },
    )
    assert response.status_code == 302, response.text
    made = Document.get()
    assert (made.organisation_id, made.unit_id) == (unit.organisation_id, unit.id)
    assert (made.mark, made.mark_basis, made.force_from) == ("official", "Перечень № 1", dt.date(2025, 12, 1))
    assert made.fields == {"keywords": "чтение, школы", "sheets": 3, "medium": "бумажный", "notes": "раз\nдва"}


def test_a_kind_made_in_the_office_gets_its_form_with_every_type_of_field(office: Office) -> None:
    fields = [
        {"name": "route", "label": "Маршрут", "type": "text", "required": True},
        {"name": "story", "label": "Описание", "type": "long"},
        {"name": "left_on", "label": "Выезд", "type": "date"},
        {"name": "km", "label": "Километров", "type": "integer"},
        {"name": "paid", "label": "Оплачено", "type": "yes_no"},
        {"name": "car", "label": "Машина", "type": "choice", "choices": ["автобус", "«газель»"]},
        {"name": "driver", "label": "Водитель", "type": "person"},
        {"name": "title", "label": "Своё название", "type": "text"},
    ]
    values = {
        "code": "trip",
        "name": "Путевой лист",
        "short": "Путевой лист",
        "gender": "m",
        "expected": "прочее",
        "group": "other",
        "own_number": True,
        "fields": fields,
        "workflows": {},
    }
    keep_kind(None, values, by=SYSTEM, now=NOW)
    client = office.client(Role.CLERK)
    form = client.get("/documents/new?kind=trip").text
    assert 'list="people"' in form
    typed = {
        "own-route": "Школа № 3",
        "own-story": "Туда\nи обратно",
        "own-left_on": "10.11.2025",
        "own-km": "42",
        "own-paid": "0",
        "own-car": "«газель»",
        "own-driver": "Лаврова О. С.",
        "own-title": "Иное",
    }
    response = post(client, "/documents/new", **CARD | {"kind": "trip"} | typed)
    assert response.status_code == 302, response.text
    made = Document.get()
    assert made.title == "О неделе чтения"
    assert made.fields == {
        "route": "Школа № 3",
        "story": "Туда\nи обратно",
        "left_on": "2025-11-10",
        "km": 42,
        "paid": False,
        "car": "«газель»",
        "driver": "Лаврова О. С.",
        "title": "Иное",
    }
    page = client.get(f"/documents/{made.id}/edit").text
    assert value_of(page, "own-left_on") == "2025-11-10"
    assert '<option selected value="0">' in page
    assert "<option selected value=\"«газель»\">" in page
    for wrong in ({"own-route": ""}, {"own-km": "сорок"}, {"own-left_on": "29.02.2025"}, {"own-car": "лодка"}):
        answer = post(client, "/documents/new", **CARD | {"kind": "trip", "number": "42"} | typed | wrong)
        assert answer.status_code == 422
        assert f'id="{next(iter(wrong))}-error"' in answer.text
    assert Document.select().count() == 1


def test_the_drafter_is_the_one_who_makes_the_card_unless_another_is_named(office: Office) -> None:
    me, other = employee(), employee("Дёмин", "Юрий", "Андреевич")
    client = office.client_of(create_user("me", PASSWORD, [Role.CLERK], employee=me.id, by=SYSTEM, now=NOW))
    assert value_of(client.get("/documents/new?kind=note").text, "drafter") == "Лаврова О. С."
    post(client, "/documents/new", **DRAFT)
    post(client, "/documents/new", **DRAFT, drafter="Дёмин Ю.А.")
    assert [row.drafter_id for row in Document.select().order_by(Document.id)] == [me.id, other.id]
    answer = post(client, "/documents/new", **DRAFT, drafter="Никто Н. Н.")
    assert answer.status_code == 422
    assert 'id="drafter-error"' in answer.text


@pytest.mark.parametrize("typed", ["Лаврова О. С.", "лаврова о.с.", "О. С. Лаврова", "Лаврова Ольга Сергеевна"])
def test_a_signer_of_the_office_is_known_as_that_employee(office: Office, typed: str) -> None:
    known = employee()
    assert 'value="Лаврова О. С."' in office.client(Role.CLERK).get("/documents/new?kind=note").text
    post(office.client(Role.CLERK), "/documents/new", **CARD | {"signer": typed})
    assert (Document.get().signer, Document.get().signer_employee_id) == ("Лаврова О. С.", known.id)


def test_a_signer_from_elsewhere_stays_a_name(office: Office) -> None:
    employee()
    post(office.client(Role.CLERK), "/documents/new", **CARD | {"signer": "Чужой Ч. Ч."})
    assert (Document.get().signer, Document.get().signer_employee_id) == ("Чужой Ч. Ч.", None)


def test_namesakes_are_told_apart_by_the_name_in_full(office: Office) -> None:
    employee()
    other = employee(name="Оксана", patronymic="Степановна")
    client = office.client(Role.CLERK)
    answer = post(client, "/documents/new", **CARD)
    assert answer.status_code == 422
    assert "Лаврова Оксана Степановна" in answer.text.split('id="signer-error"')[1]
    post(client, "/documents/new", **CARD | {"signer": "Лаврова Оксана Степановна"})
    assert Document.get().signer_employee_id == other.id


# What people type


def test_a_date_typed_the_russian_way_is_understood(office: Office) -> None:
    post(office.client(Role.CLERK), "/documents/new", **CARD | {"date": "10.11.2025"})
    assert Document.get().date == dt.date(2025, 11, 10)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "   "}, "title"),
        ({"title": "т" * 10_000}, "title"),
        ({"kind": ""}, "kind"),
        ({"kind": "no_such_kind"}, "kind"),
        ({"date": "29.02.2025"}, "date"),
        ({"date": "31.02.2025"}, "date"),
        ({"date": ""}, "date"),
        ({"date": "2031-01-01"}, "date"),
        ({"number": "9" * 65}, "number"),
        ({"summary": "и" * 10_001}, "summary"),
        ({"preparation": "eternal"}, "preparation"),
        ({"preparation": "in_signing"}, "preparation"),
        ({"signer": "Л" * 256}, "signer"),
        ({"mark": "secret"}, "mark"),
        ({"mark": "official"}, "mark_basis"),
        ({"force_from": "01.01.2025"}, "force_from"),
        ({"unit_id": "77"}, "unit_id"),
        ({"unit_id": "x"}, "unit_id"),
        ({"own-sheets": "много"}, "own-sheets"),
        ({"own-sheets": "9" * 400}, "own-sheets"),
        ({"own-keywords": "к" * 501}, "own-keywords"),
    ],
)
def test_a_wrong_field_is_marked_and_what_was_typed_stays(office: Office, wrong: dict[str, str], field: str) -> None:
    response = post(office.client(Role.CLERK), "/documents/new", **CARD | {"own-notes": "ТАК БЫЛО"} | wrong)
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    if wrong.get("kind") is None:
        assert "ТАК БЫЛО" in response.text
    assert not Document.select().exists()


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", '"><img src=x onerror=a>', "Чтение 🎓 и 👩‍🏫", "О" * 2000])
def test_a_title_is_stored_as_it_is_and_shown_as_text(office: Office, title: str) -> None:
    client = office.client(Role.CLERK)
    post(client, "/documents/new", **CARD | {"title": title})
    made = Document.get()
    assert made.title == title
    for address in (f"/documents/{made.id}", f"/documents/{made.id}/edit"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_invisible_characters_are_not_stored(office: Office) -> None:
    post(office.client(Role.CLERK), "/documents/new", **CARD | {"title": "О\x00 неделе\tчтения\x1b", "summary": "а\r\nб"})
    made = Document.get()
    assert (made.title, made.summary) == ("О неделе чтения", "а\nб")


@pytest.mark.parametrize("number", ["№ 41-о", "41-O", "N 41 – О"])  # the second with a Latin O
def test_a_taken_number_leads_to_the_card_that_bears_it(office: Office, number: str) -> None:
    first = document("first", number="41-О", date=dt.date(2025, 2, 3))
    response = post(office.client(Role.CLERK), "/documents/new", **CARD | {"number": number})
    assert response.status_code == 422
    assert 'id="number-error"' in response.text
    assert f'href="/documents/{first.id}"' in response.text
    assert Document.select().count() == 1


def test_names_of_fields_that_nobody_knows_are_passed_over(office: Office) -> None:
    extra = {"own-nothing": "1", "registration": "annulled", "revision": "9", "id": "77", "own-": "x", "readers": "255"}
    assert post(office.client(Role.CLERK), "/documents/new", **CARD | extra).status_code == 302
    made = Document.get()
    assert (made.registration, made.revision, made.fields) == ("registered", 1, {})


def test_thousands_of_fields_are_a_page_not_a_failure(office: Office) -> None:
    many = {f"own-x{place}": "1" for place in range(3_000)}
    stream = {"file": upload(b"text", "a.txt")}
    response = post(office.client(Role.CLERK), "/documents/new", **CARD | many, **stream)
    assert response.status_code == 413
    assert "</html>" in response.text
    assert not Document.select().exists()


# Files


def macro_document() -> bytes:
    stream = io.BytesIO(word_file())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"Attribute VB_Name")
    return stream.getvalue()


def swelling_document() -> bytes:
    stream = io.BytesIO(word_file())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image.png", bytes(60 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ\x90\x00" * 50, "вирус.docx"),
        (b"", "пусто.docx"),
        (macro_document, "макросы.docm"),
        (macro_document, "макросы.docx"),
        (swelling_document, "бомба.docx"),
        (b"PK\x03\x04 broken", "обрезано.docx"),
    ],
)
def test_a_refused_file_stores_no_card_either(office: Office, data: Any, name: str) -> None:
    sent = data() if callable(data) else data
    response = post(office.client(Role.CLERK), "/documents/new", **CARD, file=upload(sent, name))
    assert response.status_code == 422
    assert 'id="file-error"' in response.text
    assert "О неделе чтения" in response.text
    assert not Document.select().exists()
    assert not Event.select().where(Event.what == "document_created").exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../x", "x"),
        ("CON.docx", "CON.docx"),
        ("д" * 300 + ".docx", "д" * 250 + ".docx"),
        ("приказ.pdf.docx", "приказ.pdf.docx"),
    ],
)
def test_a_file_is_never_stored_under_the_name_it_came_with(office: Office, sent: str, kept: str) -> None:
    post(office.client(Role.CLERK), "/documents/new", **CARD, file=upload(word_file(), sent))
    version = DocumentVersion.get()
    assert version.name == kept
    folder = office.app.extensions["roadmapdocs"].settings.files_folder
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {version.file.sha256}


def test_a_file_over_the_limit_is_told_with_the_limit(sqlite_address: str, tmp_path: Path) -> None:
    with office_on(sqlite_address, tmp_path, max_upload=100 * 1024) as office:
        client = office.client(Role.CLERK)
        sent = EnvironBuilder(
            "/documents/new",
            method="POST",
            data={"csrf_token": token(client), **CARD, "file": upload(b"text " * 400_000, "a.txt")},
        )
        environ = sent.get_environ()
        response = client.open(environ)
        environ["wsgi.input"].close()
        sent.close()
        assert response.status_code == 413
        assert "</html>" in response.text
        assert "100" in response.text
        assert not Document.select().exists()


def test_a_file_beside_a_wrong_field_has_to_be_chosen_again(office: Office) -> None:
    response = post(
        office.client(Role.CLERK), "/documents/new", **CARD | {"title": ""}, file=upload(word_file(), "a.docx")
    )
    assert "The file was not kept. Choose it once more." in response.text


# Who may


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE])
def test_who_keeps_no_cards_cannot_write_by_direct_address(office: Office, role: Role) -> None:
    made = document("untouched", number="1")
    client = office.client(role)
    for address in ("/documents/new", f"/documents/{made.id}/edit", f"/documents/{made.id}/versions"):
        assert client.get(address).status_code == 403
        assert post(client, address, **CARD, revision="1").status_code == 403
    for address in ("edit/take", "working-copy"):
        assert post(client, f"/documents/{made.id}/{address}").status_code == 403
    assert [row.title for row in Document.select()] == ["untouched"]
    assert not EditLock.select().exists()


@pytest.mark.parametrize("address", ["edit", "edit/take", "edit/leave", "versions", "compare", "check-in", "discard"])
def test_a_card_that_is_not_for_a_persons_eyes_is_not_there(office: Office, address: str) -> None:
    hidden = draft("secret")
    client = office.client(Role.STAFF)
    unknown = client.get("/documents/77/edit")
    sent = post(client, f"/documents/{hidden.id}/{address}", **DRAFT)
    assert sent.status_code in (404, 405)
    if "/" not in address:
        opened = client.get(f"/documents/{hidden.id}/{address}")
        assert opened.status_code == unknown.status_code == 404
        assert "secret" not in opened.text
    assert post(client, f"/documents/{hidden.id}/working-copy").status_code == 404


def test_a_change_without_its_token_is_not_taken(office: Office) -> None:
    made = draft()
    client = office.client(Role.CLERK)
    for address in ("/documents/new", *(f"/documents/{made.id}/{one}" for one in ("edit", "edit/take", "working-copy"))):
        assert client.post(address, data=CARD).status_code == 400
    assert Document.select().count() == 1


# Changing a card


def test_a_card_is_changed_and_keeps_what_the_form_was_not_sent(office: Office) -> None:
    organisation = Organisation.create(name="О", short_name="О", genitive="О")
    unit = Unit.create(organisation=organisation, name="Отдел чтения")
    drafter, signer = employee("Дёмин", "Юрий"), employee()
    made = draft(
        unit_id=unit.id,
        organisation_id=organisation.id,
        drafter_id=drafter.id,
        signer="Лаврова О. С.",
        signer_id=signer.id,
        fields={"keywords": "чтение"},
    )
    response = post(office.client(Role.COORDINATOR), f"/documents/{made.id}/edit", **DRAFT, revision="1")
    assert response.status_code == 302
    changed = Document.get_by_id(made.id)
    assert (changed.title, changed.revision) == ("О неделе чтения", 2)
    assert (changed.unit_id, changed.drafter_id, changed.signer_employee_id) == (unit.id, drafter.id, signer.id)
    assert (changed.organisation_id, changed.fields) == (organisation.id, {"keywords": "чтение"})


def test_another_signer_is_no_longer_the_employee_who_was_the_signer(office: Office) -> None:
    signer = employee()
    made = draft(signer="Лаврова О. С.", signer_id=signer.id)
    post(office.client(Role.CLERK), f"/documents/{made.id}/edit", **DRAFT | {"signer": "Дёмин Ю. А."}, revision="1")
    assert Document.get_by_id(made.id).signer_employee_id is None


def test_the_form_opens_with_the_card_in_it(office: Office) -> None:
    made = draft("О приёме", kind="protocol", body="Совет", fields={"agenda": "1. О приёме"})
    page = office.client(Role.CLERK).get(f"/documents/{made.id}/edit").text
    assert value_of(page, "title") == "О приёме"
    assert value_of(page, "body") == "Совет"
    assert "1. О приёме</textarea>" in page
    assert re.search(r'<option selected value="protocol">', page)
    assert 'name="revision" type="hidden" value="1"' in page
    assert 'name="number"' not in page


def test_what_the_journal_has_is_shown_and_not_asked_for(office: Office) -> None:
    made = document("before", number="41", date=dt.date(2026, 2, 3))
    assert made.entry_id is not None
    client = office.client(Role.CLERK)
    page = client.get(f"/documents/{made.id}/edit").text
    for name in ("kind", "number", "date", "preparation"):
        assert f'name="{name}"' not in page
    assert "</svg>41</dd>" in page
    assert "03.02.2026" in page
    sent = CARD | {"number": "99", "kind": "protocol", "preparation": "draft", "date": "2020-01-01", "title": "after"}
    assert post(client, f"/documents/{made.id}/edit", **sent, revision="1").status_code == 302
    after = Document.get_by_id(made.id)
    assert (after.title, after.number, after.kind.code, after.preparation) == ("after", "41", "order_main", "signed")
    assert after.date == dt.date(2026, 2, 3)


def test_a_number_that_no_journal_has_can_be_corrected_but_not_wiped_out(office: Office) -> None:
    made = document("before", number="41-Ж")
    client = office.client(Role.CLERK)
    wiped = post(client, f"/documents/{made.id}/edit", **CARD | {"number": " "}, revision="1")
    assert wiped.status_code == 422
    assert 'id="number-error"' in wiped.text
    assert post(client, f"/documents/{made.id}/edit", **CARD | {"number": "41-З"}, revision="1").status_code == 302
    assert Document.get_by_id(made.id).number == "41-З"


def test_the_kind_of_a_draft_may_change_and_what_it_does_not_ask_for_is_kept(office: Office) -> None:
    made = draft(fields={"signer_post": "начальник", "keywords": "чтение"})
    client = office.client(Role.CLERK)
    sent = DRAFT | {"kind": "note", "own-keywords": "письмо", "own-basis": "план"}
    assert post(client, f"/documents/{made.id}/edit", **sent, revision="1").status_code == 302
    after = Document.get_by_id(made.id)
    assert after.kind.code == "note"
    assert after.fields == {"signer_post": "начальник", "keywords": "письмо", "basis": "план"}
    assert 'name="own-conclusions"' in client.get(f"/documents/{made.id}/edit").text


def test_a_card_of_a_kind_out_of_use_can_still_be_changed(office: Office) -> None:
    made = draft(kind="act")
    Kind.update(active=False).where(Kind.code.in_(["act", "letter"])).execute()
    client = office.client(Role.CLERK)
    assert re.search(r'<option selected value="act">', client.get(f"/documents/{made.id}/edit").text)
    assert post(client, f"/documents/{made.id}/edit", **DRAFT | {"kind": "act"}, revision="1").status_code == 302
    answer = post(client, f"/documents/{made.id}/edit", **DRAFT | {"kind": "letter"}, revision="2")
    assert answer.status_code == 422
    assert 'id="kind-error"' in answer.text


def test_a_choice_that_is_offered_no_more_stays_in_sight(office: Office) -> None:
    made = draft(fields={"medium": "бумажный"})
    Document.update(fields={"medium": "береста"}).execute()
    client = office.client(Role.CLERK)
    assert '<option selected value="береста">' in client.get(f"/documents/{made.id}/edit").text
    answer = post(client, f"/documents/{made.id}/edit", **DRAFT, **{"own-medium": "береста"}, revision="1")
    assert answer.status_code == 422
    assert 'id="own-medium-error"' in answer.text


def test_an_undated_card_keeps_its_place_in_the_list_when_changed(office: Office) -> None:
    made = draft()
    Document.update(listed_on=dt.date(2025, 1, 1)).execute()
    post(office.client(Role.CLERK), f"/documents/{made.id}/edit", **DRAFT, revision="1")
    assert Document.get_by_id(made.id).listed_on == dt.date(2025, 1, 1)


def test_nobody_changes_the_card_of_a_withdrawn_document(office: Office) -> None:
    made = document("before", preparation=Preparation.WITHDRAWN)
    response = office.client(Role.CLERK).get(f"/documents/{made.id}/edit")
    assert response.status_code == 403
    assert "In its present state nobody changes this about the document." in response.text


# Two at once


def test_a_stale_save_keeps_both_texts_and_a_second_one_is_knowing(office: Office) -> None:
    made = draft()
    client = office.client(Role.CLERK)
    theirs = DRAFT | {"title": "theirs", "own-keywords": "их слова"}
    assert post(client, f"/documents/{made.id}/edit", **theirs, revision="1").status_code == 302
    mine = DRAFT | {"title": "mine", "own-keywords": "мои слова"}
    stale = post(client, f"/documents/{made.id}/edit", **mine, revision="1")
    assert stale.status_code == 409
    assert value_of(stale.text, "title") == "mine"
    assert value_of(stale.text, "own-keywords") == "мои слова"
    marked = stale.text.split('class="rd-differs')[1:]
    assert len(marked) == 2
    assert "theirs" in marked[0]
    assert "их слова" in marked[1]
    assert "While you were writing, clerk.login changed this card." in stale.text
    assert Document.get_by_id(made.id).title == "theirs"
    revision = re.search(r'name="revision" type="hidden" value="(\d+)"', stale.text)
    assert revision is not None
    assert post(client, f"/documents/{made.id}/edit", **mine, revision=revision[1]).status_code == 302
    assert Document.get_by_id(made.id).title == "mine"


def test_a_stale_save_of_the_same_words_says_that_nothing_is_left_to_save(office: Office) -> None:
    made = draft()
    client = office.client(Role.CLERK)
    post(client, f"/documents/{made.id}/edit", **DRAFT, revision="1")
    stale = post(client, f"/documents/{made.id}/edit", **DRAFT, revision="1")
    assert stale.status_code == 409
    assert "There is nothing left to save." in stale.text
    assert "rd-differs" not in stale.text


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 40, "٣"])
def test_a_made_up_revision_is_a_stale_one(office: Office, revision: str) -> None:
    made = draft()
    assert post(office.client(Role.CLERK), f"/documents/{made.id}/edit", **DRAFT, revision=revision).status_code == 409
    assert Document.get_by_id(made.id).title == "before"


def test_the_second_who_opens_the_form_is_told_who_has_it_and_may_go_on(office: Office) -> None:
    made = draft()
    first, second = office.client(Role.CLERK), office.client(Role.COORDINATOR)
    assert 'name="title"' in first.get(f"/documents/{made.id}/edit").text
    page = second.get(f"/documents/{made.id}/edit")
    assert page.status_code == 200
    assert "clerk.login has been editing this card since 12:30. The card is free again at 13:00." in page.text
    assert 'name="title"' not in page.text
    assert f'action="/documents/{made.id}/edit/take"' in page.text

    taken = post(second, f"/documents/{made.id}/edit/take")
    assert taken.headers["Location"] == f"/documents/{made.id}/edit"
    assert 'name="title"' in second.get(f"/documents/{made.id}/edit").text
    assert "coordinator.login has been editing" in first.get(f"/documents/{made.id}/edit").text


def test_a_lock_of_another_does_not_hinder_a_save_that_is_not_stale(office: Office) -> None:
    made = draft()
    office.client(Role.COORDINATOR).get(f"/documents/{made.id}/edit")
    assert post(office.client(Role.CLERK), f"/documents/{made.id}/edit", **DRAFT, revision="1").status_code == 302
    assert EditLock.get().who == "coordinator.login"


@pytest.mark.parametrize("leaving", [{"address": "edit", **DRAFT, "revision": "1"}, {"address": "edit/leave"}])
def test_saving_and_leaving_both_free_the_card(office: Office, leaving: dict[str, str]) -> None:
    made = draft()
    client = office.client(Role.CLERK)
    client.get(f"/documents/{made.id}/edit")
    assert EditLock.get().until == NOW + LOCK_FOR
    sent = {name: value for name, value in leaving.items() if name != "address"}
    assert post(client, f"/documents/{made.id}/{leaving['address']}", **sent).headers["Location"] == f"/documents/{made.id}"
    assert not EditLock.select().exists()


# From a slot of a roadmap


def test_a_card_made_from_a_slot_proves_it(office: Office) -> None:
    key = expected_order()
    client = office.client(Role.COORDINATOR)
    form = client.get("/documents/new", query_string={"slot": key}).text
    assert "The card will prove item 1.1 of “Читающий округ”: Приказ о неделе." in form
    assert value_of(form, "title") == "Приказ о неделе"
    assert re.search(r'<option selected value="order_main">', form)
    assert re.search(r'<input checked[^>]*value="signed"', form)
    response = post(client, "/documents/new", **CARD, slot=key)
    assert response.headers["Location"].startswith("/roadmaps/")
    proof = Proof.get()
    assert (proof.document_id, f"{proof.expected_id}~{proof.period}") == (Document.get().id, key)


def test_a_slot_goes_along_when_another_kind_is_chosen(office: Office) -> None:
    key = expected_order()
    Kind.update(active=False).where(Kind.expected == "приказ").execute()
    page = office.client(Role.COORDINATOR).get("/documents/new", query_string={"slot": key}).text
    assert "The card will prove item 1.1" in page
    assert re.search(r'href="/documents/new\?kind=protocol&amp;slot=', page)


def test_a_card_for_a_period_that_the_roadmap_lacks_is_not_made(office: Office) -> None:
    key = f"{expected_order().partition('~')[0]}~1999"
    response = post(office.client(Role.CLERK), "/documents/new", **CARD, slot=key)
    assert response.status_code == 404
    assert "О неделе чтения" in response.text
    assert not Document.select().exists()


@pytest.mark.parametrize("key", ["", "x", "77~2025", "~", "1", "99999999999999999~2025", "1~\x00", "٣~2025"])
def test_a_slot_that_is_none_opens_the_plain_form(office: Office, key: str) -> None:
    response = office.client(Role.CLERK).get("/documents/new", query_string={"slot": key, "kind": "note"})
    assert response.status_code == 200
    assert "The card will prove" not in response.text
    assert 'name="title"' in response.text


# Versions


def test_a_version_is_added_with_its_comment(office: Office) -> None:
    client = office.client(Role.CLERK)
    made = draft()
    for name, comment in (("a.docx", "Начало"), ("b.docx", "Учтены\r\nзамечания")):
        sent = {"file": upload(word_file(name), name), "comment": comment}
        assert post(client, f"/documents/{made.id}/versions", **sent).status_code == 302
    rows = list(DocumentVersion.select().order_by(DocumentVersion.number))
    assert [(row.name, row.comment, row.added_by) for row in rows] == [
        ("a.docx", "Начало", "clerk.login"),
        ("b.docx", "Учтены\nзамечания", "clerk.login"),
    ]
    again = download(client, f"/documents/{made.id}/files/{rows[1].id}").data
    answer = post(client, f"/documents/{made.id}/versions", file=upload(again, "c.docx"))
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text


def test_a_version_without_a_file_is_asked_for_it(office: Office) -> None:
    made = draft()
    answer = post(office.client(Role.CLERK), f"/documents/{made.id}/versions", comment="Слова")
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert "Слова" in answer.text


def test_the_text_of_a_signed_document_is_not_replaced(office: Office) -> None:
    client = office.client(Role.CLERK)
    post(client, "/documents/new", **CARD, file=upload(word_file("one"), "a.docx"))
    made = Document.get()
    answer = post(client, f"/documents/{made.id}/versions", file=upload(word_file("two"), "b.docx"))
    assert answer.status_code == 422
    assert "The text of a signed document does not change." in answer.text
    assert DocumentVersion.select().count() == 1
