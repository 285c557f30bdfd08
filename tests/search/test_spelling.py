"""What was meant where a letter slipped, or the keyboard was on the other layout."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from roadmapdocs.search.spelling import corrections, other_layout
from tests.search.measure_typos import wrong
from tests.search.typo_samples import archive, slips_in

COUNTS = {"приказ": 900, "положение": 400, "библиотека": 12, "олимпиада": 7, "рыбашапка": 2, "чтение": 30}
FORMS = {"библиотек": ("библиотека",), "рыбашапки": ("рыбашапка", "~рыбашапк"), "приказом": ("приказ",)}


def vocabulary(words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    return {word: FORMS[word] for word in words if word in FORMS}


def frequencies(terms: Collection[str]) -> Mapping[str, int]:
    return {term: COUNTS[term] for term in terms if term in COUNTS}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("библиоттек", "библиотек"),
        ("библотеками", "библиотеками"),
        ("алимпиада", "олимпиада"),
        ("оилмпиада", "олимпиада"),
        ("чтеню", "чтению"),
        ("пиказ", "приказ"),
        ("Прикза", "приказ"),
        ("рыбашпки", "рыбашапки"),
        ("пoлoжeнuе", "положение"),
        ("прик@з", "приказ"),
    ],
)
def test_the_word_that_was_meant_comes_first(typed: str, meant: str) -> None:
    assert corrections(typed, vocabulary, frequencies)[0] == meant


@pytest.mark.parametrize(("counts", "first"), [({"кошка": 3, "ложка": 3}, "ложка"), ({"кошка": 500, "ложка": 1}, "кошка")])
def test_a_common_slip_comes_first_unless_another_word_stands_far_oftener(counts: dict[str, int], first: str) -> None:
    offered = corrections("лошка", vocabulary, lambda terms: {term: counts[term] for term in terms if term in counts})
    assert offered[0] == first
    assert {"кошка", "ложка"} <= set(offered)


@pytest.mark.parametrize("typed", ["", "кот", "приказы-то", "school", "178-п", "а" * 41, "\0", "ффффффф", "😀😀😀😀😀"])
def test_what_is_short_or_foreign_or_near_to_nothing_has_no_corrections(typed: str) -> None:
    assert corrections(typed, vocabulary, frequencies) == []


def test_no_more_are_offered_than_are_wanted() -> None:
    assert len(corrections("приказа", vocabulary, frequencies, limit=2)) == 2


def test_the_right_word_comes_first_after_nearly_all_slips() -> None:
    known = archive()
    slips = slips_in(known, 200, 5)
    lost = wrong(slips, known)
    assert len(lost) <= 0.06 * len(slips), [(slip.typed, slip.meant, offered) for slip, offered in lost]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbrfp", "приказ"),
        ("Ghbrfp 178-g", "Приказ 178-п"),
        ("Ghbrfp #178-G jn 29.11.2021", "Приказ №178-П от 29.11.2021"),
        ("pfx`n gj xntyb.", "зачёт по чтению"),
        ("[jpzqcndj, j,]zdktybt", "хозяйство, объявление"),
        ("'rpfvty", "экзамен"),
        ('"hf,jxfz uheggf"', '"рабочая группа"'),
        ("dbl^ghbrfp", "вид:приказ"),
        ("VCJRJ", "МСОКО"),
        ("приrfp", "приказ"),
        ("отчёт pdf ghbrfp", "отчёт pdf приказ"),
        ("сщмшв", "covid"),
        ("фвьшт", "admin"),
    ],
)
def test_the_other_layout_is_read(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "приказ 178", "school", "covid 19", "Windows 11", "excel report", "edu.example.ru", "a@b.ru", "ВПР ЕГЭ МППК",
     "ШНОР", "178-п", "* * *", "\0", "😀", "ghbrfp " * 400],
)  # fmt: skip
def test_what_reads_well_stays_as_it_is(typed: str) -> None:
    assert other_layout(typed) is None
