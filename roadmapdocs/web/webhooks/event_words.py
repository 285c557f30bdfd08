"""Entries of the journal about webhooks as sentences: who did it stands before."""

from __future__ import annotations

from collections.abc import Callable

from roadmapdocs.i18n import gettext as _

Say = Callable[[str], str]


def webhook_events(say: Say) -> dict[str, Callable[[], str]]:
    """Sentences by code."""
    return {
        "webhook_made": lambda: _(
            "set up the webhook “%(name)s” to %(host)s by the rights of %(login)s",
            name=say("name"),
            host=say("host"),
            login=say("login"),
        ),
        "webhook_changed": lambda: _(
            "changed the webhook “%(name)s”: it tells %(host)s by the rights of %(login)s",
            name=say("name"),
            host=say("host"),
            login=say("login"),
        ),
        "webhook_secret_changed": lambda: _("made a new secret for the webhook “%(name)s”", name=say("name")),
        "webhook_switched_on": lambda: _("switched the webhook “%(name)s” on", name=say("name")),
        "webhook_switched_off": lambda: _off(say),
        "webhook_replayed": lambda: _(
            "sent again what the webhook “%(name)s” had given up: %(count)s", name=say("name"), count=say("count")
        ),
    }


def _off(say: Say) -> str:
    if not say("rule"):
        return _("switched the webhook “%(name)s” off", name=say("name"))
    return _("switched the webhook “%(name)s” off, because nobody takes its deliveries. %(reason)s", name=say("name"), reason=say("reason"))
