"""What is asked by people and what they are answered: the contract between searching and showing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from roadmapdocs.search.ports import Sort

#: Longer questions are cut here, and it is said so.
LONGEST_QUERY = 2_000
MOST_WORDS = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """``query`` is what was typed. ``ignored`` are ids of chips that were taken off: what they stand for counts as
    plain words. ``narrowed`` maps a facet (:data:`roadmapdocs.search.tags.FACETS`) to the values chosen in it.
    ``in_force`` asks for what has force on a day. ``literal`` searches for what is written even where it looks like
    a slip. ``growing``: the last word may be unfinished (results as one types). ``facets``: count them.
    """

    query: str
    narrowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    in_force: dt.date | None = None
    ignored: frozenset[str] = frozenset()
    literal: bool = False
    growing: bool = False
    facets: bool = True
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20


class ChipKind(StrEnum):
    KIND = "kind"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    ITEM = "item"
    FORCE = "force"
    STATE = "state"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the question that was understood as more than words. ``id`` lasts while the question stays the same
    («kind.0»); ``value`` is in words («приказ», «с 01.01.2024»)."""

    id: str
    kind: ChipKind
    value: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be told about how the question was read.

    Codes: ``corrected`` (about: word, shown), ``layout`` (word, shown), ``unread`` (part: searched as words),
    ``too_long``, ``too_many_words``, ``only_stop_words``, ``rebuilding``, ``broken`` (answered by number, date and
    title), ``capped``, ``as_words`` (part: as a condition it found nothing, so it was searched for as words). Of an
    empty answer: ``nowhere`` (word: stands nowhere that the reader may look) and ``unnarrowed`` (count: what would be
    found without the chosen conditions).
    """

    code: str
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``marked`` where it is what was asked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text around hits, as it is written. ``source`` is where: title, summary, text, file, comment, remark, item, …;
    ``name`` that of the file or the person, ``page`` counted from 1 where the source has pages."""

    source: str
    pieces: tuple[Piece, ...]
    name: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One hit, ready to be shown. ``type`` is document, item, section or assignment; ``id`` that of its row.

    ``kind`` is the word of the kind («приказ», «пункт дорожной карты»), ``force`` a
    :class:`roadmapdocs.documents.rules.Force` of today or empty, ``preparation`` and the other states by name.
    ``exact`` says that its number is the one that was asked for; ``annulled`` that its registration is. ``replaced_by`` names what has force in its place;
    ``amended_by`` what changed it last ((id, words) of documents that the reader may read). ``items`` are the printed
    numbers of roadmap items that it is linked to. ``file`` is the name of the current version's file.

    Of an assignment ``date`` is its deadline, ``signer`` the responsible, ``number`` the point of its document, and
    ``stands`` its state (:class:`roadmapdocs.assignments.words.State`).
    """

    type: str
    id: int
    key: str
    title: tuple[Piece, ...]
    kind: str
    number: str = ""
    date: dt.date | None = None
    signer: str = ""
    force: str = ""
    preparation: str = ""
    score: float = 0.0
    exact: bool = False
    annulled: bool = False
    fragments: tuple[Fragment, ...] = ()
    replaced_by: tuple[tuple[int, str], ...] = ()
    amended_by: tuple[tuple[int, str], ...] = ()
    items: tuple[str, ...] = ()
    roadmap: tuple[int, str] | None = None
    file: str = ""
    stands: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """``value`` goes into an address, ``label`` is for people."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """``total`` is exact where ``exact``. ``words`` are the plain words of the question as understood, what stands in
    quotes or between «или» as one; ``excluded`` are those that must not be there.

    ``suggestions`` are other questions that would find something for this reader, the likeliest first;
    ``shown_query`` is the question that was answered, where it is not the one that was asked. ``took_ms`` is the time
    of the engine and of ours.
    """

    asked: Asked
    total: int
    exact: bool
    hits: tuple[FoundRecord, ...]
    chips: tuple[Chip, ...] = ()
    words: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    suggestions: tuple[str, ...] = ()
    shown_query: str = ""
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    took_ms: float = 0.0
