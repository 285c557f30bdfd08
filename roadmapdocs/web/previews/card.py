"""How a card shows the text of a document: pages as they are, or the text without its layout and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for

from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.files.rules import Kind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.previews.models import Preview
from roadmapdocs.previews.operations import ask, due_since, looked_at, pictures_of, preview_of
from roadmapdocs.previews.rules import PreviewState, Reason, is_converted
from roadmapdocs.web.context import now
from roadmapdocs.web.previews.simple import Simple, simple_view

#: Whatever waits longer than this waits for somebody to start a worker.
_SOON = dt.timedelta(minutes=15)


def preview_context(document: Document, version: DocumentVersion | None) -> dict[str, object] | None:
    """What ``macros/preview.html`` asks for; None where the card has no file."""
    if version is None:
        return None
    place: dict[str, Any] = {"document_id": document.id, "version_id": version.id}
    preview = looked_at(version.file, now=now())
    pages = _pages(preview, place)
    simple = Simple() if pages else simple_view(version.file)
    failed = preview is not None and preview.state == PreviewState.FAILED
    made = preview is not None and preview.result_id is not None and version.file.format != Kind.PDF
    return {
        "pages": pages,
        "more_pages": preview.pages - len(pages) if preview is not None and pages else 0,
        "pieces": simple.pieces,
        "cut": simple.cut,
        "why": None if pages else _why_no_pages(preview, simple),
        "again_url": url_for("roadmapdocs_previews.again", **place) if failed else None,
        "reload_url": _card(place) if preview is not None and _is_coming(preview) else None,
        "pdf_url": url_for("roadmapdocs_previews.pdf", **place) if made else None,
        "archival": _archival(document, version, place),
    }


def _card(place: dict[str, Any]) -> str:
    """Without a fragment: a link to one on the same page would load nothing anew."""
    return url_for("roadmapdocs_documents.card", document_id=place["document_id"])


def _is_coming(preview: Preview) -> bool:
    return preview.state in {PreviewState.WAITING, PreviewState.WORKING}


def _pages(preview: Preview | None, place: dict[str, Any]) -> list[dict[str, object]]:
    if preview is None or preview.state != PreviewState.DONE:
        return []
    return [
        {
            "number": picture.number,
            "of": preview.pages,
            "url": url_for("roadmapdocs_previews.page", page_number=picture.number, **place),
            "width": picture.width,
            "height": picture.height,
        }
        for picture in pictures_of(preview)
    ]


def _archival(document: Document, version: DocumentVersion, place: dict[str, Any]) -> dict[str, object] | None:
    """PDF/A beside the original of a signed text; without an address while it is being made.

    What was signed before there were previews is asked for by whoever looks.
    """
    if document.preparation != Preparation.SIGNED or not is_converted(version.file.format):
        return None
    found = preview_of(version.file_id, archival=True)
    if found is None:
        ask(version.file, archival=True, now=now())
        return {"url": None}
    if found.state in {PreviewState.FAILED, PreviewState.UNAVAILABLE}:
        return None
    done = found.state == PreviewState.DONE
    return {"url": url_for("roadmapdocs_previews.archival", **place) if done else None}


def _why_no_pages(preview: Preview | None, simple: Simple) -> str | None:
    """Why there are no pages, and no text either where it is too long; None for what has no pages, only text."""
    told = [_why(preview)] if preview is not None else []
    if simple.too_large:
        told.append(_("The file is too large for the simplified view: download it to read it."))
    return " ".join(told) or None


def _why(preview: Preview) -> str:
    """Why there are no pages, and what to do."""
    if preview.state == PreviewState.UNAVAILABLE:
        return _(
            "Pages are made by LibreOffice, and it was not found on the server. "
            "Download the file to see it as it is, or ask the administrator to install LibreOffice."
        )
    if _is_coming(preview):
        if now() - due_since(preview) > _SOON:
            return _(
                "The pages have been waiting for long: whoever prepares them may not be running. "
                "Download the file to see it as it is, and tell the administrator."
            )
        return _("The pages are being prepared. Look again in a minute.")
    return _failed(preview)


def _failed(preview: Preview) -> str:
    if preview.state == PreviewState.DONE:
        return _("The pages could not be drawn. Open the PDF to see the document as it is.")
    if preview.reason == Reason.TOO_LONG:
        return _("The pages could not be prepared: that took longer than it may. Download the file to see it as it is.")
    if preview.reason == Reason.TOO_LARGE:
        return _("The pages could not be prepared: they are too large. Download the file to see it as it is.")
    if preview.reason == Reason.BROKEN:
        return _(
            "The pages could not be prepared: LibreOffice does not open this file. "
            "Download it, look at it in Word, and if it opens there, save it anew and add that as a version."
        )
    return _("The pages could not be prepared: LibreOffice ended three times. Download the file to see it as it is.")
