"""Forms of the reference tables of the registry: kinds and journals."""

from __future__ import annotations

from typing import Any

from flask_admin.form import BaseForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from roadmapdocs.cases.models import Retention
from roadmapdocs.documents.fields import catalogue as field_catalogue
from roadmapdocs.documents.fields import fields_of, own_field_lines, read_own_fields
from roadmapdocs.documents.kinds import CASE_FORMS
from roadmapdocs.documents.models import Kind
from roadmapdocs.documents.workflows import catalogue
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.people.models import Organisation
from roadmapdocs.registration.journals import CODE, JournalCard
from roadmapdocs.registration.rules import Reset
from roadmapdocs.roadmap.draft import EXPECTED_KINDS
from roadmapdocs.web.forms import lazy, plain_line, plain_text
from roadmapdocs.web.reference.people_forms import DATE_FORMATS, choice, line
from roadmapdocs.web.reference.registry_words import gender_words, group_words, reset_words
from roadmapdocs.web.words import line_word
from roadmapdocs.workflow.rules import Line


class Ticks(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class KindForm(BaseForm):
    """A kind of document. ``workflow_<line>`` are its definitions, ``form_<case>`` its case forms."""

    name = line(lazy("Full name"), required=True)
    short = line(lazy("Short name"), required=True, limit=60)
    code = StringField(
        lazy("Code"),
        [InputRequired(lazy("Fill this in.")), Length(max=32)],
        description=lazy("Latin small letters: it stands in addresses and files, and stays once there are documents."),
        filters=[plain_line],
    )
    gender = SelectField(lazy("Gender"), description=lazy("States and stamps agree with it: утверждён, утверждена, утверждено, утверждены."))
    group = SelectField(lazy("Group"))
    expected = SelectField(lazy("As roadmaps call it"))
    form_gen = line(lazy("Genitive (of what?)"))
    form_dat = line(lazy("Dative (to what?)"))
    form_acc = line(lazy("Accusative (what?)"))
    form_ins = line(lazy("Instrumental (by what?)"))
    form_pre = line(lazy("Prepositional (about what?)"))
    own_number = BooleanField(
        lazy("Takes a number of its own"),
        default=True,
        description=lazy("Without one it is known by the document that approves it."),
    )
    series = StringField(
        lazy("Series of journals"),
        [
            Optional(),
            Length(max=32),
            Regexp(CODE, message=lazy("A series begins with a small Latin letter and has letters, digits, - and _. Correct it.")),
        ],
        description=lazy("Journals of this series number the kind; a new word needs a journal of its own."),
        filters=[plain_line],
    )
    fields = Ticks(lazy("Fields of the card"))
    own_fields = TextAreaField(
        lazy("Fields of your own"),
        [Length(max=8_000)],
        description=lazy("A line each: Номер договора; текст; обязательно — or: Форма; выбор: очно, заочно"),
        filters=[plain_text],
    )
    workflow_preparation = SelectField()
    workflow_registration = SelectField()
    workflow_force = SelectField()
    workflow_acquaintance = SelectField()
    workflow_control = SelectField()
    workflow_storage = SelectField()
    retention_id = choice(lazy("Term of storage"))
    template = line(lazy("Template of a draft"))
    active = BooleanField(lazy("Offered for new cards"), default=True)

    def __init__(self, formdata: Any = None, obj: Kind | None = None, **options: Any) -> None:
        super().__init__(formdata, obj, **options)
        self._kind = obj
        self.gender.choices = list(gender_words().items())
        self.group.choices = list(group_words().items())
        self.expected.choices = [(word, word) for word in EXPECTED_KINDS]
        self.fields.choices = [(field.name, field.label) for field in fields_of(field_catalogue())]
        self.retention_id.choices = [("", "—"), *((row.id, str(row)) for row in Retention.select().order_by(Retention.position))]
        for one in Line:
            self._choose_workflow(one)
        if formdata is None and obj is not None:
            self._fill(obj)

    def _choose_workflow(self, one: Line) -> None:
        field = self[f"workflow_{one.value}"]
        field.label.text = _("Workflow: %(line)s", line=line_word(one))
        definitions = [row for row in catalogue().definitions.values() if row.line is one]
        field.choices = [(row.code, row.title.in_language(language())) for row in definitions]
        if not field.data:
            field.data = one.value

    def _fill(self, kind: Kind) -> None:
        for case in CASE_FORMS:
            self[f"form_{case}"].data = kind.forms.get(case, "")
        for one in Line:
            self[f"workflow_{one.value}"].data = kind.workflows.get(one.value, one.value)
        self.fields.data = [name for name in kind.fields if isinstance(name, str)]
        self.own_fields.data = own_field_lines(kind.fields)

    def validate_own_fields(self, field: TextAreaField) -> None:
        """A label in two lines: at the next change nobody could tell which of the two is which."""
        labels = [line.partition(";")[0].strip() for line in (field.data or "").splitlines()]
        if twice := next((label for label in labels if label and labels.count(label) > 1), None):
            raise ValidationError(_("The field %(name)s is named twice. Leave one.", name=twice))

    def values(self) -> dict[str, Any]:
        """Columns of the table.

        :raise Refusal: ``fields`` if a line of own fields cannot be read
        """
        known: list[object] = self._kind.fields if self._kind is not None else []
        plain = ("name", "short", "code", "gender", "group", "expected", "own_number", "series", "template", "active")
        return {
            **{name: self[name].data for name in plain},
            "forms": {case: self[f"form_{case}"].data for case in CASE_FORMS if self[f"form_{case}"].data},
            "fields": [*_in_order(self.fields.data or [], known), *read_own_fields(self.own_fields.data or "", known)],
            "workflows": {
                one.value: self[f"workflow_{one.value}"].data
                for one in Line
                if self[f"workflow_{one.value}"].data != one.value
            },
            "retention": self.retention_id.data,
        }


def _in_order(ticked: list[str], known: list[object]) -> list[str]:
    """Fields that the card had stay in their order; those ticked now come after them."""
    there = [name for name in known if isinstance(name, str) and name in ticked]
    return [*there, *(name for name in ticked if name not in there)]


class JournalForm(BaseForm):
    name = line(lazy("Name of the journal"), required=True, limit=200)
    code = StringField(
        lazy("Code"), [InputRequired(lazy("Fill this in.")), Length(max=32)], filters=[plain_line]
    )
    series = SelectField(lazy("What it numbers"))
    pattern = StringField(
        lazy("Pattern of the number"),
        [InputRequired(lazy("Fill this in.")), Length(max=60)],
        default="{n}",
        description=lazy("{n} is the running number, {n:03d} with leading zeros; also {dept} {case} {yy} {yyyy} {body}. As in {n}-П."),
        filters=[plain_line],
    )
    reset = SelectField(lazy("Counts from one"))
    term_since = DateField(lazy("First day of the body's term"), [Optional()], format=DATE_FORMATS)
    organisation_id = choice(lazy("Organisation"))
    body = line(lazy("Body (for protocols)"))
    position = IntegerField(lazy("Place in lists"), [Optional(), NumberRange(0, 10_000)], default=0)
    active = BooleanField(lazy("Gives numbers"), default=True)

    def __init__(self, formdata: Any = None, obj: Any = None, **options: Any) -> None:
        super().__init__(formdata, obj, **options)
        self.series.choices = _series(obj.series if obj is not None else None)
        self.reset.choices = list(reset_words().items())
        rows = Organisation.select().order_by(Organisation.short_name)
        self.organisation_id.choices = [("", _("all")), *((row.id, row.short_name) for row in rows)]

    def card(self) -> JournalCard:
        return JournalCard(
            code=self.code.data,
            name=self.name.data,
            series=self.series.data,
            pattern=self.pattern.data,
            reset=Reset(self.reset.data),
            organisation_id=self.organisation_id.data,
            body=self.body.data or "",
            term_since=self.term_since.data,
            active=self.active.data,
            position=self.position.data or 0,
        )


def _series(present: str | None) -> list[tuple[str, str]]:
    """Every series that a kind names, with the kinds that go by it."""
    kinds: dict[str, list[str]] = {}
    for kind in Kind.select(Kind.series, Kind.short).where(Kind.series != "").order_by(Kind.position):
        kinds.setdefault(kind.series, []).append(kind.short)
    if present is not None:
        kinds.setdefault(present, [])
    return [(series, f"{', '.join(names)} ({series})" if names else series) for series, names in kinds.items()]


