"""Which journal and which of its periods a page shows, as its address says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.gaps import periods
from roadmapdocs.registration.models import Counter, Journal
from roadmapdocs.registration.rights import find_journal
from roadmapdocs.registration.rules import Reset, period_key


@dataclass(frozen=True, slots=True)
class Place:
    """``counter`` is None while the period has no number; ``current`` is the period of today, if there is one."""

    journal: Journal
    period: str
    counter: Counter | None
    current: str | None
    known: tuple[str, ...]

    def url(self, view: str = "journal", /, **more: Any) -> str:
        """Address of a page of this journal and period."""
        return url_for(f"roadmapdocs_journals.{view}", journal_id=self.journal.id, period=self.period, **more)

    @property
    def last(self) -> int:
        return self.counter.last if self.counter is not None else 0

    @property
    def closed(self) -> bool:
        return self.counter is not None and bool(self.counter.closed)

    @property
    def words(self) -> str:
        return period_words(self.period)

    def selects(self) -> dict[str, object] | None:
        """What the macro ``selects()`` asks for; None where there is nothing to choose."""
        if len(self.known) < 2:
            return None
        options = [(one, period_words(one), one == self.period) for one in self.known]
        field = {"name": "period", "label": _("Period"), "options": options}
        return {"action": url_for(".journal", journal_id=self.journal.id), "hidden": [], "fields": [field]}

    def days(self, today: dt.date) -> tuple[dt.date, dt.date]:
        """The first and the last day to print: the year, or what there is of another period."""
        if self.period.isdecimal():
            return dt.date(int(self.period), 1, 1), dt.date(int(self.period), 12, 31)
        since = dt.date.fromisoformat(self.period[len("term:") :]) if self.period.startswith("term:") else None
        return since or dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)


def place_of(journal_id: int, today: dt.date, *, by: Actor) -> Place:
    """The journal with the period of the address, else that of today; what makes no sense there is passed over.

    :raise NotFound: ``no_journal``
    """
    journal = find_journal(journal_id, by=by)
    counters = {one.period: one for one in periods(journal)}
    current = current_period(journal, today)
    known = sorted({*counters, *([current] if current else [])}, reverse=True)
    asked = request.values.get("period", "")
    period = asked if asked in known else current or (known[0] if known else "")
    return Place(journal, period, counters.get(period), current, tuple(known))


def current_period(journal: Journal, day: dt.date) -> str | None:
    """None on a day before the term through which the journal counts."""
    try:
        return period_key(Reset(journal.reset), day, journal.term_since)
    except Refusal:
        return None


def period_words(period: str) -> str:
    """A period as people say it: the year, or the term with its first day."""
    if period.startswith("term:"):
        since = dt.date.fromisoformat(period[len("term:") :])
        return _("term from %(date)s", date=f"{since:%d.%m.%Y}")
    return _("all years") if period == "all" else period
