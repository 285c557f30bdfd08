from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from roadmapdocs.errors import Refusal
from roadmapdocs.files.limits import Limits
from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Table
from roadmapdocs.files.reading.pdf import read_pdf
from roadmapdocs.files.rules import Kind, check_file

platypus = pytest.importorskip("reportlab.platypus")

FONT = next(
    (
        place
        for folder in ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts")
        for place in Path(folder).glob("**/DejaVuSans.ttf")
    ),
    None,
)
pytestmark = pytest.mark.skipif(
    FONT is None, reason="no font with Cyrillic letters (DejaVu Sans) is installed"
)


def made(*parts: Any, encrypt: Any = None) -> bytes:
    stream = io.BytesIO()
    platypus.SimpleDocTemplate(stream, pagesize=(600, 400), encrypt=encrypt).build(list(parts))
    return stream.getvalue()


@pytest.fixture(scope="module")
def font() -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Cyrillic", str(FONT)))
    return "Cyrillic"


def line(text: str, font: str) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return platypus.Paragraph(text, ParagraphStyle("plain", fontName=font, fontSize=9))


def ruled(
    rows: list[list[Any]], font: str, *more: tuple[Any, ...], repeat: int = 0, widths: list[int] | None = None
) -> Any:
    made = platypus.Table(rows, repeatRows=repeat, colWidths=widths)
    made.setStyle([("FONT", (0, 0), (-1, -1), font, 9), ("GRID", (0, 0), (-1, -1), 0.5, "black"), *more])
    return made


def read(data: bytes, limits: Limits | None = None) -> list[Block]:
    return read_pdf(data, "план.pdf", limits or Limits())


def rows_of(table: Block) -> list[tuple[str, ...]]:
    assert isinstance(table, Table)
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def test_lines_and_tables_come_from_top_to_bottom(font: str) -> None:
    header, work = ["№", "Мероприятие", "Срок"], ["1", "Провести семинар", "май 2021"]
    blocks = read(made(line("Дорожная карта", font), ruled([header, work], font), line("Примечание", font)))
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "Дорожная карта",
        "Примечание",
    ]
    assert rows_of(blocks[1]) == [tuple(header), tuple(work)]


def test_merged_cells_keep_their_grid(font: str) -> None:
    rows = [
        ["№", "Срок", "", "Кто"],
        ["", "2021", "2022", ""],
        ["1", "май", "июнь", "УО"],
        ["Раздел", "", "", ""],
    ]
    spans = [
        ("SPAN", (0, 0), (0, 1)),
        ("SPAN", (1, 0), (2, 0)),
        ("SPAN", (3, 0), (3, 1)),
        ("SPAN", (0, 3), (3, 3)),
    ]
    (table,) = read(made(ruled(rows, font, *spans)))
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [
        (Cell("№"), Cell("Срок", 2), Cell("Кто")),
        (Cell("", continued=True), Cell("2021"), Cell("2022"), Cell("", continued=True)),
        (Cell("1"), Cell("май"), Cell("июнь"), Cell("УО")),
        (Cell("Раздел", 4),),
    ]


def test_a_table_over_two_pages_is_two_tables_with_running_rows(font: str) -> None:
    rows = [["№", "Мероприятие", "Срок"], *([str(at), "Семинар", "май"] for at in range(1, 21))]
    tables = [block for block in read(made(ruled(rows, font, repeat=1))) if isinstance(block, Table)]
    assert len(tables) == 2
    numbers = [text[0] for table in tables for text in rows_of(table)]
    assert [number for number in numbers if number != "№"] == [str(at) for at in range(1, 21)]
    assert numbers.count("№") == 2
    assert [row.line for table in tables for row in table.rows] == list(range(1, 23))


def test_lines_wrapped_by_the_page_are_one_paragraph_and_paragraphs_stay_apart(font: str) -> None:
    inside = [line("Создание рабочей группы и нормативно-правовой базы района", font), line("Приказ", font)]
    rows = [["№", "Мероприятие", "Срок"], ["1", inside, "май"]]
    (table,) = read(made(ruled(rows, font, widths=[30, 140, 60])))
    assert rows_of(table)[1] == (
        "1",
        "Создание рабочей группы и нормативно-правовой базы района\nПриказ",
        "май",
    )


def test_numbers_of_pages_are_no_text(font: str) -> None:
    assert read(made(line("План", font), line("– 2 –", font), line("3 школы", font))) == [
        Paragraph("План", 1),
        Paragraph("3 школы", 1),
    ]


def test_a_pdf_of_pictures_says_so() -> None:
    from reportlab.graphics.shapes import Drawing, Rect

    with pytest.raises(Refusal) as refused:
        read(made(Drawing(100, 100, Rect(0, 0, 50, 50))))
    assert refused.value.code == "scan_only"


def protected(user: str, **more: Any) -> Any:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return StandardEncryption(user, **more)


def test_a_pdf_with_a_password_says_so_and_one_that_only_forbids_printing_is_read(font: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(made(line("План", font), encrypt=protected("secret")))
    assert refused.value.code == "encrypted"
    blocks = read(made(line("План", font), encrypt=protected("", ownerPassword="owner", canPrint=0)))
    assert blocks == [Paragraph("План", 1)]


def test_a_locked_pdf_is_refused_before_it_is_stored(font: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_file(made(line("План", font), encrypt=protected("secret")), "план.pdf")
    assert refused.value.code == "encrypted"
    assert check_file(made(line("План", font), encrypt=protected("", ownerPassword="owner")), "план.pdf") is Kind.PDF


def test_more_pages_than_the_limit_are_refused(font: str) -> None:
    pages = [line("План", font), platypus.PageBreak(), line("План", font)]
    with pytest.raises(Refusal) as refused:
        read(made(*pages), Limits(max_pages=1))
    assert refused.value.code == "too_many_pages"
    assert refused.value.details["pages"] == 2


@pytest.mark.parametrize("keep", [0, 9, 60, 400])
def test_a_truncated_pdf_is_damaged(font: str, keep: int) -> None:
    with pytest.raises(Refusal) as refused:
        read(made(line("План", font))[:keep])
    assert refused.value.code == "damaged"
