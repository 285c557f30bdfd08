"""The ERP's Flask-Admin: its reference tables."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import Flask, abort
from flask_admin import Admin, AdminIndexView
from flask_admin.contrib.peewee import ModelView
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import PasswordField

from tests.host_erp import access, models
from tests.host_erp.sign_in import set_password


class Guarded:
    """A page of some groups."""

    groups: tuple[str, ...] = ()

    def is_accessible(self) -> bool:
        return access.may(*self.groups)

    def inaccessible_callback(self, name: str, **_more: Any) -> Any:
        return abort(403) if current_user.is_authenticated else access.to_sign_in()


class Index(Guarded, AdminIndexView):
    groups = (access.PEOPLE, access.PROJECTS, access.OFFICE)


class Form(FlaskForm):
    """With the token of the ERP's own guard against forged forms; called as Flask-Admin calls its own."""

    def __init__(self, formdata: Any = None, obj: Any = None, prefix: str = "", **more: Any) -> None:
        self._obj = obj
        super().__init__(formdata=formdata, obj=obj, prefix=prefix, **more)


class Table(Guarded, ModelView):
    form_base_class = Form
    page_size = 50


class People(Table):
    groups = (access.PEOPLE,)
    can_delete = False


class Partners(Table):
    groups = (access.OFFICE, access.PROJECTS)
    column_list = column_searchable_list = ("name", "tax_number", "email", "phone")
    form_columns = ("name", "tax_number", "email", "phone", "active")
    column_filters = ("active",)


class Employees(People):
    column_list = ("surname", "name", "patronymic", "job", "department")
    column_searchable_list = ("surname", "name", "job")


class Projects(Table):
    groups = (access.PROJECTS,)


class Tasks(Projects):
    column_list = ("title", "project", "stage", "assignee", "deadline")
    column_searchable_list = ("title",)
    column_editable_list: ClassVar[list[str]] = []


class Users(Table):
    column_list = ("login", "employee", "active")
    form_columns = ("login", "employee", "active")
    form_extra_fields: ClassVar[dict[str, Any]] = {"new_password": PasswordField("New password")}
    can_delete = False

    def on_model_change(self, form: Any, model: models.User, is_created: bool) -> None:
        if is_created or form.new_password.data:
            set_password(model, form.new_password.data or "")


class Administration(Table):
    """Of administrators alone."""


def add_admin(app: Flask) -> Admin:
    admin = Admin(app, name="ERP", url="/admin", index_view=Index(url="/admin"))
    admin.add_view(Partners(models.Partner, name="Контрагенты", endpoint="erp_partners"))
    for model, name, endpoint in (
        (models.Company, "Организации", "erp_companies"),
        (models.Department, "Подразделения", "erp_departments"),
    ):
        admin.add_view(People(model, name=name, endpoint=endpoint, category="Кадры"))
    admin.add_view(Employees(models.Employee, name="Сотрудники", endpoint="erp_employees", category="Кадры"))
    admin.add_view(Projects(models.Project, name="Проекты", endpoint="erp_projects", category="Проекты"))
    admin.add_view(Tasks(models.Task, name="Задачи", endpoint="erp_tasks", category="Проекты"))
    admin.add_view(Projects(models.Stage, name="Колонки доски", endpoint="erp_stages", category="Проекты"))
    admin.add_view(Users(models.User, name="Пользователи", endpoint="erp_users", category="Доступ"))
    admin.add_view(Administration(models.Membership, name="Участники групп", endpoint="erp_memberships", category="Доступ"))
    return admin
