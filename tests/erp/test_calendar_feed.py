"""A calendar's file: read back by the library that calendars are read with."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from roadmapdocs.erp.calendar_feed import feed, tag_of
from roadmapdocs.erp.calendar_terms import Term
from tests.conftest import TODAY

DAY = dt.date(2026, 4, 3)


def made(*terms: Term, base_url: str = "https://registry.example.org/r/", today: dt.date = TODAY) -> bytes:
    return feed(terms, name="Мои сроки", base_url=base_url, zone="Europe/Moscow", today=today)


def read(data: bytes) -> Calendar:
    (calendar,) = Calendar.from_ical(data.decode(), multiple=True)
    assert calendar.errors == []
    return calendar


def test_a_term_is_a_day_of_the_calendar() -> None:
    calendar = read(made(Term("visa-17", DAY, "Согласовать: приказ № 5 «О чтении»", "/decide/5", "первая\nвторая; и, ещё \\")))
    assert (calendar["X-WR-CALNAME"], calendar["X-WR-TIMEZONE"], calendar["VERSION"]) == ("Мои сроки", "Europe/Moscow", "2.0")
    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == "visa-17@registry.example.org"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (DAY, DAY + dt.timedelta(days=1))
    assert event["DTSTAMP"].dt == dt.datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=dt.UTC)
    assert event["SUMMARY"] == "Согласовать: приказ № 5 «О чтении»"
    assert event["DESCRIPTION"] == "первая\nвторая; и, ещё \\"
    assert event["URL"] == "https://registry.example.org/r/decide/5"
    assert event["TRANSP"] == "TRANSPARENT"
    assert calendar.walk("VALARM") == []


def test_a_calendar_without_terms_is_a_calendar() -> None:
    assert read(made()).walk("VEVENT") == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_written_comes_back_in_lines_that_are_short_enough(title: str, note: str) -> None:
    """No line ends inside a letter, none is longer than 75 octets, nothing that is written begins a line of its own."""
    data = made(Term("a", DAY, f"{title}x", "/a", f"{note}x"))
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert b"\n" not in data.replace(b"\r\n", b"")
    (event,) = read(data).walk("VEVENT")
    assert event["SUMMARY"] == _seen(f"{title}x")
    assert event["DESCRIPTION"] == _seen(f"{note}x")


def _seen(text: str) -> str:
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)


@pytest.mark.parametrize("length", range(60, 90))
def test_russian_lines_are_folded_between_letters(length: int) -> None:
    title = "ж" * length
    data = made(Term("a", DAY, title, "/a"))
    assert read(data).walk("VEVENT")[0]["SUMMARY"] == title


def test_the_same_terms_on_the_same_day_are_the_same_bytes() -> None:
    term = Term("a", DAY, "Срок", "/a")
    assert made(term) == made(term)
    assert tag_of(made(term)) != tag_of(made(term, today=TODAY + dt.timedelta(days=1)))
    assert tag_of(made(term)) != tag_of(made(Term("a", DAY, "Другой срок", "/a")))
