"""The job of loading a roadmap: a file is read, corrected by people in several sittings, and stored at the end.

Until it is stored a job is only a sheet beside its file: nothing of it is seen among the roadmaps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from roadmapdocs.access.rules import Action, require
from roadmapdocs.db import transaction
from roadmapdocs.errors import Conflict, NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.operations import Kept, keep
from roadmapdocs.files.rules import DEFAULT_LIMITS, Limits
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.directory import Directory
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, Roadmap, RoadmapImport
from roadmapdocs.roadmap.operations import Source, get_roadmap, refuse_stored_file, store_draft
from roadmapdocs.roadmap.reader.derive import draft_of, read_sheet
from roadmapdocs.roadmap.reader.files import read_blocks
from roadmapdocs.roadmap.reader.meanings import is_complete
from roadmapdocs.roadmap.reader.sheet import Meaning, Sheet
from roadmapdocs.roadmap.reader.sheet_json import sheet_as_json, sheet_from_json
from roadmapdocs.roadmap.reader.understand import sheet_of
from roadmapdocs.roadmap.review import check_ready, set_title

Edit = Callable[[Sheet], Sheet]
REVIEW, STORED, CANCELLED = "review", "stored", "cancelled"


def begin_import(
    data: bytes,
    name: str,
    *,
    store: FileStore,
    directory: Directory,
    roadmap: Roadmap | None = None,
    title: str = "",
    limits: Limits = DEFAULT_LIMITS,
    by: Actor,
    now: dt.datetime,
) -> RoadmapImport:
    """Read a file and keep what was understood. ``roadmap`` is the one that is to get a new edition.

    The same person's unfinished job with the same file is given back as it stands.

    :raise Refusal: ``duplicate_file`` for a stored file unless it is to be a new edition; see ``sheet_of`` and the
        readers of the formats. The file is kept only when it was read.
    """
    require(by, Action.IMPORT_ROADMAP)
    sheet = _known_to(directory, sheet_of(read_blocks(data, name, limits)))
    kept = keep(data, name, store=store, now=now)
    with transaction():
        if roadmap is None:
            refuse_stored_file(kept.file)
        begun = _unfinished(kept.file, roadmap, by)
        if begun is not None:
            return begun
        if title.strip():
            sheet = set_title(sheet, title)
        job: RoadmapImport = RoadmapImport.create(
            file=kept.file,
            file_name=kept.name,
            sheet=sheet_as_json(sheet),
            remarks=_open_remarks(sheet),
            state=REVIEW,
            roadmap=roadmap,
            started_by=by.name,
            user_id=by.user_id,
            started_at=now,
        )
    return job


def correct(job: RoadmapImport, edits: Sequence[Edit], revision: int, *, by: Actor) -> RoadmapImport:
    """Apply corrections to the sheet that was seen at ``revision``: all of them or none.

    :raise Conflict: if the sheet was changed since; the job as it is now has to be looked at again
    :raise Refusal: what an edit refuses, or ``import_stored``, ``import_cancelled``
    """
    require(by, Action.IMPORT_ROADMAP)
    if job.revision != revision or job.state != REVIEW:
        raise _closed(job)
    sheet = sheet_of_import(job)
    for edit in edits:
        sheet = edit(sheet)
    with transaction():
        _change(job, revision, sheet=sheet_as_json(sheet), remarks=_open_remarks(sheet))
    return get_import(job.id, by=by)


def remap(
    job: RoadmapImport, meanings: Mapping[int, Meaning], revision: int, *, store: FileStore, by: Actor
) -> RoadmapImport:
    """Read the file anew with the columns as a person says. Title and years are kept, corrections of cells are not.

    :raise Refusal: ``unclear_columns`` unless one column holds the titles and at most one the numbers and documents
    """
    require(by, Action.IMPORT_ROADMAP)
    if not is_complete(meanings):
        raise Refusal(
            "unclear_columns",
            _("One column has to be the measures, and only one each may be the number and the documents. Choose again."),
        )
    file: StoredFile = job.file
    with store.open(file.sha256) as stream:
        sheet = sheet_of(read_blocks(stream.read(), job.file_name), meanings)

    def as_meant(before: Sheet) -> Sheet:
        return replace(sheet, title=before.title, period=before.period, known=before.known)

    return correct(job, [as_meant], revision, by=by)


def confirm(job: RoadmapImport, revision: int, *, directory: Directory, by: Actor, now: dt.datetime) -> Edition:
    """Store the roadmap as it was seen at ``revision``. Of two who confirm at once the second is told where it is.

    :raise Refusal: ``import_not_ready``, ``no_items``, ``duplicate_file``, ``import_stored``, ``import_cancelled``
    :raise Conflict: if the sheet was changed since
    """
    require(by, Action.IMPORT_ROADMAP)
    with transaction():
        current = get_import(job.id, by=by)
        sheet = sheet_of_import(current)
        check_ready(read_sheet(sheet))
        _change(current, revision, state=STORED)
        draft = draft_of(sheet)
        source = Source(current.file, current.file_name)
        edition = store_draft(
            draft, source=source, directory=directory, edition_of=current.roadmap, by=by, now=now
        )
        RoadmapImport.update(roadmap=edition.roadmap).where(RoadmapImport.id == current.id).execute()
    return edition


def cancel(job: RoadmapImport, *, by: Actor) -> None:
    """:raise Refusal: ``import_stored`` or ``import_cancelled``"""
    require(by, Action.IMPORT_ROADMAP)
    with transaction():
        _change(get_import(job.id, by=by), None, state=CANCELLED)


def import_file(
    data: bytes,
    name: str,
    *,
    store: FileStore,
    directory: Directory,
    title: str | None = None,
    new_edition: bool = False,
    edition_of: Roadmap | None = None,
    by: Actor,
    now: dt.datetime,
) -> Edition:
    """Read and store in one go, with the doubts kept beside the edition.

    A new edition goes to ``edition_of``, else to the roadmap that has this file, else to the one of the same title.

    :raise Refusal: ``duplicate_file``, ``no_roadmap_to_follow``, and what cannot be read
    """
    require(by, Action.IMPORT_ROADMAP)
    draft = draft_of(_known_to(directory, sheet_of(read_blocks(data, name))))
    kept: Kept = keep(data, name, store=store, now=now)
    wanted = title or draft.title or PurePath(kept.name).stem
    if new_edition and edition_of is None:
        edition_of = _followed(kept.file, wanted)
    source = Source(kept.file, kept.name)
    return store_draft(draft, source=source, directory=directory, edition_of=edition_of, title=wanted, by=by, now=now)


def _known_to(directory: Directory, sheet: Sheet) -> Sheet:
    return replace(sheet, known=frozenset(unit.abbreviation for unit in directory.units() if unit.abbreviation))


def get_import(import_id: int, *, by: Actor) -> RoadmapImport:
    """
    :raise NotFound: if there is none
    """
    require(by, Action.IMPORT_ROADMAP)
    job: RoadmapImport | None = RoadmapImport.get_or_none(RoadmapImport.id == import_id)
    if job is None:
        raise NotFound("no_import", _("There is no such loading of a roadmap. The list of roadmaps shows what there is."))
    return job


def sheet_of_import(job: RoadmapImport) -> Sheet:
    return sheet_from_json(job.sheet)


def _open_remarks(sheet: Sheet) -> int:
    return len(draft_of(sheet).defects)


def _unfinished(file: StoredFile, roadmap: Roadmap | None, by: Actor) -> RoadmapImport | None:
    mine = (RoadmapImport.user_id == by.user_id) if by.user_id else RoadmapImport.user_id.is_null()
    same = (RoadmapImport.file == file) & (RoadmapImport.state == REVIEW) & mine
    target = RoadmapImport.roadmap.is_null() if roadmap is None else (RoadmapImport.roadmap == roadmap)
    found: RoadmapImport | None = RoadmapImport.select().where(same & target).first()
    return found


def _change(job: RoadmapImport, revision: int | None, **values: object) -> None:
    """Change a job that is still open, and was not changed since ``revision`` (None: whatever it was)."""
    open_job = (RoadmapImport.id == job.id) & (RoadmapImport.state == REVIEW)
    if revision is not None:
        open_job &= RoadmapImport.revision == revision
    changed = RoadmapImport.update(revision=RoadmapImport.revision + 1, **values).where(open_job).execute()
    if not changed:
        raise _closed(RoadmapImport.get_by_id(job.id))


def _closed(job: RoadmapImport) -> Refusal:
    if job.state == STORED:
        return Refusal(
            "import_stored",
            _("This file has been loaded already: “%(title)s”.", title=job.roadmap.title),
            roadmap=job.roadmap_id,
        )
    if job.state == CANCELLED:
        return Refusal("import_cancelled", _("This loading was given up. Load the file once more."))
    return Conflict(
        "changed_meanwhile",
        _(
            "The table was changed meanwhile, in another window or by a colleague. "
            "It is shown as it is now; what you typed stands under the cells that differ."
        ),
        revision=job.revision,
    )


def twin(job: RoadmapImport, title: str) -> Roadmap | None:
    """The one stored roadmap of this title, of which a file loaded as a new roadmap may well be a new edition."""
    if job.roadmap_id is not None:
        return None
    of_title: list[Roadmap] = list(Roadmap.select().where(Roadmap.title == title).limit(2))
    return of_title[0] if len(of_title) == 1 else None


def follow(job: RoadmapImport, title: str, revision: int, *, by: Actor) -> None:
    """Load the file as a new edition of its :func:`twin`.

    :raise Refusal: ``no_roadmap_to_follow`` if there is none any more
    :raise Conflict: ``changed_meanwhile``
    """
    require(by, Action.IMPORT_ROADMAP)
    with transaction():
        roadmap = twin(job, title)
        if roadmap is None:
            raise Refusal("no_roadmap_to_follow", _("There is no single roadmap with this title any more. Reload the page."))
        _change(job, revision, roadmap=roadmap)


def _followed(file: StoredFile, title: str) -> Roadmap:
    """The roadmap that a new edition continues: the one of this very file, else the one of this title.

    :raise Refusal: ``no_roadmap_to_follow`` if there is none, or more than one of the title
    """
    stored = Edition.select().where(Edition.file == file).order_by(Edition.id.desc()).first()
    if stored is not None:
        return get_roadmap(stored.roadmap_id)
    of_title: list[Roadmap] = list(Roadmap.select().where(Roadmap.title == title).limit(2))
    if len(of_title) == 1:
        return of_title[0]
    raise Refusal(
        "no_roadmap_to_follow",
        _("It is not clear which roadmap “%(title)s” continues. Name it by --edition-of ID.", title=title),
        found=len(of_title),
    )
