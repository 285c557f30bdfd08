"""Approval: routes, visas, signatures, guests; absences and acting heads; the working calendar; notices."""

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


class Unit(pw.Model):
    class Meta:
        table_name = "rd_unit"
        legacy_table_names = False


class DayException(pw.Model):
    day = pw.DateField(unique=True)
    working = pw.BooleanField()
    name = pw.TextField()

    class Meta:
        table_name = "rd_day_exception"
        legacy_table_names = False


class Substitution(pw.Model):
    absent = pw.ForeignKeyField(Employee, index=False, on_delete="RESTRICT", backref="+")
    substitute = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    since = pw.DateField()
    until = pw.DateField()
    kinds = pw.TextField()
    reason = pw.TextField()
    set_by = pw.TextField()
    made_at = pw.DateTimeField()
    revoked_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "rd_substitution"
        legacy_table_names = False
        indexes = (
            (("absent", "until"), False),
            (("substitute", "until"), False),
        )
        constraints = [pw.Check("until >= since"), pw.Check("substitute_id <> absent_id")]


class Acting(pw.Model):
    unit = pw.ForeignKeyField(Unit, index=False, on_delete="RESTRICT", backref="+")
    title = pw.TextField()
    printed = pw.TextField()
    absent = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    employee = pw.ForeignKeyField(Employee, index=False, on_delete="RESTRICT", backref="+")
    since = pw.DateField()
    until = pw.DateField(null=True)
    basis = pw.TextField()
    basis_document = pw.IntegerField(null=True)
    set_by = pw.TextField()
    made_at = pw.DateTimeField()
    revoked_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "rd_acting"
        legacy_table_names = False
        indexes = (
            (("unit", "title"), False),
            (("absent", "since"), False),
            (("employee", "since"), False),
        )
        constraints = [pw.Check("until IS NULL OR until >= since"), pw.Check("employee_id <> absent_id")]


class DocumentReader(pw.Model):
    document = pw.ForeignKeyField(Document, index=False, on_delete="RESTRICT", backref="+")
    employee = pw.ForeignKeyField(Employee, index=False, on_delete="RESTRICT", backref="+")

    class Meta:
        table_name = "rd_document_reader"
        legacy_table_names = False
        indexes = (
            (("employee", "document"), True),
            (("document",), False),
        )


class Route(pw.Model):
    name = pw.TextField(unique=True)
    position = pw.IntegerField()
    active = pw.BooleanField()
    kinds = pw.TextField()
    units = pw.TextField()
    cases = pw.TextField()
    condition = pw.TextField()
    obligatory = pw.BooleanField()
    changeable = pw.BooleanField()
    plan = pw.TextField()
    changed_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_route"
        legacy_table_names = False


class Run(pw.Model):
    document = pw.ForeignKeyField(Document, index=False, on_delete="RESTRICT", backref="+")
    number = pw.IntegerField()
    route = pw.ForeignKeyField(Route, null=True, on_delete="RESTRICT", backref="+")
    name = pw.TextField()
    plan = pw.TextField()
    state = pw.CharField(
        max_length=16,
        constraints=[pw.Check("state IN ('under_way', 'agreed', 'returned', 'withdrawn', 'superseded')")],
    )
    step = pw.IntegerField()
    started_by = pw.TextField()
    started_by_employee = pw.ForeignKeyField(
        Employee, null=True, index=False, on_delete="RESTRICT", backref="+"
    )
    started_at = pw.DateTimeField()
    ended_at = pw.DateTimeField(null=True)
    ended_why = pw.TextField()

    class Meta:
        table_name = "rd_run"
        legacy_table_names = False
        indexes = (
            (("document", "number"), True),
            (("started_by_employee", "state"), False),
        )


