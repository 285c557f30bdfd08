"""Laws of links: whatever is linked and taken off in whatever order, no circle arises and nothing is left behind."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs import db
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.rules import EFFECTIVE, GROUPS
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.errors import Refusal
from tests.documents.linked import annul, draft, lines, link, order, take_off

CHANGING = sorted(EFFECTIVE - {LinkKind.APPROVES})
STEPS = st.lists(st.tuples(st.sampled_from(sorted(EFFECTIVE)), st.integers(0, 4), st.integers(0, 4)), max_size=8)


@pytest.fixture
def office(sqlite_database: None) -> list[Document]:
    """Three orders of one day, each of which may act on the others, and two drafts of plans."""
    return [*(order(f"{n}-П", "2026-03-02") for n in (1, 2, 3)), draft("План", kind="plan"), draft("Ещё план", kind="plan")]


def made_by(steps: list[tuple[LinkKind, int, int]], documents: list[Document]) -> list[DocumentLink]:
    made = []
    for kind, source, target in steps:
        with contextlib.suppress(Refusal):
            made.append(link(documents[source], kind, documents[target], points="1"))
    return made


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_order_of_operations_closes_a_circle(office: list[Document], steps: list[tuple[LinkKind, int, int]]) -> None:
    with db.database.atomic() as attempt:
        made_by(steps, office)
        stored = [(LinkKind(row.kind), row.source_id, row.target_id) for row in DocumentLink.select()]
        attempt.rollback()
    for group in GROUPS:
        left = {(source, target) for kind, source, target in stored if kind in group}
        while left:
            free = {source for source, _target in left} - {target for _source, target in left}
            assert free
            left = {edge for edge in left if edge[0] not in free}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(CHANGING), st.integers(0, 2), st.integers(0, 2)), max_size=6),
    data=st.data(),
)
def test_links_taken_off_in_any_order_leave_all_states_as_they_were(
    office: list[Document], steps: list[tuple[LinkKind, int, int]], data: st.DataObject
) -> None:
    with db.database.atomic() as attempt:
        before = [lines(one) for one in office]
        for made in data.draw(st.permutations(made_by(steps, office))):
            take_off(made)
        after = [lines(one) for one in office]
        attempt.rollback()
    assert after == before


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_annulling_every_order_leaves_no_effect_of_any(office: list[Document], steps: list[tuple[LinkKind, int, int]]) -> None:
    with db.database.atomic() as attempt:
        made_by(steps, office)
        for one in office[:3]:
            annul(one)
        after = [lines(one) for one in office]
        acted = DocumentLink.select().where(DocumentLink.acted).count()
        attempt.rollback()
    assert acted == 0
    assert {(one.force, one.force_from, one.force_until) for one in after} == {("not_in_force", None, None)}
