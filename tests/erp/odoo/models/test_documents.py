"""Cards are made, changed and kept by the rules of pages, whatever a client of Odoo sends."""

from __future__ import annotations

import base64

import pytest

from roadmapdocs.documents.models import Document
from roadmapdocs.erp.odoo.models import messages
from roadmapdocs.errors import Forbidden, Refusal
from tests.conftest import NOW
from tests.erp.odoo.models.desk import CLERK, DOCUMENT, DRAFTER, HEAD, LAWYER, Desk

Office = tuple[Desk, dict[str, int]]


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_a_card_is_made_of_names_of_odoo(desk: Office) -> None:
    office, _ids = desk
    head, unit = office.office.people[HEAD].id, office.office.unit.id
    kind = office.ids(CLERK, "roadmap.document.kind", ["code", "=", "order_main"])[0]
    values = {"kind_id": kind, "name": "О неделе чтения", "signer_id": head, "department_id": unit, "summary": "С 1 апреля."}
    lines = {"attachment_ids": [[0, 0, {"name": "план.txt", "datas": coded("План недели")}]]}
    made = office.call(CLERK, DOCUMENT, "create", {**values, **lines})
    card = office.one(CLERK, DOCUMENT, made, "name", "state", "signer_id", "signer_name", "department_id", "summary", "attachment_ids")
    assert (card["name"], card["state"], card["summary"]) == ("О неделе чтения", "draft", "С 1 апреля.")
    assert card["signer_id"][0] == head
    assert card["signer_name"] == str(office.office.people[HEAD])
    file = office.one(CLERK, "ir.attachment", card["attachment_ids"][0], "name", "part", "file_size")
    assert (file["name"], file["part"], file["file_size"]) == ("план.txt", "beside", len("План недели".encode()))


def test_many_cards_are_made_at_once_or_none(desk: Office) -> None:
    office, _ids = desk
    kind = office.ids(CLERK, "roadmap.document.kind", ["code", "=", "order_main"])[0]
    made = office.call(CLERK, DOCUMENT, "create", [{"kind_id": kind, "name": f"О чтении {one}"} for one in range(3)])
    assert [office.one(CLERK, DOCUMENT, one, "name") for one in made] == ["О чтении 0", "О чтении 1", "О чтении 2"]
    before = Document.select().count()
    with pytest.raises(Refusal, match="name"):
        office.call(CLERK, DOCUMENT, "create", [{"kind_id": kind, "name": "О первом"}, {"kind_id": kind}])
    assert Document.select().count() == before


def test_a_card_is_changed_and_emptied_fields_are_empty(desk: Office) -> None:
    office, ids = desk
    revision = office.one(DRAFTER, DOCUMENT, ids["draft"], "revision")
    office.call(DRAFTER, DOCUMENT, "write", [ids["draft"]], {"name": "О месячнике", "department_id": False, "doc_date": "2026-03-10"})
    card = office.one(DRAFTER, DOCUMENT, ids["draft"], "name", "department_id", "doc_date", "revision", "signer_name")
    assert (card["name"], card["department_id"], card["doc_date"]) == ("О месячнике", False, "2026-03-10")
    assert card["revision"] == revision + 1
    assert card["signer_name"] == str(office.office.people[HEAD])


def test_a_registered_document_keeps_its_date_and_kind(desk: Office) -> None:
    office, ids = desk
    number = office.one(CLERK, DOCUMENT, ids["signed"], "reg_number")
    for document in (ids["signed"],):
        office.call(CLERK, DOCUMENT, "write", [document], {"summary": "Итоги смотра."})
    assert office.one(CLERK, DOCUMENT, ids["signed"], "reg_number") == number


