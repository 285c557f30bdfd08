"""The panel of one slot: what is expected, what proves it, what may prove it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from flask import url_for

from roadmapdocs.access.rules import Action, may, reason
from roadmapdocs.coverage.matrix import CoveredItem, CoveredSlot, LinkedDocument
from roadmapdocs.coverage.models import Proof, Waiver
from roadmapdocs.coverage.phrases import look, period_words
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.documents.models import Kind
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.roadmaps.assigned import AssignedOfItem, assign_url
from roadmapdocs.web.roadmaps.candidates import Suggested, found_by_words, suggested
from roadmapdocs.web.roadmaps.slot_words import SlotWords, answering_words
from roadmapdocs.web.roadmaps.slots import slot_key, split_key


@dataclass(frozen=True, slots=True)
class Link:
    link_id: int
    document: LinkedDocument
    by: str
    at: dt.date


@dataclass(frozen=True, slots=True)
class Waived:
    reason: str
    by: str
    at: dt.date


def find_slot(items: tuple[CoveredItem, ...], key: str) -> tuple[CoveredItem, CoveredSlot] | None:
    """The slot that an address names; None where the roadmap has none such (any more)."""
    parts = split_key(key)
    if parts is None:
        return None
    for item in items:
        for covered in item.slots:
            if (covered.slot.expected, covered.slot.key) == parts:
                return item, covered
    return None


def panel_context(
    item: CoveredItem,
    covered: CoveredSlot,
    *,
    here: str,
    find: str | None,
    actor: Actor,
    today: dt.date,
    zone: dt.tzinfo,
) -> dict[str, object]:
    """``here`` is the roadmap's address with its filters; ``find`` the words looked for, None before anybody looks."""
    slot = covered.slot
    key = slot_key(slot.expected, slot.key)
    address = f"{here}{'&' if '?' in here else '?'}slot={key}"
    may_edit = may(actor, Action.LINK_DOCUMENT)
    suggestions: list[Suggested] = []
    if may_edit and covered.waiver is None:
        looked = (item.item, covered, actor)
        suggestions = found_by_words(*looked, find) if find else suggested(*looked)
    reader = Reader(actor)
    words = SlotWords(today, reader)
    return {
        "slot": {
            "key": key,
            "state": look(slot, covered.state),
            "kind": words.kind(covered.expected),
            "detail": words.detail(covered),
        },
        "item": item.item,
        "period": period_words(slot),
        "expected": {
            "id": covered.expected.id,
            "title": covered.expected.title,
            "inferred": not covered.expected.confirmed,
        },
        "due": slot.due,
        "responsible": answering_words(item.item),
        "assigned": AssignedOfItem(item.item.id, actor=actor, today=today).of((slot.expected, slot.key)),
        "assign_url": assign_url(urlsplit(here).path, actor, item=item.item.id),
        "linked": _links(covered, reader, zone),
        "suggestions": suggestions,
        "waived": _waived(covered, zone),
        "may_edit": may_edit,
        "why_not": "" if may_edit else reason(Action.LINK_DOCUMENT),
        "find": find,
        "find_hidden": [*parse_qsl(urlsplit(here).query), ("slot", key)],
        "find_url": f"{address}&find=#panel",
        "create_url": url_for("roadmapdocs_documents.create", slot=key),
        "draft_url": url_for("roadmapdocs_drafts.for_item") if _is_drafted(covered) and may(actor, Action.WRITE_DOCUMENT) else None,
        "back_url": f"{address}#item-{item.item.id}",
    }


def _is_drafted(covered: CoveredSlot) -> bool:
    """Whether documents of the expected kind are made from templates here."""
    return Kind.select().where((Kind.expected == covered.expected.kind) & (Kind.template != "") & Kind.active).exists()


def _links(covered: CoveredSlot, reader: Reader, zone: dt.tzinfo) -> list[Link]:
    documents = {document.proof: document for document in reader.seen(covered.documents)}
    rows = Proof.select().where(Proof.id.in_(list(documents))).order_by(Proof.id)
    return [
        Link(row.id, documents[row.id], row.confirmed_by, row.confirmed_at.astimezone(zone).date()) for row in rows
    ]


def _waived(covered: CoveredSlot, zone: dt.tzinfo) -> Waived | None:
    row = Waiver.get_or_none(
        (Waiver.expected == covered.slot.expected) & (Waiver.period == covered.slot.key)
    )
    return Waived(row.reason, row.waived_by, row.waived_at.astimezone(zone).date()) if row else None
