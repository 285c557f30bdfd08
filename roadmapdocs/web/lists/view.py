"""Addresses of the list of documents: the page itself, its files, steps for many documents, and how one likes it."""

from __future__ import annotations

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.documents import saved_filters
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import pages
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.lists.bulk import asked_name, choose_page, perform_page, preview_page
from roadmapdocs.web.lists.chips import conditions_of, own_filters
from roadmapdocs.web.lists.clauses import Asking
from roadmapdocs.web.lists.columns import ALWAYS, all_columns, known_columns
from roadmapdocs.web.lists.conditions import Conditions
from roadmapdocs.web.lists.context import list_context
from roadmapdocs.web.lists.export import Export

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class DocumentList:
    """Mixed into the view of documents."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return pages.render("documents.html", **list_context(Conditions.from_address(request.args), _asking()))

    @expose("/export.<any(xlsx, csv):format>")
    def export(self, format: str) -> ResponseReturnValue:
        columns = known_columns(saved_filters.columns_of(actor().user_id))
        written = Export(Conditions.from_address(request.args), columns, _asking()).write(format, now=now())
        name = _("documents %(day)s", day=today().isoformat()) + f".{format}"
        response = send_file(written, mimetype=MEDIA_TYPES[format], as_attachment=True, download_name=name)
        response.cache_control.private = True
        return response

    @expose("/bulk", methods=["GET", "POST"])
    def bulk(self) -> ResponseReturnValue:
        """GET changes nothing: it shows the steps, and with ``do`` whom one of them fits. POST does it."""
        name = asked_name()
        try:
            if request.method == "POST":
                return perform_page(name)
            return preview_page(name) if name else choose_page()
        except Refusal as refusal:
            if refusal.code not in {"nothing_chosen", "too_many"}:
                raise
            flash(refusal.message, "refused")
            return redirect(_back().url())

    @expose("/look")
    def look(self) -> ResponseReturnValue:
        """Columns and filters of the person's own."""
        return self._look()

    @expose("/filters", methods=["POST"])
    def save_filter(self) -> ResponseReturnValue:
        conditions = _back()
        try:
            kept = saved_filters.save_filter(request.form.get("name", ""), conditions.query(), by=actor())
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("The filter “%(name)s” is kept.", name=kept.name), "done")
        return redirect(conditions.url())

    @expose(f"/filters/<{ROW_ID}:filter_id>", methods=["POST"])
    def change_filter(self, filter_id: int) -> ResponseReturnValue:
        act = request.form.get("act", "")
        try:
            if act == "rename":
                saved_filters.rename_filter(filter_id, request.form.get("name", ""), by=actor())
            elif act == "up":
                saved_filters.move_filter_up(filter_id, by=actor())
            elif act == "remove":
                saved_filters.remove_filter(filter_id, by=actor())
        except Refusal as refusal:
            if refusal.code != "filter_name":
                raise
            return self._look(filter_id, request.form.get("name", ""), refusal)
        return redirect(_look_url())

    @expose("/columns", methods=["POST"])
    def choose_columns(self) -> ResponseReturnValue:
        """The columns ticked, in the order of the form; "up" moves one, "usual" goes back to the usual ones."""
        form = request.form
        names = [name for name in dict.fromkeys(form.getlist("column")) if name in all_columns()]
        if form.get("up") in names:
            names = saved_filters.moved_up(names, form["up"])
        saved_filters.choose_columns([] if "usual" in form else names, by=actor())
        if "up" in form or "usual" in form:
            return redirect(_look_url())
        return redirect(_back().url())

    def _look(self, filter_id: int = 0, typed: str = "", refusal: Refusal | None = None) -> ResponseReturnValue:
        chosen = [column.name for column in known_columns(saved_filters.columns_of(actor().user_id))]
        known = all_columns()
        names = [*chosen, *(name for name in known if name not in chosen)]
        page = pages.render(
            "documents_filters.html",
            columns=[
                {"name": name, "label": known[name].label(), "chosen": name in chosen, "always": name == ALWAYS}
                for name in names
            ],
            filters=[
                {
                    "id": one.id,
                    "name": typed if one.id == filter_id else one.name,
                    "url": one.conditions.url(),
                    "problem": refusal.message if refusal is not None and one.id == filter_id else None,
                }
                for one in own_filters(actor().user_id)
            ],
            limit=saved_filters.MOST_FILTERS,
            name_limit=saved_filters.NAME_LIMIT,
            query=_back().query(),
            back_url=_back().url(),
        )
        return page, 422 if refusal is not None else 200


def _asking() -> Asking:
    return Asking(actor(), today())


def _back() -> Conditions:
    """The list one came from: its conditions out of a form's "back", or of the address itself."""
    if "back" in request.form:
        return conditions_of(request.form["back"])
    if "back" in request.args:
        return conditions_of(request.args["back"])
    return Conditions.from_address(request.args)


def _look_url() -> str:
    return url_for(".look", back=_back().query() or None)
