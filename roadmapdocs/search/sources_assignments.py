"""Records of assignments out of the tables: a constant number of statements, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import peewee as pw

from roadmapdocs.assignments.models import Assignment, AssignmentPerson, AssignmentReport
from roadmapdocs.assignments.words import Part
from roadmapdocs.documents.models import Document, DocumentReader, Kind
from roadmapdocs.people.models import Employee
from roadmapdocs.roadmap.models import Item
from roadmapdocs.search import tags
from roadmapdocs.search.bulk import ForKeys, among
from roadmapdocs.search.kind_words import ASSIGNMENT
from roadmapdocs.search.passages import Passage, Source, fitted
from roadmapdocs.search.ports import Zone
from roadmapdocs.search.tags import tag

#: Characters of the text that stand for its title.
LONGEST_TITLE: Final = 300

_ROWS: Final = ForKeys(
    lambda: (
        Assignment.select(Assignment, Item, Document, Kind)
        .join(Item, pw.JOIN.LEFT_OUTER)
        .join_from(Assignment, Document, pw.JOIN.LEFT_OUTER, on=Assignment.document)
        .join(Kind, pw.JOIN.LEFT_OUTER)
        .where(among(Assignment.id))
        .order_by(Assignment.id)
    )
)
_PEOPLE: Final = ForKeys(
    lambda: (
        AssignmentPerson.select(
            AssignmentPerson.assignment, AssignmentPerson.part, Employee.surname, Employee.name, Employee.patronymic
        )
        .join(Employee)
        .where(among(AssignmentPerson.assignment))
        .order_by(AssignmentPerson.id)
        .tuples()
    )
)
_REPORTS: Final = ForKeys(
    lambda: (
        AssignmentReport.select(AssignmentReport.assignment, AssignmentReport.text, AssignmentReport.made_by)
        .where(among(AssignmentReport.assignment))
        .order_by(AssignmentReport.id)
        .tuples()
    )
)
#: Everybody in a tree, with the kind of the document that their assignment came from. Of drafts nobody knows yet.
_TREES: Final = ForKeys(
    lambda: (
        Assignment.select(Assignment.root, AssignmentPerson.employee, Kind.code)
        .join(AssignmentPerson)
        .join_from(Assignment, Document, pw.JOIN.LEFT_OUTER, on=Assignment.document)
        .join(Kind, pw.JOIN.LEFT_OUTER)
        .where(among(Assignment.root) & Assignment.given_at.is_null(False))
        .distinct()
        .tuples()
    )
)
_HANDED: Final = ForKeys(
    lambda: (
        DocumentReader.select(DocumentReader.document, DocumentReader.employee)
        .where(among(DocumentReader.document))
        .order_by(DocumentReader.id)
        .tuples()
    )
)


@dataclass(slots=True)
class _Around:
    """What other tables say of the assignments of a batch; ``hands`` are (employee, code of a kind) by tree."""

    people: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    reports: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    hands: dict[int, list[tuple[int, str | None]]] = field(default_factory=lambda: defaultdict(list))
    handed: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def assignments(ids: Collection[int]) -> Iterator[Source]:
    """The assignments of these ids, in order of ids; what is not there is left out."""
    rows = list(_ROWS(ids))
    around = _around(rows)
    for row in rows:
        yield _source(row, around)


def _around(rows: Collection[Assignment]) -> _Around:
    found, ids = _Around(), [row.id for row in rows]
    for assignment, part, *name in _PEOPLE(ids):
        found.people[assignment].append((part, " ".join(one for one in name if one)))
    for assignment, text, by in _REPORTS(ids):
        found.reports[assignment].append((text, by))
    for root, employee, kind in _TREES(sorted({row.root_id for row in rows if row.root_id is not None})):
        found.hands[root].append((employee, kind))
    for document, employee in _HANDED(sorted({row.document_id for row in rows if row.document_id is not None})):
        found.handed[document].append(employee)
    return found


def _source(row: Assignment, around: _Around) -> Source:
    people = around.people[row.id]
    executes = ", ".join(name for part, name in people if part == Part.RESPONSIBLE)
    day = row.due or (row.given_at or row.made_at).date()
    return Source(
        key=f"{ASSIGNMENT}:{row.id}",
        day=day.toordinal(),
        number="",
        passages=fitted(_said(row, people, around.reports[row.id])),
        tags=frozenset({*_marks(row), *_readers(row, around)}),
        named={"drafted": executes} if executes else {},
    )


def _said(row: Assignment, people: Iterable[tuple[str, str]], reports: Iterable[tuple[str, str]]) -> Iterator[Passage]:
    yield Passage("title", row.text[:LONGEST_TITLE], zone=Zone.TITLE)
    if len(row.text) > LONGEST_TITLE:
        yield Passage("text", row.text)
    if row.point:
        yield Passage("number", f"пункт {row.point}", zone=Zone.TITLE)
    for name in dict.fromkeys(name for _part, name in people):
        yield Passage("person", name, zone=Zone.PEOPLE)
    yield Passage("term", row.deadline_text)
    if row.item_id is not None:
        yield Passage("item", row.item.title, name=row.item.number)
    for text, by in reports:
        yield Passage("report", text, name=by)


def _marks(row: Assignment) -> Iterator[str]:
    yield tag("type", ASSIGNMENT)
    yield tag(tags.KIND, ASSIGNMENT)
    if row.due is not None:
        yield from tags.day_tags(row.due)
    if row.point:
        yield tag("item", row.point.rstrip("."))
    if row.item_id is not None:
        yield tag("item", row.item.number.rstrip("."))
        if row.item.section_id is not None:
            yield tag(tags.SECTION, row.item.section_id)


def _readers(row: Assignment, around: _Around) -> Iterator[str]:
    """With :func:`roadmapdocs.search.tags.readable_by` the same as :func:`roadmapdocs.assignments.visibility.visible_to`."""
    kind = row.document.kind.code if row.document_id is not None else None
    hands = around.hands[row.root_id] if row.given_at is not None else []
    if row.given_at is None:
        hands = [(row.author_id, kind)] if row.author_id is not None else []
        if row.made_by_employee_id is not None:
            yield tag("may", f"drafter.{row.made_by_employee_id}")
    for employee, of_kind in hands:
        yield tag("may", f"handed.{employee}")
        if of_kind is not None:
            yield tag("may", f"handed.{employee}.{of_kind}")
    if row.document_id is None:
        yield tags.CONTROL
        return
    document = row.document
    yield from tags.controlled(
        tags.readers_tags(
            document.readers,
            drafter=document.drafter_id,
            signer=document.signer_employee_id,
            unit=document.unit_id,
            handed=around.handed[document.id],
            kind=document.kind.code,
            organisation=document.organisation_id,
        )
    )
