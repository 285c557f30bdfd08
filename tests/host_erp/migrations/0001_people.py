"""Companies, departments, employees, groups and users."""

from __future__ import annotations

import peewee as pw


class Company(pw.Model):
    name = pw.TextField(unique=True)
    short_name = pw.TextField()
    genitive = pw.TextField()
    place = pw.TextField()

    class Meta:
        table_name = "erp_company"


class Department(pw.Model):
    company = pw.ForeignKeyField(Company, on_delete="RESTRICT", backref="+")
    name = pw.TextField()
    abbreviation = pw.TextField()
    parent = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT", backref="+")

    class Meta:
        table_name = "erp_department"
        indexes = ((("company", "name"), True),)


class Employee(pw.Model):
    department = pw.ForeignKeyField(Department, on_delete="RESTRICT", backref="+")
    surname = pw.TextField()
    name = pw.TextField()
    patronymic = pw.TextField()
    gender = pw.CharField(max_length=1, constraints=[pw.Check("gender IN ('m', 'f')")])
    email = pw.TextField()
    job = pw.TextField()
    heads = pw.BooleanField()
    hired = pw.DateField()
    dismissed = pw.DateField(null=True)

    class Meta:
        table_name = "erp_employee"


class Group(pw.Model):
    code = pw.CharField(max_length=32, unique=True)
    name = pw.TextField()

    class Meta:
        table_name = "erp_group"


class User(pw.Model):
    login = pw.CharField(max_length=64, unique=True)
    password = pw.TextField()
    key = pw.CharField(max_length=32)
    employee = pw.ForeignKeyField(Employee, null=True, unique=True, on_delete="RESTRICT", backref="+")
    active = pw.BooleanField()

    class Meta:
        table_name = "erp_user"


class Membership(pw.Model):
    user = pw.ForeignKeyField(User, on_delete="CASCADE", backref="+")
    group = pw.ForeignKeyField(Group, on_delete="CASCADE", backref="+")

    class Meta:
        table_name = "erp_membership"
        indexes = ((("user", "group"), True),)


TABLES = (Company, Department, Employee, Group, User, Membership)

GROUPS = (
    ("admin", "Администраторы"),
    ("people", "Кадры"),
    ("projects", "Проекты"),
    ("office", "Канцелярия"),
    ("heads", "Руководители"),
    ("everyone", "Все сотрудники"),
)


def up(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
        Group.insert_many(GROUPS, fields=[Group.code, Group.name]).execute()


def down(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES, safe=False)
