"""Pages of cases: the nomenclature of a year, a case with its documents, closing a year, what is due, filing."""

from __future__ import annotations

import io
from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import Admin, expose

from roadmapdocs.access.rules import Action, require
from roadmapdocs.cases import closing, nomenclature, operations
from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.documents import filing
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.cases import lists
from roadmapdocs.web.cases.forms import CaseForm, RetentionTable
from roadmapdocs.web.cases.scope import Scope, read_year
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import lazy, plain_line

_OFFICE = "application/vnd.openxmlformats-officedocument"


def _docx(listed: nomenclature.Nomenclature) -> bytes:
    from roadmapdocs.cases.nomenclature_docx import write_docx  # noqa: PLC0415  # its library takes long to load

    return write_docx(listed)


def _xlsx(listed: nomenclature.Nomenclature) -> bytes:
    from roadmapdocs.cases.nomenclature_xlsx import write_xlsx  # noqa: PLC0415  # likewise

    return write_xlsx(listed)


#: Media type and writer of each kind of file.
WRITERS: dict[str, tuple[str, Callable[[nomenclature.Nomenclature], bytes]]] = {
    "docx": (f"{_OFFICE}.wordprocessingml.document", _docx),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _xlsx),
}


class CasesView(PageView):
    """Everybody reads the nomenclature, and in a case the documents that are open to them; clerks keep it."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return self.render("cases.html", **lists.nomenclature_context(_scope(), actor(), today()))

    @expose("/export")
    def export(self) -> ResponseReturnValue:
        """``format`` is docx or xlsx."""
        scope, asked = _scope(), request.args.get("format", "docx")
        if asked not in WRITERS:
            raise NotFound("no_format", _("The nomenclature is made for Word (docx) and Excel (xlsx) only."))
        cases = [case.id for case in operations.cases_of(scope.year, scope.organisation_id)]
        counts = filing.counts_by_case(cases, actor())
        media_type, write = WRITERS[asked]
        data = write(nomenclature.build(scope.year, scope.organisation_id, counts))
        name = _("Nomenclature of cases for %(year)s", year=scope.year)
        return send_file(
            io.BytesIO(data), mimetype=media_type, as_attachment=True, download_name=f"{name}.{asked}"
        )

    @expose(f"/<{ROW_ID}:case_id>")
    def case(self, case_id: int) -> ResponseReturnValue:
        case = operations.find_case(case_id, by=actor())
        return self.render("case.html", **lists.case_context(case, _scope_of(case), actor(), _page()))

    @expose("/new", methods=["GET", "POST"])
    def create(self) -> ResponseReturnValue:
        require(actor(), Action.MANAGE_CASES)
        scope = _scope()
        form = CaseForm(scope.organisation_id)
        return self._keep(form, scope, None)

    @expose(f"/<{ROW_ID}:case_id>/edit", methods=["GET", "POST"])
    def edit(self, case_id: int) -> ResponseReturnValue:
        require(actor(), Action.MANAGE_CASES)
        case = operations.find_case(case_id, by=actor())
        return self._keep(CaseForm(case.organisation_id, case), _scope_of(case), case)

    def _keep(self, form: CaseForm, scope: Scope, case: Case | None) -> ResponseReturnValue:
        refusal: Refusal | None = None
        if form.validate_on_submit():
            try:
                kept = operations.keep_case(
                    case, form.card(scope.year, scope.organisation_id), by=actor(), now=now()
                )
            except Refusal as problem:
                refusal = problem
                form.take(problem)
            else:
                flash(_("The case %(index)s is saved.", index=kept.case_index), "done")
                return redirect(url_for(".case", case_id=kept.id) if case else scope.url())
        back = url_for(".case", case_id=case.id) if case else scope.url()
        page = self.render("case_form.html", form=form, case=case, scope=scope, back_url=back)
        return page, status_of(refusal) if refusal else 422 if form.errors else 200

    @expose("/copy", methods=["POST"])
    def copy(self) -> ResponseReturnValue:
        """``from`` is the year to copy, ``year`` that of the new nomenclature."""
        scope = _scope()
        source = read_year(request.form.get("from", "")) or scope.year - 1
        number = operations.copy_nomenclature(source, scope.year, scope.organisation_id, by=actor(), now=now())
        flash(ngettext("%(num)s case is copied.", "%(num)s cases are copied.", number), "done")
        return redirect(scope.url())

    @expose("/close", methods=["GET", "POST"])
    def close(self) -> ResponseReturnValue:
        require(actor(), Action.MANAGE_CASES)
        scope = _scope()
        if request.method == "GET":
            closing.check_can_close(scope.year, scope.organisation_id, today=today())
            return self.render("case_closing.html", **lists.closing_context(scope, actor()))
        said = closing.close_year(scope.year, scope.organisation_id, by=actor(), now=now(), today=today())
        words = _(
            "The year %(year)s is closed: %(closed)s ended, %(transitional)s go on in the next year.",
            year=scope.year,
            closed=said.closed,
            transitional=said.transitional,
        )
        flash(words, "done")
        return redirect(scope.url())

    @expose("/reopen", methods=["POST"])
    def reopen(self) -> ResponseReturnValue:
        scope = _scope()
        reason = plain_line(request.form.get("reason"))
        try:
            closing.reopen_year(scope.year, scope.organisation_id, reason, by=actor(), now=now())
        except Refusal as refusal:
            if refusal.details.get("field") != "reason":
                raise
            flash(refusal.message, "refused")
        else:
            flash(_("The year %(year)s is open again.", year=scope.year), "done")
        return redirect(scope.url())

    @expose("/unfiled")
    def unfiled(self) -> ResponseReturnValue:
        """``only=year`` narrows the list to documents of the year of the address."""
        require(actor(), Action.MANAGE_CASES)
        scope = _scope()
        only = scope.year if request.args.get("only") == "year" else None
        query = filing.unfiled(actor(), scope.organisation_id, only)
        address = scope.url("unfiled", only="year") if only else scope.url("unfiled")
        context = {
            "places": lists.places(scope, actor(), "unfiled", today()),
            "scope": scope,
            "only": only,
            "choices": lists.open_cases(scope.organisation_id),
            **lists.page_of(query, _page(), address),
        }
        return self.render("case_unfiled.html", **context)

    @expose("/file", methods=["POST"])
    def file(self) -> ResponseReturnValue:
        """File the ticked documents: first what would be refused and why, then, with ``confirm``, for good."""
        require(actor(), Action.MANAGE_CASES)
        scope, ids = _scope(), _ticked("document")
        case_id = _number(request.form.get("case", ""))
        if not ids or not case_id:
            flash(_("Tick documents and choose the case to file them into."), "refused")
            return redirect(scope.url("unfiled"))
        if not request.form.get("confirm"):
            found = filing.preview_filing(ids, case_id, by=actor(), today=today())
            return self._filing_page(scope, case_id, found, done=False)
        found = filing.file_documents(ids, case_id, by=actor(), now=now(), today=today())
        filed = sum(verdict.why_not is None for verdict in found)
        if filed:
            flash(ngettext("%(num)s document is filed.", "%(num)s documents are filed.", filed), "done")
        if filed == len(found):
            return redirect(url_for(".case", case_id=case_id))
        return self._filing_page(scope, case_id, found, done=True)

    def _filing_page(
        self, scope: Scope, case_id: int, found: list[filing.Verdict], *, done: bool
    ) -> ResponseReturnValue:
        page: str = self.render(
            "case_filing.html",
            scope=scope,
            case=operations.find_case(case_id, by=actor()),
            done=done,
            passing=[lists.document_row(one.document) for one in found if one.why_not is None],
            refused=[(lists.document_row(one.document), one.why_not) for one in found if one.why_not is not None],
        )
        return page

    @expose("/due")
    def due(self) -> ResponseReturnValue:
        require(actor(), Action.MANAGE_CASES)
        return self._due_page(_scope())

    @expose("/take-off", methods=["POST"])
    def take_off(self) -> ResponseReturnValue:
        """Take the ticked cases off the list by an act, each with its documents; asked once more before."""
        require(actor(), Action.MANAGE_CASES)
        scope, ids, act = _scope(), _ticked("case"), plain_line(request.form.get("act"))
        if not ids or not act:
            flash(_("Tick cases and write the number and date of the act."), "refused")
            return redirect(scope.url("due"))
        if not request.form.get("confirm"):
            return self._due_page(scope, ids, act)
        taken = 0
        for case_id in ids:
            try:
                filing.take_off(case_id, act, by=actor(), now=now(), today=today())
            except Refusal as refusal:
                flash(refusal.message, "refused")
            else:
                taken += 1
        if taken:
            flash(ngettext("%(num)s case is taken off.", "%(num)s cases are taken off.", taken), "done")
        return redirect(scope.url("due"))

    def _due_page(self, scope: Scope, ids: list[int] | None = None, act: str = "") -> ResponseReturnValue:
        """The list; with ``ids`` those cases only, to be confirmed."""
        rows = filing.due_list(today(), scope.organisation_id)
        page: str = self.render(
            "case_due.html",
            places=lists.places(scope, actor(), "due", today()),
            scope=scope,
            rows=[(row, nomenclature.term_words(row.case.retention)) for row in rows if ids is None or row.case.id in ids],
            act=act,
            confirm=ids is not None,
        )
        return page, HTTPStatus.OK


def _scope() -> Scope:
    return Scope.read(request.values, actor=actor(), this_year=today().year)


def _scope_of(case: Case) -> Scope:
    return _scope().of(case.year, case.organisation_id)


def _page() -> int:
    return max(_number(request.args.get("page", "")), 1)


def _number(text: str) -> int:
    """An id or a page; 0, which no row has, for what is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _ticked(name: str) -> list[int]:
    return list(dict.fromkeys(number for text in request.form.getlist(name) if (number := _number(text))))


def add_case_views(admin: Admin, url: str) -> None:
    """The pages of cases, and the list of terms for administrators."""
    admin.add_view(CasesView(name=lazy("Cases"), endpoint="roadmapdocs_cases", url=f"{url}/cases"))
    terms = f"{url}/reference/retention"
    admin.add_view(
        RetentionTable(Retention, name=lazy("Terms of storage"), endpoint="roadmapdocs_table_retention", url=terms)
    )
