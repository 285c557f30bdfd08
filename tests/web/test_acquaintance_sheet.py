"""The sheet of a document: who has read it, what the clerk enters, the printed sheet, the section of the card."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from roadmapdocs.acquaintance.models import AcquaintanceSheet
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.i18n import use_language
from roadmapdocs.web.acquaintance.section import acquaintance_section
from roadmapdocs.web.acquaintance.worklist import MOST_ROWS, reading_groups
from tests.acquaintance.office import states
from tests.conftest import TODAY
from tests.factories import count_queries
from tests.web.acquaintance_contexts import section
from tests.web.acquaintance_desk import Desk, desk_on, pdf, said
from tests.web.office import download

TERM = TODAY + dt.timedelta(3)


@pytest.fixture
def desk(sqlite_address: str, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(sqlite_address, tmp_path) as made:
        yield made


@pytest.fixture
def order(desk: Desk) -> Document:
    desk.office.rule()
    document = desk.office.document()
    desk.office.send(document, "Дёмина", "Нечаев", "Громова", due=TERM)
    return document


def url(document: Document, rest: str = "") -> str:
    return f"/documents/{document.id}/acquaintance{rest}"


def names(page: str) -> list[str]:
    return re.findall(r'<td class="name"><b>([^<\xa0 ]*)', page)


def test_everybody_asked_stands_on_the_sheet_and_filters_narrow_it(desk: Desk, order: Document) -> None:
    desk.office.read(order, "Дёмина")
    page = desk.get("Лукина", url(order))
    assert names(page) == ["Громова", "Дёмина", "Нечаев"]
    assert "Read by 1 of 3" in page
    assert names(desk.get("Лукина", url(order, "?show=waiting"))) == ["Громова", "Нечаев"]
    assert names(desk.get("Лукина", url(order, "?show=confirmed"))) == ["Дёмина"]
    assert names(desk.get("Лукина", url(order, "?q=юрист"))) == ["Нечаев"]
    unit = desk.office.units["Бухгалтерия"].id
    assert names(desk.get("Лукина", url(order, f"?unit={unit}"))) == ["Громова"]
    assert "Nobody of those asked fits." in desk.get("Лукина", url(order, "?show=refused"))
    assert desk.get("Лукина", url(order, "?show=nonsense&unit=x&page=99999999&q=%00")).count("<h1>") == 1


def test_who_has_read_it_is_for_those_who_send_it_and_those_who_made_it(desk: Desk, order: Document) -> None:
    for surname, status in (("Ветрова", 200), ("Ярцева", 200), ("Дёмина", 403)):
        for rest in ("", "/docx", "/xlsx"):
            assert download(desk.client(surname), url(order, rest)).status_code == status
    own = desk.office.document("О своём", drafter_id=desk.office.people["Нечаев"].id)
    desk.get("Нечаев", url(own))
    draft = desk.office.document("О премии", preparation="draft", number="", date=None)
    for rest in ("", "/docx", "/xlsx", "/1/file", "/send"):
        desk.get("Дёмина", url(draft, rest), 404)


def test_signatures_on_paper_are_entered_for_all_who_are_ticked(desk: Desk, order: Document) -> None:
    ticked = [desk.office.line(order, one).id for one in ("Дёмина", "Громова")]
    fields = {"line": ticked, "paper_day": TODAY.strftime("%d.%m.%Y"), "paper_way": "aloud", "show": "waiting"}
    answer = desk.post("Лукина", url(order, "/paper"), **fields, paper_scan=pdf())
    assert "Entered: 2 people have signed on paper." in said(answer)
    assert names(answer.text) == ["Нечаев"], "the list stays narrowed"
    line = desk.office.line(order, "Дёмина")
    assert (line.state, line.way, line.day) == ("confirmed", "aloud", TODAY)
    page = desk.get("Лукина", url(order))
    assert "read aloud, signed on paper" in page
    assert desk.get("Лукина", url(order, f"/{line.id}/file")) == "scan"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"paper_day": "2026-03-16"}, "Add the scan of the sheet"),
        ({"paper_day": "soon"}, "Name the day of the signature"),
        ({"paper_day": "2999-01-01"}, "has not come yet"),
        ({"line": "x"}, "Nobody is ticked yet."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    desk: Desk, order: Document, fields: dict[str, str], sentence: str
) -> None:
    line = desk.office.line(order, "Дёмина").id
    scan = {"paper_scan": pdf()} if "scan" not in sentence else {}
    answer = desk.post("Лукина", url(order, "/paper"), **{"line": line, **fields}, **scan)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert '<details id="act-paper" open>' in answer.text
    assert sentence in said(answer), "it is told above the page, too"
    ((place,),) = [re.findall(r'<a href="#([^"]+)">Go to the form</a>', answer.text)]
    assert f'id="{place}"' in answer.text
    if "line" not in fields:
        assert f'value="{line}" checked' in answer.text
        assert f'value="{fields["paper_day"]}"' in answer.text
    assert states(order)["Дёмина"] == "asked"


def test_a_refusal_wants_two_witnesses_and_a_mistake_is_taken_back(desk: Desk, order: Document) -> None:
    fields = {"line": desk.office.line(order, "Нечаев").id, "refuse_reason": "Не согласен", "witness_1": "Громова О. С."}
    answer = desk.post("Лукина", url(order, "/refuse"), **fields)
    assert answer.status_code == 422
    assert "Name both." in said(answer)
    assert '<a href="#witness_1">Go to the form</a>' in answer.text
    assert '<details id="act-refuse" open>' in answer.text
    assert 'value="Не согласен"' in answer.text
    answer = desk.post("Лукина", url(order, "/refuse"), **fields, witness_2="Ветрова О. С.")
    assert "Entered: 1 person refused to sign." in said(answer)
    assert "Не согласен (свидетели: Громова О. С., Ветрова О. С.)" in answer.text
    back = {"line": fields["line"], "back_reason": "Не тот человек"}
    assert desk.post("Лукина", url(order, "/take-back"), **back).status_code == 200
    assert states(order)["Нечаев"] == "asked"


def test_one_who_need_not_read_is_taken_off_the_list(desk: Desk, order: Document) -> None:
    line = desk.office.line(order, "Нечаев").id
    assert desk.post("Лукина", url(order, "/drop"), line=line).status_code == 422
    answer = desk.post("Лукина", url(order, "/drop"), line=line, drop_reason="уволен")
    assert "1 person is taken off the list." in said(answer)
    assert states(order)["Нечаев"] == "dropped"
    again = desk.post("Лукина", url(order, "/drop"), line=line, drop_reason="уволен")
    assert again.status_code == 409


def test_all_who_are_ticked_are_done_or_none(desk: Desk, order: Document) -> None:
    ticked = [desk.office.line(order, one).id for one in ("Дёмина", "Нечаев")]
    desk.office.read(order, "Нечаев")
    assert desk.post("Лукина", url(order, "/drop"), line=ticked, drop_reason="x").status_code == 409
    assert states(order)["Дёмина"] == "asked"


def test_a_reminder_goes_to_those_who_have_not_read_it_once_an_hour(desk: Desk, order: Document) -> None:
    desk.office.read(order, "Нечаев")
    assert "2 people are reminded." in said(desk.post("Лукина", url(order, "/remind")))
    assert "less than an hour ago" in said(desk.post("Лукина", url(order, "/remind")))


def test_a_sheet_is_ended_with_a_reason(desk: Desk, order: Document) -> None:
    sheet = AcquaintanceSheet.get(AcquaintanceSheet.document == order)
    assert "Say why" in said(desk.post("Лукина", url(order, f"/{sheet.id}/end")))
    answer = desk.post("Лукина", url(order, f"/{sheet.id}/end"), reason="Отменён")
    assert "ended on" in answer.text
    assert set(states(order).values()) == {"not_required", "dropped"}
    other = desk.office.document("О другом")
    assert desk.post("Лукина", url(other, f"/{sheet.id}/end"), reason="x").status_code == 404


def test_sheets_of_an_edition_before_are_pale_and_live_ones_are_not(desk: Desk, order: Document) -> None:
    desk.office.text(order, edition=2)
    desk.office.send(order, "Ветрова")
    page = desk.get("Лукина", url(order))
    assert (page.count('<li class="rd-muted"><div><b>'), page.count("<li><div><b>")) == (1, 2)


def test_a_page_that_is_not_there_is_the_last_one(desk: Desk, order: Document) -> None:
    for page in ("-1", "0", "999999999", "x"):
        assert len(names(desk.get("Лукина", url(order, f"?page={page}")))) == len(names(desk.get("Лукина", url(order))))


@pytest.mark.parametrize("act", ["paper", "refuse", "take-back", "drop", "remind"])
def test_each_act_asks_for_its_own_right(desk: Desk, order: Document, act: str) -> None:
    line = desk.office.line(order, "Дёмина").id
    assert desk.post("Дёмина", url(order, f"/{act}"), line=line).status_code == 403
    executive = desk.post("Ветрова", url(order, f"/{act}"), line=line).status_code
    assert executive == (403 if act in {"paper", "refuse", "take-back"} else 422 if act == "drop" else 200)
    hidden = desk.office.document("О премии", preparation="draft", number="", date=None)
    assert desk.post("Дёмина", url(hidden, f"/{act}")).status_code == 404


def test_a_line_of_another_document_is_not_changed_here(desk: Desk, order: Document) -> None:
    other = desk.office.document("О другом")
    line = desk.office.line(order, "Дёмина").id
    assert desk.post("Лукина", url(other, "/drop"), line=line, drop_reason="x").status_code == 422
    desk.get("Лукина", url(other, f"/{line}/file"), 404)
    assert states(order)["Дёмина"] == "asked"


def test_the_printed_sheet_says_how_each_has_signed(desk: Desk, order: Document) -> None:
    desk.office.read(order, "Дёмина")
    line = desk.office.line(order, "Нечаев").id
    witnesses = {"witness_1": "Громова О. С.", "witness_2": "Ветрова О. С."}
    desk.post("Лукина", url(order, "/refuse"), line=line, refuse_reason="Не согласен", **witnesses)
    with desk.client("Лукина").get(url(order, "/docx")) as answer:
        document = docx.Document(io.BytesIO(answer.get_data()))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["№", "Должность", "Фамилия, имя, отчество", "Дата", "Подпись"]
    day = TODAY.strftime("%d.%m.%Y")
    found = {row[2].replace("\N{NO-BREAK SPACE}", " "): (row[1], row[3], row[4]) for row in rows[1:]}
    assert found["Громова О. С."] == ("главный бухгалтер", "", "")
    assert found["Нечаев И. С."] == ("юрист", day, "отказ, акт")
    post, signed, mark = found["Дёмина О. С."]
    assert (post, signed) == ("методист", day)
    assert mark.startswith(f"простая ЭП, {day}")
    text = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert "Ознакомлены 1 из 3." in text
    assert "по правилу организации о простой подписи" in text


def test_who_has_not_read_it_is_a_table_to_send_on(desk: Desk, order: Document) -> None:
    desk.office.read(order, "Дёмина")
    with desk.client("Лукина").get(url(order, "/xlsx")) as answer:
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.get_data())).active.values)
    assert [row[0] for row in rows[1:]] == ["Бухгалтерия", "Отдел кадров"]
    assert {row[3].date() for row in rows[1:]} == {TERM}


def test_the_page_costs_the_same_however_many_are_asked(
    desk: Desk, order: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk.client("Лукина")
    client.get(url(order))
    seen = count_queries(monkeypatch)
    client.get(url(order))
    before = len(seen)
    desk.office.send(order, "Ярцева", "Ветрова")
    seen.clear()
    client.get(url(order))
    assert len(seen) <= before + 2, "one more sheet, whose addressees are put into words"


def test_the_card_has_progress_for_those_who_may_see_it_and_ones_own_place(desk: Desk, order: Document) -> None:
    def shown(surname: str) -> dict[str, object] | None:
        with desk.web.app.test_request_context(), use_language("en"):
            return acquaintance_section(get_document(order.id), desk.office.actor(surname), TODAY)

    clerk, reader = shown("Лукина"), shown("Дёмина")
    assert clerk is not None
    assert reader is not None
    assert clerk["own"] is None
    assert clerk["sheet_url"] == url(order)
    assert reader["progress"] is None
    assert reader["sheet_url"] is None
    own = reader["own"]
    assert isinstance(own, dict)
    assert (own["asked"], own["due"], own["url"]) == (True, TERM, f"/acquaintance/{order.id}")
    assert shown("Ветрова") is not None
    with desk.web.app.test_request_context():
        assert acquaintance_section(desk.office.document("О другом"), desk.office.actor("Лукина"), TODAY) is None


@pytest.mark.parametrize(("more", "there", "absent"), [({}, "Ознакомлены 9 из 14", "nothing"), ({"progress": None}, "Прочитать", "9 из 14")])
def test_the_section_of_the_card_is_drawn(desk: Desk, more: dict[str, Any], there: str, absent: str) -> None:
    environment = desk.web.app.extensions["roadmapdocs"].environment
    with desk.web.app.test_request_context():
        macros: Any = environment.get_template("macros/acquaintance.html").module
        drawn = str(macros.acquaintance_section(section(**more)))
    assert there in drawn
    assert absent not in drawn
    assert 'href="/acquaintance/5"' in drawn


def test_what_is_to_be_read_is_a_group_of_the_worklist(desk: Desk, order: Document) -> None:
    for number in range(MOST_ROWS):
        desk.office.send(desk.office.document(f"О деле {number}"), "Дёмина")
    with desk.web.app.test_request_context(), use_language("en"):
        (group,) = reading_groups(desk.office.actor("Дёмина"), TODAY)
        assert reading_groups(desk.office.actor("Лукина"), TODAY) == []
    assert (group.count, len(group.rows), group.late) == (MOST_ROWS + 1, MOST_ROWS, 0)
    assert group.rows[0].due == TERM
    assert group.rows[0].act.url == f"/acquaintance/{order.id}?of={MOST_ROWS + 1}"
    assert group.all_url == "/acquaintance/"


def test_a_confirmation_and_a_drop_at_once_leave_one_of_them(desk: Desk, order: Document) -> None:
    """The clerk's page was open while the person confirmed."""
    line = desk.office.line(order, "Дёмина").id
    desk.office.read(order, "Дёмина")
    answer = desk.post("Лукина", url(order, "/paper"), line=line, paper_day=TODAY.isoformat(), paper_scan=pdf())
    assert answer.status_code == 409
    assert desk.office.line(order, "Дёмина").way == "electronic"
    assert desk.office.line(order, "Дёмина").state == ReadingState.CONFIRMED
