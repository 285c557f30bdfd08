"""Pages of journals, as clerk, staff and administrator."""

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
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.registration.gaps import close_period
from roadmapdocs.registration.models import Counter, Entry, Gap, Journal
from roadmapdocs.registration.operations import reserve
from roadmapdocs.registration.patterns import Context
from tests.conftest import NOW, TODAY
from tests.documents.old_journal import HEAD, order, workbook
from tests.web.cards import words
from tests.web.office import Office, document, download, office_on, post, queries, token, upload
from tests.web.test_templates import Reading

YEAR_END = dt.date(2026, 12, 31)


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


def journal(code: str = "order_main") -> Journal:
    found: Journal = Journal.get(Journal.code == code)
    return found


def order_of(number: str, title: str = "О неделе чтения", **values: Any) -> Document:
    return document(title, number=number, date=dt.date(2026, 2, 2), **values)


def reserved(reserved_for: str = "приказ о лагере", **values: Any) -> Entry:
    told = {"on": TODAY, "context": Context(), "by": SYSTEM, "now": NOW, "today": TODAY, **values}
    return reserve(journal(), reserved_for=reserved_for, **told)


def page_of(office: Office, role: Role = Role.CLERK, query: str = "") -> str:
    return office.client(role).get(f"/journals/{journal().id}{query}").text


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_what_each_journal_has_this_year(office: Office, role: Role) -> None:
    order_of("1")
    order_of("4")
    reserved()
    told = words(office.client(role).get("/journals/").text)
    assert "Приказы по основной деятельности" in told
    assert "Last number: 5 Next number: 6 Reserved: 1 Gaps without a reason: 2" in told


def test_another_year_has_its_own_numbers_and_no_next_one(office: Office) -> None:
    document(number="17", date=dt.date(2025, 3, 3))
    told = words(office.client(Role.STAFF).get("/journals/?year=2025").text)
    assert "Last number: 17 Next number: —" in told
    assert "Gaps without a reason: 16" in told
    for asked in ("", "20x6", "99999999999", "-1"):
        assert "Next number: 1" in words(office.client(Role.STAFF).get(f"/journals/?year={asked}").text)


def test_a_journal_shows_its_numbers_in_natural_order_with_gaps_between(office: Office) -> None:
    for number in ("10", "9", "45", "45а", "45/1", "46"):
        order_of(number, f"О деле {number}")
    page = page_of(office)
    places = [page.index(f">О деле {number}<") for number in ("9", "10", "45", "45/1", "45а", "46")]
    assert places == sorted(places)
    assert re.search(r'class="gap"><td class="num">11–44</td>', page)
    assert "brought in from paper" in page


def test_annulled_reserved_and_freed_numbers_say_so(office: Office) -> None:
    perform(order_of("1").id, "annul", answers=Answers(reason="ошибочная регистрация"), by=SYSTEM, now=NOW, today=TODAY)
    entry = reserved()
    page = page_of(office)
    assert "<s>О неделе чтения</s>" in page
    for told in ("number annulled", "ошибочная регистрация", "number reserved", "приказ о лагере"):
        assert told in page
    post(office.client(Role.CLERK), f"/journals/{journal().id}/release/{entry.id}", reason="не подписан")
    page = page_of(office)
    assert "number given back" in page
    assert "не подписан" in page
    assert "it was given back" in words(page)


