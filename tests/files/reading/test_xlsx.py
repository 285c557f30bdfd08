from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from roadmapdocs.errors import Refusal
from roadmapdocs.files.limits import Limits
from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Table
from roadmapdocs.files.reading.xlsx import read_xlsx
from tests.roadmap.reader.packages import archive, xlsx


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes, limits: Limits | None = None) -> list[Block]:
    return read_xlsx(data, "план.xlsx", limits or Limits())


def sheet_of(*rows: tuple[object, ...]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for texts in rows:
        book.active.append(texts)
    return book


def table_rows(data: bytes) -> list[tuple[str, ...]]:
    (table,) = (block for block in read(data) if isinstance(block, Table))
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


HEADER = ("№", "Мероприятие", "Срок")


def test_prose_around_the_table_is_paragraphs_and_empty_rows_are_skipped() -> None:
    book = sheet_of(
        ("УТВЕРЖДАЮ", None, None), (None, None, None), ("План", None, None), HEADER, ("1. Раздел", None, None),
        (None, None, None), (1, "Семинар", "май"), ("2. Раздел", None, None), (None, None, None), ("Примечание", None, None),
    )  # fmt: skip
    blocks = read(saved(book))
    assert [(block.text, block.line) for block in blocks if isinstance(block, Paragraph)] == [
        ("УТВЕРЖДАЮ", 1), ("План", 3), ("Примечание", 10),
    ]  # fmt: skip
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [row.line for row in table.rows] == [4, 5, 7, 8]
    assert isinstance(blocks[2], Table)


def test_merged_cells_keep_their_grid() -> None:
    book = sheet_of(
        ("№", "Срок", None, "Кто"), (None, "2021", "2022", None), ("1", "май", "июнь", "УО"), ("Раздел",)
    )
    for reference in ("A1:A2", "B1:C1", "D1:D2", "A4:D4"):
        book.active.merge_cells(reference)
    (table,) = read(saved(book))
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [
        (Cell("№"), Cell("Срок", 2), Cell("Кто")),
        (Cell("", continued=True), Cell("2021"), Cell("2022"), Cell("", continued=True)),
        (Cell("1"), Cell("май"), Cell("июнь"), Cell("УО")),
        (Cell("Раздел", 4),),
    ]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (5, None, "5"),
        (5.0, None, "5"),
        (0.5, None, "0,5"),
        (1 / 3, "0.00", "0,333333333333333"),
        (0.75, "0%", "75%"),
        (0.125, "0.0%", "12,5%"),
        (dt.date(2021, 12, 1), None, "01.12.2021"),
        (dt.datetime(2021, 12, 1, 9, 30), None, "01.12.2021 09:30"),
        (dt.datetime(2021, 12, 1), "mmmm yyyy", "01.12.2021"),
        (True, None, "да"),
        ("  до 1 мая \n 2021 ", None, "до 1 мая\n2021"),
        ("экс\u00adперт", None, "эксперт"),
        ("5.10", None, "5.10"),
    ],
)
def test_a_cell_is_read_as_a_person_reads_it(value: object, form: str | None, text: str) -> None:
    book = sheet_of(HEADER, ("1", "Семинар", value))
    if form:
        book.active["C2"].number_format = form
    assert table_rows(saved(book))[1] == ("1", "Семинар", text)


def test_a_workbook_counting_days_from_1904_gives_the_same_dates() -> None:
    book = sheet_of(HEADER, ("1", "Семинар", dt.date(2021, 12, 1)))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert table_rows(saved(book))[1][2] == "01.12.2021"


def test_a_formula_gives_the_value_stored_with_it() -> None:
    data = xlsx(
        {
            "План": "<sheetData><row r='1'><c r='A1' t='str'><f>\"№\"</f><v>№</v></c>"
            "<c r='B1' t='inlineStr'><is><r><t>Меро</t></r><r><t>приятие</t></r><rPh><t>х</t></rPh></is></c>"
            "<c r='C1'><f>2+3</f><v>5</v></c><c r='D1' t='e'><v>#REF!</v></c></row></sheetData>"
        }
    )
    assert table_rows(data) == [("№", "Мероприятие", "5")]


