"""Tables of approval."""

from __future__ import annotations

from collections.abc import Iterable

import peewee as pw

from roadmapdocs.approvals.rules import Decision, RunState, VisaState
from roadmapdocs.approvals.words import Act, Added, ObjectionKind, RemarkState, SignatureWay, VisaWay
from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.models import Employee


def _one_of(column: str, values: Iterable[object]) -> list[pw.SQL]:
    return [pw.Check(f"{column} IN {tuple(str(value) for value in values)}")]


class Route(BaseModel):
    """A template (типовой маршрут). ``plan`` is as :meth:`roadmapdocs.approvals.plans.Plan.as_json` writes it.

    It fits documents of ``kinds`` (codes), ``units`` and ``cases`` (ids; empty: any) whose card satisfies
    ``condition`` ({"field", "op", "value"} or {}). ``obligatory``: a document that it fits is not signed without its
    visas. ``changeable``: whoever starts it may change it without a right of their own.
    """

    name = pw.TextField(unique=True)
    position = pw.IntegerField(default=0)
    active = pw.BooleanField(default=True)
    kinds = JsonField(default=list)
    units = JsonField(default=list)
    cases = JsonField(default=list)
    condition = JsonField(default=dict)
    obligatory = pw.BooleanField(default=False)
    changeable = pw.BooleanField(default=True)
    plan = JsonField()
    changed_at = UtcDateTimeField()

    def __str__(self) -> str:
        return str(self.name)


class Run(BaseModel):
    """One way of a document along a plan. ``step`` is where it stands, from 0; a document has one under way at most."""

    document = pw.ForeignKeyField(Document, backref="runs", on_delete="RESTRICT", index=False)
    number = pw.IntegerField()
    route = pw.ForeignKeyField(Route, null=True, backref="runs", on_delete="RESTRICT")
    name = pw.TextField(default="")
    plan = JsonField()
    state = pw.CharField(max_length=16, default=str(RunState.UNDER_WAY), constraints=_one_of("state", RunState))
    step = pw.IntegerField(default=0)
    started_by = pw.TextField()
    started_by_employee = pw.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT", backref="runs")
    started_at = UtcDateTimeField()
    ended_at = UtcDateTimeField(null=True)
    ended_why = pw.TextField(default="")

    class Meta:
        indexes = ((("document", "number"), True), (("started_by_employee", "state"), False))


Run.add_index(Run.document, unique=True, where=Run.state == str(RunState.UNDER_WAY), name="rd_run_one_under_way")


class Visa(BaseModel):
    """One person's place in a run, and what they decided: a line of the sheet (domain.md §7.3).

    ``employee`` is who was asked (None: a guest, who has no account); ``decided_by`` who decided: somebody else where
    ``in_place`` says so. ``version`` and ``sha256`` are of the text that was seen. ``carried_from`` is a visa of
    before that holds and is repeated. ``committee`` is the body and its protocol, as printed.
    """

    run = pw.ForeignKeyField(Run, backref="visas", on_delete="RESTRICT", index=False)
    document = pw.ForeignKeyField(Document, backref="visas", on_delete="RESTRICT", index=False)
    step = pw.IntegerField()
    place = pw.IntegerField()
    employee = pw.ForeignKeyField(Employee, null=True, backref="visas", on_delete="RESTRICT", index=False)
    name = pw.TextField()
    post = pw.TextField(default="")
    email = pw.TextField(default="")
    information = pw.BooleanField(default=False)
    added = pw.CharField(max_length=16, default=str(Added.ROUTE), constraints=_one_of("added", Added))
    added_by = pw.TextField(default="")
    note = pw.TextField(default="")
    state = pw.CharField(max_length=16, default=str(VisaState.WAITING), constraints=_one_of("state", VisaState))
    asked_at = UtcDateTimeField(null=True)
    due = pw.DateField(null=True)
    reminded_at = UtcDateTimeField(null=True)
    decision = pw.CharField(max_length=16, null=True, constraints=_one_of("decision", Decision))
    decided_at = UtcDateTimeField(null=True)
    decided_by = pw.ForeignKeyField(Employee, null=True, backref="visas_given", on_delete="RESTRICT", index=False)
    decided_name = pw.TextField(default="")
    decided_post = pw.TextField(default="")
    in_place = pw.BooleanField(default=False)
    way = pw.CharField(max_length=16, null=True, constraints=_one_of("way", VisaWay))
    comment = pw.TextField(default="")
    committee = pw.TextField(default="")
    version = pw.ForeignKeyField(DocumentVersion, null=True, backref="visas", on_delete="RESTRICT", index=False)
    sha256 = pw.CharField(max_length=64, default="")
    objection = pw.ForeignKeyField(StoredFile, null=True, backref="objections", on_delete="RESTRICT", index=False)
    objection_name = pw.TextField(default="")
    objection_kind = pw.CharField(max_length=16, default="", constraints=_one_of("objection_kind", ["", *ObjectionKind]))
    carried_from = pw.ForeignKeyField("self", null=True, backref="carried", on_delete="RESTRICT", index=False)

    class Meta:
        indexes = (
            (("employee", "state", "due", "id"), False),
            (("run", "step", "place", "id"), False),
            (("document", "state"), False),
            (("state", "due"), False),
        )
        constraints = [pw.Check("(state = 'given') = (decision IS NOT NULL)")]


