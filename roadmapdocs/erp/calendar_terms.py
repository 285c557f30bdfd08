"""The days by which a person has to do something, as entries of a calendar.

A calendar lies on phones and on servers of other firms: of a document with an access mark nothing is told but that it
is one. A fixed number of statements, however much there is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.access.rules import Mark
from roadmapdocs.acquaintance.queries import queue_of
from roadmapdocs.approvals.waiting import SEE
from roadmapdocs.approvals.waiting import waiting_for as visas_of
from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.words import LIVE, OPEN, Part
from roadmapdocs.coverage.matrix import answered_by
from roadmapdocs.coverage.rules import Slot, State
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.notices.words import document_name
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition

#: More entries nobody looks at; those nearest to today are kept.
MOST: Final = 500
LONGEST: Final = 160
_UNDONE: Final = frozenset({State.MISSING, State.IN_WORK, State.LATE})
_EXECUTES: Final = (str(Part.RESPONSIBLE), str(Part.EXECUTOR))
_ON_CONTROL: Final = ("on", "awaiting_removal")


@dataclass(frozen=True, slots=True)
class Term:
    """``key`` stays the same as long as the matter does; ``path`` is below the registry's own address."""

    key: str
    day: dt.date
    title: str
    path: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _OnDocument:
    """A term whose title names a document, before its name is looked up."""

    key: str
    day: dt.date
    title: str
    path: str
    document_id: int


def terms_of(actor: Actor, *, today: dt.date) -> list[Term]:
    """The person's own terms by day: assignments, visas, documents to read, what is under control, items of roadmaps."""
    if actor.employee_id is None:
        return []
    on_documents = [*_visas(actor), *_readings(actor), *_controlled(actor)]
    found = [*_named(on_documents, actor), *_assignments(actor), *_items(actor, today)]
    nearest = sorted(found, key=lambda one: (abs((one.day - today).days), one.key))[:MOST]
    return sorted(nearest, key=lambda one: (one.day, one.key))


def _visas(actor: Actor) -> Iterator[_OnDocument]:
    for one in visas_of(actor):
        if one.visa_id is not None and one.due is not None:
            title = _("To look through: %(name)s") if one.act == SEE else _("To agree: %(name)s")
            yield _OnDocument(f"visa-{one.visa_id}", one.due, title, f"/decide/{one.document_id}", one.document_id)


def _readings(actor: Actor) -> Iterator[_OnDocument]:
    for one in queue_of(actor):
        if one.due is not None:
            path = f"/acquaintance/{one.document_id}"
            title = _("To read and confirm: %(name)s")
            yield _OnDocument(f"reading-{one.acquaintance_id}", one.due, title, path, one.document_id)


def _controlled(actor: Actor) -> Iterator[_OnDocument]:
    """Documents under control that this person drafted or signed."""
    theirs = (Document.drafter == actor.employee_id) | (Document.signer_employee == actor.employee_id)
    asked = theirs & Document.control.in_(_ON_CONTROL) & Document.control_due.is_null(False) & visible_to(actor, few=True)
    rows = Document.select(Document.id, Document.control_due).where(asked).order_by(Document.control_due).limit(MOST)
    for number, due in rows.tuples():
        yield _OnDocument(f"control-{number}", due, _("Under control: %(name)s"), f"/documents/{number}", number)


def _named(terms: list[_OnDocument], actor: Actor) -> Iterator[Term]:
    names = _names({one.document_id for one in terms}, actor)
    for one in terms:
        yield Term(one.key, one.day, one.title % {"name": names.get(one.document_id, _closed())}, one.path)


def _names(ids: Iterable[int], actor: Actor) -> dict[int, str]:
    wanted = sorted(ids)[:MOST]
    if not wanted:
        return {}
    rows = Document.select(Document, Kind).join(Kind).where(Document.id.in_(wanted) & visible_to(actor, few=True))
    return {row.id: _outside(row) for row in rows}


def _outside(document: Document) -> str:
    return document_name(document) if document.mark == Mark.GENERAL else _closed()


def _closed() -> str:
    return _("a document for official use")


def _assignments(actor: Actor) -> Iterator[Term]:
    """What the person carries out, alone or with others, and what the person controls."""
    mine = AssignmentPerson.select(AssignmentPerson.assignment).where(
        (AssignmentPerson.employee == actor.employee_id) & AssignmentPerson.part.in_(_EXECUTES)
    )
    carries = Assignment.id.in_(mine) & Assignment.state.in_([str(one) for one in OPEN])
    controls = (Assignment.controller == actor.employee_id) & Assignment.state.in_([str(one) for one in LIVE])
    for asked, key, words in (
        (carries, "assignment", _("Assignment: %(text)s")),
        (controls & ~carries, "controlled", _("To control: %(text)s")),
    ):
        # An assignment knows two documents: where it comes from, and what came of it.
        rows = Assignment.select(Assignment.id, Assignment.text, Assignment.due, Document.mark)
        rows = rows.join(Document, pw.JOIN.LEFT_OUTER, on=(Assignment.document == Document.id))
        rows = rows.where(asked & Assignment.due.is_null(False)).order_by(Assignment.due, Assignment.id).limit(MOST)
        for number, text, due, mark in rows.tuples():
            told = _cut(text) if mark in {None, str(Mark.GENERAL)} else _closed()
            yield Term(f"{key}-{number}", due, words % {"text": told}, f"/assignments/{number}")


def _items(actor: Actor, today: dt.date) -> Iterator[Term]:
    """Documents that items of roadmaps lack, for which the person or the person's units answer."""
    covered = answered_by(actor.unit_ids, actor.employee_id, today=today)
    roadmaps = _roadmaps({one.item.edition for one in covered})
    said = _("Item %(number)s: %(title)s")
    for item in covered:
        number, path = item.item.number, f"/roadmaps/{roadmaps[item.item.edition]}/items/{item.item.id}"
        words = _cut(item.item.title)
        for one in item.slots:
            if one.slot.due is not None and not one.slot.suggested and one.state in _UNDONE:
                title = said % {"number": number, "title": _cut(one.expected.title)}
                key = f"item-{one.slot.expected}-{one.slot.key.replace('/', '-')}"
                yield Term(key, one.slot.due, title, path, f"{words}\n{_days(one.slot)}")


def _roadmaps(editions: Iterable[int]) -> Mapping[int, int]:
    return dict(Edition.select(Edition.id, Edition.roadmap).where(Edition.id.in_(sorted(editions))).tuples())


def _days(slot: Slot) -> str:
    """In which the document is expected; put together by hand, which takes a fifth of the time for a thousand."""
    days = (f"{day.day:02}.{day.month:02}.{day.year}" for day in (slot.start, slot.end) if day is not None)
    return "–".join(days)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
