"""Items of a roadmap's current edition: what is to be done, by whom, until when, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response
from flask.views import MethodView

from roadmapdocs.access.rules import Action, require
from roadmapdocs.coverage.matrix import CoveredItem, RoadmapCoverage, coverage_of, coverage_of_item
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import Edition, Item, Section, YearValue
from roadmapdocs.roadmap.operations import add_expected, current_edition, get_roadmap
from roadmapdocs.russian.terms import Term
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.in_memory import page_in_memory
from roadmapdocs.web.api.paging import Sparse, page_of
from roadmapdocs.web.api.roadmaps import ONE, area
from roadmapdocs.web.api.schemas.items import (
    ExpectedSchema,
    ItemsAskedSchema,
    ItemSchema,
    NewExpectedSchema,
    OneItemSchema,
)
from roadmapdocs.web.api.schemas.values import day
from roadmapdocs.web.api.sparse import dumped, dumped_all
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, today
from roadmapdocs.web.roadmaps.coverage_json import rows_as_json
from roadmapdocs.web.roadmaps.filters import Filters
from roadmapdocs.web.roadmaps.section_tree import below

ONE_ITEM = f"{ONE}/items/<{ROW_ID}:item_id>"


@area.route(f"{ONE}/items")
class Items(MethodView):
    @area.arguments(ItemsAskedSchema, location="query")
    @area.response(200, page_of(ItemSchema))
    def get(self, asked: dict[str, Any], roadmap_id: int) -> Response:
        """Items in the order of the file. With status, kind or year, only those with such a row, and only such rows."""
        edition = current_edition(get_roadmap(roadmap_id))
        coverage = coverage_of(edition, today=today())
        numbers = {section.id: section.number for section in coverage.sections}
        reader = Reader(actor())

        def shown(items: list[CoveredItem]) -> list[dict[str, Any]]:
            return dumped_all(ItemSchema, [item_as_json(one, numbers, reader) for one in items], asked["fields_"])

        return answered(page_in_memory(_narrowed(coverage, asked), asked, shown, of=edition.id))


@area.route(ONE_ITEM)
class OneItem(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, OneItemSchema)
    def get(self, asked: dict[str, Any], roadmap_id: int, item_id: int) -> Response:
        """One item, of whichever edition, with what the roadmap prints as its results."""
        row = _item(roadmap_id, item_id)
        covered = coverage_of_item(row.id, today=today())
        assert covered is not None  # items are never deleted
        numbers = dict(Section.select(Section.id, Section.number).where(Section.edition == row.edition_id).tuples())
        values = YearValue.select().where((YearValue.item == row) & YearValue.result.is_null(False))
        results = {str(value.year) if value.year is not None else "total": value.result for value in values}
        told = item_as_json(covered, numbers, Reader(actor())) | {"results": results, "edition": row.edition.number}
        return answered(dumped(OneItemSchema, told, asked["fields_"]))


@area.route(f"{ONE_ITEM}/expected", methods=["POST"])
@area.arguments(NewExpectedSchema)
@area.response(201, ExpectedSchema)
@idempotent
def expect(sent: dict[str, Any], roadmap_id: int, item_id: int) -> Response:
    """Say which document an item should have."""
    require(actor(), Action.LINK_DOCUMENT)
    made = add_expected(_item(roadmap_id, item_id), sent["title"], sent["kind"], by=actor(), now=now())
    return answered(dumped(ExpectedSchema, made), status=201)


def _item(roadmap_id: int, item_id: int) -> Item:
    rows = Item.select(Item, Edition).join(Edition)
    found: Item | None = rows.where((Item.id == item_id) & (Edition.roadmap == get_roadmap(roadmap_id))).first()
    if found is None:
        raise NotFound("no_item", _("The roadmap has no such item. Open the roadmap and look for it there."))
    return found


def _narrowed(coverage: RoadmapCoverage, asked: Mapping[str, Any]) -> list[CoveredItem]:
    section = ""
    if asked["section"]:
        section = next((str(one.id) for one in coverage.sections if one.number == asked["section"]), "")
        if not section:
            return []
    filters = Filters(
        state=asked["status"],
        section=section,
        who=asked["responsible"],
        kind=asked["kind"],
        mine="1" if asked["mine"] else "",
    )
    found = filters.apply(coverage.items, below(coverage.sections), actor())
    return found if asked["year"] is None else list(_of_year(found, asked["year"]))


def _of_year(items: Iterable[CoveredItem], year: int) -> Iterable[CoveredItem]:
    for one in items:
        slots = tuple(slot for slot in one.slots if slot.slot.year == year)
        if slots:
            yield CoveredItem(one.item, slots)


def item_as_json(covered: CoveredItem, sections: Mapping[int, str], reader: Reader) -> dict[str, Any]:
    """``sections`` are printed numbers by id."""
    item = covered.item
    return {
        "id": item.id,
        "number": item.number,
        "section": sections.get(item.section) if item.section is not None else None,
        "title": item.title,
        "terms": [_term(term) for term in item.plan.terms],
        "responsible": [{"text": one.text, "unit_id": one.unit, "employee_id": one.employee} for one in item.answering],
        "responsible_text": item.responsible_text,
        "expected_documents": list(item.plan.expected),
        "planned": dict(item.plan.planned),
        "rows": list(rows_as_json(covered, sections, reader)),
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "kind": term.kind,
        "start": day(term.start),
        "end": day(term.end),
        "recurrence": term.recurrence,
        "text": term.text,
        "year": term.year,
    }
