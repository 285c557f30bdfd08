"""Control of execution: the reports as pages, with the lists behind their figures, and as files."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import request, send_file
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.assignments.reports_docx import write_docx
from roadmapdocs.assignments.reports_made import TITLES, Report, make_paper
from roadmapdocs.assignments.reports_paper import Paper
from roadmapdocs.assignments.reports_scope import Staff
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import use_language
from roadmapdocs.web.base import PageView
from roadmapdocs.web.context import today
from roadmapdocs.web.control import contexts
from roadmapdocs.web.control.asking import asked_of, tokens_of
from roadmapdocs.web.control.conditions import Conditions
from roadmapdocs.web.control.frame import Page

_OFFICE = "application/vnd.openxmlformats-officedocument"


def _xlsx(paper: Paper) -> bytes:
    from roadmapdocs.assignments.reports_xlsx import write_xlsx  # noqa: PLC0415  # its library takes long to load

    return write_xlsx(paper)


#: Media type and writer of each kind of file.
WRITERS: Final[Mapping[str, tuple[str, Callable[[Paper], bytes]]]] = {
    "docx": (f"{_OFFICE}.wordprocessingml.document", write_docx),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _xlsx),
}


class ControlView(PageView):
    """Those who watch over execution see all of it as far as they may read the documents; others what is theirs."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self._page(Report.DUE, contexts.due_context)

    @expose("/late")
    def late(self) -> ResponseReturnValue:
        return self._page(Report.LATE, contexts.late_context)

    @expose("/discipline")
    def discipline(self) -> ResponseReturnValue:
        return self._page(Report.DISCIPLINE, contexts.discipline_context)

    @expose("/extensions")
    def extensions(self) -> ResponseReturnValue:
        return self._page(Report.EXTENSIONS, contexts.extensions_context)

    @expose("/documents")
    def documents(self) -> ResponseReturnValue:
        return self._page(Report.DOCUMENTS, contexts.documents_context)

    @expose("/roadmap")
    def roadmap(self) -> ResponseReturnValue:
        return self._page(Report.ROADMAP, contexts.roadmap_context)

    @expose("/list")
    def list(self) -> ResponseReturnValue:
        """``which`` says behind which figure, :class:`roadmapdocs.assignments.reports.Which`."""
        return self._page(Report.LIST, contexts.list_context)

    @expose("/file")
    def file(self) -> ResponseReturnValue:
        """``report`` and its conditions; ``format`` is xlsx or docx."""
        report, format_ = request.args.get("report", str(Report.DUE)), request.args.get("format", "xlsx")
        if report not in list(Report):
            raise NotFound("no_report", _("There is no such report. Choose one on the page of control."))
        if format_ not in WRITERS:
            raise NotFound("no_format", _("Reports are made for Word (docx) and Excel (xlsx) only."))
        conditions = Conditions.from_address(Report(report), request.args, today())
        # What is printed is Russian, whatever language the reader's pages speak.
        with use_language("ru"):
            tokens = tokens_of(conditions, Staff(today())) if conditions.said() else []
            paper = make_paper(asked_of(conditions, tokens))
            media_type, write = WRITERS[format_]
            data = io.BytesIO(write(paper))
        name = f"{TITLES[conditions.report]} {today():%Y-%m-%d}.{format_}"
        return send_file(data, mimetype=media_type, as_attachment=True, download_name=name)

    def _page(self, report: Report, context_of: Callable[[Page], dict[str, Any]]) -> ResponseReturnValue:
        conditions = Conditions.from_address(report, request.args, today())
        return self.render(f"control_{report}.html", **context_of(Page(conditions)))
