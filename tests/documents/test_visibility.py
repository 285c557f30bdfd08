"""Who may read: the rule for one document, the condition of a query, and the mask that is stored are one thing."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs import db
from roadmapdocs.access.rules import HOLDERS, Action, Audience, Mark, Tie, mask
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.operations import create_document, get_document, read_document, update_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import Answers, available, perform
from roadmapdocs.documents.visibility import (
    invite,
    may,
    plain_audience,
    readers_of,
    require_right,
    states_of,
    visible_to,
    why_not,
)
from roadmapdocs.documents.workflows import adopt_for
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.people.models import Employee, Unit
from roadmapdocs.people.rules import SYSTEM, Actor, Role, Standing
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import RIGHTS, Line, Workflow
from tests import factories as make
from tests.cases.made import case as make_case
from tests.conftest import NOW, TODAY, person
from tests.documents.rights import kinds_by_workflow, shipped


def examples(number: int) -> settings:
    """All examples of a test share its database; what each writes is taken back."""
    shared = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=number, suppress_health_check=shared)


@pytest.fixture(autouse=True)
def lives(request: pytest.FixtureRequest) -> list[Life]:
    """All our definitions, adopted: they outlast the transactions that tests take back."""
    request.getfixturevalue("database" if "database" in request.fixturenames else "sqlite_database")
    return [Life(kind, adopted := adopt_for(kind, NOW).id, workflow_of(adopted)) for kind in kinds_by_workflow()]


@dataclass(frozen=True)
class Life:
    """A kind with the definitions that its documents live by."""

    kind: Kind
    adopted: int
    workflow: Workflow


@dataclass(frozen=True)
class Office:
    """Two people, units and organisations that documents and actors may be tied to."""

    employees: tuple[int, ...]
    units: tuple[int, ...]
    organisations: tuple[int, ...]


def office() -> Office:
    units = (make.unit(), make.unit("Отдел чтения", "ОЧ"))
    employees = (make.employee("Лукина"), make.employee("Дёмина"))
    organisations = (make.organisation(), make.organisation("Школа № 5"))
    return Office(*(tuple(one.id for one in rows) for rows in (employees, units, organisations)))


@contextlib.contextmanager
def rolled_back() -> Iterator[None]:
    with db.database.atomic() as block:
        yield
        block.rollback()


def place(life: Life, states: dict[Line, str], mark: Mark, **ties: int | None) -> dict[str, object]:
    """The row of a document in these states, as operations leave it."""
    meanings = {line: life.workflow.state(line, name).meaning for line, name in states.items()}
    return {
        "kind": life.kind.id,
        "workflow": life.adopted,
        "title": "Приказ",
        "listed_on": TODAY,
        "search_key": "приказ",
        "mark": str(mark),
        "readers": readers_of(life.workflow, states, mark),
        "named_states": {line.value: name for line, name in states.items() if name != meanings[line]},
        "created_at": NOW,
        "changed_at": NOW,
        **{line.value: meaning for line, meaning in meanings.items()},
        **{"drafter": None, "signer_employee": None, "unit": None, "organisation": None, **ties},
    }


def every_state(lives: list[Life]) -> Iterator[tuple[Life, dict[Line, str]]]:
    """Each state of each definition, the other lines at their beginning."""
    seen: set[str] = set()
    for life in lives:
        for line, definition in life.workflow.definitions.items():
            if definition.code not in seen:
                yield from ((life, {**life.workflow.initial(), line: name}) for name in definition.states)
        seen |= {definition.code for definition in life.workflow.definitions.values()}
    assert seen == set(shipped())


def actors(there: Office) -> st.SearchStrategy[Actor]:
    return st.builds(
        Actor,
        user_id=st.just(1),
        name=st.just("Некто"),
        roles=st.frozensets(st.sampled_from(list(Role)), max_size=3),
        employee_id=st.sampled_from([None, *there.employees]),
        unit_ids=st.frozensets(st.sampled_from(there.units)),
        grants=st.frozensets(st.sampled_from([str(one) for one in Action])),
        organisations=st.frozensets(st.sampled_from(there.organisations)),
    )


def check_query(actor: Actor) -> None:
    ruled = {row.id for row in Document.select() if may(row, "read", actor)}
    for few in (False, True):
        assert {row.id for row in Document.select(Document.id).where(visible_to(actor, few=few))} == ruled
        joined = Document.select(Document.id, Kind.code).join(Kind).where(visible_to(actor, few=few))
        assert {row.id for row in joined} == ruled


def test_the_query_finds_what_the_rule_allows_in_every_state_of_every_definition(
    database: str, lives: list[Life]
) -> None:
    there = office()
    one, unit = there.employees[0], there.units[0]
    ties = ({}, {"drafter": one}, {"signer_employee": one}, {"unit": unit}, {"drafter": one, "unit": unit})
    rows = [
        place(life, states, mark, **tied) for life, states in every_state(lives) for mark in Mark for tied in ties
    ]
    for start in range(0, len(rows), 100):
        Document.insert_many(rows[start : start + 100]).execute()
    stored = list(Document.select())
    assert len(stored) == len(rows)

    @examples(25)
    @given(actors(there))
    def same(actor: Actor) -> None:
        asked = {row for (row,) in Document.select(Document.id).where(visible_to(actor)).tuples()}
        assert asked == {row.id for row in stored if may(row, "read", actor)}

    same()
    for role in Role:
        check_query(person(role))


@examples(40)
@given(data=st.data())
def test_the_query_finds_what_the_rule_allows_whatever_the_states_together(
    database: str, lives: list[Life], data: st.DataObject
) -> None:
    with rolled_back():
        there = office()
        for _number in range(data.draw(st.integers(1, 6))):
            life = data.draw(st.sampled_from(lives))
            states = {line: data.draw(st.sampled_from(sorted(life.workflow.definitions[line].states))) for line in Line}
            people = st.sampled_from([None, *there.employees])
            ties = {"drafter": data.draw(people), "signer_employee": data.draw(people)}
            ties["unit"] = data.draw(st.sampled_from([None, *there.units]))
            ties["organisation"] = data.draw(st.sampled_from([None, *there.organisations]))
            Document.insert(place(life, states, data.draw(st.sampled_from(list(Mark))), **ties)).execute()
        check_query(data.draw(actors(there)))


@examples(60)
@given(data=st.data())
def test_what_was_handed_is_read_alike_by_rule_and_query_whoever_stands_in(
    database: str, lives: list[Life], data: st.DataObject
) -> None:
    with rolled_back():
        there = office()
        away = make.employee("Громов")
        kinds = {life.kind.code: life for life in lives}
        for _number in range(data.draw(st.integers(1, 6))):
            life = kinds[data.draw(st.sampled_from(sorted(kinds)))]
            row = place(life, life.workflow.initial(), data.draw(st.sampled_from(list(Mark))))
            document_id = Document.insert(row).execute()
            for one in data.draw(st.sets(st.sampled_from([*there.employees, away.id]))):
                invite(document_id, one)
        steads = st.builds(
            Standing,
            employee_id=st.sampled_from([there.employees[1], away.id]),
            name=st.just("Громов"),
            kinds=st.frozensets(st.sampled_from(sorted(kinds)), max_size=2),
            acting=st.just(False),
            basis=st.just("отпуск"),
        )
        stands_for = tuple(data.draw(st.lists(steads, max_size=3)))
        roles = frozenset(data.draw(st.sets(st.sampled_from(list(Role)), max_size=1)))
        check_query(Actor(1, "Некто", roles, there.employees[0], stands_for=stands_for))


@pytest.mark.parametrize("mark", Mark)
def test_a_substitute_for_some_kinds_reads_what_was_handed_of_these_alone(
    database: str, lives: list[Life], mark: Mark
) -> None:
    there = office()
    substitute, away = there.employees
    orders, others = lives[0], next(life for life in lives if life.kind.id != lives[0].kind.id)
    handed = {}
    for life in (orders, others):
        row = place(life, life.workflow.initial(), mark)
        handed[life.kind.code] = document_id = Document.insert(row).execute()
        invite(document_id, away)

    def read_by(*kinds: str, acting: bool = False) -> set[str]:
        stands = Standing(away, "Громов", frozenset(kinds), acting, "отпуск")
        actor = Actor(1, "Некто", frozenset(), substitute, stands_for=(stands,))
        check_query(actor)
        return {code for code, id_ in handed.items() if may(Document.get_by_id(id_), "read", actor)}

    assert read_by(orders.kind.code) == {orders.kind.code}
    assert read_by("no_such_kind") == set()
    assert read_by() == read_by(acting=True) == set(handed)
    invite(handed[others.kind.code], substitute)
    assert read_by(orders.kind.code) == set(handed)


def test_whoever_stands_in_for_all_kinds_costs_no_look_at_the_kind(
    sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = office()
    document = Document.get_by_id(make.document().id)
    stands = Standing(there.employees[1], "Громов", frozenset(), acting=False, basis="отпуск")
    sent = make.count_queries(monkeypatch)
    may(document, "read", Actor(1, "Некто", frozenset(), there.employees[0], stands_for=(stands,)))
    assert len(sent) == 1


@examples(40)
@given(
    readers=st.integers(0, 2 ** len(HOLDERS) - 1),
    held=st.sets(st.sampled_from(HOLDERS)),
)
def test_any_mask_at_all_is_read_alike_by_rule_and_query(
    database: str, lives: list[Life], readers: int, held: set[str]
) -> None:
    """Not only the masks that our definitions give: an office has its own."""
    with rolled_back():
        there = office()
        actor = Actor(
            user_id=1,
            name="Некто",
            roles=frozenset(role for role in Role if role in held),
            employee_id=there.employees[0] if held & {Tie.DRAFTER, Tie.SIGNER, Tie.INVITED} else None,
            unit_ids=frozenset({there.units[0]}) if Tie.UNIT in held else frozenset(),
        )
        row = place(lives[0], lives[0].workflow.initial(), Mark.GENERAL)
        row |= {
            "readers": readers,
            "drafter": there.employees[0] if Tie.DRAFTER in held else there.employees[1],
            "signer_employee": there.employees[0] if Tie.SIGNER in held else there.employees[1],
            "unit": there.units[0] if Tie.UNIT in held else there.units[1],
        }
        document = Document.get_by_id(Document.insert(row).execute())
        if Tie.INVITED in held:
            invite(document.id, there.employees[0])
        assert may(document, "read", actor) is bool(mask(held) & readers)
        check_query(actor)


@examples(20)
@given(data=st.data())
def test_the_stored_mask_is_the_computed_one_after_any_walk_through_the_lines(
    database: str, lives: list[Life], data: st.DataObject
) -> None:
    with rolled_back():
        kind = data.draw(st.sampled_from(lives)).kind
        unit = make.unit()
        signer = make.employee()
        card = Card(kind.code, "О смотре", signer="Лукина О. С.", signer_id=signer.id, unit_id=unit.id)
        document = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
        case = make_case().id
        for _step in range(data.draw(st.integers(0, 12))):
            if data.draw(st.integers(0, 5)) == 0:
                document = marked(document, card, data.draw(st.sampled_from(list(Mark))))
            else:
                open_now = [one.transition.name for one in available(document, by=SYSTEM, today=TODAY) if one.why_not is None]
                if not open_now:
                    break
                answers = Answers(reason="так решено", comment="да", date=TODAY, due=TODAY, case=case, points="п. 1")
                with contextlib.suppress(Refusal, Conflict):
                    perform(
                        document.id, data.draw(st.sampled_from(open_now)), answers=answers, by=SYSTEM, now=NOW, today=TODAY
                    )
            document = get_document(document.id)
            workflow = workflow_of(document.workflow_id)
            assert document.readers == readers_of(workflow, states_of(document), Mark(document.mark))


def marked(document: Document, card: Card, mark: Mark) -> Document:
    """The card saved again under another mark, by those who may at the time; else as it is."""
    fresh = get_document(document.id)
    changed = dataclasses.replace(
        card, mark=mark, mark_basis="152-ФЗ", number=fresh.number, date=fresh.date, force_from=fresh.force_from
    )
    with contextlib.suppress(Forbidden, Refusal):
        update_document(document.id, changed, revision=fresh.revision, by=SYSTEM, now=NOW, today=TODAY)
    return get_document(document.id)


@pytest.mark.parametrize("mark", Mark)
def test_the_installation_itself_reads_every_document_in_every_state(
    sqlite_database: None, lives: list[Life], mark: Mark
) -> None:
    for life, states in every_state(lives):
        assert may(Document(**place(life, states, mark)), "read", SYSTEM), (life.kind.code, states)


def test_who_may_not_read_learns_nothing_not_even_that_it_exists(database: str) -> None:
    document = make.document()
    Document.update(readers=0).execute()
    known, unknown = [], []
    for id_, said in ((document.id, known), (document.id + 1000, unknown)):
        with pytest.raises(NotFound) as caught:
            read_document(id_, by=SYSTEM)
        said.append((caught.value.code, caught.value.message, caught.value.details))
    assert known == unknown


@pytest.mark.parametrize("right", RIGHTS)
def test_whoever_may_not_read_has_no_other_right_either(sqlite_database: None, right: str) -> None:
    document = make.document()
    document.readers = 0
    assert not may(document, right, SYSTEM)


def test_a_closed_door_names_those_to_whom_it_is_open(sqlite_database: None) -> None:
    document = make.document()
    stranger = Actor(1, "Некто", frozenset({Role.STAFF}))
    with use_language("en"), pytest.raises(Forbidden) as caught:
        require_right(document, "change", stranger)
    assert caught.value.message == why_not_in_english(document)
    assert caught.value.details["right"] == "change"


def why_not_in_english(document: Document) -> str:
    with use_language("en"):
        return why_not(document, "change")


def test_an_audience_is_what_a_document_stores(sqlite_database: None) -> None:
    drafter, signer = make.employee("Лукина"), make.employee("Дёмина")
    document = make.document(drafter_id=drafter.id, signer_id=signer.id)
    assert plain_audience(document) == Audience(document.readers, drafter.id, signer.id, None)
    assert Employee.select().count() == 2
    assert not Unit.select().exists()


def test_roles_count_in_organisations_of_ones_own_and_ties_everywhere(database: str, lives: list[Life]) -> None:
    there = office()
    own, other = there.organisations
    drafter = there.employees[0]
    documents = {}
    for name, ties in {
        "own": {"organisation": own},
        "other": {"organisation": other},
        "nobody's": {},
        "drafted for the other": {"organisation": other, "drafter": drafter},
    }.items():
        documents[name] = Document.insert(place(lives[0], lives[0].workflow.initial(), Mark.GENERAL, **ties)).execute()
    clerk = Actor(1, "Некто", frozenset({Role.CLERK}), drafter, organisations=frozenset({own}))
    check_query(clerk)
    read = {name for name, id_ in documents.items() if may(Document.get_by_id(id_), "read", clerk)}
    assert read == {"own", "nobody's", "drafted for the other"}
    everywhere = dataclasses.replace(clerk, organisations=frozenset())
    assert all(may(Document.get_by_id(id_), "read", everywhere) for id_ in documents.values())


def test_a_new_card_belongs_to_the_one_organisation_of_who_makes_it(sqlite_database: None) -> None:
    own, other = make.organisation(), make.organisation("Школа № 5")
    clerk = Actor(1, "Некто", frozenset({Role.CLERK}), organisations=frozenset({own.id}))

    def made(organisation_id: int | None, by: Actor) -> int | None:
        card = Card(kind="order_main", title="О чтении", organisation_id=organisation_id)
        return create_document(card, by=by, now=NOW, today=TODAY).organisation_id

    assert made(None, clerk) == made(own.id, clerk) == own.id
    assert made(None, person(Role.CLERK)) is None
    with pytest.raises(Refusal) as refused:
        made(other.id, clerk)
    assert refused.value.code == "other_organisation"
    of_both = dataclasses.replace(clerk, organisations=frozenset({own.id, other.id}))
    with pytest.raises(Refusal) as refused:
        made(None, of_both)
    assert (refused.value.code, set(refused.value.details["fields"])) == ("organisation", {"organisation"})  # type: ignore[call-overload]


def test_a_card_does_not_move_to_an_organisation_where_the_roles_do_not_count(sqlite_database: None) -> None:
    own, other = make.organisation(), make.organisation("Школа № 5")
    clerk = Actor(1, "Некто", frozenset({Role.CLERK}), organisations=frozenset({own.id}))
    card = Card(kind="order_main", title="О чтении")
    document = create_document(card, by=clerk, now=NOW, today=TODAY)
    moved = dataclasses.replace(card, organisation_id=other.id)
    with pytest.raises(Refusal) as refused:
        update_document(document.id, moved, revision=document.revision, by=clerk, now=NOW, today=TODAY)
    assert refused.value.code == "other_organisation"
