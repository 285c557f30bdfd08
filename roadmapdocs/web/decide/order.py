"""Where a document stands among all that waits for a person, and which one comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from roadmapdocs.approvals.waiting import Waiting
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.web.worklist.documents import name_of


@dataclass(frozen=True, slots=True)
class Standing:
    """``place`` of ``total`` things of the same sort, from 1; ``following`` are the documents that come after this one."""

    place: int
    total: int
    following: tuple[int, ...]


def standing_of(asked: Waiting, queue: Sequence[Waiting]) -> Standing:
    """Those after it come first, then what was passed over before it: nothing is left behind."""
    at = next((place for place, one in enumerate(queue) if one.document_id == asked.document_id), len(queue))
    same = [one for one in queue if (one.act, one.in_place_of) == (asked.act, asked.in_place_of)]
    place = next((place for place, one in enumerate(same, 1) if one.document_id == asked.document_id), 1)
    others = [one.document_id for one in (*queue[at:], *queue[:at]) if one.document_id != asked.document_id]
    return Standing(place, max(len(same), 1), tuple(dict.fromkeys(others)))


def address(document_id: int) -> str:
    found: str = url_for("roadmapdocs_decide.document", document_id=document_id)
    return found


def named(document_id: int) -> dict[str, str] | None:
    """Name and address of the next document; its right to be read was looked at when it was found to wait."""
    document = Document.select(Document, Kind).join(Kind).where(Document.id == document_id).first()
    return None if document is None else {"title": name_of(document), "url": address(document_id)}
