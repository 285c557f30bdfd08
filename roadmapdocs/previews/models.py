"""Tables of previews. They can all be made anew from the files that they are of."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, UtcDateTimeField
from roadmapdocs.files.models import StoredFile
from roadmapdocs.previews.rules import PreviewState


def _one_of(column: str, values: object) -> list[pw.SQL]:
    return [pw.Check(f"{column} IN {tuple(str(value) for value in values)}")]  # type: ignore[attr-defined]  # any iterable


class Preview(BaseModel):
    """The PDF of a stored file, whatever documents have it; ``archival`` is one as PDF/A, for keeping.

    ``wanted`` says that somebody has a page open that waits for it. ``asked_at`` is when it was asked for: with the
    file itself, or later by the first who looked. ``next_at`` is the earliest moment of the next attempt,
    ``claimed_at`` when a worker took it in hand. ``result`` is the PDF (the file itself where that is PDF already),
    ``pages`` how many pages it has. ``told`` is what the program said when it failed, for administrators.
    """

    source = pw.ForeignKeyField(StoredFile, backref="previews", on_delete="RESTRICT", index=False)
    archival = pw.BooleanField(default=False)
    state = pw.CharField(max_length=16, default=str(PreviewState.WAITING), constraints=_one_of("state", PreviewState))
    wanted = pw.BooleanField(default=False)
    attempts = pw.IntegerField(default=0)
    reason = pw.CharField(max_length=16, default="")
    told = pw.TextField(default="")
    asked_at = UtcDateTimeField()
    next_at = UtcDateTimeField()
    claimed_at = UtcDateTimeField(null=True)
    done_at = UtcDateTimeField(null=True)
    result = pw.ForeignKeyField(StoredFile, null=True, on_delete="RESTRICT")
    pages = pw.IntegerField(default=0)

    class Meta:
        indexes = (
            (("source", "archival"), True),
            (("state", "wanted", "next_at", "id"), False),
        )


class PagePicture(BaseModel):
    """The picture of a page, counted from 1; ``width`` and ``height`` are in pixels."""

    preview = pw.ForeignKeyField(Preview, backref="pictures", on_delete="CASCADE", index=False)
    number = pw.IntegerField()
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT")
    width = pw.IntegerField()
    height = pw.IntegerField()

    class Meta:
        indexes = ((("preview", "number"), True),)


MODELS = (Preview, PagePicture)
