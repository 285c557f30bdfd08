"""Reference tables of people, for administrators: Flask-Admin's own lists and forms over our use cases."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Final, cast

import peewee as pw
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_admin import Admin, expose
from flask_admin.model import typefmt
from flask_admin.model.template import EndpointLinkRowAction

from roadmapdocs.access.rules import Action
from roadmapdocs.cases.models import Retention
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people import administration
from roadmapdocs.people.models import (
    Employee,
    Organisation,
    Post,
    Unit,
    User,
    UserGrant,
    UserOrganisation,
    UserRole,
)
from roadmapdocs.people.operations import create_user, set_password
from roadmapdocs.people.rules import Role
from roadmapdocs.web.base import PageView, TableView
from roadmapdocs.web.context import actor, kept_by_host, now, settings
from roadmapdocs.web.forms import lazy
from roadmapdocs.web.pages import date as printed
from roadmapdocs.web.reference import registry_tables
from roadmapdocs.web.reference.name_forms import NameFormsView
from roadmapdocs.web.reference.people_forms import (
    AccountForm,
    EmployeeForm,
    NewAccountForm,
    OrganisationForm,
    PostForm,
    UnitForm,
    grant_word,
)
from roadmapdocs.web.words import gender_word, role_word, yes_or_no

#: What of an account a host with people of its own decides.
_OF_THE_HOST: Final = ("employee_id", "role_list", "active", "unlock", "password")


def _kept_elsewhere() -> str:
    return _("Units, employees, posts and accounts are kept by the system that people sign in to. Change them there.")


class PeopleTable(TableView):
    """A table whose rows administrators add and change, as far as a host with people of its own leaves that to us."""

    #: Whether rows are ours to add, or to change, whoever keeps the people.
    made_here: ClassVar[bool] = False
    changed_here: ClassVar[bool] = False

    @property
    def can_create(self) -> bool:  # type: ignore[override]  # Flask-Admin only reads it
        return self.made_here or not kept_by_host()

    @property
    def can_edit(self) -> bool:  # type: ignore[override]  # likewise
        return self.changed_here or not kept_by_host()

    @property
    def told(self) -> str:
        """A sentence above the table."""
        return _kept_elsewhere() if kept_by_host() and not self.made_here else ""

    column_type_formatters: ClassVar[dict[type, Any]] = {
        **typefmt.BASE_FORMATTERS,
        dt.date: lambda _view, value, _name: printed(value),
    }
    column_type_formatters_detail = column_type_formatters
    column_type_formatters_export = column_type_formatters


class OrganisationsTable(PeopleTable):
    made_here = changed_here = True  # hosts know neither forms of names nor places
    form = OrganisationForm
    column_list = ("name", "short_name", "place")
    column_details_list = ("name", "short_name", "genitive", "place")
    column_sortable_list = column_searchable_list = ("name", "short_name", "place")
    column_default_order = "name"
    column_labels: ClassVar[dict[str, str]] = {
        "name": lazy("Full name"),
        "short_name": lazy("Short name"),
        "genitive": lazy("Name in the genitive"),
        "place": lazy("Place"),
    }

    def save_form(self, form: Any, model: pw.Model | None) -> pw.Model:
        return administration.keep_organisation(cast(Any, model), form.values(), by=actor(), now=now())


class UnitsTable(PeopleTable):
    form = UnitForm
    column_list = column_details_list = ("name", "abbreviation", "organisation", "parent")
    column_sortable_list = column_searchable_list = ("name", "abbreviation")
    column_default_order = "name"
    column_labels: ClassVar[dict[str, str]] = {
        "name": lazy("Name"),
        "abbreviation": lazy("Abbreviation"),
        "organisation": lazy("Organisation"),
        "parent": lazy("Unit above"),
    }
    column_formatters: ClassVar[dict[str, Any]] = {
        "organisation": lambda _view, _context, unit, _name: unit.organisation.short_name,
        "parent": lambda _view, _context, unit, _name: unit.parent.name if unit.parent_id else "",
    }

    def get_query(self) -> pw.ModelSelect:
        above = Unit.alias()
        return (
            Unit.select(Unit, Organisation, above)
            .join(Organisation)
            .switch(Unit)
            .join(above, pw.JOIN.LEFT_OUTER, on=(Unit.parent == above.id), attr="parent")
        )

    def save_form(self, form: Any, model: pw.Model | None) -> pw.Model:
        return administration.keep_unit(cast(Any, model), form.values(), by=actor(), now=now())


class EmployeesTable(PeopleTable):
    form = EmployeeForm
    column_extra_row_actions: ClassVar[list[Any]] = [
        EndpointLinkRowAction("fa fa-font", "roadmapdocs_forms.employee", lazy("Cases of the name"), id_arg="employee_id")
    ]
    column_list = column_details_list = ("surname", "name", "patronymic", "gender", "email")
    column_sortable_list = column_searchable_list = ("surname", "name", "patronymic", "email")
    column_default_order = "surname"
    column_labels: ClassVar[dict[str, str]] = {
        "surname": lazy("Surname"),
        "name": lazy("First name"),
        "patronymic": lazy("Patronymic"),
        "gender": lazy("Gender"),
        "email": lazy("E-mail"),
    }
    column_formatters: ClassVar[dict[str, Any]] = {
        "gender": lambda _view, _context, employee, _name: gender_word(employee.gender),
    }

    def save_form(self, form: Any, model: pw.Model | None) -> pw.Model:
        return administration.keep_employee(cast(Any, model), form.values(), by=actor(), now=now())


class PostsTable(PeopleTable):
    form = PostForm
    column_list = column_details_list = ("employee", "title", "unit", "heads", "since", "until")
    column_sortable_list = ("title", "since", "until")
    column_searchable_list = ("title",)
    column_default_order = ("since", True)
    column_labels: ClassVar[dict[str, str]] = {
        "employee": lazy("Employee"),
        "title": lazy("Post"),
        "unit": lazy("Unit"),
        "heads": lazy("Heads the unit"),
        "since": lazy("Since"),
        "until": lazy("Until"),
    }
    column_formatters: ClassVar[dict[str, Any]] = {
        "heads": lambda _view, _context, post, _name: yes_or_no(post.heads),
    }
    column_formatters_export = column_formatters

    def get_query(self) -> pw.ModelSelect:
        return Post.select(Post, Employee, Unit).join(Employee).switch(Post).join(Unit)

    def save_form(self, form: Any, model: pw.Model | None) -> pw.Model:
        return administration.keep_post(cast(Any, model), form.values(), by=actor(), now=now())


class AccountsTable(PeopleTable):
    """Accounts; a password can be given but never read, not even as a hash."""

    changed_here = True  # rights beyond the roles
    column_list = column_details_list = ("login", "employee", "roles", "grants", "active", "locked_until")
    column_sortable_list = ("login", "active")
    column_searchable_list = ("login",)
    column_default_order = "login"
    column_labels: ClassVar[dict[str, str]] = {
        "login": lazy("Login"),
        "employee": lazy("Employee"),
        "roles": lazy("Roles"),
        "grants": lazy("Rights beyond the roles"),
        "active": lazy("May sign in"),
        "locked_until": lazy("Locked until"),
    }
    column_formatters: ClassVar[dict[str, Any]] = {
        "roles": lambda _view, _context, user, _name: ", ".join(role_word(role) for role in user.role_list),
        "grants": lambda _view, _context, user, _name: ", ".join(grant_word(one) for one in user.grant_list),
        "active": lambda _view, _context, user, _name: yes_or_no(user.active),
        "locked_until": lambda _view, _context, user, _name: _shut(user.locked_until),
    }

    def get_create_form(self) -> type[Any]:
        return NewAccountForm

    def get_edit_form(self) -> type[Any]:
        return AccountForm

    def edit_form(self, obj: Any = None) -> Any:
        form = super().edit_form(obj)
        if kept_by_host():
            for name in _OF_THE_HOST:
                del form[name]
        return form

    def get_query(self) -> pw.ModelSelect:
        return User.select(User, Employee).join(Employee, pw.JOIN.LEFT_OUTER)

    def get_list(self, *arguments: Any, **options: Any) -> tuple[int | None, Any]:
        count, users = super().get_list(*arguments, **options)
        return count, _with_rights(list(users))

    def get_one(self, id: Any) -> pw.Model:
        return _with_rights([super().get_one(id)])[0]

    def save_form(self, form: Any, model: pw.Model | None) -> pw.Model:
        if kept_by_host():
            return _keep_rights(cast(User, model), form)
        roles = [Role(role) for role in form.role_list.data]
        employee_id = form.employee_id.data
        if model is None:
            administration.check_employee_is_free(employee_id)
            made = create_user(form.login.data, form.password.data, roles, employee=employee_id, by=actor(), now=now())
            return _keep_rights(made, form)
        user = administration.change_account(
            cast(User, model),
            employee_id=employee_id,
            roles=roles,
            active=form.active.data,
            unlock=form.unlock.data,
            by=actor(),
            now=now(),
        )
        _keep_rights(user, form)
        return set_password(user, form.password.data, by=actor(), now=now()) if form.password.data else user


def _keep_rights(user: User, form: Any) -> User:
    administration.set_grants(user, form.grant_list.data, by=actor(), now=now())
    administration.set_organisations(user, form.organisation_list.data, by=actor(), now=now())
    return user


def _with_rights(users: list[Any]) -> list[Any]:
    """The accounts with their roles and grants, fetched for all of them at once."""
    ids = [user.id for user in users]
    roles = list(UserRole.select().where(UserRole.user.in_(ids)).order_by(UserRole.role))
    grants = list(UserGrant.select().where(UserGrant.user.in_(ids)).order_by(UserGrant.action))
    counted = list(UserOrganisation.select().where(UserOrganisation.user.in_(ids)).order_by(UserOrganisation.id))
    for user in users:
        user.role_list = [row.role for row in roles if row.user_id == user.id]
        user.grant_list = [row.action for row in grants if row.user_id == user.id]
        user.organisation_list = [row.organisation_id for row in counted if row.user_id == user.id]
    return users


def _shut(until: dt.datetime | None) -> str:
    """Until when an account stays shut after wrong passwords; nothing when that is over."""
    if until is None or until <= now():
        return ""
    return until.astimezone(settings().zone).strftime("%d.%m.%Y %H:%M")


TABLES: tuple[tuple[type[PeopleTable], type[pw.Model], str, str], ...] = (
    (OrganisationsTable, Organisation, "organisations", lazy("Organisations")),
    (UnitsTable, Unit, "units", lazy("Units")),
    (EmployeesTable, Employee, "employees", lazy("Employees")),
    (PostsTable, Post, "posts", lazy("Posts")),
    (AccountsTable, User, "users", lazy("Accounts")),
)


_MADE_ELSEWHERE: Final = frozenset(name for table, _model, name, _label in TABLES if not table.made_here)

#: Added with the pages of cases.
RETENTION: tuple[type[pw.Model], str, str] = (Retention, "retention", lazy("Terms of storage"))


class PeopleView(PageView):
    """The way into the reference tables, with how much is in each."""

    action = Action.MANAGE_PEOPLE

    @expose("/")
    def index(self) -> ResponseReturnValue:
        registry = [(model, name, label) for _view, model, name, label in registry_tables.TABLES]
        groups = [
            {"title": title, "tables": [_way_in(*table) for table in tables]}
            for title, tables in (
                (_("People"), [(model, name, label) for _view, model, name, label in TABLES]),
                (_("Registry"), [*registry, RETENTION]),
            )
        ]
        return self.render("people.html", groups=groups, told=_kept_elsewhere() if kept_by_host() else "")


def _way_in(model: type[pw.Model], name: str, label: str) -> dict[str, object]:
    return {
        "label": str(label),
        "count": model.select().count(),
        "url": url_for(f"roadmapdocs_table_{name}.index_view"),
        "new_url": None if name in _MADE_ELSEWHERE and kept_by_host() else url_for(f"roadmapdocs_table_{name}.create_view"),
    }


def add_people_views(admin: Admin, url: str) -> None:
    admin.add_view(PeopleView(name=lazy("People"), endpoint="roadmapdocs_people", url=f"{url}/people"))
    admin.add_view(NameFormsView(name=lazy("Cases of names"), endpoint="roadmapdocs_forms", url=f"{url}/reference/forms"))
    for view, model, name, label in TABLES:
        admin.add_view(view(model, name=label, endpoint=f"roadmapdocs_table_{name}", url=f"{url}/people/{name}"))
    for registry_view, model, name, label in registry_tables.TABLES:
        address = f"{url}/reference/{name}"
        admin.add_view(registry_view(model, name=label, endpoint=f"roadmapdocs_table_{name}", url=address))
