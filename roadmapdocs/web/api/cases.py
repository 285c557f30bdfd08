"""Cases of the nomenclature, and the documents in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import peewee as pw
from flask import Response
from flask.views import MethodView

from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.cases.nomenclature import note_words, term_words
from roadmapdocs.cases.rights import open_to
from roadmapdocs.documents.filing import counts_by_case
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Unit
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.journals import area
from roadmapdocs.web.api.naming import document_named
from roadmapdocs.web.api.paging import Order, Paged, Sparse, page, page_of, whole, words
from roadmapdocs.web.api.schemas.journals import CasesAskedSchema, CaseSchema
from roadmapdocs.web.api.schemas.values import NamedDocumentSchema, day
from roadmapdocs.web.api.sparse import dumped, dumped_all
from roadmapdocs.web.base import ROW_ID

ONE = f"/cases/<{ROW_ID}:case_id>"
_ORDER = Order((whole(Case.year), words(Case.index_sort), whole(Case.id)))
_BY_NUMBER = Order((words(Document.number_sort), whole(Document.id)))


@area.route("/cases")
class Cases(MethodView):
    @area.arguments(CasesAskedSchema, location="query")
    @area.response(200, page_of(CaseSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """Cases by year and index; `organisation` narrows to its own."""
        query = _cases()
        if asked["year"] is not None:
            query = query.where(Case.year == asked["year"])
        if asked["organisation"] is not None:
            query = query.where(Case.organisation == asked["organisation"])
        return answered(page(query, _ORDER, asked, lambda rows: dumped_all(CaseSchema, _told(rows), asked["fields_"])))


@area.route(ONE)
class OneCase(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, CaseSchema)
    def get(self, asked: dict[str, Any], case_id: int) -> Response:
        """One case; of its documents those are counted that are open to who asks."""
        return answered(dumped(CaseSchema, _told([_case(case_id)])[0], asked["fields_"]))


@area.route(f"{ONE}/documents")
class CaseDocuments(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(NamedDocumentSchema))
    def get(self, asked: dict[str, Any], case_id: int) -> Response:
        """Documents of a case that are open to who asks, in the order of their numbers."""
        inside = (Document.case == _case(case_id)) & visible_to(actor())
        query = Document.select(Document, Kind).join(Kind).where(inside)

        def shown(rows: list[Document]) -> list[dict[str, Any]]:
            return dumped_all(NamedDocumentSchema, [document_named(row) for row in rows], asked["fields_"])

        return answered(page(query, _BY_NUMBER, asked, shown))


def _case(case_id: int) -> Case:
    found: Case | None = _cases().where(Case.id == case_id).first()
    if found is None:
        raise NotFound("no_case", _("There is no such case. Choose one from the nomenclature."))
    return found


def _cases() -> pw.ModelSelect:
    rows = Case.select(Case, Retention, Unit).join(Retention).switch(Case).join(Unit, pw.JOIN.LEFT_OUTER)
    return rows.where(open_to(actor()))


def _told(rows: Sequence[Case]) -> list[dict[str, Any]]:
    counts = counts_by_case([row.id for row in rows], actor())
    return [
        {
            "id": row.id,
            "year": row.year,
            "case_index": row.case_index,
            "title": row.title,
            "unit": {"id": row.unit_id, "name": row.unit.name} if row.unit_id is not None else None,
            "term": term_words(row.retention),
            "note": note_words(row),
            "transitional": row.transitional,
            "closed_on": day(row.closed_on),
            "documents": counts.get(row.id, 0),
        }
        for row in rows
    ]
