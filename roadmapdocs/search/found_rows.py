"""Hits as people see them: rows of documents, items, sections and assignments, in a constant number of statements.

Here the plain rule of access is asked once more: what the index has let through and the rule does not is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import peewee as pw

from roadmapdocs.access.rules import Action, may
from roadmapdocs.assignments import visibility as assignments
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.documents.fields import fields_of
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Registration
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.prepared import Prepared
from roadmapdocs.roadmap.models import Edition, Item, Roadmap, Section, current_editions
from roadmapdocs.search.answers import FoundRecord
from roadmapdocs.search.around_documents import Around, around
from roadmapdocs.search.kind_words import ASSIGNMENT, ITEM, SECTION, kind_word, type_word
from roadmapdocs.search.models import SearchRecord
from roadmapdocs.search.some_rows import among, rows_among

_STORED = Prepared(
    lambda: SearchRecord.select(SearchRecord.key, SearchRecord.passages, SearchRecord.tags).where(among(SearchRecord.key))
)


def _of_roadmaps(model: type[pw.Model]) -> Prepared:
    return Prepared(
        lambda: (
            model.select(model.id, model.number, model.title, Roadmap.id, Roadmap.title)
            .join(Edition)
            .join(Roadmap)
            .where(among(model.id) & model.edition.in_(current_editions()))
        )
    )


_PARTS = {ITEM: _of_roadmaps(Item), SECTION: _of_roadmaps(Section)}
#: What rows show, and what force and the name of a signer take: the other columns of a card are not read.
_COLUMNS = (
    *(Document.id, Document.number, Document.date, Document.title, Document.signer, Document.preparation),
    *(Document.registration, Document.force, Document.force_from, Document.force_until),
    *(Kind.short, Kind.expected, Kind.fields, Employee.surname, Employee.name, Employee.patronymic),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A record without what the question makes of it: the title is plain, fragments are passages still.

    ``fields`` are those of its kind, as the kind stores them.
    """

    record: FoundRecord
    title: str
    passages: Sequence[Mapping[str, str]] = ()
    tags: frozenset[str] = frozenset()
    fields: Sequence[object] = ()


def found_rows(keys: Collection[str], *, by: Actor, today: dt.date) -> dict[str, Row]:
    """Rows of these keys, by key: those that are there and that this reader may read."""
    ids = _ids(keys)
    rows = _documents(ids["document"], by, today)
    if may(by, Action.READ):
        rows += [*_parts(ITEM, ids[ITEM]), *_parts(SECTION, ids[SECTION])]
    rows += _assignments(ids[ASSIGNMENT], by)
    found = {row.record.key: row for row in rows}
    for key, stored, tags in rows_among(_STORED, list(found)):
        passages = _labelled(SearchRecord.passages.python_value(stored), found[key].fields)
        found[key] = replace(found[key], passages=passages, tags=frozenset(SearchRecord.tags.python_value(tags)))
    return found


def _labelled(passages: Sequence[Mapping[str, str]], fields: Sequence[object]) -> Sequence[Mapping[str, str]]:
    """The index knows fields by their names, people by their labels; of one that the kind has no more nothing is told."""
    if all(one["source"] != "field" for one in passages):
        return passages
    labels = {field.name: field.label for field in fields_of(fields)}
    return [{**one, "name": labels.get(one["name"], "")} if one["source"] == "field" else one for one in passages]


def readable_keys(keys: Collection[str], *, by: Actor) -> set[str]:
    """Of these keys those that are there and that this reader may read, by the plain rule."""
    ids = _ids(keys)
    found = set()
    for chunk in pw.chunked(ids["document"], 500):
        seen = Document.select(Document.id).where(Document.id.in_(list(chunk)) & visible_to(by, few=True))
        found |= {f"document:{one}" for (one,) in seen.tuples()}
    if may(by, Action.READ):
        for type_ in (ITEM, SECTION):
            found |= {row.record.key for row in _parts(type_, ids[type_])}
    for chunk in pw.chunked(ids[ASSIGNMENT], 500):
        given = Assignment.select(Assignment.id).where(Assignment.id.in_(list(chunk)) & assignments.visible_to(by))
        found |= {f"{ASSIGNMENT}:{one}" for (one,) in given.tuples()}
    return found


def _ids(keys: Iterable[str]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = {"document": [], ITEM: [], SECTION: [], ASSIGNMENT: []}
    for key in keys:
        name, _colon, number = key.partition(":")
        if name in ids and number.isdecimal():
            ids[name].append(int(number))
    return ids


def _documents(ids: list[int], by: Actor, today: dt.date) -> list[Row]:
    if not ids:
        return []
    rows = list(
        Document.select(*_COLUMNS)
        .join(Kind)
        .join_from(Document, Employee, pw.JOIN.LEFT_OUTER, on=Document.signer_employee)
        .where(Document.id.in_(ids) & visible_to(by, few=True))
    )
    known = around(rows, by=by, today=today)
    return [Row(_document(row, known), row.title, fields=row.kind.fields) for row in rows]


def _document(row: Document, known: Around) -> FoundRecord:
    return FoundRecord(
        type="document",
        id=row.id,
        key=f"document:{row.id}",
        title=(),
        kind=kind_word(row.kind),
        number=row.number,
        date=row.date,
        signer=row.signer or _signer(row),
        force=known.force[row.id],
        preparation=row.preparation,
        annulled=row.registration == Registration.ANNULLED,
        replaced_by=tuple(known.replaced.get(row.id, ())),
        amended_by=tuple(known.amended.get(row.id, ())[-1:]),
        items=tuple(known.items.get(row.id, ())),
        file=known.files.get(row.id, ""),
    )


def _signer(row: Document) -> str:
    employee = getattr(row, "signer_employee", None)
    return str(employee) if employee is not None and employee.surname else ""


def _parts(type_: str, ids: list[int]) -> list[Row]:
    return [
        Row(
            FoundRecord(
                type=type_,
                id=row_id,
                key=f"{type_}:{row_id}",
                title=(),
                kind=type_word(type_),
                number=number.rstrip("."),
                roadmap=(roadmap_id, roadmap),
            ),
            title,
        )
        for row_id, number, title, roadmap_id, roadmap in rows_among(_PARTS[type_], ids)
    ]


def _assignments(ids: list[int], by: Actor) -> list[Row]:
    if not ids:
        return []
    rows = (
        Assignment.select(Assignment, Employee)
        .join(Employee, on=Assignment.responsible)
        .where(Assignment.id.in_(ids) & assignments.visible_to(by))
    )
    return [
        Row(
            FoundRecord(
                type=ASSIGNMENT,
                id=row.id,
                key=f"{ASSIGNMENT}:{row.id}",
                title=(),
                kind=type_word(ASSIGNMENT),
                number=row.point,
                date=row.due,
                signer=str(row.responsible),
                stands=row.state,
            ),
            row.text,
        )
        for row in rows
    ]
