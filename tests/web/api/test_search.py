"""``@search``: what the command prints, for who asks, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from roadmapdocs.people.rules import Role
from roadmapdocs.search import building, state
from roadmapdocs.search.answers import Asked
from roadmapdocs.search.operations import search
from roadmapdocs.settings import Settings
from roadmapdocs.web.search.answer_json import answer_as_json
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.web.api.world import SECRET, World, opened_world


@pytest.fixture(scope="module")
def world(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Nothing is changed here, so one office does for all."""
    folder = tmp_path_factory.mktemp("search")
    address = f"sqlite:///{folder}/registry.sqlite3"
    with opened_world(migrated_file, folder) as made:
        for number in range(3):
            make.document(f"Приказ о смотре {number}")
        state.use_index(Settings(data=folder, database=address, search="sqlite"), lambda: NOW)
        used = state.used()
        assert used is not None
        building.build(used, now=NOW)
        try:
            yield made
        finally:
            state.close_index()


def test_the_answer_is_what_the_command_prints(world: World) -> None:
    told = world.api.get(f"/@search?q={quote('смотр')}").json
    printed = answer_as_json(search(Asked("смотр"), by=world.api.actor(), today=TODAY))
    assert told["total"] > 2
    assert {name: told[name] for name in ("total", "suggestion", "facets", "notes", "hits")} == {
        name: printed[name] for name in ("total", "suggestion", "facets", "notes", "hits")
    }


@pytest.mark.parametrize("who", list(Role))
def test_everybody_finds_only_what_is_open_to_them(world: World, who: Role) -> None:
    told = world.api.get(f"/@search?q={SECRET}", who=who)
    secret = world.secret["document_id"] in [hit["id"] for hit in told.json["hits"] if hit["type"] == "document"]
    assert secret is (who in {Role.CLERK, Role.EXECUTIVE})
    assert secret or (told.json["total"], told.json["narrowing"].get("kind", [])) == (0, [])


def test_hits_come_in_pages_up_to_the_last(world: World) -> None:
    whole = world.api.get(f"/@search?q={quote('смотр')}&sort=date").json
    found, address = [], f"/@search?q={quote('смотр')}&sort=date&limit=2"
    while address:
        page = world.api.get(address).json
        found += [hit["id"] for hit in page["hits"]]
        address = page["next"]
    assert found == [hit["id"] for hit in whole["hits"]]


def test_what_is_found_is_narrowed_by_what_the_answer_offers(world: World) -> None:
    whole = world.api.get(f"/@search?q={quote('смотр')}").json
    year = whole["narrowing"]["year"][0]
    narrowed = world.api.get(f"/@search?q={quote('смотр')}&year={year['value']}").json
    assert narrowed["total"] == year["count"]
    by_kind = world.api.get(f"/@search?q={quote('смотр')}&kind={quote('приказ')}").json
    assert by_kind["total"] == whole["facets"]["kind"]["приказ"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("kind=ode", "unknown_kind"),
        ("in_force=yesterday", "unknown_date"),
        ("limit=0", "values"),
        ("limit=100000", "values"),
        ("offset=-1", "values"),
        ("offset=99999999999999999999", "values"),
        ("sort=beauty", "values"),
        ("nothing=1", "values"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_name(world: World, query: str, code: str) -> None:
    refused = world.api.get(f"/@search?q=x&{query}")
    assert (refused.status_code, refused.json["code"]) == (422, code)


@pytest.mark.parametrize("query", ["q=", "q=%00", "q=%D8%00", "q=" + "(" * 2000, "q=" + quote("приказ " * 200)])
def test_odd_questions_are_answered(world: World, query: str) -> None:
    assert world.api.get(f"/@search?{query}").status_code == 200
