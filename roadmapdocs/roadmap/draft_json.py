"""The draft as JSON, in the form of the command ``roadmapdocs roadmap read --json``, and back.

Sections and items carry their "line" besides, so that nothing is lost on the way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.draft import (
    Approval,
    Defect,
    Draft,
    DraftExpected,
    DraftItem,
    DraftSection,
)
from roadmapdocs.russian.terms import Term


def draft_as_json(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "period": list(draft.period) if draft.period else None,
        "approval": approval_as_json(draft.approval),
        "abbreviations": dict(draft.abbreviations),
        "sections": [
            {"number": one.number, "title": one.title, "parent": one.parent, "line": one.line} for one in draft.sections
        ],
        "items": [_item_as_json(item) for item in draft.items],
        "defects": [
            {"item": one.item, "line": one.line, "code": one.code, "message": one.message} for one in draft.defects
        ],
    }


def draft_from_json(data: Mapping[str, Any]) -> Draft:
    """:raise Refusal: ``bad_draft`` if the data have another shape."""
    try:
        period = data["period"]
        return Draft(
            title=str(data["title"]),
            period=(int(period[0]), int(period[1])) if period else None,
            approval=approval_from_json(data["approval"]),
            abbreviations={str(short): str(words) for short, words in data["abbreviations"].items()},
            sections=tuple(
                DraftSection(str(one["number"]), str(one["title"]), one["parent"], one.get("line"))
                for one in data["sections"]
            ),
            items=tuple(_item(one) for one in data["items"]),
            defects=tuple(
                Defect(one["item"], one["line"], str(one["code"]), str(one["message"])) for one in data["defects"]
            ),
        )
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as broken:
        raise Refusal(
            "bad_draft",
            _("The draft of the roadmap was changed on the way and cannot be read. Load the file once more."),
            reason=str(broken),
        ) from broken


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
        "line": item.line,
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


def _item(data: Mapping[str, Any]) -> DraftItem:
    return DraftItem(
        number=str(data["number"]),
        section=data["section"],
        title=str(data["title"]),
        terms=tuple(_term(one) for one in data["terms"]),
        responsible=tuple(str(one) for one in data["responsible"]),
        responsible_text=str(data["responsible_text"]),
        expected_documents=tuple(
            DraftExpected(str(one["title"]), str(one["kind"]), bool(one["inferred"])) for one in data["expected_documents"]
        ),
        planned={str(key): str(value) for key, value in data["planned"].items()},
        results={str(key): str(value) for key, value in data["results"].items()},
        line=data.get("line"),
    )


def _term(data: Mapping[str, Any]) -> Term:
    start, end = _date(data["start"]), _date(data["end"])
    return Term(str(data["kind"]), start, end, data["recurrence"], str(data["text"]), data["year"])


def _day(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
