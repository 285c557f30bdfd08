"""What comes first: the document that was asked for by its own number, day, item or kind."""

from __future__ import annotations

from collections.abc import Iterator

from roadmapdocs.search.ports import Both, Node, Tagged
from roadmapdocs.search.query import tree
from roadmapdocs.search.query.conditions import day_tags, kind_tags, number_tags
from roadmapdocs.search.tags import tag


def first_nodes(asked: tree.Node | None) -> tuple[Node, ...]:
    """Nodes for :attr:`roadmapdocs.search.ports.Plan.first`: the own number with the right kind and day, then with one
    of the two, then alone; the item; the day; the kind."""
    leaves = list(_sought(asked)) if asked is not None else []
    kind = next((kind_tags(one) for one in leaves if isinstance(one, tree.OfKind)), None)
    days = next((day_tags(one) for one in leaves if isinstance(one, tree.OfDays) and _is_day(one)), None)
    items = frozenset(tag("item", one.number) for one in leaves if isinstance(one, tree.OfItem))
    found: list[Node] = []
    for numbers in _numbers(leaves):
        found += _with(numbers, kind, days)
    if items:
        found.append(Tagged(items))
    if days:
        found += _with(days, kind, None)
    if kind:
        found.append(Tagged(kind))
    return tuple(dict.fromkeys(found))


def own_numbers(understood: tree.Understood) -> frozenset[str]:
    """Tags of cards whose own number was asked for: their hits are exact."""
    leaves = _sought(understood.tree) if understood.tree is not None else iter(())
    return frozenset(one for leaf in leaves if isinstance(leaf, tree.OfNumber) for one in number_tags(leaf)[-1])


def _numbers(leaves: list[tree.Leaf]) -> list[frozenset[str]]:
    """Tags of all numbers just as they were written, then of those that have other letters besides."""
    spelt = [number_tags(one) for one in leaves if isinstance(one, tree.OfNumber)]
    exact = frozenset[str]().union(*(one[0] for one in spelt))
    loose = frozenset[str]().union(*(one[-1] for one in spelt))
    return [tags for tags in dict.fromkeys((exact, loose)) if tags]


def _with(tags: frozenset[str], kind: frozenset[str] | None, days: frozenset[str] | None) -> list[Node]:
    own = Tagged(tags)
    found: list[Node] = []
    if kind and days:
        found.append(Both((own, Tagged(kind), Tagged(days))))
    found += [Both((own, Tagged(one))) for one in (kind, days) if one]
    return [*found, own]


def _is_day(days: tree.OfDays) -> bool:
    return days.since is not None and days.since == days.until


def _sought(asked: tree.Node) -> Iterator[tree.Leaf]:
    """The leaves that are looked for; not those that are to be absent."""
    match asked:
        case tree.All(nodes) | tree.Any(nodes):
            for node in nodes:
                yield from _sought(node)
        case tree.Within(_, node):
            yield from _sought(node)
        case tree.Not():
            return
        case _:
            yield asked
