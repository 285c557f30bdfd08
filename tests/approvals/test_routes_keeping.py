"""Keeping the office's routes, on both databases."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.approvals.models import Route
from roadmapdocs.approvals.plans import MOST_STEPS, Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.routes import fitting
from roadmapdocs.approvals.routes_checking import RouteCard, check_steps, in_several_steps
from roadmapdocs.approvals.routes_keeping import get_route, retire_route, save_route
from roadmapdocs.audit.operations import history
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.people.models import Unit
from roadmapdocs.people.rules import Role
from tests.approvals.office import Office, make_office
from tests.conftest import NOW, person
from tests.processes import at_once

ADMINISTRATOR = person(Role.ADMINISTRATOR)
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def card(office: Office, name: str = "Приказы", **values: Any) -> RouteCard:
    return RouteCard(name, values.pop("plan", Plan((office.step("Нечаев"),))), **values)


def test_a_route_is_kept_and_fits(office: Office) -> None:
    document = office.document()
    route = save_route(card(office, kinds=("order_main",), units=(office.unit.id,)), by=ADMINISTRATOR, now=NOW)

    assert [row.id for row in fitting(document)] == [route.id]
    (event,) = history(route)
    assert (event.what, event.effect["name"], event.effect["made"]) == ("route_saved", "Приказы", True)


def test_a_change_says_what_was_and_what_is(office: Office) -> None:
    route = save_route(card(office), by=ADMINISTRATOR, now=NOW)
    changed = card(office, position=3, plan=Plan((office.step("Громова"),)))
    saved = save_route(changed, route_id=route.id, read_at=route.changed_at, by=ADMINISTRATOR, now=LATER)

    assert (saved.position, saved.changed_at) == (3, LATER)
    effect = history(route)[0].effect
    assert effect["changed"] == ["position", "plan"]
    assert (effect["before"]["position"], effect["after"]["position"]) == (0, 3)


def test_the_same_once_more_leaves_no_entry(office: Office) -> None:
    route = save_route(card(office), by=ADMINISTRATOR, now=NOW)
    again = save_route(card(office), route_id=route.id, read_at=route.changed_at, by=ADMINISTRATOR, now=LATER)
    assert again.changed_at == NOW
    assert len(history(route)) == 1


def test_of_two_administrators_the_second_is_told_even_in_the_same_moment(office: Office) -> None:
    route = save_route(card(office), by=ADMINISTRATOR, now=NOW)
    save_route(card(office, position=1), route_id=route.id, read_at=route.changed_at, by=ADMINISTRATOR, now=NOW)
    with pytest.raises(Conflict) as told:
        save_route(card(office, position=2), route_id=route.id, read_at=route.changed_at, by=ADMINISTRATOR, now=NOW)
    assert told.value.code == "stale"
    assert get_route(route.id).position == 1


_PREPARATION = """
from roadmapdocs.approvals.plans import Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.routes_checking import RouteCard
from roadmapdocs.approvals.routes_keeping import save_route
from roadmapdocs.errors import Refusal
from roadmapdocs.people.rules import Role
from tests.conftest import NOW, person
card = RouteCard("Один на всех", Plan((Step(Mode.TURN, (Addressee(How.ROLE, "clerk"),)),)))
"""
_TAKE_NAME = """
try:
    save_route(card, by=person(Role.ADMINISTRATOR), now=NOW)
    result = "saved"
except Refusal as refusal:
    result = list(refusal.details["fields"])
