"""Records of documents out of the tables: a constant number of statements, however many there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.cases.models import Case
from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.fields import fields_of
from roadmapdocs.documents.links.editions import AMENDING
from roadmapdocs.documents.links.force import facts
from roadmapdocs.documents.links.force_rules import Facts
from roadmapdocs.documents.models import Document, DocumentLink, DocumentReader, Kind, Suspension
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.people.models import Employee, Organisation, Unit
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, current_editions
from roadmapdocs.search.bulk import ForKeys, among
from roadmapdocs.search.document_tags import LinkedItem, document_tags
from roadmapdocs.search.passages import Passage, Source, fitted
from roadmapdocs.search.ports import Zone
from roadmapdocs.search.texts_of import Said, said_about

_SIGNER, _DRAFTER = Employee.alias(), Employee.alias()


@dataclass(frozen=True, slots=True)
class _Around:
    """What other tables say of the documents of a batch, by their ids."""

    said: Mapping[int, Said]
    facts: Mapping[int, Facts]
    handed: Mapping[int, list[int]]
    items: Mapping[int, list[LinkedItem]]


def documents(ids: Collection[int], *, today: dt.date) -> Iterator[Source]:
    """The documents of these ids, in order of ids; what is not there is left out. ``today`` decides on their force."""
    rows = list(_ROWS(ids))
    found = [row.id for row in rows]
    around = _Around(said_about(found), _facts(rows), _handed(found), _items(found))
    for row in rows:
        yield _source(row, around, today)


_ROWS: Final = ForKeys(
    lambda: (
        Document.select(Document, Kind, _SIGNER, _DRAFTER, Unit, Organisation, Case)
        .join(Kind)
        .join_from(Document, _SIGNER, pw.JOIN.LEFT_OUTER, on=Document.signer_employee)
        .join_from(Document, _DRAFTER, pw.JOIN.LEFT_OUTER, on=Document.drafter)
        .join_from(Document, Unit, pw.JOIN.LEFT_OUTER)
        .join_from(Document, Organisation, pw.JOIN.LEFT_OUTER)
        .join_from(Document, Case, pw.JOIN.LEFT_OUTER)
        .where(among(Document.id))
        .order_by(Document.id)
    )
)
_HANDED: Final = ForKeys(
    lambda: DocumentReader.select(DocumentReader.document, DocumentReader.employee)
    .where(among(DocumentReader.document))
    .order_by(DocumentReader.id)
    .tuples()
)
_ITEMS: Final = ForKeys(
    lambda: (
        Proof.select(Proof.document, Item.number, Item.title, Item.section, Edition.roadmap)
        .join(ExpectedDocument)
        .join(Item)
        .join(Edition)
        .where(among(Proof.document) & Item.edition.in_(current_editions()))
        .order_by(Edition.roadmap, Item.position, Item.id)
        .tuples()
    )
)


_SUSPENSIONS: Final = ForKeys(
    lambda: Suspension.select(Suspension.document, Suspension.since, Suspension.until).where(among(Suspension.document)).tuples()
)
#: Amendments by documents that are signed and registered, as :func:`roadmapdocs.documents.links.editions.acting_on`.
_AMENDMENTS: Final = ForKeys(
    lambda: (
        DocumentLink.select(DocumentLink.target, DocumentLink.since, Document.force_from, Document.date)
        .join(Document, on=(DocumentLink.source == Document.id))
        .where(
            among(DocumentLink.target)
            & DocumentLink.kind.in_([str(kind) for kind in AMENDING])
            & (Document.preparation == Preparation.SIGNED)
            & (Document.registration == Registration.REGISTERED)
        )
        .tuples()
    )
)


def _facts(rows: Collection[Document]) -> dict[int, Facts]:
    """As :func:`roadmapdocs.documents.links.force.facts_of`, by statements that are composed once."""
    ids = [row.id for row in rows]
    suspended: dict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    for document, since, until in _SUSPENSIONS(ids):
        suspended[document].append((since, until))
    amended: dict[int, dt.date] = {}
    for document, *days in _AMENDMENTS(ids):
        day = next((day for day in days if day is not None), None)
        if day is not None:
            amended[document] = min(day, amended.get(document, day))
    return {row.id: facts(row, tuple(suspended[row.id]), amended.get(row.id)) for row in rows}


def _handed(ids: Collection[int]) -> dict[int, list[int]]:
    handed: dict[int, list[int]] = defaultdict(list)
    for document, employee in _HANDED(ids):
        handed[document].append(employee)
    return handed


def _items(ids: Collection[int]) -> dict[int, list[LinkedItem]]:
    linked: dict[int, list[LinkedItem]] = defaultdict(list)
    for document, *item in _ITEMS(ids):
        one = LinkedItem(*item)
        # A document may prove several periods of an item.
        if one not in linked[document]:
            linked[document].append(one)
    return linked


def _source(row: Document, around: _Around, today: dt.date) -> Source:
    said, items = around.said[row.id], around.items.get(row.id, [])
    signer = _people_name(row.signer_employee) if row.signer_employee_id else ""
    drafter = _people_name(row.drafter) if row.drafter_id else ""
    named = {"signed": f"{row.signer}, {signer}".strip(", "), "drafted": drafter}
    return Source(
        key=f"document:{row.id}",
        day=row.listed_on.toordinal(),
        number=row.number_sort,
        passages=fitted([*_card(row, signer, drafter, items), *said.passages()]),
        tags=document_tags(row, around.facts[row.id], handed=around.handed.get(row.id, ()), items=items, today=today),
        written=row.number,
        named={facet: name for facet, name in named.items() if name},
    )


def _card(row: Document, signer: str, drafter: str, items: Collection[LinkedItem]) -> Iterator[Passage]:
    yield Passage("title", row.title, zone=Zone.TITLE)
    yield Passage("number", head_words(row), zone=Zone.TITLE)
    yield Passage("summary", row.summary)
    for name in dict.fromkeys((row.signer, signer)):
        yield Passage("signer", name, zone=Zone.PEOPLE)
    yield Passage("drafter", drafter, zone=Zone.PEOPLE)
    if row.unit_id:
        yield Passage("unit", _joined(row.unit.name, row.unit.abbreviation), zone=Zone.PEOPLE)
    if row.organisation_id:
        yield Passage("organisation", _joined(row.organisation.name, row.organisation.short_name), zone=Zone.PEOPLE)
    if row.case_id:
        yield Passage("case", f"{row.case.case_index} {row.case.title}")
    yield from _fields(row)
    for item in items:
        yield Passage("item", item.title, name=item.number)
    yield Passage("text", row.body)


def head_words(row: Document) -> str:
    """«Приказ по основной деятельности № 178-П от 29.11.2021»."""
    parts = [row.kind.name]
    if row.kind.short.lower() not in row.kind.name.lower():
        parts.append(row.kind.short)
    if row.number:
        parts.append(f"№ {row.number.removeprefix('№').strip()}")
    if row.date:
        parts.append(f"от {row.date:%d.%m.%Y}")
    return " ".join(parts)


def _fields(row: Document) -> Iterator[Passage]:
    for field in fields_of(row.kind.fields):
        value = row.fields.get(field.name)
        if isinstance(value, str):
            yield Passage("field", _day_words(value) if field.type == "date" else value, name=field.name)


def _day_words(value: str) -> str:
    try:
        return dt.date.fromisoformat(value).strftime("%d.%m.%Y")
    except ValueError:
        return value


def _people_name(person: Employee) -> str:
    return _joined(person.surname, person.name, person.patronymic)


def _joined(*parts: str) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))

