"""Tables of the ERP."""

from __future__ import annotations

import datetime as dt

import peewee as pw

from tests.host_erp.db import BaseModel


class Company(BaseModel):
    name = pw.TextField(unique=True)
    short_name = pw.TextField()
    genitive = pw.TextField()
    place = pw.TextField(default="")

    def __str__(self) -> str:
        return str(self.short_name)


class Department(BaseModel):
    company = pw.ForeignKeyField(Company, backref="departments", on_delete="RESTRICT")
    name = pw.TextField()
    abbreviation = pw.TextField(default="")
    parent = pw.ForeignKeyField("self", null=True, backref="children", on_delete="RESTRICT")

    class Meta:
        indexes = ((("company", "name"), True),)

    def __str__(self) -> str:
        return str(self.name)


class Employee(BaseModel):
    department = pw.ForeignKeyField(Department, backref="employees", on_delete="RESTRICT")
    surname = pw.TextField()
    name = pw.TextField()
    patronymic = pw.TextField(default="")
    gender = pw.CharField(max_length=1, default="f", constraints=[pw.Check("gender IN ('m', 'f')")])
    email = pw.TextField(default="")
    job = pw.TextField()
    heads = pw.BooleanField(default=False)
    hired = pw.DateField(default=dt.date(2020, 1, 1))
    dismissed = pw.DateField(null=True)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.surname, self.name, self.patronymic)))


class Group(BaseModel):
    """What people may do in the ERP goes by groups."""

    code = pw.CharField(max_length=32, unique=True)
    name = pw.TextField()

    def __str__(self) -> str:
        return str(self.name)


class User(BaseModel):
    """``key`` changes with the password and ends the sessions that are open."""

    login = pw.CharField(max_length=64, unique=True)
    password = pw.TextField()
    key = pw.CharField(max_length=32)
    employee = pw.ForeignKeyField(Employee, null=True, unique=True, backref="users", on_delete="RESTRICT")
    active = pw.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.login)


class Membership(BaseModel):
    user = pw.ForeignKeyField(User, backref="memberships", on_delete="CASCADE")
    group = pw.ForeignKeyField(Group, backref="memberships", on_delete="CASCADE")

    class Meta:
        indexes = ((("user", "group"), True),)


class Permission(BaseModel):
    """What a group of the ERP may do in a module, by the module's own word for it."""

    module = pw.CharField(max_length=64)
    code = pw.CharField(max_length=64)
    group = pw.ForeignKeyField(Group, backref="permissions", on_delete="CASCADE")

    class Meta:
        indexes = ((("module", "code", "group"), True),)


class Partner(BaseModel):
    name = pw.TextField()
    tax_number = pw.CharField(max_length=12, default="")
    email = pw.TextField(default="")
    phone = pw.TextField(default="")
    active = pw.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.name)


class Project(BaseModel):
    name = pw.TextField(unique=True)
    manager = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT")
    active = pw.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.name)


class Stage(BaseModel):
    """A column of the board. A task in one that ``closes`` is done."""

    name = pw.TextField(unique=True)
    position = pw.IntegerField()
    closes = pw.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.name)


class Task(BaseModel):
    project = pw.ForeignKeyField(Project, backref="tasks", on_delete="RESTRICT")
    stage = pw.ForeignKeyField(Stage, backref="tasks", on_delete="RESTRICT")
    title = pw.TextField()
    assignee = pw.ForeignKeyField(Employee, null=True, backref="tasks", on_delete="RESTRICT")
    deadline = pw.DateField(null=True)
    description = pw.TextField(default="")

    def __str__(self) -> str:
        return str(self.title)


MODELS = (Company, Department, Employee, Group, User, Membership, Permission, Partner, Project, Stage, Task)
