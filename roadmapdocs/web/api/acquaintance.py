"""Acquaintance: what one is to read and confirm, and who has read a document."""

from __future__ import annotations

from typing import Any

import peewee as pw
from flask import Response
from flask.views import MethodView

from roadmapdocs.acquaintance.addressees import with_units_below
from roadmapdocs.acquaintance.lists import latest_sheets
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.operations import no_acquaintance
from roadmapdocs.acquaintance.queries import Progress, Show, may_see, progress_of
from roadmapdocs.acquaintance.reading import confirm, read_through
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import Forbidden
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.blueprints import Area
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.fields import moment
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.naming import documents_named
from roadmapdocs.web.api.paging import Order, Paged, Sparse, page, page_of, whole
from roadmapdocs.web.api.schemas.acquaintance import (
    ProgressSchema,
    ReadersAskedSchema,
    ReaderSchema,
    ReadVersionSchema,
    ToReadSchema,
)
from roadmapdocs.web.api.schemas.values import day
from roadmapdocs.web.api.sparse import dumped, dumped_all
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, today

area = Area("acquaintance", "Acquaintance: what is to be read, and who has read it")
LINE = f"/acquaintance/<{ROW_ID}:acquaintance_id>"
OF_DOCUMENT = f"/documents/<{ROW_ID}:document_id>/@acquaintance"
_ORDER = Order((whole(Acquaintance.id),))


@area.route("/acquaintance")
class ToRead(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(ToReadSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """What one is asked to read, the oldest first."""
        query = _lines().where(Acquaintance.state == ReadingState.ASKED)
        return answered(page(query, _ORDER, asked, lambda rows: dumped_all(ToReadSchema, _told(rows), asked["fields_"])))


@area.route(LINE)
class OneReading(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, ToReadSchema)
    def get(self, asked: dict[str, Any], acquaintance_id: int) -> Response:
        """One's own place on a sheet."""
        return answered(_one(acquaintance_id, asked["fields_"]))


@area.route(f"{LINE}/@read", methods=["POST"])
@area.arguments(ReadVersionSchema)
@area.response(200, ToReadSchema)
@idempotent
def note_read(sent: dict[str, Any], acquaintance_id: int) -> Response:
    """Tell that the person was shown the text of this version to its last page."""
    read_through(acquaintance_id, sent["version_id"], by=actor(), now=now())
    return answered(_one(acquaintance_id))


@area.route(f"{LINE}/@confirm", methods=["POST"])
@area.arguments(ReadVersionSchema)
@area.response(200, ToReadSchema)
@idempotent
def confirm_known(sent: dict[str, Any], acquaintance_id: int) -> Response:
    """Confirm with a simple signature that the text of this version is known. Again changes nothing."""
    confirm(acquaintance_id, version_id=sent["version_id"], by=actor(), now=now(), today=today())
    return answered(_one(acquaintance_id))


@area.route(OF_DOCUMENT)
class ReadingProgress(MethodView):
    @area.response(200, ProgressSchema)
    def get(self, document_id: int) -> Response:
        """How far reading of a document's latest edition is, in people."""
        _seen(document_id)
        progress = progress_of([document_id], today=today()).get(document_id, Progress())
        return answered(dumped(ProgressSchema, progress))


@area.route(f"{OF_DOCUMENT}/readers")
class Readers(MethodView):
    @area.arguments(ReadersAskedSchema, location="query")
    @area.response(200, page_of(ReaderSchema))
    def get(self, asked: dict[str, Any], document_id: int) -> Response:
        """People on the sheets of a document's latest edition; `show` narrows to those who have not confirmed, and so on."""
        _seen(document_id)
        places = Acquaintance.select(Acquaintance, AcquaintanceSheet).join(AcquaintanceSheet)
        query = places.where(Acquaintance.sheet.in_(latest_sheets(document_id)) & _shown(Show(asked["show"])))
        if asked["unit"] is not None:
            query = query.where(Acquaintance.unit.in_(sorted(with_units_below([asked["unit"]]))))
        return answered(page(query, _ORDER, asked, lambda rows: dumped_all(ReaderSchema, _readers(rows), asked["fields_"])))


def _lines() -> pw.ModelSelect:
    """One's own places on sheets."""
    rows = Acquaintance.select(Acquaintance, AcquaintanceSheet).join(AcquaintanceSheet)
    return rows.where(Acquaintance.employee == (actor().employee_id or 0))


def _one(acquaintance_id: int, fields: str = "") -> dict[str, Any]:
    row = _lines().where(Acquaintance.id == acquaintance_id).first()
    if row is None:
        raise no_acquaintance()
    return dumped(ToReadSchema, _told([row])[0], fields)


def _told(rows: list[Acquaintance]) -> list[dict[str, Any]]:
    documents = documents_named([row.document_id for row in rows], actor())
    return [
        {
            **_common(row),
            "document": documents.get(row.document_id),
            "sent_by": row.sheet.sent_by,
            "note": row.sheet.note,
            "asked_at": moment(row.asked_at),
            "opened_at": moment(row.opened_at),
            "read_through_at": moment(row.read_through_at),
        }
        for row in rows
    ]


def _readers(rows: list[Acquaintance]) -> list[dict[str, Any]]:
    return [{**_common(row), "name": row.name, "post": row.post} for row in rows]


def _common(row: Acquaintance) -> dict[str, Any]:
    return {
        "id": row.id,
        "version_id": row.sheet.version_id,
        "state": row.state,
        "due": day(row.due),
        "day": day(row.day),
        "way": row.way,
    }


def _seen(document_id: int) -> None:
    """
    :raise Forbidden: ``who_reads`` for who may read the document, but not learn who has read it
    """
    if not may_see(read_document(document_id, by=actor()), actor()):
        sentence = _("Who has read a document is for those who send it, its drafter and its signer.")
        raise Forbidden("who_reads", sentence)


def _shown(show: Show) -> pw.Expression:
    """Those of an edition before are on its own sheets."""
    if show in {Show.WAITING, Show.LATE}:
        waiting = Acquaintance.state == ReadingState.ASKED
        return waiting & (Acquaintance.due < today()) if show is Show.LATE else waiting
    return Acquaintance.state != ReadingState.REPLACED if show is Show.ALL else Acquaintance.state == str(show)
