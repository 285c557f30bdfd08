"""Texts compared: nothing is lost on either side, what a reader would call one change is one, and cost has a bound."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.documents.comparison import Change, Row, compare, stretches

WORDS = ["приказ", "школа", "отчёт", "до", "1", "сентября", ",", ".", "—", "о"]
PARAGRAPHS = st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), max_size=12)


def sides(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """Both texts as the rows show them."""
    left = ["".join(part.text for part in row.left) for row in rows if row.change is not Change.ADDED]
    right = ["".join(part.text for part in row.right) for row in rows if row.change is not Change.REMOVED]
    return left, right


def shown(row: Row) -> tuple[str, str]:
    signs = {"same": "{}", "ins": "[+{}]", "del": "[-{}]"}
    left, right = ("".join(signs[part.op].format(part.text) for part in side) for side in (row.left, row.right))
    return left, right


@given(PARAGRAPHS, PARAGRAPHS)
def test_both_texts_can_be_read_off_their_comparison(old: list[str], new: list[str]) -> None:
    rows = compare(old, new).rows
    assert sides(rows) == (old, new)
    for row in rows:
        assert {part.op for part in row.left} <= {"same", "del"}
        assert {part.op for part in row.right} <= {"same", "ins"}
        assert (row.change is Change.SAME) == (row.left == row.right)


@given(PARAGRAPHS)
def test_a_text_does_not_differ_from_itself(text: list[str]) -> None:
    compared = compare(text, text)
    assert compared.count(Change.SAME) == len(text)
    assert not compared.coarse


@given(PARAGRAPHS, PARAGRAPHS)
def test_what_came_one_way_goes_the_other(old: list[str], new: list[str]) -> None:
    there, back = compare(old, new), compare(new, old)
    assert there.count(Change.ADDED) - there.count(Change.REMOVED) == back.count(Change.REMOVED) - back.count(
        Change.ADDED
    )


@given(PARAGRAPHS, PARAGRAPHS, st.integers(0, 3))
def test_folding_loses_no_row_and_hides_no_change(old: list[str], new: list[str], around: int) -> None:
    rows = compare(old, new).rows
    cut = stretches(rows, around)
    assert [row for stretch in cut for row in stretch.rows] == list(rows)
    assert all(row.change is Change.SAME for stretch in cut if stretch.folded for row in stretch.rows)


def test_a_changed_word_is_marked_and_the_rest_is_not() -> None:
    (row,) = compare(["Провести смотр до 1 сентября 2026 года."], ["Провести смотр до 15 сентября 2026 года."]).rows
    assert row.change is Change.CHANGED
    assert shown(row) == (
        "Провести смотр до [-1 ]сентября 2026 года.",
        "Провести смотр до [+15 ]сентября 2026 года.",
    )


def test_a_paragraph_put_between_others_is_the_only_change() -> None:
    old = ["О смотре", "1. Провести смотр.", "2. Контроль оставляю за собой.", "Начальник"]
    new = ["О смотре", "1. Провести смотр.", "2. Утвердить состав жюри.", "2. Контроль оставляю за собой.", "Начальник"]
    compared = compare(old, new)
    assert [row.change for row in compared.rows if row.change is not Change.SAME] == [Change.ADDED]
    assert shown(compared.rows[2]) == ("", "[+2. Утвердить состав жюри.]")


def test_paragraphs_that_have_nothing_in_common_are_taken_out_and_put_in() -> None:
    changes = [row.change for row in compare(["Общие положения"], ["Список участников жюри"]).rows]
    assert changes == [Change.REMOVED, Change.ADDED]


def test_a_renumbered_text_is_paired_paragraph_by_paragraph() -> None:
    old = [f"{place}. Поручить отделу {place * 7} подготовку доклада о чтении" for place in range(1, 120)]
    new = [text.replace(".", ")", 1) for text in old]
    compared = compare(old, ["Вступление, которого не было", *new])
    assert compared.count(Change.CHANGED) == 119
    assert compared.count(Change.ADDED) == 1


def test_the_unchanged_middle_is_folded_with_a_line_left_beside_each_change() -> None:
    old = [f"Пункт {place}" for place in range(10)]
    cut = stretches(compare(old, ["Пункт ноль", *old[1:9], "Совсем другое"]).rows)
    assert [(stretch.folded, len(stretch.rows)) for stretch in cut] == [(False, 2), (True, 6), (False, 3)]


def test_two_empty_texts_have_nothing_to_show() -> None:
    assert compare([], []).rows == ()
    assert stretches([]) == []


def _hostile(name: str) -> tuple[list[str], list[str]]:
    chance = random.Random(5)  # the same text each time, not a secret
    many = 50_000
    return {
        "one paragraph repeated": (["а"] * many, ["а"] * (many - 7) + ["б"]),
        "two paragraphs in any order": (
            [chance.choice("аб") for _ in range(many)],
            [chance.choice("аб") for _ in range(many)],
        ),
        "nothing in common": ([f"а{one}" for one in range(many)], [f"б{one}" for one in range(many)]),
        "the other way round": ([f"п {one}" for one in range(many)], [f"п {one}" for one in range(many)][::-1]),
        "all changed a little": (
            [f"Пункт {one} о порядке чтения" for one in range(many)],
            [f"Пункт {one} о порядке письма" for one in range(many)],
        ),
        "one huge paragraph": ([" ".join("аб"[one % 3 == 0] for one in range(many))], [" ".join("аб" * many)]),
        "many like paragraphs of many words": (
            [" ".join(chance.choice("абвгд") for _ in range(400)) for _ in range(300)],
            [" ".join(chance.choice("абвгд") for _ in range(400)) for _ in range(300)],
        ),
    }[name]


@pytest.mark.parametrize(
    "name",
    [
        "one paragraph repeated",
        "two paragraphs in any order",
        "nothing in common",
        "the other way round",
        "all changed a little",
        "one huge paragraph",
        "many like paragraphs of many words",
    ],
)
def test_hostile_texts_take_seconds_and_not_hours(name: str) -> None:
    old, new = _hostile(name)
    began = time.process_time()
    compared = compare(old, new)
    assert sides(compared.rows) == (old, new)
    assert time.process_time() - began < 20
