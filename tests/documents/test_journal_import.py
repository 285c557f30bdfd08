from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.audit.models import Event
from roadmapdocs.documents.journals import sheet as journal_sheet
from roadmapdocs.documents.journals.days import read_day
from roadmapdocs.documents.journals.importing import Line, Verdict, kinds_of, preview, take
from roadmapdocs.documents.journals.meanings import recognise, unknown
from roadmapdocs.documents.journals.sheet import Sheet, read_sheet
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.i18n import use_language
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Role
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.registration.operations import reserve
from roadmapdocs.registration.patterns import Context
from tests.conftest import NOW, TODAY, person
from tests.documents.old_journal import HEAD, as_csv, order, workbook, year_of

CLERK = person(Role.CLERK)
JANUARY = dt.date(2021, 1, 11)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with use_language("en"):
        yield


def journal(code: str = "order_main", pattern: str = "") -> Journal:
    if pattern:
        Journal.update(pattern=pattern).where(Journal.code == code).execute()
    found: Journal = Journal.get(Journal.code == code)
    return found


def lines_of(data: bytes, name: str = "Журнал.xlsx", pattern: str = "", code: str = "order_main") -> list[Line]:
    sheet = read_sheet(data, name)
    into = journal(code, pattern)
    return preview(sheet, recognise(sheet.columns), into, kinds_of(into)[0], by=CLERK, today=TODAY)


def taken(lines: list[Line], *, doubtful: bool = True) -> list[Line]:
    return list(take(lines, doubtful=doubtful, by=CLERK, now=NOW, today=TODAY))


def verdicts(lines: list[Line]) -> list[str]:
    return [str(line.verdict) for line in lines]


def on_paper(number: str, day: dt.date = JANUARY, title: str = "О неделе чтения") -> Document:
    card = Card("order_main", title, number, day, preparation=Preparation.SIGNED)
    return create_document(card, by=CLERK, now=NOW, today=TODAY)


@pytest.mark.usefixtures("database")
def test_lines_become_documents_in_the_journal_and_nothing_is_taken_twice() -> None:
    data = workbook(order("1", JANUARY, "О чтении"), order("2", "12.01.2021 г.", "О смотре"), order("45а", 44242, "О хоре"))
    report = taken(lines_of(data))
    assert verdicts(report) == ["taken", "taken", "taken"]
    kept = {row.number: row for row in Document.select()}
    assert kept["45а"].date == dt.date(2021, 2, 15)
    assert (kept["1"].registration, kept["1"].preparation, kept["1"].force) == ("registered", "signed", "in_force")
    assert {row.brought_in for row in Entry.select()} == {True}
    assert report[0].document == kept["1"].id
    assert verdicts(taken(lines_of(data))) == ["known", "known", "known"]
    assert Document.select().count() == 3


@pytest.mark.usefixtures("database")
def test_what_the_registry_has_under_that_number_is_told_by_its_date() -> None:
    on_paper("1")
    on_paper("3")
    reserve(journal(), on=JANUARY, reserved_for="приказ", manual="2", context=Context(), by=CLERK, now=NOW, today=TODAY)
    same, other, kept = lines_of(workbook(order("1", JANUARY), order("№ 3", JANUARY, "О другом"), order("2", JANUARY)))
    assert same.verdict is Verdict.KNOWN
    assert other.verdict is Verdict.REFUSED
    assert "11.01.2021" in other.why
    assert (kept.verdict, "without a document" in kept.why) == (Verdict.REFUSED, True)


@pytest.mark.usefixtures("database")
def test_somebody_who_was_quicker_costs_one_line_and_not_the_file() -> None:
    lines = lines_of(workbook(order("1", JANUARY), order("2", JANUARY)))
    on_paper("1", title="О другом")
    report = taken(lines)
    assert verdicts(report) == ["refused", "taken"]
    assert "1" in report[0].why


@pytest.mark.parametrize("number", ["178-п", "№ 178 –П", "178 - П", "N178-п", "178–П"])
@pytest.mark.usefixtures("sqlite_database")
def test_one_number_written_in_another_way_is_the_same_number(number: str) -> None:
    journal(pattern="{n}-П")
    on_paper("178-П")
    again, _other = lines_of(workbook(order(number, JANUARY, "О другом"), order("179-П", JANUARY)))
    assert (again.verdict, "11.01.2021" in again.why) == (Verdict.REFUSED, True)
    first, second = lines_of(workbook(order("180-П", JANUARY), order(number.replace("178", "180"), JANUARY)))
    assert verdicts([first, second]) == ["ready", "refused"]


