"""What an engine has to answer, in plain Python: each record is looked at by itself, without any index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from roadmapdocs.search.ports import (
    Both,
    Either,
    Entry,
    Every,
    Found,
    Hit,
    Node,
    Phrase,
    Plan,
    Position,
    Prefix,
    Sort,
    Tagged,
    Without,
    Word,
    Zone,
)


def matches(node: Node, entry: Entry) -> bool:
    match node:
        case Every():
            return True
        case Tagged(tags):
            return bool(tags & entry.tags)
        case Both(nodes):
            return all(matches(one, entry) for one in nodes)
        case Either(nodes):
            return any(matches(one, entry) for one in nodes)
        case Without(one):
            return not matches(one, entry)
        case Word(terms, zone):
            return any(not terms.isdisjoint(here) for text in _texts(entry, zone) for here in text)
        case Prefix(start, zone):
            return any(t.startswith(start) for text in _texts(entry, zone) for here in text for t in here)
        case Phrase(places, zone):
            return any(_stands(places, text[at:]) for text in _texts(entry, zone) for at in range(len(text)))


def _texts(entry: Entry, zone: Zone | None) -> list[Sequence[Position]]:
    return [text for its, text in entry.zones.items() if zone in (None, its)]


def _stands(places: Sequence[frozenset[str]], text: Sequence[Position]) -> bool:
    if len(text) < len(places):
        return False
    return all(not place or not place.isdisjoint(here) for place, here in zip(places, text, strict=False))


class Reference:
    """An engine of the same answers; only the order by relevance within a tier is its own: newest first."""

    name = "reference"
    generation = "one"

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = {entry.key: entry for entry in entries}

    def create(self) -> None:
        self.entries.clear()

    def drop(self) -> None:
        self.entries.clear()

    def write(self, put: Iterable[Entry], gone: Collection[str] = ()) -> None:
        for key in gone:
            self.entries.pop(key, None)
        self.entries |= {entry.key: entry for entry in put}

    def search(self, plan: Plan) -> Found:
        seen = [
            entry
            for entry in self.entries.values()
            if plan.readable & entry.tags and entry.key not in plan.hidden and matches(plan.node, entry)
        ]
        found = [entry for entry in seen if self._chosen(plan, entry)]
        hits = [
            Hit(entry.key, 0.0, _tier(plan, entry))
            for entry in sorted(found, key=lambda one: _place(plan, one))
        ]
        return Found(
            hits=tuple(hits[plan.offset : plan.offset + plan.limit]),
            total=len(found),
            facets={facet: self._counts(plan, seen, facet) for facet in plan.facets},
        )

    @staticmethod
    def _chosen(plan: Plan, entry: Entry, but: str = "") -> bool:
        return all(tags & entry.tags for facet, tags in plan.narrowed.items() if facet != but)

    def _counts(self, plan: Plan, seen: Sequence[Entry], facet: str) -> dict[str, int]:
        """The commonest first; of equally common ones, in the order of their code points."""
        kept = [entry for entry in seen if self._chosen(plan, entry, but=facet)]
        counted = Counter(tag for entry in kept for tag in entry.tags if tag.startswith(f"{facet}:"))
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[: plan.most_values])

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        return {
            t: sum(matches(Word(frozenset({t})), entry) for entry in self.entries.values()) for t in terms
        }

    def digests(self) -> Iterator[tuple[str, str]]:
        return iter(sorted((entry.key, entry.digest) for entry in self.entries.values()))

    def count(self) -> int:
        return len(self.entries)

    def tidy(self) -> None:
        """Nothing is kept in many batches here."""


def _tier(plan: Plan, entry: Entry) -> int | None:
    if plan.sort is not Sort.RELEVANCE:
        return None
    return next((place for place, node in enumerate(plan.first) if matches(node, entry)), None)


def _place(plan: Plan, entry: Entry) -> tuple[object, ...]:
    """The higher id, which is the newer record, stands first among equals; what has no number stands last."""
    if plan.sort is Sort.NUMBER:
        return (not entry.number, entry.number, -entry.id)
    if plan.sort is Sort.DATE:
        return (-entry.day, -entry.id)
    tier = _tier(plan, entry)
    return (len(plan.first) if tier is None else tier, -entry.day, -entry.id)
