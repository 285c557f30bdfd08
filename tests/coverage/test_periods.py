"""Terms, planned values and expected documents unrolled into slots: tables written by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.coverage.periods import unroll
from roadmapdocs.coverage.rules import Expected, ItemPlan, Slot
from roadmapdocs.russian.terms import Term

PLAN = (2020, 2022)
ORDER = Expected(1, "Приказ начальника УО", "приказ")


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def term(
    kind: str,
    start: str | None = None,
    end: str | None = None,
    recurrence: str | None = None,
    text: str = "",
    year: int | None = None,
) -> Term:
    return Term(kind, day(start), day(end), recurrence, text, year)


def slots(
    *terms: Term,
    planned: dict[str, str] | None = None,
    period: tuple[int, int] | None = PLAN,
    expected: tuple[Expected, ...] = (ORDER,),
) -> tuple[Slot, ...]:
    return unroll(ItemPlan(terms, planned or {}, expected, period))


def shown(found: tuple[Slot, ...]) -> list[tuple[int | None, str | None, int]]:
    """(column, due, quantity) of each slot."""
    return [(slot.year, slot.due.isoformat() if slot.due else None, slot.quantity) for slot in found]


def whole_year(year: int, text: str = "") -> Term:
    return term("range", f"{year}-01-01", f"{year}-12-31", text=text, year=year)


@pytest.mark.parametrize(
    ("only", "period", "result"),
    [
        # a deadline counts from its end
        (term("deadline", end="2021-12-01"), PLAN, [(2021, "2021-12-01", 1)]),
        # a range is due on its end and shown in the year of its end
        (term("range", "2020-09-01", "2020-10-31"), PLAN, [(2020, "2020-10-31", 1)]),
        (term("range", "2019-01-01", "2021-12-31"), (2019, 2021), [(2021, "2021-12-31", 1)]),
        (term("range", "2021-09-01", "2022-08-31"), PLAN, [(2022, "2022-08-31", 1)]),
        # an open-ended range is due at the plan's end, or never late without one
        (term("range", "2020-08-01"), PLAN, [(2022, "2022-12-31", 1)]),
        (term("range", "2020-08-01"), None, [(2020, None, 1)]),
        (term("range", "2023-08-01"), PLAN, [(2023, None, 1)]),
        # a month left over in another year's column is shown there, due when it says
        (term("range", "2021-06-01", "2021-06-30", year=2022), PLAN, [(2022, "2021-06-30", 1)]),
        # recurrences, bounded by the plan
        (
            term("recurring", recurrence="yearly", text="ежегодно"),
            PLAN,
            [(2020, "2020-12-31", 1), (2021, "2021-12-31", 1), (2022, "2022-12-31", 1)],
        ),
        (
            term("recurring", recurrence="yearly", text="ежегодно, октябрь"),
            PLAN,
            [(2020, "2020-10-31", 1), (2021, "2021-10-31", 1), (2022, "2022-10-31", 1)],
        ),
        (
            term("recurring", recurrence="half-yearly"),
            (2021, 2022),
            [
                (2021, "2021-06-30", 1),
                (2021, "2021-12-31", 1),
                (2022, "2022-06-30", 1),
                (2022, "2022-12-31", 1),
            ],
        ),
        (
            term("recurring", recurrence="quarterly"),
            (2022, 2022),
            [
                (2022, "2022-03-31", 1),
                (2022, "2022-06-30", 1),
                (2022, "2022-09-30", 1),
                (2022, "2022-12-31", 1),
            ],
        ),
        # every N years: a document somewhere in each N years; an unfinished last window is not late
        (
            term("recurring", recurrence="every 2 years"),
            (2020, 2023),
            [(2021, "2021-12-31", 1), (2023, "2023-12-31", 1)],
        ),
        (term("recurring", recurrence="every 2 years"), PLAN, [(2021, "2021-12-31", 1), (2022, None, 1)]),
        (term("recurring", recurrence="every 3 years"), PLAN, [(2022, "2022-12-31", 1)]),
        (term("recurring", recurrence="every 3 years"), (2021, 2022), [(2022, None, 1)]),
        # whole school years within the plan, N documents each
        (
            term("recurring", recurrence="5 per school year"),
            PLAN,
            [(2021, "2021-08-31", 5), (2022, "2022-08-31", 5)],
        ),
        (term("recurring", recurrence="five per school year"), (2021, 2021), [(2021, "2021-12-31", 5)]),
        # «Август 2022 и далее – ежегодно»
        (
            term("recurring", "2021-08-01", recurrence="yearly", text="Август 2021 и далее - ежегодно"),
            PLAN,
            [(2021, "2021-08-31", 1), (2022, "2022-08-31", 1)],
        ),
        # the month that begins a recurrence is not the month of every year
        (
            term("recurring", "2021-09-01", recurrence="yearly", text="с сентября 2021 ежегодно"),
            PLAN,
            [(2021, "2021-12-31", 1), (2022, "2022-12-31", 1)],
        ),
        # a named month that the last year does not reach is not asked for
        (
            term("recurring", "2020-01-01", "2021-08-31", "yearly", "ежегодно, октябрь"),
            PLAN,
            [(2020, "2020-10-31", 1)],
        ),
        # without any bounds it cannot be unrolled: shown once, never late
        (term("recurring", recurrence="yearly", text="ежегодно"), None, [(None, None, 1)]),
        (term("recurring", "2022-08-01", recurrence="yearly"), None, [(2022, None, 1)]),
        # within the column of a year
        (
            term("recurring", recurrence="half-yearly", year=2021),
            PLAN,
            [(2021, "2021-06-30", 1), (2021, "2021-12-31", 1)],
        ),
        # continuous work is proved once a year
        (term("continuous"), (2021, 2022), [(2021, "2021-12-31", 1), (2022, "2022-12-31", 1)]),
        (term("continuous", year=2021), PLAN, [(2021, "2021-12-31", 1)]),
        (term("continuous", "2022-01-01", "2022-12-31"), None, [(2022, "2022-12-31", 1)]),
        (term("continuous"), None, [(None, None, 1)]),
        # never late by themselves
        (term("external_plan"), PLAN, [(None, None, 1)]),
        (term("external_plan", "2019-01-01", "2021-12-31"), (2019, 2021), [(2021, None, 1)]),
        (term("on_demand"), PLAN, [(None, None, 1)]),
        (term("unspecified", text="после ремонта"), PLAN, [(None, None, 1)]),
        (term("unspecified", text="после ремонта", year=2021), PLAN, [(2021, None, 1)]),
        # what cannot be understood is shown once and blames nobody
        (term("recurring", recurrence="every full moon"), PLAN, [(2022, None, 1)]),
        (term("recurring"), PLAN, [(None, None, 1)]),
    ],
)
def test_a_term_unrolls_into_its_periods(
    only: Term, period: tuple[int, int] | None, result: list[tuple[int | None, str | None, int]]
) -> None:
    assert shown(slots(only, period=period)) == result


def test_monthly_work_has_twelve_periods_that_end_with_their_months() -> None:
    found = slots(term("recurring", recurrence="monthly"), period=(2024, 2024))

    assert len(found) == 12
    assert [slot.due.day for slot in found if slot.due] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_weekly_work_is_counted_by_months() -> None:
    found = slots(term("recurring", recurrence="weekly"), period=(2021, 2021))

    # Sundays of January 2021: 3, 10, 17, 24, 31; the year has 52 of them.
    assert found[0].quantity == 5
    assert (len(found), sum(slot.quantity for slot in found)) == (12, 52)


def test_an_item_without_terms_has_one_undated_slot_for_each_document() -> None:
    second = Expected(2, "Протокол", "протокол")

    found = slots(expected=(ORDER, second))

    assert [(slot.expected, slot.year, slot.start, slot.due, slot.key) for slot in found] == [
        (1, None, None, None, "../.."),
        (2, None, None, None, "../.."),
    ]


def test_an_item_that_expects_no_document_has_no_slot() -> None:
    assert slots(whole_year(2021), expected=()) == ()


def test_a_suggested_document_makes_slots_that_cannot_be_late() -> None:
    (found,) = slots(
        term("deadline", end="2021-12-01"), expected=(Expected(3, "Положение", "положение", confirmed=False),)
    )

    assert found.suggested
    assert found.due == dt.date(2021, 12, 1)
    assert not found.can_be_late


def test_two_terms_due_on_one_day_ask_for_one_document() -> None:
    found = slots(
        term("deadline", end="2021-12-31", text="До 31.12.2021"),
        term("range", "2021-01-01", "2021-12-31", text="2021 г."),
        term("deadline", end="2021-12-31", text="До 31.12.2021"),
    )

    assert [(slot.start, slot.due, slot.label) for slot in found] == [
        (dt.date(2021, 1, 1), dt.date(2021, 12, 31), "До 31.12.2021; 2021 г.")
    ]


def test_two_points_of_time_are_two_slots_in_order() -> None:
    found = slots(
        term("range", "2020-12-01", "2020-12-31", text="Декабрь 2020"),
        term("range", "2020-06-01", "2020-06-30", text="Июнь 2020"),
    )

    assert [slot.label for slot in found] == ["Июнь 2020", "Декабрь 2020"]
    assert [slot.key for slot in found] == ["2020-06-01/2020-06-30", "2020-12-01/2020-12-31"]


def test_a_dated_term_speaks_for_an_external_plan_of_the_same_days() -> None:
    found = slots(
        term("external_plan", "2021-01-01", "2021-12-31", text="по графику"),
        term("range", "2021-01-01", "2021-12-31", text="2021"),
    )

    assert shown(found) == [(2021, "2021-12-31", 1)]


def test_a_recurrence_beside_year_columns_is_not_counted_twice() -> None:
    """Item 4.5 of the second seed: «1 (раз в год)» as total, 1 in the columns of 2021 and 2022."""
    found = slots(
        whole_year(2021, "2021 г.: 1"),
        whole_year(2022, "2022 г.: 1"),
        term("recurring", "2021-01-01", "2022-12-31", "yearly", "1 (раз в год)"),
        planned={"total": "1 (раз в год)", "2020": "", "2021": "1", "2022": "1"},
    )

    assert [(*row, slot.label) for row, slot in zip(shown(found), found, strict=True)] == [
        (2021, "2021-12-31", 1, "2021 г.: 1"),
        (2022, "2022-12-31", 1, "2022 г.: 1"),
    ]


def test_an_unbounded_recurrence_beside_year_columns_is_not_counted_twice_either() -> None:
    found = slots(whole_year(2021), term("recurring", recurrence="yearly"), period=None)

    assert shown(found) == [(2021, "2021-12-31", 1)]


@pytest.mark.parametrize(
    ("terms", "planned", "result"),
    [
        # the planned value is the number of documents of the year
        ((whole_year(2021),), {"2021": "2"}, [(2021, "2021-12-31", 2)]),
        # nothing where the cell says nothing or 0
        ((whole_year(2020), whole_year(2021)), {"2020": "0", "2021": "1"}, [(2021, "2021-12-31", 1)]),
        ((whole_year(2020), whole_year(2021)), {"2020": "", "2021": "1"}, [(2021, "2021-12-31", 1)]),
        # cells that are all empty say nothing at all
        ((whole_year(2021),), {"2020": "", "2021": "", "2022": ""}, [(2021, "2021-12-31", 1)]),
        # «1 (май)»
        (
            (term("range", "2021-05-01", "2021-05-31", text="2021 г.: 1 (май)", year=2021),),
            {"total": "не менее 1", "2021": "1 (май)"},
            [(2021, "2021-05-31", 1)],
        ),
        # a value without a term of its own is due by the end of its year
        ((), {"2021": "3"}, [(2021, "2021-12-31", 3)]),
        # a more exact term beside the columns gives the day
        (
            (whole_year(2021), term("deadline", end="2021-10-01")),
            {"2021": "1"},
            [(2021, "2021-10-01", 1)],
        ),
        # a number is spread over the periods of its year
        (
            (whole_year(2021), term("recurring", recurrence="quarterly")),
            {"2020": "0", "2021": "5", "2022": "0"},
            [
                (2021, "2021-03-31", 1),
                (2021, "2021-06-30", 1),
                (2021, "2021-09-30", 1),
                (2021, "2021-12-31", 2),
            ],
        ),
        # «2019-2021» with a number in each year is three periods, not one more
        (
            (term("range", "2020-01-01", "2022-12-31"),),
            {"2020": "1", "2021": "1", "2022": "1"},
            [(2020, "2020-12-31", 1), (2021, "2021-12-31", 1), (2022, "2022-12-31", 1)],
        ),
        # and so is an undated remark
        ((term("external_plan"),), {"2021": "1"}, [(2021, "2021-12-31", 1)]),
        # a total counts when there is one period to count in
        ((term("deadline", end="2021-12-01"),), {"total": "не менее 4"}, [(2021, "2021-12-01", 4)]),
        (
            (term("deadline", end="2021-12-01"), term("deadline", end="2022-12-01")),
            {"total": "4"},
            [(2021, "2021-12-01", 1), (2022, "2022-12-01", 1)],
        ),
        # nothing planned in any year
        ((whole_year(2021),), {"2020": "0", "2021": "0"}, []),
        # years no calendar has
        ((), {"0000": "1", "9999": "1"}, [(None, None, 1)]),
    ],
)
def test_planned_values_say_how_many_documents_of_which_year(
    terms: tuple[Term, ...], planned: dict[str, str], result: list[tuple[int | None, str | None, int]]
) -> None:
    assert shown(slots(*terms, planned=planned)) == result


def test_two_figures_go_to_two_documents() -> None:
    """Item 4.1 of the second seed: «Пакет инструментов, аналитические справки», «1; 2» in a year."""
    both = (
        Expected(1, "Пакет инструментов", "прочее"),
        Expected(2, "аналитические справки", "аналитическая справка"),
    )

    found = slots(
        whole_year(2021),
        whole_year(2022),
        planned={"2020": "0", "2021": "1; 2", "2022": "0; 2"},
        expected=both,
    )

    assert [(slot.expected, slot.year, slot.quantity) for slot in found] == [
        (1, 2021, 1),
        (2, 2021, 2),
        (2, 2022, 2),
    ]


@pytest.mark.parametrize("period", [(2022, 2020), (1, 9999), (0, 0), (2020, 99999), (1950, 2150)])
def test_impossible_years_of_a_plan_bound_nothing(period: tuple[int, int]) -> None:
    (found,) = slots(term("recurring", recurrence="monthly"), period=period)

    assert found.due is None


def test_a_term_that_ends_before_it_begins_still_has_its_deadline() -> None:
    assert shown(slots(term("range", "2021-10-01", "2021-09-30"))) == [(2021, "2021-09-30", 1)]


KINDS = ("range", "deadline", "recurring", "continuous", "external_plan", "on_demand", "unspecified")
RECURRENCES = (
    None,
    "yearly",
    "half-yearly",
    "quarterly",
    "monthly",
    "weekly",
    "every 2 years",
    "every 3 years",
    "5 per school year",
    "twice in a blue moon",
)
LETTERS = "019;.,()%-–\n iv раз в год не менее май до 1 квартал every per school year"
dates = st.none() | st.dates(dt.date(2018, 1, 1), dt.date(2025, 12, 31))
terms = st.builds(
    Term,
    kind=st.sampled_from(KINDS),
    start=dates,
    end=dates,
    recurrence=st.sampled_from(RECURRENCES),
    text=st.sampled_from(
        ["", "ежегодно", "ежегодно, октябрь", "до 30 февраля", "31.06", "ноябрь–март", "1 квартал"]
    ),
    year=st.none() | st.integers(2019, 2023),
)
plans = st.builds(
    ItemPlan,
    terms=st.lists(terms, max_size=4).map(tuple),
    planned=st.dictionaries(
        st.sampled_from(["total", "2019", "2020", "2021", "2022", "прочее"]),
        st.sampled_from(["", "0", "1", "2", "1; 2", "1 (май)", "не менее 4", "100%", "?"])
        | st.text(LETTERS, max_size=6),
        max_size=5,
    ),
    expected=st.lists(
        st.builds(Expected, st.integers(1, 9), st.just("Приказ"), st.just("приказ"), st.booleans()),
        max_size=3,
        unique_by=lambda one: one.id,
    ).map(tuple),
    period=st.none() | st.tuples(st.integers(2018, 2022), st.integers(2018, 2025)),
)


@given(plans)
def test_no_document_is_asked_for_twice_in_one_period(plan: ItemPlan) -> None:
    found = unroll(plan)

    assert len({(slot.expected, slot.start, slot.due) for slot in found}) == len(found)
    assert len({(slot.expected, slot.key) for slot in found}) == len(found)
    assert all(slot.quantity >= 1 for slot in found)
    assert {slot.expected for slot in found} <= {one.id for one in plan.expected}


@given(plans)
def test_slots_lie_within_the_days_that_plan_terms_and_columns_name(plan: ItemPlan) -> None:
    named = [day for term in plan.terms for day in (term.start, term.end) if day]
    years = [year for term in plan.terms if (year := term.year)] + list(plan.period or ())
    years += [int(year) for year in plan.planned if year.isdecimal()]
    named += [dt.date(year, 1, 1) for year in years] + [dt.date(year, 12, 31) for year in years]

    for slot in unroll(plan):
        for edge in (slot.start, slot.end, slot.due):
            assert edge is None or min(named) <= edge <= max(named)
        if slot.start and slot.end:
            assert slot.start <= slot.end
        assert slot.due is None or slot.due == slot.end


@given(
    st.builds(
        Term,
        kind=st.sampled_from(KINDS) | st.text(LETTERS, max_size=5),
        start=st.none() | st.dates(),
        end=st.none() | st.dates(),
        recurrence=st.sampled_from(RECURRENCES) | st.text(LETTERS, max_size=12),
        text=st.text(LETTERS, max_size=30),
        year=st.none() | st.integers(-10, 100_000),
    ),
    st.none() | st.tuples(st.integers(), st.integers()),
)
def test_whatever_a_term_holds_it_is_shown_in_some_slot(only: Term, period: tuple[int, int] | None) -> None:
    found = unroll(ItemPlan((only,), {}, (ORDER,), period))

    assert 1 <= len(found) <= 600


@pytest.mark.parametrize(
    ("recurrence", "number", "first_due", "quantity"),
    [
        ("every 2 months", 6, dt.date(2022, 2, 28), 1),
        ("every 5 months", 3, dt.date(2022, 5, 31), 1),
        ("2 per month", 12, dt.date(2022, 1, 31), 2),
        ("3 per half-year", 2, dt.date(2022, 6, 30), 3),
        ("4 per quarter", 4, dt.date(2022, 3, 31), 4),
        ("daily", 12, dt.date(2022, 1, 31), 1),
        ("every 2 weeks", 12, dt.date(2022, 1, 31), 1),
        ("3 per week", 12, dt.date(2022, 1, 31), 1),
        ("2 per 1 years", 1, dt.date(2022, 12, 31), 2),
        ("1 per school quarter", 1, dt.date(2022, 12, 31), 4),
        ("1 per semester", 1, dt.date(2022, 12, 31), 2),
    ],
)
def test_every_recurrence_that_the_grammar_reads_unrolls_within_its_year(
    recurrence: str, number: int, first_due: dt.date, quantity: int
) -> None:
    term = Term("recurring", dt.date(2022, 1, 1), dt.date(2022, 12, 31), recurrence, recurrence)

    slots = unroll(ItemPlan((term,), {}, (Expected(1, "Справка", "прочее"),), (2022, 2022)))

    assert (len(slots), slots[0].due, slots[0].quantity) == (number, first_due, quantity)
