"""Names and posts in all cases, by the forms that people of the office have corrected, else by the rules."""

from __future__ import annotations

from functools import cached_property

from roadmapdocs.drafting.composing import BY_RULES
from roadmapdocs.people.declension import forms_of_employee, forms_of_post
from roadmapdocs.people.models import Employee, EmployeeForms, PostForms
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import FullName


class OfficeForms:
    """A :class:`roadmapdocs.drafting.composing.Declension`: what was corrected is read once for a whole document."""

    def person(self, name: str, gender: str, case: Case) -> FullName:
        corrected = self._people.get(" ".join(name.split()))
        return corrected[case] if corrected is not None else BY_RULES.person(name, gender, case)

    def post(self, title: str, case: Case, gender: str) -> str:
        if title in self._posts:
            return forms_of_post(title, gender or "m")[case]
        return BY_RULES.post(title, case, gender)

    @cached_property
    def _people(self) -> dict[str, dict[Case, FullName]]:
        """Those with corrected forms, by their full names as a draft has them."""
        rows = Employee.select().join(EmployeeForms, on=(EmployeeForms.employee == Employee.id))
        return {" ".join(filter(None, (one.surname, one.name, one.patronymic))): forms_of_employee(one) for one in rows}

    @cached_property
    def _posts(self) -> frozenset[str]:
        return frozenset(title for (title,) in PostForms.select(PostForms.title).tuples())
