"""What people say about periods over REST, and what of the proofs each of them sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from roadmapdocs.audit.models import Event
from roadmapdocs.coverage.models import Proof
from roadmapdocs.people.rules import Role
from roadmapdocs.roadmap.draft import DraftExpected
from roadmapdocs.roadmap.models import ExpectedDocument
from tests import factories as make
from tests.web.api.world import SECRET, World, opened_world


@pytest.fixture
def world(migrated_file: Path, tmp_path: Path) -> Iterator[World]:
    with opened_world(migrated_file, tmp_path) as made:
        yield made


def say(world: World, what: str, who: Role = Role.CLERK, **values: Any) -> TestResponse:
    slot = {"expected_id": world.values["expected_id"], "period": world.values["period"]}
    return world.api.post(f"/roadmaps/{world.values['roadmap_id']}/@coverage/{what}", {**slot, **values}, who=who)


def test_a_document_proves_a_period_once_and_is_taken_back(world: World) -> None:
    document = world.values["document_id"]
    for _twice in range(2):
        (row,) = say(world, "prove", document_id=document).json["rows"]
        assert row["status"] == "proved"
        assert sorted(one["id"] for one in row["documents"]) == [document, world.secret["document_id"]]
    (row,) = say(world, "disprove", document_id=document).json["rows"]
    assert [one["id"] for one in row["documents"]] == [world.secret["document_id"]]
    assert say(world, "disprove", document_id=document).status_code == 404


def test_who_may_not_read_a_proof_learns_only_that_there_is_one(world: World) -> None:
    told = world.api.get(f"/roadmaps/{world.values['roadmap_id']}/@coverage", who=Role.COORDINATOR)
    (document,) = next(row for row in told.json["rows"] if row["status"] == "proved")["documents"]
    assert (document["id"], document["number"], document["date"]) == (0, "", None)
    assert SECRET not in told.text


@pytest.mark.parametrize("what", ["prove", "disprove"])
def test_nobody_proves_by_a_document_that_is_not_open_to_them(world: World, what: str) -> None:
    asked = [{"document_id": id_} for id_ in (world.secret["document_id"], 10**6)]
    answers = [say(world, what, Role.COORDINATOR, **one) for one in asked]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].json["detail"] == answers[1].json["detail"]
    assert Proof.select().count() == 1


def test_a_period_needs_no_document_for_a_reason_and_then_needs_it_again(world: World) -> None:
    assert say(world, "waive", reason="  ").status_code == 422
    assert say(world, "waive", reason="Смотр отменён").json["rows"][0]["waiver"] == "Смотр отменён"
    assert say(world, "require").json["rows"][0]["waiver"] is None


@pytest.mark.parametrize(("what", "left"), [("confirm", [False]), ("reject", [])])
def test_what_was_read_out_of_words_is_confirmed_or_rejected(world: World, what: str, left: list[bool]) -> None:
    guess = make.item("1.1", "Read", make.deadline(2026, 12, 1), expected=[DraftExpected("Приказ", "приказ", inferred=True)])
    edition = make.roadmap(guess, title="Другая")
    expected = ExpectedDocument.select().order_by(ExpectedDocument.id.desc()).get().id
    told = world.api.post(f"/roadmaps/{edition.roadmap_id}/@coverage/{what}", {"expected_id": expected})
    assert [row["suggested"] for row in told.json["rows"]] == left
    # What the roadmap itself expects is no guess.
    assert say(world, "reject").status_code == 422


def test_an_expected_document_is_added_to_an_item(world: World) -> None:
    address = f"/roadmaps/{world.values['roadmap_id']}/items/{world.values['item_id']}"
    made = world.api.post(f"{address}/expected", {"title": "Справка", "kind": "прочее"})
    assert (made.status_code, made.json["confirmed"]) == (201, True)
    assert made.json in world.api.get(address).json["expected_documents"]
    assert world.api.post(f"{address}/expected", {"title": "Справка", "kind": "ода"}).status_code == 422


@pytest.mark.parametrize("who", [Role.STAFF, Role.EXECUTIVE])
@pytest.mark.parametrize("what", ["prove", "waive", "require", "confirm", "reject"])
def test_others_say_nothing_and_learn_nothing(world: World, what: str, who: Role) -> None:
    values = {"prove": {"document_id": 10**6}, "waive": {"reason": "so"}}.get(what, {})
    if what in {"confirm", "reject"}:
        refused = world.api.post(f"/roadmaps/1/@coverage/{what}", {"expected_id": 10**6}, who=who)
    else:
        refused = say(world, what, who, expected_id=10**6, **values)
    assert refused.status_code == 403


def test_a_slot_of_another_roadmap_is_not_there(world: World) -> None:
    other = make.roadmap(make.item("1.1", "Other", make.deadline(2026, 12, 1)), title="Другая").roadmap_id
    events = Event.select().count()
    slot = {"expected_id": world.values["expected_id"], "period": world.values["period"], "reason": "so"}
    assert world.api.post(f"/roadmaps/{other}/@coverage/waive", slot).status_code == 404
    assert say(world, "waive", period="1999-01-01/..", reason="so").status_code == 404
    assert Event.select().count() == events
