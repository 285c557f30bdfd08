"""Building beside the index that answers: changes go to both, a kill costs a batch, and the new one takes the place."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.locks import Lock, held
from roadmapdocs.people.rules import Role
from roadmapdocs.search import building, checking, choosing, indexing, keys, outbox, state
from roadmapdocs.search.checking import Difference, Kind
from roadmapdocs.search.models import SearchIndex, SearchRecord, SearchWord
from roadmapdocs.search.ports import IndexBrokenError
from roadmapdocs.search.state import Condition, Used
from tests import factories as make
from tests.conftest import NOW, TODAY, person
from tests.processes import at_once
from tests.search import indexed
from tests.search.indexed import Spy, keys_with

CLERK = person(Role.CLERK)


class Killed(BaseException):
    """As a kill: nothing of ours catches it."""


def killed_after(batches: int) -> Callable[[int, int], None]:
    left = iter(range(batches - 1))

    def progress(_done: int, _total: int) -> None:
        if next(left, None) is None:
            raise Killed

    return progress


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(building, "WHOOSH_BATCH", 2)


def test_everything_that_there_is_is_built_and_found(used: Used) -> None:
    documents = {f"document:{make.document().id}" for _number in range(3)}
    make.roadmap(make.item("1.1"), make.item("1.2"))
    told: list[tuple[int, int]] = []
    assert building.build(used, now=NOW, progress=lambda *done: told.append(done))
    assert state.opened()[1] is Condition.WHOLE
    assert keys_with("смотр", CLERK) == {*documents, "item:1", "item:2"}
    assert told[-1] == (6, 6)
    assert [done for done, _total in told] == sorted(done for done, _total in told)
    assert outbox.length() == 0
    assert not building.needed(used)


def test_an_empty_registry_has_an_empty_index(used: Used) -> None:
    assert indexed.build(used).count() == 0
    assert state.opened()[1] is Condition.WHOLE


def test_a_build_that_was_killed_goes_on_where_it_was(used: Used) -> None:
    for _number in range(6):
        make.document()
    with pytest.raises(Killed):
        building.build(used, now=NOW, progress=killed_after(2))
    row = SearchIndex.get()
    assert (row.state, row.progress, row.done) == ("building", "document:4", 4)
    assert state.opened() == (None, Condition.BUILDING)
    assert building.needed(used)
    Document.update(title="О чтецах").where(Document.id == 1).execute()
    outbox.note("document:1")
    told: list[int] = []
    building.build(used, now=NOW, progress=lambda done, _total: told.append(done))
    assert (told[0], SearchIndex.get().generation) == (6, row.generation)
    assert indexed.differences(used) == []
    assert keys_with("чтец", CLERK) == {"document:1"}


def test_the_old_index_answers_while_the_new_one_is_built_and_changes_go_to_both(used: Used) -> None:
    for _number in range(6):
        make.document("О смотре")
    indexed.build(used)
    old = indexed.engine()

    def change(done: int, _total: int) -> None:
        if done == 4:
            assert indexed.engine() is old
            for number in (1, 6):
                Document.update(title="О чтецах").where(Document.id == number).execute()
                outbox.note(f"document:{number}")
            indexing.drain(today=TODAY)
            assert keys_with("чтец", CLERK) == {"document:1", "document:6"}

    building.build(used, now=NOW, progress=change)
    assert indexed.engine().generation != old.generation
    assert keys_with("чтец", CLERK) == {"document:1", "document:6"}
    assert indexed.differences(used) == []
    assert SearchIndex.select().count() == 1
    with pytest.raises(IndexBrokenError):
        old.count()


def test_a_build_stops_when_it_is_asked_to_and_goes_on_later(used: Used) -> None:
    for _number in range(4):
        make.document()
    asked = iter([False, True])
    assert not building.build(used, now=NOW, stop=lambda: next(asked, True))
    assert SearchIndex.get().state == "building"
    assert building.build(used, now=NOW)
    assert indexed.differences(used) == []


def test_a_second_build_at_the_same_time_is_refused_with_a_sentence(database: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    work = """
from pathlib import Path
import time
from roadmapdocs.errors import Refusal
from roadmapdocs.search import building, state
from roadmapdocs.settings import Settings
used = state.use_index(Settings(data=Path(folder), database=address), lambda: datetime.datetime(2026, 3, 16, tzinfo=datetime.UTC))
try:
    building.build(used, now=used.clock(), progress=lambda *_more: time.sleep(0.7))
    result = "built"
