"""Citations of documents in running text: «приказом … от 29.11.2021 № 178-П «Об …»» (``domain.md`` §12).

A citation hangs on a date with a number, a number with a date, or one of the two right behind the word that names
the kind. The kind and who issued it are looked for before, the heading behind. Every repetition in the patterns is
bounded or over single characters, and every look around stops at the citation before, so that the work grows with
the length of the text and not faster.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roadmapdocs.russian.mending import Mended, mend
from roadmapdocs.russian.reference_pieces import Piece, number_at, pieces_of
from roadmapdocs.russian.reference_words import (
    NUMBERED,
    is_law,
    is_state_body,
    kind_words,
    quoted_at,
    quoted_spans,
)

#: Between the name of the kind and the date or number stands the issuer; more signs than this are another sentence.
_REACH = 400
#: Without a number, the date has to stand nearer to the kind.
_NEAR = 160
_BESIDE = re.compile(r"[\s,]{0,6}(?:за\s)?")
_LISTED = re.compile(r"[\s,;]{0,8}(?:и|или|а также|также)?[\s,;]{0,8}")
# A full stop behind a word of three letters or a mark, before a capital; or an empty line.
_SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[»)]))[.!?]\s{1,8}(?=[А-ЯЁ])|\n[ ]{0,8}\n")
_TOPIC = re.compile(r"(?:об?|по|про)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """One citation. ``text`` is what stands at ``start`` to ``end``, without the heading.

    ``kind_word`` is the nominative in lower case, or empty; ``number`` is empty where the text leaves it out, and
    ``date`` None. ``outside`` marks laws and acts of the state, which no office keeps in its own registry.
    """

    text: str
    start: int
    end: int
    kind_word: str
    issuer: str
    date: dt.date | None
    number: str
    title: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """What stands before a date or number; ``end`` is where the kind's word ends."""

    kind: str
    start: int
    end: int
    issuer: str = ""
    title: str = ""


def find_references(text: str) -> list[Reference]:
    """Citations in reading order. A date that the calendar lacks makes none."""
    mended = mend(text)
    pieces = pieces_of(mended)
    kinds = [_Named(*found) for found in kind_words(mended.low)]
    ends = [kind.end for kind in kinds]
    references: list[Reference] = []
    last: _Named | None = None
    behind = at = 0
    while at < len(pieces):
        taken = _taken(mended, pieces, at)
        at += len(taken)
        start = taken[0].start
        if start < behind:
            continue
        near = kinds[bisect_left(ends, start - _REACH) : bisect_right(ends, start)]
        named = _listed(mended, start, behind, last) or _before(mended, start, behind, near)
        if _enough(mended, named, taken):
            reference, behind = _reference(mended, named, taken)
            references.append(reference)
            last = named
    return references


def _taken(mended: Mended, pieces: Sequence[Piece], at: int) -> list[Piece]:
    """A date and a number that stand side by side, in either order, or the piece alone."""
    first, second = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
    if second is None or not _BESIDE.fullmatch(mended.low, first.end, second.start):
        return [first]
    dated, numbered = (second, first) if first.number is not None else (first, second)
    pair = numbered.number is not None and dated.number is None and (dated is first or (dated.of and numbered.number))
    return [first, second] if pair else [first]


def _listed(mended: Mended, start: int, behind: int, last: _Named | None) -> _Named | None:
    """The kind of the citation before, for one that is listed with it: «от … № 5 и от … № 7»."""
    if last is None or not _LISTED.fullmatch(mended.low, behind, start):
        return None
    return replace(last, start=start, end=start, title="")


def _before(mended: Mended, start: int, behind: int, near: Sequence[_Named]) -> _Named:
    """The nearest kind in the same sentence, outside quotation marks.

    «приказом об утверждении Положения от …» is about the order: what it approves stands in its heading.
    """
    if not near:
        return _Named("", start, start)
    since = max(behind, start - _REACH)
    window = mended.shown[since:start]
    cut = max((stop.end() for stop in _SENTENCE.finditer(window)), default=0)
    quoted = quoted_spans(window)
    fit = [
        kind
        for kind in near
        if kind.start >= since + cut and not any(a <= kind.start - since < b for a, b in quoted)
    ]
    if not fit:
        return _Named("", start, start)
    chosen = fit[-1]
    for kind in reversed(fit[:-1] if chosen.kind not in NUMBERED else []):
        if kind.kind in NUMBERED and _TOPIC.match(mended.low, kind.end + 1):
            chosen = kind
            break
    between = " ".join(mended.shown[chosen.end : start].split()).strip(" ,")
    title, after = quoted_at(between, 0)
    if title:
        return replace(chosen, title=title, issuer=between[after:].strip(" ,"))
    if _TOPIC.match(between):
        return replace(chosen, title=between)
    return replace(chosen, issuer=between)


def _enough(mended: Mended, named: _Named, taken: Sequence[Piece]) -> bool:
    """Whether the pieces and the kind make a citation, and not a heading, a deadline or the number of a school."""
    between = mended.shown[named.end : taken[0].start]
    own = named.kind in NUMBERED
    if len(taken) == 2 and taken[0].number is None and not taken[0].of:
        return bool(named.kind) and "\n" not in between and not mended.shown[named.start : named.end].isupper()
    if len(taken) == 2:
        return bool(named.kind) or any(piece.number for piece in taken)
    if taken[0].number is not None:
        return own and not between.strip() and not mended.shown[named.start : named.end].isupper()
    return own and taken[0].of and not taken[0].blank and len(between) <= _NEAR


def _reference(mended: Mended, named: _Named, taken: Sequence[Piece]) -> tuple[Reference, int]:
    """The citation, and the place behind it and its heading."""
    end = named.start + len(mended.shown[named.start : taken[-1].end].rstrip(" \n,_"))
    number = "".join(piece.number for piece in taken if piece.number)
    title, behind = quoted_at(mended.shown, end)
    if title and len(taken) == 1 and not number:
        number, behind = number_at(mended, behind)
    first, last = mended.place(named.start), mended.place(end - 1) + 1
    reference = Reference(
        mended.source[first:last],
        first,
        last,
        named.kind,
        named.issuer,
        next((piece.date for piece in taken if piece.date), None),
        number,
        title or named.title,
        is_law(named.kind, number) or is_state_body(named.issuer),
    )
    return reference, max(behind, taken[-1].end)
