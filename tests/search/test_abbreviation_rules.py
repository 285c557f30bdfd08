from __future__ import annotations

import pytest

from roadmapdocs.search.abbreviation_rules import Pair, find_pairs, fits, key, same


@pytest.mark.parametrize(
    ("text", "short", "words"),
    [
        ("со школами с низкими образовательными результатами (далее – ШНОР) района", "ШНОР", "школами с низкими образовательными результатами"),
        ("муниципальной системы оценки качества образования Заозёрского района (далее - МСОКО)", "МСОКО", "муниципальной системы оценки качества образования"),
        ("информационно-методического отдела (далее по тексту – «ИМО»)", "ИМО", "информационно-методического отдела"),
        ("приказ. Управление образования (далее УО)", "УО", "Управление образования"),
        ("всероссийской олимпиады школьников (далее – ВсОШ)", "ВсОШ", "всероссийской олимпиады школьников"),
        ("МСОКО (муниципальная система оценки качества образования)", "МСОКО", "муниципальная система оценки качества образования"),
        ("ШНОР – школы с низкими образовательными результатами, и прочее", "ШНОР", "школы с низкими образовательными результатами"),
    ],
)
def test_what_a_text_explains_is_found(text: str, short: str, words: str) -> None:
    assert list(find_pairs(text)) == [Pair(short, words, sure=True)]


@pytest.mark.parametrize(
    "text",
    [
        "положения о зачёте (далее – Положение)",
        "муниципальное бюджетное общеобразовательное учреждение (далее – МБОУ)",
        "ПК – это важно",
        "МСОКО (пункт 3 приложения)",
        "(далее – ШНОР)",
        "(далее " * 2_000,
        "ААА – " * 2_000,
        "",
    ],
    ids=range(8),
)
def test_what_explains_nothing_is_left_alone(text: str) -> None:
    assert not list(find_pairs(text))


def test_words_that_do_not_fit_are_doubtful() -> None:
    assert list(find_pairs("Итоги года, совещание директоров школ (далее – ЩЩЩ)")) == [
        Pair("ЩЩЩ", "совещание директоров школ", sure=False)
    ]


@pytest.mark.parametrize(
    ("short", "words", "fit"),
    [
        ("ШНОР", "школы с низкими образовательными результатами", True),
        ("ПМПК", "психолого-медико-педагогическая комиссия", True),
        ("МСОКО", "система оценки качества образования", False),
        ("УО", "управление", False),
        ("ПиП", "порядок и правила", True),
        ("ИКТ", "информационно-коммуникационные технологии", True),
    ],
)
def test_letters_fit_words_that_begin_with_them(short: str, words: str, fit: bool) -> None:
    assert fits(short, words.split()) is fit


def test_a_key_leaves_out_what_is_no_word() -> None:
    assert key(" «ШНОР»,  Школы с\u00a0низкими…") == "шнор школы с низкими…"
    assert key("зачёт") == key("Зачет")


def test_expansions_are_the_same_in_any_form() -> None:
    assert same("школы с низкими результатами", "школ с низкими результатами")
    assert not same("школы с низкими результатами", "школы с высокими результатами")
