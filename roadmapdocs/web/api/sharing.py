"""``@sharing``: who may read and change a document as it stands, and why."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from roadmapdocs.documents.operations import read_document
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.documents import ONE, area
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.schemas.document_parts import SharingSchema
from roadmapdocs.web.context import today
from roadmapdocs.web.documents.who import who_context
from roadmapdocs.workflow.rules import RIGHTS


@area.route(f"{ONE}/@sharing")
class Sharing(MethodView):
    @area.response(200, SharingSchema)
    def get(self, document_id: int) -> Response:
        """Who may read and change a document as it stands, and why."""
        document = read_document(document_id, by=actor())
        told: dict[str, Any] = who_context(document, today())
        mark = told["mark"]
        body = {
            "rights": [_right(right, one) for right, one in zip(RIGHTS, told["rights"], strict=True)],
            "reasons": [
                {"line": one["line"], "state": one["badge"]["label"], "who": one["who"]} for one in told["reasons"]
            ],
            "mark": mark["word"] if mark else None,
            "mark_basis": mark["basis"] if mark else None,
            "shut_out": told["shut_out"],
        }
        return answered(body)


def _right(right: str, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "right": right,
        "caption": told["caption"],
        "holders": [{"label": one["label"], "name": str(one["name"])} for one in told["holders"]],
        "people": told["people"],
        "names": told["names"],
    }
