"""What the page of a transition asks: only the fields that the definition names, filled in as far as can be known."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.links.rules import TEXT_LIMIT
from roadmapdocs.documents.rules import NUMBER_LIMIT
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.rules import REASON_LIMIT
from roadmapdocs.web.documents.acts import asked_by
from roadmapdocs.web.documents.registering import Choices
from roadmapdocs.web.forms import lazy, plain_line, plain_text
from roadmapdocs.workflow.rules import Transition

#: A browser sends the first form; the second is what people type where there is no calendar.
_DAYS = ["%Y-%m-%d", "%d.%m.%Y"]


class ActForm(FlaskForm):
    """``entry`` is no question of definitions: it comes with "number", for freed and reserved numbers."""

    journal = SelectField(lazy("Journal"), validate_choice=False)
    entry = SelectField(lazy("Which number"), validate_choice=False)
    number = StringField(lazy("Number by hand"), [Length(max=NUMBER_LIMIT)])
    date = DateField(lazy("Date"), [Optional()], format=_DAYS)
    case = SelectField(lazy("Case"), validate_choice=False)
    due = DateField(lazy("Term"), [Optional()], format=_DAYS)
    points = StringField(lazy("Points"), [Length(max=TEXT_LIMIT)])
    document = StringField(lazy("Number of the card"), [Length(max=9)])
    reason = TextAreaField(lazy("Reason"), [Length(max=REASON_LIMIT)])
    comment = TextAreaField(lazy("Comment"), [Length(max=REASON_LIMIT)])
    revision = HiddenField(default="0")

    def __init__(self, transition: Transition, choices: Choices, **values: Any) -> None:
        super().__init__(data=values)
        asked = {*asked_by(transition), "revision", "csrf_token"}
        if choices.entries and "number" in asked:
            asked.add("entry")
        if choices.reserved:
            asked -= {"entry", "number", "journal"}
        elif len(choices.journals) < 2:
            asked.discard("journal")
        for name in [name for name in self._fields if name not in asked]:
            del self[name]
        for name in transition.asks:
            if name in self._fields:
                self._fields[name].validators = [InputRequired(lazy("Fill this in.")), *self._fields[name].validators]
                self._fields[name].flags.required = True
        self._choose("journal", choices.journals)
        self._choose("entry", [("", _("the next in turn")), *choices.entries])
        self._choose("case", [("", _("Choose")), *choices.cases])

    def _choose(self, name: str, offered: list[tuple[str, str]]) -> None:
        if name in self._fields:
            self._fields[name].choices = offered

    def answers(self) -> Answers:
        return Answers(
            reason=plain_text(self._typed("reason")),
            comment=plain_text(self._typed("comment")),
            date=self._day("date"),
            number=plain_line(self._typed("number")),
            journal=self._id("journal"),
            entry=self._id("entry"),
            case=self._id("case"),
            due=self._day("due"),
            document=self._id("document"),
            points=plain_line(self._typed("points")),
        )

    @property
    def read_at(self) -> int:
        """The revision at which the page was opened; 0, which no card has, for anything that is none."""
        return _whole(self.revision.data) or 0

    def take(self, refusal: Refusal) -> str | None:
        """Put a refusal's sentences beside the fields they are about; give it back where it is about none of them."""
        fields = refusal.details.get("fields")
        sentences = fields if isinstance(fields, dict) else {}
        placed = False
        for name, sentence in sentences.items():
            field = self._fields.get(name)
            if field is not None:
                field.errors = [*field.errors, sentence]
                placed = True
        return None if placed else refusal.message

    def _typed(self, name: str) -> str:
        return str(self._fields[name].data or "") if name in self._fields else ""

    def _day(self, name: str) -> dt.date | None:
        return self._fields[name].data if name in self._fields else None

    def _id(self, name: str) -> int | None:
        return _whole(self._typed(name))


def _whole(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
