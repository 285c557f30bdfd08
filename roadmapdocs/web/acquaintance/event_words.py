"""Sentences of the journal's entries about acquaintance."""

from __future__ import annotations

from collections.abc import Callable

from roadmapdocs.acquaintance.words import EndedWhy, ReadingWay
from roadmapdocs.i18n import gettext as _

Say = Callable[[str], str]


def acquaintance_events(say: Say) -> dict[str, Callable[[], str]]:
    """Sentences by code."""
    return {
        "acquaintance_sent": lambda: _sent(say),
        "acquaintance_newcomers": lambda: _("asked those who came later to read it: %(names)s", names=say("names") or say("asked")),
        "acquaintance_reminded": lambda: _("reminded those who have not read it: %(count)s", count=say("count")),
        "acquaintance_ended": lambda: _ended(say),
        "acquaintance_confirmed": lambda: _confirmed(say),
        "acquaintance_refused": lambda: _said(
            _("entered the refusal of %(name)s to sign; witnesses: %(witnesses)s", name=say("name"), witnesses=say("witnesses")),
            say("reason"),
        ),
        "acquaintance_dropped": lambda: _dropped(say),
        "acquaintance_taken_back": lambda: _said(_("took back what was entered for %(name)s", name=say("name")), say("reason")),
    }


def _sent(say: Say) -> str:
    """«направил(а) на ознакомление: отдел кадров; директор (12 чел., срок …)»"""
    words = {"to": say("to"), "count": say("asked")}
    text = _("a new edition: asks anew to read it: %(to)s (people: %(count)s)", **words) if say("anew") else _("sent it to be read: %(to)s (people: %(count)s)", **words)
    parts = [
        _("in the stead of the absent: %(count)s", count=say("steads")) if _some(say("steads")) else "",
        _("got the right to read it by this: %(count)s", count=say("new_readers")) if _some(say("new_readers")) else "",
        _("those who come later are asked, too") if say("standing") else "",
        _("term %(due)s", due=say("due")) if say("due") else "",
        say("note"),
    ]
    return "; ".join(part for part in [text, *parts] if part)


def _ended(say: Say) -> str:
    reasons: dict[str, str] = {
        EndedWhy.EDITION: _("there is a new edition"),
        EndedWhy.ANNULLED: _("the registration is annulled"),
        EndedWhy.REPEALED: _("the document is not in force any more"),
    }
    text = _("ended the list of readers of edition %(edition)s; not read by: %(count)s", edition=say("edition"), count=say("dropped"))
    return _said(text, reasons.get(say("reason"), say("reason")))


def _confirmed(say: Say) -> str:
    words = {"name": say("name"), "edition": say("edition"), "day": say("day")}
    if say("way") == ReadingWay.PAPER:
        return _("entered the signature of %(name)s on paper, edition %(edition)s, %(day)s", **words)
    if say("way") == ReadingWay.ALOUD:
        return _("entered that it was read aloud to %(name)s, edition %(edition)s, %(day)s", **words)
    return _("has read edition %(edition)s and confirmed with a simple signature", edition=say("edition"))


def _dropped(say: Say) -> str:
    if say("left"):
        return _("took %(name)s off the list: does not work in the office any more", name=say("name"))
    return _said(_("took %(name)s off the list", name=say("name")), say("reason"))


def _some(count: str) -> bool:
    return count not in ("", "0")


def _said(text: str, why: str) -> str:
    return f"{text}: {why}" if why else text
