"""When an item of one edition is the same as an item of another, and how two editions differ."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

#: Titles less alike than this (0 … 1) belong to two different items, whatever their numbers say.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class ItemKey:
    """What an item is recognised by. ``id`` is the caller's own."""

    id: int
    number: str
    title: str


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A pair of items of two editions; ``fields`` names what differs (number, title, terms …)."""

    change: Change
    old: int | None
    new: int | None
    fields: tuple[str, ...] = ()


def match_items(old: Sequence[ItemKey], new: Sequence[ItemKey]) -> dict[ItemKey, ItemKey]:
    """Which item of the new edition continues which of the old one: equal title first, then number and alike title.

    An item that only moved keeps its documents; one whose number went to other work does not.
    """
    matched: dict[ItemKey, ItemKey] = {}
    free = {item: _words(item.title) for item in new}
    for key in (_number_and_words, _words_alone):
        waiting: defaultdict[object, deque[ItemKey]] = defaultdict(deque)
        for item, words in free.items():
            waiting[key(item, words)].append(item)
        for item in old:
            same = waiting[key(item, _words(item.title))] if item not in matched else None
            if same and _words(item.title):
                matched[item] = found = same.popleft()
                del free[found]
    by_number: defaultdict[str, list[ItemKey]] = defaultdict(list)
    for item in free:
        by_number[item.number].append(item)
    for item in old:
        if item not in matched:
            alike = next((one for one in by_number[item.number] if _alike(item.title, one.title)), None)
            if alike is not None:
                matched[item] = alike
                by_number[item.number].remove(alike)
    return matched


def compare_items(
    old: Sequence[ItemKey],
    new: Sequence[ItemKey],
    facts: Mapping[int, Mapping[str, object]],
    new_facts: Mapping[int, Mapping[str, object]],
) -> list[ItemChange]:
    """Differences of two editions in the order of the new one, removed items after the one they stood behind.

    ``facts`` and ``new_facts`` map an item's id to what is to be compared, by the name of the field.
    """
    pairs = match_items(old, new)
    origin = {after.id: before for before, after in pairs.items()}
    changes: list[ItemChange] = []
    for item in new:
        before = origin.get(item.id)
        if before is None:
            changes.append(ItemChange(Change.ADDED, None, item.id))
            continue
        ours, theirs = facts[before.id], new_facts[item.id]
        fields = tuple(name for name in theirs if ours.get(name) != theirs[name])
        changes.append(ItemChange(Change.CHANGED if fields else Change.SAME, before.id, item.id, fields))
    place = {change.old: index for index, change in enumerate(changes) if change.old is not None}
    shift = 0
    last = 0
    for item in old:
        if item.id in place:
            last = place[item.id] + shift + 1
        else:
            changes.insert(last, ItemChange(Change.REMOVED, item.id, None))
            shift += 1
            last += 1
    return changes


def _number_and_words(item: ItemKey, words: str) -> object:
    return item.number, words


def _words_alone(_item: ItemKey, words: str) -> object:
    return words


def _alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, _words(one), _words(other)).ratio() >= _ALIKE


@lru_cache(maxsize=4096)
def _words(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold().replace("ё", "е")))
