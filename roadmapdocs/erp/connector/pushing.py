"""Sending registered documents to an Odoo, as attachments of the records they are linked to.

Sending again changes nothing: whether a file is there already is asked of Odoo, by its name and SHA-1, and not of a note
of ours. Nothing there is ever changed or removed: what is registered does not change either.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from roadmapdocs.access.rules import Mark
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, DocumentVersion, Kind
from roadmapdocs.documents.rules import Registration
from roadmapdocs.erp.connector.odoo import Odoo, Refused, Unreachable, record_id
from roadmapdocs.erp.connector.pulling import SOURCE
from roadmapdocs.erp.connector.queueing import DOCUMENT
from roadmapdocs.erp.models import ExternalLink, SyncPush
from roadmapdocs.erp.words import PushState
from roadmapdocs.errors import NotFound
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.notices.words import document_name

AT_ONCE: Final = 100
#: How long after a refusal it is tried again; after the last one it is given up until somebody asks.
BACK_OFF: Final = tuple(dt.timedelta(minutes=minutes) for minutes in (5, 30, 120, 720, 1440))
#: Larger files are told about, and not sent: they travel as base64 within one answer.
LARGEST: Final = 32 * 1024 * 1024
Stopping = Callable[[], bool]


def never() -> bool:
    return False


@dataclass(slots=True)
class Pushed:
    """``counts``: of what became of files ("sent", "there", "refused"); ``troubles``: a sentence each."""

    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)


def push_documents(odoo: Odoo, store: FileStore, *, dry_run: bool, now: dt.datetime, stopping: Stopping = never) -> Pushed:
    """Send what waits, until it is all sent or ``stopping`` says so. A refusal of one keeps none of the others.

    :raise Unreachable: what has been settled until then stays so, and what was in hand lets the others go first
    """
    done = Pushed()
    waits = (SyncPush.source == SOURCE) & (SyncPush.kind == DOCUMENT) & (SyncPush.state == str(PushState.WAITING))
    for row in list(SyncPush.select().where(waits & (SyncPush.next_at <= now)).order_by(SyncPush.id).limit(AT_ONCE)):
        if stopping():
            break
        try:
            troubles = _push(odoo, store, row.local_id, done, dry_run=dry_run)
        except Unreachable as problem:
            # It may be this very file for which the other side takes too long.
            if not dry_run:
                _settle(row, str(problem), now, gives_up=False)
            raise
        done.counts["refused"] += len(troubles)
        done.troubles += troubles
        if not dry_run:
            _settle(row, "; ".join(troubles), now)
    done.counts = +done.counts
    return done


def _push(odoo: Odoo, store: FileStore, document_id: int, done: Pushed, *, dry_run: bool) -> list[str]:
    """Send one document to all that it is linked to; give why it could not be sent to some."""
    try:
        file = _file(store, document_id)
    except (Refused, NotFound) as problem:
        return [str(problem)]
    if file is None:
        return []
    links = ExternalLink.select().where((ExternalLink.document == document_id) & (ExternalLink.source == SOURCE))
    troubles = []
    for link in links.order_by(ExternalLink.id):
        try:
            done.counts[_attach(odoo, link, file, dry_run=dry_run)] += 1
        except Refused as problem:
            troubles.append(str(problem))
    return troubles


@dataclass(frozen=True, slots=True)
class _File:
    """What is sent of a document; ``checksum`` is the SHA-1 by which Odoo knows it."""

    name: str
    data: bytes
    checksum: str
    description: str


def _file(store: FileStore, document_id: int) -> _File | None:
    """The text of the document; None if it is none to send any more."""
    document = Document.select(Document, Kind).join(Kind).where(Document.id == document_id).get()
    version = (
        DocumentVersion.select(DocumentVersion, StoredFile)
        .join(StoredFile)
        .where(DocumentVersion.document == document_id)
        .order_by(DocumentVersion.number.desc())
        .first()
    )
    if version is None or document.registration != Registration.REGISTERED or document.mark != Mark.GENERAL:
        return None
    name = document_name(document)
    if version.file.size > LARGEST:
        raise Refused(_("%(name)s is larger than what is sent. Put it there by hand.", name=name))
    with store.open(version.file.sha256) as stream:
        data = stream.read()
    return _File(version.name, data, hashlib.sha1(data, usedforsecurity=False).hexdigest(), name)


def _attach(odoo: Odoo, link: ExternalLink, file: _File, *, dry_run: bool) -> str:
    """What becomes of the file: "there" already, or "sent"."""
    number = record_id(link.external)
    if number is None:
        sentence = _("“%(title)s” is linked by %(external)s, and there is no such record in Odoo. Link it anew.",
                     title=link.title, external=link.external)  # fmt: skip
        raise Refused(sentence)
    domain = [["res_model", "=", link.model], ["res_id", "=", number], ["name", "=", file.name]]
    if any(row.get("checksum") == file.checksum for row in odoo.search_read("ir.attachment", domain, ["id", "checksum"])):
        return "there"
    if not dry_run:
        values = {
            "name": file.name,
            "datas": base64.b64encode(file.data).decode("ascii"),
            "res_model": link.model,
            "res_id": number,
            "description": file.description,
        }
        odoo.create("ir.attachment", values)
    return "sent"


def _settle(row: SyncPush, error: str, now: dt.datetime, *, gives_up: bool = True) -> None:
    """What was refused comes up again, ever later, and is given up in the end."""
    values: dict[str, object] = {"attempts": row.attempts + 1, "error": error, "state": str(PushState.DONE)}
    if error:
        over = gives_up and row.attempts >= len(BACK_OFF)
        values["state"] = str(PushState.DEAD if over else PushState.WAITING)
        values["next_at"] = now if over else now + BACK_OFF[min(row.attempts, len(BACK_OFF) - 1)]
    with transaction():
        # A change of the document meanwhile has queued it anew, and that holds.
        same = (SyncPush.id == row.id) & (SyncPush.next_at == row.next_at) & (SyncPush.attempts == row.attempts)
        SyncPush.update(values).where(same).execute()
