"""Whether a file is the signed text, and what a stranger learns of it, on both databases."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from roadmapdocs.approvals.checking import MOST_CARDS, Answer, Checked, check, signed_versions
from roadmapdocs.approvals.models import Signature
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.errors import Refusal
from tests.approvals.office import Office, make_office
from tests.conftest import NOW, TODAY
from tests.documents.linked import link

FIRST = "Первая редакция текста.".encode()


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def go(office: Office, document: Document, *steps: str) -> Document:
    for step in steps:
        answers = Answers(reason="так надо", date=TODAY if step == "sign" else None)
        perform(document.id, step, answers=answers, by=office.actor("Лукина"), now=NOW, today=TODAY)
    return get_document(document.id)


def registered(office: Office, **card: object) -> Document:
    return go(office, office.document(date=TODAY, **card), "send_for_signing", "sign", "register")


def asked(data: bytes, by: str | None = None, office: Office | None = None) -> Checked:
    actor = office.actor(by) if by is not None and office is not None else None
    return check(hashlib.sha256(data).hexdigest(), by=actor, today=TODAY)


def test_a_stranger_learns_that_the_file_is_signed_and_nothing_of_the_document(office: Office) -> None:
    document = registered(office)
    found = asked(FIRST)
    assert (found.answer, found.registered_on) == (Answer.CURRENT, TODAY)
    assert found.document is None
    assert found.version is None
    assert asked(FIRST, "Лукина", office).document == document


def test_a_draft_and_a_file_that_was_never_here_are_answered_alike(office: Office) -> None:
    office.document()
    draft, nowhere = asked(FIRST), asked(b"never here")
    assert draft.answer is nowhere.answer is Answer.UNKNOWN
    assert (draft.registered_on, draft.document, draft.version) == (None, None, None)
    # Who may read the draft is told what it is.
    assert asked(FIRST, "Лукина", office).answer is Answer.UNSIGNED


def test_a_person_of_the_office_who_may_not_read_is_a_stranger(office: Office) -> None:
    office.document(unit_id=None)
    assert asked(FIRST, "Громова", office) == asked(FIRST)


def test_a_version_before_the_signed_one_was_never_signed(office: Office) -> None:
    document = office.document(date=TODAY)
    office.text(document, "Вторая редакция текста.")
    go(office, document, "send_for_signing", "sign", "register")
    assert asked(FIRST).answer is Answer.UNKNOWN
    assert asked(FIRST, "Лукина", office).answer is Answer.UNSIGNED
    assert asked("Вторая редакция текста.".encode()).answer is Answer.CURRENT


SECOND = b"the second edition"


def second_edition(office: Office, document: Document) -> None:
    add_version(document, SECOND, "2.txt", store=office.store, edition=2, by=office.actor("Лукина"), now=NOW)


@pytest.mark.parametrize("unbound", [False, True])
def test_a_later_edition_that_nobody_signed_is_not_signed(office: Office, unbound: bool) -> None:
    document = registered(office)
    second_edition(office, document)
    if unbound:
        Signature.update(version=None).execute()
    assert asked(SECOND) == Checked(Answer.UNKNOWN, hashlib.sha256(SECOND).hexdigest())
    assert asked(SECOND, "Лукина", office).answer is Answer.UNSIGNED
    assert asked(FIRST).answer is Answer.CURRENT
    assert signed_versions(document, TODAY) == {1}


def test_a_later_edition_counts_once_a_registered_document_amends_it(office: Office) -> None:
    document = registered(office)
    second_edition(office, document)
    tomorrow = TODAY + dt.timedelta(days=1)
    draft = office.document("О поправке", date=TODAY)
    office.text(draft, "Внести поправку.")
    go(office, draft, "send_for_signing", "sign")
    link(draft, LinkKind.AMENDS, document, since=tomorrow)
    assert signed_versions(document, tomorrow) == {1}
    go(office, draft, "register")
    assert signed_versions(document, TODAY) == {1}
    assert signed_versions(document, tomorrow) == {1, 2}
    second = hashlib.sha256(SECOND).hexdigest()
    assert check(second, by=None, today=tomorrow).answer is Answer.CURRENT
    assert check(hashlib.sha256(FIRST).hexdigest(), by=None, today=tomorrow).answer is Answer.OUTDATED
    # One amendment makes one edition: the next text is nobody's again.
    add_version(document, b"the third", "3.txt", store=office.store, edition=3, by=office.actor("Лукина"), now=NOW)
    assert signed_versions(document, tomorrow) == {1, 2}


def test_a_later_edition_counts_by_a_signature_of_its_own(office: Office) -> None:
    document = registered(office)
    second_edition(office, document)
    version = DocumentVersion.get(DocumentVersion.edition == 2)
    Signature.create(
        document=document, version=version, sha256="", act="sign", way="paper", name="В", signed_at=NOW, made_by="Л"
    )
    assert asked(SECOND).answer is Answer.CURRENT
    assert asked(FIRST).answer is Answer.OUTDATED


@pytest.mark.parametrize("unbound", [False, True])
def test_many_drafts_with_the_file_do_not_hide_the_signed_card(office: Office, unbound: bool) -> None:
    draft = office.document("Проект")
    row = {name: value for name, value in DocumentVersion.get().__data__.items() if name != "id"}
    DocumentVersion.insert_many([{**row, "number": number} for number in range(2, 2 + MOST_CARDS)]).execute()
    document = registered(office)
    assert draft.id < document.id
    if unbound:
        Signature.update(version=None).execute()
    assert asked(FIRST).answer is Answer.CURRENT


def test_a_signed_document_that_is_not_registered_is_told_to_its_readers_only(office: Office) -> None:
    go(office, office.document(date=TODAY), "send_for_signing", "sign")
    assert asked(FIRST).answer is Answer.UNKNOWN
    assert asked(FIRST, "Лукина", office).answer is Answer.UNREGISTERED


def test_a_signature_that_was_taken_back_leaves_no_signed_version(office: Office) -> None:
    document = go(office, office.document(date=TODAY), "send_for_signing", "sign", "unsign")
    assert asked(FIRST).answer is Answer.UNKNOWN
    assert document.preparation == "in_signing"


def test_an_annulled_registration_is_said(office: Office) -> None:
    go(office, registered(office), "annul")
    assert asked(FIRST).answer is Answer.ANNULLED


def test_a_document_without_force_is_said_to_be_so(office: Office) -> None:
    document = registered(office)
    Document.update(force="ended", force_until=TODAY).where(Document.id == document.id).execute()
    assert asked(FIRST).answer is Answer.ENDED
    assert check(hashlib.sha256(FIRST).hexdigest(), by=None, today=TODAY - dt.timedelta(days=1)).answer is Answer.CURRENT


def test_a_text_that_came_after_a_signature_on_paper_is_the_signed_one(office: Office) -> None:
    """Also of documents that were brought in signed: no signature here is bound to a file."""
    document = registered(office)
    Signature.update(version=None, sha256="").where(Signature.document == document).execute()
    assert signed_versions(document, TODAY) == {1}
    Signature.delete().execute()
    assert asked(FIRST).answer is Answer.CURRENT


def test_of_several_cards_with_the_file_the_signed_one_answers(office: Office) -> None:
    copy = office.document("Рабочая копия")
    document = registered(office)
    assert copy.id < document.id
    assert asked(FIRST).answer is Answer.CURRENT
    assert asked(FIRST, "Лукина", office).document == document


def test_a_signed_document_without_any_version_has_no_signed_text(office: Office) -> None:
    document = registered(office)
    Signature.delete().execute()
    DocumentVersion.delete().where(DocumentVersion.document == document).execute()
    assert signed_versions(document, TODAY) == frozenset()


@pytest.mark.parametrize("wrong", ["", "abc", "g" * 64, "a" * 63, "a" * 65, "а" * 64, "a" * 10_000])
def test_what_is_no_hash_is_refused(office: Office, wrong: str) -> None:
    with pytest.raises(Refusal) as caught:
        check(wrong, by=None, today=TODAY)
    assert caught.value.code == "hash"


def test_a_hash_is_taken_in_capitals_and_with_spaces_around(office: Office) -> None:
    registered(office)
    assert check(f"  {hashlib.sha256(FIRST).hexdigest().upper()}\n", by=None, today=TODAY).answer is Answer.CURRENT
