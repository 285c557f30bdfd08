"""All that waits for one person, as plain rows: what «Ждёт меня» shows in groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from roadmapdocs.acquaintance.queries import queue_of
from roadmapdocs.approvals import waiting as visas
from roadmapdocs.assignments import waiting as assignments
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.coverage.matrix import answered_by
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition
from roadmapdocs.web.api.fields import moment
from roadmapdocs.web.api.schemas.values import day
from roadmapdocs.web.worklist.documents import shown
from roadmapdocs.web.worklist.rows import AHEAD, awaited

_LONGEST: Final = 300
Row = dict[str, Any]


def waiting_rows(actor: Actor, today: dt.date) -> list[Row]:
    """What has a term first, the earliest of them first. A fixed number of statements, however much it is."""
    found = [*_decisions(actor), *_assignments(actor, today), *_readings(actor), *_slots(actor, today)]
    found = [one | {"late": one["due"] is not None and one["due"] < today} for one in found]
    found.sort(key=lambda one: (one["due"] is None, one["due"] or today))
    return [one | {"due": day(one["due"])} for one in found]


def _row(type_: str, act: str, title: str, due: dt.date | None, since: dt.datetime | None = None, **about: Any) -> Row:
    row = {"type": type_, "act": act, "title": title[:_LONGEST], "due": due, "since": moment(since), "in_place_of": ""}
    return row | about


def _decisions(actor: Actor) -> Iterator[Row]:
    queue = visas.waiting_for(actor)
    names = shown({one.document_id for one in queue})
    for one in queue:
        type_ = "visa" if one.visa_id is not None else "signature"
        about = {"document_id": one.document_id, "visa_id": one.visa_id, "in_place_of": one.in_place_of}
        yield _row(type_, one.act, names[one.document_id].name, one.due, one.since, **about)


def _assignments(actor: Actor, today: dt.date) -> Iterator[Row]:
    queue = assignments.waiting_for(actor, today)
    ids = [one.assignment_id for one in queue]
    texts = dict(Assignment.select(Assignment.id, Assignment.text).where(Assignment.id.in_(ids)).tuples()) if ids else {}
    for one in queue:
        title = " ".join(texts[one.assignment_id].split())
        about = {"assignment_id": one.assignment_id, "in_place_of": one.in_place_of}
        yield _row("assignment", str(one.act), title, one.due, one.since, **about)


def _readings(actor: Actor) -> Iterator[Row]:
    queue = queue_of(actor)
    names = shown({one.document_id for one in queue})
    for one in queue:
        about = {"document_id": one.document_id, "acquaintance_id": one.acquaintance_id}
        yield _row("reading", "read", names[one.document_id].name, one.due, one.since, **about)


def _slots(actor: Actor, today: dt.date) -> Iterator[Row]:
    """Documents that one's units or oneself have to bring soon."""
    mine = answered_by(actor.unit_ids, actor.employee_id, today=today)
    editions = sorted({one.item.edition for one in mine})
    roadmaps = dict(Edition.select(Edition.id, Edition.roadmap).where(Edition.id.in_(editions)).tuples()) if editions else {}
    for covered in mine:
        for slot in covered.slots:
            if awaited(slot, today + AHEAD):
                place: Row = {"expected_id": slot.expected.id, "period": slot.slot.key, "item_id": covered.item.id}
                place["roadmap_id"] = roadmaps[covered.item.edition]
                yield _row("slot", "prove", slot.expected.title, slot.slot.due, **place)
