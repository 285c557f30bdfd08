"""What comes before a document is ready: whether its number is free, and its text as a form."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from roadmapdocs.access.rules import Action, require
from roadmapdocs.documents.card_numbers import number_taken_by, taken_words
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.visibility import may
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import draft_of, make_version, save_draft, start_draft
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.documents import ONE, area
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.schemas.document_parts import DraftAskedSchema, DraftSchema
from roadmapdocs.web.api.schemas.documents import NumberAskedSchema, NumberFoundSchema
from roadmapdocs.web.api.schemas.files import VersionSchema
from roadmapdocs.web.api.sparse import dumped
from roadmapdocs.web.api.versions import version_body
from roadmapdocs.web.context import now, store, today


@area.route("/documents/@number")
class Number(MethodView):
    @area.arguments(NumberAskedSchema, location="query")
    @area.response(200, NumberFoundSchema)
    def get(self, asked: dict[str, Any]) -> Response:
        """Whether a number is free. It is not kept for anybody by this."""
        require(actor(), Action.WRITE_DOCUMENT)
        kind = Kind.get_or_none(Kind.code == asked["kind"])
        if kind is None:
            raise NotFound("no_type", _("There is no kind %(code)s. Look at the list of kinds.", code=asked["kind"]))
        taken = number_taken_by(asked["number"], kind, asked["date"], but=asked.get("document", 0))
        seen = taken is not None and may(taken, "read", actor())
        body = {
            "number": asked["number"],
            "free": taken is None,
            "document": taken.id if taken is not None and seen else None,
            "why_not": taken_words(asked["number"], taken) if taken is not None else None,
        }
        return answered(body)


@area.route(f"{ONE}/@draft")
class TextAsForm(MethodView):
    @area.response(200, DraftSchema)
    def get(self, document_id: int) -> Response:
        """The text of a document as what fills its template."""
        draft = draft_of(read_document(document_id, by=actor()))
        return answered(dumped(DraftSchema, draft), revision=draft.revision)

    @area.arguments(DraftAskedSchema, required=False)
    @area.response(201, VersionSchema)
    @idempotent
    def post(self, sent: dict[str, Any], document_id: int) -> Response:
        """Print the text by its template as a Word file, which becomes the current version."""
        document = read_document(document_id, by=actor())
        _keep(document, sent)
        version = make_version(
            document_id, sent["comment"], sent["substantial"], store=store(), by=actor(), now=now(), today=today()
        )
        body = version_body(version)
        response = answered(body, status=201)
        response.headers["Location"] = body["@id"]
        return response


def _keep(document: Document, sent: dict[str, Any]) -> None:
    """What was sent becomes the draft: a first one, or over the one that is there."""
    content = sent.get("content")
    present = Draft.get_or_none(Draft.document == document.id)
    if present is None:
        start_draft(document.id, sent.get("template") or None, content, by=actor(), now=now())
    elif content is not None:
        revision = sent.get("revision", present.revision)
        save_draft(document.id, content, revision, by=actor(), now=now(), today=today())
