"""The roadmap of 21 items in 7 directions: a cell per line, three year columns of prose. Read by hand."""

from __future__ import annotations

import pytest

from tests.roadmap.reader.seeds import (
    Shape,
    item,
    months,
    numbers_by_section,
    numbers_with,
    seed,
    shapes,
    whole,
    words_around,
)

TITLES = {
    "1": ("Создание рабочей", "качества образования"),
    "2": ("Со организация", "и ШНСУ"),
    "3": ("Проведение анализа", "(1-3 года)"),
    "4": ("Проведение анализа", "системы образования"),
    "5": ("Оценка текущих", "достижений обучающихся"),
    "6": ("Корректировка дорожной", "текущий год)"),
    "7": ("Разработка, корректировка", "ШНСУ (2021-2022г.г.)"),
    "8": ("Поддержка специализированы", "реализации программ)"),
    "9": ("Обновление существующей", "и ШНСУ)"),
    "10": ("Представление эффективных", "практик (РАОП)"),
    "11": ("Организация навигации", "(сети Интернет"),
    "12": ("Участие в", "общеобразовательной школ"),
    "13": ("Организация и", "качества образования"),
    "14": ("Организациямежмуниципального сотрудничества", "и ШНСУ"),
    "15": ("Организация муниципальных", "и ШНСУ"),
    "16": ("Участие в", "качества образования"),
    "17": ("Организация повышения", "качества образования"),
    "18": ("Организация методических", "и ШНСУ"),
    "19": ("", ""),
    "20": ("Проведение анализа", "социально-демографических условиях."),
    "21": ("Участие в", "социальных условиях"),
}


def half_yearly(year: int) -> Shape:
    return year, "recurring", f"{year}-01-01", f"{year}-12-31", "half-yearly"


def every(year: int) -> Shape:
    return whole(year, column=year)


def each(first: int, last: int | None = None) -> list[Shape]:
    """The same months in each of the three years."""
    return [months(year, first, last, column=year) for year in (2020, 2021, 2022)]


ALL = [every(2020), every(2021), every(2022)]
TERMS = {
    "1": [every(2020), half_yearly(2021), half_yearly(2022)],
    "2": ALL,
    "3": each(9, 10),
    "4": each(6, 8),
    "5": each(11, 12),
    "6": each(8),
    "9": [
        months(2020, 9, 10, column=2020),
        months(2021, 10, column=2021),
        months(2022, 10, column=2022),
    ],
    "10": [every(2020), months(2021, 4, 5, column=2021), months(2022, 4, 5, column=2022)],
    "11": each(12),
    "12": [months(2021, 3, 10, column=2021), months(2022, 3, 10, column=2022)],
    "13": [
        months(2020, 9, 11, column=2020),
        months(2021, 2, 4, column=2021),
        months(2021, 9, 11, column=2021),
    ],
    "14": ALL,
    "17": ALL,
    "19": [
        months(2020, 9, column=2020),
        months(2021, 1, column=2021),
        months(2021, 6, column=2021),
        months(2021, 9, column=2021),
        months(2022, 1, column=2022),
        months(2022, 6, column=2022),
        months(2022, 9, column=2022),
    ],
    "20": [every(2020), months(2021, 8, column=2021), months(2022, 8, column=2022)],
    "21": ALL,
}

KINDS = {
    "1": ["приказ", "положение", "протокол"],
    "2": ["приказ", "положение", "отчёт"],
    "3": ["приказ"],
    "4": ["отчёт"],
    "5": ["перечень"],
    "6": ["приказ"],
    "7": ["программа"],
    "8": ["прочее"],
    "9": ["прочее"],
    "10": ["перечень"],
    "11": ["прочее"],
    "12": [],
    "13": ["программа", "договор", "отчёт"],
    "14": ["положение"],
    "15": ["программа", "аналитическая справка"],
    "16": ["приказ"],
    "17": ["приказ"],
    "18": ["прочее", "прочее"],
    "19": ["отчёт"],
    "20": ["отчёт"],
    "21": ["аналитическая справка"],
}