def test_visible_sheets_are_read_in_order_and_hidden_ones_are_not() -> None:
    row = "<sheetData><row><c t='inlineStr'><is><t>{}</t></is></c></row></sheetData>"
    sheets = {
        "А": row.format("первый"),
        "Б": row.format("тайный"),
        "В": "<sheetData/>",
        "Г": row.format("второй"),
    }
    blocks = read(xlsx(sheets, state={"Б": "hidden"}))
    assert [row.cells[0].text for block in blocks if isinstance(block, Table) for row in block.rows] == [
        "первый",
        "второй",
    ]


def test_hidden_rows_and_columns_are_left_out() -> None:
    book = sheet_of(
        (*HEADER, "служебное"),
        ("1", "Семинар", "май", "х"),
        ("2", "Тайное", "май", "х"),
        ("3", "Слёт", "май", "х"),
    )
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["D"].hidden = True
    assert table_rows(saved(book)) == [HEADER, ("1", "Семинар", "май"), ("3", "Слёт", "май")]


def test_rows_put_away_by_a_filter_are_still_rows_of_the_plan() -> None:
    book = sheet_of(HEADER, ("1", "Семинар", "май"), ("2", "Слёт", "июнь"))
    book.active.auto_filter.ref = "A1:C3"
    book.active.auto_filter.add_filter_column(2, ["май"])
    book.active.row_dimensions[3].hidden = True
    assert table_rows(saved(book))[2] == ("2", "Слёт", "июнь")


@pytest.mark.parametrize(
    "extra",
    [
        "<row r='1048576'><c r='XFD1048576' t='str'><v> </v></c></row></sheetData>",
        "</sheetData><mergeCells><mergeCell ref='A2:XFD1048576'/></mergeCells>",
        "</sheetData><mergeCells><mergeCell ref='нет'/><mergeCell/><mergeCell ref='A:C'/></mergeCells>",
        "</sheetData><cols><col min='5' max='16384' hidden='1'/><col min='x' max='' hidden='1'/></cols>",
    ],
)
def test_huge_ranges_and_stray_marks_cost_nothing(extra: str) -> None:
    cells = "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in HEADER)
    data = xlsx(
        {
            "План": f"<sheetData><row r='1'>{cells}</row>{extra}"
            + ("" if "</sheetData>" in extra else "</sheetData>")
        }
    )
    assert table_rows(data) == [HEADER]


def test_more_cells_than_a_roadmap_has_are_refused() -> None:
    data = saved(sheet_of(HEADER, *(("1", "Семинар", "май"),) * 10))
    assert len(read(data, Limits(max_cells=33))) == 1
    with pytest.raises(Refusal) as refused:
        read(data, Limits(max_cells=32))
    assert refused.value.code == "too_many_cells"


def test_overlapping_merged_ranges_cannot_make_endless_work() -> None:
    cells = "".join(
        f"<row r='{at}'><c r='A{at}'><v>1</v></c><c r='Z{at}'><v>1</v></c></row>" for at in range(1, 1001)
    )
    merges = "<mergeCell ref='A1:Z1000'/>" * 1_000
    with pytest.raises(Refusal) as refused:
        read(xlsx({"План": f"<sheetData>{cells}</sheetData><mergeCells>{merges}</mergeCells>"}))
    assert refused.value.code == "too_many_cells"


@pytest.mark.parametrize(
    "path", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize("content", [b"", b"<a", b"\xff\xfe<"])
def test_a_workbook_with_a_broken_part_is_damaged(path: str, content: bytes) -> None:
    import zipfile

    good = xlsx({"План": "<sheetData/>"})
    with zipfile.ZipFile(io.BytesIO(good)) as opened:
        parts: dict[str, bytes | str] = {name: opened.read(name) for name in opened.namelist()}
    with pytest.raises(Refusal) as refused:
        read(archive({**parts, path: content}))
    assert refused.value.code == "damaged"
