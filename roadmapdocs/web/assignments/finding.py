"""The document that was made, found for a report by its number, date or words."""

from __future__ import annotations

import datetime as dt

import peewee as pw

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.coverage.matrix import coverage_of_item
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation, Registration, search_key
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.russian.dates import read_date
from roadmapdocs.web.assignments.made import is_finished, state_badge
from roadmapdocs.web.assignments.rows import document_url
from roadmapdocs.web.pages import capital
from roadmapdocs.web.roadmaps.candidates import suggested

MOST_FOUND = 10
_OWN = 4
_MOST_WORDS = 8
_SMALL_WORDS = frozenset({"от", "г.", "of", "no."})
#: What proves something stands before what is on its way, the newest first.
_FINISHED = (Document.preparation == Preparation.SIGNED) & (Document.registration != Registration.ANNULLED)
_ORDER = (pw.Case(None, [(_FINISHED, 0)], 1), Document.listed_on.desc(), Document.id.desc())


def offered(
    assignment: Assignment, words: str, chosen: int | None, actor: Actor, today: dt.date
) -> list[dict[str, object]]:
    """The chosen document first, then what the words find; without words what this person drafted and what fits the slot.

    Signed documents stand before others, and among them those that fit what the roadmap expects; ``badge`` is the state of
    one that is not signed.
    """
    readable = Document.select(Document, Kind).join(Kind).where(visible_to(actor)).order_by(*_ORDER)
    fitting = _fitting(assignment, actor, today)
    found = {row.id: row for row in readable.where(Document.id == chosen)} if chosen else {}
    asked = _asked(words)
    if asked is not None:
        found |= {row.id: row for row in readable.where(asked).limit(MOST_FOUND)}
    elif not words:
        another = Document.id != (assignment.document_id or 0)
        found |= {row.id: row for row in readable.where((Document.drafter == (actor.employee_id or 0)) & another).limit(_OWN)}
        found |= {row.id: row for row in readable.where(Document.id.in_(fitting[:_OWN]) & another)} if fitting else {}
    place = {id_: number for number, id_ in enumerate(fitting)}
    rows = sorted(found.values(), key=lambda row: (row.id != chosen, not is_finished(row), place.get(row.id, len(place))))
    return [
        {
            "id": row.id,
            "name": capital(reference(row)),
            "title": row.title,
            "url": document_url(row.id),
            "chosen": row.id == chosen,
            "badge": None if is_finished(row) else state_badge(row),
        }
        for row in rows
    ]


def _fitting(assignment: Assignment, actor: Actor, today: dt.date) -> list[int]:
    """Ids of documents linked to the slot of the roadmap, then of those that fit it, the best first; none without a slot."""
    item = coverage_of_item(assignment.item_id, today=today) if assignment.expected_id is not None else None
    if item is None:
        return []
    key = (assignment.expected_id, assignment.period)
    slot = next((one for one in item.slots if (one.slot.expected, one.slot.key) == key), None)
    if slot is None:
        return []
    return [*(one.id for one in slot.documents), *(one.document.id for one in suggested(item.item, slot, actor))]


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
