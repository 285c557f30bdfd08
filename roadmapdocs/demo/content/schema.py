"""The shapes of the made-up office: plain frozen records, filled for one day.

Every date and every year in them is already computed from the day the office is asked for, so that a plan
of the demo always has a year behind it, a year under way and a year to come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Preparation = Literal["draft", "in_approval", "rework", "agreed", "in_signing", "signed", "withdrawn"]
Layout = Literal["year_columns", "planned_values", "result_column", "plain", "three_levels"]
Role = Literal["clerk", "executive", "staff", "coordinator", "administrator"]

PREPARATION_LABELS: dict[Preparation, str] = {
    "draft": "проект",
    "in_approval": "на согласовании",
    "rework": "на доработке",
    "agreed": "согласован",
    "in_signing": "на подписании",
    "signed": "подписан",
    "withdrawn": "отозван",
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """``genitive`` is the full name after «приказ …»; ``kind`` is «управление», «центр» or «школа»."""

    key: str
    kind: str
    name: str
    short_name: str
    genitive: str
    place: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """``abbreviation`` is how the roadmaps call the unit in the column of those responsible."""

    key: str
    organisation: str
    name: str
    abbreviation: str


@dataclass(frozen=True, slots=True)
class Employee:
    key: str
    surname: str
    name: str
    patronymic: str
    gender: Literal["f", "m"]
    email: str

    @property
    def initials_first(self) -> str:
        """As under a signature: «И.О. Фамилия»."""
        return f"{self.name[0]}.{self.patronymic[0]}. {self.surname}"


@dataclass(frozen=True, slots=True)
class Post:
    """A post held from ``since`` to ``until`` (the last day, or None while it is held)."""

    employee: str
    organisation: str
    unit: str | None
    title: str
    head: bool
    acting: bool
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class User:
    login: str
    employee: str
    role: Role


@dataclass(frozen=True, slots=True)
class Section:
    number: str
    title: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a roadmap.

    ``printed`` is the number as the file shows it (empty where the office forgot it). ``expected`` are the
    documents that prove the row; layouts without a column of documents do not print them. ``planned`` is
    (total, last year, this year, next year); ``cells`` are the three year cells of the year-column layout.
    """

    number: str
    printed: str
    section: str
    title: str
    terms: str
    responsible: str
    expected: tuple[str, ...]
    planned: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """``preamble`` are the paragraphs between the title and the table; ``approved_by`` is a document's key."""

    key: str
    layout: Layout
    file_name: str
    title: str
    years: tuple[int, int, int]
    coordinator: str
    approved_by: str | None
    stamp: tuple[str, ...]
    preamble: tuple[str, ...]
    abbreviations: dict[str, str]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]

    def rows(self) -> Iterator[Section | Item]:
        """Sections, each before its items, in the order they are printed."""
        for section in self.sections:
            yield section
            yield from (item for item in self.items if item.section == section.number)


@dataclass(frozen=True, slots=True)
class Proof:
    """A document answers one expected document of an item.

    ``expected`` is a position in ``Item.expected``. ``year`` is the year of the period meant; None means the
    item's only period or, where it recurs, the period the document's own date falls into.
    """

    roadmap: str
    item: str
    expected: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Waiver:
    """The period of an item needs no document, and why. ``year`` as in :class:`Proof`."""

    roadmap: str
    item: str
    expected: int
    year: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Journal:
    """``pattern`` holds ``{n}``. Without ``organisation`` it serves all; ``body`` is the body whose protocols it numbers."""

    key: str
    series: str
    title: str
    pattern: str
    organisation: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the nomenclature, with the keys of journals and the kinds whose documents go into it."""

    organisation: str
    index: str
    unit: str
    title: str
    retention: str
    transitional: bool = False
    note: str = ""
    journals: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def takes(self, document: Document) -> bool:
        if document.organisation != self.organisation:
            return False
        return document.journal in self.journals if document.journal else document.kind in self.kinds


@dataclass(frozen=True, slots=True)
class Link:
    """What a document does to another, by the name of a :class:`roadmapdocs.documents.links.kinds.LinkKind`."""

    kind: str
    to: str
    points: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What ``by`` did with a document on a day: a transition's name, "comment", "working_copy", or what
    :mod:`roadmapdocs.demo.reading` does.

    Of reading: ``people`` and ``units`` are who is asked or has signed, ``standing`` asks newcomers too, ``witnesses``
    sign the act of a refusal.
    """

    document: str
    day: dt.date
    do: str
    by: str
    reason: str = ""
    comment: str = ""
    due: dt.date | None = None
    since: dt.date | None = None
    place: str = ""
    people: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    standing: bool = False
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignmentAct:
    """What ``by`` did with an assignment on a day (see :mod:`roadmapdocs.demo.assigning`).

    ``text`` is what was said with it; ``document`` the key of the one that was made; ``wanted`` the day asked for.
    """

    day: dt.date
    do: str
    by: str
    text: str = ""
    document: str = ""
    wanted: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """People are keys. ``author`` empty: ``by``, who gives it on the day ``given``. ``parent`` is the key of another.

    ``kind`` is how its deadline is said; ``due`` is the day of one that names it, else None. With ``recurrence`` it is
    a series whose first one is due on ``due``. With ``item`` (roadmap and number) it is what that item wants, by the
    item's own words and term.
    """

    key: str
    given: dt.date
    by: str
    responsible: str
    text: str = ""
    author: str = ""
    controller: str = ""
    executors: tuple[str, ...] = ()
    document: str = ""
    point: str = ""
    parent: str = ""
    item: tuple[str, str] | None = None
    kind: str = "date"
    due: dt.date | None = None
    recurrence: str = ""
    urgent: bool = False
    on_control: bool = True
    acts: tuple[AssignmentAct, ...] = ()


