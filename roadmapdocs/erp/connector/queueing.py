"""What goes out to Odoo is noted in the transaction of the change, and sent by the next run."""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.rules import Registration
from roadmapdocs.erp.connector.pulling import SOURCE
from roadmapdocs.erp.models import ExternalLink, SyncPush
from roadmapdocs.erp.words import PushState
from roadmapdocs.hooks import document_moved, journaled, version_added

#: What is pushed: registered documents, each under its id.
DOCUMENT = "document"
#: Entries after which a registered document may be one to send: it is linked, or its access mark was taken off.
_OPENING = frozenset({"external_link_made", "document_changed"})


def listen() -> None:
    """React from now on. Idempotent."""
    document_moved.connect(_moved)
    version_added.connect(_version_added)
    journaled.connect(_journaled)


def _moved(document: Document, *, now: dt.datetime, **_more: Any) -> None:
    queue(document.id, now)


def _version_added(version: DocumentVersion, *, now: dt.datetime, **_more: Any) -> None:
    queue(version.document_id, now)


def _journaled(subject: str, *, what: str, now: dt.datetime, **_more: Any) -> None:
    kind, _colon, number = subject.partition(":")
    if what in _OPENING and kind == DOCUMENT:
        queue(int(number), now)


def queue(document_id: int, now: dt.datetime) -> None:
    """Have a document sent if it is one to send: registered, open to all, and linked to something over there."""
    linked = (
        ExternalLink.select()
        .join(Document)
        .where(
            (ExternalLink.source == SOURCE)
            & (Document.id == document_id)
            & (Document.registration == Registration.REGISTERED)
            & (Document.mark == Mark.GENERAL)
        )
    )
    if not linked.exists():
        return
    row = {SyncPush.source: SOURCE, SyncPush.kind: DOCUMENT, SyncPush.local_id: document_id}
    anew = {SyncPush.state: str(PushState.WAITING), SyncPush.attempts: 0, SyncPush.next_at: now, SyncPush.error: ""}
    SyncPush.insert({**row, **anew}).on_conflict(
        conflict_target=[SyncPush.source, SyncPush.kind, SyncPush.local_id], update=anew
    ).execute()