def test_a_restricted_document_keeps_its_number_and_nothing_else(office: Office) -> None:
    order_of("1", "О премии Петрова", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    assert "О премии Петрова" in page_of(office, Role.CLERK)
    page = page_of(office, Role.STAFF)
    assert "О премии Петрова" not in page
    assert "document with restricted access" in page
    for asked in ("docx", "xlsx"):
        answer = download(office.client(Role.STAFF), print_url(asked))
        assert "О премии Петрова" not in as_text(answer)
        assert "document with restricted access" in as_text(answer)
        assert "О премии Петрова" in as_text(download(office.client(Role.CLERK), print_url(asked)))


def test_what_a_number_is_kept_for_is_for_those_who_keep_the_journal(office: Office) -> None:
    reserved("приказ о премии Петрова")
    address = f"/journals/{journal().id}"
    for page in ("", "/gaps"):
        assert "о премии Петрова" in office.client(Role.CLERK).get(address + page).text
        assert "о премии Петрова" not in office.client(Role.STAFF).get(address + page).text
    assert "о премии Петрова" not in as_text(download(office.client(Role.STAFF), print_url("xlsx")))
    assert "о премии Петрова" not in as_text(download(office.client(Role.STAFF), f"{address}/gaps?format=xlsx"))


def test_the_title_of_a_restricted_draft_does_not_leak_through_its_reserved_number(office: Office) -> None:
    draft = order_of("", "О премии Петрова", preparation="draft", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    perform(draft.id, "reserve", by=SYSTEM, now=NOW, today=TODAY)
    address = f"/journals/{journal().id}"
    for page in ("", "/gaps"):
        for role in (Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR):
            assert "о премии петрова" not in office.client(role).get(address + page).text.casefold()


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE, Role.COORDINATOR])
def test_who_does_not_register_changes_nothing_by_any_address(office: Office, role: Role) -> None:
    entry, address = reserved(), f"/journals/{journal().id}"
    client, events = office.client(role), Event.select().count()
    acts = ("reserve", f"release/{entry.id}", "explain", "close", "import")
    for act in acts:
        assert client.get(f"{address}/{act}").status_code == 403, act
        values = {"reserved_for": "x", "reason": "x", "first": "1", "last": "1", "date": "2026-03-16"}
        assert post(client, f"{address}/{act}", **values).status_code == 403, act
    for act in ("preview?file=x", "report?file=x"):
        assert client.get(f"{address}/import/{act}").status_code == 403
    assert post(client, f"{address}/import/take", file="x").status_code == 403
    assert Event.select().count() == events
    for told in ("Reserve a number", "Load an old journal", "Release", "Close the period"):
        assert told not in page_of(office, role)


@pytest.mark.parametrize("act", ["reserve", "explain", "close", "import", "import/take"])
def test_a_change_without_its_token_is_not_taken(office: Office, act: str) -> None:
    reserved()
    answer = office.client(Role.ADMINISTRATOR).post(f"/journals/{journal().id}/{act}", data={"reason": "x"})
    assert answer.status_code == 400


def test_the_next_number_is_reserved_for_something(office: Office) -> None:
    order_of("1")
    values = {"reserved_for": " приказ\tо лагере ", "date": "2026-03-16"}
    answer = post(office.client(Role.CLERK), f"/journals/{journal().id}/reserve", follow=True, **values)
    assert "No. 2 is reserved." in answer.text
    assert Entry.get(Entry.number == "2").reserved_for == "приказ о лагере"


