from __future__ import annotations

import pytest

from roadmapdocs.errors import Refusal
from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Table
from roadmapdocs.files.reading.docx import read_docx
from tests.roadmap.reader.packages import NAMESPACES, archive, cell, docx, paragraph, plain_table, row, table

ONE = "<w:r><w:t>{}</w:t></w:r>"


def read(body: str, **parts: str) -> list[Block]:
    return read_docx(docx(body, **parts), "план.docx")


def cells(body: str, **parts: str) -> list[tuple[Cell, ...]]:
    """Rows of the only block, a table."""
    (block,) = read(body, **parts)
    assert isinstance(block, Table)
    return [found.cells for found in block.rows]


def texts(body: str, **parts: str) -> list[str]:
    """Texts of the blocks, all of them paragraphs."""
    blocks = read(body, **parts)
    assert all(isinstance(block, Paragraph) for block in blocks)
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def test_prose_and_tables_come_in_reading_order_with_running_row_numbers() -> None:
    three = ("1", "Провести семинар", "май")
    blocks = read(paragraph("До") + plain_table(three, three) + paragraph("Между") + plain_table(three))
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Table", "Paragraph", "Table"]
    assert [[found.line for found in block.rows] for block in blocks if isinstance(block, Table)] == [
        [1, 2],
        [3],
    ]
    assert isinstance(blocks[2], Paragraph)
    assert (blocks[2].text, blocks[2].line) == ("Между", 2)


def test_cells_merged_across_and_down_keep_their_grid() -> None:
    span, start, on = '<w:gridSpan w:val="3"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell("№", start), cell("Срок", span), cell("Ответственный", start)),
        row(cell("", on), cell("2021"), cell("2022"), cell("2023"), cell("", on + '<w:gridSpan w:val="1"/>')),
    )
    assert cells(body) == [
        (Cell("№"), Cell("Срок", 3), Cell("Ответственный")),
        (Cell("", continued=True), Cell("2021"), Cell("2022"), Cell("2023"), Cell("", continued=True)),
    ]


def test_the_older_way_of_merging_across_is_read_too() -> None:
    body = table(
        row(cell("Раздел", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("", "<w:hMerge/>")),
        row(cell("1"), cell("Семинар"), cell("май")),
    )
    assert cells(body)[0] == (Cell("Раздел", 3),)


def test_columns_left_out_before_and_after_a_row_are_filled() -> None:
    skipped = '<w:gridBefore w:val="1"/><w:gridAfter w:val="2"/>'
    body = table(row(*(cell(text) for text in "абвг")), row(cell("д"), properties=skipped))
    assert cells(body)[1] == (Cell("", 1), Cell("д"), Cell("", 2))


def test_rows_and_cells_inside_content_controls_are_found() -> None:
    wrapped = f"<w:sdt><w:sdtPr/><w:sdtContent>{cell('Семинар')}</w:sdtContent></w:sdt>"
    inner = row(cell("1"), wrapped, cell("май"))
    body = f"<w:sdt><w:sdtContent>{table(f'<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>"
    assert cells(body) == [(Cell("1"), Cell("Семинар"), Cell("май"))]


def test_a_control_nobody_filled_in_says_nothing() -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Место для ввода</w:t></w:r></w:sdtContent></w:sdt>"
    assert texts(f"<w:p>{ONE.format('Срок: ')}{control}</w:p>") == ["Срок:"]


def test_paragraphs_breaks_and_tabs_of_a_cell() -> None:
    inside = (
        "<w:p><w:r><w:t>План-</w:t><w:tab/><w:t>график</w:t><w:br/><w:t>на год</w:t></w:r></w:p>"
        "<w:p/><w:p><w:r><w:t>сроч</w:t><w:softHyphen/><w:t>но, экс\u00adперт</w:t><w:noBreakHyphen/><w:t>но</w:t>"
        '<w:br w:type="page"/></w:r></w:p>'
    )
    body = table(row(f"<w:tc>{inside}</w:tc>", cell("май"), cell("УО")))
    assert cells(body)[0][0].text == "План-\tграфик\nна год\nсрочно, эксперт-но"


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:ins><w:r><w:t>новое</w:t></w:r></w:ins>", "а новое б"),
        ("<w:moveTo><w:r><w:t>новое</w:t></w:r></w:moveTo>", "а новое б"),
        ("<w:del><w:r><w:delText>старое</w:delText></w:r></w:del>", "а  б"),
        ("<w:moveFrom><w:r><w:t>старое</w:t></w:r></w:moveFrom>", "а  б"),
        ('<w:hyperlink r:id="rId9"><w:r><w:t>ссылка</w:t></w:r></w:hyperlink>', "а ссылка б"),
        ("<w:smartTag><w:r><w:t>метка</w:t></w:r></w:smartTag>", "а метка б"),
        ("<w:fldSimple><w:r><w:t>5</w:t></w:r></w:fldSimple>", "а 5 б"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "а  б"),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "а  б"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайное</w:t></w:r>", "а  б"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>явное</w:t></w:r>', "а явное б"),
        ('<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>тайное</w:t></w:r>', "а  б"),
        ('<w:r><w:sym w:font="Symbol" w:char="F02B"/></w:r>', "а + б"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "а  б"),
    ],
)
def test_what_is_seen_on_the_page_is_read_and_nothing_else(run: str, text: str) -> None:
    hidden = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = f"<w:p>{ONE.format('а ')}{run}{ONE.format(' б')}</w:p>"
    assert texts(body, styles=hidden) == [text]


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    assert texts(paragraph("Создать рабочую ", gone) + paragraph("группу")) == ["Создать рабочую группу"]
    assert texts(paragraph("Создать", gone)) == ["Создать"]
    rows = cells(table(row(cell("1"), f"<w:tc>{paragraph('Семинар', gone)}</w:tc>", cell("май"))))
    assert [found.text for found in rows[0]] == ["1", "Семинар", "май"]


