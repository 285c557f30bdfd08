from __future__ import annotations

import pytest

from roadmapdocs.documents.models import ListColumns, SavedFilter
from roadmapdocs.documents.saved_filters import (
    MOST_FILTERS,
    NAME_LIMIT,
    QUERY_LIMIT,
    choose_columns,
    columns_of,
    filters_of,
    move_filter_up,
    remove_filter,
    rename_filter,
    save_filter,
)
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests.factories import account


def person(login: str) -> Actor:
    return Actor(account(login, Role.STAFF).id, login, frozenset({Role.STAFF}))


def names(actor: Actor) -> list[str]:
    return [one.name for one in filters_of(actor.user_id)]


def test_filters_stand_in_the_order_in_which_they_were_kept(database: str) -> None:
    anna, boris = person("anna"), person("boris")
    for name in ("first", "second"):
        save_filter(name, "kind=приказ", by=anna)
    save_filter("first", "year=2025", by=boris)
    assert names(anna) == ["first", "second"]
    assert names(boris) == ["first"]


def test_a_filter_moves_up_one_place_and_no_further_than_the_first(database: str) -> None:
    anna = person("anna")
    kept = {name: save_filter(name, "", by=anna).id for name in "abc"}
    move_filter_up(kept["c"], by=anna)
    assert names(anna) == ["a", "c", "b"]
    move_filter_up(kept["a"], by=anna)
    assert names(anna) == ["a", "c", "b"]


def test_a_filter_is_renamed_also_into_another_case_of_its_own_name(database: str) -> None:
    anna = person("anna")
    kept = save_filter("мои", "", by=anna)
    rename_filter(kept.id, "  Мои   дела ", by=anna)
    assert names(anna) == ["Мои дела"]
    rename_filter(kept.id, "МОИ ДЕЛА", by=anna)
    assert names(anna) == ["МОИ ДЕЛА"]


@pytest.mark.parametrize("name", ["", "   ", "x" * (NAME_LIMIT + 1), "мои"])
def test_a_name_is_there_is_short_and_is_given_once(sqlite_database: None, name: str) -> None:
    anna = person("anna")
    save_filter("Мои", "", by=anna)
    other = save_filter("другой", "", by=anna)
    for attempt in (lambda: save_filter(name, "", by=anna), lambda: rename_filter(other.id, name, by=anna)):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "filter_name"
        assert "name" in refused.value.details["fields"]
    assert names(anna) == ["Мои", "другой"]


def test_a_person_keeps_only_so_many_filters(sqlite_database: None) -> None:
    anna = person("anna")
    for place in range(MOST_FILTERS):
        save_filter(f"no. {place}", "", by=anna)
    with pytest.raises(Refusal) as refused:
        save_filter("one more", "", by=anna)
    assert refused.value.code == "too_many_filters"
    remove_filter(filters_of(anna.user_id)[0].id, by=anna)
    save_filter("one more", "", by=anna)
    assert len(names(anna)) == MOST_FILTERS


def test_conditions_of_any_length_are_not_kept(sqlite_database: None) -> None:
    with pytest.raises(Refusal) as refused:
        save_filter("long", "q=" + "x" * QUERY_LIMIT, by=person("anna"))
    assert refused.value.code == "filter_query"


@pytest.mark.parametrize(
    "act",
    [
        lambda id_, by: rename_filter(id_, "mine now", by=by),
        lambda id_, by: remove_filter(id_, by=by),
        lambda id_, by: move_filter_up(id_, by=by),
    ],
)
def test_somebody_elses_filter_is_not_there(database: str, act: object) -> None:
    anna, boris = person("anna"), person("boris")
    save_filter("zero", "", by=anna)
    kept = save_filter("anna's", "year=2025", by=anna)
    with pytest.raises(NotFound):
        act(kept.id, boris)  # type: ignore[operator]  # one of the lambdas above
    assert names(anna) == ["zero", "anna's"]


def test_the_installation_itself_keeps_no_filters(sqlite_database: None) -> None:
    with pytest.raises(Forbidden):
        save_filter("mine", "", by=SYSTEM)
    assert SavedFilter.select().count() == 0
    assert filters_of(None) == []


def test_columns_are_kept_in_their_order_and_replaced(database: str) -> None:
    anna, boris = person("anna"), person("boris")
    assert columns_of(anna.user_id) is None
    choose_columns(["title", "number", "title"], by=anna)
    choose_columns(["date"], by=boris)
    assert columns_of(anna.user_id) == ["title", "number"]
    choose_columns(["case"], by=anna)
    assert columns_of(anna.user_id) == ["case"]
    choose_columns([], by=anna)
    assert columns_of(anna.user_id) is None
    assert columns_of(boris.user_id) == ["date"]


@pytest.mark.parametrize(("stored", "read"), [({"a": 1}, None), (["title", 3, None], ["title"]), ("title", None)])
def test_a_row_of_another_version_is_read_as_far_as_it_makes_sense(
    sqlite_database: None, stored: object, read: list[str] | None
) -> None:
    anna = person("anna")
    ListColumns.create(user=anna.user_id, names=stored)
    assert columns_of(anna.user_id) == read
