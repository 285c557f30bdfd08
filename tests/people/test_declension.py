"""Corrected cases of names and posts win over computed ones, and are corrected by those who may."""

from __future__ import annotations

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.people.declension import (
    LONGEST_NAME_FORM,
    LONGEST_POST_FORM,
    OBLIQUE,
    computed_forms,
    forms_of_employee,
    forms_of_post,
    set_employee_forms,
    set_post_forms,
)
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Role
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import FullName
from tests.conftest import NOW, person

CLERK = person(Role.CLERK)


@pytest.fixture
def employee(database: str) -> Employee:
    return Employee.create(surname="Гогия", name="Нана", patronymic="Шотаевна", gender="f")


def corrected(surname: str) -> dict[Case, FullName]:
    """The genitive as somebody typed it, with the other cases as they are shown."""
    return {Case.GEN: FullName(surname, "Наны", "Шотаевны", "f")}


def journal() -> list[tuple[str, object]]:
    return [(event.what, event.effect.get("forms")) for event in Event.select().order_by(Event.number)]


def test_without_corrections_forms_are_computed(employee: Employee) -> None:
    forms = forms_of_employee(employee)
    assert forms == computed_forms(employee)
    assert list(forms) == list(Case)
    assert forms[Case.DAT].full == "Гогии Нане Шотаевне"
    assert forms_of_post("методист")[Case.INS] == "методистом"


def test_a_corrected_form_wins_and_the_others_stay_computed(employee: Employee) -> None:
    set_employee_forms(employee, corrected("Гогия"), by=CLERK, now=NOW)
    forms = forms_of_employee(employee)
    assert forms[Case.GEN].full == "Гогия Наны Шотаевны"
    assert forms[Case.GEN].initials_before == "Н.Ш.\xa0Гогия"
    assert forms[Case.DAT].surname == "Гогии"
    assert journal() == [("employee_forms_set", {"surname": {"nom": "Гогия", "gen": "Гогия"}})]


def test_what_is_as_computed_is_not_kept_and_takes_a_correction_back(employee: Employee) -> None:
    set_employee_forms(employee, computed_forms(employee), by=CLERK, now=NOW)
    assert journal() == []
    set_employee_forms(employee, corrected("Гогия"), by=CLERK, now=NOW)
    set_employee_forms(employee, corrected("Гогия"), by=CLERK, now=NOW)
    set_employee_forms(employee, corrected(""), by=CLERK, now=NOW)
    assert forms_of_employee(employee) == computed_forms(employee)
    assert journal() == [
        ("employee_forms_set", {"surname": {"nom": "Гогия", "gen": "Гогия"}}),
        ("employee_forms_set", {}),
    ]


def test_a_correction_does_not_outlive_the_name(employee: Employee) -> None:
    set_employee_forms(employee, corrected("Гогия"), by=CLERK, now=NOW)
    employee.surname = "Лукина"
    employee.save()
    assert forms_of_employee(employee)[Case.GEN].surname == "Лукиной"


def test_a_post_is_corrected_for_all_who_hold_it(employee: Employee) -> None:
    set_post_forms("врио главы", {Case.DAT: "временно исполняющему обязанности главы"}, by=CLERK, now=NOW)
    forms = forms_of_post("врио главы")
    assert forms[Case.DAT] == "временно исполняющему обязанности главы"
    assert forms[Case.GEN] == "врио главы"
    assert [what for what, _forms in journal()] == ["post_forms_set"]


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE, Role.COORDINATOR])
def test_others_do_not_correct(employee: Employee, role: Role) -> None:
    with pytest.raises(Forbidden):
        set_employee_forms(employee, corrected("Гогия"), by=person(role), now=NOW)
    with pytest.raises(Forbidden):
        set_post_forms("методист", {Case.GEN: "методистки"}, by=person(role), now=NOW)
    assert journal() == []


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Гогия2", "form_unreadable"),
        ("<b>", "form_unreadable"),
        ("Г" + "о" * LONGEST_NAME_FORM, "form_unreadable"),
        ("Лукиной", "form_of_another"),
    ],
)
def test_what_is_no_form_of_the_name_is_refused(employee: Employee, form: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        set_employee_forms(employee, corrected(form), by=CLERK, now=NOW)
    assert (refused.value.code, refused.value.details["field"]) == (code, "surname-gen")
    assert forms_of_employee(employee) == computed_forms(employee)


@pytest.mark.parametrize("form", ["123", "мето\x00диста", "м" * (LONGEST_POST_FORM + 1)])
def test_what_is_no_form_of_a_post_is_refused(employee: Employee, form: str) -> None:
    with pytest.raises(Refusal) as refused:
        set_post_forms("методист", {Case.GEN: form}, by=CLERK, now=NOW)
    assert (refused.value.code, refused.value.details["field"]) == ("form_unreadable", "gen")


def test_the_nominative_is_the_name_itself(employee: Employee) -> None:
    assert Case.NOM not in OBLIQUE
    set_employee_forms(employee, {Case.NOM: FullName("Гогоберидзе", "Нана", "", "f")}, by=CLERK, now=NOW)
    assert forms_of_employee(employee)[Case.NOM].full == "Гогия Нана Шотаевна"
