"""The one door: what it wants, what it says when it is shut, and what it leaves behind."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.audit.operations import history, verify
from roadmapdocs.cases.models import Case
from roadmapdocs.db import transaction
from roadmapdocs.documents import workflows
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.filing import preview_filing
from roadmapdocs.documents.models import Document, DocumentVersion, Kind, Suspension
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.transitions import available, perform, perform_by_rule
from roadmapdocs.documents.visibility import readers_of, states_of
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import use_language
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.registration.gaps import close_period
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.workflow.operations import workflow_of
from tests import factories as make
from tests.cases.made import case as make_case
from tests.cases.made import organisation as make_organisation
from tests.conftest import NOW, TODAY, person
from tests.documents.rights import FOLDER
from tests.processes import at_once

CLERK = person(Role.CLERK)
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with use_language("en"):
        yield


@pytest.fixture
def own_folder(tmp_path: Path) -> Iterator[Path]:
    """Where an office keeps definitions of its own."""
    folder = tmp_path / "workflows"
    folder.mkdir()
    yield folder
    workflows.use_definitions(None)


def draft(kind: str = "note", **values: object) -> Document:
    """A note needs no text to be signed: it is the short way to every other state."""
    card = {"title": "О чтении", "signer": "Лукина О. С.", **values}
    return create_document(Card(kind, **card), by=SYSTEM, now=NOW, today=TODAY)  # type: ignore[arg-type]  # a card's own


def do(document: Document, *names: str, by: Actor = CLERK, **answers: object) -> Document:
    given = Answers(**{"reason": "так решено", **answers})  # type: ignore[arg-type]  # the fields of answers
    for name in names:
        document = perform(document.id, name, answers=given, by=by, now=NOW, today=TODAY)
    return document


def shut(document: Document, name: str, by: Actor = CLERK, **values: object) -> Refusal:
    """The refusal, and nothing done."""
    before = Document.select().where(Document.id == document.id).dicts().get()
    entries = Entry.select().count(), len(history(document))
    with pytest.raises((Refusal, Forbidden, Conflict, NotFound)) as caught:
        perform(document.id, name, by=by, now=LATER, today=TODAY, **values)  # type: ignore[arg-type]  # as perform's
    assert Document.select().where(Document.id == document.id).dicts().get() == before
    assert (Entry.select().count(), len(history(document))) == entries
    return caught.value


def test_a_step_moves_one_line_and_leaves_the_others(database: str) -> None:
    document = do(draft(), "sign")
    assert (document.preparation, document.registration, document.force) == ("signed", "unregistered", "not_in_force")
    assert (document.revision, document.changed_at) == (2, NOW)


def test_a_step_by_a_guard_says_what_is_missing(database: str) -> None:
    document = draft("order_main")
    refusal = shut(document, "send_for_signing")
    assert (refusal.code, refusal.details["transition"]) == ("guard", "send_for_signing")
    assert refusal.message == "There is no file with the text yet. Add it to the card."
    (offer,) = [one for one in available(document, by=CLERK, today=TODAY) if one.transition.name == "send_for_signing"]
    assert offer.why_not == refusal.message


def test_the_first_guard_that_is_shut_speaks(database: str) -> None:
    document = draft("order_main", signer="")
    assert "file with the text" in shut(document, "send_for_signing").message
    file = StoredFile.create(sha256="0" * 64, size=1, format="txt", stored_at=NOW)
    DocumentVersion.create(document=document, number=1, file=file, name="т.txt", added_by="Лукина", added_at=NOW)
    assert "who signs" in shut(document, "send_for_signing").message
    Document.update(signer="Лукина О. С.").execute()
    assert do(document, "send_for_signing").preparation == "in_signing"


@pytest.mark.parametrize(
    ("steps", "step", "missing"),
    [
        (["send_for_approval"], "return_for_rework", {"reason"}),
        ([], "withdraw", {"reason"}),
        (["sign"], "put_on_control", {"due"}),
        (["sign"], "file", {"case"}),
    ],
)
def test_a_step_names_the_fields_that_are_not_answered(
    database: str, steps: list[str], step: str, missing: set[str]
) -> None:
    document = draft()
    file = StoredFile.create(sha256="0" * 64, size=1, format="txt", stored_at=NOW)
    DocumentVersion.create(document=document, number=1, file=file, name="т.txt", added_by="Лукина", added_at=NOW)
    document = do(document, *steps)
    refusal = shut(document, step)
    assert (refusal.code, set(refusal.details["fields"])) == ("answer", missing)


def test_a_step_that_is_not_for_this_person_says_for_whom_it_is(database: str) -> None:
    refusal = shut(draft(), "sign", by=person(Role.EXECUTIVE))
    assert (refusal.code, refusal.message) == ("forbidden", "This is done by: clerk, the drafter, the signer.")


def test_whoever_may_not_read_the_document_learns_nothing(database: str) -> None:
    document = draft()
    known = shut(document, "sign", by=person(Role.STAFF))
    with pytest.raises(NotFound) as unknown:
        perform(document.id + 1000, "sign", by=person(Role.STAFF), now=NOW, today=TODAY)
    assert (known.code, known.message) == (unknown.value.code, unknown.value.message)
    assert available(document, by=person(Role.STAFF), today=TODAY) == []


def test_a_card_that_somebody_changed_meanwhile_is_not_moved(database: str) -> None:
    document = draft()
    seen = document.revision
    do(document, "sign")
    refusal = shut(document, "register", revision=seen)
    assert (refusal.code, refusal.details["revision"]) == ("stale", seen + 1)
    assert perform(document.id, "register", revision=seen + 1, by=CLERK, now=NOW, today=TODAY).number == "1"


def test_a_document_that_has_moved_on_says_so(database: str) -> None:
    document = do(draft(), "sign")
    assert shut(document, "sign").code == "moved"


@pytest.mark.parametrize("name", ["void", "amend", "unamend", "restore", "no_such_step", "", "sign; DROP", "\x00", "ы" * 10_000])
def test_what_rules_do_and_what_nobody_knows_is_no_step_for_people(database: str, name: str) -> None:
    document = do(draft(), "sign", "register")
    assert shut(document, name, by=SYSTEM).code == "no_transition"
    assert name not in {one.transition.name for one in available(document, by=SYSTEM, today=TODAY)}


def test_each_step_is_an_entry_with_what_was_said(database: str) -> None:
    document = do(draft(), "sign", "register", "annul", comment="см. акт")
    told = [(event.what, event.effect) for event in reversed(history(document)) if event.what == "document_moved"]
    steps = [(effect["line"], effect["transition"], effect["from"], effect["to"]) for _what, effect in told]
    assert steps == [
        ("preparation", "sign", "draft", "signed"),
        ("registration", "register", "unregistered", "registered"),
        ("force", "take_effect", "not_in_force", "in_force"),
        ("registration", "annul", "registered", "annulled"),
        ("force", "void", "in_force", "not_in_force"),
    ]
    assert [effect.get("rule", False) for _what, effect in told] == [False, False, True, False, True]
    assert told[3][1]["reason"] == "так решено"
    assert told[1][1]["number"] == "1"
    assert verify() is None


def test_a_rule_that_is_not_open_does_nothing_at_all(database: str) -> None:
    document = draft()
    before = Document.select().dicts().get()
    for name in ("take_effect", "amend", "sign", "no_such_step"):
        assert perform_by_rule(document.id, name, by=CLERK, now=LATER, today=TODAY) is None
    assert Document.select().dicts().get() == before


def test_withdrawing_gives_a_reserved_number_back(database: str) -> None:
    document = do(draft(), "reserve")
    assert (document.registration, document.number) == ("reserved", "1")
    document = do(document, "withdraw")
    assert (document.preparation, document.registration, document.number) == ("withdrawn", "unregistered", "")
    assert document.entry_id is None
    assert Entry.get().state == "free"
    again = do(draft(), "sign", "register")
    assert again.number == "1"


def test_withdrawing_without_a_number_releases_none(database: str) -> None:
    assert do(draft(), "withdraw").registration == "unregistered"
    assert not Entry.select().exists()


def test_a_number_left_unused_with_its_year_lets_its_document_go(database: str) -> None:
    """The document is not tied for good to a number that it can neither get nor give back."""
    document = do(draft(), "reserve")
    close_period(document.entry.journal, "2026", reason="год закрыт", by=SYSTEM, now=LATER, today=dt.date(2026, 12, 31))
    document = do(document, "release_reserve")
    assert (document.registration, document.entry_id, document.number) == ("unregistered", None, "")
    assert Entry.get().state == "unused"


def test_a_number_kept_for_another_document_is_refused(database: str) -> None:
    kept = do(draft(), "reserve")
    refusal = shut(do(draft("note", title="О письме"), "sign"), "register", answers=Answers(entry=kept.entry_id))
    assert (refusal.code, set(refusal.details["fields"])) == ("number_taken", {"number"})
    assert do(kept, "sign", "register").number == kept.number


def test_a_number_of_a_document_outside_of_journals_is_not_given_again(database: str) -> None:
    """It was brought in while the pattern was another one, so that the journal does not know of it."""
    journal = Journal.get(Journal.series == Kind.get(Kind.code == "note").series)
    usual = journal.pattern
    Journal.update(pattern="{n}-С").where(Journal.id == journal.id).execute()
    card = Card("note", "О письме", number="1", date=dt.date(2026, 1, 15), preparation=Preparation.SIGNED)
    outside = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    assert outside.entry_id is None
    Journal.update(pattern=usual).where(Journal.id == journal.id).execute()
    document = do(draft(), "sign")
    refusal = shut(document, "register")
    assert (refusal.code, refusal.details["document"]) == ("number_taken", outside.id)
    assert do(document, "register", number="2").number == "2"


class TestForce:
    """The days of the force line, whoever moves it."""

    def registered(self, **values: object) -> Document:
        return do(draft(date=dt.date(2026, 2, 2), **values), "sign", "register")

    def test_registration_begins_force_on_the_day_of_the_card(self, database: str) -> None:
        document = self.registered(force_from=dt.date(2026, 4, 1))
        assert (document.force, document.force_from, document.force_until) == ("in_force", dt.date(2026, 4, 1), None)

    def test_without_a_day_on_the_card_force_begins_with_the_date(self, database: str) -> None:
        assert self.registered().force_from == dt.date(2026, 2, 2)

    def test_suspended_days_are_written_down_and_closed(self, database: str) -> None:
        document = do(self.registered(), "suspend", date=dt.date(2026, 3, 1))
        assert document.force == "suspended"
        document = do(document, "resume_force", date=dt.date(2026, 3, 10))
        assert document.force == "in_force"
        row = Suspension.get()
        assert (row.since, row.until, row.reason) == (dt.date(2026, 3, 1), dt.date(2026, 3, 10), "так решено")

    def test_what_is_suspended_twice_closes_the_second_time_too(self, database: str) -> None:
        document = self.registered()
        for month in (3, 4):
            document = do(document, "suspend", date=dt.date(2026, month, 1))
            document = do(document, "resume_force", date=dt.date(2026, month, 10))
        rows = [(row.since, row.until) for row in Suspension.select().order_by(Suspension.id)]
        assert rows == [(dt.date(2026, m, 1), dt.date(2026, m, 10)) for m in (3, 4)]

    def test_nothing_resumes_before_it_was_suspended(self, database: str) -> None:
        document = do(self.registered(), "suspend", date=dt.date(2026, 3, 5))
        refusal = shut(document, "resume_force", answers=Answers(date=dt.date(2026, 3, 4)))
        assert set(refusal.details["fields"]) == {"date"}
        assert Suspension.get().until is None

    def test_an_end_has_a_day(self, database: str) -> None:
        document = do(self.registered(), "end", date=dt.date(2026, 3, 12))
        assert (document.force, document.force_until) == ("ended", dt.date(2026, 3, 12))

    def test_nothing_ends_before_it_began(self, database: str) -> None:
        answers = Answers(reason="так", date=dt.date(2026, 2, 1))
        assert set(shut(self.registered(), "end", answers=answers).details["fields"]) == {"date"}

    def test_nothing_is_suspended_before_it_had_force(self, database: str) -> None:
        answers = Answers(reason="так", date=dt.date(2026, 2, 1))
        assert set(shut(self.registered(), "suspend", answers=answers).details["fields"]) == {"date"}
        assert not Suspension.select().exists()

    @pytest.mark.parametrize("step", ["suspend", "end", None])
    def test_force_goes_with_the_registration(self, database: str, step: str | None) -> None:
        document = self.registered()
        if step:
            document = do(document, step, date=dt.date(2026, 3, 12))
        document = do(document, "annul")
        assert (document.registration, document.force) == ("annulled", "not_in_force")
        assert (document.force_from, document.force_until) == (None, None)
        assert not Suspension.select().exists()
        assert document.number == "1"
        assert Entry.get().state == "annulled"


def test_a_signature_gives_the_date_and_never_one_to_come(database: str) -> None:
    document = draft()
    refusal = shut(document, "sign", answers=Answers(date=TODAY + dt.timedelta(days=1)))
    assert set(refusal.details["fields"]) == {"date"}
    signed = do(document, "sign", date=dt.date(2026, 3, 2))
    assert (signed.date, signed.listed_on) == (dt.date(2026, 3, 2), dt.date(2026, 3, 2))


def test_control_has_a_term_that_is_not_before_the_document(database: str) -> None:
    document = do(draft(), "sign", date=dt.date(2026, 3, 2))
    assert set(shut(document, "put_on_control", answers=Answers(due=dt.date(2026, 3, 1))).details["fields"]) == {"due"}
    document = do(document, "put_on_control", due=dt.date(2026, 4, 1))
    assert (document.control, document.control_due) == ("on", dt.date(2026, 4, 1))
    assert "under control" in shut(document, "file", answers=Answers(case=make_case().id)).message
    document = do(document, "remove_from_control")
    assert (document.control, document.control_due) == ("removed", None)


def test_a_document_goes_into_a_case_and_out_again(database: str) -> None:
    case = make_case()
    document = do(draft(), "sign")
    document = do(document, "file", case=case.id)
    assert (document.storage, document.case_id) == ("in_case", case.id)
    assert "closed" in shut(document, "archive").message
    Case.update(closed_on=dt.date(2026, 3, 1)).execute()
    assert do(document, "archive").storage == "archived"


def test_a_case_of_another_organisation_takes_no_document(database: str) -> None:
    ours, theirs = (make_organisation(name) for name in ("Управление образования", "Администрация"))
    case = make_case(organisation_id=theirs.id)
    document = do(draft(organisation_id=ours.id), "sign")
    assert shut(document, "file", answers=Answers(case=case.id)).code == "other_organisation"
    (verdict,) = preview_filing([document.id], case.id, by=CLERK, today=TODAY)
    assert "another organisation" in str(verdict.why_not)


@pytest.mark.parametrize("case", [10**9, -1])
def test_a_case_that_is_not_there_is_refused(database: str, case: int) -> None:
    document = do(draft(), "sign")
    assert shut(document, "file", answers=Answers(case=case)).code != ""


MINE = (FOLDER / "author.toml").read_text(encoding="utf-8")


def test_a_document_finishes_under_the_definition_it_began_with(database: str, own_folder: Path) -> None:
    old = draft()
    (own_folder / "author.toml").write_text(
        MINE.replace('who = ["drafter", "signer", "clerk"]', 'who = ["executive"]').replace("version = 2", "version = 3")
    )
    workflows.use_definitions(own_folder)
    new = draft()
    assert new.workflow_id != old.workflow_id
    assert shut(new, "sign", by=CLERK).code == "forbidden"
    assert do(old, "sign", by=CLERK).preparation == "signed"
    assert do(new, "sign", by=person(Role.EXECUTIVE)).preparation == "signed"


def test_states_of_an_office_s_own_keep_their_names(database: str, own_folder: Path) -> None:
    text = MINE.replace("[states.in_approval]", '[states.with_lawyer]\nmeaning = "in_approval"').replace("in_approval\"", "with_lawyer\"")
    (own_folder / "author.toml").write_text(text.replace('meaning = "with_lawyer"', 'meaning = "in_approval"'))
    workflows.use_definitions(own_folder)
    document = draft()
    file = StoredFile.create(sha256="0" * 64, size=1, format="txt", stored_at=NOW)
    DocumentVersion.create(document=document, number=1, file=file, name="т.txt", added_by="Лукина", added_at=NOW)
    document = do(document, "send_for_approval")
    assert (document.preparation, document.named_states) == ("in_approval", {"preparation": "with_lawyer"})
    document = do(document, "return_for_rework")
    assert (document.preparation, document.named_states) == ("rework", {})


def test_a_number_given_back_leaves_the_mask_of_the_states_that_are_left(database: str, own_folder: Path) -> None:
    """The office hides what has a number reserved; withdrawing moves two lines at once."""
    text = (FOLDER / "registration.toml").read_text(encoding="utf-8")
    label = 'label = {ru = "номер зарезервирован", en = "number reserved"}'
    text = text.replace(label, f'{label}\nrights = {{read = ["clerk"]}}')
    text = text.replace("[states.unregistered]", '[states.waiting]\nmeaning = "unregistered"')
    text = text.replace('"unregistered"]', '"waiting"]').replace('["unregistered",', '["waiting",')
    text = text.replace('to = "unregistered"', 'to = "waiting"').replace('initial = "unregistered"', 'initial = "waiting"')
    (own_folder / "registration.toml").write_text(text)
    workflows.use_definitions(own_folder)
    document = do(draft(), "reserve", "withdraw")
    assert document.named_states == {"registration": "waiting"}
    workflow = workflow_of(document.workflow_id)
    assert document.readers == readers_of(workflow, states_of(document), document.mark)


def test_what_the_program_knows_no_more_shuts_a_step_with_a_sentence(
    database: str, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document outlives a version of the program that had a guard of this name."""
    known = workflows.known()
    older = dataclasses.replace(known, guards=known.guards | {"has_seal"})
    (own_folder / "author.toml").write_text(MINE.replace('guards = ["has_signer", "visas_collected"]', 'guards = ["has_seal"]'))
    with monkeypatch.context() as patch:
        patch.setattr(workflows, "known", lambda: older)
        workflows.use_definitions(own_folder)
        document = draft()
    workflows.use_definitions(None)
    refusal = shut(document, "sign")
    assert refusal.code == "guard"
    assert "has_seal" in refusal.message
    assert {one.why_not for one in available(document, by=CLERK, today=TODAY) if one.transition.name == "sign"} == {
        refusal.message
    }


