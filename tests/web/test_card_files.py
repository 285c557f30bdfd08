from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.documents.models import Attachment, Document
from roadmapdocs.documents.versions import attach
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.rules import SYSTEM, Role
from tests.conftest import NOW
from tests.web.cards import draft, registered, with_text
from tests.web.office import Office, download, office_on, post, upload


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def folder(office: Office) -> FolderStore:
    return FolderStore(office.app.extensions["roadmapdocs"].settings.files_folder)


def attached(office: Office, document: Document, name: str = "скан.txt", **more: str) -> Attachment:
    return attach(document, f"скан {name}".encode(), name, store=folder(office), by=SYSTEM, now=NOW, **more)


def test_a_file_is_attached_and_comes_back_byte_for_byte(office: Office) -> None:
    made = registered(office)
    client = office.client(Role.CLERK)
    data = "Скан приказа\n".encode()
    address = f"/documents/{made.id}/attachments"
    response = post(client, address, file=upload(data, "скан.txt"), title="Скан с подписью")
    assert response.headers["Location"] == f"/documents/{made.id}#files"
    row = Attachment.get()
    page = client.get(f"/documents/{made.id}").text
    assert f'<a href="{address}/{row.id}">Скан с подписью</a>' in page
    got = download(client, f"{address}/{row.id}")
    assert got.data == data
    assert got.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(("data", "name"), [(b"MZ\x90\x00" * 50, "вирус.docx"), (b"", "пусто.txt"), (b"", "")])
def test_what_is_no_document_is_refused_on_the_card(office: Office, data: bytes, name: str) -> None:
    made = registered(office)
    response = post(office.client(Role.CLERK), f"/documents/{made.id}/attachments", follow=True, file=upload(data, name))
    assert response.status_code == 200
    assert 'class="rd-note rd-note--late"' in response.text
    assert not Attachment.select().exists()


def test_a_file_is_taken_off_with_a_reason_and_its_address_closes(office: Office) -> None:
    made = registered(office)
    row = attached(office, made)
    client = office.client(Role.CLERK)
    address = f"/documents/{made.id}/attachments/{row.id}"
    assert "Say why the file is taken off." in post(client, f"{address}/remove", reason=" ", follow=True).text
    assert download(client, address).status_code == 200
    page = post(client, f"{address}/remove", reason="не тот скан", follow=True).text
    assert "took a file off: скан.txt. Reason: не тот скан" in page
    assert client.get(address).status_code == 404
    assert post(client, f"{address}/remove", reason="ещё раз").status_code == 404


def test_an_attachment_is_reached_through_its_own_document_only(office: Office) -> None:
    made, other = registered(office), registered(office, "Другой")
    row = attached(office, made)
    client = office.client(Role.CLERK)
    assert client.get(f"/documents/{other.id}/attachments/{row.id}").status_code == 404
    assert post(client, f"/documents/{other.id}/attachments/{row.id}/remove", reason="а").status_code == 404
    assert Attachment.get().removed_at is None


@pytest.mark.parametrize("number", ["77", "0", "99999999999999999999", "x"])
def test_an_attachment_that_is_none_is_a_page_that_says_so(office: Office, number: str) -> None:
    made = registered(office)
    response = office.client(Role.CLERK).get(f"/documents/{made.id}/attachments/{number}")
    assert response.status_code == 404
    assert "</html>" in response.text


@pytest.mark.parametrize("name", ["../../x.txt", "CON.txt", "д" * 300 + ".txt", "имя\u202etxt.exe", "<b>жирный</b>.txt"])
def test_hostile_names_are_tamed_and_escaped(office: Office, name: str) -> None:
    made = registered(office)
    row = attached(office, made, name, title="<i>скан</i>")
    page = office.client(Role.CLERK).get(f"/documents/{made.id}").text
    assert "<b>жирный" not in page
    assert "<i>скан" not in page
    assert html.escape(row.name, quote=False) in page
    assert download(office.client(Role.CLERK), f"/documents/{made.id}/attachments/{row.id}").status_code == 200


def test_versions_are_listed_newest_first_with_a_way_to_compare(office: Office) -> None:
    made = with_text(office, with_text(office, draft(), "первый текст"), "второй текст")
    client = office.client(Role.CLERK)
    page = client.get(f"/documents/{made.id}").text
    files = page.split('id="files"')[1].split("</section>")[0]
    assert files.index("version 2") < files.index("version 1")
    assert files.count(">current</span>") == 1
    compare = re.search(r'href="([^"]+/compare[^"]+)"', files)
    assert compare is not None
    assert client.get(compare[1].replace("&amp;", "&")).status_code == 200
    assert "второй текст" in page.split('class="rd-sheet"')[1]


def test_who_may_not_attach_is_told_who_may_and_refused(office: Office) -> None:
    made = registered(office)
    row = attached(office, made)
    client = office.client(Role.STAFF)
    page = client.get(f"/documents/{made.id}").text
    assert f"/attachments/{row.id}/remove" not in page
    assert 'aria-describedby="why-attach"' in page
    address = f"/documents/{made.id}/attachments"
    assert "this is for: clerk" in post(client, address, file=upload(b"x", "x.txt"), follow=True).text
    assert "this is for: clerk" in post(client, f"{address}/{row.id}/remove", reason="а", follow=True).text
    assert Attachment.select().count() == 1
    assert Attachment.get().removed_at is None
