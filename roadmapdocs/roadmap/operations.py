"""Use cases of roadmaps: read a file, correct what was read, store it as a roadmap or as a new edition."""

from __future__ import annotations

import dataclasses
import datetime as dt

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.hooks import edition_stored
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.directory import Directory, PersonRef, Resolver, UnitRef
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.draft import Draft, DraftItem
from roadmapdocs.roadmap.draft_json import draft_as_json
from roadmapdocs.roadmap.models import (
    Edition,
    ExpectedDocument,
    Item,
    ItemTerm,
    Responsible,
    Roadmap,
    Section,
    YearValue,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """The file a draft was read from; ``name`` is for showing."""

    file: StoredFile
    name: str


def store_draft(
    draft: Draft,
    *,
    source: Source | None,
    directory: Directory,
    edition_of: Roadmap | None = None,
    title: str | None = None,
    by: Actor,
    now: dt.datetime,
) -> Edition:
    """Store a draft as a new roadmap, or as a new edition beside the ones that ``edition_of`` has.

    :raise Forbidden: if the actor loads no roadmaps
    :raise Refusal: ``no_items`` for a draft without items; ``duplicate_file`` if this very file is stored
        already and no edition was asked for (``details["roadmap"]`` says where)
    """
    require(by, Action.IMPORT_ROADMAP)
    if not draft.items:
        raise Refusal("no_items", _("There is not one item to store. Choose a file with a table of items."))
    with transaction():
        if edition_of is None and source is not None:
            refuse_stored_file(source.file)
        roadmap = edition_of or Roadmap.create(title=title or draft.title, created_at=now)
        previous = current_edition(roadmap) if edition_of else None
        edition = _create_edition(roadmap, previous, draft, source=source, by=by, now=now)
        _fill(edition, draft, Resolver(directory))
        first, last = draft.period or (None, None)
        roadmap.title, roadmap.first_year, roadmap.last_year = title or draft.title, first, last
        roadmap.save()
        effect = {"edition": edition.number, "items": len(draft.items), "title": roadmap.title}
        record("edition_stored", subject=roadmap, effect=effect, by=by, now=now)
        edition_stored.send(edition, previous=previous)
    return edition


def refuse_stored_file(file: StoredFile) -> None:
    """
    :raise Refusal: ``duplicate_file`` if a stored edition was read from this very file
    """
    stored = Edition.select(Edition, Roadmap).join(Roadmap).where(Edition.file == file).first()
    if stored is not None:
        raise _duplicate(stored)


def _duplicate(stored: Edition) -> Refusal:
    return Refusal(
        "duplicate_file",
        _(
            "This file is stored already: “%(title)s”, edition %(edition)s. "
            "Open it, or load the file as a new edition.",
            title=stored.roadmap.title,
            edition=stored.number,
        ),
        roadmap=stored.roadmap_id,
        edition=stored.number,
    )


def _create_edition(
    roadmap: Roadmap, previous: Edition | None, draft: Draft, *, source: Source | None, by: Actor, now: dt.datetime
) -> Edition:
    plain = draft_as_json(draft)
    try:
        return Edition.create(
            roadmap=roadmap,
            number=previous.number + 1 if previous else 1,
            file=source.file if source else None,
            file_name=source.name if source else "",
            approval=plain["approval"],
            abbreviations=draft.abbreviations,
            defects=plain["defects"],
            stored_by=by.name,
            stored_at=now,
        )
    except pw.IntegrityError as problem:
        # Two imports of one file at once: the index lets one of them through.
        raise Refusal(
            "duplicate_file",
            _("Somebody is loading this very file at this moment. Open the list of roadmaps and look for it."),
        ) from problem


def _fill(edition: Edition, draft: Draft, resolver: Resolver) -> None:
    sections: dict[str, Section] = {}
    for position, section in enumerate(draft.sections, start=1):
        sections[section.number] = Section.create(
            edition=edition,
            parent=sections.get(section.parent or ""),
            number=section.number,
            title=section.title,
            position=position,
        )
    rows: dict[type[pw.Model], list[dict[str, object]]] = {
        ItemTerm: [],
        Responsible: [],
        YearValue: [],
        ExpectedDocument: [],
    }
    for position, item in enumerate(draft.items, start=1):
        stored = Item.create(
            edition=edition,
            section=sections.get(item.section or ""),
            position=position,
            number=item.number,
            title=item.title,
            responsible_text=item.responsible_text,
        )
        _collect(rows, stored, item, resolver)
    for model, values in rows.items():
        # SQLite takes at most 32,766 parameters in a statement.
        for batch in pw.chunked(values, 1000):
            model.insert_many(batch).execute()


def _collect(
    rows: dict[type[pw.Model], list[dict[str, object]]], stored: Item, item: DraftItem, resolver: Resolver
) -> None:
    for term in item.terms:
        rows[ItemTerm].append({"item": stored, **{f.name: getattr(term, f.name) for f in dataclasses.fields(term)}})
    for words in item.responsible:
        ref = resolver.resolve(words)
        unit = ref.id if isinstance(ref, UnitRef) else None
        employee = ref.id if isinstance(ref, PersonRef) else None
        rows[Responsible].append({"item": stored, "text": words, "unit": unit, "employee": employee})
    for column in dict.fromkeys([*item.planned, *item.results]):
        rows[YearValue].append(
            {
                "item": stored,
                "year": int(column) if column.isdigit() else None,
                "planned": item.planned.get(column),
                "result": item.results.get(column),
            }
        )
    for position, expected in enumerate(item.expected_documents, start=1):
        rows[ExpectedDocument].append(
            {
                "item": stored,
                "position": position,
                "title": expected.title,
                "kind": expected.kind,
                "inferred": expected.inferred,
                "confirmed": not expected.inferred,
            }
        )


def confirm_expected(expected: ExpectedDocument, *, by: Actor, now: dt.datetime) -> None:
    """Turn a document that was only read out of an item's title into one that is waited for."""
    require(by, Action.LINK_DOCUMENT)
    with transaction():
        ExpectedDocument.update(confirmed=True).where(ExpectedDocument.id == expected.id).execute()
        effect = {"title": expected.title, "kind": expected.kind}
        record("expected_confirmed", subject=expected.item, effect=effect, by=by, now=now)


def add_expected(item: Item, title: str, kind: str, *, by: Actor, now: dt.datetime) -> ExpectedDocument:
    """Say by hand which document an item should have.

    :raise Refusal: ``empty_title``
    """
    require(by, Action.LINK_DOCUMENT)
    if not title.strip():
        raise Refusal("empty_title", _("Write which document is expected, for example “Order on the working group”."))
    with transaction():
        last = ExpectedDocument.select(pw.fn.MAX(ExpectedDocument.position)).where(ExpectedDocument.item == item)
        expected = ExpectedDocument.create(
            item=item,
            position=(last.scalar() or 0) + 1,
            title=title.strip(),
            kind=kind,
            inferred=False,
            confirmed=True,
        )
        record("expected_added", subject=item, effect={"title": expected.title, "kind": kind}, by=by, now=now)
    return expected


def get_roadmap(roadmap_id: int) -> Roadmap:
    """
    :raise NotFound: if there is none
    """
    roadmap: Roadmap | None = Roadmap.get_or_none(Roadmap.id == roadmap_id)
    if roadmap is None:
        raise NotFound(
            "no_roadmap",
            _("There is no roadmap with the id %(id)s. The list of roadmaps shows what there is.", id=roadmap_id),
            id=roadmap_id,
        )
    return roadmap


def current_edition(roadmap: Roadmap) -> Edition:
    found: Edition = Edition.select().where(Edition.roadmap == roadmap).order_by(Edition.number.desc()).get()
    return found
