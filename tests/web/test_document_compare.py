"""The page on which two versions of a text stand side by side, and the pages of working copies."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.rules import SYSTEM, Role
from tests.conftest import NOW
from tests.web.office import Office, document, office_on, post, upload
from tests.web.test_templates import Reading


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def word(*paragraphs: str) -> bytes:
    written = docx.Document()
    for paragraph in paragraphs:
        written.add_paragraph(paragraph)
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def keep(office: Office, to: Document, data: bytes, name: str = "приказ.docx") -> DocumentVersion:
    store = FolderStore(office.app.extensions["roadmapdocs"].settings.files_folder)
    return add_version(to, data, name, store=store, by=SYSTEM, now=NOW)


def draft() -> Document:
    return document("О смотре", preparation=Preparation.DRAFT, date=None)


def plain(page: str) -> str:
    """The texts compared, without tags; what was put in or taken out stands in brackets."""
    section = page.split('aria-label="Comparison of versions"', 1)[1].split("</section>", maxsplit=1)[0]
    marked = re.sub(r"<(ins|del)>(.*?)</\1>", r"[\1 \2]", section, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", marked).split())


def test_two_versions_stand_side_by_side_with_changed_words_marked(office: Office) -> None:
    made = draft()
    old = keep(office, made, word("О смотре", "1. Провести смотр до 1 апреля.", "2. Лишний пункт.", "3. Контроль за собой."))
    new = keep(office, made, word("О смотре", "1. Провести смотр до 5 апреля.", "3. Контроль за собой.", "Начальник"))
    page = office.client(Role.CLERK).get(f"/documents/{made.id}/compare?a={old.id}&b={new.id}").text
    assert "changed: 1" in page
    assert "added: 1" in page
    assert "removed: 1" in page
    text = plain(page)
    assert "1. Провести смотр до [del 1 ]апреля." in text
    assert "1. Провести смотр до [ins 5 ]апреля." in text
    assert "[del 2. Лишний пункт.]" in text
    assert "[ins Начальник]" in text


def test_without_choice_the_last_two_versions_are_compared(office: Office) -> None:
    made = draft()
    for text in ("раз", "раз два", "раз два три"):
        keep(office, made, word(text))
    page = office.client(Role.CLERK).get(f"/documents/{made.id}/compare").text
    assert "раз два [ins три]" in plain(page)
    chosen = re.findall(r'<option value="(\d+)" selected>', page)
    rows = [str(row.id) for row in DocumentVersion.select().order_by(DocumentVersion.number)]
    assert chosen == [rows[1], rows[2]]


def test_what_is_unchanged_is_folded(office: Office) -> None:
    made = draft()
    lines = [f"Пункт {place}" for place in range(20)]
    keep(office, made, word(*lines))
    keep(office, made, word(*lines, "Новый"))
    page = office.client(Role.CLERK).get(f"/documents/{made.id}/compare").text
    folded = page.split('<details class="rd-fold">')[1].split("</details>")[0]
    assert "19 paragraphs without changes" in folded
    assert "Пункт 18" in folded
    assert "Пункт 19" not in folded


@pytest.mark.parametrize("choice", ["a=77&b=78", "a=x&b=", "a=1&b=1&a=99999999999999999999", "a=%00", "b=-1"])
def test_versions_that_are_none_of_this_document_are_passed_over(office: Office, choice: str) -> None:
    made, other = draft(), draft()
    keep(office, other, word("чужое"))
    keep(office, made, word("раз"))
    keep(office, made, word("раз два"))
    response = office.client(Role.CLERK).get(f"/documents/{made.id}/compare?{choice}")
    assert response.status_code == 200
    assert "чужое" not in response.text


def test_one_version_or_none_is_told_in_words(office: Office) -> None:
    made = draft()
    client = office.client(Role.CLERK)
    assert "There is only one version of the text." in client.get(f"/documents/{made.id}/compare").text
    version = keep(office, made, word("раз"))
    page = client.get(f"/documents/{made.id}/compare?a={version.id}&b={version.id}").text
    assert "This is the same file on both sides." in page


def test_the_same_words_in_another_file_are_no_difference(office: Office) -> None:
    made = draft()
    keep(office, made, word("раз два"))
    keep(office, made, "раз   два".encode(), "текст.txt")
    assert "No differences" in office.client(Role.CLERK).get(f"/documents/{made.id}/compare").text


def test_a_format_without_text_says_so(office: Office) -> None:
    made = draft()
    keep(office, made, word("раз два"))
    keep(office, made, _scan(), "скан.pdf")
    response = office.client(Role.CLERK).get(f"/documents/{made.id}/compare")
    assert response.status_code == 200
    assert "The texts cannot be compared here: download both files." in response.text


def _scan() -> bytes:
    """A page with a picture and no text."""
    from PIL import Image  # only here

    stream = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(stream, "PDF")
    return stream.getvalue()


def test_markup_in_a_text_is_shown_as_text(office: Office) -> None:
    made = draft()
    keep(office, made, word("<script>alert(1)</script> раз"))
    keep(office, made, word("<script>alert(2)</script> раз"))
    page = office.client(Role.CLERK).get(f"/documents/{made.id}/compare").text
    assert "<script>alert" not in page


def test_a_very_long_text_makes_a_page_of_bounded_length(office: Office) -> None:
    made = draft()
    keep(office, made, "\n".join(f"а{line}" for line in range(20_000)).encode(), "а.txt")
    keep(office, made, "\n".join(f"б{line}" for line in range(20_000)).encode(), "б.txt")
    response = office.client(Role.CLERK).get(f"/documents/{made.id}/compare")
    assert "more paragraphs are not shown: download both files." in response.text
    assert len(response.data) < 1_500_000


# Working copies in the browser


def signed(office: Office) -> Document:
    made = document("О рабочей группе", number="41", summary="Состав")
    keep(office, made, word("1. Создать группу."))
    return made


def test_a_working_copy_goes_its_way_in_the_browser(office: Office) -> None:
    made = signed(office)
    client = office.client(Role.CLERK)
    copy_url = post(client, f"/documents/{made.id}/working-copy").headers["Location"]
    copy = Document.get(Document.working_copy_of == made)
    assert copy_url == f"/documents/{copy.id}"
    sent = {"kind": "order_main", "title": "О рабочей группе по чтению", "summary": "Состав", "signer": "", "revision": "1"}
    assert post(client, f"{copy_url}/edit", **sent).status_code == 302
    file = upload(word("1. Создать группу из семи человек."), "новый.docx")
    assert post(client, f"{copy_url}/versions", file=file, comment="Состав").status_code == 302

    page = client.get(f"{copy_url}/check-in").text
    assert "<del>О рабочей группе</del> <ins>О рабочей группе по чтению</ins>" in page
    compare = re.search(r'href="(/documents/\d+/compare\?[^"]+)"', page)
    assert compare is not None
    compared = client.get(compare[1].replace("&amp;", "&")).text
    assert "Working copy, version 2" in compared
    assert "[ins из семи человек]" in plain(compared)

    empty = post(client, f"{copy_url}/check-in", comment=" ")
    assert empty.status_code == 422
    assert 'id="comment-error"' in empty.text
    assert post(client, f"{copy_url}/check-in", comment="Семь человек").headers["Location"] == f"/documents/{made.id}"
    after = Document.get_by_id(made.id)
    assert (after.title, after.number, after.registration) == ("О рабочей группе по чтению", "41", "registered")
    assert [row.edition for row in made.versions.order_by(DocumentVersion.number)] == [1, 2]
    closed = client.get(f"{copy_url}/check-in")
    assert closed.status_code == 422
    assert "This is not a working copy that is under way." in closed.text


def test_a_clash_is_shown_and_has_to_be_confirmed(office: Office) -> None:
    made = signed(office)
    client = office.client(Role.CLERK)
    copy_url = post(client, f"/documents/{made.id}/working-copy").headers["Location"]
    card = {"kind": "order_main", "summary": "Состав", "revision": "1"}
    post(client, f"/documents/{made.id}/edit", **card, title="Там")
    post(client, f"{copy_url}/edit", **card, title="Здесь")
    page = client.get(f"{copy_url}/check-in").text
    assert "changed there too" in page
    assert 'name="confirmed"' in page
    refused = post(client, f"{copy_url}/check-in", comment="Новое")
    assert refused.status_code == 409
    assert "The document was changed too while you had the copy." in refused.text
    assert Document.get_by_id(made.id).title == "Там"
    assert post(client, f"{copy_url}/check-in", comment="Новое", confirmed="y").status_code == 302
    assert Document.get_by_id(made.id).title == "Здесь"


def test_a_copy_is_given_up_with_a_reason(office: Office) -> None:
    made = signed(office)
    client = office.client(Role.CLERK)
    copy_url = post(client, f"/documents/{made.id}/working-copy").headers["Location"]
    assert "О рабочей группе" in client.get(f"{copy_url}/discard").text
    answer = post(client, f"{copy_url}/discard", reason="")
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text
    assert post(client, f"{copy_url}/discard", reason="Передумали").headers["Location"] == f"/documents/{made.id}"
    assert Document.get(Document.working_copy_of == made).preparation == "withdrawn"


def test_a_second_copy_is_refused_in_words(office: Office) -> None:
    made = signed(office)
    post(office.client(Role.CLERK), f"/documents/{made.id}/working-copy")
    answer = post(office.client(Role.COORDINATOR), f"/documents/{made.id}/working-copy")
    assert answer.status_code == 422
    assert "clerk.login has had a working copy since 16.03.2026." in answer.text
    assert Document.select().count() == 2


def test_a_reader_does_not_see_the_working_copy_among_the_versions(office: Office) -> None:
    made = signed(office)
    client = office.client(Role.CLERK)
    copy_url = post(client, f"/documents/{made.id}/working-copy").headers["Location"]
    post(client, f"{copy_url}/versions", file=upload(word("тайное"), "тайное.docx"))
    hidden = DocumentVersion.get(DocumentVersion.name == "тайное.docx")
    page = office.client(Role.STAFF).get(f"/documents/{made.id}/compare?b={hidden.id}")
    assert page.status_code == 200
    assert "тайное" not in page.text


def test_every_page_here_is_well_nested_and_labelled(office: Office) -> None:
    made = signed(office)
    client = office.client(Role.CLERK)
    copy_url = post(client, f"/documents/{made.id}/working-copy").headers["Location"]
    keep(office, Document.get(Document.working_copy_of == made), word("1. Создать две группы."))
    pages = [
        "/documents/new",
        "/documents/new?kind=protocol",
        *(f"{copy_url}/{one}" for one in ("edit", "versions", "check-in", "discard")),
        f"/documents/{made.id}/edit",
        f"/documents/{made.id}/compare",
    ]
    for address in pages:
        response = client.get(address)
        assert response.status_code == 200, address
        read = Reading(response.text)
        assert read.crossed == [], address
        assert read.open == [], address
        assert len(read.named("h1")) == 1, address
        ids = [attrs["id"] for _tag, attrs in read.tags if attrs.get("id")]
        assert sorted(ids) == sorted(set(ids)), address
        labelled = {attrs.get("for") for attrs in read.named("label")}
        for attrs in read.named("input", "select", "textarea"):
            hidden = attrs.get("type") == "hidden"
            assert hidden or attrs.get("aria-label") or attrs.get("id") in labelled, (address, attrs)
        assert all("style" not in attrs for _tag, attrs in read.tags), address
