"""The report as files that Word and Excel open."""

from __future__ import annotations

import datetime as dt
import io

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.report import Report, build
from roadmapdocs.coverage.report_docx import write_docx
from roadmapdocs.coverage.report_xlsx import write_xlsx
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.roadmap.draft import DraftExpected
from tests import factories as make
from tests.conftest import TODAY
from tests.web.conftest import SignIn


def report(*items: object, title: str = "Развитие чтения") -> Report:
    edition = make.roadmap(*items, title=title)  # type: ignore[arg-type]
    return build(title, coverage_of(edition, today=TODAY), reader=SYSTEM, today=TODAY)


def test_a_row_of_the_report_says_item_document_period_and_state(sqlite_database: None) -> None:
    wanted = [DraftExpected("Приказ об итогах", "приказ")]
    made = report(make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1), expected=wanted))
    (section,) = made.sections
    (row,) = section.rows
    assert section.title == "1. Раздел 1"
    assert (row.number, row.title, row.responsible, row.expected) == ("1.1", "Провести смотр", "УО", "Приказ об итогах")
    assert (row.due, row.state) == (dt.date(2026, 2, 1), "late")


def test_the_word_file_is_landscape_and_repeats_its_head(sqlite_database: None) -> None:
    made = report(
        make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1)),
        make.item("2.1", "Открыть выставку", make.deadline(2026, 5, 1), section="2"),
    )
    document = docx.Document(io.BytesIO(write_docx(made)))
    page = document.sections[0]
    assert page.orientation == WD_ORIENT.LANDSCAPE
    assert page.page_width > page.page_height
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[2][:3] == ["1.1", "Провести смотр", "УО"]
    assert texts[4][:3] == ["2.1", "Открыть выставку", "УО"]
    assert "16.03.2026" in "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("title", ["=1+1", "+7 900", "-5", "@SUM(A1)", "=HYPERLINK(\"http://a.example\")"])
def test_what_looks_like_a_formula_is_text_in_excel(sqlite_database: None, title: str) -> None:
    made = report(make.item("=2", title, make.deadline(2026, 2, 1), responsible=[title]), title=title)
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(made))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == title]
    assert len(cells) == 3
    assert {cell.data_type for cell in cells} == {"s"}


def test_dates_in_excel_are_dates(sqlite_database: None) -> None:
    made = report(make.item("1", "Смотр", make.deadline(2026, 2, 1)))
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(made))).active
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert dt.datetime(2026, 2, 1) in values


def test_characters_that_xml_refuses_do_not_break_a_report(sqlite_database: None) -> None:
    made = report(make.item("1", "Смотр\x0b\x02 и\ufffe выставка", make.deadline(2026, 2, 1)))
    document = docx.Document(io.BytesIO(write_docx(made)))
    assert document.tables[0].rows[2].cells[1].text == "Смотр и выставка"
    assert openpyxl.load_workbook(io.BytesIO(write_xlsx(made)))


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_staff_may_take_a_report_home(app: object, sign_in: SignIn, ending: str) -> None:
    edition = make.roadmap(make.item("1", "Смотр", make.deadline(2026, 2, 1)), title='Чтение: "2026/27"')
    answer = sign_in(Role.STAFF).client.get(f"/roadmaps/{edition.roadmap_id}/report?format={ending}")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"
    assert f".{ending}" in answer.headers["Content-Disposition"]
