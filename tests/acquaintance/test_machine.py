"""Whatever happens to a document that is read, its line says what its lists tell, and nobody is asked twice."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from roadmapdocs import db
from roadmapdocs.acquaintance.lists import tally_of
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.newcomers import ask_newcomers
from roadmapdocs.acquaintance.operations import drop, end
from roadmapdocs.acquaintance.paper import RefusalAct, confirm_on_paper, refuse, take_back
from roadmapdocs.acquaintance.queries import progress_of, queue_of
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.audit.operations import verify
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Refusal
from roadmapdocs.people.models import Post
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.substitution import set_substitution
from tests.acquaintance.office import STAFF, Office, live, make_office
from tests.conftest import NOW
from tests.memory import folder_in_memory

PEOPLE = list(STAFF)
#: Whoever acts for the others never leaves.
OTHERS = [one for one in PEOPLE if one != "Лукина"]
PERSON = st.sampled_from(OTHERS)
UNITS = ("Управление", "Отдел кадров", "Бухгалтерия")
DAY = dt.timedelta(1)
ACT = RefusalAct(("Свидетель А. А.", "Свидетель Б. Б."))


@contextlib.contextmanager
def refused_as(*codes: str) -> Iterator[None]:
    """What may be refused here, is refused for one of these reasons."""
    try:
        yield
    except Refusal as refused:
        if refused.code not in codes:
            raise


class Reading(RuleBasedStateMachine):
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=folder_in_memory())
        file = Path(self.folder.name) / "registry.sqlite3"
        shutil.copy(self.template, file)
        self.opened = db.connect(f"sqlite:///{file}")
        self.opened.connect()
        self.office: Office = make_office()
        self.office.rule()
        self.document: Document = self.office.document()
        self.edition, self.day = 1, NOW
        self.bound = True

    def teardown(self) -> None:
        assert verify() is None
        self.opened.close()
        self.folder.cleanup()

    def lines(self, *states: str) -> list[Acquaintance]:
        wanted = (Acquaintance.document == self.document) & Acquaintance.state.in_(states)
        return list(Acquaintance.select().where(wanted).order_by(Acquaintance.id))

    @property
    def said(self) -> dict[str, object]:
        return {"by": self.office.clerk, "now": self.day, "today": self.day.date()}

    @rule(people=st.lists(PERSON, max_size=3), unit=st.sampled_from(["", *UNITS]), standing=st.booleans(), stead=st.booleans())
    def send(self, people: list[str], unit: str, standing: bool, stead: bool) -> None:
        units = (self.office.units[unit].id,) if unit else ()
        to = Addressees(employees=self.office.ids(*people), units=units)
        with refused_as("addressees", "nobody", "standing"):
            self.office.send(self.document, to=to, standing=standing, substitutes=stead, now=self.day, days=2)

    @rule(surname=PERSON)
    def read(self, surname: str) -> None:
        waits = queue_of(self.office.actor(surname))
        if waits:
            assert self.office.read(self.document, surname, now=self.day).id == waits[0].acquaintance_id

    @rule(place=st.integers(0, 9), paper=st.booleans())
    def enter(self, place: int, paper: bool) -> None:
        waiting = self.lines("asked")
        if not waiting:
            return
        line = waiting[place % len(waiting)].id
        if paper:
            confirm_on_paper([line], day=self.day.date(), scan=self.office.scan(), **self.said)
        else:
            refuse(line, reason="против", act=ACT, **self.said)

    @rule(place=st.integers(0, 9))
    def take_back(self, place: int) -> None:
        decided = self.lines("confirmed", "refused")
        if decided:
            with refused_as("own_word", "superseded"):
                take_back(decided[place % len(decided)].id, reason="не та строка", **self.said)

    @rule(place=st.integers(0, 9))
    def drop(self, place: int) -> None:
        waiting = self.lines("asked")
        if waiting:
            drop(waiting[place % len(waiting)].id, reason="не его дело", **self.said)

    @rule()
    def end(self) -> None:
        sheet = live(self.document).first()
        if sheet is not None:
            end(sheet.id, reason="хватит", **self.said)

    @rule()
    def stop(self) -> None:
        if get_document(self.document.id).acquaintance in {"sent", "partly"}:
            perform(self.document.id, "stop_reading", answers=Answers(reason="отложено"), **self.said)

    @rule()
    def new_edition(self) -> None:
        self.edition += 1
        self.office.text(self.document, edition=self.edition, now=self.day)

    @rule(surname=PERSON, comes_back=st.booleans())
    def leave(self, surname: str, comes_back: bool) -> None:
        person, today = self.office.people[surname], self.day.date()
        if person.id in works_on([person.id], today):
            # Who came today does not leave today.
            if not Post.select().where((Post.employee == person) & (Post.since == today)).exists():
                self.office.leave(surname, today)
        elif comes_back:
            title, unit, _role = STAFF[surname]
            Post.create(employee=person, unit=self.office.units[unit], title=title, since=today)

    @rule(absent=PERSON, stead=PERSON)
    def go_away(self, absent: str, stead: str) -> None:
        today = self.day.date()
        stead_id = self.office.ids(stead)[0]
        days = {"since": today, "until": today + DAY}
        with refused_as("himself", "same_again", "circle", "left"):
            set_substitution(self.office.ids(absent)[0], [(stead_id, ())], **days, reason="отпуск", **self.said)

    @rule()
    def night(self) -> None:
        self.day += DAY
        ask_newcomers(now=self.day, today=self.day.date())
        assert ask_newcomers(now=self.day, today=self.day.date()) == 0
        waited_for = {line.employee_id for line in self.lines("asked")}
        assert works_on(waited_for, self.day.date()) == waited_for

    @invariant()
    def the_line_says_what_the_lists_tell(self) -> None:
        state, wanted = get_document(self.document.id).acquaintance, tally_of(self.document.id).line
        # What was broken off is read by nobody until it is sent again, whoever has read it meanwhile.
        assert state == wanted or (state == "not_required" and not live(self.document).exists())

    @invariant()
    def nobody_is_on_two_lists_of_one_edition(self) -> None:
        rows = Acquaintance.select(Acquaintance.employee, AcquaintanceSheet.edition).join(AcquaintanceSheet)
        asked = rows.where(Acquaintance.state.in_(("asked", "confirmed", "refused"))).tuples()
        assert all(times == 1 for times in Counter(asked).values())

    @invariant()
    def only_live_sheets_of_the_latest_edition_wait_for_somebody(self) -> None:
        sheets = {sheet.id for sheet in live(self.document)}
        assert {sheet.edition for sheet in live(self.document)} <= {self.edition}
        assert {line.sheet_id for line in self.lines("asked")} <= sheets

    @invariant()
    def counts_agree(self) -> None:
        told = progress_of([self.document.id], today=self.day.date()).get(self.document.id)
        tally = tally_of(self.document.id)
        assert (told is None) == (not tally.waiting and not tally.decided)
        if told is not None:
            assert (told.waiting, told.confirmed, told.refused) == (tally.waiting, tally.confirmed, tally.refused)


def test_the_line_of_a_document_always_agrees_with_its_lists(migrated_file: Path) -> None:
    Reading.template = migrated_file
    run_state_machine_as_test(Reading, settings=settings(max_examples=12, stateful_step_count=18, deadline=None))


@pytest.mark.postgresql
def test_the_same_holds_on_postgresql(database: str) -> None:
    """One walk through all that can happen, in an order that is often met."""
    office = make_office()
    office.rule()
    document = office.document()
    office.send(document, to=Addressees(units=(office.units["Отдел кадров"].id,)), standing=True, days=2)
    office.read(document, "Дёмина")
    office.text(document, edition=2)
    assert (get_document(document.id).acquaintance, tally_of(document.id).line) == ("sent", "sent")
    office.read(document, "Дёмина")
    office.leave("Нечаев", NOW.date())
    assert ask_newcomers(now=NOW, today=NOW.date()) == 0
    assert (get_document(document.id).acquaintance, tally_of(document.id).line) == ("everyone", "everyone")