@dataclass(frozen=True, slots=True)
class RouteStep:
    """``people`` are employees; ``head`` asks the head of the drafter's unit instead."""

    title: str
    mode: str
    term: int
    people: tuple[str, ...] = ()
    head: bool = False
    needed: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """A route of the office, in use from ``since`` on; ``kinds`` are codes, ``units`` keys."""

    name: str
    kinds: tuple[str, ...]
    since: dt.date
    steps: tuple[RouteStep, ...]
    units: tuple[str, ...] = ()
    condition: dict[str, str] = field(default_factory=dict)
    obligatory: bool = False
    changeable: bool = True


@dataclass(frozen=True, slots=True)
class Absence:
    absent: str
    substitutes: tuple[str, ...]
    since: dt.date
    until: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class ActingHead:
    """``printed`` is how documents print the post of whoever acts, ``basis`` the order that appointed."""

    unit: str
    absent: str
    employee: str
    title: str
    printed: str
    since: dt.date
    until: dt.date
    basis: str


@dataclass(frozen=True, slots=True)
class SignatureRule:
    """The document under which a signature by password counts, and from which day."""

    document: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class Document:
    """``number`` is what its journal gives it in the end; empty until then. ``body`` is empty when we wrote no text.

    ``title`` is the heading: «Об …» of an order, «Заседания …» of a protocol. ``code`` is the code of a kind that
    its word does not tell. ``approved_by`` is the key of the order that put a regulation, a procedure or a plan
    into force. ``signer`` and ``drafter`` are employees; ``signer_post`` is the signer's post on the day of the
    document; ``stamp`` are the lines of approval above a regulation, a procedure, a plan or a programme that is
    signed, else it is empty. ``on_paper``: signed before there was a registry; ``by_hand``: the clerk types the
    number, for the ``reason``; ``reserved``: the number is kept before the signing.
    """

    key: str
    kind: str
    code: str
    organisation: str
    organisation_name: str
    place: str
    unit: str
    journal: str | None
    number: str
    on_paper: bool
    by_hand: bool
    reserved: bool
    reason: str
    date: dt.date
    title: str
    summary: str
    signer: str
    signer_name: str
    signer_post: str
    drafter: str
    drafter_name: str
    preparation: Preparation
    mark: str
    mark_basis: str
    council: str
    approved_by: str | None
    stamp: tuple[str, ...]
    body: tuple[str, ...]
    links: tuple[Link, ...]
    proves: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """Everything the demo stores, on one day."""

    today: dt.date
    district: str
    organisations: tuple[Organisation, ...]
    units: tuple[Unit, ...]
    employees: tuple[Employee, ...]
    posts: tuple[Post, ...]
    users: tuple[User, ...]
    journals: tuple[Journal, ...]
    cases: tuple[Case, ...]
    roadmaps: tuple[Roadmap, ...]
    documents: tuple[Document, ...]
    acts: tuple[Act, ...]
    waivers: tuple[Waiver, ...]
    routes: tuple[Route, ...]
    absences: tuple[Absence, ...]
    acting: tuple[ActingHead, ...]
    signature_rule: SignatureRule
    assignments: tuple[Assignment, ...]
