"""Bringing a folder of documents in at once: files, and ``cards.csv`` where somebody has described them.

Each file is a transaction of its own: what is refused stops nothing, and a second run takes what was missing
before, because a file is known by its content.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import charset_normalizer

from roadmapdocs.access.rules import Action, require
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, DocumentVersion, Kind
from roadmapdocs.documents.operations import add_version, create_document
from roadmapdocs.documents.rules import TITLE_LIMIT, Card, Preparation
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.limits import DEFAULT_LIMITS, KIB
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.rules import sha256_of, too_large
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.russian.dates import read_date

CARDS = "cards.csv"
COLUMNS = ("file", "kind", "number", "date", "title", "signer", "summary", "preparation")
FORMATS = frozenset({".txt", ".docx", ".pdf"})
LARGEST_CARDS = 20 * 1024 * KIB

_PREPARATIONS = {
    "проект": Preparation.DRAFT,
    "на согласовании": Preparation.IN_APPROVAL,
    "на подписании": Preparation.IN_SIGNING,
    "подписан": Preparation.SIGNED,
    "подписано": Preparation.SIGNED,
    "подписана": Preparation.SIGNED,
    "отозван": Preparation.WITHDRAWN,
}


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
    rows = _cards(folder / CARDS)
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
            document = create_document(_card(row, path.stem), by=self.by, now=self.now, today=self.today)
            add_version(document, data, name, store=self.store, by=self.by, now=self.now)
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
            document = create_document(_card(row, ""), by=self.by, now=self.now, today=self.today)
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


def _card(row: Mapping[str, str], name: str) -> Card:
    title = row.get("title") or name.replace("_", " ").strip()
    return Card(
        kind=_kind_of(row.get("kind", ""), title),
        title=title[:TITLE_LIMIT] if not row.get("title") else title,
        number=row.get("number", ""),
        date=_date_of(row.get("date", "")),
        summary=row.get("summary", ""),
        signer=row.get("signer", ""),
        preparation=_preparation_of(row),
    )


def _kind_of(words: str, title: str) -> str:
    """Code of the kind named by its code, its name or the word of roadmaps; from the title where none is named."""
    kinds = list(Kind.select().order_by(Kind.position))
    if words:
        key = words.casefold()
        for kind in kinds:
            if key in {kind.code, kind.name.casefold(), kind.short.casefold(), kind.expected}:
                return str(kind.code)
        known = ", ".join(kind.short for kind in kinds)
        raise Refusal("unknown_kind", _("There is no kind %(code)s. Known: %(known)s.", code=words, known=known))
    start = title.casefold()
    return next((str(kind.code) for kind in kinds if start.startswith(kind.expected)), "other")


def _date_of(words: str) -> dt.date | None:
    if not words:
        return None
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        pass
    day = read_date(words)
    if day is None:
        raise Refusal("date", _("%(words)s is not a date. Write it as 29.11.2021.", words=words))
    return day


def _preparation_of(row: Mapping[str, str]) -> Preparation:
    """The state named; where none is, a document that has its number and its date was signed."""
    words = row.get("preparation", "")
    key = words.casefold()
    if not key:
        return Preparation.SIGNED if row.get("number") and row.get("date") else Preparation.DRAFT
    if key in _PREPARATIONS:
        return _PREPARATIONS[key]
    if key in set(Preparation):
        return Preparation(key)
    known = ", ".join(_PREPARATIONS)
    raise Refusal("preparation", _("%(words)s is no state of a document. Known: %(known)s.", words=words, known=known))


def _cards(file: Path) -> dict[str, dict[str, str]]:
    """Rows by the name of their file; a row without one, or with one named before, by its place («cards.csv:7»)."""
    if not file.is_file():
        return {}
    data = file.read_bytes()
    if len(data) > LARGEST_CARDS:
        raise Refusal("cards_unreadable", _("cards.csv is larger than 20 MB. Split the folder."))
    best = charset_normalizer.from_bytes(data, cp_isolation=["utf_8", "cp1251", "utf_16"]).best()
    text = str(best).removeprefix("\ufeff") if best else ""
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    names = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
    if not set(names) & {"file", "number", "title"}:
        raise Refusal(
            "cards_unreadable",
            _("cards.csv has none of the columns %(columns)s in its first line. Add them.", columns=", ".join(COLUMNS)),
        )
    reader.fieldnames = names
    rows: dict[str, dict[str, str]] = {}
    try:
        for row in reader:
            plain = {name: (row.get(name) or "").strip() for name in COLUMNS}
            place = f"{CARDS}:{reader.line_num}"
            if any(plain.values()):
                rows[place if plain["file"] in rows else plain["file"] or place] = plain
    except csv.Error as problem:
        raise Refusal(
            "cards_unreadable",
            _("cards.csv cannot be read near line %(line)s. Save it anew as CSV.", line=reader.line_num),
        ) from problem
    return rows
