"""Every form of a word finds it, and words that only look like it do not. The whole table: ``measure_words``."""

from __future__ import annotations

from tests.search.measure_words import false_relatives, missed
from tests.search.word_samples import dictionary_words, invented_relatives, invented_words, relatives


def test_words_of_the_dictionary_are_found_by_all_their_forms() -> None:
    lost, total = missed(dictionary_words(150, 11))
    assert len(lost) <= 0.005 * total, lost


def test_unknown_words_are_found_by_nearly_all_their_forms() -> None:
    lost, total = missed(invented_words(150, 12))
    assert len(lost) <= 0.02 * total, lost


def test_words_that_begin_alike_do_not_find_each_other() -> None:
    pairs = relatives(dictionary_words(300, 13), 14)
    assert len(pairs) > 100
    false = false_relatives(pairs, 15)
    assert len(false) <= 0.01 * len(pairs), false


def test_unknown_words_that_begin_alike_do_not_find_each_other() -> None:
    pairs = invented_relatives(invented_words(300, 16), 17)
    assert len(pairs) > 100
    false = false_relatives(pairs, 18)
    assert len(false) <= 0.01 * len(pairs), false
