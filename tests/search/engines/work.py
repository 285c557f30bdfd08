"""What the processes of the crowd do with an index: it lies apart, so that they need none of the tests' machinery."""

from __future__ import annotations

import itertools
from multiprocessing.connection import Connection

from roadmapdocs.search.ports import Entry
from tests.search.engines.entries import entry
from tests.search.engines.places import Place

#: Records of the state that is written over and over: all of one state, or the index has been torn.
RECORDS = range(1, 11)


def name_of(writer: int, state: int) -> str:
    return f"state{writer}.{state}"


def records(name: str) -> list[Entry]:
    return [entry(number, f"план {name}", state=name) for number in RECORDS]


def write_states(place: Place, generation: str, told: Connection, writer: int) -> None:
    """Put one state after another, each in one write, without end; tell each that has been written."""
    with place.connected():
        engine = place.open(generation)
        told.send("ready")
        for state in itertools.count():
            engine.write(records(name_of(writer, state)), gone=["document:99"])
            told.send(state)


def add_own(place: Place, generation: str, told: Connection, first: int, writes: int) -> None:
    """Add records with the ids from ``first`` on, two to a write."""
    with place.connected():
        engine = place.open(generation)
        told.send("ready")
        told.recv()
        for number in range(first, first + 2 * writes, 2):
            engine.write([entry(number, "план"), entry(number + 1, "план")])
        told.send("done")


def tell(place: Place, generation: str, told: Connection) -> None:
    """What another process sees, opened anew."""
    with place.connected():
        engine = place.open(generation)
        told.send(sorted(engine.digests()))
