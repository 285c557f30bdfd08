"""The nomenclature as Word and Excel files."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from roadmapdocs.cases.closing import close_year
from roadmapdocs.cases.nomenclature import Nomenclature, build
from roadmapdocs.cases.nomenclature_docx import write_docx
from roadmapdocs.cases.nomenclature_xlsx import write_xlsx
from roadmapdocs.i18n import use_language
from roadmapdocs.people.rules import SYSTEM
from tests.cases import made
from tests.conftest import NOW


@pytest.fixture
def printed(sqlite_database: None) -> Nomenclature:
    """A closed year of an organisation: two cases of a unit, one of the whole office that goes on."""
    office = made.organisation("Управление")
    department = made.unit(office, "Отдел чтения")
    term = made.retention(5, text="5 лет ЭПК", epk=True).id
    whole = {"organisation_id": office.id, "retention_id": term}
    first = made.case("02-1", "Приказы", unit_id=department.id, **whole)
    made.case("02-2", "Планы", unit_id=department.id, note="электронное", **whole)
    made.case("01-1", "Протоколы", transitional=True, **whole)
    close_year(2026, office.id, by=SYSTEM, now=NOW, today=made.evening_of(2026))
    with use_language("en"):
        return build(2026, office.id, {first.id: 12})


def test_rows_stand_by_unit_with_term_article_and_note(printed: Nomenclature) -> None:
    assert [unit for unit, _rows in printed.sections] == ["", "Отдел чтения"]
    (whole, department) = (rows for _unit, rows in printed.sections)
    assert [row.cells() for row in whole] == [("01-1", "Протоколы", "", "5 лет ЭПК, art. 19б", "transitional case")]
    assert department[0].amount == "1 (12)"
    assert department[1].note == "электронное"


def test_a_line_without_an_article_is_printed_without_one(sqlite_database: None) -> None:
    term = made.retention()
    type(term).update(article="").execute()
    made.case(retention_id=term.id)
    assert build(2026, None, {}).sections[0][1][0].term == "5 лет"


def test_the_closing_record_is_printed_once_the_year_is_closed(printed: Nomenclature, sqlite_database: None) -> None:
    assert [line[1:] for line in printed.closing[1:]] == [
        ("0", "0", "0"),
        ("0", "0", "0"),
        ("3", "1", "3"),
        ("3", "1", "3"),
    ]
    assert build(2027, None, {}).closing == ()


def test_the_word_file_repeats_its_head_and_leaves_room_for_binding(printed: Nomenclature) -> None:
    document = docx.Document(io.BytesIO(write_docx(printed)))
    assert document.sections[0].left_margin.mm == pytest.approx(30, abs=0.1)
    table, closing = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[1][:2] == ["01-1", "Протоколы"]
    assert texts[2][0] == "Отдел чтения"
    assert texts[3][:3] == ["02-1", "Приказы", "1 (12)"]
    assert closing.rows[-1].cells[1].text == "3"
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[:2] == ["Управление", "Nomenclature of cases for 2026"]


def test_the_excel_file_is_one_table_and_the_closing_record_another(printed: Nomenclature) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(printed)))
    sheet, closing = book.worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[:3] for row in rows] == [
        [None, "01-1", "Протоколы"],
        ["Отдел чтения", "02-1", "Приказы"],
        ["Отдел чтения", "02-2", "Планы"],
    ]
    assert sheet.auto_filter.ref == "A4:F7"
    assert [cell.value for cell in closing[6]] == ["Altogether", 3, 1, 3]


@pytest.mark.parametrize("title", ["=1+1", "+7 900", "-5", "@SUM(A1)", '=HYPERLINK("http://a.example")'])
def test_what_looks_like_a_formula_is_text_in_excel(sqlite_database: None, title: str) -> None:
    made.case(title=title, note=title)
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(build(2026, None, {})))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == title]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert all(cell.quotePrefix for cell in cells)


def test_characters_that_xml_refuses_do_not_break_the_files(sqlite_database: None) -> None:
    made.case(title="Приказы\x0b\x02 и\ufffe протоколы <b>&</b> 😀")
    built = build(2026, None, {})
    document = docx.Document(io.BytesIO(write_docx(built)))
    assert document.tables[0].rows[1].cells[1].text == "Приказы и протоколы <b>&</b> 😀"
    assert openpyxl.load_workbook(io.BytesIO(write_xlsx(built)))


def test_an_empty_year_is_still_a_file(sqlite_database: None) -> None:
    built = build(2026, 7, {})
    assert docx.Document(io.BytesIO(write_docx(built))).tables
    assert openpyxl.load_workbook(io.BytesIO(write_xlsx(built)))
