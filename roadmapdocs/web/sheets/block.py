"""«Согласование» on the card: where the document is now, the way it takes, what was decided, and what the drafter does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from roadmapdocs.access.rules import Action
from roadmapdocs.access.rules import may as may_act
from roadmapdocs.approvals.authors import authors, is_own
from roadmapdocs.approvals.flight import BETWEEN_REMINDERS
from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.plans import plan_from_json
from roadmapdocs.approvals.rules import POSITIVE, RunState, VisaState
from roadmapdocs.approvals.sheet import RunSheet, Sheet, sheet_of
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.holders import signer_for
from roadmapdocs.people.presence import absent_on, works_on
from roadmapdocs.people.rules import Actor
from roadmapdocs.people.substitution import substitutes_on
from roadmapdocs.web.approval_words import run_word
from roadmapdocs.web.sheets.remarks import may_answer, remarks_of
from roadmapdocs.web.sheets.route import is_late, picture
from roadmapdocs.web.sheets.signature_words import signature_mark
from roadmapdocs.web.sheets.words import DAY, moment

#: Remarks on the card itself; all of them are on their own page.
MOST_REMARKS = 10
_OUT = frozenset({VisaState.DROPPED, VisaState.HANDED})
_RUN_LOOKS = {
    RunState.UNDER_WAY: "work",
    RunState.AGREED: "ok",
    RunState.RETURNED: "late",
    RunState.WITHDRAWN: "plain",
    RunState.SUPERSEDED: "plain",
}


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at which document, when, by which clock."""

    document: Document
    by: Actor
    now: dt.datetime
    zone: dt.tzinfo

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(self.zone).date()


def approval_block(at: Looking) -> dict[str, object] | None:
    """What ``document.html`` shows of approval; None for a document that nobody was asked about or has signed."""
    document, zone = at.document, at.zone
    sheet = sheet_of(document)
    signing = _signing(at)
    if not sheet.runs and not sheet.signatures and signing is None:
        return None
    latest = sheet.runs[0] if sheet.runs else None
    waits = latest is not None and latest.run.state == RunState.UNDER_WAY
    open_now = [line.visa for line in latest.lines if line.visa.state == VisaState.OPEN] if latest and waits else []
    asked = [visa for visa in open_now if not visa.information]
    remarks = remarks_of(sheet, at.by, zone)
    return {
        "run": _run(latest.run) if latest else None,
        "now": _now(asked, latest.run, at) if latest else [],
        "remind": _remind(asked, latest.run, at) if latest and asked else None,
        "signing": signing,
        "steps": picture(latest, at.today, zone) if latest else [],
        "count": _count(latest) if latest else None,
        "remarks": remarks[:MOST_REMARKS],
        "more_remarks": max(len(remarks) - MOST_REMARKS, 0),
        "may_answer": may_answer(document, at.by),
        "signatures": [_signature(document, sheet, place, zone) for place in range(len(sheet.signatures))],
        "earlier": max(len(sheet.runs) - 1, 0),
        "sheet_url": url_for("roadmapdocs_sheets.sheet", document_id=document.id),
        "remarks_url": url_for("roadmapdocs_sheets.remarks", document_id=document.id),
    }


def _run(run: Run) -> dict[str, object]:
    state = {"look": _RUN_LOOKS[RunState(run.state)], "label": run_word(run.state), "symbol": None}
    return {"number": run.number, "name": run.name, "state": state, "why": run.ended_why}


def _now(asked: Sequence[Visa], run: Run, at: Looking) -> list[dict[str, object]]:
    """Who has the document, since when, until when; of somebody who is away, who stands in, or that nobody does."""
    away = _away([visa.employee_id for visa in asked if visa.employee_id is not None], at)
    return [
        {
            "name": visa.name,
            "post": visa.post,
            "since": moment(visa.asked_at, at.zone),
            "due": visa.due.strftime(DAY) if visa.due else "",
            "late": is_late(visa, at.today),
            "away": away.get(visa.employee_id, ""),
            "acts": list(_acts(visa, run, at)),
        }
        for visa in asked
    ]


