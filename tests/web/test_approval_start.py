"""The page that sends a document round, in a browser without script."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.approvals.models import Route, Run, Visa
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step, plan_from_json
from roadmapdocs.approvals.routes_checking import RouteCard
from roadmapdocs.approvals.routes_keeping import get_route, retire_route, save_route
from roadmapdocs.approvals.rules import VisaState
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.operations import get_document
from roadmapdocs.people.models import Post, UserGrant
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.people.substitution import set_substitution
from tests.approvals.office import states
from tests.conftest import NOW, TODAY, person
from tests.web.approval_pages import Approving, Browser, approving_on
from tests.web.office import post

ADMINISTRATOR = person(Role.ADMINISTRATOR)


@pytest.fixture
def approving(sqlite_address: str, tmp_path: Path) -> Iterator[Approving]:
    with approving_on(sqlite_address, tmp_path) as opened:
        yield opened


@pytest.fixture
def document(approving: Approving) -> Document:
    return approving.office.document()


def keep(approving: Approving, name: str = "Обычный", *surnames: str, **values: object) -> Route:
    office = approving.office
    steps = tuple(office.step(one) for one in surnames or ("Нечаев", "Громова"))
    return save_route(RouteCard(name, Plan(steps), **values), by=ADMINISTRATOR, now=NOW)  # type: ignore[arg-type]  # of a table of cases


def start(approving: Approving, document: Document, surname: str = "Дёмина", query: str = "") -> Browser:
    return Browser(approving.client(surname), f"/approvals/{document.id}/start{query}")


def leave(approving: Approving, surname: str) -> None:
    """From yesterday on that person works here no more."""
    Post.update(until=TODAY - dt.timedelta(days=1)).where(Post.employee == approving.office.people[surname]).execute()


def asked(document: Document) -> list[str]:
    rows = Visa.select().where((Visa.document == document) & (Visa.state == VisaState.OPEN)).order_by(Visa.id)
    return [row.name.split("\N{NO-BREAK SPACE}")[0] for row in rows]


def test_the_first_fitting_route_is_shown_with_people_and_days_and_sent(approving: Approving, document: Document) -> None:
    keep(approving, "Второй", position=2)
    keep(approving, "Первый", "Нечаев", "Ярцева", position=1)
    browser = start(approving, document)
    assert "“Первый” asks today" in browser.page
    assert re.findall(r'class="who"><b>(\w+)', browser.page) == ["Нечаев", "Ярцева"]
    # Three working days each, one after another.
    assert re.findall(r"until (\d\d\.\d\d\.\d{4})", browser.page) == ["19.03.2026", "24.03.2026"]

    browser.press("send")
    assert browser.answer.headers["Location"].endswith(f"/documents/{document.id}")
    assert states(document) == "in_approval"
    assert asked(document) == ["Нечаев"]
    assert Run.get().name == "Первый"


def test_another_route_is_chosen_by_a_link(approving: Approving, document: Document) -> None:
    keep(approving, "Первый")
    other = keep(approving, "Второй", "Ярцева", position=2)
    start(approving, document, query=f"?route={other.id}").press("send")
    assert (Run.get().route_id, asked(document)) == (other.id, ["Ярцева"])


def test_where_no_route_fits_a_way_is_made_up_by_buttons(approving: Approving, document: Document) -> None:
    browser = start(approving, document)
    assert "No route of the office fits" in browser.page
    browser.type(s0_person="Нечаев М. И.").press("who-0").press("add")
    browser.type(s1_mode="together", s1_person="Громова М. И.", s1_term="1").press("who-1")
    browser.type(s1_guest="Анна Лисицына", s1_guest_email="anna@school.example").press("who-1")
    assert "Анна Лисицына, guest, anna@school.example" in browser.page
    browser.press("send")

    assert browser.status == 302
    made = plan_from_json(Run.get().plan)
    assert [(step.mode, step.term, len(step.addressees)) for step in made.steps] == [("turn", 3, 1), ("together", 1, 2)]
    assert [(row.name, row.email) for row in Visa.select().where(Visa.employee.is_null())] == [("Анна Лисицына", "anna@school.example")]


def test_a_route_is_changed_for_one_document_and_stays_for_others(approving: Approving, document: Document) -> None:
    route = keep(approving)
    browser = start(approving, document, query=f"?route={route.id}&change=1")
    assert "changed for this document" in browser.page
    browser.press("up-1").type(s1_person="Ярцева М. И.").press("send")
    assert asked(document) == ["Громова"]
    assert (Run.get().route_id, len(plan_from_json(Run.get().plan).steps[1].addressees)) == (route.id, 2)
    assert len(plan_from_json(get_route(route.id).plan).steps[1].addressees) == 1


def test_a_route_that_is_not_changed_says_who_may(approving: Approving, document: Document) -> None:
    route = keep(approving, changeable=False)
    browser = start(approving, document, query=f"?route={route.id}&change=1")
    assert "Only a person with the right to it changes who has to agree" in browser.page
    assert 'name="0-title"' not in browser.page
    # Steps sent by hand are passed over: the route is what it is.
    browser.form.values.update({"change": "1", "step": "0", "0-mode": "turn", "0-who": "role:clerk", "0-term": "0"})
    browser.press("send")
    assert plan_from_json(Run.get().plan) == plan_from_json(route.plan)


@pytest.mark.parametrize("granted", [False, True])
def test_a_right_opens_what_is_closed_to_others(approving: Approving, document: Document, granted: bool) -> None:
    keep(approving, "Обязательный", obligatory=True, changeable=False)
    keep(approving, "Другой", "Ярцева", position=1)
    if granted:
        UserGrant.create(user=approving.office.users["Дёмина"], action="change_route")
    browser = start(approving, document)
    assert ("Другой" in browser.page) is granted
    assert ("a way of its own" in browser.page.lower()) is granted
    assert ("Change for this document" in browser.page) is granted


def test_an_obligatory_route_that_may_be_changed_is_changed_by_its_drafter(approving: Approving, document: Document) -> None:
    route = keep(approving, "Обязательный", obligatory=True)
    start(approving, document, query=f"?route={route.id}&change=1").type(s1_term="9").press("send")
    assert plan_from_json(Run.get().plan).steps[1].term == 9


def test_who_is_away_is_told_with_who_stands_in(approving: Approving, document: Document) -> None:
    keep(approving)
    people = approving.office.people
    for absent, substitute in (("Нечаев", people["Ярцева"].id), ("Громова", None)):
        set_substitution(
            people[absent].id, [(substitute, [])], since=TODAY, until=TODAY, reason="отпуск", by=person(Role.CLERK), now=NOW, today=TODAY
        )
    page = start(approving, document).page
    assert re.search(r"away; Ярцева.* stands in", page)
    assert "away, and nobody stands in" in page


def test_what_the_document_approves_is_named_as_its_package(approving: Approving, document: Document) -> None:
    plan = approving.office.document("План работы")
    DocumentLink.create(source=document, target=plan, kind=LinkKind.APPROVES, made_by="Лукина", made_at=NOW)
    page = start(approving, document).page
    assert "Signed in one package with it" in page
    assert "План работы" in page


def test_somebody_who_cannot_be_asked_is_told_beside_the_step_and_nothing_is_lost(approving: Approving, document: Document) -> None:
    browser = start(approving, document).type(s0_title="Юрист", s0_person="Нечаев М. И.").press("add")
    leave(approving, "Ярцева")
    browser.type(s1_title="Кто ушёл", s1_person="Ярцева М. И.").press("send")
    assert browser.status == 422
    assert re.search(r'id="step-1".*does not work here any more', browser.page, re.S)
    assert 'value="Юрист"' in browser.page
    assert states(document) == "draft"
    browser.press("out-1-0").type(s1_person="Громова М. И.").press("send")
    assert browser.status == 302


def test_an_office_route_that_cannot_be_followed_is_told_at_its_step(approving: Approving, document: Document) -> None:
    keep(approving)
    leave(approving, "Громова")
    browser = start(approving, document)
    assert "does not work here any more" in browser.page
    browser.press("send")
    assert browser.status == 422
    assert "Not everybody whom the route names can be asked" in browser.page
    assert Run.select().count() == 0


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("0-who", "person:99999", "not in the list of people"),
        ("0-who", "person:1;DROP", "not in the list of people"),
        ("0-who", "guest:no-address:Анна", "no address of electronic mail"),
        ("0-who", "god:1", "Nobody is named in this step"),
        ("0-mode", "dance", "Say how the step asks"),
        ("0-term", "251", "A term is from 0 to 250"),
        ("0-term", "-1", "whole numbers"),
    ],
)
def test_hostile_steps_are_refused_in_words(approving: Approving, document: Document, field: str, value: str, told: str) -> None:
    browser = start(approving, document)
    browser.form.values.setlist("0-who", ["role:clerk"])
    browser.form.values.setlist(field, [value])
    browser.press("send")
    assert browser.status == 422
    assert told in browser.page
    assert Run.select().count() == 0


def test_an_empty_way_is_refused(approving: Approving, document: Document) -> None:
    browser = start(approving, document).press("remove-0").press("send")
    assert browser.status == 422
    assert "The route has no step" in browser.page


def test_who_saw_another_card_is_told_and_may_send_it_then(approving: Approving, document: Document) -> None:
    keep(approving)
    browser = start(approving, document)
    Document.update(revision=Document.revision + 1).where(Document.id == document.id).execute()
    browser.press("send")
    assert browser.status == 409
    assert "Somebody changed the document meanwhile" in browser.page
    browser.press("send")
    assert browser.status == 302
    assert states(document) == "in_approval"


def test_a_route_changed_while_one_looked_at_it_is_shown_again(approving: Approving, document: Document) -> None:
    route = keep(approving)
    browser = start(approving, document)
    card = RouteCard("Обычный", Plan((approving.office.step("Ярцева"),)))
    save_route(card, route_id=route.id, read_at=route.changed_at, by=ADMINISTRATOR, now=NOW)
    browser.press("send")
    assert browser.status == 409
    assert "changed the routes meanwhile" in browser.page
    assert Run.select().count() == 0
    browser.press("send")
    assert asked(document) == ["Ярцева"]


def test_a_route_retired_while_one_looked_at_it_does_not_turn_into_another(approving: Approving, document: Document) -> None:
    route = keep(approving)
    keep(approving, "Второй", "Ярцева", position=2)
    browser = start(approving, document, query=f"?route={route.id}&change=1")
    retire_route(route.id, read_at=route.changed_at, by=ADMINISTRATOR, now=NOW)
    browser.press("send")
    assert browser.status == 409
    assert Run.select().count() == 0


def test_sent_twice_it_is_sent_once(approving: Approving, document: Document) -> None:
    keep(approving)
    one, other = start(approving, document), start(approving, document)
    one.press("send")
    other.press("send")
    assert other.status == 302
    assert Run.select().count() == 1
    assert "visas are being collected" in approving.client("Дёмина").get(f"/documents/{document.id}").get_data(as_text=True)


def test_the_drafter_in_a_step_is_left_out_with_a_word(approving: Approving, document: Document) -> None:
    keep(approving, "Обычный", "Дёмина", "Громова")
    browser = start(approving, document)
    assert re.search(r"Дёмина.* drafted the document and is not asked", browser.page)
    browser.press("send")
    assert asked(document) == ["Громова"]


def test_where_only_the_drafter_would_be_asked_it_is_refused(approving: Approving, document: Document) -> None:
    browser = start(approving, document).type(s0_person="Дёмина М. И.").press("send")
    assert browser.status == 422
    assert "nobody agrees to their own text" in browser.page


@pytest.mark.parametrize("surname", ["Нечаев", "Админова", "Ветрова"])
def test_who_reads_it_and_does_not_send_it_is_led_back_to_the_card(approving: Approving, document: Document, surname: str) -> None:
    client = approving.client(surname)
    assert client.get(f"/approvals/{document.id}/start").status_code == 302
    assert post(client, f"/approvals/{document.id}/start", do="send", route="own").status_code == 302
    assert "This is done by" in client.get(f"/documents/{document.id}").get_data(as_text=True)
    assert Run.select().count() == 0


def test_who_may_not_read_it_does_not_learn_of_it(approving: Approving, document: Document) -> None:
    stranger = create_user("stranger", "тетрадь-в-клетку", [Role.STAFF], by=SYSTEM, now=NOW)
    client = approving.pages.client_of(stranger)
    assert client.get(f"/approvals/{document.id}/start").status_code == 404
    assert post(client, f"/approvals/{document.id}/start", do="send", route="own").status_code == 404
    assert "/sign-in" in approving.pages.app.test_client().get(f"/approvals/{document.id}/start").headers["Location"]


def test_a_document_without_text_leads_back_to_its_card(approving: Approving, document: Document) -> None:
    bare = approving.office.document("Без текста")
    bare.versions.model.delete().where(bare.versions.model.document == bare).execute()
    assert start(approving, bare).status == 302


@pytest.mark.parametrize("number", ["0", "999999", str(2**40)])
def test_there_is_no_page_for_an_unknown_document(approving: Approving, number: str) -> None:
    assert approving.client("Дёмина").get(f"/approvals/{number}/start").status_code == 404


def test_without_a_token_nothing_is_sent(approving: Approving, document: Document) -> None:
    keep(approving)
    assert approving.client("Дёмина").post(f"/approvals/{document.id}/start", data={"do": "send"}).status_code == 400
    assert Run.select().count() == 0


def test_many_are_sent_at_once_along_their_routes_and_each_refusal_is_told(approving: Approving, document: Document) -> None:
    keep(approving, "Обычный", position=2)
    keep(approving, "Особый", "Ярцева", position=1, condition={"field": "title", "op": "contains", "value": "ушедшей"})
    leave(approving, "Ярцева")
    other = approving.office.document("Ведёт к ушедшей")
    client = approving.client("Лукина")
    seen = [f"{one.id}:{get_document(one.id).revision}" for one in (document, other)]
    page = post(client, "/documents/bulk", do="send_for_approval", seen=seen).get_data(as_text=True)
    assert "done for 1 of 2" in page
    assert "does not work here any more" in page
    assert (states(document), states(other)) == ("in_approval", "draft")
    assert Run.select().count() == 1


def test_a_route_built_in_the_browser_is_used(approving: Approving, document: Document) -> None:
    unit = approving.office.unit.id
    browser = Browser(approving.client("Админова"), "/routes/new").type(name="Приказы", s0_title="Юрист", s0_other=f"post:{unit}:юрист")
    browser.press("add").type(s1_mode="together", s1_person="Громова М. И.", s1_at_once="1").press("who-1")
    browser.type(s1_person="Ярцева М. И.", kinds=["order_main"], obligatory="1").press("save")
    assert browser.status == 302

    start(approving, document).press("send")
    assert asked(document) == ["Нечаев"]
    approving.office.decide(document, "Нечаев")
    assert asked(document) == ["Громова", "Ярцева"]
    approving.office.decide(document, "Громова")
    approving.office.decide(document, "Ярцева")
    assert states(document) == "agreed"


def test_a_route_may_name_the_head_of_the_authors_unit(approving: Approving, document: Document) -> None:
    plan = Plan((Step(Mode.TURN, (Addressee(How.HEAD),)),))
    save_route(RouteCard("Начальнику", plan), by=ADMINISTRATOR, now=NOW)
    browser = start(approving, document)
    assert "Ветрова" in browser.page
    browser.press("send")
    assert asked(document) == ["Ветрова"]
