"""Laws of numbering."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.drafting.checks.numbering import Break, breaks

#: How many points stand in each: [2, 0, 1] is 1, 1.1, 1.2, 2, 3, 3.1.
OUTLINES = st.lists(st.integers(0, 4), min_size=1, max_size=8)


def numbers(outline: list[int]) -> list[str]:
    return [
        number
        for place, inner in enumerate(outline, start=1)
        for number in (str(place), *(f"{place}.{one}" for one in range(1, inner + 1)))
    ]


@given(OUTLINES)
def test_what_is_numbered_in_a_row_has_no_breaks(outline: list[int]) -> None:
    assert breaks(numbers(outline)) == []


@given(OUTLINES, OUTLINES)
def test_a_list_that_begins_anew_is_another_list(first: list[int], second: list[int]) -> None:
    assert breaks(numbers(first) + numbers(second)) == []


@given(st.integers(3, 30), st.data())
def test_a_number_left_out_is_found_where_it_is_missing(count: int, data: st.DataObject) -> None:
    gone = data.draw(st.integers(1, count - 2))
    (found,) = breaks([str(one) for one in range(1, count + 1) if one != gone + 1])
    assert (found.at, found.what, found.expected) == (gone, Break.GAP, str(gone + 1))


@given(st.integers(2, 30), st.data())
def test_a_number_that_is_there_twice_is_found_at_its_second_place(count: int, data: st.DataObject) -> None:
    twice = data.draw(st.integers(2, count))
    (found,) = breaks([str(one) for one in range(1, twice + 1)] + [str(one) for one in range(twice, count + 1)])
    assert (found.at, found.what) == (twice, Break.REPEAT)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["2", "3"], [(0, Break.GAP)]),
        (["1", "2", "1.1"], [(2, Break.ORDER)]),
        (["1.1", "1.2", "2.1"], []),
        (["1", "1.2"], [(1, Break.GAP)]),
        ([], []),
    ],
)
def test_breaks_of_lists(given: list[str], expected: list[tuple[int, Break]]) -> None:
    assert [(one.at, one.what) for one in breaks(given)] == expected
