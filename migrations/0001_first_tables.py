"""The first tables: journal, people, files, documents, roadmaps, coverage."""

from __future__ import annotations

import peewee as pw


class Event(pw.Model):
    number = pw.IntegerField(unique=True)
    what = pw.CharField(max_length=64)
    subject = pw.CharField(max_length=64, index=True)
    effect = pw.TextField()
    who = pw.TextField()
    user_id = pw.IntegerField(null=True)
    at = pw.DateTimeField()
    hash = pw.CharField(max_length=64)

    class Meta:
        table_name = "rd_event"
        legacy_table_names = False


class JournalHead(pw.Model):
    number = pw.IntegerField()
    hash = pw.CharField(max_length=64)

    class Meta:
        table_name = "rd_journal_head"
        legacy_table_names = False


class Organisation(pw.Model):
    name = pw.TextField(unique=True)
    short_name = pw.TextField()
    genitive = pw.TextField()
    place = pw.TextField()

    class Meta:
        table_name = "rd_organisation"
        legacy_table_names = False


class Unit(pw.Model):
    organisation = pw.ForeignKeyField(Organisation, on_delete="RESTRICT", backref="+")
    name = pw.TextField()
    abbreviation = pw.TextField()
    parent = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT", backref="+")

    class Meta:
        table_name = "rd_unit"
        legacy_table_names = False
        indexes = ((("organisation", "name"), True),)


class Employee(pw.Model):
    surname = pw.TextField()
    name = pw.TextField()
    patronymic = pw.TextField()
    gender = pw.CharField(max_length=1, constraints=[pw.Check("gender IN ('m', 'f')")])
    email = pw.TextField()

    class Meta:
        table_name = "rd_employee"
        legacy_table_names = False
        indexes = ((("surname", "name", "patronymic"), False),)


class Post(pw.Model):
    employee = pw.ForeignKeyField(Employee, on_delete="RESTRICT", backref="+")
    unit = pw.ForeignKeyField(Unit, on_delete="RESTRICT", backref="+")
    title = pw.TextField()
    since = pw.DateField()
    until = pw.DateField(null=True)

    class Meta:
        table_name = "rd_post"
        legacy_table_names = False
        constraints = [pw.Check("until IS NULL OR until >= since")]


class User(pw.Model):
    login = pw.CharField(max_length=64, unique=True)
    password_hash = pw.TextField()
    employee = pw.ForeignKeyField(Employee, null=True, unique=True, on_delete="RESTRICT", backref="+")
    active = pw.BooleanField()
    failures = pw.IntegerField()
    locked_until = pw.DateTimeField(null=True)
    session_stamp = pw.CharField(max_length=32)

    class Meta:
        table_name = "rd_user"
        legacy_table_names = False


class UserRole(pw.Model):
    user = pw.ForeignKeyField(User, on_delete="CASCADE", backref="+")
    role = pw.CharField(
        max_length=16,
        constraints=[pw.Check("role IN ('clerk', 'executive', 'staff', 'coordinator', 'administrator')")],
    )

    class Meta:
        table_name = "rd_user_role"
        legacy_table_names = False
        indexes = ((("user", "role"), True),)


class StoredFile(pw.Model):
    sha256 = pw.CharField(max_length=64, unique=True)
    size = pw.BigIntegerField()
    format = pw.CharField(max_length=16)
    stored_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_stored_file"
        legacy_table_names = False


class Kind(pw.Model):
    code = pw.CharField(max_length=32, unique=True)
    name = pw.TextField()
    short = pw.TextField()
    gender = pw.CharField(max_length=1, constraints=[pw.Check("gender IN ('m', 'f', 'n', 'p')")])
    expected = pw.TextField()
    position = pw.IntegerField()

    class Meta:
        table_name = "rd_kind"
        legacy_table_names = False


class Document(pw.Model):
    kind = pw.ForeignKeyField(Kind, index=False, on_delete="RESTRICT", backref="+")
    number = pw.TextField()
    number_key = pw.TextField(index=True)
    number_sort = pw.TextField()
    date = pw.DateField(null=True)
    listed_on = pw.DateField()
    title = pw.TextField()
    summary = pw.TextField()
    signer = pw.TextField()
    signer_employee = pw.ForeignKeyField(Employee, null=True, on_delete="RESTRICT", backref="+")
    drafter = pw.ForeignKeyField(Employee, null=True, on_delete="RESTRICT", backref="+")
    unit = pw.ForeignKeyField(Unit, null=True, on_delete="RESTRICT", backref="+")
    preparation = pw.CharField(
        max_length=16,
        constraints=[
            pw.Check("preparation IN ('draft', 'in_approval', 'in_signing', 'signed', 'withdrawn')")
        ],
    )
    search_key = pw.TextField()
    revision = pw.IntegerField()
    created_at = pw.DateTimeField()
    changed_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_document"
        legacy_table_names = False
        indexes = (
            (("listed_on", "id"), False),
            (("kind", "listed_on", "id"), False),
            (("preparation", "listed_on", "id"), False),
            (("number_sort", "id"), False),
        )


class DocumentVersion(pw.Model):
    document = pw.ForeignKeyField(Document, index=False, on_delete="RESTRICT", backref="+")
    number = pw.IntegerField()
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT", backref="+")
    name = pw.TextField()
    comment = pw.TextField()
    added_by = pw.TextField()
    added_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_document_version"
        legacy_table_names = False
        indexes = ((("document", "number"), True),)


