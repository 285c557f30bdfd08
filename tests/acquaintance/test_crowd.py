"""Thousands of people at once: a handful of statements, whatever their number, and a page that stays quick."""

from __future__ import annotations

import datetime as dt

import peewee as pw
import pytest

from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.acquaintance.newcomers import ask_newcomers
from roadmapdocs.acquaintance.operations import end
from roadmapdocs.acquaintance.queries import PAGE, Show, acquainted_lines, page_of, progress_of
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.documents.models import DocumentReader
from roadmapdocs.notices.models import Delivery, Notice
from roadmapdocs.people.models import Employee, Post
from tests.acquaintance.office import Office, make_office, states
from tests.conftest import NOW, TODAY
from tests.factories import count_queries

EVERYONE = Addressees(everyone=True)


def crowd(office: Office, count: int) -> None:
    """People with posts and mail addresses, and no accounts."""
    unit = office.units["Отдел кадров"]
    last = Employee.select(pw.fn.MAX(Employee.id)).scalar()
    rows = [
        {"surname": f"Ёлкин{number % 97}", "name": "Пётр", "patronymic": "Ильич", "gender": "m", "email": f"c{number}@office.test"}
        for number in range(count)
    ]
    for chunk in pw.chunked(rows, 500):
        Employee.insert_many(chunk).execute()
    ids = Employee.select(Employee.id).where(Employee.id > last).tuples()
    posts = [{"employee": one, "unit": unit, "title": "педагог", "since": dt.date(2024, 9, 1)} for (one,) in ids]
    for chunk in pw.chunked(posts, 500):
        Post.insert_many(chunk).execute()


def test_a_crowd_is_asked_told_and_handed_the_document(office: Office) -> None:
    crowd(office, 1200)
    document = office.document()
    sheet = office.send(document, to=EVERYONE, days=5)
    asked = 1200 + len(office.people)
    for table in (Acquaintance, Notice, Delivery):
        assert table.select().count() == asked
    assert DocumentReader.select().where(DocumentReader.document == document).count() == asked
    assert [line.place for line in sheet.lines.order_by(Acquaintance.id)] == list(range(1, asked + 1))
    end(sheet.id, reason="отложено", by=office.clerk, now=NOW, today=TODAY)
    assert Notice.select().where(Notice.read_at.is_null()).count() == 0


def test_statements_do_not_grow_with_the_crowd(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    few, many = office.document(), office.document()
    with monkeypatch.context() as patch:
        seen = count_queries(patch)
        office.send(few, to=EVERYONE)
    crowd(office, 300)
    with monkeypatch.context() as patch:
        seen_of_many = count_queries(patch)
        office.send(many, to=EVERYONE)
    assert len(seen_of_many) == len(seen)


def test_a_night_without_newcomers_writes_nothing(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    office.send(office.document(), to=EVERYONE, standing=True)
    with monkeypatch.context() as patch:
        seen = count_queries(patch)
        assert ask_newcomers(now=NOW, today=TODAY) == 0
    assert [one for one in seen if not one.startswith("SELECT")] == []


@pytest.fixture
def read(office: Office) -> int:
    """A document that a hundred and some people are to read; one has, one is late."""
    crowd(office, 120)
    office.rule()
    document = office.document()
    office.send(document, "Громова", due=TODAY)
    office.send(document, to=EVERYONE)
    office.read(document, "Дёмина")
    return int(document.id)


@pytest.mark.parametrize(
    ("show", "day", "total"),
    [
        (Show.ALL, TODAY, 126),
        (Show.WAITING, TODAY, 125),
        (Show.CONFIRMED, TODAY, 1),
        (Show.REFUSED, TODAY, 0),
        (Show.DROPPED, TODAY, 0),
        (Show.LATE, TODAY, 0),
        (Show.LATE, TODAY + dt.timedelta(1), 1),
    ],
)
def test_a_page_shows_those_asked_for(read: int, show: Show, day: dt.date, total: int) -> None:
    page = page_of(read, show=show, today=day)
    assert (page.total, len(page.lines), page.more) == (total, min(total, PAGE), total > PAGE)


def test_pages_follow_each_other_and_narrow_by_words_and_unit(office: Office, read: int) -> None:
    pages = [page_of(read, page=number, today=TODAY) for number in (1, 2, 3)]
    assert [len(page.lines) for page in pages] == [50, 50, 26]
    assert [page_of(read, page=number, today=TODAY).number for number in (-1, 0, 4, 10**8)] == [1, 1, 3, 3]
    assert len({line.id for page in pages for line in page.lines}) == 126
    assert pages[0].lines[0].name.startswith("Громова")
    for words, total in (("ЕЛКИН", 120), ("педагог ёлк", 120), ("бух", 1), ("дёмина методист", 1), ("кин", 0)):
        assert page_of(read, words=words, today=TODAY).total == total, words
    accounts = office.units["Бухгалтерия"].id
    assert page_of(read, unit=accounts, today=TODAY).total == 2
    assert page_of(read, unit=office.units["Управление"].id, today=TODAY).total == 126


def test_counts_and_the_printed_sheet_are_of_the_latest_edition(office: Office, read: int) -> None:
    other = office.document()
    told = progress_of([read, other.id, 10**6], today=TODAY + dt.timedelta(1))
    assert {read: (126, 1, 0, 125, 1)} == {
        one: (of.asked, of.confirmed, of.refused, of.waiting, of.late) for one, of in told.items()
    }
    lines = acquainted_lines(read)
    assert [line.number for line in lines] == list(range(1, 127))
    (done,) = [line for line in lines if line.state == "confirmed"]
    assert (done.post, done.unit, done.way, done.day) == ("методист", "Отдел кадров", "electronic", TODAY)
    assert done.rule.startswith("приказ №")
    assert done.rule.endswith("от 02.02.2026")
    assert progress_of([], today=TODAY) == {}


def test_of_a_document_that_nobody_reads_there_is_nothing_to_show(office: Office) -> None:
    document = office.document()
    assert (page_of(document.id, today=TODAY).total, acquainted_lines(document.id)) == (0, [])
    assert states(document) == {"": "not_required"}
