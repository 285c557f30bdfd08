"""Cases as plain decisions: indexes, terms of storage, the closing record."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.cases import rules
from roadmapdocs.cases.rules import CaseCard, Kept
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import use_language

CARD = CaseCard(2026, "01-05", "Приказы по основной деятельности", 1)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))
YEARS = st.integers(0, rules.LONGEST_TERM)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("01-05", "01-05"),
        (" 01 – 05 ", "01-05"),
        ("01—05а", "01-05А"),
        ("01-05a", "01-05А"),  # Latin
        ("OK-1", "ОК-1"),  # Latin
        ("01\N{NO-BREAK SPACE}-\N{SOFT HYPHEN}05", "01-05"),
        ("Ⅳ-1", "IV-1"),
    ],
)
def test_an_index_is_one_however_it_is_typed(typed: str, same: str) -> None:
    assert rules.index_key(typed) == rules.index_key(same)


def test_indexes_sort_as_people_count() -> None:
    typed = ["01-10", "2-1", "01-9", "10-1", "01-05а", "01-05"]
    assert sorted(typed, key=rules.index_sort) == ["01-05", "01-05а", "01-9", "01-10", "2-1", "10-1"]


@pytest.mark.parametrize("index", ["01-05", "1", "ОК-1", "2.3-01", "05/2", "01-05а"])
def test_an_index_in_use_in_offices_is_taken(index: str) -> None:
    rules.check_case(CaseCard(2026, index, "Приказы", 1))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"case_index": "  "}, "case_index"),
        ({"case_index": "без цифр"}, "case_index"),
        ({"case_index": "ОК"}, "case_index"),
        ({"case_index": "01--05"}, "case_index"),
        ({"case_index": "<b>1</b>"}, "case_index"),
        ({"case_index": "=1+1"}, "case_index"),
        ({"case_index": "1" * 33}, "case_index"),
        ({"case_index": "01-😀5"}, "case_index"),
        ({"title": " \t"}, "title"),
        ({"title": "я" * 1001}, "title"),
        ({"year": 1899}, "year"),
        ({"year": 2201}, "year"),
        ({"retention_id": None}, "retention_id"),
        ({"note": "я" * 1001}, "note"),
    ],
)
def test_each_field_says_what_is_not_right_with_it(values: dict[str, object], field: str) -> None:
    card = {"year": 2026, "case_index": "01-05", "title": "Приказы", "retention_id": 1, **values}
    with pytest.raises(Refusal) as told:
        rules.check_case(CaseCard(**card))  # type: ignore[arg-type]  # a table of mixed values
    assert list(told.value.details["fields"]) == [field]  # type: ignore[call-overload]  # a mapping, by its docstring


@pytest.mark.parametrize(
    ("closed", "years", "due"),
    [
        (dt.date(2026, 12, 31), 5, dt.date(2032, 1, 1)),
        (dt.date(2026, 1, 1), 5, dt.date(2032, 1, 1)),
        (dt.date(2024, 2, 29), 1, dt.date(2026, 1, 1)),
        (dt.date(2026, 12, 31), 0, dt.date(2027, 1, 1)),
        (dt.date(2026, 12, 31), 75, dt.date(2102, 1, 1)),
        (dt.date(2026, 12, 31), None, None),
        (None, 5, None),
    ],
)
def test_a_term_is_counted_from_the_january_after_closing(
    closed: dt.date | None, years: int | None, due: dt.date | None
) -> None:
    assert rules.due_on(closed, years) == due


@given(DAYS, YEARS)
def test_a_case_is_never_due_before_it_was_closed_for_its_full_term(closed: dt.date, years: int) -> None:
    due = rules.due_on(closed, years)
    assert due is not None
    assert due > closed
    assert due.year - closed.year > years
    assert due == dt.date(closed.year + 1 + years, 1, 1)


@given(st.none() | DAYS, st.none() | YEARS, DAYS)
def test_a_case_is_due_exactly_when_nothing_stands_in_the_way(
    closed: dt.date | None, years: int | None, today: dt.date
) -> None:
    assert rules.is_due(closed, years, today) == (rules.why_not_over(closed, years, today) is None)


@given(DAYS, YEARS, DAYS, st.integers(0, 400))
def test_what_is_due_stays_due(closed: dt.date, years: int, today: dt.date, later: int) -> None:
    if rules.is_due(closed, years, today):
        assert rules.is_due(closed, years, today + dt.timedelta(days=later))


def test_an_open_case_says_that_its_year_closes_it() -> None:
    assert rules.why_not_closed(None) is not None
    assert rules.why_not_closed(dt.date(2026, 12, 31)) is None


def test_a_case_kept_for_good_is_never_destroyed() -> None:
    with use_language("en"):
        said = rules.why_not_over(dt.date(1950, 12, 31), None, dt.date(2200, 1, 1))
    assert said is not None
    assert "kept for good" in said


def test_the_next_year_gets_every_case_but_those_it_has() -> None:
    cards = [CARD, CaseCard(2026, "01-06", "Протоколы", 2, transitional=True, note="с 2020")]
    added = rules.next_year(cards, 2027, {"01-05"})
    assert added == [CaseCard(2027, "01-06", "Протоколы", 2, transitional=True, note="с 2020")]


@given(st.lists(st.sampled_from(["1-1", "1-2", "1-3", "1 – 1"]), max_size=6), st.integers(1900, 2200))
def test_copying_twice_adds_nothing_the_second_time(indexes: list[str], year: int) -> None:
    cards = [CaseCard(2026, index, "Дело", 1) for index in indexes]
    once = rules.next_year(cards, year, set())
    assert rules.next_year(cards, year, {rules.index_key(card.case_index) for card in once}) == []


@pytest.mark.parametrize(
    ("today", "earlier", "code"),
    [
        (dt.date(2026, 12, 30), None, "too_early"),
        (dt.date(2026, 12, 31), None, None),
        (dt.date(2027, 3, 1), 2025, "earlier_open"),
        (dt.date(2025, 1, 1), 2024, "too_early"),
    ],
)
def test_a_year_is_closed_when_it_is_over_and_in_its_turn(today: dt.date, earlier: int | None, code: str | None) -> None:
    if code is None:
        rules.check_closing(2026, today=today, earlier_open=earlier)
        return
    with pytest.raises(Refusal) as told:
        rules.check_closing(2026, today=today, earlier_open=earlier)
    assert told.value.code == code


def test_the_closing_record_counts_by_terms() -> None:
    said = rules.closing_record(
        [
            Kept(None, transitional=True, epk=False),
            Kept(None, transitional=False, epk=False),
            Kept(75, transitional=False, epk=False),
            Kept(10, transitional=False, epk=True),
            Kept(0, transitional=False, epk=False),
        ]
    )
    assert (said.opened, said.closed, said.transitional) == (5, 4, 1)
    assert said.terms == {"permanent": (2, 1, 0), "long": (1, 0, 0), "short": (2, 0, 1)}


@given(st.lists(st.builds(Kept, st.none() | YEARS, transitional=st.booleans(), epk=st.booleans())))
def test_the_closing_record_loses_no_case(cases: list[Kept]) -> None:
    said = rules.closing_record(cases)
    assert said.closed + said.transitional == said.opened == len(cases)
    assert [sum(column) for column in zip(*said.terms.values(), strict=True)] == [
        len(cases),
        said.transitional,
        sum(case.epk for case in cases),
    ]
