"""Fragments: the pieces of a record's own text that show best why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.russian.letters import SOFT_HYPHEN, printable
from roadmapdocs.search.answers import Fragment, Piece
from roadmapdocs.search.marking import Mark, Marker, union
from roadmapdocs.search.ports import Plan
from roadmapdocs.search.sought import sought

#: Characters of a fragment, about three lines of a page of results.
WIDTH: Final = 240
#: Fragments of one record.
MOST: Final = 2
#: Longer titles are shown to here.
_TITLE_WIDTH = 1_000
#: Of marks in a text, windows begin at these many.
_MOST_BEGINNINGS = 200
#: Passages that a row shows in any case, as its title or its signer.
SHOWN_APART: Final = frozenset({"title", "number", "signer", "drafter"})
#: What is shown where nothing was hit.
_TEXTS: Final = frozenset({"summary", "text", "file", "attachment"})
#: Of two windows that show as much, the one of a text is taken before talk, and that before names.
_BESIDE: Final = {"comment": 0.5, "remark": 0.5, "unit": 1.0, "organisation": 1.0, "case": 1.0, "roadmap": 1.0, "section": 1.0}
_FILE_NAME: Final = 1.5
_BLANKS = re.compile(r"\s+")
_ELLIPSIS = "…"
# Where a paragraph begins: lines of a page end anywhere, so what stands before has to have come to an end.
_PARAGRAPH = re.compile(r"(?:[.!?:;]\s*?\n|\n\s*?\n|\f)\s*")


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of a passage (its place in the record) with its marks, and the bits of the groups they show."""

    passage: int
    marks: tuple[Mark, ...]
    groups: int
    score: float


class Fragments:
    """Made for one question; shows any number of records."""

    def __init__(self, plan: Plan) -> None:
        self._marker = Marker(sought(plan))

    def title(self, text: str) -> tuple[Piece, ...]:
        """The whole title with what was asked for marked."""
        text = text[:_TITLE_WIDTH]
        return _joined(_cut(text, 0, len(text), self._marker.marks(text)))

    def of(self, passages: Sequence[Mapping[str, str]], most: int = MOST) -> tuple[Fragment, ...]:
        """The best windows of a record's passages, at most one of a passage; its beginning where nothing was hit."""
        shown = [(place, passage) for place, passage in enumerate(passages) if passage["source"] not in SHOWN_APART]
        windows = [
            (window, window.score - _handicap(passage))
            for place, passage in shown
            if (window := _best(place, self._marker.marks(passage["text"])))
        ]
        chosen = _chosen(windows, most)
        if chosen:
            return tuple(_fragment(passages[one.passage], one) for one in chosen)
        beginning = next((one for _place, one in shown if one["source"] in _TEXTS and not _is_file_name(one)), None)
        return (_beginning(beginning),) if beginning and beginning["text"].strip() else ()


def _best(passage: int, marks: Sequence[Mark]) -> _Window | None:
    """The window that shows most of the question; the first that shows all that can be shown."""
    best: _Window | None = None
    everything = union(marks)
    phrases = any(mark.phrase for mark in marks)
    for first in range(min(len(marks), _MOST_BEGINNINGS)):
        inside = tuple(_within(marks, first))
        groups = union(inside)
        phrase = phrases and any(mark.phrase for mark in inside)
        score = 4 * groups.bit_count() + 3 * phrase + min(len(inside), 5) / 5
        if best is None or score > best.score:
            best = _Window(passage, inside, groups, score)
        if groups == everything and phrase == phrases:
            break
    return best


def _within(marks: Sequence[Mark], first: int) -> Iterator[Mark]:
    limit = marks[first].start + WIDTH * 3 // 4
    for mark in marks[first:]:
        if mark.end > limit and mark is not marks[first]:
            return
        yield mark


def _handicap(passage: Mapping[str, str]) -> float:
    return _FILE_NAME if _is_file_name(passage) else _BESIDE.get(passage["source"], 0.0)


def _is_file_name(passage: Mapping[str, str]) -> bool:
    """A file has two passages, its name and its text."""
    name = passage.get("name", "")
    return passage["source"] in {"file", "attachment"} and passage["text"] == (name.rpartition(".")[0] or name).replace("_", " ")


