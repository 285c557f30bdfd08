"""One slip of the hand: all words that it may have been, and how likely each slip is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

LETTERS: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ROWS: Final = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
#: Letters that are heard alike, or written for each other out of habit.
_CONFUSED: Final = "ао еи ея ие эе ыи тд бп вф гк зс жш шщ цс йи юу ьъ гв"
_VOWELS: Final = frozenset("аеиоуыэюя")

# Natural logarithms of how likely a slip is beside the commonest; a slip of another kind weighs the last of them.
_HABIT: Final = 0.0
_SWAPPED: Final = -0.3
_DOUBLED: Final = -0.2
_NEIGHBOUR: Final = -0.6
_OTHER: Final = -1.6
#: The first letter is seldom mistaken.
_FIRST: Final = -0.8


def _neighbours() -> Mapping[str, frozenset[str]]:
    """Keys that touch each other; each row is shifted by half a key against the one above."""
    found: dict[str, set[str]] = {letter: set() for letter in LETTERS}
    for at, row in enumerate(_ROWS):
        for place, key in enumerate(row):
            beside = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            below = _ROWS[at + 1][max(0, place - 1) : place + 1] if at + 1 < len(_ROWS) else ""
            for other in beside + below:
                found[key].add(other)
                found[other].add(key)
    return {key: frozenset(others) for key, others in found.items()}


_NEIGHBOURS: Final = _neighbours()
_HABITS: Final = frozenset(pair for pair in _CONFUSED.split()) | frozenset(pair[::-1] for pair in _CONFUSED.split())


def slips(word: str) -> dict[str, float]:
    """Every word that is one slip away from what was typed, with the weight of its likeliest slip."""
    found: dict[str, float] = {}
    for other, weight in _slips(word):
        if other != word and weight > found.get(other, -100.0):
            found[other] = weight
    return found


def _slips(word: str) -> Iterator[tuple[str, float]]:
    for at, typed in enumerate(word):
        before, behind = word[:at], word[at + 1 :]
        first = _FIRST if at == 0 else 0.0
        yield before + behind, first + _added(word, at)
        if behind:
            yield before + behind[0] + typed + behind[1:], first + _SWAPPED
        for meant in LETTERS:
            yield before + meant + behind, first + _replaced(meant, typed)
    for at in range(len(word) + 1):
        first = _FIRST if at == 0 else 0.0
        for left_out in LETTERS:
            yield word[:at] + left_out + word[at:], first + _left_out(word, at, left_out)


def _added(word: str, at: int) -> float:
    """The letter at the place was not meant: a doubled one, or a neighbour's key touched besides."""
    beside = word[max(0, at - 1) : at] + word[at + 1 : at + 2]
    if word[at] in beside:
        return _DOUBLED
    return _NEIGHBOUR if any(word[at] in _NEIGHBOURS.get(key, frozenset()) for key in beside) else _OTHER


def _replaced(meant: str, typed: str) -> float:
    if meant + typed in _HABITS:
        return _HABIT
    return _NEIGHBOUR if typed in _NEIGHBOURS[meant] else _OTHER


def _left_out(word: str, at: int, letter: str) -> float:
    """One of a pair of letters is left out most often, then a vowel, a soft sign or «й»."""
    if letter in word[max(0, at - 1) : at + 1]:
        return _DOUBLED
    return _NEIGHBOUR if letter in _VOWELS or letter in "ьъйт" else _OTHER
