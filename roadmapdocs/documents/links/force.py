"""The force of stored documents: facts for the rule, and the same rule as a condition of a query."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

import peewee as pw

from roadmapdocs.documents.links.editions import first_amendments
from roadmapdocs.documents.links.force_rules import Facts, Standing, legal_force
from roadmapdocs.documents.models import Document, Suspension
from roadmapdocs.documents.rules import Force, Registration


def in_force_on(day: dt.date) -> pw.Expression:
    """Documents in force on a day, whether or not amended: the same as :func:`legal_force`, for a query."""
    lasts = Document.force_until > day
    endless = Document.force_until.is_null() & (Document.force != Force.ENDED)
    suspended = Suspension.select(pw.SQL("1")).where(
        (Suspension.document == Document.id)
        & (Suspension.since <= day)
        & (Suspension.until.is_null() | (Suspension.until > day))
    )
    return (
        (Document.registration != Registration.ANNULLED)
        & (Document.force != Force.NOT_IN_FORCE)
        & (pw.fn.COALESCE(Document.force_from, Document.date) <= day)
        & (lasts | endless)
        & ~pw.fn.EXISTS(suspended)
    )


def standings(documents: Collection[Document], on: dt.date) -> dict[int, Standing]:
    """What each document is on a day, by its id, in two statements however many there are."""
    return {document_id: legal_force(known, on) for document_id, known in facts_of(documents).items()}


def facts_of(documents: Collection[Document]) -> dict[int, Facts]:
    """What is to be known of each document's force, by its id, for judging any day."""
    ids = [document.id for document in documents]
    suspensions: dict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    columns = (Suspension.document, Suspension.since, Suspension.until)
    for document_id, since, until in Suspension.select(*columns).where(Suspension.document.in_(ids)).tuples() if ids else ():
        suspensions[document_id].append((since, until))
    amended = first_amendments(ids)
    return {
        document.id: facts(document, tuple(suspensions[document.id]), amended.get(document.id)) for document in documents
    }


def standing(document: Document, on: dt.date) -> Standing:
    return standings([document], on)[document.id]


def facts(
    document: Document,
    suspensions: tuple[tuple[dt.date, dt.date | None], ...] = (),
    amended: dt.date | None = None,
) -> Facts:
    return Facts(
        state=Force(document.force),
        annulled=document.registration == Registration.ANNULLED,
        since=document.force_from or document.date,
        until=document.force_until,
        suspensions=suspensions,
        amended=amended,
    )
