"""The buttons of a card, drawn from what stands open: main ones in sight, the others under «ещё»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.visibility import may, why_not
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.shapes import SHAPES
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.documents.copies import working_copy_acts
from roadmapdocs.workflow.rules import Offer, Transition


@dataclass(frozen=True, slots=True)
class Act:
    """A button. ``post`` says that one press does it; otherwise ``url`` is a page that asks first."""

    label: str
    url: str
    symbol: str
    main: bool = False
    post: bool = False
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class Acts:
    """``head`` are acts on the card itself, ``main`` and ``more`` those that move the document."""

    head: list[Act]
    main: list[Act]
    more: list[Act]


def acts_of(document: Document, offers: list[Offer], actor: Actor) -> Acts:
    """Where no main transition is open, the first of the others that goes on takes its place in sight.

    What asks for a reason takes something back: it stays under «ещё».
    """
    acts = [(offer, _act(document, offer, actor)) for offer in offers]
    main = [act for offer, act in acts if offer.transition.main]
    more = [act for offer, act in acts if not offer.transition.main]
    if not any(act.why_not is None for act in main):
        onward = [act for offer, act in acts if "reason" not in offer.transition.asks and act in more]
        first = next((act for act in onward if act.why_not is None), None)
        if first is not None:
            main.append(first)
            more.remove(first)
    _say_once(main, more)
    # What is open stands before what is closed, else as the definitions have it.
    return Acts(_head(document, actor), sorted(main, key=_closed), sorted(more, key=_closed))


def _say_once(main: list[Act], more: list[Act]) -> None:
    """Doors in sight that are closed for one and the same reason: the first says it, the others go under «ещё»."""
    told: set[str] = set()
    for act in list(main):
        if act.why_not in told:
            main.remove(act)
            more.append(act)
        elif act.why_not is not None:
            told.add(act.why_not)


def _closed(act: Act) -> bool:
    return act.why_not is not None


def _act(document: Document, offer: Offer, actor: Actor) -> Act:
    transition = offer.transition
    elsewhere = _page_of(document, transition, actor)
    return Act(
        label=act_label(document, transition),
        url=elsewhere or url_for("roadmapdocs_documents.act", document_id=document.id, step=transition.name),
        symbol=transition.symbol,
        main=transition.main,
        post=elsewhere is None and not asked_by(transition),
        why_not=offer.why_not,
    )


def _page_of(document: Document, transition: Transition, actor: Actor) -> str | None:
    """The page of its own that an act has: a route is chosen, a signature wants the
    signer and the text before their eyes, readers are chosen."""
    if "start_route" in transition.effects:
        return url_for("roadmapdocs_approvals.start", document_id=document.id)
    if "open_sheet" in transition.effects:
        return url_for("roadmapdocs_documents.send_to_read", document_id=document.id)
    if "write_signature" in transition.effects and document.signer_employee_id in actor.signs_for:
        return url_for("roadmapdocs_decide.document", document_id=document.id)
    return None


def act_label(document: Document, transition: Transition) -> str:
    return transition.label.in_language(language(), document.kind.gender)


def asked_by(transition: Transition) -> tuple[str, ...]:
    """What the page of a transition asks, the necessary first."""
    return transition.asks + tuple(name for name in transition.may_ask if name not in transition.asks)


def _head(document: Document, actor: Actor) -> list[Act]:
    closed = None if may(document, "change", actor) else why_not(document, "change")
    edit = url_for("roadmapdocs_documents.edit", document_id=document.id)
    change = Act(_("Change the card"), edit, "edit", why_not=closed)
    copies = (_copy_act(act) for act in working_copy_acts(document, actor))
    return [change, *_text_act(document, closed), *copies]


def _text_act(document: Document, closed: str | None) -> list[Act]:
    """The text as a form: the draft that is there, or a new one of a kind that has a template."""
    if Draft.select().where(Draft.document == document.id).exists():
        return [Act(_("Text"), url_for("roadmapdocs_drafts.draft", document_id=document.id), "doc")]
    if closed is not None or document.kind.template not in SHAPES or document.preparation != Preparation.DRAFT:
        return []
    return [Act(_("Write the text here"), url_for("roadmapdocs_drafts.start", document_id=document.id), "doc", post=True)]


def _copy_act(act: Mapping[str, Any]) -> Act:
    return Act(act["label"], act["url"], act["symbol"], act["main"], act["post"], act["why_not"])
