"""The registry a clerk can live in: workflows, journals, cases, links with force, rights of each document."""

from __future__ import annotations

import peewee as pw

PREPARATION = ("draft", "in_approval", "rework", "agreed", "in_signing", "signed", "withdrawn")
PREPARATION_BEFORE = ("draft", "in_approval", "in_signing", "signed", "withdrawn")
REGISTRATION = ("unregistered", "reserved", "registered", "annulled")
FORCE = ("not_in_force", "in_force", "amended", "suspended", "ended")
ACQUAINTANCE = ("not_required", "sent", "partly", "everyone")
CONTROL = ("off", "on", "awaiting_removal", "removed")
STORAGE = ("in_work", "in_case", "archived", "to_destroy", "destroyed")
MARKS = ("general", "official", "personal")
LINKS = (
    "approves",
    "appendix_to",
    "amends",
    "repeals",
    "repeals_partly",
    "replaces",
    "executes",
    "based_on",
    "results_of",
    "extract_of",
    "copy_of",
    "reply_to",
    "adds_to",
    "other",
)
#: Roles and ties as bits: everyone but staff who are strangers to the document.
NO_STRANGERS = 251


class Organisation(pw.Model):
    class Meta:
        table_name = "rd_organisation"
        legacy_table_names = False


class Unit(pw.Model):
    class Meta:
        table_name = "rd_unit"
        legacy_table_names = False


class User(pw.Model):
    class Meta:
        table_name = "rd_user"
        legacy_table_names = False


class StoredFile(pw.Model):
    class Meta:
        table_name = "rd_stored_file"
        legacy_table_names = False


class Document(pw.Model):
    class Meta:
        table_name = "rd_document"
        legacy_table_names = False


class UserGrant(pw.Model):
    user = pw.ForeignKeyField(User, on_delete="CASCADE", backref="+")
    action = pw.CharField(max_length=32)

    class Meta:
        table_name = "rd_user_grant"
        legacy_table_names = False
        indexes = ((("user", "action"), True),)


class AdoptedWorkflow(pw.Model):
    digest = pw.CharField(max_length=64, unique=True)
    sources = pw.TextField()
    adopted_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_adopted_workflow"
        legacy_table_names = False


class Journal(pw.Model):
    code = pw.CharField(max_length=32, unique=True)
    name = pw.TextField()
    series = pw.CharField(max_length=32, index=True)
    organisation = pw.ForeignKeyField(Organisation, null=True, on_delete="RESTRICT", backref="+")
    body = pw.TextField()
    pattern = pw.TextField()
    reset = pw.CharField(max_length=8, constraints=[pw.Check("reset IN ('year', 'term', 'never')")])
    term_since = pw.DateField(null=True)
    active = pw.BooleanField()
    position = pw.IntegerField()

    class Meta:
        table_name = "rd_journal"
        legacy_table_names = False


class Counter(pw.Model):
    journal = pw.ForeignKeyField(Journal, on_delete="RESTRICT", index=False, backref="+")
    period = pw.CharField(max_length=32)
    last = pw.IntegerField()
    free = pw.IntegerField()
    closed = pw.BooleanField()

    class Meta:
        table_name = "rd_counter"
        legacy_table_names = False
        indexes = ((("journal", "period"), True),)


class Entry(pw.Model):
    journal = pw.ForeignKeyField(Journal, on_delete="RESTRICT", index=False, backref="+")
    period = pw.CharField(max_length=32)
    n = pw.IntegerField()
    suffix = pw.TextField()
    number = pw.TextField()
    key = pw.TextField()
    sort = pw.TextField()
    state = pw.CharField(
        max_length=12, constraints=[pw.Check("state IN ('reserved', 'registered', 'annulled', 'free', 'unused')")]
    )
    registered_on = pw.DateField(null=True)
    reserved_for = pw.TextField()
    reason = pw.TextField()
    brought_in = pw.BooleanField()
    by = pw.TextField()
    at = pw.DateTimeField()

    class Meta:
        table_name = "rd_entry"
        legacy_table_names = False
        indexes = (
            (("journal", "period", "key"), True),
            (("journal", "period", "n", "suffix"), True),
            (("journal", "registered_on", "id"), False),
        )


class Gap(pw.Model):
    journal = pw.ForeignKeyField(Journal, on_delete="RESTRICT", backref="+")
    period = pw.CharField(max_length=32)
    first = pw.IntegerField()
    last = pw.IntegerField()
    reason = pw.TextField()
    by = pw.TextField()
    at = pw.DateTimeField()

    class Meta:
        table_name = "rd_gap"
        legacy_table_names = False


class Retention(pw.Model):
    code = pw.CharField(max_length=32, unique=True)
    documents = pw.TextField()
    article = pw.TextField()
    years = pw.IntegerField(null=True)
    text = pw.TextField()
    epk = pw.BooleanField()
    position = pw.IntegerField()

    class Meta:
        table_name = "rd_retention"
        legacy_table_names = False


class CaseYear(pw.Model):
    key = pw.CharField(max_length=24, unique=True)
    organisation = pw.ForeignKeyField(Organisation, null=True, on_delete="RESTRICT", backref="+")
    year = pw.IntegerField()
    closed_on = pw.DateField(null=True)
    closed_by = pw.TextField()
    closing = pw.TextField()

    class Meta:
        table_name = "rd_case_year"
        legacy_table_names = False


class Case(pw.Model):
    case_year = pw.ForeignKeyField(CaseYear, index=False, on_delete="RESTRICT", backref="+")
    organisation = pw.ForeignKeyField(Organisation, null=True, on_delete="RESTRICT", backref="+")
    unit = pw.ForeignKeyField(Unit, null=True, on_delete="RESTRICT", backref="+")
    year = pw.IntegerField()
    case_index = pw.TextField()
    index_key = pw.TextField()
    index_sort = pw.TextField()
    title = pw.TextField()
    retention = pw.ForeignKeyField(Retention, on_delete="RESTRICT", backref="+")
    transitional = pw.BooleanField()
    continues = pw.ForeignKeyField("self", null=True, unique=True, on_delete="RESTRICT", backref="+")
    note = pw.TextField()
    closed_on = pw.DateField(null=True)
    removed_on = pw.DateField(null=True)
    removed_by = pw.TextField()

    class Meta:
        table_name = "rd_case"
        legacy_table_names = False
        indexes = (
            (("case_year", "index_key"), True),
            (("year", "index_sort", "id"), False),
            (("closed_on", "id"), False),
        )


class Attachment(pw.Model):
    document = pw.ForeignKeyField(Document, on_delete="RESTRICT", backref="+")
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT", backref="+")
    name = pw.TextField()
    title = pw.TextField()
    added_by = pw.TextField()
    added_at = pw.DateTimeField()
    removed_at = pw.DateTimeField(null=True)
    removed_why = pw.TextField()

    class Meta:
        table_name = "rd_attachment"
        legacy_table_names = False


class DocumentLink(pw.Model):
    source = pw.ForeignKeyField(Document, on_delete="RESTRICT", index=False, backref="+")
    target = pw.ForeignKeyField(Document, on_delete="RESTRICT", backref="+")
    kind = pw.CharField(max_length=16, constraints=[pw.Check(f"kind IN {LINKS}")])
    note = pw.TextField()
    points = pw.TextField()
    since = pw.DateField(null=True)
    acted = pw.BooleanField()
    made_by = pw.TextField()
    made_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_document_link"
        legacy_table_names = False
        indexes = ((("source", "target", "kind"), True),)


class Suspension(pw.Model):
    document = pw.ForeignKeyField(Document, on_delete="RESTRICT", backref="+")
    since = pw.DateField()
    until = pw.DateField(null=True)
    reason = pw.TextField()

    class Meta:
        table_name = "rd_suspension"
        legacy_table_names = False


class Citation(pw.Model):
    document = pw.ForeignKeyField(Document, on_delete="RESTRICT", backref="+")
    position = pw.IntegerField()
    text = pw.TextField()
    kind_word = pw.TextField()
    date = pw.DateField(null=True)
    number = pw.TextField()
    number_key = pw.TextField(index=True)
    outside = pw.BooleanField()
    target = pw.ForeignKeyField(Document, null=True, on_delete="RESTRICT", backref="+")

    class Meta:
        table_name = "rd_citation"
        legacy_table_names = False


