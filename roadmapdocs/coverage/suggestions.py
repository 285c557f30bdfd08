"""Which documents may prove a slot: ranked, each with its reasons for and against, for a person to confirm."""

from __future__ import annotations

import datetime as dt
import enum
import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from roadmapdocs.coverage.rules import Expected, Slot
from roadmapdocs.coverage.words import stems

# After the due day by no more than this a document is late; beyond it belongs to another period.
LATE_DAYS = 92
# A document dated a little before its period may still belong to it: said neither for nor against.
_EARLY_DAYS = 31
# «До 01.12.2021» names no beginning: a document of the year before it is in time.
_DAYS_BEFORE_DEADLINE = 365
_ANY_KIND = frozenset({"", "прочее"})
# With fewer points a document is not worth a look: one word in common, or the kind alone in another period.
_FEWEST_POINTS = 2


class Strength(enum.IntEnum):
    """In the office: хорошее совпадение, возможно, слабое совпадение."""

    GOOD = 3
    POSSIBLE = 2
    WEAK = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that the reader may see. ``kind`` in the words of expected documents («приказ»).

    ``responsibles`` name its author, signer and their units, in the same terms as those of the item.
    """

    id: int
    kind: str
    title: str
    date: dt.date | None = None
    responsibles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Reasons as data. ``words`` as written in the document's title, ``responsible`` as named by the item.

    Of ``in_period``, ``days_late`` (days after the due day) and ``other_period`` at most one holds; none when
    the document or the slot is undated. Of ``kind_same`` and ``kind_other`` none when any kind would do.
    """

    document: int
    kind_same: bool
    kind_other: bool
    words: tuple[str, ...]
    responsible: tuple[str, ...]
    in_period: bool
    days_late: int | None
    other_period: bool

    @property
    def points(self) -> int:
        """Orders suggestions among themselves; what people see is the strength and the reasons."""
        kind = 2 * self.kind_same - 2 * self.kind_other
        when = 2 * self.in_period + (self.days_late is not None) - 2 * self.other_period
        return kind + min(len(self.words), 3) + bool(self.responsible) + when

    @property
    def strength(self) -> Strength:
        """A document of another kind or another period reaches 4 points at most, so it is never a good match."""
        if self.points >= 6:
            return Strength.GOOD
        return Strength.POSSIBLE if self.points >= 4 else Strength.WEAK


@dataclass(frozen=True, slots=True)
class _Window:
    """Days as ordinals, with open sides filled in; ``late_days``: for how long after it a document is late."""

    first: int
    last: int
    late_days: int


def rank(
    expected: Expected,
    slot: Slot,
    title: str,
    responsibles: Iterable[str],
    candidates: Iterable[Candidate],
    *,
    limit: int = 10,
) -> list[Suggestion]:
    """The best ``limit`` candidates for a slot, best first; the order depends on nothing but the data.

    ``title`` is the item's. A document with neither the kind nor a word in common is not suggested, nor one
    with little left when what speaks against it is taken off. Documents already linked to the slot are the
    caller's to leave out.
    """
    wanted = tuple(stems(f"{expected.title} {title}"))
    people = {_folded(responsible): responsible for responsible in responsibles}
    kind = _folded(expected.kind)
    window = _window(slot)
    scored = []
    for candidate in candidates:
        found = _suggestion(kind, wanted, people, window, candidate)
        if (found.kind_same or found.words) and found.points >= _FEWEST_POINTS:
            order = (-found.points, -len(found.words), _distance(window, candidate.date), candidate.id)
            scored.append((order, found))
    return [found for _, found in heapq.nsmallest(limit, scored, key=lambda entry: entry[0])]


def _suggestion(
    kind: str, wanted: tuple[str, ...], people: dict[str, str], window: _Window | None, candidate: Candidate
) -> Suggestion:
    own = stems(candidate.title)
    named = kind not in _ANY_KIND
    given = _folded(candidate.kind)
    same = named and kind == given
    # «Приказ об утверждении положения» may well prove a regulation: the kind speaks neither for nor against.
    other = named and bool(given) and not same and not (stems(kind).keys() & own.keys())
    known = [people[name] for one in candidate.responsibles if (name := _folded(one)) in people]
    in_period, days_late, other_period = _when(window, candidate.date)
    return Suggestion(
        document=candidate.id,
        kind_same=same,
        kind_other=other,
        words=tuple(own[stem] for stem in wanted if stem in own),
        responsible=tuple(dict.fromkeys(known)),
        in_period=in_period,
        days_late=days_late,
        other_period=other_period,
    )


def _window(slot: Slot) -> _Window | None:
    start, end = slot.start, slot.due or slot.end
    if start is None and end is None:
        return None
    last = end.toordinal() if end else dt.date.max.toordinal()
    first = start.toordinal() if start else last - _DAYS_BEFORE_DEADLINE
    return _Window(first, last, LATE_DAYS if slot.due else 0)


def _when(window: _Window | None, date: dt.date | None) -> tuple[bool, int | None, bool]:
    """(in period, days after the due day, other period); all empty when nothing can be said."""
    if window is None or date is None:
        return False, None, False
    day = date.toordinal()
    if window.first <= day <= window.last:
        return True, None, False
    if 0 < day - window.last <= window.late_days:
        return False, day - window.last, False
    return False, None, day > window.last or window.first - day > _EARLY_DAYS


def _distance(window: _Window | None, date: dt.date | None) -> int:
    """Days between the document and the window, 0 inside; an undated document stands behind the dated ones."""
    if date is None:
        return dt.date.max.toordinal()
    if window is None:
        return 0
    return max(window.first - date.toordinal(), date.toordinal() - window.last, 0)


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").replace(".", ". ").split())
