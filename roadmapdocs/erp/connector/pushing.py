"""Sending registered documents to an Odoo, as attachments of the records they are linked to.

Sending again changes nothing: whether a file is there already is asked of Odoo, by its name and SHA-1, and not of a note
of ours. Nothing there is ever changed or removed: what is registered does not change either.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from roadmapdocs.access.rules import Mark
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, DocumentVersion, Kind
from roadmapdocs.documents.rules import Registration
from roadmapdocs.erp.connector.odoo import Odoo, Refused
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


@dataclass(slots=True)
class Pushed:
    """``counts``: of what became of files ("sent", "there", "refused"); ``troubles``: a sentence each."""

    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)


def push_documents(odoo: Odoo, store: FileStore, *, dry_run: bool, now: dt.datetime) -> Pushed:
    """Send what waits. Each document is settled by itself: a refusal keeps none of the others.

    :raise Unreachable: what has been settled until then stays so
    """
    done = Pushed()
    waits = (SyncPush.source == SOURCE) & (SyncPush.kind == DOCUMENT) & (SyncPush.state == str(PushState.WAITING))
    for row in list(SyncPush.select().where(waits & (SyncPush.next_at <= now)).order_by(SyncPush.id).limit(AT_ONCE)):
        try:
            _push(odoo, store, row.local_id, done, dry_run=dry_run)
        except (Refused, NotFound) as problem:
            done.counts["refused"] += 1
            done.troubles.append(str(problem))
            if not dry_run:
                _settle(row, str(problem), now)
        else:
            if not dry_run:
                _settle(row, "", now)
    return done


def _push(odoo: Odoo, store: FileStore, document_id: int, done: Pushed, *, dry_run: bool) -> None:
    document = Document.select(Document, Kind).join(Kind).where(Document.id == document_id).get()
    version = (
        DocumentVersion.select(DocumentVersion, StoredFile)
        .join(StoredFile)
        .where(DocumentVersion.document == document_id)
        .order_by(DocumentVersion.number.desc())
        .first()
    )
    if version is None or document.registration != Registration.REGISTERED or document.mark != Mark.GENERAL:
        return
    if version.file.size > LARGEST:
        raise Refused(_("%(name)s is larger than what is sent. Put it there by hand.", name=document_name(document)))
    with store.open(version.file.sha256) as stream:
        data = stream.read()
    checksum = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    links = ExternalLink.select().where((ExternalLink.document == document_id) & (ExternalLink.source == SOURCE))
    for link in links.order_by(ExternalLink.id):
        if _is_there(odoo, link, version.name, checksum):
            done.counts["there"] += 1
            continue
        if not dry_run:
            odoo.create("ir.attachment", _attachment(link, document, version.name, data))
        done.counts["sent"] += 1


def _is_there(odoo: Odoo, link: ExternalLink, name: str, checksum: str) -> bool:
    domain = [["res_model", "=", link.model], ["res_id", "=", int(link.external)], ["name", "=", name]]
    return any(row.get("checksum") == checksum for row in odoo.search_read("ir.attachment", domain, ["id", "checksum"]))


def _attachment(link: ExternalLink, document: Document, name: str, data: bytes) -> Mapping[str, object]:
    return {
        "name": name,
        "datas": base64.b64encode(data).decode("ascii"),
        "res_model": link.model,
        "res_id": int(link.external),
        "description": document_name(document),
    }


def _settle(row: SyncPush, error: str, now: dt.datetime) -> None:
    """What was refused comes up again, ever later, and is given up in the end."""
    values: dict[str, object] = {"attempts": row.attempts + 1, "error": error, "state": str(PushState.DONE)}
    if error:
        over = row.attempts >= len(BACK_OFF)
        values["state"] = str(PushState.DEAD if over else PushState.WAITING)
        values["next_at"] = now if over else now + BACK_OFF[row.attempts]
    with transaction():
        # A change of the document meanwhile has queued it anew, and that holds.
        same = (SyncPush.id == row.id) & (SyncPush.next_at == row.next_at) & (SyncPush.attempts == row.attempts)
        SyncPush.update(values).where(same).execute()
