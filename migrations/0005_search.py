"""Search: texts of files, records, the outbox and the state of the index, words, abbreviations, saved searches."""

from __future__ import annotations

import peewee as pw


class StoredFile(pw.Model):
    class Meta:
        table_name = "rd_stored_file"
        legacy_table_names = False


class User(pw.Model):
    class Meta:
        table_name = "rd_user"
        legacy_table_names = False


class FileText(pw.Model):
    file = pw.ForeignKeyField(StoredFile, unique=True, on_delete="RESTRICT", backref="+")
    state = pw.CharField(
        max_length=16,
        constraints=[pw.Check("state IN ('waiting', 'working', 'read', 'partly', 'empty', 'unreadable')")],
    )
    text = pw.TextField()
    way = pw.CharField(max_length=16)
    problem = pw.CharField(max_length=32)
    told = pw.TextField()
    reader = pw.IntegerField()
    attempts = pw.IntegerField()
    asked_at = pw.DateTimeField()
    next_at = pw.DateTimeField()
    claimed_at = pw.DateTimeField(null=True)
    read_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "rd_file_text"
        legacy_table_names = False
        indexes = ((('state', 'next_at', 'id'), False),)


class SearchRecord(pw.Model):
    key = pw.CharField(max_length=64, unique=True)
    digest = pw.CharField(max_length=64)
    day = pw.IntegerField()
    number = pw.TextField()
    passages = pw.TextField()
    tags = pw.TextField()

    class Meta:
        table_name = "rd_search_record"
        legacy_table_names = False


class SearchOutbox(pw.Model):
    subject = pw.CharField(max_length=64)

    class Meta:
        table_name = "rd_search_outbox"
        legacy_table_names = False


class SearchIndex(pw.Model):
    engine = pw.CharField(max_length=16, constraints=[pw.Check("engine IN ('whoosh', 'sqlite', 'postgresql')")])
    generation = pw.CharField(max_length=32, unique=True)
    state = pw.CharField(max_length=16, unique=True, constraints=[pw.Check("state IN ('active', 'building')")])
    mark = pw.CharField(max_length=64)
    progress = pw.CharField(max_length=64)
    done = pw.IntegerField()
    total = pw.IntegerField()
    broken = pw.TextField()
    day = pw.DateField()
    started_at = pw.DateTimeField()
    built_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "rd_search_index"
        legacy_table_names = False


class SearchWord(pw.Model):
    word = pw.CharField(max_length=64, unique=True)
    lemmas = pw.TextField()

    class Meta:
        table_name = "rd_search_word"
        legacy_table_names = False


class Abbreviation(pw.Model):
    group = pw.IntegerField(index=True)
    text = pw.TextField()
    key = pw.CharField(max_length=255)
    source = pw.CharField(max_length=16, constraints=[pw.Check("source IN ('shipped', 'found', 'office')")])
    found_in = pw.TextField()
    active = pw.BooleanField()

    class Meta:
        table_name = "rd_abbreviation"
        legacy_table_names = False
        indexes = ((('group', 'key'), True), (('key',), False),)


class SavedSearch(pw.Model):
    user = pw.ForeignKeyField(User, index=False, on_delete="CASCADE", backref="+")
    name = pw.TextField()
    query = pw.TextField()
    notify = pw.BooleanField()
    position = pw.IntegerField()
    seen_keys = pw.TextField()
    looked_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_saved_search"
        legacy_table_names = False
        indexes = ((('user', 'name'), True),)


TABLES = (
    FileText,
    SearchRecord,
    SearchOutbox,
    SearchIndex,
    SearchWord,
    Abbreviation,
    SavedSearch,
)


def up(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)


def down(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES, safe=False)