"""


def test_of_two_that_take_a_name_at_once_one_is_refused_in_words(database: str) -> None:
    told = at_once(database, [_TAKE_NAME, _TAKE_NAME], preparation=_PREPARATION)
    assert "saved" in told
    assert ["name"] in told
    assert Route.select().count() == 1


def test_a_route_is_retired_and_taken_into_use_again(office: Office) -> None:
    document = office.document()
    route = save_route(card(office), by=ADMINISTRATOR, now=NOW)
    retired = retire_route(route.id, read_at=route.changed_at, by=ADMINISTRATOR, now=LATER)
    assert fitting(document) == []
    assert history(route)[0].what == "route_retired"
    with pytest.raises(Conflict) as told:
        retire_route(route.id, read_at=retired.changed_at, by=ADMINISTRATOR, now=LATER)
    assert told.value.code == "retired"

    save_route(card(office), route_id=route.id, read_at=retired.changed_at, by=ADMINISTRATOR, now=LATER)
    assert [row.id for row in fitting(document)] == [route.id]


def test_who_read_it_before_does_not_retire_it(office: Office) -> None:
    route = save_route(card(office), by=ADMINISTRATOR, now=NOW)
    save_route(card(office, position=1), route_id=route.id, read_at=route.changed_at, by=ADMINISTRATOR, now=LATER)
    with pytest.raises(Conflict) as told:
        retire_route(route.id, read_at=route.changed_at, by=ADMINISTRATOR, now=LATER)
    assert told.value.code == "stale"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_the_administrator_keeps_routes(office: Office, role: Role) -> None:
    route = save_route(card(office), by=ADMINISTRATOR, now=NOW)
    with pytest.raises(Forbidden):
        save_route(card(office, "Другой"), by=person(role), now=NOW)
    with pytest.raises(Forbidden):
        retire_route(route.id, read_at=route.changed_at, by=person(role), now=NOW)
    assert Route.select().count() == 1


def test_there_is_no_route_of_an_unknown_id(office: Office) -> None:
    with pytest.raises(NotFound):
        save_route(card(office), route_id=17, read_at=NOW, by=ADMINISTRATOR, now=NOW)
    with pytest.raises(NotFound):
        retire_route(17, read_at=NOW, by=ADMINISTRATOR, now=NOW)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "я" * 201}),
        ("position", {"position": -1}),
        ("position", {"position": 10_000}),
        ("kinds", {"kinds": ("no_such_kind",)}),
        ("units", {"units": (0,)}),
        ("cases", {"cases": (7,)}),
        ("condition", {"condition": {"field": "password_hash", "op": "filled"}}),
        ("condition", {"condition": {"field": "title", "op": "__import__"}}),
        ("condition", {"condition": {"field": "title", "op": "equals", "value": " "}}),
        ("condition", {"condition": {"field": "title", "op": "equals", "value": "я" * 201}}),
        ("condition", {"condition": {"field": "title", "op": "at_least", "value": "много"}}),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(office: Office, field: str, values: dict[str, Any]) -> None:
    wanted = dataclasses.replace(card(office), **values)
    with pytest.raises(Refusal) as told:
        save_route(wanted, by=ADMINISTRATOR, now=NOW)
    assert list(told.value.details["fields"]) == [field]  # type: ignore[call-overload]  # details are of any kind
    assert Route.select().count() == 0


def test_a_name_in_use_is_refused_in_whatever_letters(office: Office) -> None:
    save_route(card(office, "Приказы"), by=ADMINISTRATOR, now=NOW)
    with pytest.raises(Refusal) as told:
        save_route(card(office, "ПРИКАЗЫ"), by=ADMINISTRATOR, now=NOW)
    assert "name" in told.value.details["fields"]  # type: ignore[operator]  # details are of any kind


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "title", "op": "contains", "value": "зачёт"},
        {"field": "mark", "op": "filled"},
        {"field": "amount", "op": "at_least", "value": "100 000,50"},
    ],
)
def test_a_condition_on_a_column_or_a_field_of_kinds_is_kept(office: Office, condition: dict[str, str]) -> None:
    assert save_route(card(office, condition=condition), by=ADMINISTRATOR, now=NOW).condition == condition


def _unknown(office: Office) -> dict[str, Addressee]:
    return {
        "person": Addressee(How.PERSON, "999999"),
        "no number": Addressee(How.PERSON, "1; DROP TABLE"),
        "huge number": Addressee(How.PERSON, "9" * 40),
        "post": Addressee(How.POST, f"{office.unit.id}:космонавт"),
        "unit": Addressee(How.POST, "999:юрист"),
        "post without unit": Addressee(How.POST, "юрист"),
        "role": Addressee(How.ROLE, "root"),
        "field": Addressee(How.FIELD, "__class__"),
        "head": Addressee(How.HEAD, "мой"),
        "guest without address": Addressee(How.GUEST, "Анна", ""),
        "guest without name": Addressee(How.GUEST, " ", "anna@zao.example"),
        "several addresses": Addressee(How.GUEST, "Анна", "anna@zao.example,all@zao.example"),
        "header in an address": Addressee(How.GUEST, "Анна", "anna@zao.example\nBcc: all@zao.example"),
        "long address": Addressee(How.GUEST, "Анна", "a" * 250 + "@zao.example"),
    }


@pytest.mark.parametrize("name", _unknown(type("No", (), {"unit": Unit(id=1)})()))
def test_whom_nobody_knows_is_refused_beside_the_step(office: Office, name: str) -> None:
    plan = Plan((office.step("Нечаев"), Step(Mode.TURN, (office.person("Громова"), _unknown(office)[name]))))
    with pytest.raises(Refusal) as told:
        check_steps(plan)
    assert list(told.value.details["steps"]) == [1]  # type: ignore[call-overload]  # details are of any kind
    with pytest.raises(Refusal) as told:
        save_route(card(office, plan=plan), by=ADMINISTRATOR, now=NOW)
    assert list(told.value.details["steps"]) == [1]  # type: ignore[call-overload]  # likewise


@pytest.mark.parametrize(
    "known",
    [
        lambda office: office.person("Ветрова"),
        lambda office: Addressee(How.POST, f"{office.unit.id}:юрист"),
        lambda _office: Addressee(How.ROLE, "executive"),
        lambda _office: Addressee(How.HEAD),
        lambda _office: Addressee(How.FIELD, "secretary"),
        lambda _office: Addressee(How.GUEST, "Анна", "anna@zao.example"),
    ],
)
def test_everybody_who_can_be_asked_may_be_named(office: Office, known: Callable[[Office], Addressee]) -> None:
    check_steps(Plan((Step(Mode.TURN, (known(office),)),)))


def test_a_field_that_the_kinds_have_not_is_refused(office: Office) -> None:
    plan = Plan((Step(Mode.TURN, (Addressee(How.FIELD, "secretary"),)),))
    with pytest.raises(Refusal):
        save_route(card(office, plan=plan, kinds=("order_main",)), by=ADMINISTRATOR, now=NOW)
    assert save_route(card(office, plan=plan, kinds=("protocol",)), by=ADMINISTRATOR, now=NOW).active


def test_sixty_steps_are_kept_and_one_more_is_refused(office: Office) -> None:
    steps = tuple(office.step("Нечаев") for _number in range(MOST_STEPS))
    assert save_route(card(office, plan=Plan(steps)), by=ADMINISTRATOR, now=NOW).plan["steps"][59]["term"] == 3
    with pytest.raises(Refusal, match="60"):
        save_route(card(office, "Длиннее", plan=Plan((*steps, steps[0]))), by=ADMINISTRATOR, now=NOW)


def test_a_route_without_steps_is_told_as_such(office: Office) -> None:
    with pytest.raises(Refusal) as told:
        save_route(card(office, plan=Plan(())), by=ADMINISTRATOR, now=NOW)
    assert "plan" in told.value.details["fields"]  # type: ignore[operator]  # details are of any kind


def test_who_stands_in_several_steps_is_noted_and_allowed(office: Office) -> None:
    plan = Plan((office.step("Нечаев"), office.step("Громова"), office.step("Нечаев", "Громова")))
    check_steps(plan)
    assert in_several_steps(plan) == [(office.person("Нечаев"), (0, 2)), (office.person("Громова"), (1, 2))]


@given(st.lists(st.lists(st.sampled_from("абвг"), max_size=4), max_size=6))
def test_only_who_is_in_several_steps_is_noted_each_with_all_places(steps: list[list[str]]) -> None:
    plan = Plan(tuple(Step(Mode.TURN, tuple(Addressee(How.PERSON, one) for one in step)) for step in steps))
    noted = {one.value: places for one, places in in_several_steps(plan)}
    for name in "абвг":
        places = tuple(place for place, step in enumerate(steps) if name in step)
        assert noted.get(name, ()) == (places if len(places) > 1 else ())
