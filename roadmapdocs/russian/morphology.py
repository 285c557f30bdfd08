"""The dictionary of Russian word forms: pymorphy3 behind a few functions.

The dictionary is read when the first word is asked for (a tenth of a second) and stays; it takes some 20 MB.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from roadmapdocs.russian.cases import Case

_GRAMMEMES = {
    Case.NOM: "nomn",
    Case.GEN: "gent",
    Case.DAT: "datv",
    Case.ACC: "accs",
    Case.INS: "ablt",
    Case.PRE: "loct",
}
_CASES = {grammeme: case for case, grammeme in _GRAMMEMES.items()}
_GENDERS = {"masc": "m", "femn": "f", "neut": "n"}
#: Longer words are no words; the dictionary would take them apart letter by letter.
LONGEST_WORD = 64
#: pymorphy3 raises on letters that have no name in Unicode, and guesses wildly at other alphabets.
_RUSSIAN = re.compile("[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """One way to read a word form.

    ``grammemes`` are OpenCorpora's; ``known`` is false where the dictionary guesses by the ending.
    """

    text: str
    lemma: str
    grammemes: frozenset[str]
    score: float
    known: bool
    parse: Any = field(repr=False, compare=False)

    @property
    def case(self) -> Case | None:
        return next((_CASES[one] for one in self.grammemes if one in _CASES), None)

    @property
    def gender(self) -> str:
        """m, f, n; empty for plurals without one and for what has none."""
        return next((_GENDERS[one] for one in self.grammemes if one in _GENDERS), "")

    @property
    def plural(self) -> bool:
        return "plur" in self.grammemes

    @property
    def is_noun(self) -> bool:
        return "NOUN" in self.grammemes

    @property
    def is_adjective(self) -> bool:
        """Adjectives, participles, ordinals and such pronouns as «данный», in their full forms."""
        return bool(self.grammemes & {"ADJF", "PRTF"})

    def inflected(self, case: Case, *more: str) -> str | None:
        """The form in ``case`` and of the same number, in lower case; None if the dictionary has none."""
        wanted = {_GRAMMEMES[case], *more} | ({"plur"} if self.plural else {"sing"})
        found = self.parse.inflect(wanted)
        return None if found is None else str(found.word)


@cache
def dictionary() -> Any:
    """The analyser itself, with the fast reader of DAWG where it is installed (``pymorphy3[fast]``)."""
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415  # a program that inflects nothing starts without it

    return MorphAnalyzer(lang="ru")


def is_russian(word: str) -> bool:
    """Whether the word is of Russian letters only, with single hyphens between them."""
    return _RUSSIAN.fullmatch(word) is not None


@lru_cache(maxsize=2048)
def readings(word: str) -> tuple[Word, ...]:
    """All ways to read a word form, likeliest first; none of what is no Russian word, or overlong."""
    if len(word) > LONGEST_WORD or not is_russian(word):
        return ()
    return tuple(
        Word(one.word, one.normal_form, frozenset(one.tag.grammemes), one.score, one.is_known, one)
        for one in dictionary().parse(word)
    )


def lemma(word: str) -> str:
    """The dictionary form by the likeliest reading; the word itself in lower case where there is none."""
    found = readings(word)
    return found[0].lemma if found else word.lower()
