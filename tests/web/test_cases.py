"""Pages of cases, as clerk, staff and administrator."""

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

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.models import Event
from roadmapdocs.cases.closing import close_year
from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.cases.operations import cases_of
from roadmapdocs.documents.filing import MOST_AT_ONCE, file_documents
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.people.rules import SYSTEM, Role
from tests.cases import made
from tests.conftest import NOW, TODAY, person
from tests.web.office import Office, download, office_on, post, queries
from tests.web.test_templates import Reading

#: The clock of the office stands in March 2026: 2025 can be closed, 2026 cannot.
PAST, PRESENT = 2025, 2026
MANAGERS_PAGES = ["/cases/new", "/cases/close?year=2025", "/cases/unfiled", "/cases/due"]


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def case(case_index: str = "01-05", title: str = "Приказы", **values: Any) -> Case:
    return made.case(case_index, title, **{"year": PAST, **values})


def document(number: str = "5-П", **values: Any) -> Document:
    card = {"kind": "order_main", "date": dt.date(2025, 11, 10), "preparation": Preparation.SIGNED, **values}
    title = str(card.pop("title", "О неделе чтения"))
    return create_document(Card(title=title, number=number, **card), by=SYSTEM, now=NOW, today=TODAY)


def file(into: Case, *documents: Document) -> None:
    file_documents([row.id for row in documents], into.id, by=person(Role.CLERK), now=NOW, today=TODAY)


def close(year: int = PAST) -> None:
    close_year(year, None, by=SYSTEM, now=NOW, today=dt.date(year + 1, 1, 12))


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_the_nomenclature_of_a_year(office: Office, role: Role) -> None:
    into = case(note="в двух томах")
    file(into, document())
    page = office.client(role).get("/cases/?year=2025").text
    for words in ("01-05", "Приказы", "5 лет, art. 19б", "в двух томах", f"/cases/{into.id}"):
        assert words in page
    assert '<td class="count"><span class="rd-cases__label">Documents: </span>1</td>' in page


def test_this_year_is_shown_first_and_an_address_typed_by_hand_does_no_harm(office: Office) -> None:
    case("02-01", "Протоколы", year=PRESENT)
    client = office.client(Role.STAFF)
    for address in ("", "?year=", "?year=20x6", "?year=99999999999999", "?year=٢٠٢٦", "?organisation=-1&year=1"):
        answer = client.get(f"/cases/{address}")
        assert answer.status_code == 200
        assert "Протоколы" in answer.text, address


def test_organisations_have_nomenclatures_of_their_own(office: Office) -> None:
    ours, theirs = made.organisation("Управление"), made.organisation("Школа № 5")
    case("01-01", "Наши приказы", organisation_id=ours.id)
    case("01-01", "Приказы школы", organisation_id=theirs.id)
    client = office.client(Role.STAFF)
    page = client.get(f"/cases/?year=2025&organisation={theirs.id}").text
    assert "Приказы школы" in page
    assert "Наши приказы" not in page
    assert f'<option value="{theirs.id}" selected>Школа № 5</option>' in page


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE, Role.COORDINATOR])
def test_who_does_not_keep_cases_changes_nothing_by_any_address(office: Office, role: Role) -> None:
    into = case()
    client = office.client(role)
    events = Event.select().count()
    for address in (*MANAGERS_PAGES, f"/cases/{into.id}/edit"):
        assert client.get(address).status_code == 403, address
    acts = ("new", f"{into.id}/edit", "copy", "close", "reopen", "file", "take-off")
    for act in acts:
        values = {"year": "2025", "from": "2025", "reason": "x", "case_index": "1", "title": "x", "act": "x"}
        assert post(client, f"/cases/{act}", **values).status_code == 403, act
    assert Event.select().count() == events
    page = client.get("/cases/?year=2025").text
    for words in ("Add a case", "Close the year", "Draft the nomenclature"):
        assert words not in page


