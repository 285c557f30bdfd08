"""The office in which the state machine acts, what its model knows of it, and what is always so (test_machine.py)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
)

from roadmapdocs import db
from roadmapdocs.approvals.deciding import Verdict, decide
from roadmapdocs.approvals.models import Run, Signature, Visa
from roadmapdocs.approvals.plans import Mode, Plan
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.runs import visas_of
from roadmapdocs.approvals.signing import sign_confirmed, sign_simply
from roadmapdocs.audit.operations import verify
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.people.substitution import set_substitution
from tests.approvals.model import POSITIVE, Line, ModelRun
from tests.approvals.office import PASSWORD, STAFF, Office
from tests.conftest import NOW, TODAY
from tests.memory import folder_in_memory

HEAD, CLERK, DRAFTER = "Ветрова", "Лукина", "Дёмина"
PEOPLE = list(STAFF)


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
        self.document: Document = self.office.document("О зачёте")
        self.state = "draft"
        self.versions = [True]
        self.runs: list[ModelRun] = []
        self.lines: dict[int, Line] = {}
        self.given: Counter[int] = Counter()
        self.taken_back: Counter[int] = Counter()
        self.away: set[tuple[str, str]] = set()
        self.acting = ""
        self.left: set[str] = set()
        self.minute = 0
        self.obligatory = False

    def teardown(self) -> None:
        assert verify() is None
        self.opened.close()
        self.folder.cleanup()

    # What the model knows

    @property
    def now(self) -> dt.datetime:
        self.minute += 1
        return NOW + dt.timedelta(minutes=self.minute)

    @property
    def run(self) -> ModelRun | None:
        return self.runs[-1] if self.runs else None

    def holds(self, version: int) -> bool:
        return not any(self.versions[version:])

    def stands_in(self, actor: str, person: str) -> bool:
        return (person, actor) in self.away or (person == HEAD and actor == self.acting)

    def signer(self) -> str | None:
        absent = {one for one, _other in self.away}
        if HEAD not in absent and not self.acting:
            return HEAD
        return self.acting if self.acting and self.acting not in absent | self.left else None

    def spoken(self) -> ModelRun | None:
        """The last run that was not taken back: a refusal stands, whatever was sent and taken back after it."""
        return next((run for run in reversed(self.runs) if run.state != "withdrawn"), None)

    def collected(self) -> bool:
        run = self.spoken()
        if run is None:
            return not self.obligatory
        said = [one.word for one in run.lines if one.word is not None and not run.informed(one)]
        return run.state == "agreed" and all(self.holds(word[2]) for word in said)

    def may_decide(self, line: Line, actor: str, current: bool) -> bool:
        run = self.run
        if run is None or line not in run.lines or line.word is not None or not current or actor in self.left:
            return False
        own = line.person == actor
        if run.informed(line):
            return own and Visa.get_by_id(line.visa).state == "open"
        if line.visa not in run.open() or not (own or self.stands_in(actor, line.person)):
            return False
        if actor == DRAFTER and not (run.plan.own and own):
            return False
        names = {one.person for one in run.lines if one.word and one.word[1] == actor and not run.informed(one)}
        return not (run.plan.four_eyes and names - {line.person})

    # How the model hears of the program

    def attempt(self, expected: bool, act: Callable[[], object]) -> bool:
        number = self.number()
        try:
            act()
        except Refusal as refusal:
            assert self.number() == number, "refused, and yet something was done"
            said = f"refused: {refusal.code} {refusal.message} {refusal.details}"
            assert not expected, said  # whether it is to be refused depends on the model
            return False
        assert expected, "was done, and ought not to"
        return True

    def current(self) -> int:
        """Id of the text as it is now."""
        ((found,),) = db.database.execute_sql(
            "SELECT max(id) FROM rd_document_version WHERE document_id = ?", (self.document.id,)
        ).fetchall()
        return int(found)

    def number(self) -> int:
        """Of the last event that happened."""
        ((number,),) = db.database.execute_sql("SELECT number FROM rd_journal_head").fetchall()
        return int(number)

    def begun(self, plan: Plan, asked: list[list[tuple[str, bool]]]) -> None:
        """The program began a run: it asks those whom it should, and repeats nothing that does not hold."""
        run = ModelRun(plan)
        row = Run.select().order_by(Run.number.desc()).first()
        assert row.number == len(self.runs) + 1
        names = {person.id: surname for surname, person in self.office.people.items()}
        for visa in visas_of(row):
            run.lines.append(Line(visa.id, visa.step, visa.place, names[visa.employee_id], visa.added == "asked"))
        assert [[(one.person, one.extra) for one in run.of(step)] for step in range(len(plan.steps))] == asked
        self.runs.append(run)
        self.lines |= {one.visa: one for one in run.lines}

    def hear(self) -> None:
        """Visas that the program repeated by itself: each only where its source holds."""
        run = self.run
        if run is None:
            return
        repeated = db.database.execute_sql(
            "SELECT id, carried_from_id FROM rd_visa WHERE state = 'given' AND way = 'carried' ORDER BY step, place, id"
        ).fetchall()
        for visa, carried_from in repeated:
            line, source = self.lines[visa], self.lines[carried_from]
            if line.word is not None:
                continue
            assert line in run.lines
            assert source.word is not None
            assert source.word[0] in POSITIVE
            assert source.person == line.person
            assert self.holds(source.word[2])
            body = Mode.COMMITTEE
            if source in run.lines:
                between = run.plan.steps[source.step + 1 : line.step]
                assert run.plan.once
                assert all(one.mode is Mode.INFORMATION for one in between)
                assert source.word[1] == source.person
                assert body not in {run.plan.steps[source.step].mode, run.plan.steps[line.step].mode}
            line.word, line.carried = (source.word[0], source.word[1], source.word[2]), True
        if not run.ended:
            after = {"agreed": "agreed", "returned": "rework", "under_way": "in_approval"}
            if self.state in {"in_approval"}:
                self.state = after[run.state]
            if run.state == "returned":
                run.ended = "returned"

    # What people do in many ways

    def leave(self, one: str, other: str) -> None:
        people = self.office.people
        try:
            set_substitution(
                people[one].id, [(people[other].id, [])], since=TODAY, until=TODAY + dt.timedelta(days=9), reason="отпуск",
                by=self.office.actor(CLERK), now=self.now, today=TODAY,
            )
        except Refusal:
            return
        self.away.add((one, other))

    def some_line(self, data: st.DataObject) -> Line | None:
        """Mostly one that is asked now."""
        run = self.run
        if run is None:
            return None
        asked = [self.lines[one] for one in sorted(run.open())]
        asked += [one for one in run.lines if run.informed(one) and one.word is None]
        if asked and data.draw(st.integers(0, 9)) < 9:
            return data.draw(st.sampled_from(asked))
        return data.draw(st.sampled_from(list(self.lines.values())))

    def some_actor(self, data: st.DataObject, person: str) -> str:
        """Mostly whoever is asked, or stands in."""
        others = [one for one in PEOPLE if self.stands_in(one, person)]
        if others and data.draw(st.booleans()):
            return data.draw(st.sampled_from(others))
        return person if data.draw(st.integers(0, 9)) < 8 else data.draw(st.sampled_from(PEOPLE))

    def decide(self, line: Line, actor: str, decision: str, shown: int, *, current: bool) -> None:
        run = self.run
        assert run is not None
        informed = line in run.lines and run.informed(line)
        word = "seen" if informed else decision
        verdict = Verdict(Decision(word), comment="" if word in {"agreed", "seen"} else "иначе", committee="протокол № 3")
        done = self.attempt(
            self.may_decide(line, actor, current),
            lambda: decide(line.visa, verdict, version=shown, by=self.office.actor(actor), now=self.now, today=TODAY),
        )
        if done:
            self.heard_word(line, word, actor)

    def heard_word(self, line: Line, word: str, actor: str) -> None:
        line.word = (word, actor, len(self.versions))
        self.given[line.visa] += 1
        self.hear()

    def sign(self, actor: str, *, simply: bool) -> None:
        signer = self.signer()
        expected = self.state == "in_signing" and actor == signer and self.collected()
        by = self.office.actor(actor)
        about = {"version": self.current(), "by": by, "now": self.now, "today": TODAY}
        done = self.attempt(
            expected,
            lambda: sign_simply(self.document.id, PASSWORD, **about) if simply else sign_confirmed(self.document.id, **about),
        )
        if done:
            self.state = "signed"

    # What is always so

    @invariant()
    def the_program_stands_where_the_model_stands(self) -> None:
        sql = db.database.execute_sql
        ((state,),) = sql("SELECT preparation FROM rd_document WHERE id = ?", (self.document.id,)).fetchall()
        assert state == self.state
        rows = sql("SELECT id, state FROM rd_run ORDER BY number").fetchall()
        assert [one for _row, one in rows] == [one.state for one in self.runs]
        assert sum(one == "under_way" for _row, one in rows) <= 1
        pending: dict[int, set[tuple[int, bool]]] = {row: set() for row, _state in rows}
        for run, visa, informed in sql(
            "SELECT run_id, id, information FROM rd_visa WHERE state = 'open' OR (state = 'waiting' AND run_id IN "
            "(SELECT id FROM rd_run WHERE state <> 'under_way'))"
        ).fetchall():
            pending[run].add((visa, bool(informed)))
        for (row, stands), run in zip(rows, self.runs, strict=True):
            assert {visa for visa, informed in pending[row] if not informed} == run.open()
            if stands in {"returned", "withdrawn", "superseded"}:
                assert not pending[row]

    @invariant()
    def no_decision_is_lost_and_none_is_made_up(self) -> None:
        sql = db.database.execute_sql
        people = {person.id: surname for surname, person in self.office.people.items()}
        rows = sql(
            "SELECT a.id, a.state, a.decision, a.decided_by_id, a.in_place, a.sha256, v.number, f.sha256 FROM rd_visa a "
            "LEFT JOIN rd_document_version v ON v.id = a.version_id LEFT JOIN rd_stored_file f ON f.id = v.file_id"
        ).fetchall()
        assert len(rows) == len(self.lines)
        for visa, state, decision, by, in_place, sha256, number, text in rows:
            line = self.lines[visa]
            assert (state == "given") == (line.word is not None)
            if line.word is not None:
                assert (decision, people[by], number) == line.word
                assert bool(in_place) == (line.word[1] != line.person)
                assert sha256 == text
        told: Counter[tuple[str, int]] = Counter()
        events = sql("SELECT what, effect FROM rd_event WHERE what IN ('visa_given', 'visa_withdrawn')").fetchall()
        for what, effect in events:
            told[what, json.loads(effect)["visa"]] += 1
        done = {("visa_given", one): often for one, often in self.given.items()}
        assert told == done | {("visa_withdrawn", one): often for one, often in self.taken_back.items()}

    @invariant()
    def nobody_agrees_to_their_own_text_or_in_two_names(self) -> None:
        for run in self.runs:
            said = [one for one in run.lines if one.word is not None and not run.informed(one)]
            for one in said:
                assert one.word is not None
                assert one.word[1] != DRAFTER or (run.plan.own and one.person == DRAFTER)
            if run.plan.four_eyes:
                names: dict[str, set[str]] = {}
                for one in said:
                    assert one.word is not None
                    names.setdefault(one.word[1], set()).add(one.person)
                assert all(len(one) == 1 for one in names.values())

    @invariant()
    def what_is_signed_has_the_visas_that_its_route_asks(self) -> None:
        if self.state != "signed":
            assert not Signature.select().where(Signature.revoked_at.is_null()).exists()
            return
        (*counting,) = Signature.select().where(Signature.revoked_at.is_null())
        assert len(counting) == 1
        assert counting[0].version_id == self.current()
        assert counting[0].sha256 == hashlib.sha256(self.office.store.open(counting[0].sha256).read()).hexdigest()
        run = self.spoken()
        if run is None:
            assert not self.obligatory
            return
        for place, step in enumerate(run.plan.steps):
            words = [one.word for one in run.of(place) if one.word is not None]
            if step.mode is not Mode.INFORMATION and run.of(place):
                enough = len(words) if run.plan.to_signer else sum(word[0] in POSITIVE for word in words)
                assert enough >= 1
                assert run.plan.to_signer or enough >= run.needed(place)
                assert all(self.holds(word[2]) for word in words)