class Comment(pw.Model):
    document = pw.ForeignKeyField(Document, on_delete="RESTRICT", backref="+")
    text = pw.TextField()
    by = pw.TextField()
    user_id = pw.IntegerField(null=True)
    at = pw.DateTimeField()

    class Meta:
        table_name = "rd_comment"
        legacy_table_names = False


class EditLock(pw.Model):
    document = pw.ForeignKeyField(Document, unique=True, on_delete="CASCADE", backref="+")
    user_id = pw.IntegerField()
    who = pw.TextField()
    since = pw.DateTimeField()
    until = pw.DateTimeField()

    class Meta:
        table_name = "rd_edit_lock"
        legacy_table_names = False


class SavedFilter(pw.Model):
    user = pw.ForeignKeyField(User, on_delete="CASCADE", index=False, backref="+")
    name = pw.TextField()
    query = pw.TextField()
    position = pw.IntegerField()

    class Meta:
        table_name = "rd_saved_filter"
        legacy_table_names = False
        indexes = ((("user", "name"), True),)


class ListColumns(pw.Model):
    user = pw.ForeignKeyField(User, unique=True, on_delete="CASCADE", backref="+")
    names = pw.TextField()

    class Meta:
        table_name = "rd_list_columns"
        legacy_table_names = False


TABLES = (
    UserGrant,
    AdoptedWorkflow,
    Journal,
    Counter,
    Entry,
    Gap,
    Retention,
    CaseYear,
    Case,
    Attachment,
    DocumentLink,
    Suspension,
    Citation,
    Comment,
    EditLock,
    SavedFilter,
    ListColumns,
)

KIND_COLUMNS = {
    "group": "VARCHAR(32) NOT NULL DEFAULT ''",
    "forms": "TEXT NOT NULL DEFAULT '{}'",
    "own_number": "{boolean} NOT NULL DEFAULT {true}",
    "series": "VARCHAR(32) NOT NULL DEFAULT ''",
    "fields": "TEXT NOT NULL DEFAULT '[]'",
    "workflows": "TEXT NOT NULL DEFAULT '{}'",
    "template": "TEXT NOT NULL DEFAULT ''",
    "retention_id": "INTEGER REFERENCES rd_retention (id) ON DELETE RESTRICT",
    "active": "{boolean} NOT NULL DEFAULT {true}",
}


def line(column: str, states: tuple[str, ...]) -> str:
    return f"VARCHAR(16) NOT NULL DEFAULT '{states[0]}' CHECK ({column} IN {states})"


DOCUMENT_COLUMNS = {
    "organisation_id": "INTEGER REFERENCES rd_organisation (id) ON DELETE RESTRICT",
    "body": "TEXT NOT NULL DEFAULT ''",
    "registration": line("registration", REGISTRATION),
    "force": line("force", FORCE),
    "acquaintance": line("acquaintance", ACQUAINTANCE),
    "control": line("control", CONTROL),
    "storage": line("storage", STORAGE),
    "named_states": "TEXT NOT NULL DEFAULT '{}'",
    "workflow_id": "INTEGER REFERENCES rd_adopted_workflow (id) ON DELETE RESTRICT",
    "mark": line("mark", MARKS),
    "mark_basis": "TEXT NOT NULL DEFAULT ''",
    "readers": f"SMALLINT NOT NULL DEFAULT {NO_STRANGERS}",
    "entry_id": "INTEGER REFERENCES rd_entry (id) ON DELETE RESTRICT",
    "registered_on": "DATE",
    "force_from": "DATE",
    "force_until": "DATE",
    "case_id": "INTEGER REFERENCES rd_case (id) ON DELETE RESTRICT",
    "control_due": "DATE",
    "working_copy_of_id": "INTEGER REFERENCES rd_document (id) ON DELETE RESTRICT",
    "fields": "TEXT NOT NULL DEFAULT '{}'",
}
READING = "readers, drafter_id, signer_employee_id, unit_id"
LINES = "preparation, registration, force, acquaintance, control, storage"
INDEXES = {
    "rd_document_entry_id": "entry_id",
    "rd_document_case_id": "case_id",
    "rd_document_working_copy_of_id": "working_copy_of_id",
    "rd_document_listed_on_wide": f"listed_on, id, {READING}, {LINES}, mark, kind_id, force_from, force_until, date",
    "rd_document_registration_wide": f"registration, listed_on, id, preparation, kind_id, {READING}",
    "rd_document_storage_listed_on_id": "storage, listed_on, id",
    "rd_document_control_control_due_id": "control, control_due, id",
    "rd_document_registered_on_id": "registered_on, id",
    "rd_document_drafter_listed": "drafter_id, listed_on, id, preparation",
    "rd_document_signer_listed": "signer_employee_id, listed_on, id",
    "rd_document_unit_listed": "unit_id, listed_on, id",
    "rd_document_organisation_listed": "organisation_id, listed_on, id",
}
INDEXES_BEFORE = {
    "rd_document_listed_on_id": "listed_on, id",
    "rd_document_drafter_id": "drafter_id",
    "rd_document_signer_employee_id": "signer_employee_id",
    "rd_document_unit_id": "unit_id",
}


