"""Numbers and days in figures and in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.date_words import date_in_words, long_date, school_year, short_date
from roadmapdocs.russian.numbers import agree, cardinal, grouped, ordinal, quantity

POINTS = ("пункт", "пункта", "пунктов")


@pytest.mark.parametrize(
    ("number", "form"),
    [
        *((number, "пункт") for number in (1, 21, 101, -1)),
        *((number, "пункта") for number in (2, 3, 4, 22, 1.5, Decimal("0.1"))),
        *((number, "пунктов") for number in (0, 5, 11, 12, 14, 20, 111, 112, 1000)),
    ],
)
def test_counted_words_agree(number: float | Decimal, form: str) -> None:
    assert agree(number, POINTS) == form


def test_a_quantity_does_not_break() -> None:
    assert quantity(21, POINTS) == "21\xa0пункт"
    assert quantity(1.5, ("час", "часа", "часов")) == "1,5\xa0часа"


@pytest.mark.parametrize(
    ("number", "places", "printed"),
    [
        (1234567.5, None, "1 234 567,5"),
        (12345, None, "12 345"),
        (1234, None, "1234"),
        (0, None, "0"),
        (-12345.25, None, "−12 345,25"),
        (Decimal("1234567.10"), 2, "1 234 567,10"),
        (-0.4, 0, "0"),
        (1e20, None, "100 000 000 000 000 000 000"),
    ],
)
def test_figures_stand_in_groups(number: float | Decimal, places: int | None, printed: str) -> None:
    assert grouped(number, places).replace("\xa0", " ") == printed


def test_numbers_in_words_have_gender_and_case() -> None:
    assert cardinal(21, gender="f") == "двадцать одна"
    assert cardinal(5, Case.INS) == "пятью"
    assert cardinal(2, Case.ACC, animate=True) == "двух"
    assert cardinal(2, Case.ACC) == "два"
    assert ordinal(3, Case.DAT, "f") == "третьей"
    assert ordinal(2020, Case.GEN) == "две тысячи двадцатого"


def test_days_are_printed_as_documents_have_them() -> None:
    day = dt.date(2020, 8, 5)
    assert long_date(day) == "5\xa0августа\xa02020\xa0г."
    assert long_date(day, quoted=True) == "«05»\xa0августа\xa02020\xa0г."
    assert short_date(day) == "05.08.2020"


def test_days_are_written_in_words() -> None:
    assert date_in_words(dt.date(2020, 8, 25)) == "двадцать пятое августа две тысячи двадцатого года"
    assert date_in_words(dt.date(2020, 8, 25), Case.GEN) == "двадцать пятого августа две тысячи двадцатого года"
    assert date_in_words(dt.date(1999, 12, 3)) == "третье декабря тысяча девятьсот девяносто девятого года"


def test_a_school_year_begins_in_september() -> None:
    assert school_year(dt.date(2020, 8, 31)) == "2019/2020"
    assert school_year(dt.date(2020, 9, 1)) == "2020/2021"
