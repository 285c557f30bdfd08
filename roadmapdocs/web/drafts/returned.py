"""A file that was edited in Word, beside the draft that it was made from."""

from __future__ import annotations

from typing import Any

from flask import url_for

from roadmapdocs.documents.models import Document
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.returned_lines import Change
from roadmapdocs.drafting.returning import Difference, Returned
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.documents.page import head
from roadmapdocs.web.drafts.lines import write_executors, write_term

_LOOKS = {Change.CHANGED: "work", Change.ADDED: "ok", Change.REMOVED: "none", Change.MOVED: "info"}


def returned_context(document: Document, draft: Draft, found: Returned, refusal: Refusal | None) -> dict[str, Any]:
    """What ``draft_returned.html`` asks for."""
    return {
        "document": head(document),
        "file": {"id": found.version.id, "name": found.version.name, "number": found.version.number},
        "revision": draft.revision,
        "differences": [_line(one) for one in found.differences],
        "unplaced": list(found.unplaced),
        "trouble": refusal.message if refusal else "",
        "back_url": url_for("roadmapdocs_drafts.draft", document_id=document.id),
    }


def _line(one: Difference) -> dict[str, Any]:
    return {
        "key": one.key,
        "look": _LOOKS[one.change],
        "word": _words()[one.change],
        "number": one.number,
        "was": one.was,
        "now": one.now,
        "reading": _reading(one),
        "clash": one.clash,
    }


def _words() -> dict[Change, str]:
    return {
        Change.CHANGED: _("changed"),
        Change.ADDED: _("added"),
        Change.REMOVED: _("taken out"),
        Change.MOVED: _("moved"),
    }


def _reading(one: Difference) -> str:
    """How a new point was understood: who, and by when."""
    if one.point is None:
        return ""
    who, when = write_executors(one.point.executors), write_term(one.point)
    told = (_("who: %(names)s", names=who) if who else "", _("by when: %(term)s", term=when) if when else "")
    return "; ".join(part for part in told if part)
