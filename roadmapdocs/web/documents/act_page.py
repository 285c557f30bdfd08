"""The page of one transition: what will happen, what has to be said first, and the one door behind the button."""

from __future__ import annotations

import datetime as dt

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.links.operations import links_of
from roadmapdocs.documents.links.rules import EFFECTIVE
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.transitions import available, perform
from roadmapdocs.documents.visibility import states_of
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import pages
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.act_form import ActForm
from roadmapdocs.web.documents.acts import act_label, asked_by
from roadmapdocs.web.documents.registering import choices_for
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.words import line_badge, line_word
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Transition, find

#: Effects on the number: their day is the one that the page asks about.
_DATED = frozenset({"give_number", "reserve_number", "date_signing"})


class ActPages:
    """Mixed into the view of documents."""

    @expose(f"/<{ROW_ID}:document_id>/act/<step>", methods=["GET", "POST"])
    def act(self, document_id: int, step: str) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        card = url_for(".card", document_id=document_id)
        try:
            transition = _open(document, step)
            if not asked_by(transition):
                return _at_once(document, transition)
        except NotFound:
            raise
        except Refusal as refusal:
            # Told on the card, which shows how things stand by now.
            flash(refusal.message, "refused")
            return redirect(card)
        return _asking(document, transition)


def _open(document: Document, name: str) -> Transition:
    """The transition, if this person may perform it now.

    :raise NotFound: ``no_transition``
    :raise Refusal: with the reason why it is closed
    """
    transition = find(workflow_of(document.workflow_id), states_of(document), name)
    for offer in available(document, by=actor(), today=today()):
        if offer.transition.name == name:
            if offer.why_not is not None:
                raise Refusal("guard", offer.why_not)
            return transition
    raise NotFound("no_transition", _("This document has no step “%(name)s”. Its card shows those it has.", name=name))


def _at_once(document: Document, transition: Transition) -> ResponseReturnValue:
    """A transition that asks nothing: a press of its button on the card; opened as a page it only leads back."""
    card = url_for(".card", document_id=document.id)
    if request.method == "POST":
        sent = request.form.get("revision", "")
        revision = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
        perform(document.id, transition.name, revision=revision, by=actor(), now=now(), today=today())
        _say_done(document, transition)
    return redirect(card)


def _asking(document: Document, transition: Transition) -> ResponseReturnValue:
    day = _day(document, transition)
    choices = choices_for(document, transition, day or today(), actor())
    form = ActForm(transition, choices, date=day, revision=str(document.revision))
    refusal: Refusal | None = None
    if form.validate_on_submit():
        try:
            answers, revision = form.answers(), form.read_at
            perform(document.id, transition.name, answers=answers, revision=revision, by=actor(), now=now(), today=today())
        except NotFound:
            raise
        except Refusal as problem:
            refusal = problem
        else:
            _say_done(document, transition)
            return redirect(url_for(".card", document_id=document.id))
    trouble = None
    if refusal is not None:
        trouble = form.take(refusal)
        if isinstance(refusal, Conflict | Forbidden):
            # Whoever sends it once more has seen that it is another card by now.
            form.revision.data = str(read_document(document.id, by=actor()).revision)
    status = status_of(refusal) if refusal is not None else 422 if form.errors else 200
    context = _context(document, transition)
    return pages.render("document_act.html", form=form, trouble=trouble, remarks=choices.notes, **context), status


def _day(document: Document, transition: Transition) -> dt.date | None:
    """The day to begin with: a number is given on the day of the document; other acts on today, if asked at all."""
    if "date" not in asked_by(transition):
        return document.date if not _DATED.isdisjoint(transition.effects) else None
    if _DATED.isdisjoint(transition.effects):
        return today() if "date" in transition.asks else None
    return document.date or today()


def _say_done(document: Document, transition: Transition) -> None:
    state = workflow_of(document.workflow_id).state(transition.line, transition.target)
    line = line_badge(workflow_of(document.workflow_id), transition.line, state.name, document.kind.gender)
    flash(_("%(document)s: %(state)s.", document=_capital(reference(document)), state=line["label"]), "done")


def _context(document: Document, transition: Transition) -> dict[str, object]:
    workflow = workflow_of(document.workflow_id)
    gender = document.kind.gender
    present = states_of(document)[transition.line]
    return {
        "document": {"id": document.id, "name": _capital(reference(document)), "title": document.title},
        "act": {"label": act_label(document, transition), "symbol": transition.symbol},
        "line": line_word(transition.line),
        "source": line_badge(workflow, transition.line, present, gender),
        "target": line_badge(workflow, transition.line, transition.target, gender),
        "follows": [words for name, words in effect_words().items() if name in transition.effects],
        "changes": _changes(document, transition),
        "back_url": url_for(".card", document_id=document.id),
    }


def _changes(document: Document, transition: Transition) -> list[dict[str, str]]:
    """Documents that the act changes through its links, as far as this person may know of them."""
    waiting = {"apply_links": False, "withdraw_links": True}
    acted = next((waiting[name] for name in transition.effects if name in waiting), None)
    if acted is None:
        return []
    return [
        {"words": line.words, "name": _capital(reference(line.other)), "title": line.other.title, "url": _card(line.other)}
        for line in links_of(document, by=actor())
        if line.outgoing and line.kind in EFFECTIVE and line.acted is acted
    ]


def _card(document: Document) -> str:
    return url_for(".card", document_id=document.id)


def effect_words() -> dict[str, str]:
    """What transitions do beyond moving, in words for those who are about to do it."""
    return {
        "date_signing": _("The day of signing becomes the date of the document."),
        "give_number": _("The document gets its number in the journal. It is never given to another one."),
        "reserve_number": _("The number is kept for this document until it is registered."),
        "release_number": _("The reserved number goes back to the journal and is offered again."),
        "annul_number": _("The number stays in the journal with the reason and is never given again."),
        "start_force": _("The document comes into force from its day."),
        "end_force": _("The document loses force."),
        "restore_force": _("The document is in force again."),
        "suspend_force": _("The document is without force until it is resumed."),
        "resume_force": _("The document is in force again from the day named."),
        "void_force": _("Force that came with the registration ends with it."),
        "apply_links": _("What this document approves, amends or repeals is changed accordingly."),
        "withdraw_links": _("What this document changed in others is taken back."),
        "file_into_case": _("The document goes into the case and is kept for its term."),
        "take_out_of_case": _("The document is taken out of its case."),
        "set_control": _("The document is put under control until the term."),
        "clear_control": _("The term of control is taken off."),
        "start_route": _("Visas are asked along the route that fits the document, if there is one."),
        "stop_route": _("Visas that are still asked are not waited for any more."),
        "write_signature": _("It is kept who signs, by what, and which version of the text."),
        "void_signature": _("The signature counts no more; that it was there is kept."),
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
