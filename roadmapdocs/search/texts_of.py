"""What is written about documents beside their cards: texts of files, drafts, comments and remarks."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import peewee as pw

from roadmapdocs.approvals.models import Remark, Visa
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.documents.models import Attachment, Comment, DocumentVersion
from roadmapdocs.drafting.filling import FROM_CARD, values_shape
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.values_json import read_values
from roadmapdocs.errors import Refusal
from roadmapdocs.search.bulk import ForKeys, among
from roadmapdocs.search.passages import LONGEST_PASSAGE, Passage
from roadmapdocs.search.ports import Zone
from roadmapdocs.texts.models import FileText

#: One more than is found, so that it is seen where there is more.
_TEXT = pw.fn.SUBSTR(pw.fn.COALESCE(FileText.text, ""), 1, LONGEST_PASSAGE + 1)


@dataclass(slots=True)
class Said:
    """The passages of one document, by where they stand."""

    files: list[Passage] = field(default_factory=list)
    draft: list[Passage] = field(default_factory=list)
    talk: list[Passage] = field(default_factory=list)

    def passages(self) -> Iterator[Passage]:
        """A draft is printed into the file of a version: once there is one, the draft says nothing of its own."""
        yield from self.files if any(one.source == "file" for one in self.files) else [*self.draft, *self.files]
        yield from self.talk


def said_about(ids: Collection[int]) -> dict[int, Said]:
    """What is written about each of the documents."""
    said: dict[int, Said] = defaultdict(Said)
    _add_files(said, ids)
    _add_drafts(said, [one for one in ids if not any(file.source == "file" for file in said[one].files)])
    _add_talk(said, ids)
    return said


def _newest() -> pw.ModelSelect:
    later = DocumentVersion.alias()
    return later.select(pw.fn.MAX(later.number)).where(later.document == DocumentVersion.document)


_VERSIONS: Final = ForKeys(
    lambda: (
        DocumentVersion.select(DocumentVersion.document, DocumentVersion.name, _TEXT)
        .join(FileText, pw.JOIN.LEFT_OUTER, on=(FileText.file == DocumentVersion.file))
        .where(among(DocumentVersion.document) & (DocumentVersion.number == _newest()))
        .tuples()
    )
)
_ATTACHMENTS: Final = ForKeys(
    lambda: (
        Attachment.select(Attachment.document, Attachment.name, Attachment.title, _TEXT)
        .join(FileText, pw.JOIN.LEFT_OUTER, on=(FileText.file == Attachment.file))
        .where(among(Attachment.document) & Attachment.removed_at.is_null())
        .order_by(Attachment.id)
        .tuples()
    )
)
_DRAFTS: Final = ForKeys(
    lambda: Draft.select(Draft.document, Draft.template, Draft.content).where(among(Draft.document)).order_by(Draft.id)
)
_COMMENTS: Final = ForKeys(
    lambda: Comment.select(Comment.document, Comment.text, Comment.by).where(among(Comment.document)).order_by(Comment.id).tuples()
)
_VISAS: Final = ForKeys(
    lambda: (
        Visa.select(Visa.document, Visa.comment, Visa.decided_name, Visa.decision)
        .where(among(Visa.document) & (Visa.comment != ""))
        .order_by(Visa.id)
        .tuples()
    )
)
#: What is written beside these decisions is a remark, and beside the others a comment.
_REMARKING: Final = frozenset({Decision.REMARKS, Decision.REFUSED})
_REMARKS: Final = ForKeys(
    lambda: (
        Remark.select(Remark.document, Remark.place, Remark.text, Remark.by, Remark.answer)
        .where(among(Remark.document))
        .order_by(Remark.id)
        .tuples()
    )
)


def _add_files(said: dict[int, Said], ids: Collection[int]) -> None:
    for document, name, text in _VERSIONS(ids):
        said[document].files += _file("file", name, text)
    for document, name, title, text in _ATTACHMENTS(ids):
        said[document].files += [Passage("attachment", title, name=name), *_file("attachment", name, text)]


def _file(source: str, name: str, text: str) -> list[Passage]:
    """The name is found as the text is: words parted by what file names have between them."""
    stem = name.rpartition(".")[0] or name
    return [Passage(source, stem.replace("_", " "), name=name), Passage(source, text, name=name)]


def _add_drafts(said: dict[int, Said], ids: Collection[int]) -> None:
    for row in _DRAFTS(ids):
        said[row.document_id].draft = [Passage("text", "\n".join(_draft_words(row)))]


def _draft_words(row: Draft) -> Iterator[str]:
    """Texts of the values, in their order; nothing of a content that does not fit its template any more."""
    content = {name: one for name, one in row.content.items() if name not in FROM_CARD}
    try:
        yield from _words(read_values(values_shape(row.template), content))
    except Refusal:
        return


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value and not isinstance(value, StrEnum):
            yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    elif dataclasses.is_dataclass(value):
        for place in dataclasses.fields(value):
            yield from _words(getattr(value, place.name))


def _add_talk(said: dict[int, Said], ids: Collection[int]) -> None:
    for document, text, by in _COMMENTS(ids):
        said[document].talk.append(Passage("comment", text, name=by, zone=Zone.TALK))
    for document, text, by, decision in _VISAS(ids):
        source = "remark" if decision in _REMARKING else "comment"
        said[document].talk.append(Passage(source, text, name=by, zone=Zone.TALK))
    for document, place, text, by, answer in _REMARKS(ids):
        words = "\n".join(part for part in (place, text, answer) if part)
        said[document].talk.append(Passage("remark", words, name=by, zone=Zone.TALK))
