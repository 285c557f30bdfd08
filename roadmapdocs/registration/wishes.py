"""What somebody wants of a journal, and the number chosen for it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.registration.numbers import NUMBER_LIMIT, entry_sort, normalise_number
from roadmapdocs.registration.patterns import Context, Pattern
from roadmapdocs.registration.rules import EntryState, Reset, check_reason, period_key

pattern_of = lru_cache(maxsize=256)(Pattern.parse)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a journal, with what follows from the journal and the day."""

    journal: Journal
    pattern: Pattern
    period: str
    on: dt.date
    context: Context
    manual: str = ""
    reason: str = ""
    brought_in: bool = False
    reserving: bool = False
    backdating: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The number chosen. ``entry`` is the row that has it already; ``skipped`` are running numbers passed over."""

    n: int
    suffix: str
    number: str
    entry: Entry | None = None
    skipped: tuple[int, int] | None = None
    out_of_order: bool = False

    def columns(self, wish: Wish) -> dict[str, object]:
        return {
            "journal": wish.journal,
            "period": wish.period,
            "n": self.n,
            "suffix": self.suffix,
            "number": self.number,
            "key": normalise_number(self.number),
            "sort": entry_sort(self.n, self.suffix, self.number),
            "reason": wish.reason or self._reason_of_reserved(),
        }

    def _reason_of_reserved(self) -> str:
        """Why a literal number was reserved is still why it is one when it is taken up."""
        entry = self.entry
        return str(entry.reason) if entry is not None and entry.state == EntryState.RESERVED else ""

    def effect(self, wish: Wish, number: str) -> dict[str, object]:
        """What the journal of events keeps: the marks only where they are true."""
        told: dict[str, object] = {"journal": wish.journal.code, "number": number, "on": wish.on.isoformat()}
        marks = {
            "reason": wish.reason,
            "backdated": self.out_of_order,
            "brought_in": wish.brought_in,
            "before": str(self.entry.state) if self.entry is not None else "",
            "skipped": list(self.skipped or ()),
        }
        return told | {name: value for name, value in marks.items() if value}


def wish_for(
    journal: Journal,
    on: dt.date,
    context: Context,
    *,
    manual: str = "",
    reason: str = "",
    brought_in: bool = False,
    reserving: bool = False,
) -> Wish:
    """
    :raise Refusal: ``journal_closed``, ``number_too_long``, ``before_term`` or ``reason`` (too long)
    """
    if not journal.active:
        raise Refusal(
            "journal_closed",
            _("The journal «%(name)s» is closed. Choose another journal.", name=journal.name),
        )
    if len(manual) > NUMBER_LIMIT:
        raise wrong_number(
            "number_too_long", _("The number is longer than %(limit)s characters. Shorten it.", limit=NUMBER_LIMIT)
        )
    period = period_key(Reset(journal.reset), on, journal.term_since)
    return Wish(
        journal=journal,
        pattern=pattern_of(journal.pattern),
        period=period,
        on=on,
        context=dataclasses.replace(context, year=on.year, body=context.body or journal.body),
        manual=manual.strip(),
        reason=check_reason(reason) if reason.strip() else "",
        brought_in=brought_in,
        reserving=reserving,
    )


def wrong_number(code: str, sentence: str, **details: object) -> Refusal:
    return Refusal(code, sentence, fields={"number": sentence}, **details)
