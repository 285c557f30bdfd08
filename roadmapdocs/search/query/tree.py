"""A question as it was understood: leaves that say what is meant, and how they are joined."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from roadmapdocs.search.answers import Chip, Note
from roadmapdocs.search.ports import Zone


@dataclass(frozen=True, slots=True)
class Plain:
    """A word with no other meaning than itself; ``unfinished`` where it may go on (приказ*)."""

    text: str
    start: int
    end: int
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words one after another, and only so."""

    text: str


@dataclass(frozen=True, slots=True)
class OfKind:
    """``strict``: by the card alone, as in «вид:приказ»; else the title may name it."""

    codes: frozenset[str]
    text: str
    expected: str = ""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class OfNumber:
    """``text`` as it was written, without «№»; ``strict``: the document's own number, no mention of it."""

    text: str
    strict: bool = False


@dataclass(frozen=True, slots=True)
class OfDays:
    """From ``since`` to ``until``, both included, None for an open end.

    ``named`` is how a stretch of days was written («ноябрь 2021»), where a title that says so will do as well.
    """

    since: dt.date | None
    until: dt.date | None
    named: str = ""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class OfYear:
    """A bare «2021»: a year, a number, or a word."""

    year: int


@dataclass(frozen=True, slots=True)
class OfItem:
    number: str
    strict: bool = False


@dataclass(frozen=True, slots=True)
class OfPerson:
    """``name`` is a surname with initials («Лысенко С.С.»); ``words`` the name in full, where it was written so."""

    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoneBy:
    """Documents whose signer («signed») or drafter («drafted») has this name."""

    part: str
    name: str


@dataclass(frozen=True, slots=True)
class InForce:
    """What has force on the day; ``without``: what has none."""

    day: dt.date
    without: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """Records with any of these tags of :mod:`roadmapdocs.search.tags`."""

    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Within:
    """What is meant has to stand in this zone."""

    zone: Zone
    node: Node


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


Leaf = Plain | Quoted | OfKind | OfNumber | OfDays | OfYear | OfItem | OfPerson | DoneBy | InForce | Marked
Node = Leaf | Within | All | Any | Not


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of the question where it stands in :attr:`Understood.text`; ``sought`` unless it is to be absent."""

    text: str
    start: int
    end: int
    sought: bool = True


@dataclass(frozen=True, slots=True)
class Understood:
    """``text`` is the question without what has no width or cannot be printed, cut to the longest that is read;
    positions count in it. ``tree`` is None where nothing can be searched for.

    ``words`` are all words that are searched for as such, those in quotes too: each may be a slip of the hand.
    ``growing``: the last one of them may be unfinished. ``groups`` are those of the lexicon that it was read by.
    """

    text: str
    tree: Node | None
    chips: tuple[Chip, ...] = ()
    words: tuple[Typed, ...] = ()
    notes: tuple[Note, ...] = ()
    growing: bool = False
    groups: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    @property
    def plain_words(self) -> tuple[str, ...]:
        """The words that are looked for, as they were typed."""
        return tuple(dict.fromkeys(word.text for word in self.words if word.sought))
