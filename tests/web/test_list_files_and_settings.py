from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.models import Document, ListColumns, SavedFilter
from roadmapdocs.documents.saved_filters import filters_of
from roadmapdocs.people.models import User
from roadmapdocs.people.rules import Role
from tests.web.office import Office, document, download, office_on, post, queries


@pytest.fixture
def office(database: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(database, tmp_path) as opened:
        yield opened


def table(office: Office, address: str = "", role: Role = Role.CLERK) -> list[list[str]]:
    response = download(office.client(role), f"/documents/export.csv{address}")
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def heads(office: Office, role: Role = Role.CLERK) -> list[str]:
    page = office.client(role).get("/documents/").text
    return re.findall(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?([^<]*?)(?: <span|</a>|</th>)", page)


def user_id(role: Role) -> int:
    return int(User.get(User.login == f"{role}.login").id)


def test_an_export_has_the_rows_the_order_and_the_columns_of_the_page(office: Office) -> None:
    for number in range(1, 61):
        document(f"no. {number}", number=str(number), date=dt.date(2025, 1, 1) + dt.timedelta(days=number))
    document("protocol", kind="protocol")
    rows = table(office, "?kind=приказ&sort=number&page=2")
    assert rows[0] == ["No.", "Date", "Title", "Signer", "State"]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 61)]
    assert rows[1] == ["1", "02.01.2025", "no. 1", "", ""]


def test_xlsx_has_what_csv_has(office: Office) -> None:
    document("О чтении", number="5", date=dt.date(2025, 11, 10))
    response = download(office.client(Role.CLERK), "/documents/export.xlsx")
    assert "documents 2026-03-16.xlsx" in response.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(response.data)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][1][:3] == [
        "5",
        dt.datetime(2025, 11, 10),
        "О чтении",
    ]


