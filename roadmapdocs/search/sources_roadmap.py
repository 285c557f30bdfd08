"""Records of roadmaps out of the tables: items and sections of current editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import peewee as pw

from roadmapdocs.access.rules import ALLOWED, Action, mask
from roadmapdocs.people.models import Employee, Unit
from roadmapdocs.registration.numbers import number_sort_key
from roadmapdocs.roadmap.models import (
    Edition,
    ExpectedDocument,
    Item,
    ItemTerm,
    Responsible,
    Roadmap,
    Section,
    YearValue,
    current_editions,
)
from roadmapdocs.search import tags
from roadmapdocs.search.passages import Passage, Source, fitted
from roadmapdocs.search.ports import Zone
from roadmapdocs.search.tags import tag

#: A span of an item that is longer was misread; years beyond it are no marks of the item.
_MOST_YEARS = 20


@dataclass(slots=True)
class _Parts:
    """What is written below one item."""

    passages: list[Passage] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)


def items(ids: Collection[int]) -> Iterator[Source]:
    """Items of these ids that stand in a current edition, in order of ids."""
    if not ids:
        return
    rows = list(
        Item.select(Item, Section, Edition, Roadmap)
        .join(Section, pw.JOIN.LEFT_OUTER)
        .join_from(Item, Edition)
        .join(Roadmap)
        .where(Item.id.in_(ids) & Item.edition.in_(current_editions()))
        .order_by(Item.id)
    )
    parts = _parts([row.id for row in rows])
    for row in rows:
        yield _item(row, parts[row.id])


def sections(ids: Collection[int]) -> Iterator[Source]:
    """Sections of these ids that stand in a current edition, in order of ids."""
    if not ids:
        return
    rows = (
        Section.select(Section, Edition, Roadmap)
        .join(Edition)
        .join(Roadmap)
        .where(Section.id.in_(ids) & Section.edition.in_(current_editions()))
        .order_by(Section.id)
    )
    for row in rows:
        said = [
            Passage("title", row.title, zone=Zone.TITLE),
            Passage("number", f"раздел {row.number}", zone=Zone.TITLE),
            Passage("roadmap", row.edition.roadmap.title),
        ]
        found = {*_common("section", row), tag(tags.SECTION, row.id)}
        yield _source(f"section:{row.id}", row, said, found)


def _item(row: Item, parts: _Parts) -> Source:
    said = [
        Passage("title", row.title, zone=Zone.TITLE),
        Passage("number", f"пункт {row.number}", zone=Zone.TITLE),
        Passage("responsible", row.responsible_text, zone=Zone.PEOPLE),
        *parts.passages,
        Passage("section", row.section.title if row.section_id else ""),
        Passage("roadmap", row.edition.roadmap.title),
    ]
    found = {*_common("item", row), *parts.tags}
    if row.section_id:
        found.add(tag(tags.SECTION, row.section_id))
    return _source(f"item:{row.id}", row, said, found)


def _source(key: str, row: Any, said: Iterable[Passage], found: Collection[str]) -> Source:
    day = row.edition.stored_at.date().toordinal()
    return Source(key, day, number_sort_key(row.number), fitted(said), frozenset(found))


def _common(kind: str, row: Any) -> Iterator[str]:
    yield tag("type", kind)
    yield tag(tags.KIND, kind)
    yield tag("item", row.number.rstrip("."))
    yield tag("roadmap", row.edition.roadmap_id)
    # Roadmaps are read by whoever reads the registry.
    yield from tags.readers_tags(mask(ALLOWED[Action.READ]))


def _parts(ids: Collection[int]) -> dict[int, _Parts]:
    parts: dict[int, _Parts] = defaultdict(_Parts)
    if not ids:
        return parts
    for term in ItemTerm.select().where(ItemTerm.item.in_(ids)).order_by(ItemTerm.id):
        parts[term.item_id].passages.append(Passage("term", term.text))
        parts[term.item_id].tags |= {tag(tags.YEAR, year) for year in _years(term)}
    _add_people(parts, ids)
    expected = ExpectedDocument.select().where(ExpectedDocument.item.in_(ids))
    for row in expected.order_by(ExpectedDocument.position, ExpectedDocument.id):
        parts[row.item_id].passages.append(Passage("expected", row.title))
    for value in YearValue.select().where(YearValue.item.in_(ids)).order_by(YearValue.id):
        words = " ".join(part for part in (value.planned, value.result) if part)
        parts[value.item_id].passages.append(Passage("value", words, name=str(value.year or "")))
    return parts


def _years(term: ItemTerm) -> range:
    days = [day.year for day in (term.start, term.end) if day is not None]
    years = [*days, *([term.year] if term.year else [])]
    if not years or max(years) - min(years) > _MOST_YEARS:
        return range(0)
    return range(min(years), max(years) + 1)


def _add_people(parts: dict[int, _Parts], ids: Collection[int]) -> None:
    rows = (
        Responsible.select(Responsible, Unit, Employee)
        .join(Unit, pw.JOIN.LEFT_OUTER)
        .join_from(Responsible, Employee, pw.JOIN.LEFT_OUTER)
        .where(Responsible.item.in_(ids))
        .order_by(Responsible.id)
    )
    for row in rows:
        part = parts[row.item_id]
        if row.unit_id:
            part.tags.add(tag(tags.UNIT, row.unit_id))
            part.passages.append(Passage("responsible", row.unit.name, zone=Zone.PEOPLE))
        if row.employee_id:
            person = row.employee
            name = " ".join(one for one in (person.surname, person.name, person.patronymic) if one)
            part.passages.append(Passage("responsible", name, zone=Zone.PEOPLE))