class Roadmap(pw.Model):
    title = pw.TextField()
    first_year = pw.IntegerField(null=True)
    last_year = pw.IntegerField(null=True)
    organisation = pw.ForeignKeyField(Organisation, null=True, on_delete="RESTRICT", backref="+")
    coordinator = pw.ForeignKeyField(Employee, null=True, on_delete="RESTRICT", backref="+")
    created_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_roadmap"
        legacy_table_names = False


class Edition(pw.Model):
    roadmap = pw.ForeignKeyField(Roadmap, index=False, on_delete="RESTRICT", backref="+")
    number = pw.IntegerField()
    file = pw.ForeignKeyField(StoredFile, null=True, on_delete="RESTRICT", backref="+")
    file_name = pw.TextField()
    approval = pw.TextField()
    abbreviations = pw.TextField()
    defects = pw.TextField()
    stored_by = pw.TextField()
    stored_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_edition"
        legacy_table_names = False
        indexes = ((("roadmap", "number"), True), (("file", "number"), True))


class Section(pw.Model):
    edition = pw.ForeignKeyField(Edition, on_delete="CASCADE", backref="+")
    parent = pw.ForeignKeyField("self", null=True, on_delete="CASCADE", backref="+")
    number = pw.TextField()
    title = pw.TextField()
    position = pw.IntegerField()

    class Meta:
        table_name = "rd_section"
        legacy_table_names = False


class Item(pw.Model):
    edition = pw.ForeignKeyField(Edition, on_delete="CASCADE", backref="+")
    section = pw.ForeignKeyField(Section, null=True, on_delete="CASCADE", backref="+")
    position = pw.IntegerField()
    number = pw.TextField()
    title = pw.TextField()
    responsible_text = pw.TextField()

    class Meta:
        table_name = "rd_item"
        legacy_table_names = False


class ItemTerm(pw.Model):
    item = pw.ForeignKeyField(Item, on_delete="CASCADE", backref="+")
    kind = pw.CharField(max_length=16)
    start = pw.DateField(null=True)
    end = pw.DateField(null=True)
    recurrence = pw.TextField(null=True)
    text = pw.TextField()
    year = pw.IntegerField(null=True)

    class Meta:
        table_name = "rd_item_term"
        legacy_table_names = False


class Responsible(pw.Model):
    item = pw.ForeignKeyField(Item, on_delete="CASCADE", backref="+")
    text = pw.TextField()
    unit = pw.ForeignKeyField(Unit, null=True, on_delete="RESTRICT", backref="+")
    employee = pw.ForeignKeyField(Employee, null=True, on_delete="RESTRICT", backref="+")

    class Meta:
        table_name = "rd_responsible"
        legacy_table_names = False


class YearValue(pw.Model):
    item = pw.ForeignKeyField(Item, on_delete="CASCADE", backref="+")
    year = pw.IntegerField(null=True)
    planned = pw.TextField(null=True)
    result = pw.TextField(null=True)

    class Meta:
        table_name = "rd_year_value"
        legacy_table_names = False


class ExpectedDocument(pw.Model):
    item = pw.ForeignKeyField(Item, on_delete="CASCADE", backref="+")
    position = pw.IntegerField()
    title = pw.TextField()
    kind = pw.TextField(
        constraints=[
            pw.Check(
                "kind IN ('приказ', 'распоряжение', 'положение', 'порядок', 'протокол', 'аналитическая справка', 'отчёт', 'план', 'программа', 'договор', 'рекомендации', 'перечень', 'прочее')"
            )
        ]
    )
    inferred = pw.BooleanField()
    confirmed = pw.BooleanField()

    class Meta:
        table_name = "rd_expected_document"
        legacy_table_names = False


class RoadmapImport(pw.Model):
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT", backref="+")
    file_name = pw.TextField()
    sheet = pw.TextField()
    remarks = pw.IntegerField()
    revision = pw.IntegerField()
    state = pw.CharField(max_length=16, constraints=[pw.Check("state IN ('review', 'stored', 'cancelled')")])
    roadmap = pw.ForeignKeyField(Roadmap, null=True, on_delete="RESTRICT", backref="+")
    started_by = pw.TextField()
    user_id = pw.IntegerField(null=True)
    started_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_roadmap_import"
        legacy_table_names = False


class Proof(pw.Model):
    expected = pw.ForeignKeyField(ExpectedDocument, index=False, on_delete="CASCADE", backref="+")
    period = pw.CharField(max_length=32)
    document = pw.ForeignKeyField(Document, on_delete="RESTRICT", backref="+")
    confirmed_by = pw.TextField()
    confirmed_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_proof"
        legacy_table_names = False
        indexes = ((("expected", "period", "document"), True),)


class Waiver(pw.Model):
    expected = pw.ForeignKeyField(ExpectedDocument, index=False, on_delete="CASCADE", backref="+")
    period = pw.CharField(max_length=32)
    reason = pw.TextField()
    waived_by = pw.TextField()
    waived_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_waiver"
        legacy_table_names = False
        indexes = ((("expected", "period"), True),)
        constraints = [pw.Check("length(reason) > 0")]


TABLES = (
    Event,
    JournalHead,
    Organisation,
    Unit,
    Employee,
    Post,
    User,
    UserRole,
    StoredFile,
    Kind,
    Document,
    DocumentVersion,
    Roadmap,
    Edition,
    Section,
    Item,
    ItemTerm,
    Responsible,
    YearValue,
    ExpectedDocument,
    RoadmapImport,
    Proof,
    Waiver,
)


def up(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
        JournalHead.insert(id=1, number=0, hash="0" * 64).execute()


def down(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES, safe=False)