def test_items_are_linked_by_commands_where_the_period_is_clear(desk: Office) -> None:
    office, ids = desk
    (first, second) = office.ids(CLERK, "roadmap.plan.item")
    office.call(CLERK, DOCUMENT, "write", [ids["draft"]], {"item_ids": [[4, second]]})
    assert office.one(CLERK, DOCUMENT, ids["draft"], "item_ids") == [second]
    assert office.one(CLERK, "roadmap.plan.item", second, "document_ids") == [ids["draft"]]
    with pytest.raises(Refusal) as refused:
        office.call(CLERK, DOCUMENT, "write", [ids["sent"]], {"item_ids": [[4, first]], "doc_date": "2024-01-10"})
    assert refused.value.code == "which_period"
    assert office.one(CLERK, DOCUMENT, ids["sent"], "item_ids", "doc_date") == {"id": ids["sent"], "item_ids": [], "doc_date": False}
    office.call(CLERK, DOCUMENT, "write", [ids["draft"]], {"item_ids": [[6, 0, []]]})
    assert office.one(CLERK, DOCUMENT, ids["draft"], "item_ids") == []
    with pytest.raises(Forbidden):
        office.call(LAWYER, DOCUMENT, "write", [ids["signed"]], {"item_ids": [[5]]})


def test_periods_are_linked_waived_and_wanted_again(desk: Office) -> None:
    office, ids = desk
    occurrence = office.ids(CLERK, "roadmap.occurrence", ["year", "=", 2025])[0]
    office.call(CLERK, DOCUMENT, "write", [ids["signed"]], {"occurrence_ids": [[4, occurrence]]})
    assert office.one(CLERK, "roadmap.occurrence", occurrence, "state", "document_ids") == {
        "id": occurrence, "state": "proved", "document_ids": [ids["signed"]]
    }
    office.call(CLERK, "roadmap.occurrence", "write", [occurrence], {"document_ids": [[3, ids["signed"]]]})
    assert office.one(CLERK, "roadmap.occurrence", occurrence, "state") == "late"
    office.call(CLERK, "roadmap.occurrence", "action_waive", [occurrence], "Смотр перенесён")
    assert office.one(CLERK, "roadmap.occurrence", occurrence, "state", "waiver") == {
        "id": occurrence, "state": "not_required", "waiver": "Смотр перенесён"
    }
    office.call(CLERK, "roadmap.occurrence", "action_unwaive", [occurrence])
    assert office.one(CLERK, "roadmap.plan", ids["roadmap"], "late_count", "proved_count") == {
        "id": ids["roadmap"], "late_count": 1, "proved_count": 1
    }
    with pytest.raises(Forbidden):
        office.call(LAWYER, "roadmap.occurrence", "action_waive", [occurrence], "Не нужно")


def test_links_between_documents_are_made_and_taken_off_with_a_reason(desk: Office) -> None:
    office, ids = desk
    made = office.call(CLERK, "roadmap.document.link", "create", {"source_id": ids["draft"], "target_id": ids["signed"], "kind": "based_on"})
    assert office.one(CLERK, DOCUMENT, ids["draft"], "link_ids") == office.one(CLERK, DOCUMENT, ids["signed"], "linked_ids") == [made]
    with pytest.raises(Refusal):
        office.call(CLERK, "roadmap.document.link", "unlink", [made])
    office.call(CLERK, "roadmap.document.link", "unlink", [made], context={"reason": "Указана не та связь"})
    assert office.one(CLERK, DOCUMENT, ids["draft"], "link_ids") == []


def test_comments_keep_the_words_of_a_body_in_html(desk: Office) -> None:
    office, ids = desk
    posted = office.call(LAWYER, DOCUMENT, "message_post", [ids["signed"]], "<p>Срок <b>3 дня</b> &amp; точка</p><p>Дальше</p>")
    message = office.one(LAWYER, "mail.message", posted)
    assert message["body"] == "<p>Срок 3 дня &amp; точка</p><p>Дальше</p>"
    assert (message["message_type"], message["res_id"]) == ("comment", ids["signed"])
    assert message["author_id"][0] == office.office.users[LAWYER].id
    assert message["date"] == f"{NOW:%Y-%m-%d %H:%M:%S}"
    assert office.one(LAWYER, DOCUMENT, ids["signed"], "message_ids")[0] == posted


def test_the_history_is_told_by_the_sentences_of_the_pages(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office, ids = desk
    monkeypatch.setattr(messages, "SENTENCES", [lambda event: f"Сделано: {event.what} <{event.effect.get('kind')}>"])
    (made, *_later) = office.call(CLERK, "mail.message", "search_read", [["res_id", "=", ids["draft"]]], ["body", "message_type"], order="id")
    assert made["body"] == "<p>Сделано: document_created &lt;order_main&gt;</p>"
    assert made["message_type"] == "notification"