def _chosen(windows: Sequence[tuple[_Window, float]], most: int) -> list[_Window]:
    """The best window first; then those that show something more of the question."""
    chosen: list[_Window] = []
    covered = 0
    for window, _score in sorted(windows, key=lambda one: -one[1]):
        if len(chosen) < most and (not chosen or window.groups & ~covered):
            chosen.append(window)
            covered |= window.groups
    return chosen


def _fragment(passage: Mapping[str, str], window: _Window) -> Fragment:
    text = passage["text"]
    start, end = _edges(text, window.marks[0].start, min(window.marks[-1].end, window.marks[0].start + 2 * WIDTH))
    return _made(passage, start, end, _cut(text, start, end, window.marks))


def _beginning(passage: Mapping[str, str]) -> Fragment:
    text = passage["text"]
    first = len(text) - len(text.lstrip())
    start, end = _edges(text, first, first)
    return _made(passage, start, end, _cut(text, start, end, ()))


def _made(passage: Mapping[str, str], start: int, end: int, pieces: list[Piece]) -> Fragment:
    text = passage["text"]
    paged = "\f" in text
    before = [] if _begins_here(text, start) else [Piece(_ELLIPSIS)]
    after = [Piece(_ELLIPSIS)] if text[end : end + WIDTH].strip() else []
    page = text.count("\f", 0, start) + 1 if paged else None
    pieces = list(_joined(pieces))
    return Fragment(passage["source"], _joined([*before, *pieces, *after]), passage.get("name", ""), page)


def _begins_here(text: str, start: int) -> bool:
    """Whether a paragraph, or the text, begins at this place."""
    before = text[max(start - WIDTH, 0) : start]
    found = next(_PARAGRAPH.finditer(before, max(len(before.rstrip()) - 1, 0)), None)
    return (found is not None and found.end() == len(before)) or (start <= WIDTH and not before.strip())


def _edges(text: str, first: int, last: int) -> tuple[int, int]:
    """Whole words around the marks, up to :data:`WIDTH` characters, from the beginning of a paragraph if one is near."""
    spare = max(WIDTH - (last - first), 0)
    start = max(first - spare // 3, 0)
    paragraphs = [found.end() for found in _PARAGRAPH.finditer(text, start, first)]
    if paragraphs:
        start = paragraphs[-1]
    elif start:
        start = _after_blank(text, start, first)
    end = min(start + max(WIDTH, last - start), len(text))
    page_end = text.find("\f", last, end)
    end = page_end if page_end >= 0 else end
    if end < len(text) and not text[end].isspace():
        blank = next((place for place in range(end - 1, last - 1, -1) if text[place].isspace()), end)
        end = blank if blank > last else _word_end(text, max(last, 1) if blank == last else end)
    return start, end


def _after_blank(text: str, start: int, first: int) -> int:
    """The beginning of the next word, as long as it comes before the first mark."""
    place = start
    while place < first and not text[place - 1].isspace():
        place += 1
    return place


def _word_end(text: str, end: int) -> int:
    limit = min(end + 40, len(text))
    while end < limit and not text[end].isspace():
        end += 1
    return end


def _cut(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Piece]:
    pieces: list[Piece] = []
    place = start
    for mark in marks:
        if mark.end > end or mark.start < place:
            continue
        pieces += [Piece(text[place : mark.start]), Piece(text[mark.start : mark.end], marked=True)]
        place = mark.end
    return [*pieces, Piece(text[place:end])]


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """With single blanks, none at the edges, and without what has no sign of its own."""
    joined: list[Piece] = []
    for piece in pieces:
        text = _BLANKS.sub(" ", printable(piece.text)).replace(SOFT_HYPHEN, "")
        if not joined or joined[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if text:
            joined.append(Piece(text, piece.marked))
    if joined and joined[-1].text.endswith(" "):
        joined[-1] = Piece(joined[-1].text.rstrip(), joined[-1].marked)
    return tuple(piece for piece in joined if piece.text)
