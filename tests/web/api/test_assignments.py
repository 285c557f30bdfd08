"""Assignments and acquaintance over REST: given, carried out, judged and read by those whose they are."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.audit.models import Event
from roadmapdocs.people.rules import Role
from tests.assignments.office import HEAD
from tests.web.api.world import HOLDER, SECRET, World, opened_world

DUE = {"kind": "date", "date": "2026-04-03"}


@pytest.fixture
def world(migrated_file: Path, tmp_path: Path) -> Iterator[World]:
    with opened_world(migrated_file, tmp_path) as made:
        yield made


def give(world: World, who: Role = Role.EXECUTIVE, **sent: Any) -> TestResponse:
    values = {"text": "Подготовить список", "responsible": world.office.id("Соболев"), "deadline": DUE}
    return world.api.post("/assignments", {**values, **sent}, who=who)


def act(world: World, number: int, name: str, who: Any, tag: str = "", **sent: Any) -> TestResponse:
    headers = {"If-Match": tag} if tag else {}
    return world.api.post(f"/assignments/{number}/@workflow/{name}", sent, who=who, headers=headers)


def test_an_assignment_goes_from_being_given_to_being_accepted(world: World) -> None:
    made = give(world, executors=[world.office.id("Громова")])
    assert made.status_code == 201, made.text
    (row,) = made.json["items"]
    assert (row["state"], row["due"], row["author"]["name"]) == ("new", "2026-04-03", str(world.office.people[HEAD]))
    assert [one["name"] for one in row["executors"]] == [str(world.office.people["Громова"])]
    number, executor = row["id"], world.office.users["Соболев"]
    assert world.api.get(made.headers["Location"], who=executor).json["revision"] == 1
    opened = [one["name"] for one in _workflow(world, number, executor) if one["why_not"] is None]
    assert {"take", "report", "ask", "extension"} <= set(opened)
    assert act(world, number, "take", executor).json["state"] == "in_work"
    file = {"name": "список.txt", "content": base64.b64encode("Книги".encode()).decode()}
    reported = act(world, number, "report", executor, text="Готово", files=[file]).json
    assert (reported["state"], reported["reports"][0]["files"][0]["name"]) == ("reported", "список.txt")
    sent = world.api.get(f"/assignments/{number}/files/{reported['reports'][0]['files'][0]['id']}", who=Role.EXECUTIVE)
    assert sent.data.decode() == "Книги"
    assert act(world, number, "accept", Role.EXECUTIVE).json["state"] == "done"
    whats = [one["what"] for one in world.api.get(f"/assignments/{number}/@history", who=executor).json["items"]]
    assert whats == ["assignment_accepted", "assignment_reported", "assignment_taken", "assignment_given"]


def _workflow(world: World, number: int, who: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.api.get(f"/assignments/{number}/@workflow", who=who).json["transitions"]
    return found


def test_every_act_of_the_card_has_a_door(world: World) -> None:
    """Asked for with what it asks: whatever its answer, it is none about values."""
    values = {"text": "so", "reason": "so", "due": "2026-05-01", "responsible": world.office.id("Ярцева")}
    number = give(world).json["items"][0]["id"]
    doors = {one["name"]: one["asks"] for state in (Role.EXECUTIVE, world.office.users["Соболев"]) for one in _workflow(world, number, state)}
    assert len(doors) > 8
    for name, asks in doors.items():
        sent = {one.rstrip("*"): values[one.rstrip("*")] for one in asks if one.endswith("*")}
        sent |= {"responsible": values["responsible"]} if name == "people" else {}
        answer = act(world, number, name, Role.EXECUTIVE, **sent)
        assert answer.json.get("code") != "values", (name, answer.text)


@pytest.mark.parametrize(
    ("name", "sent", "fields"),
    [
        ("take", {"text": "so"}, {"text"}),
        ("return", {}, {"reason"}),
        ("due", {"due": "2026-05-01"}, {"reason"}),
        ("report", {"text": "so", "files": [{"name": "a", "content": "…"}]}, {"files.0.content"}),
        ("report", {"text": "so", "files": [{"name": "a"}]}, {"files.0.content"}),
        ("extension", {"due": "soon", "reason": "so"}, {"due"}),
    ],
)
def test_an_act_takes_what_it_asks_and_nothing_else(world: World, name: str, sent: dict[str, Any], fields: set[str]) -> None:
    refused = act(world, world.values["assignment_id"], name, Role.EXECUTIVE, **sent)
    assert (refused.status_code, set(refused.json["details"]["fields"])) == (422, fields)


def test_an_act_on_what_was_read_before_somebody_elses_is_not_done(world: World) -> None:
    number, executor = give(world).json["items"][0]["id"], world.office.users["Соболев"]
    tag = world.api.get(f"/assignments/{number}", who=executor).headers["ETag"]
    assert act(world, number, "take", executor, tag).status_code == 200
    assert act(world, number, "report", executor, tag, text="Готово").status_code == 412
    assert Assignment.get_by_id(number).state == "in_work"


def test_a_call_that_is_repeated_gives_one_assignment(world: World) -> None:
    sent = {"text": "Раз", "responsible": world.office.id("Соболев"), "deadline": DUE}
    before = Assignment.select().count()
    key = {"Idempotency-Key": "one-and-the-same"}
    answers = [world.api.post("/assignments", sent, who=Role.EXECUTIVE, headers=key) for _twice in range(2)]
    assert answers[0].json == answers[1].json
    assert Assignment.select().count() == before + 1
    other = world.api.post("/assignments", {**sent, "text": "Два"}, who=Role.EXECUTIVE, headers=key)
    assert (other.status_code, other.json["code"]) == (422, "idempotency_mismatch")


def test_a_draft_is_written_anew_at_the_revision_that_was_read_and_given_by_its_author(world: World) -> None:
    draft = give(world, Role.CLERK, author=world.office.id(HEAD)).json["items"][0]
    assert draft["state"] == "draft"
    address = f"/assignments/{draft['id']}"
    sent = {"text": "Иначе", "responsible": world.office.id("Соболев"), "deadline": DUE}
    assert world.api.call("PUT", address, json=sent).status_code == 428
    tag = world.api.get(address).headers["ETag"]
    assert world.api.call("PUT", address, json=sent, headers={"If-Match": tag}).json["text"] == "Иначе"
    assert world.api.call("PUT", address, json=sent, headers={"If-Match": tag}).status_code == 412
    assert world.api.get(address, who=world.office.users["Соболев"]).status_code == 404
    assert act(world, draft["id"], "give", Role.EXECUTIVE).json["state"] == "new"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"text": " "}, "answer"),
        ({"responsible": 10**6}, "no_employee"),
        ({"deadline": {"kind": "date", "date": "2025-01-01"}}, "deadline"),
        ({"deadline": {"kind": "date"}}, "deadline"),
        ({"deadline": {"kind": "periodic", "recurrence": "whenever"}}, "deadline"),
        ({"deadline": {"kind": "days", "count": 10**9}}, "values"),
        ({"document": 10**6}, "no_document"),
        ({"executors": [1] * 101}, "values"),
        ({"parent": 10**6}, "no_assignment"),
        ({"item": 10**6}, "no_item"),
    ],
)
def test_what_cannot_be_given_is_refused_by_name(world: World, sent: dict[str, Any], code: str) -> None:
    events = Event.select().count()
    refused = give(world, **sent)
    assert refused.json["code"] == code, refused.text
    assert Event.select().count() == events


def test_a_repeated_one_gives_those_of_its_series(world: World) -> None:
    made = give(world, deadline={"kind": "periodic", "recurrence": "monthly", "until": "2026-12-31"})
    assert made.status_code == 201, made.text
    assert {one["series_id"] for one in made.json["items"]} == {made.json["items"][0]["series_id"]}


def test_lists_hold_what_one_has_to_do_with(world: World) -> None:
    mine = give(world).json["items"][0]["id"]

    def ids(query: str, who: Any) -> set[int]:
        return {one["id"] for one in world.api.get(f"/assignments?{query}", who=who).json["items"]}

    assert ids("tab=mine", world.office.users["Соболев"]) == {mine}
    assert mine in ids("tab=given", Role.EXECUTIVE)
    assert ids("tab=all&state=new", Role.EXECUTIVE) == {mine}
    assert ids("tab=all&due=late", Role.EXECUTIVE) == set()
    secret = world.secret["assignment_id"]
    assert secret in ids("tab=all&state=any", Role.CLERK)
    assert secret not in ids("tab=all&state=any", Role.COORDINATOR)
    assert ids("tab=all", Role.STAFF) == set()
    assert world.api.get("/assignments?state=odd").status_code == 422


@pytest.mark.parametrize("who", [Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_anothers_assignment_is_as_if_there_were_none(world: World, who: Role) -> None:
    sent = {"text": "x", "responsible": 1, "deadline": DUE}
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "", {}),
        ("GET", "/@workflow", {}),
        ("GET", "/@history", {}),
        ("GET", f"/files/{world.secret['file_id']}", {}),
        ("POST", "/@workflow/take", {"json": {}}),
        ("POST", "/@workflow/report", {"json": {"text": "so"}}),
        ("PUT", "", {"json": sent, "headers": {"If-Match": "*"}}),
    ]
    for method, tail, more in calls:
        ids = (world.secret["assignment_id"], 10**6)
        answers = [world.api.call(method, f"/assignments/{id_}{tail}", who=who, **more) for id_ in ids]
        assert [one.status_code for one in answers] == [404, 404], (method, tail)
        assert answers[0].json["detail"] == answers[1].json["detail"]
        assert SECRET not in answers[0].text
    mixed = f"/assignments/{world.values['assignment_id']}/files/{world.secret['file_id']}"
    assert world.api.get(mixed).status_code == 404


def test_a_text_is_read_to_its_end_and_confirmed_once_by_whoever_is_asked(world: World) -> None:
    holder = world.office.users[HOLDER]
    (row,) = world.api.get("/acquaintance", who=holder).json["items"]
    assert row["document"]["id"] == world.secret["document_id"]
    address, version = f"/acquaintance/{row['id']}", {"version_id": row["version_id"]}
    assert world.api.post(f"{address}/@confirm", version, who=holder).json["code"] == "unread"
    assert world.api.post(f"{address}/@read", {"version_id": 10**6}, who=holder).status_code == 409
    assert world.api.post(f"{address}/@read", version, who=holder).json["read_through_at"]
    for _twice in range(2):
        assert world.api.post(f"{address}/@confirm", version, who=holder).json["state"] == "confirmed"
    assert world.api.get("/acquaintance", who=holder).json["items"] == []
    assert Event.select().where(Event.what == "acquaintance_confirmed").count() == 1


def test_nobody_confirms_for_another_whatever_the_role(world: World) -> None:
    line = Acquaintance.get(Acquaintance.document == world.secret["document_id"])
    for who in Role:
        answer = world.api.post(f"/acquaintance/{line.id}/@confirm", {"version_id": line.sheet.version_id}, who=who)
        assert answer.status_code == 404
        assert world.api.get(f"/acquaintance/{line.id}", who=who).status_code == 404
    assert Acquaintance.get_by_id(line.id).state == "asked"


def test_who_has_read_is_told_to_those_who_send_and_keep(world: World) -> None:
    address = f"/documents/{world.values['document_id']}/@acquaintance"
    assert world.api.get(address).json == {"asked": 1, "confirmed": 0, "refused": 0, "waiting": 1, "late": 0}
    (row,) = world.api.get(f"{address}/readers?show=waiting").json["items"]
    assert row["name"] == str(world.office.people[HEAD])
    assert world.api.get(f"{address}/readers?show=confirmed").json["items"] == []
    assert world.api.get(address, who=Role.STAFF).status_code == 403
    secret = f"/documents/{world.secret['document_id']}/@acquaintance"
    assert world.api.get(secret, who=Role.COORDINATOR).status_code == 404
