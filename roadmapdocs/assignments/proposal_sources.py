"""Where proposals read: the text of a document's current version, else what its draft says, else its own body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.drafting.composing.points import Place, executor_words, point_lines
from roadmapdocs.drafting.filling import day_of, values_of
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.point_reading import key_of
from roadmapdocs.drafting.printing import context_of
from roadmapdocs.drafting.values import Executor, OrderValues, Point, ProtocolValues, Values
from roadmapdocs.drafting.walking import things
from roadmapdocs.errors import Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.reading.office import paragraphs_of
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.texts.models import FileText

#: Larger files are mostly pictures; their text is read by a duty and not while somebody waits.
LARGEST_READ = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """``lines`` of the text; without them ``why_none`` says why. ``known`` are ids of employees by the words of an
    executor, as :func:`roadmapdocs.drafting.point_reading.key_of` folds them.
    """

    lines: tuple[str, ...] = ()
    why_none: str = ""
    known: dict[str, int] = field(default_factory=dict)


def source_of(document: Document, *, today: dt.date, store: FileStore | None) -> Source:
    """``store`` is where files lie: with it a version is read at once, without it what the duty has read of it counts."""
    draft = Draft.get_or_none(Draft.document == document)
    values = values_of(document, draft, today=today) if draft is not None else None
    known = _known(values, document, today) if values is not None else {}
    lines, why = _of_version(document, store)
    if not lines and values is not None:
        lines = tuple(_of_values(values, document, today))
    if not lines and document.body.strip():
        lines = tuple(line.strip() for line in document.body.splitlines() if line.strip())
    return Source(lines, "" if lines else why or _("The document has no text yet. Add a file, or enter the assignments yourself."), known)


def _of_version(document: Document, store: FileStore | None) -> tuple[tuple[str, ...], str]:
    """Lines of the current version, and why there are none."""
    rows = DocumentVersion.select(DocumentVersion, StoredFile).join(StoredFile).where(DocumentVersion.document == document)
    version = rows.order_by(DocumentVersion.number.desc()).first()
    if version is None:
        return (), ""
    if store is not None and version.file.size <= LARGEST_READ:
        try:
            with store.open(version.file.sha256) as stream:
                lines = tuple(paragraphs_of(stream.read(), version.name))
        except Refusal as refusal:
            return _kept(version), refusal.message
        if lines:
            return lines, ""
    return _kept(version), _("The text of the file has not been read yet, or there is none in it. Enter the assignments yourself.")


def _kept(version: DocumentVersion) -> tuple[str, ...]:
    """What the duty has read of the file: of scans, too."""
    found = FileText.select(FileText.text).where(FileText.file == version.file_id).tuples().first()
    text = str(found[0]) if found else ""
    return tuple(line.strip() for line in text.replace("\f", "\n").splitlines() if line.strip())


def _of_values(values: Values, document: Document, today: dt.date) -> Iterable[str]:
    """What the draft would print of its operative part."""
    context = context_of(values, document.kind, day_of(document, today))

    def lines(points: Iterable[Point]) -> Iterable[str]:
        return (f"{line.number} {line.text}" for line in point_lines(points, Place(context)))

    if isinstance(values, OrderValues):
        yield "ПРИКАЗЫВАЮ:"
        yield from lines(values.points)
    elif isinstance(values, ProtocolValues):
        for question in values.agenda:
            if question.decided:
                yield "РЕШИЛИ:"
                yield from lines(question.decided)


def _known(values: Values, document: Document, today: dt.date) -> dict[str, int]:
    """Executors that the draft names by their printed words: they are who they are, however many are called so."""
    context = context_of(values, document.kind, day_of(document, today))
    named = (one for one in things(values, Executor) if one.employee_id)
    return {key_of(executor_words(one, context)): one.employee_id for one in named}
