"""Files of a card: versions, attachments and the beginning of the current text."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.documents.models import Attachment, Document, DocumentVersion
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.versions import attach, attachments_of, detach, versions_of
from roadmapdocs.documents.visibility import may, why_not
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, settings, store
from roadmapdocs.web.documents.text_marks import text_marks
from roadmapdocs.web.forms import plain_line, plain_text
from roadmapdocs.web.previews.card import preview_context
from roadmapdocs.web.words import size_words

#: What a browser may be told about a stored file; anything else is only bytes.
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "txt": "text/plain",
}
#: Versions and attachments that the card lists; the history names all there ever were.
MOST_FILES = 50
_LONGEST_TITLE, _LONGEST_REASON = 255, 2_000


class FilePages:
    """Mixed into the view of documents."""

    @expose(f"/<{ROW_ID}:document_id>/files/<{ROW_ID}:version_id>")
    def file(self, document_id: int, version_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        rows = DocumentVersion.select(DocumentVersion, StoredFile).join(StoredFile)
        version = rows.where((DocumentVersion.id == version_id) & (DocumentVersion.document == document)).first()
        if version is None:
            raise NotFound("no_version", _("This document has no such version. Its card lists those it has."))
        return _sent(version.file, version.name)

    @expose(f"/<{ROW_ID}:document_id>/attachments/<{ROW_ID}:attachment_id>")
    def attachment(self, document_id: int, attachment_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        row = attachments_of(document).where(Attachment.id == attachment_id).first()
        if row is None:
            raise NotFound("no_attachment", _("The card has no such attachment. It may have been taken off already."))
        return _sent(row.file, row.name)

    @expose(f"/<{ROW_ID}:document_id>/attachments", methods=["POST"])
    def add_attachment(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        upload = request.files.get("file")
        title = plain_line(request.form.get("title"))[:_LONGEST_TITLE]
        try:
            if upload is None or not upload.filename:
                raise Refusal("file", _("No file is chosen yet. Choose one and attach it then."))
            attach(document, upload.read(), upload.filename, title=title, store=store(), by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("The file is attached."), "done")
        return _to_files(document_id)

    @expose(f"/<{ROW_ID}:document_id>/attachments/<{ROW_ID}:attachment_id>/remove", methods=["POST"])
    def remove_attachment(self, document_id: int, attachment_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        reason = plain_text(request.form.get("reason"))[:_LONGEST_REASON]
        try:
            detach(attachment_id, document, reason, by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("The file is taken off the card. The history keeps its name and the reason."), "done")
        return _to_files(document_id)


def _to_files(document_id: int) -> ResponseReturnValue:
    return redirect(url_for(".card", document_id=document_id, _anchor="files"))


def _sent(file: StoredFile, name: str) -> Response:
    """The stored bytes as they came, never opened in the browser."""
    response = send_file(
        store().open(file.sha256),
        mimetype=MEDIA_TYPES.get(file.format, "application/octet-stream"),
        as_attachment=True,
        download_name=name,
        etag=file.sha256,
    )
    if response.status_code == HTTPStatus.OK:
        response.content_length = file.size
    response.cache_control.private = True
    return response


def files_context(document: Document, reader: Actor) -> dict[str, object]:
    """``files`` (versions, the current one first), ``attachments``, ``preview`` and what may be added."""
    versions = list(versions_of(document).limit(MOST_FILES))
    may_attach = may(document, "attach", reader)
    may_add = may(document, "add_version", reader)
    attachments = list(attachments_of(document).limit(MOST_FILES))
    marks = text_marks(row.file_id for row in (*versions[:1], *attachments))
    return {
        "files": [
            _version(document, one, versions[place + 1 : place + 2]) | {"unread": marks.get(one.file_id)}
            for place, one in enumerate(versions)
        ],
        "add_version": {
            "url": url_for("roadmapdocs_documents.versions", document_id=document.id),
            "why_not": None if may_add else why_not(document, "add_version"),
        },
        "preview": preview_context(document, versions[0] if versions else None),
        "attachments": [_attachment(document, one, may_attach) | {"unread": marks.get(one.file_id)} for one in attachments],
        "attach": {
            "url": url_for("roadmapdocs_documents.add_attachment", document_id=document.id),
            "why_not": None if may_attach else why_not(document, "attach"),
        },
    }


def _version(document: Document, version: DocumentVersion, before: list[DocumentVersion]) -> dict[str, object]:
    return {
        "number": version.number,
        "name": version.name,
        "url": url_for("roadmapdocs_documents.file", document_id=document.id, version_id=version.id),
        "comment": version.comment,
        "editorial": not version.substantial,
        "edition": version.edition if version.edition > 1 else None,
        "compare_url": _compare(document, before[0], version) if before else None,
        **_stored(version),
    }


def _compare(document: Document, left: DocumentVersion, right: DocumentVersion) -> str:
    return url_for("roadmapdocs_documents.compare", document_id=document.id, a=left.id, b=right.id)


def _attachment(document: Document, row: Attachment, may_attach: bool) -> dict[str, object]:
    remove = url_for("roadmapdocs_documents.remove_attachment", document_id=document.id, attachment_id=row.id)
    return {
        "id": row.id,
        "name": row.title or row.name,
        "file_name": row.name if row.title else "",
        "url": url_for("roadmapdocs_documents.attachment", document_id=document.id, attachment_id=row.id),
        "remove_url": remove if may_attach else None,
        **_stored(row),
    }


def _stored(row: DocumentVersion | Attachment) -> dict[str, object]:
    return {
        "size": size_words(row.file.size),
        "hash": row.file.sha256,
        "at": row.added_at.astimezone(settings().zone),
        "by": row.added_by,
    }
