"""Where in a text the asked words stand, in whatever form and spelling, without analysing all of it.

A word of a text that begins as no form of an asked word begins is not even looked at: finding beginnings costs next
to nothing, and what each form means is asked once a question. Numbers, dates and names with initials, and words that
somebody spaced out or broke at a line's end, are read by the analysis itself in a window around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.russian.letters import fold_word
from roadmapdocs.search.analysis import analyse, terms_of
from roadmapdocs.search.looking import (
    anchors_of,
    beginnings_of_all,
    in_small_letters,
    is_special,
    places_of_any,
    spelt,
    windows_around,
    without_longer,
)
from roadmapdocs.search.sought import Leaf

#: More words of one beginning than these are not looked for in a text: fragments show two places of it. A phrase is
#: where its words stand together, so more of them are looked through.
MOST_HITS: Final = 30
MOST_OF_PHRASES: Final = 400
#: Odd spellings are looked for so far into a text.
_ODD_WITHIN = 20_000
_WORD = re.compile("[\\w\u0301\u0306\u0308\u00ad]+")
_HYPHENATED = re.compile("[\\w\u0301\u0306\u0308\u00ad]+(?:[-‐‑][\\w\u0301\u0306\u0308\u00ad]+)+")
_GAP = re.compile(r"(?:[^\w]|_){1,16}")
# Soft hyphens, decomposed letters, a break at a line's end, letters of two alphabets in one word, letter-spacing.
_ODD = re.compile(
    "\u00ad|[\u0306\u0308]|\\w[-‐]\\s*\n|[A-Za-z][а-яё]|[а-яё][A-Za-z]|(?<!\\w)(?:[^\\W\\d_][ \u00a0]){3,}(?=\\w(?!\\w))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of the text that shows parts of the question; ``groups`` has a bit for each of them."""

    start: int
    end: int
    groups: int
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    """A word of the text that fills ``places``: a bit for each place of each leaf."""

    start: int
    end: int
    places: int


