"""States and transitions as a graph: what cannot be reached, what cannot be left, what is there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from roadmapdocs.workflow.rules import Definition, Transition


def reachable(definition: Definition) -> set[str]:
    """States to which transitions lead from the initial one, itself included."""
    found, todo = {definition.initial}, [definition.initial]
    while todo:
        state = todo.pop()
        ahead = {one.target for one in definition.transitions.values() if state in one.sources} - found
        found |= ahead
        todo += sorted(ahead)
    return found


def exits(definition: Definition, state: str) -> list[Transition]:
    """Transitions that lead from the state to another one."""
    return [one for one in definition.transitions.values() if state in one.sources and one.target != state]


def graph_problems(definition: Definition) -> Iterator[tuple[str, str]]:
    """What is wrong with a definition whose every name is right, as pairs of key and sentence."""
    there = reachable(definition)
    for state in definition.states.values():
        key = f"states.{state.name}"
        if state.name not in there:
            yield key, f"no transition leads there from {definition.initial!r}"
        leading = exits(definition, state.name)
        if not leading and not state.final:
            yield key, "no transition leads out; add one, or write final = true"
        if leading and state.final:
            yield f"{key}.final", f"{leading[0].name!r} leads out of this final state"
    yield from _duplicates(definition)


def _duplicates(definition: Definition) -> Iterator[tuple[str, str]]:
    """Two buttons with the same words that lead to the same state: nobody could tell which to press."""
    seen = Counter(
        (source, one.target, one.label.in_language("ru"))
        for one in definition.transitions.values()
        for source in one.sources
    )
    told = set()
    for (source, target, label), times in seen.items():
        names = sorted(
            one.name
            for one in definition.transitions.values()
            if source in one.sources and one.target == target and one.label.in_language("ru") == label
        )
        if times > 1 and (found := tuple(names)) not in told:
            told.add(found)
            yield f"transitions.{names[1]}", f"is a duplicate of {names[0]!r}: from, to and label are the same"
