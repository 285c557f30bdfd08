"""What the page of a draft shows: the form in its order, and beside it what comes of the text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for

from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document, DocumentLink, DocumentVersion, Kind
from roadmapdocs.documents.transitions import available
from roadmapdocs.documents.visibility import may, visible_to, why_not
from roadmapdocs.drafting.models import Draft, Rendering
from roadmapdocs.drafting.operations import differs_from_version, rendering_of
from roadmapdocs.drafting.phrases import filled_for
from roadmapdocs.drafting.printing import page_of
from roadmapdocs.drafting.values import PointKind, ProtocolValues
from roadmapdocs.drafting.vocabulary import OrderPage
from roadmapdocs.errors import Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.context import actor, settings, today
from roadmapdocs.web.documents.page import head
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.drafts.checks import checks_block
from roadmapdocs.web.drafts.fields import Entry, Field, Rows, asked_of
from roadmapdocs.web.drafts.form import DraftForm
from roadmapdocs.web.drafts.rows import PointRow, numbers
from roadmapdocs.web.previews.card import preview_context

#: Lines of a field as it is first seen; it grows with its text where the browser can.
#: Which kind of point the phrases of a place are.
_POINT_PLACES = {
    "point": PointKind.TASK,
    "repeal": PointKind.REPEAL,
    "force": PointKind.FORCE,
    "control": PointKind.CONTROL,
}
_LINES = {Entry.TEXT: 3, Entry.PEOPLE: 4, Entry.POINTS: 4, Entry.LINES: 4, Entry.BLOCKS: 18}


def draft_context(document: Document, draft: Draft, form: DraftForm) -> dict[str, Any]:
    """What ``draft.html`` asks for."""
    changeable = may(document, "change", actor())
    return {
        "document": head(document),
        "form": form,
        "asked": [_asked(one, form, document, draft) for one in asked_of(form.shape)],
        "kinds": {"points": list(point_words().items()), "appendices": _appendix_kinds()},
        "people": suggested(today()),
        "made_from": origin_words(draft),
        "to_look_at": [look_at_words(one) for one in draft.made_from.get("look_at", ())],
        "file": _file(document),
        "checks": checks_block(document),
        "preview": preview_context(document, _current(document)),
        "returned_url": _returned_url(document),
        "next": _next(document, draft),
        "docx_url": url_for("roadmapdocs_drafts.word", document_id=document.id),
        "card_url": url_for("roadmapdocs_documents.card", document_id=document.id),
        "may_change": changeable,
        "why_not": "" if changeable else why_not(document, "change"),
    }


def point_words() -> dict[str, str]:
    return {
        PointKind.TASK: _("somebody does something"),
        PointKind.APPROVE: _("approves"),
        PointKind.REPEAL: _("repeals"),
        PointKind.CONTROL: _("puts under control"),
        PointKind.FORCE: _("comes into force"),
        PointKind.PLAIN: _("other words"),
    }


def origin_words(draft: Draft) -> dict[str, str] | None:
    """Where the draft came from, with a link where that has a page."""
    source = draft.made_from
    if "expected" in source:
        return {"words": _("Made for an item of a roadmap"), "url": ""}
    words = {
        "protocol": _("Made from a protocol"),
        "order": _("Made as an appendix"),
        "like": _("Made after a document before it"),
    }
    for name, told in words.items():
        if name in source:
            return {"words": told, "url": url_for("roadmapdocs_documents.card", document_id=source[name])}
    return None


def look_at_words(one: Mapping[str, str]) -> str:
    """Why a person should look at a place of a new draft."""
    was, instead = one.get("was", ""), one.get("now", "")
    sentences = {
        "year": _("The year was moved: “%(was)s” is “%(now)s” now.", was=was, now=instead),
        "date": _("The date was moved: %(was)s is %(now)s now.", was=was, now=instead),
        "left": _("%(was)s has left; %(now)s has the post now.", was=was, now=instead),
        "vacant": _("%(was)s has left, and nobody has the post. Say who does it.", was=was),
        "cited": _("The text cites “%(was)s”. Is it still in force?", was=was),
        "past": _("The term %(was)s is over already. Write another.", was=was),
        "lost": _("“%(was)s” was not read out of the file. Add the appendix to the draft by hand.", was=was),
        "words": _("“%(was)s” stands as the roadmap has it. Say who that is.", was=was),
    }
    return sentences.get(one.get("code", ""), was)


def phrases_for(document: Document, draft: Draft, place: str) -> list[str]:
    """Ready phrases of a place, filled in from the document."""
    return [one.text for one in filled_for(document, draft, place, today=today())]


def point_phrases(document: Document, draft: Draft) -> list[tuple[str, str]]:
    """Ready points: pairs of the kind of point and its words, in the order of the library."""
    return [(kind, text) for place, kind in _POINT_PLACES.items() for text in phrases_for(document, draft, place)]


def _asked(one: Field | Rows, form: DraftForm, document: Document, draft: Draft) -> dict[str, Any]:
    error = form.errors.get(one.name, "")
    if isinstance(one, Rows):
        rows = form.rows[one.name]
        told: dict[str, Any] = {"rows": one.row.prefix, "name": one.name, "error": error, "list": rows}
        if one.row is PointRow:
            told["points"] = _points([row for row in rows if isinstance(row, PointRow)], document, draft, form)
            told["phrases"] = [text for _kind, text in point_phrases(document, draft)]
        return told
    return {
        "rows": None,
        "name": one.name,
        "entry": str(one.entry),
        "label": str(one.label),
        "hint": str(one.hint),
        "value": form.texts[one.name],
        "error": error,
        "lines": _LINES.get(one.entry, 0),
        "phrases": phrases_for(document, draft, one.phrases) if one.phrases else (),
    }


def _points(rows: list[PointRow], document: Document, draft: Draft, form: DraftForm) -> list[dict[str, Any]]:
    """Each row with its number, and with how its saved point will be printed."""
    printed = _printed(document, draft) if not form.errors and len(rows) else []
    readings = printed if len(printed) == len(rows) else [""] * len(rows)
    return [
        {"row": row, "number": number, "reading": reading}
        for row, number, reading in zip(rows, numbers(rows), readings, strict=True)
    ]


def _printed(document: Document, draft: Draft) -> list[str]:
    try:
        page = page_of(document, draft, today=today())
    except Refusal:
        return []
    return [f"{line.number} {line.text}" for line in page.points] if isinstance(page, OrderPage) else []


def _appendix_kinds() -> list[tuple[str, str]]:
    rows = Kind.select(Kind.code, Kind.short).where(Kind.active & Kind.group.in_(["normative", "planning", "appendix"]))
    return list(rows.order_by(Kind.position).tuples())


def _file(document: Document) -> dict[str, Any] | None:
    """The current version, if it was made of the draft."""
    made = rendering_of(document)
    if made is None:
        return None
    version: DocumentVersion = made.version
    return {
        "name": version.name,
        "url": url_for("roadmapdocs_documents.file", document_id=document.id, version_id=version.id),
        "number": version.number,
        "at": version.added_at.astimezone(settings().zone).date(),
        "by": version.added_by,
        "fresh": not differs_from_version(document, today=today()),
    }


def _current(document: Document) -> DocumentVersion | None:
    rows = DocumentVersion.select(DocumentVersion, StoredFile).join(StoredFile)
    found: DocumentVersion | None = rows.where(DocumentVersion.document == document).order_by(DocumentVersion.number.desc()).first()
    return found


def _returned_url(document: Document) -> str | None:
    """Where a file that was edited in Word is compared with the draft; None while no such file has come back."""
    current = _current(document)
    if current is None or rendering_of(document) is not None:
        return None
    made = Rendering.select().join(DocumentVersion).where(DocumentVersion.document == document)
    return url_for("roadmapdocs_drafts.returned", document_id=document.id) if made.exists() else None


def _next(document: Document, draft: Draft) -> list[dict[str, Any]]:
    """Where the document goes from here: to approval, and what else can be made of its text."""
    return [*_sending(document), *_beside(document), *_made_of(document, draft)]


def _beside(document: Document) -> Iterable[dict[str, Any]]:
    """Texts of the same package: what this order approves, and the order that approves this."""
    package = DocumentLink.kind.in_([LinkKind.APPROVES, LinkKind.APPENDIX_TO])
    pairs = DocumentLink.select(DocumentLink.source, DocumentLink.target).where(
        package & ((DocumentLink.source == document.id) | (DocumentLink.target == document.id))
    )
    ids = {one for pair in pairs.tuples() for one in pair} - {document.id}
    rows = Draft.select(Draft, Document, Kind).join(Document).join(Kind)
    for draft in rows.where(Draft.document.in_(sorted(ids)) & visible_to(actor(), few=True)).order_by(Draft.id):
        label = _("Text: %(kind)s “%(title)s”", kind=draft.document.kind.short.lower(), title=_short(draft.document.title))
        yield _act(label, url_for("roadmapdocs_drafts.draft", document_id=draft.document_id), "link")


def _sending(document: Document) -> Iterable[dict[str, Any]]:
    for offer in available(document, by=actor(), today=today()):
        if "start_route" in offer.transition.effects:
            url = url_for("roadmapdocs_approvals.start", document_id=document.id)
            yield _act(_("Send for approval"), url, "right", why_not=offer.why_not)


def _made_of(document: Document, draft: Draft) -> Iterable[dict[str, Any]]:
    like = url_for("roadmapdocs_drafts.like", document_id=document.id)
    yield _act(_("Another one after it"), like, "copy", post=True)
    if issubclass(DraftForm.shape_of(draft), ProtocolValues) and draft.template != "extract.docx":
        for place, question in enumerate(draft.content.get("agenda", ()), start=1):
            for at, decision in enumerate(question.get("decided", ()), start=1):
                words = _short(str(decision.get("text", "")))
                yield _act(
                    _("Order by decision %(number)s: %(words)s", number=f"{place}.{at}", words=words),
                    url_for("roadmapdocs_drafts.by_decision", document_id=document.id),
                    "plus",
                    post=True,
                    fields=[("question", place), ("decision", at)],
                )
            yield _act(
                _("Extract of question %(number)s", number=place),
                url_for("roadmapdocs_drafts.extract", document_id=document.id),
                "copy",
                post=True,
                fields=[("question", place)],
            )
    written = DocumentLink.select().where((DocumentLink.target == document.id) & (DocumentLink.kind == LinkKind.APPENDIX_TO)).count()
    separate = [place for place, one in enumerate(draft.content.get("appendices", ()), start=1) if one.get("separate")]
    # Those that have a card of their own already are among the texts of the package.
    for place in separate[written:]:
        yield _act(
            _("Text of appendix %(number)s", number=place),
            url_for("roadmapdocs_drafts.appendix", document_id=document.id),
            "plus",
            post=True,
            fields=[("appendix", place)],
        )


def _short(text: str) -> str:
    return textwrap.shorten(text, 60, placeholder="…")


def _act(
    label: str, url: str, symbol: str, *, post: bool = False, why_not: str | None = None, fields: Iterable[tuple[str, int]] = ()
) -> dict[str, Any]:
    return {"label": label, "url": url, "symbol": symbol, "post": post, "why_not": why_not, "fields": list(fields)}
