"""``@links``: typed links of a document."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask.views import MethodView

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import LinkLine, link_documents, links_of, unlink
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.documents import ONE, address_of, area
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.paging import page_of, whole_list
from roadmapdocs.web.api.schemas.document_parts import LinkSchema, NewLinkSchema
from roadmapdocs.web.api.schemas.files import ReasonSchema
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, today


@area.route(f"{ONE}/@links")
class Links(MethodView):
    @area.response(200, page_of(LinkSchema))
    def get(self, document_id: int) -> Response:
        """Links from and to a document, as far as the caller may read the other end."""
        document = read_document(document_id, by=actor())
        return answered(whole_list([_shown(document, line) for line in links_of(document, by=actor())]))

    @area.arguments(NewLinkSchema)
    @area.response(201, LinkSchema)
    @idempotent
    def post(self, sent: dict[str, Any], document_id: int) -> Response:
        """Say that this document does something to another."""
        link = link_documents(
            document_id,
            sent["target"],
            LinkKind(sent["kind"]),
            note=sent["note"],
            points=sent["points"],
            since=sent["since"],
            by=actor(),
            now=now(),
            today=today(),
        )
        body = _of(document_id, link.id)
        response = answered(body, status=201)
        response.headers["Location"] = body["@id"]
        return response


@area.route(f"{ONE}/@links/<{ROW_ID}:link_id>")
class Link(MethodView):
    @area.response(200, LinkSchema)
    def get(self, document_id: int, link_id: int) -> Response:
        """One link of a document."""
        return answered(_of(document_id, link_id))

    @area.arguments(ReasonSchema, location="query")
    @area.response(204)
    def delete(self, asked: dict[str, Any], document_id: int, link_id: int) -> Response:
        """Take a link off with the effects it has had, saying why. Only the document that acts takes its links off."""
        document = read_document(document_id, by=actor())
        if not DocumentLink.select().where((DocumentLink.id == link_id) & (DocumentLink.source == document)).exists():
            raise _no_link()
        unlink(link_id, asked["reason"], by=actor(), now=now(), today=today())
        return Response(status=204)


def _of(document_id: int, link_id: int) -> dict[str, Any]:
    document = read_document(document_id, by=actor())
    for line in links_of(document, by=actor()):
        if line.id == link_id:
            return _shown(document, line)
    raise _no_link()


def _no_link() -> NotFound:
    return NotFound("no_link", _("The document has no such link. Look at the list of its links."))


def _shown(document: Document, line: LinkLine) -> dict[str, Any]:
    other = line.other
    return {
        "@id": url_for(".Link", document_id=document.id, link_id=line.id, _external=True),
        "id": line.id,
        "kind": str(line.kind),
        "outgoing": line.outgoing,
        "words": line.words,
        "other": {
            "@id": address_of(other.id),
            "id": other.id,
            "kind": other.kind.code,
            "number": other.number,
            "date": other.date.isoformat() if other.date else None,
            "title": other.title,
        },
        "note": line.note,
        "points": line.points,
        "since": line.since.isoformat() if line.since else None,
        "acted": line.acted,
    }
