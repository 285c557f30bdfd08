"""The text beside a card: pages as they are or the text without its layout, to those who may read the document."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import threading
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import openpyxl
import pytest

from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.limits import GLANCE_LIMITS
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.previews.models import Preview
from roadmapdocs.previews.operations import ask
from roadmapdocs.previews.ports import Absent, Broken, Converter, Crashed, TooLarge, TooLong
from roadmapdocs.previews.worker import Worker
from roadmapdocs.web.previews import simple
from tests.conftest import NOW
from tests.previews.made import FakeConverter, FakeDrawer, pdf, word
from tests.web.cards import draft, registered
from tests.web.office import Office, download, office_on, post

LONG_AGO = NOW - dt.timedelta(days=400)
TOO_LARGE_TO_SHOW = "The file is too large for the simplified view: download it to read it."


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
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


def test_what_waits_for_long_says_whom_to_tell(office: Office) -> None:
    document = with_file(office)
    beside(office, document)
    Preview.update(asked_at=LONG_AGO, next_at=LONG_AGO).execute()
    assert "tell the administrator" in beside(office, document)


def test_what_was_asked_for_long_ago_waits_since_somebody_looked(office: Office) -> None:
    document = with_file(office)
    ask(DocumentVersion.get().file, now=LONG_AGO)
    for _time in range(2):
        shown = beside(office, document)
        assert "The pages are being prepared. Look again in a minute." in shown
        assert "tell the administrator" not in shown


def test_what_is_tried_again_waits_since_then(office: Office) -> None:
    document = with_file(office)
    beside(office, document)
    Preview.update(asked_at=LONG_AGO, next_at=LONG_AGO, state="failed", reason="crashed").execute()
    post(office.client(Role.CLERK), address(document, "again"))
    assert "The pages are being prepared. Look again in a minute." in beside(office, document)


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


def wide_word() -> bytes:
    """A small file whose one part unpacks into more than a page may wait for."""
    cell = "<w:tc><w:p><w:r><w:t>ноябрь</w:t></w:r></w:p></w:tc>"
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("таблица"))) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                table = f"<w:tbl>{f'<w:tr>{cell * 4}</w:tr>' * 10_000}</w:tbl>"
                data = data.replace(b"<w:sectPr", table.encode() + b"<w:sectPr", 1)
            new.writestr(entry.filename, data)
    return changed.getvalue()


def book(rows: int) -> bytes:
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet()
    for number in range(rows):
        sheet.append([number, "чтение", "ноябрь"])
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def long_book() -> bytes:
    return book(7_000)


def long_text() -> bytes:
    return b"text\n" * 2_000_000


@pytest.mark.parametrize("data", [wide_word, long_book, long_text])
def test_what_is_too_large_for_a_page_to_wait_for_is_not_read(data: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    large = data()
    for reader in ("docx.Numbering", "xlsx._sheet_blocks", "office.decode"):
        monkeypatch.setattr(f"roadmapdocs.files.reading.{reader}", lambda *_given: pytest.fail("it is read"))
    assert simple.read_simply(large) == simple.Simple(too_large=True)


@pytest.mark.parametrize(
    ("name", "coming"), [("Приказ.docx", "The pages are being prepared. Look again in a minute. "), ("а.txt", "")], ids=["word", "text"]
)
@pytest.mark.parametrize("limit", [{"max_bytes": 10}, {"max_entry_bytes": 10}], ids=["file", "part"])
def test_the_card_says_that_a_file_is_too_large_for_a_simplified_view(
    office: Office, monkeypatch: pytest.MonkeyPatch, name: str, coming: str, limit: dict[str, int]
) -> None:
    monkeypatch.setattr(simple, "GLANCE_LIMITS", dataclasses.replace(GLANCE_LIMITS, **limit))
    monkeypatch.setattr(simple, "_views", OrderedDict())
    data = word("О мерах") if name.endswith("docx") else "О мерах на 2026 год".encode()
    shown = beside(office, with_file(office, data, name))
    small_enough = name.endswith("txt") and "max_entry_bytes" in limit
    assert (f"{coming}{TOO_LARGE_TO_SHOW}" in shown, "О мерах" in shown) == (not small_enough, small_enough)
    assert "simplified view: the text without its layout" not in shown


def test_a_workbook_is_shown_to_its_first_rows(office: Office) -> None:
    shown = beside(office, with_file(office, book(2_000), "План.xlsx"))
    assert shown.count("<tr>") == simple.MOST_ROWS
    assert "The text goes on" in shown
    assert TOO_LARGE_TO_SHOW not in shown


def test_a_file_that_was_away_is_shown_once_it_is_back(office: Office) -> None:
    data = word("вернулся из копии")
    document = with_file(office, data)
    sha256 = DocumentVersion.get().file.sha256
    place = office.app.extensions["roadmapdocs"].settings.files_folder / sha256[:2] / sha256
    place.unlink()
    assert "The text cannot be shown here" in beside(office, document)
    folder(office).put(data)
    assert "<p>вернулся из копии</p>" in beside(office, document)


def test_a_file_that_many_open_at_once_is_read_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with_file(office, word("читают все вместе"))
    file = DocumentVersion.get().file
    read: list[bytes] = []
    second_reader = threading.Event()

    def reading(data: bytes) -> simple.Simple:
        read.append(data)
        if len(read) > 1:
            second_reader.set()
        # Whoever is let in beside the first comes within this time.
        second_reader.wait(0.3)
        return simple.Simple((simple.Piece("прочитан"),))

    monkeypatch.setattr(simple, "read_simply", reading)

    def opening(_number: int) -> simple.Simple:
        with office.app.app_context():
            return simple.simple_view(file)

    with ThreadPoolExecutor(4) as pool:
        views = list(pool.map(opening, range(4)))
    assert len(read) == 1
    assert {view.pieces for view in views} == {(simple.Piece("прочитан"),)}


def test_only_so_many_files_are_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simple, "_KEPT", 2)
    monkeypatch.setattr(simple, "_views", OrderedDict())
    documents = [with_file(office, word(f"файл {number}"), title=f"О чтении {number}") for number in range(4)]
    for document in documents:
        beside(office, document)
    last = [DocumentVersion.get(DocumentVersion.document == document).file.sha256 for document in documents[-2:]]
    assert list(simple._views) == last
