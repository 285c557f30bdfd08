"""Counting facets over rows of an engine's table, where each facet has a column of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

#: Between the tags of one facet of one record; no tag has it.
_BETWEEN = "\x1f"


def facet_column(facet: str, tags: Collection[str]) -> str:
    """The tags of this facet, as one text."""
    return _BETWEEN.join(sorted(_of(facet, tags)))


def _of(facet: str, tags: Iterable[str]) -> Iterator[str]:
    return (tag for tag in tags if tag.startswith(f"{facet}:"))


def count_columns(columns: Iterable[str], most: int) -> dict[str, int]:
    """How many records have each tag, the commonest first. Records of the same tags are counted together."""
    counted: Counter[str] = Counter()
    for column, records in Counter(columns).items():
        for tag in column.split(_BETWEEN) if column else ():
            counted[tag] += records
    return commonest(counted, most)


def count_tags(records: Iterable[Collection[str]], facet: str, most: int) -> dict[str, int]:
    """The same where a facet has no column."""
    return commonest(Counter(tag for tags in records for tag in _of(facet, tags)), most)


def commonest(counted: Counter[str], most: int) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:most])
