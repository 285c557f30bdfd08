"""The pages of routes, in a browser without script."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.approvals.models import Route
from roadmapdocs.approvals.plans import MOST_STEPS, Addressee, How, Mode, Plan, plan_from_json
from roadmapdocs.approvals.routes_checking import RouteCard
from roadmapdocs.approvals.routes_keeping import save_route
from roadmapdocs.people.models import Post
from roadmapdocs.people.rules import Role
from tests.conftest import NOW, TODAY, person
from tests.web.approval_pages import Approving, Browser, approving_on
from tests.web.office import post

ADMINISTRATOR = person(Role.ADMINISTRATOR)


@pytest.fixture
def approving(sqlite_address: str, tmp_path: Path) -> Iterator[Approving]:
    with approving_on(sqlite_address, tmp_path) as opened:
        yield opened


@pytest.fixture
def kept(approving: Approving) -> Route:
    office = approving.office
    plan = Plan((office.step("Нечаев"), office.step("Громова", "Ярцева", mode=Mode.QUORUM, needed=1, term=5)))
    return save_route(RouteCard("Обычный", plan, kinds=("order_main",)), by=ADMINISTRATOR, now=NOW)


def form(approving: Approving, route: Route | None = None) -> Browser:
    return Browser(approving.client("Админова"), f"/routes/{route.id}" if route else "/routes/new")


def plan(name: str) -> Plan:
    return plan_from_json(Route.get(Route.name == name).plan)


def test_everybody_reads_routes_in_words_and_only_the_administrator_changes_them(approving: Approving, kept: Route) -> None:
    for surname in ("Дёмина", "Лукина", "Ветрова", "Админова"):
        page = approving.client(surname).get("/routes/").get_data(as_text=True)
        assert "Обычный" in page
        assert "Нечаев" in page
        assert "1 of them are enough" in page
        assert "5 working days" in page
        assert (f"/routes/{kept.id}" in page) is (surname == "Админова")


@pytest.mark.parametrize("surname", ["Дёмина", "Лукина", "Ветрова"])
def test_others_get_no_form_and_change_nothing(approving: Approving, kept: Route, surname: str) -> None:
    client = approving.client(surname)
    for address in ("/routes/new", f"/routes/{kept.id}"):
        assert client.get(address).status_code == 403
        assert post(client, address, do="save", name="Мой").status_code == 403
    assert post(client, f"/routes/{kept.id}/retire", read_at=kept.changed_at.isoformat()).status_code == 403
    assert [row.active for row in Route.select()] == [True]


def test_strangers_are_asked_to_sign_in(approving: Approving) -> None:
    assert "/sign-in" in approving.pages.app.test_client().get("/routes/").headers["Location"]


def test_without_a_token_nothing_is_saved(approving: Approving, kept: Route) -> None:
    client = approving.client("Админова")
    assert client.post("/routes/new", data={"do": "save", "name": "Чужой"}).status_code == 400
    assert client.post(f"/routes/{kept.id}/retire").status_code == 400


def test_a_whole_route_is_built_by_buttons_that_keep_what_is_typed(approving: Approving) -> None:
    unit = approving.office.unit.id
    browser = form(approving).type(name="Приказы об итогах", position="2", obligatory="1")
    browser.type(s0_title="Юрист", s0_person="Нечаев М. И.").press("who-0")
    assert 'value="Приказы об итогах"' in browser.page
    browser.press("add").type(s1_mode="quorum", s1_needed="1", s1_term="2", s1_person="Громова М. И.").press("who-1")
    browser.type(s1_other=f"post:{unit}:заведующая ИМЦ").press("who-1")
    browser.press("add").type(s2_mode="committee", s2_body="Методический совет", s2_other="head:").press("stay")
    browser.type(kinds=["order_main", "protocol"], to_signer="1").press("save")

    assert browser.status == 302
    route = Route.get(Route.name == "Приказы об итогах")
    assert (route.position, route.obligatory, route.kinds) == (2, True, ["order_main", "protocol"])
    made = plan(route.name)
    assert made.to_signer
    assert [(step.mode, step.title, step.needed, step.term) for step in made.steps] == [
        ("turn", "Юрист", 0, 3),
        ("quorum", "", 1, 2),
        ("committee", "", 0, 3),
    ]
    assert made.steps[1].addressees[1] == Addressee(How.POST, f"{unit}:заведующая ИМЦ")
    assert (made.steps[2].body, made.steps[2].addressees) == ("Методический совет", (Addressee(How.HEAD),))


def test_what_is_typed_and_not_yet_added_is_saved_with_the_rest(approving: Approving) -> None:
    form(approving).type(name="Сразу", s0_person="Нечаев М. И.", s0_other="role:clerk").press("save")
    assert len(plan("Сразу").steps[0].addressees) == 2


def test_steps_and_people_change_places_and_go(approving: Approving, kept: Route) -> None:
    browser = form(approving, kept)
    browser.press("up-1").press("first-0-1").press("save")
    people = approving.office.people
    steps = plan("Обычный").steps
    assert [one.value for one in steps[0].addressees] == [str(people["Ярцева"].id), str(people["Громова"].id)]
    assert [one.value for one in steps[1].addressees] == [str(people["Нечаев"].id)]

    form(approving, kept).press("out-0-1").press("down-0").press("remove-0").press("save")
    assert [[one.value for one in step.addressees] for step in plan("Обычный").steps] == [[str(people["Ярцева"].id)]]


@pytest.mark.parametrize("do", ["up-0", "down-9", "remove-99", "out-0-77", "first-0-0", "who-", "drop", "", "up-0-0-0", "up-1e9"])
def test_a_button_that_is_not_there_leaves_the_steps(approving: Approving, kept: Route, do: str) -> None:
    before = plan("Обычный")
    browser = form(approving, kept).press(do)
    assert browser.status == 200
    browser.press("save")
    assert plan("Обычный") == before


def test_a_name_that_nobody_has_stays_typed_with_a_sentence_beside_the_step(approving: Approving, kept: Route) -> None:
    browser = form(approving, kept).type(s1_person="Неизвестный Н. Н.").press("save")
    assert browser.status == 422
    assert re.search(r'id="step-1".*Nobody of the office is called “Неизвестный Н. Н.”', browser.page, re.S)
    assert 'value="Неизвестный Н. Н."' in browser.page


def test_mistakes_stand_beside_fields_and_steps_and_nothing_is_lost(approving: Approving) -> None:
    browser = form(approving).type(position="много", s0_title="Пустой шаг", s0_term="три").press("save")
    assert browser.status == 422
    assert "The place in the list is a number" in browser.page
    assert "whole numbers" in browser.page
    browser.type(position="1", s0_term="3").press("save")
    assert "Name the route" in browser.page
    assert "Nobody is named in this step" in browser.page
    assert 'value="Пустой шаг"' in browser.page
    assert Route.select().count() == 0


def test_a_condition_and_what_it_fits_are_told_in_words(approving: Approving) -> None:
    browser = form(approving).type(name="Деньги", s0_person="Громова М. И.", units=[str(approving.office.unit.id)])
    browser.type(condition_field="amount", condition_op="at_least", condition_value="тысяча").press("save")
    assert "is no number" in browser.page
    browser.type(condition_value="100000").press("save")
    assert Route.get().condition == {"field": "amount", "op": "at_least", "value": "100000"}
    page = approving.client("Дёмина").get("/routes/").get_data(as_text=True)
    assert "is a number from 100000" in page
    assert "units: УО" in page


def test_sixty_steps_are_saved_and_the_next_is_refused(approving: Approving) -> None:
    step = approving.office.step("Нечаев")
    route = save_route(RouteCard("Длинный", Plan((step,) * MOST_STEPS)), by=ADMINISTRATOR, now=NOW)
    browser = form(approving, route).type(position="5").press("save")
    assert browser.status == 302
    browser = form(approving, route).press("add").type(**{f"s{MOST_STEPS}_person": "Громова М. И."}).press("save")
    assert browser.status == 422
    assert "60 steps at the most" in browser.page
    assert len(plan("Длинный").steps) == MOST_STEPS


def test_a_flood_of_steps_is_not_read(approving: Approving) -> None:
    browser = form(approving)
    browser.form.values.setlist("step", [str(number) for number in range(5000)])
    browser.press("add")
    assert browser.status == 200
    assert browser.page.count('name="step"') == MOST_STEPS + 1


@pytest.mark.parametrize("hostile", ["person:1 OR 1=1", "person:99999", "post:x:y", "role:root", "field:__class__", "god:1", "<script>", "person:" + "9" * 600, "guest:a@b:\x00"])
def test_hostile_addressees_are_passed_over_or_refused(approving: Approving, hostile: str) -> None:
    browser = form(approving).type(name="Взлом")
    browser.form.values.setlist("0-who", [hostile])
    browser.press("save")
    assert browser.status == 422
    assert "<script>" not in browser.page
    assert Route.select().count() == 0


@pytest.mark.parametrize(("name", "value"), [("kinds", "x" * 9999), ("units", "-1"), ("cases", "9" * 30), ("0-mode", "dance"), ("0-term", "9999"), ("0-term", "-3")])
def test_hostile_values_are_refused(approving: Approving, name: str, value: str) -> None:
    browser = form(approving).type(name="Взлом", s0_person="Нечаев М. И.")
    browser.form.values.setlist(name, [value])
    browser.press("save")
    assert browser.status == 422
    assert Route.select().count() == 0


def test_the_same_person_in_several_steps_is_told_as_a_note(approving: Approving) -> None:
    client = approving.client("Админова")
    browser = Browser(client, "/routes/new").type(name="Дважды", s0_person="Нечаев М. И.").press("add")
    browser.type(s1_person="Нечаев М. И.").press("save")
    assert browser.status == 302
    assert "stands in several steps: 1, 2" in client.get("/routes/").get_data(as_text=True)


def test_of_two_administrators_the_second_is_told_and_may_insist(approving: Approving, kept: Route) -> None:
    one, other = form(approving, kept), form(approving, kept)
    one.type(position="1").press("save")
    other.type(position="2", name="Иначе").press("save")
    assert other.status == 409
    assert "Somebody changed the route" in other.page
    assert 'value="Иначе"' in other.page
    assert Route.get().position == 1
    other.press("save")
    assert (Route.get().position, Route.get().name) == (2, "Иначе")


def test_a_route_is_retired_by_a_press_and_stays_in_sight(approving: Approving, kept: Route) -> None:
    client = approving.client("Админова")
    assert post(client, f"/routes/{kept.id}/retire", read_at="yesterday").status_code == 302
    assert Route.get().active
    answer = post(client, f"/routes/{kept.id}/retire", follow=True, read_at=kept.changed_at.isoformat())
    assert "out of use" in answer.get_data(as_text=True)
    assert not Route.get().active
    history = client.get(f"/routes/{kept.id}").get_data(as_text=True)
    assert "took the route “Обычный” out of use" in history
    assert "made the route “Обычный”" in history


def test_there_is_no_page_of_an_unknown_route(approving: Approving) -> None:
    client = approving.client("Админова")
    assert client.get("/routes/999").status_code == 404
    assert post(client, "/routes/999", do="save").status_code == 404
    assert client.get(f"/routes/{2**40}").status_code == 404


def test_a_route_is_tried_on_a_document_before_it_is_saved(approving: Approving, kept: Route) -> None:
    document = approving.office.document()
    browser = form(approving, kept).type(tried_on=str(document.id)).press("try")
    assert "the route fits it" in browser.page
    assert "Об итогах зачёта по чтению" in browser.page
    assert "until 19.03.2026" in browser.page
    browser.type(kinds=["protocol"]).press("try")
    assert "the route does not fit it" in browser.page
    assert Route.get().kinds == ["order_main"]


def test_on_a_document_it_says_why_somebody_cannot_be_asked(approving: Approving, kept: Route) -> None:
    document = approving.office.document()
    Post.update(until=TODAY - dt.timedelta(days=1)).where(Post.employee == approving.office.people["Нечаев"]).execute()
    browser = form(approving, kept).type(s1_person="Дёмина М. И.", tried_on=str(document.id)).press("try")
    assert "does not work here any more" in browser.page
    assert re.search(r"Дёмина.* drafted the document and is not asked", browser.page)


@pytest.mark.parametrize("typed", ["", "99999", "нет такого", "9" * 60])
def test_an_unknown_document_is_told(approving: Approving, kept: Route, typed: str) -> None:
    browser = form(approving, kept).type(tried_on=typed).press("try")
    assert "There is no document" in browser.page


def test_a_change_an_hour_later_shows_when_and_what(approving: Approving, kept: Route) -> None:
    approving.clock(NOW + dt.timedelta(hours=1))
    form(approving, kept).type(position="4").press("save")
    assert "changed the route “Обычный”: place in the list" in form(approving, kept).page
