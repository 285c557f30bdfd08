"""Forms of changes in flight: whom else to ask, and what a visa in ink says."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from roadmapdocs.approvals.plans import NAME_LIMIT
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.verdicts import TEXT_LIMIT, Objection, RemarkText, Verdict
from roadmapdocs.errors import Refusal
from roadmapdocs.people.models import Employee
from roadmapdocs.web.approval_words import decision_word
from roadmapdocs.web.forms import lazy, plain_line, plain_text
from roadmapdocs.web.reference.absence_forms import person_typed


class OtherForm(FlaskForm):
    """Another person, and a note to them; to put somebody in another's place it says why."""

    person = StringField(
        lazy("Who"), [InputRequired(lazy("Name a person.")), Length(max=NAME_LIMIT)], filters=[plain_line]
    )
    note = TextAreaField(lazy("Note"), [Length(max=TEXT_LIMIT)], filters=[plain_text])

    def other(self) -> Employee | None:
        """Whom the form names; None, with a sentence beside the field."""
        return person_typed(self.person)

    def take(self, refusal: Refusal) -> None:
        """Put a refusal beside the note where it is about the note, else beside the person."""
        fields = refusal.details.get("fields")
        about_note = isinstance(fields, dict) and "note" in fields
        field = self.note if about_note else self.person
        field.errors = [*field.errors, str(fields["note"]) if isinstance(fields, dict) and about_note else refusal.message]


class PaperForm(FlaskForm):
    """``version`` is the text that was shown. Remarks stand one a line."""

    decision = RadioField(lazy("What is decided"), [InputRequired(lazy("Say what was decided."))])
    comment = TextAreaField(lazy("Reason or comment"), [Length(max=TEXT_LIMIT)], filters=[plain_text])
    remarks = TextAreaField(
        lazy("Remarks"),
        [Length(max=TEXT_LIMIT)],
        filters=[plain_text],
        description=lazy("Each on a line of its own; begin with the point that it is about."),
    )
    committee = StringField(
        lazy("Protocol"),
        [Length(max=NAME_LIMIT)],
        filters=[plain_line],
        description=lazy("The body that decided, the date and the number of its protocol."),
    )
    scan = FileField(lazy("Scan of the sheet with the visa"))
    version = HiddenField(default="")

    def __init__(self, *, information: bool, committee: bool, **values: Any) -> None:
        super().__init__(**values)
        decisions = [Decision.SEEN] if information else [Decision.AGREED, Decision.REMARKS, Decision.REFUSED]
        self.decision.choices = [(str(one), decision_word(one)) for one in decisions]
        if information:
            del self.remarks
        if not committee:
            del self.committee

    def verdict(self) -> Verdict:
        lines = self.remarks.data.split("\n") if self.remarks else []
        return Verdict(
            decision=Decision(self.decision.data),
            comment=self.comment.data or "",
            remarks=tuple(RemarkText(one.strip()) for one in lines if one.strip()),
            objection=self._scan(),
            committee=(self.committee.data or "") if self.committee else "",
        )

    def take(self, refusal: Refusal) -> str | None:
        """Put sentences beside their fields; give the refusal back where it is about none of them."""
        fields = refusal.details.get("fields")
        placed = False
        for name, sentence in (fields if isinstance(fields, dict) else {}).items():
            if name in self._fields:
                self._fields[name].errors = [*self._fields[name].errors, str(sentence)]
                placed = True
        return None if placed else refusal.message

    def _scan(self) -> Objection | None:
        sent = request.files.get(self.scan.name)
        if sent is None or not sent.filename:
            return None
        return Objection(sent.read(), sent.filename)
