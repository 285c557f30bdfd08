"""``documents``: the list, a new card, one card, its change."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask.views import MethodView

from roadmapdocs.documents import operations
from roadmapdocs.documents.models import Document
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.blueprints import Area, takes_header
from roadmapdocs.web.api.documents_card import changed_card, new_card, shown
from roadmapdocs.web.api.documents_list import NAMES, lines, matching, order_of
from roadmapdocs.web.api.etags import answered, required_revision
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.paging import Sparse, page, page_of
from roadmapdocs.web.api.schemas.documents import (
    ChangedDocumentSchema,
    DocumentLineSchema,
    DocumentsAskedSchema,
    DocumentSchema,
    NewDocumentSchema,
)
from roadmapdocs.web.api.sparse import wanted
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, today

area = Area("documents", "Documents: cards, files, links, states, history")
ONE = f"/documents/<{ROW_ID}:document_id>"
IF_MATCH = "The header ETag of the last reading: what somebody changed meanwhile is not written over."


def address_of(document_id: int) -> str:
    return url_for("roadmapdocs_api_documents.OneDocument", document_id=document_id, _external=True)


def card_answer(document: Document, *, status: int = 200, fields: str = "") -> Response:
    """The card with its tag, as every call answers that reads or changes one."""
    address = address_of(document.id)
    response = answered(shown(document, actor(), address, fields), revision=document.revision, status=status)
    if status == 201:
        response.headers["Location"] = address
    return response


@area.route("/documents")
class Documents(MethodView):
    @area.arguments(DocumentsAskedSchema, location="query")
    @area.response(200, page_of(DocumentLineSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """Documents that are open to the caller."""
        names = wanted(asked["fields_"], NAMES)
        order = order_of(asked["order"])
        query = matching(asked, actor()).select(*{key.column for key in order.keys} | {Document.id})
        addresses = address_of(0).removesuffix("0")
        return answered(page(query, order, asked, lambda rows: lines([row.id for row in rows], names, addresses)))

    @area.arguments(NewDocumentSchema)
    @area.response(201, DocumentSchema)
    @idempotent
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a card: a draft, or a signed document with the number and date that it has."""
        made = operations.create_document(new_card(sent), by=actor(), now=now(), today=today())
        return card_answer(operations.get_document(made.id), status=201)


@area.route(ONE)
class OneDocument(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, DocumentSchema)
    @takes_header("If-None-Match", "The header ETag of the last reading: 304 if nothing has changed since.")
    def get(self, asked: dict[str, Any], document_id: int) -> Response:
        """The whole card of a document."""
        document = operations.read_document(document_id, by=actor())
        return card_answer(document, fields=asked["fields_"])

    @area.arguments(ChangedDocumentSchema)
    @area.response(200, DocumentSchema)
    @takes_header("If-Match", IF_MATCH, required=True)
    def patch(self, sent: dict[str, Any], document_id: int) -> Response:
        """Change what is named of a card."""
        document = operations.read_document(document_id, by=actor())
        revision = required_revision(document.revision)
        card = changed_card(document, sent)
        changed = operations.update_document(
            document_id, card, revision=revision, by=actor(), now=now(), today=today()
        )
        return card_answer(changed)
