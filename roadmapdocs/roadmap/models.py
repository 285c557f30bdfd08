"""Tables of roadmaps: a roadmap has editions; sections, items and all below them belong to one edition."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.models import Employee, Organisation, Unit
from roadmapdocs.roadmap.draft import EXPECTED_KINDS
from roadmapdocs.russian.terms import Term


class Roadmap(BaseModel):
    """What stays the same over all editions. ``title`` and years are those of the current edition."""

    title = pw.TextField()
    first_year = pw.IntegerField(null=True)
    last_year = pw.IntegerField(null=True)
    organisation = pw.ForeignKeyField(Organisation, null=True, backref="roadmaps", on_delete="RESTRICT")
    coordinator = pw.ForeignKeyField(Employee, null=True, backref="coordinates", on_delete="RESTRICT")
    created_at = UtcDateTimeField()

    def __str__(self) -> str:
        return str(self.title)


class Edition(BaseModel):
    """One state of a roadmap, as read from one file. The highest number is the current edition.

    ``approval`` is the JSON of :class:`roadmapdocs.roadmap.draft.Approval`, ``defects`` what was doubtful when
    it was stored, ``abbreviations`` what its text spells out.
    """

    roadmap = pw.ForeignKeyField(Roadmap, backref="editions", on_delete="RESTRICT", index=False)
    number = pw.IntegerField()
    file = pw.ForeignKeyField(StoredFile, null=True, on_delete="RESTRICT")
    file_name = pw.TextField(default="")
    approval = JsonField(default=dict)
    abbreviations = JsonField(default=dict)
    defects = JsonField(default=list)
    stored_by = pw.TextField()
    stored_at = UtcDateTimeField()

    class Meta:
        # The second one makes two imports of one file at once collide, instead of storing it twice.
        indexes = ((("roadmap", "number"), True), (("file", "number"), True))


class Section(BaseModel):
    edition = pw.ForeignKeyField(Edition, backref="sections", on_delete="CASCADE")
    parent = pw.ForeignKeyField("self", null=True, backref="children", on_delete="CASCADE")
    number = pw.TextField()
    title = pw.TextField()
    position = pw.IntegerField()


class Item(BaseModel):
    """One row of work; ``position`` is its place in the file, ``number`` what is printed there."""

    edition = pw.ForeignKeyField(Edition, backref="items", on_delete="CASCADE")
    section = pw.ForeignKeyField(Section, null=True, backref="items", on_delete="CASCADE")
    position = pw.IntegerField()
    number = pw.TextField()
    title = pw.TextField()
    responsible_text = pw.TextField(default="")


class ItemTerm(BaseModel):
    """A :class:`roadmapdocs.russian.terms.Term` of an item."""

    item = pw.ForeignKeyField(Item, backref="terms", on_delete="CASCADE")
    kind = pw.CharField(max_length=16)
    start = pw.DateField(null=True)
    end = pw.DateField(null=True)
    recurrence = pw.TextField(null=True)
    text = pw.TextField()
    year = pw.IntegerField(null=True)

    def term(self) -> Term:
        return Term(self.kind, self.start, self.end, self.recurrence, self.text, self.year)


class Responsible(BaseModel):
    """One of those who answer for an item: the printed words, and who that is where it is known."""

    item = pw.ForeignKeyField(Item, backref="responsibles", on_delete="CASCADE")
    text = pw.TextField()
    unit = pw.ForeignKeyField(Unit, null=True, on_delete="RESTRICT")
    employee = pw.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")


class YearValue(BaseModel):
    """What the roadmap prints for a year: ``planned`` (a figure) or ``result`` (a text). No year: the total."""

    item = pw.ForeignKeyField(Item, backref="year_values", on_delete="CASCADE")
    year = pw.IntegerField(null=True)
    planned = pw.TextField(null=True)
    result = pw.TextField(null=True)


class ExpectedDocument(BaseModel):
    """A document that should prove an item. One that was inferred is a suggestion until confirmed."""

    item = pw.ForeignKeyField(Item, backref="expected_documents", on_delete="CASCADE")
    position = pw.IntegerField()
    title = pw.TextField()
    kind = pw.TextField(constraints=[pw.Check(f"kind IN {EXPECTED_KINDS}")])
    inferred = pw.BooleanField()
    confirmed = pw.BooleanField()


class RoadmapImport(BaseModel):
    """A file that was read and waits for a person's confirmation.

    ``sheet`` is the JSON of :class:`roadmapdocs.roadmap.reader.sheet.Sheet` as corrected so far, ``remarks`` how many
    doubts are left in it; ``revision`` counts the corrections. ``roadmap`` is the one that gets a new edition, if it
    is not to be a new roadmap; once stored it is the one that was made of it.
    """

    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT")
    file_name = pw.TextField()
    sheet = JsonField()
    remarks = pw.IntegerField(default=0)
    revision = pw.IntegerField(default=1)
    state = pw.CharField(max_length=16, constraints=[pw.Check("state IN ('review', 'stored', 'cancelled')")])
    roadmap = pw.ForeignKeyField(Roadmap, null=True, on_delete="RESTRICT")
    started_by = pw.TextField()
    user_id = pw.IntegerField(null=True)
    started_at = UtcDateTimeField()


def current_editions() -> pw.ModelSelect:
    """Ids of the current editions of all roadmaps, as a subquery."""
    last = Edition.alias()
    newest = last.select(pw.fn.MAX(last.number)).where(last.roadmap == Edition.roadmap)
    return Edition.select(Edition.id).where(Edition.number == newest)


def years_of(roadmap: Roadmap) -> tuple[int, int] | None:
    if roadmap.first_year is None or roadmap.last_year is None:
        return None
    return (roadmap.first_year, roadmap.last_year)


MODELS = (
    Roadmap,
    Edition,
    Section,
    Item,
    ItemTerm,
    Responsible,
    YearValue,
    ExpectedDocument,
    RoadmapImport,
)
