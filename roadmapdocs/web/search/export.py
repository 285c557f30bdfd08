"""What was found as a file: the same question, the same rights, the same order, up to a limit."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Final

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.operations import record
from roadmapdocs.documents.export import WRITERS, Cell, Heading
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import User
from roadmapdocs.people.rules import Actor
from roadmapdocs.search.address import query_of
from roadmapdocs.search.answers import Asked, FoundRecord
from roadmapdocs.search.operations import search
from roadmapdocs.search.ports import RANKED
from roadmapdocs.web.search.words import place_words, state_badge

#: Ranking looks no further, so neither does a file.
MOST_ROWS: Final = RANKED
_BATCH = 20


def write_found(asked: Asked, kind: str, *, by: Actor, now: dt.datetime, today: dt.date) -> IO[bytes]:
    """The open file, at its beginning. What holds restricted documents is told to the journal of events."""
    found = list(_found(asked, by, today))
    stream: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response reads it, and then closes it
    try:
        WRITERS[kind](stream, _headings(), map(_cells, found), _("Found"))
        if restricted := _restricted(found):
            effect = {"format": kind, "rows": len(found), "restricted": restricted, "conditions": query_of(asked, today=today)}
            record("list_exported", subject=User.get_by_id(by.user_id), effect=effect, by=by, now=now)
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    return stream


def _found(asked: Asked, by: Actor, today: dt.date) -> Iterator[FoundRecord]:
    """Each record once, whatever changes between two batches."""
    known: set[str] = set()
    for offset in range(0, MOST_ROWS, _BATCH):
        answer = search(replace(asked, offset=offset, limit=_BATCH, facets=False), by=by, today=today)
        yield from (one for one in answer.hits if one.key not in known)
        known |= {one.key for one in answer.hits}
        if len(answer.hits) < _BATCH:
            return


def _headings() -> list[Heading]:
    return [
        Heading(_("No."), 12),
        Heading(_("Date"), 12),
        Heading(_("Kind"), 22),
        Heading(_("Title"), 70),
        Heading(_("Signer"), 24),
        Heading(_("State"), 24),
        Heading(_("Items of roadmaps"), 16),
        Heading(_("Found where"), 30),
        Heading(_("Fragment"), 70),
    ]


def _cells(found: FoundRecord) -> list[Cell]:
    badge = state_badge(found)
    fragment = next((one for one in found.fragments if one.source != "title"), None)
    return [
        found.number,
        found.date,
        found.kind,
        "".join(piece.text for piece in found.title),
        found.signer,
        str(badge["label"]) if badge else "",
        ", ".join(found.items),
        place_words(fragment) if fragment else "",
        "".join(piece.text for piece in fragment.pieces) if fragment else "",
    ]


def _restricted(found: list[FoundRecord]) -> int:
    """How many of them are not for everyone."""
    ids = [one.id for one in found if one.type == "document"]
    return int(Document.select().where(Document.id.in_(ids) & (Document.mark != Mark.GENERAL)).count()) if ids else 0
