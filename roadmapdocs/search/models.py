"""Tables of search. All but saved searches and abbreviations can be made anew from what they are of."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField
from roadmapdocs.people.models import User


def _one_of(column: str, values: tuple[str, ...]) -> list[pw.SQL]:
    return [pw.Check(f"{column} IN {values}")]


class SearchRecord(BaseModel):
    """One thing that can be found, as it was last told to the engine.

    ``key`` is its lasting name («document:17», «item:3», «section:5»). ``passages`` is the text that fragments are
    taken from: a list of {"source", "name", "text"} in the order of the record. ``day``, ``number`` and ``tags`` are
    those of :class:`roadmapdocs.search.ports.Entry`, as is ``digest``.
    """

    key = pw.CharField(max_length=64, unique=True)
    digest = pw.CharField(max_length=64)
    day = pw.IntegerField(default=0)
    number = pw.TextField(default="")
    passages = JsonField(default=list)
    tags = JsonField(default=list)


class SearchOutbox(BaseModel):
    """Something changed that has to be looked at, written in the transaction of the change.

    ``subject`` is as :func:`roadmapdocs.audit.operations.subject_key` writes it: «document:17», «employee:4». The row
    goes once the index holds what is true now.
    """

    subject = pw.CharField(max_length=64)


class SearchIndex(BaseModel):
    """An index of an engine: the one that answers (``active``), or one that is being built beside it (``building``).

    ``mark`` names the analysis and the layout it was built by: another one in the program, and it is built anew.
    ``progress`` is the last key that a build has put in, ``total`` how many there were to put. ``broken`` is what was
    wrong with it when it could not be read, for operators. ``day`` is the office's day for which it tells what has force.
    """

    engine = pw.CharField(max_length=16, constraints=_one_of("engine", ("whoosh", "sqlite", "postgresql")))
    generation = pw.CharField(max_length=32, unique=True)
    state = pw.CharField(max_length=16, unique=True, constraints=_one_of("state", ("active", "building")))
    mark = pw.CharField(max_length=64)
    progress = pw.CharField(max_length=64, default="")
    done = pw.IntegerField(default=0)
    total = pw.IntegerField(default=0)
    broken = pw.TextField(default="")
    day = pw.DateField()
    started_at = UtcDateTimeField()
    built_at = UtcDateTimeField(null=True)


class SearchWord(BaseModel):
    """A word of the archive, folded: whatever stands in some record, in whatever form. It is only ever added to
    between two builds; what is shown of it is checked against what the reader may find.

    ``lemmas`` are its terms, for finding by the beginning of a form.
    """

    word = pw.CharField(max_length=64, unique=True)
    lemmas = JsonField(default=list)


class Abbreviation(BaseModel):
    """Words that stand for each other in a search: an abbreviation, its expansion, its twins.

    Rows of one ``group`` (a number of the table's own) are synonyms. ``text`` is as people write it, ``key`` folded.
    ``source`` is "shipped", "found" (in a roadmap or a document, named by ``found_in``) or "office"; an inactive one
    stays, so that it is not found anew.
    """

    group = pw.IntegerField(index=True)
    text = pw.TextField()
    key = pw.CharField(max_length=255)
    source = pw.CharField(max_length=16, constraints=_one_of("source", ("shipped", "found", "office")))
    found_in = pw.TextField(default="")
    active = pw.BooleanField(default=True)

    class Meta:
        indexes = ((("group", "key"), True), (("key",), False))


class SavedSearch(BaseModel):
    """A search under a person's own name. ``query`` is the address's query string.

    ``notify``: the person is told when something new matches. ``seen_keys`` are the keys that matched when it was
    last looked at, at ``looked_at``.
    """

    user = pw.ForeignKeyField(User, backref="searches", on_delete="CASCADE", index=False)
    name = pw.TextField()
    query = pw.TextField()
    notify = pw.BooleanField(default=False)
    position = pw.IntegerField(default=0)
    seen_keys = JsonField(default=list)
    looked_at = UtcDateTimeField()

    class Meta:
        indexes = ((("user", "name"), True),)


MODELS = (SearchRecord, SearchOutbox, SearchIndex, SearchWord, Abbreviation, SavedSearch)
