"""Random routes with random people, leaves, versions and decisions, against a plain model (tests/approvals/model.py)."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from roadmapdocs import db
from roadmapdocs.approvals.deciding import Verdict, decide_on_paper, withdraw_visa
from roadmapdocs.approvals.effects import Start
from roadmapdocs.approvals.flight import ask_another, forward, replace
from roadmapdocs.approvals.models import SignatureRule, Visa
from roadmapdocs.approvals.plans import Mode, Plan, Step
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Refusal
from roadmapdocs.people.acting import Appointment, set_acting
from roadmapdocs.people.models import Post
from tests.approvals.machine import CLERK, DRAFTER, HEAD, PEOPLE, World
from tests.approvals.model import Line
from tests.approvals.office import STAFF, Office, make_office
from tests.conftest import NOW, TODAY

#: They stay, so that there is always somebody to go on with.
MAY_LEAVE = ["Нечаев", "Громова", "Ярцева", "Соболев"]
MODES = [Mode.TURN, Mode.TOGETHER, Mode.TOGETHER, Mode.ANY, Mode.QUORUM, Mode.COMMITTEE, Mode.INFORMATION]


#: Mode, people, how many are needed, whether the first refusal ends it.
Wanted = tuple[Mode, tuple[str, ...], int, bool]


@st.composite
def steps(draw: Any) -> Wanted:
    mode = draw(st.sampled_from(MODES))
    most = 1 if mode is Mode.COMMITTEE else 4
    people = tuple(draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=most, unique=True)))
    return mode, people, draw(st.integers(1, len(people))), draw(st.booleans())


FLAGS = st.fixed_dictionaries(
    {"once": st.booleans(), "own": st.sampled_from([False, False, True]), "four_eyes": st.booleans(),
     "to_signer": st.sampled_from([False, False, True])}
)


class Machine(World):
    """What people do."""

    @initialize(
        obligatory=st.booleans(),
        absent=st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=2),
        wanted=st.lists(steps(), min_size=1, max_size=4),
        flags=FLAGS,
    )
    def begin(
        self, obligatory: bool, absent: list[tuple[str, str]], wanted: list[Wanted], flags: dict[str, bool]
    ) -> None:
        self.obligatory = obligatory
        if obligatory:
            self.office.route(Plan((self.office.step("Нечаев"),)), "Обязательный", obligatory=True)
        for one, other in absent:
            self.leave(one, other)
        self.sends(wanted, flags)

    @rule(one=st.sampled_from(PEOPLE), other=st.sampled_from(PEOPLE))
    def goes_on_leave(self, one: str, other: str) -> None:
        if len(self.away) < 3 and other not in self.left:
            self.leave(one, other)

    @precondition(lambda self: not self.acting)
    @rule(one=st.sampled_from(["Соболев", "Громова"]))
    def is_appointed_to_act(self, one: str) -> None:
        wanted = Appointment(
            self.office.unit.id, STAFF[HEAD][0], "И.о. начальника управления", self.office.people[one].id, TODAY, None,
            "приказ от 10.03.2026 № 12-К",
        )
        try:
            set_acting(wanted, by=self.office.actor(CLERK), now=self.now, today=TODAY)
        except Refusal:
            return
        self.acting = one

    @precondition(lambda self: not self.left and len(self.runs) > 1)
    @rule(one=st.sampled_from(MAY_LEAVE))
    def leaves_the_office(self, one: str) -> None:
        Post.update(until=TODAY - dt.timedelta(days=1)).where(Post.employee == self.office.people[one]).execute()
        self.left.add(one)

    @precondition(lambda self: self.state in {"draft", "rework"})
    @rule(wanted=st.lists(steps(), min_size=1, max_size=4), flags=FLAGS)
    def sends(self, wanted: list[Wanted], flags: dict[str, bool]) -> None:
        """Along a route that can be followed."""
        fine: list[Wanted] = []
        for mode, people, needed, at_once in wanted:
            here = tuple(one for one in people if one not in self.left and (one != DRAFTER or flags["own"])) or (HEAD,)
            fine.append((mode, here, min(needed, len(here)), at_once))
        if all(mode is Mode.INFORMATION for mode, *_rest in fine):
            fine.append((Mode.TURN, (HEAD,), 1, False))
        self.sends_anything(fine, flags)

    def sends_anything(self, wanted: list[Wanted], flags: dict[str, bool]) -> None:
        office = self.office
        plan = Plan(
            tuple(
                Step(mode, tuple(office.person(one) for one in people), needed, at_once=at_once)
                for mode, people, needed, at_once in wanted
            ),
            **flags,
        )
        asked = [
            [(one, False) for one in people if one != DRAFTER or plan.own or mode is Mode.INFORMATION]
            for mode, people, _needed, _at_once in wanted
        ]
        fine = all(
            (mode is not Mode.QUORUM or needed <= len(here) or not here) and not self.left & set(people)
            for (mode, people, needed, _at_once), here in zip(wanted, asked, strict=True)
        )
        somebody = any(here for (mode, *_rest), here in zip(wanted, asked, strict=True) if mode is not Mode.INFORMATION)
        sent = self.attempt(
            self.state in {"draft", "rework"} and fine and somebody,
            lambda: perform(
                self.document.id, "send_for_approval", answers=Answers(enclosed=Start(plan)), by=office.actor(CLERK),
                now=self.now, today=TODAY,
            ),
        )
        if sent:
            self.state = "in_approval"
            self.begun(plan, asked)
            self.hear()

    @precondition(lambda self: self.run is not None)
    @rule(data=st.data(), decision=st.sampled_from(["agreed", "agreed", "agreed", "remarks", "refused"]))
    def decides(self, data: st.DataObject, decision: str) -> None:
        line = self.some_line(data)
        if line is None:
            return
        actor = self.some_actor(data, line.person)
        stale = data.draw(st.integers(0, 9)) == 0
        self.decide(line, actor, decision, self.current() - stale, current=not stale)

    @precondition(lambda self: self.run is not None and self.run.open())
    @rule(decision=st.sampled_from(["agreed", "agreed", "agreed", "agreed", "remarks"]))
    def all_who_are_asked_decide(self, decision: str) -> None:
        """So that runs come to their ends."""
        run = self.run
        assert run is not None
        for visa in sorted(run.open()):
            if visa in run.open():
                line = self.lines[visa]
                others = [one for one in PEOPLE if self.stands_in(one, line.person)]
                able = [one for one in [line.person, *others] if self.may_decide(line, one, True)]
                self.decide(line, next(iter(able), line.person), decision, self.current(), current=True)

    @precondition(lambda self: self.run is not None and self.run.open())
    @rule(data=st.data(), decision=st.sampled_from(["agreed", "refused"]))
    def brings_ink(self, data: st.DataObject, decision: str) -> None:
        line, run = self.some_line(data), self.run
        if line is None or run is None or (line in run.lines and run.informed(line)):
            return
        own = line.person == DRAFTER and not run.plan.own
        names = {one.person for one in run.lines if one.word and one.word[1] == line.person and not run.informed(one)}
        twice = run.plan.four_eyes and bool(names - {line.person})
        done = self.attempt(
            line in run.lines and line.visa in run.open() and not own and not twice,
            lambda: decide_on_paper(
                line.visa, Verdict(Decision(decision), "иначе", committee="протокол № 3"), by=self.office.actor(CLERK),
                now=self.now, today=TODAY,
            ),
        )
        if done:
            self.heard_word(line, decision, line.person)

    @precondition(lambda self: self.given and self.state in {"in_approval", "agreed", "in_signing"})
    @rule(data=st.data())
    def takes_a_visa_back(self, data: st.DataObject) -> None:
        run = self.run
        assert run is not None
        fresh = [one for one in run.lines if one.word is not None and not run.informed(one)]
        old = [self.lines[one] for one in sorted(self.given)]
        line = data.draw(st.sampled_from(fresh if fresh and data.draw(st.integers(0, 9)) else old))
        word = line.word
        actor = data.draw(st.sampled_from(PEOPLE)) if word is None or data.draw(st.integers(0, 5)) == 0 else word[1]
        in_time = line in run.lines and run.state in {"under_way", "agreed"} and self.state in {"in_approval", "agreed", "in_signing"}
        readable = actor not in self.left or Visa.select().where(Visa.employee == self.office.people[actor]).exists()
        works = actor not in self.left
        expected = in_time and word is not None and word[1] == actor and not run.informed(line) and readable and works
        done = self.attempt(
            expected,
            lambda: withdraw_visa(line.visa, by=self.office.actor(actor), now=self.now, today=TODAY),
        )
        if done:
            self.taken_back[line.visa] += 1
            line.word, line.carried = None, False
            undone = {line.visa}
            for other in run.lines:
                source = Visa.get_by_id(other.visa).carried_from_id
                if other.carried and source is None:
                    other.word, other.carried = None, False
                    undone.add(other.visa)
            self.state = "in_approval"
            self.hear()

    @precondition(lambda self: self.run is not None and self.run.state == "under_way")
    @rule(data=st.data(), other=st.sampled_from(PEOPLE), what=st.sampled_from(["ask", "forward", "replace"]))
    def changes_who_decides(self, data: st.DataObject, other: str, what: str) -> None:
        line, run, office = self.some_line(data), self.run, self.office
        if line is None or run is None:
            return
        actor = CLERK if what == "replace" else self.some_actor(data, line.person)
        if actor in self.left:
            return
        step = run.plan.steps[line.step] if line in run.lines else None
        taken = {one.person for one in run.of(line.step) if Visa.get_by_id(one.visa).state != "dropped"}
        own_text = other == DRAFTER and not run.plan.own and step is not None and step.mode is not Mode.INFORMATION
        expected = (
            step is not None
            and run.state == "under_way"
            and Visa.get_by_id(line.visa).state in ({"open", "waiting"} if what == "replace" else {"open"})
            and other not in taken | self.left
            and not own_text
        )
        if what != "replace":
            stands = self.stands_in(actor, line.person) and step is not None and step.mode is not Mode.INFORMATION
            # Choosing who agrees to one's own text is agreeing to it oneself.
            disposes = actor != DRAFTER or (run.plan.own and not stands) or (step is not None and step.mode is Mode.INFORMATION)
            expected = expected and (actor == line.person or stands) and disposes
        if what == "ask":
            expected = expected and step is not None and step.mode is not Mode.COMMITTEE
        if what == "forward":
            expected = expected and other != actor
        acts = {"ask": ask_another, "forward": forward, "replace": replace}
        made: list[Visa] = []
        done = self.attempt(
            expected,
            lambda: made.append(
                acts[what](line.visa, office.people[other].id, "так надо", by=office.actor(actor), now=self.now, today=TODAY)
            ),
        )
        if done:
            new = Line(made[0].id, line.step, line.place, other, extra=what == "ask")
            run.lines.append(new)
            run.lines.sort(key=lambda one: (one.step, one.place, one.visa))
            self.lines[new.visa] = new
            line.handed = what != "ask"
            self.hear()

    @rule(substantial=st.booleans(), number=st.integers())
    def brings_a_new_text(self, substantial: bool, number: int) -> None:
        words = f"Текст {len(self.versions)} {number}"
        allowed = self.state not in {"withdrawn", "signed"}
        brought = self.attempt(allowed, lambda: self.office.text(self.document, words, substantial=substantial, by=CLERK))
        if not brought:
            return
        self.versions.append(substantial)
        run = self.run
        if not substantial or run is None or self.state not in {"in_approval", "agreed", "in_signing"}:
            return
        if run.state not in {"under_way", "agreed"}:
            return
        if run.state == "under_way":
            run.ended = "superseded"
        people = [[(one.person, one.extra) for one in run.of(step)] for step in range(len(run.plan.steps))]
        if any(one in self.left for here in people for one, _extra in here):
            self.state = "rework"
            return
        self.state = "in_approval"
        self.begun(run.plan, people)
        self.hear()

    @precondition(lambda self: self.state in {"in_approval", "agreed", "in_signing"})
    @rule()
    def is_returned(self) -> None:
        self.moves_the_document("return_for_rework")

    @precondition(lambda self: self.state in {"agreed", "rework"})
    @rule()
    def is_sent_for_signing(self) -> None:
        self.moves_the_document("send_for_signing")

    @precondition(lambda self: self.state == "withdrawn")
    @rule()
    def is_resumed(self) -> None:
        self.moves_the_document("resume")

    @precondition(lambda self: self.state in {"agreed", "in_approval"})
    @rule(decision=st.sampled_from(["agreed", "remarks"]))
    def goes_all_the_way(self, decision: str) -> None:
        """So that much is signed."""
        while self.run is not None and self.run.open():
            before = self.run.open()
            self.all_who_are_asked_decide(decision)
            if self.run.open() == before:
                return
        if self.state == "agreed":
            self.moves_the_document("send_for_signing")
        if self.state == "in_signing" and (signer := self.signer()) is not None:
            self.sign(signer, simply=False)

    @precondition(lambda self: self.state == "signed")
    @rule()
    def is_unsigned(self) -> None:
        self.moves_the_document("unsign")

    @precondition(lambda self: self.state not in {"signed", "withdrawn"} and self.run is not None and self.minute % 4 == 0)
    @rule()
    def is_withdrawn(self) -> None:
        self.moves_the_document("withdraw")

    @rule(
        act=st.sampled_from(["send", "sign", "withdraw", "resume", "return_for_rework", "unsign", "send_for_signing"]),
        wanted=st.lists(steps(), min_size=1, max_size=2),
        actor=st.sampled_from(PEOPLE),
    )
    def somebody_tries_whatever(self, act: str, wanted: list[Wanted], actor: str) -> None:
        """Mostly out of its time, or not theirs."""
        if act == "send":
            self.sends_anything(wanted, {"once": True, "own": False, "four_eyes": True, "to_signer": False})
        elif act == "sign":
            self.sign(actor, simply=False)
        else:
            self.moves_the_document(act)

    def moves_the_document(self, act: str) -> None:
        moves = {
            "withdraw": ({"draft", "in_approval", "rework", "agreed", "in_signing"}, "withdrawn"),
            "resume": ({"withdrawn"}, "draft"),
            "return_for_rework": ({"in_approval", "agreed", "in_signing"}, "rework"),
            "unsign": ({"signed"}, "in_signing"),
            "send_for_signing": ({"draft", "rework", "agreed"}, "in_signing"),
        }
        sources, target = moves[act]
        expected = self.state in sources and (act != "send_for_signing" or self.collected())
        done = self.attempt(
            expected,
            lambda: perform(
                self.document.id, act, answers=Answers(reason="так решено"), by=self.office.actor(CLERK), now=self.now, today=TODAY
            ),
        )
        if done:
            self.state = target
            run = self.run
            if run is not None and run.state == "under_way" and act in {"withdraw", "return_for_rework"}:
                run.ended = "withdrawn" if act == "withdraw" else "returned"

    @precondition(lambda self: self.state in {"in_signing", "agreed"})
    @rule(data=st.data(), simply=st.booleans())
    def signs(self, data: st.DataObject, simply: bool) -> None:
        signer = self.signer()
        actor = signer if signer is not None and data.draw(st.integers(0, 3)) else data.draw(st.sampled_from(PEOPLE))
        self.sign(actor, simply=simply)


@pytest.fixture
def template(migrated_file: Path, tmp_path: Path) -> Path:
    """A database with an office in it, whose people may sign by account."""
    file = tmp_path / "office.sqlite3"
    shutil.copy(migrated_file, file)
    opened = db.connect(f"sqlite:///{file}")
    with opened.connection_context():
        office = make_office()
        rule = office.document("О простой электронной подписи")
        Document.update(registration="registered", date=TODAY).where(Document.id == rule.id).execute()
        SignatureRule.create(document=rule, since=TODAY, set_by=CLERK, set_at=NOW)
        Machine.office_maker = staticmethod(lambda: Office(office.unit, office.people, office.users))
        opened.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    return file


def test_random_approvals_go_as_the_plain_model_says(template: Path) -> None:
    Machine.template = template
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, report_multiple_bugs=False,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )
