"""A registry with an index, for tests of search: a clock that can be moved, and an engine that tells what it is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from roadmapdocs.people.rules import Actor
from roadmapdocs.search import building, checking, state, tags
from roadmapdocs.search.ports import Engine, Entry, Plan, Word
from roadmapdocs.search.state import Used
from tests.conftest import NOW
from tests.search.engines.reference import Reference


@dataclass
class Clock:
    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@dataclass
class Spy(Reference):
    """Keeps what it was given to write, batch by batch."""

    name: str = "sqlite"
    generation: str = "g0"
    written: list[list[str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def write(self, put: Iterable[Entry], gone: Collection[str] = ()) -> None:
        entries = list(put)
        self.written.append([entry.key for entry in entries])
        self.gone += gone
        super().write(entries, gone)


def build(used: Used) -> Engine:
    """An index of all that there is, ready to be asked."""
    building.build(used, now=NOW)
    return engine()


def engine() -> Engine:
    found, _condition = state.opened()
    assert found is not None
    return found


def keys_with(term: str, by: Actor) -> set[str]:
    """What this person finds by one term."""
    plan = Plan(Word(frozenset({term})), tags.readable_by(by), state.waiting(), limit=100)
    return {hit.key for hit in engine().search(plan).hits}


def differences(used: Used) -> list[checking.Difference]:
    return list(checking.differences(engine(), today=used.today()))
