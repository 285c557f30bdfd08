"""Forms of what is done to numbers of a journal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from roadmapdocs.errors import Refusal
from roadmapdocs.registration.numbers import HIGHEST, NUMBER_LIMIT
from roadmapdocs.registration.rules import REASON_LIMIT
from roadmapdocs.web.documents.fields import DAYS
from roadmapdocs.web.forms import lazy


class ActForm(FlaskForm):
    """A form of which a refusal can say what is wrong beside the fields."""

    def take(self, refusal: Refusal) -> None:
        """Put a refusal's sentences beside the fields they are about, or else beside the first one."""
        fields = refusal.details.get("fields")
        sentences = fields if isinstance(fields, dict) else {}
        known: dict[str, Any] = {name: field for name, field in self._fields.items() if name != "csrf_token"}
        told = {name: sentence for name, sentence in sentences.items() if name in known}
        if not told:
            told = {next(iter(known)): refusal.message}
        for name, sentence in told.items():
            known[name].errors = [*known[name].errors, sentence]


class ReserveForm(ActForm):
    reserved_for = StringField(
        lazy("What for"), [InputRequired(lazy("Write what the number is kept for.")), Length(max=REASON_LIMIT)]
    )
    number = StringField(
        lazy("Number"),
        [Length(max=NUMBER_LIMIT)],
        description=lazy("Empty for the next one; or a number of your own, also a literal one: 45а."),
    )
    date = DateField(
        lazy("Date"),
        [InputRequired(lazy("Write the date."))],
        format=DAYS,
        description=lazy("It says in which period the number counts."),
    )
    reason = StringField(
        lazy("Reason"), [Length(max=REASON_LIMIT)], description=lazy("Asked for a literal number, or one beyond the next.")
    )


class ReasonForm(ActForm):
    reason = TextAreaField(lazy("Reason"), [InputRequired(lazy("Write why: the journal keeps it.")), Length(max=REASON_LIMIT)])


class GapForm(ActForm):
    first = IntegerField(lazy("From No."), [InputRequired(lazy("Write a number.")), NumberRange(1, HIGHEST)])
    last = IntegerField(lazy("To No."), [InputRequired(lazy("Write a number.")), NumberRange(1, HIGHEST)])
    reason = TextAreaField(lazy("Reason"), [InputRequired(lazy("Write why: the journal keeps it.")), Length(max=REASON_LIMIT)])


class PrintForm(FlaskForm):
    """The days of a print, as the address has them."""

    class Meta:
        csrf = False

    since = DateField(lazy("From the day"), [InputRequired(lazy("Write the date."))], format=DAYS)
    until = DateField(lazy("To the day"), [InputRequired(lazy("Write the date."))], format=DAYS)

    def days(self) -> tuple[dt.date, dt.date]:
        """
        :raise Refusal: ``dates`` if one of them is missing or is no date
        """
        if not self.validate():
            from_, to = (", ".join(str(error) for error in field.errors) for field in (self.since, self.until))
            raise Refusal("dates", " ".join(filter(None, (from_, to))))
        assert self.since.data is not None, "validated above"
        assert self.until.data is not None, "validated above"
        return self.since.data, self.until.data