class Visa(pw.Model):
    run = pw.ForeignKeyField(Run, index=False, on_delete="RESTRICT", backref="+")
    document = pw.ForeignKeyField(Document, index=False, on_delete="RESTRICT", backref="+")
    step = pw.IntegerField()
    place = pw.IntegerField()
    employee = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    name = pw.TextField()
    post = pw.TextField()
    email = pw.TextField()
    information = pw.BooleanField()
    added = pw.CharField(
        max_length=16, constraints=[pw.Check("added IN ('route', 'asked', 'forwarded', 'replaced')")]
    )
    added_by = pw.TextField()
    note = pw.TextField()
    state = pw.CharField(
        max_length=16, constraints=[pw.Check("state IN ('waiting', 'open', 'given', 'dropped', 'handed')")]
    )
    asked_at = pw.DateTimeField(null=True)
    due = pw.DateField(null=True)
    reminded_at = pw.DateTimeField(null=True)
    decision = pw.CharField(
        max_length=16,
        null=True,
        constraints=[pw.Check("decision IN ('agreed', 'remarks', 'refused', 'seen')")],
    )
    decided_at = pw.DateTimeField(null=True)
    decided_by = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="+")
    decided_name = pw.TextField()
    decided_post = pw.TextField()
    in_place = pw.BooleanField()
    way = pw.CharField(
        max_length=16,
        null=True,
        constraints=[pw.Check("way IN ('account', 'link', 'paper', 'protocol', 'carried')")],
    )
    comment = pw.TextField()
    committee = pw.TextField()
    version = pw.ForeignKeyField(DocumentVersion, null=True, index=False, on_delete="RESTRICT", backref="+")
    sha256 = pw.CharField(max_length=64)
    objection = pw.ForeignKeyField(StoredFile, null=True, index=False, on_delete="RESTRICT", backref="+")
    objection_name = pw.TextField()
    objection_kind = pw.CharField(
        max_length=16,
        constraints=[pw.Check("objection_kind IN ('', 'redline', 'opinion', 'protocol', 'other')")],
    )
    carried_from = pw.ForeignKeyField("self", null=True, index=False, on_delete="RESTRICT", backref="+")

    class Meta:
        table_name = "rd_visa"
        legacy_table_names = False
        indexes = (
            (("employee", "state", "due", "id"), False),
            (("run", "step", "place", "id"), False),
            (("document", "state"), False),
            (("state", "due"), False),
        )
        constraints = [pw.Check("(state = 'given') = (decision IS NOT NULL)")]


class Remark(pw.Model):
    visa = pw.ForeignKeyField(Visa, on_delete="RESTRICT", backref="+")
    document = pw.ForeignKeyField(Document, on_delete="RESTRICT", backref="+")
    place = pw.TextField()
    text = pw.TextField()
    by = pw.TextField()
    at = pw.DateTimeField()
    state = pw.CharField(
        max_length=16, constraints=[pw.Check("state IN ('open', 'accepted', 'rejected', 'withdrawn')")]
    )
    answer = pw.TextField()
    answered_by = pw.TextField()
    answered_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "rd_remark"
        legacy_table_names = False


class SignatureRule(pw.Model):
    document = pw.ForeignKeyField(Document, on_delete="RESTRICT", backref="+")
    since = pw.DateField()
    until = pw.DateField(null=True)
    set_by = pw.TextField()
    set_at = pw.DateTimeField()

    class Meta:
        table_name = "rd_signature_rule"
        legacy_table_names = False


class Signature(pw.Model):
    document = pw.ForeignKeyField(Document, on_delete="RESTRICT", backref="+")
    version = pw.ForeignKeyField(DocumentVersion, null=True, index=False, on_delete="RESTRICT", backref="+")
    sha256 = pw.CharField(max_length=64)
    act = pw.CharField(max_length=16, constraints=[pw.Check("act IN ('sign', 'confirm')")])
    way = pw.CharField(max_length=16, constraints=[pw.Check("way IN ('simple', 'qualified', 'paper')")])
    employee = pw.ForeignKeyField(Employee, null=True, on_delete="RESTRICT", backref="+")
    name = pw.TextField()
    post = pw.TextField()
    basis = pw.TextField()
    rule = pw.ForeignKeyField(SignatureRule, null=True, index=False, on_delete="RESTRICT", backref="+")
    file = pw.ForeignKeyField(StoredFile, null=True, index=False, on_delete="RESTRICT", backref="+")
    file_name = pw.TextField()
    mark = pw.TextField()
    verdict = pw.TextField()
    signed_at = pw.DateTimeField()
    made_by = pw.TextField()
    revoked_at = pw.DateTimeField(null=True)
    revoked_why = pw.TextField()

    class Meta:
        table_name = "rd_signature"
        legacy_table_names = False


class GuestLink(pw.Model):
    visa = pw.ForeignKeyField(Visa, on_delete="RESTRICT", backref="+")
    email = pw.TextField()
    mark = pw.CharField(max_length=16)
    secret_hash = pw.CharField(max_length=64, unique=True)
    made_by = pw.TextField()
    made_at = pw.DateTimeField()
    expires_at = pw.DateTimeField()
    code_hash = pw.CharField(max_length=64)
    code_until = pw.DateTimeField(null=True)
    codes_left = pw.IntegerField()
    tries_left = pw.IntegerField()
    opened_at = pw.DateTimeField(null=True)
    used_at = pw.DateTimeField(null=True)
    revoked_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "rd_guest_link"
        legacy_table_names = False


