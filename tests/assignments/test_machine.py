"""Random acts of several people on trees of assignments, beside a plain model; and the same few steps on PostgreSQL."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from roadmapdocs import db
from roadmapdocs.assignments import executing, extensions, judging, operations
from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.people import reassign
from roadmapdocs.people.models import Post
from tests.assignments.machine import DAYS, EVERYBODY, WORKERS, World
from tests.assignments.model import LIVE, OPEN, Node
from tests.assignments.office import CLERK, HEAD, Office, make_office

DUE = st.sampled_from([None, *DAYS])
PERSON = st.sampled_from(WORKERS)
CONTROLLER = st.sampled_from([None, None, "Исаев", "Ярцева", "Громова"])


class Machine(World):
    # Giving

    @rule(person=PERSON, controller=CONTROLLER, due=DUE, draft=st.booleans(), auto=st.sampled_from([True, True, False]))
    def somebody_gives(self, person: str, controller: str | None, due: dt.date | None, draft: bool, auto: bool) -> None:
        if len(self.nodes) > 12:
            return
        # The order is the head's: what the clerk gives out of it needs no second word. Without it, it does.
        author = "Исаев" if draft else HEAD
        plan = self.office.plan(
            person, due=due, controller=controller, author=author, document=self.document, auto_close=auto
        )
        expected = (due is None or due >= self.today) and controller != person and not self.left & {person, controller}
        made: list[Assignment] = []
        by = self.actor(CLERK)
        if self.attempt(expected, lambda: made.extend(operations.give([plan], by=by, now=self.now, today=self.today))):
            self.added(made[0], None, (person, author, controller))
            assert made[0].state == ("draft" if draft else "new")

    @precondition(lambda self: self.nodes)
    @rule(data=st.data(), person=PERSON, controller=CONTROLLER, due=DUE)
    def gives_a_part(self, data: st.DataObject, person: str, controller: str | None, due: dt.date | None) -> None:
        parent = self.some(data, *OPEN)
        if parent is None or len(self.nodes) > 14:
            return
        actor = self.some_actor(data, parent.responsible)
        stands = actor != parent.responsible and (parent.responsible, actor) in self.away
        plan = self.office.plan(person, due=due, controller=controller)
        plan = dataclasses.replace(plan, parent=parent.id)
        author = parent.responsible if stands else actor
        expected = (
            self.door(parent, Act.DRAFTED, actor)
            and (due is None or (due >= self.today and (parent.due is None or due <= parent.due)))
            and person not in {parent.responsible, *(one.responsible for one in parent.above)}
            and controller != person
            and not self.left & {person, controller, author}
            and len(parent.above) < 9
        )
        made: list[Assignment] = []
        by = self.actor(actor)
        if self.attempt(expected, lambda: made.extend(operations.give([plan], by=by, now=self.now, today=self.today))):
            self.added(made[0], parent, (person, author, controller))

    @precondition(lambda self: any(one.state == "draft" for one in self.nodes.values()))
    @rule(data=st.data(), drop=st.booleans())
    def answers_a_draft(self, data: st.DataObject, drop: bool) -> None:
        node = self.some(data, "draft")
        assert node is not None
        actor = self.some_actor(data, node.author)
        if drop:
            expected = node.state == "draft" and self.door(node, Act.CANCELLED, actor)
            if self.attempt(expected, lambda: operations.drop_draft(node.id, reason="Не нужно", **self.when(actor))):
                node.end("cancelled", fulfilled=False)
            return
        expected = (
            self.door(node, Act.GIVEN, actor)
            and (node.due is None or node.due >= self.today)
            and not self.left & {node.responsible, node.controller}
        )
        if self.attempt(expected, lambda: operations.confirm_draft(node.id, **self.when(actor))):
            node.state, node.given = "new", True

    @initialize(auto=st.booleans(), due=st.sampled_from(DAYS[1:]))
    def a_tree_is_given(self, auto: bool, due: dt.date) -> None:
        self.somebody_gives(WORKERS[0], None, due, draft=False, auto=True)
        top = self.nodes[min(self.nodes)]
        for person in WORKERS[1:3]:
            plan = dataclasses.replace(self.office.plan(person, due=due, auto_close=auto), parent=top.id)
            (made,) = operations.give([plan], by=self.actor(WORKERS[0]), now=self.now, today=self.today)
            self.added(made, top, (person, WORKERS[0], None))

    # Carrying out

    @precondition(lambda self: self.nodes)
    @rule(data=st.data(), what=st.sampled_from(["take", "ask", "report", "report", "recall"]))
    def carries_out(self, data: st.DataObject, what: str) -> None:
        states = {"take": ["new"], "ask": ["new", "in_work", "returned"], "report": sorted(OPEN), "recall": ["reported"]}
        node = self.some(data, *states[what])
        assert node is not None
        actor = self.some_actor(data, node.responsible)
        acts = {
            "take": (Act.TAKEN, lambda: executing.take(node.id, **self.when(actor))),
            "ask": (Act.ASKED, lambda: executing.ask(node.id, "Сколько?", **self.when(actor))),
            "report": (Act.REPORTED, lambda: executing.report(node.id, "Сделано", **self.when(actor))),
            "recall": (Act.RECALLED, lambda: executing.recall(node.id, **self.when(actor))),
        }
        act, do = acts[what]
        if not self.attempt(self.door(node, act, actor), do):
            return
        node.state = {"take": "in_work", "ask": "clarifying", "report": "reported", "recall": "in_work"}[what]
        node.taken = node.taken or what in {"take", "report"}
        if what == "report":
            node.by_rule, node.wrote = False, actor

    @precondition(lambda self: any(one.state in OPEN for one in self.nodes.values()))
    @rule(data=st.data(), well=st.sampled_from([True, True, True, False]))
    def is_done_and_looked_at(self, data: st.DataObject, well: bool) -> None:
        """So that branches come to their ends."""
        open_ones = [one for one in self.nodes.values() if one.state in OPEN and not one.live_below]
        if not open_ones:
            return
        node = data.draw(st.sampled_from(open_ones))
        able = [node.responsible, *(other for absent, other in sorted(self.away) if absent == node.responsible)]
        actor = next((one for one in able if self.door(node, Act.REPORTED, one)), None)
        if actor is None:
            return
        executing.report(node.id, "Сделано", **self.when(actor))
        node.state, node.taken, node.by_rule, node.wrote = "reported", True, False, actor
        if (judge := self.judges(node)) in EVERYBODY and self.door(node, Act.ACCEPTED, judge) and well:
            judging.accept(node.id, **self.when(judge))
            node.end("done", fulfilled=True)

    @precondition(lambda self: any(one.state == "clarifying" for one in self.nodes.values()))
    @rule(data=st.data())
    def explains(self, data: st.DataObject) -> None:
        node = self.some(data, "clarifying")
        assert node is not None
        actor = self.some_actor(data, node.author, node.controller)
        expected = self.door(node, Act.EXPLAINED, actor)
        if self.attempt(expected, lambda: executing.explain(node.id, "Десять", **self.when(actor))):
            node.state = "in_work" if node.taken else "new"

    # Judging

    @precondition(lambda self: any(one.state == "reported" for one in self.nodes.values()))
    @rule(data=st.data(), well=st.sampled_from([True, True, False]), children=st.booleans())
    def looks_at_a_report(self, data: st.DataObject, well: bool, children: bool) -> None:
        node = self.some(data, "reported")
        assert node is not None
        actor = self.some_actor(data, self.judges(node))
        if well:
            expected = self.door(node, Act.ACCEPTED, actor) and (children or not node.live_below)
            if self.attempt(expected, lambda: judging.accept(node.id, children=children, **self.when(actor))):
                node.end("done", fulfilled=True)
        elif self.attempt(self.door(node, Act.RETURNED, actor), lambda: judging.send_back(node.id, "Не то", **self.when(actor))):
            node.state = "returned"

    @precondition(lambda self: self.nodes)
    @rule(data=st.data(), children=st.booleans(), done=st.sampled_from([True, True, False]))
    def removes(self, data: st.DataObject, children: bool, done: bool) -> None:
        node = self.some(data, *(["done"] if done else sorted(LIVE)))
        assert node is not None
        actor = self.some_actor(data, node.author, node.controller, CLERK)
        expected = self.door(node, Act.REMOVED, actor) and (children or not node.live_below)
        if not self.attempt(expected, lambda: judging.remove(node.id, "Так решено", children=children, **self.when(actor))):
            return
        if node.state != "done":
            node.end("removed", fulfilled=False)
            return
        for one in [node, *node.below]:
            one.state = "removed" if one.state == "done" else one.state

    @precondition(lambda self: any(one.state in {"done", "removed"} for one in self.nodes.values()))
    @rule(data=st.data())
    def reopens(self, data: st.DataObject) -> None:
        node = self.some(data, "done", "removed")
        assert node is not None
        actor = self.some_actor(data, node.author, node.controller)
        if self.attempt(self.door(node, Act.REOPENED, actor), lambda: judging.reopen(node.id, "Ещё раз", **self.when(actor))):
            node.reopen()

    @precondition(lambda self: len(self.nodes) > 3)
    @rule(data=st.data())
    def cancels(self, data: st.DataObject) -> None:
        node = self.some(data, *LIVE)
        assert node is not None
        if node.state == "draft":
            return
        actor = self.some_actor(data, node.author, node.controller)
        if self.attempt(self.door(node, Act.CANCELLED, actor), lambda: judging.cancel(node.id, "Хватит", **self.when(actor))):
            node.end("cancelled", fulfilled=False)

    # Deadlines

    def fits(self, node: Node, day: dt.date) -> bool:
        return day >= self.today and (node.parent is None or node.parent.due is None or day <= node.parent.due)

    @precondition(lambda self: self.nodes)
    @rule(data=st.data(), day=st.sampled_from(DAYS))
    def asks_for_time(self, data: st.DataObject, day: dt.date) -> None:
        node = self.some(data, *OPEN)
        assert node is not None
        actor = self.some_actor(data, node.responsible)
        expected = self.door(node, Act.EXTENSION_ASKED, actor) and self.fits(node, day) and node.due is not None and day > node.due
        if self.attempt(expected, lambda: extensions.ask_extension(node.id, day, "Болели", **self.when(actor))):
            node.asked = day

    @precondition(lambda self: any(one.asked is not None for one in self.nodes.values()))
    @rule(data=st.data(), what=st.sampled_from(["grant", "grant", "refuse", "withdraw"]))
    def answers_a_request(self, data: st.DataObject, what: str) -> None:
        node = data.draw(st.sampled_from([one for one in self.nodes.values() if one.asked is not None]))
        asked, due = node.asked, node.due
        assert asked is not None
        if what == "withdraw":
            actor = self.some_actor(data, node.responsible)
            act, do = Act.EXTENSION_WITHDRAWN, lambda: extensions.withdraw(node.id, **self.when(actor))
        elif what == "refuse":
            actor = self.some_actor(data, node.author, node.controller)
            act, do = Act.EXTENSION_REFUSED, lambda: extensions.refuse(node.id, "Нет", **self.when(actor))
        else:
            actor = self.some_actor(data, node.author, node.controller)
            act, do = Act.EXTENSION_GRANTED, lambda: extensions.grant(node.id, **self.when(actor))
        fine = what != "grant" or (self.fits(node, asked) and (due is None or asked > due))
        if self.attempt(self.door(node, act, actor) and fine, do):
            node.asked = None
            node.due = asked if what == "grant" else due

    @precondition(lambda self: self.nodes)
    @rule(data=st.data(), day=st.sampled_from(DAYS), tree=st.booleans())
    def moves_the_deadline(self, data: st.DataObject, day: dt.date, tree: bool) -> None:
        node = self.some(data, *LIVE)
        assert node is not None
        actor = self.some_actor(data, node.author, node.controller)
        beyond = any(one.due is not None and one.due > day for one in node.live_below)
        fine = self.fits(node, day) and day != node.due and (tree or not beyond)
        do = lambda: extensions.move_due(node.id, day, "Раньше", tree=tree, **self.when(actor))  # noqa: E731  # as beside it
        if self.attempt(self.door(node, Act.DUE_MOVED, actor) and fine, do):
            if tree:
                node.move(day)
            node.due = day

    # People

    @precondition(lambda self: self.nodes)
    @rule(data=st.data(), person=PERSON)
    def gives_it_to_another(self, data: st.DataObject, person: str) -> None:
        node = self.some(data, *LIVE)
        assert node is not None
        actor = self.some_actor(data, node.author, node.controller)
        same = person == node.responsible
        fine = person not in self.left and person != node.controller and (
            same or (node.state != "reported" and not node.circle(person))
        )
        do = lambda: reassign([node.id], responsible=self.office.id(person), reason="Ушёл", **self.when(actor))  # noqa: E731
        if self.attempt(self.door(node, Act.REASSIGNED, actor) and fine, do) and not same:
            node.responsible, node.state, node.taken, node.asked = person, "new", False, None

    @precondition(lambda self: len(self.away) < 3)
    @rule(absent=st.sampled_from(EVERYBODY), other=PERSON)
    def goes_on_leave(self, absent: str, other: str) -> None:
        if absent != other and not self.left & {absent, other}:
            self.office.substitute(absent, other)
            self.away.add((absent, other))
            self.actors.clear()

    @precondition(lambda self: not self.left and len(self.nodes) > 2)
    @rule(person=st.sampled_from(["Ярцева", "Громова"]))
    def leaves_the_office(self, person: str) -> None:
        Post.update(until=self.today - dt.timedelta(days=1)).where(Post.employee == self.office.people[person]).execute()
        self.left.add(person)
        self.actors.clear()

    @precondition(lambda self: self.today < DAYS[-2] and self.nodes)
    @rule()
    def a_day_passes(self) -> None:
        self.today = next(day for day in DAYS if day > self.today)
        self.away.clear()  # substitutions of a week are over at some time: those here are, each night
        self.actors.clear()
        db.database.execute_sql("UPDATE rd_substitution SET until = since, since = since WHERE 1 = 1")


@pytest.fixture
def template(migrated_file: Path, tmp_path: Path) -> Path:
    """A database with an office in it."""
    file = tmp_path / "office.sqlite3"
    shutil.copy(migrated_file, file)
    opened = db.connect(f"sqlite:///{file}")
    with opened.connection_context():
        office = make_office()
        Machine.office_maker = staticmethod(lambda: Office(office.unit, office.people, office.users))
        opened.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    return file


def test_random_acts_on_trees_go_as_the_plain_model_says(template: Path) -> None:
    Machine.template = template
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=12, stateful_step_count=35, phases=set(Phase) - {Phase.explain}, deadline=None, report_multiple_bugs=False,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )
