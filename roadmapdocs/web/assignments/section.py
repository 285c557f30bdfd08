"""The assignments of a document on its card: who has to do what until when, and how far it is."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import peewee as pw
from flask import url_for

from roadmapdocs.access.rules import Action, may, reason
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.visibility import visible_to
from roadmapdocs.assignments.words import FULFILLED, LIVE, State
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.assignments.bulk import MOST_AT_ONCE
from roadmapdocs.web.assignments.conditions import ALL, GIVEN, Conditions
from roadmapdocs.web.assignments.listing import rows_of
from roadmapdocs.web.assignments.rows import UNDER_WAY, lines, void_words

MOST_SHOWN = 20


def assignments_section(document: Document, actor: Actor, today: dt.date) -> dict[str, Any] | None:
    """What ``macros/assignments.html`` draws on the card; None where there is nothing to show and nothing to give.

    {rows, total, live, late, done, more_url, propose_url, new_url, void, cancel_url, why_not}
    """
    counted = _counted(document, actor, today)
    signed = document.preparation == Preparation.SIGNED
    gives = may(actor, Action.ASSIGN)
    void = void_words(document)
    if not counted["total"] and (void or not (gives and signed)):
        return None
    shown = (Assignment.document == document) & visible_to(actor) & (Assignment.state != State.CANCELLED)
    by_due = (pw.NodeList((Assignment.due, pw.SQL("IS NULL"))), Assignment.due, Assignment.id)
    ids = [id_ for (id_,) in Assignment.select(Assignment.id).where(shown).order_by(*by_due).limit(MOST_SHOWN).tuples()]
    tab = ALL if may(actor, Action.SEE_CONTROL) else GIVEN
    return {
        **counted,
        "rows": lines(rows_of(ids), actor, today),
        "more_url": Conditions(tab=tab, document=document.id).url() if counted["total"] > len(ids) else None,
        "propose_url": url_for("roadmapdocs_document_assignments.propose", document_id=document.id),
        "new_url": url_for("roadmapdocs_document_assignments.create", document_id=document.id),
        "void": void,
        "cancel_url": _cancel_url(document, actor) if void and gives else None,
        "offers": (signed or gives) and not void,
        "why_not": None if gives else reason(Action.ASSIGN),
    }


def _cancel_url(document: Document, actor: Actor) -> str | None:
    """Where all that is left of a document that binds nobody is cancelled by one press."""
    left = Assignment.select(Assignment.id).where(
        (Assignment.document == document) & Assignment.state.in_([str(one) for one in UNDER_WAY]) & visible_to(actor)
    )
    ids = [id_ for (id_,) in left.order_by(Assignment.id).limit(MOST_AT_ONCE).tuples()]
    query = [*(("id", id_) for id_ in ids), ("do", "cancel"), ("back", f"document={document.id}")]
    return f"{url_for('roadmapdocs_assignments.bulk')}?{urlencode(query)}" if ids else None


def _counted(document: Document, actor: Actor, today: dt.date) -> dict[str, int]:
    """How many there are in all, live, late and fulfilled; one statement."""
    live = Assignment.state.in_([str(one) for one in LIVE])
    fulfilled = Assignment.state.in_([str(one) for one in FULFILLED]) & Assignment.done_on.is_null(False)

    def many(condition: pw.Expression) -> pw.Function:
        return pw.fn.COALESCE(pw.fn.SUM(pw.Case(None, [(condition, 1)], 0)), 0)

    row = (
        Assignment.select(pw.fn.COUNT(Assignment.id), many(live), many(live & (Assignment.due < today)), many(fulfilled))
        .where((Assignment.document == document) & (Assignment.state != State.CANCELLED) & visible_to(actor))
        .tuples()
        .first()
    )
    return dict(zip(("total", "live", "late", "done"), (int(one) for one in row), strict=True))
