"""The text of a document as a guest reads it on the page, and its file."""

from __future__ import annotations

from typing import Final

from flask import Response, send_file

from roadmapdocs.approvals.runs import current_version
from roadmapdocs.documents.models import DocumentVersion
from roadmapdocs.errors import NotFound
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.context import store
from roadmapdocs.web.decide.text import text_of
from roadmapdocs.web.documents.files import MEDIA_TYPES

#: Whoever reads more than this opens the file.
_MOST_PARAGRAPHS: Final = 400
_READ: Final = frozenset({"docx", "txt"})


def shown_text(version: DocumentVersion | None) -> list[str]:
    """Paragraphs of the text; none where only the file itself shows it."""
    if version is None or version.file.format not in _READ:
        return []
    shown = text_of(version, None).paragraphs[:_MOST_PARAGRAPHS]
    return ["".join(text for _same, text in one.parts) for one in shown]


def sent_file(document_id: int) -> Response:
    """The file of the text as it is now, to be saved and never opened in the browser."""
    version = current_version(document_id)
    if version is None:
        raise NotFound("no_version", _("The document has no text yet."))
    file: StoredFile = version.file
    return send_file(
        store().open(file.sha256),
        mimetype=MEDIA_TYPES.get(file.format, "application/octet-stream"),
        as_attachment=True,
        download_name=version.name,
        etag=False,
        max_age=0,
    )