class Seen(pw.Model):
    employee = pw.ForeignKeyField(Employee, index=False, on_delete="RESTRICT", backref="+")
    document = pw.ForeignKeyField(Document, index=False, on_delete="RESTRICT", backref="+")
    number = pw.IntegerField()
    at = pw.DateTimeField()

    class Meta:
        table_name = "rd_seen"
        legacy_table_names = False
        indexes = ((("employee", "document"), True),)


class Delivery(pw.Model):
    employee = pw.ForeignKeyField(Employee, null=True, on_delete="RESTRICT", backref="+")
    kind = pw.CharField(max_length=16, constraints=[pw.Check("kind IN ('single', 'digest', 'letter')")])
    urgent = pw.BooleanField()
    state = pw.CharField(
        max_length=16,
        constraints=[pw.Check("state IN ('pending', 'sending', 'sent', 'needless', 'failed', 'given_up')")],
    )
    attempts = pw.IntegerField()
    created_at = pw.DateTimeField()
    next_at = pw.DateTimeField()
    claimed_at = pw.DateTimeField(null=True)
    sent_at = pw.DateTimeField(null=True)
    message_id = pw.CharField(max_length=64, unique=True)
    address = pw.TextField()
    subject = pw.TextField()
    last_error = pw.TextField()
    letter = pw.TextField()

    class Meta:
        table_name = "rd_delivery"
        legacy_table_names = False
        indexes = ((("state", "next_at", "id"), False),)
        constraints = [pw.Check("(employee_id IS NULL) = (kind = 'letter')")]


class Notice(pw.Model):
    employee = pw.ForeignKeyField(Employee, index=False, on_delete="RESTRICT", backref="+")
    code = pw.CharField(max_length=32)
    key = pw.CharField(max_length=128)
    topic = pw.CharField(max_length=64, index=True)
    document = pw.ForeignKeyField(Document, null=True, on_delete="RESTRICT", backref="+")
    about = pw.TextField()
    path = pw.TextField()
    at = pw.DateTimeField()
    due = pw.DateField(null=True)
    urgent = pw.BooleanField()
    read_at = pw.DateTimeField(null=True)
    digest = pw.BooleanField()
    delivery = pw.ForeignKeyField(Delivery, null=True, on_delete="RESTRICT", backref="+")

    class Meta:
        table_name = "rd_notice"
        legacy_table_names = False
        indexes = (
            (("employee", "key"), True),
            (("employee", "read_at"), False),
            (("employee", "at", "id"), False),
            (("digest", "delivery", "employee"), False),
        )


class NoticeSettings(pw.Model):
    employee = pw.ForeignKeyField(Employee, unique=True, on_delete="CASCADE", backref="+")
    mail = pw.CharField(max_length=16, constraints=[pw.Check("mail IN ('at_once', 'digest', 'none')")])
    digest_at = pw.TimeField(null=True)
    quiet_from = pw.TimeField(null=True)
    quiet_until = pw.TimeField(null=True)
    days_off = pw.BooleanField()

    class Meta:
        table_name = "rd_notice_settings"
        legacy_table_names = False


TABLES = (
    DayException,
    Substitution,
    Acting,
    DocumentReader,
    Route,
    Run,
    Visa,
    Remark,
    SignatureRule,
    Signature,
    GuestLink,
    Seen,
    Delivery,
    Notice,
    NoticeSettings,
)


def up(migrator, db):
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
    db.execute_sql(
        "CREATE UNIQUE INDEX rd_run_one_under_way ON rd_run (document_id) WHERE state = 'under_way'"
    )
    sqlite = isinstance(db, pw.SqliteDatabase)
    boolean, true, false = ("INTEGER", "1", "0") if sqlite else ("BOOLEAN", "true", "false")
    db.execute_sql(
        f"ALTER TABLE rd_document_version ADD COLUMN substantial {boolean} NOT NULL DEFAULT {true}"
    )
    db.execute_sql(f"ALTER TABLE rd_post ADD COLUMN heads {boolean} NOT NULL DEFAULT {false}")
    # 256 is the bit of those to whom a document was handed: they read it, whatever its state.
    db.execute_sql("UPDATE rd_document SET readers = readers + 256")


def down(migrator, db):
    db.execute_sql("UPDATE rd_document SET readers = readers - 256 WHERE readers >= 256")
    db.execute_sql("ALTER TABLE rd_post DROP COLUMN heads")
    db.execute_sql("ALTER TABLE rd_document_version DROP COLUMN substantial")
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES, safe=False)
