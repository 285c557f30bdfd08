"""Accounts, groups and organisations. Who is no administrator knows logins and groups of the own account only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from roadmapdocs.access.rules import Action, may
from roadmapdocs.erp.odoo.context import LOCALES, Env
from roadmapdocs.erp.odoo.fields import Field, Link, Row, Type, lazy
from roadmapdocs.erp.odoo.groups import GROUPS, USER_METHODS, groups_of
from roadmapdocs.erp.odoo.models.partners import employee_partner, organisation_partner
from roadmapdocs.erp.odoo.models.shared import words_in
from roadmapdocs.erp.odoo.models.staff import NAME_PARTS
from roadmapdocs.erp.odoo.registry import Model
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.people.models import Employee, Organisation, Post, Unit, User, UserOrganisation, UserRole
from roadmapdocs.people.rules import Role


def _sees_all(env: Env) -> bool:
    return may(env.actor, Action.MANAGE_PEOPLE)


def _names(rows: Sequence[Row], env: Env) -> Iterable[object]:
    """The employee's name; an account of nobody goes by its login, where the actor may know it."""
    people = Employee.select().where(Employee.id.in_([row.employee_id for row in rows if row.employee_id]))
    known = {one.id: " ".join(part for part in (one.surname, one.name, one.patronymic) if part) for one in people}
    seen = _sees_all(env)
    return [
        known.get(row.employee_id) or (row.login if seen or row.id == env.actor.user_id else _("account %(id)s", id=row.id))
        for row in rows
    ]


def _named_so(operator: str, value: Any, env: Env) -> Any:
    people = Employee.select(Employee.id).where(words_in(operator.removeprefix("not "), value, *NAME_PARTS))
    found = User.employee.is_null(False) & User.employee.in_(people)
    if _sees_all(env):
        found |= words_in(operator.removeprefix("not "), value, User.login)
    return ~found if operator.startswith("not ") else found


def _logins(rows: Sequence[Row], env: Env) -> Iterable[object]:
    seen = _sees_all(env)
    return [row.login if seen or row.id == env.actor.user_id else None for row in rows]


def _login_searched(operator: str, value: Any, env: Env) -> Any:
    """A login is found by those who may know it: nobody tries logins out."""
    wanted = [str(one).lower() for one in (value if isinstance(value, (list, tuple)) else [value])]
    found = User.login.in_(wanted) if operator in {"=", "in", "!=", "not in"} else words_in("ilike", str(value), User.login)
    known = found if _sees_all(env) else (User.id == (env.actor.user_id or 0)) & found
    return ~known if operator.startswith(("not", "!")) else known


