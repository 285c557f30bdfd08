from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.documents.rules import Preparation
from roadmapdocs.people.rules import Role
from tests.web.office import Office, document, office_on, queries


@pytest.fixture
def office(database: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(database, tmp_path) as opened:
        yield opened


def titles(office: Office, address: str = "") -> list[str]:
    response = office.client(Role.CLERK).get(f"/documents/{address}")
    assert response.status_code == 200
    return [html.unescape(title) for title in re.findall(r'<td class="name"><a [^>]*>(.*?)</a>', response.text)]


def test_the_newest_document_stands_first(office: Office) -> None:
    for day in (3, 1, 2):
        document(f"of day {day}", date=dt.date(2025, 5, day))
    assert titles(office) == ["of day 3", "of day 2", "of day 1"]
    assert titles(office, "?sort=date") == ["of day 1", "of day 2", "of day 3"]


def test_numbers_sort_as_people_count(office: Office) -> None:
    for number in ("10-О", "9-О", "45а-О", "45-О"):
        document(number, number=number)
    assert titles(office, "?sort=number") == ["9-О", "10-О", "45-О", "45а-О"]
    assert titles(office, "?sort=-number") == ["45а-О", "45-О", "10-О", "9-О"]


def test_a_document_without_a_date_is_listed_on_the_day_its_card_was_made(office: Office) -> None:
    document("old", date=dt.date(2020, 1, 1))
    document("draft", preparation=Preparation.DRAFT, date=None)
    assert titles(office) == ["draft", "old"]


def test_filters_narrow_by_kind_state_and_year(office: Office) -> None:
    document("order of 2024", date=dt.date(2024, 12, 31))
    document("order of 2025", date=dt.date(2025, 1, 1))
    document("order on personnel", kind="order_admin", date=dt.date(2025, 1, 2))
    document("protocol", kind="protocol", date=dt.date(2025, 1, 3))
    document("draft protocol", kind="protocol", preparation=Preparation.DRAFT, date=dt.date(2025, 1, 4))
    assert titles(office, "?kind=приказ&year=2025") == ["order on personnel", "order of 2025"]
    assert titles(office, "?kind=протокол") == ["draft protocol", "protocol"]
    assert titles(office, "?kind=протокол&state=draft") == ["draft protocol"]
    assert titles(office, "?year=2024") == ["order of 2024"]


def test_nothing_under_a_condition_is_not_an_empty_registry(office: Office) -> None:
    document()
    page = office.client(Role.STAFF).get("/documents/?state=withdrawn").text
    assert "No document meets all these conditions." in page
    assert "No documents yet" not in page


@pytest.mark.parametrize("words", ["ПРИЁМ", "прием", "178-п", "лаврова приём", "№178-П"])
def test_words_are_found_in_any_case_and_place(office: Office, words: str) -> None:
    document("О приёме детей", number="178-П", signer="Лаврова О. С.")
    document("Иное")
    assert titles(office, f"?q={words}") == ["О приёме детей"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("100%", ["на 100% готово"]),
        ("%", ["на 100% готово"]),
        ("_", ["план_график"]),
        ("'", ["д'Артаньян"]),
        ('"', ['в "кавычках"']),
        ("\\", ["путь C:\\дом"]),
        ("' OR 1=1 --", []),
        ("%25%25", ["на 100% готово"][:0]),
        ("слово" * 2000, []),
        ("\x00\x07", None),
        ("🙂", ["улыбка 🙂"]),
    ],
)
def test_signs_in_a_search_mean_themselves(office: Office, words: str, found: list[str] | None) -> None:
    stored = ["на 100% готово", "план_график", "д'Артаньян", 'в "кавычках"', "путь C:\\дом", "улыбка 🙂"]
    for title in stored:
        document(title)
    response = office.client(Role.STAFF).get("/documents/", query_string={"q": words})
    assert response.status_code == 200
    rows = [html.unescape(row) for row in re.findall(r'<td class="name"><a [^>]*>(.*?)</a>', response.text)]
    assert rows == (stored[::-1] if found is None else found)


@pytest.mark.parametrize(
    "address",
    [
        "?page=0",
        "?page=-1",
        "?page=99999999999999999999999",
        "?page=x",
        "?sort=title;drop",
        "?year=20251",
        "?year=٢٠٢٥",
        "?year=99999999999999999999",
        "?state=signed'",
        "?kind=%00",
        "?q=a&page=999999",
        "?page=-99999999999999999999999",
        "?journal=99999999999999999999",
        "?journal=x&unit=-1&signer=٣&case=1e5&organisation=0",
        "?journal=999999999&year=2025",
        "?on=2026-02-30",
        "?on=29.02.2024",
        "?on=0001-01-01",
        "?registration=in_force&force=signed&control=%00&storage='",
        "?mark=secret&mine=yes&overdue=true&unlinked=2",
        "?only=no_such_kind&index=%25",
        "?sort=-registered&journal=1",
    ],
)
def test_what_makes_no_sense_in_an_address_still_opens_the_list(office: Office, address: str) -> None:
    document()
    assert office.client(Role.STAFF).get(f"/documents/{address}").status_code == 200


def test_markup_in_a_title_is_shown_as_text(office: Office) -> None:
    document("<script>alert(1)</script> & «ёлки» 🎄")
    page = office.client(Role.STAFF).get("/documents/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; «ёлки» 🎄" in page


def test_pages_hold_fifty_rows_and_together_every_document_once(office: Office) -> None:
    for number in range(120):
        document(f"no. {number}", date=dt.date(2025, 1, 1) + dt.timedelta(days=number // 3))
    pages = [titles(office, f"?page={page}") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert {title for page in pages for title in page} == {f"no. {number}" for number in range(120)}
    assert pages[0][0] == "no. 119"
    assert pages[2][-1] == "no. 0"
    assert titles(office, "?page=4") == pages[2]


def test_the_pager_of_a_search_leads_on_without_a_total(office: Office) -> None:
    for number in range(60):
        document(f"order {number}")
    first = office.client(Role.STAFF).get("/documents/?q=order").text
    assert "/documents/?q=order&amp;page=2" in first
    assert len(titles(office, "?q=order&page=2")) == 10


def test_only_those_who_write_cards_are_offered_to(office: Office) -> None:
    assert "/documents/new" in office.client(Role.CLERK).get("/documents/").text
    assert "/documents/new" not in office.client(Role.STAFF).get("/documents/").text


def test_somebody_who_has_not_signed_in_is_asked_to(office: Office) -> None:
    response = office.app.test_client().get("/documents/?q=тайна")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("address", ["/documents/", "/documents/?kind=приказ&sort=number", "/documents/?q=o", "/documents/?unlinked=1&on=today"]
)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    office: Office, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for added in (1, 59):
        for number in range(added):
            document(f"order {number}")
        client = office.client(Role.STAFF)
        client.get(address)
        with queries(monkeypatch) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 20