@pytest.mark.usefixtures("sqlite_database")
def test_latin_letters_that_look_russian_make_no_other_number() -> None:
    journal(pattern="{n}-Р")
    lines = lines_of(workbook(order("5-Р", JANUARY), order("5-P", JANUARY)))
    assert verdicts(lines) == ["ready", "refused"]


@pytest.mark.parametrize(
    ("number", "day", "verdict", "why"),
    [
        ("1", None, "refused", "no date"),
        ("1", "29.02.2021", "refused", "no such day"),
        ("1", "31.04.2021", "refused", "no such day"),
        ("1", "вчера", "refused", "is not a date"),
        ("1", "17.03.2026", "refused", "has not come yet"),
        ("1", dt.date(2030, 1, 1), "refused", "has not come yet"),
        (None, JANUARY, "refused", "no number"),
        ("7-П", JANUARY, "refused", "is not a number of this journal"),
        ("абв", JANUARY, "refused", "is not a number of this journal"),
        ("9" * 70, JANUARY, "refused", "64"),
        ("99999999999", JANUARY, "refused", "from 1 to"),
        ("0", JANUARY, "refused", "from 1 to"),
        ("1", "11.01", "doubt", "guessed: 2021"),
        ("1", "11 января", "doubt", "guessed: 2021"),
        ("1", "«11» января 2021 года", "ready", ""),
        ("1", 44207, "ready", ""),
        ("1 от 11.01.2021", None, "ready", ""),
        ("1 от 11.01.2021", dt.date(2021, 1, 12), "doubt", "another date"),
        ("№ 1", dt.datetime(2021, 1, 11, 10, 30), "ready", ""),
        (1, JANUARY, "ready", ""),
    ],
)
@pytest.mark.usefixtures("sqlite_database")
def test_a_line_says_what_will_become_of_it(number: object, day: object, verdict: str, why: str) -> None:
    (line,) = lines_of(workbook(order(number, day)))
    assert (str(line.verdict), why in line.why) == (verdict, True), line.why
    if verdict != "refused":
        assert (line.row.number, line.row.day) in {("1", JANUARY), ("1", dt.date(2021, 1, 12))}


@pytest.mark.parametrize(
    ("title", "why"),
    [("", "does not say"), ("я" * 2001, "2000"), ("=1+1", ""), ("<b>О</b> 😀", "")],
)
@pytest.mark.usefixtures("sqlite_database")
def test_titles_are_checked_and_kept_as_they_are(title: str, why: str) -> None:
    data = as_csv(HEAD, ["", "11.01.2021", "1", title, "Лаврова О. С."])
    (line,) = lines_of(data, "журнал.csv")
    assert why in line.why
    if not why:
        taken([line])
        assert Document.get().title == title


@pytest.mark.usefixtures("sqlite_database")
def test_a_line_without_a_date_takes_that_of_the_row_above_and_is_doubtful() -> None:
    _first, second = lines_of(workbook(order("1", JANUARY), order("2", None)))
    assert (second.verdict, second.row.day) == (Verdict.DOUBT, JANUARY)
    assert verdicts(taken([second], doubtful=False)) == ["doubt"]
    assert Document.select().count() == 0


@pytest.mark.usefixtures("sqlite_database")
def test_a_date_before_that_of_the_number_before_is_doubtful_wherever_it_stands() -> None:
    lines = lines_of(workbook(order("3", dt.date(2021, 3, 1)), order("1", JANUARY), order("2", dt.date(2021, 4, 1))))
    assert verdicts(lines) == ["doubt", "ready", "ready"]
    assert "No. 2 (01.04.2021)" in lines[0].why


@pytest.mark.usefixtures("sqlite_database")
def test_headings_blank_rows_and_the_numbering_of_columns_are_no_lines() -> None:
    data = workbook([1, 2, 3, 4, 5, 6, 7, 8], ["Январь"], order("1", "11.01"), [], ["2020 год"], order("1", "12.01"), title="")
    lines = lines_of(data)
    assert [(line.row.day, str(line.verdict)) for line in lines] == [(None, "refused"), (dt.date(2020, 1, 12), "doubt")]


