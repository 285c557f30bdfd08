"""What pages of acquaintance call states, ways and terms."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.acquaintance.queries import Progress
from roadmapdocs.acquaintance.words import ReadingState, ReadingWay
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.context import settings
from roadmapdocs.web.pages import date as printed
from roadmapdocs.web.words import Badge


def way_word(way: str | None) -> str:
    """How somebody was acquainted, in a few words; empty where nobody has been yet."""
    words = {
        ReadingWay.ELECTRONIC: _("simple signature"),
        ReadingWay.PAPER: _("signed on paper"),
        ReadingWay.ALOUD: _("read aloud, signed on paper"),
    }
    return words[ReadingWay(way)] if way else ""


def state_badge(line: Acquaintance, today: dt.date) -> Badge:
    """How far one person is; late only while they are waited for."""
    state = ReadingState(line.state)
    if state is ReadingState.ASKED:
        return _waiting(line, today)
    known: dict[ReadingState, tuple[str, str, str | None]] = {
        ReadingState.CONFIRMED: ("ok", _("is acquainted"), None),
        ReadingState.REFUSED: ("work", _("refused to sign"), "x"),
        ReadingState.DROPPED: ("plain", _("taken off the list"), None),
        ReadingState.REPLACED: ("plain", _("a new edition came before"), None),
    }
    look, label, symbol = known[state]
    return {"look": look, "label": label, "symbol": symbol}


def _waiting(line: Acquaintance, today: dt.date) -> Badge:
    if line.due is not None and line.due < today:
        days = (today - line.due).days
        return {"look": "late", "label": ngettext("%(num)s day late", "%(num)s days late", days), "symbol": None}
    if line.read_through_at is not None:
        return {"look": "work", "label": _("read, not confirmed yet"), "symbol": None}
    if line.opened_at is not None:
        return {"look": "work", "label": _("opened"), "symbol": "eye"}
    return {"look": "none", "label": _("has not opened it"), "symbol": None}


def state_details(line: Acquaintance) -> str:
    """When and how it was decided, and what the clerk wrote about it."""
    facts = [way_word(line.way)]
    if line.way == ReadingWay.ELECTRONIC and line.decided_at is not None:
        facts.append(moment(line.decided_at))
    elif line.day is not None:
        facts.append(printed(line.day))
    return ", ".join(fact for fact in (*facts, line.comment) if fact)


def progress_words(progress: Progress) -> str:
    """«Ознакомлены 9 из 14»."""
    return _("Read by %(done)s of %(asked)s", done=progress.confirmed, asked=progress.asked)


def progress_parts(progress: Progress) -> list[tuple[str, int]]:
    """Shares of a bar, in the order to draw."""
    waiting = progress.waiting - progress.late
    return [("proved", progress.confirmed), ("in_work", progress.refused), ("late", progress.late), ("missing", waiting)]


def moment(at: dt.datetime) -> str:
    """A moment by the clock of the office: «16.03.2026 14:05»."""
    return at.astimezone(settings().zone).strftime("%d.%m.%Y %H:%M")


def number_of(sent: str | None) -> int:
    """A whole number out of a form or an address; 0 for anything that is none."""
    text = sent or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
