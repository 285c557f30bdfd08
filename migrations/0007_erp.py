"""Other programs: tokens, organisations of accounts, whose records ours are, links, webhooks, what goes to a live Odoo."""

from __future__ import annotations

import peewee as pw


class Document(pw.Model):
    class Meta:
        table_name = "rd_document"
        legacy_table_names = False


class Item(pw.Model):
    class Meta:
        table_name = "rd_item"
        legacy_table_names = False


class Organisation(pw.Model):
    class Meta:
        table_name = "rd_organisation"
        legacy_table_names = False


class User(pw.Model):
    class Meta:
        table_name = "rd_user"
        legacy_table_names = False


class UserOrganisation(pw.Model):
    user = pw.ForeignKeyField(User, index=False, on_delete="CASCADE", backref="+")
    organisation = pw.ForeignKeyField(Organisation, on_delete="RESTRICT", backref="+")

    class Meta:
        table_name = "rd_user_organisation"
        legacy_table_names = False
        indexes = ((('user', 'organisation'), True),)


class ExternalRecord(pw.Model):
    source = pw.CharField(max_length=64)
    model = pw.CharField(max_length=128)
    external = pw.CharField(max_length=128)
    kind = pw.CharField(max_length=32)
    local_id = pw.IntegerField()
    written = pw.TextField()
    seen_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_external_record"
        legacy_table_names = False
        indexes = ((('source', 'model', 'external'), True), (('kind', 'local_id', 'source'), False),)


class ApiToken(pw.Model):
    user = pw.ForeignKeyField(User, on_delete="CASCADE", backref="+")
    name = pw.TextField()
    digest = pw.CharField(max_length=64, unique=True)
    hint = pw.CharField(max_length=16)
    scopes = pw.TextField()
    made_at = pw.DateTimeField()
    expires_at = pw.DateTimeField(null=True)
    last_used_at = pw.DateTimeField(null=True)
    revoked_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "rd_api_token"
        legacy_table_names = False


class ExternalLink(pw.Model):
    document = pw.ForeignKeyField(Document, null=True, on_delete="RESTRICT", backref="+")
    item = pw.ForeignKeyField(Item, null=True, on_delete="RESTRICT", backref="+")
    source = pw.CharField(max_length=64)
    model = pw.CharField(max_length=128)
    external = pw.CharField(max_length=128)
    title = pw.TextField()
    url = pw.TextField()
    made_by = pw.TextField()
    made_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_external_link"
        legacy_table_names = False
        indexes = ((('document', 'source', 'model', 'external'), True), (('item', 'source', 'model', 'external'), True), (('source', 'model', 'external'), False),)
        constraints = [pw.Check('(document_id IS NULL) <> (item_id IS NULL)')]


class IdempotencyKey(pw.Model):
    user = pw.ForeignKeyField(User, index=False, on_delete="CASCADE", backref="+")
    key = pw.CharField(max_length=255)
    fingerprint = pw.CharField(max_length=64)
    status = pw.IntegerField(null=True)
    headers = pw.TextField()
    body = pw.TextField()
    made_at = pw.DateTimeField(index=True)

    class Meta:
        table_name = "rd_idempotency_key"
        legacy_table_names = False
        indexes = ((('user', 'key'), True),)


class Webhook(pw.Model):
    name = pw.TextField()
    url = pw.TextField()
    secret = pw.TextField()
    events = pw.TextField()
    active = pw.BooleanField()
    user = pw.ForeignKeyField(User, on_delete="RESTRICT", backref="+")
    made_by = pw.TextField()
    made_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_webhook"
        legacy_table_names = False


class WebhookDelivery(pw.Model):
    webhook = pw.ForeignKeyField(Webhook, on_delete="CASCADE", backref="+")
    uid = pw.CharField(max_length=40, unique=True)
    event = pw.CharField(max_length=64)
    subject = pw.CharField(max_length=64)
    body = pw.TextField()
    state = pw.CharField(max_length=16, constraints=[pw.Check("state IN ('waiting', 'sent', 'dead')")])
    attempts = pw.IntegerField()
    next_at = pw.DateTimeField()
    status = pw.IntegerField(null=True)
    error = pw.TextField()
    made_at = pw.DateTimeField()
    ended_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "rd_webhook_delivery"
        legacy_table_names = False
        indexes = ((('state', 'next_at'), False),)


class SyncCursor(pw.Model):
    source = pw.CharField(max_length=64)
    model = pw.CharField(max_length=128)
    written = pw.TextField()
    external = pw.CharField(max_length=128)

    class Meta:
        table_name = "rd_sync_cursor"
        legacy_table_names = False
        indexes = ((('source', 'model'), True),)


class SyncRun(pw.Model):
    source = pw.CharField(max_length=64, index=True)
    dry = pw.BooleanField()
    started_at = pw.DateTimeField()
    ended_at = pw.DateTimeField(null=True)
    report = pw.TextField()
    error = pw.TextField()

    class Meta:
        table_name = "rd_sync_run"
        legacy_table_names = False


class SyncPush(pw.Model):
    source = pw.CharField(max_length=64)
    kind = pw.CharField(max_length=32)
    local_id = pw.IntegerField()
    state = pw.CharField(max_length=16, constraints=[pw.Check("state IN ('waiting', 'done', 'dead')")])
    attempts = pw.IntegerField()
    next_at = pw.DateTimeField()
    error = pw.TextField()

    class Meta:
        table_name = "rd_sync_push"
        legacy_table_names = False
        indexes = ((('source', 'kind', 'local_id'), True), (('state', 'next_at'), False),)


FIRST_HASH = "0" * 64

TABLES = (
    UserOrganisation,
    ExternalRecord,
    ApiToken,
    ExternalLink,
    IdempotencyKey,
    Webhook,
    WebhookDelivery,
    SyncCursor,
    SyncRun,
    SyncPush,
)


def up(migrator, db):
    name_indexes(db)
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
    db.execute_sql(f"ALTER TABLE rd_journal_head ADD COLUMN changes VARCHAR(64) NOT NULL DEFAULT '{FIRST_HASH}'")
    db.execute_sql("UPDATE rd_journal_head SET changes = hash")
    db.execute_sql("CREATE INDEX rd_document_changed_at_id ON rd_document (changed_at, id)")


def down(migrator, db):
    db.execute_sql("DROP INDEX rd_document_changed_at_id")
    db.execute_sql("ALTER TABLE rd_journal_head DROP COLUMN changes")
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES, safe=False)


def name_indexes(db):
    """Give the prefix to indexes that were made without it: their names are those of the whole database, a host's too."""
    for table in db.get_tables():
        if not table.startswith("rd_"):
            continue
        for index in db.get_indexes(table):
            if index.name.startswith(("rd_", "sqlite_")):
                continue
            name = (table + index.name.removeprefix(table.removeprefix("rd_").replace("_", "")))[:63]
            if not isinstance(db, pw.SqliteDatabase):
                db.execute_sql(f'ALTER INDEX "{index.name}" RENAME TO "{name}"')
                continue
            db.execute_sql(f'DROP INDEX "{index.name}"')
            db.execute_sql(index.sql.replace(f'"{index.name}"', f'"{name}"', 1).replace(f" {index.name} ", f' "{name}" ', 1))
