"""Forms of cases, and the list of retention terms as a reference table for administrators."""

from __future__ import annotations

from typing import Any, ClassVar, cast

import peewee as pw
from flask_admin.form import BaseForm
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from roadmapdocs.access.rules import Action
from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.cases.nomenclature import term_words
from roadmapdocs.cases.retention import keep_retention
from roadmapdocs.cases.rules import INDEX_LIMIT, LONGEST_TERM, NOTE_LIMIT, TITLE_LIMIT, CaseCard
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Unit
from roadmapdocs.web.base import TableView
from roadmapdocs.web.context import actor, now
from roadmapdocs.web.forms import lazy, plain_line
from roadmapdocs.web.words import yes_or_no

_LONGEST_DOCUMENTS = 1_000


def _row_id(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


class CaseForm(FlaskForm):
    """A case of a nomenclature; which one, says the address."""

    case_index = StringField(
        lazy("Index of the case"),
        [InputRequired(lazy("Write the index of the case.")), Length(max=INDEX_LIMIT)],
        description=lazy("The code of the unit, a hyphen, the number: 01-05."),
    )
    unit_id = SelectField(lazy("Unit"), [Optional()], coerce=_row_id)
    title = StringField(
        lazy("Heading of the case"),
        [InputRequired(lazy("Write the heading of the case.")), Length(max=TITLE_LIMIT)],
    )
    retention_id = SelectField(
        lazy("Term of storage and article of the list"), [InputRequired(lazy("Choose the term of storage."))], coerce=_row_id
    )
    transitional = BooleanField(
        lazy("Goes on into the next year"),
        description=lazy("When the year is closed, the case stays open and gets a row in the next nomenclature."),
    )
    note = TextAreaField(lazy("Note"), [Length(max=NOTE_LIMIT)])

    def __init__(self, organisation_id: int | None, stored: Case | None = None) -> None:
        names = ("case_index", "unit_id", "title", "retention_id", "transitional", "note")
        super().__init__(data={name: getattr(stored, name) for name in names} if stored else None)
        self.unit_id.choices = [("", "—"), *_units(organisation_id)]
        self.retention_id.choices = [("", _("Choose")), *((row.id, f"{term_words(row)}: {row.documents}") for row in _terms())]

    def card(self, year: int, organisation_id: int | None) -> CaseCard:
        """What was typed, for a case of this nomenclature."""
        return CaseCard(
            year=year,
            case_index=plain_line(self.case_index.data),
            title=plain_line(self.title.data),
            retention_id=self.retention_id.data,
            organisation_id=organisation_id,
            unit_id=self.unit_id.data,
            transitional=self.transitional.data,
            note=plain_line(self.note.data),
        )

    def take(self, refusal: Refusal) -> None:
        """Put a refusal's sentences beside the fields they are about, or else beside the index."""
        fields = refusal.details.get("fields")
        sentences = fields if isinstance(fields, dict) else {"case_index": refusal.message}
        for name, sentence in sentences.items():
            field = self._fields.get(name, self.case_index)
            field.errors = [*field.errors, sentence]


def _units(organisation_id: int | None) -> list[tuple[int, str]]:
    rows = Unit.select().order_by(Unit.name, Unit.id)
    if organisation_id is not None:
        rows = rows.where(Unit.organisation == organisation_id)
    return [(row.id, row.name) for row in rows]


def _terms() -> pw.ModelSelect:
    return Retention.select().order_by(Retention.position, Retention.id)


class RetentionForm(BaseForm):
    documents = TextAreaField(
        lazy("Documents"), [InputRequired(lazy("Fill this in.")), Length(max=_LONGEST_DOCUMENTS)], filters=[plain_line]
    )
    article = StringField(lazy("Article"), [Optional(), Length(max=64)], filters=[plain_line])
    text = StringField(
        lazy("Term as printed"), [InputRequired(lazy("Fill this in.")), Length(max=200)], filters=[plain_line]
    )
    years = IntegerField(
        lazy("Term in years"),
        [Optional(), NumberRange(0, LONGEST_TERM, lazy("A number of years from 0 to 150, or nothing."))],
        description=lazy("Empty for good; 0 until no longer needed. Counted from 1 January after the case was closed."),
    )
    epk = BooleanField(lazy("With the mark ЭПК"))

    def values(self) -> dict[str, object]:
        """Columns of the table."""
        return {name: self[name].data for name in ("documents", "article", "text", "years", "epk")}


class RetentionTable(TableView):
    """Lines of the list of terms, added and changed by administrators."""

    action = Action.MANAGE_REGISTRY
    can_create = can_edit = True
    form = RetentionForm
    column_list = column_details_list = ("documents", "article", "text", "years", "epk")
    column_sortable_list = ("article", "text", "years", "position")
    column_searchable_list = ("documents", "article", "text")
    column_default_order = "position"
    column_labels: ClassVar[dict[str, str]] = {
        "documents": lazy("Documents"),
        "article": lazy("Article"),
        "text": lazy("Term as printed"),
        "years": lazy("Term in years"),
        "epk": lazy("With the mark ЭПК"),
    }
    column_formatters: ClassVar[dict[str, Any]] = {
        "epk": lambda _view, _context, row, _name: yes_or_no(row.epk),
        "years": lambda _view, _context, row, _name: "" if row.years is None else str(row.years),
    }
    column_formatters_export = column_formatters

    def save_form(self, form: Any, model: pw.Model | None) -> pw.Model:
        return keep_retention(cast(Any, model), form.values(), by=actor(), now=now())
