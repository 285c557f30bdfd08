"""The office in which the state machine acts, and what is always so (test_machine.py)."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from roadmapdocs import db
from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.offers import offers_of
from roadmapdocs.assignments.waiting import Wait, late_on, waiting_for
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import verify
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.people.rules import Actor
from tests.assignments.model import LIVE, OPEN, UNDER_WAY, Node
from tests.assignments.office import CLERK, DEPUTY, HEAD, Office
from tests.conftest import NOW, TODAY
from tests.memory import folder_in_memory

#: Who carries out, in the order in which work goes down.
WORKERS = (DEPUTY, "Нечаев", "Громова", "Ярцева", "Дёмина")
EVERYBODY = (HEAD, *WORKERS, CLERK)
#: Working days, the first of them soon.
DAYS = tuple(dt.date(2026, month, day) for month, day in ((3, 17), (3, 18), (3, 19), (3, 20), (3, 24), (3, 31), (4, 3)))


class World(RuleBasedStateMachine):
    template: Path
    office_maker: Callable[[], Office]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=folder_in_memory())
        file = Path(self.folder.name) / "registry.sqlite3"
        shutil.copy(self.template, file)
        self.opened = db.connect(f"sqlite:///{file}")
        self.opened.connect()
        self.office = self.office_maker()
        self.document: Document = self.office.order()
        self.nodes: dict[int, Node] = {}
        self.today = TODAY
        self.away: set[tuple[str, str]] = set()
        self.left: set[str] = set()
        self.minute = 0
        self.actors: dict[str, Actor] = {}

    def teardown(self) -> None:
        assert verify() is None
        self.opened.close()
        self.folder.cleanup()

    # What the model knows

    @property
    def now(self) -> dt.datetime:
        self.minute += 1
        return NOW + (self.today - TODAY) + dt.timedelta(minutes=self.minute % 600)

    def when(self, actor: str) -> dict[str, Any]:
        return {"by": self.actor(actor), "now": self.now, "today": self.today}

    def actor(self, surname: str) -> Actor:
        if surname not in self.actors:
            self.actors[surname] = self.office.actor(surname, self.today)
        return self.actors[surname]

    def some(self, data: st.DataObject, *states: str) -> Node | None:
        """Mostly one in these states."""
        fitting = [one for one in self.nodes.values() if one.state in states]
        whatever = not fitting or data.draw(st.integers(0, 9)) == 0
        among = list(self.nodes.values()) if whatever else fitting
        return data.draw(st.sampled_from(among)) if among else None

    def some_actor(self, data: st.DataObject, *able: str | None) -> str:
        """Mostly one of those, or who stands in for one."""
        people = [one for one in able if one is not None]
        people += [other for absent, other in sorted(self.away) if absent in people]
        if not people or data.draw(st.integers(0, 6)) == 0:
            return data.draw(st.sampled_from(EVERYBODY))
        return data.draw(st.sampled_from(people))

    def judges(self, node: Node) -> str:
        """Whose the report is: nobody's own, and nobody's who has left."""
        barred = self.left | ({node.wrote} - {node.responsible})
        return next((one for one in (node.controller, node.author) if one is not None and one not in barred), CLERK)

    def door(self, node: Node, act: Act, actor: str) -> bool:
        """Whether the button is there and open: then, and only then, the act is done."""
        row = Assignment.get_by_id(node.id)
        return any(one.act is act and one.why_not is None for one in offers_of(row, self.actor(actor), self.today))

    # How the model hears of the program

    def attempt(self, expected: bool, act: Callable[[], object]) -> bool:
        number = Event.select().count()
        try:
            act()
        except Refusal as refusal:
            assert Event.select().count() == number, "refused, and yet something was done"
            said = f"refused: {refusal.code} {refusal.message} {refusal.details}"
            assert not expected, said  # whether it is to be refused depends on the model
            return False
        assert expected, "was done, and ought not to"
        return True

    def added(self, row: Assignment, parent: Node | None, names: tuple[str, str | None, str | None]) -> None:
        responsible, author, controller = names
        node = Node(row.id, parent, row.state, responsible, author, controller, row.due, row.auto_close)
        node.given = node.state != "draft"
        self.nodes[row.id] = node
        if parent is not None:
            parent.children.append(node)

    # What is always so

    @invariant()
    def is_as_the_model_says(self) -> None:
        names = {person.id: surname for surname, person in self.office.people.items()}
        rows = list(Assignment.select())
        told = {row.id: (row.state, names[row.responsible_id], row.due, row.done_on is not None) for row in rows}
        assert told == {one.id: (one.state, one.responsible, one.due, one.fulfilled) for one in self.nodes.values()}

    @invariant()
    def parents_and_children_never_contradict_each_other(self) -> None:
        for node in self.nodes.values():
            if node.parent is None:
                continue
            if node.state in UNDER_WAY:
                assert node.parent.state in LIVE
                assert node.due is None or node.parent.due is None or node.due <= node.parent.due
            assert node.responsible not in {one.responsible for one in node.above}

    @invariant()
    def every_change_is_counted_and_told(self) -> None:
        told: dict[str, int] = {}
        for (subject,) in Event.select(Event.subject).where(Event.subject.startswith("assignment:")).tuples():
            told[subject] = told.get(subject, 0) + 1
        assert told == {f"assignment:{row.id}": row.revision for row in Assignment.select()}

    @invariant()
    def nothing_late_goes_unseen(self) -> None:
        late = {one.id for one in self.nodes.values() if one.state in LIVE and one.due is not None and one.due < self.today}
        assert {found for (found,) in Assignment.select(Assignment.id).where(late_on(self.today)).tuples()} == late
        seen: dict[str, set[tuple[int, bool]]] = {}
        for number in sorted(late):
            node = self.nodes[number]
            person = node.responsible if node.state in OPEN else self.judges(node)
            if node.state in OPEN and person in self.left:
                continue  # known by who left: test_people.py
            for one in [person, *(other for absent, other in self.away if absent == person and node.state in OPEN)]:
                if one not in seen:
                    seen[one] = {(found.assignment_id, found.late) for found in waiting_for(self.actor(one), self.today)}
                assert (number, True) in seen[one], f"{one} does not see {node.state} {number}"

    @invariant()
    def whoever_is_asked_finds_the_door_open(self) -> None:
        acts = {Wait.CONFIRM: Act.GIVEN, Wait.JUDGE: Act.RETURNED, Wait.ANSWER: Act.EXTENSION_REFUSED, Wait.EXPLAIN: Act.EXPLAINED}
        acts |= {Wait.TAKE: Act.TAKEN, Wait.DO: Act.REPORTED}
        if not self.nodes:
            return
        surname = EVERYBODY[self.minute % len(EVERYBODY)]
        if surname in self.left:
            return
        for one in waiting_for(self.actor(surname), self.today):
            parent = self.nodes[one.assignment_id].parent
            if one.act is not Wait.CONFIRM or parent is None or parent.state in OPEN:
                assert self.door(self.nodes[one.assignment_id], acts[one.act], surname), f"{surname} cannot {one.act}"

    @invariant()
    def the_document_agrees(self) -> None:
        mine = [one for one in self.nodes.values() if one.given]
        live = [one for one in mine if one.state in LIVE]
        if live:
            state, due = "on", min((one.due for one in live if one.due is not None), default=None)
        else:
            due = None
            state = "awaiting_removal" if any(one.state == "done" for one in mine) else "removed" if mine else "off"
        row = Document.get_by_id(self.document.id)
        assert row.control == state
        assert state != "on" or row.control_due == due
