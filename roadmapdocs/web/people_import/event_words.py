"""Entries of the journal about people who were taken in, as sentences."""

from __future__ import annotations

from collections.abc import Callable

from roadmapdocs.i18n import gettext as _


def incoming_events(say: Callable[[str], str]) -> dict[str, Callable[[], str]]:
    """``say`` gives a value of the effect as people read it."""
    return {
        "post_ended": lambda: _("ended the post, its last day is %(until)s", until=say("until")),
        "user_closed": lambda: _("closed the account %(login)s", login=say("login")),
    }
