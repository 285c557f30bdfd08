"""Text into terms: the one analysis of what is stored and of what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from roadmapdocs.russian.morphology import LONGEST_WORD
from roadmapdocs.russian.scrubbing import scrub
from roadmapdocs.search.analysis_names import names_in
from roadmapdocs.search.analysis_scan import Place, scan
from roadmapdocs.search.analysis_words import STOP_WORDS, fold, whole_terms
from roadmapdocs.search.ports import Position

__all__ = ["ANALYSIS", "STOP_WORDS", "Token", "analyse", "forms_of", "positions", "terms_of"]

#: Grows whenever :func:`analyse` gives other terms for some text: indexes built by another one are built anew.
ANALYSIS = 1
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


@dataclass(frozen=True, slots=True)
class Token:
    """One position of a text: its terms, and where it stands in the text as it is written (offsets of characters)."""

    terms: Position
    start: int
    end: int


def analyse(text: str) -> list[Token]:
    """The positions of a text in reading order. Any text whatever has some or none; no term is longer than 80 signs."""
    scrubbed = scrub(text)
    places = _places(scrubbed.text)
    if scrubbed.untouched:
        return [Token(*place) for place in places]
    back = scrubbed.place
    return [Token(terms, back(start), back(end - 1) + 1) for terms, start, end in places]


def positions(text: str) -> list[Position]:
    """The terms alone of :func:`analyse`."""
    return [terms for terms, _start, _end in _places(scrub(text).text)]


def terms_of(word: str) -> Position:
    """The terms of one word or number as it is asked for; those of the first place where there are several.

    A word with a hyphen is asked for as a whole. Empty where there is nothing to find.
    """
    scrubbed = scrub(word).text.strip()
    if len(scrubbed) <= LONGEST_WORD and _HYPHENATED.fullmatch(scrubbed):
        return whole_terms(scrubbed)
    found = _places(scrubbed)
    return found[0][0] if found else ()


def forms_of(text: str) -> dict[str, Position]:
    """The words of a text as they stand in it, folded, each with its terms: what typos are measured against."""
    return dict(_forms(scrub(text).text))


def _forms(text: str) -> Iterator[tuple[str, Position]]:
    for terms, start, end in scan(text):
        word = text[start:end]
        if 1 < len(word) <= LONGEST_WORD and word.isalpha():
            yield fold(word), terms


def _places(text: str) -> list[Place]:
    places = scan(text)
    names = names_in(text)
    if names:
        for at, (terms, start, end) in enumerate(places):
            if start in names:
                places[at] = ((*terms, *names[start]), start, end)
    return places
