"""Routes, runs and visas as plain JSON."""

from __future__ import annotations

from typing import Any

from roadmapdocs.approvals.models import Remark, Route
from roadmapdocs.approvals.sheet import RunSheet, VisaLine
from roadmapdocs.approvals.waiting import Waiting
from roadmapdocs.web.api.fields import moment
from roadmapdocs.web.api.schemas.values import day


def route_as_json(row: Route) -> dict[str, Any]:
    """Addresses of guests are left out by the shape of the plan."""
    names = ("id", "name", "active", "obligatory", "changeable", "kinds", "units", "cases", "plan")
    return {name: getattr(row, name) for name in names}


def run_as_json(sheet: RunSheet) -> dict[str, Any]:
    run = sheet.run
    return {
        "number": run.number,
        "name": run.name,
        "route_id": run.route_id,
        "state": run.state,
        "step": run.step,
        "started_by": run.started_by,
        "started_at": moment(run.started_at),
        "ended_at": moment(run.ended_at),
        "ended_why": run.ended_why,
        "visas": [visa_as_json(line) for line in sheet.lines],
    }


def visa_as_json(line: VisaLine) -> dict[str, Any]:
    visa = line.visa
    return {
        "id": visa.id,
        "document_id": visa.document_id,
        "step": visa.step,
        "place": visa.place,
        "person": {"id": visa.employee_id, "name": visa.name},
        "post": visa.post,
        "information": visa.information,
        "state": visa.state,
        "asked_at": moment(visa.asked_at),
        "due": day(visa.due),
        "decision": visa.decision,
        "decided_at": moment(visa.decided_at),
        "decided_by": visa.decided_name,
        "in_place": visa.in_place,
        "way": visa.way,
        "comment": visa.comment,
        "committee": visa.committee,
        "note": visa.note,
        "version": line.version,
        "sha256": visa.sha256,
        "standing": str(line.standing) if line.standing is not None else None,
        "handed_to": line.handed_to,
        "remarks": [_remark(one) for one in line.remarks],
    }


def _remark(row: Remark) -> dict[str, Any]:
    return {
        "id": row.id,
        "place": row.place,
        "text": row.text,
        "by": row.by,
        "at": moment(row.at),
        "state": row.state,
        "answer": row.answer,
    }


def waits_as_json(waiting: Waiting | None) -> dict[str, Any] | None:
    if waiting is None:
        return None
    return {
        "act": waiting.act,
        "visa_id": waiting.visa_id,
        "due": day(waiting.due),
        "in_place_of": waiting.in_place_of,
    }
