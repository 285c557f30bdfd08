"""Coverage of a roadmap, and what people say about its periods: proved by, not required, really expected."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from roadmapdocs.access.rules import Action, require
from roadmapdocs.coverage import operations as coverage
from roadmapdocs.coverage.matrix import coverage_of, coverage_of_item
from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item, Section
from roadmapdocs.roadmap.operations import confirm_expected, current_edition, get_roadmap
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.paging import Sparse
from roadmapdocs.web.api.roadmaps import ONE, area
from roadmapdocs.web.api.schemas.coverage import (
    CoverageSchema,
    ExpectedRefSchema,
    ProofSchema,
    RequiringSchema,
    RowsSchema,
    WaiverSchema,
)
from roadmapdocs.web.api.sparse import dumped
from roadmapdocs.web.context import now, today
from roadmapdocs.web.roadmaps.coverage_json import coverage_as_json, rows_as_json


@area.route(f"{ONE}/@coverage")
class Coverage(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, CoverageSchema)
    def get(self, asked: dict[str, Any], roadmap_id: int) -> Response:
        """Totals, and each expected document of each period with its status: what `roadmap coverage --json` prints."""
        roadmap = get_roadmap(roadmap_id)
        edition = current_edition(roadmap)
        found = coverage_as_json(roadmap, edition, coverage_of(edition, today=today()), today(), Reader(actor()))
        return answered(dumped(CoverageSchema, found, asked["fields_"]))


@area.route(f"{ONE}/@coverage/prove", methods=["POST"])
@area.arguments(ProofSchema)
@area.response(200, RowsSchema)
@idempotent
def prove(sent: dict[str, Any], roadmap_id: int) -> Response:
    """Say that a document proves the expected document of a period. Saying it twice changes nothing."""
    expected = _expected(roadmap_id, sent["expected_id"])
    document = read_document(sent["document_id"], by=actor())
    coverage.link(expected.id, sent["period"], document, by=actor(), now=now())
    return _rows(expected)


@area.route(f"{ONE}/@coverage/disprove", methods=["POST"])
@area.arguments(ProofSchema)
@area.response(200, RowsSchema)
@idempotent
def disprove(sent: dict[str, Any], roadmap_id: int) -> Response:
    """Take back that a document proves the expected document of a period."""
    expected = _expected(roadmap_id, sent["expected_id"])
    document = read_document(sent["document_id"], by=actor())
    same = (Proof.expected == expected) & (Proof.period == sent["period"]) & (Proof.document == document)
    proof = Proof.get_or_none(same)
    coverage.unlink(proof.id if proof is not None else 0, by=actor(), now=now())
    return _rows(expected)


@area.route(f"{ONE}/@coverage/waive", methods=["POST"])
@area.arguments(WaiverSchema)
@area.response(200, RowsSchema)
@idempotent
def waive(sent: dict[str, Any], roadmap_id: int) -> Response:
    """Say that a period needs no document, and why."""
    expected = _expected(roadmap_id, sent["expected_id"])
    coverage.waive(expected.id, sent["period"], sent["reason"], by=actor(), now=now())
    return _rows(expected)


@area.route(f"{ONE}/@coverage/require", methods=["POST"])
@area.arguments(RequiringSchema)
@area.response(200, RowsSchema)
@idempotent
def require_again(sent: dict[str, Any], roadmap_id: int) -> Response:
    """Say that a period needs its document after all."""
    expected = _expected(roadmap_id, sent["expected_id"])
    coverage.unwaive(expected.id, sent["period"], sent["reason"], by=actor(), now=now())
    return _rows(expected)


@area.route(f"{ONE}/@coverage/confirm", methods=["POST"])
@area.arguments(ExpectedRefSchema)
@area.response(200, RowsSchema)
@idempotent
def confirm(sent: dict[str, Any], roadmap_id: int) -> Response:
    """Say that a document which was read out of an item's title is really expected."""
    expected = _expected(roadmap_id, sent["expected_id"])
    confirm_expected(expected, by=actor(), now=now())
    return _rows(expected)


@area.route(f"{ONE}/@coverage/reject", methods=["POST"])
@area.arguments(ExpectedRefSchema)
@area.response(200, RowsSchema)
@idempotent
def reject(sent: dict[str, Any], roadmap_id: int) -> Response:
    """Say that a document which was read out of an item's title is not expected."""
    expected = _expected(roadmap_id, sent["expected_id"])
    coverage.reject_expected(expected.id, by=actor(), now=now())
    return _rows(expected)


def _expected(roadmap_id: int, expected_id: int) -> ExpectedDocument:
    """The role goes first, so that nobody learns what there is."""
    require(actor(), Action.LINK_DOCUMENT)
    rows = ExpectedDocument.select(ExpectedDocument, Item).join(Item).join(Edition)
    found: ExpectedDocument | None = rows.where(
        (ExpectedDocument.id == expected_id) & (Edition.roadmap == get_roadmap(roadmap_id))
    ).first()
    if found is None:
        raise NotFound(
            "no_expected", _("The item expects no such document any more. Reload the page: it may have changed.")
        )
    return found


def _rows(expected: ExpectedDocument) -> Response:
    covered = coverage_of_item(expected.item_id, today=today())
    assert covered is not None  # its expected document was there a moment ago, and items are never deleted
    numbers = dict(Section.select(Section.id, Section.number).where(Section.edition == covered.item.edition).tuples())
    rows = [row for row in rows_as_json(covered, numbers, Reader(actor())) if row["expected_id"] == expected.id]
    return answered(dumped(RowsSchema, {"rows": rows}))