@pytest.mark.usefixtures("sqlite_database")
def test_a_date_merged_over_several_rows_is_the_date_of_each() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(order("1", JANUARY), order("2", None, "О хоре"), order("3", None, "О лыжах"))))
    book.active.merge_cells("B3:B5")
    stream = io.BytesIO()
    book.save(stream)
    lines = lines_of(stream.getvalue())
    assert verdicts(lines) == ["ready", "ready", "ready"]
    assert {line.row.day for line in lines} == {JANUARY}


@pytest.mark.usefixtures("sqlite_database")
def test_what_has_no_field_of_its_own_goes_into_the_notes() -> None:
    known = Employee.create(surname="Лаврова", name="Ольга", patronymic="Сергеевна", gender="f")
    row = order("1", JANUARY, drafter="Неизвестный А. Б.", sheets="3+1", case="01-05")
    taken(lines_of(workbook(row, order("2", JANUARY, drafter="лаврова о.с.", sheets=4))))
    first, second = Document.select().order_by(Document.number)
    assert first.signer_employee_id == known.id
    assert all(part in first.fields["notes"] for part in ("Неизвестный А. Б.", "01-05", "3+1"))
    assert (second.drafter_id, second.fields) == (known.id, {"sheets": 4})


@pytest.mark.usefixtures("sqlite_database")
def test_a_protocol_brings_its_agenda_and_its_chair() -> None:
    head = ("№", "Дата заседания", "Орган", "Повестка", "Председатель", "Секретарь", "Листов")
    taken(lines_of(workbook(["1", JANUARY, "Совет музея", "О фонде", "Ильин", "Серова", 3], head=head, title=""), code="protocol"))
    made = Document.get()
    assert (made.title, made.body) == ("О фонде", "Совет музея")
    assert made.fields == {"agenda": "О фонде", "chair": "Ильин", "secretary": "Серова", "sheets": 3}


@pytest.mark.usefixtures("sqlite_database")
def test_a_number_of_another_journal_is_refused_by_its_name() -> None:
    own = Journal.create(code="council", name="Протоколы совета", series="protocol", body="Совет музея", pattern="{n}", reset="year")
    head = ("№", "Дата", "Орган", "Повестка")
    (line,) = lines_of(workbook(["1", JANUARY, "Совет музея", "О фонде"], head=head), code="protocol")
    assert (line.verdict, own.name in line.why) == (Verdict.REFUSED, True)


@pytest.mark.usefixtures("sqlite_database")
def test_only_those_who_register_bring_journals_in() -> None:
    sheet = read_sheet(workbook(order("1", JANUARY)), "Журнал.xlsx")
    staff, into = person(Role.STAFF), journal()
    with pytest.raises(Forbidden):
        preview(sheet, recognise(sheet.columns), into, kinds_of(into)[0], by=staff, today=TODAY)
    with pytest.raises(Forbidden):
        list(take(lines_of(workbook(order("1", JANUARY))), doubtful=True, by=staff, now=NOW, today=TODAY))
    assert not Event.select().where(Event.what == "document_created").exists()


@pytest.mark.usefixtures("sqlite_database")
def test_a_closed_journal_and_missing_columns_are_refused_before_any_line() -> None:
    sheet, into = read_sheet(workbook(order("1", JANUARY)), "Журнал.xlsx"), journal()
    with pytest.raises(Refusal) as refused:
        preview(sheet, {"date": 1}, into, kinds_of(into)[0], by=CLERK, today=TODAY)
    assert refused.value.code == "columns"
    Journal.update(active=False).execute()
    with pytest.raises(Refusal) as refused:
        lines_of(workbook(order("1", JANUARY)))
    assert refused.value.code == "journal_closed"


@pytest.mark.usefixtures("sqlite_database")
def test_so_many_as_are_asked_for_are_taken_and_the_next_step_goes_on() -> None:
    data = year_of(7)
    report = list(take(lines_of(data), doubtful=True, most=3, by=CLERK, now=NOW, today=TODAY))
    assert verdicts(report) == ["taken"] * 3 + ["ready"] * 4
    assert verdicts(taken(lines_of(data))) == ["known"] * 3 + ["taken"] * 4


