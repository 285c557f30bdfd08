"""Words that stand for each other: any form of an abbreviation, its expansion or its twin brings in the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from roadmapdocs.search.analysis import positions
from roadmapdocs.search.ports import Position
from roadmapdocs.search.query.names import stands

Groups = tuple[tuple[str, ...], ...]
#: An expansion of more words than these is told by its beginning well enough.
MOST_PLACES = 16


@dataclass(frozen=True, slots=True)
class Spelling:
    """One of a group as positions of terms."""

    group: int
    places: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """``starting`` are spellings by a term of their first place, the longest first; ``groups`` all of each group."""

    starting: Mapping[str, tuple[Spelling, ...]]
    groups: tuple[tuple[Spelling, ...], ...]

    def at(self, places: Sequence[Position], i: int) -> Spelling | None:
        """The longest spelling that stands at this place of a text."""
        found = [
            spelling
            for term in places[i]
            for spelling in self.starting.get(term, ())
            if stands(spelling.places, places, i)
        ]
        return max(found, key=lambda one: len(one.places), default=None)

    def others(self, places: Sequence[Position], i: int, spelling: Spelling) -> list[tuple[frozenset[str], ...]]:
        """What else the words at this place may be called: by every group that spells something so."""
        length = len(spelling.places)
        groups = {
            one.group
            for term in places[i]
            for one in self.starting.get(term, ())
            if len(one.places) == length and stands(one.places, places, i)
        }
        found = dict.fromkeys(one.places for group in sorted(groups) for one in self.groups[group])
        return [one for one in found if one != spelling.places]


@lru_cache(maxsize=4)
def synonyms(groups: Groups) -> Synonyms:
    """The groups of a lexicon, analysed once as long as the office leaves them as they are."""
    by_group = tuple(
        tuple(
            Spelling(number, tuple(frozenset(place) for place in places[:MOST_PLACES]))
            for text in group
            if (places := positions(text))
        )
        for number, group in enumerate(groups)
    )
    starting: dict[str, list[Spelling]] = {}
    for group in by_group:
        for spelling in group:
            for term in spelling.places[0]:
                starting.setdefault(term, []).append(spelling)
    return Synonyms({term: tuple(found) for term, found in starting.items()}, by_group)
