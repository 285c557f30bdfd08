"""The last touches to a printed body: the end of the last section, and the columns of tables."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from roadmapdocs.drafting.page_layout import settle_layout

UPRIGHT = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1701" w:right="567"/></w:sectPr>'
ACROSS = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:left="1701" w:right="567"/></w:sectPr>'
TEXT = "<w:p><w:r><w:t>Текст</w:t></w:r></w:p>"


def ending(section: str, text: str = "") -> str:
    return f"<w:p><w:pPr>{section}</w:pPr>{text}</w:p>"


def settled(inner: str) -> Any:
    body = parse_xml(f"<w:body {nsdecls('w')}>{inner}</w:body>")
    settle_layout(body)
    return body


def table(*rows: tuple[int, ...], columns: int = 50, layout: str = "fixed") -> str:
    made = "".join(
        "<w:tr>"
        + "".join(f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/><w:vAlign w:val="top"/></w:tcPr><w:p/></w:tc>' for span in row)
        + "</w:tr>"
        for row in rows
    )
    grid = '<w:gridCol w:w="100"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="{layout}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"
    )


def widths(body: Any) -> list[int]:
    return [int(one.get(qn("w:w"))) for one in body.iter(qn("w:gridCol"))]


def test_a_section_with_nothing_in_it_goes_and_the_one_before_ends_the_document() -> None:
    body = settled(TEXT + ending(ACROSS) + UPRIGHT)
    assert [etree.QName(one).localname for one in body] == ["p", "sectPr"]
    assert body[-1].find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"


def test_the_end_of_a_section_with_words_or_behind_a_table_stays_a_paragraph() -> None:
    assert len(settled(ending(ACROSS, "<w:r><w:t>Конец</w:t></w:r>") + UPRIGHT)) == 2
    body = settled(table((25, 25)) + ending(ACROSS) + UPRIGHT)
    assert [etree.QName(one).localname for one in body] == ["tbl", "p", "sectPr"]
    assert body.find(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:sectPr')}") is None


def test_a_section_with_text_behind_it_is_left_alone() -> None:
    body = settled(ending(ACROSS) + TEXT + UPRIGHT)
    assert len(body) == 3
    assert body[-1].find(qn("w:pgSz")).get(qn("w:orient")) is None


@pytest.mark.parametrize(("section", "width"), [(UPRIGHT, 9638), (ACROSS, 14570)])
def test_a_table_keeps_the_columns_that_its_cells_have_over_the_whole_page(section: str, width: int) -> None:
    body = settled(table((5, 45), (5, 20, 25), (50,)) + TEXT + section)
    assert widths(body) == [round(width / 10), round(width / 2) - round(width / 10), width - round(width / 2)]
    spans = [[span.get(qn("w:val")) for span in row.iter(qn("w:gridSpan"))] for row in body.iter(qn("w:tr"))]
    assert spans == [["2"], [], ["3"]]
    first = body.find(f".//{qn('w:tcPr')}")
    assert [etree.QName(one).localname for one in first] == ["tcW", "vAlign"]


def test_each_table_has_the_width_of_its_own_section() -> None:
    body = settled(table((25, 25)) + ending(UPRIGHT) + table((25, 25)) + TEXT + ACROSS)
    assert widths(body) == [4819, 4819, 7285, 7285]


@pytest.mark.parametrize("other", [table((25, 25), layout="autofit"), table((40, 40))])
def test_a_table_that_somebody_else_has_drawn_is_left_alone(other: str) -> None:
    assert widths(settled(other + TEXT + UPRIGHT)) == [100] * 50


def test_a_body_without_sections_is_left_alone() -> None:
    assert len(settled(TEXT)) == 1
