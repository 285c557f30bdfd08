"""The whole text of a version as parts that are shown one after another: pictures of pages, else paragraphs.

Only what is shown wholly here counts as read here: a text that has no end on this page is read as a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.web.decide.text import Paragraph, text_of
from roadmapdocs.web.previews.card import preview_context

#: A part of a text without pages: about as much as a page of paper holds.
PART_LETTERS = 2_500
#: How a text is shown.
PAGES, TEXT = "pages", "text"


@dataclass(frozen=True, slots=True)
class Part:
    """A page with its picture, or some paragraphs. ``number`` counts from 1."""

    number: int
    page: dict[str, Any] | None = None
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """All parts; none where the text cannot be shown to its end, and ``why`` says so. ``coming``: pages are being made.

    ``form`` is how it is shown, "pages" or "text", and ``other`` the other way that there is, or "".
    """

    parts: tuple[Part, ...] = ()
    why: str = ""
    coming: bool = False
    form: str = TEXT
    other: str = ""


def whole_text(document: Document, version: DocumentVersion | None, form: str = "") -> Whole:
    """The text of the version from its beginning to its end; as pages, if there are such and ``form`` is not "text".

    Whoever reads on a phone or by ear wants letters that grow, and words that are spoken: pictures have neither.
    """
    preview: dict[str, Any] = preview_context(document, version) or {}
    pages = () if preview.get("more_pages") else tuple(preview.get("pages") or ())
    text = text_of(version, None)
    paragraphs = () if text.more else text.paragraphs
    if pages and not (form == TEXT and paragraphs):
        parts = tuple(Part(number, page) for number, page in enumerate(pages, start=1))
        return Whole(parts, form=PAGES, other=TEXT if paragraphs else "")
    coming = bool(preview.get("reload_url"))
    if not paragraphs:
        return Whole(why=text.why_not or "", coming=coming)
    parts = tuple(Part(number, None, share) for number, share in enumerate(_shares(paragraphs), start=1))
    return Whole(parts, coming=coming, other=PAGES if pages else "")


def _shares(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, ...]]:
    """Paragraphs by about :data:`PART_LETTERS`; none is divided."""
    share: list[Paragraph] = []
    letters = 0
    for one in paragraphs:
        size = sum(len(words) for _op, words in one.parts)
        if share and letters + size > PART_LETTERS:
            yield tuple(share)
            share, letters = [], 0
        share.append(one)
        letters += size
    if share:
        yield tuple(share)
