"""What the pages of templates show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Kind
from roadmapdocs.drafting.guide import SHAPE_WORDS, lines_of, words_of
from roadmapdocs.drafting.models import OfficeTemplate
from roadmapdocs.drafting.office_templates import made_by, versions_of
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.drafting.template_check import Finding, Severity
from roadmapdocs.drafting.templates import folder_file, version_for
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.context import actor, settings, today


def stem(path: str) -> str:
    return path.removesuffix(".docx")


def rows() -> list[dict[str, Any]]:
    """All templates with what prints today's documents."""
    kinds: dict[str, list[str]] = {}
    for short, template in Kind.select(Kind.short, Kind.template).where(Kind.active).order_by(Kind.position).tuples():
        kinds.setdefault(template, []).append(short)
    return [
        {
            "name": SHAPE_WORDS[path],
            "path": path,
            "kinds": kinds.get(path, []),
            "url": url_for(".template", shape=stem(path)),
            **counting(path),
        }
        for path in SHAPES
    ]


def counting(path: str) -> dict[str, Any]:
    """What prints documents of today: ``source`` is own, folder or shipped."""
    version = version_for(path, today())
    if version is not None:
        return {"source": "own", "number": version.number, "since": version.since}
    return {"source": "folder" if folder_file(path) is not None else "shipped", "number": 0, "since": None}


def details(path: str) -> dict[str, Any]:
    """The page of one template but for its form and findings."""
    present = version_for(path, today())
    return {
        "about": {"name": SHAPE_WORDS[path], "path": path, **counting(path)},
        "versions": [_version(one, present) for one in versions_of(path, by=actor())],
        "has_folder": folder_file(path) is not None,
        "words": list(lines_of(words_of(SHAPES[path].page))),
        "urls": {
            "form": url_for(".change", shape=stem(path)),
            "sample": url_for(".sample", shape=stem(path)),
            "pdf": url_for(".pdf", shape=stem(path)),
            "file": url_for(".file", shape=stem(path)),
            "shipped": url_for(".file", shape=stem(path), of="shipped"),
            "back": url_for(".index"),
        },
    }


def _version(row: OfficeTemplate, present: OfficeTemplate | None) -> dict[str, Any]:
    documents, made = made_by(row, by=actor())
    counts = present is not None and row.id == present.id
    return {
        "number": row.number,
        "name": row.name,
        "since": row.since,
        "note": row.note,
        "state": "withdrawn" if row.withdrawn else "counts" if counts else "to_come" if row.since > today() else "before",
        "added_by": row.added_by,
        "added_at": row.added_at.astimezone(settings().zone),
        "made": made,
        "documents": [
            {"name": reference(one), "title": one.title, "url": url_for("roadmapdocs_documents.card", document_id=one.id)} for one in documents[:5]
        ],
        "file_url": url_for(".version_file", version_id=row.id),
        "sample_url": url_for(".version_sample", version_id=row.id),
        "withdraw_url": url_for(".withdraw", version_id=row.id),
    }


def told(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """Findings as the page has them, errors first."""
    return [
        {
            "look": "late" if one.severity is Severity.ERROR else "work",
            "word": _("mistake") if one.severity is Severity.ERROR else _("remark"),
            "sentence": one.sentence,
        }
        for one in findings
    ]
