"""Drafts: templates of the office, texts as values, phrases, forms of names; pages of documents."""

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


class StoredFile(pw.Model):
    class Meta:
        table_name = "rd_stored_file"
        legacy_table_names = False


class EmployeeForms(pw.Model):
    employee = pw.ForeignKeyField(Employee, unique=True, on_delete="CASCADE", backref="+")
    forms = pw.TextField()

    class Meta:
        table_name = "rd_employee_forms"
        legacy_table_names = False


class PostForms(pw.Model):
    title = pw.TextField(unique=True)
    forms = pw.TextField()

    class Meta:
        table_name = "rd_post_forms"
        legacy_table_names = False


class Preview(pw.Model):
    source = pw.ForeignKeyField(StoredFile, index=False, on_delete="RESTRICT", backref="+")
    archival = pw.BooleanField()
    state = pw.CharField(
        max_length=16,
        constraints=[pw.Check("state IN ('waiting', 'working', 'done', 'failed', 'unavailable')")],
    )
    wanted = pw.BooleanField()
    attempts = pw.IntegerField()
    reason = pw.CharField(max_length=16)
    told = pw.TextField()
    asked_at = pw.DateTimeField()
    next_at = pw.DateTimeField()
    claimed_at = pw.DateTimeField(null=True)
    done_at = pw.DateTimeField(null=True)
    result = pw.ForeignKeyField(StoredFile, null=True, on_delete="RESTRICT", backref="+")
    pages = pw.IntegerField()

    class Meta:
        table_name = "rd_preview"
        legacy_table_names = False
        indexes = (
            (("source", "archival"), True),
            (("state", "wanted", "next_at", "id"), False),
        )


class PagePicture(pw.Model):
    preview = pw.ForeignKeyField(Preview, index=False, on_delete="CASCADE", backref="+")
    number = pw.IntegerField()
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT", backref="+")
    width = pw.IntegerField()
    height = pw.IntegerField()

    class Meta:
        table_name = "rd_page_picture"
        legacy_table_names = False
        indexes = ((("preview", "number"), True),)


class OfficeTemplate(pw.Model):
    path = pw.TextField()
    number = pw.IntegerField()
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT", backref="+")
    name = pw.TextField()
    since = pw.DateField()
    note = pw.TextField()
    withdrawn = pw.BooleanField()
    added_by = pw.TextField()
    added_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_office_template"
        legacy_table_names = False
        indexes = ((("path", "number"), True),)


class Draft(pw.Model):
    document = pw.ForeignKeyField(Document, unique=True, on_delete="RESTRICT", backref="+")
    template = pw.TextField()
    content = pw.TextField()
    made_from = pw.TextField()
    origin = pw.CharField(max_length=96, index=True)
    revision = pw.IntegerField()
    changed_by = pw.TextField()
    changed_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_draft"
        legacy_table_names = False


class Rendering(pw.Model):
    version = pw.ForeignKeyField(DocumentVersion, unique=True, on_delete="RESTRICT", backref="+")
    template = pw.TextField()
    template_sha256 = pw.CharField(max_length=64)
    office_template = pw.ForeignKeyField(OfficeTemplate, null=True, on_delete="RESTRICT", backref="+")
    profile = pw.CharField(max_length=16)
    values = pw.TextField()
    made_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_rendering"
        legacy_table_names = False


class Phrase(pw.Model):
    place = pw.CharField(max_length=16)
    text = pw.TextField()
    kinds = pw.TextField()
    position = pw.IntegerField()
    active = pw.BooleanField()

    class Meta:
        table_name = "rd_phrase"
        legacy_table_names = False
        constraints = [pw.Check("place IN ('preamble', 'point', 'control', 'repeal', 'force')")]


TABLES = (
    EmployeeForms,
    PostForms,
    Preview,
    PagePicture,
    OfficeTemplate,
    Draft,
    Rendering,
    Phrase,
)


def up(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)


def down(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES, safe=False)
