"""What of a question can be shown in a text: the words, phrases and beginnings of an understood plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from roadmapdocs.search.ports import Both, Either, Node, Phrase, Plan, Prefix, Tagged, Word

#: Facets of tags whose values are terms that a text may hold as well: a number, the day of a card, who signed.
_TOLD_BY_TAGS: Final = {"num": "", "item": "", "day": "@", "signed": "", "drafted": ""}
#: A range of days is the union of very many tags; none of them is what a reader looks for.
_MOST_TAGS: Final = 8


@dataclass(frozen=True, slots=True)
class Leaf:
    """A word (one place), a phrase (several; an empty one stands for any word), or a beginning (``start``).

    Leaves of one ``group`` stand for each other: a text that shows one of them shows that part of the question.
    """

    places: tuple[frozenset[str], ...]
    group: int
    start: str = ""

    @property
    def is_phrase(self) -> bool:
        return len(self.places) > 1


def sought(plan: Plan) -> tuple[Leaf, ...]:
    """All that is worth marking, each once; what must not be there, and marks without words, are left out."""
    parts = [*_conjuncts(plan.node), *(part for node in plan.first for part in _conjuncts(node))]
    found: dict[Leaf, None] = {}
    group = 0
    seen: set[tuple[object, ...]] = set()
    for part in parts:
        leaves = list(_leaves(part, group))
        said = {(leaf.places, leaf.start) for leaf in leaves} - seen
        if said:
            found |= dict.fromkeys(leaf for leaf in leaves if (leaf.places, leaf.start) in said)
            seen |= said
            group += 1
    return tuple(found)


def _conjuncts(node: Node) -> Iterator[Node]:
    if isinstance(node, Both):
        for one in node.nodes:
            yield from _conjuncts(one)
    else:
        yield node


def _leaves(node: Node, group: int) -> Iterator[Leaf]:
    if isinstance(node, Word):
        yield Leaf((node.terms,), group)
    elif isinstance(node, Phrase):
        yield Leaf(node.places, group)
    elif isinstance(node, Prefix):
        yield Leaf((), group, node.start)
    elif isinstance(node, Tagged) and len(node.tags) <= _MOST_TAGS:
        terms = frozenset(_terms_of_tags(node))
        if terms:
            yield Leaf((terms,), group)
    elif isinstance(node, Both | Either):
        for one in node.nodes:
            yield from _leaves(one, group)


def _terms_of_tags(node: Tagged) -> Iterator[str]:
    for tag in node.tags:
        facet, _colon, value = tag.partition(":")
        if facet in _TOLD_BY_TAGS and value:
            yield _TOLD_BY_TAGS[facet] + value
