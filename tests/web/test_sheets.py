"""The sheet and the check of a file in the browser, and the files of the sheet as they are written."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import docx
import pdfplumber
import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse

from roadmapdocs.approvals.deciding import Objection, RemarkText, Verdict, decide
from roadmapdocs.approvals.models import Remark, Signature, Visa
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.words import ObjectionKind
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import use_language
from roadmapdocs.people.models import Substitution, User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.web.sheets.printed import Printed
from roadmapdocs.web.sheets.qr import code_png
from roadmapdocs.web.sheets.sheet_docx import write_docx
from roadmapdocs.web.sheets.sheet_pdf import write_pdf
from roadmapdocs.web.sheets.view import card_address
from tests.approvals.office import PASSWORD, make_office
from tests.approvals.office import Office as People
from tests.conftest import NOW, TODAY
from tests.documents.linked import link
from tests.drafting.printed import text_of as text_of_word
from tests.web.cards import words
from tests.web.office import Office, download, office_on, post, queries, token, upload
from tests.web.sheet_contexts import printed


@dataclasses.dataclass
class World:
    office: Office
    people: People

    def client(self, surname: str) -> FlaskClient:
        return self.office.client_of(self.people.users[surname])


@pytest.fixture
def world(sqlite_address: str, tmp_path: Path) -> Iterator[World]:
    with office_on(sqlite_address, tmp_path) as office:
        people = make_office()
        people.store = office.app.extensions["roadmapdocs"].store
        yield World(office, people)


def sent(people: People) -> Document:
    document = people.document()
    people.send(document, Plan((people.step("Нечаев", "Громова", mode=Mode.TOGETHER),)))
    return document


def signed(people: People, document: Document, *steps: str) -> Document:
    for step in ("send_for_signing", "sign", *steps):
        perform(document.id, step, by=people.actor("Лукина"), now=NOW, today=TODAY)
    return get_document(document.id)


def test_the_hash_on_the_sheet_is_that_of_the_downloaded_file(world: World) -> None:
    document = sent(world.people)
    world.people.decide(document, "Нечаев")
    client = world.client("Лукина")
    version = current_version(document.id)
    assert version is not None
    file = download(client, f"/documents/{document.id}/files/{version.id}")
    sha256 = hashlib.sha256(file.data).hexdigest()
    page = words(client.get(f"/sheets/{document.id}").text)
    assert f"SHA-256 {sha256}" in page
    assert f"SHA-256: {sha256}" in text_of_word(download(client, f"/sheets/{document.id}/docx").data)
    assert sha256 in text_of(download(client, f"/sheets/{document.id}/pdf").data)


def text_of(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def test_the_sheet_says_who_decided_what_and_how_it_stands(world: World) -> None:
    people = world.people
    document = sent(people)
    people.decide(document, "Нечаев", Decision.REMARKS, remarks=(RemarkText("name the term", "п. 3"),))
    page = words(world.client("Громова").get(f"/sheets/{document.id}").text)
    assert "agreed with remarks" in page
    assert "п. 3: name the term — no answer yet" in page
    assert "holds: given on this text" in page
    assert "no decision yet" in page
    assert "term 19.03.2026" in page


@pytest.mark.parametrize("address", ["", "/docx", "/pdf", "/remarks", "/signatures/1"])
def test_whoever_may_not_read_the_document_does_not_learn_of_its_sheet(world: World, address: str) -> None:
    document = world.people.document(unit_id=None)
    stranger = world.client("Громова")
    there = stranger.get(f"/sheets/{document.id}{address}")
    nowhere = stranger.get(f"/sheets/{document.id + 1000}{address}")
    assert there.status_code == nowhere.status_code == 404
    assert words(there.text) == words(nowhere.text)
    anonymous = world.office.app.test_client().get(f"/sheets/{document.id}{address}")
    assert "/sign-in" in anonymous.headers["Location"]


def test_the_index_of_sheets_leads_to_documents(world: World) -> None:
    assert world.client("Лукина").get("/sheets/").headers["Location"] == "/documents/"


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "x", "-1"])
def test_a_sheet_of_nothing_is_a_page_that_says_so(world: World, number: str) -> None:
    assert world.client("Лукина").get(f"/sheets/{number}").status_code == 404


def test_the_code_opens_the_card_by_the_address_that_the_operator_named(world: World) -> None:
    document = world.people.document()
    state = world.office.app.extensions["roadmapdocs"]
    for base, wanted in (("", "http://localhost"), ("https://registry.example/", "https://registry.example")):
        state.settings = dataclasses.replace(state.settings, base_url=base)
        with world.office.app.test_request_context("/"):
            assert card_address(document) == f"{wanted}/documents/{document.id}"
    assert 'class="rd-qr"' in world.client("Лукина").get(f"/sheets/{document.id}").text


def test_a_file_beside_a_refusal_and_one_of_a_signature_are_handed_out_as_they_came(world: World) -> None:
    people = world.people
    document = sent(people)
    visa, version = people.visa(document, "Громова"), current_version(document.id)
    assert version is not None
    verdict = Verdict(Decision.REFUSED, "no money", objection=Objection(b"no money for it", "why.txt", ObjectionKind.PROTOCOL))
    decide(visa.id, verdict, version=version.id, store=people.store, by=people.actor("Громова"), now=NOW, today=TODAY)
    page = world.client("Лукина").get(f"/sheets/{document.id}").text
    assert f'href="/decide/{document.id}/objections/{visa.id}">File: protocol of disagreements, why.txt' in page

    kept = StoredFile.get_by_id(version.file_id)
    values = {"sha256": kept.sha256, "act": "sign", "way": "qualified", "name": "В", "signed_at": NOW, "made_by": "Л"}
    row = Signature.create(document=document, version=version, file=kept, file_name="подпись.sig", **values)
    got = download(world.client("Лукина"), f"/sheets/{document.id}/signatures/{row.id}")
    assert hashlib.sha256(got.data).hexdigest() == kept.sha256
    assert got.headers["Content-Disposition"].startswith("attachment;")
    other = people.document("Другой")
    assert world.client("Лукина").get(f"/sheets/{other.id}/signatures/{row.id}").status_code == 404
    assert world.client("Лукина").get(f"/sheets/{document.id}/signatures/{row.id + 1}").status_code == 404


def test_a_long_sheet_costs_as_many_statements_as_a_short_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people = world.people
    document = sent(people)
    client = world.client("Лукина")
    counts = []
    for _round in range(3):
        client.get(f"/sheets/{document.id}")
        with queries(monkeypatch) as seen:
            client.get(f"/sheets/{document.id}")
        counts.append(len(seen))
        people.decide(document, "Нечаев", Decision.REFUSED, comment="нет", remarks=(RemarkText("а"), RemarkText("б")))
        people.decide(document, "Громова")
        people.text(document, f"Текст {_round}")
        people.send(document, Plan((people.step("Нечаев", "Громова", mode=Mode.TOGETHER),)))
    assert counts[0] == counts[1] == counts[2]


# The files.


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("write", [write_docx, write_pdf])
def test_the_same_sheet_is_always_the_same_bytes(write: object) -> None:
    assert callable(write)
    assert write(printed()) == write(printed())
    assert write(printed()) != write(printed(title="Другой лист"))


@pytest.mark.usefixtures("sqlite_database")
def test_the_word_file_repeats_the_head_of_its_table_and_numbers_its_pages() -> None:
    data = write_docx(printed())
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    heads = [table.rows[0]._tr.xml for table in document.tables if len(table.columns) == 9]
    assert len(heads) == 2
    assert all("w:tblHeader" in head for head in heads)
    for footer in (section.footer, section.first_page_footer):
        assert " PAGE " in footer.paragraphs[0]._p.xml
        assert " NUMPAGES " in footer.paragraphs[0]._p.xml
        assert "Составлено 16.11.2025 12:30" in footer.paragraphs[0].text
    assert " PAGE " in section.header.paragraphs[0]._p.xml
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")] == [code_png(printed().address)]
    assert document.tables[1].rows[2].cells[2].text == "Соболев А. О. (замещает: Ветрова М. И.)"
    frames = [table for table in document.tables if len(table.columns) == 1]
    assert [table.cell(0, 0).paragraphs[0].text for table in frames] == ["ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ"]


def test_the_pdf_is_read_in_russian_and_numbers_its_pages() -> None:
    text = text_of(write_pdf(printed()))
    assert "ЛИСТ СОГЛАСОВАНИЯ" in text
    assert "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ" in text
    assert re.search(r"1 / \d", text)


def hostile(text: str) -> Printed:
    sheet = printed()
    row = dataclasses.replace(sheet.tables[0].rows[0], name=text, remarks=(text,) * 30, post=text, mark=text)
    table = dataclasses.replace(sheet.tables[0], title=text, rows=(row,))
    return dataclasses.replace(sheet, tables=(table,), disagreements=(text,), facts=(("Документ", text), *sheet.facts))


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize(
    "text",
    [
        "<b>a</b> & </para> <br/> &#0;",
        "без пробела" * 400,
        "строка\n" * 300,
        "а\x00б\x07в\ud800г\ufffe",
        "😀 中文 \u202e",
        "",
        "слово " * 1_600,
    ],
)
def test_whatever_people_typed_stays_words_and_fits(text: str) -> None:
    sheet = hostile(text)
    assert write_docx(sheet)[:2] == b"PK"
    assert write_pdf(sheet)[:5] == b"%PDF-"


@pytest.mark.usefixtures("sqlite_database")
def test_long_remarks_are_attached_and_the_cell_says_so() -> None:
    sheet = hostile("длинное слово " * 100)
    text = text_of(write_pdf(sheet))
    assert "Замечания прилагаются" in text.replace("\n", " ")
    assert "Замечания полностью" in text
    table = docx.Document(io.BytesIO(write_docx(sheet))).tables[1]
    assert table.rows[1].cells[5].text == "Замечания прилагаются"
    assert table.rows[1].cells[1].text.endswith("…")
    assert not printed().attached


def test_markup_in_a_remark_is_printed_and_not_obeyed() -> None:
    text = text_of(write_pdf(printed(disagreements=("<b>жирно</b> &amp;",))))
    assert "<b>жирно</b> &amp;" in text


@pytest.mark.usefixtures("sqlite_database")
def test_a_sheet_of_a_document_that_was_never_sent_says_so() -> None:
    empty = printed(tables=(), disagreements=(), signatures=(), hashes=())
    assert "Документ не направляли." in text_of(write_pdf(empty))
    assert "Документ не направляли." in [one.text for one in docx.Document(io.BytesIO(write_docx(empty))).paragraphs]


# The check of a file.


def checked(client: FlaskClient, data: bytes, name: str = "приказ.txt") -> str:
    return words(post_check(client, data, name).text)


def post_check(client: FlaskClient, data: bytes, name: str = "приказ.txt") -> TestResponse:
    return client.post("/check/", data={"csrf_token": token(client, "/check/"), "file": upload(data, name)})


TEXT = "Первая редакция текста.".encode()
UNKNOWN = "This file is not a signed version of a registered document."


def test_a_stranger_checks_a_file_and_learns_nothing_of_what_it_says(world: World) -> None:
    people = world.people
    document = signed(people, people.document(date=TODAY, summary="тайна"), "register")
    stranger = world.office.app.test_client()
    page = checked(stranger, TEXT, "совсем другое имя.docx")
    assert "This file is the signed version of a document that was registered on 16.03.2026." in page
    assert hashlib.sha256(TEXT).hexdigest() in page
    assert document.title not in page
    assert f"/documents/{document.id}" not in post_check(stranger, TEXT).text
    # One changed byte is another file.
    assert UNKNOWN in checked(stranger, TEXT + b" ")
    reader = checked(world.client("Лукина"), TEXT)
    assert document.title in reader
    assert "version 1" in reader


def test_a_draft_and_an_unknown_file_look_the_same_to_a_stranger(world: World) -> None:
    world.people.document(unit_id=None)
    for client in (world.office.app.test_client(), world.client("Громова")):
        draft, nowhere = checked(client, TEXT), checked(client, b"nowhere")
        mask = re.compile(r"[0-9a-f]{64}")
        assert UNKNOWN in draft
        assert mask.sub("", draft) == mask.sub("", nowhere)
    assert "This file is not a signed version." in checked(world.client("Лукина"), TEXT)


def test_an_annulled_registration_and_an_outdated_edition_are_said(world: World) -> None:
    people = world.people
    document = signed(people, people.document(date=TODAY), "register")
    client = world.office.app.test_client()
    Document.update(force="ended", force_until=TODAY).where(Document.id == document.id).execute()
    assert "The document has lost force." in checked(client, TEXT)
    Document.update(registration="annulled").where(Document.id == document.id).execute()
    assert "the registration of the document is annulled" in checked(client, TEXT)
    Document.update(registration="registered", force="in_force", force_until=None).where(Document.id == document.id).execute()
    add_version(document, b"2", "2.txt", store=people.store, edition=2, by=people.actor("Лукина"), now=NOW)
    # Nobody signed it, and nothing amends the document: strangers learn nothing of it.
    assert UNKNOWN in checked(client, b"2")
    assert "This file is the signed version" in checked(client, TEXT)
    amending = people.document("О поправке", date=TODAY)
    people.text(amending, "Внести поправку.")
    signed(people, amending, "register")
    link(amending, LinkKind.AMENDS, document)
    assert "an earlier edition" in checked(client, TEXT)
    assert "This file is the signed version" in checked(client, b"2")


def test_a_signature_whose_issuer_is_not_verified_says_so_on_sheet_and_card(world: World) -> None:
    people, verdict = world.people, "The issuer is not verified. So it was found."
    document = people.document()
    signed(people, document)
    Signature.update(way="qualified", verdict=verdict, file_name="подпись.sig", mark={"marks": []}).execute()
    client = world.client("Лукина")
    for address in (f"/sheets/{document.id}", f"/documents/{document.id}"):
        page = words(client.get(address).text)
        assert verdict in page
        assert "ДОКУМЕНТ ПОДПИСАН" not in page
    assert verdict in " ".join(text_of(download(client, f"/sheets/{document.id}/pdf").data).split())


# Who may do what from the card.


def test_a_link_for_a_guest_is_offered_to_whom_it_is_given(world: World) -> None:
    people = world.people
    document = people.document()
    people.send(document, Plan((Step(Mode.TURN, (Addressee(How.GUEST, "Совет родителей", "sovet@zao.example"),)),)))
    visa = Visa.get()
    create_user("planner", PASSWORD, [Role.COORDINATOR], by=SYSTEM, now=NOW)
    planner = world.office.client_of(User.get(User.login == "planner"))
    for client, offered in ((world.client("Лукина"), True), (world.client("Дёмина"), True), (planner, False)):
        card = client.get(f"/documents/{document.id}")
        assert card.status_code == 200
        assert (f'href="/guest/links/{visa.id}' in card.text) is offered
        assert (client.get(f"/guest/links/{visa.id}").status_code == 200) is offered


@pytest.mark.parametrize(("own", "in_place", "offered"), [(False, True, False), (True, True, False), (True, False, True)])
def test_who_drafted_the_document_is_not_offered_to_choose_who_agrees(
    world: World, own: bool, in_place: bool, offered: bool
) -> None:
    people = world.people
    document = people.document()
    asked = "Нечаев" if in_place else "Дёмина"
    people.send(document, Plan((people.step(asked),), own=own), by="Лукина")
    if in_place:
        Substitution.create(
            absent=people.people["Нечаев"], substitute=people.people["Дёмина"], since=TODAY, until=TODAY, kinds=[],
            reason="отпуск", set_by="Лукина М. И.", made_at=NOW,
        )
    visa, page = people.visa(document, asked), world.client("Дёмина").get(f"/documents/{document.id}").text
    for act in ("ask", "forward"):
        assert (f"/approvals/visas/{visa.id}/{act}" in page) is offered
    assert (f'href="/decide/{document.id}"' in page) is offered


@pytest.mark.parametrize("form", [{}, {"file": ""}, {"file": (io.BytesIO(b""), "пусто.docx")}])
def test_nothing_to_check_is_said_so(world: World, form: dict[str, object]) -> None:
    client = world.office.app.test_client()
    response = client.post("/check/", data={"csrf_token": token(client, "/check/"), **form})
    assert response.status_code == 422
    assert "rd-note--late" in response.text


def test_a_check_without_the_token_of_the_form_is_not_taken(world: World) -> None:
    assert world.office.app.test_client().post("/check/", data={"file": upload(TEXT, "a.txt")}).status_code == 400


def test_a_check_writes_nothing_down_and_keeps_no_file(world: World) -> None:
    before = (Event.select().count(), StoredFile.select().count())
    checked(world.office.app.test_client(), b"PK\x03\x04 not an archive", "бомба.docx")
    assert (Event.select().count(), StoredFile.select().count()) == before


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(sqlite_address: str, tmp_path: Path) -> None:
    with office_on(sqlite_address, tmp_path, max_upload=1000) as office:
        client = office.app.test_client()
        data = {"csrf_token": token(client, "/check/"), "file": upload(b"a" * (3 * 1024 * 1024), "a.txt")}
        with closing(EnvironBuilder("/check/", method="POST", data=data)) as builder:
            environ = builder.get_environ()
            response = client.open(environ)
            environ["wsgi.input"].close()
        assert response.status_code == 413


def test_tries_are_counted(sqlite_address: str, tmp_path: Path) -> None:
    with office_on(sqlite_address, tmp_path, sign_in_limit="2 per minute") as office:
        client = office.app.test_client()
        assert [post_check(client, b"a").status_code for _try in range(3)] == [200, 200, 429]
        assert client.get("/check/").status_code == 200


def test_the_check_speaks_russian_without_an_account(sqlite_address: str, tmp_path: Path) -> None:
    with office_on(sqlite_address, tmp_path, language="ru") as office, use_language("ru"):
        assert '<html lang="ru">' in office.app.test_client().get("/check/").text


# Remarks and reminders.


def remarked(world: World) -> tuple[Document, Remark]:
    document = sent(world.people)
    world.people.decide(document, "Нечаев", Decision.REMARKS, remarks=(RemarkText("указать срок", "п. 3"),))
    return document, Remark.get()


def test_the_drafter_accepts_or_rejects_a_remark_with_a_reason(world: World) -> None:
    document, remark = remarked(world)
    drafter, address = world.client("Дёмина"), f"/sheets/{document.id}/remarks/{remark.id}"
    response = post(drafter, address, state="rejected", answer="срок в приложении")
    assert response.headers["Location"] == f"/documents/{document.id}#remarks"
    page = words(drafter.get(f"/documents/{document.id}").text)
    assert "срок в приложении" in page
    post(drafter, address, state="accepted", answer="")
    assert Remark.get().state == "accepted"


def test_a_rejection_without_a_reason_keeps_what_was_typed_and_says_why(world: World) -> None:
    document, remark = remarked(world)
    response = post(world.client("Дёмина"), f"/sheets/{document.id}/remarks/{remark.id}", state="rejected", answer="  ")
    assert response.status_code == 422
    assert "Write why the remark is not taken up" in response.text
    long = "слово " * 3_000
    response = post(world.client("Дёмина"), f"/sheets/{document.id}/remarks/{remark.id}", state="accepted", answer=long)
    assert response.status_code == 422
    assert long.strip()[:200] in response.text
    assert Remark.get().state == "open"


def test_only_the_author_takes_a_remark_back_and_only_the_drafter_answers(world: World) -> None:
    document, remark = remarked(world)
    address = f"/sheets/{document.id}/remarks/{remark.id}"
    assert post(world.client("Громова"), address, state="accepted").status_code == 403
    assert post(world.client("Дёмина"), address, state="withdrawn").status_code == 403
    assert post(world.client("Нечаев"), address, state="withdrawn").status_code == 302
    assert Remark.get().state == "withdrawn"


@pytest.mark.parametrize("state", ["", "open", "burnt", "accepted\x00"])
def test_an_answer_that_is_none_is_refused(world: World, state: str) -> None:
    document, remark = remarked(world)
    response = post(world.client("Дёмина"), f"/sheets/{document.id}/remarks/{remark.id}", state=state)
    assert response.status_code == 422
    assert Remark.get().state == "open"


def test_a_remark_is_reached_through_its_own_document_only(world: World) -> None:
    _document, remark = remarked(world)
    other = world.people.document("Другой")
    assert post(world.client("Лукина"), f"/sheets/{other.id}/remarks/{remark.id}", state="accepted").status_code == 404
    assert post(world.client("Лукина"), f"/sheets/{other.id}/remarks/999", state="accepted").status_code == 404


def test_the_remarks_of_a_signed_document_stay_as_they_are(world: World) -> None:
    document, remark = remarked(world)
    world.people.decide(document, "Громова")
    signed(world.people, document)
    response = post(world.client("Дёмина"), f"/sheets/{document.id}/remarks/{remark.id}", state="accepted")
    assert response.status_code == 409
    assert 'name="state"' not in world.client("Дёмина").get(f"/sheets/{document.id}/remarks").text


def test_one_press_reminds_all_who_have_the_document_and_the_next_one_waits(world: World) -> None:
    document = sent(world.people)
    drafter, address = world.client("Дёмина"), f"/sheets/{document.id}/remind"
    page = post(drafter, address, follow=True).text
    assert "Reminded: Нечаев\N{NO-BREAK SPACE}М.\N{NO-BREAK SPACE}И., Громова" in page
    assert Visa.select().where(Visa.reminded_at.is_null(False)).count() == 2
    again = post(drafter, address, follow=True).text
    assert "was reminded a short while ago" in again
    assert "They were reminded a short while ago. Give them a few hours." in again


def test_whoever_has_nothing_to_do_with_it_reminds_nobody(world: World) -> None:
    document = sent(world.people)
    assert "The drafter reminds" in post(world.client("Громова"), f"/sheets/{document.id}/remind", follow=True).text
    assert not Visa.select().where(Visa.reminded_at.is_null(False)).exists()
    quiet = world.people.document("Никому не послан")
    page = post(world.client("Лукина"), f"/sheets/{quiet.id}/remind", follow=True).text
    assert "there is nobody to remind" in page
