"""Numbers and journals as plain decisions (``domain.md`` §4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

#: A number may be reserved for a title, and titles are as long as this.
REASON_LIMIT: Final = 2_000


class Reset(StrEnum):
    """When a journal counts from one again: on 1 January, with a new term of its body, or never."""

    YEAR = "year"
    TERM = "term"
    NEVER = "never"


class EntryState(StrEnum):
    RESERVED = "reserved"
    REGISTERED = "registered"
    ANNULLED = "annulled"
    FREE = "free"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A number that stands next to the one in question, and the day it was registered on."""

    number: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class GapLine:
    """Running numbers ``first`` to ``last`` behind which stands no document.

    ``state`` is "never" where they were never given; otherwise the state of their entries. ``reason`` may be empty
    for "never" and "reserved" only.
    """

    first: int
    last: int
    state: str
    reason: str = ""


NEVER_GIVEN: Final = "never"


def period_key(reset: Reset, on: dt.date, term_since: dt.date | None = None) -> str:
    """The period in which a number of that day counts: "2026", "term:2024-09-01" or "all".

    :raise Refusal: ``before_term`` if the day lies before the term of the journal's body
    """
    if reset is Reset.YEAR:
        return f"{on.year:04d}"
    if reset is Reset.NEVER:
        return "all"
    assert term_since is not None, "a journal of a term has its first day: keep_journal makes sure of it"
    if on < term_since:
        raise _wrong_date(
            "before_term",
            _(
                "The term of the body began on %(since)s, and the date is %(date)s. Write %(since)s or later.",
                since=_day(term_since),
                date=_day(on),
            ),
        )
    return f"term:{term_since.isoformat()}"


def check_reason(reason: str) -> str:
    """
    :raise Refusal: ``reason`` if there is none or it is longer than 2,000 characters
    """
    told = reason.strip()
    if not told:
        sentence = _("The journal keeps a reason for this. Write why.")
        raise Refusal("reason", sentence, fields={"reason": sentence})
    if len(told) > REASON_LIMIT:
        sentence = _("The reason is longer than %(limit)s characters. Shorten it.", limit=REASON_LIMIT)
        raise Refusal("reason", sentence, fields={"reason": sentence})
    return told


def check_date(on: dt.date, *, today: dt.date, signed_on: dt.date | None = None) -> None:
    """
    :raise Refusal: ``future_date`` or ``before_signing``, whatever rights the person has
    """
    if on > today:
        raise _wrong_date(
            "future_date",
            _(
                "%(date)s has not come yet. Write today's date, %(today)s, or an earlier one.",
                date=_day(on),
                today=_day(today),
            ),
        )
    if signed_on is not None and on < signed_on:
        raise _wrong_date(
            "before_signing",
            _(
                "The date of registration is before the signing (%(signed)s). Write %(signed)s or later.",
                signed=_day(signed_on),
            ),
        )


def check_order(
    on: dt.date, previous: Neighbour | None, following: Neighbour | None = None, *, backdating: bool
) -> bool:
    """True if the date is out of the order of numbers, which ``backdating`` allows.

    :raise Refusal: ``before_previous`` or ``after_next`` where it is not allowed
    """
    if previous is not None and on < previous.on:
        if not backdating:
            raise _wrong_date(
                "before_previous",
                _(
                    "No. %(number)s before this one was registered on %(other)s, and the date is %(date)s. "
                    "Write %(other)s or later, or ask somebody who may register with an earlier date.",
                    number=previous.number,
                    other=_day(previous.on),
                    date=_day(on),
                ),
            )
        return True
    if following is not None and on > following.on:
        if not backdating:
            raise _wrong_date(
                "after_next",
                _(
                    "No. %(number)s after this one was registered on %(other)s, and the date is %(date)s. "
                    "Write %(other)s or earlier, or take the next number.",
                    number=following.number,
                    other=_day(following.on),
                    date=_day(on),
                ),
            )
        return True
    return False


def in_order(on: dt.date, previous: Neighbour | None, following: Neighbour | None) -> bool:
    """May a number between these two be given on that day without a special right?"""
    return (previous is None or previous.on <= on) and (following is None or on <= following.on)


def may_close(reset: Reset, period: str, today: dt.date) -> bool:
    """A year is closed on its last day or later; a term, or a journal that never resets, at any time."""
    return reset is not Reset.YEAR or today >= dt.date(int(period), 12, 31)


def gap_lines(
    last: int, entries: Iterable[tuple[int, str, str]], explained: Sequence[tuple[int, int, str]]
) -> list[GapLine]:
    """Running numbers from 1 to ``last`` without a live entry, neighbours of one state and reason as one line.

    :param entries: running number, state and reason of every entry without a literal suffix
    :param explained: first, last and reason, the later ones of more weight
    """
    lines: list[GapLine] = []
    for line in _stretches(last, sorted(entries), explained):
        before = lines[-1] if lines else None
        if before and (before.last + 1, before.state, before.reason) == (line.first, line.state, line.reason):
            lines[-1] = GapLine(before.first, line.last, line.state, line.reason)
        else:
            lines.append(line)
    return lines


def _stretches(
    last: int, entries: Iterable[tuple[int, str, str]], explained: Sequence[tuple[int, int, str]]
) -> Iterator[GapLine]:
    wanted = 1
    for n, state, reason in entries:
        yield from _never_given(wanted, n - 1, explained)
        if state != EntryState.REGISTERED:
            yield GapLine(n, n, str(state), reason)
        wanted = n + 1
    yield from _never_given(wanted, last, explained)


def _never_given(first: int, last: int, explained: Sequence[tuple[int, int, str]]) -> Iterator[GapLine]:
    """The stretch, cut wherever the explanations change."""
    if first > last:
        return
    edges = {edge for begin, end, _why in explained for edge in (begin, end + 1) if first < edge <= last}
    for begin, end in pairwise([first, *sorted(edges), last + 1]):
        reason = next((why for one, other, why in reversed(explained) if one <= begin <= other), "")
        yield GapLine(begin, end - 1, NEVER_GIVEN, reason)


def _wrong_date(code: str, sentence: str) -> Refusal:
    return Refusal(code, sentence, fields={"date": sentence})


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
