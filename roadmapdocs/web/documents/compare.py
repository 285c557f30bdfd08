"""The page on which the texts of two versions stand side by side."""

from __future__ import annotations

from functools import lru_cache

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.documents.comparison import Change, Comparison, Row, compare, stretches
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.versions import versions_of
from roadmapdocs.documents.visibility import may
from roadmapdocs.documents.working_copies import copy_of
from roadmapdocs.errors import Refusal
from roadmapdocs.files.reading.office import paragraphs_of
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, settings, store

#: A page has so many rows at most; whoever needs the rest downloads both files.
MOST_ROWS = 1_500
#: A folded stretch longer than this is only counted.
MOST_FOLDED = 200


class CompareForms(PageView):
    @expose(f"/<{ROW_ID}:document_id>/compare")
    def compare(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        versions = _versions(document, actor())
        return self.render("document_compare.html", **compare_context(document, versions))


def _versions(document: Document, by: Actor) -> list[DocumentVersion]:
    """Versions of the document, the newest first, after those of its working copy for whoever may read that."""
    copy = copy_of(document)
    drafts = list(versions_of(copy)) if copy is not None and may(copy, "read", by) else []
    return [*drafts, *versions_of(document)]


def compare_context(document: Document, versions: list[DocumentVersion]) -> dict[str, object]:
    """What ``document_compare.html`` asks for; the address names two versions by their ids, ``a`` the earlier one."""
    new = _chosen(versions, "b") or (versions[0] if versions else None)
    old = _chosen(versions, "a") or (next((one for one in versions if one is not new), None))
    compared, why_not = _compared(old, new)
    rows = compared.rows[:MOST_ROWS] if compared else ()
    cut = stretches(rows)
    return {
        "document": {
            "id": document.id,
            "kind": document.kind.short,
            "number": document.number,
            "date": document.date,
            "title": document.title,
        },
        "versions": [{"id": one.id, "label": _label(one, document)} for one in versions],
        "left": _side(old, document),
        "right": _side(new, document),
        "why_not": why_not,
        "counts": {change.value: compared.count(change) for change in Change} if compared else None,
        "coarse": bool(compared and compared.coarse),
        "more": len(compared.rows) - len(rows) if compared else 0,
        "stretches": [
            {"folded": one.folded, "count": len(one.rows), "rows": _rows(one.rows) if _shown(one.folded, one.rows) else []}
            for one in cut
        ],
    }


def _chosen(versions: list[DocumentVersion], name: str) -> DocumentVersion | None:
    asked = request.args.get(name, "")
    return next((one for one in versions if str(one.id) == asked), None)


def _compared(old: DocumentVersion | None, new: DocumentVersion | None) -> tuple[Comparison | None, str | None]:
    """The comparison, or a sentence that says why there is none."""
    if old is None or new is None:
        return None, _("There is only one version of the text. A second one makes a comparison.")
    if old.file_id == new.file_id:
        return None, _("This is the same file on both sides. Choose another version.")
    try:
        return _texts_compared(old.file.sha256, old.name, new.file.sha256, new.name), None
    except Refusal as refusal:
        return None, _("%(why)s The texts cannot be compared here: download both files.", why=refusal.message)


@lru_cache(maxsize=8)
def _texts_compared(old: str, old_name: str, new: str, new_name: str) -> Comparison:
    """The hashes name the content, in any store, so a comparison holds for good."""
    return compare(_text(old, old_name), _text(new, new_name))


def _text(sha256: str, name: str) -> list[str]:
    with store().open(sha256) as stream:
        return [" ".join(paragraph.split()) for paragraph in paragraphs_of(stream.read(), name)]


def _shown(folded: bool, rows: tuple[Row, ...]) -> bool:
    return not folded or len(rows) <= MOST_FOLDED


def _rows(rows: tuple[Row, ...]) -> list[dict[str, object]]:
    return [
        {
            "change": row.change.value,
            "left": [(part.op, part.text) for part in row.left],
            "right": [(part.op, part.text) for part in row.right],
        }
        for row in rows
    ]


def _label(version: DocumentVersion, document: Document) -> str:
    day = version.added_at.astimezone(settings().zone).strftime("%d.%m.%Y")
    words = {"number": version.number, "date": day, "edition": version.edition}
    if version.document_id != document.id:
        return _("Working copy, version %(number)s of %(date)s", number=version.number, date=day)
    return _("Version %(number)s of %(date)s, edition %(edition)s", **words)


def _side(version: DocumentVersion | None, document: Document) -> dict[str, object] | None:
    if version is None:
        return None
    return {
        "id": version.id,
        "label": _label(version, document),
        "name": version.name,
        "by": version.added_by,
        "url": url_for(".file", document_id=version.document_id, version_id=version.id),
    }
