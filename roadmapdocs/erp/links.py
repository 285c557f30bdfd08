"""Documents and items of roadmaps linked to records of other programs: made, taken off, carried over, shown.

A document belongs to a partner, an item is a task of a project. The link says so and no more: it proves nothing, and
gives nobody a right, neither here nor there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import record
from roadmapdocs.coverage.matrix import CoveredItem, CoveredSlot, coverage_of_item
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.coverage.rules import State
from roadmapdocs.db import transaction
from roadmapdocs.documents.links.naming import NAMED
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.operations import lock_document, read_document
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.erp.link_rules import Target, checked
from roadmapdocs.erp.models import ExternalLink
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.hooks import edition_stored
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, Item, Roadmap, current_editions
from roadmapdocs.roadmap.rules import ItemKey, match_items


@dataclass(frozen=True, slots=True)
class LinkedItem:
    """An item that stands for a record of another program, as one person sees it.

    ``slots`` are its periods with the documents that prove them; those that are not open to this person have no names
    and the id 0. ``current`` is false where a new edition of the roadmap has no such item any more.
    """

    link: int
    roadmap_id: int
    roadmap_title: str
    item_id: int
    number: str
    title: str
    current: bool
    slots: tuple[CoveredSlot, ...]

    @property
    def late(self) -> bool:
        return self.current and any(one.state is State.LATE for one in self.slots)

    @property
    def proved(self) -> bool:
        """Whether nothing that is expected is missing. An item that expects nothing is not proved."""
        wanted = [one.state for one in self.slots if not one.slot.suggested and one.state is not State.NOT_REQUIRED]
        return bool(wanted) and all(state is State.PROVED for state in wanted)


def link_document(document_id: int, target: Target, *, by: Actor, now: dt.datetime) -> ExternalLink:
    """Say that a document belongs to a record of another program. Linking twice changes nothing.

    :raise Forbidden: if the actor links no documents
    :raise NotFound: if the document is not there for this person
    :raise Refusal: as :func:`roadmapdocs.erp.link_rules.checked`
    """
    require(by, Action.LINK_DOCUMENT)
    target = checked(target)
    with transaction():
        document = lock_document(document_id)
        read_document(document_id, by=by)
        return _link(document, "document", target, by, now)


def link_item(item_id: int, target: Target, *, by: Actor, now: dt.datetime) -> ExternalLink:
    """Say that an item of a roadmap is a record of another program. Linking twice changes nothing.

    :raise Forbidden: if the actor links no documents
    :raise NotFound: if there is no such item
    :raise Refusal: ``old_edition`` for an item of an edition that was replaced; as :func:`~roadmapdocs.erp.link_rules.checked`
    """
    require(by, Action.LINK_DOCUMENT)
    target = checked(target)
    with transaction():
        item = Item.get_or_none(Item.id == item_id)
        if item is None:
            raise NotFound("no_item", _("There is no such item. Open the roadmap and look for it there."))
        if not current_editions().where(Edition.id == item.edition_id).exists():
            raise Refusal(
                "old_edition",
                _("This item is of an earlier edition of the roadmap. Open the present edition and link the item there."),
            )
        return _link(item, "item", target, by, now)


def unlink_external(link_id: int, *, by: Actor, now: dt.datetime) -> ExternalLink:
    """Take a link off; the row is given, as it was.

    :raise Forbidden: if the actor links no documents
    :raise NotFound: if there is no such link for this person
    """
    require(by, Action.LINK_DOCUMENT)
    with transaction():
        link: ExternalLink | None = ExternalLink.get_or_none(ExternalLink.id == link_id)
        if link is None:
            raise _no_link()
        if link.document_id is not None:
            lock_document(link.document_id)
            read_document(link.document_id, by=by)
        if not ExternalLink.delete().where(ExternalLink.id == link_id).execute():
            raise _no_link()
        _tell("external_link_removed", link, by, now)
    return link


def links_of_document(document: Document) -> list[ExternalLink]:
    """In the order of making. Who may read the document reads its links."""
    return list(ExternalLink.select().where(ExternalLink.document == document.id).order_by(ExternalLink.id))


def links_of_item(item_id: int) -> list[ExternalLink]:
    return list(ExternalLink.select().where(ExternalLink.item == item_id).order_by(ExternalLink.id))


def documents_of(source: str, model: str, external: str, *, by: Actor) -> list[Document]:
    """Documents that belong to a record of another program, newest first; those alone that this person may read.

    :raise Forbidden: for who may not read the registry
    """
    require(by, Action.READ)
    return list(
        Document.select(*NAMED)
        .join(Kind)
        .switch(Document)
        .join(ExternalLink, on=(ExternalLink.document == Document.id))
        .where(_record(source, model, external) & visible_to(by))
        .order_by(Document.listed_on.desc(), Document.id.desc())
    )


def items_of(source: str, model: str, external: str, *, by: Actor, today: dt.date) -> list[LinkedItem]:
    """Items that stand for a record of another program, in the order of linking.

    :raise Forbidden: for who may not read the registry
    """
    require(by, Action.READ)
    rows = list(
        ExternalLink.select(ExternalLink.id.alias("link"), Item.id.alias("item"), Item.edition, Roadmap.id, Roadmap.title)
        .join(Item)
        .join(Edition)
        .join(Roadmap)
        .where(_record(source, model, external))
        .order_by(ExternalLink.id)
        .tuples()
    )
    current = {edition.id for edition in current_editions()} if rows else set()
    found = []
    for link, item, edition, roadmap_id, roadmap_title in rows:
        # A record is one item, or two: they are asked one by one.
        covered = coverage_of_item(item, today=today)
        if covered is not None:
            place = (roadmap_id, roadmap_title, item, covered.item.number, covered.item.title)
            found.append(LinkedItem(link, *place, edition in current, _seen(covered, Reader(by))))
    return found


def _seen(covered: CoveredItem, reader: Reader) -> tuple[CoveredSlot, ...]:
    return tuple(one._replace(documents=reader.seen(one.documents)) for one in covered.slots)


def _record(source: str, model: str, external: str) -> pw.Expression:
    return (ExternalLink.source == source) & (ExternalLink.model == model) & (ExternalLink.external == external)


def _link(subject: Any, field: str, target: Target, by: Actor, now: dt.datetime) -> ExternalLink:
    names = {"source": target.source, "model": target.model, "external": target.external}
    shown = {"title": target.title, "url": target.url, "made_by": by.name, "made_at": now}
    link, made = ExternalLink.get_or_create(**{field: subject}, **names, defaults=shown)
    if made:
        _tell("external_link_made", link, by, now)
    return link


def _tell(what: str, link: ExternalLink, by: Actor, now: dt.datetime) -> None:
    subject = link.item if link.document_id is None else link.document
    effect = {"source": link.source, "model": link.model, "external": link.external, "title": link.title}
    record(what, subject=subject, effect=effect, by=by, now=now)


def _no_link() -> NotFound:
    return NotFound(
        "no_external_link", _("There is no such link: somebody has taken it off meanwhile. Look at the page again.")
    )


def listen() -> None:
    """React from now on. Idempotent."""
    edition_stored.connect(_stored)


def _stored(edition: Edition, *, previous: Edition | None, **_more: Any) -> None:
    if previous is not None:
        carry_over(previous, edition)


def carry_over(previous: Edition, edition: Edition) -> int:
    """Take links of items along to a new edition, within a transaction; give how many.

    An item is the same by the rule of :func:`roadmapdocs.roadmap.rules.match_items`. A link of one that is gone stays
    with the edition before, and :class:`LinkedItem` says so.
    """
    rows = ExternalLink.select(ExternalLink.item).join(Item).where(Item.edition == previous)
    linked = {item for (item,) in rows.tuples()}
    if not linked:
        return 0
    followers = match_items(_keys(previous), _keys(edition))
    going_on = {before.id: after.id for before, after in followers.items() if before.id in linked}
    return sum(_move(before, after) for before, after in going_on.items())


def _keys(edition: Edition) -> list[ItemKey]:
    rows = Item.select(Item.id, Item.number, Item.title).where(Item.edition == edition).order_by(Item.position)
    return [ItemKey(*row) for row in rows.tuples()]


def _move(before: int, after: int) -> int:
    moved: int = ExternalLink.update(item=after).where(ExternalLink.item == before).execute()
    return moved
