"""Numbers of points: gaps, repeats and stray dots (§21, 17)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from roadmapdocs.drafting.checks import places
from roadmapdocs.drafting.checks.facts import Facts, Part, Passage
from roadmapdocs.drafting.checks.rules import Severity, Trouble
from roadmapdocs.i18n import gettext as _

_STRAY = re.compile(r"(?:\d{1,3}\.){1,6}\s*\.|\d{1,3}(?:\.\d{1,3}){0,5}\.{2,}")
_WITH_DOT = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.")
_WITHOUT_DOT = re.compile(r"\d{1,3}(?:\.\d{1,3})+(?![.\d])")
_MOST = 10


class Break(StrEnum):
    GAP = "gap"
    REPEAT = "repeat"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Broken:
    """``at`` is the place in the sequence, ``expected`` the number that would have gone on."""

    at: int
    what: Break
    expected: str


def breaks(numbers: Sequence[str]) -> list[Broken]:
    """Where «1», «1.1», «1.2», «2» … does not go on. A sequence that begins anew with «1» is another list."""
    found = []
    last: tuple[int, ...] = ()
    seen: set[tuple[int, ...]] = set()
    for at, number in enumerate(numbers):
        now = tuple(int(part) for part in number.split("."))
        if last and set(now) == {1} and len(now) <= len(last):
            last, seen = (), set()
        following = _following(last)
        if now in seen:
            found.append(Broken(at, Break.REPEAT, _shown(_expected(last, now))))
        elif now not in following and last:
            what = Break.GAP if now > last else Break.ORDER
            found.append(Broken(at, what, _shown(_expected(last, now))))
        elif not last and now[-1] != 1:
            found.append(Broken(at, Break.GAP, _shown((*now[:-1], 1))))
        seen.add(now)
        last = now
    return found


def _following(last: tuple[int, ...]) -> set[tuple[int, ...]]:
    """Everything that may stand behind ``last``: its first child, or the next of it or of what it stands in."""
    if not last:
        return {(1,), (1, 1)}
    nexts = {(*last[: depth - 1], last[depth - 1] + 1) for depth in range(1, len(last) + 1)}
    # A section without text of its own: «1.2» is followed by «2.1».
    return nexts | {(*last, 1)} | {(*one, 1) for one in nexts}


def _expected(last: tuple[int, ...], now: tuple[int, ...]) -> tuple[int, ...]:
    """What would have stood there at the depth of what stands there."""
    depth = min(len(now), len(last))
    return (*last[: depth - 1], last[depth - 1] + 1) if depth else (1,)


def _shown(number: tuple[int, ...]) -> str:
    return ".".join(map(str, number))


def _numbered(part: Part) -> list[Passage]:
    """Points with a full stop behind their number or with several parts; «1)» is a list of its own within a point."""
    return [one for one in part.passages if one.number and not one.table and not _bracketed(one)]


def _bracketed(one: Passage) -> bool:
    return one.text[len(one.number) : len(one.number) + 1] == ")"


def numbering(facts: Facts) -> Iterator[Trouble]:
    text = facts.text if facts.kind.group != "copy" else None  # an extract keeps the numbers of what it is taken from
    for part in text.parts if text is not None else ():
        points = _numbered(part)
        for broken in breaks([one.number for one in points])[:_MOST]:
            assert text is not None
            point = points[broken.at]
            yield Trouble(places.passage(text, part, point), _sentence(broken, point.number))


def _sentence(broken: Broken, number: str) -> str:
    if broken.what is Break.REPEAT:
        return _("The number %(number)s is there twice.", number=number)
    if broken.what is Break.GAP:
        return _("A number is left out: behind the point before comes %(expected)s, and not %(number)s.", expected=broken.expected, number=number)
    return _("The number %(number)s goes backwards: %(expected)s was to come.", number=number, expected=broken.expected)


def numbering_dots(facts: Facts) -> Iterator[Trouble]:
    text = facts.text
    for part in text.parts if text is not None else ():
        assert text is not None
        points = _numbered(part)
        for one in points:
            if _STRAY.match(one.text):
                yield Trouble(places.passage(text, part, one), _("There is a stray full stop behind the number."))
        dotted = [one for one in points if _WITH_DOT.match(one.text)]
        plain = [one for one in points if _WITHOUT_DOT.match(one.text)]
        if dotted and plain:
            told = _("Numbers stand with a full stop and without one: “%(first)s.” and “%(second)s”.", first=dotted[0].number, second=plain[0].number)
            yield Trouble(places.part_of(text, part), told, Severity.NOTE)
