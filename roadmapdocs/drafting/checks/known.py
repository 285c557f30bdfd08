"""Whether the registry knows somebody whom a text names, in whatever case the text has the name."""

from __future__ import annotations

import re

from roadmapdocs.drafting.checks.facts import OfficeFacts
from roadmapdocs.russian.letters import fold_word

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: Endings of cases change at most so many letters; shorter words are compared whole.
_ENDING = 3
_SHORTEST = 4


def stem(word: str) -> str:
    """What cases leave of a word: «начальника» and «начальнику» alike."""
    folded = fold_word(word)
    return folded[: max(len(folded) - _ENDING, _SHORTEST)] if len(folded) > _SHORTEST else folded


def _words(text: str) -> list[str]:
    return [fold_word(word) for word in _WORD.findall(text)]


def is_known(office: OfficeFacts, name: str, post: str, unit: str = "") -> bool:
    """By the name where there is one, else by the post, else by the unit."""
    if name:
        return knows_person(office, name)
    if post:
        return knows_post(office, post)
    return bool(unit) and (knows_unit(office, unit) or knows_post(office, unit))


def knows_person(office: OfficeFacts, name: str) -> bool:
    """Surname in any case, and as many initials as the text gives."""
    words = _words(name)
    surname = next((word for word in words if len(word) > 1), "")
    initials = [word[0] for word in words if word != surname]
    for known in office.people:
        own, *rest = _words(known)
        same = own == surname or (stem(own)[:_SHORTEST] == stem(surname)[:_SHORTEST] and abs(len(own) - len(surname)) <= _ENDING)
        if surname and same and all(a == b[0] for a, b in zip(initials, rest, strict=False)):
            return True
    return False


def knows_post(office: OfficeFacts, text: str) -> bool:
    """Every word of some known title stands in the text, in its order and in whatever case."""
    words = [stem(word) for word in _words(text)]
    return any(_in_order([stem(word) for word in _words(title)], words) for title in office.posts)


def knows_unit(office: OfficeFacts, text: str) -> bool:
    """A unit by its name or its abbreviation, or the organisation itself."""
    words = [stem(word) for word in _words(text)]
    named = (*office.units, *office.organisations, *office.abbreviations)
    return any(_in_order([stem(word) for word in _words(name)], words) for name in named)


def _in_order(wanted: list[str], words: list[str]) -> bool:
    left = iter(words)
    return bool(wanted) and all(any(_same(one, word) for word in left) for one in wanted)


def _same(one: str, other: str) -> bool:
    """Stems of one word: as long as the shorter of them says."""
    short = min(len(one), len(other))
    return one == other or (short >= _SHORTEST and one[:short] == other[:short])
