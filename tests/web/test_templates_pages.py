"""Pages of document templates: what prints today, a file checked and taken, versions, examples."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from roadmapdocs.drafting.models import OfficeTemplate
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.drafting.templates import shipped_template
from roadmapdocs.people.rules import Role
from roadmapdocs.previews.models import Preview
from roadmapdocs.previews.rules import PreviewState
from tests.drafting.made import word
from tests.web.office import Office, download, office_on, post, upload

ADDRESS = "/templates/"
OURS = ["{{ kind }} № {{ number }} {{ date }}", "{{ organisation|join(' ') }}", "{{ title }}", "{{ preamble }} {{ decree }}"]
OURS += ["{%p for line in points %}", "{{ line.number }} {{ line.text }}", "{%p endfor %}"]
OURS += ["{% for s in signers %}{{ s.name }}{% endfor %}"]


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def send(office: Office, data: bytes | None, operation: str, name: str = "order", **more: Any) -> tuple[int, str]:
    fields = {"since": "2026-03-16", "op": operation, **({"file": upload(data, "наш приказ.docx")} if data is not None else {}), **more}
    answer = post(office.client(Role.ADMINISTRATOR), ADDRESS + name, **fields)
    return answer.status_code, answer.get_data().decode("utf-8", "replace")


def text_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def test_every_template_is_listed_and_has_its_page(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    page = client.get(ADDRESS).get_data(as_text=True)
    for path in SHAPES:
        assert f'href="{ADDRESS}{path.removesuffix(".docx")}"' in page
    own = client.get(f"{ADDRESS}order").get_data(as_text=True)
    assert "printed by the shipped template order.docx" in own
    assert "<code>points[].text</code>" in own
    assert client.get(f"{ADDRESS}ordr").status_code == 404
    assert "order.docx" in client.get(f"{ADDRESS}ordr").get_data(as_text=True)


def test_a_checked_file_is_taken_without_being_chosen_again(office: Office) -> None:
    status, page = send(office, word(*OURS), "check")
    assert (status, "no remarks" in page) == (200, True)
    assert OfficeTemplate.select().count() == 0
    kept = re.search(r'name="kept"[^>]* value="([^"]+)"', page)
    assert kept is not None
    assert send(office, None, "take", kept=kept[1], note="Новый герб")[0] == 302
    row = OfficeTemplate.get()
    assert (row.path, row.number, row.name, row.note) == ("order.docx", 1, "наш приказ.docx", "Новый герб")
    assert "version 1 of your own" in office.client(Role.ADMINISTRATOR).get(f"{ADDRESS}order").get_data(as_text=True)
    assert send(office, None, "take", "protocol", kept=kept[1])[0] == 422  # the token is for orders
    assert send(office, None, "take", kept="made.up")[0] == 422


def test_a_file_with_a_mistake_is_not_taken_and_the_place_is_named(office: Office) -> None:
    status, page = send(office, word("№ {{ nmber }}"), "take")
    assert (status, OfficeTemplate.select().count()) == (422, 0)
    assert "nmber" in page
    assert "Is number meant?" in page
    assert "«№ {{ nmber }}»" in page


@pytest.mark.parametrize(("data", "told"), [(b"", "is empty"), (b"PK\x03\x04 broken", "is damaged"), (b"%PDF-1.4", "not a Word document"), ("слова".encode(), "not a Word document"), (None, "Choose a Word file")])
def test_what_is_no_word_file_is_told(office: Office, data: bytes | None, told: str) -> None:
    status, page = send(office, data, "check")
    assert (status, told in page) == (422, True)


def test_a_day_is_needed_to_take_and_not_to_look(office: Office) -> None:
    assert send(office, word(*OURS), "take", since="")[0] == 422
    assert send(office, word(*OURS), "try", since="")[0] == 200
    assert OfficeTemplate.select().count() == 0


def test_examples_are_printed_by_what_counts_and_by_each_version(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    send(office, word("Бланк {{ kind }}"), "take")
    send(office, word("Второй {{ kind }}"), "take", since="2030-01-01")
    assert text_of(download(client, f"{ADDRESS}order/sample").data) == "Бланк ПРИКАЗ"
    second = OfficeTemplate.get(OfficeTemplate.number == 2)
    assert text_of(download(client, f"{ADDRESS}versions/{second.id}/sample").data) == "Второй ПРИКАЗ"
    assert "{{ kind }}" in text_of(download(client, f"{ADDRESS}versions/{second.id}/file").data)
    assert "Бланк" in text_of(download(client, f"{ADDRESS}order/file").data)
    assert download(client, f"{ADDRESS}order/file?of=shipped").data == shipped_template("order.docx").data


def test_the_example_is_a_pdf_once_it_is_made(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    assert "being made" in client.get(f"{ADDRESS}order/pdf", follow_redirects=True).get_data(as_text=True)
    preview = Preview.get()
    for state, told in ((PreviewState.UNAVAILABLE, "not installed"), (PreviewState.FAILED, "could not make")):
        Preview.update(state=str(state)).execute()
        assert told in client.get(f"{ADDRESS}order/pdf", follow_redirects=True).get_data(as_text=True)
    Preview.update(state=str(PreviewState.DONE), result=preview.source).execute()
    made = download(client, f"{ADDRESS}order/pdf")
    assert (made.status_code, made.mimetype) == (200, "application/pdf")


def test_a_withdrawn_version_counts_no_more_and_stays_in_sight(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    send(office, word(*OURS), "take")
    address = f"{ADDRESS}versions/{OfficeTemplate.get().id}/withdraw"
    assert "counts no more" in post(client, address, follow=True).get_data(as_text=True)
    page = post(client, address, follow=True).get_data(as_text=True)
    assert "withdrawn already" in page
    assert "printed by the shipped template order.docx" in page
    assert client.get(f"{ADDRESS}versions/999/file").status_code == 404
    assert post(client, f"{ADDRESS}versions/999/withdraw").status_code == 404


def test_the_same_file_from_the_same_day_is_taken_once(office: Office) -> None:
    data = word(*OURS)
    assert send(office, data, "take")[0] == 302
    status, page = send(office, data, "take")
    assert (status, "is version 1 already" in page) == (422, True)
    assert send(office, data, "take", since="2027-01-01")[0] == 302


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_templates_are_the_administrators(office: Office, role: Role) -> None:
    client = office.client(role)
    for address in ("", "order", "order/sample", "order/file", "order/pdf"):
        assert client.get(ADDRESS + address).status_code == 403
    assert post(client, f"{ADDRESS}order", op="check").status_code == 403


def test_without_a_token_nothing_is_taken(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    sent = {"file": upload(word(*OURS), "a.docx"), "since": "2026-03-16", "op": "take"}
    assert client.post(f"{ADDRESS}order", data=sent).status_code == 400
    assert OfficeTemplate.select().count() == 0
