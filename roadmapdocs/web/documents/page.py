"""What the card of a document shows: put together from its parts, each in a module of its own."""

from __future__ import annotations

import datetime as dt

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.approvals.runs import under_way
from roadmapdocs.coverage.matrix import documented_slots
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.transitions import available
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.acquaintance.section import acquaintance_section
from roadmapdocs.web.assignments.section import assignments_section
from roadmapdocs.web.context import now, settings, today
from roadmapdocs.web.documents.acts import acts_of
from roadmapdocs.web.documents.files import files_context
from roadmapdocs.web.documents.history import history_days, moves, newest
from roadmapdocs.web.documents.lines import line_badges, mark_badge, reached, standing_on, status_words, steps
from roadmapdocs.web.documents.links import links_context
from roadmapdocs.web.documents.requisites import editions_of, fetch_related, requisites, stamps_of
from roadmapdocs.web.drafts.checks import checks_block
from roadmapdocs.web.external_links.block import links_of_card
from roadmapdocs.web.sheets.block import Looking, approval_block
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Offer


def card_context(document: Document, actor: Actor) -> dict[str, object]:
    """What ``document.html`` asks for."""
    fetch_related(document)
    workflow = workflow_of(document.workflow_id)
    day = today()
    status = status_words(document, workflow)
    proves = _proves(document, day)
    events, more = newest(document)
    links = links_context(document, status, proves, actor, day)
    return {
        "document": head(document) | {"summary": document.summary, "status": status},
        "mark": mark_badge(document),
        "steps": steps(document, workflow, reached(moves(document) if more else reversed(events))),
        "acts": acts_of(document, _open_doors(document, actor, day), actor),
        "approval": approval_block(Looking(document, actor, now(), settings().zone)),
        "checks": checks_block(document),
        "acquaintance": acquaintance_section(document, actor, day),
        "assignments": assignments_section(document, actor, day),
        "revision": document.revision,
        "lines": line_badges(document, workflow, standing_on(document, day), day),
        "requisites": requisites(document) + _copies(document),
        "stamps": _stamps(document, links["links"], actor),
        "editions": editions_of(document, actor),
        "proves": proves,
        "external": links_of_card(document, actor),
        "may_link": may(actor, Action.LINK_DOCUMENT),
        "link_url": url_for("roadmapdocs_roadmaps.index"),
        "history": history_days(document, events, workflow, actor),
        "history_url": url_for("roadmapdocs_documents.history", document_id=document.id) if more else None,
        "comment_url": url_for("roadmapdocs_documents.comment", document_id=document.id),
        "who_url": url_for("roadmapdocs_documents.who", document_id=document.id),
        **links,
        **files_context(document, actor),
    }


def _open_doors(document: Document, actor: Actor, day: dt.date) -> list[Offer]:
    """What moves the document. While visas decide, nobody agrees by hand: the way of approval says whom it waits for."""
    offers = available(document, by=actor, today=day)
    if document.preparation != Preparation.IN_APPROVAL or under_way(document.id) is None:
        return offers
    return [one for one in offers if "no_route_under_way" not in one.transition.guards]


def head(document: Document) -> dict[str, object]:
    """How pages of one document name it."""
    return {
        "id": document.id,
        "kind": document.kind.short,
        "number": document.number,
        "date": document.date,
        "title": document.title,
        "annulled": document.registration == "annulled",
    }


def _stamps(document: Document, links: object, actor: Actor) -> list[dict[str, object]]:
    """Only what may have a stamp is asked for one: a kind without a number of its own, and what links approve."""
    kinds = {(link["kind"], link["outgoing"]) for link in links} if isinstance(links, list) else set()
    appendix = (LinkKind.APPENDIX_TO, True) in kinds
    approved = not document.kind.own_number or (LinkKind.APPROVES, False) in kinds
    return stamps_of(document, approved=approved, appendix=appendix, actor=actor)


def _copies(document: Document) -> list[dict[str, object]]:
    """A working copy leads to the document that it was made of."""
    if document.working_copy_of_id is None:
        return []
    url = url_for("roadmapdocs_documents.card", document_id=document.working_copy_of_id)
    return [{"label": _("Working copy of"), "value": _("the document itself"), "url": url}]


def _proves(document: Document, day: dt.date) -> list[dict[str, object]]:
    return [
        {
            "roadmap_id": found.roadmap_id,
            "roadmap_title": found.roadmap_title,
            "item_id": found.item.id,
            "item_number": found.item.number,
            "item_title": found.item.title,
            "expected": found.covered.expected.title,
            "period": found.covered.slot.label or str(found.covered.slot.year or ""),
            "state": found.covered.state.value,
        }
        for found in documented_slots(document, today=day)
    ]
