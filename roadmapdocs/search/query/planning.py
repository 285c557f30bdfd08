"""An understood question as a plan for engines: what each part asks for, in terms and tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from roadmapdocs.search.answers import Asked
from roadmapdocs.search.ports import Both, Either, Every, Node, Plan, Tagged, Without, Zone
from roadmapdocs.search.query import tree
from roadmapdocs.search.query.conditions import (
    days_node,
    done_by_node,
    item_node,
    kind_node,
    number_node,
    person_node,
    year_node,
)
from roadmapdocs.search.query.lifting import first_nodes
from roadmapdocs.search.query.places import both, either, phrase, places_of
from roadmapdocs.search.query.plain import Beginning, PlainWords, no_words
from roadmapdocs.search.tags import FACETS, force_tags_on, tag


def plan(
    understood: tree.Understood,
    *,
    readable: frozenset[str],
    hidden: frozenset[str] = frozenset(),
    asked: Asked,
    beginning: Beginning = no_words,
) -> Plan:
    """The question for an engine, with what was narrowed by hand.

    :param beginning: terms of words of the archive, some form of which begins so: «приказо*» is to find «приказом»
    """
    node = node_of(understood, beginning)
    if asked.in_force is not None:
        node = both([node, Tagged(force_tags_on(asked.in_force))])
    return Plan(
        node=node,
        readable=readable,
        hidden=hidden,
        narrowed={
            facet: frozenset(tag(facet, value) for value in values)
            for facet, values in asked.narrowed.items()
            if values and facet in FACETS
        },
        first=first_nodes(understood.tree),
        sort=asked.sort,
        offset=asked.offset,
        limit=asked.limit,
        facets=FACETS if asked.facets else (),
    )


def node_of(understood: tree.Understood, beginning: Beginning = no_words) -> Node:
    """All records for an empty question; none for one in which there is nothing to search for."""
    if understood.tree is None:
        return Either(()) if understood.text.strip() else Every()
    for stop_words in (False, True):
        literal = _Maker(PlainWords(understood, beginning, (), stop_words=stop_words))
        plain = PlainWords(understood, beginning, understood.groups, stop_words=stop_words)
        made = _Maker(plain, literal).node(understood.tree, None)
        if made is not None:
            return made
    return Either(())


class _Maker:
    """Makes nodes of leaves; None where a leaf holds nothing that is searched for.

    ``literal`` makes those of what is to be absent: «ШНОР -ШНРО» leaves one of two spellings.
    """

    def __init__(self, plain: PlainWords, literal: _Maker | None = None) -> None:
        self._plain = plain
        self._literal = literal

    def node(self, asked: tree.Node, zone: Zone | None) -> Node | None:
        match asked:
            case tree.All(nodes):
                return self._all(nodes, zone)
            case tree.Any(nodes):
                return either([node for one in nodes if (node := self.node(one, zone)) is not None])
            case tree.Not(inside):
                unwanted = self._literal.node(inside, zone) if self._literal else self.node(inside, zone)
                return Without(unwanted) if unwanted is not None else None
            case tree.Within(within, inside):
                return self.node(inside, within)
            case tree.Plain():
                return self._all((asked,), zone)
            case tree.Quoted(text):
                return phrase(places_of(text), zone)
        return _leaf(asked)

    def _all(self, nodes: Sequence[tree.Node], zone: Zone | None) -> Node | None:
        """All of these; plain words that stand side by side are analysed together, as the text of a record is."""
        made: list[Node] = []
        run: list[tree.Plain] = []
        named = any(isinstance(one, tree.OfKind | tree.OfNumber) for one in nodes)
        for one in nodes:
            if isinstance(one, tree.Plain):
                if run and not self._plain.beside(run[-1], one):
                    made += self._plain.nodes(run, zone)
                    run = []
                run.append(one)
                continue
            made += self._plain.nodes(run, zone) if run else []
            run = []
            node = year_node(one.year, of_card=True) if named and isinstance(one, tree.OfYear) else self.node(one, zone)
            if node is not None:
                made.append(node)
        made += self._plain.nodes(run, zone) if run else []
        return both(made) if made else None


def _leaf(asked: tree.Leaf) -> Node:
    match asked:
        case tree.OfKind():
            return kind_node(asked)
        case tree.OfNumber():
            return number_node(asked)
        case tree.OfDays():
            return days_node(asked)
        case tree.OfYear(year):
            return year_node(year)
        case tree.OfItem():
            return item_node(asked)
        case tree.OfPerson():
            return person_node(asked)
        case tree.DoneBy():
            return done_by_node(asked)
        case tree.InForce(day, without):
            binding = Tagged(force_tags_on(day))
            return Both((Tagged(frozenset({"type:document"})), Without(binding))) if without else binding
        case tree.Marked(tags):
            return Tagged(tags)
        case tree.Plain() | tree.Quoted():
            raise AssertionError("words are not conditions")
        case _:
            assert_never(asked)
