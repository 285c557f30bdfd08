"""Documents and cases together, on both databases: what is not filed, filing many, what is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.operations import history, verify
from roadmapdocs.cases.closing import close_year
from roadmapdocs.cases.models import Case
from roadmapdocs.cases.rules import last_day
from roadmapdocs.documents import filing
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests import factories as make
from tests.cases import made
from tests.conftest import NOW, TODAY, person


def case(case_index: str = "01-05", **values: Any) -> Case:
    return made.case(case_index, **{"year": 2025, **values})


def file(documents: list[Document], into: Case, by: Actor) -> list[str | None]:
    ids = [document.id for document in documents]
    return [one.why_not for one in filing.file_documents(ids, into.id, by=by, now=NOW, today=TODAY)]


def numbered(number: str, **values: Any) -> Document:
    card = {"kind": "order_main", "date": dt.date(2026, 2, 2), "preparation": Preparation.SIGNED, **values}
    return create_document(Card(title="О порядке", number=number, **card), by=SYSTEM, now=NOW, today=TODAY)


def close(year: int = 2025) -> None:
    close_year(year, None, by=SYSTEM, now=NOW, today=dt.date(year + 1, 1, 12))


def state(document: Document) -> tuple[str, int | None]:
    row = Document.get_by_id(document.id)
    return row.storage, row.case_id


def test_only_documents_whose_work_is_done_wait_to_be_filed(database: str, clerk: Actor) -> None:
    done = make.document("Готовый")
    make.document("Проект", preparation=Preparation.DRAFT)
    under_control, annulled = make.document("На контроле"), make.document("Аннулированный")
    Document.update(control="on").where(Document.id == under_control.id).execute()
    Document.update(registration="annulled").where(Document.id == annulled.id).execute()
    filed = make.document("Подшитый")
    file([filed], case(), clerk)
    assert [row.id for row in filing.unfiled(clerk)] == [done.id]


def test_the_list_is_narrowed_to_a_year_and_an_organisation(database: str, clerk: Actor) -> None:
    ours, theirs = made.organisation(), made.organisation("Школа № 5")
    rows = {
        "ours": numbered("1-П", organisation_id=ours.id),
        "nobody": numbered("2-П", date=dt.date(2025, 12, 31)),
        "theirs": numbered("3-П", organisation_id=theirs.id),
    }

    def named(*arguments: Any) -> list[str]:
        ids = [row.id for row in filing.unfiled(clerk, *arguments)]
        return sorted(name for name, row in rows.items() if row.id in ids)

    assert named() == ["nobody", "ours", "theirs"]
    assert named(ours.id) == ["nobody", "ours"]
    assert named(ours.id, 2026) == ["ours"]
    assert named(None, 2025) == ["nobody"]


def test_documents_are_filed_at_once_and_each_is_told(database: str, clerk: Actor) -> None:
    into, documents = case(), [make.document("Первый"), make.document("Второй")]
    assert file(documents, into, clerk) == [None, None]
    assert [state(document) for document in documents] == [("in_case", into.id)] * 2
    assert history(documents[0])[0].what == "document_moved"
    assert verify() is None


def test_what_is_refused_stops_nothing_and_says_why(database: str, clerk: Actor) -> None:
    into = case()
    good, draft, twice = make.document("Готовый"), make.document("Проект", preparation=Preparation.DRAFT), make.document("Раз")
    file([twice], into, clerk)
    ids = [good.id, draft.id, twice.id]
    previewed = filing.preview_filing(ids, into.id, by=clerk, today=TODAY)
    assert state(good) == ("in_work", None)
    done = filing.file_documents(ids, into.id, by=clerk, now=NOW, today=TODAY)
    for verdicts in (previewed, done):
        said = {one.document.id: one.why_not for one in verdicts}
        assert said[good.id] is None
        assert said[draft.id]
        assert said[twice.id]
    assert state(good) == ("in_case", into.id)
    assert state(draft) == ("in_work", None)


def test_a_closed_case_refuses_every_document_before_and_after(database: str, clerk: Actor) -> None:
    into, document = case(), make.document()
    close()
    (before,) = filing.preview_filing([document.id], into.id, by=clerk, today=TODAY)
    assert before.why_not
    assert file([document], into, clerk) == [before.why_not]
    assert state(document) == ("in_work", None)


def test_a_case_that_is_not_there_is_not_found(database: str, clerk: Actor) -> None:
    document = make.document()
    for act in (
        lambda: filing.preview_filing([document.id], 999_999, by=clerk, today=TODAY),
        lambda: filing.file_documents([document.id], 999_999, by=clerk, now=NOW, today=TODAY),
    ):
        with pytest.raises(NotFound):
            act()


def test_too_many_documents_at_once_are_refused(database: str, clerk: Actor) -> None:
    ids = list(range(1, filing.MOST_AT_ONCE + 2))
    with pytest.raises(Refusal) as told:
        filing.preview_filing(ids, case().id, by=clerk, today=TODAY)
    assert told.value.code == "too_many"


def test_whoever_may_not_read_a_document_neither_sees_nor_files_it(database: str, clerk: Actor, staff: Actor) -> None:
    into = case()
    secret = numbered("1-Л", mark=Mark.PERSONAL, mark_basis="152-ФЗ")
    plain = numbered("2-П")
    assert [row.id for row in filing.unfiled(staff)] == [plain.id]
    assert filing.preview_filing([secret.id], into.id, by=staff, today=TODAY) == []
    assert file([secret], into, staff) == []
    file([secret, plain], into, clerk)
    assert [row.id for row in filing.contents(into.id, staff)] == [plain.id]
    assert {row.id for row in filing.contents(into.id, clerk)} == {secret.id, plain.id}
    assert filing.counts_by_case([into.id], staff) == {into.id: 1}
    assert filing.counts_by_case([into.id]) == {into.id: 2}


def test_staff_see_why_they_do_not_file(database: str, staff: Actor) -> None:
    document = make.document()
    assert file([document], case(), staff)[0]
    assert state(document) == ("in_work", None)


def test_a_case_holds_its_documents_in_the_order_of_numbers(database: str, clerk: Actor) -> None:
    into = case()
    documents = [numbered(number) for number in ("10-П", "9-П", "45а-П", "45-П", "100-П")]
    file(documents, into, clerk)
    assert [row.number for row in filing.contents(into.id, clerk)] == ["9-П", "10-П", "45-П", "45а-П", "100-П"]


def test_cases_are_counted_in_one_statement(sqlite_database: None, clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    term = made.retention().id
    cases = [case(f"01-{place}", retention_id=term) for place in range(3)]
    file([make.document(), make.document()], cases[0], clerk)
    file([make.document()], cases[2], clerk)
    sent = make.count_queries(monkeypatch)
    assert filing.counts_by_case([row.id for row in cases], clerk) == {cases[0].id: 2, cases[2].id: 1}
    assert len(sent) == 1


def test_what_is_due_says_since_when_and_with_how_many_documents(database: str, clerk: Actor) -> None:
    term = made.retention(1).id
    full, empty = case("01-05", retention_id=term), case("01-06", retention_id=term)
    case("01-07", retention_id=made.retention(None).id)
    file([make.document(), make.document()], full, clerk)
    close()
    assert filing.due_list(dt.date(2026, 12, 31)) == []
    rows = filing.due_list(dt.date(2027, 1, 1))
    assert [(row.case.id, row.due, row.documents) for row in rows] == [
        (full.id, dt.date(2027, 1, 1), 2),
        (empty.id, dt.date(2027, 1, 1), 0),
    ]


def test_a_case_is_taken_off_with_its_documents(database: str, clerk: Actor) -> None:
    into, document = case(years=1), make.document()
    file([document], into, clerk)
    close()
    day = dt.date(2027, 1, 20)
    filing.take_off(into.id, "акт № 2 от 20.01.2027", by=clerk, now=NOW, today=day)
    assert state(document) == ("destroyed", into.id)
    assert filing.due_list(day) == []
    (last, *_before) = history(document)
    assert last.effect["reason"] == "акт № 2 от 20.01.2027"


def test_a_case_is_not_taken_off_before_its_term_is_over(database: str, clerk: Actor) -> None:
    into, document = case(years=5), make.document()
    file([document], into, clerk)
    close()
    with pytest.raises(Refusal) as told:
        filing.take_off(into.id, "акт № 2", by=clerk, now=NOW, today=dt.date(2030, 12, 31))
    assert told.value.code == "term_not_over"
    assert state(document) == ("in_case", into.id)


def test_a_document_that_cannot_go_keeps_the_whole_case(database: str, clerk: Actor) -> None:
    """The administrator keeps cases, but does not set documents apart."""
    into, document = case(years=1), make.document()
    file([document], into, clerk)
    close()
    administrator = person(Role.ADMINISTRATOR)
    with pytest.raises(Refusal) as told:
        filing.take_off(into.id, "акт № 2", by=administrator, now=NOW, today=dt.date(2027, 2, 1))
    assert told.value.code == "documents_left"
    assert told.value.details["document"] == document.id
    assert Case.get_by_id(into.id).removed_on is None
    assert state(document) == ("in_case", into.id)


def test_staff_take_no_case_off(database: str, staff: Actor) -> None:
    with pytest.raises(Forbidden):
        filing.take_off(case().id, "акт", by=staff, now=NOW, today=last_day(2030))


def test_more_documents_than_are_worth_counting_are_not_counted(
    sqlite_database: None, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.document()
    make.document()
    assert filing.count_unfiled(clerk) == 2
    monkeypatch.setattr(filing, "MOST_COUNTED", 2)
    assert filing.count_unfiled(clerk) is None
