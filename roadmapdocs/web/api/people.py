"""The office: organisations, units and employees with the posts they hold today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from flask import Response
from flask.views import MethodView

from roadmapdocs.access.rules import Action, may
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.holders import head_of
from roadmapdocs.people.models import Employee, Organisation, Post, Unit
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.blueprints import Area
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.paging import Order, Paged, Sparse, page, page_of, whole, words
from roadmapdocs.web.api.schemas.people import (
    EmployeesAskedSchema,
    EmployeeSchema,
    OneUnitSchema,
    OrganisationSchema,
    UnitsAskedSchema,
    UnitSchema,
)
from roadmapdocs.web.api.schemas.values import day
from roadmapdocs.web.api.sparse import dumped, dumped_all
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import today

area = Area("people", "The office: organisations, units, employees")
_ORGANISATIONS = Order((whole(Organisation.id),))
_UNITS = Order((words(Unit.name), whole(Unit.id)))
_EMPLOYEES = Order((words(Employee.surname), words(Employee.name), words(Employee.patronymic), whole(Employee.id)))


@area.route("/organisations")
class Organisations(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(OrganisationSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """Organisations of the office."""
        query = Organisation.select()
        return answered(page(query, _ORGANISATIONS, asked, lambda rows: dumped_all(OrganisationSchema, rows, asked["fields_"])))


@area.route(f"/organisations/<{ROW_ID}:organisation_id>")
class OneOrganisation(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, OrganisationSchema)
    def get(self, asked: dict[str, Any], organisation_id: int) -> Response:
        """One organisation."""
        row = Organisation.get_or_none(Organisation.id == organisation_id)
        if row is None:
            raise NotFound("no_organisation", _("There is no such organisation. Look for it in the list."))
        return answered(dumped(OrganisationSchema, row, asked["fields_"]))


@area.route("/units")
class Units(MethodView):
    @area.arguments(UnitsAskedSchema, location="query")
    @area.response(200, page_of(UnitSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """Units by name."""
        query = Unit.select()
        if asked["organisation"] is not None:
            query = query.where(Unit.organisation == asked["organisation"])
        return answered(page(query, _UNITS, asked, lambda rows: dumped_all(UnitSchema, rows, asked["fields_"])))


@area.route(f"/units/<{ROW_ID}:unit_id>")
class OneUnit(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, OneUnitSchema)
    def get(self, asked: dict[str, Any], unit_id: int) -> Response:
        """One unit, and who heads it today."""
        row = Unit.get_or_none(Unit.id == unit_id)
        if row is None:
            raise NotFound("no_unit", _("There is no such unit. Look for it in the list."))
        head = head_of(row.id, today())
        row.head = {"id": head.employee_id, "name": head.name} if head is not None else None
        return answered(dumped(OneUnitSchema, row, asked["fields_"]))


@area.route("/employees")
class Employees(MethodView):
    @area.arguments(EmployeesAskedSchema, location="query")
    @area.response(200, page_of(EmployeeSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """Employees by surname, with the posts that they hold today."""
        query = Employee.select()
        if asked["q"]:
            begins = asked["q"]
            query = query.where(
                Employee.surname.startswith(begins) | Employee.surname.startswith(begins[:1].upper() + begins[1:].lower())
            )
        if asked["unit"] is not None:
            query = query.where(Employee.id.in_(Post.held_on(today()).select(Post.employee).where(Post.unit == asked["unit"])))
        return answered(page(query, _EMPLOYEES, asked, lambda rows: dumped_all(EmployeeSchema, _told(rows), asked["fields_"])))


@area.route(f"/employees/<{ROW_ID}:employee_id>")
class OneEmployee(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, EmployeeSchema)
    def get(self, asked: dict[str, Any], employee_id: int) -> Response:
        """One employee with the posts of today."""
        row = Employee.get_or_none(Employee.id == employee_id)
        if row is None:
            raise NotFound("no_employee", _("There is no such employee. Look for them in the list."))
        return answered(dumped(EmployeeSchema, _told([row])[0], asked["fields_"]))


def _told(rows: Iterable[Employee]) -> list[dict[str, Any]]:
    rows = list(rows)
    posts: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    held = Post.held_on(today()).where(Post.employee.in_([row.id for row in rows]))
    for post in held.order_by(Post.heads.desc(), Post.since, Post.id):
        posts[post.employee_id].append(_post(post))
    return [_employee(row, posts[row.id]) for row in rows]


def _post(post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "unit_id": post.unit_id,
        "title": post.title,
        "since": day(post.since),
        "until": day(post.until),
        "heads": post.heads,
    }


def _employee(row: Employee, posts: list[dict[str, Any]]) -> dict[str, Any]:
    """Personal data as the reference tables show them: to administrators, and to each person their own."""
    told = {
        "id": row.id,
        "name": str(row),
        "surname": row.surname,
        "first_name": row.name,
        "patronymic": row.patronymic,
        "posts": posts,
    }
    own = row.id == actor().employee_id
    return told | {"gender": row.gender, "email": row.email} if own or may(actor(), Action.MANAGE_PEOPLE) else told
