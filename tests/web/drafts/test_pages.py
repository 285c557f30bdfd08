"""From a card or an item of a roadmap to a text, and from the text to a file: the pages, as their users press them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.drafting.models import Draft, Rendering
from roadmapdocs.drafting.operations import start_draft
from roadmapdocs.drafting.phrases import load_phrases
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.web.roadmaps.slots import slot_key
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.web.office import Office, document, download, office_on, post


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as made:
        yield made


def draft_document(title: str, kind: str = "order_main") -> Document:
    return document(title, kind=kind, preparation=Preparation.DRAFT, date=None)


@pytest.fixture
def order(office: Office) -> Document:
    made = draft_document("Об утверждении графика")
    assert office.client(Role.CLERK).get(f"/documents/{made.id}").status_code == 200
    answer = post(office.client(Role.CLERK), f"/drafts/{made.id}/start")
    assert answer.headers["Location"].endswith(f"/drafts/{made.id}")
    return made


FORM = {
    "title_shown": "Об утверждении графика",
    "title": "Об утверждении графика проверок",
    "revision": "1",
    "preamble": "В целях порядка",
    "point": ["0", "1"],
    "point-0-kind": "approve",
    "point-0-what": "график проверок",
    "point-1-kind": "task",
    "point-1-who": "Руководителям школ",
    "point-1-what": "провести проверки",
    "point-1-term": "15.12.2026",
}


def text_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def test_a_card_without_a_text_offers_to_write_it_and_one_with_a_text_leads_to_it(office: Office) -> None:
    made = draft_document("Об утверждении графика")
    clerk = office.client(Role.CLERK)
    assert f"/drafts/{made.id}/start" in clerk.get(f"/documents/{made.id}").text
    post(clerk, f"/drafts/{made.id}/start")
    page = clerk.get(f"/documents/{made.id}").text
    assert f'"/drafts/{made.id}"' in page
    assert f"/drafts/{made.id}/start" not in page
    assert post(clerk, f"/drafts/{made.id}/start").status_code == 302
    assert Draft.select().count() == 1


def test_a_text_is_saved_and_the_heading_goes_to_the_card(office: Office, order: Document) -> None:
    answer = post(office.client(Role.CLERK), f"/drafts/{order.id}", **FORM, do="save")
    assert answer.status_code == 302
    assert Document.get_by_id(order.id).title == FORM["title"]
    content = Draft.get().content
    assert content["preamble"] == "В целях порядка"
    assert content["points"][1] == {
        "kind": "task",
        "text": "провести проверки",
        "executors": [{"text": "Руководителям школ"}],
        "due": "2026-12-15",
    }
    page = office.client(Role.CLERK).get(f"/drafts/{order.id}").text
    assert "2. Руководителям школ провести проверки" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_make_the_document_saves_prints_and_adds_a_version(office: Office, order: Document) -> None:
    clerk = office.client(Role.CLERK)
    assert post(clerk, f"/drafts/{order.id}", **FORM, do="file").headers["Location"].endswith("#file")
    version = DocumentVersion.get()
    assert Rendering.get().version_id == version.id
    data = download(clerk, f"/documents/{order.id}/files/{version.id}").data
    assert "провести проверки" in text_of(data)
    again = post(clerk, f"/drafts/{order.id}", **(FORM | {"revision": "2", "title_shown": FORM["title"]}), do="file", follow=True)
    assert DocumentVersion.select().count() == 1
    assert again.status_code == 200


def test_a_look_in_word_makes_no_version(office: Office, order: Document) -> None:
    answer = download(office.client(Role.CLERK), f"/drafts/{order.id}/word")
    assert docx.Document(io.BytesIO(answer.data)).paragraphs
    assert not DocumentVersion.select().exists()


@pytest.mark.parametrize("do", ["point-add-2", "point-up-1", "point-remove-0", "phrase-preamble-0", "stay", "nonsense"])
def test_buttons_of_the_form_keep_what_is_typed_and_save_nothing(office: Office, order: Document, do: str) -> None:
    answer = post(office.client(Role.CLERK), f"/drafts/{order.id}", **FORM, do=do)
    assert answer.status_code == 200
    assert "провести проверки" in answer.text
    assert "В целях порядка" in answer.text
    assert Draft.get().content == {}


def test_a_ready_point_is_added_at_the_end(office: Office, order: Document) -> None:
    load_phrases()
    answer = post(office.client(Role.CLERK), f"/drafts/{order.id}", **FORM, do="phrase-points-0")
    assert 'id="point-2"' in answer.text


def test_whoever_saves_over_somebodys_change_is_told_and_loses_nothing(office: Office, order: Document) -> None:
    clerk = office.client(Role.CLERK)
    post(clerk, f"/drafts/{order.id}", **FORM, do="save")
    typed = FORM | {"preamble": "По-моему", "title_shown": FORM["title"]}
    answer = post(clerk, f"/drafts/{order.id}", **typed, do="save")
    assert answer.status_code == 409
    assert "По-моему" in answer.text
    assert 'name="revision" value="2"' in answer.text
    assert Draft.get().content["preamble"] == "В целях порядка"


def test_what_cannot_be_read_stands_beside_its_field(office: Office) -> None:
    made = draft_document("заседания совета", kind="protocol")
    clerk = office.client(Role.CLERK)
    post(clerk, f"/drafts/{made.id}/start")
    answer = post(clerk, f"/drafts/{made.id}", title="заседания совета", revision="1", members="семь", do="save")
    assert answer.status_code == 422
    assert 'id="members-error"' in answer.text
    assert 'value="семь"' in answer.text


def test_a_reader_sees_the_text_and_no_button_to_save_it(office: Office, order: Document) -> None:
    page = office.client(Role.EXECUTIVE).get(f"/drafts/{order.id}")
    assert page.status_code in {200, 404}
    assert 'value="save"' not in page.text
    assert post(office.client(Role.EXECUTIVE), f"/drafts/{order.id}", **FORM, do="save").status_code in {403, 404}
    assert Draft.get().content == {}


def test_an_item_of_a_roadmap_gets_its_draft_with_one_press_and_shows_it_in_work(office: Office) -> None:
    make.unit()
    edition = make.roadmap(make.item("1.1", "Утвердить график проверок", make.deadline(2026, 12, 1)))
    slot = coverage_of(edition, today=TODAY).items[0].slots[0].slot
    clerk = office.client(Role.CLERK)
    address = f"/roadmaps/{edition.roadmap_id}?slot={slot_key(slot.expected, slot.key)}"
    assert "/drafts/for-item" in clerk.get(address).text
    answer = post(clerk, "/drafts/for-item", slot=slot_key(slot.expected, slot.key))
    made = Draft.get().document
    assert answer.headers["Location"].endswith(f"/drafts/{made.id}")
    assert Proof.get().document_id == made.id
    again = post(clerk, "/drafts/for-item", slot=slot_key(slot.expected, slot.key))
    assert again.headers["Location"].endswith(f"/drafts/{made.id}")
    assert Draft.select().count() == 1


@pytest.mark.parametrize("slot", ["", "x", "99999~2026", "1~", "~"])
def test_an_item_that_is_not_there_is_not_found(office: Office, slot: str) -> None:
    assert post(office.client(Role.CLERK), "/drafts/for-item", slot=slot).status_code == 404
    assert not Draft.select().exists()


def test_people_that_are_kept_by_id_are_shown_by_name_and_saved_as_they_were(office: Office) -> None:
    person = make.employee("Лукина", make.unit())
    made = draft_document("заседания совета", kind="protocol")
    speech = {"person": {"employee_id": person.id}, "text": "доложила"}
    content = {"chair": {"employee_id": person.id}, "agenda": [{"title": "О графике", "heard": [speech]}]}
    start_draft(made.id, content=content, by=SYSTEM, now=NOW)
    clerk = office.client(Role.CLERK)
    page = clerk.get(f"/drafts/{made.id}").text
    assert 'value="Лукина Ольга Сергеевна, методист"' in page
    assert "Лукина Ольга Сергеевна, методист: доложила" in page
    typed = {"question": "0", "question-0-title": "О графике", "question-0-heard": "Лукина Ольга Сергеевна, методист: доложила"}
    post(clerk, f"/drafts/{made.id}", title=made.title, revision="1", chair="Лукина Ольга Сергеевна, методист", do="save", **typed)
    kept = Draft.get().content
    assert kept["chair"]["employee_id"] == kept["agenda"][0]["heard"][0]["person"]["employee_id"] == person.id


def test_a_heading_that_somebody_changed_meanwhile_is_not_put_back(office: Office, order: Document) -> None:
    Document.update(title="Заглавие другого").where(Document.id == order.id).execute()
    clerk = office.client(Role.CLERK)
    untouched = FORM | {"title": FORM["title_shown"]}
    assert post(clerk, f"/drafts/{order.id}", **untouched, do="save").status_code == 302
    assert Document.get_by_id(order.id).title == "Заглавие другого"
    answer = post(clerk, f"/drafts/{order.id}", **(FORM | {"revision": "2"}), do="save")
    assert answer.status_code == 409
    assert FORM["title"] in answer.text
    assert Document.get_by_id(order.id).title == "Заглавие другого"


def test_a_ready_point_stands_before_the_control_clause(office: Office, order: Document) -> None:
    load_phrases()
    typed = FORM | {"point": ["0", "1", "2"], "point-2-kind": "control"}
    page = post(office.client(Role.CLERK), f"/drafts/{order.id}", **typed, do="phrase-points-0").text
    last = page[page.index('id="point-3"') :]
    assert '<option value="control" selected>' in last


def test_a_ready_phrase_goes_on_with_the_sentence(office: Office, order: Document) -> None:
    load_phrases()
    page = post(office.client(Role.CLERK), f"/drafts/{order.id}", **FORM, do="phrase-preamble-0").text
    assert "В целях порядка, в" in page
