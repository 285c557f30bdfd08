"""Pieces that stand together become readings: the terms before they get their words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from roadmapdocs.russian import leftovers
from roadmapdocs.russian.binding import Bounds, Days, bind
from roadmapdocs.russian.pieces import (
    ByPlan,
    Dated,
    Lasts,
    OnDemand,
    Onward,
    Piece,
    Repeats,
    Unread,
    Window,
    Years,
)
from roadmapdocs.russian.tokens import Token, word_at


@dataclass(frozen=True, slots=True)
class Reading:
    """A term and the tokens it came from."""

    first: int
    after: int
    kind: str
    start: dt.date | None = None
    end: dt.date | None = None
    recurrence: str | None = None

    def covering(self, first: int, after: int) -> Reading:
        return replace(self, first=first, after=after)


@dataclass(frozen=True, slots=True)
class _Group:
    """The pieces of one statement, sorted by what they are."""

    days: list[Days]
    repeats: list[Piece]
    lasts: list[Piece]
    plans: list[Piece]
    demands: list[Piece]
    onward: list[Piece]


def read_cell(tokens: Sequence[Token], pieces: Sequence[Piece], bounds: Bounds) -> list[Reading]:
    """The readings of a cell that is all period, with what could not be read, in reading order."""
    found: list[Reading] = []
    for group in _statements(tokens, pieces):
        meant = read_group([piece for piece in group if not isinstance(piece.what, Unread)], bounds)
        found += _with_leftovers(tokens, group, meant)
    found = [_balanced(tokens, one) for one in found] or [Reading(0, len(tokens), "unspecified")]
    if len({(one.first, one.after) for one in found}) == 1 or all(one.kind == "unspecified" for one in found):
        return [
            one.covering(0, len(tokens)) for one in (found if found[0].kind != "unspecified" else found[:1])
        ]
    return found


def _balanced(tokens: Sequence[Token], one: Reading) -> Reading:
    """The reading without half a pair of brackets at its edge."""
    marks = [word_at(tokens, i) for i in range(one.first, one.after)]
    opened = marks.count("(") - marks.count(")")
    if opened < 0 and marks[-1] == ")":
        return replace(one, after=one.after - 1)
    if opened > 0 and word_at(tokens, one.after) == ")":
        return replace(one, after=one.after + 1)
    return one


def _statements(tokens: Sequence[Token], pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces between semicolons; «далее» begins a statement of its own unless a recurrence follows it."""
    groups: list[list[Piece]] = [[]]
    for i, piece in enumerate(pieces):
        if isinstance(piece.what, Unread):
            first = piece.first
            for place in range(piece.first, piece.after):
                if word_at(tokens, place) == ";":
                    groups[-1].append(Piece(first, place + 1, Unread()))
                    groups.append([])
                    first = place + 1
            if first < piece.after:
                groups[-1].append(Piece(first, piece.after, Unread()))
            continue
        if isinstance(piece.what, Onward):
            following = [one.what for one in pieces[i + 1 :] if not isinstance(one.what, Unread)]
            if following and isinstance(following[0], ByPlan | Lasts | OnDemand):
                groups.append([])
        groups[-1].append(piece)
    return [group for group in groups if group]


def read_group(pieces: Sequence[Piece], bounds: Bounds) -> list[Reading]:
    """The readings of pieces that belong together, sorted by their place."""
    calendar = [piece for piece in pieces if isinstance(piece.what, Dated | Window | Years)]
    group = _Group(
        bind(calendar, bounds),
        _merged_repeats([piece for piece in pieces if isinstance(piece.what, Repeats)]),
        [piece for piece in pieces if isinstance(piece.what, Lasts)],
        [piece for piece in pieces if isinstance(piece.what, ByPlan)],
        [piece for piece in pieces if isinstance(piece.what, OnDemand)],
        [piece for piece in pieces if isinstance(piece.what, Onward)],
    )
    return sorted(_read(group, bounds), key=lambda one: (one.first, one.after))


