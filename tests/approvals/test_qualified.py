"""A qualified signature brought as a file: right, or refused with what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest

from roadmapdocs.approvals.models import Signature
from roadmapdocs.approvals.qualified import same_person
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.signing import sign_with_file
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Conflict, Forbidden, Refusal
from tests.approvals.cms import made
from tests.approvals.cms.made import Message
from tests.approvals.office import Office, make_office, states
from tests.conftest import NOW, TODAY

TEXT = "Первая редакция текста.".encode()
OWNER = "Ветрова Мария Ивановна"
ANCHORS = (made.authority().certificate,)
YEAR = dt.timedelta(days=365)


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


@pytest.fixture
def document(office: Office) -> Document:
    made_one = office.document()
    perform(made_one.id, "send_for_signing", by=office.actor("Лукина"), now=NOW, today=TODAY)
    return get_document(made_one.id)


def bring(
    office: Office, document: Document, signature: bytes, *, by: str = "Ветрова", anchors: Sequence[bytes] = ANCHORS,
    version: int | None = 0,
) -> Document:
    current = current_version(document.id)
    assert current is not None
    return sign_with_file(
        document.id, signature, "приказ.sig", version=current.id if version == 0 else version, anchors=anchors,
        store=office.store, by=office.actor(by), now=NOW, today=TODAY,
    )


def signed(content: bytes = TEXT, owner: str = OWNER, **how: object) -> bytes:
    return Message(at=NOW).made(content, made.person(owner, **how))


@pytest.mark.parametrize("by", ["Ветрова", "Лукина"])
def test_a_right_signature_is_kept_byte_for_byte_with_its_mark(office: Office, document: Document, by: str) -> None:
    signature = signed()
    bring(office, document, signature, by=by)
    row = Signature.get()
    assert (row.way, row.name, row.file_name, row.made_by) == (
        "qualified", str(office.people["Ветрова"]), "приказ.sig", office.actor(by).name,
    )
    assert office.store.open(row.file.sha256).read() == signature
    assert row.mark["check"]["verdict"] == "valid"
    assert all(one["owner"] == OWNER and len(one["valid_to"]) == len("2026-01-01") for one in row.mark["marks"])
    assert states(document) == "signed"


@pytest.mark.parametrize(
    "signature",
    [
        lambda: b"",
        lambda: b"no signature at all",
        lambda: signed()[:-40],
        lambda: signed("Другой текст.".encode()),
        lambda: signed(owner="Громова Мария Ивановна"),
        lambda: signed(owner="Ветрова Мария Игоревна"),
        lambda: signed(before=3 * YEAR, after=-YEAR),
    ],
    ids=["empty", "no_signature", "cut", "another_file", "another_owner", "a_namesake", "expired"],
)
def test_a_wrong_signature_is_refused_in_words_and_nothing_kept(
    office: Office, document: Document, signature: Callable[[], bytes]
) -> None:
    with pytest.raises(Refusal) as refused:
        bring(office, document, signature())
    assert refused.value.code == "signature"
    assert refused.value.details["fields"]["signature"] == refused.value.message
    assert states(document) == "in_signing"
    assert not Signature.select().exists()


def test_without_trusted_authorities_it_is_taken_and_says_so_and_has_no_mark(office: Office, document: Document) -> None:
    bring(office, document, signed(), anchors=())
    row = Signature.get()
    assert (row.mark["marks"], row.mark["check"]["verdict"]) == ([], "valid_untrusted")
    assert row.verdict == f"Издатель не проверен. {row.mark['check']['sentence']}"


def test_without_trusted_authorities_nobody_brings_a_signature_for_another(office: Office, document: Document) -> None:
    """Anybody makes an authority at home, and a certificate in the head's name by it."""
    home_made = made.issued({"common_name": "Домашний центр"}, ca=True)
    surname, given = OWNER.split(" ", 1)
    leaf = made.issued({"common_name": OWNER, "surname": surname, "given_name": given}, by=home_made)
    with pytest.raises(Refusal) as refused:
        bring(office, document, Message(at=NOW).made(TEXT, leaf), by="Лукина", anchors=())
    assert refused.value.code == "signature"
    assert "из своей учётной записи" in refused.value.message
    assert states(document) == "in_signing"
    assert not Signature.select().exists()
    bring(office, document, Message(at=NOW).made(TEXT, leaf), by="Ветрова", anchors=())
    assert Signature.get().mark["marks"] == []


@pytest.mark.parametrize("anchors", [(), ANCHORS])
def test_a_certificate_issued_to_oneself_is_not_taken(office: Office, document: Document, anchors: tuple[bytes, ...]) -> None:
    surname, given = OWNER.split(" ", 1)
    own = made.issued({"common_name": OWNER, "surname": surname, "given_name": given})
    with pytest.raises(Refusal) as refused:
        bring(office, document, Message(at=NOW).made(TEXT, own), anchors=anchors)
    assert refused.value.code == "signature"


def test_only_the_signer_or_the_clerk_brings_it_and_for_the_text_shown(office: Office, document: Document) -> None:
    with pytest.raises(Forbidden):
        bring(office, document, signed(), by="Соболев")
    with pytest.raises(Conflict) as refused:
        bring(office, document, signed(), version=None)
    assert refused.value.code == "stale_version"
    bring(office, document, signed())
    with pytest.raises(Conflict) as refused:
        bring(office, document, signed())
    assert refused.value.code == "moved"


@pytest.mark.parametrize(
    ("owner", "name", "same"),
    [
        ("Лукина Ольга Сергеевна", "Лукина Ольга Сергеевна", True),
        ("ЛУКИНА ОЛЬГА СЕРГЕЕВНА", "Лукина О. С.", True),
        ("Дёмина Алёна Петровна", "Демина Алена Петровна", True),
        ("Салтыкова-Щедрина Анна Ильинична", "Салтыкова-Щедрина А. И.", True),
        ("Ли Анна", "Ли А.", True),
        ("Лукина Ольга Сергеевна", "Лукина Ольга", False),
        ("Лукина Ольга Сергеевна", "Лукина Ольга Семёновна", False),
        ("Лукина Ольга Сергеевна", "Громова О. С.", False),
        ("МБОУ «Школа-образец»", "Лукина О. С.", False),
        ("", "", False),
    ],
)
def test_an_owner_is_the_signer_word_for_word(owner: str, name: str, same: bool) -> None:
    assert same_person(owner, name) is same
