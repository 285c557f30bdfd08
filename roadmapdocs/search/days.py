"""Force that begins or ends by the calendar: nobody changes the document on that day, and what is found of it changes."""

from __future__ import annotations

import datetime as dt

import peewee as pw

from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, DocumentLink, Suspension
from roadmapdocs.search import outbox
from roadmapdocs.search.models import SearchIndex


def turn_to(today: dt.date) -> bool:
    """Have those looked at whose force may have changed since the day that the index tells it for."""
    with transaction():
        row: SearchIndex | None = SearchIndex.get_or_none(SearchIndex.state == "active")
        if row is None or row.day >= today:
            return False
        outbox.add(f"{outbox.AGAIN}document:{number}" for (number,) in _turning(row.day, today).tuples())
        SearchIndex.update(day=today).where(SearchIndex.id == row.id).execute()
    return True


def _turning(after: dt.date, until: dt.date) -> pw.ModelSelect:
    """Ids of the documents with a day of their force behind ``after`` and not behind ``until``."""

    def within(day: pw.Expression) -> pw.Expression:
        return (day > after) & (day <= until)

    suspended = Suspension.select(Suspension.document).where(within(Suspension.since) | within(Suspension.until))
    source = Document.alias()
    effect = pw.fn.COALESCE(DocumentLink.since, source.force_from, source.date)
    amended = DocumentLink.select(DocumentLink.target).join(source, on=(DocumentLink.source == source.id)).where(within(effect))
    own = within(Document.force_from) | within(Document.force_until) | within(Document.date)
    return Document.select(Document.id).where(own | Document.id.in_(suspended) | Document.id.in_(amended))
