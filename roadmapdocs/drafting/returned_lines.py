"""Lines that a draft prints, each with its place in the values; and how lines of a returned file answer them. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from roadmapdocs.drafting.point_reading import Numbered, numbered
from roadmapdocs.drafting.returned_text import despaced, without_decree
from roadmapdocs.drafting.values import (
    Block,
    BlockKind,
    NoteValues,
    OrderValues,
    Point,
    ProtocolValues,
    Values,
)
from roadmapdocs.drafting.vocabulary import (
    Line,
    NotePage,
    OrderPage,
    Page,
    Piece,
    ProtocolPage,
    RegulationPage,
)

#: How alike two texts must be to be one text, changed: with the same number, and without.
_SAME_NUMBER, _ALIKE = 0.45, 0.6
#: More lines than that are not compared one with another.
MOST_LINES = 3_000
#: A changed line is looked for among so many of the nearest ones.
_NEAREST = 60
#: Names of lists that take new points.
_TAKING = ("points", "decided", "proposals")


class Change(StrEnum):
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Said:
    """A line that the draft prints. ``place`` is its place in the values («points[1].points[0]», «preamble»)."""

    place: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the file, or one of the draft without its line; ``said`` is None for a line that is new.

    ``after`` is the place of the line of the same list before it in the file; empty: it comes first; «+…»: a line
    that is new too. ``root`` is then the last line of the draft before them, and the same as ``after`` otherwise.
    """

    change: Change
    said: Said | None
    now: str
    number: str = ""
    after: str = ""
    container: str = ""
    root: str = ""


def lines_of(values: Values, page: Page) -> list[Said]:
    """All lines of a text that may come back changed, in their order."""
    return [one for one in _lines_of(values, page) if one.text]


def _lines_of(values: Values, page: Page) -> Iterator[Said]:
    if isinstance(page, OrderPage) and isinstance(values, OrderValues):
        yield Said("preamble", "", page.preamble)
        yield from _points("points", values.points, page.points)
    elif isinstance(page, ProtocolPage) and isinstance(values, ProtocolValues):
        for place, (question, printed) in enumerate(zip(values.agenda, page.agenda, strict=True)):
            yield from _points(f"agenda[{place}].decided", question.decided, printed.decided)
    elif isinstance(page, NotePage) and isinstance(values, NoteValues):
        yield from _blocks(values.blocks, page.pieces)
        yield from (Said(f"conclusions[{place}]", line.number, line.text) for place, line in enumerate(page.conclusions))
        yield from _points("proposals", values.proposals, page.proposals)
    elif isinstance(page, RegulationPage):
        yield from _blocks(getattr(values, "blocks", ()), page.pieces)


def _points(container: str, points: Iterable[Point], printed: Iterable[Line]) -> Iterator[Said]:
    places = list(_places(container, points))
    yield from (Said(place, line.number, line.text) for place, line in zip(places, printed, strict=True))


def _places(container: str, points: Iterable[Point]) -> Iterator[str]:
    for place, point in enumerate(points):
        yield f"{container}[{place}]"
        yield from _places(f"{container}[{place}].points", point.points)


def _blocks(blocks: Sequence[Block], printed: Sequence[Piece]) -> Iterator[Said]:
    """Texts of blocks; tables are compared by nobody here. A page that was put together otherwise says nothing."""
    if len(blocks) == len(printed):
        for place, (block, piece) in enumerate(zip(blocks, printed, strict=True)):
            if block.kind is not BlockKind.TABLE:
                yield Said(f"blocks[{place}]", piece.number, piece.text)


def compared(said: Sequence[Said], lines: Sequence[str]) -> tuple[list[Found], list[str]]:
    """What a file says otherwise than the draft, in the order of the text; and lines within it that have no place."""
    file = [_numbered(line) for line in lines[:MOST_LINES]]
    pairs = _same(said, file)
    _alike(said, file, pairs)
    if not pairs:
        return [], []
    first, last = _beginning(file, min(pairs.values())), _end(file, max(pairs.values()))
    taken = {place: index for index, place in pairs.items()}
    moved = _moved(pairs)
    walk = _Walk(said)
    for place in range(first, last):
        if place in taken:
            walk.known(said[taken[place]], file[place], moved=taken[place] in moved)
        elif not walk.added(file[place], place):
            walk.unplaced.append(lines[place])
    gone = [Found(Change.REMOVED, one, "") for index, one in enumerate(said) if index not in pairs]
    return [*walk.found, *gone], walk.unplaced


