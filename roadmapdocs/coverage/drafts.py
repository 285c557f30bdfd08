"""A draft that was made for an expected document takes it into work: it is linked to its period at once."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.access.rules import Action, may
from roadmapdocs.coverage.models import Proof, Waiver
from roadmapdocs.coverage.operations import link, slots_of
from roadmapdocs.documents.operations import get_document
from roadmapdocs.drafting.models import Draft
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import ExpectedDocument


def take_into_work(draft: Draft, *, period: str = "", by: Actor, now: dt.datetime, **_more: object) -> Proof | None:
    """Link the draft's document for the period said, or the first that has no document yet.

    Whoever begins a draft for an item says by this that it is meant for it. An order that only puts the document
    into force (``approves``) proves nothing by itself, and without the right to link nothing is linked.
    """
    expected_id = draft.made_from.get("expected")
    if expected_id is None or "approves" in draft.made_from or not may(by, Action.LINK_DOCUMENT):
        return None
    expected: ExpectedDocument | None = ExpectedDocument.get_or_none(ExpectedDocument.id == expected_id)
    if expected is None:
        return None
    key = period or _first_open(expected)
    return link(expected.id, key, get_document(draft.document_id), by=by, now=now) if key else None


def _first_open(expected: ExpectedDocument) -> str:
    """The key of the first period without document and waiver; of the last one where all have them."""
    keys = [slot.key for slot in slots_of(expected)]
    done = {row.period for model in (Proof, Waiver) for row in model.select().where(model.expected == expected)}
    return next((key for key in keys if key not in done), keys[-1] if keys else "")
