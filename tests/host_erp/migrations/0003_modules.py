"""What groups may do in modules."""

from __future__ import annotations

import peewee as pw


class Group(pw.Model):
    class Meta:
        table_name = "erp_group"


class Permission(pw.Model):
    module = pw.CharField(max_length=64)
    code = pw.CharField(max_length=64)
    group = pw.ForeignKeyField(Group, on_delete="CASCADE", backref="+")

    class Meta:
        table_name = "erp_permission"
        indexes = ((("module", "code", "group"), True),)


def up(migrator, db):
    with db.bind_ctx([Permission], bind_refs=False, bind_backrefs=False):
        db.create_tables([Permission], safe=False)


def down(migrator, db):
    with db.bind_ctx([Permission], bind_refs=False, bind_backrefs=False):
        db.drop_tables([Permission], safe=False)
