from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.search.query.days import Days, DaysReader, Manner
from tests.search.query.asking import TODAY


def read(text: str) -> Days | None:
    return DaysReader(text, TODAY).read(0)


def days(since: str, until: str) -> tuple[dt.date | None, dt.date | None]:
    return (dt.date.fromisoformat(since) if since else None, dt.date.fromisoformat(until) if until else None)


@pytest.mark.parametrize(
    ("text", "since", "until", "manner"),
    [
        ("29.11.2021", "2021-11-29", "2021-11-29", Manner.DAY),
        ("29.11.21", "2021-11-29", "2021-11-29", Manner.DAY),
        ("2021-11-29", "2021-11-29", "2021-11-29", Manner.DAY),
        ("от 29 ноября 2021 г.", "2021-11-29", "2021-11-29", Manner.DAY),
        ("12.03.1985", "1985-03-12", "1985-03-12", Manner.DAY),
        ("вчера", "2026-03-15", "2026-03-15", Manner.DAY),
        ("ноябрь 2021", "2021-11-01", "2021-11-30", Manner.NAMED),
        ("от ноября 2021", "2021-11-01", "2021-11-30", Manner.NAMED),
        ("11.2021", "2021-11-01", "2021-11-30", Manner.NAMED),
        ("за февраль 2024 года", "2024-02-01", "2024-02-29", Manner.NAMED),
        ("1 квартал 2021", "2021-01-01", "2021-03-31", Manner.NAMED),
        ("за первое полугодие 2021", "2021-01-01", "2021-06-30", Manner.NAMED),
        ("за 2021", "2021-01-01", "2021-12-31", Manner.NAMED),
        ("2021 год", "2021-01-01", "2021-12-31", Manner.NAMED),
        ("2021", "2021-01-01", "2021-12-31", Manner.BARE_YEAR),
        ("1985", "1985-01-01", "1985-12-31", Manner.BARE_YEAR),
        ("2020-2022", "2020-01-01", "2022-12-31", Manner.NAMED),
        ("2023-2020", "2020-01-01", "2023-12-31", Manner.ENDS),
        ("2021-2022 уч. г.", "2021-09-01", "2022-08-31", Manner.NAMED),
        ("в 2021/22 учебном году", "2021-09-01", "2022-08-31", Manner.NAMED),
        ("в прошлом году", "2025-01-01", "2025-12-31", Manner.NAMED),
        ("в этом учебном году", "2025-09-01", "2026-08-31", Manner.NAMED),
        ("в прошлом месяце", "2026-02-01", "2026-02-28", Manner.NAMED),
        ("с 2024", "2024-01-01", "", Manner.ENDS),
        ("c 2020 года", "2020-01-01", "", Manner.ENDS),  # a Latin «c»
        ("с 1 сентября", "2025-09-01", "", Manner.ENDS),
        ("после ноября 2021", "2021-12-01", "", Manner.ENDS),
        ("до 2022", "", "2021-12-31", Manner.ENDS),
        ("до 2022 включительно", "", "2022-12-31", Manner.ENDS),
        ("по 2022", "", "2022-12-31", Manner.ENDS),
        ("до 15.11.2021", "", "2021-11-15", Manner.ENDS),
        ("раньше 15.11.2021", "", "2021-11-14", Manner.ENDS),
        ("с 1 по 15 ноября", "2025-11-01", "2025-11-15", Manner.ENDS),
        ("с 1 по 15 марта", "2026-03-01", "2026-03-15", Manner.ENDS),
        ("с 1 по 15 ноября 2021", "2021-11-01", "2021-11-15", Manner.ENDS),
        ("с сентября по ноябрь 2021", "2021-09-01", "2021-11-30", Manner.ENDS),
        ("с ноября 2021 по март 2022", "2021-11-01", "2022-03-31", Manner.ENDS),
        ("с 1 сентября 2021 по 31 мая 2022", "2021-09-01", "2022-05-31", Manner.ENDS),
        ("01.09.2021..31.12.2021", "2021-09-01", "2021-12-31", Manner.ENDS),
        ("01.09.2021-31.12.2021", "2021-09-01", "2021-12-31", Manner.ENDS),
        ("31.12.2021..01.09.2021", "2021-09-01", "2021-12-31", Manner.ENDS),
        ("..2021", "", "2021-12-31", Manner.ENDS),
        ("2021..", "2021-01-01", "", Manner.ENDS),
    ],
)
def test_days_are_read_as_people_say_them(text: str, since: str, until: str, manner: Manner) -> None:
    found = read(text)
    assert found is not None
    assert (found.since, found.until) == days(since, until)
    assert found.manner is manner


@pytest.mark.parametrize("text", ["вчерась", "31.02.2021", "32.13.2021", "ноябрь", "5 класс", "0 по 5 мая", "9999", "29.11", "с", "до", ""])
def test_what_is_no_day_is_left_alone(text: str) -> None:
    assert read(text) is None


def test_a_day_ends_where_its_words_end() -> None:
    found = read("29 ноября 2021 г. № 178")
    assert found is not None
    assert found.end == len("29 ноября 2021 г.")
