"""The text beside a card: pages as they are or the text without its layout, to those who may read the document."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from roadmapdocs import db
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.previews.models import MODELS, Preview
from roadmapdocs.previews.ports import Absent, Broken, Converter, Crashed, TooLarge, TooLong
from roadmapdocs.previews.worker import Worker
from tests.conftest import NOW
from tests.previews.made import FakeConverter, FakeDrawer, pdf, word
from tests.web.cards import draft, registered
from tests.web.office import Office, download, office_on, post


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        with db.database.connection_context():
            db.database.create_tables(MODELS)
        yield opened


def folder(office: Office) -> FolderStore:
    return FolderStore(office.app.extensions["roadmapdocs"].settings.files_folder)


def with_file(office: Office, data: bytes | None = None, name: str = "Приказ.docx", title: str = "О чтении") -> Document:
    document = draft(title)
    add_version(document, data or word("ПРИКАЗЫВАЮ провести неделю чтения"), name, store=folder(office), by=SYSTEM, now=NOW)
    return document


def work(office: Office, converter: Converter | None = None) -> None:
    Worker(converter or FakeConverter(), FakeDrawer(), folder(office), lambda: NOW, threading.Event().is_set).work_off()


def beside(office: Office, document: Document, role: Role = Role.CLERK) -> str:
    """The part of the card that shows the text."""
    return office.client(role).get(f"/documents/{document.id}").text.split('id="preview"')[1].split("</section>")[0]


def address(document: Document, rest: str) -> str:
    version = DocumentVersion.get(DocumentVersion.document == document)
    return f"/previews/{document.id}/{version.id}/{rest}"


def test_until_there_are_pages_the_text_is_shown_and_it_says_so(office: Office) -> None:
    document = with_file(office)
    shown = beside(office, document)
    assert "This is a simplified view" in shown
    assert "The pages are being prepared" in shown
    assert "<p>ПРИКАЗЫВАЮ провести неделю чтения</p>" in shown
    assert "/pdf" not in shown
    row = Preview.get()
    assert (row.state, row.wanted) == ("waiting", True)
    beside(office, document)
    assert Preview.select().count() == 1


def test_pages_stand_on_the_card_with_their_sizes_and_words_for_those_who_hear_it(office: Office) -> None:
    document = with_file(office)
    beside(office, document)
    work(office)
    shown = beside(office, document)
    assert re.findall(r'width="(\d+)" height="(\d+)" loading="lazy" decoding="async" alt="([^"]+)"', shown) == [
        ("900", "1273", "Page 1 of 2"),
        ("900", "1273", "Page 2 of 2"),
    ]
    assert 'tabindex="0" role="region"' in shown
    assert "simplified" not in shown
    picture = download(office.client(Role.CLERK), address(document, "pages/2"))
    assert (picture.data, picture.mimetype) == (b"second", "image/webp")
    assert "private" in picture.headers["Cache-Control"]


def test_the_pdf_is_shown_or_downloaded_under_a_policy_of_its_own(office: Office) -> None:
    document = with_file(office)
    beside(office, document)
    work(office)
    client = office.client(Role.CLERK)
    shown, kept = download(client, address(document, "pdf")), download(client, address(document, "pdf?download=1"))
    assert shown.data.startswith(b"%PDF-")
    assert shown.headers["Content-Disposition"].startswith("inline;")
    assert kept.headers["Content-Disposition"].startswith("attachment;")
    assert "%D0%9F%D1%80%D0%B8%D0%BA%D0%B0%D0%B7.pdf" in kept.headers["Content-Disposition"]
    assert shown.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    with client.get(address(document, "pdf"), headers={"If-None-Match": shown.headers["ETag"]}) as again:
        assert again.status_code == 304


@pytest.mark.parametrize(
    ("converter", "sentence"),
    [
        (Absent(), "it was not found on the server"),
        (FakeConverter([Broken("x")]), "LibreOffice does not open this file"),
        (FakeConverter([TooLarge("x")]), "they are too large"),
    ],
)
def test_why_there_are_no_pages_is_said_with_what_to_do(office: Office, converter: Converter, sentence: str) -> None:
    document = with_file(office)
    beside(office, document)
    work(office, converter)
    shown = beside(office, document)
    assert sentence in shown
    assert "ownload" in shown
    assert "ПРИКАЗЫВАЮ" in shown


@pytest.mark.parametrize(("failure", "sentence"), [(TooLong("x"), "took longer than it may"), (Crashed("x"), "ended three times")])
def test_what_was_given_up_can_be_tried_again(office: Office, failure: Exception, sentence: str) -> None:
    document = with_file(office)
    beside(office, document)
    for _time in range(3):
        Preview.update(next_at=NOW).execute()
        work(office, FakeConverter([failure]))  # type: ignore[list-item]  # one of ours
    shown = beside(office, document)
    assert sentence in shown
    assert address(document, "again") in shown
    client = office.client(Role.CLERK)
    response = post(client, address(document, "again"))
    assert response.headers["Location"] == f"/documents/{document.id}#preview"
    assert Preview.get().state == "waiting"
    post(client, address(document, "again"))
    work(office)
    assert "Page 1 of 2" in beside(office, document)


def test_what_waits_for_long_says_whom_to_tell(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    document = with_file(office)
    beside(office, document)
    Preview.update(asked_at=NOW.replace(hour=1)).execute()
    assert "tell the administrator" in beside(office, document)


def test_what_came_as_pdf_has_pages_and_is_opened_nowhere_but_as_a_file(office: Office) -> None:
    document = with_file(office, pdf(), "Скан.pdf")
    beside(office, document)
    work(office)
    shown = beside(office, document)
    assert "Page 1 of 2" in shown
    assert "/pdf" not in shown
    assert office.client(Role.CLERK).get(address(document, "pdf")).status_code == 404


def test_a_signed_text_has_pdf_a_beside_it(office: Office) -> None:
    document = registered(office)
    add_version(document, word("окончательный"), "Приказ.docx", edition=2, store=folder(office), by=SYSTEM, now=NOW)
    assert "PDF/A for the archive is being prepared" in beside(office, document)
    work(office)
    version = DocumentVersion.select().order_by(DocumentVersion.number.desc()).get()
    place = f"/previews/{document.id}/{version.id}/pdf-a"
    assert place in beside(office, document)
    got = download(office.client(Role.CLERK), place)
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert "PDF-A" in got.headers["Content-Disposition"]


@pytest.mark.parametrize("rest", ["pages/1", "pdf", "pdf-a"])
def test_who_may_not_read_the_document_learns_nothing_of_its_pages(office: Office, rest: str) -> None:
    document = with_file(office)
    beside(office, document)
    work(office)
    hidden = office.client(Role.STAFF).get(address(document, rest))
    nothing = office.client(Role.STAFF).get(f"/previews/9999/1/{rest}")
    assert (hidden.status_code, nothing.status_code) == (404, 404)


def test_a_version_is_reached_through_its_own_document_only(office: Office) -> None:
    mine, other = with_file(office), with_file(office, word("чужой"), title="Другой")
    for document in (mine, other):
        beside(office, document)
    work(office)
    version = DocumentVersion.get(DocumentVersion.document == other)
    client = office.client(Role.CLERK)
    for rest in ("pages/1", "pdf", "pdf-a"):
        assert client.get(f"/previews/{mine.id}/{version.id}/{rest}").status_code == 404
    assert post(client, f"/previews/{mine.id}/{version.id}/again").status_code == 404


@pytest.mark.parametrize("rest", ["pages/0", "pages/3", "pages/99999999999999999999", "pages/x", "pdf-a"])
def test_what_there_is_not_is_a_page_that_says_so(office: Office, rest: str) -> None:
    document = with_file(office)
    beside(office, document)
    work(office)
    response = office.client(Role.CLERK).get(address(document, rest))
    assert response.status_code == 404
    assert "</html>" in response.text


def test_the_same_file_of_two_documents_is_made_once(office: Office) -> None:
    data = word("один файл")
    first, second = with_file(office, data), with_file(office, data, title="Другой")
    for document in (first, second):
        beside(office, document)
    work(office)
    assert Preview.select().count() == 1
    assert "Page 2 of 2" in beside(office, second)


def test_hostile_text_is_written_as_text_and_a_long_one_is_cut(office: Office) -> None:
    document = with_file(office, word("<script>alert(1)</script>", *("долгий текст " * 50 for _ in range(500))))
    shown = beside(office, document)
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>" not in shown
    assert "The text goes on" in shown
    assert len(shown) < 80_000


def test_tables_are_shown_as_tables(office: Office) -> None:
    made = docx.Document()
    table = made.add_table(3, 3)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "ноябрь"
    table.cell(0, 0).text = "<b>Срок</b>"
    written = io.BytesIO()
    made.save(written)
    shown = beside(office, with_file(office, written.getvalue()))
    assert "<td>&lt;b&gt;Срок&lt;/b&gt;</td>" in shown
    assert "<td>ноябрь</td>" in shown


def test_plain_text_is_shown_as_it_is_without_excuses(office: Office) -> None:
    shown = beside(office, with_file(office, "строка\n".encode() * 3, "а.txt"))
    assert "<p>строка</p>" in shown
    assert "simplified" not in shown
    assert Preview.select().count() == 0
