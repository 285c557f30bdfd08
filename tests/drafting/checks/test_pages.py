"""Measures of Word files made for the test."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from roadmapdocs.drafting.checks.gathering import read_file
from roadmapdocs.drafting.checks.pages import read_pages
from roadmapdocs.files.kinds import Kind
from roadmapdocs.i18n import use_language


def made(*, numbered: bool = True) -> bytes:
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.gutter = Mm(25), Mm(10), Mm(5)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    word.styles["Normal"].font.name = "PT Astra Serif"
    word.styles["Normal"].font.size = Pt(14)
    small = word.styles.add_style("Мелкий", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = word.styles["Normal"]
    small.font.size = Pt(11)
    word.add_paragraph("Десять букв")
    word.add_paragraph("мелко", style=small)
    run = word.add_paragraph().add_run("крупно")
    run.font.size, run.font.name = Pt(16), "Arial"
    word.add_table(1, 1).cell(0, 0).text = "в таблице"
    if numbered:
        field = OxmlElement("w:fldSimple")
        field.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instr", " PAGE \\* MERGEFORMAT ")
        section.header.paragraphs[0]._p.append(field)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def test_margins_count_with_the_gutter_and_letters_go_by_their_styles() -> None:
    pages = read_pages(made(), "a.docx")
    (section,) = pages.sections
    assert (section.width, section.height, section.left, section.right) == pytest.approx((210, 297, 30, 10), abs=0.1)
    assert pages.sizes == {14.0: 10, 11.0: 5, 16.0: 6}
    assert pages.fonts == {"PT Astra Serif": 15, "Arial": 6}
    assert pages.letters == 29
    assert pages.numbered


def test_a_file_without_a_field_has_no_page_numbers() -> None:
    assert not read_pages(made(numbered=False), "a.docx").numbered


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [(b"PK\x03\x04 broken", Kind.DOCX, "unreadable"), (b"%PDF-1.4 broken", Kind.PDF, "unreadable")],
)
def test_what_cannot_be_read_says_so(data: bytes, kind: Kind, why: str) -> None:
    with use_language("en"):
        read = read_file(data, kind)
    assert (read.text, read.pages, read.why) == (None, None, why)


def test_a_file_that_swells_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from roadmapdocs.drafting.checks import gathering

    monkeypatch.setattr(gathering, "CHECK_LIMITS", replace(gathering.CHECK_LIMITS, max_entry_bytes=1_000))
    assert read_file(made(), Kind.DOCX).why == "too_large"


def test_plain_text_has_a_text_and_no_pages() -> None:
    read = read_file("ПРИКАЗ\n1. Утвердить.".encode(), Kind.TXT)
    assert read.text is not None
    assert (read.pages, read.why_no_pages) == (None, "not_word")
