"""How one's own mail comes."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectField, TimeField
from wtforms.validators import InputRequired

from roadmapdocs.i18n import gettext as _
from roadmapdocs.notices.rules import Habits, Mail
from roadmapdocs.web.forms import lazy
from roadmapdocs.web.journals.forms import ActForm


class HourField(TimeField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(_("Write hours and minutes, such as 08:30.")) from problem


def _hour(label: str, hint: str = "") -> Any:
    return HourField(label, [InputRequired(lazy("Write hours and minutes, such as 08:30."))], description=hint)


class SettingsForm(ActForm):
    mail = SelectField(
        lazy("Mail"),
        description=lazy("What has its term today comes at once, also beside the daily mail."),
    )
    digest_at = _hour(lazy("Hour of the daily mail"))
    quiet_from = _hour(lazy("Quiet from"), lazy("In these hours mail waits, unless its term is today."))
    quiet_until = _hour(lazy("Quiet until"), lazy("The same hour twice: no quiet hours."))
    days_off = BooleanField(lazy("Mail on days off, too"))

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.mail.choices = [
            (Mail.AT_ONCE.value, _("at once, each by itself")),
            (Mail.DIGEST.value, _("once a day, all together")),
            (Mail.NONE.value, _("no mail")),
        ]

    def habits(self) -> Habits:
        """What was chosen; the form is valid."""
        return Habits(
            Mail(self.mail.data), self.digest_at.data, self.quiet_from.data, self.quiet_until.data, bool(self.days_off.data)
        )
