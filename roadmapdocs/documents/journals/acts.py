"""What is done to numbers of a journal that belong to no document."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration import operations as registration
from roadmapdocs.registration.models import Entry, Journal


def entry_of(journal: Journal, entry_id: int) -> Entry:
    """
    :raise NotFound: ``no_entry`` if the journal has no such number
    """
    entry: Entry | None = Entry.get_or_none((Entry.id == entry_id) & (Entry.journal == journal))
    if entry is None:
        raise NotFound("no_entry", _("There is no such number in the journal. Look for it in the list."))
    return entry


def release_free(entry: Entry, *, reason: str, by: Actor, now: dt.datetime) -> Entry:
    """Give a number back that was reserved in the journal. One that a document has is released on its card.

    :raise Refusal: ``has_document``, or as :func:`roadmapdocs.registration.operations.release`
    """
    with transaction():
        freed = registration.release(entry, reason=reason, by=by, now=now)
        # Asked after the release: it made whoever might take the number up wait.
        if Document.select().where(Document.entry == entry.id).exists():
            sentence = _("No. %(number)s is reserved for a document. Release it on the card of the document.", number=entry.number)
            raise Refusal("has_document", sentence)
    return freed
