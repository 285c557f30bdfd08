"""Acquaintance and assignments: sheets and their lines; series, assignments, people, reports, extensions."""

from __future__ import annotations

import peewee as pw


class Document(pw.Model):
    class Meta:
        table_name = "rd_document"
        legacy_table_names = False


class DocumentVersion(pw.Model):
    class Meta:
        table_name = "rd_document_version"
        legacy_table_names = False


class Employee(pw.Model):
    class Meta:
        table_name = "rd_employee"
        legacy_table_names = False


class ExpectedDocument(pw.Model):
    class Meta:
        table_name = "rd_expected_document"
        legacy_table_names = False


class Item(pw.Model):
    class Meta:
        table_name = "rd_item"
        legacy_table_names = False


class SignatureRule(pw.Model):
    class Meta:
        table_name = "rd_signature_rule"
        legacy_table_names = False


class StoredFile(pw.Model):
    class Meta:
        table_name = "rd_stored_file"
        legacy_table_names = False


class Unit(pw.Model):
    class Meta:
        table_name = "rd_unit"
        legacy_table_names = False


class AcquaintanceSheet(pw.Model):
    document = pw.ForeignKeyField(Document, index=False, on_delete="RESTRICT", backref="+")
    version = pw.ForeignKeyField(DocumentVersion, index=False, on_delete="RESTRICT", backref="+")
    edition = pw.IntegerField()
    sha256 = pw.CharField(max_length=64)
    previous = pw.ForeignKeyField("self", null=True, index=False, on_delete="RESTRICT", backref="+")
    addressees = pw.TextField()
    standing = pw.BooleanField()
    due = pw.DateField(null=True)
    days = pw.IntegerField(null=True)
    note = pw.TextField()
    sent_by = pw.TextField()
    sent_by_employee = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    sent_at = pw.DateTimeField()
    ended_at = pw.DateTimeField(null=True)
    ended_why = pw.TextField()

    class Meta:
        table_name = "rd_acquaintance_sheet"
        legacy_table_names = False
        indexes = ((('document', 'ended_at', 'id'), False), (('standing', 'ended_at'), False),)


class Acquaintance(pw.Model):
    sheet = pw.ForeignKeyField(AcquaintanceSheet, index=False, on_delete="RESTRICT", backref="+")
    document = pw.ForeignKeyField(Document, index=False, on_delete="RESTRICT", backref="+")
    employee = pw.ForeignKeyField(Employee, index=False, on_delete="RESTRICT", backref="+")
    place = pw.IntegerField()
    name = pw.TextField()
    post = pw.TextField()
    unit = pw.ForeignKeyField(Unit, null=True, index=False, on_delete="RESTRICT", backref="+")
    stands_in_for = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    state = pw.CharField(max_length=16, constraints=[pw.Check("state IN ('asked', 'confirmed', 'refused', 'dropped', 'replaced')")])
    asked_at = pw.DateTimeField()
    due = pw.DateField(null=True)
    opened_at = pw.DateTimeField(null=True)
    read_through_at = pw.DateTimeField(null=True)
    decided_at = pw.DateTimeField(null=True)
    day = pw.DateField(null=True)
    way = pw.CharField(max_length=16, null=True, constraints=[pw.Check("way IN ('electronic', 'paper', 'aloud')")])
    rule = pw.ForeignKeyField(SignatureRule, null=True, index=False, on_delete="RESTRICT", backref="+")
    file = pw.ForeignKeyField(StoredFile, null=True, index=False, on_delete="RESTRICT", backref="+")
    file_name = pw.TextField()
    comment = pw.TextField()
    made_by = pw.TextField()

    class Meta:
        table_name = "rd_acquaintance"
        legacy_table_names = False
        indexes = ((('sheet', 'employee'), True), (('sheet', 'state', 'place', 'id'), False), (('employee', 'state', 'due', 'id'), False), (('document', 'employee', 'state'), False), (('state', 'due'), False),)
        constraints = [pw.Check("(state = 'confirmed') = (way IS NOT NULL)")]


class AssignmentSeries(pw.Model):
    document = pw.ForeignKeyField(Document, null=True, on_delete="RESTRICT", backref="+")
    plan = pw.TextField()
    recurrence = pw.TextField()
    dates = pw.TextField()
    starts = pw.DateField()
    ends = pw.DateField(null=True)
    made_until = pw.DateField(null=True)
    made_by = pw.TextField()
    made_by_employee = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    made_at = pw.DateTimeField()
    ended_at = pw.DateTimeField(null=True, index=True)
    ended_why = pw.TextField()

    class Meta:
        table_name = "rd_assignment_series"
        legacy_table_names = False


