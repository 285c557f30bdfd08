"""Numbers as people write them: compared and sorted as people do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.registration.numbers import (
    entry_sort,
    normalise_number,
    number_sort_key,
    parts,
    sort_key,
    without_sign,
)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("178-П", "178-П"),
        ("178-п", "178-П"),
        ("№ 178 –П", "178-П"),
        ("№178 — п", "178-П"),
        ("N178-П", "178-П"),
        ("No. 178-п", "178-П"),
        ("№ № 178-П", "178-П"),
        ("178\u00a0\u2011\u00a0П", "178-П"),  # no-break spaces and hyphen
        ("178\u00ad-П", "178-П"),  # a soft hyphen has no width
        ("178-O", "178-О"),  # Latin O typed for a Cyrillic one
        ("41-КХ", "41-KX"),
        (" 12/3 ", "12/3"),
        ("45a", "45А"),
        ("", ""),
        ("б/н", "Б/Н"),
    ],
)
def test_numbers_that_look_the_same_are_the_same(written: str, compared: str) -> None:
    assert normalise_number(written) == normalise_number(compared)


@pytest.mark.parametrize(("one", "other"), [("178-П", "178-Л"), ("45", "45а"), ("1/2", "12"), ("9", "٩"), ("3", "³")])
def test_numbers_that_differ_stay_different(one: str, other: str) -> None:
    assert normalise_number(one) != normalise_number(other)


@given(st.text(alphabet="0123456789 №NnOo.–-/abcпПёЁ\u00a0\u00ad", max_size=20))
def test_the_compared_form_is_its_own_compared_form(text: str) -> None:
    once = normalise_number(text)
    assert normalise_number(once) == once


@pytest.mark.parametrize(
    "ordered",
    [
        ["9", "9-П", "10-П", "45", "45а", "46", "100"],
        ["45", "45/1", "45/2", "45/10", "45а", "45б", "46"],
        ["45-П", "45/1-П", "45а-П", "45б-П", "46-П"],
        ["133-ОД", "133/6 – ОД", "134-ОД"],
        ["П-9", "П-10"],
        ["01-12/9", "01-12/45", "01-13/2"],
    ],
)
def test_numbers_sort_as_people_count(ordered: list[str]) -> None:
    shuffled = [*ordered[1::2], *ordered[::2]]
    assert sorted(shuffled, key=number_sort_key) == ordered


_suffixes = st.one_of(st.just(""), st.sampled_from("абвя"), st.integers(1, 999).map(lambda number: f"/{number}"))


def _ranked(n: int, suffix: str) -> tuple[int, int, int, str]:
    """None before slashes before letters."""
    if suffix.startswith("/"):
        return n, 1, int(suffix[1:]), ""
    return n, 2 if suffix else 0, 0, suffix


@given(st.integers(1, 9_999_999), _suffixes, st.integers(1, 9_999_999), _suffixes)
def test_running_number_comes_before_the_suffix(n: int, suffix: str, other: int, other_suffix: str) -> None:
    less = sort_key(n, suffix, "-П") < sort_key(other, other_suffix, "-П")
    assert less == (_ranked(n, suffix) < _ranked(other, other_suffix))


def test_a_number_that_begins_with_a_case_sorts_by_its_running_number() -> None:
    assert entry_sort(9, "", "01-12/9") < entry_sort(10, "", "01-05/10")


def test_an_endless_number_has_a_place_too() -> None:
    assert number_sort_key("1" * 10_000)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("178-П", (178, "")),
        ("133/6 – ОД", (133, "/6")),
        ("№ 45a-П", (45, "а")),
        ("45ОД", (45, "")),
        ("б/н", None),
        ("", None),
        ("٣", None),
        ("9" * 1000, None),
    ],
)
def test_running_number_and_suffix_are_seen_without_a_pattern(number: str, found: tuple[int, str] | None) -> None:
    assert parts(number) == found


def test_a_number_from_paper_loses_its_sign_only() -> None:
    assert without_sign("№ 133/6 –  ОД") == "133/6 – ОД"
