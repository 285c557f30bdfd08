"""Pages of control: what they show to whom, what their figures lead to, their files."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import docx
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from roadmapdocs.assignments.words import ExtensionState, State
from roadmapdocs.documents.models import Document
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from tests import factories as make
from tests.assignments.report_office import ReportOffice, assignment, extension, office
from tests.conftest import NOW, TODAY
from tests.web.office import PASSWORD, Office, download, office_on, queries

LAST, NEXT = TODAY - dt.timedelta(days=10), TODAY + dt.timedelta(days=4)
PAGES = ("/control/", "/control/late", "/control/discipline", "/control/extensions", "/control/documents", "/control/roadmap", "/control/list")
REPORTS = ("due", "late", "discipline", "extensions", "documents", "roadmap", "list")


@pytest.fixture
def opened(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as made:
        yield made


@pytest.fixture
def here(opened: Office) -> ReportOffice:
    """Something for every report."""
    made = office()
    boss, staff, group, left, _nobody = made.people
    edition = make.roadmap(make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1)))
    order = make.document("О неделе чтения")
    late = assignment(staff, LAST, document=order, point="2.1", controller=boss, text="Собрать сведения школ", item=edition.items[0])
    assignment(staff, NEXT, text="Подготовить сводку")
    assignment(group, LAST, State.DONE, text="Провести семинар", document=order)
    assignment(left, LAST, text="=HYPERLINK(1)")
    moved = assignment(group, NEXT, first_due=LAST, text="Обновить страницу")
    extension(moved, ExtensionState.GRANTED, granted=NEXT)
    extension(late, ExtensionState.REFUSED)
    return made


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.get_data(as_text=True)
    return unescape(response.get_data(as_text=True))


def test_what_is_due_and_late_stands_by_day_and_by_person(opened: Office, here: ReportOffice) -> None:
    client = opened.client(Role.CLERK)
    due = page(client, "/control/")
    assert "Подготовить сводку" in due
    assert "Обновить страницу" in due
    assert "Собрать сведения" not in due
    assert "4 working days left" in due
    late = page(client, "/control/late")
    assert late.index("Собрать сведения школ") < late.index("=HYPERLINK(1)")
    assert "10 days late (working: 5)" in late
    assert "2.1" in late
    assert "does not work here: hand over" in late
    assert "1 assignment is with somebody who does not work here any more." in late


def test_days_off_are_passed_over_when_it_is_asked_what_is_due(opened: Office) -> None:
    made = office()
    # A Friday: the third working day from it is Wednesday.
    assignment(made.people[0], TODAY + dt.timedelta(days=2), text="до среды")
    assignment(made.people[0], TODAY + dt.timedelta(days=5), text="до субботы")
    client = opened.client(Role.CLERK)
    assert "до субботы" not in page(client, "/control/?days=3")
    week = page(client, "/control/?days=5")
    assert "до субботы" in week
    assert "a day off" in week


def test_a_figure_of_discipline_leads_to_as_many_assignments(opened: Office, here: ReportOffice) -> None:
    client = opened.client(Role.CLERK)
    report = page(client, "/control/discipline?since=2026-01-01&until=2026-12-31")
    assert "In time: 1 of 3, 33 %" in report
    figures = re.findall(r'<a href="(/control/list\?[^"]+)"[^>]*>(\d+)</a>', report)
    assert len(figures) > 15
    for address, number in figures:
        said = page(client, address)
        assert re.search(rf"<p>{number} assignments?\b", said), address


def test_extensions_documents_and_the_roadmap_have_their_pages(opened: Office, here: ReportOffice) -> None:
    client = opened.client(Role.CLERK)
    extensions = page(client, "/control/extensions")
    assert "Asked: 2, granted: 1, refused: 1, waiting for an answer: 0, moved unasked: 0" in extensions
    assert '<th scope="col" class="fig">Refused</th>' in extensions
    assert "Обновить страницу" in extensions
    documents = page(client, "/control/documents")
    assert "О неделе чтения" in documents
    assert "Провести семинар" in documents
    roadmap = page(client, "/control/roadmap")
    assert "Провести смотр" in roadmap
    assert "1 of 1 items have assignments" in roadmap
    (item,) = re.findall(r'<a href="(/control/list\?which=given&item=\d+)">1</a>', roadmap)
    assert "Собрать сведения школ" in page(client, item)


def test_an_empty_page_says_what_to_do(opened: Office) -> None:
    client = opened.client(Role.CLERK)
    assert [address for address in PAGES if 'class="rd-empty"' not in page(client, address)] == []


def test_a_page_costs_the_same_statements_however_much_it_shows(
    opened: Office, here: ReportOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened.client(Role.CLERK)
    assignment(here.people[0], NEXT, document=make.document())

    def statements(address: str) -> int:
        page(client, address)
        with queries(monkeypatch) as sent:
            page(client, address)
        return len(sent)

    few = {address: statements(address) for address in PAGES}
    for number in range(30):
        assignment(here.people[number % 4], LAST if number % 2 else NEXT, document=make.document(f"О чтении {number}"))
    assert {address: few[address] - statements(address) for address in PAGES} == dict.fromkeys(PAGES, 0)


def test_others_see_only_what_is_theirs_and_are_told_so(opened: Office, here: ReportOffice) -> None:
    staff = here.people[1]
    user: User = create_user("staff", PASSWORD, [Role.STAFF], employee=staff, by=SYSTEM, now=NOW)
    late = page(opened.client_of(user), "/control/late")
    assert "Собрать сведения школ" in late
    assert "=HYPERLINK(1)" not in late
    assert "Only assignments that you have to do with are counted here." in late
    assert "Собрать сведения школ" not in page(opened.client(Role.STAFF), "/control/late")


def test_a_document_that_one_may_not_read_is_not_named(opened: Office) -> None:
    made = office()
    secret = make.document("О премировании Ивановой")
    Document.update(readers=0).where(Document.id == secret.id).execute()
    row = assignment(made.people[1], LAST, document=secret, text="Ознакомить отдел")
    user: User = create_user("staff", PASSWORD, [Role.COORDINATOR], employee=made.people[1], by=SYSTEM, now=NOW)
    client = opened.client_of(user)
    for address in ("/control/late", "/control/documents", f"/control/late?document={secret.id}"):
        said = page(client, address)
        assert row.text in said
        assert "document with restricted access" in said or "документ с ограниченным доступом" in said
        assert secret.title not in said
        assert secret.number not in said
    for format_ in ("xlsx", "docx"):
        for report in ("late", "documents"):
            data = download(client, f"/control/file?report={report}&format={format_}").data
            assert secret.number not in words_of(data, format_)
    assert row.text not in page(opened.client(Role.COORDINATOR), "/control/late")


def words_of(data: bytes, format_: str) -> str:
    if format_ == "xlsx":
        book = load_workbook(io.BytesIO(data))
        values = [cell.value for sheet in book for line in sheet.iter_rows() for cell in line]
        return "\n".join(str(value) for value in values if value is not None).replace("\xa0", " ")
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\xa0", " ")


@pytest.mark.parametrize("format_", ["xlsx", "docx"])
def test_every_report_is_a_file_that_says_who_made_it(opened: Office, here: ReportOffice, format_: str) -> None:
    user = create_user("boss", PASSWORD, [Role.CLERK], employee=here.people[0], by=SYSTEM, now=NOW)
    client = opened.client_of(user)
    for report in REPORTS:
        response = download(client, f"/control/file?report={report}&format={format_}&on_control=1")
        assert response.status_code == 200
        said = words_of(response.data, format_)
        wanted = ["Только", "Методист", "Вересова О. С."] + (["Составлено 16.03.2026"] if format_ == "xlsx" else [])
        assert [words for words in wanted if words not in said] == [], report
        assert (report == "discipline") is ("Доля: исполненные в срок" in said), report


def test_what_people_typed_is_no_formula_in_a_file(opened: Office, here: ReportOffice) -> None:
    data = download(opened.client(Role.CLERK), "/control/file?report=late&format=xlsx").data
    cells = [cell for line in load_workbook(io.BytesIO(data)).active.iter_rows() for cell in line if cell.value == "=HYPERLINK(1)"]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize("format_", ["xlsx", "docx"])
def test_a_report_of_nothing_is_a_file_as_well(opened: Office, format_: str) -> None:
    for report in REPORTS:
        assert download(opened.client(Role.CLERK), f"/control/file?report={report}&format={format_}").status_code == 200


WITHOUT_SENSE = (
    "days=99999999999999999999",
    "days=-1",
    "since=2026-13-45&until=вчера",
    "person=%00&unit=abc&page=0",
    "unit=999999999&controller=никто&document=999999999",
    "page=999999",
    "which=everything&item=1e9",
    "since=0001-01-01&until=9999-12-31",
)


@pytest.mark.parametrize("address", PAGES)
def test_an_address_without_sense_is_a_page_all_the_same(opened: Office, address: str) -> None:
    for query in WITHOUT_SENSE:
        page(opened.client(Role.CLERK), f"{address}?{query}")


def test_days_the_wrong_way_round_are_swapped_and_said(opened: Office, here: ReportOffice) -> None:
    said = page(opened.client(Role.CLERK), "/control/late?since=2026-12-31&until=2026-01-01")
    assert "they were swapped" in said
    assert "Собрать сведения школ" in said


def test_figures_of_a_roadmap_and_their_lists_are_of_all_time(opened: Office, here: ReportOffice) -> None:
    client = opened.client(Role.CLERK)
    said = page(client, "/control/roadmap?since=2030-01-01&until=2030-12-31")
    assert "2030" not in said
    (given,) = re.findall(r'href="(/control/list[?][^"]*which=given[^"]*item=[^"]*)"', said)
    assert "Собрать сведения школ" in page(client, given)


def test_what_is_printed_says_by_what_it_was_narrowed(opened: Office, here: ReportOffice) -> None:
    client = opened.client(Role.CLERK)
    assert "rd-printonly" not in page(client, "/control/late")
    said = page(client, "/control/late?person=борис&on_control=1")
    (printed,) = re.findall(r'<p class="rd-printonly">(.*?)</p>', said)
    assert printed.replace("\N{NO-BREAK SPACE}", " ") == "Responsible: Борисова О. С.; Only: what is on control"


def test_people_are_found_by_the_beginning_of_a_name(opened: Office, here: ReportOffice) -> None:
    client = opened.client(Role.CLERK)
    said = page(client, "/control/late?person=борис")
    assert "Собрать сведения школ" in said
    assert "=HYPERLINK(1)" not in said
    nobody = page(client, "/control/late?person=Сидоров")
    assert "nobody is called “Сидоров”" in nobody
    assert "No assignment meets all these conditions." in nobody


@pytest.mark.parametrize("address", ["/control/file?report=secret", "/control/file?format=pdf", "/control/roadmap?roadmap=999"])
def test_what_is_not_there_is_said(opened: Office, address: str) -> None:
    assert opened.client(Role.CLERK).get(address).status_code == 404