class Assignment(pw.Model):
    document = pw.ForeignKeyField(Document, null=True, index=False, on_delete="RESTRICT", backref="+")
    point = pw.TextField()
    item = pw.ForeignKeyField(Item, null=True, on_delete="SET NULL", backref="+")
    expected = pw.ForeignKeyField(ExpectedDocument, null=True, index=False, on_delete="SET NULL", backref="+")
    period = pw.CharField(max_length=32)
    series = pw.ForeignKeyField(AssignmentSeries, null=True, on_delete="RESTRICT", backref="+")
    occurrence = pw.DateField(null=True)
    parent = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT", backref="+")
    root = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT", backref="+")
    auto_close = pw.BooleanField()
    author = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    author_name = pw.TextField()
    responsible = pw.ForeignKeyField(Employee, index=False, on_delete="RESTRICT", backref="+")
    controller = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    text = pw.TextField()
    urgent = pw.BooleanField()
    on_control = pw.BooleanField()
    deadline_kind = pw.CharField(max_length=16, constraints=[pw.Check("deadline_kind IN ('date', 'urgent', 'prompt', 'month', 'days', 'working_days', 'periodic', 'dates', 'open')")])
    deadline_text = pw.TextField()
    counted_from = pw.DateField()
    due = pw.DateField(null=True)
    first_due = pw.DateField(null=True)
    state = pw.CharField(max_length=16, constraints=[pw.Check("state IN ('draft', 'new', 'in_work', 'clarifying', 'reported', 'returned', 'done', 'removed', 'cancelled')")])
    state_at = pw.DateTimeField()
    made_by = pw.TextField()
    made_by_employee = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    made_at = pw.DateTimeField()
    given_at = pw.DateTimeField(null=True)
    taken_at = pw.DateTimeField(null=True)
    reported_at = pw.DateTimeField(null=True)
    done_on = pw.DateField(null=True)
    removed_by = pw.TextField()
    removed_at = pw.DateTimeField(null=True)
    ended_why = pw.TextField()
    result = pw.ForeignKeyField(Document, null=True, on_delete="RESTRICT", backref="+")
    revision = pw.IntegerField()

    class Meta:
        table_name = "rd_assignment"
        legacy_table_names = False
        indexes = ((('state', 'due', 'id', 'done_on', 'responsible', 'first_due', 'document', 'root', 'on_control', 'controller', 'item'), False), (('responsible', 'state', 'due', 'id'), False), (('controller', 'state', 'due', 'id'), False), (('author', 'state', 'due', 'id'), False), (('document', 'state', 'id'), False), (('expected', 'period'), False),)


class AssignmentPerson(pw.Model):
    assignment = pw.ForeignKeyField(Assignment, index=False, on_delete="CASCADE", backref="+")
    employee = pw.ForeignKeyField(Employee, index=False, on_delete="RESTRICT", backref="+")
    part = pw.CharField(max_length=16, constraints=[pw.Check("part IN ('author', 'responsible', 'executor', 'controller')")])
    position = pw.IntegerField()

    class Meta:
        table_name = "rd_assignment_person"
        legacy_table_names = False
        indexes = ((('assignment', 'part', 'employee'), True), (('employee', 'part', 'assignment'), False),)


class AssignmentReport(pw.Model):
    assignment = pw.ForeignKeyField(Assignment, on_delete="RESTRICT", backref="+")
    text = pw.TextField()
    document = pw.ForeignKeyField(Document, null=True, index=False, on_delete="RESTRICT", backref="+")
    made_by = pw.TextField()
    made_by_employee = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    in_place_of = pw.TextField()
    made_at = pw.DateTimeField()
    verdict = pw.CharField(max_length=16, null=True, constraints=[pw.Check("verdict IN ('accepted', 'returned')")])
    verdict_by = pw.TextField()
    verdict_at = pw.DateTimeField(null=True)
    verdict_why = pw.TextField()

    class Meta:
        table_name = "rd_assignment_report"
        legacy_table_names = False


class AssignmentFile(pw.Model):
    report = pw.ForeignKeyField(AssignmentReport, on_delete="RESTRICT", backref="+")
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT", backref="+")
    name = pw.TextField()
    added_by = pw.TextField()
    added_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_assignment_file"
        legacy_table_names = False


class DueExtension(pw.Model):
    assignment = pw.ForeignKeyField(Assignment, index=False, on_delete="RESTRICT", backref="+")
    state = pw.CharField(max_length=16, constraints=[pw.Check("state IN ('asked', 'granted', 'refused', 'withdrawn', 'ordered')")])
    due_was = pw.DateField(null=True)
    wanted = pw.DateField()
    reason = pw.TextField()
    asked_by = pw.TextField()
    asked_by_employee = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    asked_at = pw.DateTimeField()
    granted = pw.DateField(null=True)
    answer = pw.TextField()
    answered_by = pw.TextField()
    answered_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "rd_due_extension"
        legacy_table_names = False
        indexes = ((('assignment', 'state', 'id'), False), (('state', 'asked_at'), False),)


TABLES = (
    AcquaintanceSheet,
    Acquaintance,
    AssignmentSeries,
    Assignment,
    AssignmentPerson,
    AssignmentReport,
    AssignmentFile,
    DueExtension,
)


def up(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
    db.execute_sql("CREATE UNIQUE INDEX rd_due_extension_one_asked ON rd_due_extension (assignment_id) WHERE state = 'asked'")


def down(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES, safe=False)
