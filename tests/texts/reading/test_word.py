from __future__ import annotations

import pytest

from roadmapdocs.errors import Refusal
from roadmapdocs.texts.reading.word import read_word
from tests.texts.made import paragraph, wordml

TABLE = f"<w:tbl><w:tr><w:tc>{paragraph('Лукина')}</w:tc><w:tc>{paragraph('методист')}</w:tc><w:tc>{paragraph('УО')}</w:tc></w:tr></w:tbl>"


def box(text: str) -> str:
    return f"<w:p><w:r><w:pict><w:txbxContent>{paragraph(text)}</w:txbxContent></w:pict></w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph("Приказ ", "о смотре"), "Приказ о смотре"),
        (TABLE, "Лукина\tметодист\tУО"),
        (box("Утверждено"), "Утверждено"),
        (f"<w:sdt><w:sdtContent>{paragraph('Об итогах')}</w:sdtContent></w:sdt>", "Об итогах"),
        ('<w:p><w:ins><w:r><w:t>новое</w:t></w:r></w:ins><w:del><w:r><w:delText>старое</w:delText></w:r></w:del></w:p>', "новое"),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>29.11.2021</w:t></w:r></w:p>",
            "29.11.2021",
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>скрытое</w:t></w:r><w:r><w:t>видимое</w:t></w:r></w:p>", "видимое"),
        ("<w:p/>", ""),
    ],
)
def test_what_a_reader_of_the_page_sees_is_read(body: str, text: str) -> None:
    found = read_word(wordml(body))
    assert (found.text, found.way, found.problem) == (text, "docx", None)


def test_headers_footers_and_notes_come_after_the_body_and_comments_do_not() -> None:
    data = wordml(
        paragraph("Приказ"),
        header1=paragraph("Управление образования"),
        header2=paragraph("Управление образования"),
        footer1=paragraph("Исп. Лукина"),
        footnotes=f"<w:footnote>{paragraph('Сноска о смете')}</w:footnote>",
        endnotes=f"<w:endnote>{paragraph('Концевая сноска')}</w:endnote>",
        comments=f"<w:comment>{paragraph('Примечание рецензента')}</w:comment>",
    )
    assert read_word(data).text.split("\n") == ["Приказ", "Управление образования", "Исп. Лукина", "Сноска о смете", "Концевая сноска"]


def test_a_file_without_a_body_is_damaged() -> None:
    with pytest.raises(Refusal) as caught:
        read_word(wordml("").replace(b"PK\x01\x02", b"PK\x01\x03"))
    assert caught.value.code == "damaged"