class Marker:
    """Finds what was asked for in texts. Made for one question; remembers what forms mean between its texts."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = leaves
        self._first_bit: list[int] = []
        self._by_term: dict[str, int] = {}
        self._beginnings: list[tuple[str, int]] = []
        bit = 0
        for leaf in leaves:
            self._first_bit.append(bit)
            if leaf.start:
                self._beginnings.append((leaf.start, 1 << bit))
            for place, terms in enumerate(leaf.places):
                for term in terms:
                    self._by_term[term] = self._by_term.get(term, 0) | 1 << bit + place
            bit += max(len(leaf.places), 1)
        self.groups = sum(1 << group for group in {leaf.group for leaf in leaves})
        plain = [term for term in self._by_term if not is_special(term)]
        self._starts = without_longer(
            beginnings_of_all({term for term in terms if not is_special(term)} for leaf in leaves for terms in leaf.places)
            | spelt({start for start, _bit in self._beginnings})
        )
        self._hyphens = any("-" in term for term in plain)
        self._anchors = without_longer({anchor for term in self._by_term for anchor in anchors_of(term)})
        self._most = MOST_OF_PHRASES if any(leaf.is_phrase for leaf in leaves) else MOST_HITS
        self._known: dict[str, int] = {}

    def marks(self, text: str) -> list[Mark]:
        """Runs to be marked, in their order, none over another."""
        lowered = in_small_letters(text)
        spots = {spot.start: spot for spot in self._words(text, lowered)}
        spots |= {spot.start: spot for spot in self._read(text, places_of_any(lowered, self._anchors))}
        marks = self._marks(text, spots)
        if union(marks) != self.groups:
            odd = (sign.start() for sign in _ODD.finditer(text, 0, _ODD_WITHIN))
            more = {spot.start: spot for spot in self._read(text, odd)}
            if not more.keys() <= spots.keys():
                marks = self._marks(text, _without_overlaps(spots | more))
        return marks

    def _words(self, text: str, lowered: str) -> Iterator[_Spot]:
        """Plain words that begin as a form of an asked one."""
        for start in self._starts:
            yield from self._words_with(start, text, lowered)

    def _words_with(self, start: str, text: str, lowered: str) -> Iterator[_Spot]:
        number = 0
        for at in places_of_any(lowered, (start,)):
            if at and (text[at - 1].isalnum() or text[at - 1] == "\u00ad"):
                continue
            whole = _HYPHENATED.match(text, at) if self._hyphens else None
            places = self._places(whole.group()) if whole else 0
            if not places and (whole := _WORD.match(text, at)):
                places = self._places(whole.group())
            if places and whole:
                yield _Spot(at, whole.end(), places)
                number += 1
                if number >= self._most:
                    return

    def _places(self, form: str) -> int:
        known = self._known.get(form)
        if known is None:
            known = self._union_of(terms_of(form))
            for start, bit in self._beginnings:
                if fold_word(form).startswith(start):
                    known |= bit
            self._known[form] = known
        return known

    def _union_of(self, terms: Iterable[str]) -> int:
        found = 0
        for term in terms:
            found |= self._by_term.get(term, 0)
        return found

    def _read(self, text: str, places: Iterable[int]) -> Iterator[_Spot]:
        """What the analysis finds around these places."""
        for start, end in windows_around(text, places):
            for token in analyse(text[start:end]):
                filled = self._union_of(token.terms)
                if filled:
                    yield _trimmed(text, start + token.start, start + token.end, filled)

    def _marks(self, text: str, spots: dict[int, _Spot]) -> list[Mark]:
        ordered = sorted(spots.values(), key=lambda spot: (spot.start, -spot.end))
        marks: list[Mark] = []
        for leaf, bit in zip(self._leaves, self._first_bit, strict=True):
            group = 1 << leaf.group
            if leaf.is_phrase:
                marks += _phrases(text, ordered, leaf, bit, group)
            else:
                marks += [Mark(spot.start, spot.end, group) for spot in ordered if spot.places >> bit & 1]
        return _merged(marks)


def _trimmed(text: str, start: int, end: int, places: int) -> _Spot:
    """A date may begin with the blank before it."""
    written = text[start:end]
    return _Spot(start + len(written) - len(written.lstrip()), end - len(written) + len(written.rstrip()), places)


def _phrases(text: str, ordered: Sequence[_Spot], leaf: Leaf, bit: int, group: int) -> Iterator[Mark]:
    """Runs of spots one right after another that fill the places of a phrase."""
    first = next(place for place, terms in enumerate(leaf.places) if terms)
    last = max(place for place, terms in enumerate(leaf.places) if terms)
    by_start = {spot.start: spot for spot in ordered}
    for spot in ordered:
        if not spot.places >> bit + first & 1:
            continue
        end: int | None = spot.end
        for place in range(first + 1, last + 1):
            gap = _GAP.match(text, end or 0)
            following = by_start.get(gap.end()) if gap else None
            if gap is None or (leaf.places[place] and (following is None or not following.places >> bit + place & 1)):
                end = None
                break
            word = None if following else _WORD.match(text, gap.end())
            end = following.end if following else word.end() if word else None
            if end is None:
                break
        if end is not None:
            yield Mark(spot.start, end, group, phrase=True)


def _without_overlaps(spots: dict[int, _Spot]) -> dict[int, _Spot]:
    """Of spots over one another the longer ones: a word that was put together, not its parts."""
    kept: list[_Spot] = []
    for spot in sorted(spots.values(), key=lambda one: (one.start, -one.end)):
        if not kept or spot.start >= kept[-1].end:
            kept.append(spot)
    return {spot.start: spot for spot in kept}


def _merged(marks: Sequence[Mark]) -> list[Mark]:
    """In order, with marks that lie over one another made one."""
    merged: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, one.end)):
        before = merged[-1] if merged else None
        if before is not None and mark.start < before.end:
            groups = before.groups | mark.groups
            merged[-1] = Mark(before.start, max(before.end, mark.end), groups, before.phrase or mark.phrase)
        else:
            merged.append(mark)
    return merged


def union(marks: Iterable[Mark]) -> int:
    """The groups that any of the marks shows."""
    found = 0
    for mark in marks:
        found |= mark.groups
    return found
