from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.hooks import search_matched
from roadmapdocs.notices.models import Delivery, Notice
from roadmapdocs.notices.words import say
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.search import building, saved, state
from roadmapdocs.search.answers import Asked
from roadmapdocs.search.models import SavedSearch
from roadmapdocs.search.saved import (
    LOOK_EVERY,
    MOST_SEARCHES,
    NAME_LIMIT,
    look_for_new,
    move_search_up,
    remove_search,
    rename_search,
    save_search,
    saved_search,
    searches_of,
    set_notify,
)
from roadmapdocs.search.state import Used
from tests import factories as make
from tests.conftest import NOW, TODAY

LATER = NOW + LOOK_EVERY


class Archive:
    """What is found by whom, in place of an index: keys by words of the question."""

    def __init__(self) -> None:
        self.keys: dict[str, list[str]] = {}
        self.hidden: dict[int | None, set[str]] = {}
        self.asked: list[Asked] = []

    def keys_matching(self, asked: Asked, *, by: Actor, today: dt.date, most: int) -> list[str]:
        assert today == TODAY
        self.asked.append(asked)
        if asked.query == "broken":
            raise OSError("the disk is gone")
        shut = self.hidden.get(by.user_id, set())
        return [key for key in self.keys.get(asked.query, []) if key not in shut][:most]


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Archive:
    stood_in = Archive()
    monkeypatch.setattr(saved, "keys_matching", stood_in.keys_matching)
    return stood_in


@pytest.fixture
def told() -> Iterator[list[tuple[str, tuple[str, ...]]]]:
    heard: list[tuple[str, tuple[str, ...]]] = []

    def hear(row: SavedSearch, *, keys: tuple[str, ...], **_more: Any) -> None:
        heard.append((row.name, keys))

    search_matched.connect(hear)
    yield heard
    search_matched.disconnect(hear)


def person(login: str) -> Actor:
    """Somebody with an account and an employee."""
    user = make.account(login, Role.STAFF)
    User.update(employee=make.employee(login.title())).where(User.id == user.id).execute()
    return actor_of(User.get_by_id(user.id), today=TODAY)


def keep(name: str, by: Actor, query: str = "q=reading", notify: bool = False) -> SavedSearch:
    return save_search(name, query, notify=notify, by=by, now=NOW, today=TODAY)


def names(actor: Actor) -> list[str]:
    return [one.name for one in searches_of(actor.user_id)]


def test_searches_stand_in_the_order_in_which_they_were_kept_and_move_up(database: str, archive: Archive) -> None:
    anna, boris = person("anna"), person("boris")
    kept = {name: keep(name, anna).id for name in "abc"}
    keep("a", boris)
    assert names(anna) == ["a", "b", "c"]
    move_search_up(kept["c"], by=anna)
    assert names(anna) == ["a", "c", "b"]
    move_search_up(kept["a"], by=anna)
    assert names(anna) == ["a", "c", "b"]
    remove_search(kept["c"], by=anna)
    assert names(anna) == ["a", "b"]
    assert names(boris) == ["a"]


@pytest.mark.parametrize("name", ["", " \t ", "x" * (NAME_LIMIT + 1), "МОИ"])
def test_a_name_is_there_is_short_and_is_given_once(sqlite_database: None, archive: Archive, name: str) -> None:
    anna = person("anna")
    keep("мои", anna)
    other = keep("other", anna)
    acts: list[Callable[[], object]] = [lambda: keep(name, anna), lambda: rename_search(other.id, name, by=anna)]
    for act in acts:
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "search_name"
    assert rename_search(other.id, "  Новое   имя ", by=anna).name == "Новое имя"


@pytest.mark.parametrize("query", ["", "sort=date", "q=" + "x" * 20_000])
def test_a_question_that_asks_nothing_or_too_much_is_not_kept(sqlite_database: None, archive: Archive, query: str) -> None:
    with pytest.raises(Refusal) as refused:
        keep("name", person("anna"), query)
    assert refused.value.code == "search_query"


