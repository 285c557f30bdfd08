"""Roadmaps: the list, one with its editions and sections, loading a file, the report."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import peewee as pw
from flask import Response, send_file, url_for
from flask.views import MethodView

from roadmapdocs.access.rules import Action, require
from roadmapdocs.coverage import report as reports
from roadmapdocs.coverage.matrix import coverage_of, coverage_of_editions
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.models import Employee
from roadmapdocs.roadmap.draft_json import draft_as_json
from roadmapdocs.roadmap.imports import import_file
from roadmapdocs.roadmap.models import Edition, Item, Roadmap, current_editions
from roadmapdocs.roadmap.operations import current_edition, get_roadmap
from roadmapdocs.roadmap.reader.files import read_file
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.blueprints import Area, takes_header
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.fields import moment
from roadmapdocs.web.api.files import received
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.paging import Order, Paged, Sparse, page, page_of, whole, whole_list
from roadmapdocs.web.api.schemas.roadmaps import (
    EditionSchema,
    ImportingSchema,
    ReadRoadmapSchema,
    ReportSchema,
    RoadmapsAskedSchema,
    RoadmapSchema,
    SectionSchema,
    StoredRoadmapSchema,
)
from roadmapdocs.web.api.sparse import dumped, dumped_all
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, store, today
from roadmapdocs.web.roadmaps.coverage_json import score_as_json
from roadmapdocs.web.roadmaps.view import FORMATS

area = Area("roadmaps", "Roadmaps, their items, and what proves them")
ONE = f"/roadmaps/<{ROW_ID}:roadmap_id>"
_ORDER = Order((whole(Roadmap.id),))
_BYTES = {"type": "string", "format": "binary"}
_FORM = {"type": "object", "required": ["file"], "properties": {"file": _BYTES}}
_REPORTS = {kind: {"schema": _BYTES} for kind, _write in FORMATS.values()}
_UPLOAD = {
    "required": True,
    "content": {"multipart/form-data": {"schema": _FORM}, "application/octet-stream": {"schema": _BYTES}},
}


@area.route("/roadmaps")
class Roadmaps(MethodView):
    @area.arguments(RoadmapsAskedSchema, location="query")
    @area.response(200, page_of(RoadmapSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """Roadmaps, each with the figures of its current edition."""
        query = _roadmaps()
        if asked["year"] is not None:
            query = query.where((Roadmap.first_year <= asked["year"]) & (Roadmap.last_year >= asked["year"]))
        return answered(page(query, _ORDER, asked, lambda rows: dumped_all(RoadmapSchema, _told(rows), asked["fields_"])))

    @area.arguments(ImportingSchema, location="query")
    @area.doc(requestBody=_UPLOAD)
    @area.response(201, StoredRoadmapSchema)
    @area.alt_response(200, schema=ReadRoadmapSchema, description="What the file says, with dry_run.")
    @takes_header("Content-Digest", "sha-256 of the file, as RFC 9530 has it; where it does not fit, nothing is kept.")
    @idempotent
    def post(self, asked: dict[str, Any]) -> Response:
        """Read a file (the part `file` of a form, or the body itself) and store it as a roadmap, or as an edition of one."""
        require(actor(), Action.IMPORT_ROADMAP)
        upload = received()
        data, name = upload.data, upload.name
        if asked["dry_run"]:
            return answered(draft_as_json(read_file(data, name)))
        edition = import_file(
            data,
            name,
            store=store(),
            directory=DatabaseDirectory(),
            title=asked["title"] or None,
            new_edition=asked["new_edition"],
            edition_of=get_roadmap(asked["edition_of"]) if asked["edition_of"] is not None else None,
            by=actor(),
            now=now(),
        )
        told = {
            "id": edition.roadmap_id,
            "edition": edition.number,
            "items": edition.items.count(),
            "defects": len(edition.defects),
        }
        response = answered(told, status=201)
        response.headers["Location"] = url_for(".Roadmap", roadmap_id=edition.roadmap_id, _external=True)
        return response


@area.route(ONE, endpoint="Roadmap")
class OneRoadmap(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, RoadmapSchema)
    def get(self, asked: dict[str, Any], roadmap_id: int) -> Response:
        """One roadmap with the figures of its current edition."""
        get_roadmap(roadmap_id)
        (told,) = _told(list(_roadmaps().where(Roadmap.id == roadmap_id)))
        return answered(dumped(RoadmapSchema, told, asked["fields_"]))


@area.route(f"{ONE}/editions")
class Editions(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(EditionSchema))
    def get(self, asked: dict[str, Any], roadmap_id: int) -> Response:
        """Editions of a roadmap, the current one first; what was doubtful when each was stored."""
        query = Edition.select().where(Edition.roadmap == get_roadmap(roadmap_id))
        order = Order((whole(Edition.number),), descending=True)
        return answered(page(query, order, asked, lambda rows: dumped_all(EditionSchema, _editions(rows), asked["fields_"])))


@area.route(f"{ONE}/sections")
class Sections(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, page_of(SectionSchema))
    def get(self, asked: dict[str, Any], roadmap_id: int) -> Response:
        """Sections of the current edition in the order of the file, each with the figures of its own items."""
        coverage = coverage_of(current_edition(get_roadmap(roadmap_id)), today=today())
        numbers = {section.id: section.number for section in coverage.sections}
        rows = [
            {
                "id": section.id,
                "number": section.number,
                "title": section.title,
                "parent": numbers.get(section.parent) if section.parent is not None else None,
                "totals": score_as_json(score) if (score := coverage.totals.sections.get(section.id)) else None,
            }
            for section in coverage.sections
        ]
        return answered(whole_list(dumped_all(SectionSchema, rows, asked["fields_"])))


@area.route(f"{ONE}/@report")
class Report(MethodView):
    @area.arguments(ReportSchema, location="query")
    @area.doc(responses={"200": {"description": "The file", "content": _REPORTS}})
    def get(self, asked: dict[str, Any], roadmap_id: int) -> Response:
        """The state of a roadmap as a Word or Excel file, with what is open to who asks."""
        roadmap = get_roadmap(roadmap_id)
        media_type, write = FORMATS[asked["format"]]
        coverage = coverage_of(current_edition(roadmap), today=today())
        data = write(reports.build(roadmap.title, coverage, reader=actor(), today=today()))
        name = f"roadmap-{roadmap.id}-{today():%Y-%m-%d}.{asked['format']}"
        response = send_file(io.BytesIO(data), mimetype=media_type, as_attachment=True, download_name=name)
        response.cache_control.private = True
        return response


def _roadmaps() -> pw.ModelSelect:
    return Roadmap.select(Roadmap, Employee).join(Employee, pw.JOIN.LEFT_OUTER, on=(Roadmap.coordinator == Employee.id))


def _told(rows: Iterable[Roadmap]) -> list[dict[str, Any]]:
    rows = list(rows)
    editions = Edition.select().where(Edition.roadmap.in_([row.id for row in rows]) & Edition.id.in_(current_editions()))
    current = {edition.roadmap_id: edition for edition in editions}
    coverages = coverage_of_editions([edition.id for edition in current.values()], today=today()) if current else {}
    return [
        {
            "id": row.id,
            "title": row.title,
            "first_year": row.first_year,
            "last_year": row.last_year,
            "coordinator": {"id": row.coordinator_id, "name": str(row.coordinator)} if row.coordinator_id else None,
            "edition": current[row.id].number,
            "totals": score_as_json(coverages[current[row.id].id].totals.whole),
        }
        for row in rows
    ]


def _editions(rows: Iterable[Edition]) -> list[dict[str, Any]]:
    rows = list(rows)
    counted = Item.select(Item.edition, pw.fn.COUNT(Item.id)).where(Item.edition.in_([row.id for row in rows]))
    items = dict(counted.group_by(Item.edition).tuples())
    return [
        {
            "number": row.number,
            "file_name": row.file_name,
            "approval": row.approval,
            "abbreviations": row.abbreviations,
            "defects": row.defects,
            "items": items.get(row.id, 0),
            "stored_by": row.stored_by,
            "stored_at": moment(row.stored_at),
        }
        for row in rows
    ]
