"""Approval over REST: a document sent round, visas given by those of whom they are asked, on the text they read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from roadmapdocs.approvals.models import Remark, Route, Run, Visa
from roadmapdocs.approvals.rules import VisaState
from roadmapdocs.people.rules import Role
from tests.assignments.office import HEAD
from tests.web.api.world import HOLDER, SECRET, World, opened_world


@pytest.fixture
def world(migrated_file: Path, tmp_path: Path) -> Iterator[World]:
    with opened_world(migrated_file, tmp_path) as made:
        yield made


@pytest.fixture
def draft(world: World) -> int:
    """A draft of the clerk's with a text, that nobody was asked about."""
    made = world.api.post("/documents", {"kind": "order_main", "title": "О чтениях", "signer_id": world.office.id(HEAD)})
    assert made.status_code == 201, made.text
    number = int(made.json["id"])
    headers = {"Content-Type": "application/octet-stream"}
    assert world.api.post(f"/documents/{number}/@versions?name=a.txt", data=b"text", headers=headers).status_code == 201
    return number


def start(world: World, document: int, who: Any = Role.CLERK, headers: dict[str, str] | None = None, **sent: Any) -> TestResponse:
    return world.api.post(f"/documents/{document}/@approval", sent, who=who, headers=headers or {})


def decide(world: World, visa: int, who: Any, **sent: Any) -> TestResponse:
    document = Visa.get_by_id(visa).document_id
    told = world.api.get(f"/documents/{document}/@approval", who=who).json
    return world.api.post(f"/visas/{visa}/@decide", {"version_id": told.get("version_id"), **sent}, who=who)


def test_a_document_goes_along_the_route_that_fits_and_is_agreed(world: World, draft: int) -> None:
    read = world.api.get(f"/documents/{draft}/@approval")
    assert [one["name"] for one in read.json["routes"]] == ["По кругу"]
    assert (read.json["why_not"], read.json["runs"], read.json["waits"]) == (None, [], None)
    sent = start(world, draft, headers={"If-Match": read.headers["ETag"]})
    assert sent.status_code == 200, sent.text
    (run,) = sent.json["runs"]
    (visa,) = run["visas"]
    assert (run["state"], visa["state"], visa["person"]["id"]) == ("under_way", "open", world.office.id(HEAD))
    assert world.api.get(f"/documents/{draft}/@approval", who=Role.EXECUTIVE).json["waits"]["visa_id"] == visa["id"]
    given = decide(world, visa["id"], Role.EXECUTIVE, decision="agreed")
    assert (given.status_code, given.json["decision"], given.json["version"]) == (200, "agreed", 1)
    assert world.api.get(f"/documents/{draft}/@approval").json["runs"][0]["state"] == "agreed"
    assert world.api.post(f"/visas/{visa['id']}/@withdraw", who=Role.EXECUTIVE).json["state"] == "open"


def test_a_tag_of_before_sends_nothing_round(world: World, draft: int) -> None:
    tag = world.api.get(f"/documents/{draft}").headers["ETag"]
    assert world.api.patch(f"/documents/{draft}", {"title": "О других чтениях"}, tag=tag).status_code == 200
    assert start(world, draft, headers={"If-Match": tag}).status_code == 412
    assert Run.select().where(Run.document == draft).count() == 0


def test_steps_of_ones_own_are_followed_where_that_is_allowed(world: World, draft: int) -> None:
    addressees = [{"how": "person", "value": str(world.office.id(HOLDER))}]
    plan = {"steps": [{"mode": "together", "addressees": addressees, "term": 5}]}
    sent = start(world, draft, plan=plan)
    assert [visa["person"]["name"] for visa in sent.json["runs"][0]["visas"]] == [str(world.office.people[HOLDER])]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"route_id": 999}, 404),
        ({"plan": {"steps": []}}, 422),
        ({"plan": {"steps": [{"mode": "together", "addressees": []}]}}, 422),
        ({"plan": {"steps": [{"mode": "dance", "addressees": [{"how": "head"}]}]}}, 422),
        ({"plan": {"steps": [{"mode": "together", "addressees": [{"how": "person", "value": "999"}]}]}}, 422),
        ({"plan": {"steps": [{"mode": "information", "addressees": [{"how": "head"}]}]}}, 422),
    ],
)
def test_a_way_that_cannot_be_gone_is_refused(world: World, draft: int, sent: dict[str, Any], status: int) -> None:
    refused = start(world, draft, **sent)
    assert refused.status_code == status, refused.text
    assert Run.select().where(Run.document == draft).count() == 0


