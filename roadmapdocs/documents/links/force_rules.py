"""On which days a document binds, and how a badge says it: plain decisions (``domain.md`` §3.2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from roadmapdocs.documents.rules import Force
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext


class Binding(StrEnum):
    """What a document is on one day. ``COMING`` has a day from which it will bind; ``NONE`` has none."""

    NONE = "none"
    COMING = "coming"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Facts:
    """``state`` is that of the force line now; the days say what was and will be.

    ``since`` is the first day with force (of the force line, else the document's own date), ``until`` the first
    day without; a suspension lasts from its first day to the day before its second, or is still going on.
    ``amended`` is the first day on which an amendment counts.
    """

    state: Force
    annulled: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    suspensions: tuple[tuple[dt.date, dt.date | None], ...] = ()
    amended: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document is on a day, and the day from which it will be, or is no more, in force."""

    binding: Binding
    day: dt.date | None = None

    @property
    def binds(self) -> bool:
        return self.binding in (Binding.IN_FORCE, Binding.AMENDED)


def legal_force(facts: Facts, on: dt.date) -> Standing:
    """What the document is on the day ``on``, past or coming, as far as is known now.

    Days decide, not the present state: what has ended was in force before, and what will end is in force still.
    A document that ended nobody knows when, or has force from an unknown day, is not in force on any day.
    """
    if facts.annulled or facts.state is Force.NOT_IN_FORCE:
        return Standing(Binding.NONE)
    if facts.until is not None and on >= facts.until:
        return Standing(Binding.ENDED, facts.until)
    if facts.state is Force.ENDED and facts.until is None:
        return Standing(Binding.ENDED)
    if facts.since is None:
        return Standing(Binding.NONE)
    if on < facts.since:
        return Standing(Binding.COMING, facts.since)
    if any(first <= on and (after is None or on < after) for first, after in facts.suspensions):
        return Standing(Binding.SUSPENDED)
    amended = facts.state is Force.AMENDED if facts.amended is None else on >= facts.amended
    return Standing(Binding.AMENDED if amended else Binding.IN_FORCE)


def standing_words(standing: Standing, gender: str = "m") -> str:
    """The words of a badge; in Russian they agree with the gender of the document's kind (m, f, n, p)."""
    day = standing.day.strftime("%d.%m.%Y") if standing.day else ""
    if standing.binding is Binding.COMING:
        if gender == "p":
            return pgettext("plural", "comes into force on %(day)s") % {"day": day}
        return _("comes into force on %(day)s", day=day)
    if standing.binding is Binding.ENDED:
        ended = {
            "m": pgettext("masculine", "no longer in force"),
            "f": pgettext("feminine", "no longer in force"),
            "n": pgettext("neuter", "no longer in force"),
            "p": pgettext("plural", "no longer in force"),
        }[gender]
        return _("%(ended)s since %(day)s", ended=ended, day=day) if day else ended
    return _plain_words(standing.binding, gender)


def _plain_words(binding: Binding, gender: str) -> str:
    plural = gender == "p"
    return {
        Binding.NONE: pgettext("plural", "not in force") if plural else pgettext("singular", "not in force"),
        Binding.IN_FORCE: pgettext("plural", "in force") if plural else pgettext("singular", "in force"),
        Binding.AMENDED: (
            pgettext("plural", "in force as amended") if plural else pgettext("singular", "in force as amended")
        ),
        Binding.SUSPENDED: {
            "m": pgettext("masculine", "suspended"),
            "f": pgettext("feminine", "suspended"),
            "n": pgettext("neuter", "suspended"),
            "p": pgettext("plural", "suspended"),
        }[gender],
    }[binding]
