"""``@history`` and ``@comments`` of a document."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import subject_key
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.models import Comment, Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.documents import ONE, area
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.fields import moment
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.paging import Order, Paged, page, page_of, whole
from roadmapdocs.web.api.schemas.document_parts import EntrySchema
from roadmapdocs.web.api.schemas.documents import CommentSchema, NewCommentSchema
from roadmapdocs.web.api.sparse import dumped, dumped_all, names_of, wanted
from roadmapdocs.web.context import now
from roadmapdocs.web.documents.history import history_days
from roadmapdocs.workflow.operations import workflow_of

_NEWEST = Order((whole(Event.number),), descending=True)
_SAID = Order((whole(Comment.id),))


@area.route(f"{ONE}/@history")
class History(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(EntrySchema))
    def get(self, asked: dict[str, Any], document_id: int) -> Response:
        """What happened to a document, the newest first; nothing is told of documents that the caller may not read."""
        document = read_document(document_id, by=actor())
        names = wanted(asked["fields_"], names_of(EntrySchema))
        columns = (Event.number, Event.what, Event.effect, Event.who, Event.at)
        query = Event.select(*columns).where(Event.subject == subject_key(document))
        return answered(page(query, _NEWEST, asked, lambda rows: _told(document, rows, names)))


@area.route(f"{ONE}/@comments")
class Comments(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(CommentSchema))
    def get(self, asked: dict[str, Any], document_id: int) -> Response:
        """What people said about a document, in the order in which they did."""
        document = read_document(document_id, by=actor())
        query = Comment.select().where(Comment.document == document)
        return answered(page(query, _SAID, asked, lambda rows: dumped_all(CommentSchema, rows, asked["fields_"])))

    @area.arguments(NewCommentSchema)
    @area.response(201, CommentSchema)
    @idempotent
    def post(self, sent: dict[str, Any], document_id: int) -> Response:
        """Say something about a document."""
        document = read_document(document_id, by=actor())
        said = comment(document, sent["text"], by=actor(), now=now())
        return answered(dumped(CommentSchema, said), status=201)


def _told(document: Document, events: list[Event], names: frozenset[str]) -> list[dict[str, Any]]:
    """The entries in the words of the card's own history, which keeps their order."""
    days: list[dict[str, Any]] = history_days(document, events, workflow_of(document.workflow_id), actor())
    sentences = [entry for day in days for entry in day["entries"]]
    rows = (
        {
            "number": event.number,
            "what": event.what,
            "text": str(entry["text"]),
            "said": entry["said"],
            "who": event.who,
            "at": moment(event.at),
        }
        for event, entry in zip(events, sentences, strict=True)
    )
    return [{name: value for name, value in row.items() if name in names} for row in rows]