@pytest.mark.parametrize("act", ["new", "copy", "close", "reopen", "file", "take-off"])
def test_a_change_without_its_token_is_not_taken(office: Office, act: str) -> None:
    case()
    answer = office.client(Role.CLERK).post(f"/cases/{act}", data={"year": "2025", "reason": "x"})
    assert answer.status_code == 400


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_a_case_is_added_and_changed(office: Office, role: Role) -> None:
    term = made.retention()
    client = office.client(role)
    values = {"case_index": "01-05", "title": " Приказы\tпо  основной ", "retention_id": str(term.id), "year": "2026"}
    answer = post(client, "/cases/new", **values, transitional="y")
    assert answer.headers["Location"].endswith("/cases/?year=2026")
    row = Case.get()
    assert (row.year, row.title, row.transitional) == (2026, "Приказы по основной", True)
    answer = post(client, f"/cases/{row.id}/edit", **{**values, "title": "Приказы"})
    assert answer.status_code == 302
    assert (Case.get().title, Case.get().transitional) == ("Приказы", False)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"case_index": ""}, "Write the index of the case."),
        ({"case_index": "=1+1"}, "An index is of figures and letters"),
        ({"title": ""}, "Write the heading of the case."),
        ({"retention_id": ""}, "Choose the term of storage."),
        ({"case_index": "01-05"}, "is taken in 2025"),
        ({"title": "я" * 1001}, "1000"),
        ({"retention_id": "999999"}, "Not a valid choice"),
        ({"unit_id": "999999"}, "Not a valid choice"),
    ],
)
def test_what_is_not_right_stands_beside_its_field_and_what_was_typed_stays(
    office: Office, values: dict[str, str], words: str
) -> None:
    row = case()
    typed = {"case_index": "01-06", "title": "Протоколы", "retention_id": str(row.retention_id), "note": "том 7", **values}
    answer = post(office.client(Role.CLERK), "/cases/new?year=2025", **typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert "том 7" in answer.text
    assert Case.select().count() == 1


def test_markup_in_a_heading_is_shown_as_text(office: Office) -> None:
    row = case(title="<script>alert(1)</script> 😀", note="<b>x</b>")
    for address in ("/cases/?year=2025", f"/cases/{row.id}"):
        page = office.client(Role.STAFF).get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_a_case_shows_the_documents_that_the_reader_may_read(office: Office) -> None:
    into = case()
    file(into, document("10-П"), document("9-П"), document("1-Л", title="О премии", mark=Mark.PERSONAL, mark_basis="152-ФЗ"))
    seen = {role: office.client(role).get(f"/cases/{into.id}").text for role in (Role.CLERK, Role.STAFF)}
    assert "О премии" in seen[Role.CLERK]
    assert "О премии" not in seen[Role.STAFF]
    assert "2 documents" in seen[Role.STAFF]
    assert seen[Role.STAFF].index("9-П") < seen[Role.STAFF].index("10-П")
    assert "Documents: </span>2<" in office.client(Role.STAFF).get("/cases/?year=2025").text


@pytest.mark.parametrize("address", ["/cases/999999", "/cases/0", "/cases/99999999999999999999", "/cases/999999/edit"])
def test_a_case_that_is_not_there_is_not_found(office: Office, address: str) -> None:
    assert office.client(Role.CLERK).get(address).status_code == 404


def test_the_next_years_nomenclature_is_drafted_by_one_button(office: Office) -> None:
    case()
    client = office.client(Role.CLERK)
    assert "Draft the nomenclature of 2026" in client.get("/cases/?year=2025").text
    assert "Copy the cases of 2025" in client.get("/cases/?year=2026").text
    answer = post(client, "/cases/copy", follow=True, year="2026", **{"from": "2025"})
    assert "1 case is copied." in answer.text
    assert [row.case_index for row in cases_of(2026, None)] == ["01-05"]


def test_an_empty_year_says_what_to_do_first(office: Office) -> None:
    assert "Add a case" in office.client(Role.CLERK).get("/cases/").text
    assert "The clerk has not drawn up" in office.client(Role.STAFF).get("/cases/").text


def test_closing_shows_what_will_be_done_and_what_stays_behind(office: Office) -> None:
    term = made.retention().id
    file(case("01-05", retention_id=term), document("5-П"))
    case("01-06", "Протоколы", retention_id=term, transitional=True)
    document("6-П", title="О забытом")
    client = office.client(Role.CLERK)
    page = client.get("/cases/close?year=2025").text
    for words in ("1 document of the year is in no case", "О забытом", "1 case will be closed", "1 case goes on in 2026"):
        assert words in page
    assert {row.closed_on for row in Case.select()} == {None}
    answer = post(client, "/cases/close", follow=True, year="2025")
    assert "The year 2025 is closed: 1 ended, 1 go on in the next year." in answer.text
    assert "Closing record" in answer.text
    assert [row.case_index for row in cases_of(2026, None)] == ["01-06"]


def test_a_year_closed_by_somebody_else_meanwhile_is_not_closed_again(office: Office) -> None:
    case()
    close()
    answer = post(office.client(Role.CLERK), "/cases/close", year="2025")
    assert answer.status_code == 422
    assert "was closed on 12.01.2026" in answer.text


def test_a_year_that_is_not_over_says_so_beside_the_button(office: Office) -> None:
    case(year=PRESENT)
    client = office.client(Role.CLERK)
    assert "The year 2026 is not over" in client.get("/cases/?year=2026").text
    assert client.get("/cases/close?year=2026").status_code == 422
    assert post(client, "/cases/close", year="2026").status_code == 422
    assert Case.get().closed_on is None


def test_a_closed_year_is_opened_again_with_a_reason(office: Office) -> None:
    case()
    close()
    client = office.client(Role.CLERK)
    assert "Write why the year is opened again" in post(client, "/cases/reopen", follow=True, year="2025", reason=" ").text
    assert Case.get().closed_on is not None
    answer = post(client, "/cases/reopen", follow=True, year="2025", reason="Нашли приказ № 7")
    assert "The year 2025 is open again." in answer.text
    assert Case.get().closed_on is None


def test_ticked_documents_are_filed_after_a_look_at_what_will_be_refused(office: Office) -> None:
    into, good = case(), document("5-П")
    late = document("6-П", title="О контроле")
    client = office.client(Role.CLERK)
    page = client.get("/cases/unfiled").text
    assert f'<option value="{into.id}">2025: 01-05 «Приказы»</option>' in page
    Document.update(control="on").where(Document.id == late.id).execute()
    values: dict[str, Any] = {"document": [str(good.id), str(late.id)], "case": str(into.id)}
    preview = post(client, "/cases/file", **values).text
    assert "1 document will be filed" in preview
    assert "1 document is not filed" in preview
    assert "under control" in preview
    assert Document.get_by_id(good.id).case_id is None
    done = post(client, "/cases/file", **values, confirm="1").text
    assert "1 document is filed." in done
    assert "under control" in done
    assert Document.get_by_id(good.id).case_id == into.id
    assert Document.get_by_id(late.id).case_id is None


def test_when_all_is_filed_the_case_is_shown(office: Office) -> None:
    into, good = case(), document()
    answer = post(office.client(Role.CLERK), "/cases/file", document=str(good.id), case=str(into.id), confirm="1")
    assert answer.headers["Location"].endswith(f"/cases/{into.id}")
    assert "Everything is filed" in office.client(Role.CLERK).get("/cases/unfiled").text


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"document": "1"},
        {"case": "1"},
        {"document": "x", "case": "1"},
        {"document": "1", "case": "99999999999999999999"},
        {"document": "-1", "case": "٣"},
    ],
)
def test_filing_nothing_or_nowhere_is_answered_with_words(office: Office, values: dict[str, str]) -> None:
    answer = post(office.client(Role.CLERK), "/cases/file", follow=True, **values)
    assert "Tick documents and choose the case" in answer.text


