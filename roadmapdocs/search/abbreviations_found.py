"""Abbreviations that roadmaps and documents explain themselves: they widen searches without anybody's doing.

Only what all may read should be read here: what an abbreviation stands for is no secret of anybody afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from roadmapdocs.db import transaction
from roadmapdocs.hooks import edition_stored
from roadmapdocs.search.abbreviation_rules import (
    MOST_WORDS,
    TEXT_LIMIT,
    Pair,
    find_pairs,
    fits,
    is_abbreviation,
    key,
    same,
)
from roadmapdocs.search.abbreviations import Origin, store
from roadmapdocs.search.models import Abbreviation

#: More than these are no abbreviations of an office, but of somebody who wants to fill the table.
MOST_FOUND: Final = 2_000


def listen() -> None:
    """Learn from roadmaps from now on. Idempotent."""
    edition_stored.connect(_edition_stored)


def learn(text: str, found_in: str) -> int:
    """Keep what a text explains («… (далее – ШНОР)»), and give how many spellings were added.

    It is searched for at once if the letters fit the words; else it waits for the office to confirm it. What is known
    already, or was switched off, stays as it is.

    :param found_in: where the text stands, for people
    """
    return keep(find_pairs(text), found_in)


def keep(pairs: Iterable[Pair], found_in: str) -> int:
    """As :func:`learn`, of what was found already."""
    added = 0
    for pair in dict.fromkeys(pairs):
        too_long = len(pair.words) > TEXT_LIMIT or len(pair.words.split()) > MOST_WORDS
        if too_long or key(pair.short) == key(pair.words):
            continue
        with transaction():
            added += _keep(pair, found_in)
    return added


def _keep(pair: Pair, found_in: str) -> int:
    short, words = key(pair.short), key(pair.words)
    having = Abbreviation.select(Abbreviation.group).where(Abbreviation.key == short)
    told = Abbreviation.select(Abbreviation.text).where(Abbreviation.group.in_(having) & (Abbreviation.key != short))
    if any(same(row.text, pair.words) for row in told):
        return 0
    if Abbreviation.select().where(Abbreviation.source == Origin.FOUND).count() >= MOST_FOUND:
        return 0
    group = Abbreviation.select(Abbreviation.group).where(Abbreviation.key == words).limit(1).scalar()
    texts = [pair.short] if group is not None else [pair.short, pair.words]
    return len(store(group, texts, Origin.FOUND, found_in=found_in, active=pair.sure))


def _edition_stored(edition: Any, **_more: Any) -> None:
    pairs = (
        Pair(short.strip(), words.strip(), sure=fits(short, words.split()))
        for short, words in edition.abbreviations.items()
        if is_abbreviation(short) and words.strip()
    )
    keep(pairs, str(edition.roadmap.title))
