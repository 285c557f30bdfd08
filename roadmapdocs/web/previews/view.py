"""Addresses of previews. Each is one of a version of a document: a hash alone opens nothing."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.documents.models import DocumentVersion
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import NotFound
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.rules import Kind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.previews.operations import picture_of, preview_of, try_again
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, store

#: Browsers show a PDF by a plugin of their own, which the policy of pages forbids; nothing else may be in the answer.
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_VERSION = f"/<{ROW_ID}:document_id>/<{ROW_ID}:version_id>"


class PreviewsView(PageView):
    """Whoever may read a document may see its pages, and nobody else learns that there are any."""

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return redirect(url_for("roadmapdocs_documents.index"))

    @expose(f"{_VERSION}/pages/<{ROW_ID}:page_number>")
    def page(self, document_id: int, version_id: int, page_number: int) -> ResponseReturnValue:
        preview = preview_of(_version(document_id, version_id).file_id)
        picture = picture_of(preview, page_number) if preview is not None else None
        if picture is None:
            raise NotFound("no_page", _("There is no picture of this page. The card shows those there are."))
        return _sent(picture.file, "image/webp")

    @expose(f"{_VERSION}/pdf")
    def pdf(self, document_id: int, version_id: int) -> ResponseReturnValue:
        return _pdf(_version(document_id, version_id), archival=False)

    @expose(f"{_VERSION}/pdf-a")
    def archival(self, document_id: int, version_id: int) -> ResponseReturnValue:
        return _pdf(_version(document_id, version_id), archival=True)

    @expose(f"{_VERSION}/again", methods=["POST"])
    def again(self, document_id: int, version_id: int) -> ResponseReturnValue:
        preview = preview_of(_version(document_id, version_id).file_id)
        if preview is not None and try_again(preview.id, now=now()):
            flash(_("The pages are being prepared once more. Look again in a minute."), "done")
        return redirect(url_for("roadmapdocs_documents.card", document_id=document_id, _anchor="preview"))


def _version(document_id: int, version_id: int) -> DocumentVersion:
    """
    :raise NotFound: if the document is not the actor's to read, or has no such version
    """
    document = read_document(document_id, by=actor())
    rows = DocumentVersion.select(DocumentVersion, StoredFile).join(StoredFile)
    version: DocumentVersion | None = rows.where((DocumentVersion.id == version_id) & (DocumentVersion.document == document)).first()
    if version is None:
        raise NotFound("no_version", _("This document has no such version. Its card lists those it has."))
    return version


def _pdf(version: DocumentVersion, *, archival: bool) -> Response:
    """What was made of the version. A file that came as PDF is anybody's: the card gives it as it came."""
    made = None if version.file.format == Kind.PDF else preview_of(version.file_id, archival=archival)
    if made is None or made.result_id is None:
        raise NotFound("no_pdf", _("There is no PDF of this version yet. Its card says how it stands."))
    stem = version.name.rpartition(".")[0] or version.name
    name = f"{stem} (PDF-A).pdf" if archival else f"{stem}.pdf"
    response = _sent(made.result, "application/pdf", name=name, download=archival or "download" in request.args)
    response.headers["Content-Security-Policy"] = PDF_POLICY
    return response


def _sent(file: StoredFile, media: str, *, name: str | None = None, download: bool = False) -> Response:
    """Kept by the browser, which asks each time whether it may still show it: rights may have been taken away."""
    response = send_file(store().open(file.sha256), mimetype=media, etag=file.sha256, download_name=name, as_attachment=download)
    if response.status_code == HTTPStatus.OK:
        response.content_length = file.size
    response.cache_control.private = True
    return response
