"""The standing duty: what waits is looked at within a second, the day turns, an index is built where one is needed."""

from __future__ import annotations

import datetime as dt
import errno
import shutil
import threading
from pathlib import Path

import pytest

from roadmapdocs.db import transaction
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document, DocumentLink, Suspension
from roadmapdocs.locks import Lock, held
from roadmapdocs.notices.service import Service
from roadmapdocs.people.rules import Role
from roadmapdocs.search import building, days, operations, outbox, saved, state
from roadmapdocs.search.answers import Asked
from roadmapdocs.search.building import BuildFailedError
from roadmapdocs.search.models import SearchIndex, SearchRecord
from roadmapdocs.search.ports import IndexBrokenError
from roadmapdocs.search.service import AGAIN_AFTER, ROUND_EVERY, Search
from roadmapdocs.search.state import Condition, Used
from roadmapdocs.settings import Settings
from tests import factories as make
from tests.conftest import NOW, TODAY, person
from tests.search import indexed
from tests.search.indexed import Clock, keys_with

CLERK = person(Role.CLERK)
ON = threading.Event()


def duty(used: Used) -> Search:
    return Search(used.settings, used.clock)


def test_the_first_round_builds_and_the_next_ones_look_at_what_waits(used: Used) -> None:
    make.document("О смотре")
    search = duty(used)
    search.turn(ON)
    assert state.opened()[1] is Condition.WHOLE
    document = make.document("О чтецах")
    search.turn(ON)
    assert keys_with("чтец", CLERK) == {f"document:{document.id}"}
    assert outbox.length() == 0


def test_force_that_ends_by_the_calendar_turns_with_the_day(used: Used) -> None:
    clock = used.clock
    assert isinstance(clock, Clock)
    ending, coming, paused, amended, other = (make.document() for _number in range(5))
    tomorrow, later = TODAY + dt.timedelta(1), TODAY + dt.timedelta(9)
    Document.update(force_until=tomorrow).where(Document.id == ending.id).execute()
    Document.update(force_from=tomorrow).where(Document.id == coming.id).execute()
    Suspension.create(document=paused, since=tomorrow, until=later)
    DocumentLink.create(source=other, target=amended, kind=str(LinkKind.AMENDS), since=tomorrow, made_by="", made_at=NOW)
    search = duty(used)
    search.turn(ON)

    def force() -> list[str]:
        rows = {row.key: row.tags for row in SearchRecord.select()}
        one = (ending, coming, paused, amended, other)
        return [tag for row in one for tag in rows[f"document:{row.id}"] if tag.startswith("force:")]

    assert force() == ["force:in_force", "force:not_in_force", "force:in_force", "force:in_force", "force:in_force"]
    clock.now += dt.timedelta(1)
    search.turn(ON)
    assert force() == ["force:ended", "force:in_force", "force:suspended", "force:amended", "force:in_force"]
    assert not days.turn_to(tomorrow)
    assert indexed.differences(used) == []


@pytest.mark.parametrize("means", [OSError(errno.EMFILE, "Too many open files"), MemoryError()], ids=["files", "memory"])
def test_a_process_without_files_or_memory_does_not_call_the_index_broken(used: Used, means: Exception) -> None:
    duty(used).turn(ON)
    problem = IndexBrokenError("cannot be read")
    problem.__cause__ = means
    assert not state.report_broken(indexed.engine(), problem)
    assert state.opened()[1] is Condition.WHOLE


def test_a_broken_index_is_built_anew_at_the_next_look(used: Used) -> None:
    make.document("О смотре")
    search = duty(used)
    search.turn(ON)
    # As another process reports it: nothing wakes this one.
    SearchIndex.update(broken="torn").execute()
    search.turn(ON)
    assert state.opened()[1] is Condition.WHOLE
    assert keys_with("смотр", CLERK) == {"document:1"}


def test_an_index_that_is_gone_is_noticed_by_the_next_round_without_a_search(used: Used) -> None:
    clock = used.clock
    assert isinstance(clock, Clock)
    make.document("О смотре")
    search = duty(used)
    search.turn(ON)
    gone = indexed.engine()
    gone.drop()
    clock.now += ROUND_EVERY
    search.turn(ON)
    assert indexed.engine().generation != gone.generation
    assert keys_with("смотр", CLERK) == {"document:1"}


