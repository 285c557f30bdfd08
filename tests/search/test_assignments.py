"""Assignments are found as records of their own, by whoever may read them and by nobody else."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs.access.rules import HOLDERS, mask
from roadmapdocs.assignments.executing import report
from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.people import reassign
from roadmapdocs.assignments.visibility import visible_to
from roadmapdocs.assignments.words import Part
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.visibility import invite
from roadmapdocs.people.rules import SYSTEM, Actor, Role, Standing
from roadmapdocs.search import indexing, records
from roadmapdocs.search.answers import Answer, Asked
from roadmapdocs.search.operations import keys_matching, search
from roadmapdocs.search.state import Used
from tests import factories as make
from tests.assignments.office import Office, make_office
from tests.conftest import NOW, TODAY
from tests.search.indexed import build, differences
from tests.search.registry import ENGINES, index, registry

ASSIGNMENTS = 30
KINDS = ("order_main", "protocol")


@dataclass(frozen=True)
class World:
    """Trees of assignments out of documents whose readers are as chance has it; drafts among them."""

    employees: tuple[int, ...]
    units: tuple[int, ...]

    def readable(self, by: Actor) -> set[int]:
        return {one for (one,) in Assignment.select(Assignment.id).where(visible_to(by)).tuples()}


@pytest.fixture(scope="module", params=ENGINES)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with registry(str(request.param), request, tmp_path_factory.mktemp("assignments")) as used:
        made = _world(random.Random(7))
        index(used)
        yield made


def _world(chance: random.Random) -> World:
    units = tuple(make.unit(f"Отдел {letter}", letter).id for letter in "АБ")
    employees = tuple(make.employee(surname).id for surname in ("Лукина", "Дёмина", "Яшина", "Громова"))
    documents = [make.document("О зачёте", kind=kind).id for kind in KINDS for _one in range(4)]
    for document in documents:
        readers = sum(1 << place for place in range(len(HOLDERS)) if chance.random() < 0.3)
        organisation = chance.choice([None, make.organisation().id, make.organisation("Школа № 5").id])
        Document.update(organisation=organisation).where(Document.id == document).execute()
        ties = {"readers": readers, "drafter": chance.choice([None, *employees]), "unit": chance.choice([None, *units])}
        Document.update(ties).where(Document.id == document).execute()
        if chance.random() < 0.4:
            invite(document, chance.choice(employees))
    made: list[Assignment] = []
    for number in range(ASSIGNMENTS):
        parent = chance.choice(made) if made and chance.random() < 0.4 else None
        made.append(_assignment(number, parent, chance, employees, documents))
    return World(employees, units)


def _assignment(
    number: int, parent: Assignment | None, chance: random.Random, employees: tuple[int, ...], documents: list[int]
) -> Assignment:
    people = {"author": chance.choice([None, *employees]), "responsible": chance.choice(employees)}
    row = Assignment.create(
        **people,
        text=f"Поручение {number} о зачёте",
        document=chance.choice([None, *documents]),
        parent=parent,
        deadline_kind="date",
        counted_from=TODAY,
        due=TODAY + dt.timedelta(days=number),
        state="draft" if (draft := chance.random() < 0.25) else "new",
        state_at=NOW,
        made_by="",
        made_by_employee=chance.choice([None, *employees]),
        made_at=NOW,
        given_at=None if draft else NOW,
    )
    Assignment.update(root=parent.root_id if parent is not None else row.id).where(Assignment.id == row.id).execute()
    for part, employee in people.items():
        if employee is not None:
            AssignmentPerson.create(assignment=row, employee=employee, part=part)
    if chance.random() < 0.3:
        AssignmentPerson.create(assignment=row, employee=chance.choice(employees), part=Part.EXECUTOR)
    return Assignment.get_by_id(row.id)


@st.composite
def readers(draw: st.DrawFn, world: World) -> Actor:
    employee = draw(st.sampled_from([None, *world.employees]))
    others = st.builds(
        Standing,
        employee_id=st.sampled_from(world.employees),
        name=st.just(""),
        kinds=st.frozensets(st.sampled_from(KINDS), max_size=1),
        acting=st.booleans(),
        basis=st.just(""),
    )
    return Actor(
        user_id=7,
        name="Читатель",
        roles=draw(st.frozensets(st.sampled_from(list(Role)), min_size=1, max_size=2)),
        employee_id=employee,
        unit_ids=draw(st.frozensets(st.sampled_from(world.units), max_size=1)) if employee else frozenset(),
        stands_for=tuple(draw(st.lists(others, max_size=2))) if employee else (),
        organisations=draw(st.sampled_from([frozenset(), frozenset({make.organisation().id})])),
    )


def ask(query: str, by: Actor) -> Answer:
    return search(Asked(query, limit=ASSIGNMENTS), by=by, today=TODAY)


@given(st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_hits_and_totals_are_those_of_the_plain_rule(world: World, data: st.DataObject) -> None:
    by = data.draw(readers(world))
    readable = world.readable(by)
    found = ask("тип:поручение", by)
    assert {hit.id for hit in found.hits} == readable
    assert (found.total, found.exact) == (len(readable), True)
    counted = {value.value: value.count for value in found.facets.get("kind", ()) if value.count}
    assert counted == ({"assignment": len(readable)} if readable else {})
    keys = keys_matching(Asked("тип:поручение"), by=by, today=TODAY, most=ASSIGNMENTS)
    assert set(keys) == {f"assignment:{one}" for one in readable}


def test_chance_hides_some_assignments_and_shows_some(world: World) -> None:
    staff = Actor(7, "Читатель", frozenset({Role.STAFF}), employee_id=world.employees[0])
    assert 0 < len(world.readable(staff)) < ASSIGNMENTS


def test_an_assignment_says_its_text_its_people_its_point_and_its_reports(database: str) -> None:
    office = make_office()
    row = office.give("Нечаев", executors=["Громова"], controller="Исаев", text="Подготовить список книг", document=office.order(), point="2.1")
    report(row.id, "Список на двадцати листах", by=office.actor("Нечаев"), now=NOW, today=TODAY)
    (found,) = records.sources([f"assignment:{row.id}"], today=TODAY).values()
    said = [(one.source, one.text) for one in found.passages]
    assert ("title", "Подготовить список книг") in said
    assert ("number", "пункт 2.1") in said
    assert ("report", "Список на двадцати листах") in said
    assert {text.split()[0] for source, text in said if source == "person"} == {"Ветрова", "Нечаев", "Громова", "Исаев"}
    assert {"type:assignment", "kind:assignment", "item:2.1", "year:2026"} <= found.tags


def test_a_long_text_is_found_to_its_end(database: str) -> None:
    office = make_office()
    row = office.give("Нечаев", text="Подготовить " + "очень " * 100 + "толстую книгу")
    (found,) = records.sources([f"assignment:{row.id}"], today=TODAY).values()
    assert any(one.source == "text" and one.text.endswith("толстую книгу") for one in found.passages)


@pytest.fixture
def office(used: Used) -> Office:
    made = make_office()
    build(used)
    return made


def keys(query: str, by: Actor) -> set[str]:
    return {hit.key for hit in ask(query, by).hits}


def settled(used: Used) -> None:
    """Whatever was noted is in the index, and the index is right about everything."""
    indexing.drain(today=TODAY)
    assert differences(used) == []


def test_what_is_given_is_found_by_its_people_and_by_those_who_watch(used: Used, office: Office) -> None:
    row = office.give("Нечаев", text="Подготовить список книг", controller="Исаев")
    settled(used)
    for surname, sees in {"Нечаев": True, "Исаев": True, "Лукина": True, "Громова": False}.items():
        assert keys("список", office.actor(surname)) == ({f"assignment:{row.id}"} if sees else set())
    by = office.actor("Исаев")
    for query in ("тип:поручение", "вид:поручение", "исполнитель:Нечаев", "вид:поручение дата:2026", "Нечаев"):
        assert keys(query, by) == {f"assignment:{row.id}"}, query
    (hit,) = ask("список", by).hits
    assert (hit.type, hit.date, hit.stands) == ("assignment", row.due, "new")
    assert hit.signer.startswith("Нечаев")


def test_whoever_comes_into_a_tree_finds_all_of_it(used: Used, office: Office) -> None:
    row = office.give("Нечаев", text="Подготовить список книг", document=office.order("О летнем чтении"))
    settled(used)
    assert keys("список", office.actor("Громова")) == set()
    office.give("Громова", by="Нечаев", text="Собрать заявки", parent=row)
    settled(used)
    assert f"assignment:{row.id}" in keys("список", office.actor("Громова"))


def test_a_reassigned_one_is_found_by_the_other_person_with_its_document(used: Used, office: Office) -> None:
    order = office.order("О летнем чтении")
    Document.update(readers=mask({"invited", "signer"})).where(Document.id == order.id).execute()
    row = office.give("Нечаев", text="Подготовить список книг", document=order)
    settled(used)
    assert keys("список", office.actor("Громова")) == set()
    reassign([row.id], responsible=office.id("Громова"), reason="отпуск", by=office.actor("Ветрова"), now=NOW, today=TODAY)
    settled(used)
    assert keys("список", office.actor("Громова")) == {f"assignment:{row.id}"}
    assert keys("летнем", office.actor("Громова")) == {f"document:{order.id}"}
    assert keys("список", office.actor("Нечаев")) == set()


def test_who_watches_over_execution_finds_no_more_than_of_the_document(used: Used, office: Office) -> None:
    order = office.order("О летнем чтении")
    row = office.give("Нечаев", text="Подготовить список книг", document=order)
    settled(used)
    assert keys("список", office.actor("Исаев")) == {f"assignment:{row.id}"}
    Document.update(readers=mask({"invited"})).where(Document.id == order.id).execute()
    comment(order, "Только своим", by=SYSTEM, now=NOW)
    settled(used)
    assert keys("список", office.actor("Исаев")) == set()
    assert keys("список", office.actor("Нечаев")) == {f"assignment:{row.id}"}