def _mails(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    people = [row.employee_id for row in rows if row.employee_id]
    known = dict(Employee.select(Employee.id, Employee.email).where(Employee.id.in_(people)).tuples())
    return [known.get(row.employee_id) for row in rows]


def _groups(rows: Sequence[Row], env: Env) -> Iterable[object]:
    seen = _sees_all(env)
    ids = [row.id for row in rows if seen or row.id == env.actor.user_id]
    roles: dict[int, set[Role]] = {one: set() for one in ids}
    for user, role in UserRole.select(UserRole.user, UserRole.role).where(UserRole.user.in_(ids)).tuples():
        roles[user].add(Role(role))
    return [[one.id for one in groups_of(frozenset(roles[row.id]))] if row.id in roles else [] for row in rows]


def _partners(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [employee_partner(row.employee_id) if row.employee_id else None for row in rows]


def _companies_of(rows: Sequence[Row]) -> dict[int, list[int]]:
    """Organisations in which each account's roles count; all of them for an account that names none."""
    named: dict[int, list[int]] = {}
    pairs = UserOrganisation.select(UserOrganisation.user, UserOrganisation.organisation).order_by(UserOrganisation.id)
    for user, organisation in pairs.where(UserOrganisation.user.in_([row.id for row in rows])).tuples():
        named.setdefault(user, []).append(organisation)
    everywhere = [one for (one,) in Organisation.select(Organisation.id).order_by(Organisation.id).tuples()]
    return {row.id: named.get(row.id) or everywhere for row in rows}


def _companies(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    found = _companies_of(rows)
    return [found[row.id] for row in rows]


def _company(rows: Sequence[Row], env: Env) -> Iterable[object]:
    """That of the post held today, else the first."""
    held = Post.held_on(env.today).select(Post.employee, Unit.organisation).join(Unit).order_by(Post.heads, Post.id)
    people = [row.employee_id for row in rows if row.employee_id]
    by_post = dict(held.where(Post.employee.in_(people)).tuples())
    found = _companies_of(rows)
    return [by_post.get(row.employee_id) or next(iter(found[row.id]), None) for row in rows]


def _always(value: Callable[[Env], object]) -> Any:
    return lambda rows, env: [value(env)] * len(rows)


USER: Final = Model(
    name="res.users",
    description=lazy("Account"),
    table=User,
    rows=lambda _env: User.select(),
    display=Field(
        Type.CHAR, lazy("Name"), needs=(User.employee, User.login), read=_names, search=_named_so, sort=User.employee
    ),
    fields={
        "name": Field(Type.CHAR, lazy("Name"), needs=(User.employee, User.login), read=_names, search=_named_so),
        "login": Field(
            Type.CHAR, lazy("Login"), needs=(User.login,), read=_logins, search=_login_searched, help=lazy("Of others for administrators.")
        ),
        "email": Field(Type.CHAR, lazy("Mail address"), needs=(User.employee,), read=_mails),
        "active": Field(Type.BOOLEAN, lazy("Is open"), column=User.active),
        "employee_id": Field(Type.MANY2ONE, lazy("Employee"), column=User.employee, relation="hr.employee"),
        "partner_id": Field(Type.MANY2ONE, lazy("Partner"), needs=(User.employee,), read=_partners, relation="res.partner"),
        "company_id": Field(Type.MANY2ONE, lazy("Organisation"), needs=(User.employee,), read=_company, relation="res.company"),
        "company_ids": Field(Type.MANY2MANY, lazy("Organisations"), read=_companies, relation="res.company"),
        "groups_id": Field(
            Type.MANY2MANY, lazy("Groups"), read=_groups, relation="res.groups", help=lazy("Of others for administrators.")
        ),
        "lang": Field(Type.CHAR, lazy("Language"), read=_always(lambda _env: LOCALES[language()])),
        "tz": Field(Type.CHAR, lazy("Time zone"), read=_always(lambda env: env.office.zone)),
    },
    order="id",
    methods=USER_METHODS,
)


def _listed_groups(env: Env) -> Sequence[Mapping[str, Any]]:
    """Who belongs to a group is for administrators; others see themselves."""
    roles: dict[int, set[Role]] = {}
    accounts = User.select(User.id, UserRole.role).join(UserRole).where(User.active).order_by(User.id)
    if not _sees_all(env):
        accounts = accounts.where(User.id == (env.actor.user_id or 0))
    for user, role in accounts.tuples():
        roles.setdefault(user, set()).add(Role(role))
    return [
        {
            "id": one.id,
            "name": _(one.name),
            "full_name": _(one.name),
            "external_id": one.external,
            "users": [user for user, held in roles.items() if one in groups_of(frozenset(held))],
        }
        for one in GROUPS
    ]


GROUP: Final = Model(
    name="res.groups",
    description=lazy("Group"),
    listed=_listed_groups,
    display=Field(Type.CHAR, lazy("Name")),
    fields={
        "name": Field(Type.CHAR, lazy("Name")),
        "full_name": Field(Type.CHAR, lazy("Full name")),
        "external_id": Field(Type.CHAR, lazy("Id for has_group")),
        "users": Field(Type.MANY2MANY, lazy("Accounts"), relation="res.users"),
    },
)


def _company_partners(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    return [organisation_partner(row.id) for row in rows]


COMPANY: Final = Model(
    name="res.company",
    description=lazy("Organisation"),
    table=Organisation,
    rows=lambda _env: Organisation.select(),
    display=Field(Type.CHAR, lazy("Name"), column=Organisation.name),
    fields={
        "name": Field(Type.CHAR, lazy("Name"), column=Organisation.name, required=True),
        "short_name": Field(Type.CHAR, lazy("Short name"), column=Organisation.short_name),
        "city": Field(Type.CHAR, lazy("Place"), column=Organisation.place),
        "partner_id": Field(Type.MANY2ONE, lazy("Partner"), read=_company_partners, relation="res.partner"),
        "department_ids": Field(
            Type.ONE2MANY, lazy("Units"), relation="hr.department", relation_field="company_id",
            link=Link(Unit.organisation, Unit.id),
        ),
    },
)
MODELS = (USER, GROUP, COMPANY)
