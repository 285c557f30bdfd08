"""Several documents at once: the list with its exceptions, one press, the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.approvals.models import Visa
from roadmapdocs.approvals.plans import Mode, Plan, Step
from roadmapdocs.approvals.waiting import mark_seen
from roadmapdocs.documents.models import Document
from tests.approvals.office import PASSWORD, make_office, states
from tests.conftest import NOW
from tests.factories import count_queries
from tests.web import office as web
from tests.web.test_decide import Desk, asked


@pytest.fixture
def desk(sqlite_address: str, tmp_path: Path) -> Iterator[Desk]:
    with web.office_on(sqlite_address, tmp_path) as opened:
        made = make_office()
        made.store = opened.app.extensions["roadmapdocs"].store
        yield Desk(made, opened)


def boxes(page: str) -> dict[str, bool]:
    """Value of each tick box, and whether it is ticked."""
    return {value: bool(ticked) for value, ticked in re.findall(r'name="choice" value="([^"]+)"( checked)?', page)}


def test_what_was_opened_is_ticked_and_what_has_to_be_opened_is_not_offered(desk: Desk) -> None:
    new, opened, changed = (asked(desk, "Нечаев", title=title) for title in ("Новое", "Открытое", "Изменённое"))
    body = desk.office.document("Комиссия")
    desk.office.send(body, Plan((Step(Mode.COMMITTEE, (desk.office.person("Нечаев"),)),)))
    for one in (opened, changed):
        mark_seen(one.id, 1, by=desk.office.actor("Нечаев"), now=NOW)
    desk.office.text(changed, "Другие слова.", substantial=False)

    page = desk.client("Нечаев").get("/decide/bulk?act=agree").text

    assert {int(box.split(":")[0]): ticked for box, ticked in boxes(page).items()} == {new.id: False, opened.id: True}
    assert "2 have to be opened" in page
    assert "The text changed since you saw it: version 2" in page
    assert "A body decides here" in page
    everything = desk.client("Нечаев").get("/decide/bulk?act=agree&all=1").text
    assert all(boxes(everything).values())


def test_one_press_agrees_to_what_is_ticked_and_the_report_tells_of_each(desk: Desk) -> None:
    documents = [asked(desk, "Нечаев", title=f"Дело {number}") for number in range(3)]
    client = desk.client("Нечаев")
    ticked = list(boxes(client.get("/decide/bulk?act=agree").text))
    desk.office.text(documents[2], "Другие слова.", substantial=False)

    report = web.post(client, "/decide/bulk", act="agree", choice=ticked).text

    assert "done for 2 of 3" in report
    assert "There is version 2 by now" in report
    assert [states(one) for one in documents] == ["agreed", "agreed", "in_approval"]
    again = web.post(client, "/decide/bulk", act="agree", choice=ticked[:1]).text
    assert "done for 0 of 1" in again


def test_one_password_signs_several(desk: Desk) -> None:
    desk.with_rule()
    documents = [desk.in_signing(f"Дело {number}") for number in range(2)]
    client = desk.client("Ветрова")
    ticked = list(boxes(client.get("/decide/bulk?act=sign").text))
    wrong = web.post(client, "/decide/bulk", act="sign", choice=ticked[:1], password="не тот")
    assert wrong.status_code == 422
    assert "nothing was signed" in wrong.text
    assert list(boxes(wrong.text).values()) == [True, False], "what was ticked stays so"

    report = web.post(client, "/decide/bulk", act="sign", choice=ticked, password=PASSWORD).text

    assert "done for 2 of 2" in report
    assert {states(one) for one in documents} == {"signed"}


@pytest.mark.parametrize("choice", [[], ["x"], ["1:2"], ["1:2:3:4"], ["-1:1:1"], ["1:1:" + "9" * 30]])
def test_what_makes_no_sense_is_passed_over(desk: Desk, choice: list[str]) -> None:
    document = asked(desk, "Нечаев")
    answer = web.post(desk.client("Нечаев"), "/decide/bulk", act="agree", choice=choice)
    assert answer.status_code == 422
    assert "No document is chosen" in answer.text
    assert states(document) == "in_approval"


def test_a_foreign_visa_is_not_given_and_its_document_not_named(desk: Desk) -> None:
    secret = desk.office.document("Премия Соболева", unit_id=None)
    desk.office.send(secret, Plan((desk.office.step("Соболев"),)))
    visa = Visa.get(Visa.document == secret)
    report = web.post(desk.client("Нечаев"), "/decide/bulk", act="agree", choice=[f"{secret.id}:1:{visa.id}"])
    assert "done for 0 of 1" in report.text
    assert "Премия" not in report.text
    assert states(secret) == "in_approval"


@pytest.mark.parametrize("act", ["", "dance"])
def test_an_unknown_act_has_no_list(desk: Desk, act: str) -> None:
    assert desk.client("Нечаев").get(f"/decide/bulk?act={act}").status_code == 404


def test_an_empty_list_leads_back(desk: Desk) -> None:
    assert "Nothing of this waits for you" in desk.client("Нечаев").get("/decide/bulk?act=agree").text


def test_statements_do_not_grow_with_the_list(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.client("Нечаев")
    asked(desk, "Нечаев", title="Первое")
    client.get("/decide/bulk?act=agree")
    sent = count_queries(monkeypatch)
    client.get("/decide/bulk?act=agree")
    few = len(sent)
    documents: list[Document] = [asked(desk, "Нечаев", title=f"Дело {number}") for number in range(6)]
    sent.clear()
    page = client.get("/decide/bulk?act=agree").text
    assert len(boxes(page)) == len(documents) + 1
    assert len(sent) == few
