"""``roadmapdocs index …``, what ``check`` tells of search, and what a backup does with the index."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from roadmapdocs import db
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.locks import Lock, held
from roadmapdocs.search import choosing, indexing, outbox, state
from roadmapdocs.search.indexing import UnwritableError
from roadmapdocs.search.models import SearchIndex, SearchRecord
from roadmapdocs.settings import Settings
from roadmapdocs.web.cli import group
from roadmapdocs.web.commands.search_checks import check_search
from tests import factories as make
from tests.search.indexed import Clock, build, engine


@pytest.fixture
def data(migrated_file: Path, tmp_path: Path) -> Iterator[Path]:
    """A data folder with three documents; the index is Whoosh's."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(migrated_file, folder / "roadmapdocs.sqlite3")
    with db.connect(Settings(data=folder).database_address).connection_context():
        for number in range(3):
            make.document(f"О смотре {number}")
        state.use_index(Settings(data=folder), Clock())
        yield folder
    state.close_index()


def call(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["--language", "en", "--data", str(data), *arguments], catch_exceptions=False)


def told(result: Result) -> Any:
    return json.loads(result.stdout)


def test_an_index_is_built_checked_and_mended(data: Path) -> None:
    assert "no index yet" in call(data, "index", "check").stderr
    built = call(data, "index", "rebuild")
    assert (built.exit_code, built.stdout) == (0, "The index is built: 3 records.\n")
    assert "Index" in built.stderr
    assert call(data, "index", "check").stdout == "The index is whole: 3 records. (whoosh)\n"
    engine().write([], ["document:1"])
    wrong = call(data, "index", "check")
    assert (wrong.exit_code, wrong.stdout) == (1, "document:1: is not in the index\n")
    assert "index refresh" in wrong.stderr
    assert call(data, "index", "refresh").stdout == "1 record was put right.\n"
    assert told(call(data, "index", "check", "--json"))["differences"] == []


def test_json_names_every_difference_and_what_waits(data: Path) -> None:
    built = told(call(data, "index", "rebuild", "--json"))
    assert (built["engine"], built["records"]) == ("whoosh", 3)
    SearchRecord.update(digest="0").where(SearchRecord.key == "document:2").execute()
    outbox.note("document:3")
    report = told(call(data, "index", "check", "--json"))
    assert (report["waiting"], report["differences"]) == (1, [{"key": "document:2", "kind": "table"}])
    assert told(call(data, "index", "refresh", "--json")) == {"looked_at": 1, "mended": ["document:2"]}


def test_many_differences_are_counted_behind_the_first(data: Path) -> None:
    for _number in range(20):
        make.document()
    call(data, "index", "rebuild")
    SearchRecord.update(digest="0").execute()
    lines = call(data, "index", "check").stdout.splitlines()
    assert (len(lines), lines[-1]) == (21, "and 3 more")


def test_a_broken_index_is_told_until_it_is_built_anew(data: Path) -> None:
    call(data, "index", "rebuild")
    shutil.rmtree(choosing.folder_of(Settings(data=data)))
    for _time in range(2):
        broken = call(data, "index", "check", "--json")
        assert (broken.exit_code, told(broken)["error"]["code"]) == (1, "index_broken")
    words = call(data, "index", "check").stderr
    assert words.startswith("The index of search is gone: there is no folder ")
    assert "roadmapdocs index rebuild" in words
    assert "Error" not in words
    refused = call(data, "index", "refresh")
    assert (refused.exit_code, refused.stderr) == (1, f"Only an index that can be read can be put right. {words}")
    assert call(data, "index", "rebuild").exit_code == 0
    assert call(data, "index", "check").exit_code == 0


def test_a_search_builds_a_small_index_that_is_gone_before_it_answers(data: Path) -> None:
    call(data, "index", "rebuild")
    shutil.rmtree(data / "search_index")
    found = call(data, "search", "смотр")
    assert (found.exit_code, found.stderr.count("cannot be read")) == (0, 0)
    assert found.stdout.count("О смотре") == 3
    assert call(data, "index", "check").exit_code == 0


