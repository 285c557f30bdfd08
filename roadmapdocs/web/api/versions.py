"""``@versions`` and ``@attachments`` of a document: lists, uploads, downloads."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask.views import MethodView
from marshmallow import Schema
from webargs import ValidationError

from roadmapdocs.documents.models import Attachment, DocumentVersion
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.versions import add_version, attach, attachments_of, detach, versions_of
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.blueprints import takes_header
from roadmapdocs.web.api.documents import ONE, area
from roadmapdocs.web.api.errors import field_sentences
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.fields import moment
from roadmapdocs.web.api.files import received, sent
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.paging import Order, Paged, page, page_of, whole
from roadmapdocs.web.api.schemas.files import (
    AttachmentSaidSchema,
    AttachmentSchema,
    ReasonSchema,
    VersionSaidSchema,
    VersionSchema,
)
from roadmapdocs.web.api.sparse import names_of, wanted
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, store
from roadmapdocs.web.documents.files import MEDIA_TYPES

_ORDER = Order((whole(DocumentVersion.number),), descending=True)
_ATTACHED = Order((whole(Attachment.id),))
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_FORM = {
    "schema": {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}, "comment": {"type": "string"}},
    }
}
_UPLOAD = {"required": True, "content": {"multipart/form-data": _FORM, "application/octet-stream": _BYTES}}
_FILES = dict.fromkeys(("application/octet-stream", *sorted(MEDIA_TYPES.values())), _BYTES)
_PART = {
    "200": {"description": "The bytes", "content": _FILES},
    "206": {"description": "The bytes that Range asks for", "content": _FILES},
}
_DIGEST = "sha-256 of the file, as RFC 9530 has it; where it does not fit, nothing is kept."


@area.route(f"{ONE}/@versions")
class Versions(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(VersionSchema))
    def get(self, asked: dict[str, Any], document_id: int) -> Response:
        """Versions of the text, the current one first."""
        document = read_document(document_id, by=actor())
        names = wanted(asked["fields_"], names_of(VersionSchema))
        query = versions_of(document).order_by()
        return answered(page(query, _ORDER, asked, lambda rows: [_only(version_body(row), names) for row in rows]))

    @area.doc(requestBody=_UPLOAD)
    @area.response(201, VersionSchema)
    @takes_header("Content-Digest", _DIGEST)
    @idempotent
    def post(self, document_id: int) -> Response:
        """Add a file as the current version: the part `file` of a form, or the body itself."""
        document = read_document(document_id, by=actor())
        upload = received()
        said = _said(VersionSaidSchema(), upload.said)
        version = add_version(
            document,
            upload.data,
            upload.name,
            store=store(),
            comment=said["comment"],
            substantial=said["substantial"],
            by=actor(),
            now=now(),
        )
        return _made(version_body(version))


@area.route(f"{ONE}/@versions/<{ROW_ID}:number>")
class Version(MethodView):
    @area.doc(responses=_PART)
    @takes_header("Range", "A part of the bytes, as in `bytes=0-1023`.")
    def get(self, document_id: int, number: int) -> Response:
        """The file of a version, by its number."""
        document = read_document(document_id, by=actor())
        version = versions_of(document).where(DocumentVersion.number == number).first()
        if version is None:
            raise NotFound("no_version", _("This document has no such version. Its card lists those it has."))
        return sent(version.file, version.name)


@area.route(f"{ONE}/@attachments")
class Attachments(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(AttachmentSchema))
    def get(self, asked: dict[str, Any], document_id: int) -> Response:
        """Files beside the text, in the order in which they were added."""
        document = read_document(document_id, by=actor())
        names = wanted(asked["fields_"], names_of(AttachmentSchema))
        query = attachments_of(document).order_by()
        return answered(page(query, _ATTACHED, asked, lambda rows: [_only(_attachment(row), names) for row in rows]))

    @area.doc(requestBody=_UPLOAD)
    @area.response(201, AttachmentSchema)
    @takes_header("Content-Digest", _DIGEST)
    @idempotent
    def post(self, document_id: int) -> Response:
        """Put a file beside the text: the part `file` of a form, or the body itself."""
        document = read_document(document_id, by=actor())
        upload = received()
        said = _said(AttachmentSaidSchema(), upload.said)
        row = attach(document, upload.data, upload.name, title=said["title"], store=store(), by=actor(), now=now())
        return _made(_attachment(row))


@area.route(f"{ONE}/@attachments/<{ROW_ID}:attachment_id>")
class OneAttachment(MethodView):
    @area.doc(responses=_PART)
    @takes_header("Range", "A part of the bytes, as in `bytes=0-1023`.")
    def get(self, document_id: int, attachment_id: int) -> Response:
        """The file of an attachment."""
        document = read_document(document_id, by=actor())
        row = attachments_of(document).where(Attachment.id == attachment_id).first()
        if row is None:
            raise NotFound("no_attachment", _("The card has no such attachment. It may have been taken off already."))
        return sent(row.file, row.name)

    @area.arguments(ReasonSchema, location="query")
    @area.response(204)
    def delete(self, asked: dict[str, Any], document_id: int, attachment_id: int) -> Response:
        """Take an attachment off the card, saying why."""
        document = read_document(document_id, by=actor())
        detach(attachment_id, document, asked["reason"], by=actor(), now=now())
        return Response(status=204)


def _said(schema: Schema, said: dict[str, str]) -> dict[str, Any]:
    """What was said beside a file.

    :raise Refusal: ``values`` with a sentence for each name
    """
    try:
        found: dict[str, Any] = schema.load(said)
    except ValidationError as problem:
        sentence = _("Some values are not what this call takes.")
        raise Refusal("values", sentence, fields=field_sentences(problem)) from problem
    return found


def _made(body: dict[str, Any]) -> Response:
    response = answered(body, status=201)
    response.headers["Location"] = body["@id"]
    return response


def _only(body: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name in names}


def version_body(version: DocumentVersion) -> dict[str, Any]:
    """A version as answers show it."""
    address = url_for("roadmapdocs_api_documents.Version", document_id=version.document_id, number=version.number, _external=True)
    return {
        "@id": address,
        "number": version.number,
        "edition": version.edition,
        "substantial": version.substantial,
        "comment": version.comment,
        **_stored(version, version.file),
    }


def _attachment(row: Attachment) -> dict[str, Any]:
    address = url_for(".OneAttachment", document_id=row.document_id, attachment_id=row.id, _external=True)
    return {"@id": address, "title": row.title, **_stored(row, row.file)}


def _stored(row: DocumentVersion | Attachment, file: StoredFile) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "size": file.size,
        "sha256": file.sha256,
        "format": file.format,
        "added_by": row.added_by,
        "added_at": moment(row.added_at),
    }
