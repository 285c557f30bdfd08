"""Every step by everybody in every state of every definition that we ship, and every right by mark.

What is expected is computed here from the TOML text; what happens is told by the real door on a real document.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from roadmapdocs import db
from roadmapdocs.access.rules import Mark
from roadmapdocs.acquaintance.asking import Opening
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.cases.models import Case, CaseYear
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document, DocumentLink, DocumentVersion
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rights_table import rows_of
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import available, perform
from roadmapdocs.documents.visibility import invite, may, readers_of
from roadmapdocs.documents.workflows import catalogue
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.registration.models import Counter, Entry, Journal
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line
from tests import factories as make
from tests.cases.made import case as make_case
from tests.conftest import NOW, TODAY
from tests.documents.rights import LINES, PEOPLE, RIGHTS, ROLES, Flow, Raw, flows, shipped

FLOWS = [flow for flow in flows() if flow.own]
LONG_AGO = dt.date(2001, 3, 1)

#: In which states of other lines a guard is content; what is no matter of states is made true of every document.
CONTENT = {
    "is_signed": ("preparation", "signed"),
    "is_registered": ("registration", "registered"),
    "unregistered": ("registration", "unregistered"),
    "off_control": ("control", "off"),
}


#: Steps with which those who are to read are enclosed.
SENDING = frozenset({"send_to_read", "read_anew"})
NOBODY = Opening(Addressees(everyone=True), asked=())


@dataclass(frozen=True)
class Scene:
    """A document that can be put into any states, and people each of whom has one role or one tie to it."""

    document: int
    approved_by: int
    people: Mapping[str, Actor]
    case: int
    old_case: int


def scene(flow: Flow) -> Scene:
    unit = make.unit()
    drafter, signer, other = make.employee("Лукина"), make.employee("Дёмина"), make.employee("Громова")
    handed = make.employee("Ярцева")
    card = Card(
        flow.kind,
        "О смотре",
        signer="Лукина О. С.",
        drafter_id=drafter.id,
        signer_id=signer.id,
        unit_id=unit.id,
        date=dt.date(2026, 2, 2),
    )
    document = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    invite(document.id, handed.id)
    approving = make.document("Об утверждении")
    link = {"made_by": "Лукина", "made_at": NOW, "kind": "approves"}
    DocumentLink.create(source=approving, target=document, **link)
    file = StoredFile.create(sha256="0" * 64, size=1, format="txt", stored_at=NOW)
    DocumentVersion.create(document=document, number=1, file=file, name="текст.txt", added_by="Лукина", added_at=NOW)
    fresh, old = make_case("01-05"), make_case("01-06", years=1)
    Case.update(closed_on=LONG_AGO, year=LONG_AGO.year).where(Case.id == old.id).execute()
    assert CaseYear.select().exists()
    ties = {
        "drafter": Actor(10, "Лукина", frozenset(), employee_id=drafter.id),
        "signer": Actor(11, "Дёмина", frozenset(), employee_id=signer.id),
        "unit": Actor(12, "Некто из отдела", frozenset(), employee_id=other.id, unit_ids=frozenset({unit.id})),
        "invited": Actor(14, "Ярцева", frozenset(), employee_id=handed.id),
        "stranger": Actor(13, "Посторонний", frozenset(), employee_id=other.id),
    }
    roles = {role: Actor(number, role, frozenset({Role(role)})) for number, role in enumerate(ROLES, start=1)}
    return Scene(document.id, approving.id, {**roles, **ties}, fresh.id, old.id)


@contextlib.contextmanager
def standing(flow: Flow, there: Scene, states: Mapping[str, str], mark: str = "general") -> Iterator[Document]:
    """The document in these states, for as long as the block lasts."""
    with db.database.atomic() as block:
        document = get_document(there.document)
        workflow = workflow_of(document.workflow_id)
        meanings = {line: flow.meaning(line, name) for line, name in states.items()}
        columns: dict[str, object] = {
            **meanings,
            "named_states": {line: name for line, name in states.items() if name != meanings[line]},
            "readers": readers_of(workflow, {Line(line): name for line, name in states.items()}, Mark(mark)),
            "mark": mark,
            "case": None if states["storage"] == "in_work" else there.old_case,
            "force_from": dt.date(2026, 2, 2),
        }
        if meanings["registration"] in {"reserved", "registered"} and flow.codes["registration"] == "registration":
            columns |= {"entry": entry(document, meanings["registration"]), "number": "1"}
        Document.update(columns).where(Document.id == document.id).execute()
        yield get_document(there.document)
        block.rollback()


def entry(document: Document, state: str) -> Entry:
    """The number of the document, as its journal has it."""
    journal = Journal.get(Journal.series == document.kind.series)
    row = {"journal": journal, "period": str(TODAY.year)}
    Counter.create(**row, last=1)
    kept = {"state": state, "reserved_for": "О смотре" if state == "reserved" else ""}
    registered = TODAY if state == "registered" else None
    return Entry.create(**row, **kept, n=1, number="1", key="1", sort="1", registered_on=registered, by="Лукина", at=NOW)


def states_for(flow: Flow, line: str, state: str, row: Raw | None = None) -> dict[str, str]:
    """This state, and in the other lines what the guards of a transition want, else their beginning."""
    states = {**flow.initial(), line: state}
    for guard in row["guards"] if row and "guards" in row else ():
        if guard in CONTENT and CONTENT[guard][0] != line:
            other, meaning = CONTENT[guard]
            named = flow.state_meaning(other, meaning)
            if named is not None:
                states[other] = named
    return states


ANSWERS = Answers(reason="так решено", comment="да", date=TODAY, due=dt.date(2026, 5, 1), points="п. 1")


def outcome(there: Scene, name: str, who: str) -> str:
    """"done", or the code of the refusal; whatever was done is taken back."""
    try:
        with db.database.atomic() as block:
            answers = dataclasses.replace(ANSWERS, case=there.case, enclosed=NOBODY if name in SENDING else None)
            perform(there.document, name, answers=answers, by=there.people[who], now=NOW, today=TODAY)
            block.rollback()
    except (Refusal, Conflict, Forbidden, NotFound) as refusal:
        return refusal.code
    return "done"


def expected(flow: Flow, states: Mapping[str, str], line: str, row: Raw, who: str) -> str:
    if who not in flow.has(states, "read"):
        return "no_document"
    if set(row["who"]) == {"rule"}:
        return "no_transition"
    if states[line] not in row["from"]:
        return "moved"
    return "done" if who in row["who"] or ("everyone" in row["who"] and who != "stranger") else "forbidden"


@dataclass
class Told:
    wrong: list[tuple[object, ...]] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    tried: int = 0


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.kind)
def test_a_step_is_done_by_those_whom_the_definition_names_and_by_nobody_else(
    sqlite_database: None, flow: Flow
) -> None:
    there = scene(flow)
    told = Told()
    for line, name, row in flow.transitions():
        for state in flow.lines[line]["states"]:
            states = states_for(flow, line, state, row)
            with standing(flow, there, states):
                for who in PEOPLE:
                    told.tried += 1
                    came, wanted = outcome(there, name, who), expected(flow, states, line, row, who)
                    if came != wanted:
                        told.wrong.append((line, state, name, who, f"{wanted} expected, {came} came"))
                    if came == "done":
                        told.done.add(name)
    assert told.wrong == []
    assert told.done == {name for _line, name, row in flow.transitions() if set(row["who"]) != {"rule"}}
    assert told.tried == sum(len(flow.lines[line]["states"]) for line, _name, _row in flow.transitions()) * len(PEOPLE)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.kind)
def test_a_button_is_offered_to_those_who_can_press_it(sqlite_database: None, flow: Flow) -> None:
    """What a card draws from and what the door says are the same."""
    there = scene(flow)
    wrong = []
    for line, name, row in flow.transitions():
        if set(row["who"]) == {"rule"}:
            continue
        for state in row["from"]:
            states = states_for(flow, line, state, row)
            with standing(flow, there, states) as document:
                for who in PEOPLE:
                    offers = {one.transition.name: one for one in available(document, by=there.people[who], today=TODAY)}
                    reads = who in flow.has(states, "read")
                    free = name in offers and offers[name].why_not is None
                    if (name in offers) is not reads or free is not (expected(flow, states, line, row, who) == "done"):
                        wrong.append((state, name, who, offers.get(name)))
    assert wrong == []


@pytest.mark.parametrize("mark", list(Mark))
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.kind)
def test_a_right_is_had_where_states_and_mark_together_give_it(sqlite_database: None, flow: Flow, mark: Mark) -> None:
    there = scene(flow)
    wrong, tried = [], 0
    for line in LINES:
        for state in flow.lines[line]["states"]:
            states = states_for(flow, line, state)
            with standing(flow, there, states, mark) as document:
                for who in PEOPLE:
                    for right in RIGHTS:
                        tried += 1
                        has = may(document, right, there.people[who])
                        if has is not flow.may(who, right, states, mark):
                            wrong.append((line, state, right, who, has))
    assert wrong == []
    assert tried == sum(len(flow.lines[line]["states"]) for line in LINES) * len(PEOPLE) * len(RIGHTS)


def test_every_definition_that_we_ship_is_lived_by() -> None:
    assert {code for flow in FLOWS for code in flow.codes.values()} == set(shipped())


def test_the_table_for_people_says_what_the_files_say(sqlite_database: None) -> None:
    holders = set(PEOPLE) - {"stranger"}
    made, read = set(), set()
    for code, definition in catalogue().definitions.items():
        made |= {(row.definition, row.state, row.action, row.is_transition, row.who) for row in rows_of(definition)}
        raw = next(flow.lines[line] for flow in FLOWS for line in LINES if flow.codes[line] == code)
        for state, one in raw["states"].items():
            for right, who in one.get("rights", {}).items():
                read.add((code, state, right, False, frozenset(holders if "everyone" in who else who)))
        for name, one in raw.get("transitions", {}).items():
            who = frozenset(holders if "everyone" in one["who"] else holders.intersection(one["who"]))
            read |= {(code, state, name, True, who) for state in one["from"]}
    assert made == read
