"""Records of Odoo's people as people who come in: companies, departments, employees, accounts. Pure.

An employee has one post, in one department. Whoever is archived has none, and nobody signs in to an archived account.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from roadmapdocs.people.incoming_rules import (
    IncomingAccount,
    IncomingOrganisation,
    IncomingPerson,
    IncomingPost,
    IncomingUnit,
)
from roadmapdocs.people.rules import Role

Row = Mapping[str, Any]
#: The part of a name that says in which order the others stand.
_PATRONYMIC: Final = re.compile(r"\w+(?:вич|вна|ична|инична|оглы|кызы)", re.IGNORECASE)
#: Where an employee has neither a post nor a title.
UNTITLED: Final = "Сотрудник"


def organisations(rows: Iterable[Row]) -> tuple[IncomingOrganisation, ...]:
    return tuple(IncomingOrganisation(str(row["id"]), _text(row, "name"), _text(row, "name")) for row in rows)


def units(rows: Iterable[Row]) -> tuple[IncomingUnit, ...]:
    return tuple(
        IncomingUnit(str(row["id"]), _text(row, "name"), parent=reference(row, "parent_id"), organisation=reference(row, "company_id"))
        for row in rows
        if row.get("active", True)
    )


def people(rows: Iterable[Row]) -> tuple[IncomingPerson, ...]:
    return tuple(
        IncomingPerson(str(row["id"]), *full_name(_text(row, "name")), gender=_gender(row), email=_text(row, "work_email"))
        for row in rows
    )


def posts(rows: Iterable[Row], managers: Mapping[str, str]) -> tuple[IncomingPost, ...]:
    """``managers`` maps a department to the employee who heads it."""
    return tuple(_posts(rows, managers))


def _posts(rows: Iterable[Row], managers: Mapping[str, str]) -> Iterator[IncomingPost]:
    for row in rows:
        person, unit = str(row["id"]), reference(row, "department_id")
        if row.get("active", True) and unit:
            title = _text(row, "job_title") or _name(row, "job_id") or UNTITLED
            heads = managers[unit] == person if unit in managers else None
            yield IncomingPost(person, unit, title, heads=heads)


def accounts(rows: Iterable[Row], by_user: Mapping[str, str], roles: Mapping[str, Collection[Role]]) -> tuple[IncomingAccount, ...]:
    """``by_user`` maps an account to its employee, ``roles`` an account to what its groups make of it."""
    return tuple(
        IncomingAccount(
            number := str(row["id"]), _text(row, "login"), by_user.get(number, ""), frozenset(roles.get(number, ())),
            active=is_open(row),
        )
        for row in rows
    )  # fmt: skip


def is_open(row: Row) -> bool:
    """Whether it is an account of the office: accounts of customers who see a portal (``share``) are none."""
    return bool(row.get("active", True)) and not row.get("share")


def full_name(text: str) -> tuple[str, str, str]:
    """Surname, name and patronymic out of one line, whichever of the two usual orders it is in.

    >>> full_name("Ольга Сергеевна Лукина")
    ('Лукина', 'Ольга', 'Сергеевна')
    """
    parts = text.split()
    if len(parts) == 3 and _PATRONYMIC.fullmatch(parts[1]) and not _PATRONYMIC.fullmatch(parts[2]):
        name, patronymic, surname = parts
        return surname, name, patronymic
    surname, name, *more = [*parts, "", ""][: max(len(parts), 2)]
    return surname, name, " ".join(more)


def _gender(row: Row) -> str:
    return {"male": "m", "female": "f"}.get(_text(row, "gender") or _text(row, "sex"), "")


def _text(row: Row, name: str) -> str:
    """A text; what is empty there comes as False."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def reference(row: Row, name: str) -> str:
    """The id in a many2one, which comes as a pair, as a bare id, or as False."""
    value = row.get(name)
    if isinstance(value, (list, tuple)):
        value = value[0] if value else False
    return str(value) if value else ""


def _name(row: Row, name: str) -> str:
    value = row.get(name)
    return str(value[1]) if isinstance(value, (list, tuple)) and len(value) > 1 else ""
