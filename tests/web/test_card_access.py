"""A document that is not for everybody, at each of its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.documents.comments import comments_of
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Attachment, Document, DocumentLink, DocumentVersion
from roadmapdocs.documents.versions import attach
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.rules import SYSTEM, Role
from tests.conftest import NOW, TODAY
from tests.web.cards import draft, go, person, registered, with_text, words
from tests.web.office import Office, office_on, post

SECRET = "О премировании Сидорова"


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


@pytest.fixture
def secret(office: Office) -> Document:
    """A signed order with personal data, with all that a card can have."""
    made = registered(office, SECRET, mark="personal", mark_basis="152-ФЗ")
    store = FolderStore(office.app.extensions["roadmapdocs"].settings.files_folder)
    attach(made, b"list of people", "list.txt", store=store, by=SYSTEM, now=NOW)
    other = registered(office, "О другом")
    link_documents(made.id, other.id, LinkKind.ADDS_TO, by=SYSTEM, now=NOW, today=TODAY)
    return made


def addresses(made: Document) -> dict[str, list[str]]:
    version = DocumentVersion.get(DocumentVersion.document == made)
    attachment = Attachment.get(Attachment.document == made)
    link = DocumentLink.get(DocumentLink.source == made)
    own = f"/documents/{made.id}"
    return {
        "GET": [
            *(f"{own}{end}" for end in ("", "/history", "/who", "/act/annul", "/links/new", "/compare", "/edit")),
            f"{own}/files/{version.id}",
            f"{own}/attachments/{attachment.id}",
        ],
        "POST": [
            *(f"{own}{end}" for end in ("/comments", "/act/annul", "/links/new", "/attachments")),
            f"{own}/attachments/{attachment.id}/remove",
            f"{own}/links/{link.id}/remove",
        ],
    }


def test_whoever_may_not_read_finds_nothing_at_any_address(office: Office, secret: Document) -> None:
    client = office.client(Role.STAFF)
    before = Document.get_by_id(secret.id).revision
    for method, found in addresses(secret).items():
        for address in found:
            sent = {"text": "а", "reason": "а", "revision": before, "kind": "adds_to", "target": "1"}
            response = client.get(address) if method == "GET" else post(client, address, **sent)
            assert (address, response.status_code) == (address, 404)
            assert "</html>" in response.text
            assert SECRET not in response.text
    assert Document.get_by_id(secret.id).revision == before
    assert not comments_of(secret)
    assert DocumentLink.select().count() == 1
    assert Attachment.get().removed_at is None


def test_the_same_addresses_open_to_those_who_may(office: Office, secret: Document) -> None:
    client = office.client(Role.CLERK)
    for address in addresses(secret)["GET"]:
        with client.get(address) as response:
            assert (address, response.status_code) == (address, 200)


def test_nothing_changes_without_the_token(office: Office, secret: Document) -> None:
    client = office.client(Role.CLERK)
    for address in addresses(secret)["POST"]:
        sent = {"text": "а", "reason": "а", "kind": "adds_to", "target": "1"}
        assert (address, client.post(address, data=sent).status_code) == (address, 400)
    assert not comments_of(secret)
    assert DocumentLink.select().count() == 1


def test_a_stranger_is_sent_to_sign_in(office: Office, secret: Document) -> None:
    client = office.app.test_client()
    for address in addresses(secret)["GET"]:
        assert "/sign-in" in client.get(address).headers["Location"]


def test_the_other_end_of_a_link_does_not_tell_of_it(office: Office, secret: Document) -> None:
    other = DocumentLink.get().target
    open_page = office.client(Role.CLERK).get(f"/documents/{other.id}").text
    assert f"/documents/{secret.id}" in open_page
    page = office.client(Role.STAFF).get(f"/documents/{other.id}").text
    assert f'/documents/{secret.id}"' not in page
    assert SECRET not in page
    assert f"№ {secret.number}" not in words(page).replace("\xa0", " ")
    assert f"No. {secret.number}" not in words(page)
    assert "changed a link with another document" in page


def test_the_drafter_reads_a_draft_that_a_colleague_does_not(office: Office) -> None:
    author = person("Авторова", Role.STAFF)
    made = draft("Черновик", drafter_id=author.employee.id)
    assert office.client_of(author.user).get(f"/documents/{made.id}").status_code == 200
    assert office.client(Role.STAFF).get(f"/documents/{made.id}").status_code == 404


def test_who_sees_a_document_is_told_with_names_and_numbers(office: Office) -> None:
    author, signer = person("Авторова", Role.STAFF), person("Подписантова", Role.EXECUTIVE)
    made = draft("Черновик", drafter_id=author.employee.id, signer_id=signer.employee.id)
    client = office.client(Role.CLERK)
    office.client(Role.COORDINATOR)
    page = words(client.get(f"/documents/{made.id}/who").text).replace("\xa0", " ")
    assert "the drafter: Авторова А. О." in page
    assert "the signer: Подписантова А. О." in page
    assert "people of the document's unit: none is named" in page.replace("&#39;", "'")
    assert "Read the document 4 people" in page
    assert "Change the card 3 people" in page
    assert "The document bears no access mark." in page


def test_a_mark_is_told_with_its_ground_and_whom_it_leaves_out(office: Office, secret: Document) -> None:
    client = office.client(Role.CLERK)
    card = client.get(f"/documents/{secret.id}").text
    assert "personal data" in card
    page = words(client.get(f"/documents/{secret.id}/who").text)
    assert "personal data 152-ФЗ" in page
    assert "The mark leaves out: staff member, roadmap coordinator, administrator" in page


def test_signing_opens_the_document_to_everybody(office: Office) -> None:
    made = with_text(office, draft(date=TODAY))
    client = office.client(Role.STAFF)
    assert client.get(f"/documents/{made.id}").status_code == 404
    go(made, "send_for_signing", "sign")
    assert client.get(f"/documents/{made.id}").status_code == 200


def test_the_office_is_counted_in_a_fixed_number_of_statements(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.web.office import queries

    made = registered(office)
    client = office.client(Role.CLERK)
    counts = []
    for surname in ("Один", "Два", "Три"):
        with queries(monkeypatch) as seen:
            client.get(f"/documents/{made.id}/who")
        counts.append(len(seen))
        person(surname, Role.STAFF)
    assert len(set(counts)) == 1
