"""The draft as JSON: exactly the form that ``roadmapdocs roadmap read --json`` promises to scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from roadmapdocs.roadmap.draft import (
    Approval,
    Draft,
    DraftItem,
)
from roadmapdocs.russian.terms import Term


def draft_as_json(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "period": list(draft.period) if draft.period else None,
        "approval": approval_as_json(draft.approval),
        "abbreviations": dict(draft.abbreviations),
        "sections": [
            {"number": one.number, "title": one.title, "parent": one.parent} for one in draft.sections
        ],
        "items": [_item_as_json(item) for item in draft.items],
        "defects": [
            {"item": one.item, "line": one.line, "code": one.code, "message": one.message} for one in draft.defects
        ],
    }


def approval_as_json(approval: Approval) -> dict[str, Any]:
    return {
        "kind": approval.kind,
        "organisation": approval.organisation,
        "position": approval.position,
        "person": approval.person,
        "date": _day(approval.date),
        "number": approval.number,
    }


def approval_from_json(data: Mapping[str, Any]) -> Approval:
    return Approval(
        data["kind"], data["organisation"], data["position"], data["person"], _date(data["date"]), data["number"]
    )


def _item_as_json(item: DraftItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "section": item.section,
        "title": item.title,
        "terms": [_term_as_json(term) for term in item.terms],
        "responsible": list(item.responsible),
        "responsible_text": item.responsible_text,
        "expected_documents": [
            {"title": one.title, "kind": one.kind, "inferred": one.inferred} for one in item.expected_documents
        ],
        "planned": dict(item.planned),
        "results": dict(item.results),
    }


def _term_as_json(term: Term) -> dict[str, Any]:
    return {
        "kind": term.kind,
        "start": _day(term.start),
        "end": _day(term.end),
        "recurrence": term.recurrence,
        "text": term.text,
        "year": term.year,
    }


def _day(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
