"""Facts of a stored document: its card, its draft, the file of its current version, and what the registry knows.

Reading a file is the dear part and depends on its bytes alone, so it is kept by their hash; what the registry says
changes with every number given, and is looked up each time.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from roadmapdocs.documents.links.citations import findings as citation_findings
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.drafting.checks import registered
from roadmapdocs.drafting.checks.facts import CitedFact, CitedState, Facts, Pages, Text, VisaFact
from roadmapdocs.drafting.checks.pages import read_pages
from roadmapdocs.drafting.checks.reading import read_text
from roadmapdocs.drafting.filling import values_of
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.operations import differs_from_version, rendering_of
from roadmapdocs.drafting.profiles import Profile, profile_for
from roadmapdocs.drafting.values import Values
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.limits import MIB, Limits
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.reading.blocks import Block, Paragraph
from roadmapdocs.files.reading.encodings import decode
from roadmapdocs.files.reading.office import read_office
from roadmapdocs.files.rules import Kind
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.workdays.operations import calendar

#: Files that a page may wait for. Larger ones are mostly pictures; converting older formats takes too long here.
CHECK_LIMITS: Final = Limits(max_bytes=8 * MIB, max_entry_bytes=16 * MIB, max_unpacked_bytes=48 * MIB, max_pages=60)
#: Formats whose text is read here.
_READ: Final = frozenset({Kind.DOCX, Kind.PDF, Kind.TXT})
#: Visas given on a document: lent by the domain of approval, which stands above this one.
VISA_FACTS: Final[list[Callable[[Document], tuple[VisaFact, ...]]]] = []


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the installation brings: where files are kept, and the office's own instruction."""

    store: FileStore
    own: Profile | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file says. ``why`` and ``why_no_pages`` are codes, put into words for each reader."""

    text: Text | None = None
    pages: Pages | None = None
    why: str = ""
    why_no_pages: str = ""


#: Files read that are kept by their hashes, which name their content for good; some 100 KB each.
_KEPT: Final = 64
_files: OrderedDict[str, ReadFile] = OrderedDict()
_lock = threading.Lock()


def facts_of(document: Document, around: Surroundings, *, by: Actor, today: dt.date) -> Facts:
    """Everything that checks ask; a document that this person may read. Some twenty statements and a file."""
    version = _current(document)
    file = _read(version, around.store)
    draft: Draft | None = Draft.get_or_none(Draft.document == document.id)
    values = _values(document, draft, today)
    day = document.date or today
    return Facts(
        kind=registered.kind_facts(document),
        card=registered.card_facts(document),
        text=file.text,
        why_no_text=_words(file.why),
        pages=file.pages,
        why_no_pages=_words(file.why_no_pages),
        values=values,
        cited=_cited(document, by, today),
        approved_by=registered.approved_by(document),
        appendix_to=registered.appendix_to(document),
        attached=registered.attached(document),
        signer=registered.signer_fact(document, day),
        office=registered.office_facts(day),
        visas=tuple(visa for lent in VISA_FACTS for visa in lent(document)) if VISA_FACTS else None,
        # A file that came from elsewhere is not behind the draft: it may be ahead of it.
        stale=values is not None and rendering_of(document) is not None and differs_from_version(document, today=today),
        kind_genders=registered.kind_genders(),
        calendar=calendar(),
        profile=profile_for(document.date, around.own, values.profile if values else ""),
        day=day,
        today=today,
    )


def _current(document: Document) -> DocumentVersion | None:
    rows = DocumentVersion.select(DocumentVersion, StoredFile).join(StoredFile)
    found: DocumentVersion | None = (
        rows.where(DocumentVersion.document == document.id).order_by(DocumentVersion.number.desc()).first()
    )
    return found


def _values(document: Document, draft: Draft | None, today: dt.date) -> Values | None:
    """None too where the draft was written for a template that has changed since: opening it says so."""
    if draft is None:
        return None
    try:
        return values_of(document, draft, today=today)
    except Refusal:
        return None


def _cited(document: Document, by: Actor, today: dt.date) -> tuple[CitedFact, ...]:
    """As the card says it to this person: what is not open to them is as if unknown."""
    return tuple(
        CitedFact(one.citation.text, CitedState(one.verdict.value), one.sentence)
        for one in citation_findings(document, by=by, today=today)
    )


def _read(version: DocumentVersion | None, store: FileStore) -> ReadFile:
    if version is None:
        return ReadFile(why="no_file", why_no_pages="no_file")
    if version.file.format not in _READ:
        return ReadFile(why="format", why_no_pages="format")
    if version.file.size > CHECK_LIMITS.max_bytes:
        return ReadFile(why="too_large", why_no_pages="too_large")
    sha256 = str(version.file.sha256)
    with _lock:
        if sha256 in _files:
            _files.move_to_end(sha256)
            return _files[sha256]
    try:
        with store.open(sha256) as stream:
            data = stream.read()
    except NotFound:
        return ReadFile(why="missing", why_no_pages="missing")
    read = read_file(data, Kind(version.file.format))
    with _lock:
        _files[sha256] = read
        while len(_files) > _KEPT:
            _files.popitem(last=False)
    return read


def read_file(data: bytes, kind: Kind) -> ReadFile:
    """Text and pages of a file; what is broken or swells is not read and says so."""
    try:
        blocks = _blocks(data)
        pages = read_pages(data, "") if kind is Kind.DOCX else None
    except Refusal as refusal:
        why = "too_large" if refusal.code in {"archive_bomb", "too_large", "too_many_pages"} else "unreadable"
        return ReadFile(why=why, why_no_pages=why)
    return ReadFile(read_text(blocks), pages, "", "" if pages else "not_word")


def _blocks(data: bytes) -> list[Block]:
    blocks = read_office(data, "", CHECK_LIMITS)
    if blocks is not None:
        return blocks
    return [Paragraph(line, place) for place, line in enumerate(decode(data).splitlines(), start=1)]


def _words(why: str) -> str:
    """Why something was not looked at, in the reader's language."""
    return {
        "": "",
        "no_file": _("there is no file"),
        "format": _("files of this format are not looked into: add a Word file"),
        "too_large": _("the file is too large to be looked into here"),
        "missing": _("the file is not in the store: tell the administrator"),
        "unreadable": _("the file cannot be read"),
        "not_word": _("only Word files say how their pages are set"),
    }[why]
