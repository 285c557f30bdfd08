"""Titles of posts and names of units compared by their telling words, whatever the case they stand in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Final

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.lemmas import lemmas
from roadmapdocs.russian.morphology import readings

Word = frozenset[str]
"""All dictionary forms of one word: two words are the same where they have one in common."""

_QUOTED = re.compile(r"[«\"“„][^»\"”“]*[»\"”“]")
_ACTING = re.compile(r"(?:и\.\s?о\.|врио|исполняющ[а-яё]+\s+обязанности|временно)\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SHORT: Final = {"зам": "заместитель", "нач": "начальник", "гл": "главный", "зав": "заведующий", "спец": "специалист"}
_EMPTY: Final = frozenset("по и на при в во о об для с со из от к ко за над под".split())
#: What kind of organisation it is: never a telling word of a post.
_LEGAL: Final = frozenset(
    "мку мбу мау мбоу маоу мкоу мбдоу мадоу мкдоу мдоу моу мбудо мбоудо гбоу гбу кгбу фгбоу фгбу муниципальный казенный"
    " бюджетный автономный учреждение".split()
)


def words_of(text: str) -> tuple[Word, ...]:
    """The telling words of a title or a name; what is quoted, and what an acting holder is called, left out."""
    bare = _ACTING.sub("", _QUOTED.sub(" ", text))
    found = (_word(word) for word in _WORD.findall(bare.casefold().replace("ё", "е")))
    return tuple(word for word in found if word and word.isdisjoint(_LEGAL))


def all_words(texts: Iterable[str]) -> Word:
    """Dictionary forms of all words of some texts, also of what is quoted in them."""
    return frozenset(form for text in texts for word in words_of(re.sub(r"[«»\"“”„]", " ", text)) for form in word)


def quoted_words(text: str) -> tuple[Word, ...]:
    """The telling words of what a text quotes: «директору МБОУ «Школа № 2»»."""
    return words_of(" ".join(found[0][1:-1] for found in _QUOTED.finditer(text)))


@lru_cache(maxsize=4096)
def _word(word: str) -> Word:
    if word in _EMPTY:
        return frozenset()
    word = _SHORT.get(word, word)
    return frozenset(lemmas(word)) or frozenset((word,))


def left_over(words: Collection[Word], others: Collection[Word]) -> tuple[Word, ...]:
    """Those of the words that are not among the others."""
    known = frozenset(form for word in others for form in word)
    return tuple(word for word in words if word.isdisjoint(known))


def same_head(words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether both begin with the same word: «заместитель начальника» is no «начальник»."""
    return bool(words) and bool(others) and not words[0].isdisjoint(others[0])


def names_many(words: str, case: Case) -> bool:
    """Whether the first word stands in the plural: «руководителям школ» are nobody by name."""
    first = _WORD.search(words)
    if first is None or first[0].isupper():
        return False
    found = [one for one in readings(first[0].rpartition("-")[2]) if one.case is case and (one.is_noun or one.is_adjective)]
    return bool(found) and all(one.plural for one in found)
