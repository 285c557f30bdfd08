"""What a guest types: the code, and a decision."""

from __future__ import annotations

from typing import Final

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from roadmapdocs.approvals.deciding import Objection, RemarkText, Verdict
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.words import ObjectionKind
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.forms import lazy, plain_line, plain_text

LINE_LIMIT: Final = 300
_LONGEST_ID: Final = 9


class CodeForm(FlaskForm):
    code = StringField(
        lazy("Code from the letter"),
        filters=[lambda typed: "".join((typed or "").split())],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12},
    )


class GuestForm(FlaskForm):
    """``version`` is the text that was shown; remarks stand one in a line."""

    version = HiddenField()
    committee = StringField(lazy("Protocol of the body"), [Length(max=LINE_LIMIT)], filters=[plain_line])
    comment = TextAreaField(lazy("Reason, or a comment"), filters=[plain_text])
    remarks = TextAreaField(lazy("Remarks, each on a line of its own"), filters=[plain_text])
    file = FileField(lazy("File"))
    file_kind = SelectField(lazy("What the file is"))

    def __init__(self) -> None:
        super().__init__()
        self.file_kind.choices = [
            (ObjectionKind.OPINION, _("separate opinion")),
            (ObjectionKind.REDLINE, _("the text with corrections")),
            (ObjectionKind.PROTOCOL, _("protocol of disagreement")),
            (ObjectionKind.OTHER, _("something else")),
        ]

    def shown_version(self) -> int | None:
        text = str(self.version.data or "")
        return int(text) if text.isdecimal() and text.isascii() and len(text) <= _LONGEST_ID else None

    def verdict(self, decision: str) -> Verdict:
        """
        :raise Refusal: ``verdict`` if the button was none of the page's
        """
        if decision not in set(Decision):
            raise Refusal("verdict", _("Say whether you agree."), fields={})
        remarks = tuple(RemarkText(line.strip()) for line in (self.remarks.data or "").splitlines() if line.strip())
        return Verdict(Decision(decision), self.comment.data or "", remarks, self._objection(), self.committee.data or "")

    def take(self, refusal: Refusal) -> str:
        """Put sentences beside the fields they are about; give what is about none of them."""
        fields = refusal.details.get("fields")
        beside = {name: text for name, text in fields.items() if name in self} if isinstance(fields, dict) else {}
        for name, sentence in beside.items():
            self[name].errors = [*self[name].errors, sentence]
        return "" if beside else refusal.message

    def _objection(self) -> Objection | None:
        upload = self.file.data
        if not upload or not upload.filename:
            return None
        kind = self.file_kind.data
        return Objection(upload.read(), upload.filename, ObjectionKind(kind) if kind in set(ObjectionKind) else ObjectionKind.OTHER)


