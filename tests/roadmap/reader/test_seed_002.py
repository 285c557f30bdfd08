"""The plan of 27 items in 2 sections under an order, rows cut by pages. Read by hand."""

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
    whole,
    words_around,
)

PLAN = whole(2019, 2021)
# number: (first two words, last two words, terms, kinds of expected documents)
ITEMS: dict[str, tuple[str, str, list[Shape], list[str]]] = {
    "1.1": ("Организация деятельности", "образовательного центра", [PLAN], ["протокол"]),
    "1.2": ("Анализ результатов", "качества образования", [PLAN], ["аналитическая справка"]),
    "1.3": ("Определение перечня", "(ВПР, ГИА)", [months(2019, 8)], ["протокол"]),
    "1.4": ("Разработка и", "2019-2021 годы", [months(2019, 9)], ["приказ"]),
    "1.5": ("Разработка новых", "2019-2021 годы", [months(2019, 9, 10)], ["программа"]),
    "1.6": (
        "Проведение мониторинговых",
        "социальных условиях",
        [(None, "range", "2019-09-01", "2020-08-31", None)],
        ["протокол"],
    ),
    "1.7": ("Организация участия", "мониторинговых мероприятиях", [(None, "external_plan", None, None, None)], ["отчёт"]),
    "1.8": ("Заключение договоров", "о сотрудничестве", [PLAN], ["договор"]),
    "1.9": ("Организация сетевого", "образовательные результаты", [PLAN], ["план"]),
    "1.10": ("Привлечение родительской", "муниципальном уровне", [PLAN], ["протокол"]),
    "1.11": ("Организация наблюдения", "оценочных процедур", [PLAN], ["приказ"]),
    "1.12": ("Проведение анкетирования", "предоставляемых услуг", [PLAN], ["прочее"]),
    "1.13": ("Информационное сопровождение", "и ШФНСУ", [PLAN], ["прочее"]),
    "2.1": (
        "Внесение корректив",
        "оценочных процедур",
        [(None, "range", "2020-08-01", None, None)],
        ["приказ"],
    ),
    "2.2": ("Формирование кадрового", "кадровым резервом", [PLAN], ["план"]),
    "2.3": ("Мониторинг соответствия", "уровня педагогов)", [PLAN], ["прочее"]),
    "2.4": ("Повышение квалификации", "низкими результатами", [(None, "external_plan", None, None, None)], ["прочее"]),
    "2.5": (
        "Отчеты директоров",
        "отдела образования",
        [(None, "recurring", "2019-01-01", "2021-12-31", "yearly")],
        ["протокол"],
    ),
    "2.6": ("Организация системы", "низкими результатами", [(None, "range", "2020-01-01", None, None)], ["приказ"]),
    "2.7": ("Выявление, обобщение", "результатов обучающихся.", [PLAN], ["план"]),
    "2.8": ("Оказание консультационных", "специалистов-экспертов СОИРО", [PLAN], ["договор", "рекомендации"]),
    "2.9": ("Использование разработанных", "в СОИРО)", [PLAN], ["рекомендации"]),
    "2.10": ("Организация работы", "и проблемам", [PLAN], ["протокол"]),
    "2.11": ("Методическая поддержка", "регионального уровня", [PLAN], ["план"]),
    "2.12": ("Проведение конкурсов", "муниципальном уровне", [PLAN], ["приказ"]),
    "2.13": ("Оказание консультативной", "привлечение педагогов-психологов", [PLAN], ["прочее"]),
    "2.14": (
        "Участие в",
        "педагогов школ",
        [(None, "external_plan", "2019-01-01", "2021-12-31", None)],
        ["план"],
    ),
}
ALONE = "1.1 1.2 2.1 2.2 2.3 2.4 2.10 2.11 2.12 2.13 2.14"
WITH_CENTRE = "1.3 1.4 1.6 1.7 1.10 1.11 1.12 1.13 2.6 2.8 2.9"
SCHOOLS = "1.5 1.8 1.9"


