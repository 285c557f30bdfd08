"""From signals to public events: which of what happens here is told to other programs, and with what beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from roadmapdocs import hooks
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.erp.webhook_outbox import note
from roadmapdocs.workflow.rules import Line, Transition

_CARDS: Final = {"document_created": "document.created", "document_changed": "document.changed"}
_COVERAGE: Final = frozenset({"document_linked", "document_unlinked", "period_waived", "waiver_ended", "expected_rejected"})


def listen() -> None:
    """React from now on. Idempotent."""
    hooks.journaled.connect(_journaled)
    hooks.document_moved.connect(_moved)
    hooks.version_added.connect(_version)
    hooks.attachment_added.connect(_attachment)
    hooks.visa_asked.connect(_visa_asked)
    hooks.visa_given.connect(_visa_given)
    hooks.visa_reminded.connect(_visa_reminded)
    hooks.route_ended.connect(_route_ended)
    hooks.reading_asked.connect(_reading_asked)
    hooks.reading_decided.connect(_reading_decided)
    hooks.reading_dropped.connect(_reading_dropped)
    hooks.reading_ended.connect(_reading_ended)
    hooks.reading_reminded.connect(_reading_reminded)
    hooks.assignment_acted.connect(_assignment)


def _journaled(subject: str, *, what: str, effect: Mapping[str, Any], now: dt.datetime, **_more: Any) -> None:
    """What the journal tells with its moment, and the signals of the change without."""
    kind = subject.partition(":")[0]
    if kind == "document" and what in _CARDS:
        note(_CARDS[what], subject, {}, now)
    elif kind == "item" and what in _COVERAGE:
        note("coverage.changed", subject, {"period": str(effect.get("period", "")), "act": what}, now)
    elif kind == "roadmap" and what == "edition_stored":
        note("roadmap.edition", subject, {"edition_number": effect["edition"], "items": effect["items"]}, now)


def _moved(document: Any, *, transition: Transition, now: dt.datetime, **_more: Any) -> None:
    subject = f"document:{document.id}"
    said = {"line": transition.line.value, "transition": transition.name, "state": transition.target}
    note("document.moved", subject, said, now)
    if transition.line is Line.PREPARATION and document.preparation == Preparation.SIGNED:
        note("document.signed", subject, {}, now)
    if transition.line is Line.REGISTRATION and document.registration == Registration.REGISTERED:
        note("document.registered", subject, {}, now)


def _version(version: Any, *, now: dt.datetime, **_more: Any) -> None:
    said = {"version": version.id, "version_number": version.number, **_file(version)}
    note("version.added", f"document:{version.document_id}", said, now)


def _attachment(attachment: Any, *, now: dt.datetime, **_more: Any) -> None:
    note("attachment.added", f"document:{attachment.document_id}", {"attachment": attachment.id, **_file(attachment)}, now)


def _file(row: Any) -> dict[str, Any]:
    return {"sha256": row.file.sha256, "size": row.file.size}


def _visa_asked(visa: Any, *, now: dt.datetime, **_more: Any) -> None:
    note("visa.asked", f"document:{visa.document_id}", _visa(visa), now)


def _visa_given(visa: Any, *, now: dt.datetime, **_more: Any) -> None:
    said = {**_visa(visa), "decision": str(visa.decision), "decided_by": visa.decided_by_id}
    note("visa.given", f"document:{visa.document_id}", said, now)


def _visa_reminded(visa: Any, *, now: dt.datetime, **_more: Any) -> None:
    note("visa.reminded", f"document:{visa.document_id}", _visa(visa), now)


def _visa(visa: Any) -> dict[str, Any]:
    due = visa.due.isoformat() if visa.due is not None else None
    return {"visa": visa.id, "employee": visa.employee_id, "information": bool(visa.information), "due": due}


def _route_ended(run: Any, *, now: dt.datetime, **_more: Any) -> None:
    note("route.ended", f"document:{run.document_id}", {"run": run.id, "run_state": str(run.state)}, now)


def _reading_asked(sheet: Any, *, employees: Sequence[int], now: dt.datetime, **_more: Any) -> None:
    due = sheet.due.isoformat() if sheet.due is not None else None
    said = {"sheet": sheet.id, "employees": sorted(employees), "due": due}
    note("reading.asked", f"document:{sheet.document_id}", said, now)


def _reading_decided(line: Any, *, now: dt.datetime, **_more: Any) -> None:
    note("reading.decided", f"document:{line.document_id}", _line(line), now)


def _reading_dropped(line: Any, *, now: dt.datetime, **_more: Any) -> None:
    note("reading.dropped", f"document:{line.document_id}", _line(line), now)


def _line(line: Any) -> dict[str, Any]:
    return {"sheet": line.sheet_id, "employee": line.employee_id, "state": str(line.state)}


def _reading_ended(sheet: Any, *, now: dt.datetime, **_more: Any) -> None:
    note("reading.ended", f"document:{sheet.document_id}", {"sheet": sheet.id}, now)


def _reading_reminded(sheet: Any, *, employees: Sequence[int], now: dt.datetime, **_more: Any) -> None:
    note("reading.reminded", f"document:{sheet.document_id}", {"sheet": sheet.id, "employees": sorted(employees)}, now)


def _assignment(assignment: Any, *, act: str, now: dt.datetime, **_more: Any) -> None:
    note(f"assignment.{act}", f"assignment:{assignment.id}", {}, now)
