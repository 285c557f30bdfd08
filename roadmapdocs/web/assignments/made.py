"""The document that a report names: wholly, with its state, and what it does not prove as long as it is not signed."""

from __future__ import annotations

from typing import Any

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.assignments.rows import document_url, void_words
from roadmapdocs.web.pages import capital
from roadmapdocs.web.words import Badge, preparation_badge


def is_finished(document: Document) -> bool:
    """Signed, and its registration not annulled: as coverage counts proofs."""
    return bool(document.preparation == Preparation.SIGNED and document.registration != Registration.ANNULLED)


def state_badge(document: Document) -> Badge:
    return preparation_badge(Preparation(document.preparation), document.kind.gender)


def whole_name(document: Document) -> str:
    """«Приказ от 02.03.2026 № 1-О «О летнем чтении»»."""
    return _("%(document)s “%(title)s”", document=capital(reference(document)), title=document.title)


def made_document(document: Document | None, assignment: Assignment) -> dict[str, Any]:
    """{name, url, badge, unproved}: None is a document that the reader may not read.

    ``unproved`` says what a document that is not signed leaves open, or is empty.
    """
    if document is None:
        return {"name": _("A document that is not open to you"), "url": None, "badge": None, "unproved": ""}
    return {
        "name": whole_name(document),
        "url": document_url(document.id),
        "badge": state_badge(document),
        "unproved": _unproved(document, assignment),
    }


def _unproved(document: Document, assignment: Assignment) -> str:
    if is_finished(document):
        return ""
    if document.registration == Registration.ANNULLED:
        return void_words(document)
    if assignment.expected_id is not None:
        return _("not signed: it does not prove the item of the roadmap yet")
    return _("not signed yet")
