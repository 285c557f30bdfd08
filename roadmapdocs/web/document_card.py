"""What the card of a document shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from flask import url_for

from roadmapdocs.access.rules import Action, may, reason
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import history
from roadmapdocs.coverage.matrix import documented_slots
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import versions_of
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.errors import Refusal
from roadmapdocs.files.reading.blocks import Paragraph
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.reader.files import read_blocks
from roadmapdocs.web.context import settings, store, today
from roadmapdocs.web.pages import date as printed
from roadmapdocs.web.words import event_sentence, preparation_badge, preparation_word, size_words

#: A preview is for recognising a document; whoever reads the whole of it opens the file.
PREVIEW_PARAGRAPHS = 60
_PREVIEWED = {"docx", "txt"}


def card_context(document: Document, actor: Actor) -> dict[str, object]:
    """What ``document.html`` asks for."""
    versions = list(versions_of(document))
    state = Preparation(document.preparation)
    return {
        "document": {
            "id": document.id,
            "kind": document.kind.short,
            "number": document.number,
            "date": document.date,
            "title": document.title,
            "summary": document.summary,
            "status": preparation_word(state, document.kind.gender),
        },
        "acts": _acts(document, actor),
        "lines": [{"caption": _("Preparation"), **preparation_badge(state, document.kind.gender)}],
        "requisites": _requisites(document),
        "proves": _proves(document),
        "may_link": may(actor, Action.LINK_DOCUMENT),
        "link_url": url_for("roadmapdocs_roadmaps.index"),
        "files": [_file(version) for version in versions],
        "preview": _preview(versions),
        "history": _history(history(document)),
    }


def _acts(document: Document, actor: Actor) -> list[dict[str, object]]:
    closed = None if may(actor, Action.WRITE_DOCUMENT) else reason(Action.WRITE_DOCUMENT)
    return [
        {
            "label": _("Change the card"),
            "url": url_for("roadmapdocs_documents.edit", document_id=document.id),
            "symbol": "edit",
            "main": False,
            "post": False,
            "why_not": closed,
        }
    ]


def _requisites(document: Document) -> list[dict[str, object]]:
    lines = [
        (_("Kind"), document.kind.name),
        (_("Number"), document.number),
        (_("Date"), printed(document.date)),
        (_("Signer"), document.signer),
        (_("Drafter"), str(document.drafter) if document.drafter_id else ""),
        (_("Unit"), document.unit.name if document.unit_id else ""),
    ]
    return [{"label": label, "value": value, "url": None} for label, value in lines]


def _proves(document: Document) -> list[dict[str, object]]:
    return [
        {
            "roadmap_id": found.roadmap_id,
            "roadmap_title": found.roadmap_title,
            "item_id": found.item.id,
            "item_number": found.item.number,
            "item_title": found.item.title,
            "expected": found.covered.expected.title,
            "period": found.covered.slot.label or str(found.covered.slot.year or ""),
            "state": found.covered.state.value,
        }
        for found in documented_slots(document, today=today())
    ]


def _file(version: DocumentVersion) -> dict[str, object]:
    return {
        "version_id": version.id,
        "name": version.name,
        "size": size_words(version.file.size),
        "hash": version.file.sha256,
        "at": version.added_at.astimezone(settings().zone),
        "by": version.added_by,
        "pages": None,
    }


def _preview(versions: list[DocumentVersion]) -> list[dict[str, str]]:
    if not versions or versions[0].file.format not in _PREVIEWED:
        return []
    return [{"text": text, "look": ""} for text in _paragraphs(versions[0].file.sha256, versions[0].name)]


@lru_cache(maxsize=256)
def _paragraphs(sha256: str, name: str) -> tuple[str, ...]:
    """Text of a file's beginning; a file that cannot be read has none, for the card itself must open.

    The hash names the content, in any store: the text of it never changes.
    """
    try:
        with store().open(sha256) as stream:
            blocks = read_blocks(stream.read(), name)
    except Refusal:
        return ()
    texts = [block.text.strip() for block in blocks if isinstance(block, Paragraph)]
    return tuple(text for text in texts if text)[:PREVIEW_PARAGRAPHS]


def _history(events: Iterable[Event]) -> list[dict[str, object]]:
    zone = settings().zone

    def day(event: Event) -> dt.date:
        return event.at.astimezone(zone).date()

    return [
        {
            "day": printed(date),
            "entries": [
                {
                    "time": event.at.astimezone(zone).strftime("%H:%M"),
                    "who": event.who,
                    "text": event_sentence(event),
                    "symbol": "link" if "link" in event.what else "edit",
                }
                for event in entries
            ],
        }
        for date, entries in groupby(events, key=day)
    ]
