from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence

import openpyxl
import pytest

from roadmapdocs.documents.export import Cell, Heading, write_csv, write_xlsx

HEADINGS = [Heading("№", 8), Heading("Заголовок", 60), Heading("Дата", 12)]
DAY = dt.date(2025, 11, 10)


def as_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    stream = io.BytesIO()
    write_csv(stream, HEADINGS, rows, "Документы")
    return stream.getvalue()


def as_sheet(rows: Sequence[Sequence[Cell]]) -> openpyxl.worksheet.worksheet.Worksheet:
    stream = io.BytesIO()
    write_xlsx(stream, HEADINGS, rows, "Документы")
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue())).active


def test_csv_is_what_russian_spreadsheets_open_at_once() -> None:
    data = as_csv([["45а-О", 'О «чтении»; и "прочем"', DAY], ["", None, None]])
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.splitlines()[0] == "№;Заголовок;Дата"
    read = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert read[1:] == [["45а-О", 'О «чтении»; и "прочем"', "10.11.2025"], ["", "", ""]]


def test_xlsx_has_days_as_days_and_numbers_as_numbers() -> None:
    sheet = as_sheet([["45а-О", "О чтении", DAY], [7, None, None]])
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["№", "Заголовок", "Дата"]
    assert rows[1] == ["45а-О", "О чтении", dt.datetime(2025, 11, 10)]
    assert rows[2] == [7, None, None]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.title == "Документы"


HOSTILE = ["=1+1", "+7 (900)", "-1", "@SUM(A1)", "\t=1+1", "\r=1", " =1+1", '=HYPERLINK("http://x";"y")', "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    data = as_csv([["1", text, None]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))[1][1] == f"'{text}"
    cell = as_sheet([["1", text, None]])["B2"]
    assert cell.data_type == "s"


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "TRUE", "1e5", "00123"])
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    cell = as_sheet([["1", text, None]])["B2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    assert as_sheet([["1", "a\x00b\x0bc🎄", None]])["B2"].value == "abc🎄"
    assert "abc🎄" in as_csv([["1", "a\x00b\x0bc🎄", None]]).decode()


def test_a_title_longer_than_a_cell_is_cut_rather_than_refused() -> None:
    assert len(as_sheet([["1", "о" * 40_000, None]])["B2"].value) == 32_767


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_rows_are_taken_one_by_one(write: object) -> None:
    taken: list[int] = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(1000):
            taken.append(number)
            yield [number, "о чтении", None]

    write(io.BytesIO(), HEADINGS, rows(), "Документы")  # type: ignore[operator]  # one of the two above
    assert len(taken) == 1000
