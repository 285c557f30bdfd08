"""Terms of a roadmap are put under control on one page, and its pages show assignments beside coverage."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from roadmapdocs.assignments import proving
from roadmapdocs.assignments.executing import report
from roadmapdocs.assignments.from_items import proposals_of
from roadmapdocs.assignments.judging import accept
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.coverage.matrix import forget
from roadmapdocs.coverage.operations import link
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.roadmap.models import Roadmap
from roadmapdocs.roadmap.operations import current_edition
from roadmapdocs.web.roadmaps.slots import slot_key
from tests import factories as make
from tests.assignments.office import Office as People
from tests.assignments.office import make_office
from tests.assignments.roadmaps import item_of, make_roadmap
from tests.conftest import NOW, TODAY
from tests.web.office import Office, office_on, post, queries


@pytest.fixture
def web(sqlite_database: None, sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    proving.listen()
    with office_on(sqlite_address, tmp_path) as made:
        yield made


@pytest.fixture
def people(web: Office) -> People:
    return make_office()


@pytest.fixture
def roadmap(people: People) -> Roadmap:
    forget()
    return make_roadmap(people)


def client(web: Office, people: People, surname: str) -> FlaskClient:
    return web.client_of(people.users[surname])


def keys(roadmap: Roadmap) -> dict[str, str]:
    """Addresses of the open slots to come, by the number of the item."""
    return {one.number: slot_key(*one.key) for one in proposals_of(roadmap, today=TODAY) if not one.past}


def address(roadmap: Roadmap, **where: int) -> str:
    asked = "&".join(f"{name}={value}" for name, value in where.items())
    return f"/roadmaps/{roadmap.id}/assign" + (f"?{asked}" if asked else "")


def take(web: Office, people: People, roadmap: Roadmap, *, by: str = "Исаев") -> Assignment:
    """Item 2.1, as the page proposes it."""
    item = item_of(current_edition(roadmap), "2.1")
    key = keys(roadmap)["2.1"]
    fields = {"slot": key, f"who-{key}": "Нечаев М. И.", "controller": "Исаев М. И."}
    if by == "Исаев":
        fields["controller"] = "Ветрова М. И."
    answer = post(client(web, people, by), address(roadmap, item=item.id), **fields)
    assert answer.status_code == 302, answer.text
    assert answer.location == f"/roadmaps/{roadmap.id}/items/{item.id}"
    return Assignment.get()


def test_the_page_proposes_what_is_open_with_its_people(web: Office, people: People, roadmap: Roadmap) -> None:
    page = client(web, people, "Исаев").get(address(roadmap)).text
    ticked = re.findall(r'name="slot" value="([^"]+)"( checked)?', page)
    assert len(ticked) == 5
    assert sum(bool(checked) for _key, checked in ticked) == 2, "those for whom nobody is known are not ticked"
    assert 'value="Нечаев М. И."' in page
    assert 'name="controller" value="Исаев М. И."' in page
    assert 'name="past" value="1"' in page


@pytest.mark.parametrize("surname", ["Громова", "Нечаев"])
def test_who_gives_no_assignments_does_not_see_the_page(web: Office, people: People, roadmap: Roadmap, surname: str) -> None:
    browser = client(web, people, surname)
    assert browser.get(address(roadmap)).status_code == 403
    assert "/assign" not in browser.get(f"/roadmaps/{roadmap.id}").text.replace("/assignments", "")


def test_one_press_gives_what_is_ticked(web: Office, people: People, roadmap: Roadmap) -> None:
    made = take(web, people, roadmap)
    assert (made.responsible_id, made.controller_id) == (people.id("Нечаев"), people.id("Ветрова"))
    assert made.author_id == people.id("Исаев")
    again = client(web, people, "Исаев").get(address(roadmap, item=made.item_id)).text
    assert 'name="slot"' not in again


def test_in_the_name_of_an_executive_it_is_a_draft(web: Office, people: People, roadmap: Roadmap) -> None:
    key = keys(roadmap)["2.1"]
    fields = {"slot": key, f"who-{key}": "Нечаев М. И.", "author": people.id("Ветрова")}
    post(client(web, people, "Лукина"), address(roadmap), **fields)
    made = Assignment.get()
    assert (made.state, made.author_id, made.controller_id) == ("draft", people.id("Ветрова"), None)


@pytest.mark.parametrize("name", ["Никтоев", ""])
def test_a_name_that_nobody_has_is_said_and_what_was_typed_stays(
    web: Office, people: People, roadmap: Roadmap, name: str
) -> None:
    key = keys(roadmap)["2.1"]
    answer = post(client(web, people, "Исаев"), address(roadmap), slot=key, controller="Ветрова", **{f"who-{key}": name})
    assert answer.status_code == 422
    assert 'value="Ветрова"' in answer.text
    assert Assignment.select().count() == 0


@pytest.mark.parametrize("slot", ["", "nonsense", "9~x", "99~../2030-01-01", "1~" + "9" * 500])
def test_what_is_no_open_term_gives_nothing(web: Office, people: People, roadmap: Roadmap, slot: str) -> None:
    answer = post(client(web, people, "Исаев"), address(roadmap), slot=slot)
    assert answer.status_code in (302, 422)
    assert Assignment.select().count() == 0


@pytest.mark.parametrize("where", ["?item=99", "?section=99"])
def test_an_item_that_is_not_there_is_not_found(web: Office, people: People, roadmap: Roadmap, where: str) -> None:
    assert client(web, people, "Исаев").get(f"{address(roadmap)}{where}").status_code == 404


def test_a_coordinator_who_is_responsible_is_not_proposed_as_controller(web: Office, people: People, roadmap: Roadmap) -> None:
    Roadmap.update(coordinator=people.people["Нечаев"]).execute()
    browser = client(web, people, "Исаев")
    page = browser.get(address(roadmap)).text
    assert 'name="controller" value=""' in page
    assert "nobody controls the own work" in page
    key = keys(roadmap)["2.1"]
    answer = post(browser, address(roadmap), slot=key, controller="Нечаев М. И.", **{f"who-{key}": "Нечаев М. И."})
    assert answer.status_code == 422
    assert 'id="controller-error"' in answer.text
    assert 'name="controller" value="Нечаев М. И."' in answer.text, "what was typed stays"
    assert Assignment.select().count() == 0


def test_a_report_offers_what_is_signed_and_fits_the_slot_first(web: Office, people: People, roadmap: Roadmap) -> None:
    made = take(web, people, roadmap)
    mine = people.id("Нечаев")
    fits = make.document("Об открытии выставки рисунков", drafter_id=mine, date=dt.date(2026, 3, 3))
    other = make.document("О субботнике", drafter_id=mine, date=dt.date(2026, 3, 10))
    draft = make.document("О выставке", drafter_id=mine, preparation=Preparation.DRAFT)
    link(made.expected_id, made.period, draft, by=SYSTEM, now=NOW)
    another = make.document("О ремонте", drafter_id=mine, preparation=Preparation.DRAFT)
    page = client(web, people, "Нечаев").get(f"/assignments/{made.id}/report").text
    assert [int(one) for one in re.findall(r'name="document" value="(\d+)"', page)] == [fits.id, other.id, draft.id, another.id]
    assert re.findall(r"rd-badge--plain\">.*?</svg>(\w+)</span>", page[page.index(f"made-{draft.id}") :]) == ["draft", "draft"]

    report(made.id, "Открыта.", document_id=draft.id, by=people.actor("Нечаев"), now=NOW, today=TODAY)

    for surname, place in (("Нечаев", ""), ("Ветрова", ""), ("Ветрова", "/accept")):
        shown = client(web, people, surname).get(f"/assignments/{made.id}{place}").text
        assert "“О выставке”" in shown
        assert "does not prove the item of the roadmap yet" in shown
    card = client(web, people, "Нечаев").get(f"/assignments/{made.id}").text
    assert "is checked by Ветрова" in card
    assert "; document: " in card[card.index('id="history"') :]


def test_terms_that_are_over_are_given_only_with_the_tick(web: Office, people: People, roadmap: Roadmap) -> None:
    (late,) = (one for one in proposals_of(roadmap, today=TODAY) if one.number == "1.1")
    key = slot_key(*late.key)
    browser = client(web, people, "Исаев")
    post(browser, address(roadmap), slot=key, **{f"who-{key}": "Нечаев М. И."})
    assert Assignment.select().count() == 0
    post(browser, address(roadmap), slot=key, past="1", **{f"who-{key}": "Нечаев М. И."})
    assert Assignment.get().due == late.due


def test_pages_show_the_assignment_to_those_who_may_read_it(web: Office, people: People, roadmap: Roadmap) -> None:
    key = keys(roadmap)["2.1"]
    made = take(web, people, roadmap)
    pages = [f"/roadmaps/{roadmap.id}?slot={key}", f"/roadmaps/{roadmap.id}/items/{made.item_id}"]
    for page in pages:
        assert f"/assignments/{made.id}" in client(web, people, "Нечаев").get(page).text
        assert f"/assignments/{made.id}" not in client(web, people, "Громова").get(page).text
    marks = {who: client(web, people, who).get(pages[0]).text.count('<span class="g">') for who in ("Нечаев", "Громова")}
    assert marks == {"Нечаев": 1, "Громова": 0}


def test_done_without_a_document_stands_beside_what_is_missing(web: Office, people: People, roadmap: Roadmap) -> None:
    made = take(web, people, roadmap)
    report(made.id, "Открыта.", by=people.actor("Нечаев"), now=NOW, today=TODAY)
    accept(made.id, by=people.actor("Ветрова"), now=NOW, today=TODAY)
    page = client(web, people, "Исаев").get(f"/roadmaps/{roadmap.id}/items/{made.item_id}").text
    assert "done without a document" in page
    assert "no document" in page


def test_done_with_its_document_turns_the_item_green(web: Office, people: People, roadmap: Roadmap) -> None:
    made = take(web, people, roadmap)
    document = make.document("Об итогах выставки", drafter_id=people.id("Нечаев"))
    report(made.id, "Открыта.", document_id=document.id, by=people.actor("Нечаев"), now=NOW, today=TODAY)
    accept(made.id, by=people.actor("Ветрова"), now=NOW, today=TODAY)
    page = client(web, people, "Исаев").get(f"/roadmaps/{roadmap.id}/items/{made.item_id}").text
    assert 'rd-badge--ok' in page
    assert f"/documents/{document.id}" in page


def test_the_matrix_asks_as_often_however_much_is_given(
    web: Office, people: People, roadmap: Roadmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client(web, people, "Исаев")
    page = f"/roadmaps/{roadmap.id}"
    browser.get(page)
    with queries(monkeypatch) as before:
        browser.get(page)
    take(web, people, roadmap)
    browser.get(page)
    with queries(monkeypatch) as after:
        browser.get(page)
    assert len(after) == len(before)
