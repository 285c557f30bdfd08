"""The form of a new personal token."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.tokens import LONGEST_NAME, Scope
from roadmapdocs.web.forms import lazy, plain_line
from roadmapdocs.web.journals.forms import ActForm

#: So many days a token may serve; 0 is without an end.
DAYS: Final = (30, 90, 365, 0)
_USUAL: Final = 90
#: The third has a page of its own.
OFFERED: Final = (Scope.READ, Scope.WRITE)


class TokenForm(ActForm):
    name = StringField(
        lazy("What program is it for?"),
        [InputRequired(lazy("Name the program, so that you know it in the list.")), Length(max=LONGEST_NAME)],
        description=lazy("For example: Odoo, the script of the statistics."),
    )
    scopes = SelectMultipleField(lazy("What it may do"), default=[str(Scope.READ)])
    days = SelectField(lazy("How long it serves"), coerce=int, default=_USUAL)

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.scopes.choices = [(str(scope), scope_word(scope)) for scope in OFFERED]
        self.days.choices = [(days, ngettext("%(num)s day", "%(num)s days", days) if days else _("without an end")) for days in DAYS]

    def wanted_name(self) -> str:
        return plain_line(self.name.data)

    def wanted_scopes(self) -> list[Scope]:
        return [Scope(one) for one in self.scopes.data or []]

    def expires_at(self, now: dt.datetime) -> dt.datetime | None:
        return now + dt.timedelta(days=self.days.data) if self.days.data else None


def scope_word(scope: Scope) -> str:
    words = {
        Scope.READ: _("look and search"),
        Scope.WRITE: _("create and change"),
        Scope.CALENDAR: _("calendar of terms"),
    }
    return words[scope]
