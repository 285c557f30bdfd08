"""Quotation marks, dashes and spaces that do not break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.russian.typography import tidy

PIECES = [*"«»„“”\" №59120-–—.,:;()!?АСПабвгн\xa0\u202f\t\n/%ёЁ", "2019", " января ", "ст. ", "С. С. ", "Орлов"]


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ('приказ "Об утверждении "Положения""', "приказ «Об утверждении „Положения“»"),
        ("МКУ «Управление «Центр»»", "МКУ «Управление „Центр“»"),
        ('"а", "б"', "«а», «б»"),
        ('один " знак', 'один " знак'),
        ("№5 и № 178-П", "№~5 и №~178-П"),
        ("25 августа 2020 г.", "25~августа~2020~г."),
        ("в 5 школах", "в 5~школах"),
        ("№ 5 от 29.11.2021", "№~5 от 29.11.2021"),
        ("С. С. Левченко", "С.С.~Левченко"),
        ("Левченко С. С.", "Левченко~С.С."),
        ("2019-2021 годы", "2019–2021~годы"),
        ("5-7 классы", "5–7~классы"),
        ("дело № 01-05", "дело №~01-05"),
        ("2020-08-25", "2020-08-25"),
        ("8-391-22-3-44", "8-391-22-3-44"),
        ("план - график", "план~– график"),
        ("план-график", "план-график"),
        ("по п.5 ст. 3", "по п.~5 ст.~3"),
        ("много   пробелов , тут .", "много пробелов, тут."),
        ("", ""),
    ],
)
def test_a_text_is_tidied(text: str, tidied: str) -> None:
    assert tidy(text).replace("\xa0", "~") == tidied


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=40))
def test_what_is_tidy_stays_so(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=40))
def test_no_letter_or_figure_is_lost(text: str) -> None:
    assert [sign for sign in tidy(text) if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
