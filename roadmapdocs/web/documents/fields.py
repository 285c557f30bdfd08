"""The form of a card: the columns that every card has, and the fields that its kind asks for besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.fields import LONG_LIMIT, TEXT_LIMIT, Field
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import LINE_LIMIT, NUMBER_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT, Preparation
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Organisation, Unit
from roadmapdocs.web.documents.people import name_of
from roadmapdocs.web.forms import lazy, plain_line, plain_text
from roadmapdocs.web.words import mark_word, yes_or_no

#: A browser sends the first form; the second is what people type where there is no calendar.
DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
#: Before the names of a kind's own fields, so that none of them can be taken for one of the form's.
OWN = "own-"
LIST = "people"


def _row(label: str) -> Any:
    return SelectField(label, coerce=lambda value: int(value) if value else None)


class DocumentForm(FlaskForm):
    """``preparation`` is asked of a new card only: a draft, or a document that was signed on paper before."""

    kind = SelectField(lazy("Kind"), [InputRequired(lazy("Choose the kind."))])
    preparation = RadioField(lazy("What is it?"))
    number = StringField(lazy("Number"), [Length(max=NUMBER_LIMIT)])
    date = DateField(lazy("Date"), [Optional()], format=DAYS)
    title = StringField(lazy("Title"), [InputRequired(lazy("Write what the document is about.")), Length(max=TITLE_LIMIT)])
    body = StringField(lazy("Body that met"), [Length(max=LINE_LIMIT)])
    summary = TextAreaField(lazy("Summary"), [Length(max=SUMMARY_LIMIT)])
    signer = StringField(lazy("Signer"), [Length(max=LINE_LIMIT)])
    drafter = StringField(lazy("Drafter"), [Length(max=LINE_LIMIT)])
    organisation_id = _row(lazy("Organisation"))
    unit_id = _row(lazy("Unit"))
    force_from = DateField(lazy("Comes into force on"), [Optional()], format=DAYS)
    mark = SelectField(lazy("Access"), default=str(Mark.GENERAL))
    mark_basis = StringField(lazy("Ground of the restriction"), [Length(max=LINE_LIMIT)])
    file = FileField(lazy("File"))
    revision = HiddenField(default="0")

    #: Fields of the kind, in its order.
    own: tuple[Field, ...] = ()

    def __init__(self, kinds: Iterable[Any], *arguments: Any, **values: Any) -> None:
        """``kinds`` are those to choose from."""
        super().__init__(*arguments, **values)
        self.kind.choices = [("", _("Choose")), *((kind.code, kind.name) for kind in kinds)]
        self.preparation.choices = [
            (str(Preparation.DRAFT), _("A draft")),
            (str(Preparation.SIGNED), _("Signed and registered already")),
        ]
        self.mark.choices = [(str(mark), mark_word(mark)) for mark in Mark]
        self.unit_id.choices = _rows(Unit.select().order_by(Unit.name, Unit.id), "name")
        organisations = list(Organisation.select().order_by(Organisation.short_name, Organisation.id))
        self.organisation_id.choices = _rows(organisations, "short_name")
        for name in ("signer", "drafter"):
            self[name].render_kw = {"list": LIST}
        for field, control in zip(self.own, self.own_controls(), strict=True):
            if field.type in ("choice", "yes_no"):
                control.choices = _choices(field, control.data)

    def own_controls(self) -> list[Any]:
        return [self[OWN + field.name] for field in self.own]

    def own_values(self) -> dict[str, object]:
        """What was sent of the kind's fields, as :func:`roadmapdocs.documents.fields.read_fields` takes it."""
        sent = [field for field in self.own if OWN + field.name in request.form]
        return {field.name: _plain(field, self[OWN + field.name].data) for field in sent}

    def drop(self, *names: str) -> None:
        """Leave fields out: what is not shown is not taken either."""
        for name in names:
            if name in self:
                del self[name]

    @property
    def read_at(self) -> int:
        """The revision at which the card was opened; 0, which no card has, for anything that is none."""
        text = self.revision.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    def take(self, refusal: Refusal) -> None:
        """Put a refusal's sentences beside the fields they are about, or else beside the title."""
        fields = refusal.details.get("fields")
        sentences = fields if isinstance(fields, dict) else {"title": refusal.message}
        for name, sentence in sentences.items():
            self.blame(str(name), str(sentence))

    def blame(self, name: str, sentence: str) -> None:
        asked = {"signer_id": "signer", "drafter_id": "drafter"}.get(name, name)
        found = next((one for one in (asked, OWN + asked, "title") if one in self), "title")
        self[found].errors = [*self[found].errors, sentence]

    def remind_of_file(self) -> None:
        """A browser sends a chosen file once: with the form shown again it has to be chosen again."""
        if "file" in self and self.file.data and not self.file.errors:
            self.file.errors = [_("The file was not kept. Choose it once more.")]


