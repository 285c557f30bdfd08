"""The files of the made-up office open in the libraries of their formats and hold what was meant."""

import datetime as dt
from pathlib import Path

import docx
import openpyxl
import pytest

from roadmapdocs.demo.content import Office, load_office
from roadmapdocs.demo.files import build_document_file, build_roadmap_files

TODAY = dt.date(2027, 3, 10)


@pytest.fixture(scope="module")
def office() -> Office:
    return load_office(TODAY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "roadmaps"
    build_roadmap_files(TODAY, folder)
    return folder


def rows(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def repeats(row) -> bool:
    return bool(row._tr.xpath("./w:trPr/w:tblHeader"))


def test_three_word_files_one_book_and_one_text_are_written(folder):
    assert sorted(file.suffix for file in folder.iterdir()) == [".docx", ".docx", ".docx", ".txt", ".xlsx"]


def test_year_columns_stand_under_one_merged_header(folder):
    sheet = openpyxl.load_workbook(folder / "Читательская грамотность.xlsx").active
    values = list(sheet.iter_rows(values_only=True))
    header = next(position for position, row in enumerate(values) if row[0] == "№ п/п")
    assert values[header + 1][2:5] == (2026, 2027, 2028)
    assert f"C{header + 1}:E{header + 1}" in {str(area) for area in sheet.merged_cells.ranges}
    body = values[header + 2 :]
    assert sum(row[0].startswith("Направление") for row in body) == 5
    assert len(body) == 5 + 18
    assert body[1][2] == "Создана рабочая группа, утверждён её состав. Март 2026"
    assert body[1][6] == "Приказ УО\nПоложение о рабочей группе"


def test_planned_values_have_a_repeated_header_three_rows_high(folder):
    word = docx.Document(folder / "Поддержка сельских школ.docx")
    (table,) = word.tables
    assert [repeats(row) for row in table.rows[:4]] == [True, True, True, False]
    header = rows(table)[:3]
    assert header[0][2:4] == ["Результат", "Результат"]
    assert header[0][4:7] == ["Значение по годам"] * 3
    assert header[0][0] == header[1][0] == "№ п/п"
    assert header[1][4:7] == ["2026 г.", "2027 г.", "2028 г."]
    assert header[2] == list("12345678")
    assert len(table.rows) == 3 + 5 + 22
    section = rows(table)[3]
    assert set(section) == {"1. Условия обучения в малокомплектной школе"}
    assert rows(table)[4][3:7] == ["3", "1", "1", "1"]


def test_the_bus_plan_is_torn_over_two_tables_with_the_header_again(folder):
    word = docx.Document(folder / "Безопасный школьный автобус.docx")
    first, second = word.tables
    assert rows(first)[0] == rows(second)[0]
    assert len(first.rows) + len(second.rows) == 2 + 5 + 24 + 1
    torn, rest = rows(first)[-1], rows(second)[1]
    assert (torn[0], rest[0], rest[2:]) == ("1.7", "", ["", "", ""])
    assert torn[1].endswith("содержание подъездов к")
    assert rest[1].startswith("школам, очистку остановок")


def test_a_roadmap_approved_by_an_order_cites_its_date_and_number(folder, office):
    orders = {one.key: one for one in office.documents}
    for key, name, mark in (
        ("order-buses", "Безопасный школьный автобус.docx", "Приложение"),
        ("order-growth", "Профессиональный рост учителя.docx", "УТВЕРЖДЕНА"),
    ):
        lines = [paragraph.text for paragraph in docx.Document(folder / name).paragraphs]
        cited = f"{orders[key].date:%d.%m.%Y} № {orders[key].number}"
        assert mark in lines
        assert sum(cited in line for line in lines) == 2


def test_three_levels_of_numbers_and_the_abbreviations_are_there(folder):
    word = docx.Document(folder / "Профессиональный рост учителя.docx")
    (table,) = word.tables
    assert len(table.rows) == 1 + 10 + 28
    assert ["2.1. Самооценка и диагностика"] * 4 in rows(table)
    assert "ИПР – индивидуальный план роста педагога" in [line.text for line in word.paragraphs]


def test_the_text_file_separates_its_cells_by_tabs(folder):
    lines = (folder / "Цифровая образовательная среда.txt").read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if "\t" in line]
    assert table[0] == ["", "Мероприятия (содержание работы)", "Сроки", "Ответственные"]
    assert {len(row) for row in table} == {4}
    assert len(table) == 1 + 4 + 20


def test_every_document_with_a_text_becomes_a_word_file_of_its_own(tmp_path, office):
    written = [(one, build_document_file(one, tmp_path)) for one in office.documents if one.body]
    assert len({path for _, path in written}) == len(written)
    for one, path in written:
        text = "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)
        assert all(line in text for line in one.body)
        assert one.number in text


def test_a_protocol_is_signed_by_its_chair_and_its_secretary(tmp_path, office):
    protocol = next(one for one in office.documents if one.key == "protocol-reading-1")
    lines = [line.text for line in docx.Document(build_document_file(protocol, tmp_path)).paragraphs]
    assert lines[-2:] == ["Председатель\tВ.И. Масленко", "Секретарь\tС.Н. Юрасова"]


def test_a_regulation_carries_the_stamp_of_its_order_and_a_programme_that_of_its_head(tmp_path, office):
    documents = {one.key: one for one in office.documents}
    order = documents["order-journal"]
    regulation = docx.Document(build_document_file(documents["reg-journal"], tmp_path)).paragraphs
    assert regulation[0].text == "УТВЕРЖДЕНО"
    assert regulation[2].text == f"от {order.date:%d.%m.%Y} № {order.number}"
    programme = docx.Document(build_document_file(documents["program-practicum"], tmp_path)).paragraphs
    assert [line.text for line in programme[:4]] == [
        "УТВЕРЖДАЮ",
        "Директор Информационно-методического центра",
        "Н.З. Цветова",
        "«26» января 2026 г.",
    ]


def test_a_document_without_a_written_text_gets_a_short_one_of_its_summary(tmp_path, office):
    for kind in ("приказ", "распоряжение", "протокол", "договор", "план"):
        silent = next(one for one in office.documents if not one.body and one.kind == kind)
        text = "\n".join(line.text for line in docx.Document(build_document_file(silent, tmp_path)).paragraphs)
        assert silent.summary in text


def test_an_unregistered_document_leaves_room_for_date_and_number(tmp_path, office):
    draft = next(one for one in office.documents if one.key == "order-tachograph")
    lines = [line.text for line in docx.Document(build_document_file(draft, tmp_path)).paragraphs]
    assert "____________ № ______" in lines
    assert not any(f"{draft.date:%d.%m.%Y}" in line for line in lines)
