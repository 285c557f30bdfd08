"""A Word file that was made from a draft, edited and uploaded, read again: what it says otherwise can be taken over.

The file stays a version whatever is taken; what finds no place is told, so that nothing is lost unseen.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import read_document
from roadmapdocs.drafting.composing.points import executor_words
from roadmapdocs.drafting.filling import day_of, values_of, values_shape
from roadmapdocs.drafting.models import Draft, Rendering
from roadmapdocs.drafting.operations import draft_of, save_draft
from roadmapdocs.drafting.point_reading import key_of, read_point
from roadmapdocs.drafting.printing import context_of, page_from
from roadmapdocs.drafting.returned_changes import clash, take
from roadmapdocs.drafting.returned_lines import Change, Found, Said, compared, container_of, folded, lines_of
from roadmapdocs.drafting.values import Executor, Point, Values
from roadmapdocs.drafting.values_json import read_values
from roadmapdocs.drafting.walking import things
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.reading.office import paragraphs_of
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a file says otherwise. ``key`` names it when it is taken over, ``place`` is as in values;
    ``was`` and ``now`` are texts, empty for what was added or removed. ``point`` is how the new text was understood
    where it is a point. ``clash``: the draft itself says something else by now, so it is not taken over unseen.
    """

    key: str
    change: Change
    place: str
    number: str
    was: str
    now: str
    point: Point | None = None
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """``unplaced`` are lines between those of the draft that have no place in it: they are in the file only."""

    version: DocumentVersion
    differences: tuple[Difference, ...]
    unplaced: tuple[str, ...]


def returned(document_id: int, version_id: int | None = None, *, store: FileStore, by: Actor, today: dt.date) -> Returned:
    """What a version (the current one, if none is said) says otherwise than the version made before it here.

    :raise NotFound: if there is no such document for this person, no draft, or no such version
    :raise Refusal: ``not_made_here`` if no version before it was made from the draft, or the file's own refusals
    """
    document = read_document(document_id, by=by)
    draft = draft_of(document)
    version = _version(document, version_id)
    reading = _read(document, draft, version, store, today)
    return Returned(version, reading.differences, reading.unplaced)


def take_differences(
    document_id: int,
    chosen: Collection[str],
    *,
    version_id: int | None = None,
    revision: int | None = None,
    store: FileStore,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Draft:
    """Write the differences with these keys into the draft. Keys that are none any more change nothing.

    :raise NotFound: as :func:`returned`
    :raise Forbidden: if in the document's states its draft is not for this person to change
    :raise Conflict: ``stale`` if the draft was changed since ``revision`` (none: since it was read here)
    :raise Refusal: ``nothing_chosen``, ``clash`` if the draft says something else by now where one is to be taken
    """
    document = read_document(document_id, by=by)
    draft = draft_of(document)
    version = _version(document, version_id)
    reading = _read(document, draft, version, store, today)
    wanted = [(found, one) for found, one in zip(reading.found, reading.differences, strict=True) if one.key in chosen]
    if not wanted:
        raise Refusal("nothing_chosen", _("Choose what is to be taken over from the file."))
    clashes = [one.place for _found, one in wanted if one.clash]
    if clashes:
        raise clash(clashes)
    content = take(draft.content, [(found, one.point) for found, one in wanted])
    with transaction():
        saved = save_draft(
            document_id, content, draft.revision if revision is None else revision, by=by, now=now, today=today
        )
        effect = {"version": version.number, "count": len(wanted)}
        record("draft_returned", subject=document, effect=effect, by=by, now=now)
    return saved


@dataclass(frozen=True, slots=True)
class _Reading:
    found: tuple[Found, ...]
    differences: tuple[Difference, ...]
    unplaced: tuple[str, ...]


def _read(document: Document, draft: Draft, version: DocumentVersion, store: FileStore, today: dt.date) -> _Reading:
    sent = _sent(version)
    values = read_values(values_shape(sent.template), sent.values)
    day = day_of(document, today)
    with store.open(version.file.sha256) as stream:
        lines = paragraphs_of(stream.read(), version.name)
    page = page_from(sent.template, values, document.kind, day)
    said = lines_of(values, page)
    found, unplaced = compared(said, lines)
    present = _present_lines(document, draft, day, today) if sent.template == draft.template else []
    standing = _standing(said, present)
    known = _known_executors(values, document, day)
    told = frozenset(_WORDS.findall(str(page).casefold()))
    return _Reading(
        tuple(found),
        tuple(_difference(one, known, standing) for one in found),
        tuple(line for line in unplaced if not told.issuperset(_WORDS.findall(line.casefold()))),
    )


def _standing(said: list[Said], present: list[Said]) -> frozenset[str]:
    """Places of lines that the draft still says in the same words, and of lists that it still has."""
    now = {one.place: folded(one.text) for one in present}
    lists = {container_of(place) for place in now} - set(now)
    return frozenset(lists.union(one.place for one in said if now.get(one.place) == folded(one.text)))


def _rests_on(found: Found) -> set[str]:
    """Places that must be as they were when the file was made: its own line, and the one that it is put behind."""
    places = {found.said.place} if found.said is not None else set()
    if found.container:
        # The first in its list: the list has to be there, or the point that a list of sub-points belongs to.
        places.add(found.root or found.container.removesuffix(".points"))
    return places


def _difference(found: Found, known: dict[str, Executor], standing: frozenset[str]) -> Difference:
    said = found.said
    place = said.place if said else found.container
    is_point = found.change in (Change.CHANGED, Change.ADDED) and place.startswith(("points", "agenda", "proposals"))
    return Difference(
        key=f"{found.change}:{place}" + ("" if said else f":{found.number}:{found.after}"),
        change=found.change,
        place=place,
        number=found.number or (said.number if said else ""),
        was=said.text if said else "",
        now=found.now,
        point=read_point(found.now, known) if is_point else None,
        clash=not standing.issuperset(_rests_on(found)),
    )


def _present_lines(document: Document, draft: Draft, day: dt.date, today: dt.date) -> list[Said]:
    """What the draft would print now."""
    values = values_of(document, draft, today=today)
    page = page_from(draft.template, values, document.kind, day)
    return lines_of(values, page)


def _known_executors(values: Values, document: Document, day: dt.date) -> dict[str, Executor]:
    """Executors that the draft names, by their printed words: in a point that was rewritten they stay who they are."""
    context = context_of(values, document.kind, day)
    return {key_of(executor_words(one, context)): one for one in things(values, Executor)}


def _sent(version: DocumentVersion) -> Rendering:
    """What was made here last before that version, or of it."""
    rows = (
        Rendering.select(Rendering, DocumentVersion)
        .join(DocumentVersion)
        .where((DocumentVersion.document == version.document_id) & (DocumentVersion.number <= version.number))
        .order_by(DocumentVersion.number.desc())
    )
    sent: Rendering | None = rows.first()
    if sent is None:
        raise Refusal("not_made_here", _("No version of this document was made from its draft: there is nothing to compare."))
    return sent


def _version(document: Document, version_id: int | None) -> DocumentVersion:
    rows = DocumentVersion.select(DocumentVersion, StoredFile).join(StoredFile).where(DocumentVersion.document == document)
    if version_id is not None:
        rows = rows.where(DocumentVersion.id == version_id)
    version: DocumentVersion | None = rows.order_by(DocumentVersion.number.desc()).first()
    if version is None:
        raise NotFound("no_version", _("The document has no such version. Look at its card again."))
    return version

