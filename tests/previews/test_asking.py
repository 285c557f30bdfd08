"""A new text asks for its pages, and a signature for PDF/A of what was signed."""

from __future__ import annotations

import pytest

from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import FolderStore
from roadmapdocs.hooks import document_moved, version_added
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.previews import asking
from roadmapdocs.previews.models import Preview
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.previews.made import word


@pytest.fixture(autouse=True)
def listening(sqlite_database: None) -> None:
    asking.listen()
    asking.listen()


def asked() -> list[tuple[str, bool]]:
    return [(row.source.sha256, row.archival) for row in Preview.select().order_by(Preview.id)]


def add(document: Document, store: FolderStore, text: str) -> str:
    return str(add_version(document, word(text), "Приказ.docx", store=store, by=SYSTEM, now=NOW).file.sha256)


def test_each_new_text_is_asked_for_and_the_one_that_is_signed_as_pdf_a(store: FolderStore) -> None:
    card = Card("order_main", "О неделе чтения", signer="Лаврова О. С.", date=TODAY)
    document = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    first, second = add(document, store, "первый"), add(document, store, "второй")
    assert asked() == [(first, False), (second, False)]
    perform(document.id, "send_for_signing", answers=Answers(), by=SYSTEM, now=NOW, today=TODAY)
    assert len(asked()) == 2
    perform(document.id, "sign", answers=Answers(), by=SYSTEM, now=NOW, today=TODAY)
    assert asked() == [(first, False), (second, False), (second, True)]


def test_the_text_of_what_was_signed_on_paper_is_archival_at_once(store: FolderStore) -> None:
    text = add(make.document(), store, "подписан на бумаге")
    assert asked() == [(text, False), (text, True)]


def test_it_listens_once() -> None:
    assert len([one for one in version_added.receivers_for(None) if one is asking._text_came]) == 1
    assert len([one for one in document_moved.receivers_for(None) if one is asking._moved]) == 1
