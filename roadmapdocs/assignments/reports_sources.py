"""Assignments by where they come from: documents with their points, and sections of a roadmap with their items."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import peewee as pw

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.reports import Line, Which, lines_of, that
from roadmapdocs.assignments.reports_rules import Period
from roadmapdocs.coverage.matrix import CoveredItem, RoadmapCoverage
from roadmapdocs.coverage.report import section_words
from roadmapdocs.coverage.rules import State as SlotState
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to as readable_by
from roadmapdocs.people.rules import Actor
from roadmapdocs.workdays.rules import Calendar

#: Assignments of one document that stand below it; the others are a list of their own.
MOST_LINES: Final = 20
_WHENEVER: Final = Period()
_COUNTED: Final = (Which.GIVEN, Which.LIVE, Which.LATE, Which.DONE)


@dataclass(frozen=True, slots=True)
class Counts:
    """``given`` are all but drafts and cancelled ones, ``live`` those not over, ``late`` of them, ``done`` fulfilled."""

    given: int = 0
    live: int = 0
    late: int = 0
    done: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.given + other.given, self.live + other.live, self.late + other.late, self.done + other.done)


@dataclass(frozen=True, slots=True)
class DocumentName:
    """A document as reports name it. One that the reader may not read has no ``title`` and says only that it is there."""

    id: int
    kind: str
    number: str = ""
    date: dt.date | None = None
    title: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class DocumentPart:
    document: int
    counts: Counts
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ItemPart:
    """``expected`` slots of an item whose term has come, ``proved`` of them, ``late`` without a document."""

    id: int
    number: str
    title: str
    expected: int
    proved: int
    late: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class SectionPart:
    """``id`` is None for items that stand in no section."""

    id: int | None
    title: str
    items: tuple[ItemPart, ...] = field(default=())


def document_names(ids: Collection[int | None], by: Actor) -> dict[int, DocumentName]:
    """Names of those that the reader may read; the others are hidden. One statement."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    rows = (
        Document.select(Document.id, Document.number, Document.date, Document.title, Kind.short)
        .join(Kind)
        .where(Document.id.in_(sorted(wanted)) & readable_by(by, few=True))
    )
    known = {id_: DocumentName(id_, kind, number, date, title) for id_, number, date, title, kind in rows.tuples()}
    return {one: known.get(one) or DocumentName(one, "", hidden=True) for one in wanted}


def document_count(within: pw.Expression) -> int:
    """How many documents have assignments of these."""
    number = pw.fn.COUNT(Assignment.document.distinct())
    return int(Assignment.select(number).where(within & that(Which.GIVEN, _WHENEVER, dt.date.min)).scalar() or 0)


def by_document(
    within: pw.Expression, *, today: dt.date, calendar: Calendar, limit: int, offset: int = 0
) -> list[DocumentPart]:
    """A page of documents, the latest first, each with the first of its assignments by deadline. Four statements."""
    given = within & that(Which.GIVEN, _WHENEVER, today)
    sources = Assignment.select(Assignment.document).where(given & Assignment.document.is_null(False))
    page = Document.select(Document.id).where(Document.id.in_(sources))
    page = page.order_by(Document.listed_on.desc(), Document.id.desc()).limit(limit).offset(offset)
    ids = [document for (document,) in page.tuples()]
    if not ids:
        return []
    here = given & Assignment.document.in_(ids)
    counts = _counts(Assignment.document, here, today)
    below: dict[int | None, list[Line]] = defaultdict(list)
    for line in lines_of(_first_of_each(here), today=today, calendar=calendar):
        below[line.document].append(line)
    return [DocumentPart(one, counts.get(one, Counts()), tuple(below[one])) for one in ids]


def _first_of_each(condition: pw.Expression) -> list[int]:
    """Ids of the first assignments of each document, by deadline."""
    place = pw.fn.ROW_NUMBER().over(partition_by=[Assignment.document], order_by=[Assignment.due, Assignment.id])
    placed = Assignment.select(Assignment.id, place.alias("place")).where(condition).alias("placed")
    rows = pw.Select([placed], [placed.c.id]).where(placed.c.place <= MOST_LINES).order_by(placed.c.place, placed.c.id)
    return [id_ for (id_,) in rows.tuples().execute(Assignment._meta.database)]


def _counts(key: pw.Field, condition: pw.Expression, today: dt.date) -> dict[Any, Counts]:
    sums = [pw.fn.SUM(pw.Case(None, ((that(which, _WHENEVER, today), 1),), 0)) for which in _COUNTED]
    rows = Assignment.select(key, *sums).where(condition).group_by(key)
    return {one: Counts(*(int(figure) for figure in figures)) for one, *figures in rows.tuples()}


def by_section(within: pw.Expression, coverage: RoadmapCoverage, *, today: dt.date) -> list[SectionPart]:
    """All items in the order of the roadmap, those without assignments too: they are what nobody was told to do.

    One statement.
    """
    ids = [covered.item.id for covered in coverage.items]
    here = within & that(Which.GIVEN, _WHENEVER, today) & Assignment.item.in_(ids)
    counts = _counts(Assignment.item, here, today) if ids else {}
    titles = {row.id: section_words(row) for row in coverage.sections}
    grouped: dict[int | None, list[ItemPart]] = {key: [] for key in titles}
    for covered in coverage.items:
        grouped.setdefault(covered.item.section, []).append(_item(covered, counts))
    return [SectionPart(key, titles.get(key or 0, ""), tuple(items)) for key, items in grouped.items() if items]


def _item(covered: CoveredItem, counts: Mapping[int, Counts]) -> ItemPart:
    states: Sequence[SlotState] = [one.state for one in covered.slots if not one.slot.suggested]
    wanted = [state for state in states if state is not SlotState.NOT_REQUIRED]
    return ItemPart(
        id=covered.item.id,
        number=covered.item.number,
        title=covered.item.title,
        expected=len(wanted),
        proved=sum(state is SlotState.PROVED for state in wanted),
        late=sum(state is SlotState.LATE for state in wanted),
        counts=counts.get(covered.item.id, Counts()),
    )
