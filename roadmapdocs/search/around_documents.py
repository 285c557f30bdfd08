"""What other tables say of the documents of a page of hits: files, items, what acts on them, and their force."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

import peewee as pw

from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.links.editions import AMENDING
from roadmapdocs.documents.links.force import facts
from roadmapdocs.documents.links.force_rules import legal_force
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import kind_word, reference_words
from roadmapdocs.documents.models import Document, DocumentLink, DocumentVersion, Kind, Suspension
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.people.rules import Actor
from roadmapdocs.prepared import Prepared
from roadmapdocs.roadmap.models import ExpectedDocument, Item, current_editions
from roadmapdocs.search.document_tags import FORCE_OF
from roadmapdocs.search.some_rows import among, rows_among

#: Items of a row: more than these nobody reads there.
MOST_ITEMS: Final = 12
_EFFECT_DAY: Final = pw.fn.COALESCE(DocumentLink.since, Document.force_from, Document.date)
_ACTING: Final = tuple(str(kind) for kind in (*AMENDING, LinkKind.REPLACES))


def _newest() -> pw.Query:
    later = DocumentVersion.alias()
    newest = later.select(pw.fn.MAX(later.number)).where(later.document == DocumentVersion.document)
    versions = DocumentVersion.select(DocumentVersion.document, DocumentVersion.name)
    return versions.where(among(DocumentVersion.document) & (DocumentVersion.number == newest))


_FILES = Prepared(_newest)
_ITEMS = Prepared(
    lambda: (
        Proof.select(Proof.document, Item.number)
        .join(ExpectedDocument)
        .join(Item)
        .where(among(Proof.document) & Item.edition.in_(current_editions()))
        .order_by(Item.edition, Item.position)
    )
)
_SUSPENSIONS = Prepared(
    lambda: Suspension.select(Suspension.document, Suspension.since, Suspension.until).where(among(Suspension.document))
)
#: Links whose sources are effective, by the day of effect, as :func:`roadmapdocs.documents.links.editions.acting_on`.
_LINKS = Prepared(
    lambda: (
        DocumentLink.select(
            *(DocumentLink.source, DocumentLink.target, DocumentLink.kind, _EFFECT_DAY),
            *(Document.date, Document.number, Kind.short, Kind.forms),
        )
        .join(Document, on=(DocumentLink.source == Document.id))
        .join(Kind)
        .where(
            among(DocumentLink.target)
            & DocumentLink.kind.in_(_ACTING)
            & (Document.preparation == Preparation.SIGNED)
            & (Document.registration == Registration.REGISTERED)
        )
        .order_by(_EFFECT_DAY, DocumentLink.id)
    )
)


@dataclass(slots=True)
class Around:
    """By ids of documents. ``replaced`` and ``amended`` name documents that the reader may read, the last one last."""

    files: dict[int, str] = field(default_factory=dict)
    items: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    replaced: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    amended: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    force: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Link:
    source: int
    target: int
    kind: str
    day: dt.date | None
    words: str


def around(documents: Collection[Document], *, by: Actor, today: dt.date) -> Around:
    """In a constant number of statements for a page of documents."""
    found = Around()
    ids = [document.id for document in documents]
    found.files = dict(rows_among(_FILES, ids))
    for document, printed in rows_among(_ITEMS, ids):
        number = printed.rstrip(".")
        if number not in found.items[document] and len(found.items[document]) < MOST_ITEMS:
            found.items[document].append(number)
    links = [_link(row) for row in rows_among(_LINKS, ids)]
    _add_force(found, documents, links, today)
    _add_links(found, [link for link in links if link.day is not None and link.day <= today], by)
    return found


def _link(row: tuple[Any, ...]) -> _Link:
    source, target, kind, day, date, number, short, forms = row
    called = kind_word(Kind(short=short, forms=Kind.forms.python_value(forms)))
    return _Link(source, target, kind, _day(day), reference_words(called, _day(date), number))


def _day(value: Any) -> dt.date | None:
    found: dt.date | None = Document.date.python_value(value)
    return found


def _add_force(found: Around, documents: Collection[Document], links: Collection[_Link], today: dt.date) -> None:
    """The same as :func:`roadmapdocs.documents.links.force.standings`, out of what is known already."""
    suspensions: dict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    for document, since, until in rows_among(_SUSPENSIONS, [one.id for one in documents]):
        suspensions[document].append((_day(since) or today, _day(until)))
    amended: dict[int, dt.date] = {}
    for link in links:
        if link.kind != LinkKind.REPLACES and link.day is not None:
            amended.setdefault(link.target, link.day)
    for one in documents:
        known = facts(one, tuple(suspensions[one.id]), amended.get(one.id))
        found.force[one.id] = str(FORCE_OF[legal_force(known, today).binding])


def _add_links(found: Around, links: Collection[_Link], by: Actor) -> None:
    """Only documents that the reader may read are named."""
    ids = sorted({link.source for link in links})
    seen = Document.select(Document.id).where(Document.id.in_(ids) & visible_to(by, few=True)).tuples() if ids else ()
    readable = {one for (one,) in seen}
    for link in links:
        if link.source in readable:
            place = found.replaced if link.kind == LinkKind.REPLACES else found.amended
            place[link.target].append((link.source, link.words))