def test_deleted_hidden_and_empty_rows_are_left_out() -> None:
    three = tuple(cell(text) for text in ("1", "Семинар", "май"))
    body = table(
        row(*three),
        row(*three, properties="<w:del/>"),
        row(*three, properties="<w:hidden/>"),
        row(cell(""), cell(""), cell("")),
        row(*three, properties="<w:ins/>"),
    )
    (block,) = read(body)
    assert isinstance(block, Table)
    assert [found.line for found in block.rows] == [1, 3]


BOX = "<w:txbxContent>{}</w:txbxContent>"


def test_a_text_box_is_read_once_and_in_its_place() -> None:
    stamp = paragraph("УТВЕРЖДАЮ") + paragraph("Директор")
    drawing = (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX.format(stamp)}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{BOX.format(stamp)}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(paragraph("Начало") + f"<w:p>{drawing}{ONE.format('Название')}</w:p>") == [
        "Начало", "УТВЕРЖДАЮ", "Директор", "Название",
    ]  # fmt: skip
    only_fallback = drawing.replace(f"<wps:txbx>{BOX.format(stamp)}</wps:txbx>", "")
    assert texts(f"<w:p>{only_fallback}</w:p>") == ["УТВЕРЖДАЮ", "Директор"]


def test_a_text_box_in_a_cell_belongs_to_the_cell() -> None:
    box = f"<w:p><w:r><w:pict><v:textbox>{BOX.format(paragraph('в рамке'))}</v:textbox></w:pict></w:r>{ONE.format('май')}</w:p>"
    assert cells(table(row(cell("1"), f"<w:tc>{box}</w:tc>", cell("УО"))))[0][1].text == "в рамке\nмай"


def test_a_table_that_only_places_a_stamp_is_prose() -> None:
    right = f"<w:tc>{paragraph('УТВЕРЖДАЮ')}{paragraph('Директор')}</w:tc>"
    assert texts(table(row(cell("СОГЛАСОВАНО"), right))) == ["СОГЛАСОВАНО", "УТВЕРЖДАЮ\nДиректор"]
    assert texts(plain_table(("", "УТВЕРЖДАЮ"), ("", "Директор"))) == ["УТВЕРЖДАЮ", "Директор"]


def test_a_table_of_one_row_of_work_stays_a_table() -> None:
    assert cells(plain_table(("1", "Семинар", "май"))) == [(Cell("1"), Cell("Семинар"), Cell("май"))]


def test_a_table_placed_by_another_table_is_read_as_itself() -> None:
    inner = plain_table(("1", "Семинар", "май"), ("2", "Совещание", "июнь"))
    blocks = read(table(row(f"<w:tc>{paragraph('План')}{inner}<w:p/></w:tc>")))
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Table"]


def test_a_table_inside_a_cell_of_work_is_text_of_that_cell() -> None:
    inner = plain_table(("школа 1", "май"), ("школа 2", "июнь"))
    body = table(row(cell("1"), f"<w:tc>{paragraph('Семинары')}{inner}</w:tc>", cell("УО")))
    assert cells(body)[0][1].text == "Семинары\nшкола 1 май\nшкола 2 июнь"


def test_a_document_with_two_thousand_rows_is_read_whole() -> None:
    text = "Провести семинар для руководителей школ района по вопросам качества образования"
    body = plain_table(
        *((str(at), text, "сентябрь 2021", "УО", "приказ", text, "1", "0") for at in range(2_000))
    )
    data = docx(body)
    (block,) = read_docx(data, "план.docx")
    assert isinstance(block, Table)
    assert len(block.rows) == 2_000


def test_the_strict_variant_of_the_format_is_the_same_document() -> None:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f"<w:document {NAMESPACES}><w:body>{paragraph('План')}</w:body></w:document>".encode()
    strict = body.replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert strict != body
    assert read_docx(archive({"word/document.xml": strict}), "а") == [Paragraph("План", 1)]


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"<w:document",
        b"<other/>",
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b"<a>" * 100_000,
    ],
)
def test_a_package_without_a_readable_document_is_damaged(content: bytes | None) -> None:
    parts: dict[str, bytes | str] = {"word/styles.xml": "<a/>"}
    if content is not None:
        parts["word/document.xml"] = content
    with pytest.raises(Refusal) as refused:
        read_docx(archive(parts), "план.docx")
    assert refused.value.code == "damaged"
