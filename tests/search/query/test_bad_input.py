"""Nothing that anybody can type is refused, and nothing takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.search.answers import LONGEST_QUERY, MOST_WORDS
from tests.search.query.asking import planned, understood

HOSTILE = [
    "а " * 50_000, "(" * 100_000, '"' * 100_000, "«" * 2_000, "а" * 100_000, "до " * 1_000, "(а|" * 600, "-" * 2_000,
    "- " * 1_000, "вид:" * 500, "* " * 1_000, "..." * 700, "1.1." * 500, "1-1-" * 500, "С." * 1_000, "№" * 2_000,
    "№ " * 1_000, "\x00" * 100, "\u202eпривет\u202c", "😀 приказ 😀", "'; DROP TABLE rd_document; --", "NEAR(a b)",
    "a AND b* OR c NOT d", "(a+)+$ " + "a" * 60 + "!", "\ud800приказ", "и\u0306" * 500, "п " * 1_000, "2021-" * 400,
    "с 1 по " * 250, "дата:с 1 по " * 150, "НЕ " * 600, "-(-(-(-(а)))))", "ИЛИ " * 500, "вид:(вид:(вид:приказ))",
    "дата:(2021 ИЛИ 2022)", "а-" * 1_000, "9" * 40, "99.99.9999", "0.0.0", "31.02.2021", "..", "дата:..", "дата:-",
    "№", "№ № 178", "п. п. 3", "-", "НЕ", "(", ")", '""', 'вид:""', "заголовок:", '-"а б"', "|||", "col:x", "\u3000",
    "дата:99999999999999999999", "с 0 по 0 мая", "в силе на на", "подписал подписал подписал", "а\u0301" * 900,
]  # fmt: skip


@pytest.mark.parametrize("question", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_planned_in_no_time(question: str) -> None:
    started = time.process_time()
    planned(question)
    planned(question, growing=True)
    assert time.process_time() - started < 2


_PARTS = st.sampled_from(
    "приказ 178 178-П № ( ) | ИЛИ НЕ - \" « » * : .. дата: вид: вид:приказ пункт п. 2.1 с по до за на 2021 ноября 15 1 "
    "уч. г. в силе подписал Лысенко С.С. мсоко ШНОР* 31.12.2021 состояние: карта: подразделение:УО дело:01-05 заголовок:".split()
)


@given(st.one_of(st.text(max_size=80), st.lists(_PARTS, max_size=14).map(" ".join), st.lists(_PARTS, max_size=14).map("".join)))
def test_any_text_is_a_question(question: str) -> None:
    found = understood(question, growing=True)
    planned(question, growing=True)
    for word in found.words:
        assert found.text[word.start : word.end] == word.text
    ids = [chip.id for chip in found.chips]
    assert len(ids) == len(set(ids))
    less = understood(question, ignored=frozenset(ids[:1]))
    assert [chip.id for chip in less.chips] == ids[1:]


def test_a_question_that_is_too_long_is_cut_and_that_is_told() -> None:
    found = understood("слово " * 400 + "x" * LONGEST_QUERY)
    assert len(found.text) <= LONGEST_QUERY
    assert [note.code for note in found.notes] == ["too_long", "too_many_words"]


def test_words_beyond_the_most_are_left_out_and_that_is_told() -> None:
    found = understood(" ".join(f"слово{number}" for number in range(500))[:LONGEST_QUERY])
    assert len(found.words) == MOST_WORDS
    assert [note.code for note in found.notes] == ["too_many_words"]
    inside = understood(f'"{"а " * 500}" слово')
    assert len(inside.words) == MOST_WORDS
    assert [note.code for note in inside.notes] == ["too_many_words", "only_stop_words"]


def test_brackets_beyond_any_use_are_passed_over() -> None:
    assert understood("(" * 40 + "чтение" + ")" * 40).tree == understood(" " * 40 + "чтение").tree


def test_unread_parts_are_told_a_few_times_only() -> None:
    found = understood(" ".join(f"дата:вчерась{letter}" for letter in "абвгдежзиклмнопрст"))
    assert len(found.notes) == 8
