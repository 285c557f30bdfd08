"""Lemmas, stems and texts put together."""

from __future__ import annotations

import pytest

from roadmapdocs.russian.lemmas import known, lemmas
from roadmapdocs.russian.scrubbing import scrub
from roadmapdocs.russian.stems import stem


def test_a_form_has_the_lemmas_of_all_its_readings_without_yo() -> None:
    assert set(lemmas("стекло")) == {"стекло", "стечь"}
    assert lemmas("ребенку") == ("ребенок",)


@pytest.mark.parametrize("word", ["", "school", "178", "а" * 65, "при каз", "\0", "ͅ"])
def test_what_is_no_russian_word_has_no_lemmas(word: str) -> None:
    assert lemmas(word) == ()


def test_the_dictionary_knows_words_with_and_without_yo() -> None:
    assert known("ребенок")
    assert known("ребёнок")
    assert not known("шнора")


@pytest.mark.parametrize(
    "forms",
    [
        "рыбашапка рыбашапки рыбашапке рыбашапку рыбашапкой рыбашапками рыбашапках",
        "кунецкий кунецкого кунецкому кунецким кунецком кунецкая кунецкой кунецкую кунецкие кунецких",
        "муцец муцца муццу муцце",
        "браговск браговска браговску браговском браговске",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_a_short_word_is_not_cut_to_nothing() -> None:
    assert stem("оюя") == "оюя"


def test_the_ending_of_many_surnames_stays() -> None:
    assert stem("бригов") != stem("брига")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("приказ – это", "приказ - это"),
        ("и\u0306 е\u0308", "й ё"),
        ("при\u00adказ", "приказ"),
        ("во-\n  прос", "вопрос"),
        ("научно-\nметодический", "научно-методический"),
        ("П р и к а з", "Приказ"),
        ("о  п р и к а з е", "о  приказе"),
        ("о п р и к а з е", "о приказе"),
        ("С. С. Лысенко", "С. С. Лысенко"),
    ],
)
def test_a_text_reads_as_it_was_meant(text: str, expected: str) -> None:
    assert scrub(text).text == expected


def test_places_lead_back_to_the_source() -> None:
    text = "\u00adП р и\u0306 к а з уч-\nреждение"
    scrubbed = scrub(text)
    for at, sign in enumerate(scrubbed.text):
        if sign not in "й ":
            assert text[scrubbed.place(at)] == sign


def test_what_is_clean_keeps_its_places() -> None:
    assert scrub("приказ от – 5").untouched
