"""The form of a webhook."""

from __future__ import annotations

from typing import Any

from wtforms import SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from roadmapdocs.erp.addresses import LONGEST_URL
from roadmapdocs.erp.events import CHOSEN
from roadmapdocs.erp.models import Webhook
from roadmapdocs.erp.webhooks import LONGEST_NAME, Wanted
from roadmapdocs.web.forms import lazy, plain_line
from roadmapdocs.web.journals.forms import ActForm


class WebhookForm(ActForm):
    name = StringField(lazy("Whom it tells"), [InputRequired(lazy("Name whom it tells.")), Length(max=LONGEST_NAME)])
    login = StringField(
        lazy("By whose rights"),
        [InputRequired(lazy("Write the login of an account."))],
        description=lazy("The login of an account: what that person may not read is not told."),
    )
    url = StringField(
        lazy("Address"),
        [InputRequired(lazy("Write the address.")), Length(max=LONGEST_URL)],
        description=lazy("It begins with https:// and takes POST."),
    )
    events = SelectMultipleField(lazy("Events"))

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.events.choices = [(name, name) for name in CHOSEN]

    def wanted(self) -> Wanted:
        return Wanted(plain_line(self.name.data), (self.url.data or "").strip(), plain_line(self.login.data), self.events.data or [])


def values_of(webhook: Webhook) -> dict[str, Any]:
    """What the form of a webhook begins with."""
    return {"name": webhook.name, "login": webhook.user.login, "url": webhook.url, "events": webhook.events}
