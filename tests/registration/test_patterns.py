"""Patterns of numbers: parsed, printed, read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.errors import Refusal
from roadmapdocs.registration.numbers import HIGHEST, normalise_number
from roadmapdocs.registration.patterns import Context, Pattern, check_suffix

CONTEXT = Context(year=2026, dept="УО", case="01-12", body="МС", letter="Л")


@pytest.mark.parametrize(
    ("pattern", "n", "suffix", "printed"),
    [
        ("{n}", 5, "", "5"),
        ("{n:03d}-П", 7, "", "007-П"),
        ("{n:03d}-П", 1234, "", "1234-П"),
        ("{n}-ОД", 45, "а", "45а-ОД"),
        ("{n}-ОД", 45, "/1", "45/1-ОД"),
        ("{case}/{n}", 8, "", "01-12/8"),
        ("{n}-{yy}", 8, "", "8-26"),
        ("{n}/{yyyy}", 8, "/2", "8/2/2026"),
        ("{body}-{n}", 3, "", "МС-3"),
        ("{dept}-{n}{letter}", 3, "", "УО-3Л"),
        (" № {n} ", 3, "", "№ 3"),
    ],
)
def test_a_number_is_printed_by_its_pattern_and_read_back(pattern: str, n: int, suffix: str, printed: str) -> None:
    parsed = Pattern.parse(pattern)
    assert parsed.print(n, CONTEXT, suffix) == printed
    assert parsed.read(printed, CONTEXT) == (n, suffix)


_literal = st.text(alphabet="0123456789АБЁнпNnoABCxyz -–/.,()№:_", max_size=6)
_field = st.sampled_from(["{dept}", "{case}", "{yy}", "{yyyy}", "{body}", "{letter}"])
_side = st.lists(st.one_of(_literal, _field), max_size=3).map("".join)
_patterns = st.builds(lambda before, n, after: before + n + after, _side, st.sampled_from(["{n}", "{n:03d}"]), _side)
_suffixes = st.one_of(st.just(""), st.sampled_from("абвнопё"), st.integers(1, 999).map(lambda number: f"/{number}"))
_codes = st.text(alphabet="0123456789УОМСN-/.n№ ", min_size=1, max_size=6).filter(str.strip)


@given(_patterns, st.integers(1, HIGHEST), _suffixes, _codes, _codes)
def test_what_is_printed_is_read_back(pattern: str, n: int, suffix: str, case: str, dept: str) -> None:
    context = Context(year=2026, dept=dept, case=case, body="МС", letter="Л")
    parsed = Pattern.parse(pattern)
    printed = parsed.print(n, context, suffix)
    assert parsed.read(printed, context) == (n, suffix)
    assert parsed.read(f"№ {printed.lower()}", context) == (n, suffix)
    assert parsed.read(normalise_number(printed), context) == (n, suffix)


@pytest.mark.parametrize("typed", ["178-П", "178-п", "№ 178 –П", "N178-П", "0178 — п", "178\u00a0-\u00a0П"])
def test_a_number_typed_by_hand_is_read_as_tolerantly_as_it_is_compared(typed: str) -> None:
    assert Pattern.parse("{n}-П").read(typed, CONTEXT) == (178, "")


@pytest.mark.parametrize(
    "typed", ["", "-П", "178", "178-ОД", "-5-П", "٣-П", "³-П", "5-П<b>", "5-П 😀", "1 или 2-П", "0x10-П", "5,0-П", "45аб-П"]
)
def test_what_the_pattern_does_not_print_is_not_read(typed: str) -> None:
    assert Pattern.parse("{n}-П").read(typed, CONTEXT) is None


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", "{n}"),
        ("П", "{n}"),
        ("{n}-{n}", "{n}"),
        ("{n:03d}{n}", "{n}"),
        ("{n}-{yyy}", "{yyyy}"),
        ("{n}-{depart}", "{dept}"),
        ("{n}-{N}", "{n}"),
        ("{n:3}", "{n}"),
        ("{n:09d}", "{n}"),
        ("{n.__class__}", "{n}"),
        ("{n!r}", "{n}"),
        ("{0}{n}", "{0}"),
        ("{n}{", "{n}"),
        ("n}", "{n}"),
        ("{n}-<b>", "№"),
        ("{n}-😀", "№"),
        ("{n}" + "-" * 60, "60"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused_with_what_would_be_right(pattern: str, told: str) -> None:
    with pytest.raises(Refusal) as refused:
        Pattern.parse(pattern)
    assert refused.value.code == "pattern"
    assert told in refused.value.message
    assert refused.value.details["fields"] == {"pattern": refused.value.message}


def test_a_pattern_typed_with_spaces_around_is_kept_without_them() -> None:
    assert Pattern.parse(" {n}-П\n").text == "{n}-П"


def test_a_missing_code_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        Pattern.parse("{case}/{n}").print(1, Context(year=2026))
    assert (refused.value.code, refused.value.details["field"]) == ("code_missing", "case")
    assert Pattern.parse("{case}/{n}").preview(1, Context(year=2026)) == "…/1"


def test_a_code_is_text_and_nothing_more() -> None:
    context = Context(year=2026, dept="{n} .* %s")
    parsed = Pattern.parse("{dept}-{n}")
    assert parsed.print(4, context) == "{n} .* %s-4"
    assert parsed.read("{N}.*%S-4", context) == (4, "")


def test_long_codes_make_no_endless_number() -> None:
    with pytest.raises(Refusal) as refused:
        Pattern.parse("{dept}{n}").print(1, Context(dept="О" * 64))
    assert refused.value.code == "number_too_long"


@pytest.mark.parametrize(
    ("written", "kept"), [("а", "а"), ("А", "а"), ("a", "а"), (" б ", "б"), ("/1", "/1"), ("/01", "/1"), ("ё", "ё")]
)
def test_a_literal_suffix_is_a_russian_letter_or_a_slash_and_digits(written: str, kept: str) -> None:
    assert check_suffix(written) == kept


@pytest.mark.parametrize("written", ["", "аб", "d", "1", "/0", "/1000", "/", "/а", "-", "<", "😀", "٣", "/٣", "а" * 1000])
def test_any_other_suffix_is_refused(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_suffix(written)
    assert refused.value.code == "suffix"