def test_an_export_holds_only_what_its_reader_may_read_and_tells_of_what_is_restricted(office: Office) -> None:
    document("open")
    document("personal", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    assert [row[2] for row in table(office, role=Role.STAFF)[1:]] == ["open"]
    assert Event.select().where(Event.what == "list_exported").count() == 0
    assert {row[2] for row in table(office, "?year=2025")[1:]} == {"open", "personal"}
    told = Event.get(Event.what == "list_exported")
    assert told.effect == {"format": "csv", "rows": 2, "restricted": 1, "conditions": "year=2025"}
    assert told.user_id == user_id(Role.CLERK)


def test_a_title_in_an_export_is_no_formula(office: Office) -> None:
    document("=HYPERLINK(1)")
    assert table(office)[1][2] == "'=HYPERLINK(1)"


def test_an_export_stops_at_its_limit(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        document(f"no. {number}", date=dt.date(2025, 1, 1 + number))
    monkeypatch.setattr("roadmapdocs.web.lists.export.MOST_ROWS", 5)
    monkeypatch.setattr("roadmapdocs.web.lists.export.BATCH", 2)
    assert [row[2] for row in table(office)[1:]] == [f"no. {number}" for number in (6, 5, 4, 3, 2)]


@pytest.mark.parametrize("address", ["export.pdf", "export.", "export.xlsx/../x"])
def test_there_are_two_kinds_of_files(office: Office, address: str) -> None:
    assert office.client(Role.CLERK).get(f"/documents/{address}").status_code == 404


def test_somebody_who_has_not_signed_in_gets_no_file(office: Office) -> None:
    response = office.app.test_client().get("/documents/export.csv")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in")


def test_chosen_columns_are_shown_in_their_order_and_exported(office: Office) -> None:
    document("О чтении", number="5", signer="Лаврова О. С.")
    client = office.client(Role.CLERK)
    chosen = ["journal", "number", "title", "registration", "mark", "items", "force_from"]
    assert post(client, "/documents/columns", column=chosen).status_code == 302
    shown = ["Journal", "No.", "Title", "Registration", "Access", "Items of roadmaps", "In force from"]
    assert heads(office)[-7:] == shown
    assert table(office)[0] == shown
    assert table(office)[1][:3] == ["Приказы по основной деятельности", "5", "О чтении"]
    assert table(office)[1][-1] == "10.11.2025"
    page = client.get("/documents/").text
    assert '<span class="rd-extra">In force from: </span>10.11.2025' in page


def test_a_column_moves_up_and_the_usual_ones_come_back(office: Office) -> None:
    document()
    client = office.client(Role.CLERK)
    post(client, "/documents/columns", column=["number", "title", "date"], up="date")
    assert heads(office)[-3:] == ["No.", "Date", "Title"]
    post(client, "/documents/columns", column=["number"], usual="1")
    assert heads(office)[-5:] == ["No.", "Date", "Title", "Signer", "State"]
    assert ListColumns.select().count() == 0


def test_names_of_no_column_are_passed_over_and_the_title_is_always_there(office: Office) -> None:
    document("О чтении")
    client = office.client(Role.CLERK)
    post(client, "/documents/columns", column=["password_hash", "number", "'; --"])
    assert table(office)[0] == ["No.", "Title"]
    ListColumns.update(names=["gone", "case", 5]).execute()
    assert table(office)[0] == ["Case", "Title"]


def test_every_column_can_be_shown_and_the_number_of_queries_does_not_grow(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from roadmapdocs.web.lists.columns import COLUMNS

    client = office.client(Role.CLERK)
    post(client, "/documents/columns", column=list(COLUMNS))
    counts = []
    for added in (2, 40):
        for number in range(added):
            document(f"no. {number}", number="" if number else str(added))
        client.get("/documents/")
        with queries(monkeypatch) as seen:
            assert client.get("/documents/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert len(table(office)[0]) == len(COLUMNS)


def test_a_view_is_kept_under_a_name_shown_with_its_number_and_led_to(office: Office) -> None:
    document("order")
    document("protocol", kind="protocol")
    client = office.client(Role.CLERK)
    told = post(client, "/documents/filters", follow=True, name="Приказы года", back="kind=приказ&year=2025&page=7")
    assert "The filter “Приказы года” is kept." in told.text
    assert filters_of(user_id(Role.CLERK))[0].query == "kind=%D0%BF%D1%80%D0%B8%D0%BA%D0%B0%D0%B7&year=2025"
    chip = re.search(r'<a class="rd-chip" href="([^"]*)"[^>]*>Приказы года <span class="rd-count">(.*?)<', told.text)
    assert chip is not None
    assert chip.group(2) == "1"
    assert client.get(html.unescape(chip.group(1))).status_code == 200
    assert "Приказы года" not in office.client(Role.STAFF).get("/documents/").text


def test_what_a_filter_keeps_is_conditions_and_leads_nowhere_else(office: Office) -> None:
    client = office.client(Role.CLERK)
    told = post(client, "/documents/filters", name="x", back="https://example.com/?q=a&next=//evil")
    assert told.headers["Location"] == "/documents/"
    assert filters_of(user_id(Role.CLERK))[0].query == ""
    assert post(client, "/documents/filters", name="y", back="\x00%00&q=%00").status_code == 302


def test_a_filter_is_renamed_moved_and_removed(office: Office) -> None:
    client = office.client(Role.CLERK)
    for name in ("first", "second"):
        post(client, "/documents/filters", name=name, back="year=2025")
    first, second = filters_of(user_id(Role.CLERK))
    post(client, f"/documents/filters/{second.id}", act="up")
    post(client, f"/documents/filters/{first.id}", act="rename", name="third")
    assert [one.name for one in filters_of(user_id(Role.CLERK))] == ["second", "third"]
    post(client, f"/documents/filters/{second.id}", act="remove")
    assert [one.name for one in filters_of(user_id(Role.CLERK))] == ["third"]
    refused = post(client, f"/documents/filters/{first.id}", act="rename", name=" ")
    assert refused.status_code == 422
    assert "A filter is found by its name." in refused.text


@pytest.mark.parametrize("act", ["rename", "up", "remove"])
def test_somebody_elses_filter_cannot_be_touched(office: Office, act: str) -> None:
    post(office.client(Role.CLERK), "/documents/filters", name="mine", back="year=2025")
    kept = SavedFilter.get()
    response = post(office.client(Role.STAFF), f"/documents/filters/{kept.id}", act=act, name="theirs")
    assert response.status_code == 404
    assert SavedFilter.get().name == "mine"


def test_chips_count_what_their_reader_may_read_and_no_further_than_99(office: Office) -> None:
    for number in range(101):
        document(f"no. {number}")
    document("secret", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    page = office.client(Role.COORDINATOR).get("/documents/").text
    assert 'Without a roadmap <span class="rd-count">99+</span>' in page
    Document.delete().where(Document.title != "secret").execute()
    page = office.client(Role.COORDINATOR).get("/documents/").text
    assert 'Without a roadmap <span class="rd-count">0</span>' in page


def test_settings_are_changed_only_with_the_token_of_a_form(office: Office) -> None:
    client = office.client(Role.CLERK)
    for address in ("/documents/filters", "/documents/filters/1", "/documents/columns", "/documents/bulk"):
        assert client.post(address, data={"name": "x"}).status_code == 400
