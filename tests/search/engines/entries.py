"""Entries for the suite, written short: words apart by spaces, terms of one position by ``|``."""

from __future__ import annotations

import hashlib

from roadmapdocs.search.ports import Entry, Position, Zone

ANYONE = "may:anyone"
#: What a reader has who may open all that lies open.
READER = frozenset({ANYONE})


def positions(text: str) -> tuple[Position, ...]:
    return tuple(tuple(word.split("|")) for word in text.split())


def entry(
    number: int,
    text: str = "",
    *,
    title: str = "",
    people: str = "",
    talk: str = "",
    tags: str = "",
    day: int = 0,
    sort: str = "",
    state: str = "",
) -> Entry:
    """An entry with the id ``number``, open to all unless its tags say who may read it. ``sort`` is its number;
    ``state`` tells two of the same content apart."""
    zones = {Zone.TITLE: title, Zone.PEOPLE: people, Zone.TEXT: text, Zone.TALK: talk}
    own = frozenset(tags.split())
    if not any(tag.startswith("may:") for tag in own):
        own |= READER
    told = repr((number, sorted(zones.items()), sorted(own), day, sort, state))
    return Entry(
        id=number,
        key=f"document:{number}",
        day=day,
        number=sort,
        zones={zone: positions(words) for zone, words in zones.items() if words},
        tags=own,
        digest=hashlib.sha256(told.encode()).hexdigest(),
    )


def keys(*numbers: int) -> set[str]:
    return {f"document:{number}" for number in numbers}
