"""Forms that bring a text its next version, and what that means for those who gave a visa on the one before."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import Length

from roadmapdocs.approvals.rules import RunState
from roadmapdocs.approvals.runs import latest
from roadmapdocs.approvals.sheet import has_visas
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.forms import lazy

COMMENT_LIMIT = 1_000
SUBSTANTIAL, EDITORIAL = "substantial", "editorial"


class TextForm(FlaskForm):
    """A form that brings another text. Without visas nobody has to look again, and the question falls away."""

    substance = RadioField(lazy("What has changed"), default=SUBSTANTIAL, validate_choice=False)

    def ask_about(self, document: Document, *, asked: bool = True) -> None:
        if asked and has_visas(document.id):
            self.substance.choices = list(_follows(document).items())
        else:
            del self.substance

    @property
    def substantial(self) -> bool:
        """Only who says so in so many words spares others from looking again."""
        return "substance" not in self or self.substance.data != EDITORIAL


def _follows(document: Document) -> dict[str, str]:
    """What each answer means for those who gave a visa."""
    run = latest(document.id)
    begins_anew = run is not None and run.state in {RunState.UNDER_WAY, RunState.AGREED} and document.preparation != Preparation.SIGNED
    anew = (
        _("The substance: visas lapse, and the route begins anew with this text.")
        if begins_anew
        else _("The substance: visas given before do not count for this text.")
    )
    return {
        SUBSTANTIAL: anew,
        EDITORIAL: _("Only the wording: visas hold, and the sheet says for which version each was given."),
    }


class VersionForm(TextForm):
    file = FileField(lazy("File"), [FileRequired(lazy("Choose a file."))])
    comment = TextAreaField(lazy("What is new"), [Length(max=COMMENT_LIMIT)])


class CheckInForm(TextForm):
    comment = TextAreaField(lazy("What is new in this edition"), [Length(max=COMMENT_LIMIT)])
    confirmed = BooleanField(lazy("Mine is to stand, although the document was changed too"))


class DiscardForm(FlaskForm):
    reason = TextAreaField(lazy("Why the copy is given up"), [Length(max=COMMENT_LIMIT)])
