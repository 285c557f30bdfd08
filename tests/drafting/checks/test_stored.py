"""Stored documents: facts from both databases, rights, mending, and the guard."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import OrderedDict

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.approvals.check_facts import visa_facts
from roadmapdocs.approvals.plans import Plan
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.guards import Situation
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.versions import add_version
from roadmapdocs.drafting.checks import gathering, operations
from roadmapdocs.drafting.checks.gathering import Surroundings
from roadmapdocs.drafting.checks.operations import check_document, checked_clean, mend
from roadmapdocs.drafting.checks.rules import Report
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import make_version, start_draft
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.files.kinds import Kind
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.installation import Kept
from roadmapdocs.people.models import Employee, Post
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.registration.models import Entry
from tests.approvals.office import Office, make_office
from tests.conftest import NOW, TODAY, person
from tests.documents.linked import order
from tests.documents.test_seed_packages import office as registry

LINES = (
    "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ",
    "ПРИКАЗ",
    "Об итогах зачёта по чтению",
    "ПРИКАЗЫВАЮ:",
    "1. Утвердить итоги зачёта.",
    "2. Контроль за исполнением приказа возложить на заместителя начальника.",
    "Начальник управления",
    "М.И. Ветрова",
)


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def text(office: Office, document: Document, *lines: str, by: str = "Лукина", substantial: bool = True) -> None:
    add_version(
        document,
        "\n".join(lines or LINES).encode(),
        "приказ.txt",
        store=office.store,
        substantial=substantial,
        by=office.actor(by),
        now=NOW,
    )


def paper(office: Office, title: str = "Об итогах зачёта по чтению", *lines: str, **card: object) -> Document:
    """A draft whose file is the order above."""
    made = office.document(title, **card)
    text(office, made, *lines)
    return get_document(made.id)


def report(office: Office, document: Document, by: Actor = SYSTEM, today: dt.date = TODAY) -> Report:
    return check_document(get_document(document.id), Surroundings(office.store), by=by, today=today)


def codes(office: Office, document: Document, by: Actor = SYSTEM) -> list[str]:
    return [one.code for one in report(office, document, by).findings]


def around(office: Office) -> Surroundings:
    return Surroundings(office.store)


def mended(office: Office, document: Document, code: str, by: str = "Лукина", revision: int = 0) -> Document:
    seen = revision or get_document(document.id).revision
    return mend(document.id, code, seen, around=around(office), by=office.actor(by), now=NOW, today=TODAY)


def test_an_order_in_order_has_no_findings(office: Office) -> None:
    found = report(office, paper(office))
    assert found.findings == ()
    assert {check.need for check, _why in found.unchecked} == {"pages", "values", "visas"}


def test_without_a_file_what_needs_one_is_not_passed(office: Office) -> None:
    bare = create_document(Card("order_main", "Об итогах"), by=SYSTEM, now=NOW, today=TODAY)
    found = report(office, bare)
    assert [one.code for one in found.findings] == ["signer_missing"]
    assert "template_leftovers" in {check.code for check, _why in found.unchecked}


def test_who_signs_must_hold_a_post_on_the_day(office: Office) -> None:
    Post.update(until=dt.date(2026, 3, 1)).where(Post.employee == office.people["Ветрова"].id).execute()
    assert "signer_without_authority" in codes(office, paper(office))


def test_the_stamp_of_a_plan_is_compared_with_the_order_that_approves_it(office: Office) -> None:
    act = order("41-П", "2026-03-02")
    plan = create_document(Card("plan", "План чтения"), by=SYSTEM, now=NOW, today=TODAY)
    text(office, plan, "УТВЕРЖДЕНА", "приказом администрации Заозёрского района", "от 02.03.2026 № 42-П", "План чтения", "1. Читать")
    link_documents(act.id, plan.id, LinkKind.APPROVES, by=SYSTEM, now=NOW, today=TODAY)
    # The stamp is a citation, too, of a document that nobody knows by that number.
    assert codes(office, plan) == ["stamp_number", "stamp_gender", "cited_unknown"]


def test_numbers_and_days_of_a_journal_are_compared(office: Office) -> None:
    place = registry("района", "{n}-П", TODAY)
    first, second = (place.perform(place.draft("order_main", "Об итогах", "Текст".encode()), "send_for_signing", "sign", "register") for _n in (1, 2))
    Entry.update(registered_on=TODAY + dt.timedelta(3)).where(Entry.id == first.entry_id).execute()
    assert "numbers_out_of_order" in codes(office, second)


def test_what_is_cited_and_not_open_to_the_reader_is_as_if_unknown(office: Office) -> None:
    secret = create_document(
        Card("order_main", "Тайный замысел", "77-П", dt.date(2026, 3, 2), preparation=Preparation.SIGNED, mark=Mark.OFFICIAL, mark_basis="служебное"),
        by=SYSTEM, now=NOW, today=TODAY,
    )  # fmt: skip
    cited = "1. Исполнить приказ от 02.03.2026 № 77-П."
    document = paper(office, "Об итогах зачёта по чтению", *LINES[:4], cited, *LINES[5:])
    Document.update(force="ended", force_until=dt.date(2026, 3, 3)).where(Document.id == secret.id).execute()
    reader = office.actor("Дёмина")
    found = report(office, document, reader)
    assert [one.code for one in found.findings] == ["cited_unknown"]
    assert "Тайный" not in f"{found}"
    assert [one.code for one in report(office, document).findings] == ["cited_out_of_force"]
    assert report(office, document).errors == found.errors == ()


def test_visas_of_a_text_that_changed_since_are_found(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "VISA_FACTS", [visa_facts])
    document = paper(office)
    office.send(document, Plan((office.step("Нечаев"), office.step("Громова"))))
    office.decide(document, "Нечаев")
    assert codes(office, document) == []
    changed = [*LINES[:4], "1. Отменить зачёт.", *LINES[5:]]
    text(office, document, *changed)
    assert codes(office, document) == ["changed_after_visa"]


def test_a_heading_is_mended_on_the_card_and_the_history_says_so(office: Office) -> None:
    document = paper(office, "О итогах зачёта по чтению.")
    after = mended(office, document, "heading_stop")
    assert after.title == "О итогах зачёта по чтению"
    assert mended(office, document, "heading_vowel").title == "Об итогах зачёта по чтению"
    assert "checks_mended" in [event.what for event in history(after)]
    with pytest.raises(Refusal) as refused:
        mended(office, document, "heading_stop")
    assert refused.value.code == "nothing_to_mend"


def test_texts_of_a_draft_are_mended_and_its_file_is_made_anew(office: Office) -> None:
    document = office.document('Об итогах "Недели чтения"')
    points = [{"text": 'Утвердить итоги "Недели  чтения"'}, {"kind": "control"}]
    start_draft(document.id, content={"points": points}, by=office.actor("Лукина"), now=NOW)
    make_version(document.id, "", store=office.store, by=office.actor("Лукина"), now=NOW, today=TODAY)
    mended(office, document, "typography")
    draft = Draft.get(Draft.document == document.id)
    assert draft.content["points"][0]["text"].replace("\u00a0", " ") == "Утвердить итоги «Недели чтения»"
    assert get_document(document.id).title.replace("\u00a0", " ") == "Об итогах «Недели чтения»"
    assert "file_behind_draft" in codes(office, document)
    versions = DocumentVersion.select().where(DocumentVersion.document == document.id)
    before = versions.count()
    mended(office, document, "file_behind_draft")
    assert versions.count() == before + 1
    assert "file_behind_draft" not in codes(office, document)


def test_only_those_who_may_change_the_card_mend_and_only_what_they_saw(office: Office) -> None:
    document = paper(office, "Об итогах зачёта по чтению.")
    with pytest.raises(NotFound):
        mend(document.id, "heading_stop", document.revision, around=around(office), by=person(Role.STAFF, user_id=91), now=NOW, today=TODAY)
    with pytest.raises(Forbidden):
        mended(office, document, "heading_stop", by="Ветрова")
    with pytest.raises(Conflict):
        mended(office, document, "heading_stop", revision=document.revision + 1)
    for code in ("date_day_off", "no_such_check", "margins"):
        with pytest.raises(Refusal):
            mended(office, document, code)
    assert get_document(document.id).title.endswith(".")


def test_the_guard_keeps_errors_from_being_signed_and_lets_warnings_pass(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "_around", Kept("surroundings", lambda: around(office)))
    document = paper(office, "Итоги зачёта по чтению")
    assert codes(office, document) == ["heading_about", "heading_differs"]
    assert checked_clean(Situation(today=TODAY, document_id=document.id)) is None
    text(office, document, *LINES[:5], "2. {{ control }}", *LINES[6:])
    sentence = checked_clean(Situation(today=TODAY, document_id=document.id))
    assert sentence is not None
    assert "{{" in sentence


def test_a_guard_that_cannot_read_files_lets_nothing_pass(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "_around", Kept("surroundings", lambda: None))
    assert checked_clean(Situation(today=TODAY, document_id=paper(office).id))


def test_a_file_is_read_once_however_often_it_is_looked_at(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    document = paper(office, "Об итогах зачёта по чтению", *LINES, "однажды")
    read: list[int] = []
    monkeypatch.setattr(gathering, "_files", OrderedDict())
    plain = gathering.read_file

    def counted(data: bytes, kind: Kind) -> gathering.ReadFile:
        read.append(len(data))
        return plain(data, kind)

    monkeypatch.setattr(gathering, "read_file", counted)
    assert [report(office, document).findings for _round in range(3)]
    assert len(read) == 1


def test_a_file_that_is_too_large_or_of_an_older_format_says_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    document = paper(office, "Об итогах зачёта по чтению", *LINES, "иначе")
    monkeypatch.setattr(gathering, "CHECK_LIMITS", dataclasses.replace(gathering.CHECK_LIMITS, max_bytes=10))
    found = report(office, document)
    assert "template_leftovers" in {check.code for check, _why in found.unchecked}
    version = DocumentVersion.select().where(DocumentVersion.document == document.id).order_by(DocumentVersion.number.desc()).first()
    type(version.file).update(format="doc").where(type(version.file).id == version.file_id).execute()
    assert "template_leftovers" in {check.code for check, _why in report(office, document).unchecked}


def test_a_file_that_the_store_has_lost_is_told_of_and_breaks_nothing(office: Office) -> None:
    document = paper(office, "Об итогах зачёта по чтению", *LINES, "потерян")
    found = check_document(document, Surroundings(MemoryStore()), by=SYSTEM, today=TODAY)
    assert "template_leftovers" in {check.code for check, _why in found.unchecked}


def test_an_office_of_a_thousand_people_is_looked_through(office: Office) -> None:
    Employee.insert_many(
        [{"surname": f"Сотрудников{n}", "name": "Иван", "patronymic": "", "gender": "m"} for n in range(1_000)]
    ).execute()
    assert codes(office, paper(office)) == []
