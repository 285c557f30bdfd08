"""Closing a year, opening it again, and cases whose term is over, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import verify
from roadmapdocs.cases import rules
from roadmapdocs.cases.closing import close_year, due_cases, record_of, remove_case, reopen_year
from roadmapdocs.cases.models import Case, CaseYear, Retention
from roadmapdocs.cases.operations import card_of, cases_of, copy_nomenclature, keep_case, open_case
from roadmapdocs.cases.rules import ClosingRecord
from roadmapdocs.db import database as proxy
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.people.rules import SYSTEM, Actor
from tests.cases import made
from tests.conftest import NOW
from tests.processes import at_once

LAST = dt.date(2026, 12, 31)


def close(year: int = 2026, organisation_id: int | None = None, *, by: Actor = SYSTEM) -> ClosingRecord:
    return close_year(year, organisation_id, by=by, now=NOW, today=made.evening_of(year))


def reopen(year: int = 2026, reason: str = "Нашли приказ № 7") -> None:
    reopen_year(year, None, reason, by=SYSTEM, now=NOW)


def stored() -> list[tuple[object, ...]]:
    """Everything that closing writes, to be compared."""
    cases = Case.select(Case.id, Case.year, Case.case_index, Case.closed_on, Case.continues).order_by(Case.id).tuples()
    years = CaseYear.select(CaseYear.key, CaseYear.closed_on, CaseYear.closed_by).order_by(CaseYear.key).tuples()
    return [*cases, *years, (Event.select().count(),)]


def test_closing_ends_what_ends_and_continues_what_goes_on(database: str) -> None:
    term = made.retention().id
    ended = made.case("01-05", retention_id=term)
    going = made.case("01-06", "Протоколы", retention_id=term, transitional=True, note="с 2020 года")
    said = close()
    assert (said.opened, said.closed, said.transitional) == (2, 1, 1)
    assert Case.get_by_id(ended.id).closed_on == LAST
    assert Case.get_by_id(going.id).closed_on is None
    (following,) = cases_of(2027, None)
    assert (following.continues_id, following.case_index, following.transitional) == (going.id, "01-06", True)
    assert (following.title, following.note, following.retention_id) == ("Протоколы", "с 2020 года", term)
    assert open_case(following.id).id == following.id


def test_cases_closed_in_the_new_year_count_from_the_year_that_they_are_of(database: str) -> None:
    case = made.case(years=5)
    close_year(2026, None, by=SYSTEM, now=NOW, today=dt.date(2027, 2, 12))
    assert rules.due_on(Case.get_by_id(case.id).closed_on, 5) == dt.date(2032, 1, 1)
    assert CaseYear.get(CaseYear.year == 2026).closed_on == dt.date(2027, 2, 12)


def test_the_closing_record_is_stored_and_told(database: str, clerk: Actor) -> None:
    made.case("01-05", years=75)
    said = close(by=clerk)
    year = CaseYear.get(CaseYear.year == 2026)
    assert year.closing == said.as_json() == record_of(2026, None).as_json()
    assert year.closed_by == clerk.name
    event = Event.select().where(Event.what == "case_year_closed").get()
    assert event.effect == {"year": 2026, **said.as_json()}
    assert event.subject == f"case_year:{year.id}"


def test_a_row_that_was_drafted_is_continued_rather_than_doubled(database: str) -> None:
    going = made.case("01-06", transitional=True)
    copy_nomenclature(2026, 2027, None, by=SYSTEM, now=NOW)
    close()
    assert [case.continues_id for case in cases_of(2027, None)] == [going.id]


def test_closing_twice_is_refused_and_changes_nothing(database: str) -> None:
    made.case("01-05")
    made.case("01-06", transitional=True)
    close()
    before = stored()
    with pytest.raises(Refusal) as told:
        close()
    assert told.value.code == "year_closed"
    assert stored() == before


def test_a_year_is_not_closed_before_its_last_day(database: str) -> None:
    made.case()
    before = stored()
    with pytest.raises(Refusal) as told:
        close_year(2026, None, by=SYSTEM, now=NOW, today=dt.date(2026, 12, 30))
    assert told.value.code == "too_early"
    assert stored() == before


def test_an_earlier_year_is_closed_first(database: str) -> None:
    made.case(year=2025)
    made.case()
    with pytest.raises(Refusal) as told:
        close()
    assert (told.value.code, told.value.details["year"]) == ("earlier_open", 2025)


@pytest.mark.parametrize(("year", "code"), [(2024, "no_cases"), (1800, "year"), (9999, "year")])
def test_a_year_without_cases_is_not_closed(database: str, year: int, code: str) -> None:
    made.case()
    with pytest.raises(Refusal) as told:
        close_year(year, None, by=SYSTEM, now=NOW, today=dt.date(2030, 1, 1))
    assert told.value.code == code


def test_organisations_close_their_years_apart(database: str) -> None:
    office = made.organisation()
    ours, whole = made.case(organisation_id=office.id), made.case()
    close(2026, office.id)
    assert Case.get_by_id(ours.id).closed_on == LAST
    assert Case.get_by_id(whole.id).closed_on is None


def test_staff_close_no_year(database: str, staff: Actor) -> None:
    made.case()
    with pytest.raises(Forbidden):
        close(by=staff)


def test_a_case_that_ends_after_years_is_closed_in_all_its_rows(database: str) -> None:
    first = made.case("01-06", transitional=True)
    close(2026)
    close(2027)
    last = cases_of(2028, None).get()
    keep_case(last, rules.replace(card_of(last), transitional=False), by=SYSTEM, now=NOW)
    close(2028)
    assert {case.closed_on for case in Case.select()} == {dt.date(2028, 12, 31)}
    assert due_cases(dt.date(2033, 12, 31), None) == []
    assert len(due_cases(dt.date(2034, 1, 1), None)) == 3
    assert Case.get_by_id(first.id).year == 2026


def test_a_year_is_opened_again_with_a_reason_and_closed_again(database: str) -> None:
    ended, going = made.case("01-05"), made.case("01-06", transitional=True)
    close()
    rows = Case.select().count()
    reopen()
    assert Case.get_by_id(ended.id).closed_on is None
    assert open_case(ended.id)
    assert open_case(going.id)
    event = Event.select().where(Event.what == "case_year_reopened").get()
    assert event.effect == {"year": 2026, "reason": "Нашли приказ № 7"}
    close()
    assert Case.select().count() == rows
    assert Case.get_by_id(ended.id).closed_on == LAST
    assert verify() is None


def test_a_case_that_turned_out_to_end_goes_on_no_more(database: str) -> None:
    case = made.case("01-06", transitional=True)
    close()
    reopen()
    keep_case(case, rules.replace(card_of(case), transitional=False), by=SYSTEM, now=NOW)
    close()
    assert Case.get_by_id(case.id).closed_on == LAST
    assert [row.continues_id for row in cases_of(2027, None)] == [None]


def test_a_row_renamed_in_the_next_year_is_still_the_one_that_goes_on(database: str) -> None:
    going = made.case("01-06", transitional=True)
    close()
    following = cases_of(2027, None).get()
    keep_case(following, rules.replace(card_of(following), case_index="02-01"), by=SYSTEM, now=NOW)
    reopen()
    close()
    assert [(row.case_index, row.continues_id) for row in cases_of(2027, None)] == [("02-01", going.id)]


@pytest.mark.parametrize(("reason", "code"), [("  ", "no_reason"), ("я" * 1001, "too_long")])
def test_a_reason_is_written_to_open_a_year_again(database: str, reason: str, code: str) -> None:
    made.case()
    close()
    with pytest.raises(Refusal) as told:
        reopen(reason=reason)
    assert told.value.code == code


def test_an_open_year_is_not_opened_again(database: str) -> None:
    made.case()
    with pytest.raises(Refusal) as told:
        reopen()
    assert told.value.code == "not_closed"


def test_years_are_opened_again_from_the_last_one_back(database: str) -> None:
    made.case(transitional=True)
    close(2026)
    close(2027)
    with pytest.raises(Refusal) as told:
        reopen(2026)
    assert told.value.code == "later_closed"
    reopen(2027)
    reopen(2026)
    assert {year.closed_on for year in CaseYear.select()} == {None}


def test_a_case_whose_term_is_over_leaves_by_an_act(database: str) -> None:
    case = made.case(years=1)
    close()
    (due,) = due_cases(dt.date(2028, 1, 1), None)
    assert due.id == case.id
    removed = remove_case(case.id, " акт № 2 от 15.01.2028 ", by=SYSTEM, now=NOW, today=dt.date(2028, 1, 15))
    assert (removed.removed_on, removed.removed_by) == (dt.date(2028, 1, 15), "акт № 2 от 15.01.2028")
    assert due_cases(dt.date(2028, 1, 15), None) == []
    for again in (lambda: remove_case(case.id, "акт", by=SYSTEM, now=NOW, today=dt.date(2028, 2, 1)), reopen):
        with pytest.raises(Refusal) as told:
            again()
        assert told.value.code == "case_removed"


@pytest.mark.parametrize(
    ("years", "act", "code"), [(5, "акт № 2", "term_not_over"), (None, "акт № 2", "term_not_over"), (0, "", "no_act")]
)
def test_a_case_does_not_leave_before_its_time_or_without_an_act(
    database: str, years: int | None, act: str, code: str
) -> None:
    case = made.case(retention_id=made.retention(years).id)
    close()
    with pytest.raises(Refusal) as told:
        remove_case(case.id, act, by=SYSTEM, now=NOW, today=dt.date(2028, 1, 1))
    assert told.value.code == code
    assert Case.get_by_id(case.id).removed_on is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)), st.none() | st.integers(0, 20)),
        max_size=6,
    ),
    today=st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31)),
)
def test_the_query_of_what_is_due_says_the_same_as_the_rule(
    database: str, rows: list[tuple[dt.date | None, int | None]], today: dt.date
) -> None:
    with proxy.atomic() as undone:
        year = CaseYear.create(key="2026", year=2026)
        due = set()
        for place, (closed, years) in enumerate(rows):
            term = Retention.create(code=f"r{place}", documents="Дела", article="", years=years, text="срок")
            words = {"case_index": str(place), "index_key": str(place), "index_sort": str(place), "title": "Дело"}
            case = Case.create(case_year=year, year=2026, retention=term, closed_on=closed, **words)
            if rules.is_due(closed, years, today):
                due.add(case.id)
        found = {case.id for case in due_cases(today, None)}
        undone.rollback()
    assert found == due


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=5))
def test_closing_once_more_changes_nothing_whatever_the_year_holds(
    sqlite_database: None, kinds: list[tuple[bool, bool]]
) -> None:
    """Each case is transitional or not, and drafted into the next year or not."""
    with proxy.atomic() as undone:
        term = made.retention().id
        for place, (transitional, drafted) in enumerate(kinds):
            made.case(f"01-{place}", retention_id=term, transitional=transitional)
            if drafted:
                made.case(f"01-{place}", retention_id=term, year=2027)
        said = close()
        before = stored()
        with pytest.raises(Refusal):
            close()
        after = stored()
        following = Case.select().where(Case.continues.is_null(False)).count()
        undone.rollback()
    assert before == after
    assert following == said.transitional == sum(transitional for transitional, _drafted in kinds)


_CLOSE = """
import datetime as dt
from roadmapdocs.cases.closing import close_year
from roadmapdocs.errors import Refusal
from roadmapdocs.people.rules import SYSTEM
from tests.conftest import NOW
try:
    result = close_year(2026, None, by=SYSTEM, now=NOW, today=dt.date(2027, 1, 9)).as_json()["closed"]
except Refusal as refusal:
    result = refusal.code
"""


def test_two_clerks_who_close_the_year_at_once_close_it_once(database: str) -> None:
    made.case("01-05")
    made.case("01-06", transitional=True)
    told = at_once(database, [_CLOSE] * 3)
    assert sorted(told, key=str) == [1, "year_closed", "year_closed"]
    assert [case.case_index for case in cases_of(2027, None)] == ["01-06"]
    assert Event.select().where(Event.what == "case_year_closed").count() == 1
    assert verify() is None
