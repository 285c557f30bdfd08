"""What of one edition of a roadmap goes on in the next: items, the documents they expect, and their periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.coverage.periods import unroll
from roadmapdocs.coverage.plans import load_items
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item
from roadmapdocs.roadmap.rules import ItemKey, match_items


@dataclass(frozen=True, slots=True)
class Continued:
    """Ids of the edition before → ids of the next one; ``periods`` are the keys of slots by expected document there."""

    items: Mapping[int, int]
    expected: Mapping[int, ExpectedDocument]
    periods: Mapping[int, frozenset[str]]
    sources: tuple[ExpectedDocument, ...]

    def pairs(self) -> Iterator[tuple[ExpectedDocument, ExpectedDocument]]:
        """Expected documents of the edition before, each with the one that follows it."""
        for source in self.sources:
            yield source, self.expected[source.id]

    def slot(self, expected_id: int, period: str) -> tuple[int, str] | None:
        """The same slot in the next edition; None where it has none such."""
        target = self.expected.get(expected_id)
        if target is None or period not in self.periods.get(target.id, frozenset()):
            return None
        return target.id, period


def continued(previous: Edition, edition: Edition) -> Continued:
    """An item is the same by the rule of :func:`roadmapdocs.roadmap.rules.match_items`; an expected document
    follows by its kind and title, else by its kind where that is single on both sides.
    """
    old, new = _expected_by_item(previous), _expected_by_item(edition)
    matched = match_items(list(old), list(new))
    pairs = [pair for before, after in matched.items() for pair in _match_expected(old[before], new[after])]
    return Continued(
        items={before.id: after.id for before, after in matched.items()},
        expected={source.id: target for source, target in pairs},
        periods=_periods_by_expected(edition),
        sources=tuple(source for source, _target in pairs),
    )


def _periods_by_expected(edition: Edition) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for item in load_items(Item.edition == edition):
        for slot in unroll(item.plan):
            found.setdefault(slot.expected, set()).add(slot.key)
    return {expected: frozenset(keys) for expected, keys in found.items()}


def _expected_by_item(edition: Edition) -> dict[ItemKey, list[ExpectedDocument]]:
    rows = (
        Item.select(Item, ExpectedDocument)
        .join(ExpectedDocument, pw.JOIN.LEFT_OUTER)
        .where(Item.edition == edition)
        .order_by(Item.position, ExpectedDocument.position)
    )
    found: dict[ItemKey, list[ExpectedDocument]] = {}
    for row in rows:
        documents = found.setdefault(ItemKey(row.id, row.number, row.title), [])
        expected = getattr(row, "expecteddocument", None)
        if expected is not None:  # an item without documents joins an empty one
            documents.append(expected)
    return found


def _match_expected(
    old: list[ExpectedDocument], new: list[ExpectedDocument]
) -> list[tuple[ExpectedDocument, ExpectedDocument]]:
    pairs = []
    for source in old:
        same = [row for row in new if (row.kind, row.title) == (source.kind, source.title)]
        alike = [row for row in new if row.kind == source.kind]
        if same:
            pairs.append((source, same[0]))
        elif len(alike) == 1 and sum(row.kind == source.kind for row in old) == 1:
            pairs.append((source, alike[0]))
    return pairs