def test_the_items_stand_in_their_two_sections() -> None:
    assert numbers_by_section("002") == {
        "1": " ".join(f"1.{number}" for number in range(1, 14)),
        "2": " ".join(f"2.{number}" for number in range(1, 15)),
    }
    assert [words_around(one.title) for one in seed("002").sections] == [
        ("Организационно-управленческие мероприятия", "Организационно-управленческие мероприятия"),
        ("Повышение уровня", "методической помощи"),
    ]


@pytest.mark.parametrize("number", ITEMS)
def test_every_item_is_read_as_printed(number: str) -> None:
    first, last, terms, kinds = ITEMS[number]
    found = item("002", number)

    if number != "1.9":  # the end of 1.9 stands on the next page and is tested below
        assert words_around(found.title) == (first, last)
    assert shapes(found) == terms
    assert [one.kind for one in found.expected_documents] == kinds


@pytest.mark.parametrize(
    ("number", "joint"),
    [
        ("1.2", "на муниципальном уровне. Создание"),
        ("1.5", "условиях, на 2019-2021 годы"),
        ("1.9", "низкие образовательные результаты, функционирующие"),
        ("2.4", "Повышение квалификации руководителей школ"),
        ("2.8", "в сложных социальных контекстах, по"),
        ("2.14", "Участие в вебинарах, методических мероприятиях"),
    ],
)
def test_rows_cut_by_a_page_are_joined(number: str, joint: str) -> None:
    assert joint in item("002", number).title


def test_exactly_the_cut_rows_are_told() -> None:
    assert numbers_with("002", "page_break") == ["1.2", "1.5", "1.9", "2.4", "2.8", "2.14"]


@pytest.mark.parametrize(
    ("numbers", "responsible"),
    [
        (ALONE, ("Отдел образования",)),
        (WITH_CENTRE, ("Отдел образования", "МОЦ")),
        (SCHOOLS, ("Школы",)),
        ("2.5", ("Отдел образования", "МОЦ", "директора школ")),
        ("2.7", ("Отдел образования", "МОЦ", "руководители школ")),
    ],
)
def test_responsible_are_split(numbers: str, responsible: tuple[str, ...]) -> None:
    assert {item("002", number).responsible for number in numbers.split()} == {responsible}


@pytest.mark.parametrize("number", ["2.4", "2.14"])
def test_all_cells_of_a_cut_row_are_joined(number: str) -> None:
    found = item("002", number)

    assert found.responsible_text == "Отдел образования"
    assert found.expected_documents[0].title in ("Курсовая подготовка", "График вебинаров, мероприятий")
    assert found.terms[0].text.endswith("рафику СОИРО")


def test_the_order_above_the_plan_approved_it() -> None:
    approval = seed("002").approval

    assert approval.kind == "приказ"
    assert approval.number == "241"
    assert approval.date == dt.date(2019, 9, 26)
    assert approval.person == "Е.П. Демидова"
    assert approval.position == "И.о. начальника отдела образования"
    assert approval.organisation is not None
    assert approval.organisation.lower().startswith("отдел образования администрации")


def test_the_title_is_the_plans_not_the_orders() -> None:
    draft = seed("002")

    assert words_around(draft.title, 3) == ("Муниципальный план мероприятий", "2019-2021 годы")
    assert "*" not in draft.title
    assert draft.period == (2019, 2021)


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("broken_word", ["1.7", "2.7"]),
        ("markup", ["2.1", "2.2", "2.3"]),
        ("unknown_abbreviation", ["1.3"]),
        ("unplaced_text", []),
        ("unreadable_period", []),
        ("numbering_gap", []),
    ],
)
def test_defects_are_told_at_their_items(code: str, numbers: list[str]) -> None:
    assert numbers_with("002", code) == numbers
