"""The text of a document as paragraphs: what changed since somebody saw it, and remarks under what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from roadmapdocs.documents.comparison import Change, Part, Row, compare
from roadmapdocs.documents.models import DocumentVersion
from roadmapdocs.errors import Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.reading.office import paragraphs_of
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.context import store

#: A page has so many paragraphs at most; whoever needs the rest opens the file.
MOST_PARAGRAPHS = 1_500
#: Larger files are mostly pictures, and reading them would keep a person on a phone waiting.
LARGEST_READ = 8 * 1024 * 1024
_CLAUSE = re.compile(r"\d+(?:\.\d+)*")
_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)[.)]?\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``parts`` are pairs of "same", "ins" or "del" with a text; ``clause`` is its number («2.1») or empty."""

    change: str
    parts: tuple[tuple[str, str], ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Text:
    """``why_not`` says why there are no paragraphs; ``more`` are not shown; ``changes`` differ from the version before."""

    paragraphs: tuple[Paragraph, ...] = ()
    why_not: str | None = None
    more: int = 0
    changes: int = 0


def versions(document_id: int) -> list[DocumentVersion]:
    """All versions with their files, the newest first."""
    rows = DocumentVersion.select(DocumentVersion, StoredFile).join(StoredFile)
    return list(rows.where(DocumentVersion.document == document_id).order_by(DocumentVersion.number.desc()))


def text_of(version: DocumentVersion | None, base: DocumentVersion | None) -> Text:
    """Paragraphs of a version with what differs from ``base``; without one, as they are."""
    if version is None:
        return Text(why_not=_("There is no file with the text yet."))
    if version.file.size > LARGEST_READ:
        return Text(why_not=_("The file is too large to be shown here. Open it."))
    try:
        new = _read(version.file.sha256, version.name)
    except Refusal as refusal:
        return Text(why_not=refusal.message)
    if base is None or base.file_id == version.file_id:
        return _cut([_plain(text) for text in new])
    try:
        rows = _compared(base.file.sha256, base.name, version.file.sha256, version.name)
    except Refusal:
        return _cut([_plain(text) for text in new])
    return _cut([_changed(row) for row in rows])


def _cut(paragraphs: Sequence[Paragraph]) -> Text:
    changes = sum(one.change != Change.SAME for one in paragraphs)
    return Text(tuple(paragraphs[:MOST_PARAGRAPHS]), None, max(len(paragraphs) - MOST_PARAGRAPHS, 0), changes)


def _plain(text: str) -> Paragraph:
    return Paragraph(str(Change.SAME), (("same", text),), _clause(text))


def _changed(row: Row) -> Paragraph:
    shown = "".join(part.text for part in row.right or row.left)
    return Paragraph(str(row.change), tuple(_merged(row.left, row.right)), _clause(shown))


def _merged(left: Sequence[Part], right: Sequence[Part]) -> Iterable[tuple[str, str]]:
    """Both sides of a paragraph in one line: what went, then what came in its place."""
    rest = list(right)
    for part in left:
        if part.op != "same":
            yield part.op, part.text
            continue
        while rest and rest[0].op == "ins":
            yield "ins", rest.pop(0).text
        yield "same", (rest.pop(0) if rest else part).text
    yield from ((part.op, part.text) for part in rest)


def _clause(text: str) -> str:
    found = _NUMBERED.match(text)
    return found[1] if found else ""


def clause_named(place: str, paragraphs: Sequence[Paragraph]) -> int | None:
    """Place in ``paragraphs`` of the one that «п. 2.1» speaks of; None where it names none of them."""
    found = _CLAUSE.search(place)
    if found is None:
        return None
    return next((at for at, one in enumerate(paragraphs) if one.clause == found[0] and one.change != Change.REMOVED), None)


@lru_cache(maxsize=32)
def _read(sha256: str, name: str) -> tuple[str, ...]:
    """The hash names the content, in any store, so its text holds for good."""
    with store().open(sha256) as stream:
        return tuple(" ".join(text.split()) for text in paragraphs_of(stream.read(), name))


@lru_cache(maxsize=16)
def _compared(old: str, old_name: str, new: str, new_name: str) -> tuple[Row, ...]:
    return compare(_read(old, old_name), _read(new, new_name)).rows