def test_a_literal_number_is_reserved_with_a_reason_only(office: Office) -> None:
    order_of("45")
    client, address = office.client(Role.CLERK), f"/journals/{journal().id}/reserve"
    values = {"reserved_for": "забытый приказ", "date": "2026-03-16", "number": "45А"}
    refused = post(client, address, **values)
    assert refused.status_code == 422
    assert "забытый приказ" in refused.text
    assert post(client, address, **values, reason="не внесён вовремя").status_code == 302
    assert Entry.get(Entry.state == "reserved").number == "45а"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"reserved_for": ""}, "Write what the number is kept for."),
        ({"date": "2026-02-29"}, "Not a valid date value."),
        ({"date": "2027-01-01"}, "has not come yet"),
        ({"date": ""}, "Write the date."),
        ({"number": "1"}, "1"),
        ({"number": "абв"}, "is not a number of this journal"),
        ({"number": "9" * 65}, "64"),
        ({"reserved_for": "я" * 2001}, "2000"),
    ],
)
def test_what_cannot_be_reserved_is_told_beside_its_field(office: Office, values: dict[str, str], told: str) -> None:
    order_of("1")
    fields = {"reserved_for": "приказ", "date": "2026-03-16", **values}
    answer = post(office.client(Role.CLERK), f"/journals/{journal().id}/reserve", **fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert "rd-field__error" in answer.text
    assert not Entry.select().where(Entry.state == "reserved").exists()


def test_a_number_that_a_document_has_is_released_on_its_card(office: Office) -> None:
    draft = order_of("", preparation="draft")
    perform(draft.id, "reserve", by=SYSTEM, now=NOW, today=TODAY)
    entry = Entry.get()
    assert f"/release/{entry.id}" not in page_of(office)
    answer = post(office.client(Role.CLERK), f"/journals/{journal().id}/release/{entry.id}", reason="x")
    assert answer.status_code == 422
    assert "Release it on the card" in answer.text
    assert Entry.get().state == "reserved"


def test_a_number_is_released_once_and_only_in_its_journal(office: Office) -> None:
    entry = reserved()
    client = office.client(Role.CLERK)
    other = journal("protocol").id
    assert client.get(f"/journals/{other}/release/{entry.id}").status_code == 404
    address = f"/journals/{journal().id}/release/{entry.id}"
    assert post(client, address, reason=" ").status_code == 422
    assert post(client, address, reason="не подписан").status_code == 302
    again = post(client, address, reason="не подписан")
    assert again.status_code == 422
    assert "is not reserved any more" in again.text


def test_a_gap_gets_its_reason(office: Office) -> None:
    order_of("1")
    order_of("5")
    client, address = office.client(Role.CLERK), f"/journals/{journal().id}"
    page = client.get(f"{address}/gaps?period=2026").text
    assert "3 numbers without a reason" in page
    assert "first=2&amp;last=4" in page
    assert 'value="2"' in client.get(f"{address}/explain?period=2026&first=2&last=4").text
    values = {"first": "2", "last": "4", "reason": "номера испорчены"}
    answer = post(client, f"{address}/explain?period=2026", follow=True, **values)
    assert "номера испорчены" in answer.text
    assert "every gap has its reason" in answer.text
    assert "Gaps without a reason: —" in words(client.get("/journals/").text)


@pytest.mark.parametrize(("first", "last"), [("1", "1"), ("2", "9"), ("4", "2"), ("0", "2"), ("x", "2"), ("2", "99999999")])
def test_what_is_no_gap_gets_no_reason(office: Office, first: str, last: str) -> None:
    order_of("1")
    order_of("5")
    values = {"first": first, "last": last, "reason": "x"}
    assert post(office.client(Role.CLERK), f"/journals/{journal().id}/explain", **values).status_code == 422
    assert not Gap.select().exists()


def test_the_list_of_gaps_is_taken_home(office: Office) -> None:
    order_of("1")
    order_of("4")
    answer = download(office.client(Role.STAFF), f"/journals/{journal().id}/gaps?format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert [cell.value for cell in sheet[2]] == ["2–3", 2, "numbers not given, without a reason"]


def test_a_year_is_closed_by_the_administrator_and_opened_again(office: Office) -> None:
    document(number="3", date=dt.date(2025, 3, 3))
    address = f"/journals/{journal().id}/close?period=2025"
    assert office.client(Role.CLERK).get(address).status_code == 403
    client = office.client(Role.ADMINISTRATOR)
    assert "Closing the period 2025" in client.get(address).text
    answer = post(client, address, follow=True, reason="год окончен")
    assert "The journal is closed for this period." in answer.text
    assert [gap.reason for gap in Gap.select()] == ["год окончен"]
    assert "Opening the period 2025 again" in client.get(address).text
    assert "gives numbers of this period again" in post(client, address, follow=True, reason="нашли приказ", open="1").text
    assert not Counter.get().closed


def test_a_year_that_is_not_over_is_not_closed(office: Office) -> None:
    order_of("1")
    answer = post(office.client(Role.ADMINISTRATOR), f"/journals/{journal().id}/close", reason="x")
    assert answer.status_code == 422
    assert "is not over" in answer.text


def test_a_closed_year_offers_no_number(office: Office) -> None:
    order_of("1")
    close_period(journal(), "2026", reason="год окончен", by=SYSTEM, now=NOW, today=YEAR_END)
    assert "closed for this period" in words(office.client(Role.CLERK).get("/journals/").text)
    assert "Reserve a number" not in page_of(office)


@pytest.mark.parametrize("address", ["999999", "0", "99999999999999999999", "999999/gaps", "999999/print", "999999/reserve"])
def test_a_journal_that_is_not_there_is_not_found(office: Office, address: str) -> None:
    assert office.client(Role.CLERK).get(f"/journals/{address}").status_code == 404


def test_an_address_typed_by_hand_does_no_harm(office: Office) -> None:
    order_of("1")
    for query in ("?period=1999", "?period='", "?page=-1", "?page=99999999999", "?page=x", "?n=٣", "?n=999"):
        assert "О неделе чтения" in page_of(office, Role.STAFF, query), query


def test_a_long_journal_is_shown_by_pages_of_numbers_in_a_fixed_number_of_statements(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = office.client(Role.STAFF), f"/journals/{journal().id}"
    order_of("1")
    client.get(address)
    counted = []
    for numbers in (range(2, 20), range(20, 181)):
        for number in numbers:
            order_of(str(number), f"О деле {number}")
        client.get(address)
        with queries(monkeypatch) as sent:
            client.get(address)
            client.get("/journals/")
        counted.append(len(sent))
    assert counted[0] == counted[1]
    last, first = page_of(office, Role.STAFF), page_of(office, Role.STAFF, "?page=1")
    assert "О деле 180<" in last
    assert "О деле 50<" not in last
    assert "О деле 50<" in first
    assert "О деле 51<" not in first
    assert "О деле 77<" in page_of(office, Role.STAFF, "?n=77")


def test_an_empty_stretch_is_passed_over_in_one_step(office: Office) -> None:
    order_of("1")
    order_of("900000")
    page = page_of(office)
    assert "2–899999" in page
    assert "page=1" in page


def print_url(asked: str, since: str = "2026-01-01", until: str = "2026-12-31") -> str:
    return f"/journals/{journal().id}/print?since={since}&until={until}&format={asked}"


def as_text(answer: TestResponse) -> str:
    assert answer.status_code == 200
    if "spreadsheet" in answer.mimetype:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    table = docx.Document(io.BytesIO(answer.data)).tables[0]
    return "\n".join(cell.text for row in table.rows for cell in row.cells)


def test_a_journal_is_printed_for_word_and_excel(office: Office) -> None:
    order_of("1", "=1+1")
    for asked in ("docx", "xlsx"):
        answer = download(office.client(Role.STAFF), print_url(asked))
        assert "=1+1" in as_text(answer)
        assert f"31.12.2026.{asked}" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("query", ["", "since=2026-02-30&until=2026-12-31", "since=2026-12-31&until=2026-01-01", "since=x&until="])
def test_days_that_make_no_time_are_told(office: Office, query: str) -> None:
    for page in (f"{journal().id}/print", "regulations"):
        assert office.client(Role.STAFF).get(f"/journals/{page}?{query}").status_code == 422


def test_a_format_that_is_not_there_is_not_found(office: Office) -> None:
    assert office.client(Role.STAFF).get(print_url("pdf")).status_code == 404


def test_regulations_are_printed_by_themselves(office: Office) -> None:
    document("О совете музея", kind="regulation", date=dt.date(2026, 2, 2))
    answer = download(office.client(Role.STAFF), "/journals/regulations?since=2026-01-01&until=2026-12-31&format=docx")
    assert "Положение. О совете музея" in as_text(answer)


def load(client: FlaskClient, data: bytes, name: str = "Журнал 2021.xlsx", kind: str = "order_main") -> TestResponse:
    fields = {"csrf_token": token(client), "kind": kind, "file": upload(data, name)}
    return client.post(f"/journals/{journal().id}/import", data=fields, content_type="multipart/form-data")


def previewed(client: FlaskClient, data: bytes) -> str:
    answer = load(client, data)
    assert answer.status_code == 302, words(answer.text)
    return answer.headers["Location"]


def confirmed(client: FlaskClient, address: str, **values: str) -> TestResponse:
    page = client.get(address).text
    form = page[page.index("/import/take") :]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")]))
    return post(client, f"/journals/{journal().id}/import/take", **{**fields, **values})


OLD = workbook(
    order("1", dt.date(2021, 1, 11), "О чтении"),
    order("2", None, "О хоре"),
    order("№ 1", dt.date(2021, 1, 13), "О повторе"),
    order("3", "29.02.2021", "О лыжах"),
)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_an_old_journal_is_looked_at_confirmed_and_reported(office: Office, role: Role) -> None:
    client = office.client(role)
    address = previewed(client, OLD)
    page = words(client.get(address).text)
    for told in ("will be taken: 1", "doubtful: 1", "refused: 2", "No date", "The number stands in row 3", "There is no such day"):
        assert told in page
    assert not Document.select().exists()
    report = confirmed(client, address, doubtful="1")
    assert "taken: 2" in words(report.text)
    assert "refused: 2" in words(report.text)
    assert sorted(row.number for row in Document.select()) == ["1", "2"]
    found = re.search(r'href="([^"]+/import/report[^"]+)"', report.text)
    assert found is not None
    sheet = openpyxl.load_workbook(io.BytesIO(download(client, found[1].replace("&amp;", "&")).data)).active
    assert [row[4].value for row in sheet.iter_rows(min_row=2)] == ["taken", "taken", "refused", "refused"]


def test_doubtful_lines_are_left_out_unless_somebody_wants_them(office: Office) -> None:
    client = office.client(Role.CLERK)
    confirmed(client, previewed(client, OLD))
    assert [row.number for row in Document.select()] == ["1"]


def test_the_same_file_takes_nothing_twice(office: Office) -> None:
    client = office.client(Role.CLERK)
    confirmed(client, previewed(client, OLD), doubtful="1")
    page = client.get(previewed(client, OLD)).text
    assert "in the registry already: 2" in words(page)
    assert "Take the documents in" not in page
    assert Document.select().count() == 2


def test_columns_are_corrected_by_hand(office: Office) -> None:
    client = office.client(Role.CLERK)
    head = ("А", "Когда", "Дата", "Что", "Кто", "", "", "")
    address = previewed(client, workbook(order("5", dt.date(2021, 2, 1), "О хоре"), head=head, title=""))
    refused = client.get(address)
    assert refused.status_code == 422
    assert "No column is chosen for: number, title" in words(refused.text)
    page = client.get(f"{address}&c0=&c1=date&c2=number&c3=title&c4=signer")
    assert page.status_code == 200
    assert "will be taken: 1" in words(page.text)
    confirmed(client, f"{address}&c0=&c1=date&c2=number&c3=title&c4=signer")
    assert [(row.number, row.title, row.signer) for row in Document.select()] == [("5", "О хоре", "Лаврова О. С.")]


def test_columns_that_nothing_is_taken_from_are_named(office: Office) -> None:
    client = office.client(Role.CLERK)
    row = [*order("1", dt.date(2021, 1, 11)), "снег"]
    page = client.get(previewed(client, workbook(row, head=(*HEAD, "Погода")))).text
    assert "Not taken over: Погода" in words(page)


def test_an_upload_is_open_to_who_made_it_and_in_its_journal_only(office: Office) -> None:
    address = previewed(office.client(Role.CLERK), OLD)
    assert office.client(Role.ADMINISTRATOR).get(address).status_code == 404
    assert office.client(Role.CLERK).get(address.replace(f"/{journal().id}/", f"/{journal('protocol').id}/")).status_code == 404
    for forged in ("", "x", "WzEsMl0.x"):
        assert office.client(Role.CLERK).get(f"/journals/{journal().id}/import/preview?file={forged}").status_code == 404


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "пусто.xlsx"),
        (b"MZ" + b"\0" * 100, "программа.xlsx"),
        (b"PK\x03\x04broken", "сломан.xlsx"),
        (workbook(title="", head=()), "без таблицы.xlsx"),
        (b"%PDF-1.4\n", "журнал.pdf"),
        (b'"\xd0\xb1\xd0\xb5\xd0\xb7 \xd0\xba\xd0\xbe\xd0\xbd\xd1\x86\xd0\xb0', "x.csv"),
    ],
)
def test_a_file_that_is_no_journal_is_refused_beside_its_field(office: Office, data: bytes, name: str) -> None:
    answer = load(office.client(Role.CLERK), data, name)
    assert answer.status_code == 422
    assert "rd-field__error" in answer.text


