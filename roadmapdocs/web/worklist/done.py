"""«Сделано сегодня»: a person's last acts of this day, with the way back where there is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import url_for

from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.rules import RunState, VisaState
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.documents.visibility import states_of, visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, Item
from roadmapdocs.web.decide.words import decided_word
from roadmapdocs.web.words import event_sentence
from roadmapdocs.web.worklist.documents import card_url, name_of
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line

MOST_EVENTS = 8


def done_today(actor: Actor, today: dt.date, zone: dt.tzinfo) -> list[dict[str, Any]]:
    """{badge {look, label}, time, title, url, back (see :func:`taking_back`)}, the newest first; a fixed number of statements."""
    if actor.user_id is None:
        return []
    midnight = dt.datetime.combine(today, dt.time(), tzinfo=zone)
    mine = (Event.user_id == actor.user_id) & (Event.at >= midnight)
    about = Event.subject.startswith("document:") | Event.subject.startswith("item:")
    events = list(Event.select().where(mine & about).order_by(Event.number.desc()).limit(MOST_EVENTS))
    keys = [event.subject for event in events]
    documents, items = _documents(keys, actor), _items(keys)
    open_visas = _still_given([_visa(event) for event in events], actor)
    told: set[str] = set()
    rows = []
    for event in events:
        document = documents.get(event.subject)
        if document is not None:
            # A way back stands beside the newest entry only: the ones before it speak of what is over.
            visa = _visa(event) if _visa(event) in open_visas and event.what == "visa_given" else None
            newest = event.subject not in told
            rows.append(_row(event, name_of(document), card_url(document.id), zone) | {"back": _back(event, document, visa, newest)})
        elif event.subject in items:
            title, url = items[event.subject]
            rows.append(_row(event, f"{title}: {event_sentence(event)}", url, zone) | {"back": None})
        told.add(event.subject)
    return rows


def _row(event: Event, title: str, url: str, zone: dt.tzinfo) -> dict[str, Any]:
    return {
        "badge": _badge(event),
        "note": event_sentence(event) if event.subject.startswith("document:") and event.what != "visa_given" else "",
        "time": event.at.astimezone(zone).strftime("%H:%M"),
        "title": title,
        "url": url,
    }


def _badge(event: Event) -> dict[str, str | None]:
    if event.what == "visa_given":
        decision = str(event.effect.get("decision", ""))
        looks = {"agreed": ("ok", None), "remarks": ("work", "info"), "refused": ("work", "x")}
        look, symbol = looks.get(decision, ("info", "eye"))
        return {"look": look, "label": decided_word(decision), "symbol": symbol}
    return {"look": "ok", "label": _("done"), "symbol": None}


def _visa(event: Event) -> int:
    found = event.effect.get("visa") if isinstance(event.effect, dict) else None
    return found if isinstance(found, int) else 0


def _still_given(visa_ids: Sequence[int], actor: Actor) -> set[int]:
    """Those of the visas that their giver may take back, as far as the run tells."""
    ids = [one for one in visa_ids if one]
    if not ids or actor.employee_id is None:
        return set()
    mine = (Visa.decided_by == actor.employee_id) & (Visa.state == VisaState.GIVEN) & Visa.id.in_(ids)
    rows = Visa.select(Visa.id).join(Run).where(mine & Run.state.in_([RunState.UNDER_WAY, RunState.AGREED]))
    return {visa for (visa,) in rows.tuples()}


def _back(event: Event, document: Document, visa: int | None, newest: bool) -> dict[str, Any] | None:
    signed = newest and event.what == "document_moved" and "signed_by" in event.effect
    return taking_back(document, visa, signed=signed)


def taking_back(document: Document, visa: int | None, *, signed: bool) -> dict[str, Any] | None:
    """{label, url, fields}: how a visa or a signature is taken back now; ``fields`` of a form, None for a link."""
    if visa is not None:
        if document.preparation == Preparation.SIGNED:
            return None
        url = url_for("roadmapdocs_decide.withdraw", document_id=document.id)
        return {"label": _("Take the visa back"), "url": url, "fields": {"visa": visa}}
    if not signed or document.preparation != Preparation.SIGNED or document.registration == Registration.REGISTERED:
        return None
    present = states_of(document)[Line.PREPARATION]
    steps = workflow_of(document.workflow_id).definitions[Line.PREPARATION].transitions.values()
    for step in steps:
        if step.by_people and present in step.sources and "void_signature" in step.effects:
            url = url_for("roadmapdocs_documents.act", document_id=document.id, step=step.name)
            return {"label": _("Take the signature back"), "url": url, "fields": None}
    return None


def _documents(keys: Sequence[str], reader: Actor) -> dict[str, Document]:
    """Documents of the journal's entries that are still open to the reader, by the key of the entry."""
    theirs = Document.id.in_(_ids(keys, "document")) & visible_to(reader, few=True)
    return {f"document:{row.id}": row for row in Document.select(Document, Kind).join(Kind).where(theirs)}


def _items(keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Short name and address of items that still exist, by the key of the entry."""
    found = {}
    for row in Item.select(Item, Edition).join(Edition).where(Item.id.in_(_ids(keys, "item"))):
        url = url_for("roadmapdocs_roadmaps.item", roadmap_id=row.edition.roadmap_id, item_id=row.id)
        found[f"item:{row.id}"] = (_("Item %(number)s", number=row.number), url)
    return found


def _ids(keys: Sequence[str], table: str) -> list[int]:
    return [int(number) for name, _colon, number in (key.partition(":") for key in keys) if name == table]
