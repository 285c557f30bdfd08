"""Employees as a form suggests them and as people write them: «Лукина О. С.», «О.С. Лукина», the name in full."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

import peewee as pw
from flask import g, has_request_context

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Post

#: More than an office of a district has; a browser still opens such a list at once.
MOST_SUGGESTED = 600
_NO_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Suggested:
    """``value`` is what is typed when the person is picked, ``label`` what tells namesakes apart."""

    value: str
    label: str


def suggested(day: dt.date) -> list[Suggested]:
    """Employees by surname, with the posts that they hold on that day."""
    held = (Post.since <= day) & (Post.until.is_null() | (Post.until >= day))
    rows = (
        Employee.select(Employee, Post.title.alias("post"))
        .join(Post, pw.JOIN.LEFT_OUTER, on=(Post.employee == Employee.id) & held)
        .order_by(Employee.surname, Employee.name, Employee.patronymic, Employee.id)
        .limit(MOST_SUGGESTED)
        .objects()
    )
    people = {row.id: row for row in rows}
    alike = Counter(_short(row) for row in people.values())
    return [
        Suggested(
            value=_short(row) if alike[_short(row)] == 1 else _full(row),
            label=", ".join(part for part in (_full(row), row.post) if part),
        )
        for row in people.values()
    ]


def name_of(employee: Employee) -> str:
    """The name as a list prints it, with plain spaces: what a person types."""
    return _short(employee)


def employee_called(text: str) -> Employee | None:
    """The employee whom these words name; None if nobody of the office is called so.

    :raise Refusal: ``namesakes`` if they name several
    """
    key = _key(text)
    if not key:
        return None
    found = _by_spelling().get(key, [])
    exact = [row for row in found if _key(_full(row)) == key]
    if len(exact or found) > 1:
        names = ", ".join(sorted({_full(row) for row in found}))
        raise Refusal("namesakes", _("Several employees are called so: %(names)s. Write the name in full.", names=names))
    return next(iter(exact or found), None)


def _by_spelling() -> dict[str, list[Employee]]:
    """Employees by each of their spellings; within a request they are read once, however many names it has."""
    if has_request_context() and "roadmapdocs_spellings" in g:
        known: dict[str, list[Employee]] = g.roadmapdocs_spellings
        return known
    made: dict[str, list[Employee]] = {}
    for row in Employee.select():
        for spelling in _spellings(row):
            made.setdefault(spelling, []).append(row)
    if has_request_context():
        g.roadmapdocs_spellings = made
    return made


def _spellings(employee: Employee) -> set[str]:
    initials = "".join(part[0] for part in (employee.name, employee.patronymic) if part)
    names = employee.name + employee.patronymic
    return {_key(one) for one in (employee.surname + initials, initials + employee.surname, employee.surname + names)}


def _key(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold().replace("ё", "е")


def _short(employee: Employee) -> str:
    return str(Employee.__str__(employee)).replace("\N{NO-BREAK SPACE}", " ")


def _full(employee: Employee) -> str:
    return " ".join(part for part in (employee.surname, employee.name, employee.patronymic) if part)
