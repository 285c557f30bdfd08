"""Terms of one word: its lemmas, or of what the dictionary has not, guesses and a stem."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from roadmapdocs.russian.lemmas import known, lemmas
from roadmapdocs.russian.letters import fold_word
from roadmapdocs.russian.morphology import LONGEST_WORD
from roadmapdocs.russian.stems import stem
from roadmapdocs.search.ports import Position

#: Function words of one form: their other readings («при» of «переть», «для» of «длить») are left out.
INVARIABLE: Final = frozenset(
    "а без более бы в вдоль ведь во вот да для до если еще же за и из или к как ко когда ли либо на над не ни но о об "
    "обо от перед по под при про с со так также там тоже у уже что чтобы".split()
)
#: Words that say nothing about what is sought, as forms and lemmas; queries drop them unless there is nothing else.
STOP_WORDS: Final = INVARIABLE | frozenset(
    "я ты он она оно они мы вы себя свой наш ваш мой этот тот такой который какой чей кто сам самый весь все то это "
    "быть его ее их им ей ему ней него них ним нет чем же раз где куда через между после перед кроме".split()
)
_TWINS = "abcehkmoptxy"
_TO_LATIN = str.maketrans("авсенкмортху", _TWINS)
_CYRILLIC = re.compile("[а-я]")
_ACRONYM_FORM = re.compile(
    "([А-ЯЁ]{2,})-?(?:а|у|е|ы|и|ю|ом|ем|ов|ев|ам|ах|ами|ой|ей|ою|ям|ях|ями|м|х|й|я)"
)
_UNPRONOUNCEABLE = re.compile("[бвгджзйклмнпрстфхцчшщ]{4}|[аеиоуыэюя]{3}|^[^аеиоуыэюя]+$|[ьъ]{2}")
#: Capital words up to this long are abbreviations, or may be one where the dictionary has the word.
_SHORT = 5


def fold(word: str) -> str:
    """The word in the letters that all terms are in; a Latin word with a Cyrillic letter or two becomes Latin."""
    folded = fold_word(word[:LONGEST_WORD])[:LONGEST_WORD]
    if "'" in folded or "’" in folded:
        folded = _without_apostrophe(folded.replace("’", "'"))
    if _CYRILLIC.search(folded) and not folded.isascii():
        latin = fold_word(folded).translate(_TO_LATIN)
        if latin.isascii() and not set(latin) <= set(_TWINS):
            return latin
    return folded


def _without_apostrophe(folded: str) -> str:
    """«об'явление» of a typewriter is «объявление»; of a name the apostrophe is left out."""
    hard = folded.replace("'", "ъ")
    return hard if known(hard) else folded.replace("'", "")


@lru_cache(maxsize=1 << 16)
def word_terms(word: str) -> Position:
    """Terms of a word as it is written, without a hyphen: its capitals tell an abbreviation."""
    folded = fold(word)
    if len(folded) < 2 or folded in INVARIABLE:
        return (folded,)
    if not _CYRILLIC.search(folded):
        return (folded,)
    if word.isascii():
        return _distinct(word.lower(), folded)
    if word.isupper() and len(folded) <= _SHORT:
        return _distinct(*lemmas(folded), folded) if known(folded) else (folded,)
    if word.isupper() and _UNPRONOUNCEABLE.search(folded) and not known(folded):
        return (folded,)
    if (declined := _ACRONYM_FORM.fullmatch(word)) and not known(folded):
        return _distinct(fold(declined[1]), folded)
    return _plain(folded)


def _plain(folded: str) -> Position:
    if known(folded):
        return lemmas(folded)
    return _distinct(folded, *lemmas(folded), f"~{stem(folded)}")


@lru_cache(maxsize=1 << 14)
def hyphenated_terms(word: str) -> tuple[Position, ...]:
    """Terms of a word with hyphens, place by place: the whole with its first part, then each other part."""
    if _ACRONYM_FORM.fullmatch(word):
        return (whole_terms(word),)
    first, *others = word.split("-")
    return (_distinct(*whole_terms(word), *word_terms(first)), *(word_terms(part) for part in others))


@lru_cache(maxsize=1 << 14)
def whole_terms(word: str) -> Position:
    """Terms of a word with hyphens as one: «научно-методического» → «научно-методический»; «ВПР-ов» → «впр»."""
    if declined := _ACRONYM_FORM.fullmatch(word):
        return word_terms(declined[1])
    folded = "-".join(fold(part) for part in word.split("-"))[:LONGEST_WORD].rstrip("-")
    if word.isupper() and not known(folded):
        return _distinct(folded, *lemmas(folded))
    return lemmas(folded) or (folded,)


def _distinct(*terms: str) -> Position:
    return tuple(dict.fromkeys(terms))
