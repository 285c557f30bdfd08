"""Where states and transitions stand in a picture: rows from the initial state down, lanes beside them.

States stand one under another in layers, so that what leads forward leads down. A transition to the next state is
a straight arrow; every other one goes out to a lane, and all that lead to one state share its lane. Lanes never
touch each other, and words never cross: however many transitions there are, the picture stays narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.workflow.rules import Definition, Transition


@dataclass(frozen=True, slots=True)
class Way:
    """All transitions between the same two states. ``lane`` counts from 0; None is the straight arrow down."""

    source: str
    target: str
    transitions: tuple[Transition, ...]
    back: bool
    lane: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """``order`` is the states from top to bottom; ``ways`` those that leave each state, the straight one last."""

    order: tuple[str, ...]
    ways: dict[str, tuple[Way, ...]]
    lanes: int


def layout(definition: Definition) -> Layout:
    order = layers(definition)
    found: dict[tuple[str, str], list[Transition]] = {}
    for one in definition.transitions.values():
        for source in one.sources:
            found.setdefault((source, one.target), []).append(one)
    place = {name: number for number, name in enumerate(order)}
    aside = [pair for pair in found if place[pair[1]] != place[pair[0]] + 1]
    lane_of = _lanes(aside, place)
    ways = {
        name: tuple(
            Way(name, target, tuple(steps), place[target] <= place[name], lane_of.get(target) if (name, target) in aside else None)
            for (source, target), steps in sorted(found.items(), key=lambda pair: -place[pair[0][1]])
            if source == name
        )
        for name in order
    }
    ways = {name: tuple(sorted(some, key=lambda way: way.lane is None)) for name, some in ways.items()}
    return Layout(order, ways, max(lane_of.values(), default=-1) + 1)


def layers(definition: Definition) -> tuple[str, ...]:
    """States by the longest way from the initial one; equals stand as they are defined.

    Forward is what leads to a state that the definition names later: people write states in the order of the work.
    """
    names = [definition.initial, *(name for name in definition.states if name != definition.initial)]
    place = {name: number for number, name in enumerate(names)}
    pairs = {(source, one.target) for one in definition.transitions.values() for source in one.sources}
    depth = dict.fromkeys(names, 0)
    for name in names:
        before = [depth[source] for source, target in pairs if target == name and place[source] < place[name]]
        depth[name] = max(before, default=-1) + 1
    return tuple(sorted(names, key=lambda name: (depth[name], place[name])))


def _lanes(pairs: Sequence[tuple[str, str]], place: dict[str, int]) -> dict[str, int]:
    """A lane for each state that is reached sideways: the nearest that no other takes over the same rows."""
    spans: dict[str, tuple[int, int]] = {}
    for source, target in pairs:
        low, high = spans.get(target, (place[target], place[target]))
        spans[target] = (min(low, place[source]), max(high, place[source]))
    lane_of: dict[str, int] = {}
    for name in sorted(spans, key=lambda one: (spans[one][1] - spans[one][0], place[one])):
        low, high = spans[name]
        taken = {lane for other, lane in lane_of.items() if spans[other][0] <= high and low <= spans[other][1]}
        lane_of[name] = next(lane for lane in range(len(spans)) if lane not in taken)
    return lane_of
