"""Bringing a folder of documents in at once: files, and ``cards.csv`` where somebody has described them.

Each file is a transaction of its own: what is refused stops nothing, and a second run takes what was missing
before, because a file is known by its content.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from roadmapdocs.access.rules import Action, require
from roadmapdocs.db import transaction
from roadmapdocs.documents.bulk_rows import CARDS, card_of_row, read_cards
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.versions import add_version
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.limits import DEFAULT_LIMITS
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.rules import sha256_of, too_large
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

FORMATS = frozenset({".txt", ".docx", ".pdf"})


class Outcome(StrEnum):
    TAKEN = "taken"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file or one row of cards. ``document`` is the id of the card, ``message`` why not."""

    name: str
    outcome: Outcome
    document: int | None = None
    code: str = ""
    message: str = ""


def import_folder(folder: Path, *, store: FileStore, by: Actor, now: dt.datetime, today: dt.date) -> Iterator[Line]:
    """Take in the files of a folder and its cards, a line of the report after each.

    A file without a row of cards gets a card from its name: «Приказ о рабочей группе.docx». A row without a
    file makes a card alone. Subfolders, hidden files and links are left alone.

    :raise Forbidden: if the actor keeps no cards
    :raise NotFound: ``no_folder``
    :raise Refusal: ``cards_unreadable`` if there are cards, but no column of them is known
    """
    require(by, Action.WRITE_DOCUMENT)
    if not folder.is_dir():
        raise NotFound("no_folder", _("There is no folder %(folder)s. Check the path.", folder=folder), folder=str(folder))
    rows = read_cards(folder / CARDS)
    files = {path.name: path for path in sorted(folder.iterdir()) if _wanted(path)}
    importer = _Importer(store, by, now, today)
    for name, path in files.items():
        yield importer.take(name, path, rows.pop(name, {}))
    for name, row in rows.items():
        yield importer.take(name, None, row)


def _wanted(path: Path) -> bool:
    visible = not path.name.startswith((".", "~$")) and path.name != CARDS
    return visible and path.is_file() and not path.is_symlink()


@dataclass(frozen=True, slots=True)
class _Importer:
    store: FileStore
    by: Actor
    now: dt.datetime
    today: dt.date

    def take(self, name: str, path: Path | None, row: Mapping[str, str]) -> Line:
        try:
            if path is None:
                return self._card_alone(name, row)
            return self._file(name, path, row)
        except Refusal as refusal:
            fields = refusal.details.get("fields")
            message = " ".join(fields.values()) if isinstance(fields, dict) else refusal.message
            return Line(name, Outcome.REFUSED, None, refusal.code, message)
        except OSError as problem:
            message = _("%(name)s cannot be read: %(reason)s.", name=name, reason=problem.strerror or problem)
            return Line(name, Outcome.REFUSED, None, "unreadable", message)

    def _file(self, name: str, path: Path, row: Mapping[str, str]) -> Line:
        if path.suffix.lower() not in FORMATS:
            raise Refusal(
                "format",
                _("%(name)s is not a .txt, .docx or .pdf file. Save it as one of these.", name=name),
            )
        if path.stat().st_size > DEFAULT_LIMITS.max_bytes:
            raise too_large(name, path.stat().st_size, DEFAULT_LIMITS)
        data = path.read_bytes()
        known = _document_of(sha256_of(io.BytesIO(data)))
        if known is not None:
            return Line(name, Outcome.KNOWN, known.id)
        with transaction():
            document = create_document(card_of_row(row, path.stem), by=self.by, now=self.now, today=self.today)
            add_version(document, data, name, store=self.store, brought_in=True, by=self.by, now=self.now)
        return Line(name, Outcome.TAKEN, document.id)

    def _card_alone(self, name: str, row: Mapping[str, str]) -> Line:
        file = row.get("file")
        if file and file != name:
            raise Refusal(
                "file_twice",
                _("cards.csv names %(file)s once more; the first row counts. Keep one row for it.", file=file),
            )
        if file:
            raise Refusal("no_file", _("cards.csv names %(name)s, which is not in the folder. Add it.", name=name))
        if not row.get("number"):
            raise Refusal(
                "no_number",
                _("A card without file and number cannot be told from a repetition. Write its number or its file."),
            )
        try:
            document = create_document(card_of_row(row, ""), by=self.by, now=self.now, today=self.today)
        except Refusal as refusal:
            taken = refusal.details.get("document")
            if refusal.code == "number_taken" and isinstance(taken, int):
                return Line(name, Outcome.KNOWN, taken)
            raise
        return Line(name, Outcome.TAKEN, document.id)


def _document_of(sha256: str) -> Document | None:
    version: DocumentVersion | None = (
        DocumentVersion.select(DocumentVersion, Document)
        .join(Document)
        .switch(DocumentVersion)
        .join(StoredFile)
        .where(StoredFile.sha256 == sha256)
        .first()
    )
    return version.document if version else None
