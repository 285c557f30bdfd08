"""What checks know of a document: plain values, gathered beforehand, so that every rule is a pure function.

Text comes from the file as it will be signed (:mod:`.reading`), pages from its OOXML (:mod:`.pages`), the rest from
the card, the draft and the registry (:mod:`.gathering`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from roadmapdocs.drafting import values as v
from roadmapdocs.drafting.profiles import PROFILES, Profile
from roadmapdocs.russian.document_heads import Head
from roadmapdocs.workdays.rules import Calendar


@dataclass(frozen=True, slots=True)
class KindFacts:
    """The kind of the document; ``keep_years`` is how long it is kept, None: for good."""

    code: str = "order_main"
    word: str = "приказ"
    instrumental: str = "приказом"
    gender: str = "m"
    group: str = "order"
    own_number: bool = True
    keep_years: int | None = 0


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the card says. ``published``: it is, or is to be, published; ``neighbours`` are numbers and days of the
    entries before and after it in its journal.
    """

    title: str = ""
    number: str = ""
    date: dt.date | None = None
    signer: str = ""
    signed: bool = False
    registered: bool = False
    registered_on: dt.date | None = None
    published: bool = False
    before: tuple[str, dt.date] | None = None
    after: tuple[str, dt.date] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, counted from 1 within its part; ``number`` is the one it begins with («2.1»), without it ``words``."""

    index: int
    text: str
    number: str = ""
    words: str = ""
    table: bool = False


@dataclass(frozen=True, slots=True)
class PrintedStamp:
    """«УТВЕРЖДЕНА приказом …» as printed; ``act`` is the instrumental word, empty where a person approves."""

    participle: str
    text: str
    act: str = ""
    date: dt.date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class PrintedMark:
    """«Приложение № 2 к приказу …» as printed; ``place`` is its number, 0 without one."""

    text: str
    place: int = 0
    date: dt.date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The document itself (``appendix`` False) or an appendix in the same file."""

    appendix: bool
    passages: tuple[Passage, ...]
    mark: PrintedMark | None = None
    stamp: PrintedStamp | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Post and name under the text, as printed."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file; rows of tables are passages like all others. ``body`` is what the document itself orders or
    says, without head and signature. ``cut``: the rest of a very long one was left out.
    """

    parts: tuple[Part, ...]
    head: Head | None = None
    signatures: tuple[Signature, ...] = ()
    body: tuple[Passage, ...] = ()
    cut: bool = False

    @property
    def main(self) -> Part:
        return self.parts[0]

    @property
    def appendices(self) -> tuple[Part, ...]:
        return self.parts[1:]


@dataclass(frozen=True, slots=True)
class PageSize:
    """One section of a file, in millimetres; the gutter is counted with the left margin."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Pages:
    """Measures of a DOCX. ``fonts`` and ``sizes`` (points) count letters outside tables; ``numbered``: there is a
    field for the page's number. ``letters`` counts all of them.
    """

    sections: tuple[PageSize, ...]
    fonts: Mapping[str, int]
    sizes: Mapping[float, int]
    numbered: bool
    letters: int


class CitedState(StrEnum):
    """As :class:`roadmapdocs.documents.links.citations.Verdict`: what the registry says of a cited document."""

    LINKED = "linked"
    WARNING = "warning"
    OPEN = "open"
    UNNUMBERED = "unnumbered"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class CitedFact:
    """``sentence`` is what the card says of it, made for whoever reads."""

    text: str
    state: CitedState
    sentence: str


@dataclass(frozen=True, slots=True)
class ActFact:
    """The document that approves this one, or whose appendix it is. ``instrumental`` is its kind's word."""

    instrumental: str
    organisation: str = ""
    date: dt.date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class SignerFact:
    """Who signs, on the day of the document. ``posts`` are held then, ``acting`` are titles filled by an order;
    ``instead`` names who fills the post while this person is away. ``known`` is False for a name without a person.
    """

    name: str
    known: bool = True
    posts: tuple[str, ...] = ()
    acting: tuple[str, ...] = ()
    away: bool = False
    instead: str = ""


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Whom the registry knows: full names, titles of posts, names of units, and what abbreviations stand for."""

    people: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VisaFact:
    """A visa given: ``lapsed`` where the text has changed in substance since, ``same`` where not by a letter.

    ``author``: whoever gave it drafted the document.
    """

    name: str
    same: bool = True
    lapsed: bool = False
    author: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """``why_no_text`` and ``why_no_pages`` say, in words, why there is none. ``day`` is that of the document, or
    today's. ``attached`` are titles of files beside the text and of documents linked as appendices; ``visas`` is None
    where nobody told. ``stale``: the draft says something else than the file made of it.
    """

    kind: KindFacts = KindFacts()
    card: CardFacts = CardFacts()
    text: Text | None = None
    why_no_text: str = ""
    pages: Pages | None = None
    why_no_pages: str = ""
    values: v.Values | None = None
    cited: tuple[CitedFact, ...] = ()
    approved_by: ActFact | None = None
    appendix_to: ActFact | None = None
    attached: tuple[str, ...] = ()
    signer: SignerFact | None = None
    office: OfficeFacts = OfficeFacts()
    visas: tuple[VisaFact, ...] | None = None
    stale: bool = False
    kind_genders: Mapping[str, str] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)
    profile: Profile = PROFILES["2025"]
    day: dt.date
    today: dt.date