@pytest.mark.parametrize("command", ["check", "refresh"])
def test_a_torn_index_is_told_in_a_sentence_with_the_engines_word_in_brackets(data: Path, command: str) -> None:
    call(data, "index", "rebuild")
    for file in choosing.folder_of(Settings(data=data)).glob("*/*"):
        file.unlink()
    torn = call(data, "index", command)
    assert torn.exit_code == 1
    sentence, _bracket, detail = torn.stderr.partition(" [")
    assert "The index of search cannot be read: it is damaged" in sentence
    assert "roadmapdocs index rebuild" in sentence
    assert "FileNotFoundError" not in sentence
    assert "FileNotFoundError" in detail


def test_nothing_is_put_right_where_there_is_no_index(data: Path) -> None:
    absent = call(data, "index", "refresh", "--json")
    assert (absent.exit_code, told(absent)["error"]["code"]) == (1, "no_index")
    assert "index rebuild" in told(absent)["error"]["message"]


def test_a_full_disk_is_told_by_refresh(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call(data, "index", "rebuild")

    def full(**_named: object) -> int:
        raise UnwritableError("No space left on device")

    monkeypatch.setattr(indexing, "drain", full)
    refused = call(data, "index", "refresh", "--json")
    assert (refused.exit_code, told(refused)["error"]["code"]) == (1, "index_not_written")
    assert "disk is full" in told(refused)["error"]["message"]


def test_a_build_at_the_same_time_is_refused(data: Path) -> None:
    with held(Lock.BUILDING, wait_s=0):
        result = call(data, "index", "rebuild", "--json")
    assert (result.exit_code, told(result)["error"]["code"]) == (1, "index_building")


def test_an_index_that_cannot_be_made_is_told_with_its_place(data: Path) -> None:
    (data / "search_index").write_text("in the way")
    result = call(data, "index", "rebuild")
    assert result.exit_code == 1
    assert "search_index" in result.stderr


def test_check_tells_how_search_stands(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data=data)
    used = state.use_index(settings, Clock())
    with use_language("en"):
        assert check_search(settings) == "there is no index yet; the server builds it when it starts; 3 changes wait to be looked at"
        build(used)
        assert check_search(settings) == "whoosh, 3 records"
        mark = SearchIndex.get().mark
        SearchIndex.update(mark="analysis:0 whoosh:1").execute()
        assert "older program" in check_search(settings)
        SearchIndex.update(mark=mark, broken="torn").execute()
        with pytest.raises(Refusal, match="torn"):
            check_search(settings)
        SearchIndex.update(broken="").execute()
        with monkeypatch.context() as reading:
            reading.setattr(os, "access", lambda *_more: False)
            with pytest.raises(Refusal, match="search_folder"):
                check_search(settings)
        shutil.rmtree(choosing.folder_of(settings))
        with pytest.raises(Refusal, match="index rebuild"):
            check_search(settings)


def test_check_tells_how_far_a_build_is(data: Path) -> None:
    settings = Settings(data=data)
    used = state.use_index(settings, Clock())
    build(used)
    SearchIndex.update(state="building", done=1, total=3).execute()
    with use_language("en"):
        assert check_search(settings) == "whoosh is being built: 1 of 3"


def test_a_restored_registry_builds_its_index_anew(data: Path, tmp_path: Path) -> None:
    call(data, "index", "rebuild")
    assert call(data, "backup", str(tmp_path / "kept.tar.gz")).exit_code == 0
    restored = tmp_path / "restored"
    assert call(restored, "restore", str(tmp_path / "kept.tar.gz")).exit_code == 0
    assert not (restored / "search_index").exists()
    assert "no index yet" in call(restored, "index", "check").stderr
    assert call(restored, "index", "rebuild").exit_code == 0
    assert told(call(restored, "index", "check", "--json"))["records"] == 3
    assert os.listdir(restored / "search_index") != os.listdir(data / "search_index")  # noqa: PTH208  # names alone