@pytest.mark.usefixtures("sqlite_database")
def test_a_whole_journal_of_ten_thousand_rows_is_previewed() -> None:
    lines = lines_of(year_of(10_000))
    assert len(lines) == 10_000
    assert set(verdicts(lines)) == {"ready"}


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (HEAD, {"date": 1, "number": 2, "title": 3, "signer": 4, "drafter": 5, "sheets": 6, "case": 7}),
        (("№", "Номер приказа", "Дата приказа", "Краткое содержание"), {"number": 1, "date": 2, "title": 3}),
        (("№", "Дата и номер документа", "О чём"), {"number_date": 1, "title": 2}),
        (("№", "Дата", "Тема", "Отметка об исполнении", "Кому направлен"), {"number": 0, "date": 1, "title": 2, "execution": 3, "recipients": 4}),
        (("Рег. №", "ДАТА РЕГИСТРАЦИИ", "Наименование", "В дело №", "Кол-во листов"), {"number": 0, "date": 1, "title": 2, "case": 3, "sheets": 4}),
        (("Погода", "", "x" * 500), {}),
    ],
)
def test_columns_are_known_by_the_words_of_their_heads(heads: tuple[str, ...], expected: dict[str, int]) -> None:
    assert recognise(heads) == expected


def test_columns_that_nothing_is_taken_from_are_named() -> None:
    heads = ("№ п/п", "Номер", "Погода", "")
    assert unknown(heads, recognise(heads)) == ["Погода"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_is_read_whatever_its_encoding_and_delimiter(delimiter: str, encoding: str) -> None:
    title = "О проведении недели чтения и смотра школьных библиотек"
    data = as_csv(HEAD, ["1", "11.01.2021", "1", title], ["2", "12.01.2021", "2", "О хоре"], delimiter=delimiter, encoding=encoding)
    sheet = read_sheet(data, "журнал.csv")
    assert sheet.columns[:4] == HEAD[:4]
    assert [row.cells[3] for row in sheet.rows] == [title, "О хоре"]


def test_sheets_with_the_same_head_are_one_journal_and_others_are_counted() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(order("1", JANUARY))))
    for name, head in (("2022", HEAD), ("Прочее", ("Имя", "Телефон", "Адрес"))):
        sheet = book.create_sheet(name)
        sheet.append(list(head))
        sheet.append(["1", "12.01.2022", "1", "О хоре"][: len(head)])
    stream = io.BytesIO()
    book.save(stream)
    read = read_sheet(stream.getvalue(), "Журнал.xlsx")
    assert (len(read.rows), read.unread) == (2, 1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"MZ" + b"\0" * 64, "not_a_document"),
        (b"PK\x03\x04x", "not_a_document"),
        (workbook(head=(), title=""), "no_table"),
        (workbook(), "no_table"),
        ("просто текст".encode(), "no_table"),
    ],
)
def test_what_is_no_journal_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_sheet(data, "x.xlsx")
    assert refused.value.code in {code, "damaged"}


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_sheet, "MOST_ROWS", 2)
    rows = [order(str(number), JANUARY) for number in range(1, 4)]
    for data, name in ((workbook(*rows), "x.xlsx"), (as_csv(HEAD, *rows), "x.csv")):
        with pytest.raises(Refusal) as refused:
            read_sheet(data, name)
        assert refused.value.code == "too_many_rows"


@given(st.dates(dt.date(1960, 1, 1), dt.date(2090, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: dt.date) -> None:
    for text in (f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y} г.", f"от {day:%d.%m.%Y}", f"{day:%d.%m.%Y} 10:30", f"{day.isoformat()}"):
        if text.count("-") and day.year < 1990:
            continue
        assert read_day(text, None).day == day, text
    assert read_day(str((day - dt.date(1899, 12, 30)).days), None).day == day


@given(st.text(max_size=60))
def test_whatever_stands_in_a_cell_is_a_day_or_has_a_reason(text: str) -> None:
    told = read_day(text, 2021)
    assert (told.day is not None) + bool(told.problem) <= 1
    if any(letter.isalnum() for letter in text):
        assert told.day or told.problem


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
def test_no_csv_breaks_the_reader(rows: list[list[str]]) -> None:
    try:
        sheet = read_sheet(as_csv(*rows), "x.csv")
    except Refusal:
        return
    assert isinstance(sheet, Sheet)
    assert len(recognise(sheet.columns)) <= len(sheet.columns)

