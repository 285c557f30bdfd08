"""Which links may be made, and what they are called from either side."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.rules import (
    EFFECTIVE,
    GROUPS,
    End,
    Wish,
    check_circle,
    check_link,
    group_of,
    source_words,
    target_words,
)
from roadmapdocs.errors import Refusal

ORDER = End(1, "приказ от 05.03.2026 № 41-П", "order", True, dt.date(2026, 3, 5))
PLAN = End(2, "план", "planning", False)
OLD = End(3, "приказ от 01.02.2020 № 5", "order", True, dt.date(2020, 2, 1))


def refused(wish: Wish) -> dict[str, str]:
    with pytest.raises(Refusal) as problem:
        check_link(wish, present=False)
    fields: dict[str, str] = problem.value.details.get("fields", {problem.value.code: problem.value.message})  # type: ignore[assignment]
    return fields


@pytest.mark.parametrize(
    "wish",
    [
        Wish(LinkKind.APPROVES, ORDER, PLAN),
        Wish(LinkKind.APPROVES, ORDER, PLAN, since=dt.date(2026, 9, 1)),
        Wish(LinkKind.AMENDS, ORDER, OLD, points="3"),
        Wish(LinkKind.REPEALS, ORDER, OLD, since=dt.date(2026, 4, 1)),
        Wish(LinkKind.REPEALS_PARTLY, ORDER, OLD, points="2, 4.1"),
        Wish(LinkKind.REPEALS, PLAN, End(5, "план", "planning", False)),
        Wish(LinkKind.APPROVES, ORDER, End(5, "план", "planning", False, annulled=True)),
        Wish(LinkKind.BASED_ON, OLD, ORDER),
        Wish(LinkKind.APPENDIX_TO, PLAN, ORDER),
        Wish(LinkKind.OTHER, End(4, "приказ", annulled=True), ORDER),
    ],
)
def test_a_sensible_link_is_made(wish: Wish) -> None:
    check_link(wish, present=False)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish(LinkKind.OTHER, ORDER, ORDER), "link_itself"),
        (Wish(LinkKind.APPROVES, ORDER, OLD), "target"),
        (Wish(LinkKind.APPROVES, PLAN, End(5, "положение", "normative", False)), "target"),
        (Wish(LinkKind.REPEALS, OLD, ORDER), "target"),
        (Wish(LinkKind.AMENDS, OLD, ORDER), "target"),
        (Wish(LinkKind.REPLACES, OLD, ORDER), "target"),
        (Wish(LinkKind.REPEALS, ORDER, OLD, since=dt.date(2026, 3, 4)), "since"),
        (Wish(LinkKind.APPROVES, ORDER, PLAN, since=dt.date(2026, 3, 4)), "since"),
        (Wish(LinkKind.REPEALS_PARTLY, ORDER, OLD), "points"),
        (Wish(LinkKind.REPEALS_PARTLY, ORDER, OLD, points="  "), "points"),
        (Wish(LinkKind.AMENDS, ORDER, OLD, points="п" * 501), "points"),
        (Wish(LinkKind.AMENDS, ORDER, OLD, note="п" * 501), "note"),
        (Wish(LinkKind.AMENDS, End(4, "приказ", annulled=True), OLD), "target"),
        (Wish(LinkKind.AMENDS, ORDER, End(4, "приказ", annulled=True)), "target"),
    ],
)
def test_a_senseless_link_is_refused_at_its_field(wish: Wish, field: str) -> None:
    assert set(refused(wish)) == {field}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wish = Wish(LinkKind.REPEALS_PARTLY, OLD, ORDER, since=dt.date(2019, 1, 1), note="п" * 501)
    assert set(refused(wish)) == {"target", "since", "points", "note"}


def test_a_link_is_not_made_twice() -> None:
    with pytest.raises(Refusal) as problem:
        check_link(Wish(LinkKind.OTHER, ORDER, OLD), present=True)
    assert problem.value.code == "link_twice"


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=40),
    st.sampled_from([kind for group in GROUPS for kind in sorted(group)]),
)
def test_no_order_of_links_closes_a_circle(wanted: list[tuple[int, int]], kind: LinkKind) -> None:
    edges: set[tuple[int, int]] = set()

    def following(front: Collection[int]) -> list[int]:
        return [target for source, target in edges if source in front]

    for source, target in wanted:
        wish = Wish(kind, End(source, "первый"), End(target, "второй"))
        with contextlib.suppress(Refusal):
            check_link(wish, present=(source, target) in edges)
            check_circle(wish, following)
            edges.add((source, target))
    left = set(edges)
    while left:  # an acyclic set of arrows always has a document at which none ends
        rootless = {source for source, _target in left} - {target for _source, target in left}
        assert rootless
        left = {edge for edge in left if edge[0] not in rootless}


def test_links_without_harm_may_lead_in_a_circle() -> None:
    check_circle(Wish(LinkKind.BASED_ON, ORDER, OLD), lambda _front: [ORDER.id])
    assert not group_of(LinkKind.OTHER)


@pytest.mark.parametrize("kind", list(LinkKind))
@pytest.mark.parametrize("gender", "mfnp")
def test_every_kind_has_words_from_both_sides(kind: LinkKind, gender: str) -> None:
    assert source_words(kind)
    assert target_words(kind, gender)


def test_every_effective_kind_may_close_no_circle() -> None:
    assert all(group_of(kind) for kind in EFFECTIVE)
