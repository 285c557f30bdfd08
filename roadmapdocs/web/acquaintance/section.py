"""«Ознакомление» on the card of a document: how far it is, one's own place, and where the rest is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.acquaintance.models import AcquaintanceSheet
from roadmapdocs.acquaintance.queries import Progress, may_see, mine, progress_of
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.acquaintance.order import address
from roadmapdocs.web.acquaintance.words import progress_parts, progress_words, state_badge, state_details


def acquaintance_section(document: Document, actor: Actor, today: dt.date) -> dict[str, Any] | None:
    """What the macro ``acquaintance_section`` asks for; None for a document that nobody was asked to read.

    ``progress`` is for those who may see who has read it; ``own`` is the person's own place on its sheet, or None.
    """
    if not AcquaintanceSheet.select().where(AcquaintanceSheet.document == document.id).exists():
        return None
    seen = may_see(document, actor)
    own = mine(document.id, actor)
    if not seen and own is None:
        return None
    sheets = url_for("roadmapdocs_documents.acquaintance", document_id=document.id)
    return {
        "progress": _progress(progress_of([document.id], today=today).get(document.id, Progress())) if seen else None,
        "own": _own(document, own, today) if own is not None else None,
        "sheet_url": sheets if seen else None,
        "waiting_url": f"{sheets}?show=waiting" if seen else None,
        "send_url": url_for("roadmapdocs_documents.send_to_read", document_id=document.id)
        if seen and may(actor, Action.SEND_TO_READ)
        else None,
    }


def _progress(progress: Progress) -> dict[str, Any]:
    return {
        "words": progress_words(progress),
        "parts": progress_parts(progress),
        "asked": progress.asked,
        "waiting": progress.waiting,
        "late": progress.late,
        "refused": progress.refused,
    }


def _own(document: Document, line: Any, today: dt.date) -> dict[str, Any]:
    asked = line.state == ReadingState.ASKED
    return {
        "badge": state_badge(line, today),
        "details": state_details(line),
        "due": line.due if asked else None,
        "label": _("Read and confirm") if asked else _("Open the text"),
        "url": address(document.id),
        "asked": asked,
    }
