"""What the page of a decision shows, put together from its parts."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from roadmapdocs.approvals.models import Visa
from roadmapdocs.approvals.waiting import Waiting, seen_before, waiting_for, waiting_on
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.links.operations import links_of
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.versions import attachments_of
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.decide.asked import act_of, why_nothing
from roadmapdocs.web.decide.gist import badges_of, gist_of
from roadmapdocs.web.decide.order import Standing, named, standing_of
from roadmapdocs.web.decide.text import clause_named, text_of, versions
from roadmapdocs.web.decide.visas import disagreements_on, remarks_of, visas_of
from roadmapdocs.web.decide.words import act_words
from roadmapdocs.web.drafts.checks import checks_block
from roadmapdocs.web.pages import capital
from roadmapdocs.web.words import size_words


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed before a refusal: it stays. ``shown`` is the id of the text that they had before them."""

    values: dict[str, str] = field(default_factory=dict)
    remarks: tuple[tuple[str, str], ...] = ()
    chips: tuple[str, ...] = ()
    sheet: str = ""
    shown: int | None = None
    refusal: Refusal | None = None


def decide_context(
    document: Document, by: Actor, today: dt.date, typed: Typed
) -> tuple[dict[str, Any], DocumentVersion | None]:
    """What ``decide.html`` asks for, and the version that it shows."""
    asked = waiting_on(document, by)
    standing = standing_of(asked, waiting_for(by)) if asked is not None else None
    known = versions(document.id)
    current = known[0] if known else None
    act = act_of(document, asked, by, today) if asked is not None else None
    typed = dataclasses.replace(typed, sheet=_open_sheet(typed, act))
    remarks = remarks_of(document)
    text = _text(document, known, by, typed, remarks)
    visas = visas_of(document, today)
    links = links_of(document, by=by)
    context = {
        "document": _head(document),
        "place": _place(asked, standing),
        "badges": badges_of(asked, visas, remarks, today),
        "gist": gist_of(document, links, today),
        "disagreements": disagreements_on(document),
        "text": text,
        "remarks": remarks,
        "visas": visas,
        "files": _files(document, known),
        "links": [
            {"words": capital(one.words), "name": reference(one.other), "title": one.other.title, "url": _card(one.other)}
            for one in links
        ],
        "version": current.id if current else 0,
        "act": act,
        "closed": why_nothing(document, by) if asked is None else None,
        "next": named(standing.following[0]) if standing is not None and standing.following else None,
        "typed": typed,
        "fields": _fields(typed.refusal),
        "trouble": _trouble(typed),
        "checks": checks_block(document),
        "card_url": _card(document),
        "chips": [_("Make the text clearer"), _("The term is wrong"), _("Another visa is needed")],
    }
    return context, current


def _fields(refusal: Refusal | None) -> dict[str, str]:
    found = refusal.details.get("fields") if refusal is not None else None
    return {name: str(sentence) for name, sentence in found.items()} if isinstance(found, dict) else {}


def _open_sheet(typed: Typed, act: dict[str, Any] | None) -> str:
    """The sheet that was sent, if the page still has it: the document may have gone on meanwhile."""
    if act is None:
        return ""
    drawn = {"return": act["may_return"], "sign": act["signs"] and act["why_not"] is None, "body": act["body"] is not None}
    return typed.sheet if drawn.get(typed.sheet) else ""


def _trouble(typed: Typed) -> str | None:
    """What the refusal says, unless it stands beside a field of the open sheet."""
    if typed.refusal is None or (typed.sheet and _fields(typed.refusal)):
        return None
    return typed.refusal.message


def _card(document: Document) -> str:
    url: str = url_for("roadmapdocs_documents.card", document_id=document.id)
    return url


def _head(document: Document) -> dict[str, Any]:
    kind = capital(document.kind.short)
    over = f"{kind} №\N{NO-BREAK SPACE}{document.number}" if document.number else kind
    if document.preparation not in {Preparation.SIGNED, Preparation.WITHDRAWN}:
        over = _("%(document)s, draft", document=over)
    drafter = str(document.drafter) if document.drafter_id is not None else ""
    return {
        "id": document.id,
        "title": document.title,
        "over": over,
        "drafter": _("Drafted by: %(name)s", name=drafter) if drafter else "",
        "receives": drafter,
    }


def _place(asked: Waiting | None, standing: Standing | None) -> str:
    if asked is None or standing is None:
        return _("Document")
    return act_words(asked.act).place % {"place": standing.place, "total": standing.total}


def _text(
    document: Document, known: list[DocumentVersion], by: Actor, typed: Typed, remarks: list[dict[str, Any]]
) -> dict[str, Any]:
    """Paragraphs with what changed since the version that the person knows, and remarks under their clauses."""
    current = known[0] if known else None
    base, fresh = _base(document, known, by, typed)
    text = text_of(current, base)
    under: dict[int, list[dict[str, Any]]] = {}
    for remark in remarks:
        at = clause_named(remark["place"], text.paragraphs)
        if at is not None:
            under.setdefault(at, []).append(remark)
    return {
        "paragraphs": [
            {"change": one.change, "parts": one.parts, "remarks": under.get(at, [])} for at, one in enumerate(text.paragraphs)
        ],
        "why_not": text.why_not,
        "more": text.more,
        "since": base.number if base is not None else None,
        "changes": text.changes,
        "fresh": fresh,
        "number": current.number if current is not None else None,
        "url": _file(document, current) if current is not None else None,
    }


def _base(
    document: Document, known: list[DocumentVersion], by: Actor, typed: Typed
) -> tuple[DocumentVersion | None, bool]:
    """The version to compare with, and whether the person has not seen yet what changed since.

    The last one they saw or decided on; whoever has seen the present one already, or none, may compare with the one
    before.
    """
    if len(known) < 2:
        return None, False
    older = known[1:]
    shown = next((one for one in older if one.id == typed.shown), None)
    if shown is not None:
        return shown, True
    decided = (Visa.document == document) & (Visa.decided_by == (by.employee_id or 0)) & Visa.version.is_null(False)
    ids = {version for (version,) in Visa.select(Visa.version).where(decided).tuples()}
    seen = seen_before(document.id, by) or 0
    looked_at = next((one for one in older if one.number <= seen or one.id in ids), None)
    fresh = looked_at is not None and seen < known[0].number
    return (looked_at if fresh and looked_at is not None else older[0]), fresh


def _file(document: Document, version: DocumentVersion) -> str:
    url: str = url_for("roadmapdocs_documents.file", document_id=document.id, version_id=version.id)
    return url


def _files(document: Document, known: list[DocumentVersion]) -> list[dict[str, str]]:
    """The text itself, then what is attached."""
    found = [
        {"label": _("Text, version %(number)s", number=one.number), "name": one.name, "size": size_words(one.file.size), "url": _file(document, one)}
        for one in known[:1]
    ]
    for row in attachments_of(document):
        url = url_for("roadmapdocs_documents.attachment", document_id=document.id, attachment_id=row.id)
        found.append({"label": row.title or _("Attached"), "name": row.name, "size": size_words(row.file.size), "url": url})
    return found
