"""Moments and placeholders, counted by hand from given days."""

import datetime as dt

import pytest

from roadmapdocs.demo.content.dates import day_of, fill, working_day

TODAY = dt.date(2027, 3, 10)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("-10", dt.date(2027, 2, 28)),
        ("+30", dt.date(2027, 4, 9)),
        ("m-3:14", dt.date(2026, 12, 14)),
        ("m+10:1", dt.date(2028, 1, 1)),
        ("y-1:10-14", dt.date(2026, 10, 14)),
        ("y*0.5", dt.date(2027, 2, 4)),
    ],
)
def test_a_moment_names_a_day(moment, day):
    assert day_of(moment, TODAY) == day


@pytest.mark.parametrize("moment", ["", "вчера", "10", "y*1.5", "m-3"])
def test_a_malformed_moment_is_an_error(moment):
    with pytest.raises(ValueError, match="not a moment"):
        day_of(moment, TODAY)


def test_a_share_of_the_year_stays_in_the_year_even_on_its_first_day():
    assert day_of("y*0.9", dt.date(2027, 1, 1)) == dt.date(2027, 1, 1)


def test_a_weekend_becomes_the_friday_before_it_but_not_of_another_year():
    assert working_day(dt.date(2027, 3, 14)) == dt.date(2027, 3, 12)
    assert working_day(dt.date(2027, 3, 12)) == dt.date(2027, 3, 12)
    assert working_day(dt.date(2028, 1, 1)) == dt.date(2028, 1, 1)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{y-1}-{y+1} годы", "2026-2028 годы"),
        ("{s} учебный год", "2026-2027 учебный год"),
        ("{s-1} учебный год", "2025-2026 учебный год"),
        ("До {d-10}", "До 28.02.2027"),
        ("До {d2-10}", "До 28.02.27"),
        ("{M-2}, {m-2}", "Январь 2027, январь 2027"),
        ("{R-2:-1}", "Январь-февраль 2027"),
        ("{R-4:-2}", "Ноябрь 2026 - январь 2027"),
        ("приказ {ref:order}", "приказ от 05.02.2027 № 21-ОД"),
        ("{long:order}, {on:order}, {no:order}", "«05» февраля 2027 г., 05.02.2027, 21-ОД"),
    ],
)
def test_a_placeholder_is_filled_from_today(text, filled):
    assert fill(text, TODAY, {"order": (dt.date(2027, 2, 5), "21-ОД")}) == filled


def test_the_school_year_begins_in_september():
    assert fill("{s}", dt.date(2027, 9, 1), {}) == "2027-2028"
    assert fill("{s}", dt.date(2027, 8, 31), {}) == "2026-2027"


def test_an_unknown_placeholder_is_an_error():
    with pytest.raises(ValueError, match="not a placeholder"):
        fill("{someday}", TODAY, {})
