"""The list of retention terms."""

from __future__ import annotations

from typing import Any

import pytest

from roadmapdocs.audit.operations import history
from roadmapdocs.cases.closing import close_year
from roadmapdocs.cases.models import Retention
from roadmapdocs.cases.retention import keep_retention, load_retention
from roadmapdocs.documents.models import Kind
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests.cases import made
from tests.conftest import NOW, person

VALUES: dict[str, Any] = {"documents": "Планы", "article": "200", "years": 5, "text": "5 лет ЭПК", "epk": True}


@pytest.fixture
def empty(database: str) -> None:
    Kind.update(retention=None).execute()
    Retention.delete().execute()


def test_the_shipped_list_fills_an_empty_table_once(empty: None) -> None:
    assert load_retention() > 15
    assert load_retention() == 0


@pytest.mark.parametrize(
    ("code", "article", "years", "text", "epk"),
    [
        ("19a", "19а", None, "Постоянно", False),
        ("19b", "19б", 5, "5 лет", False),
        ("434a", "434а", 50, "50/75 лет", False),
        ("200", "200", 5, "5 лет ЭПК", True),
        ("201", "201", 0, "До минования надобности", False),
        ("441", "441", 3, "3 года", False),
    ],
)
def test_terms_are_those_of_the_list(
    empty: None, code: str, article: str, years: int | None, text: str, epk: bool
) -> None:
    load_retention()
    row = Retention.get(Retention.code == code)
    assert (row.article, row.years, row.text, row.epk) == (article, years, text, epk)


def test_the_mark_of_the_commission_is_printed_where_it_is_set(empty: None) -> None:
    load_retention()
    assert {row.epk == ("ЭПК" in row.text) for row in Retention.select()} == {True}
    assert {row.years is None for row in Retention.select().where(Retention.text == "Постоянно")} == {True}


def test_a_line_that_the_office_changed_stays_changed(empty: None) -> None:
    load_retention()
    row = Retention.get(Retention.code == "19b")
    keep_retention(row, {**VALUES, "years": 10}, by=SYSTEM, now=NOW)
    load_retention()
    assert Retention.get_by_id(row.id).years == 10


def test_a_new_line_stands_last_and_is_told(database: str) -> None:
    row = keep_retention(None, VALUES, by=person(Role.ADMINISTRATOR), now=NOW)
    last = Retention.select().order_by(Retention.position.desc()).first()
    assert last.id == row.id
    assert (last.documents, last.article, last.years, last.text, last.epk) == tuple(VALUES.values())
    assert [event.what for event in history(row)] == ["retention_added"]
    assert made.retention().code != row.code


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"documents": " "}, "documents"),
        ({"text": ""}, "text"),
        ({"years": -1}, "years"),
        ({"years": 151}, "years"),
    ],
)
def test_a_line_that_is_not_right_is_refused_beside_its_field(database: str, values: dict[str, Any], field: str) -> None:
    before = Retention.select().count()
    with pytest.raises(Refusal) as told:
        keep_retention(None, VALUES | values, by=SYSTEM, now=NOW)
    assert told.value.details["field"] == field
    assert Retention.select().count() == before


def test_a_term_by_which_closed_cases_are_kept_stays(database: str) -> None:
    row = made.retention(5)
    made.case(retention_id=row.id)
    values = {**VALUES, "years": 5}
    assert keep_retention(row, {**values, "years": 6}, by=SYSTEM, now=NOW).years == 6
    close_year(2026, None, by=SYSTEM, now=NOW, today=made.evening_of(2026))
    with pytest.raises(Refusal) as told:
        keep_retention(row, values, by=SYSTEM, now=NOW)
    assert told.value.code == "in_use"
    assert keep_retention(row, {**values, "years": 6, "documents": "Графики"}, by=SYSTEM, now=NOW).documents == "Графики"


@pytest.mark.parametrize("role", [Role.CLERK, Role.STAFF, Role.COORDINATOR, Role.EXECUTIVE])
def test_only_the_administrator_keeps_the_list(database: str, role: Role) -> None:
    row = made.retention()
    for target in (None, row):
        with pytest.raises(Forbidden):
            keep_retention(target, VALUES, by=person(role), now=NOW)


def test_an_actor_without_roles_keeps_nothing(database: str) -> None:
    with pytest.raises(Forbidden):
        keep_retention(None, VALUES, by=Actor(None, "", frozenset()), now=NOW)
