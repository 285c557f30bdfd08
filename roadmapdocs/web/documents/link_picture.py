"""The chain of a document as a drawing: on the left what it grew out of, on the right what it acts on.

Made twice from the same ends: three columns for the desk, and for the phone a rail from top to bottom.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: As many ends of one side are drawn; the list below the drawing has them all.
MOST: Final = 4
_NODE_WIDTH, _NODE_HEIGHT, _GAP = 206, 58, 12
_ARROW = 96
_TALL_WIDTH, _RAIL, _INDENT, _WORDS = 330, 11, 30, 20
#: Letters that fit: names are in 14 px, second lines in 13 px, words on arrows in 12 px.
_NAME_WIDE, _NOTE_WIDE, _NAME_TALL, _NOTE_TALL, _WORD = 23, 26, 34, 38, 14


@dataclass(frozen=True, slots=True)
class End:
    """A neighbour. ``words`` say how the two are tied, seen from this document; ``url`` is None for the rest."""

    words: str
    name: str
    note: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Node:
    """A box; ``full`` is the name and the note uncut, for those who point at it."""

    x: int
    y: int
    width: int
    height: int
    name: str
    note: str
    full: str
    url: str | None = None
    own: bool = False

    @property
    def text_y(self) -> int:
        """The base line of the name: two lines stand in the middle of the box."""
        return self.y + self.height // 2 - (4 if self.note else -5)


@dataclass(frozen=True, slots=True)
class Arrow:
    """From left to right, or down the rail; ``lines`` are its words, the last one just above it."""

    x: int
    y: int
    length: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def wide(name: str, note: str, left: Sequence[End], right: Sequence[End]) -> Picture:
    """Three columns, or two where there is nothing on one side."""
    left, right = left[:MOST], right[:MOST]
    height = max(len(left), len(right), 1) * (_NODE_HEIGHT + _GAP) - _GAP
    own_x = _NODE_WIDTH + _ARROW if left else 0
    nodes = [_wide_node(own_x, 0, End("", name, note, None), height, own=True)]
    arrows = []
    for ends, x, arrow_x in ((left, 0, _NODE_WIDTH), (right, own_x + _NODE_WIDTH + _ARROW, own_x + _NODE_WIDTH)):
        for y, end in zip(_rows(len(ends), height), ends, strict=True):
            nodes.append(_wide_node(x, y, end))
            arrows.append(Arrow(arrow_x + 5, y + _NODE_HEIGHT - 16, _ARROW - 10, _wrapped(end.words)))
    width = own_x + _NODE_WIDTH + (_ARROW + _NODE_WIDTH if right else 0)
    return Picture(width, height, tuple(nodes), tuple(arrows))


def tall(name: str, note: str, left: Sequence[End], right: Sequence[End]) -> Picture:
    """A rail with the document between what it grew out of and what it acts on; words stand above each box."""
    nodes: list[Node] = []
    arrows: list[Arrow] = []
    y = 0
    width = _TALL_WIDTH - _INDENT
    for end in (*left[:MOST], None, *right[:MOST]):
        if end is not None:
            arrows.append(Arrow(_RAIL, y + 14, _INDENT - _RAIL, (end.words,)))
            y += _WORDS
        name_, note_, url = (end.name, end.note, end.url) if end is not None else (name, note, None)
        nodes.append(
            Node(
                _INDENT,
                y,
                width,
                _NODE_HEIGHT,
                _cut(name_, _NAME_TALL),
                _cut(note_, _NOTE_TALL),
                _full(name_, note_),
                url,
                own=end is None,
            )
        )
        y += _NODE_HEIGHT + _GAP
    return Picture(_TALL_WIDTH, y - _GAP, tuple(nodes), tuple(arrows))


def _rows(number: int, height: int) -> list[int]:
    """Tops of boxes that share the height of the drawing evenly."""
    if number == 0:
        return []
    share = height / number
    return [round(place * share + (share - _NODE_HEIGHT) / 2) for place in range(number)]


def _wide_node(x: int, y: int, end: End, height: int = _NODE_HEIGHT, *, own: bool = False) -> Node:
    cut = _cut(end.name, _NAME_WIDE), _cut(end.note, _NOTE_WIDE)
    return Node(x, y, _NODE_WIDTH, height, *cut, _full(end.name, end.note), end.url, own)


def _wrapped(words: str) -> tuple[str, ...]:
    lines = textwrap.wrap(words, _WORD, break_long_words=True)
    return tuple(lines if len(lines) <= 3 else [*lines[:2], _cut(" ".join(lines[2:]), _WORD)])


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _full(name: str, note: str) -> str:
    return f"{name}: {note}" if note else name
