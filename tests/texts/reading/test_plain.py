from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.files.kinds import Kind
from roadmapdocs.texts.reading.doors import read
from roadmapdocs.texts.reading.plain import Found, capped, pages_as_text, tidy
from roadmapdocs.texts.rules import Limits, Problem

TEXT = "Приказ № 5 «О неделе чтения»\nЁлка, я обязуюсь: явка обязательна. Щучья, Хохлова, эхо – 2025"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "mac_cyrillic"])
@pytest.mark.parametrize("change", [str, str.upper, str.lower], ids=["mixed", "upper", "lower"])
def test_text_in_any_russian_encoding(codec: str, change: type[str]) -> None:
    assert read(change(TEXT).encode(codec), Kind.TXT, Limits()).text == change(TEXT)


@pytest.mark.parametrize("codec", ["koi8-r", "cp866", "iso8859_5"])
@pytest.mark.parametrize("change", [str, str.upper, str.lower], ids=["mixed", "upper", "lower"])
def test_text_in_encodings_without_typographic_quotes(codec: str, change: type[str]) -> None:
    plain = change(TEXT.translate(str.maketrans("«»–№", '""-N')))
    assert read(plain.encode(codec), Kind.TXT, Limits()).text == plain


def test_a_table_with_semicolons_is_text() -> None:
    assert read("Номер;Дата\r\n178-п;29.11.2021\r\n".encode("cp1251"), Kind.TXT, Limits()).text == "Номер;Дата\n178-п;29.11.2021"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("  \n\n a  \n\n\n\nb\t\n", "a\n\nb"),
        ("a\x00b\x1fc\ud800\ufffe", "abc"),
        ("one\ftwo", "one\ftwo"),
        ("\ufb01re", "fire"),
    ],
)
def test_text_is_kept_as_lines(raw: str, text: str) -> None:
    assert tidy(raw) == text


@given(st.text(st.characters(codec=None, exclude_categories=[])))
def test_tidy_text_is_tidy_and_can_be_stored(raw: str) -> None:
    text = tidy(raw)
    assert tidy(text) == text
    assert "\x00" not in text
    text.encode("utf-8")


def test_a_form_feed_inside_a_page_is_no_page_end() -> None:
    assert pages_as_text(["a\fb", "", "c", ""]) == "a\nb\f\fc"


@pytest.mark.parametrize(("signs", "text", "problem"), [(5, "a b c", None), (4, "a b", Problem.CUT)])
def test_no_more_is_kept_than_the_limit(signs: int, text: str, problem: Problem | None) -> None:
    assert capped(Found("a b c", "txt"), Limits(signs=signs)) == Found(text, "txt", problem)
