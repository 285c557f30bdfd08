"""Two texts side by side: which paragraphs came, went or changed, and in which words.

Plain values in and out. The cost has a bound, whatever the texts are: what stands once in each text parts them
into pieces (patience), and a piece is aligned by likeness while :data:`PAIRS` lasts.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

#: Pairs of paragraphs whose likeness is looked at in one comparison, and at most in one piece of it.
PAIRS: Final = 400_000
PIECE: Final = 40_000
#: Pairs of words looked at in one comparison, and words of one paragraph: a longer one is taken out and put in whole.
WORD_PAIRS: Final = 2_000_000
WORDS: Final = 600
#: Paragraphs with a smaller share of words in common are two different ones, not one that was changed.
ALIKE: Final = 0.4
#: So many first words of a paragraph tell what it is like.
_TELLING = 200

_TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])\s*|\s+")


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a paragraph; ``op`` is "same", "ins" or "del"."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph on each side; a side is empty where there is none."""

    change: Change
    left: tuple[Part, ...] = ()
    right: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """``coarse`` says that the texts were too long, or too different, to find all that they have in common."""

    rows: tuple[Row, ...]
    coarse: bool = False

    def count(self, change: Change) -> int:
        return sum(row.change is change for row in self.rows)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that follow each other; a ``folded`` one is unchanged and not beside any change."""

    rows: tuple[Row, ...]
    folded: bool = False


def compare(old: Sequence[str], new: Sequence[str]) -> Comparison:
    """Paragraphs of two texts, aligned: the left sides one after another are ``old``, the right sides ``new``."""
    under_way = _Comparing()
    rows = tuple(under_way.rows(old, new))
    return Comparison(rows, under_way.coarse)


def stretches(rows: Sequence[Row], around: int = 1) -> list[Stretch]:
    """The rows cut into stretches: what is unchanged is folded, but for ``around`` rows beside each change."""
    near = [False] * len(rows)
    for place, row in enumerate(rows):
        if row.change is not Change.SAME:
            beside = range(max(place - around, 0), min(place + around + 1, len(rows)))
            near[beside.start : beside.stop] = [True] * len(beside)
    found: list[Stretch] = []
    start = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or near[place] != near[start]:
            found.append(Stretch(tuple(rows[start:place]), folded=not near[start]))
            start = place
    return found


class _Comparing:
    """One comparison under way, with what is left of its bounds."""

    def __init__(self) -> None:
        self.pairs = PAIRS
        self.word_pairs = WORD_PAIRS
        self.coarse = False

    def rows(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
        """The common beginning, what lies between paragraphs that stand once in both texts, the common end."""
        head, tail = _common_ends(old, new)
        yield from map(_same, old[:head])
        old, new, end = old[head : len(old) - tail], new[head : len(new) - tail], old[len(old) - tail :]
        i = j = 0
        for left, right in _anchors(old, new):
            yield from self._piece(old[i:left], new[j:right])
            yield _same(old[left])
            i, j = left + 1, right + 1
        yield from self._piece(old[i:], new[j:])
        yield from map(_same, end)

    def _piece(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
        head, tail = _common_ends(old, new)
        yield from map(_same, old[:head])
        yield from self._middle(old[head : len(old) - tail], new[head : len(new) - tail])
        yield from map(_same, old[len(old) - tail :])

    def _middle(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
        """Paragraphs aligned by likeness; a piece that is too long for that, in shares of its length."""
        shares = 1
        while (len(old) // shares + 1) * (len(new) // shares + 1) > PIECE:
            shares *= 2
        self.coarse |= shares > 1
        for share in range(shares):
            ours = old[len(old) * share // shares : len(old) * (share + 1) // shares]
            theirs = new[len(new) * share // shares : len(new) * (share + 1) // shares]
            yield from self._share(ours, theirs)

    def _share(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
        self.pairs -= len(old) * len(new)
        couples = _alike(old, new) if self.pairs >= 0 else []
        self.coarse |= self.pairs < 0 and bool(old and new)
        i = j = 0
        for left, right in [*couples, (len(old), len(new))]:
            yield from (Row(Change.REMOVED, left=(Part("del", text),)) for text in old[i:left])
            yield from (Row(Change.ADDED, right=(Part("ins", text),)) for text in new[j:right])
            if left < len(old):
                yield self._couple(old[left], new[right])
            i, j = left + 1, right + 1

    def _couple(self, old: str, new: str) -> Row:
        return _same(old) if old == new else Row(Change.CHANGED, *self._words(old, new))

    def _words(self, old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """Both paragraphs in pieces; joined again they are the paragraphs themselves."""
        ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
        a, b = [one.strip() for one in ours], [one.strip() for one in theirs]
        head, tail = _common_ends(a, b)
        sizes = (len(a) - head - tail, len(b) - head - tail)
        self.word_pairs -= sizes[0] * sizes[1]
        if max(sizes) > WORDS or self.word_pairs < 0:
            inside = [("replace", 0, sizes[0], 0, sizes[1])]
        else:
            matcher = SequenceMatcher(None, a[head : len(a) - tail], b[head : len(b) - tail])
            inside = list(matcher.get_opcodes())
        spans = [("equal", 0, head, 0, head)]
        spans += [(op, i + head, k + head, j + head, m + head) for op, i, k, j, m in inside]
        spans.append(("equal", len(a) - tail, len(a), len(b) - tail, len(b)))
        return (
            tuple(Part("same" if op == "equal" else "del", "".join(ours[i:k])) for op, i, k, _j, _m in spans if i < k),
            tuple(Part("same" if op == "equal" else "ins", "".join(theirs[j:m])) for op, _i, _k, j, m in spans if j < m),
        )


def _same(text: str) -> Row:
    part = (Part("same", text),)
    return Row(Change.SAME, part, part)


def _common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many pieces both begin with, and how many of the rest both end with."""
    shorter = min(len(old), len(new))
    head = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    left = shorter - head
    tail = next((place for place in range(left) if old[-1 - place] != new[-1 - place]), left)
    return head, tail


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of paragraphs that stand once in each text: as many as keep their order in both."""
    ours, theirs = Counter(old), Counter(new)
    places = {text: place for place, text in enumerate(new) if theirs[text] == 1}
    once = [(i, places[text]) for i, text in enumerate(old) if ours[text] == 1 and text in places]
    # The longest rising row of right places, by piles: each remembers the last one of the pile before it.
    tops: list[int] = []
    piles: list[int] = []
    before: list[int | None] = []
    for index, (_i, j) in enumerate(once):
        pile = bisect.bisect_left(tops, j)
        before.append(piles[pile - 1] if pile else None)
        tops[pile : pile + 1] = [j]
        piles[pile : pile + 1] = [index]
    found: list[tuple[int, int]] = []
    last = piles[-1] if piles else None
    while last is not None:
        found.append(once[last])
        last = before[last]
    return found[::-1]


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Couples of paragraphs, in the order of both texts, that have the most words in common."""
    if not old or not new:
        return []
    likeness = _likeness(old, new)
    width = len(new) + 1
    best = [[0.0] * width for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below, likes = best[i], best[i + 1], likeness[i]
        for j in range(len(new) - 1, -1, -1):
            row[j] = max(below[j], row[j + 1], below[j + 1] + likes[j] if likes[j] else 0.0)
    couples: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            couples.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return couples


def _likeness(old: Sequence[str], new: Sequence[str]) -> list[list[float]]:
    """Share of words in common (Dice) where it is enough to speak of one paragraph, else 0; equal ones lead."""
    theirs = [(text, _telling(text)) for text in new]
    rows = []
    for text in old:
        words = _telling(text)
        row = []
        for other, others in theirs:
            share = 2 * len(words & others) / (len(words) + len(others)) if words and others else 0.0
            row.append(2.0 if text == other else share if share >= ALIKE else 0.0)
        rows.append(row)
    return rows


def _telling(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text[: 20 * _TELLING].casefold())[:_TELLING])
