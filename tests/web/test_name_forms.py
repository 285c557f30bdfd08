"""The pages on which cases of names and posts are looked at and corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs.people.declension import forms_of_employee, forms_of_post
from roadmapdocs.people.models import Employee, EmployeeForms, Post
from roadmapdocs.people.rules import Role
from roadmapdocs.russian.cases import Case
from tests import factories
from tests.web.office import Office, office_on, post

ADDRESS = "/reference/forms/"


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path) as opened:
        yield opened


@pytest.fixture
def employee(office: Office) -> Employee:
    return factories.employee("Гогия", factories.unit())


def page_of(employee: Employee) -> str:
    return f"{ADDRESS}employee/{employee.id}"


def test_a_name_is_shown_in_all_cases_with_initials_both_ways_round(office: Office, employee: Employee) -> None:
    page = office.client(Role.CLERK).get(page_of(employee)).text.replace("\xa0", " ")
    for shown in ("Гогия Ольга Сергеевна", "О.С. Гогия", "Гогия О.С.", 'value="Гогии"', 'value="Ольгой"', "О.С. Гогию, Гогию О.С."):
        assert shown in page
    assert "corrected" not in page


def test_a_corrected_form_is_kept_and_shown_beside_the_computed_one(office: Office, employee: Employee) -> None:
    clerk = office.client(Role.CLERK)
    answer = post(clerk, page_of(employee), follow=True, **{"surname-gen": "Гогия"})
    assert "Saved." in answer.text
    assert 'value="Гогия"' in answer.text
    assert "by the rules: Гогии" in answer.text
    assert forms_of_employee(employee)[Case.GEN].surname == "Гогия"
    assert "corrected" in clerk.get(ADDRESS).text


def test_a_refused_form_stays_in_its_field_with_the_reason(office: Office, employee: Employee) -> None:
    answer = post(office.client(Role.CLERK), page_of(employee), **{"surname-gen": "Гогия 2", "surname-dat": "Гогие"})
    assert answer.status_code == 422
    assert 'value="Гогия 2"' in answer.text
    assert 'value="Гогие"' in answer.text
    assert 'id="surname-gen-error"' in answer.text
    assert not EmployeeForms.select().where(EmployeeForms.forms != {}).exists()


def test_a_post_is_corrected_once_for_all_who_hold_it(office: Office, employee: Employee) -> None:
    held = Post.get(Post.employee == employee)
    clerk = office.client(Role.CLERK)
    address = f"{ADDRESS}post/{held.id}"
    assert 'value="методистом"' in clerk.get(address).text
    post(clerk, address, gen="методистки")
    assert forms_of_post("методист")[Case.GEN] == "методистки"
    refused = post(clerk, address, gen="5")
    assert refused.status_code == 422


def test_people_and_posts_are_found_by_a_part_of_the_name(office: Office, employee: Employee) -> None:
    factories.employee("Лукина")
    page = office.client(Role.CLERK).get(f"{ADDRESS}?q=гоги").text
    assert page_of(employee) in page
    assert "Лукина" not in page
    assert "No post is called so." in page


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}employee/1", f"{ADDRESS}post/1"])
def test_the_pages_are_for_those_who_register(office: Office, employee: Employee, address: str) -> None:
    assert office.client(Role.STAFF).get(address).status_code == 403
    assert office.client(Role.ADMINISTRATOR).get(address).status_code == 200


def test_nobody_and_no_post_are_not_found(office: Office) -> None:
    clerk = office.client(Role.CLERK)
    assert clerk.get(f"{ADDRESS}employee/999").status_code == 404
    assert post(clerk, f"{ADDRESS}post/999", gen="а").status_code == 404


def test_the_table_of_employees_and_the_pages_of_people_lead_there(office: Office, employee: Employee) -> None:
    administrator = office.client(Role.ADMINISTRATOR)
    assert page_of(employee) in administrator.get("/people/employees/").text
    assert ADDRESS in administrator.get("/people/").text
    assert ADDRESS in office.client(Role.CLERK).get("/acting/").text