def test_a_journal_without_kinds_or_with_another_kind_takes_no_file(office: Office) -> None:
    assert load(office.client(Role.CLERK), OLD, kind="note").status_code == 422
    empty = journal("other")
    Journal.update(series="unheard").where(Journal.id == empty.id).execute()
    assert "No kind of document goes to this journal" in office.client(Role.CLERK).get(f"/journals/{empty.id}/import").text


def test_no_file_is_told(office: Office) -> None:
    answer = post(office.client(Role.CLERK), f"/journals/{journal().id}/import", kind="order_main")
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_every_control_has_a_label_and_markup_is_text(office: Office) -> None:
    order_of("1", "<script>alert(1)</script> 😀")
    order_of("4")
    client, address = office.client(Role.ADMINISTRATOR), f"/journals/{journal().id}"
    pages = ["/journals/", address, f"{address}/gaps", f"{address}/reserve", f"{address}/explain", f"{address}/close?period=2026"]
    for page in (*pages, f"{address}/import", previewed(client, OLD)):
        text = client.get(page).text
        assert "<script>alert" not in text, page
        reading = Reading(text)
        assert not reading.open, page
        assert not reading.crossed, page
        labelled = {attrs.get("for") for tag, attrs in reading.tags if tag == "label"}
        for tag, attrs in reading.tags:
            if tag in {"input", "select", "textarea"} and attrs.get("type") != "hidden" and "id" in attrs:
                assert attrs["id"] in labelled, (page, attrs)
