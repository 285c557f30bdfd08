"""Documents on «Ждёт меня»: to finish, to sign, waited for from others, and what was done today."""

from __future__ import annotations

import datetime as dt

import peewee as pw
from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.roadmap.models import Edition, Item
from roadmapdocs.web.words import event_sentence, preparation_word
from roadmapdocs.web.worklist.rows import Act, Task, task

MOST_DOCUMENTS = 50
MOST_EVENTS = 8
_UNDER_WAY = (Preparation.IN_APPROVAL, Preparation.IN_SIGNING)


def to_sign(actor: Actor, today: dt.date) -> list[Task]:
    """Documents that wait for this person's signature."""
    if actor.employee_id is None:
        return []
    asked = (Document.signer_employee == actor.employee_id) & (Document.preparation == Preparation.IN_SIGNING)
    return [_task(row, _("Read"), today) for row in _documents(asked, actor)]


def to_finish(actor: Actor, today: dt.date) -> list[Task]:
    """For those who keep cards: what is under way in the whole office; for others: their own drafts."""
    own = Document.drafter == (actor.employee_id or 0)
    if actor.has(Role.CLERK):
        asked = Document.preparation.in_(_UNDER_WAY) | (own & (Document.preparation == Preparation.DRAFT))
    else:
        asked = own & (Document.preparation == Preparation.DRAFT)
    return [_task(row, _("Open the card"), today) for row in _documents(asked, actor)]


def waited_for(actor: Actor) -> list[dict[str, object]]:
    """Documents that this person drafted and others have in their hands."""
    if actor.employee_id is None or may(actor, Action.WRITE_DOCUMENT):
        return []
    asked = (Document.drafter == actor.employee_id) & Document.preparation.in_(_UNDER_WAY)
    return [
        {"title": name_of(row), "url": _url(row), "note": preparation_word(Preparation(row.preparation)), "late": False}
        for row in _documents(asked, actor)
    ]


def done_today(actor: Actor, today: dt.date, zone: dt.tzinfo) -> list[dict[str, object]]:
    """The person's last acts of this day, each with the way back to its subject."""
    if actor.user_id is None:
        return []
    midnight = dt.datetime.combine(today, dt.time(), tzinfo=zone)
    events = list(
        Event.select()
        .where(
            (Event.user_id == actor.user_id)
            & (Event.at >= midnight)
            & (Event.subject.startswith("document:") | Event.subject.startswith("item:"))
        )
        .order_by(Event.number.desc())
        .limit(MOST_EVENTS)
    )
    subjects = _subjects([event.subject for event in events], actor)
    return [
        {
            "badge": _("done"),
            "time": event.at.astimezone(zone).strftime("%H:%M"),
            "title": f"{subjects[event.subject][0]}: {event_sentence(event)}",
            "url": subjects[event.subject][1],
        }
        for event in events
        if event.subject in subjects
    ]


def name_of(document: Document) -> str:
    """«Приказ № 5 «О зачёте»», or the title alone where it begins with the kind and there is no number."""
    kind, title = document.kind.short, document.title
    if document.number:
        return f"{kind} №\N{NO-BREAK SPACE}{document.number} «{title}»"
    return title if title.casefold().startswith(kind.casefold()) else f"{kind} «{title}»"


def _documents(asked: pw.Expression, reader: Actor) -> list[Document]:
    return list(
        Document.select(Document, Kind)
        .join(Kind)
        .where(asked & visible_to(reader))
        .order_by(Document.changed_at, Document.id)
        .limit(MOST_DOCUMENTS)
    )


def _task(document: Document, label: str, today: dt.date) -> Task:
    about = [preparation_word(Preparation(document.preparation)), document.signer and _("signs: %(name)s", name=document.signer)]
    return task(name_of(document), about=about, act=Act(label, _url(document)), due=None, today=today)


def _url(document: Document) -> str:
    address: str = url_for("roadmapdocs_documents.card", document_id=document.id)
    return address


def _subjects(keys: list[str], reader: Actor) -> dict[str, tuple[str, str]]:
    """Key of the journal → short name and address, for items that still exist and documents still open to the reader."""
    ids: dict[str, list[int]] = {"document": [], "item": []}
    for key in keys:
        table, _colon, number = key.partition(":")
        ids[table].append(int(number))
    found = {}
    theirs = Document.id.in_(ids["document"]) & visible_to(reader)
    for document in Document.select(Document, Kind).join(Kind).where(theirs):
        number = f" №\N{NO-BREAK SPACE}{document.number}" if document.number else ""
        found[f"document:{document.id}"] = (f"{document.kind.short}{number}", _url(document))
    for item in Item.select(Item, Edition).join(Edition).where(Item.id.in_(ids["item"])):
        url = url_for("roadmapdocs_roadmaps.item", roadmap_id=item.edition.roadmap_id, item_id=item.id)
        found[f"item:{item.id}"] = (_("Item %(number)s", number=item.number), url)
    return found
