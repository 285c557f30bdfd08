"""Tables of documents."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.access.rules import Mark
from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.models import Employee, Organisation, Unit, User
from roadmapdocs.registration.models import Entry
from roadmapdocs.workflow.models import AdoptedWorkflow
from roadmapdocs.workflow.rules import STANDARD, Line


def _one_of(column: str, values: object) -> list[pw.SQL]:
    return [pw.Check(f"{column} IN {tuple(str(value) for value in values)}")]  # type: ignore[attr-defined]  # any iterable


def _line(line: Line) -> pw.CharField:
    return pw.CharField(max_length=16, default=STANDARD[line][0], constraints=_one_of(line.value, STANDARD[line]))


class Kind(BaseModel):
    """A kind of document. ``expected`` is the word by which roadmaps expect it.

    ``forms`` are case forms of the kind's word ({"gen": "приказа", …}); ``series`` names the journals that number
    it; ``fields`` are names from ``fields.toml`` and fields of the office's own ({"name", "label", "type"});
    ``workflows`` maps a line to the code of a definition where it is not the usual one; ``template`` is a path
    below ``templates/documents``.
    """

    code = pw.CharField(max_length=32, unique=True)
    name = pw.TextField()
    short = pw.TextField()
    gender = pw.CharField(max_length=1, constraints=[pw.Check("gender IN ('m', 'f', 'n', 'p')")])
    expected = pw.TextField()
    position = pw.IntegerField()
    group = pw.CharField(max_length=32, default="other")
    forms = JsonField(default=dict)
    own_number = pw.BooleanField(default=True)
    series = pw.CharField(max_length=32, default="")
    fields = JsonField(default=list)
    workflows = JsonField(default=dict)
    template = pw.TextField(default="")
    retention = pw.ForeignKeyField(Retention, null=True, backref="kinds", on_delete="RESTRICT")
    active = pw.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.short)


#: What the right to read asks of a document.
_READING = ("readers", "drafter", "signer_employee", "unit")


class Document(BaseModel):
    """The card of a document. ``revision`` counts its changes, so that a stale save is noticed.

    The six state lines hold standard states; ``named_states`` maps a line to the state of the document's own
    workflow where that has another name. ``number_key``, ``number_sort``, ``search_key``, ``readers`` and
    ``listed_on`` (the day by which lists sort: the document's date, or while it has none the day its card was
    made) are derived and written by operations only. ``force_until`` is the first day without force.
    ``fields`` holds what the kind asks for beyond the columns; dates in it are ISO text.
    """

    kind = pw.ForeignKeyField(Kind, on_delete="RESTRICT", index=False)
    number = pw.TextField(default="")
    number_key = pw.TextField(default="", index=True)
    number_sort = pw.TextField(default="")
    date = pw.DateField(null=True)
    listed_on = pw.DateField()
    title = pw.TextField()
    summary = pw.TextField(default="")
    signer = pw.TextField(default="")
    signer_employee = pw.ForeignKeyField(Employee, null=True, index=False, backref="signed", on_delete="RESTRICT")
    drafter = pw.ForeignKeyField(Employee, null=True, index=False, backref="drafted", on_delete="RESTRICT")
    unit = pw.ForeignKeyField(Unit, null=True, index=False, backref="documents", on_delete="RESTRICT")
    organisation = pw.ForeignKeyField(
        Organisation, null=True, index=False, backref="documents", on_delete="RESTRICT"
    )
    body = pw.TextField(default="")
    preparation = _line(Line.PREPARATION)
    registration = _line(Line.REGISTRATION)
    force = _line(Line.FORCE)
    acquaintance = _line(Line.ACQUAINTANCE)
    control = _line(Line.CONTROL)
    storage = _line(Line.STORAGE)
    named_states = JsonField(default=dict)
    workflow = pw.ForeignKeyField(AdoptedWorkflow, null=True, on_delete="RESTRICT", index=False)
    mark = pw.CharField(max_length=16, default=str(Mark.GENERAL), constraints=_one_of("mark", Mark))
    mark_basis = pw.TextField(default="")
    readers = pw.SmallIntegerField()
    entry = pw.ForeignKeyField(Entry, null=True, unique=True, backref="documents", on_delete="RESTRICT")
    registered_on = pw.DateField(null=True)
    force_from = pw.DateField(null=True)
    force_until = pw.DateField(null=True)
    case = pw.ForeignKeyField(Case, null=True, backref="documents", on_delete="RESTRICT")
    control_due = pw.DateField(null=True)
    working_copy_of = pw.ForeignKeyField("self", null=True, backref="working_copies", on_delete="RESTRICT")
    fields = JsonField(default=dict)
    search_key = pw.TextField()
    revision = pw.IntegerField(default=1)
    created_at = UtcDateTimeField()
    changed_at = UtcDateTimeField()

    class Meta:
        # One index for each way in which a list is sorted or narrowed; the id breaks ties, so pages are stable.
        # The first also carries all that conditions and rights of reading ask for: a page under rare conditions
        # is found by walking along it, without a look at the table.
        indexes = (
            (("listed_on", "id", *_READING, *(line.value for line in Line), "mark", "kind", "force_from", "force_until", "date"), False),
            (("registration", "listed_on", "id", "preparation", "kind", *_READING), False),
            (("kind", "listed_on", "id"), False),
            (("preparation", "listed_on", "id"), False),
            (("storage", "listed_on", "id"), False),
            (("control", "control_due", "id"), False),
            (("registered_on", "id"), False),
            (("number_sort", "id"), False),
            (("drafter", "listed_on", "id", "preparation"), False),
            (("signer_employee", "listed_on", "id"), False),
            (("unit", "listed_on", "id"), False),
            (("organisation", "listed_on", "id"), False),
            (("changed_at", "id"), False),
        )


class DocumentVersion(BaseModel):
    """One immutable file with the text of a document; the highest number is the current one.

    ``edition`` is the edition (редакция) of the document whose text it is, counted from 1. ``substantial`` says
    that the text differs from the version before in what it means, and not in its wording alone.
    """

    document = pw.ForeignKeyField(Document, backref="versions", on_delete="RESTRICT", index=False)
    number = pw.IntegerField()
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT")
    name = pw.TextField()
    comment = pw.TextField(default="")
    edition = pw.IntegerField(default=1)
    substantial = pw.BooleanField(default=True)
    added_by = pw.TextField()
    added_at = UtcDateTimeField()

    class Meta:
        indexes = ((("document", "number"), True),)


class Attachment(BaseModel):
    """A file beside the text: a scan with the signature, an appendix, a letter. Immutable; taken off with a reason."""

    document = pw.ForeignKeyField(Document, backref="attachments", on_delete="RESTRICT")
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT")
    name = pw.TextField()
    title = pw.TextField(default="")
    added_by = pw.TextField()
    added_at = UtcDateTimeField()
    removed_at = UtcDateTimeField(null=True)
    removed_why = pw.TextField(default="")


class DocumentLink(BaseModel):
    """``source`` acts on ``target``: approves it, amends it. ``since`` is the day from which the effect counts.

    ``points`` names what a partial repeal or an amendment touches; ``note`` is for people. ``acted`` says that the
    effect has been had.
    """

    source = pw.ForeignKeyField(Document, backref="links_out", on_delete="RESTRICT", index=False)
    target = pw.ForeignKeyField(Document, backref="links_in", on_delete="RESTRICT")
    kind = pw.CharField(max_length=16, constraints=_one_of("kind", LinkKind))
    note = pw.TextField(default="")
    points = pw.TextField(default="")
    since = pw.DateField(null=True)
    acted = pw.BooleanField(default=False)
    made_by = pw.TextField()
    made_at = UtcDateTimeField()

    class Meta:
        indexes = ((("source", "target", "kind"), True),)


class Suspension(BaseModel):
    """Days on which a document was without force for a time: from ``since`` until the day before ``until``."""

    document = pw.ForeignKeyField(Document, backref="suspensions", on_delete="RESTRICT")
    since = pw.DateField()
    until = pw.DateField(null=True)
    reason = pw.TextField(default="")


class Citation(BaseModel):
    """A document that the text of this one cites. ``target`` is empty while the registry knows no such document.

    ``outside`` marks laws and acts of other bodies, which nobody expects here.
    """

    document = pw.ForeignKeyField(Document, backref="citations", on_delete="RESTRICT")
    position = pw.IntegerField()
    text = pw.TextField()
    kind_word = pw.TextField(default="")
    date = pw.DateField(null=True)
    number = pw.TextField(default="")
    number_key = pw.TextField(default="", index=True)
    outside = pw.BooleanField(default=False)
    target = pw.ForeignKeyField(Document, null=True, backref="cited_by", on_delete="RESTRICT")


class DocumentReader(BaseModel):
    """Somebody to whom the document was handed: may read it, whatever its state."""

    document = pw.ForeignKeyField(Document, backref="handed_to", on_delete="RESTRICT", index=False)
    employee = pw.ForeignKeyField(Employee, backref="handed", on_delete="RESTRICT", index=False)

    class Meta:
        indexes = ((("employee", "document"), True), (("document",), False))


class Comment(BaseModel):
    """What a person said about a document, between the lines of its history."""

    document = pw.ForeignKeyField(Document, backref="comments", on_delete="RESTRICT")
    text = pw.TextField()
    by = pw.TextField()
    user_id = pw.IntegerField(null=True)
    at = UtcDateTimeField()


class EditLock(BaseModel):
    """Who has the form of a card open, and since when. It binds nobody after ``until``."""

    document = pw.ForeignKeyField(Document, unique=True, backref="locks", on_delete="CASCADE")
    user_id = pw.IntegerField()
    who = pw.TextField()
    since = UtcDateTimeField()
    until = UtcDateTimeField()


class SavedFilter(BaseModel):
    """Conditions of a list under a person's own name. ``query`` is the address's query string."""

    user = pw.ForeignKeyField(User, backref="filters", on_delete="CASCADE", index=False)
    name = pw.TextField()
    query = pw.TextField()
    position = pw.IntegerField(default=0)

    class Meta:
        indexes = ((("user", "name"), True),)


class ListColumns(BaseModel):
    """The columns that a person chose for the list of documents, in their order."""

    user = pw.ForeignKeyField(User, unique=True, backref="columns", on_delete="CASCADE")
    names = JsonField()


MODELS = (
    Kind,
    Document,
    DocumentVersion,
    Attachment,
    DocumentLink,
    Suspension,
    Citation,
    DocumentReader,
    Comment,
    EditLock,
    SavedFilter,
    ListColumns,
)
