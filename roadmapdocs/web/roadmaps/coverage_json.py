"""Coverage of a roadmap as JSON, in the form of ``roadmapdocs roadmap coverage --json``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from roadmapdocs.coverage.matrix import CoveredItem, CoveredSlot, LinkedDocument, RoadmapCoverage
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.coverage.totals import Score
from roadmapdocs.roadmap.models import Edition, Roadmap


def coverage_as_json(
    roadmap: Roadmap, edition: Edition, coverage: RoadmapCoverage, today: dt.date, reader: Reader | None = None
) -> dict[str, Any]:
    """Days as "2021-12-01"; ``status`` is proved, in_work, missing, late or not_required.

    A ``suggested`` row comes of a document that was only read out of an item's title: it is in no total. Of documents
    that are not open to ``reader`` nothing is told but that they are there (id 0); without one everything is open.
    """
    numbers = {section.id: section.number for section in coverage.sections}
    return {
        "roadmap": {"id": roadmap.id, "title": roadmap.title, "edition": edition.number},
        "today": today.isoformat(),
        "totals": score_as_json(coverage.totals.whole),
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                **(score_as_json(coverage.totals.sections[section.id]) if section.id in coverage.totals.sections else {}),
            }
            for section in coverage.sections
        ],
        "rows": [row for item in coverage.items for row in rows_as_json(item, numbers, reader)],
    }


def score_as_json(score: Score) -> dict[str, Any]:
    return {
        **{state.value: number for state, number in score.counts.items()},
        "all": score.all,
        "due": score.due,
        "proved_of_due": score.proved,
        "next_due": _day(score.next_due),
        "due_this_year": score.due_this_year,
    }


def rows_as_json(covered: CoveredItem, sections: Mapping[int, str], reader: Reader | None) -> Iterator[dict[str, Any]]:
    """A row for each expected document in each period; ``sections`` are printed numbers by id."""
    item = covered.item
    for one in covered.slots:
        yield {
            "section": sections.get(item.section) if item.section is not None else None,
            "item": item.number,
            "title": item.title,
            "responsible": list(item.responsibles),
            "expected_id": one.expected.id,
            "expected": one.expected.title,
            "kind": one.expected.kind,
            "suggested": one.slot.suggested,
            **_period(one),
            "status": one.state.value,
            "documents": [_document(document) for document in (reader.seen(one.documents) if reader else one.documents)],
            "waiver": one.waiver,
        }


def _document(document: LinkedDocument) -> dict[str, Any]:
    return {"id": document.id, "kind": document.kind, "number": document.number, "date": _day(document.date)}


def _period(one: CoveredSlot) -> dict[str, Any]:
    slot = one.slot
    return {
        "period": slot.key,
        "label": slot.label,
        "year": slot.year,
        "start": _day(slot.start),
        "end": _day(slot.end),
        "due": _day(slot.due),
        "quantity": slot.quantity,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
