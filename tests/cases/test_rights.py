"""Whose cases a person sees and keeps where several organisations share one base."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from roadmapdocs.cases.closing import close_year, remove_case, reopen_year
from roadmapdocs.cases.models import Case
from roadmapdocs.cases.operations import card_of, copy_nomenclature, find_case, keep_case
from roadmapdocs.cases.rights import open_to
from roadmapdocs.errors import Forbidden, NotFound
from roadmapdocs.people.rules import Actor
from tests.cases import made
from tests.conftest import NOW

EVENING = made.evening_of(2026)


@pytest.fixture
def cases(database: str) -> dict[str, Case]:
    """One of the whole office, one of our own school, one of another."""
    schools = {name: made.organisation(f"Школа «{name}»").id for name in ("own", "other")}
    return {name: made.case(organisation_id=of) for name, of in {"common": None, **schools}.items()}


@pytest.fixture
def school_clerk(clerk: Actor, cases: dict[str, Case]) -> Actor:
    return dataclasses.replace(clerk, organisations=frozenset({cases["own"].organisation_id}))


def test_cases_of_ones_own_organisation_and_of_all_are_open(cases: dict[str, Case], school_clerk: Actor, clerk: Actor) -> None:
    assert set(Case.select().where(open_to(school_clerk))) == {cases["own"], cases["common"]}
    assert set(Case.select().where(open_to(clerk))) == set(cases.values())
    assert find_case(cases["own"].id, by=school_clerk) == cases["own"]
    with pytest.raises(NotFound):
        find_case(cases["other"].id, by=school_clerk)


#: What a clerk does to a case or its year.
ACTS: dict[str, Callable[[Case, Actor], object]] = {
    "keep": lambda case, by: keep_case(None, card_of(case), by=by, now=NOW),
    "copy": lambda case, by: copy_nomenclature(2026, 2027, case.organisation_id, by=by, now=NOW),
    "close": lambda case, by: close_year(2026, case.organisation_id, by=by, now=NOW, today=EVENING),
    "reopen": lambda case, by: reopen_year(2026, case.organisation_id, "Забыли дело", by=by, now=NOW),
    "remove": lambda case, by: remove_case(case.id, "акт № 2", by=by, now=NOW, today=EVENING),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_nomenclature_of_another_organisation_stays_as_it_is(cases: dict[str, Case], school_clerk: Actor, act: str) -> None:
    with pytest.raises(Forbidden) as refused:
        ACTS[act](cases["other"], school_clerk)
    assert refused.value.code == "other_organisation"


def test_a_case_of_another_organisation_is_not_to_be_changed_by_naming_ones_own(
    cases: dict[str, Case], school_clerk: Actor
) -> None:
    card = dataclasses.replace(card_of(cases["other"]), organisation_id=cases["own"].organisation_id)
    with pytest.raises(NotFound):
        keep_case(cases["other"], card, by=school_clerk, now=NOW)


def test_a_nomenclature_of_ones_own_is_closed(cases: dict[str, Case], school_clerk: Actor) -> None:
    close_year(2026, cases["own"].organisation_id, by=school_clerk, now=NOW, today=EVENING)
    assert find_case(cases["own"].id, by=school_clerk).closed_on == EVENING
