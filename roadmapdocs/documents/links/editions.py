"""Editions (редакции) of a document: as it was first, as each amendment left it, and its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import NAMED, reference
from roadmapdocs.documents.models import Document, DocumentLink, Kind
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.i18n import gettext as _
from roadmapdocs.prepared import Prepared, place

AMENDING = (LinkKind.AMENDS, LinkKind.REPEALS_PARTLY)
ENDING = (LinkKind.REPEALS, LinkKind.REPLACES)
_ACTING = (
    *(DocumentLink.id, DocumentLink.source, DocumentLink.target, DocumentLink.kind),
    *(DocumentLink.points, DocumentLink.since),
)


@dataclass(frozen=True, slots=True)
class Edition:
    """``number`` counts texts from 1; an end has 0, for it leaves none. ``by`` is the document that made it."""

    number: int
    since: dt.date | None
    by: Document | None = None
    points: str = ""
    partly: bool = False

    @property
    def words(self) -> str:
        """«в редакции приказа от … № …»."""
        if self.by is None:
            return _("first edition")
        by = reference(self.by, "gen")
        if not self.number:
            return _("lost force by %(reference)s", reference=reference(self.by, "ins"))
        if self.partly:
            return _("points %(points)s lost force by %(reference)s", points=self.points, reference=reference(self.by, "ins"))
        if self.points:
            return _("as amended by %(reference)s (%(points)s)", reference=by, points=self.points)
        return _("as amended by %(reference)s", reference=by)


def timeline(document: Document) -> list[Edition]:
    """Editions in the order of their days; only documents that are signed and registered make any."""
    editions = [Edition(1, document.force_from or document.date)]
    ends: list[Edition] = []
    for link in acting_on([document.id], (*AMENDING, *ENDING)):
        day = effect_day(link)
        if LinkKind(link.kind) in ENDING:
            ends.append(Edition(0, day, link.source))
        else:
            partly = link.kind == LinkKind.REPEALS_PARTLY
            editions.append(Edition(len(editions) + 1, day, link.source, link.points, partly))
    return [*editions, *ends[:1]]


def edition_on(document: Document, day: dt.date) -> Edition | None:
    """The text that counted on a day; None before the first and after the end."""
    passed = [edition for edition in timeline(document) if edition.since is not None and edition.since <= day]
    return passed[-1] if passed and passed[-1].number else None


def effect_day(link: DocumentLink) -> dt.date | None:
    """From which day the effect counts: said with the link, else when the source comes into force, else its date."""
    return link.since or link.source.force_from or link.source.date


def is_effective(document: Document) -> bool:
    """A document acts on others once it is signed and registered."""
    return document.preparation == Preparation.SIGNED and document.registration == Registration.REGISTERED


def acting_on(ids: Collection[int], kinds: Collection[LinkKind]) -> list[DocumentLink]:
    """Links of these kinds to these documents whose sources are effective, by the day of effect."""
    if not ids:
        return []
    day = pw.fn.COALESCE(DocumentLink.since, Document.force_from, Document.date)
    return list(
        DocumentLink.select(*_ACTING, *NAMED)
        .join(Document, on=(DocumentLink.source == Document.id))
        .join(Kind)
        .where(
            DocumentLink.target.in_(list(ids))
            & DocumentLink.kind.in_([str(kind) for kind in kinds])
            & (Document.preparation == Preparation.SIGNED)
            & (Document.registration == Registration.REGISTERED)
        )
        .order_by(day, DocumentLink.id)
    )


_AMENDED = Prepared(
    lambda: (
        DocumentLink.select(DocumentLink.id)
        .join(Document, on=(DocumentLink.source == Document.id))
        .where(
            (DocumentLink.target == place("target", Document.id))
            & DocumentLink.kind.in_([str(kind) for kind in AMENDING])
            & (Document.preparation == Preparation.SIGNED)
            & (Document.registration == Registration.REGISTERED)
        )
        .limit(1)
    )
)


def is_amended(document_id: int) -> bool:
    """Whether an effective document amends this one. Asked at every registration."""
    return bool(_AMENDED.rows(target=document_id))


def first_amendments(ids: Collection[int]) -> dict[int, dt.date]:
    """The first day on which an amendment of each document counts; documents without any are left out."""
    first: dict[int, dt.date] = {}
    for link in acting_on(ids, AMENDING):
        day = effect_day(link)
        if day is not None:
            first.setdefault(link.target_id, day)
    return first
