"""Stamps of stored documents. They are never stored themselves: a corrected number is right in all of them at once."""

from __future__ import annotations

from dataclasses import dataclass

from roadmapdocs.documents.links.editions import is_effective
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import kind_word
from roadmapdocs.documents.links.stamp_rules import Act, appendix_mark, approval_stamp
from roadmapdocs.documents.models import Document, DocumentLink, Kind
from roadmapdocs.documents.rules import Registration
from roadmapdocs.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Stamp:
    """Lines of a stamp and the document they name. ``final``: that document is signed and registered."""

    lines: tuple[str, ...]
    act: Document
    final: bool


def approval_stamp_of(document: Document) -> Stamp | None:
    """The stamp by which a document says what approved it; None if nothing does. An effective act goes first.

    An act whose registration was annulled approves nothing any more.
    """
    links = [link for link in _acts(document, LinkKind.APPROVES) if link.source.registration != Registration.ANNULLED]
    if not links:
        return None
    act = max(links, key=lambda link: (is_effective(link.source), -link.id)).source
    return Stamp(approval_stamp(document.kind.gender, _act(act)), act, is_effective(act))


def appendix_mark_of(document: Document) -> Stamp | None:
    """The mark «Приложение …» of a document that is an appendix; None if it is none."""
    link = (
        DocumentLink.select(DocumentLink, Document, Kind)
        .join(Document, on=(DocumentLink.target == Document.id))
        .join(Kind)
        .where((DocumentLink.source == document.id) & (DocumentLink.kind == LinkKind.APPENDIX_TO))
        .order_by(DocumentLink.id)
        .first()
    )
    if link is None:
        return None
    act = link.target
    appendices = [
        row.source_id
        for row in DocumentLink.select(DocumentLink.source)
        .where((DocumentLink.target == act.id) & (DocumentLink.kind == LinkKind.APPENDIX_TO))
        .order_by(DocumentLink.id)
    ]
    lines = appendix_mark(_act(act), appendices.index(document.id) + 1, len(appendices))
    return Stamp(lines, act, is_effective(act))


def _acts(document: Document, kind: LinkKind) -> list[DocumentLink]:
    return list(
        DocumentLink.select(DocumentLink, Document, Kind)
        .join(Document, on=(DocumentLink.source == Document.id))
        .join(Kind)
        .where((DocumentLink.target == document.id) & (DocumentLink.kind == kind))
        .order_by(DocumentLink.id)
    )


def _act(document: Document) -> Act:
    organisation = organisation_of(document)
    return Act(
        instrumental=kind_word(document.kind, "ins"),
        dative=kind_word(document.kind, "dat"),
        organisation=organisation.genitive or organisation.short_name if organisation else "",
        date=document.date,
        number=document.number,
    )


def organisation_of(document: Document) -> Organisation | None:
    """The author: said on the card, else that of the unit, else the only one there is."""
    if document.organisation is not None:
        return document.organisation
    if document.unit is not None:
        return document.unit.organisation
    known = list(Organisation.select().limit(2))
    return known[0] if len(known) == 1 else None
