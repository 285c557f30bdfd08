"""Pages of roadmaps: the list, the matrix with its panel, an item, two editions side by side, the report."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from flask import request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, may
from roadmapdocs.coverage import report as reports
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.report_docx import write_docx
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import Edition, Roadmap
from roadmapdocs.roadmap.operations import current_edition, get_roadmap
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, settings, today
from roadmapdocs.web.roadmaps.acts import RoadmapActs
from roadmapdocs.web.roadmaps.assigned import assign_url
from roadmapdocs.web.roadmaps.assigning import RoadmapAssigning
from roadmapdocs.web.roadmaps.compare_page import compare_context
from roadmapdocs.web.roadmaps.filters import Filters
from roadmapdocs.web.roadmaps.head import roadmap_head
from roadmapdocs.web.roadmaps.imports import ImportPages
from roadmapdocs.web.roadmaps.item_page import item_context
from roadmapdocs.web.roadmaps.listing import list_context
from roadmapdocs.web.roadmaps.matrix_page import MatrixPage
from roadmapdocs.web.roadmaps.panel import find_slot, panel_context
from roadmapdocs.web.roadmaps.timeline import glance, section_bars, timeline


def _xlsx(report: reports.Report) -> bytes:
    from roadmapdocs.coverage.report_xlsx import write_xlsx  # noqa: PLC0415  # its library takes long to load

    return write_xlsx(report)


#: Media type and writer of each kind of report.
FORMATS: dict[str, tuple[str, Callable[[reports.Report], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}


class RoadmapsView(ImportPages, RoadmapActs, RoadmapAssigning, PageView):
    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self.render("roadmaps.html", **list_context(actor=actor(), today=today(), zone=settings().zone))

    @expose(f"/<{ROW_ID}:roadmap_id>")
    def roadmap(self, roadmap_id: int) -> ResponseReturnValue:
        roadmap = get_roadmap(roadmap_id)
        edition = current_edition(roadmap)
        coverage = coverage_of(edition, today=today())
        filters = Filters.read(request.args)
        page = url_for(".roadmap", roadmap_id=roadmap_id)
        here = filters.address(page)
        chart = timeline(coverage, today())
        found = find_slot(coverage.items, request.args.get("slot", ""))
        panel = found and panel_context(
            *found,
            here=here,
            find=request.args.get("find"),
            actor=actor(),
            today=today(),
            zone=settings().zone,
        )
        return self.render(
            "roadmap.html",
            roadmap=roadmap_head(roadmap, edition, actor()),
            today=today(),
            reader=actor().name,
            assign_url=assign_url(page, actor()),
            may_edit=may(actor(), Action.LINK_DOCUMENT),
            may_import=may(actor(), Action.IMPORT_ROADMAP),
            glance=glance(coverage, chart, Filters(state="late").address(page)),
            section_bars=section_bars(coverage),
            timeline=chart,
            slot_url=f"{here}{'&' if '?' in here else '?'}",
            close_url=here,
            panel=panel,
            **MatrixPage(coverage, filters, page=page, actor=actor(), today=today()).context(),
        )

    @expose(f"/<{ROW_ID}:roadmap_id>/items/<{ROW_ID}:item_id>")
    def item(self, roadmap_id: int, item_id: int) -> ResponseReturnValue:
        roadmap = get_roadmap(roadmap_id)
        context = item_context(roadmap, item_id, actor=actor(), today=today(), zone=settings().zone)
        return self.render("roadmap_item.html", **context)

    @expose(f"/<{ROW_ID}:roadmap_id>/compare")
    def compare(self, roadmap_id: int) -> ResponseReturnValue:
        """``left`` and ``right`` are ids of editions; without them the last two are compared."""
        roadmap = get_roadmap(roadmap_id)
        right = _edition(roadmap, "right") or current_edition(roadmap)
        left = _edition(roadmap, "left") or _before(right)
        page = url_for(".compare", roadmap_id=roadmap_id)
        only_changes = request.args.get("all") != "1"
        context = compare_context(roadmap, left, right, only_changes=only_changes, page=page)
        return self.render("roadmap_compare.html", **context)

    @expose(f"/<{ROW_ID}:roadmap_id>/report")
    def report(self, roadmap_id: int) -> ResponseReturnValue:
        """``format`` is docx or xlsx."""
        roadmap = get_roadmap(roadmap_id)
        asked = request.args.get("format", "docx")
        if asked not in FORMATS:
            raise NotFound("no_format", _("Reports are made for Word (docx) and Excel (xlsx) only."))
        media_type, write = FORMATS[asked]
        coverage = coverage_of(current_edition(roadmap), today=today())
        data = write(reports.build(roadmap.title, coverage, reader=actor(), today=today()))
        name = f"{_file_name(roadmap.title)} {today():%Y-%m-%d}.{asked}"
        return send_file(io.BytesIO(data), mimetype=media_type, as_attachment=True, download_name=name)


def _edition(roadmap: Roadmap, side: str) -> Edition | None:
    """
    :raise NotFound: if the address names an edition that is not one of this roadmap
    """
    asked = request.args.get(side)
    if asked is None:
        return None
    known = asked.isdecimal() and len(asked) < 10
    edition: Edition | None = (
        Edition.get_or_none((Edition.id == int(asked)) & (Edition.roadmap == roadmap)) if known else None
    )
    if edition is None:
        raise NotFound("no_edition", _("The roadmap has no such edition. Choose one from the list."))
    return edition


def _before(edition: Edition) -> Edition:
    """The edition before; the edition itself where it is the first."""
    earlier = Edition.select().where((Edition.roadmap == edition.roadmap_id) & (Edition.number < edition.number))
    return earlier.order_by(Edition.number.desc()).first() or edition


def _file_name(title: str) -> str:
    """The title without what file systems refuse."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", title).strip()[:80] or "roadmap"