except Refusal as refusal:
    result = refusal.code
"""
    preparation = f"folder, address = {str(tmp_path_factory.mktemp('index'))!r}, {database!r}\nimport roadmapdocs.search.building"
    assert sorted(at_once(database, [work, work], preparation=preparation)) == ["built", "index_building"]


def test_a_command_leaves_a_build_of_another_alone(used: Used) -> None:
    make.document()
    with held(Lock.BUILDING, wait_s=0):
        if used.settings.search != "postgresql":
            # An advisory lock of PostgreSQL is had twice by one connection.
            building.ensure(used, now=NOW)
            assert state.opened() == (None, Condition.ABSENT)
    building.ensure(used, now=NOW)
    assert state.opened()[1] is Condition.WHOLE
    make.document()
    building.ensure(used, now=NOW)
    assert (outbox.length(), indexed.engine().count()) == (0, 2)


def test_a_broken_index_is_built_anew(used: Used) -> None:
    make.document()
    old = indexed.build(used)
    state.report_broken(old, "torn")
    assert state.opened() == (None, Condition.BROKEN)
    assert building.needed(used)
    make.document()
    assert indexed.build(used).count() == 2
    assert indexed.differences(used) == []


def test_a_command_builds_an_index_that_is_gone(used: Used) -> None:
    make.document("О смотре")
    indexed.build(used).drop()
    building.ensure(used, now=NOW)
    assert keys_with("смотр", CLERK) == {"document:1"}


@pytest.mark.parametrize("left", ["a bare folder", "no tables of segments"])
def test_a_command_builds_an_index_whose_folder_was_emptied(sqlite_used: Used, tmp_path: Path, left: str) -> None:
    settings = dataclasses.replace(sqlite_used.settings, search="whoosh")
    used = state.use_index(settings, sqlite_used.clock)
    make.document("О смотре")
    generation = indexed.build(used).generation
    for file in (choosing.folder_of(settings) / generation).iterdir():
        if left == "a bare folder" or file.suffix == ".toc":
            file.unlink()
    used = state.use_index(settings, sqlite_used.clock)
    building.ensure(used, now=NOW)
    assert keys_with("смотр", CLERK) == {"document:1"}
    assert indexed.engine().generation != generation


def test_an_index_that_cannot_be_made_is_told(sqlite_used: Used, monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(Spy):
        def create(self) -> None:
            raise OSError(30, "read-only")

    monkeypatch.setattr(state, "engine_of", lambda *_more: Refusing())
    with pytest.raises(building.BuildFailedError, match="read-only"):
        building.build(sqlite_used, now=NOW)
    assert SearchIndex.select().count() == 0


def test_an_index_that_breaks_while_it_is_built_is_thrown_away(used: Used) -> None:
    for _number in range(4):
        make.document()

    def tear(_done: int, _total: int) -> None:
        used.engine(used.settings.search, SearchIndex.get().generation).drop()

    with pytest.raises(building.BuildFailedError):
        building.build(used, now=NOW, progress=tear)
    assert SearchIndex.get().broken
    assert indexed.build(used).count() == 4
    assert SearchIndex.select().count() == 1


@pytest.mark.parametrize("engines", [("whoosh", "sqlite"), ("sqlite", "whoosh")])
def test_another_engine_takes_over_when_it_holds_everything(
    sqlite_used: Used, monkeypatch: pytest.MonkeyPatch, engines: tuple[str, str]
) -> None:
    before, after = engines
    wanted = [before]
    monkeypatch.setattr(choosing, "wanted", lambda *_more: wanted[0])
    for _number in range(5):
        make.document("О смотре")
    assert indexed.build(sqlite_used).name == before
    wanted[0] = after
    assert building.needed(sqlite_used)

    def change(done: int, _total: int) -> None:
        if done == 2:
            assert indexed.engine().name == before
            make.document("О чтецах")
            Document.update(title="О чтецах").where(Document.id == 1).execute()
            outbox.note("document:1")

    building.build(sqlite_used, now=NOW, progress=change)
    indexing.drain(today=TODAY)
    assert indexed.engine().name == after
    assert keys_with("чтец", CLERK) == {"document:1", "document:6"}
    assert indexed.differences(sqlite_used) == []


def test_words_are_begun_anew_with_each_build(used: Used) -> None:
    document = make.document("О смотре")
    indexed.build(used)
    Document.update(title="О чтецах").where(Document.id == document.id).execute()
    outbox.note(f"document:{document.id}")
    indexing.drain(today=TODAY)
    words = {row.word for row in SearchWord.select()}
    assert {"смотре", "чтецах"} <= words
    indexed.build(used)
    assert {row.word for row in SearchWord.select()} == words - {"смотре"}


def test_every_difference_is_named_and_exactly_those_are_mended(used: Used) -> None:
    make.roadmap(make.item("1.1"))
    documents = [make.document(f"О смотре {number}") for number in range(5)]
    engine = indexed.build(used)
    target = state.targets()[0]
    found = {f"document:{row.id}" for row in documents}
    missing, stale, table, lost, _whole = sorted(found)
    engine.write([], [missing])
    Document.update(title="О чтецах").where(Document.id == int(stale.partition(":")[2])).execute()
    SearchRecord.update(digest="0").where(SearchRecord.key == table).execute()
    SearchRecord.delete().where(SearchRecord.key == lost).execute()
    SearchRecord.create(key="item:77", digest="0")
    expected = {
        Difference(missing, Kind.MISSING),
        Difference(stale, Kind.STALE),
        Difference(table, Kind.TABLE),
        Difference(lost, Kind.TABLE),
        Difference("item:77", Kind.TABLE),
    }
    told = indexed.differences(used)
    assert (set(told), len(told)) == (expected, len(expected))
    checking.mend(told, target, today=TODAY)
    assert indexed.differences(used) == []
    assert keys_with("чтец", CLERK) == {stale}


def test_what_is_in_the_index_and_nowhere_else_is_named_and_removed(sqlite_used: Used, monkeypatch: pytest.MonkeyPatch) -> None:
    spy = Spy()
    monkeypatch.setattr(state, "engine_of", lambda *_more: spy)
    make.document()
    indexed.build(sqlite_used)
    (entry,) = spy.entries.values()
    spy.entries["document:99"] = dataclasses.replace(entry, key="document:99")
    assert indexed.differences(sqlite_used) == [Difference("document:99", Kind.EXTRA)]
    checking.mend(indexed.differences(sqlite_used), state.targets()[0], today=TODAY)
    assert list(spy.entries) == ["document:1"]


def test_what_is_known_to_wait_is_no_difference(sqlite_used: Used) -> None:
    edition = make.roadmap(make.item("1.1"))
    document = make.document()
    indexed.build(sqlite_used)
    Document.update(title="О чтецах").where(Document.id == document.id).execute()
    assert indexed.differences(sqlite_used) == [Difference(f"document:{document.id}", Kind.STALE)]
    outbox.note(f"kind:{document.kind_id}")
    make.roadmap(make.item("1.1"), edition_of=edition.roadmap)
    assert indexed.differences(sqlite_used) == []


def test_keys_come_once_each_in_batches(database: str) -> None:
    make.roadmap(make.item("1.1"), make.item("1.2"))
    make.document()
    make.document()
    every = [key for batch in keys.every(2) for key in batch]
    assert every == ["document:1", "document:2", "item:1", "item:2", "section:1"]
    assert keys.count() == len(every)
    assert keys.after("section:1", 5) == []


def test_the_sentence_of_a_refused_build_says_what_to_do(sqlite_used: Used) -> None:
    with held(Lock.BUILDING, wait_s=0), pytest.raises(Refusal, match="index check"):
        building.build(sqlite_used, now=NOW)