def test_one_keeps_no_more_than_one_can_look_through(sqlite_database: None, archive: Archive) -> None:
    anna = person("anna")
    for number in range(MOST_SEARCHES):
        keep(str(number), anna)
    with pytest.raises(Refusal) as refused:
        keep("one more", anna)
    assert refused.value.code == "too_many_searches"


def test_a_search_of_somebody_else_is_not_there(sqlite_database: None, archive: Archive) -> None:
    anna, boris = person("anna"), person("boris")
    hers = keep("hers", anna).id
    acts: list[Callable[[], object]] = [
        lambda: saved_search(hers, by=boris),
        lambda: rename_search(hers, "mine", by=boris),
        lambda: remove_search(hers, by=boris),
        lambda: move_search_up(hers, by=boris),
        lambda: set_notify(hers, True, by=boris, now=NOW, today=TODAY),
    ]
    for act in acts:
        with pytest.raises(NotFound) as refused:
            act()
        assert refused.value.code == "no_search"
    with pytest.raises(Forbidden):
        keep("nobody's", SYSTEM)


def test_what_is_new_is_told_once_and_what_was_there_is_not(database: str, archive: Archive, told: list[Any]) -> None:
    anna = person("anna")
    archive.keys["reading"] = ["document:1", "item:1"]
    keep("my reading", anna, notify=True)
    assert look_for_new(LATER, TODAY) == 0
    archive.keys["reading"] = ["document:2", "document:1", "item:1"]
    assert look_for_new(LATER + LOOK_EVERY, TODAY) == 1
    assert look_for_new(LATER + 2 * LOOK_EVERY, TODAY) == 0
    assert told == [("my reading", ("document:2",))]


def test_a_search_is_looked_at_every_few_minutes_and_only_where_its_owner_wants_to_be_told(
    sqlite_database: None, archive: Archive
) -> None:
    anna = person("anna")
    keep("quiet", anna, "q=quiet")
    keep("loud", anna, "q=loud", notify=True)
    archive.asked.clear()
    look_for_new(NOW + LOOK_EVERY / 2, TODAY)
    assert archive.asked == []
    look_for_new(LATER, TODAY)
    assert [asked.query for asked in archive.asked] == ["loud"]


def test_each_is_told_by_rights_of_their_own(sqlite_database: None, archive: Archive, told: list[Any]) -> None:
    anna, boris = person("anna"), person("boris")
    keep("of anna", anna, notify=True)
    keep("of boris", boris, notify=True)
    archive.keys["reading"] = ["document:7"]
    archive.hidden[anna.user_id] = {"document:7"}
    assert look_for_new(LATER, TODAY) == 1
    assert told == [("of boris", ("document:7",))]


def test_whoever_has_left_is_told_nothing(sqlite_database: None, archive: Archive, told: list[Any]) -> None:
    anna = person("anna")
    keep("my reading", anna, notify=True)
    archive.keys["reading"] = ["document:1"]
    User.update(active=False).where(User.id == anna.user_id).execute()
    assert look_for_new(LATER, TODAY) == 0


def test_switching_on_counts_what_is_there_as_seen_and_switching_off_forgets_it(
    sqlite_database: None, archive: Archive, told: list[Any]
) -> None:
    anna = person("anna")
    kept = keep("my reading", anna)
    archive.keys["reading"] = ["document:1"]
    assert set_notify(kept.id, True, by=anna, now=NOW, today=TODAY).seen_keys == ["document:1"]
    assert look_for_new(LATER, TODAY) == 0
    assert set_notify(kept.id, False, by=anna, now=LATER, today=TODAY).seen_keys == []
    archive.keys["reading"] = ["document:2"]
    assert look_for_new(LATER + LOOK_EVERY, TODAY) == 0
    assert told == []


