"""Periods inside the prose of year cells, and what only looks like one."""

from __future__ import annotations

import pytest

from roadmapdocs.russian.terms import find_terms

Found = tuple[str, str | None, str | None, str]


def found(text: str, column_year: int | None = None) -> list[Found]:
    return [
        (
            term.kind,
            term.start.isoformat() if term.start else None,
            term.recurrence or (term.end.isoformat() if term.end else None),
            term.text,
        )
        for term in find_terms(text, column_year=column_year)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Проведен мониторинг . Входной мониторинг – сентябрь 2020",
            [("range", "2020-09-01", "2020-09-30", "сентябрь 2020")],
        ),
        (
            "Промежуточный мониторинг – январь 2021 Итоговый мониторинг – июнь 2021",
            [
                ("range", "2021-01-01", "2021-01-31", "январь 2021"),
                ("range", "2021-06-01", "2021-06-30", "июнь 2021"),
            ],
        ),
        (
            "работы школ края Июнь 2020 Декабрь 2020",
            [
                ("range", "2020-06-01", "2020-06-30", "Июнь 2020"),
                ("range", "2020-12-01", "2020-12-31", "Декабрь 2020"),
            ],
        ),
        (
            "качества Февраль-апрель 2021 \nСентябрь-ноябрь 2021",
            [
                ("range", "2021-02-01", "2021-04-30", "Февраль-апрель 2021"),
                ("range", "2021-09-01", "2021-11-30", "Сентябрь-ноябрь 2021"),
            ],
        ),
        (
            "Проведены десанты (по запросу) Февраль-апрель 2021",
            [
                ("on_demand", None, None, "по запросу"),
                ("range", "2021-02-01", "2021-04-30", "Февраль-апрель 2021"),
            ],
        ),
        (
            "Проведено не менее пяти   событий в течение одного учебного года для школ.",
            [
                (
                    "recurring",
                    None,
                    "5 per school year",
                    "не менее пяти   событий в течение одного учебного года",
                )
            ],
        ),
        (
            "заседания группы не реже 1 раза в полугодие",
            [("recurring", None, "half-yearly", "не реже 1 раза в полугодие")],
        ),
        (
            "рекомендаций (август-сентябрь 2020 год) В программе учтены",
            [("range", "2020-08-01", "2020-09-30", "август-сентябрь 2020 год")],
        ),
        (
            "конкурсе школ Февраль-апрель 2020-2021",
            [
                ("range", "2020-02-01", "2020-04-30", "Февраль-апрель 2020-2021"),
                ("range", "2021-02-01", "2021-04-30", "Февраль-апрель 2020-2021"),
            ],
        ),
        ("Сентябрь 2021 В 100% организаций", [("range", "2021-09-01", "2021-09-30", "Сентябрь 2021")]),
        ("Отчет представлен до 01.06.2022", [("deadline", None, "2022-06-01", "до 01.06.2022")]),
    ],
)
def test_periods_are_found_in_prose_with_just_their_words(text: str, expected: list[Found]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "экспертной системы (2021-2022г.г.)",
        "Утвердить план на 2019-2021 годы",
        "план работы на 2021-2022 учебный год",
        "(приказ министерства от 29.12.2018 № 1056)",
        "приказ от 30.07.2020 №603 исполнен",
        "приказом от 5 сентября 2021 г. № 3 утверждено",
        "Продолжительность нахождения в статусе (1-3 года)",
        "выявленных в 2020 году, с использованием",
        "отчет за 2021 год",
        "итоги за сентябрь 2020 года",
        "по состоянию на 01.09.2021 г.",
        "Стратегия развития до 2025 года",
        "концерт к празднику 8 Марта",
        "постоянно действующий семинар",
        "в соответствие с востребованными направлениями",
        "Проведен форум",
        "10",
        "",
        "0",
    ],
)
def test_nothing_is_taken_from_what_is_no_period(text: str) -> None:
    assert find_terms(text) == ()


@pytest.mark.parametrize("text", ["10", "концерт к празднику 8 Марта", "за 2020 год", "1.2"])
def test_the_year_of_the_column_makes_no_period_of_what_is_none(text: str) -> None:
    assert find_terms(text, column_year=2021) == ()


def test_a_month_set_off_from_its_sentence_belongs_to_the_year_of_the_column() -> None:
    assert found("ИМО (февраль)", 2021) == [("range", "2021-02-01", "2021-02-28", "февраль")]
    assert found("Входной мониторинг – сентябрь", 2021) == [("range", "2021-09-01", "2021-09-30", "сентябрь")]
    assert found("ИМО (февраль)") == []


def test_a_cell_that_is_only_a_period_is_read_whole() -> None:
    assert found("1 (май)", 2021) == [("range", "2021-05-01", "2021-05-31", "1 (май)")]
    assert found("Ежегодно", 2021) == [("recurring", "2021-01-01", "yearly", "Ежегодно")]


def test_a_recurrence_in_a_year_column_lies_in_that_year() -> None:
    (term,) = find_terms(
        "Проведены заседания не реже 1 раза в полугодие", years=(2020, 2022), column_year=2021
    )
    assert (str(term.start), str(term.end), term.year) == ("2021-01-01", "2021-12-31", 2021)