def _merged_repeats(repeats: list[Piece]) -> list[Piece]:
    """«ежегодно, не реже 1 раза в полугодие» is one recurrence: the counted one says more."""
    counted = [piece for piece in repeats if isinstance(piece.what, Repeats) and piece.what.counted]
    if len({piece.what for piece in repeats}) == 1 and len(repeats) > 1:
        return [Piece(repeats[0].first, repeats[-1].after, repeats[0].what)]
    if not counted or len(repeats) == 1:
        return repeats
    return [Piece(min(repeats[0].first, counted[0].first), counted[0].after, counted[0].what), *counted[1:]]


def _read(group: _Group, bounds: Bounds) -> list[Reading]:
    if group.repeats:
        return _recurring(group, bounds)
    strong = any(isinstance(piece.what, ByPlan) and not piece.what.weak for piece in group.plans)
    if strong or (group.plans and not group.days and not group.lasts and not group.demands):
        return _by_plan(group)
    if group.lasts:
        return _lasting(group, bounds)
    dated = [one for days in group.days for one in _calendar(days)]
    if group.onward:
        dated = [_opened(one) for one in dated]
    return dated + [Reading(piece.first, piece.after, "on_demand") for piece in group.demands]


def _calendar(days: Days) -> list[Reading]:
    """Ranges and deadlines; what has no year, and no year to be had, is a question to the clerk."""
    if days.each_year:
        return [Reading(days.first, days.after, "recurring", recurrence="yearly")]
    if not days.dated:
        return [Reading(days.first, days.after, "unspecified")]
    return [
        Reading(days.first, days.after, "deadline" if one.start is None else "range", one.start, one.end)
        for one in days.dated
    ]


def _opened(one: Reading) -> Reading:
    """«С сентября 2021 и далее»."""
    return replace(one, end=None) if one.kind == "range" else one


def _hull(days: Iterable[Dated]) -> tuple[dt.date | None, dt.date | None]:
    """From the first start to the last end; a side is open when one of the stretches leaves it open."""
    stretches = list(days)
    starts = [one.start for one in stretches]
    ends = [one.end for one in stretches]
    start = min((day for day in starts if day), default=None) if all(starts) else None
    end = max((day for day in ends if day), default=None) if all(ends) else None
    return start, end


def _recurring(group: _Group, bounds: Bounds) -> list[Reading]:
    first_repeat = group.repeats[0]
    assert isinstance(first_repeat.what, Repeats)
    every = first_repeat.what.every
    unsaid = [days for days in group.days if not days.certain]
    if first_repeat.what.counted and len(unsaid) > 1 and not _is_yearly(every):
        return [_times_of_one_count(first_repeat, unsaid, bounds)]
    if unsaid and len(group.repeats) == 1:
        found = []
        for number, days in enumerate(unsaid):
            first, after = days.first, days.after
            if number == 0:
                first, after = min(first, first_repeat.first), max(after, first_repeat.after)
            found.append(Reading(first, after, "recurring", *_each_time(days, bounds), recurrence=every))
        return found
    start, end = _recurring_between(group, bounds, every)
    return [
        Reading(piece.first, piece.after, "recurring", start, end, piece.what.every)
        for piece in group.repeats
        if isinstance(piece.what, Repeats)
    ]


def _times_of_one_count(repeat: Piece, times: Sequence[Days], bounds: Bounds) -> Reading:
    """«2 раза в год (декабрь, май)»: the months are those two times, not two recurrences of twice a year each."""
    assert isinstance(repeat.what, Repeats)
    spans = [_each_time(days, bounds) for days in times]
    start = min((span[0] for span in spans if span[0]), default=None)
    end = max((span[1] for span in spans if span[1]), default=None)
    first, after = min(repeat.first, times[0].first), max(repeat.after, times[-1].after)
    return Reading(first, after, "recurring", start, end, repeat.what.every)


def _each_time(days: Days, bounds: Bounds) -> tuple[dt.date | None, dt.date | None]:
    """«ежегодно, октябрь»: from the first October of the plan to the last."""
    limits = bounds.days
    if not days.dated:
        return limits
    start, end = _hull(days.dated)
    if end and limits[1]:
        end = min(end, limits[1])
    return start or limits[0], end or limits[1]


