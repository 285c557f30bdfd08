"""Names of kinds, units, states in a question, in any form: «протоколы», «аналитической справкой»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from roadmapdocs.search.analysis import positions
from roadmapdocs.search.ports import Position

_Places = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """By a term of the first word of a name: its words, and the code of what is called so."""

    starting: Mapping[str, tuple[tuple[_Places, str], ...]]

    def at(self, places: Sequence[Position], i: int) -> tuple[int, frozenset[str]] | None:
        """How many words at this place are a name, and of what: the longest name that stands there counts."""
        found: dict[int, set[str]] = {}
        for term in places[i]:
            for name, code in self.starting.get(term, ()):
                if stands(name, places, i):
                    found.setdefault(len(name), set()).add(code)
        longest = max(found, default=0)
        return (longest, frozenset(found[longest])) if longest else None


def stands(name: Sequence[frozenset[str]], places: Sequence[Position], i: int) -> bool:
    """Whether these words stand at this place, each in some form."""
    return len(name) <= len(places) - i and all(
        not wanted.isdisjoint(places[i + shift]) for shift, wanted in enumerate(name)
    )


@lru_cache(maxsize=16)
def names(called: tuple[tuple[str, tuple[str, ...]], ...]) -> Names:
    """What is called how: pairs of a code and its names, analysed once as long as they stay the same."""
    starting: dict[str, dict[tuple[_Places, str], None]] = {}
    for code, texts in called:
        for text in texts:
            places = tuple(frozenset(place) for place in positions(text))
            for term in places[0] if places else ():
                starting.setdefault(term, {})[places, code] = None
    return Names({term: tuple(found) for term, found in starting.items()})
