"""Letters to approvers without an account: a link to one document, and the code that opens it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

from roadmapdocs.approvals.models import GuestLink
from roadmapdocs.db import after_commit
from roadmapdocs.hooks import guest_code_made, guest_link_made
from roadmapdocs.i18n import DEFAULT_LANGUAGE, use_language
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import ZONE, Kept
from roadmapdocs.notices import queue
from roadmapdocs.notices.operations import new_delivery, send_letter
from roadmapdocs.notices.rules import DeliveryKind
from roadmapdocs.notices.words import name_outside

_language = Kept("language_of_letters", lambda: DEFAULT_LANGUAGE)


def listen(language: str) -> None:
    """React from now on. Letters leave in the office's ``language``. Idempotent."""
    _language.set(language)
    guest_link_made.connect(_link_made)
    guest_code_made.connect(_code_made)


def link_path(secret: str) -> str:
    """Where a link leads, below the registry's address."""
    return f"/guest/?link={quote(secret)}"


def _link_made(link: GuestLink, *, secret: str, now: dt.datetime, **_more: Any) -> None:
    visa = link.visa
    name = name_outside(visa.document)
    with use_language(_language.get()):
        subject = _("For your information: %(name)s", name=name) if visa.information else _("You are asked to agree: %(name)s", name=name)
        asks = _("%(who)s sent you this document.", who=visa.run.started_by)
        term = _("An answer is awaited by %(day)s.", day=visa.due.strftime("%d.%m.%Y")) if visa.due else ""
        until = link.expires_at.astimezone(ZONE.get()).strftime("%d.%m.%Y %H:%M")
        how = _("The link serves until %(until)s and opens with a code, which comes to this address when you ask for it.", until=until)
        alone = _("Do not forward the letter: the link opens nothing without the code.")
        lines = [one for one in (asks, term, how, alone) if one]
    send_letter(link.email, subject, lines, path=link_path(secret), now=now)


def _code_made(link: GuestLink, *, code: str, now: dt.datetime, **_more: Any) -> None:
    """By night, too: somebody waits before the page. The code stands in the text, of which nothing is kept."""
    with use_language(_language.get()):
        subject = _("Your code for the document")
        lines = [
            f"{code[:3]} {code[3:]}",
            _("Type it on the page where you asked for it, within 15 minutes. Tell it to nobody."),
            _("If you asked for no code, somebody else has your link: tell whoever sent it to you."),
        ]
    letter = {"subject": subject, "lines": lines, "path": ""}
    new_delivery(DeliveryKind.LETTER, now, address=link.email, urgent=True, letter=letter)
    after_commit(queue.wake)
