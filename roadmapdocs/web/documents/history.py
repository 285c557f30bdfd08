"""The history of a document: the journal of events whispers a line, people speak between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from flask import url_for

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import subject_key
from roadmapdocs.documents.models import Comment, Document
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.context import settings, today
from roadmapdocs.web.pages import date as printed
from roadmapdocs.web.words import event_sentence
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Workflow

#: Entries on the card; all of them have a page of their own, so many at a time.
ON_THE_CARD: Final = 50
ON_A_PAGE: Final = 200
_COLUMNS = (Event.number, Event.what, Event.effect, Event.who, Event.at)
#: Moves that the way of the document is drawn from.
_MOVES: Final = 60
_SYMBOLS: Final = {
    "document_created": "plus",
    "document_moved": "right",
    "version_added": "doc",
    "file_attached": "plus",
    "file_detached": "x",
    "document_linked": "link",
    "document_unlinked": "x",
}


def newest(document: Document, most: int = ON_THE_CARD, skip: int = 0) -> tuple[list[Event], bool]:
    """Entries about the document, newest first, and whether there are more."""
    query = Event.select(*_COLUMNS).where(Event.subject == subject_key(document)).order_by(Event.number.desc())
    events = list(query.limit(most + 1).offset(skip))
    return events[:most], len(events) > most


def moves(document: Document) -> list[Event]:
    """The newest moves of a document along its lines, oldest first."""
    about = (Event.subject == subject_key(document)) & (Event.what == "document_moved")
    return list(Event.select(*_COLUMNS).where(about).order_by(Event.number.desc()).limit(_MOVES))[::-1]


@dataclass(frozen=True, slots=True)
class _Telling:
    """What turning entries into sentences takes: comments by id, and documents that the reader may not know of."""

    workflow: Workflow
    gender: str
    said: Mapping[int, str]
    hidden: Collection[int]
    zone: dt.tzinfo


def history_days(
    document: Document, events: list[Event], workflow: Workflow, actor: Actor
) -> list[dict[str, object]]:
    """Days with their entries; an entry of a comment is what the person said."""
    zone = settings().zone
    telling = _Telling(workflow, document.kind.gender, _comments(events), _hidden(events, actor), zone)

    def day(event: Event) -> dt.date:
        return event.at.astimezone(zone).date()

    return [
        {"day": _day_words(date), "entries": [_entry(event, telling) for event in entries]}
        for date, entries in groupby(events, key=day)
    ]


def history_page(document: Document, page: int, actor: Actor) -> dict[str, object]:
    """A page of the whole history, newest first, with the addresses of the pages around it."""
    events, more = newest(document, ON_A_PAGE, (page - 1) * ON_A_PAGE)

    def url(number: int) -> str:
        return url_for("roadmapdocs_documents.history", document_id=document.id, page=number)

    return {
        "history": history_days(document, events, workflow_of(document.workflow_id), actor),
        "newer_url": url(page - 1) if page > 1 else None,
        "older_url": url(page + 1) if more else None,
        "back_url": url_for("roadmapdocs_documents.card", document_id=document.id),
    }


def _entry(event: Event, telling: _Telling) -> dict[str, object]:
    return {
        "time": event.at.astimezone(telling.zone).strftime("%H:%M"),
        "who": event.who,
        "said": telling.said.get(event.effect.get("comment")) if event.what == "commented" else None,
        "text": _sentence(event, telling),
        "symbol": _SYMBOLS.get(event.what, "edit"),
        "initials": event.who[:1].upper(),
    }


def _sentence(event: Event, telling: _Telling) -> str:
    """Without a word of documents that the reader may not know of."""
    if _other(event) in telling.hidden:
        if event.what != "document_moved":
            return _("changed a link with another document")
        told = {name: value for name, value in event.effect.items() if name != "reason"}
        event = Event(what=event.what, effect=told)
    return event_sentence(event, telling.workflow, telling.gender)


def _comments(events: Iterable[Event]) -> dict[int, str]:
    ids = [event.effect.get("comment") for event in events if event.what == "commented"]
    rows = Comment.select(Comment.id, Comment.text).where(Comment.id.in_(ids)).tuples() if ids else []
    return dict(rows)


def _other(event: Event) -> int | None:
    """The document at the far end of the link, or of the act, that an entry tells of."""
    found = event.effect.get("target") or event.effect.get("source") or event.effect.get("document")
    return found if isinstance(found, int) else None


def _hidden(events: Iterable[Event], actor: Actor) -> set[int]:
    """Documents named in entries that this person may not know of."""
    named = {other for event in events if (other := _other(event)) is not None}
    if not named:
        return set()
    seen = Document.select(Document.id).where(Document.id.in_(sorted(named)) & visible_to(actor, few=True)).tuples()
    return named - {found for (found,) in seen}


def _day_words(date: dt.date) -> str:
    return _("Today") if date == today() else printed(date)


