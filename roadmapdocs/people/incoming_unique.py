"""Which of many wishes can be granted together: nobody's comes first, so the order in which they came does not matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)
Name = TypeVar("Name", bound=Hashable)


def clashing(held: Mapping[Node, Name], wanted: Mapping[Node, Name]) -> set[Node]:
    """Those who cannot have the name they want, because another has it and keeps it, or wants it too.

    ``held`` are names as they are; who wants a name and holds none is new. Two may exchange their names.
    """
    refused: set[Node] = set()
    while True:
        final = {**held, **{one: name for one, name in wanted.items() if one not in refused}}
        count = Counter(final.values())
        worse = {
            one
            for one, name in wanted.items()
            if one not in refused and count[name] > 1 and (one not in held or held[one] != name)
        }
        if not worse:
            return refused
        refused |= worse


def circling(above: Mapping[Node, Node | None], wanted: Mapping[Node, Node | None]) -> set[Node]:
    """Those who would stand above themselves if all of ``wanted`` were put over ``above``, which has no circles."""
    refused: set[Node] = set()
    while True:
        final = {**above, **{one: up for one, up in wanted.items() if one not in refused}}
        worse = {one for one in _on_circles(final) if one in wanted and one not in refused}
        if not worse:
            return refused
        refused |= worse


def _on_circles(above: Mapping[Node, Node | None]) -> set[Node]:
    found: set[Node] = set()
    done: set[Node] = set()
    for start in above:
        path: dict[Node, int] = {}
        current: Node | None = start
        while current is not None and current not in done and current not in path:
            path[current] = len(path)
            current = above.get(current)
        if current is not None and current in path:
            found.update(one for one, place in path.items() if place >= path[current])
        done.update(path)
    return found
