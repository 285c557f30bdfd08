"""The roadmap of 97 items in 8 sections and 9 subsections under an order. Read by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.roadmap.reader.seeds import (
    Shape,
    item,
    months,
    numbers_by_section,
    numbers_with,
    seed,
    shapes,
    until,
    whole,
    words_around,
)

YEARLY: Shape = (None, "recurring", None, None, "yearly")
EXTERNAL: Shape = (None, "external_plan", None, None, None)
CONTINUOUS: Shape = (None, "continuous", None, None, None)
SCHOOL_YEAR: Shape = (None, "range", "2021-09-01", "2022-08-31", None)
# Items that are not simply «ежегодно», as printed in the column of periods.
TERMS: dict[str, list[Shape]] = {
    "1.1": [until("2021-12-01")],
    "1.2": [until("2021-12-01")],
    "1.3": [until("2021-12-15")],
    "2.1.1": [SCHOOL_YEAR],
    "2.2.2": [(None, "on_demand", None, None, None)],
    "2.2.3": [EXTERNAL],
    "2.2.4": [EXTERNAL],
    "2.2.5": [EXTERNAL],
    "2.2.6": [EXTERNAL],
    "2.2.7": [(None, "recurring", None, None, "every 3 years")],
    "2.3.3": [CONTINUOUS],
    "2.5.4": [SCHOOL_YEAR],
    "2.5.6": [EXTERNAL],
    "3.1.1": [months(2022, 1, 3)],
    "3.1.2": [months(2022, 1, 3)],
    "3.1.3": [whole(2023)],
    "3.1.5": [months(2022, 2)],
    "3.1.7": [whole(2022), whole(2023)],
    "3.1.8": [whole(2022)],
    "3.2.2": [months(2022, 3, 4), months(2023, 3, 4)],
    "3.2.4": [EXTERNAL],
    "3.3.2": [(None, "continuous", "2022-01-01", "2023-12-31", None)],
    "3.3.3": [CONTINUOUS],
    "4.1": [until("2021-12-31")],
    "4.2": [EXTERNAL],
    "4.3": [until("2021-12-15")],
    "4.7": [EXTERNAL],
    "4.8": [(None, "recurring", None, None, "every 2 years")],
    "4.10": [months(2022, 2)],
    "4.11": [months(2022, 2)],
    "4.12": [months(2022, 1)],
    "5.1": [until("2021-12-31")],
    "5.2": [until("2021-12-31")],
    "5.6": [months(2021, 12)],
    "6.1": [until("2022-01-01")],
    "6.2": [until("2022-02-01")],
    "6.3": [until("2021-12-15")],
    "6.4": [until("2022-07-01")],
    "6.5": [until("2022-07-01")],
    "6.6": [until("2022-08-01")],
    "6.7": [until("2022-08-01")],
    "6.8": [until("2022-08-01")],
    "6.9": [CONTINUOUS],
    "6.10": [CONTINUOUS],
    "7.1": [until("2022-02-01")],
    "7.3": [(None, "recurring", None, None, "quarterly")],
    "7.5": [(None, "recurring", None, None, "every 2 years")],
    "8.1": [until("2021-12-31")],
    "8.3": [whole(2022)],
}
# Their reading has more than one honest form; the grammar's own tests say which.
OTHER_TERMS = {"3.1.4", "3.1.6", "3.2.1"}
INFERRED = {
    "1.1": "положение",
    "1.2": "план",
    "2.1.1": "положение",
    "2.1.3": "приказ",
    "2.2.1": "перечень",
    "2.4.5": "рекомендации",
    "3.1.3": "программа",
    "3.1.6": "перечень",
    "4.1": "положение",
    "4.3": "план",
    "5.1": "положение",
    "6.1": "приказ",
    "6.2": "положение",
    "6.6": "рекомендации",
    "6.10": "рекомендации",
    "7.1": "положение",
    "7.8": "рекомендации",
    "8.1": "положение",
}
CENTRE = "МБОУ ДО «МЦДОД»"
RESPONSIBLE = {
    "1.1": ("Начальник УО",),
    "2.2.3": ("ОО",),
    "2.6.1": ("Специалисты УО",),
    "3.2.2": ("Муниципальный координатор", "кураторы ШНРО и ШНСУ и руководители ОО"),
    "3.2.4": ("Специалисты УО", "руководители ОО Мотыгинского района"),
    "3.3.2": ("Специалисты УО", "руководители ОО", "Методический Совет"),
    "4.2": (CENTRE,),
    "4.9": ("Специалисты УО", CENTRE),
    "4.10": ("Специалисты УО", CENTRE),
    "4.11": ("Специалисты УО", CENTRE, "Руководители ОО"),
    "5.8": ("Специалисты УО", CENTRE),
    "5.10": (CENTRE, "СЗН «Мотыгинский центр занятости»"),
    "6.2": ("Начальник УО", "начальник общего отдела"),
    "6.6": ("Начальник УО", "специалист ОК"),
    "7.1": ("Заместитель начальника УО по образовательной политике",),
    "8.5": ("Специалисты УО", CENTRE),
}


def test_the_items_stand_in_their_sections() -> None:
    def run(section: str, last: int, without: int = 0) -> str:
        return " ".join(f"{section}.{number}" for number in range(1, last + 1) if number != without)

    sizes = {"1": 3, "2.1": 3, "2.2": 8, "2.3": 3, "2.4": 7, "2.5": 6, "2.6": 2, "3.1": 8, "3.2": 5, "3.3": 3, "4": 14}
    sizes |= {"6": 10, "7": 10, "8": 5}
    expected = {section: run(section, last) for section, last in sizes.items()} | {"5": run("5", 11, without=5)}

    assert numbers_by_section("004") == expected
    assert len(seed("004").items) == 97


def test_eight_sections_hold_nine_subsections() -> None:
    sections = seed("004").sections

    assert [one.number for one in sections if one.parent is None] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert {one.number: one.parent for one in sections if one.parent} == {
        "2.1": "2",
        "2.2": "2",
        "2.3": "2",
        "2.4": "2",
        "2.5": "2",
        "2.6": "2",
        "3.1": "3",
        "3.2": "3",
        "3.3": "3",
    }
    assert words_around(sections[-1].title) == ("Система организации", "воспитания обучающихся")


def test_every_period_is_read() -> None:
    found = {one.number: shapes(one) for one in seed("004").items if one.number not in OTHER_TERMS}

    assert found == {number: TERMS.get(number, [YEARLY]) for number in found}


@pytest.mark.parametrize("number", sorted(OTHER_TERMS))
def test_unusual_periods_are_read_too(number: str) -> None:
    assert {term.kind for term in item("004", number).terms} <= {"recurring", "range"}
    assert item("004", number).terms


@pytest.mark.parametrize(
    ("number", "joint"),
    [
        ("2.2.8", "освоения основной образовательной программы"),
        ("3.2.2", "образовательных организаций, участниц"),
        ("3.3.2", "качества образования и поддержки"),
        ("4.2", "космос» Районная акция"),
        ("6.6", "результатов мониторинга показателей"),
        ("7.6", "педагогических работников: по поддержке"),
        ("8.5", "реализации Комплекса мер, анализа"),
    ],
)
def test_rows_cut_by_a_page_are_joined_and_torn_words_mended(number: str, joint: str) -> None:
    assert joint in item("004", number).title
    assert number in numbers_with("004", "page_break")


def test_only_the_cut_rows_are_joined() -> None:
    assert numbers_with("004", "page_break") == "2.2.8 3.2.2 3.3.2 4.2 4.11 5.8 6.6 7.6 8.5".split()


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        ("2.2.7", "Проведение процедур", "государственно-общественного управления."),
        ("2.3.3", "Обеспечение объективности", "к оцениванию."),
        ("4.2", "Реализация проектов,", "«Салют Победы»"),
        ("5.10", "Информационно-проф", "на портале)"),
        ("6.1", "Внесение изменений", "Мотыгинского района»"),
        ("7.6", "Проведение мониторинга", "организациях муниципалитета."),
        ("8.5", "Проведение мониторинга", "адресные рекомендации"),
    ],
)
def test_titles_are_whole(number: str, first: str, last: str) -> None:
    title = item("004", number).title

    assert title.startswith(first)
    assert title.endswith(last)
    assert "<" not in title


@pytest.mark.parametrize("number", RESPONSIBLE)
def test_responsible_are_split(number: str) -> None:
    assert item("004", number).responsible == RESPONSIBLE[number]


def test_documents_are_inferred_only_from_titles_that_promise_one() -> None:
    found = {one.number: one.expected_documents for one in seed("004").items if one.expected_documents}

    assert {number: docs[0].kind for number, docs in found.items()} == INFERRED
    assert all(one.inferred and len(docs) == 1 for docs in found.values() for one in docs)
    assert words_around(item("004", "6.6").expected_documents[0].title)[0] == "Адресные рекомендации"
    assert words_around(item("004", "3.1.3").expected_documents[0].title)[0] == "Муниципальная программа"


def test_the_order_and_its_stamp_approved_the_roadmap() -> None:
    approval = seed("004").approval

    assert (approval.kind, approval.number) == ("приказ", "178-П")
    assert approval.date == dt.date(2021, 11, 29)
    assert approval.person == "С.С. Лысенко"
    assert approval.organisation == "МКУ «Управление образования Мотыгинского района»"
    assert approval.position == f"Начальник {approval.organisation}"
    assert numbers_with("004", "approval_mismatch") == [None]


def test_title_and_abbreviations() -> None:
    draft = seed("004")

    assert words_around(draft.title) == ("Дорожная карта", "Мотыгинского района")
    assert draft.period is None
    assert set(draft.abbreviations) == {"УО", "ОО", CENTRE, "ОК"}
    assert draft.abbreviations["ОК"] == "отдел кадров"
    assert words_around(draft.abbreviations["УО"]) == ("Муниципальное бюджетное", "Мотыгинского района»")


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("numbering_gap", ["5.6"]),
        ("missing_separator", ["4.9"]),
        ("surplus_separator", ["2.6.1", "3.2.1", "3.2.4", "3.2.5", "3.3.1", "3.3.2"]),
        ("unknown_abbreviation", ["3.2.2", "5.10"]),
        ("markup", ["2.2.8", "2.3.3", "4.2", "5.10", "7.6"]),
        ("unplaced_text", []),
        ("unreadable_period", []),
        ("missing_number", []),
    ],
)
def test_defects_are_told_at_their_items(code: str, numbers: list[str]) -> None:
    assert numbers_with("004", code) == numbers
