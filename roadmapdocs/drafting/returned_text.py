"""The text of a Word file read into a content: preamble and points of an order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from roadmapdocs.drafting.point_reading import numbered, read_point
from roadmapdocs.drafting.values import OrderValues, Point, Values

_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\s){3,}[^\W\d_](?![^\W_])")
_DECREE = re.compile(r"[\s,]*\b(?P<word>приказываю|обязываю|распоряжаюсь|предлагаю)\s*:?\s*$", re.IGNORECASE)
_END = re.compile(r"приложение(?:\s*(?:№\s*)?\d+)?(?:\s+к\b.*)?$", re.IGNORECASE)
_PREAMBLE = re.compile(r"(?:во исполнение|в соответствии|в целях|на основании|по итогам|согласно|с целью|руководствуясь|в связи)", re.IGNORECASE)


@dataclass(slots=True)
class _Node:
    """A point that is being read: its words, and those below it."""

    words: list[str]
    below: list[_Node] = field(default_factory=list)


def content_of_text(shape: type[Values], lines: Sequence[str]) -> OrderValues | None:
    """The values that the lines of an order say; None for other shapes, and for a text without points."""
    if not issubclass(shape, OrderValues):
        return None
    plain = [" ".join(despaced(line).split()) for line in lines]
    decree = next((place for place, line in enumerate(plain) if _DECREE.search(line)), None)
    if decree is None:
        return None
    points = _points(plain[decree + 1 :])
    if not points:
        return None
    return shape(preamble=_preamble(plain, decree), points=points)


def appendix_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """First lines of the appendices behind the points, «Приложение № 1»: :func:`content_of_text` leaves them out."""
    plain = [" ".join(despaced(line).split()) for line in lines]
    decree = next((place for place, line in enumerate(plain) if _DECREE.search(line)), len(plain))
    return tuple(line for line in plain[decree + 1 :] if _END.match(line))


def despaced(line: str) -> str:
    """«п р и к а з ы в а ю» as a word."""
    return _SPACED.sub(lambda found: re.sub(r"\s", "", found[0]), line)


def without_decree(line: str) -> str:
    """A preamble without «приказываю:» at its end; its own comma stays."""
    found = _DECREE.search(line)
    if found is None:
        return line
    comma = "," if "," in line[found.start() : found.start("word")] else ""
    return line[: found.start()].rstrip() + comma


def _preamble(lines: Sequence[str], decree: int) -> str:
    """What stands before the decree: in its own line, or above it from the word that grounds begin with."""
    said = without_decree(lines[decree])
    if said:
        return said
    above = next((place for place in range(decree - 1, max(decree - 6, -1), -1) if _PREAMBLE.match(lines[place])), None)
    return " ".join(lines[above:decree]) if above is not None else lines[decree - 1] if decree else ""


def _points(lines: Iterable[str]) -> tuple[Point, ...]:
    """Numbered lines as points within points; a line without a number goes on with the point before it, unless it
    stands behind the last one: there the signature begins.
    """
    top: list[_Node] = []
    path: list[_Node] = []
    loose: list[str] = []
    for line in lines:
        if _END.match(line):
            break
        one = numbered(line)
        if not one.number:
            loose.append(line)
            continue
        if path:
            path[-1].words += loose
        loose = []
        depth = one.number.count(".") + 1
        node = _Node([one.text])
        del path[min(depth, len(path) + 1) - 1 :]
        (path[-1].below if path else top).append(node)
        path.append(node)
    return tuple(_point(node) for node in top)


def _point(node: _Node) -> Point:
    return replace(read_point(" ".join(node.words)), points=tuple(_point(one) for one in node.below))