def test_filing_too_much_or_into_a_case_that_is_gone_is_refused(office: Office) -> None:
    client, into = office.client(Role.CLERK), case()
    ids = [str(number) for number in range(1, MOST_AT_ONCE + 2)]
    assert post(client, "/cases/file", document=ids, case=str(into.id)).status_code == 422
    assert post(client, "/cases/file", document="1", case="999999").status_code == 404


def test_cases_whose_term_is_over_leave_by_an_act(office: Office) -> None:
    term = made.retention(1).id
    old = case(year=2023, retention_id=term)
    filed = document()
    file(old, filed)
    close(2023)
    client = office.client(Role.CLERK)
    page = client.get("/cases/due").text
    assert "01.01.2025" in page
    values = {"case": str(old.id), "act": "акт № 2 от 16.03.2026"}
    assert "Tick cases and write" in post(client, "/cases/take-off", follow=True, act="акт").text
    asked = post(client, "/cases/take-off", **values).text
    assert "Take off 1 case?" in asked
    assert "акт № 2 от 16.03.2026" in asked
    assert Document.get_by_id(filed.id).storage == "in_case"
    done = post(client, "/cases/take-off", follow=True, **values, confirm="1").text
    assert "1 case is taken off." in done
    assert "No term is over" in done
    assert Document.get_by_id(filed.id).storage == "destroyed"
    assert "акт № 2 от 16.03.2026" in client.get(f"/cases/{old.id}").text


def test_a_case_that_is_not_due_does_not_leave(office: Office) -> None:
    row = case()
    close()
    values = {"case": str(row.id), "act": "акт № 2", "confirm": "1"}
    answer = post(office.client(Role.CLERK), "/cases/take-off", follow=True, **values)
    assert "The case is to be kept until 31.12.2030." in answer.text
    assert Case.get().removed_on is None


