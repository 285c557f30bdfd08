"""Partners, projects and the board of their tasks."""

from __future__ import annotations

import peewee as pw


class Employee(pw.Model):
    class Meta:
        table_name = "erp_employee"


class Partner(pw.Model):
    name = pw.TextField()
    tax_number = pw.CharField(max_length=12)
    email = pw.TextField()
    phone = pw.TextField()
    active = pw.BooleanField()

    class Meta:
        table_name = "erp_partner"


class Project(pw.Model):
    name = pw.TextField(unique=True)
    manager = pw.ForeignKeyField(Employee, null=True, on_delete="RESTRICT", backref="+")
    active = pw.BooleanField()

    class Meta:
        table_name = "erp_project"


class Stage(pw.Model):
    name = pw.TextField(unique=True)
    position = pw.IntegerField()
    closes = pw.BooleanField()

    class Meta:
        table_name = "erp_stage"


class Task(pw.Model):
    project = pw.ForeignKeyField(Project, on_delete="RESTRICT", backref="+")
    stage = pw.ForeignKeyField(Stage, on_delete="RESTRICT", backref="+")
    title = pw.TextField()
    assignee = pw.ForeignKeyField(Employee, null=True, on_delete="RESTRICT", backref="+")
    deadline = pw.DateField(null=True)
    description = pw.TextField()

    class Meta:
        table_name = "erp_task"


TABLES = (Partner, Project, Stage, Task)
STAGES = (("Новые", 1, False), ("В работе", 2, False), ("На проверке", 3, False), ("Готово", 4, True))


def up(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
        Stage.insert_many(STAGES, fields=[Stage.name, Stage.position, Stage.closes]).execute()


def down(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES, safe=False)
