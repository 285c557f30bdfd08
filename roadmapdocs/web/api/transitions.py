"""``@workflow``: where a document stands, and the one door by which it moves."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask.views import MethodView

from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.transitions import available, perform
from roadmapdocs.documents.visibility import states_of
from roadmapdocs.i18n import language
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.blueprints import takes_header
from roadmapdocs.web.api.documents import IF_MATCH, ONE, area, card_answer
from roadmapdocs.web.api.etags import answered, required_revision
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.schemas.documents import DocumentSchema
from roadmapdocs.web.api.schemas.transitions import StepSchema, WorkflowSchema
from roadmapdocs.web.context import now, today
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line, Offer


@area.route(f"{ONE}/@workflow")
class WorkflowOfDocument(MethodView):
    @area.response(200, WorkflowSchema)
    def get(self, document_id: int) -> Response:
        """States of a document, and the steps that leave them with the reason why each is closed, if it is."""
        document = read_document(document_id, by=actor())
        offers = available(document, by=actor(), today=today())
        body = {
            "revision": document.revision,
            "states": _states(document),
            "transitions": [_step(document, offer) for offer in offers],
        }
        return answered(body, revision=document.revision)


@area.route(f"{ONE}/@workflow/<string(maxlength=64):transition>")
class Step(MethodView):
    @area.arguments(StepSchema, required=False)
    @area.response(200, DocumentSchema)
    @takes_header("If-Match", IF_MATCH)
    @idempotent
    def post(self, sent: dict[str, Any], document_id: int, transition: str) -> Response:
        """Take a step: register, send to be agreed, annul. The answer is the card as it is afterwards."""
        document = read_document(document_id, by=actor())
        revision = required_revision(document.revision) if "If-Match" in request.headers else sent.get("revision")
        moved = perform(
            document_id,
            transition,
            answers=Answers(**sent["answers"]),
            revision=revision,
            by=actor(),
            now=now(),
            today=today(),
        )
        return card_answer(moved)


def _states(document: Document) -> list[dict[str, str]]:
    workflow, gender = workflow_of(document.workflow_id), document.kind.gender
    present = states_of(document)
    return [
        {
            "line": str(line),
            "state": present[line],
            "meaning": getattr(document, line.value),
            "label": workflow.state(line, present[line]).label.in_language(language(), gender),
        }
        for line in Line
    ]


def _step(document: Document, offer: Offer) -> dict[str, Any]:
    step = offer.transition
    return {
        "@id": url_for(".Step", document_id=document.id, transition=step.name, _external=True),
        "name": step.name,
        "line": str(step.line),
        "target": step.target,
        "label": step.label.in_language(language(), document.kind.gender),
        "asks": list(step.asks),
        "may_ask": list(step.may_ask),
        "main": step.main,
        "open": offer.why_not is None,
        "why_not": offer.why_not,
    }
