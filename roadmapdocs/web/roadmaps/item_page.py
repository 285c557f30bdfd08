"""The page of one item: its words, how they were understood, and what proves it."""

from __future__ import annotations

import datetime as dt

import peewee as pw
from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.audit.operations import history
from roadmapdocs.coverage.matrix import CoveredItem, coverage_of_item
from roadmapdocs.coverage.phrases import day_words, days_words, look, period_words
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.coverage.rules import State
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, Roadmap, Section, YearValue
from roadmapdocs.roadmap.operations import current_edition
from roadmapdocs.russian.terms import Term
from roadmapdocs.web.external_links.block import links_of_item_page
from roadmapdocs.web.roadmaps.assigned import AssignedOfItem, assign_url
from roadmapdocs.web.roadmaps.head import roadmap_words
from roadmapdocs.web.roadmaps.slot_words import SlotWords
from roadmapdocs.web.roadmaps.slots import slot_key
from roadmapdocs.web.words import event_sentence

MOST_EVENTS = 50


def item_context(
    roadmap: Roadmap, item_id: int, *, actor: Actor, today: dt.date, zone: dt.tzinfo
) -> dict[str, object]:
    """
    :raise NotFound: if the roadmap has no such item in any edition
    """
    row = (
        Item.select(Item, Edition, Section)
        .join(Edition)
        .switch(Item)
        .join(Section, pw.JOIN.LEFT_OUTER)
        .where((Item.id == item_id) & (Edition.roadmap == roadmap))
        .first()
    )
    covered = coverage_of_item(item_id, today=today) if row else None
    if row is None or covered is None:
        raise NotFound("no_item", _("The roadmap has no such item. Open the roadmap and look for it there."))
    page = url_for("roadmapdocs_roadmaps.roadmap", roadmap_id=roadmap.id)
    assigned = AssignedOfItem(row.id, actor=actor, today=today)
    previous, following = _neighbours(row)
    return {
        "roadmap": roadmap_words(roadmap),
        "item": {
            "id": row.id,
            "number": row.number,
            "title": row.title,
            "section": f"{row.section.number}. {row.section.title}" if row.section else "",
            "responsible": [
                {"name": one.text, "known": one.unit is not None or one.employee is not None}
                for one in covered.item.answering
            ],
            "responsible_text": row.responsible_text,
        },
        "terms": [term_words(term) for term in covered.item.plan.terms],
        "expected": _expected(covered, Reader(actor), assigned, today),
        "assigned": assigned.beside({(one.slot.expected, one.slot.key) for one in covered.slots}),
        "assign_url": assign_url(page, actor, item=row.id) if _is_open(row, covered, assigned, roadmap) else "",
        "external": links_of_item_page(row.id, actor, current=row.edition_id == current_edition(roadmap).id),
        **_values(row),
        "slot_url": f"{page}?",
        "may_edit": may(actor, Action.LINK_DOCUMENT),
        "previous": previous,
        "next": following,
        "history": [
            {"at": event.at.astimezone(zone).strftime("%d.%m.%Y %H:%M"), "who": event.who, "text": event_sentence(event)}
            for event in history(row)[:MOST_EVENTS]
        ],
    }


def _is_open(item: Item, covered: CoveredItem, assigned: AssignedOfItem, roadmap: Roadmap) -> bool:
    """Whether there is a term of the present edition that nobody has an assignment for."""
    waiting = any(
        one.slot.due is not None
        and one.state in (State.MISSING, State.LATE, State.IN_WORK)
        and not assigned.of((one.slot.expected, one.slot.key))
        for one in covered.slots
    )
    return waiting and item.edition_id == current_edition(roadmap).id


def _expected(covered: CoveredItem, reader: Reader, assigned: AssignedOfItem, today: dt.date) -> list[dict[str, object]]:
    inferred = {
        row.id for row in ExpectedDocument.select().where(ExpectedDocument.item == covered.item.id) if row.inferred
    }
    words = SlotWords(today, reader)
    return [
        {
            "id": expected.id,
            "title": expected.title,
            "kind": expected.kind,
            "inferred": expected.id in inferred and not expected.confirmed,
            "slots": [
                {
                    "key": slot_key(expected.id, one.slot.key),
                    "state": look(one.slot, one.state),
                    "period": period_words(one.slot),
                    "detail": words.detail(one),
                    "documents": reader.seen(one.documents),
                    "assigned": assigned.of((expected.id, one.slot.key)),
                }
                for one in covered.slots
                if one.slot.expected == expected.id
            ],
        }
        for expected in covered.item.plan.expected
    ]


def _values(item: Item) -> dict[str, object]:
    rows = list(YearValue.select().where(YearValue.item == item).order_by(YearValue.year))
    rows.sort(key=lambda row: (row.year is not None, row.year or 0))
    labels = {row.id: str(row.year) if row.year is not None else _("in all") for row in rows}
    return {
        "planned": [{"label": labels[row.id], "value": row.planned} for row in rows if row.planned],
        "results": [{"label": labels[row.id], "text": row.result} for row in rows if row.result],
    }


def _neighbours(item: Item) -> tuple[dict[str, object] | None, dict[str, object] | None]:
    same = Item.select(Item.id, Item.number).where(Item.edition == item.edition_id)
    before = same.where(Item.position < item.position).order_by(Item.position.desc()).first()
    after = same.where(Item.position > item.position).order_by(Item.position).first()
    return _neighbour(before), _neighbour(after)


def _neighbour(item: Item | None) -> dict[str, object] | None:
    return {"id": item.id, "number": item.number or _("without a number")} if item else None


def term_words(term: Term) -> dict[str, object]:
    """The words of a term and how they were understood."""
    return {"text": term.text, "reading": _reading(term), "readable": term.kind != "unspecified"}


def _reading(term: Term) -> str:
    if term.kind == "deadline" and term.end is not None:
        return _("by %(date)s", date=day_words(term.end))
    fixed = {
        "external_plan": _("by another plan: never late by itself"),
        "on_demand": _("when needed: never late by itself"),
        "continuous": _("all the time"),
    }
    days = days_words(term.start, term.end) if term.start or term.end else ""
    said = fixed.get(term.kind, "")
    if term.recurrence:
        said = _recurrence(term.recurrence)
    return ", ".join(part for part in (said, days) if part) or (str(term.year) if term.year else "")


def _recurrence(code: str) -> str:
    known = {
        "yearly": _("every year"),
        "half-yearly": _("every half-year"),
        "quarterly": _("every quarter"),
        "monthly": _("every month"),
        "weekly": _("every week"),
        "every 2 years": _("every 2 years"),
        "every 3 years": _("every 3 years"),
    }
    return known.get(code, _("several times: %(code)s", code=code))
