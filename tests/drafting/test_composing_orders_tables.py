"""Blocks of regulations, plans and lists as pieces: numbered, with columns as wide as what they hold; marks and stamps."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.drafting.composing.tables import WHOLE, lies_across, pieces, shares
from roadmapdocs.drafting.profiles import PROFILES
from roadmapdocs.drafting.values import (
    Appendix,
    Block,
    BlockKind,
    Cited,
    Person,
    PlanValues,
    RegulationValues,
    Row,
)
from roadmapdocs.drafting.vocabulary import RegulationPage
from tests.drafting.printed import page_of

DAY = dt.date(2026, 3, 16)
ACT = Cited(kind="приказ", organisation="Управления образования", date=DAY, number="47-ОД")


def regulation(template: str = "regulation.docx", **values: object) -> RegulationPage:
    shape = RegulationValues if template == "regulation.docx" else PlanValues
    page = page_of(template, shape(**{"kind": "regulation", "title": "Положение о школе"} | values))
    assert isinstance(page, RegulationPage)
    return page


def table(columns: int, rows: int = 2, **more: object) -> Block:
    block = Block(
        kind=BlockKind.TABLE,
        columns=tuple(f"Столбец {number}" for number in range(columns)),
        rows=tuple(Row(cells=("слово",) * columns) for _ in range(rows)),
    )
    return dataclasses.replace(block, **more)


def test_headings_and_points_share_one_count() -> None:
    blocks = (
        Block(kind=BlockKind.HEADING, text="Общие положения"),
        Block(kind=BlockKind.POINT, level=2, text="Первый."),
        Block(kind=BlockKind.POINT, level=2, text="Второй."),
        Block(kind=BlockKind.BULLET, text="часть;"),
        Block(kind=BlockKind.POINT, level=3, text="Глубже."),
        Block(kind=BlockKind.HEADING, text="Порядок"),
        Block(kind=BlockKind.POINT, level=2, text="Снова первый."),
        Block(text="Абзац.\n\nИ ещё один."),
    )
    assert [(piece.kind, piece.number, piece.text) for piece in pieces(blocks)] == [
        ("heading", "1.", "Общие положения"),
        ("point", "1.1.", "Первый."),
        ("point", "1.2.", "Второй."),
        ("bullet", "", "часть;"),
        ("point", "1.2.1.", "Глубже."),
        ("heading", "2.", "Порядок"),
        ("point", "2.1.", "Снова первый."),
        ("paragraph", "", "Абзац."),
        ("paragraph", "", "И ещё один."),
    ]


def test_a_row_has_as_many_cells_as_the_table_and_loses_none() -> None:
    rows = (Row(cells=("1",)), Row(cells=("1", "2", "3")), Row(cells=("Раздел", "первый"), heading=True))
    (piece,) = pieces((Block(kind=BlockKind.TABLE, columns=("№", "Что"), rows=rows),))
    assert [[cell.text for cell in row.cells] for row in piece.rows] == [["1", "", ""], ["1", "2", "3"], []]
    assert [cell.text for cell in piece.columns] == ["№", "Что", ""]
    assert (piece.rows[2].heading, piece.rows[2].title) == (True, "Раздел первый")


def test_more_columns_than_word_knows_go_into_the_last() -> None:
    (piece,) = pieces((table(70, 1),))
    assert len(piece.columns) == len(piece.rows[0].cells) == WHOLE
    assert piece.columns[-1].text.splitlines()[-1] == "Столбец 69"


def test_a_number_column_is_narrow_and_a_text_column_wide() -> None:
    text = "Провести обследование фондов и составить перечень недостающих изданий"
    rows = tuple(Row(cells=(f"1.{number}", text, "до 01.06.2026")) for number in range(5))
    (piece,) = pieces((Block(kind=BlockKind.TABLE, columns=("№", "Мероприятие", "Срок"), rows=rows),))
    number, what, when = piece.widths
    assert number < when < what
    assert all(tuple(cell.width for cell in row.cells) == piece.widths for row in piece.rows)


def test_widths_that_are_given_are_kept() -> None:
    (piece,) = pieces((table(4, widths=(5, 45, 25, 25)),))
    assert piece.widths == (3, 23, 12, 12)


@given(st.lists(st.integers(min_value=0, max_value=1000), min_size=1, max_size=WHOLE))
def test_shares_fill_the_row_and_none_is_nothing(weights: list[int]) -> None:
    made = shares(weights)
    assert len(made) == len(weights)
    assert sum(made) == WHOLE
    assert min(made) >= 1


@pytest.mark.parametrize(("columns", "across"), [(6, False), (7, True)])
def test_a_table_of_many_columns_lies_across(columns: int, across: bool) -> None:
    assert lies_across((table(columns),)) is across
    assert regulation(blocks=(table(columns),)).landscape is across
    assert regulation("list.docx", blocks=(table(columns),)).landscape is across


def test_a_plan_lies_as_it_says() -> None:
    assert regulation("plan.docx").landscape
    page = regulation("plan.docx", landscape=False, appendices=(Appendix(title="Форма", blocks=(table(9),)),))
    assert (page.landscape, page.ends_landscape, page.appendices[0].follows_landscape) == (False, True, False)


def test_mark_and_stamp_come_from_the_act_that_approves() -> None:
    page = regulation(approved_by=ACT, appendix=2)
    assert page.appendix_mark == ("Приложение №\u00a02", "к приказу Управления образования", "от 16.03.2026 №\u00a047-ОД")
    assert page.stamp == ("УТВЕРЖДЕНО", "приказом Управления образования", "от 16.03.2026 №\u00a047-ОД")
    assert regulation(approved_by=ACT).appendix_mark[0] == "Приложение"
    assert regulation().stamp == regulation().appendix_mark == ()


def test_a_stamp_by_a_person_has_the_post_the_name_and_the_day() -> None:
    person = Person(name="Вересова Ирина Аркадьевна", post="Начальник Управления образования")
    page = regulation(approved_by_person=person, date=DAY)
    assert [line.replace("\u00a0", " ") for line in page.stamp] == [
        "УТВЕРЖДАЮ",
        *page.stamp[1:-2],
        "____________ И.А. Вересова",
        "16 марта 2026 г.",
    ]
    assert " ".join(page.stamp[1:-2]) == "Начальник Управления образования"
    assert page.appendix_mark == ()


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Положение о мониторинге.", ("о мониторинге",)),
        ("О мониторинге", ("о мониторинге",)),
        ("ПОЛОЖЕНИЕ\nоб оценке\nкачества", ("об оценке", "качества")),
        ("Положением дел никто не доволен", ("Положением дел никто не доволен",)),
        ("Мониторинг", ("Мониторинг",)),
    ],
)
def test_the_kind_stands_above_its_name_once(title: str, lines: tuple[str, ...]) -> None:
    page = regulation(title=title)
    assert (page.kind, page.titles) == ("ПОЛОЖЕНИЕ", lines)


def test_appendices_of_a_regulation_belong_to_it_and_bear_no_stamp() -> None:
    given_ones = (Appendix(kind="list", title="Перечень форм"), Appendix(title="Схема", separate=True), Appendix(title="Форма"))
    page = regulation(appendices=given_ones)
    assert [appendix.mark for appendix in page.appendices] == [
        ("Приложение №\u00a01", "к Положению"),
        ("Приложение №\u00a03", "к Положению"),
    ]
    assert all(not appendix.stamp for appendix in page.appendices)
    assert PROFILES["2025"].mark_with_stamp
