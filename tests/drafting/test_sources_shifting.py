"""Years, dates and school years moved by whole years."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.drafting.sources.shifting import moved, moved_content, moved_text


@pytest.mark.parametrize(
    ("text", "years", "now"),
    [
        ("в 2025 году", 1, "в 2026 году"),
        ("на 2025/26 учебный год", 1, "на 2026/27 учебный год"),
        ("на 2025-2026 учебный год", 1, "на 2026-2027 учебный год"),
        ("на 2023 – 2025 годы", 3, "на 2026 – 2028 годы"),
        ("в 2025–26 уч. году", 1, "в 2026–27 уч. году"),
        ("до 01.09.2025", 1, "до 01.09.2026"),
        ("до 1.9.2025", 1, "до 1.9.2026"),
        ("до 29.02.2024", 1, "до 28.02.2025"),
        ("до 29.2.2024", 1, "до 28.2.2025"),
        ("до 29.02.2024", 4, "до 29.02.2028"),
        ("до 5 мая 2025 года", 1, "до 5 мая 2026 года"),
        ("провести в мае 2025", 1, "провести в мае 2026"),
        ("в I квартале 2025", 1, "в I квартале 2026"),
        ("план на 2025 уч. год", 1, "план на 2026 уч. год"),
        ("в 2024, 2025 и 2026 годах", 1, "в 2025, 2026 и 2027 годах"),
        ("с 2025 по 2026 год", 1, "с 2026 по 2027 год"),
        ("2025\N{NO-BREAK SPACE}г.", 1, "2026\N{NO-BREAK SPACE}г."),
        ("План работы на 2025", 1, "План работы на 2026"),
        ("приказ от 01.09.2024 № 2025 и план 2025 года", 1, "приказ от 01.09.2024 № 2025 и план 2026 года"),
        ("в 2025 году", 0, "в 2025 году"),
    ],
)
def test_years_of_the_text_move_and_those_of_what_it_cites_stay(text: str, years: int, now: str) -> None:
    assert moved_text(text, years, 2025) == now


@pytest.mark.parametrize(
    "text",
    [
        "закупить 2000 экземпляров",
        "закупить 2025 экземпляров",
        "закупить 2025 учебных пособий",
        "выдать 2025 годовых абонементов",
        "Стратегии развития до 2030 года",
        "до 31.12.2030",
        "Концепция на 2021–2030 годы",
        "в кабинете 2015",
        "в кабинете 2025",
        "шифр 2025/2025, 2025-31, 2026/2024",
        "школа № 2025",
        "аудитории № 2024/2025",
        "телефон 120251",
        "акция «Читаем-2025»",
        "Федеральный закон от 29.12.2012 № 273-ФЗ",
    ],
)
def test_a_number_that_is_no_year_of_the_document_stays(text: str) -> None:
    assert moved_text(text, 1, 2025) == text


@pytest.mark.parametrize(
    ("day", "years", "now"),
    [
        (dt.date(2025, 5, 6), 1, dt.date(2026, 5, 6)),
        (dt.date(2024, 2, 29), 1, dt.date(2025, 2, 28)),
        (dt.date(2024, 2, 29), 4, dt.date(2028, 2, 29)),
    ],
)
def test_a_day_keeps_its_place_in_the_year(day: dt.date, years: int, now: dt.date) -> None:
    assert moved(day, years) == now


def test_all_that_moves_is_told_with_its_place() -> None:
    content = {
        "preamble": "По приказу от 01.02.2024 № 3 в 2025 году",
        "points": [{"due": "2025-10-01", "document": {"kind": "приказ", "number": "7", "date": "2024-01-01"}, "appendix": 2025}],
    }
    now, told = moved_content(content, 1, 2025)
    assert now["preamble"] == "По приказу от 01.02.2024 № 3 в 2026 году"
    assert now["points"] == [{**content["points"][0], "due": "2026-10-01"}]  # type: ignore[dict-item]
    assert [(one.code, one.place) for one in told] == [
        ("cited", "preamble"),
        ("year", "preamble"),
        ("date", "points[0].due"),
        ("cited", "points[0].document"),
    ]


@pytest.mark.parametrize("text", ["2026-99-99", "2025-02-29", "9999-12-31"])
def test_what_looks_like_a_day_that_there_is_not_stays(text: str) -> None:
    assert moved_content({"due": text}, 1, 2025) == ({"due": text}, [])


@given(st.text(alphabet="абвгод 0123456789./–-№", max_size=60), st.integers(-5, 5))
def test_moving_there_and_back_keeps_the_length_of_the_text(text: str, years: int) -> None:
    assert len(moved_text(moved_text(text, years, 2020), -years, 2020)) == len(text)
