"""Roadmaps over REST: the same JSON as the commands, files loaded, items narrowed."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.i18n import use_language
from roadmapdocs.people.rules import Role
from roadmapdocs.roadmap.draft_json import draft_as_json
from roadmapdocs.roadmap.models import Roadmap, RoadmapImport
from roadmapdocs.roadmap.operations import current_edition, get_roadmap
from roadmapdocs.roadmap.reader.files import read_file
from roadmapdocs.web.roadmaps.coverage_json import coverage_as_json
from tests import factories as make
from tests.conftest import TODAY
from tests.web.api.conftest import Api
from tests.web.api.world import World, opened_world

PLAN = (
    "Дорожная карта развития чтения на 2025-2026 годы\n"
    "№ п/п\tМероприятие\tСрок\tОтветственный\tДокумент\n"
    "1\tПровести смотр школьных библиотек\tдо 01.12.2025\tУО\tПриказ об итогах смотра\n"
    "2\tОбучить библиотекарей\t2025-2026\tМЦ\tСписок участников\n"
)


@pytest.fixture
def world(migrated_file: Path, tmp_path: Path) -> Iterator[World]:
    with opened_world(migrated_file, tmp_path) as made:
        yield made


def load(api: Api, path: str = "/roadmaps", text: str = PLAN, **more: Any) -> TestResponse:
    return api.post(path, data={"file": (io.BytesIO(text.encode()), "plan.txt")}, **more)


def test_what_a_file_says_is_told_as_the_command_tells_it(api: Api) -> None:
    told = load(api, "/roadmaps?dry_run=true")
    assert told.status_code == 200, told.text
    with use_language("en"):
        printed = draft_as_json(read_file(PLAN.encode(), "plan.txt"))
    assert told.json == json.loads(json.dumps(printed))
    assert told.json["items"]
    assert Roadmap.select().count() == RoadmapImport.select().count() == 0


def test_a_file_is_stored_once_and_again_only_as_a_new_edition(api: Api) -> None:
    made = load(api)
    assert made.status_code == 201, made.text
    one = made.json["id"]
    assert made.headers["Location"].endswith(f"/roadmaps/{one}")
    assert api.get(made.headers["Location"]).json["edition"] == made.json["edition"] == 1
    again = load(api)
    assert (again.status_code, again.json["code"], again.json["details"]["roadmap"]) == (422, "duplicate_file", one)
    assert load(api, "/roadmaps?new_edition=true").json == {**made.json, "edition": 2}
    assert load(api, "/roadmaps?edition_of=999").status_code == 404
    editions = api.get(f"/roadmaps/{one}/editions").json["items"]
    assert [edition["number"] for edition in editions] == [2, 1]
    assert {edition["items"] for edition in editions} == {made.json["items"]}


def test_a_body_of_bytes_is_taken_with_its_name_and_its_digest(api: Api) -> None:
    data = PLAN.encode()
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    headers = {"Content-Type": "application/octet-stream", "Content-Digest": f"sha-256=:{digest}:"}
    assert api.post("/roadmaps?name=plan.txt", data=data, headers=headers).status_code == 201
    changed = api.post("/roadmaps?name=plan.txt", data=data + b"!", headers=headers)
    assert (changed.status_code, changed.json["code"]) == (422, "digest_mismatch")
    assert Roadmap.select().count() == 1


@pytest.mark.parametrize("query", ["", "?dry_run=true"])
def test_only_those_who_load_roadmaps_have_a_file_read(api: Api, query: str) -> None:
    assert load(api, f"/roadmaps{query}", who=Role.STAFF).status_code == 403


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 broken", b"PK\x03\x04 broken", b"no table at all"])
def test_what_is_no_roadmap_is_refused_with_a_sentence(api: Api, data: bytes) -> None:
    refused = api.post("/roadmaps", data={"file": (io.BytesIO(data), "plan.docx")})
    assert refused.status_code == 422
    assert refused.json["detail"].endswith(".")
    assert Roadmap.select().count() == 0


def test_coverage_is_what_the_command_prints(world: World) -> None:
    roadmap = get_roadmap(world.values["roadmap_id"])
    edition = current_edition(roadmap)
    printed = coverage_as_json(roadmap, edition, coverage_of(edition, today=TODAY), TODAY)
    told = world.api.get(f"/roadmaps/{roadmap.id}/@coverage").json
    assert told == json.loads(json.dumps(printed))
    listed = world.api.get("/roadmaps").json["items"]
    assert [one["totals"] for one in listed] == [told["totals"]]
    assert world.api.get(f"/roadmaps/{roadmap.id}").json == listed[0]


def test_a_roadmap_is_listed_in_the_years_in_which_it_runs(world: World) -> None:
    assert [len(world.api.get(f"/roadmaps?year={year}").json["items"]) for year in (2024, 2025, 2027, 2028)] == [0, 1, 1, 0]


def test_sections_stand_with_the_figures_of_their_items(world: World) -> None:
    (section,) = world.api.get(f"/roadmaps/{world.values['roadmap_id']}/sections").json["items"]
    assert (section["number"], section["parent"]) == ("1", None)
    assert section["totals"]["all"] > 1


@pytest.fixture
def items(api: Api) -> str:
    make.roadmap(
        make.item("1.1", "Late", make.deadline(2025, 12, 1)),
        make.item("1.2", "To come", make.deadline(2026, 6, 1), responsible=["ИМЦ"]),
        make.item("2.1", "Of another section", make.deadline(2027, 6, 1), section="2"),
    )
    return f"/roadmaps/{Roadmap.get().id}/items"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1.1", "1.2", "2.1"]),
        ("status=late", ["1.1"]),
        ("status=missing", ["1.2", "2.1"]),
        ("status=proved", []),
        ("section=2", ["2.1"]),
        ("section=9", []),
        ("responsible=%D0%98%D0%9C%D0%A6", ["1.2"]),
        ("year=2026", ["1.2"]),
        ("mine=true", []),
        ("status=missing&section=1", ["1.2"]),
    ],
)
def test_items_are_narrowed(api: Api, items: str, query: str, found: list[str]) -> None:
    assert [one["number"] for one in api.get(f"{items}?{query}").json["items"]] == found


def test_items_come_in_pages_that_neither_repeat_nor_skip(api: Api, items: str) -> None:
    numbers, address = [], f"{items}?limit=1&fields=number"
    while address:
        page = api.get(address).json
        numbers += [one["number"] for one in page["items"]]
        address = page["next"]
    assert numbers == ["1.1", "1.2", "2.1"]


def test_a_cursor_of_another_edition_is_refused(api: Api, items: str) -> None:
    following = api.get(f"{items}?limit=1").json["next"]
    make.roadmap(make.item("1.1", "Late", make.deadline(2025, 12, 1)), edition_of=Roadmap.get())
    refused = api.get(following)
    assert (refused.status_code, refused.json["code"]) == (422, "cursor")


def test_an_item_is_told_with_its_results_and_not_at_the_address_of_another_roadmap(world: World) -> None:
    item, roadmap = world.values["item_id"], world.values["roadmap_id"]
    told = world.api.get(f"/roadmaps/{roadmap}/items/{item}").json
    assert (told["id"], told["edition"], told["results"], len(told["rows"])) == (item, 1, {}, 1)
    other = make.roadmap(make.item("1.1", "Other", make.deadline(2025, 12, 1)), title="Другая").roadmap_id
    assert world.api.get(f"/roadmaps/{other}/items/{item}").status_code == 404


def test_a_report_is_a_file_of_the_asked_kind(world: World) -> None:
    address = f"/roadmaps/{world.values['roadmap_id']}/@report"
    assert world.api.get(address).data[:2] == world.api.get(f"{address}?format=xlsx").data[:2] == b"PK"
    assert world.api.get(f"{address}?format=pdf").status_code == 422
