"""The dictionary behind its two functions."""

from __future__ import annotations

import subprocess
import sys

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.morphology import LONGEST_WORD, lemma, readings


def test_a_word_is_read_with_gender_case_and_number() -> None:
    noun = next(word for word in readings("справкой") if word.is_noun)
    assert (noun.lemma, noun.case, noun.gender, noun.plural, noun.known) == ("справка", Case.INS, "f", False, True)
    assert noun.inflected(Case.DAT) == "справке"


def test_the_form_of_a_plural_is_plural() -> None:
    noun = next(word for word in readings("правила") if word.is_noun and word.plural and word.case is Case.NOM)
    assert noun.inflected(Case.GEN) == "правил"


def test_words_are_brought_to_their_dictionary_form() -> None:
    assert lemma("приказами") == "приказ"
    assert lemma("Мониторинга") == "мониторинг"
    assert lemma("") == ""


def test_what_is_no_word_has_no_readings() -> None:
    assert readings("") == ()
    assert readings("а" * (LONGEST_WORD + 1)) == ()


def test_the_dictionary_is_not_read_before_it_is_asked() -> None:
    code = (
        "import sys, roadmapdocs.russian.names, roadmapdocs.russian.phrases, roadmapdocs.people.declension;"
        "sys.exit(any(name.split('.')[0] in ('pymorphy3', 'num2words') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