def form_for(fields: Iterable[Field]) -> type[DocumentForm]:
    """The form with these fields of a kind added, each by its type."""
    fields = tuple(fields)
    return type("KindForm", (DocumentForm,), {"own": fields, **{OWN + one.name: _control(one) for one in fields}})


def values_of(document: Document, fields: Iterable[Field]) -> dict[str, object]:
    """A stored card as the data of a form with these fields of a kind."""
    columns = ("number", "date", "title", "body", "summary", "signer", "organisation_id", "unit_id", "force_from")
    return {
        **{name: getattr(document, name) for name in (*columns, "mark", "mark_basis")},
        **{OWN + one.name: _shown(one, document.fields.get(one.name)) for one in fields},
        "kind": document.kind.code,
        "drafter": name_of(document.drafter) if document.drafter_id else "",
        "revision": str(document.revision),
    }


def words_of(control: Any) -> str:
    """What a field holds, as a person reads it."""
    value = control.data
    if control.type in ("SelectField", "RadioField"):
        chosen = str(value) if value is not None else ""
        return next((str(label) for key, label in control.choices if str(key) == chosen), chosen)
    if control.type == "DateField":
        return value.strftime("%d.%m.%Y") if value else ""
    return str(value or "")


def _control(field: Field) -> Any:
    """A control whose own checks are about the form only: what a value must be is the fields' matter."""
    words = field.label
    if field.type == "long":
        return TextAreaField(words, [Length(max=LONG_LIMIT)])
    if field.type == "date":
        return DateField(words, [Optional()], format=DAYS)
    if field.type == "yes_no":
        return SelectField(words)
    if field.type == "choice":
        return SelectField(words, validate_choice=False)
    extra = {"integer": {"inputmode": "numeric"}, "person": {"list": LIST}}.get(field.type, {})
    return StringField(words, [Length(max=TEXT_LIMIT)], render_kw=extra)


def _choices(field: Field, chosen: str | None) -> list[tuple[str, str]]:
    if field.type == "yes_no":
        return [("", "—"), ("1", yes_or_no(True)), ("0", yes_or_no(False))]
    # What was chosen before the choices changed stays in sight, until another is chosen.
    gone = [chosen] if chosen and chosen not in field.choices else []
    return [("", "—"), *((one, one) for one in (*field.choices, *gone))]


def _plain(field: Field, value: Any) -> object:
    if field.type == "yes_no":
        return {"1": True, "0": False}.get(value)
    if field.type == "date":
        return value.isoformat() if value else None
    return plain_text(value) if field.type == "long" else plain_line(value)


def _shown(field: Field, stored: Any) -> object:
    """A stored value as its control holds it: dates are ISO text in the table, yes and no are "1" and "0" here."""
    if isinstance(stored, bool):
        return str(int(stored))
    if field.type == "date" and stored:
        return dt.date.fromisoformat(stored)
    return "" if stored is None else stored


def _rows(rows: Iterable[Any], name: str) -> list[tuple[int | str, str]]:
    return [("", "—"), *((row.id, str(getattr(row, name))) for row in rows)]