def test_only_those_who_may_send_it_round_do(world: World, draft: int) -> None:
    assert start(world, draft, who=Role.EXECUTIVE).status_code == 403
    assert start(world, draft, who=Role.STAFF).status_code == 404
    assert start(world, world.values["document_id"]).status_code == 409


def test_a_visa_is_given_by_whom_it_is_asked_of_and_on_the_text_that_was_read(world: World) -> None:
    visa = world.values["visa_id"]
    assert decide(world, visa, Role.CLERK, decision="agreed").status_code == 403
    stale = world.api.post(f"/visas/{visa}/@decide", {"version_id": 10**6, "decision": "agreed"}, who=Role.EXECUTIVE)
    assert (stale.status_code, stale.json["code"]) == (409, "stale_version")
    assert decide(world, visa, Role.EXECUTIVE, decision="refused").json["details"]["fields"].keys() == {"comment"}
    remarks = [{"place": "п. 1", "text": "Уточнить срок"}]
    given = decide(world, visa, Role.EXECUTIVE, decision="remarks", remarks=remarks)
    assert [(one["place"], one["text"]) for one in given.json["remarks"]] == [("п. 1", "Уточнить срок")]
    assert decide(world, visa, Role.EXECUTIVE, decision="agreed").status_code == 409
    assert Remark.select().count() == 1


def test_a_visa_is_handed_on_and_replaced(world: World) -> None:
    visa, other = world.values["visa_id"], world.office.id("Громова")
    asked = world.api.post(f"/visas/{visa}/@ask", {"employee_id": other, "note": "Хватит ли денег"}, who=Role.EXECUTIVE)
    assert (asked.status_code, asked.json["person"]["id"]) == (201, other)
    handed = world.api.post(f"/visas/{visa}/@forward", {"employee_id": world.office.id("Ярцева")}, who=Role.EXECUTIVE)
    assert handed.status_code == 201, handed.text
    assert Visa.get_by_id(visa).state == VisaState.HANDED
    replace = f"/visas/{handed.json['id']}/@replace"
    sent = {"employee_id": world.office.id("Соболев"), "note": "Отпуск"}
    assert world.api.post(replace, sent, who=Role.EXECUTIVE).status_code == 403
    assert world.api.post(replace, sent).status_code == 201


@pytest.mark.parametrize("who", [Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("act", ["", "/@decide", "/@withdraw", "/@ask", "/@forward", "/@replace"])
def test_a_visa_on_a_closed_document_is_as_if_there_were_none(world: World, who: Role, act: str) -> None:
    sent: dict[str, Any] = {"/@decide": {"version_id": 1, "decision": "agreed"}, "": {}, "/@withdraw": {}}.get(
        act, {"employee_id": world.office.id(HEAD)}
    )
    method = "POST" if act else "GET"
    more = {"json": sent} if sent else {}
    answers = [
        world.api.call(method, f"/visas/{id_}{act}", who=who, **more) for id_ in (world.secret["visa_id"], 10**6)
    ]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].json["detail"] == answers[1].json["detail"]
    assert SECRET not in answers[0].text


def test_routes_are_told_without_the_addresses_of_guests(world: World) -> None:
    plan = {"steps": [{"mode": "together", "addressees": [{"how": "guest", "value": "Гость", "email": "guest@zao.example"}]}]}
    stored = Route.get_by_id(world.values["route_id"])
    step = {**stored.plan["steps"][0], **plan["steps"][0]}
    Route.update(plan={**stored.plan, "steps": [step]}).execute()
    told = world.api.get(f"/routes/{stored.id}", who=Role.STAFF)
    assert told.json["plan"]["steps"][0]["addressees"] == [{"how": "guest", "value": "Гость"}]
    assert "guest@" not in world.api.get("/routes", who=Role.STAFF).text
