"""Laws of taking people in, over made-up snapshots: twice is once, order is nothing, a dry run tells the truth."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs import db
from roadmapdocs.audit.models import Event
from roadmapdocs.people.incoming import (
    IncomingAccount,
    IncomingOrganisation,
    IncomingPerson,
    IncomingPost,
    IncomingUnit,
    Kind,
    Report,
    Snapshot,
    What,
    take_in,
)
from roadmapdocs.people.incoming_unique import circling, clashing
from roadmapdocs.people.models import Employee, ExternalRecord, Organisation, Post, Unit, User, UserRole
from roadmapdocs.people.rules import SYSTEM, Role
from tests.conftest import NOW, TODAY

T = TypeVar("T")
few = st.sampled_from("abcd")
days = st.none() | st.integers(-40, 40).map(lambda n: TODAY + dt.timedelta(days=n))
organisations = st.builds(IncomingOrganisation, few, st.sampled_from(["Центр", "центр ", "Школа", ""]))
units = st.builds(
    IncomingUnit, few, st.sampled_from(["Отдел", "Сектор", "отдел", "Группа"]), st.just(""), st.none() | st.just("") | few, st.just("") | few
)
people = st.builds(
    IncomingPerson,
    few,
    st.sampled_from(["Ли", "Ким", "ким"]),
    st.sampled_from(["Ян", "Саша"]),
    st.sampled_from(["", "Ильич"]),
    st.sampled_from(["", "m"]),
    st.sampled_from(["", "a@b.org"]),
)
posts = st.builds(
    IncomingPost, few, few, st.sampled_from(["методист", "Методист", "юрист"]), st.just("") | few, days, days, st.none() | st.booleans()
)
roles = st.frozensets(st.sampled_from([Role.STAFF, Role.CLERK, Role.ADMINISTRATOR]))
accounts = st.builds(IncomingAccount, few, few, st.just("") | few, roles, st.booleans())


def several(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=4).map(tuple)


snapshots = st.builds(
    Snapshot,
    st.sampled_from(["host", "file"]),
    several(organisations),
    several(units),
    several(people),
    several(posts),
    several(accounts),
)
law = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TABLES = (Organisation, Unit, Employee, Post, User, UserRole, ExternalRecord, Event)


class _Over(Exception):
    """Undoes an example."""


def example(body: Callable[[], None]) -> None:
    """Run it on an empty registry and leave that empty."""
    with pytest.raises(_Over), db.transaction():
        body()
        raise _Over


def take(snapshot: Snapshot, **options: Any) -> Report:
    return take_in(snapshot, by=SYSTEM, now=NOW, today=TODAY, **options)


def state() -> list[Any]:
    return [sorted(map(repr, table.select().tuples())) for table in TABLES]


@pytest.fixture
def registry(sqlite_database: None) -> Iterator[None]:
    for table in (UserRole, User, Post, Employee, Unit, Organisation):
        table.delete().execute()
    return iter([None])


@law
@given(st.lists(snapshots, max_size=2), snapshots)
def test_taking_in_twice_changes_nothing(registry: None, before: list[Snapshot], snapshot: Snapshot) -> None:
    def body() -> None:
        for one in before:
            take(one)
        first = take(snapshot)
        stored = state()
        second = take(snapshot)
        assert state() == stored
        assert not second.changes
        assert second.of(What.REFUSED) == first.of(What.REFUSED)

    example(body)


@law
@given(snapshots, snapshots, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(registry: None, before: Snapshot, snapshot: Snapshot, chance: random.Random) -> None:
    def mixed(rows: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(chance.sample(rows, len(rows)))

    def body() -> None:
        take(before)
        reports, states = [], []
        other = Snapshot(
            snapshot.source,
            mixed(snapshot.organisations),
            mixed(snapshot.units),
            mixed(snapshot.people),
            mixed(snapshot.posts),
            mixed(snapshot.accounts),
        )
        for one in (snapshot, other):
            with pytest.raises(_Over), db.transaction():
                reports.append(take(one))
                states.append([rows for table, rows in zip(TABLES, state(), strict=True) if table not in {User, Event}])
                raise _Over
        assert reports[0] == reports[1]
        assert states[0] == states[1]

    example(body)


@law
@given(snapshots, snapshots)
def test_a_dry_run_tells_what_the_real_run_does(registry: None, before: Snapshot, snapshot: Snapshot) -> None:
    def body() -> None:
        take(before)
        stored = state()
        dry = take(snapshot, dry_run=True)
        assert state() == stored
        assert take(snapshot) == dry

    example(body)


@law
@given(snapshots, snapshots)
def test_a_complete_snapshot_ends_nothing_that_it_names_or_that_is_not_of_its_source(
    registry: None, before: Snapshot, snapshot: Snapshot
) -> None:
    complete = Snapshot(
        snapshot.source, snapshot.organisations, snapshot.units, snapshot.people, snapshot.posts, snapshot.accounts, complete=True
    )

    def body() -> None:
        take(before)
        source = ExternalRecord.source == snapshot.source
        ours = {row.local_id for row in ExternalRecord.select().where(source & (ExternalRecord.kind == "user"))}
        opened = {row.id for row in User.select().where(User.active)}
        if not snapshot.people and not snapshot.accounts:
            return
        report = take(complete)
        named = {one.external for one in snapshot.accounts}
        closed = opened - {row.id for row in User.select().where(User.active)}
        assert closed <= ours
        for line in report.of(What.ENDED):
            if line.kind is Kind.USER and line.external in named:
                assert any(not one.active for one in snapshot.accounts if one.external == line.external)
        last = User.select().join(UserRole).where(User.active & (UserRole.role == Role.ADMINISTRATOR)).exists()
        refused = {line.external for line in report.of(What.REFUSED)}
        for row in ExternalRecord.select().where(source & (ExternalRecord.kind == "user")):
            missing = row.external not in named | refused and row.local_id in ours
            others = {one.external for one in ExternalRecord.select().where(source & (ExternalRecord.local_id == row.local_id))}
            if missing and others.isdisjoint(named):
                assert not User.get_by_id(row.local_id).active or not last

    example(body)


NODES = st.sampled_from([1, 2, 3, "a", "b"])


@given(st.dictionaries(st.sampled_from([1, 2, 3]), few, max_size=3), st.dictionaries(NODES, few))
def test_granted_names_are_unique_and_nobody_is_refused_without_need(held: dict[Any, str], wanted: dict[Any, str]) -> None:
    held = {one: name for one, name in held.items() if list(held.values()).count(name) == 1}
    refused = clashing(held, wanted)
    final = {**held, **{one: name for one, name in wanted.items() if one not in refused}}
    assert len(set(final.values())) == len(final)
    assert all(list({**held, **wanted}.values()).count(wanted[one]) > 1 or wanted[one] in held.values() for one in refused)


@given(st.dictionaries(NODES, st.none() | NODES))
def test_a_tree_of_what_was_granted_has_no_circles(wanted: dict[Any, Any]) -> None:
    above: dict[Any, Any] = {1: None, 2: 1, 3: 2}
    refused = circling(above, wanted)
    final = {**above, **{one: up for one, up in wanted.items() if one not in refused}}
    for start in final:
        seen, current = set(), start
        while current is not None:
            assert current not in seen
            seen.add(current)
            current = final.get(current)


def test_five_thousand_people_are_taken_in_within_five_seconds(sqlite_database: None) -> None:
    count = 5_000
    snapshot = Snapshot(
        "host",
        (IncomingOrganisation("o", "Администрация"),),
        tuple(IncomingUnit(str(n), f"Отдел {n}", parent="" if n == 0 else "0") for n in range(100)),
        tuple(IncomingPerson(str(n), f"Фамилия{n}", "Иван", "Ильич") for n in range(count)),
        tuple(IncomingPost(str(n), str(n % 100), "специалист") for n in range(count)),
        tuple(IncomingAccount(str(n), f"u{n}", str(n), frozenset({Role.STAFF})) for n in range(count)),
    )
    started = time.process_time()
    assert take(snapshot).counts["made"] == 3 * count + 101
    first = time.process_time() - started
    started = time.process_time()
    assert not take(snapshot).changes
    assert (first <= 5, time.process_time() - started <= 2.5) == (True, True), first


def test_a_chain_of_units_longer_than_a_stack_is_no_matter(sqlite_database: None) -> None:
    chain = tuple(IncomingUnit(f"{n:05}", f"Отдел {n}", parent=f"{n + 1:05}") for n in range(1_200))
    report = take(Snapshot("host", (IncomingOrganisation("o", "Администрация"),), chain))
    assert report.counts["refused"] == 1_200
    top = IncomingUnit("01200", "Отдел 1200", parent="")
    assert take(Snapshot("host", units=(*chain, top))).counts["made"] == 1_201
