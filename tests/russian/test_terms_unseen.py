"""Period strings of further offices, with the conventions of a plan for 2022-2024."""

from __future__ import annotations

import pytest

from roadmapdocs.russian.terms import read_terms

YEARS = (2022, 2024)


def shapes(text: str, **options: object) -> list[tuple[str, str | None, str | None, str | None]]:
    terms = read_terms(text, years=YEARS, **options)  # type: ignore[arg-type]
    return [
        (one.kind, one.start and one.start.isoformat(), one.end and one.end.isoformat(), one.recurrence) for one in terms
    ]


@pytest.mark.parametrize(
    ("text", "recurrence", "start", "end"),
    [
        ("раз в полугодие (декабрь, май)", "half-yearly", "2022-05-01", "2024-12-31"),
        ("2 раза в год (апрель, ноябрь)", "2 per year", "2022-04-01", "2024-11-30"),
        ("два раза в год: март, октябрь", "2 per year", "2022-03-01", "2024-10-31"),
    ],
)
def test_months_beside_a_count_are_its_times(text: str, recurrence: str, start: str, end: str) -> None:
    assert shapes(text) == [("recurring", start, end, recurrence)]
    assert read_terms(text, years=YEARS)[0].text == text


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("1 раз в квартал, до 10 числа месяца, следующего за отчетным", "quarterly"),
        ("ежеквартально, до 5 числа месяца, следующего за отчётным периодом", "quarterly"),
        ("ежемесячно, последняя пятница месяца", "monthly"),
        ("1 раз/год", "yearly"),
        ("2 раза/год", "2 per year"),
        ("1 р./квартал", "quarterly"),
        ("1 р. в месяц", "monthly"),
    ],
)
def test_a_recurrence_with_the_day_within_it_or_shortened_is_one_term(text: str, recurrence: str) -> None:
    assert shapes(text) == [("recurring", "2022-01-01", "2024-12-31", recurrence)]


def test_the_beginning_of_a_school_year_is_september() -> None:
    assert shapes("в начале учебного года", column_year=2023) == [("range", "2023-09-01", "2023-09-30", None)]
    assert shapes("в начале 2022-2023 учебного года") == [("range", "2022-09-01", "2022-09-30", None)]
    assert shapes("в начале и в конце учебного года", column_year=2023) == [
        ("range", "2023-09-01", "2023-09-30", None),
        ("deadline", None, "2023-08-31", None),
    ]


def test_a_school_year_alone_lasts() -> None:
    assert shapes("учебный год") == [("continuous", "2022-01-01", "2024-12-31", None)]


def test_in_a_plan_of_school_years_a_month_comes_once_in_each() -> None:
    assert shapes("октябрь", school_years=True) == [
        ("range", "2022-10-01", "2022-10-31", None),
        ("range", "2023-10-01", "2023-10-31", None),
    ]
    assert shapes("до 1 марта", school_years=True) == [
        ("deadline", None, "2023-03-01", None),
        ("deadline", None, "2024-03-01", None),
    ]
    assert shapes("август-сентябрь", school_years=True)[0] == ("range", "2022-08-01", "2022-09-30", None)
    assert shapes("2 полугодие", school_years=True)[0] == ("range", "2023-01-01", "2023-08-31", None)
    assert shapes("постоянно", school_years=True) == [("continuous", "2022-09-01", "2024-08-31", None)]
    assert shapes("до 1 октября текущего года", school_years=True)[0] == ("deadline", None, "2022-10-01", None)


def test_a_stretch_over_the_turn_of_the_year_stays_within_the_plan() -> None:
    assert shapes("с ноября по февраль") == [
        ("range", "2022-11-01", "2023-02-28", None),
        ("range", "2023-11-01", "2024-02-29", None),
    ]
