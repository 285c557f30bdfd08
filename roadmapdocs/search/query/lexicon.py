"""What the registry itself knows that questions are read by, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind of documents: its ``code``, whatever it is called («приказ», «приказа», «приказ по личному составу»), first
    by what it is shown as, and the word by which roadmaps expect it."""

    code: str
    names: tuple[str, ...]
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A unit or a roadmap by its row's ``id`` and its names."""

    id: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``groups`` are words that stand for each other: each a tuple of abbreviations, expansions and twins."""

    kinds: tuple[KindWords, ...] = ()
    units: tuple[Named, ...] = ()
    roadmaps: tuple[Named, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