@dataclass(slots=True)
class _Walk:
    """Down the lines of the file. ``last`` is what each list ended with so far, ``seen`` its last line of the draft."""

    said: Sequence[Said]
    found: list[Found] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)
    seen: dict[str, Said] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)

    def known(self, one: Said, line: Numbered, *, moved: bool) -> None:
        container = container_of(one.place)
        if folded(one.text) != folded(line.text):
            self.found.append(Found(Change.CHANGED, one, line.text, line.number))
        if moved:
            after = self.last.get(container, "")
            self.found.append(Found(Change.MOVED, one, line.text, line.number, after, container, self._root(container)))
        self.last[container] = one.place
        self.seen.pop(container, None)
        self.seen[container] = one

    def added(self, line: Numbered, place: int) -> bool:
        """Whether a line that is new is a point that some list can take; a part of a text without points cannot."""
        container = self._list_for(line.number.count(".")) if line.number else ""
        if not container:
            return False
        after = self.last.get(container, "")
        root = self.roots[container] = self._root(container)
        self.found.append(Found(Change.ADDED, None, line.text, line.number, after, container, root))
        self.last[container] = f"+{place}"
        return True

    def _root(self, container: str) -> str:
        after = self.last.get(container, "")
        return self.roots[container] if after.startswith("+") else after

    def _list_for(self, depth: int) -> str:
        """The list of the nearest line of that depth, or the points below the nearest one above it."""
        for container, one in reversed(self.seen.items()):
            own = bare(one.number).count(".")
            if container.endswith(_TAKING) and own in (depth, depth - 1):
                return container if own == depth else f"{one.place}.points"
        # Before all lines that are known: the first list of that depth.
        lists = ((container_of(one.place), bare(one.number).count(".")) for one in self.said if one.number)
        return next((name for name, own in lists if own == depth and name.endswith(_TAKING)), "")


def container_of(place: str) -> str:
    """The list that a place is in: «points[1].points» of «points[1].points[0]»; the place itself where it is in none."""
    return re.sub(r"\[\d+\]$", "", place)


def folded(text: str) -> str:
    """A text as compared: spaces of all kinds are one, the last sign says nothing."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).rstrip(" .;,:")


def _numbered(line: str) -> Numbered:
    return numbered(without_decree(" ".join(despaced(line).split())))


def _same(said: Sequence[Said], file: Sequence[Numbered]) -> dict[int, int]:
    """Lines that stand in the file as they were, by their index: place. Of several, the one with the same number."""
    places: dict[str, list[int]] = {}
    for place, line in enumerate(file):
        if line.text:
            places.setdefault(folded(line.text), []).append(place)
    pairs: dict[int, int] = {}
    for index, one in enumerate(said):
        free = places.get(folded(one.text), [])
        if free:
            chosen = next((place for place in free if bare(file[place].number) == bare(one.number)), free[0])
            free.remove(chosen)
            pairs[index] = chosen
    return pairs


def _alike(said: Sequence[Said], file: Sequence[Numbered], pairs: dict[int, int]) -> None:
    """Pair what was changed: first by number, then by the words alone."""
    for least, by_number in ((_SAME_NUMBER, True), (_ALIKE, False)):
        used = set(pairs.values())
        for index, one in enumerate(said):
            if index in pairs:
                continue
            free = [
                place
                for place in _nearest(index, pairs, len(file))
                if place not in used and file[place].text and bool(file[place].number) == bool(one.number)
            ]
            if by_number:
                free = [place for place in free if bare(file[place].number) == bare(one.number)]
            best = max(free[:_NEAREST], key=lambda place: _likeness(one.text, file[place].text), default=None)
            if best is not None and _likeness(one.text, file[best].text) >= least:
                pairs[index] = best
                used.add(best)


def _nearest(index: int, pairs: dict[int, int], count: int) -> list[int]:
    """Places of the file, those first that are near to where the line would stand by its neighbour before."""
    before = max((known for known in pairs if known < index), default=None)
    near = pairs[before] + index - before if before is not None else index
    return sorted(range(count), key=lambda place: abs(place - near))


def _likeness(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, folded(one).casefold().split(), folded(other).casefold().split(), autojunk=False)
    return matcher.ratio()


def _beginning(file: Sequence[Numbered], first: int) -> int:
    """Before the first known line its new neighbours, as long as they have numbers."""
    while first > 0 and file[first - 1].number:
        first -= 1
    return first


def _end(file: Sequence[Numbered], last: int) -> int:
    """Behind the last known line its new neighbours, as long as they have numbers."""
    place = last + 1
    while place < len(file) and file[place].number:
        place += 1
    return place


def _moved(pairs: dict[int, int]) -> set[int]:
    """Lines out of order: those beside the longest run of lines that kept theirs."""
    order = [pairs[index] for index in sorted(pairs)]
    best: list[tuple[int, int | None]] = []
    for place, value in enumerate(order):
        before = [at for at in range(place) if order[at] < value]
        chosen = max(before, key=lambda at: best[at][0], default=None)
        best.append((best[chosen][0] + 1 if chosen is not None else 1, chosen))
    kept: set[int] = set()
    at: int | None = max(range(len(best)), key=lambda one: best[one][0], default=None)
    while at is not None:
        kept.add(at)
        at = best[at][1]
    return {index for place, index in enumerate(sorted(pairs)) if place not in kept}


def bare(number: str) -> str:
    return number.rstrip(". )")