def _recurring_between(group: _Group, bounds: Bounds, every: str) -> tuple[dt.date | None, dt.date | None]:
    limits = bounds.days
    dated = [one for days in group.days if days.certain for one in days.dated]
    if not dated:
        return limits
    start, end = _hull(dated)
    if group.onward:
        start, end = start or end, None
    elif start and end and _is_yearly(every) and (end - start).days < 360:
        end = None  # «Август 2022, ежегодно» names the first time, not the only one
    if start is None and limits[0] and end and limits[0] <= end:
        start = limits[0]
    if end is None and limits[1] and start and start <= limits[1]:
        end = limits[1]
    return start, end


def _is_yearly(every: str) -> bool:
    return every == "yearly" or (every.startswith("every") and every.endswith("years"))


def _by_plan(group: _Group) -> list[Reading]:
    """«2019-2021 по графику СОИРО» lies in those years; a deadline beside a plan stays a deadline."""
    pieces = [*group.plans, *group.lasts]
    dated = [one for days in group.days for one in _calendar(days)]
    ranges = [one for one in dated if one.kind == "range"]
    if not dated:
        piece = min(pieces, key=lambda one: one.first)
        return [Reading(piece.first, piece.after, "external_plan")]
    if not ranges:
        return dated
    return [replace(one, kind="external_plan") if one.kind == "range" else one for one in dated]


def _lasting(group: _Group, bounds: Bounds) -> list[Reading]:
    """«в течение года 2022 2023»: one stretch through all of the years; on demand if the words say so."""
    within = [days for days in group.days if days.whole_years or _is_open(days)]
    others = [one for days in group.days if days not in within for one in _calendar(days)]
    dated = [one for days in within for one in days.dated]
    start, end = _hull(dated) if dated else bounds.days
    first = min(piece.first for piece in group.lasts)
    after = max(piece.after for piece in group.lasts)
    for days in within:
        first, after = min(first, days.first), max(after, days.after)
    if group.demands:
        piece = group.demands[0]
        return [Reading(min(first, piece.first), max(after, piece.after), "on_demand", start, end), *others]
    return [Reading(first, after, "continuous", start, end), *others]


def _is_open(days: Days) -> bool:
    return bool(days.dated) and days.dated[-1].end is None


def _with_leftovers(tokens: Sequence[Token], group: Sequence[Piece], meant: list[Reading]) -> list[Reading]:
    """The readings with the comments that are theirs, and what is left, stated as unspecified."""
    found = list(meant)
    for i, piece in enumerate(group):
        if not isinstance(piece.what, Unread):
            continue
        before = group[i - 1].what if i else None
        following = group[i + 1].what if i + 1 < len(group) else None
        place = leftovers.judge(tokens, piece, before, following) if meant else "unread"
        core = leftovers.trimmed(tokens, piece)
        if core is None or place == "nothing":
            continue
        if place == "unread":
            found.append(Reading(core.first, core.after, "unspecified"))
        else:
            _attach(found, piece, core, forward=place == "label")
    return _in_order(found)


def _attach(found: list[Reading], piece: Piece, core: Piece, forward: bool) -> None:
    """Stretch the neighbouring reading over the words of a comment."""
    for number, one in enumerate(found):
        if forward and one.first == piece.after:
            found[number] = replace(one, first=core.first)
        elif not forward and one.after == piece.first:
            found[number] = replace(one, after=core.after)


def _in_order(found: list[Reading]) -> list[Reading]:
    """Sorted by place; unread words that touch become one statement."""
    found.sort(key=lambda one: (one.first, one.after))
    joined: list[Reading] = found[:1]
    for one, following in pairwise(found):
        if one.kind == following.kind == "unspecified" and joined[-1].after == following.first:
            joined[-1] = replace(joined[-1], after=following.after)
        else:
            joined.append(following)
    return joined
