"""Drafts begun, saved, looked at and made versions of, on both databases."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest

from roadmapdocs.audit.operations import history, verify
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.drafting.models import Draft, Rendering
from roadmapdocs.drafting.operations import (
    differs_from_version,
    draft_of,
    file_name,
    make_version,
    render_draft,
    save_draft,
    start_draft,
)
from roadmapdocs.drafting.printing import printed
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests.conftest import NOW, TODAY
from tests.drafting.made import word
from tests.drafting.office import Office, card

CONTENT: dict[str, Any] = {
    "preamble": "В целях развития чтения",
    "points": [{"kind": "task", "text": "провести смотр", "due": "2026-10-01"}, {"kind": "control"}],
}
STAFF = Actor(9, "Прохожий П. П.", frozenset({Role.STAFF}))


def begun(place: Office, content: dict[str, Any] | None = None, **more: Any) -> Document:
    document = card(place, **more)
    start_draft(document.id, content=CONTENT if content is None else content, by=place.clerk, now=NOW)
    return document


def save(place: Office, document: Document, content: dict[str, Any], revision: int, **more: Any) -> Draft:
    return save_draft(document.id, content, revision, by=place.clerk, now=NOW, today=TODAY, **more)


def version(place: Office, document: Document, store: FolderStore) -> DocumentVersion:
    return make_version(document.id, "из проекта", store=store, by=place.clerk, now=NOW, today=TODAY)


def text_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def test_a_draft_begins_with_the_template_of_its_kind_and_is_there_once(everywhere: Office) -> None:
    document = begun(everywhere, {})
    assert (draft_of(document).template, draft_of(document).content) == ("order.docx", {})
    with pytest.raises(Refusal) as refused:
        start_draft(document.id, by=everywhere.clerk, now=NOW)
    assert refused.value.code == "draft_exists"
    assert [event.what for event in history(document)][:1] == ["draft_started"]


def test_what_the_card_says_is_not_kept_with_the_draft(everywhere: Office) -> None:
    document = begun(everywhere)
    told = {**CONTENT, "number": "999", "date": "2020-01-01", "title": "Чужой", "signers": ["Чужой Ч.Ч."]}
    assert save(everywhere, document, told, 1).content == draft_of(begun(everywhere)).content


def test_saving_counts_revisions_and_tells_the_journal_once(everywhere: Office) -> None:
    document = begun(everywhere)
    assert save(everywhere, document, {"preamble": "В связи с отпуском"}, 1).revision == 2
    assert save(everywhere, document, {"preamble": "В связи с отпуском"}, 2).revision == 2
    assert [event.what for event in history(document)].count("draft_saved") == 1
    assert verify() is None


def test_a_stale_save_is_a_conflict_that_names_who_and_loses_nothing(everywhere: Office) -> None:
    document = begun(everywhere)
    save(everywhere, document, {"preamble": "Первый"}, 1)
    with pytest.raises(Conflict) as clash:
        save(everywhere, document, {"preamble": "Второй"}, 1)
    assert clash.value.details == {"revision": 2, "who": "Лукина О. С."}
    assert draft_of(document).content == {"preamble": "Первый"}


def test_the_heading_is_the_cards(everywhere: Office) -> None:
    document = begun(everywhere)
    save(everywhere, document, CONTENT, 1, title=" О смотре библиотек ")
    assert get_document(document.id).title == "О смотре библиотек"
    with pytest.raises(Refusal) as refused:
        save(everywhere, document, {"preamble": "x"}, 1, title=" ")
    assert refused.value.code == "card"
    assert draft_of(document).content["points"]  # all or nothing


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ({"points": [{"due": "31.02.2026"}]}, "points[0].due"),
        ({"points": "1. Провести"}, "points"),
        ({"pointz": []}, "pointz"),
        ({"points": [{"executors": [{"employee_id": "x"}]}]}, "points[0].executors[0].employee_id"),
        ({"preamble": "я" * 50_001}, "preamble"),
    ],
)
def test_a_content_that_cannot_be_printed_is_not_kept(office: Office, content: dict[str, Any], place: str) -> None:
    document = begun(office)
    with pytest.raises(Refusal) as refused:
        save(office, document, content, 1)
    assert (refused.value.code, refused.value.details["place"]) == ("bad_values", place)
    assert draft_of(document).revision == 1


def test_kinds_without_a_template_have_no_drafts(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        begun(office, kind="letter")
    assert refused.value.code == "no_template"
    with pytest.raises(NotFound) as missing:
        draft_of(card(office))
    assert missing.value.code == "no_draft"


def test_a_draft_is_looked_at_without_making_a_version(office: Office) -> None:
    document = begun(office)
    data = render_draft(document.id, by=office.clerk, today=TODAY)
    assert "провести смотр" in text_of(data).replace("Провести", "провести")
    assert not DocumentVersion.select().exists()
    assert render_draft(document.id, by=office.clerk, today=TODAY) == data


def test_a_version_remembers_template_and_values(everywhere: Office, store: FolderStore) -> None:
    document = begun(everywhere)
    made = version(everywhere, document, store)
    rendering = Rendering.get(Rendering.version == made)
    assert (made.number, made.name, made.comment) == (1, "Приказ О школьных библиотеках.docx", "из проекта")
    assert (rendering.template, len(rendering.template_sha256), rendering.profile) == ("order.docx", 64, "2025")
    assert rendering.values["signers"][0]["post"] == "Начальник управления"
    assert history(document)[0].what == "draft_rendered"
    assert not differs_from_version(document, today=TODAY)
    save(everywhere, document, {"preamble": "В связи с отпуском"}, 1)
    assert differs_from_version(document, today=TODAY)


def test_an_unchanged_draft_makes_no_second_version(everywhere: Office, store: FolderStore) -> None:
    document = begun(everywhere)
    version(everywhere, document, store)
    with pytest.raises(Refusal) as refused:
        version(everywhere, document, store)
    assert refused.value.code == "same_file"
    assert (DocumentVersion.select().count(), Rendering.select().count()) == (1, 1)


def test_a_file_from_elsewhere_differs_from_the_draft(office: Office, store: FolderStore) -> None:
    document = begun(office)
    version(office, document, store)
    add_version(document, word("чужой текст"), "чужой.docx", store=store, by=SYSTEM, now=NOW)
    assert differs_from_version(document, today=TODAY)


def test_a_change_made_while_it_was_printed_is_noticed(
    office: Office, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = begun(office)

    def slow(*given: Any, **more: Any) -> Any:
        made = printed(*given, **more)
        save(office, document, {"preamble": "Пока печаталось"}, 1)
        return made

    monkeypatch.setattr("roadmapdocs.drafting.operations.printed", slow)
    with pytest.raises(Conflict):
        version(office, document, store)
    assert not DocumentVersion.select().exists()


def test_only_those_with_the_right_to_the_card_draft(office: Office, store: FolderStore) -> None:
    document = begun(office)
    for act in (
        lambda: save_draft(document.id, CONTENT, 1, by=STAFF, now=NOW, today=TODAY),
        lambda: render_draft(document.id, by=STAFF, today=TODAY),
        lambda: make_version(document.id, "", store=store, by=STAFF, now=NOW, today=TODAY),
        lambda: start_draft(document.id, by=STAFF, now=NOW),
    ):
        with pytest.raises(NotFound):
            act()
    executive = Actor(8, "Гордеева Н. П.", frozenset({Role.EXECUTIVE}), employee_id=office.head.id)
    with pytest.raises(Forbidden):
        save_draft(document.id, CONTENT, 1, by=executive, now=NOW, today=TODAY)


def test_a_signed_document_is_not_rewritten(office: Office, store: FolderStore) -> None:
    document = begun(office)
    Document.update(preparation=str(Preparation.SIGNED)).where(Document.id == document.id).execute()
    for act in (lambda: save(office, document, {}, 1), lambda: version(office, document, store)):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "signed_text"


def test_a_withdrawn_document_is_not_rewritten_either(office: Office) -> None:
    from roadmapdocs.documents.effects import Answers

    document = begun(office)
    perform(document.id, "withdraw", answers=Answers(reason="не нужен"), by=office.clerk, now=NOW, today=TODAY)
    with pytest.raises(Forbidden):
        save(office, document, {}, 1)


def test_a_working_copy_goes_on_with_the_draft_of_its_document(office: Office) -> None:
    document = begun(office)
    copy = card(office, "Копия")
    Document.update(working_copy_of=document).where(Document.id == copy.id).execute()
    assert start_draft(copy.id, by=office.clerk, now=NOW).content == draft_of(document).content


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("О чтении: 1/2 «года»", "Приказ О чтении 1 2 «года».docx"),
        ("Приказ по школе", "Приказ по школе.docx"),
        ("я" * 200, f"Приказ {'я' * 73}.docx"),
        ("Конец...", "Приказ Конец.docx"),
    ],
)
def test_the_name_of_the_file_is_one_for_every_system(office: Office, title: str, name: str) -> None:
    assert file_name(card(office, title)) == name


def test_the_day_of_the_document_decides_on_its_standard(office: Office, store: FolderStore) -> None:
    document = begun(office, date=dt.date(2024, 5, 6))
    assert Rendering.get(Rendering.version == version(office, document, store)).profile == "2016"
