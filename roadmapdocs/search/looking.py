"""Where in a text it is worth looking for asked terms: how their forms begin, and what certainly stands in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from roadmapdocs.russian.morphology import readings

#: One beginning is looked for so often in a text, and so many windows of it are analysed.
MOST_LOOKS: Final = 4_000
MOST_WINDOWS: Final = 40
#: How far around a digit or an odd spelling the analysis reads, in characters.
_AROUND: Final = 40
#: Terms of a question all of whose forms are looked up.
MOST_INFLECTED: Final = 400
#: More beginnings than these are shortened until some fall together.
_FEW: Final = 6
_SIGNS: Final = ("#", "@", "&")
_SPACE = re.compile(r"\s")


def is_special(term: str) -> bool:
    """Whether a term is made of more than one word of a text, or of digits, which may stand within a number."""
    return term.startswith(_SIGNS) or term[:1].isdigit()


def anchors_of(term: str) -> frozenset[str]:
    """What is certainly written where such a term stands, as it is looked for in lowered text."""
    if term.startswith("&"):
        return beginnings_of(term[1:].partition(".")[0])
    if term.startswith("@-"):
        return frozenset({str(int(term[-2:]))})
    if term.startswith("@"):
        year = term[1:5]
        return frozenset({year, f".{year[2:]}", f"/{year[2:]}"})
    if term.startswith("#"):
        digits = re.search(r"\d+", term)
        return frozenset({digits.group() if digits else term[1:2]})
    return frozenset({term}) if term[:1].isdigit() else frozenset()


@lru_cache(maxsize=4096)
def beginnings_of(term: str) -> frozenset[str]:
    """With what the forms of a word begin: three or four letters each, fewer where there are many beginnings."""
    if term.startswith("~"):
        return spelt({term[1:5]})
    forms = {term} | {form.word.replace("ё", "е") for one in readings(term) for form in one.parse.lexeme}
    for length in (4, 3, 2):
        beginnings = {form[:length] for form in forms}
        if len(beginnings) <= _FEW:
            return spelt(beginnings)
    return spelt({form[:1] for form in forms})


def beginnings_of_all(words: Iterable[Collection[str]]) -> set[str]:
    """With what forms of all these terms begin, word by word. Terms of words that have very many of them, as the words of
    the archive with one beginning, stand for themselves: their forms begin as they do."""
    found: set[str] = set()
    inflected = 0
    for terms in sorted(words, key=len):
        inflected += len(terms)
        for term in terms:
            found |= beginnings_of(term) if inflected <= MOST_INFLECTED else spelt({term.lstrip("~")[:3]})
    return found


def spelt(starts: Collection[str]) -> frozenset[str]:
    """The same with «ё» wherever «е» may stand for it: in one place, a word has no two."""
    with_yo = {
        start[:place] + "ё" + start[place + 1 :]
        for start in starts
        for place, letter in enumerate(start)
        if letter == "е"
    }
    return frozenset(start for start in {*starts, *with_yo} if start)


def without_longer(starts: Collection[str]) -> tuple[str, ...]:
    """Without those that begin as another one does: looking for the other finds them, too."""
    return tuple(one for one in sorted(starts) if not any(one != other and one.startswith(other) for other in starts))


def places_of_any(lowered: str, needles: Sequence[str]) -> Iterator[int]:
    """Where any of the needles stands; each is looked for a limited number of times."""
    for needle in needles:
        at = lowered.find(needle)
        looks = 0
        while at >= 0 and looks < MOST_LOOKS:
            yield at
            at = lowered.find(needle, at + 1)
            looks += 1


def windows_around(text: str, places: Iterable[int]) -> list[tuple[int, int]]:
    """Stretches of whole words around these places, those that touch made one."""
    windows: list[tuple[int, int]] = []
    for place in sorted(islice(places, MOST_WINDOWS)):
        start, end = max(place - _AROUND, 0), min(place + _AROUND, len(text))
        while start and not _SPACE.match(text, start - 1) and place - start < 2 * _AROUND:
            start -= 1
        while end < len(text) and not _SPACE.match(text, end) and end - place < 2 * _AROUND:
            end += 1
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(windows[-1][1], end))
        else:
            windows.append((start, end))
    return windows


def in_small_letters(text: str) -> str:
    """In small letters, each where it was: the few letters that grow by it stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
