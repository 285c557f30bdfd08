"""Tables of people: encodings, headings, cells, and files that are no such table."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.people import sheets_reading
from roadmapdocs.people.incoming import What, take_in
from roadmapdocs.people.models import Employee, Organisation, Post, Unit, User
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.people.sheets import PeopleSheet, read_people
from roadmapdocs.people.sheets_columns import columns_of
from roadmapdocs.people.sheets_sample import sample
from tests.conftest import NOW, TODAY

HEAD = "Табельный номер;ФИО;Пол;Подразделение;Вышестоящее;Должность;Руководит;Дата приёма;Дата увольнения;Почта;Логин;Роль"
LINE = "0017;Лукина Ольга Сергеевна;;Отдел чтения;Управление;методист;да;01.09.2020;;l@example.org;Lukina;сотрудник"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with use_language("en"):
        yield


def read(text: str | bytes, name: str = "люди.csv") -> PeopleSheet:
    return read_people(text.encode() if isinstance(text, str) else text, name, today=TODAY)


def lines(*rows: str, head: str = HEAD) -> PeopleSheet:
    return read("\n".join((head, *rows)))


def book(*rows: tuple[Any, ...], title: str = "Лист1", first: tuple[tuple[Any, ...], ...] = ()) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    if first:
        for row in first:
            sheet.append(row)
        sheet = made.create_sheet(title)
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def code_of(data: str | bytes, name: str = "люди.csv") -> str:
    with pytest.raises(Refusal) as refused:
        read(data, name)
    assert refused.value.message
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_is_read_in_every_encoding_and_with_every_delimiter_of_excel(encoding: str, delimiter: str) -> None:
    found = read(f"{HEAD}\r\n{LINE}\r\n".replace(";", delimiter).encode(encoding))
    (person,), (post,), (account,) = found.snapshot.people, found.snapshot.posts, found.snapshot.accounts
    assert (person.external, person.surname, person.patronymic, person.email) == ("17", "Лукина", "Сергеевна", "l@example.org")
    assert (post.title, post.since, post.heads) == ("методист", dt.date(2020, 9, 1), True)
    assert (account.login, account.roles) == ("Lukina", {Role.STAFF})
    assert {unit.name: unit.parent for unit in found.snapshot.units} == {"Отдел чтения": "управление", "Управление": None}
    assert found.refused == ()
    assert found.places["17"] == (2,)


def test_headings_are_known_in_any_case_abbreviated_and_below_a_title() -> None:
    found = read("Список сотрудников\n\nТаб. №;ФАМИЛИЯ;имя;Отч.;Отдел;Долж.;Дата приема\n5;Ли;Ян;;Отдел;юрист;2020-09-01")
    assert found.snapshot.people[0].surname == "Ли"
    assert found.snapshot.posts[0].since == dt.date(2020, 9, 1)
    assert found.snapshot.posts[0].heads is None


@given(st.lists(st.sampled_from(["ФИО", "фио ", "Ф.И.О.", "должность", "Дата приёма", "дата приема", "нечто", ""])))
def test_every_heading_is_found_where_it_stands_first(row: list[str]) -> None:
    assert all(0 <= place < len(row) and row[place] not in {"", "нечто"} for place in columns_of(tuple(row)).values())


def test_a_workbook_is_read_with_its_days_and_numbers() -> None:
    rows = [
        ("Сведения на 1 марта",),
        ("Табельный номер", "Фамилия", "Имя", "Отчество", "Подразделение", "Должность", "Дата приёма", "Руководит"),
        (17.0, "Лукина", "Ольга", "Сергеевна", "Отдел", "методист", dt.datetime(2020, 9, 1), True),
    ]
    found = read(book(*rows, title="Люди", first=(("Пояснение",), ("к таблице",))), "люди.xlsx")
    assert found.snapshot.people[0].external == "17"
    assert (found.snapshot.posts[0].since, found.snapshot.posts[0].heads) == (dt.date(2020, 9, 1), True)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (("=A1", "Ян", "юрист"), "Фамилия"),
        (("Ли", "=HYPERLINK(1)", "юрист"), "Имя"),
        (("Ли", "Ян", "=1+1"), "Должность"),
        (("Ли", "Ян", "#REF!"), "Должность"),
    ],
)
def test_a_cell_with_a_formula_is_refused_and_the_other_lines_are_read(cells: tuple[str, ...], column: str) -> None:
    found = read(book(("Фамилия", "Имя", "Должность", "Подразделение"), (*cells, "Отдел"), ("Ким", "Олег", "юрист", "Отдел")), "l.xlsx")
    assert [line.external for line in found.refused] == ["row 2"], column
    assert [person.surname for person in found.snapshot.people] == ["Ким"]


@pytest.mark.parametrize(
    "line",
    [
        LINE.replace("01.09.2020", "осенью"),
        LINE.replace("01.09.2020", "31.02.2020"),
        LINE.replace("01.09.2020", "01.09.1020"),
        LINE.replace("да", "иногда"),
        LINE.replace(";сотрудник", ";начальство"),
        LINE.replace("Lukina", ""),
        LINE.replace("методист", ""),
        LINE.replace("Лукина Ольга Сергеевна;", "Лукина О. С.;"),
        LINE.replace("Лукина Ольга Сергеевна;;", "Лукина Ольга Сергеевна;х;"),
        LINE.replace("Лукина Ольга Сергеевна", "1234"),
        LINE.replace("Отдел чтения;Управление", ";"),
        LINE.replace("Отдел чтения", "=cmd|' /C calc'!A0"),
    ],
)
def test_a_line_that_says_nothing_certain_is_refused_with_its_row_and_why(line: str) -> None:
    found = lines(line, LINE.replace("0017", "18").replace("Лукина", "Ким"))
    assert [(one.external, bool(one.why)) for one in found.refused] == [("row 2", True)]
    assert [person.external for person in found.snapshot.people] == ["18"]
    with pytest.raises(Refusal) as refused:
        found.whole()
    assert refused.value.code == "lines_refused"


def test_people_of_one_name_need_numbers() -> None:
    head = "ФИО;Подразделение;Должность;Логин"
    found = lines("Ли Ян;Отдел;юрист;", "Ли Ян;Сектор;юрист;", "Ким Олег;Отдел;юрист;kim", "Ким Олег;Сектор;юрист;kim", head=head)
    assert [line.external for line in found.refused] == ["row 2", "row 3"]
    assert [person.external for person in found.snapshot.people] == ["=ким олег"]
    assert len(found.snapshot.posts) == 2


def test_who_holds_two_posts_is_one_person_with_one_account() -> None:
    second = LINE.replace("методист", "член комиссии").replace("l@example.org", "").replace("Lukina;сотрудник", ";")
    found = lines(LINE, second)
    assert (len(found.snapshot.people), len(found.snapshot.posts), len(found.snapshot.accounts)) == (1, 2, 1)


def test_who_left_has_a_post_that_ended_and_an_account_that_is_shut() -> None:
    found = lines(LINE.replace("2020;;", "2020;31.12.2025;"))
    assert found.snapshot.posts[0].until == dt.date(2025, 12, 31)
    assert not found.snapshot.accounts[0].active


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "empty_file"),
        (b"  \r\n ", "a.csv", "empty_file"),
        ("Название;Цена\nстол;5".encode(), "a.csv", "no_heading"),
        (HEAD.encode("koi8-r"), "a.csv", "no_heading"),
        (HEAD.encode(), "a.csv", "no_people"),
        (b"\xff\xfe\x00", "a.csv", "unknown_encoding"),
        (b"a\x00b", "a.csv", "unknown_encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "no_table"),
        (b"%PDF-1.7", "a.pdf", "no_table"),
        (b"PK\x03\x04 broken", "a.xlsx", "damaged"),
        (sample()[:-200], "a.xlsx", "damaged"),
        (book(("Название", "Цена"), ("стол", 5)), "a.xlsx", "no_heading"),
        (b'a;"' + b"x" * 200_000, "a.csv", "no_table"),
        (b" " * 21 * 2**20 + b"x", "a.csv", "too_large"),
    ],
)
def test_what_is_no_table_of_people_is_refused_with_a_sentence(data: bytes, name: str, code: str) -> None:
    assert code_of(data, name) == code


def test_a_cell_without_an_end_is_refused_whatever_others_let_the_library_read() -> None:
    before = csv.field_size_limit(10_000_000)
    try:
        assert code_of(b'a;"' + b"x" * 200_000, "a.csv") == "no_table"
    finally:
        csv.field_size_limit(before)


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for path, content in parts.items():
            made.writestr(path.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (archive(**{"word__document.xml": b"<x/>"}), "no_table"),
        (archive(**{"xl__workbook.xml": b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'}), "damaged"),
        (archive(**{"xl__workbook.xml": '<!DOCTYPE x><x/>'.encode("utf-16")}), "damaged"),
        (archive(**{"xl__workbook.xml": b"<x/>", "bomb": b"0" * (130 * 2**20)}), "too_large"),
        (archive(**{"xl__workbook.xml": b"<x/>", **{f"p{n}": b"" for n in range(2_001)}}), "too_large"),
        (archive(**{"xl__workbook.xml": b"<x/>"}), "damaged"),
    ],
)
def test_a_hostile_workbook_is_refused(data: bytes, code: str) -> None:
    assert code_of(data, "a.xlsx") == code


def test_more_lines_than_any_office_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of("ФИО\n" + "Ли Ян\n" * 100_000) == "too_many_rows"
    monkeypatch.setattr(sheets_reading, "MOST_ROWS", 50)
    assert code_of(book(("ФИО",), *[("Ли Ян",)] * 51), "a.xlsx") == "too_many_rows"
    assert len(read(book(("ФИО",), *[(f"Ли Ян{'я' * n}",) for n in range(50)]), "a.xlsx").snapshot.people) == 50


def test_the_sample_is_read_without_a_refusal_and_taken_in(sqlite_database: None) -> None:
    found = read(sample(), "sample.xlsx")
    assert found.refused == ()
    Organisation.create(name="Администрация", short_name="Администрация", genitive="администрации")
    report = take_in(found.whole(), by=SYSTEM, now=NOW, today=TODAY)
    assert not report.of(What.REFUSED)
    assert (Employee.select().count(), Unit.select().count(), Post.select().count(), User.select().count()) == (4, 2, 4, 3)
    assert not take_in(replace(found.snapshot, complete=True), by=SYSTEM, now=NOW, today=TODAY).changes


def test_the_sample_goes_into_an_office_of_several_organisations_and_adds_none(sqlite_database: None) -> None:
    for name in ("Школа № 3", "Администрация"):
        Organisation.create(name=name, short_name=name, genitive=name)
    report = take_in(read(sample("Школа № 3"), "sample.xlsx").snapshot, by=SYSTEM, now=NOW, today=TODAY)
    assert not report.of(What.REFUSED)
    assert {str(row.organisation.name) for row in Unit.select()} == {"Школа № 3"}
    assert Organisation.select().count() == 2


def test_an_organisation_is_known_by_its_short_name_and_keeps_its_full_one(sqlite_database: None) -> None:
    office = Organisation.create(name="Администрация Заречного района", short_name="Администрация", genitive="Администрации")
    Organisation.create(name="Школа № 3", short_name="Школа", genitive="Школы № 3")
    found = read("ФИО;Организация;Подразделение;Должность\nЛи Ян Ильич;администрация;Отдел;юрист\n".encode(), "a.csv").snapshot
    assert not take_in(found, by=SYSTEM, now=NOW, today=TODAY).of(What.REFUSED)
    assert (Unit.get().organisation.id, Organisation.select().count()) == (office.id, 2)
    Organisation.update(short_name="АЗР").where(Organisation.id == office.id).execute()
    assert not take_in(found, by=SYSTEM, now=NOW, today=TODAY).changes
    assert Organisation.get_by_id(office.id).name == "Администрация Заречного района"


def test_a_short_name_of_two_organisations_is_not_guessed_at(sqlite_database: None) -> None:
    for name in ("Школа № 3", "Школа № 4"):
        Organisation.create(name=name, short_name="Школа", genitive=name)
    found = read("ФИО;Организация;Подразделение;Должность\nЛи Ян Ильич;Школа;Отдел;юрист\n".encode(), "a.csv").snapshot
    report = take_in(found, by=SYSTEM, now=NOW, today=TODAY)
    assert {line.kind for line in report.of(What.REFUSED)} >= {"organisation", "unit", "post"}
    assert Organisation.select().count() == 2
