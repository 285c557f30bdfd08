"""What the pages show on which a kind is chosen and a card is filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import groupby

from flask import url_for

from roadmapdocs.documents.models import Document, EditLock, Kind
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.context import settings, today
from roadmapdocs.web.documents.fields import OWN, DocumentForm
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.reference.registry_words import group_words
from roadmapdocs.web.roadmaps.slots import Place

#: Groups in the order in which a clerk needs them; an office's own come after these.
GROUPS = ("order", "normative", "protocol", "note", "planning", "appendix", "copy", "other")
#: Fields that most cards do without: they stand folded below the others.
SECONDARY = ("organisation_id", "unit_id", "force_from", "mark", "mark_basis")


def about_group(group: str) -> str:
    """A line on what belongs to a group; nothing for one of the office's own."""
    words = {
        "order": _("The head decides and commands. Numbered by a journal."),
        "normative": _("How things are done. In force by the order that approves them."),
        "protocol": _("What a body heard and decided. Numbered for each body."),
        "note": _("Findings and conclusions, signed by their author."),
        "planning": _("What will be done and when. Approved by an order."),
        "appendix": _("Appendices to an order: lists of people, measures, schools."),
        "copy": _("A certified part of another document."),
        "other": _("Letters, contracts, memos, and all else that is registered."),
    }
    return words.get(group, "")


def chooser_context(place: Place | None, asked: str | None) -> dict[str, object]:
    """What ``document_new.html`` asks for. ``asked`` is a code that named no kind in use."""
    slot = place.key if place else None
    kinds = sorted(Kind.select().where(Kind.active), key=lambda kind: (_rank(kind.group), kind.group, kind.position))
    names, groups = group_words(), []
    for group, members in groupby(kinds, key=lambda kind: str(kind.group)):
        name = names.get(group, group)
        links = [{"name": kind.name, "url": url_for(".create", kind=kind.code, slot=slot)} for kind in members]
        groups.append({"name": name[:1].upper() + name[1:], "about": about_group(group), "kinds": links})
    return {
        "groups": groups,
        "proves": place.sentence() if place else None,
        "unknown": _("This kind is not in use. Choose another one.") if asked else None,
        "back_url": place.url() if place else url_for(".index"),
    }


def _rank(group: str) -> int:
    return GROUPS.index(group) if group in GROUPS else len(GROUPS)


def form_context(
    form: DocumentForm,
    kind: Kind | None,
    document: Document | None,
    *,
    place: Place | None,
    refusal: Refusal | None,
    stored: Mapping[str, str],
) -> dict[str, object]:
    """What ``document_form.html`` asks for. ``stored`` are present words of fields that differ from what was typed."""
    back = url_for(".card", document_id=document.id) if document else url_for(".index")
    folded = [name for name in (*SECONDARY, *(OWN + field.name for field in form.own)) if name in form]
    return {
        "form": form,
        "document": _named(document) if document else None,
        "kind": kind.name if kind else None,
        "fixed": _fixed(form, document) if document else [],
        "folded": folded,
        "unfolded": document is not None or any(form[name].errors for name in folded),
        "people": suggested(today()),
        "proves": {"text": place.sentence(), "slot": place.key} if place else None,
        "duplicate": _other_card(refusal),
        "stale": refusal.message if isinstance(refusal, Conflict) else None,
        "stored": stored,
        "held": None,
        "back_url": place.url() if place else back,
        "leave_url": url_for(".leave", document_id=document.id) if document else None,
        "take_url": None,
    }


def locked_context(document: Document, held: EditLock) -> dict[str, object]:
    """The same page while another person has the form open: who, since when, and the way past."""
    since = held.since.astimezone(settings().zone)
    words = {"who": held.who, "time": since.strftime("%H:%M"), "until": _time(held.until)}
    return {
        "form": None,
        "document": _named(document),
        "held": _("%(who)s has been editing this card since %(time)s. The card is free again at %(until)s.", **words),
        "back_url": url_for(".card", document_id=document.id),
        "take_url": url_for(".take_over", document_id=document.id),
        "stored": {},
    }


def _time(moment: dt.datetime) -> str:
    return moment.astimezone(settings().zone).strftime("%H:%M")


def _named(document: Document) -> dict[str, object]:
    return {"id": document.id, "kind": document.kind.short, "number": document.number, "title": document.title}


def _fixed(form: DocumentForm, document: Document) -> list[dict[str, str]]:
    """What the journal has, shown and not asked for."""
    lines = [
        ("kind", _("Kind"), document.kind.name),
        ("number", _("Number"), document.number),
        ("date", _("Date"), document.date.strftime("%d.%m.%Y") if document.date else ""),
    ]
    return [{"label": label, "value": value} for name, label, value in lines if name not in form and value]


def _other_card(refusal: Refusal | None) -> dict[str, str] | None:
    """The card that has the number already, where it is one of ours."""
    clash = refusal.details.get("document") if refusal is not None and refusal.code == "number_taken" else None
    if clash is None:
        return None
    return {"text": _("A card with this number is there already."), "url": url_for(".card", document_id=clash)}
