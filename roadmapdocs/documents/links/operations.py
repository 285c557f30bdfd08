"""Links between documents: made, taken off, shown. What they do: :mod:`roadmapdocs.documents.links.acting`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.links.acting import act, withdraw
from roadmapdocs.documents.links.editions import is_effective
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import NAMED, reference
from roadmapdocs.documents.links.rules import (
    End,
    Wish,
    check_circle,
    check_link,
    check_reason,
    group_of,
    source_words,
    target_words,
)
from roadmapdocs.documents.models import Document, DocumentLink, Kind
from roadmapdocs.documents.operations import get_document, read_document
from roadmapdocs.documents.rules import Force, Registration
from roadmapdocs.documents.transitions import perform_by_rule
from roadmapdocs.documents.visibility import require_right, visible_to
from roadmapdocs.errors import NotFound
from roadmapdocs.hooks import document_changed
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

#: What rights to the far end of a link depend on, besides :data:`NAMED`.
_STATES = (
    *(Document.acquaintance, Document.control, Document.storage, Document.named_states, Document.workflow, Document.mark),
)


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link as one of its documents shows it: ``words`` speak from that side, ``other`` is the far end."""

    id: int
    kind: LinkKind
    words: str
    other: Document
    outgoing: bool
    note: str
    points: str
    since: dt.date | None
    acted: bool


def link_documents(
    source_id: int,
    target_id: int,
    kind: LinkKind,
    *,
    note: str = "",
    points: str = "",
    since: dt.date | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> DocumentLink:
    """Say that ``source`` does this to ``target``. ``since`` is the day from which the effect counts.

    :raise NotFound: if either is not there for this person
    :raise Forbidden: if in the source's states links are not for them
    :raise Refusal: as :mod:`roadmapdocs.documents.links.rules` says
    """
    with transaction():
        _lock(source_id, target_id, now)
        source, target = read_document(source_id, by=by), read_document(target_id, by=by)
        require_right(source, "link", by)
        wish = Wish(kind, _end(source), _end(target), note.strip(), points.strip(), since)
        check_link(wish, present=_present(source, target, kind))
        link = _store(wish, by, now)
        # Writers of the journal queue one behind another until their transactions end: what is read from here on
        # is final, so that no two links made at once close a circle.
        _tell("document_linked", link, by, now)
        check_circle(wish, lambda front: _following(kind, front))
        if is_effective(source):
            act(link, door=perform_by_rule, by=by, now=now, today=today)
    return link


def unlink(link_id: int, reason: str, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """Take a link off, with the effects it has had.

    :raise NotFound: if there is no such link for this person
    :raise Forbidden: if in the source's states links are not for them
    :raise Refusal: ``reason`` if none is given, or a very long one
    """
    check_reason(reason)
    with transaction():
        found: DocumentLink | None = DocumentLink.get_or_none(DocumentLink.id == link_id)
        if found is None:
            raise _no_link()
        _lock(found.source_id, found.target_id, now)
        link: DocumentLink | None = DocumentLink.get_or_none(DocumentLink.id == link_id)
        if link is None:
            raise _no_link()
        source = read_document(link.source_id, by=by)
        require_right(source, "link", by)
        _tell("document_unlinked", link, by, now, reason=reason.strip())
        DocumentLink.delete().where(DocumentLink.id == link.id).execute()
        withdraw(link, door=perform_by_rule, by=by, now=now, today=today)


def links_of(document: Document, *, by: Actor) -> list[LinkLine]:
    """Links from and to a document, the far ends that this person may read; in the order of kinds, then of making."""
    lines = [
        LinkLine(
            link.id,
            kind,
            source_words(kind) if outgoing else target_words(kind, document.kind.gender),
            far,
            outgoing,
            link.note,
            link.points,
            link.since,
            link.acted,
        )
        for outgoing in (True, False)
        for link in _seen_from(document, outgoing, by)
        for kind, far in [(LinkKind(link.kind), link.target if outgoing else link.source)]
    ]
    order = list(LinkKind)
    return sorted(lines, key=lambda line: (not line.outgoing, order.index(line.kind), line.id))


def asks_about(document: Document) -> list[Document]:
    """What a document approved and what is in force still: losing force itself, it does not end these, so ask."""
    approved = (
        Document.select(*NAMED)
        .join(Kind)
        .switch(Document)
        .join(DocumentLink, on=(DocumentLink.target == Document.id))
        .where(
            (DocumentLink.source == document.id)
            & (DocumentLink.kind == LinkKind.APPROVES)
            & Document.force.in_([Force.IN_FORCE, Force.AMENDED, Force.SUSPENDED])
            & Document.force_until.is_null()
        )
        .order_by(Document.id)
    )
    return list(approved) if is_effective(document) else []


def _lock(source_id: int, target_id: int, now: dt.datetime) -> None:
    """Both ends, in one order everywhere, before anything is read."""
    for document_id in sorted({source_id, target_id}):
        Document.update(changed_at=now).where(Document.id == document_id).execute()


def _end(document: Document) -> End:
    return End(
        id=document.id,
        words=reference(document),
        group=document.kind.group,
        own_number=document.kind.own_number,
        date=document.date,
        annulled=document.registration == Registration.ANNULLED,
    )


def _store(wish: Wish, by: Actor, now: dt.datetime) -> DocumentLink:
    return DocumentLink.create(
        source=wish.source.id,
        target=wish.target.id,
        kind=str(wish.kind),
        note=wish.note,
        points=wish.points,
        since=wish.since,
        made_by=by.name,
        made_at=now,
    )


def _present(source: Document, target: Document, kind: LinkKind) -> bool:
    return bool(
        DocumentLink.select()
        .where((DocumentLink.source == source) & (DocumentLink.target == target) & (DocumentLink.kind == kind))
        .exists()
    )


def _following(kind: LinkKind, front: Collection[int]) -> Iterable[int]:
    rows = (
        DocumentLink.select(DocumentLink.target)
        .where(DocumentLink.source.in_(sorted(front)) & DocumentLink.kind.in_([str(one) for one in group_of(kind)]))
        .tuples()
    )
    return [target for (target,) in rows]


def _tell(what: str, link: DocumentLink, by: Actor, now: dt.datetime, *, reason: str = "") -> None:
    """One entry in the history of each end, so that both tell of the other."""
    source, target = get_document(link.source_id), get_document(link.target_id)
    said = {"kind": link.kind, "points": link.points, "note": link.note, "reason": reason}
    said |= {"since": link.since.isoformat() if link.since else ""}
    effect = {name: value for name, value in said.items() if value}
    record(what, subject=source, effect={**effect, "target": target.id, "to": reference(target)}, by=by, now=now)
    record(what, subject=target, effect={**effect, "source": source.id, "from": reference(source)}, by=by, now=now)
    document_changed.send(source, by=by)
    document_changed.send(target, by=by)


def _seen_from(document: Document, outgoing: bool, by: Actor) -> list[DocumentLink]:
    near, far = (DocumentLink.source, DocumentLink.target) if outgoing else (DocumentLink.target, DocumentLink.source)
    return list(
        DocumentLink.select(DocumentLink, *NAMED, *_STATES)
        .join(Document, on=(far == Document.id))
        .join(Kind)
        .where((near == document.id) & visible_to(by))
    )


def _no_link() -> NotFound:
    return NotFound("no_link", _("There is no such link: somebody has taken it off meanwhile. Look at the card again."))
