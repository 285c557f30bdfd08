"""Words about guests: what they decided, how a link stands, entries of the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from roadmapdocs.approvals.guest_links import is_asked, is_live
from roadmapdocs.approvals.models import GuestLink, Visa
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext
from roadmapdocs.web.context import settings

Say = Callable[[str], str]


def moment(at: dt.datetime | None) -> str:
    """«12.11.2025, 10:40» by the office's clock, or nothing."""
    return at.astimezone(settings().zone).strftime("%d.%m.%Y, %H:%M") if at is not None else ""


def decided_sentence(visa: Visa) -> str:
    words = {
        Decision.AGREED: _("You agreed on %(day)s at %(time)s."),
        Decision.REMARKS: _("You agreed with remarks on %(day)s at %(time)s."),
        Decision.REFUSED: _("You did not agree on %(day)s at %(time)s."),
        Decision.SEEN: _("You confirmed on %(day)s at %(time)s that you have seen it."),
    }
    at = visa.decided_at.astimezone(settings().zone)
    return words[Decision(visa.decision)] % {"day": f"{at:%d.%m.%Y}", "time": f"{at:%H:%M}"}


def link_badge(link: GuestLink, visa: Visa, at: dt.datetime) -> dict[str, str]:
    """How a link stands, as a badge draws it."""
    if link.used_at is not None:
        return {"look": "ok", "label": pgettext("link", "decided by it")}
    if link.revoked_at is not None:
        return {"look": "na", "label": pgettext("link", "revoked")}
    if link.tries_left <= 0:
        return {"look": "late", "label": pgettext("link", "shut after wrong codes")}
    if at >= link.expires_at:
        return {"look": "na", "label": pgettext("link", "its time is over")}
    if not is_live(link, at) or not is_asked(visa):
        return {"look": "na", "label": pgettext("link", "not needed any more")}
    if link.opened_at is not None:
        return {"look": "work", "label": pgettext("link", "opened")}
    return {"look": "none", "label": pgettext("link", "not opened yet")}


def guest_events(say: Say) -> dict[str, Callable[[], str]]:
    """Sentences of the journal's entries about links for guests, by code."""
    return {
        "guest_link_made": lambda: _made(say),
        "guest_link_not_made": lambda: _("%(name)s got no link. %(reason)s", name=say("name"), reason=say("reason")),
        "guest_link_revoked": lambda: _("revoked the link for %(name)s", name=say("name")),
        "guest_link_opened": lambda: _("opened the document by the link and the code"),
        "guest_link_failed": lambda: _(
            "a wrong code was typed for the link of %(name)s; tries left: %(left)s", name=say("name"), left=say("left")
        ),
        "guest_code_sent": lambda: _("asked for the code that opens the link"),
        "guest_code_shown": lambda: _("made a code to tell %(name)s by phone", name=say("name")),
    }


def _made(say: Say) -> str:
    values = {"name": say("name"), "email": say("email"), "until": say("until")}
    if say("mailed") == "False":
        return _("made a link for %(name)s to hand over, until %(until)s", **values)
    return _("sent %(name)s a link to %(email)s, until %(until)s", **values)
