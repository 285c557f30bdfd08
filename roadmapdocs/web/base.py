"""The views that all others inherit from: Flask-Admin's, with its traps closed once.

Flask-Admin's peewee views apply the list's query to the list only, save forms straight onto the row, cascade
on delete and offer a bulk delete that asks nobody; :class:`TableView` ends all four.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

import peewee as pw
from flask import abort, flash, redirect
from flask.typing import ResponseReturnValue
from flask_admin import BaseView, babel, helpers
from flask_admin.contrib.peewee import ModelView
from flask_admin.theme import Bootstrap4Theme

from roadmapdocs.access.rules import Action, may, reason
from roadmapdocs.db import transaction
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import pages
from roadmapdocs.web.context import actor, sign_in_address, signed_in
from roadmapdocs.web.forms import plain_line

#: Converter of row ids in addresses: SQLite raises on an integer of more than 64 bits instead of finding nothing.
ROW_ID = "int(max=2147483647)"
LONGEST_EXPORT = 10_000
LONGEST_PAGE = 200
LONGEST_SEARCH = 200
LAST_PAGE = 100_000
LONGEST_ID = 9
#: A cell that begins with one of these is a formula to Excel, and runs.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Guarded:
    """Opens to those who signed in and may do :attr:`action`; sends the others to the sign-in page or says why."""

    action: ClassVar[Action] = Action.READ

    def is_accessible(self) -> bool:
        return signed_in() is not None and may(actor(), self.action)

    def inaccessible_callback(self, name: str, **kwargs: Any) -> ResponseReturnValue:  # noqa: ARG002 - as Flask-Admin calls it
        if signed_in() is None:
            return redirect(sign_in_address())
        raise Forbidden("forbidden", reason(self.action))


class PageView(Guarded, BaseView):
    """A page of our own inside Flask-Admin's menu, rendered in an environment of our own."""

    def _run_view(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        """Flask-Admin calls a view once more, otherwise, on any TypeError, and hides what was wrong."""
        return fn(self, *args, **kwargs)

    def render(self, template: str, **kwargs: Any) -> str:
        return pages.render(template, admin_view=self, **kwargs)


class TableView(Guarded, ModelView):
    """A reference table for administrators. Rows are changed through operations of the subclass, never directly."""

    action = Action.MANAGE_PEOPLE
    can_delete = False
    can_export = True
    can_view_details = True
    can_create = False
    can_edit = False
    export_max_rows = LONGEST_EXPORT
    page_size_options = (20, 50, LONGEST_PAGE)
    can_set_page_size = True
    action_disallowed_list: ClassVar[list[str]] = ["delete"]

    def render(self, template: str, **kwargs: Any) -> str:
        """As Flask-Admin does it, but in our frame: a host's Admin may wear any."""
        return pages.render(
            template,
            admin_view=self,
            admin_base_template=Bootstrap4Theme().base_template,
            admin_csp_nonce_attribute="",
            theme=Bootstrap4Theme(),
            h=helpers,
            get_url=self.get_url,
            _gettext=babel.gettext,
            _ngettext=babel.ngettext,
            **self._template_args,
            **kwargs,
        )

    def get_list(
        self, page: int | None, sort_column: str | None, sort_desc: bool | None, search: str | None, *rest: Any, **more: Any
    ) -> tuple[int | None, Any]:
        """Rows of a page; what makes no sense in an address is passed over."""
        page = min(max(page or 0, 0), LAST_PAGE)
        sort = sort_column if sort_column in self._sortable_columns else None
        words = plain_line(search)[:LONGEST_SEARCH]
        return cast(tuple[int | None, Any], super().get_list(page, sort, sort_desc, words, *rest, **more))

    def search_placeholder(self) -> str:
        return _("Words of the table")

    def get_one(self, id: Any) -> pw.Model:
        """The row through the same query as the list: an address typed by hand opens no other."""
        if not isinstance(id, str) or not id.isdecimal() or len(id) > LONGEST_ID:
            abort(404)
        row: pw.Model | None = self.get_query().where(self.model._meta.primary_key == int(id)).first()
        if row is None:
            abort(404)
        return row

    def get_export_value(self, model: pw.Model, name: Any) -> str:
        """A cell that Excel takes for text, whatever it begins with."""
        text = str(super().get_export_value(model, name))
        return f"'{text}" if text.startswith(FORMULA_SIGNS) else text

    def get_export_name(self, export_type: str = "csv") -> str:
        """Words of Cyrillic letters would vanish from the name."""
        return f"{self.endpoint.removeprefix('roadmapdocs_table_')}.{export_type}"

    def validate_form(self, form: Any) -> bool:
        """Flask-Admin shows errors that are strings and no others: ours are put into words first."""
        valid = bool(super().validate_form(form))
        for field in form:
            field.errors = [str(error) for error in field.errors]
        return valid

    def create_model(self, form: Any) -> Any:
        return self._save(form, None) or False

    def update_model(self, form: Any, model: pw.Model) -> bool:
        return self._save(form, model) is not None

    def _save(self, form: Any, model: pw.Model | None) -> pw.Model | None:
        """Save all or nothing. A refusal stands beside the fields it is about, and what was typed stays."""
        try:
            with transaction():
                return self.save_form(form, model)
        except Refusal as refusal:
            _take(form, refusal)
            return None

    def delete_model(self, model: pw.Model) -> bool:  # noqa: ARG002 - as Flask-Admin calls it
        abort(405)

    def save_form(self, form: Any, model: pw.Model | None) -> pw.Model:  # noqa: ARG002 - as Flask-Admin calls it
        """One use case: create or change a row by an operation. Views that let people write override it."""
        abort(405)


def _take(form: Any, refusal: Refusal) -> None:
    """Put a refusal's sentences beside the fields they are about; what is about none of them is told above."""
    fields = refusal.details.get("fields")
    sentences = fields if isinstance(fields, dict) else {refusal.details.get("field"): refusal.message}
    for name, sentence in sentences.items():
        if name in form:
            form[name].errors = [*form[name].errors, sentence]
        else:
            flash(sentence, "refused")
