"""Files of a document: versions of its text, each immutable, and attachments beside it."""

from __future__ import annotations

import datetime as dt

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.links.citations import cited_in, keep_citations
from roadmapdocs.documents.models import Attachment, Document, DocumentVersion
from roadmapdocs.documents.operations import lock_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.visibility import require_right
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.operations import Kept, keep
from roadmapdocs.files.store import FileStore
from roadmapdocs.hooks import attachment_added, version_added
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor


def add_version(
    document: Document,
    data: bytes,
    name: str,
    *,
    store: FileStore,
    comment: str = "",
    edition: int = 1,
    substantial: bool = True,
    brought_in: bool = False,
    by: Actor,
    now: dt.datetime,
) -> DocumentVersion:
    """Add a file as the document's current version; the ones before stay as they are.

    ``substantial`` says that what the text means has changed: then those who agreed to it must look again
    (domain.md §8).

    The text of a signed document is added once; later editions come by amendment. ``brought_in`` is for the file
    that comes with a new card: a document that is brought in «на подписании» gets no other text, but has this one.

    :raise NotFound: if there is no such document
    :raise Forbidden: if in the document's states this is not for the actor, or for what is brought in, the actor
        keeps no cards
    :raise Refusal: if the file is not one that the registry keeps, is the current version already, or if a signed
        document has its text (``signed_text``)
    """
    _require(document, by, brought_in)
    cited = cited_in(data, name)
    with transaction():
        # The states as they are now, not as they were read; and of two files added at once each gets its number.
        document = lock_document(document.id)
        _require(document, by, brought_in)
        kept = keep(data, name, store=store, now=now)
        Document.update(changed_at=now).where(Document.id == document.id).execute()
        last = _last(document, kept, edition)
        version = DocumentVersion.create(
            document=document,
            number=last.number + 1 if last else 1,
            file=kept.file,
            name=kept.name,
            comment=comment,
            edition=edition,
            substantial=substantial or last is None,
            added_by=by.name,
            added_at=now,
        )
        _tell(document, version, kept, by=by, now=now)
        keep_citations(document, cited)
        version_added.send(version, by=by, now=now)
    return version


def _last(document: Document, kept: Kept, edition: int) -> DocumentVersion | None:
    """The current version, which the new one may follow.

    :raise Refusal: ``same_file``, ``signed_text``
    """
    rows = DocumentVersion.select().where(DocumentVersion.document == document)
    last: DocumentVersion | None = rows.order_by(DocumentVersion.number.desc()).first()
    if last is None:
        return None
    if last.file_id == kept.file.id:
        raise Refusal("same_file", _("This very file is the current version already. Nothing was changed."))
    if document.preparation == Preparation.SIGNED and edition <= last.edition:
        raise Refusal(
            "signed_text",
            _("The text of a signed document does not change. Attach a scan beside it, or register an amendment."),
        )
    return last


def _tell(document: Document, version: DocumentVersion, kept: Kept, *, by: Actor, now: dt.datetime) -> None:
    effect = {"version": version.number, "name": kept.name, "sha256": kept.file.sha256}
    if not version.substantial:
        effect["editorial"] = True
    record("version_added", subject=document, effect=effect, by=by, now=now)


def _require(document: Document, by: Actor, brought_in: bool) -> None:
    if brought_in:
        require(by, Action.WRITE_DOCUMENT)
    else:
        require_right(document, "add_version", by)


def versions_of(document: Document) -> pw.ModelSelect:
    """Versions with their files, the current one first."""
    return (
        DocumentVersion.select(DocumentVersion, StoredFile)
        .join(StoredFile)
        .where(DocumentVersion.document == document)
        .order_by(DocumentVersion.number.desc())
    )


def attach(
    document: Document, data: bytes, name: str, *, title: str = "", store: FileStore, by: Actor, now: dt.datetime
) -> Attachment:
    """Put a file beside the text: a scan with the signature, an appendix, a letter.

    :raise Forbidden: if in the document's states this is not for the actor
    :raise Refusal: if the file is not one that the registry keeps
    """
    with transaction():
        document = lock_document(document.id)
        require_right(document, "attach", by)
        kept = keep(data, name, store=store, now=now)
        attached = Attachment.create(
            document=document, file=kept.file, name=kept.name, title=title.strip(), added_by=by.name, added_at=now
        )
        effect = {"name": kept.name, "title": attached.title, "sha256": kept.file.sha256}
        record("file_attached", subject=document, effect=effect, by=by, now=now)
        attachment_added.send(attached, by=by, now=now)
    return attached


def detach(attachment_id: int, document: Document, reason: str, *, by: Actor, now: dt.datetime) -> None:
    """Take an attachment off the card, saying why. The file stays in the store, for the journal speaks of it.

    :raise NotFound: ``no_attachment``
    :raise Refusal: ``reason`` if none is given
    """
    if not reason.strip():
        raise Refusal("reason", _("Say why the file is taken off."), fields={"reason": _("Fill this in.")})
    with transaction():
        document = lock_document(document.id)
        require_right(document, "attach", by)
        taken = (
            Attachment.update(removed_at=now, removed_why=reason.strip())
            .where((Attachment.id == attachment_id) & (Attachment.document == document) & Attachment.removed_at.is_null())
            .execute()
        )
        if not taken:
            raise NotFound("no_attachment", _("The card has no such attachment. It may have been taken off already."))
        row = Attachment.get_by_id(attachment_id)
        record("file_detached", subject=document, effect={"name": row.name, "reason": reason.strip()}, by=by, now=now)


def attachments_of(document: Document) -> pw.ModelSelect:
    """Attachments on the card, with their files, in the order in which they were added."""
    return (
        Attachment.select(Attachment, StoredFile)
        .join(StoredFile)
        .where((Attachment.document == document) & Attachment.removed_at.is_null())
        .order_by(Attachment.id)
    )


def files_of_documents() -> pw.ModelSelect:
    """Ids of all stored files that are a version's or an attachment on a card."""
    beside = Attachment.select(Attachment.file).where(Attachment.removed_at.is_null())
    return DocumentVersion.select(DocumentVersion.file) | beside
