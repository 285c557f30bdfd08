"""Forms of absences and of acting heads. People are typed as they are called, with the office's names offered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, FieldList, Form, FormField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from roadmapdocs.documents.models import Kind
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.web.documents.people import employee_called
from roadmapdocs.web.forms import lazy, plain_line

NAME_LIMIT = 200
MOST_SUBSTITUTES = 4
_DATES = ["%Y-%m-%d", "%d.%m.%Y"]


def _day(label: str, *checks: Any) -> Any:
    return DateField(label, list(checks) or [InputRequired(lazy("Name the day."))], format=_DATES)


def _line(label: str, missing: str = "", limit: int = NAME_LIMIT) -> Any:
    first = InputRequired(missing) if missing else Optional()
    return StringField(label, [first, Length(max=limit)], filters=[plain_line])


def person_typed(field: Any) -> Employee | None:
    """Whom the field names; None, with a sentence beside it, where that is nobody or not clear."""
    try:
        found = employee_called(field.data or "")
    except Refusal as refusal:
        field.errors = [*field.errors, refusal.message]
        return None
    if found is None:
        field.errors = [*field.errors, _("Nobody of the office is called so. Choose a name of the list.")]
    return found


class SubstituteForm(Form):
    person = _line(lazy("Who stands in"))
    kinds = SelectMultipleField(
        lazy("Kinds of documents"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class AbsenceForm(FlaskForm):
    """``absent`` is asked of those who may tell of anybody's absence."""

    absent = _line(lazy("Who is away"))
    since = _day(lazy("First day"))
    until = _day(lazy("Last day"))
    reason = _line(lazy("Reason"), lazy("Name the reason: leave, illness, a trip."))
    substitutes = FieldList(FormField(SubstituteForm), min_entries=MOST_SUBSTITUTES, max_entries=MOST_SUBSTITUTES)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        kinds = Kind.select(Kind.code, Kind.name).where(Kind.active).order_by(Kind.position).tuples()
        choices = list(kinds)
        for entry in self.substitutes:
            entry.kinds.choices = choices

    def absent_id(self, own_id: int | None, *, anybody: bool) -> int | None:
        """Who is away: the person whose form it is, or, for those who may, whoever is named."""
        if not anybody or not self.absent.data:
            if own_id is None:
                self.absent.errors = [*self.absent.errors, _("Name who is away.")]
            return own_id
        found = person_typed(self.absent)
        return found.id if found is not None else None

    def wanted(self) -> list[tuple[int | None, list[str]]] | None:
        """The substitutes with their kinds; None where one of them is not to be found."""
        typed = [entry for entry in self.substitutes if entry.person.data]
        people = [(person_typed(entry.person), entry) for entry in typed]
        if any(person is None for person, _entry in people):
            return None
        return [(person.id, entry.kinds.data) for person, entry in people if person is not None]

    def take(self, refusal: Refusal) -> None:
        """Put a refusal beside the field it is about: that of the substitute, or of the day or the reason."""
        field = getattr(self, str(refusal.details.get("field")), self.since)
        if field is self.substitutes:
            field = self._substitute(refusal.details.get("employee"))
        field.errors = [*field.errors, refusal.message]

    def _substitute(self, employee_id: object) -> Any:
        """The last row that names this person: of two alike, the second one is too many."""
        named = self.substitutes[0].person
        for entry in self.substitutes:
            found = employee_called(entry.person.data or "")
            if found is not None and found.id == employee_id:
                named = entry.person
        return named

    def has_more(self) -> bool:
        """Whether more than one substitute is named."""
        return any(entry.person.data for entry in self.substitutes.entries[1:])

    def told(self) -> list[tuple[str, str, str]]:
        """What is not right: id of the field, its label, the sentences."""
        fields = [self.absent, self.since, self.until, self.reason]
        fields += [field for entry in self.substitutes for field in (entry.person, entry.kinds)]
        return [(field.id, str(field.label.text), " ".join(map(str, field.errors))) for field in fields if field.errors]


class ActingForm(FlaskForm):
    """``post`` is «unit:holder:title», the holder 0 where the post is vacant."""

    post = SelectField(lazy("Post"), [InputRequired(lazy("Choose the post."))])
    employee = _line(lazy("Who acts"), lazy("Name who acts."))
    printed = StringField(
        lazy("Post as documents print it"),
        [InputRequired(lazy("Write the post out.")), Length(max=NAME_LIMIT)],
        filters=[plain_line],
        description=lazy("Written out: “Acting Head of the Department”. Signing “for” another is not allowed."),
    )
    since = _day(lazy("First day"))
    until = DateField(
        lazy("Last day"), [Optional()], format=_DATES, description=lazy("Empty: until the appointment is revoked.")
    )
    basis = StringField(
        lazy("Order"),
        [InputRequired(lazy("Name the order.")), Length(max=NAME_LIMIT)],
        filters=[plain_line],
        description=lazy("The number of an order of this registry, or its kind, date and number in words."),
    )

    def place(self) -> tuple[int, int | None, str]:
        """Id of the unit, of who holds the post (None: vacant), the title."""
        unit, holder, title = self.post.data.split(":", 2)
        return int(unit), int(holder) or None, title

    def take(self, refusal: Refusal) -> None:
        field = getattr(self, str(refusal.details.get("field")), self.post)
        field.errors = [*field.errors, refusal.message]


class DayForm(FlaskForm):
    """A day of the office's own in the working calendar."""

    day = _day(lazy("Day"))
    working = SelectField(lazy("In this office it is"), [InputRequired(lazy("Choose one."))])
    name = _line(lazy("Why"), lazy("Name the reason: a local holiday, a shifted day off."))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.working.choices = [("", _("Choose")), ("off", _("a day off")), ("work", _("a working day"))]

    def take(self, refusal: Refusal) -> None:
        field = getattr(self, str(refusal.details.get("field")), self.day)
        field.errors = [*field.errors, refusal.message]


def days_words(since: dt.date, until: dt.date | None) -> str:
    """«16.03.2026–29.03.2026», «с 16.03.2026», or one day."""
    first = f"{since:%d.%m.%Y}"
    if until is None:
        return _("from %(since)s", since=first)
    return first if until == since else f"{first}–{until:%d.%m.%Y}"
