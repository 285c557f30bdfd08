from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.search.address import (
    LAST_PAGE,
    PAGE,
    asked_of,
    asked_of_query,
    asks_something,
    query_of,
    without,
)
from roadmapdocs.search.answers import LONGEST_QUERY, Asked
from roadmapdocs.search.ports import Sort
from roadmapdocs.search.tags import FACETS
from tests.conftest import TODAY


def read(query: str) -> Asked:
    return asked_of_query(query, today=TODAY)


words = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20).map(lambda text: " ".join(text.split()))
questions = st.builds(
    Asked,
    words,
    narrowed=st.dictionaries(st.sampled_from(FACETS), st.frozensets(st.text("абв1-&=+ ", min_size=1, max_size=9), min_size=1)),
    in_force=st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)),
    ignored=st.frozensets(st.sampled_from(["kind.0", "date.1"])),
    literal=st.booleans(),
    sort=st.sampled_from(Sort),
    offset=st.integers(0, LAST_PAGE - 1).map(lambda page: page * PAGE),
)


@given(questions)
def test_a_question_is_read_from_its_address_as_it_was_asked(asked: Asked) -> None:
    assert read(query_of(asked, today=TODAY)) == asked


@given(st.text(max_size=300))
def test_no_address_is_too_odd_to_be_read(text: str) -> None:
    asked = read(text)
    assert read(query_of(asked, today=TODAY)) == asked


def test_in_force_today_is_kept_as_today_and_another_day_as_that_day() -> None:
    floating = query_of(read("q=x&in_force=1"), today=TODAY)
    assert "on=" not in floating
    later = TODAY + dt.timedelta(days=9)
    assert asked_of_query(floating, today=later).in_force == later
    fixed = query_of(read("q=x&in_force=1&on=01.02.2024"), today=TODAY)
    assert asked_of_query(fixed, today=later).in_force == dt.date(2024, 2, 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("on=2024-02-01", Asked("")),
        ("in_force=1&on=31.02.2024", Asked("", in_force=TODAY)),
        ("in_force=1&on=0001-01-01", Asked("", in_force=TODAY)),
        ("sort=sideways&page=-3&literal=yes", Asked("")),
        ("page=999999999999", Asked("")),
        ("page=9999", Asked("", offset=(LAST_PAGE - 1) * PAGE)),
        ("page=٣", Asked("")),
        ("q=%00a%09%0Ab", Asked("a b")),
        ("kind=&kind=" + "x" * 201, Asked("")),
        ("unknown=1&q=x&q=y", Asked("y")),
        ("ignore=" + "x" * 33, Asked("")),
    ],
)
def test_what_makes_no_sense_is_passed_over(query: str, expected: Asked) -> None:
    assert read(query) == expected


def test_a_question_that_is_too_long_is_cut_so_that_it_still_shows_that_it_was() -> None:
    asked = asked_of([("q", "я" * 100_000)], today=TODAY)
    assert len(asked.query) == LONGEST_QUERY + 1


def test_what_was_taken_off_goes_with_the_question_it_belongs_to() -> None:
    same = read("q=приказ&was=приказ&ignore=kind.0&literal=1")
    assert (same.ignored, same.literal) == (frozenset({"kind.0"}), True)
    other = read("q=приказы&was=приказ&ignore=kind.0&literal=1&kind=order")
    assert (other.ignored, other.literal) == (frozenset(), False)
    assert other.narrowed == {"kind": {"order"}}


def test_one_value_of_a_facet_is_taken_off() -> None:
    asked = read("q=x&year=2024&year=2025&kind=order&page=3")
    less = without(without(asked, "year", "2024"), "kind", "order")
    assert dict(parse_qsl(query_of(less, today=TODAY))) == {"q": "x", "year": "2025"}


@pytest.mark.parametrize(("query", "something"), [("", False), ("sort=date", False), ("kind=x", True), ("in_force=1", True)])
def test_conditions_alone_are_a_question_too(query: str, something: bool) -> None:
    assert asks_something(read(query)) is something
