"""What an engine stores and what it is asked. Engines know neither Russian nor documents: only terms and tags.

Every engine passes one suite of tests (``tests/search/engines``), with the same expected results.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol


class Zone(StrEnum):
    """Where in a record a term stands; a hit in the title weighs more than one in a comment."""

    TITLE = "title"
    PEOPLE = "people"
    TEXT = "text"
    TALK = "talk"


WEIGHTS: Final[Mapping[Zone, float]] = {Zone.TITLE: 4.0, Zone.PEOPLE: 2.0, Zone.TEXT: 1.0, Zone.TALK: 0.5}

#: The terms at one position of a text: all lemmas of a word, or a number in its spellings. Never empty.
Position = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as engines store it.

    ``id`` is that of the ``Record`` row, from 1; ``key`` its lasting name («document:17»). ``day`` is the proleptic
    ordinal of the day by which newest come first, 0 for what has none; ``number`` sorts by registration number.
    ``tags`` are made by :mod:`roadmapdocs.search.tags`. ``digest`` is the SHA-256 of what the record is made from: its
    passages, tags, number and day.
    """

    id: int
    key: str
    day: int
    number: str
    zones: Mapping[Zone, Sequence[Position]]
    tags: frozenset[str]
    digest: str


@dataclass(frozen=True, slots=True)
class Word:
    """A record with any of these terms, in the zone or anywhere."""

    terms: frozenset[str]
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A record with positions one after another within one zone, each holding any of the terms of its place.

    An empty set stands for any one position. At least one set is not empty.
    """

    places: tuple[frozenset[str], ...]
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """A record with a term that begins so."""

    start: str
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Tagged:
    """A record with any of these tags."""

    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Every:
    """All records."""


@dataclass(frozen=True, slots=True)
class Both:
    """All of these; of none, every record."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any of these; of none, nothing."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Every record but these."""

    node: Node


Node = Word | Phrase | Prefix | Tagged | Every | Both | Either | Without


class Sort(StrEnum):
    """By closeness, then newest first; by day, newest first; by number, in natural order. The id breaks ties."""

    RELEVANCE = "relevance"
    DATE = "date"
    NUMBER = "number"


#: Ranking looks at the newest of more matches than these: the far past is reached by narrowing, not by paging.
RANKED: Final = 1_000
#: Totals and facets are exact up to here; beyond, an engine may count the newest of these and say so.
COUNTED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Plan:
    """A question to an engine.

    ``readable`` are the tags of :func:`roadmapdocs.search.tags.readable_by`: no record without one of them is
    found, counted, or told of. ``hidden`` are keys of records that count as absent (what is in the index about
    them is out of date). ``narrowed`` maps a facet to the tags chosen in it: a record has to have one of each facet;
    counts of a facet are taken without its own choice. ``first`` lifts the records that it matches before all
    others in a sort by relevance, in the order of the nodes. ``facets`` are prefixes of tags to be counted
    («kind»), each up to ``most_values`` of the commonest.
    """

    node: Node
    readable: frozenset[str]
    hidden: frozenset[str] = frozenset()
    narrowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    first: tuple[Node, ...] = ()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    most_values: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """``tier`` is the place of the node of ``Plan.first`` that lifted it, or None; a higher ``score`` is closer."""

    key: str
    score: float
    tier: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` and ``facets`` are exact where ``exact`` says so. ``facets`` maps a facet to tag → records."""

    hits: tuple[Hit, ...]
    total: int
    exact: bool = True
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class IndexBrokenError(Exception):
    """The index cannot be read or written; its text is for operators and names the place."""


class IndexBusyError(Exception):
    """Another writer kept the index longer than we wait. Nothing was written."""


class Engine(Protocol):
    """One index, opened. Names of its places carry ``generation``, so that a new one is built beside the old.

    All but :meth:`write` may be called from several threads and processes at once. Any method may raise
    :class:`IndexBrokenError`; none raises for what a node says.
    """

    name: str
    generation: str

    def create(self) -> None:
        """Make the empty index; whatever was left of one of this name is thrown away."""

    def drop(self) -> None:
        """Remove the index and everything of it; what is not there is no trouble."""

    def write(self, put: Iterable[Entry], gone: Collection[str] = ()) -> None:
        """Put entries in place of those with the same keys, and remove ``gone`` (keys): all of it or nothing.

        :raise IndexBusyError: if another writer has it for too long
        """

    def search(self, plan: Plan) -> Found: ...

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        """In about how many records each term stands, whoever may read them: for weighing, never for showing."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """Key and digest of all that is stored, in order of keys."""

    def count(self) -> int:
        """How many records are stored."""

    def tidy(self) -> None:
        """Bring what was written in many batches into the shape that answers fastest; others may write meanwhile."""