def test_the_nomenclature_is_taken_home_as_word_and_excel(office: Office) -> None:
    file(case(title="=1+1"), document())
    client = office.client(Role.STAFF)
    word = download(client, "/cases/export?year=2025&format=docx")
    excel = download(client, "/cases/export?year=2025&format=xlsx")
    table = docx.Document(io.BytesIO(word.data)).tables[0]
    assert [cell.text for cell in table.rows[1].cells][:3] == ["01-05", "=1+1", "1 (1)"]
    sheet = openpyxl.load_workbook(io.BytesIO(excel.data)).worksheets[0]
    assert (sheet["C5"].value, sheet["C5"].data_type) == ("=1+1", "s")
    for answer, ending in ((word, "docx"), (excel, "xlsx")):
        assert f"2025.{ending}" in answer.headers["Content-Disposition"]
    assert client.get("/cases/export?format=pdf").status_code == 404


def test_pages_cost_the_same_however_many_cases_there_are(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = office.client(Role.CLERK)
    term = made.retention().id
    unit = made.unit(made.organisation())
    sent = []
    for place in range(12):
        case(f"01-{place}", retention_id=term, organisation_id=unit.organisation_id, unit_id=unit.id)
        if place in {1, 11}:
            with queries(monkeypatch) as seen:
                assert client.get("/cases/?year=2025").status_code == 200
            sent.append(len(seen))
    assert sent[0] == sent[1]


@pytest.mark.parametrize(
    "address", ["/cases/?year=2025", "/cases/?year=2030", "/cases/new", "/cases/close?year=2025", "/cases/unfiled", "/cases/due"]
)
def test_pages_are_well_made(office: Office, address: str) -> None:
    term = made.retention(1).id
    case(year=2023, retention_id=term)
    close(2023)
    case("01-06", retention_id=term, transitional=True)
    document()
    html = office.client(Role.CLERK).get(address).text
    page = Reading(html)
    assert (page.crossed, page.open) == ([], [])
    assert len(page.named("h1")) == 1
    labelled = {attrs.get("for") for attrs in page.named("label")}
    inside = set(re.findall(r'<label>(?:(?!</label>).)*?name="([^"]+)"', html, re.DOTALL))
    for attrs in page.named("input", "select", "textarea"):
        named = attrs.get("aria-label") or attrs.get("id") in labelled or attrs.get("name") in inside
        assert attrs.get("type") == "hidden" or named, attrs
    ids = [attrs["id"] for _tag, attrs in page.tags if attrs.get("id")]
    assert sorted(ids) == sorted(set(ids))


def test_the_administrator_keeps_the_list_of_terms(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    assert "19а" in client.get("/reference/retention/").text
    values = {"documents": "Видеозаписи уроков", "article": "", "text": "1 год", "years": "1"}
    assert post(client, "/reference/retention/new/", **values).status_code == 302
    row = Retention.get(Retention.documents == "Видеозаписи уроков")
    assert (row.text, row.years, row.epk) == ("1 год", 1, False)
    assert post(client, f"/reference/retention/edit/?id={row.id}", **{**values, "years": ""}).status_code == 302
    assert Retention.get_by_id(row.id).years is None
    assert "150" in post(client, "/reference/retention/new/", **{**values, "years": "151"}).text
    assert client.get("/reference/retention/details/?id=999999").status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.STAFF, Role.COORDINATOR, Role.EXECUTIVE])
def test_nobody_else_comes_to_the_list_of_terms(office: Office, role: Role) -> None:
    client = office.client(role)
    for route in ("", "new/", "edit/?id=1", "details/?id=1", "export/csv/"):
        assert client.get(f"/reference/retention/{route}").status_code == 403, route
    assert post(client, "/reference/retention/new/", documents="x", text="x").status_code == 403


def test_somebody_who_has_not_signed_in_is_sent_to_sign_in(office: Office) -> None:
    for address in ("/cases/", *MANAGERS_PAGES):
        answer = office.app.test_client().get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("filed", [True, False])
def test_long_lists_are_turned_page_by_page(office: Office, monkeypatch: pytest.MonkeyPatch, filed: bool) -> None:
    monkeypatch.setattr("roadmapdocs.web.cases.lists.PAGE", 2)
    into, rows = case(), [document(f"{number}-П") for number in range(1, 4)]
    if filed:
        file(into, *rows)
    client = office.client(Role.CLERK)
    first = client.get(f"/cases/{into.id}" if filed else "/cases/unfiled").text
    assert [number in first for number in ("1-П", "2-П", "3-П")] == [True, True, False]
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following is not None
    second = client.get(following[1].replace("&amp;", "&")).text
    assert [number in second for number in ("1-П", "2-П", "3-П")] == [False, False, True]
    assert 'rel="next"' not in second


def test_a_page_beyond_the_last_is_no_failure(office: Office) -> None:
    into = case()
    for address in (f"/cases/{into.id}", "/cases/unfiled"):
        assert office.client(Role.CLERK).get(f"{address}?page=99999").status_code == 200
