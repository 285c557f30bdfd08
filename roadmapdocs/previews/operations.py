"""Asking for previews and finding them. A preview is of a file: who may see it is decided where the file is a document's."""

from __future__ import annotations

import datetime as dt

import peewee as pw

from roadmapdocs import duties
from roadmapdocs.db import after_commit, transaction
from roadmapdocs.files.models import StoredFile
from roadmapdocs.previews.models import PagePicture, Preview
from roadmapdocs.previews.rules import PreviewState, is_converted, is_pictured

DUTY = "previews"
_LATER = (str(PreviewState.WAITING), str(PreviewState.UNAVAILABLE))


def ask(file: StoredFile, *, archival: bool = False, wanted: bool = False, now: dt.datetime) -> None:
    """Have a preview of the file made, unless it is there or on its way. Plain text has none.

    ``wanted``: somebody waits for it, so it is made before those that nobody waits for. ``archival``: as PDF/A, of
    what is converted; a file that came as PDF stays the one that was signed.
    """
    if is_converted(file.format) if archival else is_pictured(file.format):
        row = {"source": file.id, "archival": archival, "wanted": wanted, "asked_at": now, "next_at": now}
        Preview.insert(row).on_conflict_ignore().execute()
        after_commit(_wake)


def looked_at(file: StoredFile, *, now: dt.datetime) -> Preview | None:
    """The preview for somebody who has a page open: it is asked for, or made before others. None for what has none."""
    if not is_pictured(file.format):
        return None
    found = preview_of(file.id)
    if found is None:
        ask(file, wanted=True, now=now)
        return preview_of(file.id)
    if not found.wanted and found.state in _LATER:
        # Whoever looks waits from now on, however long ago it was asked for by itself.
        Preview.update(wanted=True, asked_at=now).where((Preview.id == found.id) & ~Preview.wanted).execute()
        after_commit(_wake)
        return preview_of(file.id)
    return found


def due_since(preview: Preview) -> dt.datetime:
    """Since when a running worker could have made it for whoever waits: an attempt that is put off is not yet due."""
    return max(preview.asked_at, preview.next_at, preview.claimed_at or preview.next_at)


def preview_of(file_id: int, *, archival: bool = False) -> Preview | None:
    rows = Preview.select(Preview, StoredFile).join(StoredFile, pw.JOIN.LEFT_OUTER, on=Preview.result)
    found: Preview | None = rows.where((Preview.source == file_id) & (Preview.archival == archival)).first()
    return found


def pictures_of(preview: Preview) -> list[PagePicture]:
    """Pages that have been drawn, in their order, without their files."""
    return list(PagePicture.select().where(PagePicture.preview == preview).order_by(PagePicture.number))


def picture_of(preview: Preview, number: int) -> PagePicture | None:
    rows = PagePicture.select(PagePicture, StoredFile).join(StoredFile)
    found: PagePicture | None = rows.where((PagePicture.preview == preview) & (PagePicture.number == number)).first()
    return found


def try_again(preview_id: int, *, now: dt.datetime) -> bool:
    """Have a preview that failed made once more; False if it has not failed."""
    failed = (Preview.id == preview_id) & (Preview.state == str(PreviewState.FAILED))
    columns = {"state": str(PreviewState.WAITING), "attempts": 0, "wanted": True, "next_at": now, "reason": "", "told": ""}
    with transaction():
        changed = bool(Preview.update(columns).where(failed).execute())
        after_commit(_wake)
    return changed


def counts() -> dict[str, int]:
    """How many previews are in each state."""
    rows = Preview.select(Preview.state, pw.fn.COUNT(Preview.id)).group_by(Preview.state).tuples()
    return dict(rows)


def _wake() -> None:
    duties.wake(DUTY)