RESPONSIBLE = {
    "1": ("Управление образования администрации муниципального образования",),
    "2": ("УО", "МРГ"),
    "3": ("МСО",),
    "4": ("Рабочая группа",),
    "7": ("Директора ШНРО и ШНСУ",),
    "8": ("МСО", "Директора ШНРО и ШНСУ"),
    "10": ("МСО", "Директора ШНРО и ШНСУ"),
    "13": (),
    "16": ("МСО", "директора ШНРО и ШНСУ"),
    "17": ("МСО", "директора ШНРО и ШНСУ"),
    "19": ("МСО", "директора ШНРО и ШНСУ"),
    "21": ("МСО",),
}


def test_the_items_stand_in_their_seven_directions() -> None:
    assert numbers_by_section("000") == {
        "1": "1 2",
        "2": "3 4 5",
        "3": "6 7",
        "4": "8 9 10 11",
        "5": "12 13 14 15 16",
        "6": "17 18",
        "7": "19 20 21",
    }


def test_the_directions_have_their_titles_without_the_word_direction() -> None:
    sections = seed("000").sections

    assert [words_around(one.title) for one in sections] == [
        ("Создание и", "структур управления"),
        ("Реализация механизмов", "образования компетенциях"),
        ("Разработка, реализация", "школьном уровнях"),
        ("Создание информационно-коммуникационной", "и ШНСУ"),
        ("Реализация механизмов", "муниципальном уровне"),
        ("Реализация механизмов", "качества образования"),
        ("Реализация механизмов", "повышения КО"),
    ]
    assert {one.parent for one in sections} == {None}


@pytest.mark.parametrize("number", TITLES)
def test_titles_are_whole(number: str) -> None:
    assert words_around(item("000", number).title) == TITLES[number]


@pytest.mark.parametrize("number", TERMS)
def test_every_year_cell_gives_its_terms(number: str) -> None:
    assert shapes(item("000", number)) == TERMS[number]


def test_several_months_and_a_request_in_one_cell_are_several_terms() -> None:
    assert shapes(item("000", "18"))[1:4] == [
        (2021, "on_demand", None, None, None),
        months(2021, 2, 4, column=2021),
        months(2021, 10, 12, column=2021),
    ]


def test_so_many_a_school_year_recur_beside_the_months_of_the_first_year() -> None:
    found = shapes(item("000", "15"))

    assert [one for one in found if one[1] == "range"] == [months(2020, 9, 12, column=2020)]
    assert [one[4] for one in found if one[1] == "recurring"] == ["5 per school year"] * 3


@pytest.mark.parametrize("number", KINDS)
def test_expected_documents_are_split_and_have_a_kind(number: str) -> None:
    documents = item("000", number).expected_documents

    assert [one.kind for one in documents] == KINDS[number]
    assert not any(one.inferred for one in documents)


@pytest.mark.parametrize("number", RESPONSIBLE)
def test_responsible_are_split_and_torn_words_mended(number: str) -> None:
    assert item("000", number).responsible == RESPONSIBLE[number]


def test_year_cells_are_kept_in_their_own_words() -> None:
    assert set(item("000", "12").results) == {"2021", "2022"}
    assert set(item("000", "13").results) == {"2020", "2021"}
    assert item("000", "19").results["2020"].endswith("сентябрь 2020")
    assert item("000", "14").results["2020"].count("\n") == 1


def test_the_text_above_the_table_gives_title_years_and_abbreviations() -> None:
    draft = seed("000")

    assert words_around(draft.title) == ("Дорожная карта", "2020-2022 годы")
    assert "[" not in draft.title
    assert draft.period == (2020, 2022)
    assert draft.approval.kind is None
    assert list(draft.abbreviations) == ["ШНРО и ШНСУ", "МППКО для ШНРО и ШНСУ", "МСО", "УО"]
    assert draft.abbreviations["УО"] == "Управление образования администрации муниципального образования"


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("number_with_stray_dot", ["1"]),
        ("missing_title", ["19"]),
        ("missing_responsible", ["13"]),
        ("missing_expected_document", ["12"]),
        ("broken_word", ["7", "8", "10"]),
        ("year_outside_plan", ["16"]),
        ("year_outside_column", ["8", "16"]),
        ("shifted_cells", ["19"]),
        ("unknown_abbreviation", ["2"]),
        ("unplaced_text", []),
        ("numbering_gap", []),
    ],
)
def test_defects_are_told_at_their_items(code: str, numbers: list[str]) -> None:
    assert numbers_with("000", code) == numbers
