"""Keeping the nomenclature, on both databases."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import history, verify
from roadmapdocs.cases.closing import close_year
from roadmapdocs.cases.models import Case, CaseYear
from roadmapdocs.cases.operations import card_of, cases_of, copy_nomenclature, get_case, keep_case, open_case
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.rules import SYSTEM, Actor
from tests.cases import made
from tests.conftest import NOW
from tests.processes import at_once


def change(case: Case, **values: Any) -> Case:
    return keep_case(case, dataclasses.replace(card_of(case), **values), by=SYSTEM, now=NOW)


def close(year: int = 2026) -> None:
    close_year(year, None, by=SYSTEM, now=NOW, today=made.evening_of(year))


def test_a_case_is_kept_as_it_was_filled_in_and_told(database: str, clerk: Actor) -> None:
    office = made.organisation()
    department = made.unit(office)
    case = made.case(" 01 – 05 ", organisation_id=office.id, unit_id=department.id, note=" том 1 ")
    kept = get_case(case.id)
    assert (kept.case_index, kept.index_key, kept.title) == ("01 – 05", "01-05", "Приказы по основной деятельности")
    assert (kept.unit_id, kept.organisation_id, kept.year, kept.note) == (department.id, office.id, 2026, "том 1")
    assert [event.what for event in history(kept)] == ["case_added"]
    assert verify() is None


@pytest.mark.parametrize("same", ["01-05", "01–05", " 01 - 05", "０１-05"])
def test_an_index_is_given_once_in_a_year_of_an_organisation(database: str, same: str) -> None:
    first = made.case("01-05", "Приказы")
    with pytest.raises(Refusal) as told:
        made.case(same, "Протоколы")
    assert told.value.code == "index_taken"
    assert "Приказы" in told.value.message
    assert told.value.details["case"] == first.id
    assert Case.select().count() == 1


def test_another_year_and_another_organisation_have_indexes_of_their_own(database: str) -> None:
    office = made.organisation()
    for values in ({}, {"year": 2027}, {"organisation_id": office.id}):
        made.case("01-05", **values)
    assert Case.select().count() == 3
    assert [case.organisation_id for case in cases_of(2026, office.id)] == [office.id]
    assert [case.organisation_id for case in cases_of(2026, None)] == [None]


def test_a_case_keeps_its_own_index_when_it_is_changed(database: str) -> None:
    case = change(made.case("01-05"), title="Приказы по личному составу", transitional=True)
    assert (case.case_index, case.title, case.transitional) == ("01-05", "Приказы по личному составу", True)
    assert [event.what for event in history(case)] == ["case_changed", "case_added"]


def test_cases_stand_in_the_order_in_which_people_count(database: str) -> None:
    for index in ("01-10", "01-9", "2-1", "01-05"):
        made.case(index)
    assert [case.case_index for case in cases_of(2026, None)] == ["01-05", "01-9", "01-10", "2-1"]


def test_a_case_does_not_move_to_another_year(database: str) -> None:
    with pytest.raises(Refusal) as told:
        change(made.case(), year=2027)
    assert told.value.code == "case_moved"


@pytest.mark.parametrize(
    ("values", "field"),
    [({"case_index": "01-06"}, "case_index"), ({"transitional": True}, "transitional"), ({"retention": 1}, "retention_id")],
)
def test_index_and_term_of_a_closed_case_stay(database: str, values: dict[str, Any], field: str) -> None:
    case, other = made.case(), made.retention(75)
    close()
    if "retention" in values:
        values = {"retention_id": other.id}
    with pytest.raises(Refusal) as told:
        change(case, **values)
    assert told.value.code == "case_closed"
    assert list(told.value.details["fields"]) == [field]  # type: ignore[call-overload]  # a mapping, by its docstring


def test_words_of_a_closed_case_can_be_corrected(database: str) -> None:
    case = made.case(title="Прикозы")
    close()
    assert change(case, title="Приказы", note="1 том").title == "Приказы"


def test_a_closed_year_takes_no_new_case(database: str) -> None:
    made.case()
    close()
    with pytest.raises(Refusal) as told:
        made.case("01-06")
    assert told.value.code == "year_closed"
    assert "31.12.2026" in told.value.message


@pytest.mark.parametrize("values", [{"retention_id": 999_999}, {"unit_id": 999_999}])
def test_a_row_that_is_not_there_is_refused_with_words(database: str, values: dict[str, int]) -> None:
    with pytest.raises(Refusal) as told:
        made.case(**values)
    assert list(told.value.details["fields"]) == list(values)  # type: ignore[call-overload]  # as above
    assert Event.select().where(Event.what == "case_added").count() == 0


def test_a_unit_of_another_organisation_is_refused(database: str) -> None:
    ours, theirs = made.organisation(), made.organisation("Школа № 5")
    with pytest.raises(Refusal) as told:
        made.case(organisation_id=ours.id, unit_id=made.unit(theirs).id)
    assert told.value.code == "other_organisation"


def test_staff_keep_no_cases(database: str, staff: Actor, clerk: Actor) -> None:
    case = made.case()
    with pytest.raises(Forbidden):
        keep_case(None, dataclasses.replace(card_of(case), case_index="01-06"), by=staff, now=NOW)
    with pytest.raises(Forbidden):
        copy_nomenclature(2026, 2027, None, by=staff, now=NOW)
    assert copy_nomenclature(2026, 2027, None, by=clerk, now=NOW) == 1


def test_the_next_years_nomenclature_is_drafted_from_this_years(database: str) -> None:
    office = made.organisation()
    term = made.retention().id
    made.case("01-05", organisation_id=office.id, unit_id=made.unit(office).id, retention_id=term, note="в 2 томах")
    made.case("01-06", "Протоколы", organisation_id=office.id, retention_id=term, transitional=True)
    made.case("01-07", "Планы", retention_id=term)
    assert copy_nomenclature(2026, 2027, office.id, by=SYSTEM, now=NOW) == 2
    cards = [[dataclasses.replace(card_of(case), year=0) for case in cases_of(year, office.id)] for year in (2026, 2027)]
    assert cards[0] == cards[1]
    assert {case.closed_on for case in cases_of(2027, office.id)} == {None}


def test_copying_again_adds_only_what_is_new(database: str) -> None:
    term = made.retention().id
    made.case("01-05", retention_id=term)
    copy_nomenclature(2026, 2027, None, by=SYSTEM, now=NOW)
    change(cases_of(2027, None).get(), title="Приказы, том 2")
    made.case("01-06", retention_id=term)
    assert copy_nomenclature(2026, 2027, None, by=SYSTEM, now=NOW) == 1
    assert [case.title for case in cases_of(2027, None)] == ["Приказы, том 2", "Приказы по основной деятельности"]


@pytest.mark.parametrize(
    ("years", "code"), [((2025, 2027), "nothing_to_copy"), ((2026, 2026), "same_year"), ((2026, 2201), "year")]
)
def test_what_cannot_be_copied_is_refused(database: str, years: tuple[int, int], code: str) -> None:
    made.case()
    with pytest.raises(Refusal) as told:
        copy_nomenclature(*years, None, by=SYSTEM, now=NOW)
    assert told.value.code == code
    assert Case.select().count() == 1


def test_an_open_case_takes_documents_of_its_own_organisation_and_of_none(database: str) -> None:
    ours, theirs = made.organisation(), made.organisation("Школа № 5")
    case = made.case(organisation_id=ours.id)
    assert open_case(case.id).id == open_case(case.id, ours.id).id == case.id
    with pytest.raises(Refusal) as told:
        open_case(case.id, theirs.id)
    assert told.value.code == "other_organisation"


def test_a_closed_case_takes_no_documents(database: str) -> None:
    ended, going = made.case("01-05"), made.case("01-06", transitional=True)
    close()
    for case, words in ((ended, "01-05"), (going, "2027")):
        with pytest.raises(Refusal) as told:
            open_case(case.id)
        assert told.value.code == "case_closed"
        assert words in told.value.message


@pytest.mark.parametrize("case_id", [0, -1, 999_999])
def test_a_case_that_is_not_there_takes_no_documents(database: str, case_id: int) -> None:
    with pytest.raises(NotFound):
        open_case(case_id)


_KEEP = """
from roadmapdocs.cases.operations import keep_case
from roadmapdocs.cases.rules import CaseCard
from roadmapdocs.errors import Refusal
from roadmapdocs.people.rules import SYSTEM
from tests.conftest import NOW
try:
    result = keep_case(None, CaseCard(2026, "01-05", "Приказы", {term}), by=SYSTEM, now=NOW).id
except Refusal as refusal:
    result = refusal.code
"""


def test_two_clerks_who_take_one_index_at_once_get_it_once(database: str) -> None:
    told = at_once(database, [_KEEP.format(term=made.retention().id)] * 3)
    assert sorted(str(one) for one in told)[1:] == ["index_taken", "index_taken"]
    assert (Case.select().count(), CaseYear.select().count()) == (1, 1)
    assert verify() is None
