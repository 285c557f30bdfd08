"""What a draft says, as plain values: the JSON that a form, a file or another program hands in.

One class a shape of template. Nothing here is in its case or place yet: :mod:`roadmapdocs.drafting.composing` does
that. Dates are dates, names are nominative, texts carry no numbers of points. Fields of a card (number, date,
heading, signer) are filled in from it when a stored document is drafted; a file of values has them itself.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class PointKind(StrEnum):
    """What a point of an order does. All but a plain one and a task have their usual words (``domain.md`` §7.1)."""

    PLAIN = "plain"
    TASK = "task"
    APPROVE = "approve"
    REPEAL = "repeal"
    FORCE = "force"
    CONTROL = "control"


class BlockKind(StrEnum):
    """``HEADING`` and ``POINT`` are numbered by their ``level``; a ``BULLET`` and a ``PARAGRAPH`` are not."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINT = "point"
    BULLET = "bullet"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signs, speaks or drafts. ``name`` is a full name or a surname with initials, ``gender`` m, f or
    empty (told by the name); ``post`` is printed as it is here («И.о. начальника управления»).

    ``employee_id`` is who that is in the registry; 0: nobody known.
    """

    FROM_TEXT: ClassVar = "name"
    name: str = ""
    post: str = ""
    gender: str = ""
    phone: str = ""
    email: str = ""
    employee_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Executor:
    """Who has to do a point: a person with a post, a post alone, or a unit. ``text`` is used as it stands instead.

    ``post``, ``name`` and ``unit`` are nominative; the printed point has them in the dative.
    """

    FROM_TEXT: ClassVar = "text"
    post: str = ""
    name: str = ""
    unit: str = ""
    gender: str = ""
    text: str = ""
    employee_id: int = 0
    unit_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A document that the text names: «приказ {organisation} от {date} № {number} «{title}»»."""

    kind: str = ""
    organisation: str = ""
    date: dt.date | None = None
    number: str = ""
    title: str = ""
    document_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of an order or a decision. ``text`` is what it says, without number and full stop.

    ``executors`` stand before the text, ``due`` («в срок до …») or ``term`` (other words: «ежеквартально») behind it.
    ``approves`` is what an approving point approves, nominative («Положение о мониторинге»), ``appendix`` its number;
    ``document`` what a repealing one repeals; ``person`` whom a controlling one makes responsible (nobody: the signer
    keeps the control). With ``text`` those say nothing: the text is as its author wants it.
    """

    FROM_TEXT: ClassVar = "text"
    kind: PointKind = PointKind.PLAIN
    text: str = ""
    executors: tuple[Executor, ...] = ()
    due: dt.date | None = None
    term: str = ""
    approves: str = ""
    appendix: int = 0
    document: Cited | None = None
    person: Person | None = None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table; one that is a ``heading`` goes across it and says only its first cell."""

    cells: tuple[str, ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a text. ``level`` of a heading or point: 1 is «1.», 2 is «1.1.».

    A table has ``columns`` (the words of its head), ``widths`` (shares of the page, as many; none: by what the cells hold) and ``rows``.
    """

    FROM_TEXT: ClassVar = "text"
    kind: BlockKind = BlockKind.PARAGRAPH
    text: str = ""
    level: int = 1
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """What an order approves or encloses. ``kind`` is the code of a kind of documents (its gender decides the stamp).

    ``approved``: it bears «УТВЕРЖДЁН приказом …» beside its mark «Приложение № …»; ``separate``: it is a file of its
    own and only its number stands in this one. ``landscape``: its pages lie across (wide tables).
    """

    kind: str = ""
    title: str = ""
    approved: bool = True
    separate: bool = False
    landscape: bool = False
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visa:
    """A visa as it is printed; without a date it is a line to sign on."""

    post: str = ""
    name: str = ""
    date: dt.date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What every document may say. ``organisation`` may have several lines; ``organisation_genitive`` stands in stamps.

    ``profile`` is a code of :mod:`roadmapdocs.drafting.profiles`; empty: by the date. ``mark`` is the access mark
    (гриф), ``title`` the heading without a full stop.
    """

    organisation: str = ""
    organisation_genitive: str = ""
    unit: str = ""
    kind: str = ""
    date: dt.date | None = None
    number: str = ""
    place: str = ""
    title: str = ""
    mark: str = ""
    profile: str = ""
    signers: tuple[Person, ...] = ()
    visas: tuple[Visa, ...] = ()
    drafter: Person | None = None
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderValues(Values):
    """Приказ, распоряжение. ``decree`` is the word between preamble and points; empty: the kind's usual one; a dash: none."""

    preamble: str = ""
    decree: str = ""
    points: tuple[Point, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    acquainted: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationValues(Values):
    """Положение, порядок, правила, инструкция. ``approved_by`` gives its stamp, ``appendix`` its number in that act
    (0: it is the only appendix); ``approved_by_person`` the stamp «УТВЕРЖДАЮ» instead.
    """

    approved_by: Cited | None = None
    approved_by_person: Person | None = None
    appendix: int = 0
    blocks: tuple[Block, ...] = ()
    appendices: tuple[Appendix, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanValues(RegulationValues):
    """План, дорожная карта, перечень, список, состав: a text before the table and the table, as blocks."""

    landscape: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteValues(Values):
    """Аналитическая справка, отчёт, обзор. ``addressee`` is printed in the dative; ``basis`` is why it was written."""

    addressee: Person | None = None
    basis: str = ""
    blocks: tuple[Block, ...] = ()
    conclusions: tuple[str, ...] = ()
    proposals: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Votes on a question, counted in persons."""

    yes: int = 0
    no: int = 0
    abstained: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Who said what. ``attached``: the text of the report is enclosed."""

    person: Person
    text: str = ""
    attached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An item of the agenda: ``title`` begins with «О» or «Об»; heard, spoke, decided, voted. No votes: none were taken."""

    FROM_TEXT: ClassVar = "title"
    title: str = ""
    speaker: Person | None = None
    heard: tuple[Speech, ...] = ()
    spoke: tuple[Speech, ...] = ()
    decided: tuple[Point, ...] = ()
    votes: Votes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolValues(Values):
    """Протокол. ``meeting`` is genitive («заседания рабочей группы по …»); ``members`` is how many the body has, 0:
    not said; ``quorum`` the least number of members present, 0: more than half. ``present`` are members and
    ``invited`` are not; ``brief``: questions and decisions only; ``decided_word`` is РЕШИЛИ or another word, empty:
    ПОСТАНОВИЛИ.
    """

    meeting: str = ""
    chair: Person | None = None
    secretary: Person | None = None
    present: tuple[Person, ...] = ()
    invited: tuple[Person, ...] = ()
    members: int = 0
    quorum: int = 0
    agenda: tuple[Question, ...] = ()
    brief: bool = False
    decided_word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractValues(ProtocolValues):
    """Выписка из протокола: the protocol's own values with the questions wanted; ``copied_by`` certifies it.

    ``questions`` are the numbers of those questions in the protocol, one for each of ``agenda``.
    """

    questions: tuple[int, ...] = ()
    copied_by: Person | None = None
    copied_on: dt.date | None = None
    original_place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquainted(Person):
    """Somebody on a sheet of acquaintance. ``mark`` stands where others sign («простая ЭП, 16.03.2026 14:05»)."""

    day: dt.date | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquaintanceValues(Values):
    """Лист ознакомления с документом ``document``: one row a person, to sign on.

    ``acquainted`` are those of whom something may be known already; ``people`` come after them, all to sign by hand.
    """

    document: Cited | None = None
    people: tuple[Person, ...] = ()
    acquainted: tuple[Acquainted, ...] = ()
    notes: tuple[str, ...] = ()