def test_the_folder_of_all_indexes_may_be_deleted_while_the_service_runs(sqlite_used: Used, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database=sqlite_used.settings.database, search="whoosh", timezone="UTC")
    used = state.use_index(settings, Clock())
    make.document("О смотре")
    search = duty(used)
    search.turn(ON)
    shutil.rmtree(tmp_path / "search_index")
    asked = Asked("смотр")
    assert [note.code for note in operations.search(asked, by=CLERK, today=TODAY).notes] == ["broken"]
    search.turn(ON)
    answer = operations.search(asked, by=CLERK, today=TODAY)
    assert (answer.notes, [found.key for found in answer.hits]) == ((), ["document:1"])


def test_a_broken_index_that_cannot_be_built_is_not_tried_each_second(sqlite_used: Used, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = sqlite_used.clock
    assert isinstance(clock, Clock)
    search = duty(sqlite_used)
    search.turn(ON)
    tried: list[dt.datetime] = []

    def fail(*_more: object, **_named: object) -> None:
        tried.append(clock.now)
        raise BuildFailedError("no room")

    monkeypatch.setattr(building, "build", fail)
    state.report_broken(indexed.engine(), "torn")
    for _look in range(3):
        search.turn(ON)
    clock.now += AGAIN_AFTER
    search.turn(ON)
    assert tried == [NOW, NOW + AGAIN_AFTER]


def test_a_build_that_failed_is_tried_again_after_a_while(sqlite_used: Used, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = sqlite_used.clock
    assert isinstance(clock, Clock)
    tried: list[dt.datetime] = []

    def fail(*_more: object, **_named: object) -> None:
        tried.append(clock.now)
        raise BuildFailedError("no room")

    monkeypatch.setattr(building, "build", fail)
    search = duty(sqlite_used)
    for _minute in range(3):
        search.turn(ON)
        clock.now += ROUND_EVERY
    assert tried == [NOW, NOW + AGAIN_AFTER]


def test_what_another_process_is_at_is_left_to_it(sqlite_used: Used, caplog: pytest.LogCaptureFixture) -> None:
    make.document()
    search = duty(sqlite_used)
    with held(Lock.BUILDING, wait_s=0):
        search.turn(ON)
        search.turn(ON)
    assert state.opened() == (None, Condition.ABSENT)
    assert sum("waits" in line for line in caplog.messages) == 1
    search.turn(ON)
    assert state.opened()[1] is Condition.WHOLE


def test_a_service_that_ends_leaves_the_build_to_the_next_one(sqlite_used: Used) -> None:
    make.document()
    ended = threading.Event()
    ended.set()
    search = duty(sqlite_used)
    search.turn(ended)
    assert SearchIndex.get().state == "building"
    duty(sqlite_used).turn(ON)
    assert state.opened()[1] is Condition.WHOLE


def test_a_change_is_found_within_a_second_of_its_commit(sqlite_used: Used, tmp_path: Path) -> None:
    used = state.use_index(sqlite_used.settings.__class__(data=tmp_path, database=sqlite_used.settings.database, search="whoosh"), Clock())
    search = duty(used)
    search.turn(ON)
    looked = threading.Event()
    turn = search.turn

    def told(stopping: threading.Event) -> None:
        turn(stopping)
        if outbox.length() == 0 and indexed.engine().count():
            looked.set()

    search.turn = told  # type: ignore[method-assign]  # to hear of a round
    service = Service(used.settings, used.clock, search.duty())
    service.start()
    try:
        with transaction():
            make.document("О чтецах")
        assert looked.wait(10)
    finally:
        service.stop()
    assert keys_with("чтец", CLERK) == {"document:1"}


def test_each_round_looks_for_something_new_in_saved_searches(used: Used, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[tuple[dt.datetime, dt.date]] = []
    monkeypatch.setattr(saved, "look_for_new", lambda now, today: looked.append((now, today)))
    search = duty(used)
    search.turn(ON)
    search.turn(ON)
    assert looked == [(used.clock(), used.today())]
