"""What an event carries and who may be told of it, as the rows stand at the end of the change.

Each maker gets the number of the fact's subject and what the signal said besides; None means that it is gone.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from roadmapdocs.access.rules import Action, Mark
from roadmapdocs.access.rules import may as may_act
from roadmapdocs.acquaintance.queries import may_see
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.visibility import may_read as may_read_assignment
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import may as may_in_document
from roadmapdocs.erp.events import EVENTS, TEST
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, Item

Data = dict[str, Any]
#: What is told of a card that everybody may know of.
_OPEN: Final = ("number", "date", "title")
Maker = Callable[[int, Mapping[str, Any], str], Data | None]


def data_of(event: str, subject: str, said: Mapping[str, Any], base_url: str) -> Data | None:
    """``data`` of the event's body, as :meth:`roadmapdocs.erp.events.EventType.schema` promises it.

    :param subject: "document:17"
    :param base_url: before the addresses of pages; empty where the registry does not know its own
    """
    return _MAKERS[EVENTS[event].area](_number(subject), said, base_url.rstrip("/"))


def may_be_told(event: str, subject: str, actor: Actor) -> bool:
    """Whether this person may know of the fact: the rules of pages."""
    return _RULES[EVENTS[event].area](_number(subject), actor)


def told_now(subject: str, body: str) -> str:
    """``body`` as it may be sent now: without what was told of a document that has got a mark since."""
    said = json.loads(body)
    if said["data"].get("mark") != Mark.GENERAL:
        return body
    mark = Document.select(Document.mark).where(Document.id == _number(subject)).scalar()
    if mark is None or mark == Mark.GENERAL:
        return body
    said["data"] |= {"mark": mark, **dict.fromkeys(_OPEN)}
    return json.dumps(said, ensure_ascii=False)


def _number(subject: str) -> int:
    return int(subject.partition(":")[2])


def _document(number: int) -> Document | None:
    found: Document | None = Document.select(Document, Kind).join(Kind).where(Document.id == number).first()
    return found


def _of_document(number: int, said: Mapping[str, Any], base_url: str) -> Data | None:
    document = _document(number)
    if document is None:
        return None
    told = document.mark == Mark.GENERAL
    return {
        "document": document.id,
        "kind": document.kind.code,
        "mark": document.mark,
        "number": document.number if told and document.number else None,
        "date": _day(document.date) if told else None,
        "title": document.title if told else None,
        "revision": document.revision,
        "url": f"{base_url}/documents/{document.id}",
        **said,
    }


def _of_assignment(number: int, _said: Mapping[str, Any], base_url: str) -> Data | None:
    assignment: Assignment | None = Assignment.get_or_none(Assignment.id == number)
    if assignment is None:
        return None
    return {
        "assignment": assignment.id,
        "document": assignment.document_id,
        "item": assignment.item_id,
        "responsible": assignment.responsible_id,
        "controller": assignment.controller_id,
        "state": assignment.state,
        "due": _day(assignment.due),
        "url": f"{base_url}/assignments/{assignment.id}",
    }


def _of_item(number: int, said: Mapping[str, Any], base_url: str) -> Data | None:
    item: Item | None = Item.select(Item, Edition).join(Edition).where(Item.id == number).first()
    if item is None:
        return None
    roadmap = item.edition.roadmap_id
    return {
        "item": item.id,
        "roadmap": roadmap,
        "edition": item.edition_id,
        "url": f"{base_url}/roadmaps/{roadmap}/items/{item.id}",
        **said,
    }


def _of_roadmap(number: int, said: Mapping[str, Any], base_url: str) -> Data | None:
    stored = (Edition.roadmap == number) & (Edition.number == said["edition_number"])
    edition: Edition | None = Edition.get_or_none(stored)
    return None if edition is None else {"roadmap": number, "edition": edition.id, "url": f"{base_url}/roadmaps/{number}", **said}


def _day(value: dt.date | None) -> str | None:
    return value.isoformat() if value is not None else None


def _reads_document(number: int, actor: Actor) -> bool:
    document = _document(number)
    return document is not None and may_in_document(document, "read", actor)


def _sees_reading(number: int, actor: Actor) -> bool:
    """Who has read a document is told to fewer people than may read it."""
    document = _document(number)
    return document is not None and may_see(document, actor)


def _reads_assignment(number: int, actor: Actor) -> bool:
    assignment: Assignment | None = Assignment.get_or_none(Assignment.id == number)
    return assignment is not None and may_read_assignment(assignment, actor)


def _reads_roadmaps(_number: int, actor: Actor) -> bool:
    """Roadmaps and their coverage are shared by everybody."""
    return may_act(actor, Action.READ)


_MAKERS: Final[Mapping[str, Maker]] = {
    **dict.fromkeys(("document", "version", "attachment", "visa", "route", "reading"), _of_document),
    "assignment": _of_assignment,
    "coverage": _of_item,
    "roadmap": _of_roadmap,
    TEST: lambda number, _said, _base_url: {"webhook": number},
}
_RULES: Final[Mapping[str, Callable[[int, Actor], bool]]] = {
    **dict.fromkeys(("document", "version", "attachment", "visa", "route"), _reads_document),
    "reading": _sees_reading,
    "assignment": _reads_assignment,
    **dict.fromkeys(("coverage", "roadmap"), _reads_roadmaps),
    TEST: lambda _number, _actor: True,
}
