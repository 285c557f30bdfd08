"""Orders, plans and links for tests, made by the operations that people use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents, unlink
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.rules import SYSTEM
from tests.conftest import NOW, TODAY

SEPTEMBER = dt.date(2026, 9, 1)


def order(number: str, date: str, title: str = "О чтении", *, kind: str = "order_main", force_from: str = "") -> Document:
    """One that is signed and registered: it acts at once."""
    card = Card(
        kind,
        title,
        number=number,
        date=dt.date.fromisoformat(date),
        preparation=Preparation.SIGNED,
        force_from=dt.date.fromisoformat(force_from) if force_from else None,
    )
    return create_document(card, by=SYSTEM, now=NOW, today=TODAY)


def draft(title: str = "О чтении", *, kind: str = "order_main", force_from: dt.date | None = None) -> Document:
    return create_document(Card(kind, title, force_from=force_from), by=SYSTEM, now=NOW, today=TODAY)


def link(source: Document, kind: LinkKind, target: Document, **said: object) -> DocumentLink:
    return link_documents(source.id, target.id, kind, by=SYSTEM, now=NOW, today=TODAY, **said)  # type: ignore[arg-type]


def take_off(made: DocumentLink) -> None:
    unlink(made.id, "связь поставлена по недосмотру", by=SYSTEM, now=NOW, today=TODAY)


def annul(document: Document) -> Document:
    return perform(document.id, "annul", answers=Answers(reason="издан в двух экземплярах"), by=SYSTEM, now=NOW, today=TODAY)


@dataclass(frozen=True, slots=True)
class Lines:
    """What links may change of a document."""

    preparation: str
    registration: str
    force: str
    force_from: dt.date | None
    force_until: dt.date | None


def lines(document: Document) -> Lines:
    fresh = get_document(document.id)
    return Lines(fresh.preparation, fresh.registration, fresh.force, fresh.force_from, fresh.force_until)
