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
        ("на 2019 – 2021 годы", 3, "на 2022 – 2024 годы"),
        ("в 2025–26 уч. году", 1, "в 2026–27 уч. году"),
        ("до 01.09.2025", 1, "до 01.09.2026"),
        ("до 29.02.2024", 1, "до 28.02.2025"),
        ("до 29.02.2024", 4, "до 29.02.2028"),
        ("до 5 мая 2025 года", 1, "до 5 мая 2026 года"),
        ("приказ от 01.09.2024 № 2025 и план 2025 года", 1, "приказ от 01.09.2024 № 2025 и план 2026 года"),
        ("школа № 2025", 1, "школа № 2025"),
        ("телефон 120251", 1, "телефон 120251"),
        ("Федеральный закон от 29.12.2012 № 273-ФЗ", 1, "Федеральный закон от 29.12.2012 № 273-ФЗ"),
        ("в 2025 году", 0, "в 2025 году"),
    ],
)
def test_years_of_the_text_move_and_those_of_what_it_cites_stay(text: str, years: int, now: str) -> None:
    assert moved_text(text, years) == now


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
    now, told = moved_content(content, 1)
    assert now["preamble"] == "По приказу от 01.02.2024 № 3 в 2026 году"
    assert now["points"] == [{**content["points"][0], "due": "2026-10-01"}]  # type: ignore[dict-item]
    assert [(one.code, one.place) for one in told] == [
        ("cited", "preamble"),
        ("year", "preamble"),
        ("date", "points[0].due"),
        ("cited", "points[0].document"),
    ]


@given(st.text(alphabet="абв 0123456789./–-№", max_size=60), st.integers(-5, 5))
def test_moving_there_and_back_keeps_the_length_of_the_text(text: str, years: int) -> None:
    assert len(moved_text(moved_text(text, years), -years)) == len(text)
