"""The office over REST: who works where today, and what of people is told to whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Role
from tests.assignments.office import HEAD
from tests.web.api.world import STRANGER, World, opened_world


@pytest.fixture(scope="module")
def world(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Nothing is changed here, so one office does for all."""
    with opened_world(migrated_file, tmp_path_factory.mktemp("people")) as made:
        yield made


def test_a_person_is_told_with_the_posts_of_today(world: World) -> None:
    told = world.api.get(f"/employees/{world.office.id(HEAD)}").json
    assert (told["surname"], [post["title"] for post in told["posts"]]) == (HEAD, ["начальник управления"])
    unit = world.api.get(f"/units/{told['posts'][0]['unit_id']}").json
    assert unit["head"] == {"id": told["id"], "name": told["name"]}
    assert world.api.get(f"/organisations/{unit['organisation_id']}").json["short_name"] == "Администрация"


@pytest.mark.parametrize("who", list(Role))
def test_personal_data_are_for_administrators_and_for_each_their_own(world: World, who: Role) -> None:
    own = world.api.actor(who).employee_id
    listed = world.api.get("/employees?fields=id,email,gender", who=who).json["items"]
    told = {one["id"] for one in listed if "email" in one or "gender" in one}
    assert told == ({one["id"] for one in listed} if who is Role.ADMINISTRATOR else {own})
    assert ("@zao.example" in world.api.get(f"/employees/{world.office.id('Нечаев')}", who=who).text) is (who is Role.ADMINISTRATOR)


@pytest.mark.parametrize("query", ["q=Дём", "q=дём", "q=ДЁМ"])
def test_people_are_found_by_the_beginning_of_their_surnames(world: World, query: str) -> None:
    assert [one["surname"] for one in world.api.get(f"/employees?{query}").json["items"]] == [STRANGER]


def test_all_are_listed_by_surname_page_by_page(world: World) -> None:
    names, address = [], "/employees?limit=3&fields=surname"
    while address:
        page = world.api.get(address).json
        names += [one["surname"] for one in page["items"]]
        address = page["next"]
    assert sorted(names) == names
    assert len(names) == Employee.select().count()
    assert len(world.api.get(f"/employees?unit={world.office.unit.id}").json["items"]) == len(names)
    assert world.api.get("/employees?unit=999").json["items"] == []


@pytest.mark.parametrize("address", ["/employees/999", "/units/999", "/organisations/999", "/employees/99999999999999999999"])
def test_who_is_not_there_is_not_found(world: World, address: str) -> None:
    assert world.api.get(address).status_code == 404


@pytest.mark.parametrize("who", list(Role))
def test_the_token_tells_for_whom_it_acts(world: World, who: Role) -> None:
    told = world.api.get("/@me", who=who).json
    assert (told["roles"], told["employee_id"]) == ([str(who)], world.api.actor(who).employee_id)
    assert told["token"]["scopes"] == ["read", "write"]
    assert "rd_" + "x" not in told["token"]["hint"]
    assert len(told["token"]["hint"]) < 10
    assert ("manage_people" in told["actions"]) is (who is Role.ADMINISTRATOR)


def test_what_waits_stands_in_one_list_with_the_earliest_first(world: World) -> None:
    rows = world.api.get("/@me/worklist", who=Role.EXECUTIVE).json["items"]
    assert {row["type"] for row in rows} >= {"visa", "reading"}
    (visa,) = [row for row in rows if row["type"] == "visa" and row["visa_id"] == world.values["visa_id"]]
    assert (visa["document_id"], visa["act"]) == (world.values["other_document_id"], "agree")
    dues = [row["due"] for row in rows if row["due"]]
    assert dues == sorted(dues)
    holder = world.api.get("/@me/worklist", who=world.office.users["Нечаев"]).json["items"]
    assert {row["type"] for row in holder} == {"visa", "reading", "slot"}
    (slot, *_others) = [row for row in holder if row["type"] == "slot"]
    assert (slot["roadmap_id"], slot["act"]) == (world.values["roadmap_id"], "prove")
    clerk = world.api.get("/@me/worklist").json["items"]
    assert [row["act"] for row in clerk if row["type"] == "assignment"] == ["judge", "judge"]


def test_ones_own_tokens_are_listed_without_their_secrets_and_ended(world: World) -> None:
    secret = world.api.secret(world.office.users["Громова"])
    told = world.api.get("/@me/tokens", who=world.office.users["Громова"])
    (token,) = told.json["items"]
    assert secret not in told.text
    ended = world.api.delete(f"/@me/tokens/{token['id']}", who=world.office.users["Громова"])
    assert ended.json["revoked_at"]
    assert world.api.get("/@me", who=world.office.users["Громова"]).status_code == 401
