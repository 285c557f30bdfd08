"""Versions of an office's own templates: taken in after a check, withdrawn, never changed."""

from __future__ import annotations

import dataclasses
import datetime as dt

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, DocumentVersion, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.drafting.models import OfficeTemplate, Rendering
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.drafting.template_check import Finding, check_template, is_sound
from roadmapdocs.drafting.templates import check_path
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.operations import keep
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

LONGEST_NOTE = 500


def findings_for(path: str, data: bytes, *, by: Actor) -> list[Finding]:
    """What is to be said about a file as a template of this path.

    :raise Forbidden: if the actor does not keep templates
    :raise NotFound: ``no_template``
    """
    require(by, Action.MANAGE_REGISTRY)
    check_path(path)
    return check_template(data, SHAPES[path].page)


def add_template(
    path: str, data: bytes, name: str, since: dt.date, note: str = "", *, store: FileStore, by: Actor, now: dt.datetime
) -> OfficeTemplate:
    """The next version of the office's template; documents dated ``since`` or later are printed by it.

    :raise Refusal: ``bad_template`` with ``findings``, if documents could not be made by it; ``same_template``; ``long_note``
    """
    findings = findings_for(path, data, by=by)
    if not is_sound(findings):
        told = _("The template was not taken: documents could not be made by it. %(first)s", first=findings[0].sentence)
        raise Refusal("bad_template", told, findings=[dataclasses.asdict(one) for one in findings])
    if len(note) > LONGEST_NOTE:
        raise Refusal("long_note", _("The note is longer than %(limit)s characters.", limit=LONGEST_NOTE), field="note")
    kept = keep(data, name, store=store, now=now)
    with transaction():
        latest = versions_of(path, by=by)
        _not_the_same(latest, kept.file, since)
        number = latest[0].number + 1 if latest else 1
        row = OfficeTemplate.create(
            path=path, number=number, file=kept.file, name=kept.name, since=since, note=note.strip(), added_by=by.name, added_at=now
        )
        effect = {"path": path, "number": number, "since": since.isoformat(), "name": kept.name, "sha256": kept.file.sha256}
        record("template_added", subject=row, effect=effect, by=by, now=now)
    return row


def _not_the_same(versions: list[OfficeTemplate], file: StoredFile, since: dt.date) -> None:
    for one in versions:
        if one.file_id == file.id and one.since == since and not one.withdrawn:
            told = _("This very file is version %(number)s already, from the same day.", number=one.number)
            raise Refusal("same_template", told, version=one.id)


def withdraw_template(template_id: int, *, by: Actor, now: dt.datetime) -> OfficeTemplate:
    """It counts no more; documents made by it stay, and remember it.

    :raise NotFound: ``no_version``
    :raise Refusal: ``withdrawn`` if it counts no more already
    """
    require(by, Action.MANAGE_REGISTRY)
    with transaction():
        row = version(template_id, by=by)
        if row.withdrawn:
            raise Refusal("withdrawn", _("Version %(number)s has been withdrawn already.", number=row.number))
        row.withdrawn = True
        row.save(only=[OfficeTemplate.withdrawn])
        record("template_withdrawn", subject=row, effect={"path": row.path, "number": row.number}, by=by, now=now)
    return row


def version(template_id: int, *, by: Actor) -> OfficeTemplate:
    """
    :raise NotFound: ``no_version``
    """
    require(by, Action.MANAGE_REGISTRY)
    row: OfficeTemplate | None = _versions().where(OfficeTemplate.id == template_id).first()
    if row is None:
        raise NotFound("no_version", _("There is no such version of a template. The list shows those there are."))
    return row


def versions_of(path: str, *, by: Actor) -> list[OfficeTemplate]:
    """All versions of a path, the newest first."""
    require(by, Action.MANAGE_REGISTRY)
    return list(_versions().where(OfficeTemplate.path == path).order_by(OfficeTemplate.number.desc()))


def _versions() -> pw.ModelSelect:
    return OfficeTemplate.select(OfficeTemplate, StoredFile).join(StoredFile)


def made_by(template: OfficeTemplate, *, by: Actor) -> tuple[list[Document], int]:
    """Documents of which a version was made by it, the newest first, that this person may read; how many there are."""
    require(by, Action.MANAGE_REGISTRY)
    made = Rendering.select(DocumentVersion.document).join(DocumentVersion).where(Rendering.office_template == template)
    rows = Document.select(Document, Kind).join(Kind).where(Document.id.in_(made))
    return list(rows.where(visible_to(by)).order_by(Document.id.desc()).limit(50)), rows.count()
