from __future__ import annotations

import pytest

from roadmapdocs.errors import Refusal
from roadmapdocs.files.rules import Kind, check_file
from roadmapdocs.texts.reading.odf import read_odf
from tests.texts.made import ODS, open_document


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:h>Приказ</text:h><text:p>О <text:span>смотре</text:span></text:p>", "Приказ\nО смотре"),
        ("<text:p>a<text:tab/>b<text:s text:c='3'/>c<text:line-break/>d</text:p>", "a\tb   c\nd"),
        ("<text:list><text:list-item><text:p>раз</text:p></text:list-item></text:list>", "раз"),
        (
            "<table:table><table:table-row><table:table-cell><text:p>Лукина</text:p></table:table-cell>"
            "<table:covered-table-cell/><table:table-cell><text:p>методист</text:p></table:table-cell></table:table-row></table:table>",
            "Лукина\tметодист",
        ),
        (
            "<text:p>Текст<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Сноска</text:p></text:note-body></text:note> дальше</text:p>",
            "Текст дальше\nСноска",
        ),
        ("<text:p>Текст<draw:frame><draw:text-box><text:p>В рамке</text:p></draw:text-box></draw:frame></text:p>", "Текст\nВ рамке"),
        ("<text:p>a<office:annotation><text:p>замечание</text:p></office:annotation>b</text:p>", "ab"),
        ("<text:tracked-changes><text:changed-region><text:deletion><text:p>старое</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>новое</text:p>", "новое"),
        ("", ""),
    ],
)
def test_what_a_reader_of_the_page_sees_is_read(body: str, text: str) -> None:
    data = open_document(f"<office:text>{body}</office:text>")
    assert check_file(data, "a.odt") is Kind.ODT
    assert read_odf(data, "odt").text == text


def test_headers_and_footers_stand_in_the_styles() -> None:
    styles = "<style:header><text:p>Шапка</text:p></style:header><style:footer-first><text:p>Исп. Лукина</text:p></style:footer-first>"
    assert read_odf(open_document("<text:p>Приказ</text:p>", styles=styles), "odt").text == "Приказ\nШапка\nИсп. Лукина"


def test_cells_of_a_spreadsheet_are_read_as_they_are_shown() -> None:
    cells = "<table:table-cell><text:p>Дата</text:p></table:table-cell><table:table-cell office:date-value='2021-11-29'><text:p>29.11.2021</text:p></table:table-cell>"
    data = open_document(f"<office:spreadsheet><table:table><table:table-row>{cells}</table:table-row></table:table></office:spreadsheet>", form=ODS)
    assert check_file(data, "a.ods") is Kind.ODS
    assert read_odf(data, "ods").text == "Дата\t29.11.2021"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (open_document("<text:p/>", manifest="<manifest><encryption-data/></manifest>"), "encrypted"),
        (open_document("<text:p>"), "damaged"),
        (open_document("<text:p/>").replace(b"content.xml", b"content.xxx"), "damaged"),
    ],
)
def test_a_file_that_does_not_open_is_told(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_odf(data, "odt")
    assert caught.value.code == code
