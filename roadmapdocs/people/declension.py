"""Names and posts in all cases: what a person corrected wins over what is computed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, EmployeeForms, PostForms
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.names import FullName, decline
from roadmapdocs.russian.posts import decline_post

PARTS = ("surname", "name", "patronymic")
#: The cases that can be corrected: the nominative is the name itself.
OBLIQUE: tuple[Case, ...] = tuple(case for case in Case if case is not Case.NOM)
LONGEST_NAME_FORM, LONGEST_POST_FORM = 100, 500
_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'’`-])*")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f]")


def name_of(employee: Employee) -> FullName:
    """The employee's name in the nominative."""
    return FullName(employee.surname, employee.name, employee.patronymic, employee.gender)


def computed_forms(employee: Employee) -> dict[Case, FullName]:
    """All six cases by the rules of the language alone."""
    return {case: decline(name_of(employee), case) for case in Case}


def forms_of_employee(employee: Employee) -> dict[Case, FullName]:
    """All six cases; a part that somebody corrected as it was corrected."""
    stored = EmployeeForms.get_or_none(EmployeeForms.employee == employee)
    kept: Mapping[str, Mapping[str, str]] = stored.forms if stored is not None else {}
    forms = {}
    for case, computed in computed_forms(employee).items():
        corrected = {part: _kept(kept.get(part, {}), getattr(employee, part), case) for part in PARTS}
        parts = {part: corrected[part] or getattr(computed, part) for part in PARTS}
        forms[case] = FullName(**parts, gender=computed.gender)
    return forms


def _kept(forms: Mapping[str, str], nominative: str, case: Case) -> str:
    """The corrected form; empty where there is none, or where the person was called otherwise then."""
    return forms.get(case, "") if forms.get(Case.NOM) == nominative else ""


def forms_of_post(title: str, gender: str = "m") -> dict[Case, str]:
    """All six cases of a title of posts; those that somebody corrected as they were corrected."""
    stored = PostForms.get_or_none(PostForms.title == title)
    kept: Mapping[str, str] = stored.forms if stored is not None else {}
    return {case: kept.get(case) or decline_post(title, case, gender) for case in Case}


def set_employee_forms(employee: Employee, forms: Mapping[Case, FullName], *, by: Actor, now: dt.datetime) -> None:
    """Correct the cases of a name; what is the same as computed, or empty, is not kept.

    The clerk and the administrator do so. What changes nothing leaves no entry in the journal.

    :raise Refusal: ``form_unreadable`` or ``form_of_another``; the field is «surname-gen»
    """
    _require_keeper(by)
    computed = computed_forms(employee)
    wanted: dict[str, dict[str, str]] = {}
    for part in PARTS:
        nominative = getattr(employee, part)
        changed: dict[str, str] = {}
        for case in OBLIQUE:
            form = _one_line(getattr(forms[case], part)) if case in forms else ""
            if form and form != getattr(computed[case], part):
                _check_name_form(form, nominative, field=f"{part}-{case}")
                changed[case] = form
        if changed:
            wanted[part] = {str(Case.NOM): nominative, **changed}
    with transaction():
        row = _locked(EmployeeForms, employee=employee)
        if row.forms == wanted:
            return
        row.forms = wanted
        row.save()
        effect = {"name": name_of(employee).full, "forms": wanted}
        record("employee_forms_set", subject=employee, effect=effect, by=by, now=now)


def set_post_forms(title: str, forms: Mapping[Case, str], *, by: Actor, now: dt.datetime) -> None:
    """Correct the cases of a title of posts, as :func:`set_employee_forms` does of a name.

    :raise Refusal: ``form_unreadable``; the field is «gen»
    """
    _require_keeper(by)
    wanted: dict[str, str] = {}
    for case in OBLIQUE:
        form = _one_line(forms.get(case, ""))
        if form and form != decline_post(title, case):
            _check_post_form(form, field=str(case))
            wanted[case] = form
    with transaction():
        row = _locked(PostForms, title=title)
        if row.forms == wanted:
            return
        row.forms = wanted
        row.save()
        record("post_forms_set", subject=row, effect={"title": title, "forms": wanted}, by=by, now=now)


def _locked(table: type[Any], **key: object) -> Any:
    """The row of the key, made if it is not there, and nobody else's until the transaction ends."""
    table.insert(**key).on_conflict_ignore().execute()
    condition = getattr(table, next(iter(key))) == next(iter(key.values()))
    # The update is what locks the row, on SQLite and PostgreSQL alike.
    table.update(forms=table.forms).where(condition).execute()
    return table.get(condition)


def _require_keeper(by: Actor) -> None:
    if not by.has(Role.CLERK, Role.ADMINISTRATOR):
        raise Forbidden("forbidden", _("Cases of names and posts are corrected by the clerk."))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _check_name_form(form: str, nominative: str, *, field: str) -> None:
    if len(form) > LONGEST_NAME_FORM or not _LETTERS.fullmatch(form):
        raise Refusal(
            "form_unreadable",
            _("“%(form)s” is no form of a name: write letters, at most %(limit)s.", form=form[:60], limit=LONGEST_NAME_FORM),
            field=field,
        )
    if not nominative or form[0] != nominative[0]:
        raise Refusal(
            "form_of_another",
            _(
                "“%(form)s” does not begin like “%(name)s”. In another case the name begins with the same letter.",
                form=form,
                name=nominative,
            ),
            field=field,
        )


def _check_post_form(form: str, *, field: str) -> None:
    if len(form) > LONGEST_POST_FORM or _UNPRINTED.search(form) or not any(letter.isalpha() for letter in form):
        raise Refusal(
            "form_unreadable",
            _("“%(form)s” is no form of a post: write words, at most %(limit)s characters.", form=form[:60], limit=LONGEST_POST_FORM),
            field=field,
        )
