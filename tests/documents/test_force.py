"""Force of stored documents: the query agrees with the rule."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs import db
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.links.force import facts, in_force_on, standing, standings
from roadmapdocs.documents.links.force_rules import Binding, legal_force
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document, Suspension
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.rules import Force, Registration
from roadmapdocs.documents.transitions import perform
from roadmapdocs.people.rules import SYSTEM
from tests.conftest import NOW, TODAY
from tests.documents.linked import SEPTEMBER, annul, draft, link, order, take_off
from tests.factories import count_queries

# Few days, so that first days, last days and the day asked about often meet.
DAYS = st.dates(dt.date(2026, 3, 10), dt.date(2026, 3, 20))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "force": st.sampled_from([str(one) for one in Force]),
            "registration": st.sampled_from([str(one) for one in Registration]),
            "date": DAYS | st.none(),
            "force_from": DAYS | st.none(),
            "force_until": DAYS | st.none(),
            "suspensions": st.lists(st.tuples(DAYS, DAYS | st.none()), max_size=2),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, day=DAYS)
def test_the_query_and_the_rule_agree_on_every_document(database: str, rows: list[dict[str, object]], day: dt.date) -> None:
    with db.database.atomic() as attempt:
        template = draft()
        expected = set()
        for row in rows:
            suspensions = row["suspensions"]
            columns = {name: value for name, value in row.items() if name != "suspensions"}
            document = Document.create(**{**template.__data__, "id": None, **columns})
            for since, until in suspensions:  # type: ignore[attr-defined]  # a list of pairs
                Suspension.create(document=document, since=since, until=until)
            if legal_force(facts(document, tuple(suspensions)), day).binds:  # type: ignore[arg-type]  # as above
                expected.add(document.id)
        found = {document.id for document in Document.select().where(in_force_on(day))}
        stored = standings(list(Document.select()), day)
        attempt.rollback()
    assert found == expected == {document_id for document_id, one in stored.items() if one.binds}


def binding(document: Document, on: dt.date = TODAY) -> Binding:
    return standing(get_document(document.id), on).binding


def test_a_document_goes_through_its_life(database: str) -> None:
    act = order("5-П", "2025-02-01", force_from="2025-03-01")
    assert [binding(act, dt.date(2025, month, 1)) for month in (2, 3)] == [Binding.COMING, Binding.IN_FORCE]
    link(order("41-П", "2026-03-02"), LinkKind.AMENDS, act)
    assert [binding(act, dt.date(2026, month, 2)) for month in (2, 3)] == [Binding.IN_FORCE, Binding.AMENDED]
    link(order("42-П", "2026-03-03"), LinkKind.REPEALS, act, since=SEPTEMBER)
    assert [binding(act, dt.date(2026, month, 1)) for month in (2, 8, 9)] == [
        Binding.IN_FORCE,
        Binding.AMENDED,
        Binding.ENDED,
    ]
    assert {one.id for one in Document.select().where(in_force_on(SEPTEMBER))} == {
        one.id for one in Document.select() if one.number in {"41-П", "42-П"}
    }


def test_an_amendment_taken_off_leaves_no_trace_in_force(database: str) -> None:
    act = order("5-П", "2025-02-01")
    take_off(link(order("41-П", "2026-03-02"), LinkKind.AMENDS, act))
    assert binding(act) is Binding.IN_FORCE


def test_an_annulled_document_is_in_force_on_no_day(database: str) -> None:
    act = order("5-П", "2025-02-01")
    annul(act)
    assert binding(act) is Binding.NONE
    assert not Document.select().where(in_force_on(TODAY)).exists()


def test_a_suspended_document_can_come_back(database: str) -> None:
    act = order("5-П", "2025-02-01")
    said = Answers(reason="до решения суда", date=dt.date(2026, 3, 1))
    perform(act.id, "suspend", answers=said, by=SYSTEM, now=NOW, today=TODAY)
    assert binding(act) is Binding.SUSPENDED
    perform(act.id, "resume_force", answers=Answers(date=dt.date(2026, 3, 10)), by=SYSTEM, now=NOW, today=TODAY)
    assert [binding(act, dt.date(2026, 3, day)) for day in (9, 10)] == [Binding.SUSPENDED, Binding.IN_FORCE]


@pytest.mark.parametrize("count", [1, 12])
def test_a_list_asks_twice_however_long_it_is(sqlite_database: None, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    shown = [order(f"{number}-П", "2025-02-01") for number in range(1, count + 1)]
    sent = count_queries(monkeypatch)
    assert len(standings(shown, TODAY)) == count
    assert len(sent) == 2
    assert standings([], TODAY) == {}
