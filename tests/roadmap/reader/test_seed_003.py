"""The institute's plan of 50 items in 5 sections, without a column of documents. Read by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.roadmap.reader.seeds import (
    Shape,
    item,
    numbers_by_section,
    numbers_with,
    seed,
    shapes,
    whole,
    words_around,
)

YEARLY: Shape = (None, "recurring", "2020-01-01", "2023-12-31", "yearly")
# Items whose period differs from the plan's own 2020-2023.
TERMS = {
    "1.1": whole(2021),
    "1.2": whole(2021, 2023),
    "1.4": YEARLY,
    "1.5": whole(2023),
    "1.6": whole(2023),
    "1.12": whole(2020, 2021),
    "2.1": YEARLY,
    "2.2": YEARLY,
    "3.1": YEARLY,
    "3.2": whole(2021),
    "3.3": YEARLY,
    "3.8": YEARLY,
    "3.9": YEARLY,
    "3.10": YEARLY,
    "3.11": YEARLY,
    "4.2": whole(2021, 2023),
    "4.4": whole(2020),
    "4.6": whole(2021, 2023),
    "4.7": whole(2021, 2022),
    "5.3": whole(2021),
}
INFERRED = {
    "1.11": ("Перечень целевых групп,", "перечень"),
    "2.3": ("Программа повышения квалификации", "программа"),
    "2.5": ("Программы непрерывного повышения", "программа"),
    "2.6": ("Программа адресного повышения", "программа"),
    "3.12": ("Адресные методические рекомендации", "рекомендации"),
}
CHAIRS = ("кафедры", "центры", "отделы РИПК и ППРО")
RESPONSIBLE = {
    "1.1": ("кафедры", "центры", "отделы ГБУ ДПО РО РИПК и ППРО"),
    "1.2": CHAIRS,
    "1.3": ("ЦНППМПР",),
    "2.4": ("кафедра педагогики",),
    "3.5": ("РИПК и ППРО",),
    "3.8": ("ЦНППМПР", "ЦМОО"),
    "4.1": ("ЦНППМГР",),
    "4.3": ("отделы", "ЦНППМПР", "ЦМОО"),
    "5.3": ("зав.библиотекой",),
    "5.4": ("кафедры", "центры", "отделы", "РИЦ РИПК и ППРО"),
}
TITLES = {
    "1.1": ("Разработка и", "ОГЭ, ВПР)"),
    "1.12": ("Создание профессиональных", "образовательными результатами."),
    "2.2": ("Разработка и", "и др."),
    "2.3": ("Разработка и", "и ШССУ"),
    "2.8": ("Тренинги развития", "части онлайн-платформы»."),
    "3.1": ("Реализация плана", "и др."),
    "3.13": ("Размещение методических,", "школа управления»"),
    "3.15": ("Трансляция передовых", "и др.)"),
    "4.2": ("Диагностика профессиональных", "руководящих кадров"),
    "4.6": ("Инициация проведения", "развития школы"),
    "5.4": ("Публикации в", "и ШССУ"),
}


def test_the_items_stand_in_their_five_sections() -> None:
    counts = {"1": 12, "2": 8, "3": 19, "4": 7, "5": 4}

    assert numbers_by_section("003") == {
        section: " ".join(f"{section}.{number}" for number in range(1, count + 1)) for section, count in counts.items()
    }


def test_the_word_section_is_no_part_of_a_sections_title() -> None:
    assert [one.title.split()[0] for one in seed("003").sections] == [
        "Организационно-управленческая",
        "Повышение",
        "Методическая",
        "Мониторинг",
        "Информационное",
    ]


def test_every_period_is_read() -> None:
    expected = {one.number: [TERMS.get(one.number, whole(2020, 2023))] for one in seed("003").items}

    assert {one.number: shapes(one) for one in seed("003").items} == expected


@pytest.mark.parametrize("number", TITLES)
def test_titles_are_whole(number: str) -> None:
    assert words_around(item("003", number).title) == TITLES[number]


@pytest.mark.parametrize(
    ("number", "joint"),
    [
        ("2.3", "проектных команд, включающих специалистов"),
        ("2.8", "обучения» - модуль «Координатор"),
        ("3.15", "оценки качества образования, моделей"),
        ("4.2", "образовательных маршрутов педагогических"),
        ("4.6", "режим работ, программы развития"),
    ],
)
def test_rows_cut_by_a_page_are_joined(number: str, joint: str) -> None:
    assert joint in item("003", number).title
    assert number in numbers_with("003", "page_break")


def test_markup_is_removed_from_titles() -> None:
    assert not [one.number for one in seed("003").items if "<" in one.title or "style" in one.title]
    assert numbers_with("003", "markup") == ["3.1"]


@pytest.mark.parametrize("number", RESPONSIBLE)
def test_responsible_are_split(number: str) -> None:
    assert item("003", number).responsible == RESPONSIBLE[number]


def test_documents_are_inferred_only_from_titles_that_promise_one() -> None:
    found = {one.number: one.expected_documents for one in seed("003").items if one.expected_documents}

    assert {number: (words_around(docs[0].title, 3)[0], docs[0].kind) for number, docs in found.items()} == INFERRED
    assert all(one.inferred for docs in found.values() for one in docs)


def test_the_stamp_of_the_acting_rector_approved_the_plan() -> None:
    approval = seed("003").approval

    assert (approval.kind, approval.person) == ("утверждаю", "Е.Е. Алимова")
    assert approval.position == "И.о. ректора ГБУ ДПО РО РИПК и ППРО"
    assert approval.organisation == "ГБУ ДПО РО РИПК и ППРО"
    assert (approval.date, approval.number) == (dt.date(2020, 9, 28), None)


def test_title_years_and_abbreviations() -> None:
    draft = seed("003")

    assert words_around(draft.title) == ("План мероприятий", "2020-2023 годы")
    assert draft.period == (2020, 2023)
    assert set(draft.abbreviations) == {"ШНОР", "ШССУ", "РИПК и ППРО"}
    assert words_around(draft.abbreviations["ШНОР"]) == ("школ, демонстрирующих", "образовательный результат")
    assert draft.abbreviations["РИПК и ППРО"] == "ГБУ ДПО РО РИПК и ППРО"


def test_nothing_is_left_without_a_place() -> None:
    assert {"unplaced_text", "unreadable_period", "numbering_gap", "shifted_cells"}.isdisjoint(
        one.code for one in seed("003").defects
    )
