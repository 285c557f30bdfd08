"""The words of a deadline, and why some cannot be the deadline of a new assignment."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.assignments.deadline_reading import LONGEST, read_deadline
from roadmapdocs.assignments.deadlines import MOST_DATES, MOST_DAYS, why_not
from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.recurrences import occurrences
from roadmapdocs.assignments.words import DeadlineKind as Kind
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import use_language

SIGNED = dt.date(2025, 10, 20)
TODAY = dt.date(2025, 10, 22)


def read(words: str) -> Deadline:
    return read_deadline(words, counted_from=SIGNED, today=TODAY)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("до 01.12.2025", "2025-12-01"),
        ("в срок до 1 декабря 2025 года", "2025-12-01"),
        ("Срок – до 12 марта 2026 г.", "2026-03-12"),
        ("срок исполнения: до 12.03.2026", "2026-03-12"),
        ("не позднее 20 мая 2026 г.", "2026-05-20"),
        ("до 15 мая", "2026-05-15"),
        ("до 20 октября", "2025-10-20"),
        ("к 1 сентября", "2026-09-01"),
        ("до 1 марта текущего года", "2025-03-01"),
        ("до 01.03.2025", "2025-03-01"),
        ("до 15 числа", "2025-11-15"),
        ("до 20 числа", "2025-10-20"),
        ("до 25-го числа", "2025-10-25"),
        ("до 15 числа следующего месяца", "2025-11-15"),
        ("до 25 числа следующего месяца", "2025-11-25"),
        ("до 5 числа текущего месяца", "2025-10-05"),
        ("до конца недели", "2025-10-24"),
        ("до конца месяца", "2025-10-31"),
        ("до конца следующего месяца", "2025-11-30"),
        ("до конца квартала", "2025-12-31"),
        ("до конца следующего квартала", "2026-03-31"),
        ("до конца полугодия", "2025-12-31"),
        ("до конца года", "2025-12-31"),
        ("до окончания календарного года", "2025-12-31"),
        ("до конца 2026 года", "2026-12-31"),
        ("до конца апреля 2026 года", "2026-04-30"),
        ("октябрь 2026", "2026-10-31"),
        ("II квартал", "2026-06-30"),
        ("в течение года", "2025-12-31"),
        ("в течение 2026 года", "2026-12-31"),
        ("в течение учебного года", "2026-08-31"),
        ("с 01.09.2025 по 30.05.2026", "2026-05-30"),
        ("срочно, до 01.12.2025", "2025-12-01"),
    ],
)
def test_words_of_one_day(words: str, date: str) -> None:
    found = read(words)
    assert (found.kind, found.date, found.dates) == (Kind.DATE, day(date), ())
    assert found.text == words.strip(" .")


@pytest.mark.parametrize(
    ("words", "kind", "count"),
    [
        ("срочно", Kind.URGENT, 0),
        ("Незамедлительно.", Kind.URGENT, 0),
        ("немедленно", Kind.URGENT, 0),
        ("оперативно", Kind.PROMPT, 0),
        ("в месячный срок", Kind.MONTH, 0),
        ("в течение месяца", Kind.MONTH, 0),
        ("в течение одного месяца со дня подписания приказа", Kind.MONTH, 0),
        ("в двухмесячный срок", Kind.MONTH, 2),
        ("в течение трёх месяцев", Kind.MONTH, 3),
        ("в течение двух лет", Kind.MONTH, 24),
        ("в недельный срок", Kind.DAYS, 7),
        ("в течение недели", Kind.DAYS, 7),
        ("в двухнедельный срок", Kind.DAYS, 14),
        ("в течение 10 дней", Kind.DAYS, 10),
        ("в течение 15 календарных дней", Kind.DAYS, 15),
        ("не позднее 3 дней со дня подписания", Kind.DAYS, 3),
        ("в 10-дневный срок", Kind.DAYS, 10),
        ("в 3-х дневный срок", Kind.DAYS, 3),
        ("в трёхдневный срок", Kind.DAYS, 3),
        ("в десятидневный срок со дня подписания настоящего приказа", Kind.DAYS, 10),
        ("в течение суток", Kind.DAYS, 1),
        ("в течение 10 рабочих дней", Kind.WORKING_DAYS, 10),
        ("в течение 10 (десяти) рабочих дней", Kind.WORKING_DAYS, 10),
        ("в течение одного рабочего дня", Kind.WORKING_DAYS, 1),
        ("в течении пяти рабочих дней", Kind.WORKING_DAYS, 5),
        ("постоянно", Kind.OPEN, 0),
        ("на постоянной основе", Kind.OPEN, 0),
        ("по мере необходимости", Kind.OPEN, 0),
    ],
)
def test_words_that_run_from_the_day_of_signing(words: str, kind: Kind, count: int) -> None:
    found = read(words)
    assert (found.kind, found.count, found.date) == (kind, count, None)
    assert found.text == words.strip(" .")


@pytest.mark.parametrize(
    ("words", "recurrence", "date", "anchor", "until"),
    [
        ("ежедневно", "daily", None, 0, None),
        ("еженедельно", "weekly", None, 0, None),
        ("каждую пятницу", "weekly", None, 5, None),
        ("еженедельно по понедельникам", "weekly", None, 1, None),
        ("ежемесячно", "monthly", None, 0, None),
        ("ежемесячно, не позднее 5 числа", "monthly", None, 5, None),
        ("до 10 числа каждого месяца", "monthly", None, 10, None),
        ("ежемесячно до 30 числа", "monthly", None, 30, None),
        ("ежемесячно до последнего дня месяца", "monthly", None, 31, None),
        ("ежеквартально", "quarterly", None, 0, None),
        ("ежеквартально до 15 числа", "quarterly", "2026-01-15", 15, None),
        ("ежеквартально, до 15 числа месяца, следующего за отчётным", "quarterly", "2026-01-15", 15, None),
        ("ежеквартально, до 15 числа последнего месяца квартала", "quarterly", "2025-12-15", 15, None),
        ("ежеквартально до 25 числа первого месяца", "quarterly", "2025-10-25", 25, None),
        ("раз в полугодие", "half-yearly", None, 0, None),
        ("2 раза в год", "2 per year", None, 0, None),
        ("не реже одного раза в квартал", "quarterly", None, 0, None),
        ("1 раз в 3 года", "every 3 years", None, 0, None),
        ("ежегодно", "yearly", None, 0, None),
        ("ежегодно до 1 октября", "yearly", "2026-10-01", 1, None),
        ("ежегодно до 1 ноября", "yearly", "2025-11-01", 1, None),
        ("ежегодно, октябрь", "yearly", "2025-10-31", 31, None),
        ("ежегодно до 28 февраля", "yearly", "2026-02-28", 28, None),
        ("ежегодно до 29 февраля", "yearly", "2026-02-28", 31, None),
        ("ежеквартально до конца 2026 года", "quarterly", None, 0, "2026-12-31"),
        ("ежемесячно в течение 2026 года", "monthly", "2026-01-31", 0, "2026-12-31"),
        ("ежемесячно с 01.01.2026", "monthly", "2026-01-31", 0, None),
    ],
)
def test_words_of_what_recurs(words: str, recurrence: str, date: str | None, anchor: int, until: str | None) -> None:
    found = read(words)
    assert (found.kind, found.recurrence, found.anchor) == (Kind.PERIODIC, recurrence, anchor)
    assert found.date == (day(date) if date else None)
    assert found.until == (day(until) if until else None)
    if found.date is not None:
        # It is one of its own days: a series that begins with it goes on from it.
        assert next(occurrences(recurrence, starts=found.date, anchor=anchor)) == found.date


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("до 10.03, 10.06, 10.09", ["2026-03-10", "2026-06-10", "2026-09-10"]),
        ("до 1 ноября, 1 марта", ["2025-11-01", "2026-03-01"]),
        ("март, июнь 2026", ["2026-03-31", "2026-06-30"]),
    ],
)
def test_words_of_several_days(words: str, dates: list[str]) -> None:
    found = read(words)
    assert (found.kind, found.dates) == (Kind.DATES, tuple(day(one) for one in dates))


@pytest.mark.parametrize("words", ["", "  ", "."])
def test_nothing_said_is_a_month(words: str) -> None:
    assert read(words) == Deadline(Kind.MONTH)


@pytest.mark.parametrize(
    "words",
    [
        "до 31.02.2026", "до 32 числа", "до 0 числа", "в кратчайшие сроки", "своевременно", "согласно графику", "завтра",
        "в течение 5 дней со дня получения письма", "в течение месяца после окончания смены", "в 0-дневный срок",
        "ежегодно до 1 октября и до 1 марта", "ежемесячно до 45 числа", "до 29 февраля", "до", "; DROP TABLE",
        "через день", "по понедельникам и средам", "ежемесячно до 5 и 20 числа", "до 1 апреля, далее ежеквартально",
        "ежеквартально, до 5 апреля", "ежеквартально с 05.04", "2 раза в год: май, ноябрь", "ежемесячно до 31 декабря", "х" * (LONGEST + 1),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_words(words: str) -> None:
    with pytest.raises(Refusal) as told:
        read(words)
    assert told.value.code == "deadline_unreadable"
    assert str(told.value.details["words"]).startswith(words[:20].strip(" .;"))


def test_without_a_day_of_signing_it_is_counted_from_today() -> None:
    assert read_deadline("до 21 октября", today=TODAY).date == dt.date(2026, 10, 21)
    assert read_deadline("до 21 октября", counted_from=SIGNED, today=TODAY).date == dt.date(2025, 10, 21)


@given(st.text(alphabet="доквсрежтечниямцл 0123456789.,-–()чыгй", max_size=60))
def test_any_words_are_read_or_refused(words: str) -> None:
    codes: list[str] = []
    try:
        found = read(words)
        assert Deadline.from_json(found.as_json()) == found
    except Refusal as refusal:
        codes.append(refusal.code)
    assert codes in ([], ["deadline_unreadable"])


@pytest.mark.parametrize(
    ("deadline", "allow_past", "told"),
    [
        (Deadline(Kind.DATE, TODAY), False, ""),
        (Deadline(Kind.DATE, SIGNED), False, "20.10.2025"),
        (Deadline(Kind.DATE, SIGNED), True, ""),
        (Deadline(Kind.DATE), False, "not named"),
        (Deadline(Kind.DATE), True, "not named"),
        (Deadline(Kind.DATE, day("2045-12-31")), False, ""),
        (Deadline(Kind.DATE, day("2046-01-01")), False, "more than 20 years"),
        (Deadline(Kind.DATE, day("0025-12-01")), True, "more than 20 years"),
        (Deadline(Kind.URGENT), False, ""),
        (Deadline(Kind.OPEN), False, ""),
        (Deadline(Kind.MONTH), False, ""),
        (Deadline(Kind.MONTH, count=240), False, ""),
        (Deadline(Kind.MONTH, count=241), False, "how many months"),
        (Deadline(Kind.DAYS, count=1), False, ""),
        (Deadline(Kind.DAYS), False, "how many days"),
        (Deadline(Kind.WORKING_DAYS, count=MOST_DAYS + 1), False, "how many days"),
        (Deadline(Kind.DATES), False, "empty"),
        (Deadline(Kind.DATES, dates=(TODAY, day("2026-01-01"))), False, ""),
        (Deadline(Kind.DATES, dates=(TODAY, SIGNED)), False, "20.10.2025"),
        (Deadline(Kind.DATES, dates=(TODAY, SIGNED)), True, ""),
        (Deadline(Kind.DATES, dates=tuple(TODAY + dt.timedelta(n) for n in range(MOST_DATES + 1))), False, "367 days"),
        (Deadline(Kind.PERIODIC, recurrence="quarterly"), False, ""),
        (Deadline(Kind.PERIODIC, recurrence="now and then"), False, "How often"),
        (Deadline(Kind.PERIODIC), False, "How often"),
        (Deadline(Kind.PERIODIC, recurrence="monthly", anchor=32), False, "32"),
        (Deadline(Kind.PERIODIC, SIGNED, recurrence="monthly", anchor=20), False, "20.10.2025"),
        (Deadline(Kind.PERIODIC, recurrence="monthly", until=SIGNED), False, "20.10.2025"),
        (Deadline(Kind.PERIODIC, recurrence="yearly", until=day("2025-11-30")), False, "Nothing falls due"),
        (Deadline(Kind.PERIODIC, recurrence="yearly", until=day("2046-01-01")), False, "more than 20 years"),
        (Deadline(Kind.PERIODIC, recurrence="yearly", until=day("2025-12-31")), False, ""),
    ],
)
def test_why_a_deadline_cannot_be_given(deadline: Deadline, allow_past: bool, told: str) -> None:
    with use_language("en"):
        said = why_not(deadline, today=TODAY, allow_past=allow_past)
    assert (told in said) if said else not told
    assert bool(said) == bool(told)