def test_an_account_without_a_person_is_not_told(sqlite_database: None, archive: Archive) -> None:
    nobody = actor_of(make.account("robot", Role.STAFF), today=TODAY)
    with pytest.raises(Refusal) as refused:
        keep("mine", nobody, notify=True)
    assert refused.value.code == "no_employee"
    assert names(nobody) == []
    assert keep("mine", nobody).notify is False


def test_one_search_that_fails_does_not_stop_the_others(
    sqlite_database: None, archive: Archive, told: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = person("anna")
    keep("first", anna, notify=True)
    keep("second", anna, notify=True)
    SavedSearch.update(query="q=broken").where(SavedSearch.name == "first").execute()
    archive.keys["reading"] = ["document:1"]
    assert look_for_new(LATER, TODAY) == 1
    assert told == [("second", ("document:1",))]


def test_searches_that_fail_each_time_do_not_keep_the_others_from_their_turn(
    sqlite_database: None, archive: Archive, told: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "_AT_A_TIME", 1)
    anna = person("anna")
    keep("first", anna, notify=True)
    keep("second", anna, notify=True)
    SavedSearch.update(query="q=broken").where(SavedSearch.name == "first").execute()
    archive.keys["reading"] = ["document:1"]
    assert look_for_new(LATER, TODAY) == 0
    assert look_for_new(LATER, TODAY) == 1
    assert told == [("second", ("document:1",))]


def test_what_only_the_answer_without_an_index_finds_is_not_new(sqlite_used: Used, told: list[Any]) -> None:
    make.document("О зачётной книжке")
    building.build(sqlite_used, now=NOW)
    anna = person("anna")
    save_search("mine", "q=зачёт", notify=True, by=anna, now=NOW, today=TODAY)
    engine, _condition = state.opened()
    assert engine is not None
    assert state.report_broken(engine, "torn")
    assert look_for_new(LATER, TODAY) == 0
    assert told == []


def test_an_old_record_that_moves_into_sight_is_not_new(
    sqlite_database: None, archive: Archive, told: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "LOOKED_AT", 2)
    monkeypatch.setattr(saved, "_ASKED_FOR", 4)
    anna = person("anna")
    archive.keys["reading"] = [f"document:{number}" for number in (5, 4, 3, 2, 1)]
    keep("my reading", anna, notify=True)
    archive.keys["reading"] = ["document:4", "document:3", "document:2", "document:1"]
    assert look_for_new(LATER, TODAY) == 0


def test_what_was_out_of_reach_for_a_while_is_not_new_when_it_is_back(
    sqlite_database: None, archive: Archive, told: list[Any]
) -> None:
    anna = person("anna")
    archive.keys["reading"] = ["document:2", "document:1"]
    keep("my reading", anna, notify=True)
    for minutes, keys in enumerate((["document:2"], ["document:2", "document:1"])):
        archive.keys["reading"] = keys
        look_for_new(LATER + minutes * LOOK_EVERY, TODAY)
    assert told == []


def test_the_owner_gets_one_notice_a_look_with_the_way_to_the_search(sqlite_database: None, archive: Archive) -> None:
    anna = person("anna")
    kept = keep("чтение", anna, notify=True)
    archive.keys["reading"] = ["document:1", "document:2"]
    look_for_new(LATER, TODAY)
    archive.keys["reading"].append("document:3")
    look_for_new(LATER + LOOK_EVERY, TODAY)
    notices = list(Notice.select().order_by(Notice.id))
    assert [(one.employee_id, one.about["count"], one.path) for one in notices] == [
        (anna.employee_id, 2, f"/search/saved/{kept.id}"),
        (anna.employee_id, 1, f"/search/saved/{kept.id}"),
    ]
    assert "чтение" in say("search_matched", notices[0].about, due=None, document=None).headline
    assert Delivery.select().count() == 0  # no address is known to write to
