"""Links at work: what they do to their targets while their sources are in effect.

A source has its effects once it is signed and registered: a link made before waits until then. Every change of a
target goes through the one door of transitions, as a rule that follows from a person's act; the door comes in as an
argument, because transitions set links to work themselves.
"""

from __future__ import annotations

import datetime as dt

from roadmapdocs.db import transaction
from roadmapdocs.documents.links.editions import is_effective
from roadmapdocs.documents.links.effects import Act, Door, have_effect, take_back
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.rules import EFFECTIVE
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.operations import get_document
from roadmapdocs.people.rules import Actor


def apply_links(document: Document, *, door: Door, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """Let the links of a document that is in effect now have the effects they have not had yet."""
    if not is_effective(document):
        return
    with transaction():
        for link in _effective_links(document, acted=False):
            act(link, door=door, by=by, now=now, today=today)


def withdraw_links(document: Document, *, door: Door, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """Take back what the links of a document did, the last first: its registration is annulled."""
    with transaction():
        for link in reversed(_effective_links(document, acted=True)):
            withdraw(link, door=door, by=by, now=now, today=today)
            DocumentLink.update(acted=False).where(DocumentLink.id == link.id).execute()


def act(link: DocumentLink, *, door: Door, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """Let the link have its effect, if links of its kind have any; ``link.acted`` says whether it had."""
    if LinkKind(link.kind) in EFFECTIVE and have_effect(_act_of(link, door, by, now, today)):
        link.acted = True
        DocumentLink.update(acted=True).where(DocumentLink.id == link.id).execute()


def withdraw(link: DocumentLink, *, door: Door, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """Take back what the link did, if it did anything."""
    if link.acted:
        take_back(_act_of(link, door, by, now, today))


def _effective_links(document: Document, *, acted: bool) -> list[DocumentLink]:
    kinds = [str(kind) for kind in LinkKind if kind in EFFECTIVE]
    return list(
        DocumentLink.select()
        .where((DocumentLink.source == document.id) & DocumentLink.kind.in_(kinds) & (DocumentLink.acted == acted))
        .order_by(DocumentLink.id)
    )


def _act_of(link: DocumentLink, door: Door, by: Actor, now: dt.datetime, today: dt.date) -> Act:
    source, target = get_document(link.source_id), get_document(link.target_id)
    return Act(link.id, LinkKind(link.kind), source, target, link.since, link.points, door, by, now, today)
