"""Whatever is stored and asked, an engine answers as the plain rule does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from roadmapdocs.search.ports import (
    Both,
    Either,
    Engine,
    Entry,
    Every,
    Found,
    Node,
    Phrase,
    Plan,
    Prefix,
    Sort,
    Tagged,
    Without,
    Word,
    Zone,
)
from tests.search.engines.entries import entry
from tests.search.engines.reference import Reference

_TERMS = ("а", "аб", "б", "в", "#1", "1")
_TAGS = ("kind:a", "kind:b", "kind:c", "unit:1", "unit:2", "section:1", "section:2")
_MAY = ("may:staff", "may:unit.1", "may:unit.2", "may:drafter.1", "may:head")

_positions = st.lists(st.sampled_from(_TERMS), min_size=1, max_size=2, unique=True).map(tuple)
_zone = st.none() | st.sampled_from(Zone)


@st.composite
def _entries(draw: st.DrawFn) -> list[Entry]:
    made = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        plain = entry(number)
        made.append(
            Entry(
                id=number,
                key=plain.key,
                day=draw(st.integers(0, 3)),
                number=draw(st.sampled_from(("", "1", "10", "2"))),
                zones=draw(
                    st.dictionaries(st.sampled_from(Zone), st.lists(_positions, min_size=1, max_size=6))
                ),
                tags=draw(st.frozensets(st.sampled_from(_TAGS + _MAY), max_size=6)),
                digest=plain.digest,
            )
        )
    return made


def _inner(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(nodes, max_size=3).map(tuple)
    return some.map(Both) | some.map(Either) | nodes.map(Without)


def _places(places: list[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Gaps are between words."""
    while places and not places[0]:
        places = places[1:]
    while places and not places[-1]:
        places = places[:-1]
    return tuple(places) or (frozenset({"а"}),)


_some_terms = st.frozensets(st.sampled_from(_TERMS), max_size=2)
_leaves: st.SearchStrategy[Node] = (
    st.builds(Word, _some_terms, _zone)
    | st.builds(Phrase, st.lists(_some_terms, min_size=1, max_size=3).map(_places), _zone)
    | st.builds(Prefix, st.sampled_from(("а", "аб", "#", "х")), _zone)
    | st.builds(Tagged, st.frozensets(st.sampled_from(_TAGS), max_size=2))
    | st.just(Every())
)
_nodes = st.recursive(_leaves, _inner, max_leaves=5)
_plans = st.builds(
    Plan,
    node=_nodes,
    readable=st.frozensets(st.sampled_from(_MAY), max_size=3),
    hidden=st.frozensets(st.sampled_from(("document:1", "document:2", "document:9")), max_size=2),
    narrowed=st.dictionaries(
        st.sampled_from(("kind", "unit", "section")),
        st.frozensets(st.sampled_from(_TAGS), min_size=1, max_size=2),
        max_size=2,
    ),
    first=st.lists(_nodes, max_size=2).map(tuple),
    sort=st.sampled_from(Sort),
    offset=st.sampled_from((0, 0, 1, 3)),
    limit=st.sampled_from((20, 2)),
    facets=st.just(("kind", "unit", "section")),
    most_values=st.sampled_from((20, 1)),
)


class Law:
    #: How many shelves of random records are filled; each is asked several questions.
    shelves = 40

    def test_hits_totals_and_facets_are_those_of_the_plain_rule(self, engine: Engine) -> None:
        @settings(max_examples=self.shelves)
        @given(_entries(), st.lists(_plans, min_size=6, max_size=10))
        def agrees(entries: list[Entry], plans: list[Plan]) -> None:
            expected = Reference(entries)
            engine.create()
            # In two writes, with one entry written twice: as it comes about.
            engine.write(entries[:5])
            engine.write([entries[0], *entries[5:]])
            for plan in plans:
                told = engine.search(plan)
                wanted = expected.search(plan)
                _same(plan, told, wanted)

        agrees()


def _same(plan: Plan, told: Found, wanted: Found) -> None:
    assert told.exact
    assert told.total == wanted.total
    assert {facet: list(counts.items()) for facet, counts in told.facets.items()} == {
        facet: list(counts.items()) for facet, counts in wanted.facets.items()
    }
    assert [hit.tier for hit in told.hits] == [hit.tier for hit in wanted.hits]
    if plan.sort is not Sort.RELEVANCE:
        assert [hit.key for hit in told.hits] == [hit.key for hit in wanted.hits]
    elif (plan.offset, plan.limit) == (0, 20):
        assert {(hit.key, hit.tier) for hit in told.hits} == {(hit.key, hit.tier) for hit in wanted.hits}
    assert len({hit.key for hit in told.hits}) == len(told.hits)
