"""Odoo's records of people in our words: names in both orders, posts, heads, who is archived."""

from __future__ import annotations

from typing import Any

import pytest

from roadmapdocs.erp.connector.people_rows import accounts, full_name, people, posts, reference, units
from roadmapdocs.people.incoming_rules import IncomingAccount, IncomingPerson, IncomingPost, IncomingUnit
from roadmapdocs.people.rules import Role


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Лукина Ольга Сергеевна", ("Лукина", "Ольга", "Сергеевна")),
        ("Ольга Сергеевна Лукина", ("Лукина", "Ольга", "Сергеевна")),
        ("Лукина Ольга", ("Лукина", "Ольга", "")),
        ("Мамедов Расул Керим оглы", ("Мамедов", "Расул", "Керим оглы")),
        ("Лукина", ("Лукина", "", "")),
        ("", ("", "", "")),
        # Both may be a patronymic: the usual order of lists is meant.
        ("Громыко Пётр Ильич", ("Громыко", "Пётр", "Ильич")),
    ],
)
def test_a_name_is_taken_apart_in_either_order(written: str, parts: tuple[str, str, str]) -> None:
    assert full_name(written) == parts


@pytest.mark.parametrize(("value", "read"), [([7, "Отдел"], "7"), (7, "7"), (False, ""), ([], ""), (None, "")])
def test_a_reference_is_a_pair_a_number_or_nothing(value: Any, read: str) -> None:
    assert reference({"department_id": value}, "department_id") == read


def test_units_know_the_one_above_and_archived_ones_are_none() -> None:
    rows = [
        {"id": 1, "name": "Управление", "parent_id": False, "company_id": [1, "Администрация"], "active": True},
        {"id": 2, "name": "Отдел", "parent_id": [1, "Управление"], "company_id": False},
        {"id": 3, "name": "Закрытый", "active": False},
    ]
    assert units(rows) == (
        IncomingUnit("1", "Управление", organisation="1"),
        IncomingUnit("2", "Отдел", parent="1"),
    )


def test_an_employee_is_a_person_with_one_post() -> None:
    row = {
        "id": 5,
        "name": "Лукина Ольга Сергеевна",
        "work_email": False,
        "department_id": [2, "Отдел"],
        "job_title": False,
        "job_id": [9, "Методист"],
        "gender": "female",
    }
    assert people([row]) == (IncomingPerson("5", "Лукина", "Ольга", "Сергеевна", "f"),)
    assert posts([row], {"2": "5"}) == (IncomingPost("5", "2", "Методист", heads=True),)
    assert posts([row], {"2": "6"}) == (IncomingPost("5", "2", "Методист", heads=False),)
    # Of a department that did not change it is not known who heads it.
    assert posts([row], {}) == (IncomingPost("5", "2", "Методист", heads=None),)
    assert posts([{**row, "active": False}], {}) == ()
    assert posts([{**row, "department_id": False}], {}) == ()


def test_an_account_has_the_roles_of_its_groups_and_may_be_closed() -> None:
    rows = [{"id": 3, "login": "lukina", "active": True}, {"id": 4, "login": "gone", "active": False}]
    assert accounts(rows, {"3": "5"}, {"3": {Role.CLERK}}) == (
        IncomingAccount("3", "lukina", "5", frozenset({Role.CLERK})),
        IncomingAccount("4", "gone", "", frozenset(), active=False),
    )