class _Undone(Exception):
    pass


def test_definitions_adopted_in_vain_are_not_taken_for_others(database: str) -> None:
    """What fails takes its row of definitions back, and the next row may get its id."""
    with pytest.raises(_Undone), transaction():
        draft("regulation")
        raise _Undone
    document = draft("note")
    assert workflow_of(document.workflow_id).transition("confirm") is None
    assert do(document, "sign").preparation == "signed"


def test_two_who_press_the_same_button_do_it_once(database: str) -> None:
    document = do(draft(), "sign")
    preparation = (
        "from roadmapdocs.documents.transitions import perform\n"
        "from roadmapdocs.errors import Conflict\n"
        "from tests.conftest import NOW, TODAY, person\n"
        "from roadmapdocs.people.rules import Role\n"
    )
    work = (
        "try:\n"
        f"    result = perform({document.id}, 'register', by=person(Role.CLERK), now=NOW, today=TODAY).number\n"
        "except Conflict as conflict:\n"
        "    result = conflict.code\n"
    )
    told = at_once(database, [work] * 4, preparation=preparation)
    assert sorted(told, key=str) == ["1", "moved", "moved", "moved"]
    assert Entry.select().count() == 1
    assert [event.what for event in history(get_document(document.id))].count("document_moved") == 3


def test_the_document_of_another_is_moved_by_its_drafter_alone(database: str) -> None:
    drafter = make.employee()
    document = draft(drafter_id=drafter.id)
    author = Actor(7, "Лукина", frozenset({Role.STAFF}), employee_id=drafter.id)
    colleague = Actor(8, "Дёмина", frozenset({Role.STAFF}), employee_id=make.employee("Дёмина").id)
    assert shut(document, "sign", by=colleague).code == "no_document"
    assert do(document, "sign", by=author).preparation == "signed"
