"""Documents and people behind other things, as answers name them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.api.schemas.values import day


def document_named(document: Document) -> dict[str, Any]:
    """For whoever may read it; its kind is loaded."""
    return {
        "id": document.id,
        "kind": document.kind.short,
        "number": document.number,
        "date": day(document.date),
        "title": document.title,
    }


def documents_named(ids: Collection[int | None], actor: Actor) -> dict[int | None, dict[str, Any]]:
    """Those of the documents that this person may read, by id; one statement."""
    asked = sorted({id_ for id_ in ids if id_ is not None})
    if not asked:
        return {}
    rows = Document.select(Document, Kind).join(Kind).where(Document.id.in_(asked) & visible_to(actor, few=True))
    return {row.id: document_named(row) for row in rows}


def people_named(ids: Collection[int | None]) -> dict[int | None, dict[str, Any]]:
    """Employees by id, as lists name them; one statement."""
    asked = sorted({id_ for id_ in ids if id_ is not None})
    return {row.id: {"id": row.id, "name": str(row)} for row in Employee.select().where(Employee.id.in_(asked))} if asked else {}
