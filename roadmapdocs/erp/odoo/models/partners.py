"""Organisations and employees together as res.partner, to read: ids of organisations are even, of employees odd."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import peewee as pw

from roadmapdocs.db import BaseModel
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Pairs, Row, Type, lazy
from roadmapdocs.erp.odoo.registry import Model
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Organisation, User

COMPANY: Final = "company"
PERSON: Final = "person"


class PartnerRow(BaseModel):
    """A row of both tables together: no table of its own, but the name of a part of each query (``WITH``)."""

    kind = pw.TextField()
    name = pw.TextField()
    email = pw.TextField()
    city = pw.TextField()
    employee = pw.IntegerField(null=True)

    class Meta:
        table_name = "rd_odoo_partner"


def organisation_partner(number: int) -> int:
    return number * 2


def employee_partner(number: int) -> int:
    return number * 2 + 1


def _rows(_env: Env) -> Any:
    nothing = pw.Value("")
    organisations = Organisation.select(
        Organisation.id * 2, pw.Value(COMPANY), Organisation.name, nothing, Organisation.place, pw.SQL("CAST(NULL AS INTEGER)")
    )
    space = pw.Value(" ")
    full = pw.fn.TRIM(Employee.surname.concat(space).concat(Employee.name).concat(space).concat(Employee.patronymic))
    people = Employee.select(Employee.id * 2 + 1, pw.Value(PERSON), full, Employee.email, nothing, Employee.id)
    columns = [field.name for field in PartnerRow._meta.sorted_fields]
    return PartnerRow.select().with_cte(organisations.union_all(people).cte(PartnerRow._meta.table_name, columns=columns))


def _accounts(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    people = [row.employee for row in rows if row.employee]
    known: dict[int, list[int]] = {}
    for employee, user in User.select(User.employee, User.id).where(User.employee.in_(people)).tuples():
        known.setdefault(employee, []).append(user)
    return [known.get(row.employee, []) for row in rows]


def _kinds() -> Pairs:
    return [(COMPANY, _("organisation")), (PERSON, _("person"))]


PARTNER: Final = Model(
    name="res.partner",
    description=lazy("Organisation or person"),
    table=PartnerRow,
    rows=_rows,
    display=Field(Type.CHAR, lazy("Name"), column=PartnerRow.name),
    fields={
        "name": Field(Type.CHAR, lazy("Name"), column=PartnerRow.name, required=True),
        "company_type": Field(Type.SELECTION, lazy("What it is"), column=PartnerRow.kind, selection=_kinds),
        "is_company": Field(
            Type.BOOLEAN, lazy("Is an organisation"), needs=(PartnerRow.kind,),
            read=lambda rows, _env: [row.kind == COMPANY for row in rows],
            search=lambda operator, value, _env: (PartnerRow.kind == COMPANY)
            if bool(value[0] if isinstance(value, list) else value) is (operator in {"=", "in"})
            else (PartnerRow.kind == PERSON),
        ),
        "email": Field(Type.CHAR, lazy("Mail address"), column=PartnerRow.email),
        "city": Field(Type.CHAR, lazy("Place"), column=PartnerRow.city),
        "employee_id": Field(
            Type.MANY2ONE, lazy("Employee"), column=PartnerRow.employee, relation="hr.employee"
        ),
        "user_ids": Field(
            Type.ONE2MANY, lazy("Accounts"), needs=(PartnerRow.employee,), read=_accounts, relation="res.users",
            relation_field="partner_id",
        ),
    },
    order="name, id",
)
MODELS = (PARTNER,)
