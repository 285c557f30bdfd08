"""Which engine serves, and where its files lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmapdocs.people.rules import Role
from roadmapdocs.search import choosing, state
from roadmapdocs.search.state import Used
from roadmapdocs.settings import Settings
from tests import factories as make
from tests.conftest import person
from tests.search import indexed
from tests.search.indexed import Clock, keys_with


def settings(data: Path, **more: str) -> Settings:
    return Settings(data=data, **more)  # type: ignore[arg-type]  # texts alone


def test_the_engine_is_that_of_the_database_or_by_the_number_of_documents(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "WHOOSH_SERVES", 2)
    monkeypatch.setattr(choosing, "BACK_BELOW", 1)
    auto = settings(tmp_path, database=database)
    wanted = []
    for _number in range(3):
        wanted.append((choosing.wanted(auto), choosing.wanted(auto, "sqlite")))
        make.document()
    wanted.append((choosing.wanted(auto), choosing.wanted(auto, "sqlite")))
    if database.startswith("postgresql"):
        assert wanted == [("postgresql", "postgresql")] * 4
    else:
        assert wanted == [("whoosh", "whoosh"), ("whoosh", "sqlite"), ("whoosh", "sqlite"), ("sqlite", "sqlite")]
    assert choosing.wanted(settings(tmp_path, search="whoosh"), "sqlite") == "whoosh"


def test_the_folder_is_that_of_the_settings_else_beside_the_data(tmp_path: Path) -> None:
    beside = choosing.folder_of(settings(tmp_path))
    assert beside.parent == tmp_path / "search_index"
    assert choosing.folder_of(settings(tmp_path, search_folder=str(tmp_path / "fast"))).parent == tmp_path / "fast"


def test_data_within_a_checkout_uses_the_folder_of_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "search_index").mkdir()
    (tmp_path / "search_index" / ".gitkeep").touch()
    monkeypatch.setattr(choosing, "migrations_folder", lambda: tmp_path / "migrations")
    within, outside = settings(tmp_path / "data"), settings(tmp_path.parent / "elsewhere")
    assert choosing.folder_of(within).parent == tmp_path / "search_index"
    assert choosing.folder_of(outside).parent == tmp_path.parent / "elsewhere" / "search_index"


def test_two_registries_in_one_folder_do_not_see_each_other(sqlite_address: str, sqlite_database: None, tmp_path: Path) -> None:
    shared = str(tmp_path / "indexes")
    used = state.use_index(settings(tmp_path, database=sqlite_address, search="whoosh", search_folder=shared), Clock())
    make.document("О смотре")
    indexed.build(used)
    other = settings(tmp_path, search="whoosh", search_folder=shared)
    assert choosing.folder_of(other) != choosing.folder_of(used.settings)
    assert keys_with("смотр", person(Role.CLERK)) == {"document:1"}
    assert (choosing.folder_of(used.settings).stat().st_mode & 0o777) == 0o700
    state.close_index()


def test_the_mark_names_the_analysis_and_the_layout_of_the_engine(used: Used) -> None:
    mark = choosing.mark_of(used.settings.search)
    assert mark.startswith("analysis:")
    assert mark.split()[1].startswith(f"{used.settings.search}:")
