"""Slips of the hand in a question, told by the words of the archive; and the wrong layout of the keyboard."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from roadmapdocs.russian.lemmas import known, lemmas
from roadmapdocs.search.analysis_words import fold
from roadmapdocs.search.spelling_layout import other_layout
from roadmapdocs.search.spelling_slips import LETTERS, slips

__all__ = ["SHORTEST", "Frequencies", "Vocabulary", "corrections", "other_layout"]

#: The forms among these, folded, that stand in the archive, each with its terms.
Vocabulary = Callable[[Collection[str]], Mapping[str, Sequence[str]]]
#: In about how many records of the archive each of these terms stands; what stands nowhere may be left out.
Frequencies = Callable[[Collection[str]], Mapping[str, int]]

#: Words of fewer letters are too near to each other to be told from slips.
SHORTEST: Final = 5
_LONGEST: Final = 40
#: A form that stands in the archive as it is, before one of which only another form does.
_STANDS: Final = 0.8
_LETTERS: Final = frozenset(LETTERS)


def corrections(word: str, vocabulary: Vocabulary, frequencies: Frequencies, limit: int = 5) -> list[str]:
    """What was meant by a word with one slip in it (a letter too many, too few, another, or two changed over).

    Folded words, likeliest first: each stands in the archive, or the dictionary has it and another form of it stands
    there. Empty for short words, for other alphabets, and where nothing is near. One question to ``vocabulary`` and
    one to ``frequencies``, of some hundred words each.
    """
    typed = fold(word)
    if not SHORTEST - 1 <= len(typed) <= _LONGEST or sum(letter not in _LETTERS for letter in typed) > 1:
        return []
    near = {other: weight for other, weight in slips(typed).items() if len(other) >= SHORTEST}
    stands = vocabulary(sorted(near))
    terms = {other: lemmas(other) for other in near if known(other)} | {other: tuple(stands[other]) for other in stands}
    counts = frequencies(sorted({term for found in terms.values() for term in found}))
    weights: dict[str, float] = {}
    for other, found in terms.items():
        count = max((counts.get(term, 0) for term in found), default=0)
        if count or other in stands:
            weights[other] = near[other] + math.log1p(count) + (_STANDS if other in stands else 0.0)
    return sorted(weights, key=lambda other: (-weights[other], other))[:limit]
