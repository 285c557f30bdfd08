"""The form of a new version, and the token by which a file that was checked is known when it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import current_app
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import DateField, HiddenField, StringField
from wtforms.validators import InputRequired, Length

from roadmapdocs.drafting.office_templates import LONGEST_NOTE
from roadmapdocs.web.forms import lazy, plain_line

_SALT: Final = "roadmapdocs-template"
_DAYS: Final = ["%Y-%m-%d", "%d.%m.%Y"]


class TemplateForm(FlaskForm):
    """``kept`` is the token of a file that was sent before: a browser sends a chosen file only once."""

    file = FileField(lazy("Word file (.docx)"))
    since = DateField(
        lazy("Counts for documents dated from"), [InputRequired(lazy("Name the day."))], format=_DAYS
    )
    note = StringField(
        lazy("What has changed"), [Length(max=LONGEST_NOTE)], filters=[plain_line], description=lazy("For those who come after; may stay empty.")
    )
    kept = HiddenField()


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the store that this registry has checked as a template of ``path``."""

    path: str
    sha256: str
    name: str

    def token(self) -> str:
        return _tokens().dumps([self.path, self.sha256, self.name])

    @classmethod
    def read(cls, token: str | None, path: str) -> KeptFile | None:
        """None for a token that is not ours or of another template."""
        try:
            given = _tokens().loads(token or "")
        except BadSignature:
            return None
        found = cls(*given)
        return found if found.path == path else None


def _tokens() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=_SALT)
