"""The page of search over an index of its own: what it shows to whom, and what it makes of odd addresses."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from collections.abc import Callable
from urllib.parse import quote

import openpyxl
import pytest
from flask.testing import FlaskClient

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import Role
from roadmapdocs.search import state
from tests.web.office import Office, document, download

PAGE_OF_MANY = 23


@pytest.fixture
def archive(office: Office, indexed: Callable[[], None]) -> dict[str, Document]:
    made = {
        "order": document("Об утверждении положения о зачёте по чтению", number="178-П", signer="Лысенко С. С."),
        "note": document("Справка об итогах зачёта по чтению", kind="note", number="5", date=dt.date(2024, 2, 1)),
        "draft": document("О новом зачёте", preparation="draft", date=None),
        "personal": document("О премии за зачёт по чтению", number="9-лс", mark=Mark.PERSONAL, mark_basis="152-ФЗ"),
    }
    indexed()
    return made


def page(client: FlaskClient, query: str, part: str = "") -> str:
    response = client.get(f"/search/{part}?{query}")
    assert response.status_code == 200
    return response.text


def titles(text: str) -> list[str]:
    return [html.unescape(re.sub("<[^>]+>", "", title)) for title in re.findall(r'<h2><a href="/[^"]+">(.*?)</a></h2>', text)]


def asked(words: str) -> str:
    return f"q={quote(words)}"


def test_words_in_any_form_are_found_and_marked(office: Office, archive: dict[str, Document]) -> None:
    text = page(office.client(Role.CLERK), asked("утверждения положений зачёту"))
    assert titles(text) == [archive["order"].title]
    assert "<mark>положения</mark> о <mark>зачёте</mark>" in text


@pytest.mark.parametrize("spelling", ["178-П", "№178п", "178 п"])
def test_a_number_in_any_spelling_comes_first_and_says_so(office: Office, archive: dict[str, Document], spelling: str) -> None:
    text = page(office.client(Role.CLERK), asked(spelling))
    assert titles(text)[0] == archive["order"].title
    assert "the very number" in text
    assert "rd-hit--first" in text


def test_a_part_of_the_question_is_taken_back_into_plain_words(office: Office, archive: dict[str, Document]) -> None:
    client = office.client(Role.CLERK)
    text = page(client, asked("справка чтение"))
    assert titles(text) == [archive["note"].title]
    link = re.search(r'<a href="(/search/\?[^"]*ignore=[^"]+)"', text)
    assert link is not None
    plain = client.get(html.unescape(link[1])).text
    assert 'name="ignore"' in plain
    assert 'name="was"' in plain


def test_facets_count_what_is_found_and_narrow_it(office: Office, archive: dict[str, Document]) -> None:
    client = office.client(Role.CLERK)
    text = page(client, asked("зачёт чтение"))
    assert set(titles(text)) == {archive[name].title for name in ("order", "note", "personal")}
    assert re.search(r'name="year" value="2024" form="search-form"><span>2024</span><span class="rd-facet__count">1<', text)
    narrowed = page(client, asked("зачёт чтение") + "&year=2024")
    assert titles(narrowed) == [archive["note"].title]
    assert 'value="2024" form="search-form" checked' in narrowed


def test_nothing_of_what_one_may_not_read_is_shown_counted_or_saved_to_a_file(office: Office, archive: dict[str, Document]) -> None:
    staff = office.client(Role.STAFF)
    for part in ("", "part", "suggest"):
        text = page(staff, asked("зачёт"), part)
        assert "премии" not in text
        assert "новом" not in text
        assert "Found: 2" in text
    assert "премии" not in download(staff, f"/search/export.csv?{asked('зачёт')}").data.decode()
    assert "премии" in page(office.client(Role.CLERK), asked("зачёт"))


def test_the_part_that_a_script_asks_for_is_what_the_page_shows(office: Office, archive: dict[str, Document]) -> None:
    client = office.client(Role.CLERK)
    whole, part = page(client, asked("зачёт")), page(client, asked("зачёт"), "part")
    assert titles(part) == titles(whole)
    assert "<html" not in part
    for name in ("understood", "facets", "found"):
        assert part.count(f'data-part="{name}"') == 1
    assert 'data-url="/search/?q=' in part
    assert 'data-url=""' in page(client, "q=", "part")


def test_an_unfinished_word_finds_while_one_types(office: Office, archive: dict[str, Document]) -> None:
    client = office.client(Role.CLERK)
    assert archive["order"].title in titles(page(client, asked("утвержд") + "&growing=1", "part"))
    suggested = page(client, asked("утвержд"), "suggest")
    assert f'data-url="/documents/{archive["order"].id}"' in suggested
    assert 'role="option"' in suggested


def test_pages_follow_one_another(office: Office, indexed: Callable[[], None]) -> None:
    for number in range(PAGE_OF_MANY):
        document(f"О чтении, часть {number}", number=str(number + 1), date=dt.date(2025, 1, 1) + dt.timedelta(days=number))
    indexed()
    client = office.client(Role.CLERK)
    first = page(client, asked("чтение") + "&sort=date")
    second = page(client, asked("чтение") + "&sort=date&page=2")
    assert titles(first)[0] == f"О чтении, часть {PAGE_OF_MANY - 1}"
    assert len(titles(first)) == 20
    assert titles(first) + titles(second) == [f"О чтении, часть {number}" for number in reversed(range(PAGE_OF_MANY))]
    assert 'rel="next"' in first
    assert 'rel="next"' not in second
    beyond = page(client, asked("чтение") + "&page=9")
    assert "Go to the first page" in beyond


def test_an_empty_answer_offers_the_question_without_each_of_its_conditions(office: Office, archive: dict[str, Document]) -> None:
    text = page(office.client(Role.CLERK), asked("зачёт") + "&year=1999&in_force=1&on=2025-12-01")
    assert titles(text) == []
    assert "Without the condition “year: 1999”" in text
    assert "Search among what has no force any more, too" in text


def test_before_anything_is_asked_the_page_says_how_to_ask(office: Office) -> None:
    text = page(office.client(Role.STAFF), "")
    assert "How to search" in text
    examples = re.findall(r'<dt><a href="(/search/\?q=[^"]+)"', text)
    assert len(examples) == 7
    for example in examples:
        assert office.client(Role.STAFF).get(html.unescape(example)).status_code == 200
    assert "Abbreviations and synonyms" not in text


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 100_000,
        "q=" + quote("приказ " * 500),
        "q=" + quote("<script>alert(1)</script>"),
        "q=%22%27%60%3B--%20DROP%20TABLE",
        "q=" + quote('"не закрыта'),
        "q=" + quote("((((" * 300),
        "q=%00%EF%BB%BF%E2%80%AE%F0%9F%98%80",
        "q=" + quote("* * *"),
        "q=" + quote("и в не"),
        "q=%D0%B9%CC%86%ff%fe",
        "q=x&kind=<b>&year=abc&unit=-1&signer=9999999999999999999&section=%00&state='&force=1%3D1",
        "q=x&ignore=" + "&ignore=".join(f"kind.{number}" for number in range(500)),
        "like=999999999",
        "like=99999999999999999999&q=",
        "in_force=1&on=9999-99-99",
    ],
)
def test_no_address_is_answered_by_a_failure(office: Office, archive: dict[str, Document], query: str) -> None:
    client = office.client(Role.STAFF)
    for part in ("", "part", "suggest", "export.csv"):
        response = download(client, f"/search/{part}?{query}")
        assert response.status_code in {200, 404}, part
        assert "<script>alert" not in response.get_data(as_text=True)


def test_an_export_has_the_same_records_and_no_formula(
    office: Office, archive: dict[str, Document], indexed: Callable[[], None]
) -> None:
    document("=HYPERLINK(1) о зачёте", number="7")
    indexed()
    client = office.client(Role.STAFF)
    response = download(client, f"/search/export.csv?{asked('зачёт')}&sort=number")
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0][:4] == ["No.", "Date", "Kind", "Title"]
    assert [row[0] for row in rows[1:]] == ["5", "7", "178-П"]
    assert rows[2][3] == "'=HYPERLINK(1) о зачёте"
    file = io.BytesIO(download(client, f"/search/export.xlsx?{asked('зачёт')}&sort=number").data)
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][1][:4] == [
        "5",
        dt.datetime(2024, 2, 1),
        rows[1][2],
        archive["note"].title,
    ]


def test_an_export_with_restricted_documents_is_told_and_one_without_is_not(office: Office, archive: dict[str, Document]) -> None:
    told = Event.select().where(Event.what == "list_exported")
    download(office.client(Role.STAFF), f"/search/export.csv?{asked('зачёт')}")
    assert told.count() == 0
    download(office.client(Role.CLERK), f"/search/export.csv?{asked('зачёт')}")
    assert told.get().effect["restricted"] == 1


def test_an_export_stops_at_its_limit(office: Office, archive: dict[str, Document], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmapdocs.web.search.export.MOST_ROWS", 2)
    monkeypatch.setattr("roadmapdocs.web.search.export._BATCH", 1)
    response = download(office.client(Role.CLERK), f"/search/export.csv?{asked('зачёт')}")
    assert len(response.data.decode().splitlines()) == 3


def test_a_broken_index_is_answered_by_number_date_and_title_and_it_is_said(
    office: Office, archive: dict[str, Document]
) -> None:
    state.close_index()
    text = page(office.client(Role.CLERK), asked("178-П"))
    assert titles(text) == [archive["order"].title]
    assert "by number, date and title alone" in text
    assert "rd-note--work" in text


def test_the_card_shows_similar_documents_only_when_they_are_asked_for(office: Office, archive: dict[str, Document]) -> None:
    client = office.client(Role.CLERK)
    card = client.get(f"/documents/{archive['order'].id}").text
    assert f'data-load="/search/similar/{archive["order"].id}"' in card
    assert archive["note"].title not in card
    part = client.get(f"/search/similar/{archive['order'].id}").text
    assert archive["order"].title not in part
    whole = client.get(f"/search/?like={archive['order'].id}").text
    assert archive["order"].title in whole
    for address in (f"/search/similar/{archive['personal'].id}", f"/search/?like={archive['personal'].id}"):
        assert office.client(Role.STAFF).get(address).status_code == 404


def test_a_list_that_finds_nothing_leads_to_the_search_in_texts(office: Office) -> None:
    text = office.client(Role.STAFF).get(f"/documents/?{asked('чтеню')}").text
    assert f'href="/search/?{asked("чтеню")}"' in text


def test_an_annulled_document_is_struck_through_and_keeps_its_number(
    office: Office, archive: dict[str, Document], indexed: Callable[[], None]
) -> None:
    Document.update(registration="annulled").where(Document.id == archive["order"].id).execute()
    indexed()
    text = page(office.client(Role.CLERK), asked("178-П"))
    (head,) = re.findall(r'<li class="rd-hit rd-hit--first[^"]*rd-hit--annulled">.*?</div>', text)
    assert "the very number" in head
    assert "registration annulled" in head
    assert "in force" not in head


def test_a_hit_is_agreed_with_the_look_of_the_list(
    office: Office, archive: dict[str, Document], indexed: Callable[[], None]
) -> None:
    Document.update(preparation="agreed").where(Document.id == archive["draft"].id).execute()
    indexed()
    client = office.client(Role.CLERK)
    badge = r'<span class="rd-badge (rd-badge--\w+)">(?:<svg.*?</svg>)?\s*agreed'
    assert re.findall(badge, page(client, asked("новом"))) == ["rd-badge--ok"]
    assert re.findall(badge, client.get(f"/documents/?{asked('новом')}").text) == ["rd-badge--ok"]


def test_what_must_not_be_there_is_told_apart_from_what_is_sought(office: Office, archive: dict[str, Document]) -> None:
    for part in ("", "part"):
        text = page(office.client(Role.CLERK), asked('"итогах зачёта" -автобусы'), part)
        assert "words:<b>&#34;итогах зачёта&#34;</b>" in text
        assert "without the words:<b>автобусы</b>" in text


@pytest.mark.parametrize(
    ("query", "told", "whole"),
    [
        ("тахограф", "There is no word “тахограф” in what is open to you.", False),
        ("999-Ж", "There is no document with the number 999-Ж in what is open to you.", False),
        ("тахограф маршрут", "There is no word “тахограф” in what is open to you.", True),
    ],
)
def test_one_word_or_number_that_is_nowhere_is_said_so_once(
    office: Office, archive: dict[str, Document], query: str, told: str, whole: bool
) -> None:
    text = page(office.client(Role.CLERK), asked(query))
    assert text.count(told) == 1
    assert ("holds all of this" in text) is whole


def test_a_word_without_end_is_repeated_by_its_beginning(office: Office, archive: dict[str, Document]) -> None:
    text = page(office.client(Role.CLERK), asked("приказ зачёт " + "щ" * 1500))
    assert f"There is no word “{'щ' * 59}…”" in text
