"""The document that was made, found for a report by its number, date or words."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import search_key
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.russian.dates import read_date
from roadmapdocs.web.assignments.rows import document_url
from roadmapdocs.web.pages import capital

MOST_FOUND = 10
_OWN = 4
_MOST_WORDS = 8
_SMALL_WORDS = frozenset({"от", "г.", "of", "no."})


def offered(assignment: Assignment, words: str, chosen: int | None, actor: Actor) -> list[dict[str, object]]:
    """The chosen document first, then what the words find; without words the newest that this person drafted."""
    readable = Document.select(Document, Kind).join(Kind).where(visible_to(actor)).order_by(Document.listed_on.desc(), Document.id.desc())
    found = {row.id: row for row in readable.where(Document.id == chosen)} if chosen else {}
    asked = _asked(words)
    if asked is not None:
        found |= {row.id: row for row in readable.where(asked).limit(MOST_FOUND)}
    elif not words:
        own = (Document.drafter == (actor.employee_id or 0)) & (Document.id != (assignment.document_id or 0))
        found |= {row.id: row for row in readable.where(own).limit(_OWN)}
    return [
        {"id": row.id, "name": capital(reference(row)), "title": row.title, "url": document_url(row.id), "chosen": row.id == chosen}
        for row in found.values()
    ]


def _asked(typed: str) -> pw.Expression | None:
    """Each word stands on the card or is its number; a day is that of the document."""
    pieces = typed.replace("№", " ").split()
    days = [day for piece in pieces if (day := read_date(piece)) is not None]
    left = " ".join(piece for piece in pieces if read_date(piece) is None and piece.casefold() not in _SMALL_WORDS)
    words = search_key(left).split()[:_MOST_WORDS]
    if not words and not days:
        return None
    asked = Document.id > 0
    for word in words:
        asked &= Document.search_key.contains(word) | (Document.number_key == normalise_number(word))
    return asked & Document.date.in_(days) if days else asked