class Remark(BaseModel):
    """What somebody would have changed (замечание): where, in which words, and what became of it."""

    visa = pw.ForeignKeyField(Visa, backref="remarks", on_delete="RESTRICT")
    document = pw.ForeignKeyField(Document, backref="remarks", on_delete="RESTRICT")
    place = pw.TextField(default="")
    text = pw.TextField()
    by = pw.TextField()
    at = UtcDateTimeField()
    state = pw.CharField(max_length=16, default=str(RemarkState.OPEN), constraints=_one_of("state", RemarkState))
    answer = pw.TextField(default="")
    answered_by = pw.TextField(default="")
    answered_at = UtcDateTimeField(null=True)


class SignatureRule(BaseModel):
    """The document of the office by which a simple signature counts (63-ФЗ, art. 9), from a day until a day."""

    document = pw.ForeignKeyField(Document, backref="signature_rules", on_delete="RESTRICT")
    since = pw.DateField()
    until = pw.DateField(null=True)
    set_by = pw.TextField()
    set_at = UtcDateTimeField()


class Signature(BaseModel):
    """A signature or confirmation of a document, bound to one version by its hash.

    ``basis`` is why an acting head signs; ``mark`` what is printed for it; ``verdict`` how the check of a qualified
    signature ended, in words. One that was taken back keeps when and why.
    """

    document = pw.ForeignKeyField(Document, backref="signatures", on_delete="RESTRICT")
    version = pw.ForeignKeyField(DocumentVersion, null=True, backref="signatures", on_delete="RESTRICT", index=False)
    sha256 = pw.CharField(max_length=64, default="")
    act = pw.CharField(max_length=16, constraints=_one_of("act", Act))
    way = pw.CharField(max_length=16, constraints=_one_of("way", SignatureWay))
    employee = pw.ForeignKeyField(Employee, null=True, backref="signatures", on_delete="RESTRICT")
    name = pw.TextField()
    post = pw.TextField(default="")
    basis = pw.TextField(default="")
    rule = pw.ForeignKeyField(SignatureRule, null=True, backref="signatures", on_delete="RESTRICT", index=False)
    file = pw.ForeignKeyField(StoredFile, null=True, backref="signature_files", on_delete="RESTRICT", index=False)
    file_name = pw.TextField(default="")
    mark = JsonField(default=dict)
    verdict = pw.TextField(default="")
    signed_at = UtcDateTimeField()
    made_by = pw.TextField()
    revoked_at = UtcDateTimeField(null=True)
    revoked_why = pw.TextField(default="")


class GuestLink(BaseModel):
    """A way to one visa for somebody without an account. Of the secret in it only the hash is kept.

    ``mark`` is the document's access mark for which it was made: under a stricter one it is shut. ``code_hash`` is of
    the code that opens it until ``code_until``; ``tries_left`` counts wrong codes down, ``codes_left`` the mails.
    """

    visa = pw.ForeignKeyField(Visa, backref="links", on_delete="RESTRICT")
    email = pw.TextField()
    mark = pw.CharField(max_length=16)
    secret_hash = pw.CharField(max_length=64, unique=True)
    made_by = pw.TextField()
    made_at = UtcDateTimeField()
    expires_at = UtcDateTimeField()
    code_hash = pw.CharField(max_length=64, default="")
    code_until = UtcDateTimeField(null=True)
    codes_left = pw.IntegerField()
    tries_left = pw.IntegerField()
    opened_at = UtcDateTimeField(null=True)
    used_at = UtcDateTimeField(null=True)
    revoked_at = UtcDateTimeField(null=True)


class Seen(BaseModel):
    """The last version of a document's text that somebody was shown."""

    employee = pw.ForeignKeyField(Employee, backref="seen", on_delete="RESTRICT", index=False)
    document = pw.ForeignKeyField(Document, backref="seen", on_delete="RESTRICT", index=False)
    number = pw.IntegerField()
    at = UtcDateTimeField()

    class Meta:
        indexes = ((("employee", "document"), True),)


MODELS = (Route, Run, Visa, Remark, SignatureRule, Signature, GuestLink, Seen)