def _away(people: list[int], at: Looking) -> dict[int | None, str]:
    """By employee, what keeps them from deciding today; five statements, however many they are."""
    if not people:
        return {}
    gone, absent = set(people) - works_on(people, at.today), absent_on(people, at.today)
    substitutes = substitutes_on(absent, at.today)
    written_by = authors(at.document) if substitutes else frozenset()
    said: dict[int | None, str] = {}
    for one in absent:
        fitting = (each for each in substitutes.get(one, ()) if each.covers(at.document.kind.code))
        # A substitute who drafted the document may not decide on it either.
        names = [each.name for each in fitting if each.employee_id not in written_by]
        said[one] = _("away; stands in: %(names)s", names=", ".join(names)) if names else _("away, and nobody stands in")
    return said | dict.fromkeys(gone, _("does not work here any more: name somebody else"))


def _acts(visa: Visa, run: Run, at: Looking) -> Iterator[dict[str, str]]:
    """What this person may do about a visa that is asked."""
    document, by = at.document, at.by
    own = visa.employee_id is not None and visa.employee_id == by.employee_id
    stands_in = visa.employee_id is not None and by.standing_for(visa.employee_id, document.kind.code) is not None
    mine = own or stands_in
    if mine and not is_own(
        authors(document), by.employee_id, plan_from_json(run.plan), information=visa.information, stands_in=not own
    ):
        url = url_for("roadmapdocs_decide.document", document_id=document.id)
        yield {"label": _("Decide"), "url": url, "symbol": "tick", "look": "main"}
        yield _flight("ask", _("Ask another opinion"), visa)
        yield _flight("forward", _("Hand on"), visa)
    if visa.employee_id is None and (_is_mine(run, at) or may_act(by, Action.CHANGE_ROUTE)):
        url = url_for("roadmapdocs_guest_links.visa", visa_id=visa.id)
        yield {"label": _("Link for the guest"), "url": url, "symbol": "link", "look": "quiet"}
    if may_act(by, Action.CHANGE_ROUTE):
        yield _flight("replace", _("Another decides"), visa)
    if may_act(by, Action.PAPER_VISA):
        yield _flight("paper", _("Enter a paper visa"), visa)


def _is_mine(run: Run, at: Looking) -> bool:
    """Whether the person drafted the document or sent it."""
    return at.by.employee_id is not None and at.by.employee_id in {at.document.drafter_id, run.started_by_employee_id}


def _flight(page: str, label: str, visa: Visa) -> dict[str, str]:
    url = url_for(f"roadmapdocs_approvals.{page}", visa_id=visa.id)
    return {"label": label, "url": url, "symbol": "edit" if page == "paper" else "users", "look": "quiet"}


def _remind(asked: Sequence[Visa], run: Run, at: Looking) -> dict[str, object] | None:
    """One button for all who have the document; None for those who do not remind."""
    if not _is_mine(run, at) and not may_act(at.by, Action.WRITE_DOCUMENT):
        return None
    last = [visa.reminded_at for visa in asked if visa.reminded_at is not None]
    fresh = len(last) == len(asked) and all(at.now - one < BETWEEN_REMINDERS for one in last)
    return {
        "url": url_for("roadmapdocs_sheets.remind", document_id=at.document.id),
        "last": moment(max(last), at.zone) if last else "",
        "why_not": _("They were reminded a short while ago. Give them a few hours.") if fresh else None,
    }


def _signing(at: Looking) -> dict[str, str] | None:
    """Who signs a document that is to be signed now: of an acting head, by which order."""
    document = at.document
    if document.preparation != Preparation.IN_SIGNING:
        return None
    holder = signer_for(document.signer_employee_id, at.today) if document.signer_employee_id is not None else None
    if holder is None:
        known = document.signer_employee_id is not None
        why = _("away, and no order appoints an acting head") if known else ""
        return {"name": document.signer, "post": "", "basis": why}
    return {"name": holder.name, "post": holder.post, "basis": holder.basis}


def _count(found: RunSheet) -> dict[str, int]:
    """How many of those who have to agree have agreed."""
    asked = [one.visa for one in found.lines if not one.visa.information and one.visa.state not in _OUT]
    return {"given": sum(one.decision in POSITIVE for one in asked), "asked": len(asked)}


def _signature(document: Document, sheet: Sheet, place: int, zone: dt.tzinfo) -> dict[str, object]:
    mark = signature_mark(sheet.signatures[place], sheet, zone)
    url = url_for("roadmapdocs_sheets.signature", document_id=document.id, signature_id=mark.signature)
    return {"title": mark.title, "lines": mark.lines, "frame": mark.frame, "file": mark.file_name, "url": url}
