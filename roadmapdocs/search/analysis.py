"""Text into terms: the one analysis of what is stored and of what is asked."""

from __future__ import annotations

from dataclasses import dataclass

from roadmapdocs.search.ports import Position

#: Grows whenever :func:`analyse` gives other terms for some text: indexes built by another one are built anew.
ANALYSIS = 1


@dataclass(frozen=True, slots=True)
class Token:
    """One position of a text: its terms, and where it stands in the text as it is written (offsets of characters)."""

    terms: Position
    start: int
    end: int
