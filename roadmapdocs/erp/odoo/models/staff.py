"""Employees, units and posts under the names of Odoo's personnel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Field, Link, Pairs, Row, Type, lazy
from roadmapdocs.erp.odoo.models.shared import ids_by_owner, words_in
from roadmapdocs.erp.odoo.registry import Model
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Post, Unit, User
from roadmapdocs.people.presence import works

NAME_PARTS: Final = (Employee.surname, Employee.name, Employee.patronymic)


def full_names(rows: Iterable[Row], _env: Env) -> list[str]:
    """«Лукина Ольга Сергеевна»."""
    return [" ".join(part for part in (row.surname, row.name, row.patronymic) if part) for row in rows]


def _genders() -> Pairs:
    return [("male", _("male")), ("female", _("female"))]


def _posts(env: Env) -> dict[int, list[Post]]:
    """Posts held today by employee, the one that heads a unit first; read once a call."""
    if "posts" not in env.kept:
        found: dict[int, list[Post]] = {}
        for post in Post.held_on(env.today).order_by(Post.heads.desc(), Post.since, Post.id):
            found.setdefault(post.employee_id, []).append(post)
        env.kept["posts"] = found
    held: dict[int, list[Post]] = env.kept["posts"]
    return held


def _of_post(take: Any) -> Any:
    """Of the first post that the employee holds today."""

    def read(rows: Sequence[Row], env: Env) -> Iterable[object]:
        held = _posts(env)
        return [take(held[row.id][0]) if row.id in held else None for row in rows]

    return read


def _units_searched(_operator: str, value: Any, env: Env) -> Any:
    holding = Post.held_on(env.today).select(Post.employee)
    return Employee.id.in_(holding if value is None else holding.where(Post.unit.in_(value)))


def _titles_searched(operator: str, value: Any, env: Env) -> Any:
    return Employee.id.in_(Post.held_on(env.today).select(Post.employee).where(words_in(operator, value, Post.title)))


def _organisations(rows: Sequence[Row], env: Env) -> Iterable[object]:
    units = dict(Unit.select(Unit.id, Unit.organisation).tuples())
    held = _posts(env)
    return [units.get(held[row.id][0].unit_id) if row.id in held else None for row in rows]


def _active(rows: Sequence[Row], env: Env) -> Iterable[object]:
    """Who works here: holds a post, or never held one."""
    ids = [row.id for row in rows]
    here = {one for (one,) in Employee.select(Employee.id).where(Employee.id.in_(ids) & works(env.today)).tuples()}
    return [row.id in here for row in rows]


def _active_searched(operator: str, value: Any, env: Env) -> Any:
    wanted = {bool(one) for one in (value if isinstance(value, (list, tuple)) else [value])}
    if operator in {"!=", "<>", "not in"}:
        wanted = {True, False} - wanted
    here = Employee.id.in_(Employee.select(Employee.id).where(works(env.today)))
    if len(wanted) == 1:
        return here if True in wanted else ~here
    return Employee.id.is_null(not wanted)


def _accounts(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    known = dict(User.select(User.employee, User.id).where(User.employee.in_([row.id for row in rows])).tuples())
    return [known.get(row.id) for row in rows]


def _accounts_searched(_operator: str, value: Any, _env: Env) -> Any:
    accounts = User.select(User.employee).where(User.employee.is_null(False))
    return Employee.id.in_(accounts if value is None else accounts.where(User.id.in_(value)))


def _jobs(env: Env) -> dict[tuple[int, str], int]:
    """Posts of the office by unit and title, each under the id of the first row that held it."""
    if "jobs" not in env.kept:
        jobs: dict[tuple[int, str], int] = {}
        for number, unit, title in Post.select(Post.id, Post.unit, Post.title).order_by(Post.id).tuples():
            jobs.setdefault((unit, title), number)
        env.kept["jobs"] = jobs
    known: dict[tuple[int, str], int] = env.kept["jobs"]
    return known


def _jobs_of(rows: Sequence[Row], env: Env) -> Iterable[object]:
    held, jobs = _posts(env), _jobs(env)
    return [jobs[held[row.id][0].unit_id, held[row.id][0].title] if row.id in held else None for row in rows]


def _listed_jobs(env: Env) -> Sequence[Mapping[str, Any]]:
    people: dict[tuple[int, str], list[int]] = {}
    for employee, posts in _posts(env).items():
        for post in posts:
            people.setdefault((post.unit_id, post.title), []).append(employee)
    return [
        {
            "id": number,
            "name": title,
            "display_name": title,
            "department_id": unit,
            "employee_ids": people.get((unit, title), []),
            "no_of_employee": len(people.get((unit, title), [])),
        }
        for (unit, title), number in _jobs(env).items()
    ]


EMPLOYEE: Final = Model(
    name="hr.employee",
    description=lazy("Employee"),
    table=Employee,
    rows=lambda _env: Employee.select(),
    display=Field(
        Type.CHAR, lazy("Name"), needs=NAME_PARTS, read=full_names, sort=Employee.surname,
        search=lambda operator, value, _env: words_in(operator, value, *NAME_PARTS),
    ),
    fields={
        "name": Field(
            Type.CHAR, lazy("Full name of the person"), needs=NAME_PARTS, read=full_names, sort=Employee.surname,
            search=lambda operator, value, _env: words_in(operator, value, *NAME_PARTS),
        ),
        "surname": Field(Type.CHAR, lazy("Surname"), column=Employee.surname),
        "first_name": Field(Type.CHAR, lazy("Own name"), column=Employee.name),
        "patronymic": Field(Type.CHAR, lazy("Patronymic"), column=Employee.patronymic),
        "gender": Field(
            Type.SELECTION, lazy("Gender"), needs=(Employee.gender,), selection=_genders,
            read=lambda rows, _env: ["female" if row.gender == "f" else "male" for row in rows],
        ),
        "work_email": Field(Type.CHAR, lazy("Mail address"), column=Employee.email),
        "job_title": Field(Type.CHAR, lazy("Post"), read=_of_post(lambda post: post.title), search=_titles_searched),
        "job_id": Field(Type.MANY2ONE, lazy("Post as a record"), read=_jobs_of, relation="hr.job"),
        "department_id": Field(
            Type.MANY2ONE, lazy("Unit"), read=_of_post(lambda post: post.unit_id), search=_units_searched, relation="hr.department"
        ),
        "company_id": Field(Type.MANY2ONE, lazy("Organisation"), read=_organisations, relation="res.company"),
        "user_id": Field(Type.MANY2ONE, lazy("Account"), read=_accounts, search=_accounts_searched, relation="res.users"),
        "active": Field(Type.BOOLEAN, lazy("Works here"), read=_active, search=_active_searched),
    },
    order="surname, first_name, id",
)


def _heads(rows: Sequence[Row], env: Env) -> Iterable[object]:
    """Who holds the post that heads the unit today."""
    heading = Post.held_on(env.today).select(Post.unit, Post.employee).where(Post.heads).order_by(Post.id)
    known = dict(heading.tuples())
    return [known.get(row.id) for row in rows]


def _members(rows: Sequence[Row], env: Env) -> Iterable[object]:
    held = Post.held_on(env.today).select(Post.unit, Post.employee).where(Post.unit.in_([row.id for row in rows]))
    return ids_by_owner(dict.fromkeys(held.order_by(Post.id).tuples()), rows)


def _members_searched(_operator: str, value: Any, env: Env) -> Any:
    held = Post.held_on(env.today).select(Post.unit)
    return Unit.id.in_(held if value is None else held.where(Post.employee.in_(value)))


def _whole_names(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    """«Управление / Отдел / Сектор», as Odoo names departments."""
    known = {number: (name, parent) for number, name, parent in Unit.select(Unit.id, Unit.name, Unit.parent).tuples()}
    found = []
    for row in rows:
        names: list[str] = []
        number = row.id
        while number in known and len(names) < len(known):
            name, number = known[number]
            names.append(name)
        found.append(" / ".join(reversed(names)))
    return found


DEPARTMENT: Final = Model(
    name="hr.department",
    description=lazy("Unit"),
    table=Unit,
    rows=lambda _env: Unit.select(),
    display=Field(Type.CHAR, lazy("Name"), column=Unit.name),
    fields={
        "name": Field(Type.CHAR, lazy("Name"), column=Unit.name, required=True),
        "complete_name": Field(Type.CHAR, lazy("Name with those above"), read=_whole_names),
        "code": Field(Type.CHAR, lazy("Abbreviation"), column=Unit.abbreviation),
        "parent_id": Field(Type.MANY2ONE, lazy("Unit above"), column=Unit.parent, relation="hr.department"),
        "child_ids": Field(
            Type.ONE2MANY, lazy("Units below"), relation="hr.department", relation_field="parent_id", link=Link(Unit.parent, Unit.id)
        ),
        "company_id": Field(Type.MANY2ONE, lazy("Organisation"), column=Unit.organisation, relation="res.company"),
        "manager_id": Field(Type.MANY2ONE, lazy("Head"), read=_heads, relation="hr.employee"),
        "member_ids": Field(
            Type.ONE2MANY, lazy("People"), relation="hr.employee", relation_field="department_id", read=_members,
            search=_members_searched,
        ),
    },
    order="name, id",
    parent="parent_id",
)

JOB: Final = Model(
    name="hr.job",
    description=lazy("Post"),
    listed=_listed_jobs,
    display=Field(Type.CHAR, lazy("Name")),
    fields={
        "name": Field(Type.CHAR, lazy("Title")),
        "department_id": Field(Type.MANY2ONE, lazy("Unit"), relation="hr.department"),
        "employee_ids": Field(Type.ONE2MANY, lazy("Who holds it"), relation="hr.employee", relation_field="job_id"),
        "no_of_employee": Field(Type.INTEGER, lazy("How many hold it")),
    },
    order="name, id",
)
MODELS = (EMPLOYEE, DEPARTMENT, JOB)