def up(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
    add(db, "rd_kind", KIND_COLUMNS)
    db.execute_sql("CREATE INDEX rd_kind_retention_id ON rd_kind (retention_id)")
    add(db, "rd_document", DOCUMENT_COLUMNS)
    add(db, "rd_document_version", {"edition": "INTEGER NOT NULL DEFAULT 1"})
    change_preparation(db, PREPARATION)
    for name in INDEXES_BEFORE:
        drop_index(db, "rd_document", name)
    for name, columns in INDEXES.items():
        unique = "UNIQUE " if columns == "entry_id" else ""
        db.execute_sql(f"CREATE {unique}INDEX {name} ON rd_document ({columns})")
    # Signed documents are read by everyone: 255 is every role and tie.
    db.execute_sql(
        "UPDATE rd_document SET readers = 255, force = 'in_force', force_from = date WHERE preparation = 'signed'"
    )
    db.execute_sql(
        "UPDATE rd_document SET registration = 'registered', registered_on = date"
        " WHERE preparation = 'signed' AND number <> ''"
    )


def down(migrator, db):
    for name in INDEXES:
        drop_index(db, "rd_document", name)
    for name, columns in INDEXES_BEFORE.items():
        db.execute_sql(f"CREATE INDEX {name} ON rd_document ({columns})")
    db.execute_sql("UPDATE rd_document SET preparation = 'in_approval' WHERE preparation IN ('rework', 'agreed')")
    change_preparation(db, PREPARATION_BEFORE)
    drop(db, "rd_document_version", ["edition"])
    drop(db, "rd_document", DOCUMENT_COLUMNS)
    drop_index(db, "rd_kind", "rd_kind_retention_id")
    drop(db, "rd_kind", KIND_COLUMNS)
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES, safe=False)


def add(db, table, columns):
    sqlite = isinstance(db, pw.SqliteDatabase)
    boolean, true = ("INTEGER", "1") if sqlite else ("BOOLEAN", "true")
    for name, definition in columns.items():
        words = definition.replace("{boolean}", boolean).replace("{true}", true)
        db.execute_sql(f'ALTER TABLE {table} ADD COLUMN "{name}" {words}')


def drop_index(db, table, name):
    """An index has no prefix where it was made before a host's tables stood beside ours."""
    for index in db.get_indexes(table):
        if index.name in (name, name.removeprefix("rd_")):
            db.execute_sql(f'DROP INDEX "{index.name}"')


def drop(db, table, columns):
    for name in columns:
        db.execute_sql(f'ALTER TABLE {table} DROP COLUMN "{name}"')


def change_preparation(db, states):
    """A check cannot be changed where it is: the column is made anew, with its index."""
    drop_index(db, "rd_document", "rd_document_preparation_listed_on_id")
    db.execute_sql("ALTER TABLE rd_document RENAME COLUMN preparation TO preparation_before")
    add(db, "rd_document", {"preparation": line("preparation", states)})
    db.execute_sql("UPDATE rd_document SET preparation = preparation_before")
    drop(db, "rd_document", ["preparation_before"])
    db.execute_sql("CREATE INDEX rd_document_preparation_listed_on_id ON rd_document (preparation, listed_on, id)")
