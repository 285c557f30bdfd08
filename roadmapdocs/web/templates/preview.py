"""The made-up document of a template as PDF, by the queue of previews."""

from __future__ import annotations

from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.operations import keep
from roadmapdocs.i18n import gettext as _
from roadmapdocs.previews.operations import looked_at
from roadmapdocs.previews.rules import PreviewState
from roadmapdocs.web.context import now, store
from roadmapdocs.web.templates.samples import tried


def pdf_of(path: str, template: bytes) -> tuple[StoredFile | None, str]:
    """The PDF; while it is not there, None and a sentence about when to look again.

    :raise Refusal: as :func:`roadmapdocs.drafting.rendering.render`
    """
    kept = keep(tried(path, template), path, store=store(), now=now())
    preview = looked_at(kept.file, now=now())
    if preview is not None and preview.result is not None:
        return preview.result, ""
    if preview is not None and preview.state == PreviewState.UNAVAILABLE:
        return None, _("There is no PDF: LibreOffice is not installed on the server. Take the example as a Word file.")
    if preview is None or preview.state == PreviewState.FAILED:
        return None, _("LibreOffice could not make a PDF of it. Take the example as a Word file.")
    return None, _("The PDF is being made. Press once more in a few seconds.")
