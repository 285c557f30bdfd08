from __future__ import annotations

import pytest

from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Row, Table
from roadmapdocs.files.reading.pdf_pages import join_pages

HEADER = ("№", "Мероприятие", "Срок")


def table(*rows: tuple[str, ...], spans: tuple[int, ...] = (1, 1, 1)) -> Table:
    return Table(
        tuple(
            Row(tuple(Cell(text, span) for text, span in zip(texts, spans, strict=True)), at)
            for at, texts in enumerate(rows, 1)
        )
    )


def texts(blocks: list[Block]) -> list[list[tuple[str, ...]]]:
    return [
        [tuple(cell.text for cell in row.cells) for row in block.rows]
        for block in blocks
        if isinstance(block, Table)
    ]


def test_a_row_cut_by_the_page_end_is_one_row_again() -> None:
    upper, lower = table(HEADER, ("1", "Провести", "май")), table(("", "семинар", ""), ("2", "Слёт", "июнь"))
    assert texts(join_pages([[upper], [lower]])) == [
        [HEADER, ("1", "Провести семинар", "май")],
        [("2", "Слёт", "июнь")],
    ]


def test_a_header_repeated_on_the_page_does_not_hinder() -> None:
    upper, lower = table(HEADER, ("1", "Приказ.", "май")), table(HEADER, ("", "Протокол", ""))
    assert texts(join_pages([[upper], [lower]])) == [[HEADER, ("1", "Приказ.\nПротокол", "май")], [HEADER]]


@pytest.mark.parametrize(
    "lower",
    [
        table(("2", "Слёт", "")),
        table(("", "Слёт", "июнь")),
        table(("", "Раздел"), spans=(1, 2)),
    ],
)
def test_a_row_of_its_own_is_left_alone(lower: Table) -> None:
    upper = table(HEADER, ("1", "Семинар", "май"))
    assert join_pages([[upper], [lower]]) == [upper, lower]


def test_rows_without_numbers_and_tables_parted_by_prose_are_left_alone() -> None:
    bare, lower = table(("", "Семинар", "май"), ("", "Слёт", "")), table(("", "конкурс", ""))
    assert join_pages([[bare], [lower]]) == [bare, lower]
    upper = table(HEADER, ("1", "Провести", "май"))
    assert len(join_pages([[upper, Paragraph("Примечание", 1)], [lower]])) == 3
