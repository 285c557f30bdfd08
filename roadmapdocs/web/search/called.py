"""Conditions of a search as scripts write them: the word of a kind, the day on which something is to be in force."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.dates import read_date
from roadmapdocs.search.kind_words import codes_of, known_words

_DATE = "29.11.2021"


def kinds_called(words: str) -> frozenset[str]:
    """Codes of the kinds: «приказ», «протокол», "item".

    :raise Refusal: ``unknown_kind`` with those that are known
    """
    codes = codes_of(words)
    if not codes:
        known = known_words()
        raise Refusal(
            "unknown_kind",
            _("There is no kind %(code)s. Known: %(known)s.", code=words, known=", ".join(known)),
            kind=words,
            known=known,
        )
    return codes


def day_called(text: str, today: dt.date) -> dt.date:
    """A day: 2021-11-29, 29.11.2021, «29 ноября 2021 г.», "today" or «сегодня».

    :raise Refusal: ``unknown_date``
    """
    if text.strip().lower() in {"today", "сегодня"}:
        return today
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        day = None
    day = day or read_date(text)
    if day is None:
        raise Refusal(
            "unknown_date",
            _("%(text)s is no date. Write it as %(iso)s or %(date)s, or write “today”.", text=text, iso="2021-11-29", date=_DATE),
            date=text,
            known=["2021-11-29", _DATE, "today"],
        )
    return day
